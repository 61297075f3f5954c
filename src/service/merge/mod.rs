//! Merge: two leads, accounts or contacts that are the same one become one. The master stays, with the values that were chosen and
//! the children of both; the other is closed and points to it. All or nothing, one step. Source: message Merge.

mod compare;

pub use compare::{Children, Merging, RetrieveMerge, differing, new_tags, propose, same};

use crate::error::{Error, Result};
use crate::model::choice::{DISQUALIFIED, INACTIVE, OPEN, QUALIFIED};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{FieldId, Kind, Registry};
use crate::model::fold::fold;
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::Value;
use crate::service::act::{Act, Tx};
use crate::service::context::Context;
use crate::service::record::write::{change_record, check_not_erased, display_name, owner};
use crate::service::{access, activity, attachment, link, note};
use crate::store;
use crate::store::log::{Change, ChangeKind};

/// The name of the act in the log.
pub(in crate::service) const NAME: &str = "Merge";

/// The field that holds the master.
const MASTER: &str = "master";

/// The reason of a lead that was merged. Source: Canceled of statuscode.
const CANCELED: i64 = 7;
/// The reason of an account or a contact that was merged. Source: Inactive of statuscode.
const INACTIVE_REASON: i64 = 2;

/// Children that are moved between two words about how far the act is.
const STEP: usize = 256;

/// Merges two records of a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// The record that stays.
    pub master: RecordId,
    /// The record that is merged into it.
    pub other: RecordId,
    /// The fields whose value the master takes from the other; in all else it stays as it is.
    pub take: Vec<FieldId>,
}

impl Act for Merge {
    type Reply = Children;

    fn name(&self) -> &'static str {
        NAME
    }

    /// What moved to the master comes back. Records that refer to the other follow whoever owns them. Source: the message runs in
    /// the system's own context.
    fn run(self, tx: &mut Tx<'_>) -> Result<Children> {
        let ctx = tx.ctx;
        let registry = ctx.catalog.registry(self.master.entity);
        let (master, other) = check_pair(tx.db, ctx, self.master, self.other)?;
        for record in [&master, &other] {
            access::check_write(tx.db, ctx, record.key, owner(registry, record))?;
        }
        check_state(registry, &other)?;
        let values = values(ctx, registry, &master, &other, &self.take)?;
        let children = compare::children(tx.db, ctx, &other, master.key)?;

        let holding = store::related::holding(tx.db, &ctx.catalog, other.key)?;
        let notes = store::note::numbers_of(tx.db, other.key)?;
        let files = store::attachment::numbers_of(tx.db, other.key)?;
        let all = holding.len() + notes.len() + files.len();
        for (done, (record, field)) in holding.iter().enumerate().filter(|(_, (record, _))| *record != master.key) {
            change_record(tx, *record, ChangeKind::Update, |stored| {
                let is_any = ctx.catalog.field(*field).kind == Kind::Record;
                stored.set(*field, if is_any { Value::record(master.key) } else { Value::link(master.key.number) });
                Ok(())
            })?;
            advance(ctx, done, all)?;
        }
        for (done, number) in (holding.len()..).zip(&notes) {
            note::move_to(tx, *number, master.key)?;
            advance(ctx, done, all)?;
        }
        for (done, number) in (holding.len() + notes.len()..).zip(&files) {
            attachment::move_to(tx, *number, master.key)?;
            advance(ctx, done, all)?;
        }
        move_links(tx, master.key, other.key)?;
        activity::mail::move_also(tx, master.key, other.key)?;
        change_record(tx, master.key, ChangeKind::Update, |stored| {
            values.iter().for_each(|(field, value)| stored.set(*field, value.clone()));
            Ok(())
        })?;
        let at = ctx.now();
        change_record(tx, other.key, ChangeKind::Update, |stored| {
            close(registry, stored, at);
            stored.set(registry.id("merged"), Value::Bool(true));
            stored.set(registry.id(MASTER), Value::link(master.key.number));
            Ok(())
        })?;
        // the history of the master tells of it too
        let (record, about) = (other.key, master.key);
        let (field, new) = (MASTER.to_owned(), Some(master.key.number.to_string()));
        tx.log(Change { record, about, kind: ChangeKind::Update, field, old: None, new })?;
        let moved = children.words().map(|words| format!(" · {words} moved")).unwrap_or_default();
        let (name, number) = (display_name(ctx, &master), master.key);
        tx.say(format!("Merged {} into {name} ({number}){moved}", other.key));
        Ok(children)
    }
}

fn advance(ctx: &Context, done: usize, all: usize) -> Result<()> {
    if done.is_multiple_of(STEP) { ctx.advance(done as u64, all as u64) } else { Ok(()) }
}

/// Both records of a merge, if they can be merged at all: two of one kind, there, and not merged before.
fn check_pair(db: &store::Db, ctx: &Context, master: RecordId, other: RecordId) -> Result<(Record, Record)> {
    if let Some(odd) = [master, other]
        .iter()
        .find(|record| record.entity.is_child() || ctx.catalog.registry(record.entity).find(MASTER).is_none())
    {
        let headline = format!("{odd} is {} and cannot be merged", odd.entity.one());
        return Err(Error::refused(headline, "leads, accounts and contacts can, two of a kind"));
    }
    if master.entity != other.entity {
        let headline = format!("{master} is {} and {other} {}: they cannot be merged", master.entity.one(), other.entity.one());
        return Err(Error::refused(headline, "two leads, two accounts or two contacts can"));
    }
    if master == other {
        return Err(Error::refused(format!("{master} cannot be merged with itself"), "name another record"));
    }
    let registry = ctx.catalog.registry(master.entity);
    let need = |record: RecordId| {
        let stored = store::record::need(db, registry, record.number)?;
        check_not_erased(registry, &stored)?;
        if !stored.named(registry, "deleted_at").is_none() {
            return Err(Error::refused(format!("{record} is deleted and cannot be merged"), "O restores it first"));
        }
        check_not_merged(registry, &stored)?;
        Ok(stored)
    };
    Ok((need(master)?, need(other)?))
}

