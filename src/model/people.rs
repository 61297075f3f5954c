//! Users, teams and business units as the rest of the program sees them. Checks no rights.

use super::value::Owner;

/// What a user may do; access.rs of the service decides by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Everything, also users, lists and purging.
    Admin,
    /// Their own records and those of their teams.
    Seller,
}

impl Role {
    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Seller => "seller",
        }
    }

    /// The role of a stored name.
    pub fn of_name(name: &str) -> Option<Self> {
        match name {
            "admin" => Some(Self::Admin),
            "seller" => Some(Self::Seller),
            _ => None,
        }
    }
}

/// A person who works with the database, or whom an import named as an owner.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

/// A group that can own records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// The number.
    pub number: i64,
    /// The name, unique in any case.
    pub name: String,
    /// Its business unit.
    pub unit: i64,
    /// The numbers of its members.
    pub members: Vec<i64>,
}

/// A part of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The number.
    pub number: i64,
    /// The name.
    pub name: String,
    /// The unit above; `None` for the root.
    pub parent: Option<i64>,
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
            Owner::Team(n) => {
                self.teams.iter().find(|t| t.number == n).map_or_else(|| format!("team {n}"), |t| format!("team:{}", t.name))
            }
        }
    }

    /// The teams a user is in.
    pub fn teams_of(&self, user: i64) -> impl Iterator<Item = &Team> {
        self.teams.iter().filter(move |t| t.members.contains(&user))
    }
}
