//! A frame as text: the characters, where the cursor is, and in which style each run of cells stands.

use std::fmt::Write;

use leadbook::model::clean::width;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// The characters line by line, without blanks at the ends.
pub fn lines(buffer: &Buffer) -> Vec<String> {
    let columns = usize::from(buffer.area.width).max(1);
    buffer
        .content()
        .chunks(columns)
        .map(|row| {
            let mut skip = 0;
            let mut line = String::new();
            for cell in row {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                line.push_str(cell.symbol());
                skip = width(cell.symbol()).saturating_sub(1);
            }
            line.trim_end().to_owned()
        })
        .collect()
}

/// The frame as it stands in a snapshot: a border, so that the width is seen; the cursor; the styles, lines with the same ones
/// together, as `3-20 | 0-79 dim`, columns from 0.
pub fn picture(buffer: &Buffer, cursor: Option<Position>) -> String {
    let mut text = String::new();
    for line in lines(buffer) {
        let _ = writeln!(text, "{line}");
    }
    let size = format!("{}×{}", buffer.area.width, buffer.area.height);
    let _ = match cursor {
        Some(Position { x, y }) => writeln!(text, "── {size} · cursor {x},{y}"),
        None => writeln!(text, "── {size} · no cursor"),
    };
    let rows: Vec<String> = buffer.content().chunks(usize::from(buffer.area.width).max(1)).map(runs).collect();
    let mut first = 0;
    while first < rows.len() {
        let last = (first..rows.len()).take_while(|row| rows[*row] == rows[first]).last().unwrap_or(first);
        if !rows[first].is_empty() {
            let lines = if first == last { first.to_string() } else { format!("{first}-{last}") };
            let _ = writeln!(text, "{lines} | {}", rows[first]);
        }
        first = last + 1;
    }
    text
}

/// The styles of a line: `0-9 bold, 12 red reversed`.
fn runs(row: &[Cell]) -> String {
    let mut runs = Vec::new();
    let mut start = 0;
    while start < row.len() {
        let style = style(&row[start]);
        let end = (start..row.len()).take_while(|at| self::style(&row[*at]) == style).last().unwrap_or(start);
        if !style.is_empty() {
            runs.push(if start == end { format!("{start} {style}") } else { format!("{start}-{end} {style}") });
        }
        start = end + 1;
    }
    runs.join(", ")
}

fn style(cell: &Cell) -> String {
    let mut words = Vec::new();
    if cell.fg != Color::Reset {
        words.push(cell.fg.to_string().to_lowercase());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", cell.bg.to_string().to_lowercase()));
    }
    let names = [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
        (Modifier::CROSSED_OUT, "crossed"),
    ];
    words.extend(names.iter().filter(|(modifier, _)| cell.modifier.contains(*modifier)).map(|(_, name)| (*name).to_owned()));
    words.join(" ")
}
