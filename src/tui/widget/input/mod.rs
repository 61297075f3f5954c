//! A line (or a few) of text being typed: moves and deletes by what people see as one character. Knows no key and no field.

mod draw;
#[cfg(test)]
mod tests;

use unicode_segmentation::UnicodeSegmentation;

use crate::tui::action::Action;

/// The most bytes that are taken; more is refused, as no field takes it.
const MOST: usize = 100_000;
/// The most steps of typing that can be taken back.
const STEPS: usize = 200;

/// What the last change was, so that letters typed in a row are taken back together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Change {
    #[default]
    None,
    Typed,
    Deleted,
}

/// Text being typed, with its cursor.
#[derive(Clone, Debug, Default)]
pub struct Input {
    text: String,
    /// A byte, always between two graphemes.
    cursor: usize,
    lines: bool,
    limit: usize,
    /// Whether the text is a proposal that nobody touched: what is typed first takes its place.
    proposed: bool,
    undo: Vec<(String, usize)>,
    redo: Vec<(String, usize)>,
    last: Change,
}

impl Input {
    /// One line that begins with `text`, the cursor at its end. Line breaks in it become blanks.
    pub fn new(text: &str) -> Self {
        let mut input = Self::default();
        input.set(text);
        input
    }

    /// Several lines that begin with `text`.
    pub fn lines(text: &str) -> Self {
        let mut input = Self { lines: true, ..Self::default() };
        input.set(text);
        input
    }

    /// Counts against a limit of so many characters; 0 is none. What is longer stays, and is said.
    pub fn limited(mut self, characters: usize) -> Self {
        self.limit = characters;
        self
    }

    /// Takes the text as a proposal: the first character typed replaces it, moving the cursor into it keeps it.
    pub fn propose(&mut self) {
        self.proposed = !self.text.is_empty();
    }

