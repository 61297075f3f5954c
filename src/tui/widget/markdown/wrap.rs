//! Breaks styled text into lines by display columns. Knows no Markdown.

use ratatui::style::Style;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;

use crate::model::clean::width;

/// A stretch of text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) style: Style,
}

/// One character as people see it.
#[derive(Clone, Copy)]
struct Cell<'a> {
    text: &'a str,
    style: Style,
    width: usize,
}

/// The pieces as lines of at most `columns` columns, broken behind blanks where there are some; at most `most` lines.
pub(super) fn wrap(pieces: &[Piece], columns: usize, most: usize) -> Vec<Vec<Span<'static>>> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut row: Vec<Cell<'_>> = Vec::new();
    let (mut used, mut blank) = (0, None);
    let cells = pieces
        .iter()
        .flat_map(|piece| piece.text.graphemes(true).map(|text| Cell { text, style: piece.style, width: width(text) }));
    for cell in cells {
        let is_blank = cell.text == " ";
        // twice where what is behind the last blank is itself too long with this character
        while used + cell.width > columns && !row.is_empty() {
            if lines.len() >= most {
                return lines;
            }
            let rest = match blank.take() {
                Some(at) if !is_blank => row.split_off(at),
                _ => Vec::new(),
            };
            lines.push(spans(&row));
            row = rest;
            used = row.iter().map(|cell| cell.width).sum();
        }
        // a blank that would begin a line is the break itself
        if is_blank && row.is_empty() && !lines.is_empty() {
            continue;
        }
        row.push(cell);
        used += cell.width;
        if is_blank {
            blank = Some(row.len());
        }
    }
    if lines.len() < most {
        lines.push(spans(&row));
    }
    lines
}

/// Cells of one style together, without blanks at the end of the line.
fn spans(row: &[Cell<'_>]) -> Vec<Span<'static>> {
    let end = row.iter().rposition(|cell| cell.text != " ").map_or(0, |at| at + 1);
    row[..end]
        .chunk_by(|a, b| a.style == b.style)
        .map(|same| Span::styled(same.iter().map(|cell| cell.text).collect::<String>(), same[0].style))
        .collect()
}
