//! Text of others is harmless in tables, pages and messages, and whole in machine formats.

use serde_json::json;

use crate::desk::Desk;

const EVIL: &str = "\u{1b}]0;owned\u{7}\u{202e}evil\u{200b}\u{1b}[2J";

fn desk() -> Desk {
    let desk = Desk::new();
    let cell = EVIL.replace('"', "\"\"");
    let file = format!("Last Name,Company,Topic,City\n\"{cell}\",\"{cell}\",x,y\n");
    desk.run(&["import", &desk.file("evil.csv", &file)]).ok();
    desk
}

fn harmless(text: &str) {
    let bad = text.chars().find(|c| (c.is_control() && *c != '\n') || matches!(c, '\u{202e}' | '\u{200b}'));
    assert_eq!(bad, None, "{text:?}");
}

#[test]
fn people_see_it_and_terminals_do_not_obey_it() {
    let desk = desk();
    desk.run_with(&["note", "L-1"], EVIL.as_bytes()).ok();
    for args in [&["list"][..], &["show", "L-1"], &["history", "L-1"], &["steps"], &["find", "evil"]] {
        let said = desk.run(args).ok();
        harmless(&said);
    }
    for args in [&["list", EVIL][..], &["show", EVIL], &["set", "L-1", &format!("topic={EVIL}")], &["add", &format!("{EVIL}=1")]]
    {
        harmless(&desk.run(args).err);
    }
}

#[test]
fn machines_get_what_is_stored() {
    let desk = desk();
    let lead = desk.run(&["list", "--columns", "company", "--format", "json"]).json();
    let stored = lead[0]["company"].as_str().expect("a text").to_owned();
    assert!(stored.contains("\u{202e}evil\u{200b}"), "{stored:?}");
    assert_eq!(desk.run(&["show", "L-1", "--json"]).json()["company"], json!(stored));
}
