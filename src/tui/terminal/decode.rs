//! From the bytes that a terminal sends to keys, clicks and pastes. Pure: reads no terminal and no clock.
//!
//! crossterm's own reader decides at once that an Esc at the end of a read is the key, so an arrow whose bytes come in two
//! packets would close a layer and type `[A`. Here a lone Esc is held for a moment.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::sequence;

/// How long a lone Esc may still become the beginning of a sequence: longer than the 30 ms over which one may be split, and
/// short enough that the key acts within 50 ms.
const HOLD: Duration = Duration::from_millis(40);
/// How long the rest of a sequence that can be nothing else is awaited.
const REST: Duration = Duration::from_millis(500);
/// How long the end of a paste is awaited after its last byte.
const PASTE: Duration = Duration::from_secs(1);
/// A paste longer than this (bytes) arrives in parts.
const PART: usize = 4 << 20;

const PASTE_END: &[u8] = b"\x1b[201~";

/// What the bytes at hand are.
#[derive(Debug, PartialEq)]
pub(super) enum Parsed {
    /// This, made of so many bytes.
    Event(Event, usize),
    /// Nothing that matters, of so many bytes.
    Skip(usize),
    /// The beginning of a paste, of so many bytes.
    Paste(usize),
    /// The beginning of something.
    More,
}

/// Bytes that are not yet decided.
#[derive(Debug, Default)]
pub struct Decoder {
    buffer: Vec<u8>,
    pasting: bool,
    /// How much of the buffer is known to hold no end of the paste.
    searched: usize,
}

impl Decoder {
    /// Takes bytes and adds what they mean to `events`.
    pub fn feed(&mut self, bytes: &[u8], events: &mut Vec<Event>) {
        self.buffer.extend_from_slice(bytes);
        let mut at = 0;
        while at < self.buffer.len() {
            if self.pasting {
                match self.paste(at) {
                    Some((text, end)) => events.push(paste(&self.buffer[text], &mut at, end)),
                    None => break,
                }
                continue;
            }
            match parse(&self.buffer[at..]) {
                Parsed::Event(event, used) => {
                    events.push(event);
                    at += used;
                }
                Parsed::Skip(used) => at += used,
                Parsed::Paste(used) => {
                    self.pasting = true;
                    at += used;
                }
                Parsed::More => break,
            }
        }
        self.buffer.drain(..at);
    }

    /// The next part of a paste that begins at `at`: its text and where the bytes go on.
    fn paste(&mut self, at: usize) -> Option<(std::ops::Range<usize>, usize)> {
        let from = self.searched.max(at);
        if let Some(end) = find(&self.buffer[from..], PASTE_END) {
            self.pasting = false;
            self.searched = 0;
            return Some((at..from + end, from + end + PASTE_END.len()));
        }
        let rest = &self.buffer[at..];
        // once the bytes before `at` are gone
        self.searched = rest.len().saturating_sub(PASTE_END.len());
        if rest.len() < PART {
            return None;
        }
        self.searched = 0;
        // neither a character nor the end's own bytes may be cut
        let cut = rest.len() - PASTE_END.len();
        let cut = (0..4).map(|back| cut - back).find(|at| (rest[*at] & 0xc0) != 0x80).unwrap_or(cut);
        Some((at..at + cut, at + cut))
    }

    /// How long after the last byte more are awaited; none when nothing is undecided.
    pub fn patience(&self) -> Option<Duration> {
        match self.buffer.as_slice() {
            _ if self.pasting => Some(PASTE),
            [] => None,
            [0x1b] | [0x1b, b'[' | b'O'] => Some(HOLD),
            _ => Some(REST),
        }
    }

    /// No more bytes came: decides what is left.
    pub fn give_up(&mut self, events: &mut Vec<Event>) {
        let left = std::mem::take(&mut self.buffer);
        self.searched = 0;
        if std::mem::take(&mut self.pasting) {
            if !left.is_empty() {
                events.push(Event::Paste(String::from_utf8_lossy(&left).into_owned()));
            }
            return;
        }
        match left.as_slice() {
            [0x1b] => events.push(key(KeyCode::Esc, KeyModifiers::NONE)),
            [0x1b, c @ (b'[' | b'O')] => events.push(key(KeyCode::Char(*c as char), KeyModifiers::ALT)),
            // the rest of a sequence was lost on the way; it means nothing
            _ => {}
        }
    }

