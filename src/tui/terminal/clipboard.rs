//! Copying through the terminal (OSC 52), which works over SSH too. Says in words what was done; reads no clipboard.

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

use super::capability::Capability;

/// The most that terminals take, in bytes of text.
pub const LIMIT: usize = 100_000;

/// What to send to the terminal, and what to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The sequence.
    pub sequence: String,
    /// A sentence for the status line.
    pub message: String,
}

/// Copies `text`, which people call `what` (“the e-mail”). The error is a sentence: nothing to copy, or too much.
///
/// Control characters are left out, so that what is pasted into a shell runs nothing; line breaks and tabs stay.
pub fn copy(text: &str, what: &str, terminal: &Capability) -> Result<Copy, String> {
    let text: String = text.chars().filter(|c| !is_harmful(*c)).collect();
    if text.trim().is_empty() {
        return Err(format!("{what} is empty; nothing was copied"));
    }
    if text.len() > LIMIT {
        return Err(format!("{what} has {} kB; terminals take {} kB; E exports it", text.len() / 1000, LIMIT / 1000));
    }
    let mut sequence = String::new();
    if CopyToClipboard::to_clipboard_from(text.as_bytes()).write_ansi(&mut sequence).is_err() {
        return Err(format!("{what} could not be copied"));
    }
    let through = match (terminal.tmux, terminal.remote) {
        (true, _) => " through tmux (needs: set -g set-clipboard on)",
        (false, true) => " through the terminal, on your own machine",
        (false, false) => " through the terminal",
    };
    if terminal.tmux {
        sequence = format!("{sequence}{}", passed_through(&sequence));
    }
    Ok(Copy { message: format!("Copied {what}: {}{through}", shown(&text)), sequence })
}

/// Wrapped so that tmux hands it to the terminal outside.
fn passed_through(sequence: &str) -> String {
    format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b"))
}

fn is_harmful(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The first line, shortened.
fn shown(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default().replace('\t', " ");
    let more = line.chars().count() > 40 || text.trim().lines().count() > 1;
    let mut shown: String = line.chars().take(40).collect();
    if more {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::capability::Colours;
    use super::*;

    fn terminal(tmux: bool) -> Capability {
        Capability { interactive: true, colours: Colours::Sixteen, tmux, remote: false }
    }

    #[test]
    fn text_goes_out_encoded_and_cleaned() {
        let copied = copy("ann@contoso.com\u{1b}[2J\u{202e}", "the e-mail", &terminal(false)).unwrap();
        // "ann@contoso.com[2J": the escape is gone, so what is left does nothing
        assert_eq!(copied.sequence, "\u{1b}]52;c;YW5uQGNvbnRvc28uY29tWzJK\u{1b}\\");
        assert_eq!(copied.message, "Copied the e-mail: ann@contoso.com[2J through the terminal");
    }

    #[test]
    fn tmux_gets_it_for_itself_and_for_the_terminal_outside() {
        let copied = copy("x", "the name", &terminal(true)).unwrap();
        assert!(copied.sequence.starts_with("\u{1b}]52;c;eA=="), "{:?}", copied.sequence);
        assert!(copied.sequence.contains("\u{1b}Ptmux;\u{1b}\u{1b}]52;c;eA=="), "{:?}", copied.sequence);
        assert!(copied.message.contains("tmux"));
    }

    #[test]
    fn nothing_and_too_much_are_refused_in_words() {
        assert_eq!(copy(" \u{7}", "the phone", &terminal(false)), Err("the phone is empty; nothing was copied".into()));
        let long = "a".repeat(LIMIT + 1);
        assert!(copy(&long, "the note", &terminal(false)).unwrap_err().contains("100 kB"));
        let shown = copy("one\ntwo", "the note", &terminal(false)).unwrap().message;
        assert_eq!(shown, "Copied the note: one… through the terminal");
    }
}
