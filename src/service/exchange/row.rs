//! One row of a file as a record: a new one, or changes to one that is here. Decides nothing about duplicates.

use super::refer::{Late, keep};
use super::{activity, note};
use crate::error::{Error, Result};
use crate::exchange::import::{Draft, OwnerGuess, Planner, Reference, RowProblem};
use crate::model::choice::{Choices, OPEN, Set, WON};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{FieldId, Registry};
use crate::model::people::Role;
use crate::model::record::Record;
use crate::model::rights::Rights;
use crate::model::rules;
use crate::model::value::{Owner, Value};
use crate::service::access;
use crate::service::act::Tx;
use crate::service::context::Context;
use crate::service::list;
use crate::service::merge::check_not_merged;
use crate::service::record::change_record;
use crate::service::record::reopen::OF_THE_END;
use crate::service::record::write::owner;
use crate::store::log::ChangeKind;
use crate::store::{self, Db, people};

/// Adds the choices and the owner that a row needs and the database lacks, and puts them among its values.
pub(super) fn settle(tx: &mut Tx<'_>, entity: Entity, draft: &mut Draft, planner: &mut Planner<'_>) -> Result<()> {
    for new in std::mem::take(&mut draft.new_choices) {
        let choice = list::make(tx, new.set, &new.label, new.state)?;
        draft.values.push((new.field, Value::Choice(choice.code)));
        planner.learn_choice(new.set, choice);
    }
    let owner = match &draft.owner {
        OwnerGuess::None => return Ok(()),
        OwnerGuess::Known(owner) => *owner,
        OwnerGuess::UnknownName(name) => {
            let ctx = tx.ctx;
            let unit = ctx.catalog.people.units.first().map_or(1, |u| u.number);
            let login: String = name.split_whitespace().collect::<Vec<_>>().join(".").to_lowercase().replace([',', ':'], "");
            let login = people::free_login(tx.db, &login)?;
            let number = people::add_user(tx.db, ctx.ids.make(), &login, name, Role::Seller, false, unit)?;
            planner.learn_owner(name, Owner::User(number));
            tx.catalog_changed();
            Owner::User(number)
        }
    };
    draft.owner = OwnerGuess::Known(owner);
    let field = tx.ctx.catalog.registry(entity).id("owner");
    draft.values.retain(|(id, _)| *id != field);
    draft.values.push((field, Value::Owner(owner)));
    Ok(())
}

/// What a new record holds: the defaults, then what the row says.
pub(super) fn record(tx: &Tx<'_>, draft: &Draft, source: &str, key: RecordId, choices: &Choices) -> Record {
    let ctx = tx.ctx;
    let registry = ctx.catalog.registry(key.entity);
    let at = Value::Instant(ctx.now());
    let mut record = Record::new(key, ctx.ids.make(), 1, Vec::with_capacity(registry.len()));
    let own = [
        (registry.id("owner"), Value::Owner(Owner::User(ctx.user))),
        (registry.id("created_at"), at.clone()),
        (registry.id("created_by"), Value::User(ctx.user)),
        (registry.id("modified_at"), at),
        (registry.id("modified_by"), Value::User(ctx.user)),
        (registry.id("import_source"), Value::text(source)),
        (registry.id("import_key"), Value::text(draft.import_key.as_str())),
        (registry.id("imported_rest"), Value::text(draft.whole_rest())),
        (registry.id("incomplete"), Value::text(draft.incomplete())),
    ];
    for (id, value) in rules::defaults(registry).into_iter().chain(own).chain(draft.values.iter().cloned()) {
        record.set(id, value);
    }
    if key.entity == Entity::Activity {
        activity::settle(ctx.now(), registry, &mut record, draft);
    }
    settle_state(ctx, choices, &mut record, draft);
    complete_end(registry, &mut record, draft);
    rules::complete(registry, &mut record, &ctx.locale.currency);
    if key.entity == Entity::Activity {
        activity::clear_end(registry, &mut record);
    }
    record
}

/// Makes reason and dates agree with the state: an import alone may give a state. A row that says when a lead was closed but not
/// when it was made is of a record that was there by then, so it counts as made at its closing and not at its import.
fn settle_state(ctx: &Context, choices: &Choices, record: &mut Record, draft: &Draft) {
    let registry = ctx.catalog.registry(record.key.entity);
    let state = record.named(registry, "status").as_int().unwrap_or(OPEN);
    let reason = record.named(registry, "status_reason").as_int().unwrap_or_default();
    if rules::check_reason_of(registry, choices, state, reason).is_err()
        && let Some(usual) = rules::first_reason(rules::state_sets(registry).1, choices, state)
    {
        record.set(registry.id("status_reason"), Value::Choice(usual));
    }
    let (created, closed) = (registry.id("created_at"), registry.id("closed_at"));
    if state == OPEN {
        for id in OF_THE_END.iter().filter_map(|name| registry.find(name)) {
            record.set(id, Value::None);
        }
    } else if let (Some(made), Some(end)) = (record.get(created).as_int(), record.get(closed).as_int())
        && end < made
        && draft.has(closed)
        && !draft.has(created)
    {
        record.set(created, Value::Instant(end));
    }
}

/// A sale that another program closed ended on the day and with the revenue that were expected, where it says no others. Source: a won
/// opportunity takes the estimated revenue.
fn complete_end(registry: &Registry, record: &mut Record, draft: &Draft) {
    let state = record.named(registry, "status").as_int().unwrap_or(OPEN);
    let is_ours = draft.own_id.is_some() || draft.own_number.is_some();
    if rules::state_sets(registry).0 != Set::OpportunityState || state == OPEN || is_ours {
        return;
    }
    for (end, expected) in [("actual_close_date", "estimated_close_date"), ("actual_value", "estimated_value")] {
        if record.named(registry, end).is_none() && (end == "actual_close_date" || state == WON) {
            let value = record.named(registry, expected).clone();
            record.set(registry.id(end), value);
        }
    }
}

