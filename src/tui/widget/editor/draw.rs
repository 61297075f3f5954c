//! How the text lies on the screen: wrapped lines, what of them is seen, the cursor, the mouse. Changes no text.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::buffer::Place;
use super::{Acted, Editor};
use crate::model::clean::{clean, width};
use crate::tui::action::Action;
use crate::tui::theme::{Meaning, Theme};

/// What was seen when it was drawn last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct View {
    /// Where.
    area: Rect,
    /// The first line, and how many of its rows are above the edge.
    top: (usize, usize),
}

impl Editor {
    /// Draws what is around the cursor, and puts the terminal's cursor where typing goes when `focused`.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, theme: &Theme, focused: bool) {
        let area = area.intersection(frame.area());
        if area.is_empty() {
            return;
        }
        let mut view = View { area, ..self.view.get() };
        let height = usize::from(area.height);
        let (row, at) = self.cursor;
        let rows = wrapped(self.line(row), area.width);
        let sub = row_of(&rows, at);
        view.top = self.top(view.top, (row, sub), height, area.width);
        self.view.set(view);
        let (mut line, mut skip) = view.top;
        let mut y = area.y;
        while y < area.bottom() && line < self.buffer.lines().len() {
            let text = self.line(line);
            let matches = self.buffer.matches(line);
            for range in wrapped(text, area.width).into_iter().skip(skip) {
                if y >= area.bottom() {
                    break;
                }
                draw_row(frame, text, range, &matches, Rect { y, height: 1, ..area }, theme);
                y += 1;
            }
            (line, skip) = (line + 1, 0);
        }
        if focused {
            let column = shown_columns(&self.line(row)[rows[sub].start..at]);
            let x = area.x + u16::try_from(column).unwrap_or(u16::MAX).min(area.width - 1);
            let down = self.rows_between(view.top, (row, sub), area.width, height);
            let y = area.y + u16::try_from(down).unwrap_or(u16::MAX).min(area.height - 1);
            frame.set_cursor_position(Position { x, y });
        }
    }

    /// The rows that the text takes in so many columns, but no more than `most`.
    pub fn rows(&self, columns: u16, most: usize) -> usize {
        let mut rows = 0;
        for line in self.buffer.lines() {
            rows += wrapped(line, columns).len();
            if rows >= most {
                return most;
            }
        }
        rows
    }

    /// Puts the cursor where the mouse was clicked. False when that is not in the text.
    pub fn click(&mut self, column: u16, row: u16) -> bool {
        let view = self.view.get();
        if !view.area.contains((column, row).into()) {
            return false;
        }
        let mut left = usize::from(row - view.area.y);
        let (mut line, mut skip) = view.top;
        while line < self.buffer.lines().len() {
            let rows = wrapped(self.line(line), view.area.width);
            if let Some(range) = rows.get(skip + left) {
                let place = (line, at_column(self.line(line), range, usize::from(column - view.area.x)));
                self.go(place);
                return true;
            }
            left = (left + skip).saturating_sub(rows.len());
            (line, skip) = (line + 1, 0);
        }
        let end = self.buffer.end();
        self.go(end);
        true
    }

    /// The wheel moves the cursor by so many rows.
    pub fn wheel(&mut self, rows: i32) {
        for _ in 0..rows.unsigned_abs().min(20) {
            self.move_rows(if rows > 0 { Action::Down } else { Action::Up });
        }
    }

    /// Moves by rows of the screen and keeps to the column where moving began.
    pub(super) fn move_rows(&mut self, action: Action) -> Acted {
        let view = self.view.get();
        let columns = if view.area.width == 0 { 80 } else { view.area.width };
        let page = usize::from(view.area.height.max(2)) - 1;
        let (count, down) = match action {
            Action::Up => (1, false),
            Action::Down => (1, true),
            Action::PageUp => (page, false),
            _ => (page, true),
        };
        let (mut row, at) = self.cursor;
        let mut rows = wrapped(self.line(row), columns);
        let mut sub = row_of(&rows, at);
        let goal = self.goal.unwrap_or_else(|| shown_columns(&self.line(row)[rows[sub].start..at]));
        for _ in 0..count {
            if down && sub + 1 < rows.len() {
                sub += 1;
            } else if down && row + 1 < self.buffer.lines().len() {
                row += 1;
                rows = wrapped(self.line(row), columns);
                sub = 0;
            } else if !down && sub > 0 {
                sub -= 1;
            } else if !down && row > 0 {
                row -= 1;
                rows = wrapped(self.line(row), columns);
                sub = rows.len() - 1;
            } else {
                break;
            }
        }
        let place = (row, at_column(self.line(row), &rows[sub], goal));
        self.go(place);
        self.goal = Some(goal);
        Acted::Moved
    }

    /// The old edge where the cursor is seen below it, else the nearest from which it is.
    fn top(&self, old: Place, cursor: Place, height: usize, columns: u16) -> Place {
        if cursor < old || old.0 >= self.buffer.lines().len() {
            return cursor;
        }
        // the width may be another now
        let old = (old.0, old.1.min(wrapped(self.line(old.0), columns).len() - 1));
        if self.rows_between(old, cursor, columns, height) < height {
            return old;
        }
        let (mut line, mut sub) = cursor;
        for _ in 1..height {
            if sub > 0 {
                sub -= 1;
            } else if line > 0 {
                line -= 1;
                sub = wrapped(self.line(line), columns).len() - 1;
            }
        }
        (line, sub)
    }

    /// How many rows lie between two rows of the screen, but no more than `most`.
    fn rows_between(&self, from: Place, to: Place, columns: u16, most: usize) -> usize {
        if from.0 == to.0 {
            return (to.1.saturating_sub(from.1)).min(most);
        }
        let mut count = wrapped(self.line(from.0), columns).len().saturating_sub(from.1);
        for line in from.0 + 1..to.0 {
            if count >= most {
                return most;
            }
            count += wrapped(self.line(line), columns).len();
        }
        (count + to.1).min(most)
    }
}

