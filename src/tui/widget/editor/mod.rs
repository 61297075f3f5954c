//! Text of many lines being typed: moved and deleted by what people see as one character, wrapped, searched, taken back.
//!
//! The text and its history are a `TextArea` (see `buffer`); what people see as one character, and how it is drawn, is decided here.

mod buffer;
mod draw;

use std::cell::Cell;

use unicode_segmentation::UnicodeSegmentation;

use crate::model::note::LONGEST;
use crate::tui::action::Action;
use buffer::{Buffer, Place};
use draw::View;

/// What an action did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acted {
    /// Nothing: the action is none of editing.
    No,
    /// The cursor moved at most.
    Moved,
    /// The text may be another.
    Changed,
}

/// A place of the text to return to; worth nothing once the text was changed.
#[derive(Clone, Copy, Debug)]
pub struct Mark(Place);

/// What was changed last, so that letters typed in a row are taken back together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Change {
    #[default]
    Other,
    Typed,
    Deleted,
}

/// The text and its cursor.
#[derive(Debug)]
pub struct Editor {
    buffer: Buffer,
    /// Always between two characters as people see them.
    cursor: Place,
    last: Change,
    /// The column that moving up and down keeps to.
    goal: Option<usize>,
    /// What is looked for, in lower case.
    sought: String,
    view: Cell<View>,
}

impl Editor {
    /// Begins with a text, the cursor at its end.
    pub fn new(text: &str) -> Self {
        let buffer = Buffer::new(&broken(text));
        let cursor = buffer.end();
        Self { buffer, cursor, last: Change::Other, goal: None, sought: String::new(), view: Cell::default() }
    }

    /// All that was typed.
    pub fn text(&self) -> String {
        self.buffer.lines().join("\n")
    }

    /// Whether nothing but blanks was typed.
    pub fn is_blank(&self) -> bool {
        self.buffer.lines().iter().all(|line| line.trim().is_empty())
    }

    /// Line and character of the cursor, from 1.
    pub fn position(&self) -> (usize, usize) {
        let (row, at) = self.cursor;
        (row + 1, self.line(row)[..at].graphemes(true).count() + 1)
    }

    /// Puts text in at the cursor. False when the note would be longer than one may be; then nothing changes.
    pub fn insert(&mut self, text: &str) -> bool {
        let text = taken(text);
        if self.buffer.bytes() + text.len() > LONGEST {
            return false;
        }
        if text.is_empty() {
            return true;
        }
        let mut graphemes = text.graphemes(true);
        let one = graphemes.next().is_some() && graphemes.next().is_none() && !text.contains(char::is_whitespace);
        self.replace(self.cursor, self.cursor, &text, if one { Change::Typed } else { Change::Other });
        true
    }

    /// Replaces all, as one step that can be taken back. Carriage returns become line breaks.
    pub fn replace_all(&mut self, text: &str) {
        self.replace((0, 0), self.buffer.end(), &broken(text), Change::Other);
    }

    /// Does what an action of editing asks for.
    pub fn act(&mut self, action: Action) -> Acted {
        let here = self.cursor;
        let to = match action {
            Action::Left => self.before(here),
            Action::Right => self.after(here),
            Action::WordLeft => self.word_before(here),
            Action::WordRight => self.word_after(here),
            Action::LineStart => (here.0, 0),
            Action::LineEnd => self.line_end(here.0),
            Action::First => (0, 0),
            Action::Last => self.buffer.end(),
            Action::Up | Action::Down | Action::PageUp | Action::PageDown => return self.move_rows(action),
            Action::DeleteBack => return self.delete(self.before(here), here, true),
            Action::DeleteForward => return self.delete(here, self.after(here), true),
            Action::DeleteWord => return self.delete(self.word_before(here), here, false),
            Action::DeleteToStart => return self.delete((here.0, 0), here, false),
            Action::DeleteToEnd => return self.delete(here, self.line_end(here.0), false),
            Action::NewLine => {
                self.insert("\n");
                return Acted::Changed;
            }
            Action::TextUndo | Action::TextRedo => {
                let at = if action == Action::TextUndo { self.buffer.undo() } else { self.buffer.redo() };
                let Some(at) = at else { return Acted::Moved };
                self.go(at);
                return Acted::Changed;
            }
            _ => return Acted::No,
        };
        self.go(to);
        Acted::Moved
    }

