//! A line (or a few) of text being typed: moves and deletes by what people see as one character. Knows no key and no field.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::model::clean::{clean, width};
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
        self.undo.clear();
        self.redo.clear();
        self.last = Change::None;
    }

    /// Replaces all as one step that can be taken back, as completion does.
    pub fn replace(&mut self, text: &str) {
        self.remember(Change::None);
        self.text = self.taken(text);
        self.cursor = self.text.len();
    }

    /// Puts text in at the cursor. False when it would be too long for any field; then nothing changes.
    pub fn insert(&mut self, text: &str) -> bool {
        let text = self.taken(text);
        if self.text.len() + text.len() > MOST {
            return false;
        }
        if text.is_empty() {
            return true;
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
        match action {
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
            _ => return false,
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
            draw_line(frame, &self.text[*start..*end], first, Rect { y, height: 1, ..area }, style);
        }
        if focused {
            let x = area.x + u16::try_from(column).unwrap_or(0).min(area.width - 1);
            let y = area.y + u16::try_from(row - top).unwrap_or(0).min(area.height - 1);
            frame.set_cursor_position(Position { x, y });
        }
    }

    /// Puts the cursor where the mouse was clicked, in columns and rows from the corner of an area drawn with focus.
    pub fn click(&mut self, column: u16, row: u16, area: Rect) {
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

    /// The first column that is shown of a long line: a few characters stay visible behind the cursor.
    fn first_column(&self, columns: u16) -> usize {
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

fn shown_width(grapheme: &str) -> usize {
    if grapheme.len() == 1 { 1 } else { width(&clean(grapheme)) }
}

/// Draws a line from column `first` on; a wide character that is cut by an edge leaves blanks.
fn draw_line(frame: &mut Frame<'_>, line: &str, first: usize, area: Rect, style: Style) {
    let mut column = 0;
    for grapheme in line.graphemes(true) {
        let shown = clean(grapheme);
        let wide = width(&shown);
        if column + wide > first + usize::from(area.width) {
            break;
        }
        if column >= first {
            let x = area.x + u16::try_from(column - first).unwrap_or(0);
            frame.buffer_mut().set_stringn(x, area.y, &shown, wide, style);
        }
        column += wide;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;

    const ACTIONS: &[Action] = &[
        Action::Left,
        Action::Right,
        Action::WordLeft,
        Action::WordRight,
        Action::LineStart,
        Action::LineEnd,
        Action::DeleteBack,
        Action::DeleteForward,
        Action::DeleteWord,
        Action::DeleteToStart,
        Action::DeleteToEnd,
        Action::NewLine,
        Action::TextUndo,
        Action::TextRedo,
        Action::Open,
    ];

    fn drawn(input: &Input, columns: u16, rows: u16) -> (String, Position) {
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.draw(|f| input.draw(f, f.area(), Style::new(), true)).unwrap();
        let cursor = terminal.get_cursor_position().unwrap();
        (terminal.backend().buffer().content().iter().map(|cell| cell.symbol()).collect(), cursor)
    }

    #[test]
    fn characters_are_what_people_see() {
        let mut input = Input::new("a👨‍👩‍👧e\u{301}");
        input.act(Action::DeleteBack);
        assert_eq!(input.text(), "a👨‍👩‍👧");
        input.act(Action::Left);
        input.insert("日");
        assert_eq!(input.text(), "a日👨‍👩‍👧");
        input.act(Action::DeleteForward);
        assert_eq!((input.text(), input.cursor_column()), ("a日", 3));
    }

    #[test]
    fn words_are_walked_and_deleted() {
        let mut input = Input::new("ann.lee@contoso.com, Bo");
        input.act(Action::DeleteWord);
        assert_eq!(input.text(), "ann.lee@contoso.com, ");
        input.act(Action::DeleteWord);
        assert_eq!(input.text(), "ann.lee@contoso.");
        input.act(Action::LineStart);
        input.act(Action::WordRight);
        input.act(Action::DeleteToEnd);
        assert_eq!(input.text(), "ann");
        input.act(Action::DeleteToStart);
        assert_eq!(input.text(), "");
    }

    #[test]
    fn typing_is_taken_back_by_words_and_brought_again() {
        let mut input = Input::new("");
        for c in "Ann Lee".chars() {
            input.insert(&c.to_string());
        }
        input.act(Action::TextUndo);
        assert_eq!(input.text(), "Ann ");
        input.act(Action::TextUndo);
        input.act(Action::TextUndo);
        assert_eq!(input.text(), "");
        for _ in 0..3 {
            input.act(Action::TextRedo);
        }
        assert_eq!(input.text(), "Ann Lee");
    }

    #[test]
    fn pasted_lines_become_one_and_controls_go() {
        let mut input = Input::new("");
        input.insert("a\r\nb\tc\x1b[31m");
        assert_eq!(input.text(), "a b c[31m");
        let mut input = Input::lines("");
        input.insert("a\r\nb\rc");
        assert_eq!(input.text(), "a\nb\nc");
        assert!(!input.insert(&"x".repeat(MOST)));
    }

    #[test]
    fn a_limit_is_said_and_cuts_nothing() {
        let mut input = Input::new("1234567").limited(10);
        assert_eq!(input.count(), None);
        input.insert("89ab");
        assert_eq!((input.count().unwrap().as_str(), input.is_over(), input.text().len()), ("11 of 10", true, 11));
    }

    #[test]
    fn a_long_line_shows_where_the_cursor_is() {
        let mut input = Input::new("0123456789abcdef");
        assert_eq!(drawn(&input, 8, 1), ("9abcdef ".into(), Position { x: 7, y: 0 }));
        input.act(Action::LineStart);
        assert_eq!(drawn(&input, 8, 1), ("01234567".into(), Position { x: 0, y: 0 }));
        let text = "one two three\nfour";
        assert_eq!(drawn(&Input::lines(text), 9, 3), ("one two  three    four     ".into(), Position { x: 4, y: 2 }));
        assert_eq!(drawn(&Input::new("a\u{202e}b"), 12, 1).0, "a⟨202E⟩b    ");
    }

    #[test]
    fn a_click_puts_the_cursor_there() {
        let mut input = Input::new("日本x");
        input.click(2, 0, Rect::new(0, 0, 10, 1));
        assert_eq!(input.cursor(), 3);
        input.click(9, 0, Rect::new(0, 0, 10, 1));
        assert!(input.at_end());
        let mut input = Input::lines("ab\ncd");
        input.click(1, 0, Rect::new(0, 0, 10, 2));
        assert_eq!(input.cursor(), 1);
    }

    proptest! {
        #[test]
        fn anything_typed_anywhere_is_drawn(
            lines in any::<bool>(),
            steps in prop::collection::vec((0usize..ACTIONS.len() * 2, ".{0,6}"), 0..30),
            columns in 1u16..20,
            rows in 1u16..5,
        ) {
            let mut input = if lines { Input::lines("") } else { Input::new("") };
            for (step, text) in steps {
                match ACTIONS.get(step) {
                    Some(action) => { input.act(*action); }
                    None => { input.insert(&text); }
                }
                prop_assert!(input.text().is_char_boundary(input.cursor()));
                let (_, cursor) = drawn(&input, columns, rows);
                prop_assert!(cursor.x < columns && cursor.y < rows);
                let mut clicked = input.clone();
                clicked.click(columns / 2, rows / 2, Rect::new(0, 0, columns, rows));
            }
        }
    }
}
