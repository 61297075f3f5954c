//! The reports at a real terminal: they come, the cursor moves, Enter opens the records behind a number, Esc comes back.

use crate::desk::Desk;
use crate::session::Session;

#[test]
fn the_records_behind_a_number_and_back() {
    let desk = Desk::with_lead();
    desk.run(&["add", "Bo Ek @ Fabrikam bo@fabrikam.example via web : Service plan"]).ok();
    desk.run(&["add", "Cy Diaz @ Litware cy@litware.example via web : Spare parts"]).ok();
    desk.open_on_leads();
    let mut session = Session::start(&desk);
    session.wait_for("Bo Ek  ");
    session.press_for(&["7"], "7 Reports]");
    session.wait_for("Disqualified");
    session.press_for(&["l"], "Leads that were entered");
    session.press_for(&["Enter"], "Lead sources · Web · Leads");
    session.wait_for("Cy Diaz");
    session.press_for(&["Esc"], "Leads that were entered");
    session.press_for(&["J"], "No opportunities yet");
    session.press_for(&["K"], "Leads that were entered");
    session.press("q");
    assert!(session.pty.ended());
    session.assert_left();
}
