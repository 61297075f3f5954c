//! What users, teams and units must be like. Looks up nothing but people and the contact of a partner.

use crate::error::{Error, Problem, Result};
use crate::model::entity::Entity;
use crate::model::people::{People, Role, Team, Unit, UnitKind, User};
use crate::store::{self, Db};

/// A name as it is kept: it is also typed, behind `team:` and between commas.
fn name(field: &str, text: &str, problems: &mut Vec<Problem>) {
    let bad = |c: char| c.is_control() || c == ',' || c == ':';
    if text.is_empty() || text.chars().count() > 100 || text.chars().any(bad) {
        problems.push(Problem::new(field, "1 to 100 characters, without commas and colons"));
    }
}

/// The words that mean somebody else where a user, a team or a unit is typed.
const RESERVED: &[&str] = &["me", "mine", "none", "all", "everybody"];

/// A new name is no word that commands and filters take for something else.
fn not_reserved(field: &str, old: Option<&str>, text: &str, problems: &mut Vec<Problem>) {
    if old != Some(text) && RESERVED.contains(&text.to_lowercase().as_str()) {
        problems
            .push(Problem::new(field, format!("“{text}” means something of its own in commands and filters; take another name")));
    }
}

/// The mistakes as an error, where there are any.
pub(super) fn done(problems: Vec<Problem>) -> Result<()> {
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// What a user cannot be like.
pub fn user(people: &People, user: &User) -> Vec<Problem> {
    let mut problems = Vec::new();
    let login = &user.login;
    name("login", login, &mut problems);
    not_reserved("login", people.user(user.number).map(|old| old.login.as_str()), login, &mut problems);
    if login.contains(char::is_whitespace) {
        let message = format!("“{login}” has blanks; a login is one word, as a.lee, and the name can have several");
        problems.push(Problem::new("login", message));
    }
    if people.users.iter().any(|u| u.number != user.number && u.login.to_lowercase() == login.to_lowercase()) {
        problems.push(Problem::new("login", format!("there is a user {login} already")));
    }
    if people.unit(user.unit).is_none() {
        problems.push(Problem::new("unit", "there is no such business unit"));
    }
    if user.work.capacity.is_some_and(|capacity| !(0..=1_000_000).contains(&capacity)) {
        problems.push(Problem::new("capacity", "how many open leads and opportunities they can hold: 0 to 1,000,000"));
    }
    if let Some(absence) = user.work.absence {
        if absence.until < absence.from {
            problems.push(Problem::new("away", "the last day is before the first"));
        }
        match absence.deputy {
            Some(deputy) if deputy == user.number => problems.push(Problem::new("deputy", "somebody else stands in for them")),
            Some(deputy) if people.user(deputy).is_none_or(|d| !d.active) => {
                problems.push(Problem::new("deputy", "is not an active user of this database"));
            }
            _ => {}
        }
    }
    problems
}

/// What a team cannot be like.
pub fn team(people: &People, team: &Team) -> Vec<Problem> {
    let mut problems = Vec::new();
    name("team", &team.name, &mut problems);
    not_reserved("team", people.team(team.number).map(|old| old.name.as_str()), &team.name, &mut problems);
    if people.find_team(&team.name).is_some_and(|other| other.number != team.number) {
        problems.push(Problem::new("team", format!("there is a team {} already", team.name)));
    }
    if people.unit(team.unit).is_none() {
        problems.push(Problem::new("unit", "there is no such business unit"));
    }
    for member in team.members.iter().filter(|member| people.user(**member).is_none()) {
        problems.push(Problem::new("members", format!("there is no user {member}")));
    }
    problems
}

/// What a unit cannot be like, but for its contact.
pub fn unit(people: &People, unit: &Unit) -> Vec<Problem> {
    let mut problems = Vec::new();
    name("unit", &unit.name, &mut problems);
    not_reserved("unit", people.unit(unit.number).map(|old| old.name.as_str()), &unit.name, &mut problems);
    if people.find_unit(&unit.name).is_some_and(|other| other.number != unit.number) {
        problems.push(Problem::new("unit", format!("there is a business unit {} already", unit.name)));
    }
    if let Some(parent) = unit.parent {
        if people.unit(parent).is_none() {
            problems.push(Problem::new("parent", "there is no such business unit"));
        } else if unit.number != 0 && people.is_within(parent, unit.number) {
            problems.push(Problem::new("parent", "a unit does not lie below itself"));
        }
    }
    if unit.kind == UnitKind::Internal && unit.contact.is_some() {
        problems.push(Problem::new("contact", "channel partners have a contact, other units do not"));
    }
    problems
}

/// The unit by whose name leads call the code of a channel partner, where that is another.
pub(in crate::service) fn other_partner<'a>(people: &'a People, unit: &Unit) -> Option<&'a Unit> {
    people.units.iter().find(|other| other.number != unit.number && unit.partner.is_some() && other.partner == unit.partner)
}

/// What is wrong with the contact of a unit.
pub(in crate::service) fn contact(db: &Db, unit: &Unit) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    if let Some(contact) = unit.contact {
        let key = Entity::Contact.numbered(contact);
        if !store::record::exists(db, key)? {
            problems.push(Problem::new("contact", format!("there is no contact {key}")));
        }
    }
    Ok(problems)
}

/// [`Error::Refused`] where nobody would be left who may change users and rules when a user becomes this, or goes.
pub(in crate::service) fn leaves_an_admin(people: &People, user: &User, becomes: Option<&User>) -> Result<()> {
    let is_admin = |u: &User| u.active && u.role == Role::Admin;
    let others = people.users.iter().any(|other| other.number != user.number && is_admin(other));
    if is_admin(user) && !others && !becomes.is_some_and(is_admin) {
        return Err(Error::refused(
            format!("{} is the only admin", user.login),
            "make somebody else an admin first: `leadbook user set LOGIN role=admin`",
        ));
    }
    Ok(())
}
