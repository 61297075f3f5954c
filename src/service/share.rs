//! Sharing: a user or a team may do more with a record than role and ownership give, without a change of owner. Whether somebody may
//! do something is decided by access.rs. Source: messages GrantAccess, ModifyAccess and RevokeAccess, and the two that ask.

use crate::error::{Error, Result};
use crate::model::catalog::Catalog;
use crate::model::entity::RecordId;
use crate::model::record::Record;
use crate::model::rights::Rights;
use crate::model::value::Owner;
use crate::service::access;
use crate::service::act::{Act, Query, Tx};
use crate::service::context::Context;
use crate::service::record::write::{check_not_erased, display_name, owner};
use crate::store::log::{Change, ChangeKind};
use crate::store::{self, Db};

/// How the log names the field that a share is, before the code of the principal: `share:2`.
const FIELD: &str = "share:";

/// Adds rights to what a record is shared with somebody for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrantAccess {
    /// The record.
    pub record: RecordId,
    /// The user or team.
    pub principal: Owner,
    /// The rights that are added.
    pub rights: Rights,
}

/// Replaces the rights of a share that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModifyAccess {
    /// The record.
    pub record: RecordId,
    /// The user or team that it is shared with.
    pub principal: Owner,
    /// The rights from now on.
    pub rights: Rights,
}

/// Takes a share away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevokeAccess {
    /// The record.
    pub record: RecordId,
    /// The user or team that it is shared with.
    pub revokee: Owner,
}

/// Asks for all that a user or a team may do with a record: by role, ownership, team and share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetrievePrincipalAccess {
    /// The record.
    pub record: RecordId,
    /// The user or team.
    pub principal: Owner,
}

/// Asks with whom a record is shared and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetrieveSharedPrincipalsAndAccess {
    /// The record.
    pub record: RecordId,
}

impl Act for GrantAccess {
    type Reply = Rights;

    fn name(&self) -> &'static str {
        "GrantAccess"
    }

    /// All that it is shared for now comes back.
    fn run(self, tx: &mut Tx<'_>) -> Result<Rights> {
        let name = check(tx, self.record, self.principal, Some(self.rights))?;
        let old = store::share::get(tx.db, self.record, self.principal)?;
        let rights = old.unwrap_or_default() | self.rights;
        let with = tx.ctx.catalog.people.show(self.principal);
        if old == Some(rights) {
            tx.say(format!("{name} is shared with {with} for that already"));
            return Ok(rights);
        }
        put(tx, self.record, self.principal, Some(rights))?;
        tx.say(format!("Shared {name} with {with}: {}", rights.listed(", ")));
        Ok(rights)
    }
}

impl Act for ModifyAccess {
    type Reply = ();

    fn name(&self) -> &'static str {
        "ModifyAccess"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        let name = check(tx, self.record, self.principal, Some(self.rights))?;
        let with = tx.ctx.catalog.people.show(self.principal);
        match store::share::get(tx.db, self.record, self.principal)? {
            None => return Err(not_shared(self.record, &with)),
            Some(old) if old == self.rights => tx.say(format!("{name} is shared with {with} for that already")),
            Some(_) => {
                put(tx, self.record, self.principal, Some(self.rights))?;
                tx.say(format!("{name} is shared with {with} for other rights: {}", self.rights.listed(", ")));
            }
        }
        Ok(())
    }
}

impl Act for RevokeAccess {
    type Reply = ();

    fn name(&self) -> &'static str {
        "RevokeAccess"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        let name = check(tx, self.record, self.revokee, None)?;
        let with = tx.ctx.catalog.people.show(self.revokee);
        if store::share::get(tx.db, self.record, self.revokee)?.is_none() {
            return Err(not_shared(self.record, &with));
        }
        put(tx, self.record, self.revokee, None)?;
        tx.say(format!("{name} is no longer shared with {with}"));
        Ok(())
    }
}

impl Query for RetrievePrincipalAccess {
    type Reply = Rights;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Rights> {
        check_known(ctx, self.principal)?;
        let record = need(db, ctx, self.record)?;
        let owner = owner(ctx.catalog.registry(self.record.entity), &record);
        access::effective(db, ctx, self.principal, self.record, owner)
    }
}

