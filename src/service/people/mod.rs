//! Users, teams, business units and channel partners: added, changed, taken away. What they may do is decided in `access`.

pub mod check;
pub mod load;
pub mod named;

use crate::error::{Error, Result};
use crate::model::catalog::Catalog;
use crate::model::choice::Set;
use crate::model::entity::{Entity, RecordId};
use crate::model::people::{Role, Team, Unit, UnitKind, User};
use crate::model::value::Owner;
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::setup::{self, Row};
use crate::store::{lists, setting};

/// Adds a user who works as most do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddUser {
    /// The short name that is typed.
    pub login: String,
    /// The name that is read; the login where empty.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// Adds a team with its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddTeam {
    /// The name.
    pub name: String,
    /// The logins of its members.
    pub members: Vec<String>,
}

/// Makes a user, or writes over the one with their number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutUser {
    /// What they are to be; a new one has the number 0.
    pub user: User,
}

/// Makes a team, or writes over the one with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutTeam {
    /// What it is to be; a new one has the number 0.
    pub team: Team,
}

/// Makes a business unit or a channel partner, or writes over the one with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutUnit {
    /// What it is to be; a new one has the number 0. A channel partner without a code gets the one of its name.
    pub unit: Unit,
}

/// Takes a user, a team or a unit away to which nothing refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemovePeople {
    /// Which.
    pub key: RecordId,
}

impl Act for AddUser {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "CreateUser"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let unit = root(tx);
        let user = User { unit, ..User::new(0, self.login, self.name, self.role) };
        put_user(tx, user)
    }
}

impl Act for AddTeam {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "CreateTeam"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let people = &tx.ctx.catalog.people;
        let mut members = Vec::new();
        for login in &self.members {
            let user = people.find_user(login).ok_or_else(|| Error::NotFound(format!("there is no user {login}")))?;
            members.push(user.number);
        }
        let unit = root(tx);
        put_team(tx, Team { number: 0, name: self.name, unit, members, queue: false })
    }
}

impl Act for PutUser {
    type Reply = i64;

    fn name(&self) -> &'static str {
        if self.user.number == 0 { "CreateUser" } else { "UpdateUser" }
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        put_user(tx, self.user)
    }
}

impl Act for PutTeam {
    type Reply = i64;

    fn name(&self) -> &'static str {
        if self.team.number == 0 { "CreateTeam" } else { "UpdateTeam" }
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        put_team(tx, self.team)
    }
}

impl Act for PutUnit {
    type Reply = i64;

    fn name(&self) -> &'static str {
        if self.unit.number == 0 { "CreateUnit" } else { "UpdateUnit" }
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        put_unit(tx, self.unit)
    }
}

impl Act for RemovePeople {
    type Reply = ();

    fn name(&self) -> &'static str {
        "DeleteUser"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        access::check_admin(tx.ctx, "taking people away")?;
        let people = &tx.ctx.catalog.people;
        let number = self.key.number;
        let old = match self.key.entity {
            Entity::User => people.user(number).cloned().map(Row::User),
            Entity::Team => people.team(number).cloned().map(Row::Team),
            _ => people.unit(number).cloned().map(Row::Unit),
        };
        let old = old.ok_or_else(|| Error::NotFound(format!("there is no {} {number}", self.key.entity.name())))?;
        setup::write(tx, Some(&old), None)?;
        tx.say(format!("Removed the {} {}", self.key.entity.name(), old.name()));
        Ok(())
    }
}

/// The unit at the top.
fn root(tx: &Tx<'_>) -> i64 {
    tx.ctx.catalog.people.units.first().map_or(1, |unit| unit.number)
}

/// Logs a row that is new where its number is 0, and says so.
fn put(tx: &mut Tx<'_>, old: Option<Row>, new: &Row) -> Result<i64> {
    let key = new.key();
    let done = if old.is_some() { "Changed" } else { "Added" };
    setup::write(tx, old.as_ref(), Some(new))?;
    let what = match new {
        Row::Unit(Unit { kind: UnitKind::ChannelPartner, .. }) => "channel partner",
        _ => key.entity.name(),
    };
    tx.say(format!("{done} the {what} {}", new.name()));
    Ok(key.number)
}