/// Why a row cannot stand where it says: nobody may write on another's record but by right, and a note needs a record and some text.
pub(super) fn check_place(db: &Db, ctx: &Context, draft: &Draft, entity: Entity) -> Result<Option<RowProblem>> {
    if !entity.has_regarding() && entity != Entity::Note {
        return Ok(None);
    }
    let on = draft.get(ctx.catalog.registry(entity).id("regarding")).and_then(Value::as_record);
    let said = match on.filter(|_| ctx.role != Role::Admin) {
        Some(key) => {
            let registry = ctx.catalog.registry(key.entity);
            let stored = store::record::need(db, registry, key.number)?;
            access::check(db, ctx, key, owner(registry, &stored), Rights::WRITE)
        }
        None => Ok(()),
    };
    match said.and_then(|()| if entity == Entity::Note { note::check(ctx, draft) } else { Ok(()) }) {
        Ok(()) => Ok(None),
        Err(Error::Invalid(problems)) => Ok(problems.first().map(|problem| RowProblem {
            field: problem.field.clone(),
            message: problem.message.clone(),
            example: String::new(),
        })),
        Err(denied @ Error::Denied(_)) => {
            let (field, message) = ("regarding".to_owned(), denied.headline());
            Ok(Some(RowProblem { field, message, example: String::new() }))
        }
        Err(other) => Err(other),
    }
}

/// Whether the acting user may write what a row says over a record that is here.
pub(super) fn check_write(db: &Db, ctx: &Context, draft: &Draft, key: RecordId) -> Result<()> {
    let registry = ctx.catalog.registry(key.entity);
    let stored = store::record::need(db, registry, key.number)?;
    let now = owner(registry, &stored);
    let moves = match &draft.owner {
        OwnerGuess::None => false,
        OwnerGuess::Known(owner) => now != Some(*owner),
        OwnerGuess::UnknownName(_) => true,
    };
    let needed = if moves { Rights::WRITE | Rights::ASSIGN } else { Rights::WRITE };
    access::check(db, ctx, stored.key, now, needed)
}

/// Writes what a row says over a record that is here; what was only filled in is left as it is, and a record that was merged into another
/// stays closed as it is. Whether anything changed.
pub(super) fn update(tx: &mut Tx<'_>, draft: &Draft, key: RecordId, choices: &Choices) -> Result<bool> {
    let ctx = tx.ctx;
    let registry = ctx.catalog.registry(key.entity);
    let filled: Vec<FieldId> = draft.filled.iter().filter_map(|f| registry.find(f.field)).collect();
    let tags = registry.id("tags");
    let (_, changed) = change_record(tx, key, ChangeKind::Update, |stored| {
        if check_not_merged(registry, stored).is_err() {
            return Ok(());
        }
        for (id, value) in draft.values.iter().filter(|(id, _)| !filled.contains(id)) {
            let value = match (value, stored.get(*id)) {
                (Value::Tags(new), Value::Tags(old)) if *id == tags => Value::Tags(merge(old, new)),
                (value, _) => value.clone(),
            };
            stored.set(*id, value);
        }
        let rest = draft.whole_rest();
        if !rest.is_empty() {
            stored.set(registry.id("imported_rest"), Value::text(rest));
        }
        settle_state(ctx, choices, stored, draft);
        Ok(())
    })?;
    Ok(changed)
}

fn merge(old: &[String], new: &[String]) -> Vec<String> {
    let mut tags = old.to_vec();
    tags.extend(new.iter().filter(|t| !old.contains(t)).cloned());
    tags.sort();
    tags
}

/// Writes a new record.
pub(super) fn insert(tx: &mut Tx<'_>, record: &Record) -> Result<()> {
    let unit = tx.ctx.catalog.people.units.first().map_or(1, |u| u.number);
    store::record::insert(tx.db, tx.ctx.catalog.registry(record.key.entity), record, unit)
}

/// Writes a reference that could be looked up only when all rows were read, or keeps its text. A record that this import made gets it as
/// if it had been there at once, without a line in the log.
pub(super) fn refer_late(tx: &mut Tx<'_>, key: RecordId, is_new: bool, late: &Late) -> Result<()> {
    let registry = tx.ctx.catalog.registry(key.entity);
    let rest = registry.id("imported_rest");
    let edit = |record: &mut Record| match &late.meant {
        Ok(number) => record.set(late.field, Value::link(*number)),
        Err(_) => {
            let mut draft = Draft { rest: record.get(rest).as_text().to_owned(), ..Draft::default() };
            // an import of the same file keeps them once
            let here = |cell: &&Reference| draft.rest.contains(&format!("{}: {}", cell.heading, cell.text));
            let cells: Vec<Reference> = late.cells.iter().filter(|cell| !here(cell)).cloned().collect();
            keep(&mut draft, &cells);
            record.set(rest, Value::text(draft.rest));
        }
    };
    if is_new {
        let mut record = store::record::need(tx.db, registry, key.number)?;
        edit(&mut record);
        return store::record::update(tx.db, registry, &record, &[late.field, rest]);
    }
    change_record(tx, key, ChangeKind::Update, |record| {
        if check_not_merged(registry, record).is_ok() {
            edit(record);
        }
        Ok(())
    })
    .map(|_| ())
}