impl Query for RetrieveSharedPrincipalsAndAccess {
    type Reply = Vec<(Owner, Rights)>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<(Owner, Rights)>> {
        need(db, ctx, self.record)?;
        store::share::of(db, self.record)
    }
}

/// The record, which has an owner.
fn need(db: &Db, ctx: &Context, record: RecordId) -> Result<Record> {
    if record.entity.is_child() {
        return Err(Error::refused(
            format!("{record} is {} and has no rights of its own", record.entity.one()),
            "name the record that it stands on",
        ));
    }
    store::record::need(db, ctx.catalog.registry(record.entity), record.number)
}

/// Whether there is such a user or team.
fn check_known(ctx: &Context, principal: Owner) -> Result<()> {
    let people = &ctx.catalog.people;
    let known = match principal {
        Owner::User(number) => people.user(number).is_some(),
        Owner::Team(number) => people.teams.iter().any(|team| team.number == number),
    };
    if known { Ok(()) } else { Err(Error::NotFound(format!("there is no {}", people.show(principal)))) }
}

fn not_shared(record: RecordId, with: &str) -> Error {
    Error::refused(format!("{record} is not shared with {with}"), format!("`leadbook access {record}` lists the shares"))
}

/// Whether a record can be shared with this principal for these rights, `None` taking them away, and the acting user may share it.
/// How messages call the record comes back.
fn check(tx: &Tx<'_>, record: RecordId, principal: Owner, rights: Option<Rights>) -> Result<String> {
    let ctx = tx.ctx;
    let stored = need(tx.db, ctx, record)?;
    let registry = ctx.catalog.registry(record.entity);
    let owner = owner(registry, &stored);
    check_not_erased(registry, &stored)?;
    access::check(tx.db, ctx, record, owner, Rights::SHARE)?;
    if !stored.named(registry, "deleted_at").is_none() {
        return Err(Error::refused(format!("{record} is deleted"), "restore it first: O, or `leadbook undelete`"));
    }
    check_known(ctx, principal)?;
    if let Some(rights) = rights {
        let with = ctx.catalog.people.show(principal);
        if rights.is_empty() {
            return Err(Error::invalid("rights", format!("say for which rights: {}", Rights::ALL.listed(", "))));
        }
        if let Owner::User(number) = principal
            && ctx.catalog.people.user(number).is_none_or(|user| !user.active)
        {
            return Err(Error::invalid("owner", format!("{with} is not an active user of this database")));
        }
        if owner == Some(principal) {
            return Err(Error::refused(
                format!("{record} belongs to {with}, who may do all with it already"),
                "share it with another",
            ));
        }
    }
    Ok(display_name(ctx, &stored))
}

/// Writes and logs what a record is shared with somebody for; `None` takes the share away. Nobody gives a right that they have not:
/// else who may only share could help themselves to the rest.
pub(in crate::service) fn put(tx: &mut Tx<'_>, record: RecordId, principal: Owner, rights: Option<Rights>) -> Result<()> {
    let stored = need(tx.db, tx.ctx, record)?;
    let old = store::share::get(tx.db, record, principal)?;
    let given = rights.unwrap_or_default().without(old.unwrap_or_default());
    let owner = owner(tx.ctx.catalog.registry(record.entity), &stored);
    access::check(tx.db, tx.ctx, record, owner, Rights::SHARE | given)?;
    if old == rights {
        return Ok(());
    }
    store::share::put(tx.db, record, principal, rights)?;
    tx.count();
    tx.log(Change {
        record,
        about: record,
        kind: ChangeKind::Update,
        field: format!("{FIELD}{}", principal.code()),
        old: old.map(|rights| rights.to_string()),
        new: rights.map(|rights| rights.to_string()),
    })
}

/// The user or team of a change that is about a share.
pub fn shared_with(field: &str) -> Option<Owner> {
    Owner::of_code(field.strip_prefix(FIELD)?.parse().ok()?)
}

/// What a change of a share did, in words: `shared with bo: read, write`.
pub fn words(catalog: &Catalog, change: &Change) -> Option<String> {
    let with = catalog.people.show(shared_with(&change.field)?);
    Some(match change.new.as_deref() {
        None => format!("no longer shared with {with}"),
        Some(rights) => format!("shared with {with}: {}", rights.replace(',', ", ")),
    })
}
