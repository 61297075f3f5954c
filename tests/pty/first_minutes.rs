//! From the first page by what the screen says alone.

use crate::desk::Desk;
use crate::session::Session;

/// No key is pressed that the screen does not name at that moment; texts are typed where the screen asks for them.
#[test]
fn from_the_first_page_to_an_edited_noted_and_undone_lead() {
    let desk = Desk::new();
    let mut session = Session::start(&desk);
    session.wait_for("Welcome to leadbook");
    assert!(session.screen().contains(&desk.database().display().to_string()[..20]), "it says where the file will lie");
    session.press_shown("Enter", "start");
    session.wait_for("sample data");
    session.wait_for("▲ Hot");
    session.press_shown("e", "edit a field");
    session.wait_for("Last Name (needed)");
    session.type_text("New");
    session.press_shown("Ctrl-s", "save");
    session.wait_for("New");
    session.wait_for("u undoes");
    session.press_shown("i", "write a note");
    session.wait_for("Note on");
    session.type_text("call");
    session.press_shown("Ctrl-s", "save");
    session.wait_for("call · u undoes");
    session.press_shown("u", "undoes");
    session.wait_for("Undone: Note on");
    session.press_shown("Ctrl-r", "brings it back");
    session.wait_for("Redone: Note on");
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
    session.wait_for("Ann Lee");
    session.quit();
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "L-1\n");
}

#[test]
fn the_first_page_comes_once() {
    let desk = Desk::with_lead();
    let mut session = Session::listing(&desk);
    assert!(!session.screen().contains("Welcome"));
    session.press_for(&["Enter"], "All Activities");
    session.quit();
}
