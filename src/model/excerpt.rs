//! The line of a text in which searched words stand, cut around them, with the words marked. Searches nothing.

use std::ops::Range;

use super::clean::clean;
use super::fold::stretches;

/// Characters that stand before the first marked word at most.
const BEFORE: usize = 24;

/// A piece of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// One line, harmless on a screen.
    pub text: String,
    /// The stretches of it, in bytes, that were looked for.
    pub marks: Vec<Range<usize>>,
}

/// The line of `body` with the most of the folded words `wanted`, the first such one, at most `most` characters of it. The first
/// line with text where none of them stands in any.
pub fn excerpt(body: &str, wanted: &[String], most: usize) -> Excerpt {
    let mut best: Option<(usize, &str)> = None;
    for line in body.lines().filter(|line| !line.trim().is_empty()) {
        let mut places: Vec<usize> = stretches(line, wanted).into_iter().map(|(_, place)| place).collect();
        places.sort_unstable();
        places.dedup();
        if best.is_none_or(|(count, _)| places.len() > count) {
            best = Some((places.len(), line));
        }
        if places.len() == wanted.len() {
            break;
        }
    }
    let line = clean(best.map_or("", |(_, line)| line).trim()).into_owned();
    let first = stretches(&line, wanted).first().map_or(0, |(at, _)| line[..at.start].chars().count());
    let skipped = if line.chars().count() <= most { 0 } else { first.saturating_sub(BEFORE) };
    let mut text: String = line.chars().skip(skipped).take(most).collect();
    // not from the middle of a word
    let cut = skipped > 0 && !line.chars().nth(skipped - 1).is_some_and(char::is_whitespace);
    if let Some(blank) = text.find(' ').filter(|blank| cut && *blank < BEFORE) {
        text.drain(..=blank);
    }
    if skipped > 0 {
        text.insert(0, '…');
    }
    let marks = stretches(&text, wanted).into_iter().map(|(at, _)| at).collect();
    Excerpt { text, marks }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::fold::words;

    fn marked(body: &str, wanted: &str, most: usize) -> String {
        let found = excerpt(body, &words(wanted), most);
        let mut out = found.text.clone();
        for mark in found.marks.iter().rev() {
            out.insert(mark.end, ']');
            out.insert(mark.start, '[');
        }
        out
    }

    #[test]
    fn the_line_with_the_words_is_shown_around_them() {
        let body = "# Call\n\nthe French are late\nsend Müller the french docs, again";
        assert_eq!(marked(body, "french docs", 80), "send Müller the [french] [docs], again");
        assert_eq!(marked(body, "mull", 80), "send [Müller] the french docs, again");
        assert_eq!(marked(body, "nowhere", 80), "# Call");
        let long = format!("{}needle in it", "hay ".repeat(50));
        assert_eq!(marked(&long, "needle", 40), "…hay hay hay hay hay hay [needle] in it");
        let long = format!("{}a needle in it", "hay ".repeat(50));
        assert_eq!(marked(&long, "needle", 40), "…hay hay hay hay hay a [needle] in it");
        assert_eq!(marked("", "x", 5), "");
    }

    proptest! {
        #[test]
        fn any_text_has_an_excerpt(body in ".{0,60}", wanted in ".{0,8}", most in 0usize..40) {
            let found = excerpt(&body, &words(&wanted), most);
            prop_assert!(found.text.chars().count() <= most + 1);
            for mark in found.marks {
                prop_assert!(found.text.get(mark).is_some());
            }
        }
    }
}
