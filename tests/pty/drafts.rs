//! Text that was being typed when the program ended, however it ended.

use std::path::PathBuf;

use crate::desk::Desk;
use crate::pty::{PATIENCE, Pty};
use crate::session::{Session, in_terminal};

/// All that stands in kept drafts.
fn kept(desk: &Desk) -> String {
    let mut folders: Vec<PathBuf> = vec![desk.path("state")];
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().contains("/drafts/") && path.extension().is_some_and(|e| e == "toml") {
                text.push_str(&std::fs::read_to_string(path).unwrap_or_default());
            }
        }
    }
    text
}

/// Starts again, finds the draft, goes on with it and saves.
fn goes_on(desk: &Desk, text: &str) {
    let mut session = Session::listing(desk);
    session.wait_for("✎");
    session.press_for(&["i"], text);
    session.type_text("!");
    session.press_for(&["Ctrl-s"], "u undoes");
    session.wait_without("✎");
    session.quit();
    let body = desk.field("L-1", "notes")[0]["body"].as_str().map(str::to_owned);
    assert_eq!(body, Some(format!("{text}!")));
    assert_eq!(kept(desk), "");
}

#[test]
fn killed_in_the_middle_of_a_note_the_next_start_offers_it() {
    let desk = Desk::with_lead();
    let mut session = Session::listing(&desk);
    session.press_for(&["i"], "Note on Ann Lee");
    let text = "wants a demo of the large printer";
    session.type_text(text);
    session.wait_for(text);
    // at most 300 ms of typing are lost: what was there by then is kept
    session.until("the draft", || kept(&desk).contains(text));
    session.signal("KILL");
    assert_ne!(session.pty.code(), 0);
    goes_on(&desk, text);
}

#[test]
fn told_to_end_it_keeps_every_letter_and_gives_the_terminal_back() {
    for signal in ["TERM", "HUP"] {
        let desk = Desk::with_lead();
        let mut session = Session::listing(&desk);
        session.press_for(&["i"], "Note on Ann Lee");
        session.type_text("half a thought");
        session.wait_for("half a thought");
        session.signal(signal);
        session.pty.code();
        session.assert_left();
        assert!(kept(&desk).contains("half a thought"), "{signal}");
        goes_on(&desk, "half a thought");
    }
}

#[test]
fn a_closed_terminal_keeps_the_draft() {
    let desk = Desk::with_lead();
    // `script` holds the terminal of the program; when it is killed, that terminal is gone
    let mut command = in_terminal(&desk, Some("script"), &[]);
    command.args(["-q", "-c", env!("CARGO_BIN_EXE_leadbook"), "/dev/null"]);
    if std::process::Command::new("script").arg("--version").output().is_err() {
        eprintln!("skipped: there is no `script` on this machine");
        return;
    }
    let mut window = Pty::start(command, 24, 80);
    window.wait_for("My open leads");
    window.send("i");
    window.wait_for("Note on Ann Lee");
    window.send("the window was closed");
    window.wait_for("the window was closed");
    window.signal("KILL");
    window.code();
    let start = std::time::Instant::now();
    while !kept(&desk).contains("the window was closed") {
        assert!(start.elapsed() < PATIENCE, "no draft: {:?}", kept(&desk));
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    goes_on(&desk, "the window was closed");
}

#[test]
fn esc_keeps_what_was_typed_in_every_place() {
    let desk = Desk::with_lead();
    let mut session = Session::listing(&desk);
    session.press_for(&["n"], "New lead");
    session.type_text("Bo Ek @ Fabrikam");
    session.wait_for("Fabrikam");
    session.press_for(&["Esc"], "draft kept · n goes on");
    session.press_for(&["n"], "Bo Ek @ Fabrikam");
    session.press_for(&["Enter"], "Added Bo Ek");
    session.press_for(&["e"], "Last Name (needed)");
    let title = session.line(1);
    session.type_text("Zoë");
    session.wait_for("Zoë");
    session.press_for(&["Esc"], "draft kept · e goes on");
    session.press_for(&["e"], "Zoë");
    assert_eq!(session.line(1), title, "the cursor stays on its lead");
    session.press_for(&["Ctrl-s"], "u undoes");
    session.quit();
    assert_eq!(kept(&desk), "");
}

#[test]
fn killed_in_any_strip_line_or_form_the_next_start_goes_on_there() {
    let desk = Desk::with_lead();
    // what opens it and what it says, the keys before the text, the text, and how it is left without saving
    for (keys, opened, before, text) in [
        (&["c"][..], "how did it go?", &["3"][..], "asks for the board"),
        (&["t"], "task · ", &[], "send the price list fri 9am"),
        (&["b"], "appointment · ", &[], "demo tue 15:00"),
        (&["m"], "Subject", &[], "Your printers"),
    ] {
        let mut session = Session::listing(&desk);
        session.press_for(keys, opened);
        for key in before {
            session.press(key);
        }
        session.type_text(text);
        session.wait_for(text);
        session.until("the draft", || kept(&desk).contains(text));
        session.signal("KILL");
        assert_ne!(session.pty.code(), 0);
        let mut session = Session::listing(&desk);
        session.wait_for("✎");
        session.press_for(keys, text);
        session.quit();
    }
    for text in ["asks for the board", "send the price list", "demo tue 15:00", "Your printers"] {
        assert!(kept(&desk).contains(text), "{text}");
    }
}
