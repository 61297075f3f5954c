//! `attach` and `save-attachment`: into the database and out of it, to standard output and into folders, and what is refused.

use std::os::unix::fs::symlink;

use serde_json::json;

use crate::desk::Desk;

#[test]
fn a_file_goes_in_and_comes_out() {
    let desk = Desk::with_lead();
    let (offer, plan) = (desk.file("offer.txt", "our offer\n"), desk.file("plan.md", "# Plan\n"));
    assert_eq!(desk.run(&["attach", "L-1", &offer, &plan]).ok(), "F-1\nF-2\n");
    let again = desk.run(&["attach", "L-1", &offer, "--json"]).json();
    assert!(again["step"].is_null(), "{again}");
    let again = desk.run(&["attach", "L-1", &offer]);
    assert_eq!((again.out.as_str(), again.err.as_str()), ("F-1\n", "offer.txt is already attached as F-1\n"));
    assert_eq!(desk.run(&["save-attachment", "L-1", "offer.txt"]).ok(), "our offer\n");
    assert_eq!(desk.run(&["save-attachment", "L-1", "F-2", "-o", "-"]).ok(), "# Plan\n");
    assert_eq!(desk.run(&["save-attachment", "F-2"]).ok(), "# Plan\n");
    let to = desk.text("copy.txt");
    let told = desk.run(&["save-attachment", "F-1", "-o", &to, "--json"]).json();
    assert_eq!(told, json!({"file": to, "size": 10}));
    assert_eq!(std::fs::read_to_string(&to).expect("the file"), "our offer\n");
    assert!(desk.run(&["save-attachment", "F-1", "-o", &to]).fails(1).contains("exists already"));
    std::fs::create_dir(desk.path("folder")).expect("a folder");
    for code in [0, 1] {
        assert_eq!(desk.run(&["save-attachment", "F-1", "-o", &desk.text("folder")]).code, code);
    }
    assert_eq!(std::fs::read_to_string(desk.path("folder/offer.txt")).expect("the file"), "our offer\n");
    let shown = desk.run(&["show", "L-1", "--json"]).json();
    assert_eq!(shown["attachments"][1]["name"], "offer.txt");
    assert_eq!(shown["attachments"][1]["size"], 10);
    assert_eq!(shown["attachments"][1]["mime_type"], "text/plain");
    assert_eq!(shown["attachments"][0]["number"], "F-2");
    assert_eq!(desk.run(&["show", "F-2", "--json"]).json()["about"], "L-1");
    assert!(desk.run(&["show", "L-1"]).ok().contains("  F-1  offer.txt · 10 bytes · "));
    assert!(desk.run(&["history", "L-1"]).ok().contains("F-1 attached: offer.txt"));
    assert!(desk.run(&["check"]).ok().contains("ok      files\n"));
}

#[test]
fn a_file_is_taken_off_and_comes_back() {
    let desk = Desk::with_lead();
    let offer = desk.file("offer.txt", "our offer\n");
    desk.run(&["attach", "1", &offer]).ok();
    assert_eq!(desk.run(&["delete", "F-1"]).ok(), "F-1\n");
    assert!(desk.run(&["save-attachment", "L-1", "offer.txt"]).fails(1).contains("L-1 has no files"));
    assert!(desk.run(&["undelete", "F-1"]).fails(1).contains("F-1 is a file and comes back by `leadbook undo STEP`"));
    desk.run(&["undo"]).ok();
    assert_eq!(desk.run(&["save-attachment", "L-1", "offer.txt"]).ok(), "our offer\n");
    desk.run(&["delete", "F-1"]).ok();
    assert_eq!(desk.run(&["purge", "--older-than", "0d"]).ok(), "1\n");
    assert!(desk.run(&["show", "F-1"]).fails(1).contains("there is no record F-1"));
    let backups = std::fs::read_dir(desk.path("data/leadbook/leads-backups")).expect("backups");
    assert_eq!(backups.count(), 1, "a backup is taken before");
}

#[test]
fn what_is_not_meant_or_not_taken_is_said() {
    let desk = Desk::with_lead();
    let (one, exe) = (desk.file("one.txt", "1"), desk.file("setup.exe", "MZ"));
    assert!(desk.run(&["attach", "L-1", &one, &exe]).fails(1).contains("files that end in .exe are not taken"));
    assert!(desk.run(&["attach", "L-1", "none.txt"]).fails(1).contains("none.txt: there is no such file"));
    assert!(desk.run(&["attach", "L-1"]).fails(2).contains("FILE"));
    assert!(desk.run(&["attach", "L-9", &one]).fails(1).contains("there is no record L-9"));
    std::fs::create_dir(desk.path("other")).expect("a folder");
    let other = desk.file("other/one.txt", "another one");
    desk.run(&["attach", "L-1", &one, &other]).ok();
    let said = desk.run(&["save-attachment", "L-1", "one.txt"]).fails(1);
    assert!(said.contains("L-1 has 2 files of this name: F-2 one.txt, F-1 one.txt (say the number instead)"), "{said}");
    assert!(desk.run(&["save-attachment", "L-1", "two.txt"]).fails(1).contains("it has F-2 one.txt, F-1 one.txt"));
    assert!(desk.run(&["save-attachment", "L-1"]).fails(2).contains("say which file of L-1"));
    assert!(desk.run(&["save-attachment", "F-1", "one.txt"]).fails(2).contains("said by -o"));
    let link = desk.text("planted");
    symlink(desk.path("elsewhere"), &link).expect("a link");
    assert!(desk.run(&["save-attachment", "F-1", "-o", &link]).fails(1).contains("exists already"));
    assert!(!desk.path("elsewhere").exists());
}

#[test]
fn size_and_endings_are_set_in_the_settings() {
    let desk = Desk::with_lead();
    std::fs::create_dir_all(desk.path("config/leadbook")).expect("a folder");
    let settings = |text: &str| std::fs::write(desk.path("config/leadbook/config.toml"), text).expect("settings");
    let (large, exe) = (desk.file("large.bin", &"x".repeat(1_000_001)), desk.file("setup.exe", "MZ"));
    settings("attachment_size = 1\nattachment_blocked = \".txt, PDF\"\n");
    assert!(desk.run(&["attach", "L-1", &large]).fails(1).contains("large.bin: it has 1000001 bytes, and 1000000 are allowed"));
    assert_eq!(desk.run(&["attach", "L-1", &exe]).ok(), "F-1\n");
    let pdf = desk.file("offer.pdf", "");
    assert!(desk.run(&["attach", "L-1", &pdf]).fails(1).contains("files that end in .pdf are not taken"));
    settings("attachment_size = 1001\n");
    let ran = desk.run(&["attach", "L-1", &large]);
    assert!(ran.err.contains("“attachment_size”: write a whole number from 1 to 1000"), "{}", ran.err);
    assert_eq!(ran.code, 0, "the usual limit holds");
}
