//! `--map` and the map that was used before, put over what the headings say. Guesses nothing itself.

use super::target::{Target, nearest};
use crate::error::{Error, Result};
use crate::model::field::Registry;

/// Puts a map over the guesses. A heading that the file has not is an error only where the person typed it.
pub(super) fn apply<S: AsRef<str>>(
    map: &[(String, String)],
    headings: &[S],
    targets: &mut [Target],
    registry: &Registry,
    typed: bool,
) -> Result<()> {
    let mut chosen = vec![None; targets.len()];
    for (heading, word) in map {
        let named = called(heading, headings);
        if named.is_empty() && typed {
            return Err(no_column(heading, headings));
        }
        match Target::read(word, registry) {
            Ok(target) => named.into_iter().for_each(|at| chosen[at] = Some(target)),
            Err(error) if typed => return Err(error),
            Err(_) => {}
        }
    }
    for (target, choice) in targets.iter_mut().zip(&chosen) {
        match choice {
            Some(choice) => *target = *choice,
            None if chosen.contains(&Some(*target)) => *target = instead(*target, registry),
            None => {}
        }
    }
    Ok(())
}

/// The columns that a person calls so.
pub(super) fn called<S: AsRef<str>>(heading: &str, headings: &[S]) -> Vec<usize> {
    match place(heading) {
        Some(at) if at < headings.len() => vec![at],
        _ => (0..headings.len()).filter(|at| headings[*at].as_ref().trim().eq_ignore_ascii_case(heading.trim())).collect(),
    }
}

/// The sentence that there is no such column.
pub(super) fn no_column<S: AsRef<str>>(heading: &str, headings: &[S]) -> Error {
    let near = nearest(heading, headings.iter().map(AsRef::as_ref)).map(|n| format!("; did you mean “{n}”?"));
    Error::Usage(format!("the file has no column “{heading}”{}", near.unwrap_or_default()))
}

/// Where a column goes that was only guessed to go where the map sends another.
fn instead(guess: Target, registry: &Registry) -> Target {
    match guess {
        Target::Field(id) if Some(id) == registry.find("email") => Target::Emails,
        Target::Field(id) if Some(id) == registry.find("tags") => guess,
        Target::Field(_) | Target::Key | Target::Converted | Target::Ended => Target::Rest,
        other => other,
    }
}

/// The column, from 0, that `column 3` means.
fn place(heading: &str) -> Option<usize> {
    heading.trim().strip_prefix("column ")?.parse::<usize>().ok()?.checked_sub(1)
}

/// Splits `--map "Column=field,Other=-"`. A heading with a comma or an equals sign stands in quotes.
pub fn parse_map(text: &str) -> Result<Vec<(String, String)>> {
    let mut map = Vec::new();
    let mut quoted = false;
    let entries = text.split(|c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    for entry in entries.filter(|e| !e.trim().is_empty()) {
        let Some((heading, word)) = entry.rsplit_once('=') else {
            return Err(Error::Usage(format!("“{}” is no mapping; write Column=field", entry.trim())));
        };
        map.push((heading.trim().trim_matches('"').to_owned(), word.trim().to_owned()));
    }
    Ok(map)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_split_at_commas_outside_quotes() {
        let map = parse_map("Column=field, \"Name, full\"=name,A=B=topic,Gone=").expect("a map");
        let expected = [("Column", "field"), ("Name, full", "name"), ("A=B", "topic"), ("Gone", "")];
        assert_eq!(map, expected.map(|(heading, word)| (heading.to_owned(), word.to_owned())));
        assert_eq!(parse_map(""), Ok(Vec::new()));
        assert!(parse_map("Column").is_err());
    }
}
