//! A text in words, each as it was typed and as it is compared. Gives none of them a meaning.

use super::parts::month;
use crate::model::fold::fold;

/// A word of a date.
pub struct Token {
    /// As it was typed, for what is said about it.
    pub typed: String,
    /// Folded, for what it means.
    pub key: String,
}

/// Words that open a compound such as last-week or end-of-month.
const OPENING: &[&str] = &["next", "last", "this", "end", "start", "beginning", "day", "mid"];

/// The words of a text: commas are blanks, `@` is one of its own, and 12-Dec-2026 and last-week fall into their parts.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut push = |typed: &str| {
        let key = fold(typed);
        if !key.is_empty() {
            out.push(Token { typed: typed.to_owned(), key });
        }
    };
    for word in text.split(|c: char| c.is_whitespace() || c.is_control() || c == ',') {
        let word = match word.strip_prefix('@') {
            Some(rest) => {
                push("@");
                rest
            }
            None => word,
        };
        let pieces = || word.split(['-', '.', '/']).filter(|piece| !piece.is_empty());
        let opens = pieces().next().is_some_and(|first| OPENING.contains(&fold(first).as_str()));
        if opens || pieces().any(|piece| month(&fold(piece)).is_some()) {
            pieces().for_each(&mut push);
        } else {
            push(word);
        }
    }
    out
}

/// The same, folded alone.
pub fn words(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| token.key).collect()
}
