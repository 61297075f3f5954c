//! Typed text on the screen: rows, scrolling, the cursor, clicks. Changes no text.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::Input;
use crate::model::clean::{clean, width};

impl Input {
    /// The columns before the cursor.
    pub fn cursor_column(&self) -> u16 {
        let before = &self.text[self.line_start()..self.cursor];
        u16::try_from(before.graphemes(true).map(shown_width).sum::<usize>()).unwrap_or(u16::MAX)
    }

    /// The rows that it takes in so many columns, at least one.
    pub fn rows(&self, columns: u16) -> u16 {
        if self.lines { u16::try_from(self.layout(columns).len()).unwrap_or(u16::MAX) } else { 1 }
    }

    /// Draws itself: a line that is too long shows the part around the cursor. The terminal's cursor is put where typing goes.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, style: Style, focused: bool) {
        self.draw_parts(frame, area, style, focused, &[]);
    }

    /// The same, with styles of their own for some stretches of the text, in bytes.
    pub fn draw_parts(&self, frame: &mut Frame<'_>, area: Rect, style: Style, focused: bool, parts: &[(Range<usize>, Style)]) {
        let area = area.intersection(frame.area());
        if area.is_empty() {
            return;
        }
        let rows = self.layout(area.width);
        let (row, column) = self.place(&rows, area.width);
        let top = if focused { row.saturating_sub(usize::from(area.height) - 1) } else { 0 };
        frame.buffer_mut().set_style(area, style);
        for (y, (start, end)) in (area.y..area.bottom()).zip(rows.iter().skip(top)) {
            let first = if self.lines || !focused { 0 } else { self.first_column(area.width) };
            self.draw_line(frame, *start..*end, first, Rect { y, height: 1, ..area }, parts);
        }
        if focused {
            let x = area.x + u16::try_from(column).unwrap_or(0).min(area.width - 1);
            let y = area.y + u16::try_from(row - top).unwrap_or(0).min(area.height - 1);
            frame.set_cursor_position(Position { x, y });
        }
    }

    /// Draws a line from column `first` on; a wide character that is cut by an edge leaves blanks.
    fn draw_line(&self, frame: &mut Frame<'_>, bytes: Range<usize>, first: usize, area: Rect, parts: &[(Range<usize>, Style)]) {
        let mut column = 0;
        for (at, grapheme) in self.text[bytes.clone()].grapheme_indices(true) {
            let shown = clean(grapheme);
            let wide = width(&shown);
            if column + wide > first + usize::from(area.width) {
                break;
            }
            if column >= first {
                let x = area.x + u16::try_from(column - first).unwrap_or(0);
                let part = parts.iter().find(|(range, _)| range.contains(&(bytes.start + at)));
                let style = part.map_or(Style::new(), |(_, style)| *style);
                frame.buffer_mut().set_stringn(x, area.y, &shown, wide, style);
            }
            column += wide;
        }
    }

    /// Puts the cursor where the mouse was clicked, in columns and rows from the corner of an area drawn with focus.
    pub fn click(&mut self, column: u16, row: u16, area: Rect) {
        self.proposed = false;
        let rows = self.layout(area.width);
        let (current, _) = self.place(&rows, area.width);
        let top = current.saturating_sub(usize::from(area.height.max(1)) - 1);
        let Some((start, end)) = rows.get(top + usize::from(row)).or(rows.last()).copied() else { return };
        let first = if self.lines { 0 } else { self.first_column(area.width) };
        let mut used = 0;
        for (at, grapheme) in self.text[start..end].grapheme_indices(true) {
            used += shown_width(grapheme);
            if used > first + usize::from(column) {
                return self.go(start + at);
            }
        }
        self.go(end);
    }

    /// Moves the cursor a row down or up where there is one, in so many columns. False in one line, and at the ends.
    pub fn row_step(&mut self, down: bool, columns: u16) -> bool {
        if !self.lines || columns == 0 || self.proposed {
            return false;
        }
        let rows = self.layout(columns);
        let (row, column) = self.place(&rows, columns);
        let there = if down { Some(row + 1) } else { row.checked_sub(1) };
        let Some((there, (start, end))) = there.and_then(|row| Some((row, *rows.get(row)?))) else { return false };
        let mut used = 0;
        let cut = self.text[start..end].grapheme_indices(true).find(|(_, grapheme)| {
            used += shown_width(grapheme);
            used > column
        });
        // the seam of two rows belongs to the second
        let seam = rows.get(there + 1).is_some_and(|(next, _)| *next == end);
        let before = self.text[start..end].grapheme_indices(true).next_back().map_or(start, |(at, _)| start + at);
        let last = if seam { before } else { end };
        self.go(cut.map_or(last, |(at, _)| start + at));
        true
    }

    /// The first column that is shown of a long line: a few characters stay visible behind the cursor.
    pub fn first_column(&self, columns: u16) -> usize {
        let columns = usize::from(columns);
        let total: usize = self.text.graphemes(true).map(shown_width).sum();
        if total < columns {
            return 0;
        }
        let margin = (columns / 4).min(4);
        (usize::from(self.cursor_column()) + 1 + margin).saturating_sub(columns).min(total + 1 - columns)
    }

    /// Row and column of the cursor on the screen.
    fn place(&self, rows: &[(usize, usize)], columns: u16) -> (usize, usize) {
        if !self.lines {
            return (0, usize::from(self.cursor_column()) - self.first_column(columns).min(usize::from(self.cursor_column())));
        }
        // at the seam of two rows the cursor stands at the begin of the second
        let row = rows.iter().rposition(|(start, _)| *start <= self.cursor).unwrap_or(0);
        let start = rows.get(row).map_or(0, |(start, _)| *start);
        (row, self.text[start..self.cursor].graphemes(true).map(shown_width).sum())
    }

    /// The bytes of each row on the screen: lines, broken after a blank where they are too long.
    fn layout(&self, columns: u16) -> Vec<(usize, usize)> {
        if !self.lines {
            return vec![(0, self.text.len())];
        }
        let columns = usize::from(columns.max(2)) - 1;
        let mut rows = Vec::new();
        let mut start = 0;
        for line in self.text.split('\n') {
            let end = start + line.len();
            let (mut begin, mut used, mut blank) = (start, 0, None);
            for (at, grapheme) in line.grapheme_indices(true) {
                let (at, wide) = (start + at, shown_width(grapheme));
                if used + wide > columns && at > begin {
                    let cut = blank.filter(|b| *b > begin).unwrap_or(at);
                    rows.push((begin, cut));
                    used = self.text[cut..at].graphemes(true).map(shown_width).sum();
                    (begin, blank) = (cut, None);
                }
                used += wide;
                if grapheme == " " {
                    blank = Some(at + 1);
                }
            }
            rows.push((begin, end));
            start = end + 1;
        }
        rows
    }
}

fn shown_width(grapheme: &str) -> usize {
    if grapheme.len() == 1 { 1 } else { width(&clean(grapheme)) }
}
