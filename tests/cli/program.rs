//! The program itself: usage, exit codes, pipes, colours, locks, what it says of itself.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use leadbook::store::sqlite::Opening;
use leadbook::store::{Db, setting};

use crate::desk::Desk;

#[test]
fn without_a_terminal_the_interface_names_the_commands() {
    let desk = Desk::new();
    for args in [&[][..], &["demo"]] {
        let message = desk.run(args).fails(1);
        assert!(message.contains("needs a terminal") && message.contains("list, show, find"), "{message}");
        assert_eq!(message.lines().count(), 1);
    }
    assert!(!desk.path("data").exists());
}

#[test]
fn wrong_usage_is_two_and_help_is_not() {
    let desk = Desk::new();
    for args in
        [&["nope"][..], &["list", "--nope"], &["show"], &["set", "1"], &["tag", "1"], &["assign", "1"], &["--wait", "x", "list"]]
    {
        desk.run(args).fails(2);
    }
    assert!(desk.run(&["--help"]).ok().contains("Exit codes"));
    assert!(desk.run(&["list", "--help"]).ok().contains("--view"));
    assert_eq!(desk.run(&["--version"]).ok(), concat!("leadbook ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn every_command_of_today_is_there_and_none_of_tomorrow() {
    let desk = Desk::new();
    let help = desk.run(&["--help"]).ok();
    let listed: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.trim().is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next().filter(|word| !word.is_empty()))
        .collect();
    let expected = "demo generate add list show find set note call task appointment activity done cancel move agenda attach save-attachment \
                    tag assign qualify disqualify reopen stage win lose \
                    link unlink share unshare access merge delete undelete import log-mail export execute messages rule route take queue \
                    history undo redo steps user team unit partner \
                    source industry product competitor campaign template report request reason outcome score score-rule target view \
                    backup restore check erase purge keys completions man";
    assert_eq!(listed, expected.split_ascii_whitespace().collect::<Vec<_>>());
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let desk = Desk::new();
    let db = desk.text("g.db");
    desk.run(&["generate", "--leads", "3000", "--db", &db]).ok();
    for format in ["table", "csv", "json", "jsonl", "ids"] {
        let mut command = desk.command(&["--db", &db, "list", "--format", format]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
        let mut reader = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        drop(reader);
        let done = child.wait_with_output().expect("an end");
        assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(0), ""), "{format}");
    }
}

#[test]
fn a_locked_database_is_75_and_can_be_read() {
    let desk = Desk::with_lead();
    let mut db = Db::open(&Opening::existing(desk.database())).expect("the database");
    let seen = db.write(|db| {
        setting::put(db, "held", "yes")?;
        let started = std::time::Instant::now();
        let message = desk.run(&["--wait", "1", "add", "Bo"]).fails(75);
        assert!(message.contains("locked"), "{message}");
        assert!(started.elapsed().as_millis() >= 900, "it did not wait");
        desk.run(&["set", "L-1", "rating=cold", "--wait", "0"]).fails(75);
        Ok(desk.run(&["list", "--format", "ids"]).ok())
    });
    assert_eq!(seen.expect("a write"), "L-1\n");
    assert_eq!(desk.run(&["--wait", "1", "add", "Bo"]).ok(), "L-2\n");
}

#[test]
fn colour_is_for_terminals_or_on_request() {
    let mut desk = Desk::with_lead();
    assert!(!desk.run(&["list"]).ok().contains('\x1b'));
    assert!(desk.run(&["list", "--color", "always"]).ok().contains("\x1b[1m"));
    assert!(!desk.run(&["list", "--color", "never"]).ok().contains('\x1b'));
    assert!(desk.run(&["show", "9", "--color", "always"]).fails(1).starts_with("\x1b[1;31mleadbook:"));
    desk.env.push(("NO_COLOR", "1".into()));
    assert!(!desk.run(&["list", "--color", "auto"]).ok().contains('\x1b'));
    desk.run(&["list", "--color", "pink"]).fails(2);
}

#[test]
fn it_describes_itself() {
    let desk = Desk::new();
    let keys = desk.run(&["keys", "--markdown"]).ok();
    assert!(keys.starts_with("| key | what it does |") && keys.contains("`undo`"), "{keys}");
    assert!(desk.run(&["keys"]).ok().contains("What it does"));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(desk.run(&["completions", shell]).ok().contains("undelete"), "{shell}");
    }
    desk.run(&["completions", "csh"]).fails(2);
    let page = desk.run(&["man"]).ok();
    for part in [".TH leadbook 1", ".SH COMMANDS", "leadbook import", "EXIT STATUS", "LEADBOOK_DB"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!desk.path("data").exists() && !desk.path("config").exists());
}
