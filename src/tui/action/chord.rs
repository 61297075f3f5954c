//! One key with its modifiers: read from a terminal event or from text, and printed as people write it. Knows no action.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// One key pressed together with its modifiers, in the one form that terminals agree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd)]
pub struct KeyChord {
    /// The key.
    pub code: KeyCode,
    /// What is held with it; never Shift with a character, which then is the capital.
    pub modifiers: KeyModifiers,
}

/// Keys with a name: the first is what is printed, all are understood in any case.
const NAMED: &[(KeyCode, &[&str])] = &[
    (KeyCode::Enter, &["Enter", "return"]),
    (KeyCode::Esc, &["Esc", "escape"]),
    (KeyCode::Char(' '), &["Space"]),
    (KeyCode::Tab, &["Tab"]),
    (KeyCode::BackTab, &["Shift-Tab", "backtab"]),
    (KeyCode::Backspace, &["Backspace"]),
    (KeyCode::Delete, &["Delete", "del"]),
    (KeyCode::Insert, &["Insert", "ins"]),
    (KeyCode::Home, &["Home"]),
    (KeyCode::End, &["End"]),
    (KeyCode::PageUp, &["PgUp", "pageup"]),
    (KeyCode::PageDown, &["PgDn", "pagedown", "pgdown"]),
    (KeyCode::Up, &["↑", "up"]),
    (KeyCode::Down, &["↓", "down"]),
    (KeyCode::Left, &["←", "left"]),
    (KeyCode::Right, &["→", "right"]),
];

/// Chords that terminals send as another key, with that key.
const ALIKE: &[(char, &str)] = &[('i', "tab"), ('m', "enter"), ('h', "backspace"), ('j', "enter")];

impl KeyChord {
    /// The chord of a key that was pressed. What terminals cannot tell apart comes out as one.
    pub fn of(event: KeyEvent) -> Self {
        let mut modifiers = event.modifiers;
        let mut code = event.code;
        if let KeyCode::Char(c) = code {
            if modifiers.contains(KeyModifiers::SHIFT) && !modifiers.contains(KeyModifiers::CONTROL) {
                let mut upper = c.to_uppercase();
                if let (Some(capital), None) = (upper.next(), upper.next()) {
                    code = KeyCode::Char(capital);
                }
            }
            if modifiers.contains(KeyModifiers::CONTROL) {
                code = KeyCode::Char(c.to_ascii_lowercase());
            }
            modifiers.remove(KeyModifiers::SHIFT);
            if modifiers == KeyModifiers::CONTROL {
                match c.to_ascii_lowercase() {
                    'h' => return Self { code: KeyCode::Backspace, modifiers: KeyModifiers::NONE },
                    'i' => return Self { code: KeyCode::Tab, modifiers: KeyModifiers::NONE },
                    'j' | 'm' => return Self { code: KeyCode::Enter, modifiers: KeyModifiers::NONE },
                    '/' | '_' => code = KeyCode::Char('7'),
                    _ => {}
                }
            }
        }
        if matches!(code, KeyCode::BackTab) || (code == KeyCode::Tab && modifiers.contains(KeyModifiers::SHIFT)) {
            code = KeyCode::BackTab;
            modifiers.remove(KeyModifiers::SHIFT);
        }
        if code == KeyCode::Enter {
            modifiers.remove(KeyModifiers::SHIFT);
        }
        modifiers &= KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT | KeyModifiers::SUPER;
        Self { code, modifiers }
    }

    /// The character that it types, if it is one without Ctrl or Alt.
    pub fn text(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    /// Reads one chord, as `ctrl-x`, `G`, `space`, `f1`. The error is a sentence.
    pub fn parse(word: &str) -> Result<Self, String> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = word;
        // `ctrl--` is Ctrl with a dash, so what follows the first dash may be one itself
        while let Some((head, tail)) = rest.split_once('-').filter(|(head, tail)| !head.is_empty() && !tail.is_empty()) {
            modifiers |= match head.to_ascii_lowercase().as_str() {
                "ctrl" | "control" => KeyModifiers::CONTROL,
                "alt" | "meta" => KeyModifiers::ALT,
                "shift" => KeyModifiers::SHIFT,
                _ => return Err(format!("“{word}” is no key: “{head}” is none of ctrl, alt, shift")),
            };
            rest = tail;
        }
        let code = Self::code(rest).ok_or_else(|| {
            format!("“{word}” is no key: write a character, or a name as enter, esc, space, up, f1, with ctrl- or alt- before it")
        })?;
        if modifiers == KeyModifiers::CONTROL
            && let KeyCode::Char(c) = code
        {
            if let Some((_, other)) = ALIKE.iter().find(|(alike, _)| alike.eq_ignore_ascii_case(&c)) {
                return Err(format!("terminals cannot tell {word} from {other}: choose another key"));
            }
            if c == ' ' {
                return Err("many terminals do not send ctrl-space: choose another key".into());
            }
        }
        if code == KeyCode::Enter && modifiers.contains(KeyModifiers::SHIFT) {
            return Err("terminals cannot tell shift-enter from enter: choose another key".into());
        }
        Ok(Self::of(KeyEvent::new(code, modifiers)))
    }

