//! Activities beside their fields: planned, done, canceled, moved, and what a contact means for the lead that it was with. Draws nothing.

pub mod claim;
pub mod complete;
pub mod mail;
pub mod plan;
pub mod today;
pub mod wrap_up;

use crate::error::{Error, Result};
use crate::model::activity::{EMAIL, FAX, LETTER, OUTGOING, PHONE_CALL, is_open};
use crate::model::choice::{CONTACTED, NEW, OPEN};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::Registry;
use crate::model::record::Record;
use crate::model::rights::Rights;
use crate::model::rules;
use crate::model::value::Value;
use crate::service::access;
use crate::service::act::Tx;
use crate::service::context::Context;
use crate::service::record::write::{change_record, check_not_erased, owner};
use crate::store::log::ChangeKind;
use crate::store::{self, Db};

/// Whether the acting user may write an activity: their own, or one on a record that they may write.
fn check_write(db: &Db, ctx: &Context, activity: &Record) -> Result<()> {
    let registry = &ctx.catalog.activity;
    let denied = match access::check_write(db, ctx, activity.key, owner(registry, activity)) {
        Ok(()) => return Ok(()),
        Err(denied) => denied,
    };
    match activity.named(registry, "regarding").as_record() {
        Some(about) => check_about(db, ctx, about).map(|_| ()).map_err(|_| denied),
        None => Err(denied),
    }
}

/// Checks that a record is there, takes activities, and may be written; it comes back.
fn check_about(db: &Db, ctx: &Context, about: RecordId) -> Result<Record> {
    if !about.entity.takes_activities() {
        let headline = format!("{about} is {}: no activity stands on it", about.entity.one());
        return Err(Error::refused(headline, "activities stand on leads, accounts, contacts, opportunities and requests"));
    }
    let registry = ctx.catalog.registry(about.entity);
    let record = store::record::need(db, registry, about.number)?;
    check_not_erased(registry, &record)?;
    if !record.named(registry, "deleted_at").is_none() {
        return Err(Error::refused(format!("{about} is deleted"), "restore it first: O, or `leadbook undelete`"));
    }
    access::check(db, ctx, about, owner(registry, &record), Rights::WRITE)?;
    Ok(record)
}

/// Refuses what is no open activity. Source: completed and canceled activities are read-only.
fn check_open(ctx: &Context, activity: &Record) -> Result<()> {
    let registry = &ctx.catalog.activity;
    if !activity.named(registry, "deleted_at").is_none() {
        return Err(Error::refused(format!("{} is deleted", activity.key), "restore it first: O, or `leadbook undelete`"));
    }
    let state = activity.named(registry, "status").as_int().unwrap_or(OPEN);
    if is_open(state) {
        return Ok(());
    }
    let state = rules::state_label(registry, &ctx.catalog.choices, state);
    Err(Error::refused(format!("{} is {state} already", activity.key), "reopen it first: O, or `leadbook reopen`"))
}

/// What a record says about being contacted in this way: the label of the preference that forbids it.
pub fn forbidden(registry: &Registry, record: &Record, kind: i64) -> Option<&'static str> {
    let (field, words) = match kind {
        PHONE_CALL => ("do_not_phone", "do not phone"),
        EMAIL => ("do_not_email", "do not e-mail"),
        LETTER => ("do_not_mail", "do not send letters"),
        FAX => ("do_not_fax", "do not fax"),
        _ => return None,
    };
    let id = registry.find(field)?;
    (*record.get(id) == Value::Bool(true)).then_some(words)
}

/// An outgoing contact with a lead is done: one that nobody had spoken to counts as contacted from then on.
pub(in crate::service) fn contacted(tx: &mut Tx<'_>, activity: &Record) -> Result<bool> {
    let ctx = tx.ctx;
    let (registry, lead) = (&ctx.catalog.activity, &ctx.catalog.lead);
    let code = |name| activity.named(registry, name).as_int();
    let is_contact = matches!(code("kind"), Some(PHONE_CALL | EMAIL)) && code("direction") == Some(OUTGOING);
    let about = activity.named(registry, "regarding").as_record().filter(|about| about.entity == Entity::Lead);
    let Some(about) = about.filter(|_| is_contact) else { return Ok(false) };
    let is_new = |record: &Record| {
        record.named(lead, "status").as_int() == Some(OPEN) && record.named(lead, "status_reason").as_int() == Some(NEW)
    };
    let (_, changed) = change_record(tx, about, ChangeKind::Update, |record| {
        if is_new(record) {
            record.set(lead.id("status_reason"), Value::Choice(CONTACTED));
        }
        Ok(())
    })?;
    Ok(changed)
}
