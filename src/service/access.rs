//! The one place that decides who may do what. Reads no record itself, and asks for shares only where role and ownership are not
//! enough.

use super::context::Context;
use crate::error::{Error, Result};
use crate::model::entity::RecordId;
use crate::model::people::Role;
use crate::model::rights::Rights;
use crate::model::value::Owner;
use crate::store::{self, Db};

/// Whether the acting user can act at all.
pub fn check_active(ctx: &Context) -> Result<()> {
    match ctx.catalog.people.user(ctx.user) {
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

/// What role and ownership give: all to an admin, and to a seller all on what is their own or their team's. Everybody reads.
fn standing(ctx: &Context, role: Role, principal: Owner, owner: Option<Owner>) -> Rights {
    match role {
        Role::Admin => Rights::ALL,
        Role::Seller if owner.is_some_and(|owner| stands_for(ctx, principal, owner)) => Rights::ALL,
        Role::Seller => Rights::READ,
    }
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
    Ok(standing(ctx, role, principal, owner) | shared(db, ctx, principal, record)?)
}

/// Whether the acting user has all of these rights on a record of this owner: an admin on any, a seller on their own and those of
/// their teams, and on others as far as they are shared with them or with one of their teams.
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

/// Whether the acting user may write a record of this owner, see [`check`].
pub fn check_write(db: &Db, ctx: &Context, record: RecordId, owner: Option<Owner>) -> Result<()> {
    check(db, ctx, record, owner, Rights::WRITE)
}

/// Whether the acting user may change people and lists, and purge.
pub fn check_admin(ctx: &Context, what: &str) -> Result<()> {
    check_active(ctx)?;
    match ctx.role {
        Role::Admin => Ok(()),
        Role::Seller => Err(Error::Denied(format!("{what} needs the admin role; {} has not", ctx.login()))),
    }
}