    fn code(name: &str) -> Option<KeyCode> {
        let mut chars = name.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && !NAMED.iter().any(|(_, names)| names.contains(&name))
        {
            return (!c.is_control() && !c.is_whitespace()).then_some(KeyCode::Char(c));
        }
        let lower = name.to_lowercase();
        if let Some(number) = lower.strip_prefix('f').and_then(|n| n.parse::<u8>().ok()) {
            return (1..=24).contains(&number).then_some(KeyCode::F(number));
        }
        NAMED.iter().find(|(_, names)| names.iter().any(|n| n.to_lowercase() == lower)).map(|(code, _)| *code)
    }

    /// Reads chords typed one after the other, as `g l`. The error is a sentence.
    pub fn parse_sequence(words: &str) -> Result<Vec<Self>, String> {
        let chords = words.split_whitespace().map(Self::parse).collect::<Result<Vec<_>, _>>()?;
        match chords.len() {
            0 => Err("an empty key; write space for the space bar".into()),
            1..=3 => Ok(chords),
            _ => Err(format!("“{words}” has more than three keys")),
        }
    }

    /// Prints chords typed one after the other, as `g l`.
    pub fn print_sequence(chords: &[Self]) -> String {
        chords.iter().map(Self::to_string).collect::<Vec<_>>().join(" ")
    }
}

impl From<KeyEvent> for KeyChord {
    fn from(event: KeyEvent) -> Self {
        Self::of(event)
    }
}

impl fmt::Display for KeyChord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = [
            (KeyModifiers::SUPER, "Super-"),
            (KeyModifiers::CONTROL, "Ctrl-"),
            (KeyModifiers::ALT, "Alt-"),
            (KeyModifiers::SHIFT, "Shift-"),
        ];
        for (modifier, name) in held {
            if self.modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        if let Some((_, names)) = NAMED.iter().find(|(code, _)| *code == self.code) {
            return f.write_str(names[0]);
        }
        match self.code {
            KeyCode::Char('7') if self.modifiers == KeyModifiers::CONTROL => f.write_str("/"),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "F{n}"),
            other => write!(f, "{other}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::KeyChord;

    fn chord(code: KeyCode, modifiers: KeyModifiers) -> KeyChord {
        KeyChord::of(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn what_is_printed_is_read_back() {
        for word in
            ["a", "G", "ctrl-x", "alt-x", "ctrl-alt-x", "space", "enter", "esc", "f1", "F12", "?", "-", "ctrl--", "alt-up"]
        {
            let parsed = KeyChord::parse(word).unwrap();
            assert_eq!(KeyChord::parse(&parsed.to_string()), Ok(parsed), "{word} printed {parsed}");
        }
        assert_eq!(KeyChord::parse("Ctrl-X").unwrap().to_string(), "Ctrl-x");
        assert_eq!(KeyChord::print_sequence(&KeyChord::parse_sequence("g g").unwrap()), "g g");
    }

    #[test]
    fn a_capital_is_one_key_however_the_terminal_says_it() {
        assert_eq!(chord(KeyCode::Char('J'), KeyModifiers::SHIFT), KeyChord::parse("J").unwrap());
        assert_eq!(chord(KeyCode::Char('j'), KeyModifiers::SHIFT), KeyChord::parse("shift-j").unwrap());
        assert_eq!(chord(KeyCode::BackTab, KeyModifiers::SHIFT), KeyChord::parse("shift-tab").unwrap());
    }

    #[test]
    fn what_terminals_cannot_tell_apart_is_refused_by_name_and_understood_when_typed() {
        for word in ["ctrl-i", "ctrl-m", "ctrl-h", "ctrl-j", "ctrl-space", "shift-enter"] {
            assert!(KeyChord::parse(word).unwrap_err().contains("terminals"), "{word}");
        }
        assert_eq!(chord(KeyCode::Char('h'), KeyModifiers::CONTROL), KeyChord::parse("backspace").unwrap());
        assert_eq!(chord(KeyCode::Char('7'), KeyModifiers::CONTROL), KeyChord::parse("ctrl-/").unwrap());
    }

    #[test]
    fn nonsense_is_refused_in_a_sentence() {
        for word in ["hyper-x", "f99", "entr", ""] {
            assert!(KeyChord::parse(word).is_err(), "{word}");
        }
        assert!(KeyChord::parse_sequence("   ").is_err());
        assert!(KeyChord::parse_sequence("a b c d").is_err());
    }
}
