//! Lines of text with a history of what was put in and taken out. Knows no cursor, no key and no screen.

/// A line and a byte in it, between two code points.
pub(super) type Place = (usize, usize);

/// The most steps that can be taken back.
const STEPS: usize = 10_000;

/// One change: at `at`, `removed` gave way to `inserted`.
#[derive(Clone, Debug)]
struct Edit {
    at: Place,
    removed: String,
    inserted: String,
}

/// The text; there is always a line.
#[derive(Clone, Debug)]
pub(super) struct Buffer {
    lines: Vec<String>,
    bytes: usize,
    /// Steps back and forth; each is one or more changes.
    back: Vec<Vec<Edit>>,
    forth: Vec<Vec<Edit>>,
}

impl Buffer {
    /// A text without a history.
    pub(super) fn new(text: &str) -> Self {
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        Self { lines, bytes: text.len(), back: Vec::new(), forth: Vec::new() }
    }

    /// All lines.
    pub(super) fn lines(&self) -> &[String] {
        &self.lines
    }

    /// A line; empty where there is none.
    pub(super) fn line(&self, row: usize) -> &str {
        self.lines.get(row).map_or("", String::as_str)
    }

    /// The bytes of all lines with their breaks.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Behind the last character.
    pub(super) fn end(&self) -> Place {
        let last = self.lines.len() - 1;
        (last, self.lines[last].len())
    }

    /// Puts `text` in the place of what stands from `from` to `to`; where it ends comes back. With `joined` it is one step with
    /// the change before.
    pub(super) fn replace(&mut self, from: Place, to: Place, text: &str, joined: bool) -> Place {
        let removed = self.splice(from, to, text);
        let edit = Edit { at: from, removed, inserted: text.to_owned() };
        self.forth.clear();
        match self.back.last_mut().filter(|_| joined) {
            Some(step) => step.push(edit),
            None => {
                if self.back.len() >= STEPS {
                    self.back.remove(0);
                }
                self.back.push(vec![edit]);
            }
        }
        behind(from, text)
    }

    /// Takes the last step back; where the cursor belongs then comes back.
    pub(super) fn undo(&mut self) -> Option<Place> {
        let step = self.back.pop()?;
        let mut at = (0, 0);
        for edit in step.iter().rev() {
            self.splice(edit.at, behind(edit.at, &edit.inserted), &edit.removed);
            at = behind(edit.at, &edit.removed);
        }
        self.forth.push(step);
        Some(at)
    }

    /// Does the step again that was taken back last.
    pub(super) fn redo(&mut self) -> Option<Place> {
        let step = self.forth.pop()?;
        let mut at = (0, 0);
        for edit in &step {
            self.splice(edit.at, behind(edit.at, &edit.removed), &edit.inserted);
            at = behind(edit.at, &edit.inserted);
        }
        self.back.push(step);
        Some(at)
    }

    /// Changes the lines; what was there comes back.
    fn splice(&mut self, from: Place, to: Place, text: &str) -> String {
        let tail = self.lines[to.0].split_off(to.1);
        let mut removed = if from.0 == to.0 { self.lines[from.0].split_off(from.1) } else { String::new() };
        if from.0 != to.0 {
            removed.push_str(&self.lines[from.0].split_off(from.1));
            for line in self.lines.drain(from.0 + 1..=to.0) {
                removed.push('\n');
                removed.push_str(&line);
            }
        }
        let mut parts = text.split('\n');
        self.lines[from.0].push_str(parts.next().unwrap_or(""));
        let more: Vec<String> = parts.map(str::to_owned).collect();
        let last = from.0 + more.len();
        self.lines.splice(from.0 + 1..from.0 + 1, more);
        self.lines[last].push_str(&tail);
        self.bytes = self.bytes + text.len() - removed.len();
        removed
    }
}

/// Where `text` ends that begins at `from`.
fn behind(from: Place, text: &str) -> Place {
    match text.rsplit_once('\n') {
        Some((before, last)) => (from.0 + before.split('\n').count(), last.len()),
        None => (from.0, from.1 + text.len()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn whole(buffer: &Buffer) -> String {
        buffer.lines().join("\n")
    }

    proptest! {
        #[test]
        fn what_is_done_is_taken_back_and_done_again(
            start in "[ab\n]{0,20}",
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[xy\n]{0,5}", any::<bool>()), 0..12),
        ) {
            let mut buffer = Buffer::new(&start);
            let mut plain = start.clone();
            for (from, to, text, joined) in edits {
                let (from, to) = (from.index(plain.len() + 1), to.index(plain.len() + 1));
                let (from, to) = (from.min(to), from.max(to));
                let place = |at: usize| behind((0, 0), &plain[..at]);
                let end = buffer.replace(place(from), place(to), &text, joined);
                plain.replace_range(from..to, &text);
                prop_assert_eq!(whole(&buffer), plain.as_str());
                prop_assert_eq!(end, behind((0, 0), &plain[..from + text.len()]));
                prop_assert_eq!(buffer.bytes(), plain.len());
            }
            while buffer.undo().is_some() {}
            prop_assert_eq!(whole(&buffer), start);
            while buffer.redo().is_some() {}
            prop_assert_eq!(whole(&buffer), plain);
        }
    }
}