    /// Where the cursor is.
    pub fn mark(&self) -> Mark {
        Mark(self.cursor)
    }

    /// Puts the cursor back.
    pub fn return_to(&mut self, mark: Mark) {
        let (row, at) = mark.0;
        let row = row.min(self.buffer.end().0);
        self.go((row, at));
    }

    /// What was looked for last, in lower case.
    pub fn sought(&self) -> &str {
        &self.sought
    }

    /// Looks for a text in any case from the cursor on, round the end, and goes there; true when it was found.
    pub fn search(&mut self, text: &str) -> bool {
        self.sought = text.to_lowercase();
        self.buffer.seek(text);
        self.seek(self.cursor.1)
    }

    /// Goes to the next place that matches the last search; true when there is one.
    pub fn search_next(&mut self) -> bool {
        self.seek(self.cursor.1 + 1)
    }

    /// Goes to the first match in the cursor's line from a byte on, else in the lines behind it and then before it.
    fn seek(&mut self, from: usize) -> bool {
        let rows = self.buffer.lines().len();
        let found = (0..=rows).find_map(|step| {
            let row = (self.cursor.0 + step) % rows;
            let from = if step == 0 { from } else { 0 };
            self.buffer.matches(row).into_iter().find(|found| found.start >= from).map(|found| (row, found.start))
        });
        if let Some(place) = found {
            self.go(place);
        }
        found.is_some()
    }

    /// A line, from 0; empty where there is none.
    pub fn line(&self, row: usize) -> &str {
        self.buffer.line(row)
    }

    fn line_end(&self, row: usize) -> Place {
        (row, self.line(row).len())
    }

    fn before(&self, (row, at): Place) -> Place {
        match self.line(row)[..at].grapheme_indices(true).next_back() {
            Some((start, _)) => (row, start),
            None if row > 0 => self.line_end(row - 1),
            None => (0, 0),
        }
    }

    fn after(&self, (row, at): Place) -> Place {
        match self.line(row)[at..].graphemes(true).next() {
            Some(grapheme) => (row, at + grapheme.len()),
            None if row + 1 < self.buffer.lines().len() => (row + 1, 0),
            None => (row, at),
        }
    }

    fn word_before(&self, (row, at): Place) -> Place {
        let before = &self.line(row)[..at];
        if before.is_empty() {
            return self.before((row, at));
        }
        let word = before.trim_end_matches(|c: char| !c.is_alphanumeric());
        (row, word.trim_end_matches(is_word).len())
    }

    fn word_after(&self, (row, at): Place) -> Place {
        let after = &self.line(row)[at..];
        if after.is_empty() {
            return self.after((row, at));
        }
        let word = after.trim_start_matches(|c: char| !c.is_alphanumeric());
        let rest = word.trim_start_matches(is_word);
        (row, at + after.len() - rest.len())
    }

    /// Puts the cursor on a place, or behind the character that it is in.
    fn go(&mut self, (row, at): Place) {
        let line = self.line(row);
        let edge = line.grapheme_indices(true).map(|(start, _)| start).find(|start| *start >= at).unwrap_or(line.len());
        self.cursor = (row, edge);
        self.last = Change::Other;
        self.goal = None;
    }

    fn delete(&mut self, from: Place, to: Place, one: bool) -> Acted {
        if from == to {
            return Acted::Moved;
        }
        self.replace(from, to, "", if one && from.0 == to.0 { Change::Deleted } else { Change::Other });
        Acted::Changed
    }

    /// Changes the text, as one step with the change before where both are of a kind.
    fn replace(&mut self, from: Place, to: Place, text: &str, change: Change) {
        let joined = change != Change::Other && change == self.last;
        let end = self.buffer.replace(from, to, text, joined);
        self.go(end);
        self.last = change;
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '\'' || c == '’'
}

/// A text with one kind of line break.
fn broken(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Typed or pasted text as it is taken: line breaks of any kind are one, other controls but tabs go.
fn taken(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push('\n');
            }
            '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
