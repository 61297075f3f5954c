//! Users, teams and business units as the rest of the program sees them. Checks no rights.

pub mod typed;
mod work;

use serde::{Deserialize, Serialize};

pub use self::work::{Absence, Hours, Work};
use super::value::Owner;

/// What a user may do; access.rs of the service decides by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Everything, also users, rules and purging.
    Admin,
    /// What is owned in their business unit and the units below it.
    Manager,
    /// Their own records and those of their teams.
    Seller,
    /// Reads.
    ReadOnly,
}

impl Role {
    /// Every role, the strongest first.
    pub const ALL: &'static [Self] = &[Self::Admin, Self::Manager, Self::Seller, Self::ReadOnly];

    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Seller => "seller",
            Self::ReadOnly => "read-only",
        }
    }

    /// What it means, in a sentence.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Admin => "writes everything, also users and rules",
            Self::Manager => "writes what is owned in their business unit and below, and its rules",
            Self::Seller => "writes what is their own, their teams' or shared with them",
            Self::ReadOnly => "reads",
        }
    }

    /// The role of a stored name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.name() == name.trim().to_lowercase())
    }
}

/// A person who works with the database, or whom an import named as an owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The number.
    pub number: i64,
    /// The short name that is typed, unique in any case.
    pub login: String,
    /// The name that is read.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they can act; an owner whom an import named cannot.
    pub active: bool,
    /// Their business unit.
    pub unit: i64,
    /// How they work.
    #[serde(default)]
    pub work: Work,
}

impl User {
    /// An active user of the first unit who works as most do.
    pub fn new(number: i64, login: impl Into<String>, name: impl Into<String>, role: Role) -> Self {
        Self { number, login: login.into(), name: name.into(), role, active: true, unit: 1, work: Work::default() }
    }

    /// Whether they are away on a day, counted from 1970-01-01.
    pub fn is_away(&self, day: i64) -> bool {
        self.work.absence.is_some_and(|absence| absence.holds(day))
    }
}

/// A group that can own records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// The number.
    pub number: i64,
    /// The name, unique in any case.
    pub name: String,
    /// Its business unit.
    pub unit: i64,
    /// The numbers of its members.
    pub members: Vec<i64>,
    /// Whether its leads are a queue that its members take the next one from.
    #[serde(default)]
    pub queue: bool,
}

/// What a business unit is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKind {
    /// A part of the company.
    #[default]
    Internal,
    /// A company that finds or works leads for us.
    ChannelPartner,
}

impl UnitKind {
    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::ChannelPartner => "channel-partner",
        }
    }

    /// The kind of a stored name.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Internal, Self::ChannelPartner].into_iter().find(|kind| kind.name() == name)
    }
}

/// A part of the organisation, or a channel partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The number.
    pub number: i64,
    /// The name.
    pub name: String,
    /// The unit above; `None` for the root.
    pub parent: Option<i64>,
    /// What it is.
    #[serde(default)]
    pub kind: UnitKind,
    /// Of a channel partner: the code by which the field `partner` of a lead names it.
    #[serde(default)]
    pub partner: Option<i64>,
    /// Of a channel partner: the number of the contact there.
    #[serde(default)]
    pub contact: Option<i64>,
}

/// Everyone, as one snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// All users by number.
    pub users: Vec<User>,
    /// All teams.
    pub teams: Vec<Team>,
    /// All business units.
    pub units: Vec<Unit>,
}

impl People {
    /// The user with a number.
    pub fn user(&self, number: i64) -> Option<&User> {
        self.users.iter().find(|u| u.number == number)
    }

    /// The user with a login, in any case; else the only one with that name.
    pub fn find_user(&self, text: &str) -> Option<&User> {
        let text = text.trim().to_lowercase();
        self.users.iter().find(|u| u.login.to_lowercase() == text).or_else(|| {
            let mut named = self.users.iter().filter(|u| u.name.to_lowercase() == text);
            named.next().filter(|_| named.next().is_none())
        })
    }

    /// The team with a name, in any case.
    pub fn find_team(&self, text: &str) -> Option<&Team> {
        let text = text.trim().to_lowercase();
        self.teams.iter().find(|t| t.name.to_lowercase() == text)
    }

    /// The team with a number.
    pub fn team(&self, number: i64) -> Option<&Team> {
        self.teams.iter().find(|t| t.number == number)
    }

    /// The unit with a number.
    pub fn unit(&self, number: i64) -> Option<&Unit> {
        self.units.iter().find(|u| u.number == number)
    }

    /// The unit with a name, in any case.
    pub fn find_unit(&self, text: &str) -> Option<&Unit> {
        let text = text.trim().to_lowercase();
        self.units.iter().find(|u| u.name.to_lowercase() == text)
    }

    /// The channel partner that a lead's `partner` names by its code.
    pub fn partner(&self, code: i64) -> Option<&Unit> {
        self.units.iter().find(|u| u.partner == Some(code))
    }

    /// A unit and those above it, the nearest first. A circle, which nobody can make by hand, ends where it closes.
    pub fn line_of(&self, unit: i64) -> Vec<i64> {
        let mut line: Vec<i64> = Vec::new();
        let mut next = Some(unit);
        while let Some(unit) = next.filter(|unit| !line.contains(unit)).and_then(|number| self.unit(number)) {
            line.push(unit.number);
            next = unit.parent;
        }
        line
    }

    /// Whether a unit is another one or lies below it.
    pub fn is_within(&self, unit: i64, above: i64) -> bool {
        self.line_of(unit).contains(&above)
    }

    /// The business unit that owns what this owner owns. Source: the owning business unit follows the owner.
    pub fn unit_of(&self, owner: Owner) -> Option<i64> {
        match owner {
            Owner::User(n) => self.user(n).map(|u| u.unit),
            Owner::Team(n) => self.team(n).map(|t| t.unit),
        }
    }

    /// An owner as people write one: a login, a name, or `team:name`.
    pub fn find_owner(&self, text: &str) -> Option<Owner> {
        match text.trim().strip_prefix("team:") {
            Some(team) => self.find_team(team).map(|t| Owner::Team(t.number)),
            None => self
                .find_user(text)
                .map(|u| Owner::User(u.number))
                .or_else(|| self.find_team(text).map(|t| Owner::Team(t.number))),
        }
    }

    /// An owner as people read one, and as [`Self::find_owner`] reads it back.
    pub fn show(&self, owner: Owner) -> String {
        match owner {
            Owner::User(n) => self.user(n).map_or_else(|| format!("user {n}"), |u| u.login.clone()),
            Owner::Team(n) => self.team(n).map_or_else(|| format!("team {n}"), |t| format!("team:{}", t.name)),
        }
    }

    /// The teams a user is in.
    pub fn teams_of(&self, user: i64) -> impl Iterator<Item = &Team> {
        self.teams.iter().filter(move |t| t.members.contains(&user))
    }
}
