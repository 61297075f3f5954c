//! Lines of text with a history of what was put in and taken out, kept by the terminal library's `TextArea`. Knows no key and no
//! screen.
//!
//! `TextArea` counts code points and its keys move by screen columns, which never reach the place behind a combining mark. So the
//! cursor is ours, a byte of a line, and `TextArea` is told where to write.

use tui_textarea::{CursorMove, DataCursor, TextArea};

/// A line and a byte in it, between two code points.
pub(super) type Place = (usize, usize);

/// The last line, and the last code point of a line, that `TextArea` can be sent to.
const REACH: usize = u16::MAX as usize;

/// The text; there is always a line.
#[derive(Clone, Debug)]
pub(super) struct Buffer {
    area: TextArea<'static>,
    bytes: usize,
    /// Steps back and forth: how many changes of `area` each of them is.
    back: Vec<usize>,
    forth: Vec<usize>,
}

impl Buffer {
    /// A text without a history.
    pub(super) fn new(text: &str) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_max_histories(usize::MAX);
        Self { area, bytes: text.len(), back: Vec::new(), forth: Vec::new() }
    }

    /// All lines.
    pub(super) fn lines(&self) -> &[String] {
        self.area.lines()
    }

    /// A line; empty where there is none.
    pub(super) fn line(&self, row: usize) -> &str {
        self.lines().get(row).map_or("", String::as_str)
    }

    /// The bytes of all lines with their breaks.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Behind the last character.
    pub(super) fn end(&self) -> Place {
        let last = self.lines().len() - 1;
        (last, self.line(last).len())
    }

    /// Looks for a text in any case from now on.
    pub(super) fn seek(&mut self, text: &str) {
        let pattern = if text.is_empty() { String::new() } else { format!("(?i){}", literal(text)) };
        // A text longer than a pattern may be is found nowhere, like one that does not stand there.
        if self.area.set_search_pattern(pattern).is_err() {
            let _ = self.area.set_search_pattern("");
        }
    }

    /// The places of a line where the text that is looked for stands.
    pub(super) fn matches(&self, row: usize) -> Vec<std::ops::Range<usize>> {
        let pattern = self.area.search_pattern();
        pattern.map(|pattern| pattern.find_iter(self.line(row)).map(|found| found.range()).collect()).unwrap_or_default()
    }

    /// Puts `text` in the place of what stands from `from` to `to`; where it ends comes back. With `joined` it is one step with
    /// the change before.
    pub(super) fn replace(&mut self, from: Place, to: Place, text: &str, joined: bool) -> Place {
        let (from, kept) = self.reached(from);
        let removed = self.between(from, to);
        self.area.move_cursor(self.jump(from));
        let mut changes = usize::from(self.area.delete_str(removed.chars().count()));
        changes += usize::from(self.area.insert_str(format!("{kept}{text}")));
        self.bytes = self.bytes + kept.len() + text.len() - removed.len();
        if changes > 0 {
            self.forth.clear();
            match self.back.last_mut().filter(|_| joined) {
                Some(step) => *step += changes,
                None => self.back.push(changes),
            }
        }
        self.here()
    }

    /// Takes the last step back; where the cursor belongs then comes back.
    pub(super) fn undo(&mut self) -> Option<Place> {
        let step = self.back.pop()?;
        for _ in 0..step {
            self.area.undo();
        }
        self.forth.push(step);
        Some(self.moved())
    }

    /// Does the step again that was taken back last.
    pub(super) fn redo(&mut self) -> Option<Place> {
        let step = self.forth.pop()?;
        for _ in 0..step {
            self.area.redo();
        }
        self.back.push(step);
        Some(self.moved())
    }

    fn moved(&mut self) -> Place {
        self.bytes = self.lines().iter().map(|line| line.len() + 1).sum::<usize>() - 1;
        self.here()
    }

    /// Where `area` wrote last.
    fn here(&self) -> Place {
        let DataCursor(row, column) = self.area.cursor();
        let line = self.line(row);
        (row, line.char_indices().nth(column).map_or(line.len(), |(at, _)| at))
    }

    /// The nearest place at or before one that `area` can be sent to, and the text between the two.
    fn reached(&self, place: Place) -> (Place, String) {
        let (row, at) = place;
        let near = if row > REACH {
            (REACH, 0)
        } else {
            (row, self.line(row)[..at].char_indices().nth(REACH).map_or(at, |(near, _)| near))
        };
        (near, self.between(near, place))
    }

    /// How `area` is sent to a place that it reaches.
    fn jump(&self, (row, at): Place) -> CursorMove {
        let column = self.line(row)[..at].chars().count();
        let short = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        CursorMove::Jump(short(row), short(column))
    }

    /// The text from one place to another one behind it.
    fn between(&self, from: Place, to: Place) -> String {
        if from.0 == to.0 {
            return self.line(from.0)[from.1..to.1].to_owned();
        }
        let mut out = self.line(from.0)[from.1..].to_owned();
        for row in from.0 + 1..to.0 {
            out.push('\n');
            out.push_str(self.line(row));
        }
        out.push('\n');
        out.push_str(&self.line(to.0)[..to.1]);
        out
    }
}