fn put_user(tx: &mut Tx<'_>, mut user: User) -> Result<i64> {
    let ctx = tx.ctx;
    access::check_admin(ctx, if user.number == 0 { "adding a user" } else { "changing a user" })?;
    user.login = user.login.trim().to_owned();
    user.name = if user.name.trim().is_empty() { user.login.clone() } else { user.name.trim().to_owned() };
    let people = &ctx.catalog.people;
    let old = people.user(user.number).cloned().map(Row::User);
    check::done(check::user(people, &user))?;
    if user.number == 0 {
        user.number = setting::take_numbers(tx.db, "user", 1)?;
    } else if old.is_none() {
        return Err(Error::NotFound(format!("there is no user {}", user.number)));
    }
    let leaves = !user.active && matches!(&old, Some(Row::User(old)) if old.active);
    let owner = Owner::User(user.number);
    let number = put(tx, old, &Row::User(user))?;
    if let Some(rules) = named::listed(&named::rules_to(ctx, owner)).filter(|_| leaves) {
        tx.warn(&format!("{} gets no leads any more by {rules}", ctx.catalog.people.show(owner)));
    }
    Ok(number)
}

fn put_team(tx: &mut Tx<'_>, mut team: Team) -> Result<i64> {
    let ctx = tx.ctx;
    access::check_admin(ctx, if team.number == 0 { "adding a team" } else { "changing a team" })?;
    team.name = team.name.trim().to_owned();
    team.members.sort_unstable();
    team.members.dedup();
    let people = &ctx.catalog.people;
    let old = people.team(team.number).cloned().map(Row::Team);
    check::done(check::team(people, &team))?;
    if team.number == 0 {
        team.number = setting::take_numbers(tx.db, "team", 1)?;
    } else if old.is_none() {
        return Err(Error::NotFound(format!("there is no team {}", team.number)));
    }
    put(tx, old, &Row::Team(team))
}

fn put_unit(tx: &mut Tx<'_>, mut unit: Unit) -> Result<i64> {
    let ctx = tx.ctx;
    access::check_admin(ctx, if unit.number == 0 { "adding a business unit" } else { "changing a business unit" })?;
    unit.name = unit.name.trim().to_owned();
    let people = &ctx.catalog.people;
    let old = people.unit(unit.number).cloned().map(Row::Unit);
    if unit.parent.is_none() && old.is_none() {
        unit.parent = Some(root(tx));
    }
    let mut problems = check::unit(people, &unit);
    problems.extend(check::contact(tx.db, &unit)?);
    check::done(problems)?;
    if unit.number == 0 {
        unit.number = setting::take_numbers(tx.db, "unit", 1)?;
    } else if old.is_none() {
        return Err(Error::NotFound(format!("there is no business unit {}", unit.number)));
    }
    // of two partners that an older program gave one code, the first keeps it
    if check::other_partner(people, &unit).is_some_and(|other| old.is_none() || other.number < unit.number) {
        unit.partner = None;
    }
    match unit.kind {
        // what is no partner any more has no leads as one; its choice stays, for the leads that hold it
        UnitKind::Internal => unit.partner = None,
        UnitKind::ChannelPartner if unit.partner.is_none() => unit.partner = Some(partner_code(tx, &unit)?),
        UnitKind::ChannelPartner => {}
    }
    put(tx, old, &Row::Unit(unit))
}

/// The code by which leads name a channel partner: that of the choice with its name, which is made where there is none that is free.
fn partner_code(tx: &mut Tx<'_>, unit: &Unit) -> Result<i64> {
    let Catalog { choices, people, .. } = &*tx.ctx.catalog;
    if let Some(choice) = choices.find(Set::Partner, &unit.name) {
        match check::other_partner(people, &Unit { partner: Some(choice.code), ..unit.clone() }) {
            None => return Ok(choice.code),
            // it was renamed before its choice went with the name
            Some(other) => lists::rename(tx.db, Set::Partner, choice.code, &other.name)?,
        }
    }
    tx.catalog_changed();
    lists::add(tx.db, Set::Partner, &unit.name, None).map(|choice| choice.code)
}
