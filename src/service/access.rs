//! The one place that decides who may do what. Reads no record itself.

use super::context::Context;
use crate::error::{Error, Result};
use crate::model::entity::RecordId;
use crate::model::people::Role;
use crate::model::value::Owner;

/// Whether the acting user can act at all.
pub fn check_active(ctx: &Context) -> Result<()> {
    match ctx.catalog.people.user(ctx.user) {
        Some(user) if user.active => Ok(()),
        Some(user) => Err(Error::Denied(format!("{} cannot act in this database: the user is inactive", user.login))),
        None => Err(Error::Denied("the acting user is not known in this database".into())),
    }
}

/// Whether the acting user may write a record of this owner: an admin any, a seller their own and those of their teams.
pub fn check_write(ctx: &Context, record: RecordId, owner: Option<Owner>) -> Result<()> {
    check_active(ctx)?;
    let allowed = match (ctx.role, owner) {
        (Role::Admin, _) => true,
        (Role::Seller, Some(Owner::User(user))) => user == ctx.user,
        (Role::Seller, Some(Owner::Team(team))) => ctx.catalog.people.teams_of(ctx.user).any(|t| t.number == team),
        (Role::Seller, None) => false,
    };
    if allowed {
        return Ok(());
    }
    let owner = owner.map_or_else(|| "nobody".to_owned(), |o| ctx.catalog.people.show(o));
    Err(Error::Denied(format!("{record} belongs to {owner}; {} may write only what is their own or their team's", ctx.login())))
}

/// Whether the acting user may change people and lists, and purge.
pub fn check_admin(ctx: &Context, what: &str) -> Result<()> {
    check_active(ctx)?;
    match ctx.role {
        Role::Admin => Ok(()),
        Role::Seller => Err(Error::Denied(format!("{what} needs the admin role; {} has not", ctx.login()))),
    }
}
