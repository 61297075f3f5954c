//! Rules by the keys on the screen alone, at a real terminal: written, tried, at work on the next lead, and why.

use crate::desk::Desk;
use crate::session::Session;

#[test]
fn a_rule_is_written_tried_and_gives_the_next_lead_away() {
    let desk = Desk::with_lead();
    desk.run(&["user", "add", "bo", "name=Bo Ek"]).ok();
    let mut session = Session::sized(&desk, 24, 80);
    session.press_for(&["8"], "No rules yet. n makes the first");
    session.press_for(&["n"], "New rule");
    session.type_text("Web leads");
    session.press_for(&["Down", "Down", "Down", "Down"], "= all leads");
    session.type_text("source:we");
    session.press("Tab");
    session.wait_for("Lead Source Web");
    session.wait_for("match");
    session.press("Down");
    session.type_text("bo");
    session.press_for(&["Ctrl-t"], "with Web leads as it is typed");
    session.press_for(&["Esc"], "New rule");
    session.press_for(&["Ctrl-s"], "Added the rule Web leads");
    session.press_for(&["2"], "My open leads");
    session.press("n");
    session.type_text("Ida Ray @ Raycom via web");
    session.press_for(&["Enter"], "Added Ida Ray");
    session.press_for(&["8"], "fired once");
    session.press("q");
    assert!(session.pty.ended());
    session.assert_left();
    let owner = desk.run(&["list", "ida", "--columns", "name,owner", "--format", "csv"]);
    assert!(owner.out.contains("Ida Ray,bo"), "{}", owner.out);
}
