//! Where the cells of a column go. Reads no cell.

use super::ids::{named, takes_names};
use crate::error::{Error, Result};
use crate::model::choice::Set;
use crate::model::field::{Access, FieldId, Registry};
use crate::model::rules::state_sets;

/// Where the cells of a column go; what does not fit there goes to `imported_rest`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A field of the registry.
    Field(FieldId),
    /// A full name, taken apart where the row has no last name.
    Name,
    /// E-mail addresses that take the free ones of the three e-mail fields in their order.
    Emails,
    /// The id by which the other program names the record.
    Key,
    /// The id or the number by which leadbook itself names a record that may be here.
    Own,
    /// Whether the lead was converted or the opportunity won, to judge its status by.
    Converted,
    /// Whether the opportunity was won or lost, to judge its status by.
    Ended,
    /// Whether the row was deleted; such a row is skipped.
    Deleted,
    /// Our own remark in a list of skipped rows; not data.
    Problem,
    /// No field: `imported_rest`.
    Rest,
}

const WORDS: &[(&str, Target)] = &[
    ("name", Target::Name),
    ("emails", Target::Emails),
    ("import_key", Target::Key),
    ("id", Target::Own),
    ("converted", Target::Converted),
    ("ended", Target::Ended),
    ("deleted", Target::Deleted),
    ("problem", Target::Problem),
    ("-", Target::Rest),
];

impl Target {
    /// The word for it in a map.
    pub fn word(self, registry: &Registry) -> &'static str {
        match self {
            Self::Field(id) => registry.field(id).name,
            other => WORDS.iter().find(|(_, target)| *target == other).map_or("-", |(word, _)| word),
        }
    }

    /// The target of a word in a map; `-` or nothing is no field. An unknown word is answered with the nearest name.
    pub fn read(word: &str, registry: &Registry) -> Result<Self> {
        let word = word.trim();
        if word.is_empty() {
            return Ok(Self::Rest);
        }
        let known = word.to_ascii_lowercase();
        if let Some((_, target)) = WORDS.iter().find(|(w, target)| *w == known && target.fits(registry)) {
            return Ok(*target);
        }
        let Some(id) = registry.find(word) else {
            let near = nearest(word, registry.names().chain(WORDS.iter().filter(|(_, t)| t.fits(registry)).map(|(w, _)| *w)));
            let near = near.map(|n| format!("; did you mean {n}?")).unwrap_or_default();
            return Err(Error::Usage(format!("there is no field “{word}”{near}")));
        };
        match registry.field(id).name {
            "name" if takes_names(registry) => Ok(Self::Name),
            "import_key" => Ok(Self::Key),
            "imported_rest" => Ok(Self::Rest),
            name if registry.field(id).access == Access::System => {
                Err(Error::Usage(format!("{name} is kept by leadbook itself; a file cannot set it")))
            }
            _ => Ok(Self::Field(id)),
        }
    }
}

impl Target {
    /// Whether a column of such records can go there.
    fn fits(self, registry: &Registry) -> bool {
        match self {
            Self::Name => takes_names(registry),
            Self::Emails => named(registry, "email").is_some(),
            Self::Converted => matches!(state_sets(registry).0, Set::State | Set::OpportunityState),
            Self::Ended => matches!(state_sets(registry).0, Set::OpportunityState | Set::ActivityState),
            _ => true,
        }
    }
}

/// The name that needs the fewest changed letters, if that is not another word altogether.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    let best = names.map(|name| (distance(&word, name), name)).min_by_key(|(far, _)| *far)?;
    (best.0 <= word.len() / 3 + 1).then_some(best.1)
}

fn distance(word: &[char], name: &str) -> usize {
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (i, b) in name.to_lowercase().chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, a) in word.iter().enumerate() {
            let changed = before + usize::from(*a != b);
            before = row[j + 1];
            row[j + 1] = changed.min(before + 1).min(row[j] + 1);
        }
    }
    row[word.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::Entity;

    #[test]
    fn words_and_targets_match() {
        let lead = Registry::lead();
        for (word, target) in [
            ("company", Target::Field(lead.id("company"))),
            ("value", Target::Field(lead.id("estimated_value"))),
            ("-", Target::Rest),
            ("", Target::Rest),
            ("Full Name", Target::Name),
            ("import_key", Target::Key),
            ("id", Target::Own),
        ] {
            assert_eq!(Target::read(word, &lead), Ok(target), "{word}");
            assert_eq!(Target::read(target.word(&lead), &lead), Ok(target));
        }
        let error = Target::read("compny", &lead).expect_err("unknown").headline();
        assert!(error.contains("did you mean company?"), "{error}");
        assert!(Target::read("modified_at", &lead).is_err());
        assert!(Target::read("ended", &lead).is_err());
        let account = Registry::of(Entity::Account);
        for word in ["name", "company"] {
            assert_eq!(Target::read(word, &account), Ok(Target::Field(account.id("name"))), "{word}");
        }
        assert!(Target::read("converted", &account).is_err());
        assert_eq!(nearest("zzzzzz", ["company"].into_iter()), None);
    }
}