    /// Whether the text is a proposal that nobody touched.
    pub fn is_proposed(&self) -> bool {
        self.proposed
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The byte before which the cursor stands.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Whether the cursor stands behind the last character.
    pub fn at_end(&self) -> bool {
        self.cursor == self.text.len()
    }

    /// Replaces all; the cursor goes to the end. Takes nothing back.
    pub fn set(&mut self, text: &str) {
        self.text = self.taken(text);
        self.cursor = self.text.len();
        self.proposed = false;
        self.undo.clear();
        self.redo.clear();
        self.last = Change::None;
    }

    /// Puts the cursor before the first character.
    pub fn to_start(&mut self) {
        self.cursor = 0;
    }

    /// Replaces all as one step that can be taken back, as completion does.
    pub fn replace(&mut self, text: &str) {
        self.remember(Change::None);
        self.text = self.taken(text);
        self.cursor = self.text.len();
        self.proposed = false;
    }

    /// The same, with the cursor at a byte; between two characters if that is inside one.
    pub fn set_at(&mut self, text: &str, cursor: usize) {
        self.replace(text);
        self.cursor = self.text.floor_char_boundary(cursor);
        self.settle();
    }

    /// Puts text in at the cursor. False when it would be too long for any field; then nothing changes.
    pub fn insert(&mut self, text: &str) -> bool {
        let text = self.taken(text);
        let kept = if self.proposed { 0 } else { self.text.len() };
        if kept + text.len() > MOST {
            return false;
        }
        if text.is_empty() {
            return true;
        }
        if self.proposed {
            self.replace("");
        }
        let mut graphemes = text.graphemes(true);
        let one = graphemes.next().is_some() && graphemes.next().is_none();
        let word = one && !text.contains(char::is_whitespace);
        self.remember(if word { Change::Typed } else { Change::None });
        self.text.insert_str(self.cursor, &text);
        self.cursor += text.len();
        self.settle();
        true
    }

    /// Does what a text action asks for. False when it is none.
    pub fn act(&mut self, action: Action) -> bool {
        let was_proposed = std::mem::take(&mut self.proposed);
        match action {
            Action::DeleteBack | Action::DeleteForward | Action::DeleteWord if was_proposed => self.replace(""),
            Action::Left => self.go(self.before()),
            Action::Right => self.go(self.after()),
            Action::WordLeft => self.go(self.word_before()),
            Action::WordRight => self.go(self.word_after()),
            Action::LineStart => self.go(self.line_start()),
            Action::LineEnd => self.go(self.line_end()),
            Action::DeleteBack => self.delete(self.before(), self.cursor),
            Action::DeleteForward => self.delete(self.cursor, self.after()),
            Action::DeleteWord => self.delete(self.word_before(), self.cursor),
            Action::DeleteToStart => self.delete(self.line_start(), self.cursor),
            Action::DeleteToEnd => self.delete(self.cursor, self.line_end()),
            Action::NewLine if self.lines => {
                self.insert("\n");
            }
            Action::TextUndo => {
                if let Some(state) = self.undo.pop() {
                    let old = self.swap(state);
                    self.redo.push(old);
                }
            }
            Action::TextRedo => {
                if let Some(state) = self.redo.pop() {
                    let old = self.swap(state);
                    self.undo.push(old);
                }
            }
            _ => {
                self.proposed = was_proposed;
                return false;
            }
        }
        true
    }

    /// How much of the limit is used, as `48 of 50`; `None` while it is far.
    pub fn count(&self) -> Option<String> {
        let used = self.text.chars().count();
        let near = self.limit > 0 && used * 10 >= self.limit * 8;
        near.then(|| format!("{used} of {}", self.limit))
    }

    /// Whether more was typed than the limit allows.
    pub fn is_over(&self) -> bool {
        self.limit > 0 && self.text.chars().count() > self.limit
    }

    /// What of a text is taken: in one line, breaks and tabs are blanks; other controls go.
    fn taken(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    if c == '\r' && chars.peek() == Some(&'\n') {
                        chars.next();
                    }
                    out.push(if self.lines { '\n' } else { ' ' });
                }
                '\t' => out.push(' '),
                c if c.is_control() => {}
                c => out.push(c),
            }
        }
        out
    }

    fn remember(&mut self, change: Change) {
        self.redo.clear();
        if change == Change::None || change != self.last {
            if self.undo.len() >= STEPS {
                self.undo.remove(0);
            }
            self.undo.push((self.text.clone(), self.cursor));
        }
        self.last = change;
    }

    fn swap(&mut self, (text, cursor): (String, usize)) -> (String, usize) {
        self.last = Change::None;
        (std::mem::replace(&mut self.text, text), std::mem::replace(&mut self.cursor, cursor))
    }

    fn go(&mut self, to: usize) {
        self.cursor = to;
        self.last = Change::None;
    }

    fn delete(&mut self, from: usize, to: usize) {
        if from < to {
            let one = self.text[from..to].graphemes(true).count() == 1;
            self.remember(if one { Change::Deleted } else { Change::None });
            self.text.replace_range(from..to, "");
            self.cursor = from;
            self.settle();
        }
    }

    /// Moves the cursor to the end of its grapheme: what was put together may be one character now.
    fn settle(&mut self) {
        if self.cursor < self.text.len() {
            let at = self.cursor;
            self.cursor = self.text.grapheme_indices(true).map(|(start, _)| start).find(|s| *s >= at).unwrap_or(self.text.len());
        }
    }

    fn before(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.text[self.cursor..].graphemes(true).next().map_or(self.cursor, |g| self.cursor + g.len())
    }

    fn line_start(&self) -> usize {
        self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.text[self.cursor..].find('\n').map_or(self.text.len(), |at| self.cursor + at)
    }

    fn word_before(&self) -> usize {
        let mut start = self.cursor;
        let mut seen = false;
        for (at, grapheme) in self.text[..self.cursor].grapheme_indices(true).rev() {
            let letter = is_letter(grapheme);
            if seen && !letter {
                break;
            }
            seen |= letter;
            start = at;
        }
        start
    }

    fn word_after(&self) -> usize {
        let mut end = self.cursor;
        let mut seen = false;
        for grapheme in self.text[self.cursor..].graphemes(true) {
            let letter = is_letter(grapheme);
            if seen && !letter {
                break;
            }
            seen |= letter;
            end += grapheme.len();
        }
        end
    }
}

fn is_letter(grapheme: &str) -> bool {
    grapheme.chars().next().is_some_and(char::is_alphanumeric)
}
