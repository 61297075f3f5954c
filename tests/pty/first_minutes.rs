//! From the first page by what the screen says alone.

use crate::desk::Desk;
use crate::session::Session;

/// No key is pressed that the screen does not name at that moment; texts are typed where the screen asks for them.
#[test]
fn from_the_first_page_to_a_logged_undone_and_planned_call() {
    let desk = Desk::new();
    let mut session = Session::start(&desk);
    session.wait_for("Welcome to leadbook");
    assert!(session.screen().contains(&desk.database().display().to_string()[..20]), "it says where the file will lie");
    session.press_shown("Enter", "start");
    session.wait_for("sample data");
    session.wait_for("LATE");
    session.press_shown("c", "log a call");
    session.wait_for("how did it go?");
    session.press_shown("1", "no answer");
    session.press_shown("Enter", "save");
    session.wait_for("No Answer · next");
    session.press_shown("u", "undoes");
    session.wait_for("Undone: Call with");
    session.press_shown("Ctrl-r", "brings it");
    session.wait_for("Redone: Call with");
    session.press_shown("t", "set a next step");
    session.wait_for("task · ");
    session.type_text("fri 9am");
    session.press_shown("Enter", "plans it");
    session.wait_for("Planned Follow up");
    assert!(session.keys <= 25, "{} keys", session.keys);
    session.quit();
    // the sample data is gone, and nothing of it is in the person's own database
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "");
}

#[test]
fn from_the_first_page_to_a_qualified_lead() {
    let desk = Desk::new();
    let mut session = Session::start(&desk);
    session.wait_for("Welcome to leadbook");
    session.press_shown("Enter", "start");
    session.wait_for("▲ Hot");
    session.press_shown("Q", "qualify");
    session.wait_for("nothing written yet");
    session.wait_for("this will");
    session.press_shown("Ctrl-s", "qualify");
    session.wait_for("Qualified");
    session.press_shown("u", "undoes");
    session.wait_for("Undone: Qualified");
    session.press_shown("Ctrl-r", "brings it back");
    session.wait_for("Redone: Qualified");
    session.press("Down");
    session.press_shown("Q", "qualify");
    session.wait_for("this will");
    session.press_shown("Ctrl-s", "qualify");
    session.press_shown("g", "m opens O-");
    session.press("m");
    session.wait_for("Develop");
    assert!(session.keys <= 25, "{} keys", session.keys);
    session.quit();
}

#[test]
fn from_the_first_page_to_a_lead_of_ones_own() {
    let desk = Desk::new();
    let mut session = Session::start(&desk);
    session.wait_for("Welcome to leadbook");
    session.press("Down");
    session.press("Down");
    session.wait_for("(•) nothing");
    session.press_shown("Enter", "start");
    session.wait_for("No leads yet");
    session.press_shown("n", "types the first");
    session.wait_for("New lead");
    session.type_text("Ann Lee");
    session.press_shown("Enter", "save");
    session.wait_for("Added Ann Lee · L-1 · u undoes");
    session.press_shown("u", "undoes");
    session.wait_for("No leads yet");
    session.press_shown("Ctrl-r", "brings it back");
    session.wait_for("1 of my open leads");
    session.quit();
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "L-1\n");
}

#[test]
fn the_first_page_comes_once() {
    let desk = Desk::with_lead();
    let mut session = Session::listing(&desk);
    assert!(!session.screen().contains("Welcome"));
    session.press_for(&["Enter"], "All Activ");
    session.quit();
}
