//! `backup`, `restore`, `check`, `purge`, `generate`, and the files themselves.

use std::os::unix::fs::PermissionsExt;

use leadbook::store::sqlite::Opening;
use leadbook::store::{Db, setting};
use serde_json::json;

use crate::desk::Desk;

#[test]
fn a_reading_command_needs_a_database_and_makes_none() {
    let desk = Desk::new();
    for args in [
        &["list"][..],
        &["show", "1"],
        &["find", "x"],
        &["history", "1"],
        &["steps"],
        &["export", "--format", "csv"],
        &["user", "list"],
        &["source", "list"],
        &["undo"],
        &["redo"],
        &["backup"],
        &["check"],
        &["purge"],
    ] {
        assert!(desk.run(args).fails(1).contains("there is no database at"), "{args:?}");
    }
    assert!(!desk.path("data").exists() && !desk.path("config").exists() && !desk.path("state").exists());
}

#[test]
fn files_are_private_and_where_they_were_asked_for() {
    let mut desk = Desk::with_lead();
    let mode = |path: &std::path::Path| path.metadata().expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode(&desk.database()), 0o600);
    assert_eq!(mode(&desk.path("data/leadbook")), 0o700);
    let other = desk.text("other.db");
    assert_eq!(desk.run(&["--db", &other, "add", "Bo"]).ok(), "L-1\n");
    assert_eq!(desk.run(&["list", "--db", &other, "--columns", "name", "--format", "csv"]).lines()[1], "Bo");
    desk.env.push(("LEADBOOK_DB", desk.text("third.db")));
    desk.run(&["add", "Cy"]).ok();
    assert_eq!(mode(&desk.path("third.db")), 0o600);
    assert_eq!(desk.run(&["--db", &other, "list", "--columns", "name", "--format", "csv"]).lines()[1], "Bo");
    assert!(desk.run(&["--db", &desk.text(""), "add", "x"]).fails(1).contains("is not a file"));
    let text = desk.file("text.db", "not a database, but long enough to be read as one");
    assert_eq!(desk.run(&["--db", &text, "add", "x"]).code, 1);
    assert_eq!(std::fs::read_to_string(text).expect("the file"), "not a database, but long enough to be read as one");
}

#[test]
fn a_backup_is_restored_and_what_stood_there_kept() {
    let desk = Desk::with_lead();
    let taken = desk.run(&["backup"]).ok();
    assert!(taken.trim_end().ends_with("-by-hand.db"), "{taken}");
    let own = desk.text("own.db");
    assert_eq!(desk.run(&["backup", &own, "--json"]).json(), json!({"made": [own]}));
    assert!(desk.run(&["backup", &own]).fails(1).contains("exists already"));
    let listed = desk.run(&["restore", "--json"]).json();
    assert_eq!(listed[0]["file"], taken.trim_end());
    desk.run(&["delete", "L-1"]).ok();
    let name = std::path::Path::new(taken.trim_end()).file_name().and_then(|n| n.to_str()).expect("a name").to_owned();
    let said = desk.run(&["restore", &name]).ok();
    let kept = said.trim_end().strip_prefix("what stood there is kept as ").expect("a path");
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "L-1\n");
    assert_eq!(desk.run(&["--db", kept, "list", "is:deleted", "--format", "ids"]).ok(), "L-1\n");
    assert_eq!(desk.run(&["restore", &own, "--json"]).json()["restored"], desk.database().display().to_string());
    assert!(desk.run(&["restore", &desk.database().display().to_string()]).fails(1).contains("is the database itself"));
    assert!(desk.run(&["restore", "none.db"]).fails(1).contains("there is no backup none.db"));
    // into a place where nothing is yet
    let moved = desk.text("new/place.db");
    desk.run(&["--db", &moved, "restore", &own]).ok();
    assert_eq!(desk.run(&["--db", &moved, "list", "--format", "ids"]).ok(), "L-1\n");
}

#[test]
fn only_an_admin_puts_a_backup_in_the_place_of_the_database() {
    let mut desk = Desk::with_lead();
    let own = desk.text("own.db");
    desk.run(&["user", "add", "rita", "--role", "read-only"]).ok();
    desk.run(&["user", "add", "mia", "--role", "manager"]).ok();
    desk.run(&["backup", &own]).ok();
    desk.run(&["add", "Bo Ek"]).ok();
    for (user, why) in [("rita", "rita only reads"), ("mia", "needs the admin role"), ("eve", "eve is no user")] {
        desk.user = user;
        let message = desk.run(&["restore", &own]).fails(1);
        assert!(message.contains(why), "{message}");
    }
    // of a database that nobody can read the backup tells who may
    std::fs::write(desk.database(), "not a database, but long enough to be read as one").expect("damage");
    assert!(desk.run(&["restore", &own]).fails(1).contains("eve is no user"));
    desk.user = "ana";
    desk.run(&["restore", &own]).ok();
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "L-1\n");
}

