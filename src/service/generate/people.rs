//! The people and lists of a generated database: the first user, colleagues, teams, campaigns, partners. Makes no lead.

use super::catalogue;
use super::random::Random;
use super::words::talk;
use crate::error::Result;
use crate::model::choice::Set;
use crate::model::people::Role;
use crate::store::{Db, lists, people, setting};

/// How many colleagues there are.
pub const USERS: i64 = talk::USERS.len() as i64;

/// How many teams.
pub const TEAMS: i64 = talk::TEAMS.len() as i64;

/// Writes them into a new database; `at` is the moment of their identities, in µs UTC.
pub fn write(db: &Db, random: &mut Random, at: i64, login: &str, name: &str) -> Result<()> {
    setting::put(db, "database_id", &random.id(at).to_string())?;
    let unit = people::add_unit(db, random.id(at), "Organization", None)?;
    people::add_user(db, random.id(at), login, name, Role::Admin, true, unit)?;
    lists::seed(db)?;
    colleagues(db, random, at, unit, login)
}

/// Adds the colleagues, their teams, and what leads and opportunities are described with.
pub fn colleagues(db: &Db, random: &mut Random, at: i64, unit: i64, login: &str) -> Result<()> {
    let mut numbers = Vec::new();
    for (index, (colleague, name)) in talk::USERS.iter().enumerate() {
        let taken = colleague.eq_ignore_ascii_case(login);
        let colleague = if taken { format!("{colleague}2") } else { (*colleague).to_owned() };
        // the last one has left; what was theirs still is
        let active = index + 1 < talk::USERS.len();
        numbers.push(people::add_user(db, random.id(at), &colleague, name, Role::Seller, active, unit)?);
    }
    for (team, members) in talk::TEAMS {
        let members: Vec<i64> = members.iter().map(|place| numbers[*place]).collect();
        people::add_team(db, random.id(at), team, unit, &members)?;
    }
    for label in talk::PARTNERS {
        lists::add(db, Set::Partner, label, None)?;
    }
    catalogue::write(db, at, unit, numbers[0])
}
