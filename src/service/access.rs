//! The one place that decides who may do what. Reads no record itself, and asks for shares only where role and ownership are not
//! enough.

use std::collections::HashMap;

use super::context::Context;
use super::setup::Row;
use crate::error::{Error, Result};
use crate::model::definition::Body;
use crate::model::entity::{Entity, RecordId};
use crate::model::people::Role;
use crate::model::rights::Rights;
use crate::model::value::Owner;
use crate::store::log::Change;
use crate::store::{self, Db};

/// Whether the acting user can act at all: is known, active, and does not only read.
pub fn check_active(ctx: &Context) -> Result<()> {
    match ctx.catalog.people.user(ctx.user) {
        Some(user) if user.active && ctx.role == Role::ReadOnly => {
            Err(Error::Denied(format!("{} only reads: the role read-only makes and changes nothing", user.login)))
        }
        Some(user) if user.active => Ok(()),
        Some(user) => Err(Error::Denied(format!("{} cannot act in this database: the user is inactive", user.login))),
        None => Err(Error::Denied("the acting user is not known in this database".into())),
    }
}

/// Whether what is another's counts as the principal's: it is themself, or a team that they are in.
fn stands_for(ctx: &Context, principal: Owner, other: Owner) -> bool {
    match (principal, other) {
        (Owner::User(user), Owner::Team(team)) => ctx.catalog.people.teams_of(user).any(|t| t.number == team),
        _ => principal == other,
    }
}

/// What role and ownership give: all to an admin, to a manager all of what is owned in their unit and below, to a seller all of what is
/// their own or their team's. Everybody reads. Source: the depths of access of security roles, organization, parent and child units,
/// user, none.
fn standing(ctx: &Context, role: Role, principal: Owner, owner: Option<Owner>) -> Rights {
    let people = &ctx.catalog.people;
    let own = || owner.is_some_and(|owner| stands_for(ctx, principal, owner));
    let below = || match (people.unit_of(principal), owner.and_then(|owner| people.unit_of(owner))) {
        (Some(above), Some(unit)) => people.is_within(unit, above),
        _ => false,
    };
    match role {
        Role::Admin => Rights::ALL,
        Role::Manager if own() || below() => Rights::ALL,
        Role::Seller if own() => Rights::ALL,
        Role::Manager | Role::Seller | Role::ReadOnly => Rights::READ,
    }
}

/// Whether the acting user is the manager of a unit: it is theirs or lies below it.
pub fn manages(ctx: &Context, unit: i64) -> bool {
    let people = &ctx.catalog.people;
    ctx.role == Role::Manager && people.user(ctx.user).is_some_and(|me| people.is_within(unit, me.unit))
}

/// Whether the acting user may take changes of users, teams, units and definitions back: those who may make them.
pub fn check_setup(ctx: &Context, changes: &[Change]) -> Result<()> {
    let own = |text: &Option<String>| {
        let Some(Ok(Row::Definition(definition))) = text.as_deref().map(|text| Row::of_log(Entity::Definition, text)) else {
            return text.is_none();
        };
        match definition.body {
            Body::View(_) => definition.owner == Some(ctx.user),
            Body::Rule(rule) => rule.unit.is_some_and(|unit| manages(ctx, unit)),
            _ => false,
        }
    };
    let is_own = |change: &Change| change.record.entity == Entity::Definition && own(&change.old) && own(&change.new);
    if changes.iter().all(is_own) { check_active(ctx) } else { check_admin(ctx, "taking back a change of people or rules") }
}

/// What the shares of a record give to a user, those of their teams too, or to a team.
fn shared(db: &Db, ctx: &Context, principal: Owner, record: RecordId) -> Result<Rights> {
    let shares = store::share::of(db, record)?.into_iter().filter(|(with, _)| stands_for(ctx, principal, *with));
    Ok(shares.fold(Rights::NONE, |all, (_, rights)| all | rights))
}

/// All that a user or a team may do with a record of this owner: by role, ownership, team and share. An inactive user may nothing.
pub fn effective(db: &Db, ctx: &Context, principal: Owner, record: RecordId, owner: Option<Owner>) -> Result<Rights> {
    let role = match principal {
        Owner::Team(_) => Role::Seller,
        Owner::User(number) => match ctx.catalog.people.user(number) {
            Some(user) if user.active => user.role,
            _ => return Ok(Rights::NONE),
        },
    };
    let standing = standing(ctx, role, principal, owner);
    // a share gives nobody more than their role can do
    Ok(if role == Role::ReadOnly { standing } else { standing | shared(db, ctx, principal, record)? })
}

/// Whether the acting user has all of these rights on a record of this owner: an admin on any, a manager on those of their unit and
/// below, a seller on their own and those of their teams, and on others as far as they are shared with them or with one of their teams.
pub fn check(db: &Db, ctx: &Context, record: RecordId, owner: Option<Owner>, needed: Rights) -> Result<()> {
    check_active(ctx)?;
    let me = Owner::User(ctx.user);
    let missing = needed.without(standing(ctx, ctx.role, me, owner));
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.without(shared(db, ctx, me, record)?);
    if missing.is_empty() {
        return Ok(());
    }
    let owner = owner.map_or_else(|| "nobody".to_owned(), |o| ctx.catalog.people.show(o));
    let missing = missing.listed(" and ");
    Err(Error::Denied(format!(
        "{record} belongs to {owner}; {} may not {missing} it: it is neither their own nor their team's, nor shared with them for that",
        ctx.login()
    )))
}

/// Those among records of one kind, each with the code of its owner, on which the acting user has all of these rights, in their order; as
/// [`check`] says it of one, but asked for all at once.
pub fn among(db: &Db, ctx: &Context, entity: Entity, owned: &[(i64, i64)], needed: Rights) -> Result<Vec<i64>> {
    check_active(ctx)?;
    let me = Owner::User(ctx.user);
    let mut missing: HashMap<i64, Rights> = HashMap::new();
    for (_, owner) in owned {
        let lacks = || needed.without(standing(ctx, ctx.role, me, Owner::of_code(*owner)));
        missing.entry(*owner).or_insert_with(lacks);
    }
    let mut shared: HashMap<i64, Rights> = HashMap::new();
    if missing.values().any(|missing| !missing.is_empty()) {
        let teams = ctx.catalog.people.teams_of(ctx.user).map(|team| Owner::Team(team.number));
        for principal in std::iter::once(me).chain(teams) {
            for (record, rights) in store::share::with(db, entity, principal)? {
                let all = shared.entry(record).or_insert(Rights::NONE);
                *all = *all | rights;
            }
        }
    }
    let may = |(record, owner): &&(i64, i64)| {
        let missing = missing.get(owner).copied().unwrap_or(needed);
        missing.without(shared.get(record).copied().unwrap_or(Rights::NONE)).is_empty()
    };
    Ok(owned.iter().filter(may).map(|(record, _)| *record).collect())
}

/// Whether the acting user may write a record of this owner, see [`check`].
pub fn check_write(db: &Db, ctx: &Context, record: RecordId, owner: Option<Owner>) -> Result<()> {
    check(db, ctx, record, owner, Rights::WRITE)
}

/// Whether the acting user may change people and lists, and purge.
pub fn check_admin(ctx: &Context, what: &str) -> Result<()> {
    check_active(ctx)?;
    match ctx.role {
        Role::Admin => Ok(()),
        _ => Err(Error::Denied(format!("{what} needs the admin role; {} has not", ctx.login()))),
    }
}
