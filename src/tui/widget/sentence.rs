//! Sentences that are longer than a line: broken between words, so that nothing of what is said is cut off. Draws nothing.

use crate::model::clean::{fit, width};

/// `text`, which is clean, in lines of at most `columns` columns, `most` of them; what is still too long ends in `…`. A dot
/// that stands between two parts is left out where a line ends.
pub fn broken(text: &str, columns: usize, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        let last = lines.len() >= most;
        let Some(line) = lines.last_mut() else { break };
        let room = columns.saturating_sub(width(line));
        let behind = if word == "·" { words.peek().map_or(0, |next| width(next) + 1) } else { 0 };
        if line.is_empty() {
            line.push_str(word);
        } else if last || width(word) + behind < room {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(if word == "·" { String::new() } else { word.to_owned() });
        }
    }
    lines.iter().map(|line| fit(line, columns)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_end_between_words_and_between_parts() {
        let text = "Nothing matches. 12 match: Enter shows them · Esc clears";
        assert_eq!(broken(text, 80, 3), [text]);
        assert_eq!(broken(text, 46, 3), ["Nothing matches. 12 match: Enter shows them", "Esc clears"]);
        assert_eq!(broken(text, 20, 3), ["Nothing matches. 12", "match: Enter shows", "them · Esc clears"]);
        assert_eq!(broken(text, 20, 2), ["Nothing matches. 12", "match: Enter shows …"]);
        assert_eq!(broken("日本語の文 ab", 10, 3), ["日本語の文", "ab"]);
        assert_eq!(broken("", 10, 3), [""]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_long(text in "[a-z日 ·]{0,80}", columns in 1usize..40, most in 1usize..5) {
            let lines = broken(&text, columns, most);
            prop_assert!(lines.len() <= most && lines.iter().all(|line| width(line) <= columns), "{lines:?}");
        }
    }
}