#[test]
fn nothing_is_restored_under_an_open_database() {
    let desk = Desk::with_lead();
    let own = desk.text("own.db");
    desk.run(&["backup", &own]).ok();
    let open = Db::open(&Opening::existing(desk.database())).expect("the database");
    setting::get(&open, "x").expect("a question");
    let message = desk.run(&["restore", &own]).fails(1);
    assert!(message.contains("another program has") && message.contains("quit"), "{message}");
    drop(open);
    desk.run(&["restore", &own]).ok();
}

#[test]
fn check_finds_what_is_wrong() {
    let desk = Desk::with_lead();
    let said = desk.run(&["check"]).ok();
    assert!(said.contains("ok      pages and indexes\n") && said.contains("remark  there is no backup yet"), "{said}");
    desk.run(&["backup"]).ok();
    let said = desk.run(&["check", "--json"]).json();
    assert_eq!((&said["ok"], &said["problems"], &said["remarks"]), (&json!(true), &json!([]), &json!([])));

    std::fs::set_permissions(desk.database(), std::fs::Permissions::from_mode(0o660)).expect("permissions");
    assert!(desk.run(&["check"]).ok().contains("can write it"));
    std::fs::set_permissions(desk.database(), std::fs::Permissions::from_mode(0o644)).expect("permissions");
    let ran = desk.run(&["check"]);
    assert!(ran.code == 1 && ran.out.contains("chmod o-rwx"), "{ran:?}");
    std::fs::set_permissions(desk.database(), std::fs::Permissions::from_mode(0o600)).expect("permissions");

    let mut db = Db::open(&Opening::existing(desk.database())).expect("the database");
    db.write(|db| {
        db.execute("UPDATE sequence SET next = 1 WHERE entity = 'lead'", &[])?;
        db.execute("UPDATE operation SET undone_by = number", &[])?;
        db.execute("INSERT INTO lead_words (lead_words, rowid, words) VALUES ('delete', 1, 'nonsense')", &[])?;
        db.execute("UPDATE lead SET owner = 99", &[])
    })
    .expect("harm");
    drop(db);
    let ran = desk.run(&["check", "--json"]);
    assert_eq!(ran.code, 1);
    let said: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let problems = said["problems"].to_string();
    for part in ["numbers: 1 leads", "log of steps: 1 steps are marked", "search index", "owners: 1 leads"] {
        assert!(problems.contains(part), "{part} is not in {problems}");
    }
}

#[test]
fn a_purge_removes_for_good_what_was_deleted_long_ago() {
    let mut desk = Desk::with_lead();
    desk.run(&["user", "add", "bo"]).ok();
    desk.run(&["delete", "L-1"]).ok();
    assert_eq!(desk.run(&["purge"]).ok(), "0\n");
    desk.user = "bo";
    assert!(desk.run(&["purge", "--older-than", "0d"]).fails(1).contains("needs the admin role"));
    desk.user = "ana";
    desk.run(&["purge", "--older-than", "soon"]).fails(2);
    assert_eq!(desk.run(&["purge", "--older-than", "0d", "--json"]).json(), json!({"purged": 1}));
    assert!(desk.run(&["show", "L-1"]).fails(1).contains("no record"));
    assert!(desk.run(&["restore"]).ok().contains("before-purge"));
    assert_eq!(desk.run(&["add", "Bo"]).ok(), "L-2\n", "a number is never given again");
    desk.run(&["check"]).ok();
}

#[test]
fn generated_data_is_the_same_each_time() {
    let desk = Desk::new();
    let make = |name: &str| {
        let (db, truth) = (desk.text(&format!("{name}.db")), desk.text(&format!("{name}.csv")));
        let args = ["generate", "--leads", "200", "--seed", "7", "--today", "2026-11-23", "--truth", &truth, "--db", &db];
        let made = desk.run(&[&args[..], &["--json"]].concat()).json();
        assert_eq!(made["leads"], 200);
        let list = desk.run(&["--db", &db, "list", "--format", "jsonl"]).ok();
        (list, std::fs::read_to_string(truth).expect("pairs"))
    };
    let (first, second) = (make("a"), make("b"));
    assert_eq!(first, second);
    assert!(first.1.starts_with("kind,first,second,is_duplicate\n"));
    let message = desk.run(&["generate", "--leads", "5", "--db", &desk.text("a.db")]).fails(1);
    assert!(message.contains("already"), "{message}");
    desk.run(&["generate"]).fails(2);
    desk.run(&["generate", "--leads", "5", "--today", "someday", "--db", &desk.text("c.db")]).fails(2);
    assert!(!desk.path("c.db").exists());
}
