//! Text that is typed and pasted, and the person's own editor.

use crate::desk::Desk;
use crate::session::Session;

fn paste(session: &mut Session, text: &str) {
    session.pty.send(&format!("\x1b[200~{}\x1b[201~", text.replace('\n', "\r")));
}

fn desk() -> Desk {
    let desk = Desk::with_lead();
    desk.run(&["add", "Bo Ek @ Fabrikam bo@fabrikam.example : Service plan"]).ok();
    desk.run(&["add", "Cy Diaz @ Litware : Spare parts"]).ok();
    desk
}

#[test]
fn the_list_follows_the_filter_as_it_is_typed() {
    let desk = desk();
    let mut session = Session::listing(&desk);
    session.wait_for("Ann Lee");
    session.press("/");
    session.type_text("fabr");
    session.wait_without("Ann Lee");
    session.wait_for("Bo Ek");
    session.type_text("zzz");
    session.wait_for("Nothing matches");
    for _ in 0.."fabrzzz".len() {
        session.press("Backspace");
    }
    session.wait_for("Cy Diaz");
    session.type_text("company:litware");
    session.wait_without("Bo Ek");
    session.press("Enter");
    session.press_for(&["Enter"], "L-3");
    session.press("Esc");
    session.wait_for("1 ");
    // Esc takes the filter away and never quits
    session.press_for(&["Esc"], "Ann Lee");
    session.press("Esc");
    session.press_for(&["Enter"], "All Activities");
    session.quit();
}

#[test]
fn a_paste_of_many_lines_submits_nothing() {
    let desk = desk();
    let mut session = Session::listing(&desk);
    // into the line of a new lead
    session.press_for(&["n"], "New lead");
    paste(&mut session, "Pasted Person\nq\nD\n");
    session.wait_for("Pasted Person");
    session.wait_for("Enter save");
    session.press("Esc");
    session.wait_for("draft kept");
    // into a note, where lines are lines
    session.press_for(&["i"], "Note on");
    paste(&mut session, "first line\nsecond line\n\u{1b}[31mred\n:quit");
    session.wait_for(":quit");
    assert!(session.screen().contains("first line") && session.screen().contains("second line"));
    session.press_for(&["Ctrl-s"], "u undoes");
    // into the list, where no text is asked for: nothing happens
    paste(&mut session, "D\ny\nq\n");
    // into the filter
    session.press("/");
    paste(&mut session, "ann\nlee\n");
    session.wait_without("Bo Ek");
    session.wait_for("Ann Lee");
    session.press("Esc");
    session.quit();
    assert_eq!(desk.run(&["list", "--format", "ids"]).lines().len(), 3);
    let notes: Vec<serde_json::Value> = ["L-1", "L-2", "L-3"].map(|l| desk.field(l, "notes")).to_vec();
    let bodies: Vec<&str> = notes.iter().filter_map(|n| n[0]["body"].as_str()).collect();
    // what a terminal would obey is left out
    assert_eq!(bodies, ["first line\nsecond line\n[31mred\n:quit"]);
}

#[test]
fn a_note_goes_to_the_editor_and_comes_back() {
    let mut desk = desk();
    let editor = desk.file(
        "an editor.sh",
        "#!/bin/sh\nprintf 'the editor asks: '; read x; printf '%s and %s\\n' \"$(cat \"$1\")\" \"$x\" > \"$1\"\n",
    );
    desk.env.push(("EDITOR", format!("sh '{editor}'")));
    let mut session = Session::listing(&desk);
    session.press_for(&["i"], "Note on");
    session.type_text("begun here");
    session.press("Ctrl-e");
    session.wait_for("the editor asks: ");
    assert_eq!(session.modes(), session.modes_at_start, "the editor has the terminal as it was");
    session.pty.send("typed there\r");
    session.wait_for("begun here and typed there");
    session.press_for(&["Ctrl-s"], "u undoes");
    session.quit();
    let notes: Vec<serde_json::Value> = ["L-1", "L-2", "L-3"].map(|l| desk.field(l, "notes")).to_vec();
    let bodies: Vec<&str> = notes.iter().filter_map(|n| n[0]["body"].as_str()).collect();
    assert_eq!(bodies, ["begun here and typed there"]);
    // nothing of it lies about
    let state = desk.path("state/leadbook");
    let left: Vec<String> =
        std::fs::read_dir(state).unwrap().flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    assert!(left.iter().all(|name| !name.starts_with("leadbook-")), "{left:?}");
}
