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

/// The names of the fields in a text, each once, in their order; none where [`check`] finds a mistake in its braces.
pub fn names_in(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for piece in pieces(text).unwrap_or_default() {
        match piece {
            Piece::Field { name, .. } if !found.contains(&name) => found.push(name),
            _ => {}
        }
    }
    found
}

/// The text with the values of its fields. All mistakes at once: braces, unknown fields, fields that are empty and have no
/// fallback.
pub fn fill(text: &str, names: &[&str], value: impl Fn(&str) -> Known) -> Result<String, Vec<Problem>> {
    let pieces = pieces(text).map_err(|problem| vec![problem])?;
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
        match (value(name), fallback) {
            (Known::Value(text), _) if !text.trim().is_empty() => out.push_str(text.trim()),
            (Known::No, _) => problems.push(unknown(name, line, names)),
            (_, Some(fallback)) => out.push_str(fallback),
            _ => problems.push(Problem::new(
                name,
                format!("is empty, and line {line} says no word instead; fill it in, or write {{{name}|…}}"),
            )),
        }
    }
    if problems.is_empty() { Ok(out) } else { Err(problems) }
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
        assert_eq!(names_in("{company} {first_name|x} {company}"), ["company", "first_name"]);
    }

    proptest! {
        #[test]
        fn any_text_is_safe(text in "[{}|a-z\n é]{0,40}") {
            let _ = (fill(&text, NAMES, value), check(&text, NAMES), names_in(&text));
        }

        #[test]
        fn text_without_braces_stays(text in "[^{]*") {
            prop_assert_eq!(fill(&text, NAMES, value), Ok(text));
        }
    }
}
