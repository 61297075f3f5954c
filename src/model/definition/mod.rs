//! What people define for a database beside its records: rules, points, views, targets. Reads no filter and runs nothing.

mod rule;
pub mod typed;
mod words;

use serde::{Deserialize, Serialize};

pub use self::rule::{Assign, FollowUp, How, Match, Rule, Setting, Trigger};

/// One definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// The number, shown as `D-7`; never used again.
    pub number: i64,
    /// What people call it; unique within its kind and owner, in any case.
    pub name: String,
    /// The place among those of its kind, the least first.
    pub place: i64,
    /// The user whose own it is; everybody's where there is none.
    #[serde(default)]
    pub owner: Option<i64>,
    /// What it says.
    #[serde(flatten)]
    pub body: Body,
}

/// What a definition says, by its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Body {
    /// Who gets a lead, and what else is done with it.
    Rule(Rule),
    /// Points for leads that a filter finds.
    ScoreRule(ScoreRule),
    /// A filter with a name, an order and columns.
    View(SavedView),
    /// What is to be won in a month.
    Target(Target),
}

/// The kinds of definitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DefinitionKind {
    /// [`Body::Rule`].
    Rule,
    /// [`Body::ScoreRule`].
    ScoreRule,
    /// [`Body::View`].
    View,
    /// [`Body::Target`].
    Target,
}

impl DefinitionKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Rule, Self::ScoreRule, Self::View, Self::Target];

    /// The stored name, which is that of the command.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::ScoreRule => "score-rule",
            Self::View => "view",
            Self::Target => "target",
        }
    }

    /// What one is called in a sentence.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::ScoreRule => "score rule",
            Self::View => "view",
            Self::Target => "target",
        }
    }

    /// The kind of a stored name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

impl Body {
    /// Its kind.
    pub const fn kind(&self) -> DefinitionKind {
        match self {
            Self::Rule(_) => DefinitionKind::Rule,
            Self::ScoreRule(_) => DefinitionKind::ScoreRule,
            Self::View(_) => DefinitionKind::View,
            Self::Target(_) => DefinitionKind::Target,
        }
    }
}

/// Points that a lead gets while a filter finds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreRule {
    /// How many; they may be taken away.
    pub points: i64,
    /// The filter, over leads.
    pub when: String,
    /// Whether it counts.
    pub active: bool,
}

/// A filter that somebody saved under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedView {
    /// The name of the kind of records that it lists.
    pub entity: String,
    /// The filter as text.
    pub filter: String,
    /// The order as text of the filter language without its word: `-modified_at`; empty for the order of the list.
    pub sort: String,
    /// The names of its fields; none for the columns of the list.
    pub columns: Vec<String>,
}

/// What somebody is to win in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Whose it is: the code of a user or a team; nobody's is that of all together.
    pub of: Option<i64>,
    /// The month as `2026-11`; every month that has none of its own where there is none.
    pub month: Option<String>,
    /// Ten-thousandths of the currency.
    pub amount: i64,
    /// The ISO code.
    pub currency: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_is_read_back_as_written() {
        let definition = Definition {
            number: 3,
            name: "Budget".into(),
            place: 1,
            owner: None,
            body: Body::ScoreRule(ScoreRule { points: -10, when: "no:phone".into(), active: true }),
        };
        let text = serde_json::to_string(&definition).expect("JSON");
        assert!(text.contains(r#""kind":"score-rule""#), "{text}");
        assert_eq!(serde_json::from_str::<Definition>(&text).ok(), Some(definition));
    }
}
