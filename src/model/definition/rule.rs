//! A rule of assignment: when it is asked, over which leads, and what it does. Reads no filter and assigns nothing.
//! Source: assignment rules, in order, the first that matches; workflows on create, on change, on demand.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Whether it is asked at all.
    pub active: bool,
    /// The business unit or channel partner whose rule it is; a general one where there is none.
    #[serde(default)]
    pub unit: Option<i64>,
    /// What makes it be asked; one at least.
    pub on: Vec<Trigger>,
    /// The filter over leads; the empty one finds every lead.
    pub when: String,
    /// Who gets the lead; where there is none it stays with its owner.
    #[serde(default)]
    pub assign: Option<Assign>,
    /// Fields that are written.
    #[serde(default)]
    pub set: Vec<Setting>,
    /// Tags that are added.
    #[serde(default)]
    pub tags: Vec<String>,
    /// A task for the new owner.
    #[serde(default)]
    pub task: Option<FollowUp>,
}

/// What makes a rule be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Trigger {
    /// A lead was entered by a person, a command or a mail.
    Created,
    /// A lead came in a file.
    Imported,
    /// One of these fields was changed, by their registry names; any field where none is named.
    Updated(Vec<String>),
    /// A closed lead is open again.
    Reopened,
    /// Nothing was done for so many days.
    Idle(i64),
    /// Somebody asked for it: `leadbook route`, or a key.
    ByHand,
}

impl fmt::Display for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Created => f.write_str("created"),
            Self::Imported => f.write_str("imported"),
            Self::Updated(fields) if fields.is_empty() => f.write_str("updated"),
            Self::Updated(fields) => write!(f, "updated:{}", fields.join("+")),
            Self::Reopened => f.write_str("reopened"),
            Self::Idle(days) => write!(f, "idle:{days}d"),
            Self::ByHand => f.write_str("by-hand"),
        }
    }
}

impl From<Trigger> for String {
    fn from(trigger: Trigger) -> Self {
        trigger.to_string()
    }
}

impl FromStr for Trigger {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        let (word, rest) = text.split_once(':').map_or((text.as_str(), None), |(word, rest)| (word, Some(rest)));
        let days = |rest: &str| rest.trim_end_matches('d').parse::<i64>().ok().filter(|days| (1..=3_650).contains(days));
        match (word, rest) {
            ("created", None) => Ok(Self::Created),
            ("imported", None) => Ok(Self::Imported),
            ("reopened", None) => Ok(Self::Reopened),
            ("by-hand", None) => Ok(Self::ByHand),
            ("updated", None) => Ok(Self::Updated(Vec::new())),
            ("updated", Some(fields)) => {
                Ok(Self::Updated(fields.split('+').map(|name| name.trim().replace('-', "_")).filter(|n| !n.is_empty()).collect()))
            }
            ("idle", Some(rest)) if days(rest).is_some() => Ok(Self::Idle(days(rest).unwrap_or_default())),
            _ => Err(format!(
                "“{text}” makes no rule be asked; it can be created, imported, updated, updated:rating+budget_status, reopened, \
                 idle:30d or by-hand"
            )),
        }
    }
}

impl TryFrom<String> for Trigger {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// Who gets a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Assign {
    /// This owner, by code.
    To(i64),
    /// One of several people.
    Share {
        /// How one is found.
        how: How,
        /// The codes of users and teams, whose members count; none for everybody of the rule's unit and below who takes leads.
        #[serde(default)]
        among: Vec<i64>,
        /// What of a person must suit the lead.
        #[serde(default)]
        matching: Vec<Match>,
    },
    /// This team, from whose queue its members take it.
    Queue(i64),
}

/// How one of several people is found. Source: distribution of assignment rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Whose last lead, by a rule or by hand, is the longest ago.
    RoundRobin,
    /// Who has the most room; of equals whose last lead is the longest ago.
    LeastLoaded,
}

impl How {
    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RoundRobin => "round-robin",
            Self::LeastLoaded => "least-loaded",
        }
    }

    /// The way of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::RoundRobin, Self::LeastLoaded]
            .into_iter()
            .find(|how| how.name() == name.trim().to_lowercase().replace(['_', ' '], "-"))
    }
}

/// What of a person must suit the lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Match {
    /// One of their regions is its country, or its state or province.
    Region,
    /// One of their languages is one of its tags, as `de` or `lang-de`.
    Language,
}

impl Match {
    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Language => "language",
        }
    }

    /// What is meant by a name.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Region, Self::Language].into_iter().find(|one| one.name() == name.trim().to_lowercase())
    }
}

/// A field and what it becomes, both as people type them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// The registry name of a field of leads.
    pub field: String,
    /// What it becomes; empty for nothing.
    pub value: String,
}

/// A task that a rule makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// What is to be done.
    pub text: String,
    /// When, as people type it, read at the moment of the firing: `+2h`, `tomorrow 9:00`.
    pub due: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triggers_are_read_back_as_shown() {
        for text in ["created", "imported", "updated", "updated:rating+budget_status", "reopened", "idle:30d", "by-hand"] {
            assert_eq!(text.parse::<Trigger>().map(|t| t.to_string()).as_deref(), Ok(text));
        }
        for wrong in ["", "made", "idle", "idle:0d", "created:x"] {
            assert!(wrong.parse::<Trigger>().is_err(), "{wrong}");
        }
    }
}