/// The bytes of each row of a line, broken behind a blank where it is too long; one column is left for the cursor.
fn wrapped(line: &str, columns: u16) -> Vec<Range<usize>> {
    let columns = usize::from(columns.max(2)) - 1;
    if line.is_ascii() && line.len() <= columns && !line.contains(|c: char| c.is_control()) {
        return std::iter::once(0..line.len()).collect();
    }
    let mut rows = Vec::new();
    let (mut begin, mut used, mut blank) = (0, 0, None);
    for (at, grapheme) in line.grapheme_indices(true) {
        let wide = shown_width(grapheme);
        if used + wide > columns && at > begin {
            let cut = blank.filter(|b| *b > begin).unwrap_or(at);
            rows.push(begin..cut);
            used = shown_columns(&line[cut..at]);
            (begin, blank) = (cut, None);
        }
        used += wide;
        if grapheme == " " {
            blank = Some(at + 1);
        }
    }
    rows.push(begin..line.len());
    rows
}

/// The row that a byte stands in; at the seam of two it is the second.
fn row_of(rows: &[Range<usize>], at: usize) -> usize {
    rows.iter().rposition(|range| range.start <= at).unwrap_or(0)
}

/// The byte at a column of a row.
fn at_column(line: &str, range: &Range<usize>, column: usize) -> usize {
    let mut used = 0;
    for (at, grapheme) in line[range.clone()].grapheme_indices(true) {
        used += shown_width(grapheme);
        if used > column {
            return range.start + at;
        }
    }
    // the end of a row within its line is the beginning of the next, so the last character of it is taken
    let last = line[range.clone()].grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
    if range.end < line.len() { range.start + last } else { range.end }
}

fn shown(grapheme: &str) -> String {
    if grapheme == "\t" { "    ".into() } else { clean(grapheme).into_owned() }
}

fn shown_width(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [b' '..=b'~'] => 1,
        _ => width(&shown(grapheme)),
    }
}

fn shown_columns(text: &str) -> usize {
    text.graphemes(true).map(shown_width).sum()
}

fn draw_row(frame: &mut Frame<'_>, line: &str, range: Range<usize>, matches: &[Range<usize>], area: Rect, theme: &Theme) {
    let mut column = 0;
    for (at, grapheme) in line[range.clone()].grapheme_indices(true) {
        let at = range.start + at;
        let (text, wide) = (shown(grapheme), shown_width(grapheme));
        let left = usize::from(area.width).saturating_sub(column);
        if left == 0 {
            break;
        }
        let hit = matches.iter().any(|found| found.contains(&at));
        let style = if hit { theme.style(Meaning::Match) } else { Style::new() };
        let x = area.x + u16::try_from(column).unwrap_or(0);
        frame.buffer_mut().set_stringn(x, area.y, &text, wide.min(left), style);
        column += wide;
    }
}