/// A text as a pattern that finds it word for word.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '<' | '>') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn whole(buffer: &Buffer) -> String {
        buffer.lines().join("\n")
    }

    /// Where `text` ends that begins at `from`.
    fn behind(from: Place, text: &str) -> Place {
        match text.rsplit_once('\n') {
            Some((before, last)) => (from.0 + before.split('\n').count(), last.len()),
            None => (from.0, from.1 + text.len()),
        }
    }

    /// The code point at a share of a text.
    fn cut(text: &str, share: &prop::sample::Index) -> usize {
        let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        edges[share.index(edges.len())]
    }

    proptest! {
        #[test]
        fn what_is_done_is_taken_back_and_done_again(
            start in "[ab日\u{301}\n]{0,20}",
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[xé\u{301}\t\n]{0,5}", any::<bool>()), 0..12),
        ) {
            let mut buffer = Buffer::new(&start);
            let mut plain = start.clone();
            for (from, to, text, joined) in edits {
                let (from, to) = (cut(&plain, &from), cut(&plain, &to));
                let (from, to) = (from.min(to), from.max(to));
                let place = |at: usize| behind((0, 0), &plain[..at]);
                let end = buffer.replace(place(from), place(to), &text, joined);
                plain.replace_range(from..to, &text);
                prop_assert_eq!(whole(&buffer), plain.as_str());
                prop_assert_eq!(end, behind((0, 0), &plain[..from + text.len()]));
                prop_assert_eq!(buffer.bytes(), plain.len());
            }
            while buffer.undo().is_some() {}
            prop_assert_eq!(whole(&buffer), start.as_str());
            prop_assert_eq!(buffer.bytes(), start.len());
            while buffer.redo().is_some() {}
            prop_assert_eq!(whole(&buffer), plain);
        }
    }

    #[test]
    fn what_lies_beyond_the_reach_of_a_jump_is_written_where_it_belongs() {
        let start = format!("{}\n{}", "é".repeat(REACH + 100), "\n".repeat(REACH + 100));
        let mut buffer = Buffer::new(&start);
        let at = 2 * (REACH + 50);
        assert_eq!(buffer.replace((0, at), (0, at + 2), "xy", false), (0, at + 2));
        assert_eq!(&buffer.line(0)[at - 2..at + 4], "éxyé");
        assert_eq!(buffer.replace((REACH + 9, 0), (REACH + 11, 0), "z", false), (REACH + 9, 1));
        assert_eq!((buffer.line(REACH + 9), buffer.line(REACH + 10)), ("z", ""));
        assert_eq!(buffer.bytes(), whole(&buffer).len());
        assert_eq!(buffer.undo(), Some((REACH + 11, 0)));
        assert_eq!(buffer.undo(), Some((0, at + 2)));
        assert!(whole(&buffer) == start);
    }

    #[test]
    fn every_sign_is_looked_for_as_it_is() {
        let signs: String = (' '..='~').collect();
        let mut buffer = Buffer::new(&signs);
        for at in 0..signs.len() - 1 {
            buffer.seek(&signs[at..at + 2]);
            assert!(buffer.matches(0).contains(&(at..at + 2)), "{}", &signs[at..at + 2]);
        }
        buffer.seek("");
        assert!(buffer.matches(0).is_empty());
    }
}
