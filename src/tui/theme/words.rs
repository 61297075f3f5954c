//! A style in words, as `bold red on #202020`. Knows no meaning.

use ratatui::style::{Color, Modifier, Style};

use crate::config::guess;

const COLOURS: &[(&str, Color)] = &[
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("purple", Color::Magenta),
    ("cyan", Color::Cyan),
    ("grey", Color::Gray),
    ("gray", Color::Gray),
    ("dark-grey", Color::DarkGray),
    ("dark-gray", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("white", Color::White),
];

const ATTRIBUTES: &[(&str, Modifier)] = &[
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("crossed", Modifier::CROSSED_OUT),
];

/// Reads a style; nothing at all is the terminal's own. The error is a sentence.
pub(super) fn style(text: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut background = false;
    for word in text.to_lowercase().split_whitespace() {
        if word == "on" {
            background = true;
        } else if let Some((_, attribute)) = ATTRIBUTES.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*attribute);
        } else {
            let colour = colour(word)?;
            // the terminal's own colour is none: written out it would reset the attributes of terminals without colours
            if colour != Color::Reset {
                style = if background { style.bg(colour) } else { style.fg(colour) };
            }
            background = false;
        }
    }
    if background { Err("a colour must follow “on”".into()) } else { Ok(style) }
}

fn colour(word: &str) -> Result<Color, String> {
    if let Some(hex) = word.strip_prefix('#') {
        let value = u32::from_str_radix(hex, 16).ok().filter(|_| hex.len() == 6);
        let [_, r, g, b] = value.ok_or_else(|| format!("“{word}” is no colour; write six digits, as #ff8800"))?.to_be_bytes();
        return Ok(Color::Rgb(r, g, b));
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().map(Color::Indexed).map_err(|_| format!("“{word}” is no colour; the numbers end at 255"));
    }
    COLOURS.iter().find(|(name, _)| *name == word).map(|(_, colour)| *colour).ok_or_else(|| {
        let attributes: Vec<&str> = ATTRIBUTES.iter().map(|(name, _)| *name).collect();
        let near = guess(word, COLOURS.iter().map(|(name, _)| *name).chain(attributes.iter().copied()));
        format!("“{word}” is neither a colour nor {}{near}", attributes.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_make_a_style() {
        assert_eq!(style(""), Ok(Style::new()));
        assert_eq!(style("default on default"), Ok(Style::new()));
        assert_eq!(style("Bold red"), Ok(Style::new().fg(Color::Red).add_modifier(Modifier::BOLD)));
        assert_eq!(style("black on bright-yellow"), Ok(Style::new().fg(Color::Black).bg(Color::LightYellow)));
        assert_eq!(style("#102030 on 7"), Ok(Style::new().fg(Color::Rgb(16, 32, 48)).bg(Color::Indexed(7))));
    }

    #[test]
    fn nonsense_is_refused_in_a_sentence() {
        for text in ["red on", "#12345", "#zzzzzz", "256", "boldd"] {
            assert!(style(text).is_err(), "{text}");
        }
    }
}
