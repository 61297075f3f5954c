//! Fits colours to what a terminal can show. Chooses none itself.

use ratatui::style::{Color, Style};

use super::super::terminal::capability::Colours;

/// The usual values of the sixteen colours, in their order. Terminals differ; only the nearest is looked for.
const SIXTEEN: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [128, 0, 0]),
    (Color::Green, [0, 128, 0]),
    (Color::Yellow, [128, 128, 0]),
    (Color::Blue, [0, 0, 128]),
    (Color::Magenta, [128, 0, 128]),
    (Color::Cyan, [0, 128, 128]),
    (Color::Gray, [192, 192, 192]),
    (Color::DarkGray, [128, 128, 128]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [0, 0, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// The steps of the colour cube of 256-colour terminals.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// `style` in colours that the terminal has.
pub(super) fn fit(style: Style, colours: Colours) -> Style {
    let fit = |colour: Option<Color>| colour.map(|colour| nearest(colour, colours));
    match colours {
        Colours::None => Style { fg: None, bg: None, ..style },
        _ => Style { fg: fit(style.fg), bg: fit(style.bg), ..style },
    }
}

fn nearest(colour: Color, colours: Colours) -> Color {
    match (colour, colours) {
        (Color::Rgb(r, g, b), Colours::TwoHundredFiftySix) => Color::Indexed(index([r, g, b])),
        (Color::Rgb(r, g, b), Colours::Sixteen) => sixteen([r, g, b]),
        (Color::Indexed(index), Colours::Sixteen) => sixteen(value(index)),
        _ => colour,
    }
}

fn sixteen(rgb: [u8; 3]) -> Color {
    SIXTEEN.iter().min_by_key(|(_, own)| distance(*own, rgb)).map_or(Color::Reset, |(colour, _)| *colour)
}

/// What an index of the 256 colours looks like.
fn value(index: u8) -> [u8; 3] {
    match index {
        0..16 => SIXTEEN[usize::from(index)].1,
        16..232 => {
            let at = usize::from(index - 16);
            [STEPS[at / 36], STEPS[at / 6 % 6], STEPS[at % 6]]
        }
        _ => [8 + 10 * (index - 232); 3],
    }
}

/// The nearest of the cube and the greys; the first sixteen are the person's own and may look like anything.
fn index(rgb: [u8; 3]) -> u8 {
    (16..=255).min_by_key(|index| distance(value(*index), rgb)).unwrap_or(16)
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_come_down_to_what_there_is() {
        let style = Style::new().fg(Color::Rgb(255, 0, 0)).bg(Color::Indexed(244));
        assert_eq!(fit(style, Colours::True), style);
        assert_eq!(fit(style, Colours::TwoHundredFiftySix).fg, Some(Color::Indexed(196)));
        assert_eq!(fit(style, Colours::Sixteen), Style::new().fg(Color::LightRed).bg(Color::DarkGray));
        assert_eq!(fit(style, Colours::None), Style::new());
    }
}
