//! Merge fields of a text: `Dear {first_name|there}` and a record → `Dear Ann`. Knows no record: it is told the value of a name.

use super::nearest::nearest;
use crate::error::Problem;

/// A piece of a text with merge fields.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece<'a> {
    /// As it is.
    Text(&'a str),
    /// A field, with what stands there when it is empty.
    Field { name: &'a str, fallback: Option<&'a str>, line: usize },
}

/// What is known of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// No field is called so.
    No,
    /// A field that is empty.
    Empty,
    /// A field with a value, as people read it.
    Value(String),
}

/// The mistakes of a text: a brace that is not closed, an unknown field with the nearest of `names`. `{{` is a brace.
pub fn check(text: &str, names: &[&str]) -> Vec<Problem> {
    let pieces = match pieces(text) {
        Ok(pieces) => pieces,
        Err(problem) => return vec![problem],
    };
    let unknown = pieces.iter().filter_map(|piece| match piece {
        Piece::Field { name, line, .. } if !names.contains(name) => Some(unknown(name, *line, names)),
        _ => None,
    });
    unknown.collect()
}

/// The text with the values of its fields. All mistakes at once: braces, unknown fields, fields that are empty and have no
/// fallback.
pub fn fill(text: &str, names: &[&str], value: impl Fn(&str) -> Known) -> Result<String, Vec<Problem>> {
    let (out, problems) = fill_what_is_known(text, names, value);
    if problems.is_empty() { Ok(out) } else { Err(problems) }
}

/// What of a text that was filled still looks like a field, or the begin of one: the line, from 1, and what stands there. None where
/// the text can be sent.
pub fn left_over(text: &str) -> Option<(usize, String)> {
    for (at, line) in text.lines().enumerate() {
        for (place, _) in line.match_indices('{') {
            let rest = &line[place..];
            if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
                let end = rest.find(['}', ' ']).map_or(rest.len(), |end| end + usize::from(rest[end..].starts_with('}')));
                return Some((at + 1, rest[..end].to_owned()));
            }
        }
    }
    None
}

/// As [`fill`], with the text as far as it can be filled: what cannot stays as it is written there.
pub fn fill_what_is_known(text: &str, names: &[&str], value: impl Fn(&str) -> Known) -> (String, Vec<Problem>) {
    let pieces = match pieces(text) {
        Ok(pieces) => pieces,
        Err(problem) => return (text.to_owned(), vec![problem]),
    };
    let mut out = String::with_capacity(text.len());
    let mut problems = Vec::new();
    for piece in pieces {
        let (name, fallback, line) = match piece {
            Piece::Text(text) => {
                out.push_str(text);
                continue;
            }
            Piece::Field { name, fallback, line } => (name, fallback, line),
        };
        let problem = match (value(name), fallback) {
            (Known::Value(text), _) if !text.trim().is_empty() => {
                out.push_str(text.trim());
                continue;
            }
            (Known::No, _) => unknown(name, line, names),
            (_, Some(fallback)) => {
                out.push_str(fallback);
                continue;
            }
            _ => Problem::new(name, format!("is empty, and line {line} says no word instead; fill it in, or write {{{name}|…}}")),
        };
        problems.push(problem);
        out.push_str(&fallback.map_or_else(|| format!("{{{name}}}"), |fallback| format!("{{{name}|{fallback}}}")));
    }
    (out, problems)
}

fn unknown(name: &str, line: usize, names: &[&str]) -> Problem {
    let near = nearest(name, names.iter().copied()).map_or_else(String::new, |near| format!("; nearest: {near}"));
    Problem::new("", format!("line {line}: no field is called “{name}”{near}"))
}

/// The text taken apart.
fn pieces(text: &str) -> Result<Vec<Piece<'_>>, Problem> {
    let mut pieces = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        pieces.push(Piece::Text(before));
        line += before.matches('\n').count();
        if let Some(after) = from.strip_prefix("{{") {
            pieces.push(Piece::Text(&from[..1]));
            rest = after;
            continue;
        }
        let end = from.find(['}', '\n']).filter(|end| from[*end..].starts_with('}'));
        let Some(end) = end else {
            return Err(Problem::new("", format!("line {line}: a {{ is not closed; write {{{{ for a brace")));
        };
        let inner = &from[1..end];
        let (name, fallback) = inner.split_once('|').map_or((inner, None), |(name, fallback)| (name, Some(fallback)));
        let name = name.trim();
        if name.is_empty() {
            return Err(Problem::new("", format!("line {line}: {{}} names no field; write {{{{ for a brace")));
        }
        pieces.push(Piece::Field { name, fallback, line });
        rest = &from[end + 1..];
    }
    pieces.push(Piece::Text(rest));
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAMES: &[&str] = &["first_name", "last_name", "company"];

    fn value(name: &str) -> Known {
        match name {
            "first_name" => Known::Value("Ann".into()),
            "last_name" => Known::Value(" {company} ".into()),
            "company" => Known::Empty,
            _ => Known::No,
        }
    }

    #[test]
    fn fields_are_filled() {
        for (text, filled) in [
            ("", ""),
            ("Dear {first_name|there},", "Dear Ann,"),
            ("{ first_name }", "Ann"),
            ("at {company|your company}", "at your company"),
            ("{company|}!", "!"),
            ("{{first_name} costs {{ 5", "{first_name} costs { 5"),
            // what a record says is no merge field
            ("{last_name}", "{company}"),
            ("a } alone", "a } alone"),
        ] {
            assert_eq!(fill(text, NAMES, value).as_deref(), Ok(filled), "{text}");
        }
    }

    #[test]
    fn what_can_be_filled_is_and_the_rest_is_found_again() {
        let (text, problems) = fill_what_is_known("Dear {first_name|there}, {company} and {x|y}", NAMES, value);
        assert_eq!((text.as_str(), problems.len()), ("Dear Ann, {company} and {x|y}", 2));
        for (text, left) in [
            (text.as_str(), Some((1, "{company}"))),
            ("Dear Ann,\nabout {company: see {you. Now", Some((2, "{company:"))),
            ("see {you", Some((1, "{you"))),
            ("{ a } {} {5} } {{", None),
        ] {
            assert_eq!(left_over(text), left.map(|(line, what)| (line, what.to_owned())), "{text}");
        }
    }

    #[test]
    fn mistakes_are_named_all_at_once() {
        let problems = fill("Dear {frist_name},\n{company} and {x}", NAMES, value).expect_err("three mistakes");
        let said: Vec<String> = problems.iter().map(|p| format!("{}: {}", p.field, p.message)).collect();
        assert_eq!(
            said,
            [
                ": line 1: no field is called “frist_name”; nearest: first_name",
                "company: is empty, and line 2 says no word instead; fill it in, or write {company|…}",
                ": line 2: no field is called “x”",
            ]
        );
        assert_eq!(check("Dear {frist_name} {company}", NAMES).len(), 1);
        for (text, word) in [("a\nb {first_name", "line 2: a { is not closed"), ("{first\n}", "line 1"), ("{}", "names no field")]
        {
            let problems = check(text, NAMES);
            assert!(problems[0].message.contains(word), "{text}: {problems:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_safe(text in "[{}|a-z\n é]{0,40}") {
            let _ = (fill(&text, NAMES, value), check(&text, NAMES), left_over(&text));
        }

        #[test]
        fn text_without_braces_stays(text in "[^{]*") {
            prop_assert_eq!(fill(&text, NAMES, value), Ok(text));
        }
    }
}
