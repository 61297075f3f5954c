//! Filters that were typed behind a command: a mistake is wrong usage and is shown where it stands. Asks nothing.

use crate::error::{Error, Result};
use crate::model::clean::{clean, fit, width};
use crate::model::field::read::Reading;
use crate::query::{Query, QueryError, parse_whole};

/// How much of a filter is shown before and from the mistake on, in columns.
const BEFORE: usize = 48;
const BEHIND: usize = 48;

/// Reads a filter.
pub fn read(text: &str, reading: &Reading<'_>) -> Result<Query> {
    parse_whole(text, reading).map_err(|error| Error::Usage(pointed(text, &error)))
}

/// The mistake in a sentence, and below it the filter with a mark under the part that is wrong.
fn pointed(text: &str, error: &QueryError) -> String {
    let part = |from: usize, to: usize| clean(text.get(from..to).unwrap_or_default()).into_owned();
    let (start, end) = (error.span.start.min(text.len()), error.span.end.min(text.len()));
    let before = part(0, start);
    let before = if width(&before) > BEFORE {
        let kept: String = before.chars().skip(before.chars().count().saturating_sub(BEFORE / 2)).collect();
        format!("…{kept}")
    } else {
        before
    };
    let marked = width(&part(start, end)).clamp(1, BEHIND);
    format!(
        "the filter is wrong: {error}\n  {before}{}\n  {}{}",
        fit(&part(start, text.len()), BEHIND),
        " ".repeat(width(&before)),
        "^".repeat(marked)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, span: std::ops::Range<usize>) -> String {
        pointed(text, &QueryError::new(span, "so"))
    }

    #[test]
    fn a_mistake_is_marked_where_it_stands() {
        assert_eq!(said("ann statsu:open", 4..10), "the filter is wrong: so\n  ann statsu:open\n      ^^^^^^");
        assert_eq!(said("日本 x:", 7..9), "the filter is wrong: so\n  日本 x:\n       ^^");
        assert_eq!(said("(a", 2..2), "the filter is wrong: so\n  (a\n    ^");
        let long = format!("{} x {}", "a".repeat(4000), "b".repeat(4000));
        let lines = said(&long, 4001..4002);
        assert!(lines.lines().all(|line| width(line) < 110), "{lines}");
    }
}
