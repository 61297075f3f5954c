//! The escape sequences of keys, clicks and focus. Pure, and of complete or unfinished bytes alike.

use crossterm::event::{Event, KeyCode, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::decode::{Parsed, key};

/// A sequence longer than this (bytes) is none.
const LONGEST: usize = 64;

/// Bytes that begin with `ESC O`: the keypad and F1 to F4.
pub(super) fn shift(bytes: &[u8]) -> Parsed {
    let Some(last) = bytes.get(2) else { return Parsed::More };
    let code = match last {
        b'A'..=b'F' | b'H' => arrow(*last),
        b'P'..=b'S' => Some(KeyCode::F(last - b'P' + 1)),
        b'M' => Some(KeyCode::Enter),
        _ => None,
    };
    match code {
        Some(code) => Parsed::Event(key(code, KeyModifiers::NONE), 3),
        None => Parsed::Event(key(KeyCode::Char('O'), KeyModifiers::ALT), 2),
    }
}

/// Bytes that begin with `ESC [`.
pub(super) fn control(bytes: &[u8]) -> Parsed {
    match bytes.get(2) {
        None => return Parsed::More,
        // the Linux console's F1 to F5
        Some(b'[') => {
            return match bytes.get(3) {
                None => Parsed::More,
                Some(c @ b'A'..=b'E') => Parsed::Event(key(KeyCode::F(c - b'A' + 1), KeyModifiers::NONE), 4),
                Some(_) => Parsed::Skip(3),
            };
        }
        // clicks in the old form, which is not asked for: three bytes follow
        Some(b'M') => return if bytes.len() < 6 { Parsed::More } else { Parsed::Skip(6) },
        Some(_) => {}
    }
    let body = &bytes[2..];
    let Some(at) = body.iter().position(|b| !(0x20..=0x3f).contains(b)) else {
        return if bytes.len() < LONGEST { Parsed::More } else { Parsed::Skip(bytes.len()) };
    };
    let used = at + 3;
    if !(0x40..=0x7e).contains(&body[at]) {
        // something else begins here
        return Parsed::Skip(used - 1);
    }
    let event = match std::str::from_utf8(&body[..at]) {
        Ok("200") if body[at] == b'~' => return Parsed::Paste(used),
        Ok(text) => match text.strip_prefix('<') {
            Some(text) => mouse(text, body[at]).map(Event::Mouse),
            None => pressed(text, body[at]),
        },
        Err(_) => None,
    };
    event.map_or(Parsed::Skip(used), |event| Parsed::Event(event, used))
}

fn pressed(parameters: &str, last: u8) -> Option<Event> {
    let mut parts = parameters.split(';');
    let number: u32 = parts.next().and_then(|p| p.split(':').next()).and_then(|p| p.parse().ok()).unwrap_or(1);
    let (held, kind) = held(parts.next());
    if kind == 3 {
        return None;
    }
    match last {
        b'I' if parameters.is_empty() => return Some(Event::FocusGained),
        b'O' if parameters.is_empty() => return Some(Event::FocusLost),
        b'Z' => return Some(key(KeyCode::BackTab, KeyModifiers::SHIFT)),
        _ => {}
    }
    let code = match last {
        b'A'..=b'F' | b'H' => arrow(last)?,
        b'P' | b'Q' | b'S' => KeyCode::F(last - b'P' + 1),
        b'u' => of_number(number)?,
        b'~' if number == 27 => of_number(parts.next()?.parse().ok()?)?,
        b'~' => tilde(number)?,
        _ => return None,
    };
    Some(key(code, held))
}

/// What is held, and whether the key goes down (1), repeats (2) or goes up (3).
fn held(part: Option<&str>) -> (KeyModifiers, u8) {
    let mut numbers = part.unwrap_or("").split(':').map(|n| n.parse::<u8>().unwrap_or(1));
    let mask = numbers.next().unwrap_or(1).saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    let bits = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL), (8, KeyModifiers::SUPER)];
    for (bit, modifier) in bits {
        if mask & bit != 0 {
            modifiers |= modifier;
        }
    }
    (modifiers, numbers.next().unwrap_or(1))
}

fn arrow(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        _ => return None,
    })
}

fn tilde(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F((number - 10) as u8),
        17..=21 => KeyCode::F((number - 11) as u8),
        23..=26 => KeyCode::F((number - 12) as u8),
        28 | 29 => KeyCode::F((number - 13) as u8),
        31..=34 => KeyCode::F((number - 14) as u8),
        _ => return None,
    })
}

/// A key that is sent by the number of its character.
fn of_number(number: u32) -> Option<KeyCode> {
    Some(match number {
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        127 => KeyCode::Backspace,
        _ => KeyCode::Char(char::from_u32(number).filter(|c| !c.is_control())?),
    })
}

/// A click, a wheel's turn or a drag, as `button;column;row` from 1.
fn mouse(parameters: &str, last: u8) -> Option<MouseEvent> {
    let mut numbers = parameters.split(';').map(|n| n.parse::<u16>().ok());
    let (bits, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let button = match bits & 0b11 {
        0 => Some(MouseButton::Left),
        1 => Some(MouseButton::Middle),
        2 => Some(MouseButton::Right),
        _ => None,
    };
    let kind = match (bits & 0b110_0000, button) {
        (0, Some(button)) if last == b'M' => MouseEventKind::Down(button),
        (0, Some(button)) => MouseEventKind::Up(button),
        (0b010_0000, Some(button)) => MouseEventKind::Drag(button),
        (0b010_0000, None) => MouseEventKind::Moved,
        (0b100_0000, _) => match bits & 0b11 {
            0 => MouseEventKind::ScrollUp,
            1 => MouseEventKind::ScrollDown,
            2 => MouseEventKind::ScrollLeft,
            _ => MouseEventKind::ScrollRight,
        },
        _ => return None,
    };
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)] {
        if bits & bit != 0 {
            modifiers |= modifier;
        }
    }
    Some(MouseEvent { kind, column: column.saturating_sub(1), row: row.saturating_sub(1), modifiers })
}
