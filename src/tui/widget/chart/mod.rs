//! Charts of cells: bars with eighths, stacks with a fill for each part, funnels, columns over time. Knows neither reports nor records;
//! what is told by a colour elsewhere is told here by the fill.

mod bars;
mod line;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::popup::put;
use crate::tui::theme::{Meaning, Theme};

/// The forms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A bar a row; one with several parts is a stack of them.
    #[default]
    Bars,
    /// Bars in the middle, so that what is lost from row to row is seen at both sides.
    Funnel,
    /// A column a row, side by side.
    Columns,
}

/// One row of what is charted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// What it is called; made harmless already.
    pub label: String,
    /// How deep it stands below others.
    pub depth: usize,
    /// What it is made of; one part is a plain bar.
    pub parts: Vec<f64>,
    /// What it is measured against: a mark on its line.
    pub mark: Option<f64>,
    /// The number at its end.
    pub end: String,
}

impl Bar {
    /// All parts together.
    pub fn sum(&self) -> f64 {
        self.parts.iter().sum()
    }
}

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// In which form.
    pub form: Form,
    /// The rows.
    pub bars: Vec<Bar>,
}

impl Chart {
    /// The greatest of all: what fills the room.
    pub fn most(&self) -> f64 {
        let each = self.bars.iter().flat_map(|bar| [bar.sum().abs(), bar.mark.unwrap_or(0.0).abs()]);
        each.filter(|value| value.is_finite()).fold(0.0, f64::max)
    }

    /// How many lines it would like to have.
    pub fn lines(&self) -> usize {
        match self.form {
            Form::Bars | Form::Funnel => self.bars.len(),
            Form::Columns => 9,
        }
    }

    /// The first row on the screen, so that the one under the cursor is seen; bars scroll, columns follow by themselves.
    pub fn top(&self, before: usize, cursor: usize, height: usize) -> usize {
        let cursor = cursor.min(self.bars.len().saturating_sub(1));
        let least = (cursor + 1).saturating_sub(height.max(1));
        before.clamp(least, cursor).min(self.bars.len().saturating_sub(height))
    }

    /// Draws it, beginning with row `top`; the row under the cursor stands out.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>) {
        let area = area.intersection(frame.area());
        if area.is_empty() || self.bars.is_empty() {
            return;
        }
        match self.form {
            Form::Bars | Form::Funnel => bars::draw(self, frame, area, view),
            Form::Columns => line::draw(self, frame, area, view),
        }
    }

    /// The row that was clicked.
    pub fn row_at(&self, area: Rect, column: u16, row: u16, view: &View<'_>) -> Option<usize> {
        if !area.contains((column, row).into()) {
            return None;
        }
        let found = match self.form {
            Form::Bars | Form::Funnel => Some(view.top + usize::from(row - area.y)),
            Form::Columns => line::row_at(self, area, column, view.cursor),
        };
        found.filter(|row| *row < self.bars.len())
    }
}

/// How it is looked at.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The first row.
    pub top: usize,
    /// The row under the cursor.
    pub cursor: Option<usize>,
    /// Whether newer numbers are awaited.
    pub is_old: bool,
    /// The styles.
    pub theme: &'a Theme,
}

/// The fills of a stack of so many parts, told apart without colour.
pub const fn fills(parts: usize) -> &'static [&'static str] {
    match parts {
        0 | 1 => &["█"],
        2 => &["█", "░"],
        3 => &["█", "▒", "░"],
        4 => &["█", "▓", "▒", "░"],
        _ => &["█", "▓", "▒", "░", "╱", "·"],
    }
}

/// The sign of what bars are measured against.
pub const MARK: &str = "┃";

/// A bar of so many eighths of a cell.
pub(super) fn eighths(count: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    format!("{}{}", "█".repeat(count / 8), PARTS[count % 8])
}

/// A value as a number of steps of which `most` is `room`; what is not nothing is at least one.
pub(super) fn steps(value: f64, most: f64, room: usize) -> usize {
    let share = if most > 0.0 && value.is_finite() { (value.abs() / most).min(1.0) } else { 0.0 };
    let exact = share * room as f64;
    let steps = exact.round() as usize;
    if exact > 0.0 { steps.max(1).min(room) } else { 0 }
}

/// Writes a text at a place of an area.
pub(super) fn write(
    frame: &mut Frame<'_>,
    at: (usize, usize),
    text: &str,
    area: Rect,
    view: &View<'_>,
    meaning: Option<Meaning>,
) {
    let place = |from: u16, by: usize| from.saturating_add(u16::try_from(by).unwrap_or(u16::MAX));
    let style = match meaning {
        _ if view.is_old => view.theme.style(Meaning::Dim),
        Some(meaning) => view.theme.style(meaning),
        None => ratatui::style::Style::new(),
    };
    put(frame, place(area.x, at.0), place(area.y, at.1), text, area, style);
}
