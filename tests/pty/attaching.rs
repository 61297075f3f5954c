//! Files at a real terminal: attached by a typed path and by one that was dropped, opened by another program, written out.

use std::os::unix::fs::PermissionsExt;

use crate::desk::Desk;
use crate::session::Session;

/// An opener that writes each of its arguments on a line of its own, and what stands in the last one.
fn opener(desk: &Desk) {
    let (script, told) = (desk.path("my opener"), desk.path("told"));
    let text = format!(
        "#!/bin/sh\nfor word; do printf '%s\\n' \"$word\"; done > '{0}.part'\ncat \"$word\" >> '{0}.part'\nmv '{0}.part' '{0}'\n",
        told.display()
    );
    std::fs::write(&script, text).expect("a script");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o700)).expect("a script that runs");
    std::fs::create_dir_all(desk.path("config/leadbook")).expect("a folder");
    let setting = format!("start_screen = \"leads\"\nopen = \"'{}' --new-window\"\n", script.display());
    std::fs::write(desk.path("config/leadbook/config.toml"), setting).expect("settings");
}

#[test]
fn files_are_attached_by_hand_and_by_drop_opened_and_written_out() {
    let desk = Desk::with_lead();
    opener(&desk);
    desk.file("offer.txt", "our offer\n");
    desk.file("$(touch here); x.txt", "hostile\n");
    let mut session = Session::listing(&desk);
    session.press_for(&["f"], "attach · L-1 › ~/");
    session.wait_for("offer.txt");
    session.type_text("of");
    session.wait_without("$(touch");
    session.press_for(&["Tab"], "› ~/offer.txt");
    session.press_for(&["Enter"], "Attached offer.txt (10 bytes) to Ann Lee");
    // dropped on the terminal: pasted, quoted, with a blank behind it
    let dropped = format!("\x1b[200~'{}' \x1b[201~", desk.text("$(touch here); x.txt"));
    session.send(&dropped);
    session.wait_for("attach · L-1 › /");
    session.press_for(&["Enter"], "Attached $(touch here); x.txt (8 bytes)");
    session.press_for(&["Enter", "Tab"], "⧉ offer.txt · 10 bytes");
    session.press_for(&["Enter"], "hostile");
    session.press_for(&["o"], "opening a copy of $(touch here); x.txt");
    let told = desk.path("told");
    session.until("the opener", || told.exists());
    let told = std::fs::read_to_string(told).expect("what the opener was told");
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!((lines[0], lines.len(), lines[2]), ("--new-window", 3, "hostile"), "{told}");
    let copy = std::path::Path::new(lines[1]);
    assert!(copy.is_absolute() && copy.file_name().is_some_and(|name| name == "$(touch here); x.txt"), "{told}");
    let private = copy.parent().expect("a folder");
    assert_eq!(private.metadata().expect("the folder").permissions().mode() & 0o777, 0o700);
    session.press_for(&["W"], "to folder › ~/");
    session.press_for(&["Enter"], "written to");
    session.wait_for("x (2).txt");
    session.quit();
    assert!(!private.exists(), "the copy is gone with the program");
    assert_eq!(std::fs::read_to_string(desk.path("$(touch here); x (2).txt")).expect("the file"), "hostile\n");
    assert!(!desk.path("here").exists(), "no shell read the name");
    desk.run(&["check"]).ok();
}

#[test]
fn a_large_file_is_stopped_by_esc_and_nothing_of_it_stays() {
    let desk = Desk::with_lead();
    std::fs::create_dir_all(desk.path("config/leadbook")).expect("a folder");
    std::fs::write(desk.path("config/leadbook/config.toml"), "start_screen = \"leads\"\nattachment_size = 1000\n")
        .expect("settings");
    // a hole takes no room on the disk and is read like any other file
    std::fs::File::create(desk.path("large.bin")).and_then(|file| file.set_len(900_000_000)).expect("a large file");
    let mut session = Session::listing(&desk);
    session.press_for(&["f"], "attach · L-1 › ~/");
    session.type_text("large.bin");
    session.press_for(&["Enter"], "% · Esc cancels");
    session.press_for(&["Esc"], "canceled; nothing was written");
    session.quit();
    assert_eq!(desk.run(&["show", "L-1", "--json"]).json()["attachments"], serde_json::json!([]));
    assert!(desk.run(&["check"]).ok().contains("ok      files\n"));
}
