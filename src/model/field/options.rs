//! The values that a field can take where they can be counted: choices, people, yes and no. For reading, offering and correcting.

use crate::model::catalog::Catalog;
use crate::model::choice::slug;
use crate::model::field::{Field, Kind};
use crate::model::value::Owner;

/// One value that a field can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choosable {
    /// What is stored.
    pub code: i64,
    /// The word that is typed for it.
    pub word: String,
    /// What people read.
    pub label: String,
    /// Whether it is still offered; what is not can be asked for all the same.
    pub active: bool,
}

/// All values of a field, in the order in which they are offered; none where they cannot be counted.
pub fn of(field: &Field, catalog: &Catalog) -> Vec<Choosable> {
    match field.kind {
        Kind::Choice(set) => catalog
            .choices
            .all(set)
            .iter()
            .map(|c| Choosable {
                code: c.code,
                word: catalog.choices.slug(set, c.code),
                label: c.label.clone(),
                active: c.active,
            })
            .collect(),
        Kind::Flag { yes, no } => [(1, "yes", yes), (0, "no", no)]
            .map(|(code, word, label)| Choosable { code, word: word.into(), label: label.into(), active: true })
            .to_vec(),
        Kind::Owner | Kind::User => {
            let people = &catalog.people;
            let users = people.users.iter().map(|u| Choosable {
                code: Owner::User(u.number).code(),
                word: u.login.clone(),
                label: u.name.clone(),
                active: u.active,
            });
            let teams = people.teams.iter().filter(|_| field.kind == Kind::Owner).map(|t| Choosable {
                code: Owner::Team(t.number).code(),
                word: people.show(Owner::Team(t.number)),
                label: t.name.clone(),
                active: true,
            });
            users.chain(teams).collect()
        }
        _ => Vec::new(),
    }
}

/// The code that `text` means in a field with countable values; `me` is the person who asks.
pub fn find(field: &Field, text: &str, catalog: &Catalog, me: i64) -> Option<i64> {
    let text = text.trim();
    match field.kind {
        Kind::Choice(set) => catalog.choices.find(set, text).map(|c| c.code),
        Kind::Flag { yes, no } => flag(yes, no, text).map(i64::from),
        Kind::Owner | Kind::User if text.eq_ignore_ascii_case("me") => Some(me),
        Kind::Owner => catalog.people.find_owner(text).map(Owner::code),
        Kind::User => catalog.people.find_user(text).map(|u| u.number),
        _ => None,
    }
}

/// Yes or no, in these words, in those of the field, or as a figure.
pub fn flag(yes: &str, no: &str, text: &str) -> Option<bool> {
    let word = slug(text);
    match word.as_str() {
        "" => None,
        _ if word == slug(yes) => Some(true),
        _ if word == slug(no) => Some(false),
        "yes" | "y" | "true" | "t" | "1" | "x" | "on" => Some(true),
        "no" | "n" | "false" | "f" | "0" | "off" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_is_read_in_its_own_words_first() {
        assert_eq!(flag("do not allow", "allow", "Allow"), Some(false));
        assert_eq!(flag("allow", "do not allow", "allow"), Some(true));
        assert_eq!(flag("completed", "mark complete", "YES"), Some(true));
        assert_eq!(flag("yes", "no", "0"), Some(false));
        assert_eq!(flag("yes", "no", "maybe"), None);
    }
}