    /// Forgets what is undecided.
    pub fn reset(&mut self) {
        *self = Self::default();
    }
}

fn paste(text: &[u8], at: &mut usize, end: usize) -> Event {
    *at = end;
    Event::Paste(String::from_utf8_lossy(text).into_owned())
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| *byte == what[0]) {
        if bytes[from + at..].starts_with(what) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// A key press.
pub(super) fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

/// What the bytes begin with; there is at least one.
fn parse(bytes: &[u8]) -> Parsed {
    match bytes {
        [0x1b] => Parsed::More,
        [0x1b, 0x1b, ..] => Parsed::Event(key(KeyCode::Esc, KeyModifiers::NONE), 1),
        [0x1b, b'[', ..] => sequence::control(bytes),
        [0x1b, b'O', ..] => sequence::shift(bytes),
        [0x1b, rest @ ..] => match character(rest) {
            Parsed::Event(Event::Key(pressed), used) => {
                Parsed::Event(key(pressed.code, pressed.modifiers | KeyModifiers::ALT), used + 1)
            }
            Parsed::Skip(used) => Parsed::Skip(used + 1),
            other => other,
        },
        _ => character(bytes),
    }
}

/// A character, or a key that is sent as one.
fn character(bytes: &[u8]) -> Parsed {
    let control = |c: u8| Parsed::Event(key(KeyCode::Char(c as char), KeyModifiers::CONTROL), 1);
    match bytes[0] {
        b'\r' => Parsed::Event(key(KeyCode::Enter, KeyModifiers::NONE), 1),
        b'\t' => Parsed::Event(key(KeyCode::Tab, KeyModifiers::NONE), 1),
        0x7f => Parsed::Event(key(KeyCode::Backspace, KeyModifiers::NONE), 1),
        0 => control(b' '),
        c @ 0x01..=0x1a => control(c - 1 + b'a'),
        c @ 0x1c..=0x1f => control(c - 0x1c + b'4'),
        first => {
            let length = match first {
                0x20..=0x7e => 1,
                0xc2..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf4 => 4,
                _ => return Parsed::Skip(1),
            };
            let here = &bytes[..bytes.len().min(length)];
            match std::str::from_utf8(here) {
                Ok(text) => text.chars().next().map_or(Parsed::Skip(1), |c| {
                    let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
                    Parsed::Event(key(KeyCode::Char(c), shift), length)
                }),
                Err(error) if error.error_len().is_none() && here.len() < length => Parsed::More,
                Err(_) => Parsed::Skip(1),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::action::keymap::KeyChord;

    /// What pieces, each followed by a silence shorter than any patience, come to; then silence.
    fn decoded(pieces: &[&[u8]]) -> Vec<String> {
        let mut decoder = Decoder::default();
        let mut events = Vec::new();
        for piece in pieces {
            decoder.feed(piece, &mut events);
        }
        if decoder.patience().is_some() {
            decoder.give_up(&mut events);
        }
        assert_eq!(decoder.patience(), None);
        events
            .into_iter()
            .map(|event| match event {
                Event::Key(pressed) => KeyChord::of(pressed).to_string(),
                Event::Paste(text) => format!("paste {text}"),
                Event::Mouse(mouse) => format!("{:?} {},{}", mouse.kind, mouse.column, mouse.row),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn keys_are_read_as_terminals_send_them() {
        let sent: &[(&[u8], &str)] = &[
            (b"a", "a"),
            (b"G", "G"),
            ("é".as_bytes(), "é"),
            ("日".as_bytes(), "日"),
            (b"\r", "Enter"),
            (b"\t", "Tab"),
            (b"\x7f", "Backspace"),
            (b"\x08", "Backspace"),
            (b"\x1b", "Esc"),
            (b"\x13", "Ctrl-s"),
            (b"\x1f", "Ctrl-/"),
            (b"\x1bx", "Alt-x"),
            (b"\x1b\x7f", "Alt-Backspace"),
            (b"\x1b[A", "↑"),
            (b"\x1bOA", "↑"),
            (b"\x1b[1;5C", "Ctrl-→"),
            (b"\x1b[1;3A", "Alt-↑"),
            (b"\x1b[H", "Home"),
            (b"\x1b[4~", "End"),
            (b"\x1b[5~", "PgUp"),
            (b"\x1b[3~", "Delete"),
            (b"\x1b[Z", "Shift-Tab"),
            (b"\x1bOP", "F1"),
            (b"\x1b[11~", "F1"),
            (b"\x1b[[A", "F1"),
            (b"\x1b[24~", "F12"),
            (b"\x1b[27;5;46~", "Ctrl-."),
            (b"\x1b[97;5u", "Ctrl-a"),
            (b"\x1b[I", "FocusGained"),
            (b"\x1b[<0;10;5M", "Down(Left) 9,4"),
            (b"\x1b[<0;10;5m", "Up(Left) 9,4"),
            (b"\x1b[<32;11;5M", "Drag(Left) 10,4"),
            (b"\x1b[<65;1;1M", "ScrollDown 0,0"),
            (b"\x1b[200~a\rb\x1b[A\x1b[201~", "paste a\rb\x1b[A"),
        ];
        for (bytes, expected) in sent {
            assert_eq!(decoded(&[bytes]), [*expected], "{bytes:?}");
            // split anywhere it is the same
            for at in 1..bytes.len() {
                assert_eq!(decoded(&[&bytes[..at], &bytes[at..]]), [*expected], "{bytes:?} split at {at}");
            }
        }
    }

    #[test]
    fn an_esc_that_nothing_follows_is_the_key() {
        let mut decoder = Decoder::default();
        let mut events = Vec::new();
        decoder.feed(b"\x1b", &mut events);
        assert!(events.is_empty());
        let patience = decoder.patience().unwrap();
        assert!(patience > Duration::from_millis(30) && patience < Duration::from_millis(50));
        decoder.give_up(&mut events);
        assert_eq!(events, [key(KeyCode::Esc, KeyModifiers::NONE)]);
        assert_eq!(decoded(&[b"\x1b", b"\x1b"]), ["Esc", "Esc"]);
        assert_eq!(decoded(&[b"\x1b\x1b[B"]), ["Esc", "↓"]);
        assert_eq!(decoded(&[b"\x1b[", b"x"]), [""; 0]);
        assert_eq!(decoded(&[b"\x1b["]), ["Alt-["]);
        assert_eq!(decoded(&[b"\x1bO"]), ["Alt-O"]);
    }

    #[test]
    fn releases_and_unknown_sequences_are_passed_over() {
        assert_eq!(decoded(&[b"\x1b[97;5:3ux"]), ["x"]);
        assert_eq!(decoded(&[b"\x1b[?62;4cx"]), ["x"]);
        assert_eq!(decoded(&[b"\x1b[M !!x"]), ["x"]);
        assert_eq!(decoded(&[b"\xff\xfex"]), ["x"]);
        assert_eq!(decoded(&[b"\x1b[201~x"]), ["x"]);
        // a sequence that another interrupts is lost, the other is not
        assert_eq!(decoded(&[b"\x1b[1;\x1b[A"]), ["↑"]);
    }

    #[test]
    fn a_paste_without_an_end_is_given_up_and_a_huge_one_comes_in_parts() {
        assert_eq!(decoded(&[b"\x1b[200~abc"]), ["paste abc"]);
        let text = "é".repeat(PART);
        let mut bytes = b"\x1b[200~".to_vec();
        bytes.extend_from_slice(text.as_bytes());
        bytes.extend_from_slice(PASTE_END);
        let mut decoder = Decoder::default();
        let mut events = Vec::new();
        for piece in bytes.chunks(100_003) {
            decoder.feed(piece, &mut events);
        }
        assert!(events.len() > 1);
        let joined: String = events
            .iter()
            .map(|event| match event {
                Event::Paste(part) => part.as_str(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(joined == text);
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_pieces_end_decided(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..12), 0..12)) {
            let mut decoder = Decoder::default();
            let mut events = Vec::new();
            for piece in &pieces {
                decoder.feed(piece, &mut events);
            }
            decoder.give_up(&mut events);
            prop_assert_eq!(decoder.patience(), None);
        }
    }
}
