//! The people and lists of a generated database: the first user, colleagues, teams, campaigns, partners. Makes no lead.

use super::catalogue;
use super::random::Random;
use super::words::talk;
use crate::error::Result;
use crate::model::choice::Set;
use crate::model::field::Registry;
use crate::model::people::{Role, Unit, UnitKind, User, Work};
use crate::model::record::Record;
use crate::model::value::Owner;
use crate::store::{Db, lists, people, setting};

/// How many colleagues there are.
pub const USERS: i64 = talk::USERS.len() as i64;

/// The dice of units and partners.
const SEED: u64 = 0x756e_6974;
/// How many open leads and opportunities a colleague can hold.
const CAPACITY: i64 = 400;

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

/// The number of the first user and of the unit at the top.
const FIRST: i64 = 1;

/// The business unit of an owner: that of a colleague or a team, else the one at the top.
pub fn unit_of(owner: Option<Owner>) -> i64 {
    let place =
        |number: i64, before: i64, table: &[usize]| usize::try_from(number - before).ok().and_then(|at| table.get(at).copied());
    let place = match owner {
        Some(Owner::User(number)) => place(number, FIRST + 1, talk::UNIT_OF_USER),
        Some(Owner::Team(number)) => place(number, 1, talk::UNIT_OF_TEAM),
        None => None,
    };
    place.map_or(FIRST, |place| FIRST + 1 + place as i64)
}

/// The business unit of a record.
pub fn unit_of_record(registry: &Registry, record: &Record) -> i64 {
    let owner = registry.find("owner").and_then(|id| record.get(id).as_int()).and_then(Owner::of_code);
    unit_of(owner)
}

/// Adds the colleagues, their teams and units, channel partners, and what leads and opportunities are described with.
pub fn colleagues(db: &Db, random: &mut Random, at: i64, unit: i64, login: &str) -> Result<()> {
    let mut numbers = Vec::new();
    // dice of their own, so that what is drawn after them stays as it is
    let mut dice = Random::new(SEED);
    for name in talk::UNITS {
        people::add_unit(db, dice.id(at), name, Some(unit))?;
    }
    for (index, (colleague, name)) in talk::USERS.iter().enumerate() {
        let taken = colleague.eq_ignore_ascii_case(login);
        let colleague = if taken { format!("{colleague}2") } else { (*colleague).to_owned() };
        // the last one has left; what was theirs still is
        let active = index + 1 < talk::USERS.len();
        let number = setting::take_numbers(db, "user", 1)?;
        let work = Work { capacity: Some(CAPACITY), ..Work::default() };
        let unit = unit_of(Some(Owner::User(number)));
        people::put_user(db, random.id(at), &User { active, unit, work, ..User::new(number, &*colleague, *name, Role::Seller) })?;
        numbers.push(number);
    }
    for (place, (team, members)) in talk::TEAMS.iter().enumerate() {
        let members: Vec<i64> = members.iter().map(|place| numbers[*place]).collect();
        people::add_team(db, random.id(at), team, unit + 1 + talk::UNIT_OF_TEAM[place] as i64, &members)?;
    }
    for label in talk::PARTNERS {
        let partner = Some(lists::add(db, Set::Partner, label, None)?.code);
        let number = setting::take_numbers(db, "unit", 1)?;
        let made = Unit { number, partner, ..Unit::new(*label, Some(unit), UnitKind::ChannelPartner) };
        people::put_unit(db, dice.id(at), &made)?;
    }
    catalogue::write(db, at, unit, numbers[0])
}
