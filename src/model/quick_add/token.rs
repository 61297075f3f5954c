//! The words of a quick-add line: split at blanks, held together by quotes. Knows no marks but the three that take a quote.

use std::ops::Range;

/// A word, or what stands in quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// `@`, `!` or `#` when it stands directly before the text.
    pub mark: Option<char>,
    /// The text without mark and quotes.
    pub text: &'a str,
    /// The text as a plain word: with its mark, without quotes.
    pub word: &'a str,
    /// Whether it stood in quotes, so that nothing in it is a mark.
    pub quoted: bool,
    /// Its bytes in the line, with mark and quotes.
    pub range: Range<usize>,
}

/// The tokens of `line`. A quote that is not closed runs to the end; empty quotes are nothing.
pub fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(skip) = line[at..].find(|c: char| !c.is_whitespace()) {
        let start = at + skip;
        let mark = line[start..].chars().next().filter(|c| matches!(c, '@' | '!' | '#'));
        let body = start + mark.map_or(0, char::len_utf8);
        let (inner, end, quoted) = match opened(&line[body..]) {
            Some((quote, closing)) => {
                let from = body + quote;
                let length = line[from..].find(closing);
                let to = length.map_or(line.len(), |l| from + l);
                let end = line[to..].chars().next().map_or(to, |c| to + c.len_utf8());
                (line[from..to].trim(), end, true)
            }
            None => {
                let end = line[body..].find(char::is_whitespace).map_or(line.len(), |l| body + l);
                (&line[body..end], end, false)
            }
        };
        // a mark alone is a word of its own
        let (mark, text) = if inner.is_empty() && !quoted { (None, &line[start..end]) } else { (mark, inner) };
        if !text.is_empty() {
            let word = if quoted { text } else { &line[start..end] };
            out.push(Token { mark, text, word, quoted, range: start..end });
        }
        at = end.max(start + 1);
    }
    out
}

/// The length of the opening quote, and what closes it.
fn opened(text: &str) -> Option<(usize, &'static [char])> {
    let quote = text.chars().next()?;
    let closing: &[char] = match quote {
        '"' => &['"'],
        '“' | '„' | '”' => &['“', '”'],
        '«' => &['»'],
        _ => return None,
    };
    Some((quote.len_utf8(), closing))
}