/// [`Error::Refused`] for a record that was merged into another: that one is worked on.
pub(in crate::service) fn check_not_merged(registry: &Registry, record: &Record) -> Result<()> {
    let merged = registry.find("merged").is_some_and(|id| record.get(id) == &Value::Bool(true));
    if !merged {
        return Ok(());
    }
    let headline = match record.named(registry, "master").as_int() {
        Some(number) => format!("{} was merged into {}; work on that", record.key, record.key.entity.numbered(number)),
        None => format!("{} was merged into a record that is gone", record.key),
    };
    Err(Error::refused(headline, "undoing the merge brings both back as they were"))
}

/// The record that was merged into the one whose history shows this change, if that is what it tells.
pub fn merged_into_it(change: &Change) -> Option<RecordId> {
    (change.field == MASTER && change.record != change.about).then_some(change.record)
}

/// A qualified lead became customers that stand for it, so it is not closed as another's double.
fn check_state(registry: &Registry, other: &Record) -> Result<()> {
    if other.key.entity == Entity::Lead && other.named(registry, "status").as_int() == Some(QUALIFIED) {
        return Err(Error::refused(
            format!("{} is qualified and cannot be merged into another lead", other.key),
            "make it the master, or reopen it first",
        ));
    }
    Ok(())
}

/// The new values of the master.
fn values(
    ctx: &Context,
    registry: &Registry,
    master: &Record,
    other: &Record,
    take: &[FieldId],
) -> Result<Vec<(FieldId, Value)>> {
    let mut values: Vec<(FieldId, Value)> = Vec::new();
    let is_open = master.named(registry, "status").as_int().unwrap_or(OPEN) == OPEN;
    let take = compare::with_currency(registry, master, other, take);
    for id in &take {
        if id.entity() != registry.entity() || !compare::is_mergeable(registry, *id) {
            let field = ctx.catalog.field(*id);
            let message = format!("{} is not taken from another record; the master keeps its own", field.label);
            return Err(Error::invalid(field.name, message));
        }
        let field = registry.field(*id);
        if !is_open && master.get(*id) != other.get(*id) && !rules::is_writable_when_closed(registry, field) {
            let state =
                rules::state_label(registry, &ctx.catalog.choices, master.named(registry, "status").as_int().unwrap_or_default());
            return Err(Error::refused(
                format!("{} is {state} and so read-only: {} stays as it is", master.key, field.label),
                "reopen it first, or keep the values of the master",
            ));
        }
        if field.required && other.get(*id).is_none() && !master.get(*id).is_none() {
            return Err(Error::invalid(field.name, format!("{} is needed, and {} has none", field.label, other.key)));
        }
        values.push((*id, other.get(*id).clone()));
    }
    compare::check_currency(registry, master, other, &take)?;
    // what would lead to itself leads nowhere
    let itself = |value: &Value| matches!(value, Value::Link(to) if to.number == master.key.number);
    let kept = registry.ids().filter(|(id, field)| field.kind == Kind::Lookup(master.key.entity) && !take.contains(id));
    for (id, _) in kept {
        if matches!(master.get(id), Value::Link(to) if to.number == other.key.number) {
            values.push((id, Value::None));
        }
    }
    for (id, value) in &mut values {
        if registry.field(*id).kind == Kind::Lookup(master.key.entity) && itself(value) {
            *value = Value::None;
        }
    }
    let new = compare::new_tags(registry, master, other);
    if !new.is_empty() {
        let mut tags = if let Value::Tags(tags) = master.named(registry, "tags") { tags.clone() } else { Vec::new() };
        tags.extend(new);
        tags.sort_by_key(|tag| fold(tag));
        values.push((registry.id("tags"), Value::Tags(tags)));
    }
    Ok(values)
}

/// The links of the other become those of the master. One that both have stays once, one between the two vanishes.
fn move_links(tx: &mut Tx<'_>, master: RecordId, other: RecordId) -> Result<()> {
    for (to, role) in store::link::of(tx.db, other)? {
        link::put(tx, other, to, None)?;
        if to == master {
            continue;
        }
        let kept = store::link::role(tx.db, master, to)?;
        if kept.as_deref().is_none_or(|kept| kept.is_empty() && !role.is_empty()) {
            link::put(tx, master, to, Some(&role))?;
        }
    }
    Ok(())
}

fn close(registry: &Registry, stored: &mut Record, at: i64) {
    let (state, reason) = match stored.key.entity {
        Entity::Lead => (DISQUALIFIED, CANCELED),
        _ => (INACTIVE, INACTIVE_REASON),
    };
    if stored.named(registry, "status").as_int() != Some(state) {
        stored.set(registry.id("closed_at"), Value::Instant(at));
    }
    stored.set(registry.id("status"), Value::Choice(state));
    stored.set(registry.id("status_reason"), Value::Choice(reason));
}
