//! Every way in which the program ends or sleeps gives the terminal back.

use crate::desk::Desk;
use crate::pty::{Pty, assert_left};
use crate::session::{Session, in_terminal};

#[test]
fn q_on_the_list_quits_and_on_the_lead_goes_back() {
    let desk = Desk::with_lead();
    let mut session = Session::listing(&desk);
    session.press_for(&["Enter"], "All Activities");
    session.press("q");
    session.wait_without("All Activities");
    session.wait_for("My open leads");
    session.press("q");
    assert!(session.pty.ended());
    session.assert_left();
    // the log is in the file: what is copied by hand is whole
    assert!(!desk.path("data/leadbook/leads.db-wal").exists());
}

#[test]
fn ctrl_c_twice_quits_and_once_does_not() {
    let desk = Desk::with_lead();
    let mut session = Session::listing(&desk);
    session.press("Ctrl-c");
    session.wait_for("Ctrl-c");
    session.press_for(&["Enter"], "All Activities");
    session.press("q");
    session.wait_for("My open leads");
    session.press("Ctrl-c");
    session.press("Ctrl-c");
    assert!(session.pty.ended());
    session.assert_left();
}

#[test]
fn in_a_shell_ctrl_z_sleeps_and_fg_comes_back() {
    let mut desk = Desk::with_lead();
    desk.env.push(("PS1", "shell> ".into()));
    let mut command = in_terminal(&desk, Some("sh"), &[]);
    command.arg("-i");
    let mut pty = Pty::start(command, 24, 80);
    pty.wait_for("shell>");
    pty.send(&format!("'{}'\r", env!("CARGO_BIN_EXE_leadbook")));
    pty.wait_for("My open leads");
    pty.send("i");
    pty.wait_for("Note on Ann Lee");
    pty.send("before sleep");
    pty.wait_for("before sleep");
    pty.send("\x1a");
    pty.until("the shell", || assert_is_left(&pty) && pty.screen().contains("shell>") && !pty.screen().contains("Note on"));
    pty.send("echo here$((1+1))\r");
    pty.wait_for("here2");
    pty.send("fg\r");
    pty.wait_for("before sleep");
    pty.send(" and after\x13");
    pty.wait_for("u undoes");
    pty.send("q");
    pty.until("the shell", || assert_is_left(&pty));
    pty.send("exit\r");
    pty.code();
    assert_left(&pty.output());
    assert_eq!(desk.field("L-1", "notes")[0]["body"], "before sleep and after");
}

/// Whether the last word about the alternate screen was to leave it.
fn assert_is_left(pty: &Pty) -> bool {
    let output = pty.output();
    output.rfind("\x1b[?1049l") > output.rfind("\x1b[?1049h")
}

#[test]
fn without_a_terminal_it_says_so_in_a_sentence() {
    let desk = Desk::with_lead();
    let said = desk.run(&[]).fails(1);
    assert!(said.contains("needs a terminal") && said.contains("import"), "{said}");
}

#[test]
fn a_database_that_cannot_be_opened_is_a_sentence_on_the_plain_screen() {
    let desk = Desk::new();
    let database = desk.database();
    std::fs::create_dir_all(database.parent().unwrap()).unwrap();
    std::fs::write(&database, "not a database, but long enough to be looked at by anyone who likes to").unwrap();
    let mut session = Session::start(&desk);
    assert_eq!(session.pty.code(), 1);
    let said = session.output();
    assert!(said.contains("not a") && !said.contains("panicked"), "{said:?}");
    assert!(said.rfind("\x1b[?1049h") <= said.rfind("\x1b[?1049l"), "{said:?}");
    assert_eq!(session.modes(), session.modes_at_start);
}
