//! Two windows, and commands beside a window, on one database.

use crate::desk::Desk;
use crate::session::Session;

#[test]
fn what_one_window_writes_the_other_shows() {
    let desk = Desk::with_lead();
    let mut one = Session::listing(&desk);
    let mut two = Session::listing(&desk);
    one.press_for(&["n"], "New lead");
    one.type_text("Bo Ek");
    one.press_for(&["Enter"], "Added Bo Ek");
    two.wait_for("My open leads · 2");
    two.wait_for("Bo Ek");
    desk.run(&["add", "Cy Diaz"]).ok();
    one.wait_for("Cy Diaz");
    two.wait_for("Cy Diaz");
    desk.run(&["delete", "L-2"]).ok();
    one.wait_for("My open leads · 2");
    two.wait_for("My open leads · 2");
    two.wait_without("Bo Ek");
    // a step of the other window is mine too, and undone after a question
    two.press_for(&["u"], "y yes");
    two.press_for(&["y"], "Undone");
    one.wait_for("My open leads · 3");
    one.quit();
    two.quit();
}

#[test]
fn a_stale_save_shows_both_values_and_keeps_the_typed_one() {
    let desk = Desk::with_lead();
    let mut session = Session::listing(&desk);
    session.press_for(&["Enter"], "All Activities");
    session.press_for(&["e"], "Last Name (needed)");
    session.type_text("Typed");
    session.wait_for("Typed");
    desk.run(&["set", "L-1", "first_name=Theirs"]).ok();
    session.press("Ctrl-s");
    session.wait_for("Theirs");
    session.wait_for("keep mine");
    assert!(session.screen().contains("Typed"), "{}", session.screen());
    session.press_for(&["2"], "u undoes");
    session.quit();
    assert!(desk.field("L-1", "first_name").as_str().unwrap().contains("Typed"));
}

#[test]
fn a_move_of_the_cursor_sends_little() {
    let desk = Desk::new();
    let mut list = String::from("Last Name,Company,Email,Phone,Topic\n");
    for n in 0..200 {
        list.push_str(&format!(
            "Number {n},Company {n} with a long name,n{n}@x.example,+46 8 555 {n:04},Topic of the lead {n}\n"
        ));
    }
    desk.run(&["import", &desk.file("many.csv", &list)]).ok();
    for (rows, columns, most) in [(24, 80, 2_000), (40, 120, 6_000)] {
        let mut session = Session::sized(&desk, rows, columns);
        session.wait_for("200");
        session.wait_for("Number 199");
        let mut sent = Vec::new();
        for _ in 0..8 {
            let before = session.written();
            session.press("j");
            session.until("a move", || session.written() > before && quiet(&session));
            sent.push(session.written() - before);
        }
        let worst = sent.iter().max().copied().unwrap_or_default();
        assert!(worst <= most, "{columns} columns: {worst} bytes, of {sent:?}");
        session.quit();
    }
}

/// Whether nothing more came for a moment.
fn quiet(session: &Session) -> bool {
    let before = session.written();
    std::thread::sleep(std::time::Duration::from_millis(120));
    before == session.written()
}
