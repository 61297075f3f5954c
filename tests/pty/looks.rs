//! What is sent to the terminal: colours as it has them, no byte of the data, and little of everything.

use crate::desk::Desk;
use crate::session::Session;

/// The parameters of every colour and attribute sequence that was sent.
fn rendition(output: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in output.split("\x1b[").skip(1) {
        if let Some(end) = part.find(|c: char| c.is_ascii_alphabetic())
            && part.as_bytes()[end] == b'm'
        {
            found.push(part[..end].to_owned());
        }
    }
    found
}

/// Colours and the size of their palette: 0 none, 16, 256, or 24 bits.
fn palette(output: &str) -> u32 {
    let mut most = 0;
    for sequence in rendition(output) {
        let codes: Vec<u32> = sequence.split([';', ':']).map(|code| code.parse().unwrap_or(0)).collect();
        let mut at = 0;
        while at < codes.len() {
            match (codes[at], codes.get(at + 1)) {
                (38 | 48 | 58, Some(2)) => {
                    most = most.max(24);
                    at += 4;
                }
                (38 | 48 | 58, Some(5)) => {
                    let colours = if codes.get(at + 2).is_some_and(|c| *c < 16) { 16 } else { 256 };
                    most = if most == 24 { 24 } else { most.max(colours) };
                    at += 2;
                }
                (30..=37 | 40..=47 | 90..=97 | 100..=107, _) if most == 0 => most = 16,
                _ => {}
            }
            at += 1;
        }
    }
    most
}

/// The output of a walk through the screens in such an environment.
fn walk(env: &[(&'static str, &str)]) -> String {
    let mut desk = Desk::with_lead();
    desk.run(&["add", "Bo Ek : Service plan"]).ok();
    desk.env.extend(env.iter().map(|(name, value)| (*name, (*value).to_owned())));
    let mut session = Session::listing(&desk);
    session.wait_for("▲");
    session.press_for(&["Enter"], "All Activities");
    session.press_for(&["?"], "Enter run");
    session.back_to_the_list();
    session.press("/");
    session.type_text("status:opem");
    session.wait_for("opem");
    session.press("Esc");
    session.press("Esc");
    session.wait_for("Bo Ek");
    session.press_for(&["D"], "u undoes");
    session.press("q");
    assert!(session.pty.ended());
    session.output()
}

#[test]
fn no_color_and_terminals_without_colours_get_attributes_alone() {
    for env in [("NO_COLOR", "1"), ("TERM", "dumb"), ("TERM", "vt100")] {
        let output = walk(&[env]);
        assert_eq!(palette(&output), 0, "{env:?}: {:?}", rendition(&output));
        // the cursor row is still to be seen
        assert!(rendition(&output).iter().any(|s| s.split(';').any(|code| code == "7")), "{env:?}");
    }
}

#[test]
fn sixteen_colours_are_not_exceeded() {
    let output = walk(&[("TERM", "xterm")]);
    assert_eq!(palette(&output), 16, "{:?}", rendition(&output));
    let output = walk(&[("TERM", "xterm-256color")]);
    assert!(palette(&output) <= 256 && palette(&output) > 0, "{:?}", rendition(&output));
}

/// Every way to make a terminal do something, in every field that holds text.
#[test]
fn no_byte_of_a_lead_drives_the_terminal() {
    const EVIL: &str =
        "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}]52;c;b3duZWQ=\u{7}\u{9b}31m\u{202e}evil\u{2066}\u{200b}\u{feff}\u{e0041}\rX\u{8}";
    let desk = Desk::new();
    let fields =
        ["First Name", "Last Name", "Company", "Topic", "Job Title", "City", "Description", "Lead Source", "Tags", "Unknown"];
    let cell = format!("\"{}\"", EVIL.replace('"', "\"\""));
    let row = vec![cell; fields.len()].join(",");
    desk.run(&["import", &desk.file("evil.csv", &format!("{}\n{row}\n", fields.join(",")))]).ok();
    desk.run_with(&["note", "L-1"], EVIL.as_bytes()).ok();
    let mut session = Session::sized(&desk, 40, 120);
    session.wait_for("My open leads");
    session.wait_for("evil");
    let clipped = session.screen();
    assert!(clipped.contains("⟨202E⟩evil"), "{clipped}");
    session.press_for(&["Enter"], "All Activities");
    let before = desk.field("L-1", "company");
    session.press_for(&["e"], "Last Name (needed)");
    session.type_text("!");
    session.press("Ctrl-s");
    session.wait_without("Ctrl-s save");
    session.press_for(&["D"], "✗ deleted");
    session.press("u");
    session.wait_for("undone");
    session.press_for(&["U"], "Steps");
    session.back_to_the_list();
    session.press_for(&["F"], "Esc");
    session.type_text("evil");
    session.wait_for("L-1");
    session.press("Esc");
    session.back_to_the_list();
    session.press("q");
    assert!(session.pty.ended());
    // what a form cannot show it does not write either
    assert_eq!(desk.field("L-1", "company"), before);
    // what the terminal was told, it was told by leadbook alone
    let told = session.output();
    for bad in
        ["\x1b]0", "\x1b]52", "\x1b[2J\x1b]", "\u{9b}", "\u{202e}", "\u{2066}", "\u{200b}", "\u{feff}", "\u{e0041}", "\x07"]
    {
        assert!(!told.contains(bad), "{bad:?} was sent: {told:?}");
    }
}
