//! One thing that is wrong in one of the person's files. Collects; never stops a start.

use std::fmt;

/// A mistake in a file of the person's, to be shown with all the others at start; what was right holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file, as the person knows it.
    pub file: String,
    /// Its line, from 1; 0 when the whole file is meant.
    pub line: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

impl Mistake {
    /// A mistake on `line` of `file`.
    pub fn new(file: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Self { file: file.into(), line, message: message.into() }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}, line {line}: {}", self.file, self.message),
        }
    }
}

/// Which of `known` is nearest to a mistyped `word`, if one is near.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = 1 + word.chars().count() / 4;
    known.into_iter().map(|k| (distance(word, k), k)).filter(|(d, _)| *d <= limit).min().map(|(_, k)| k)
}

/// ` (did you mean “x”?)`, or nothing.
pub fn guess<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map_or(String::new(), |k| format!(" (did you mean “{k}”?)"))
}

/// The number of characters to put in, take out, change or swap with the next to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::{Mistake, nearest};

    #[test]
    fn a_mistake_names_its_line() {
        assert_eq!(Mistake::new("keys.toml", 3, "no such act").to_string(), "keys.toml, line 3: no such act");
        assert_eq!(Mistake::new("keys.toml", 0, "unreadable").to_string(), "keys.toml: unreadable");
    }

    #[test]
    fn the_nearest_word_is_offered_and_a_far_one_is_not() {
        assert_eq!(nearest("curency", ["country", "currency"]), Some("currency"));
        assert_eq!(nearest("hto", ["late", "hot"]), Some("hot"));
        assert_eq!(nearest("zzz", ["country", "currency"]), None);
    }
}
