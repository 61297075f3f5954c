//! One row of a file as a lead: a new one, or changes to one that is here. Decides nothing about duplicates.

use crate::error::Result;
use crate::exchange::import::{LeadDraft, OwnerGuess, Planner};
use crate::model::choice::OPEN;
use crate::model::entity::RecordId;
use crate::model::field::FieldId;
use crate::model::people::Role;
use crate::model::record::Record;
use crate::model::rights::Rights;
use crate::model::rules;
use crate::model::value::{Owner, Value};
use crate::service::access;
use crate::service::act::Tx;
use crate::service::context::Context;
use crate::service::merge::check_not_merged;
use crate::service::record::change_record;
use crate::service::record::write::owner;
use crate::store::log::ChangeKind;
use crate::store::{self, Db, lists, people};

/// Adds the choices and the owner that a row needs and the database lacks, and puts them among its values.
pub(super) fn settle(tx: &mut Tx<'_>, draft: &mut LeadDraft, planner: &mut Planner<'_>) -> Result<()> {
    for new in std::mem::take(&mut draft.new_choices) {
        let choice = lists::add(tx.db, new.set, &new.label, None)?;
        draft.values.push((new.field, Value::Choice(choice.code)));
        planner.learn_choice(new.set, choice);
        tx.catalog_changed();
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
    let field = tx.ctx.catalog.lead.id("owner");
    draft.values.retain(|(id, _)| *id != field);
    draft.values.push((field, Value::Owner(owner)));
    Ok(())
}

/// What the record of a new lead holds: the defaults, then what the row says.
pub(super) fn record(tx: &Tx<'_>, draft: &LeadDraft, source: &str, number: i64) -> Record {
    let ctx = tx.ctx;
    let registry = &ctx.catalog.lead;
    let at = Value::Instant(ctx.now());
    let mut record = Record::new(RecordId::lead(number), ctx.ids.make(), 1, Vec::with_capacity(registry.len()));
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
    settle_state(ctx, &mut record, draft);
    rules::complete(registry, &mut record, &ctx.locale.currency);
    record
}

/// Makes reason and dates agree with the state: an import alone may give a state. A row that says when a lead was closed but not
/// when it was made is of a lead that was there by then, so it counts as made at its closing and not at its import.
fn settle_state(ctx: &Context, record: &mut Record, draft: &LeadDraft) {
    let registry = &ctx.catalog.lead;
    let state = record.named(registry, "status").as_int().unwrap_or(OPEN);
    let reason = record.named(registry, "status_reason").as_int().unwrap_or_default();
    if rules::check_reason_of(registry, &ctx.catalog.choices, state, reason).is_err() {
        record.set(registry.id("status_reason"), Value::Choice(rules::default_reason(state)));
    }
    let (created, closed) = (registry.id("created_at"), registry.id("closed_at"));
    if state == OPEN {
        record.set(closed, Value::None);
    } else if let (Some(made), Some(end)) = (record.get(created).as_int(), record.get(closed).as_int())
        && end < made
        && draft.has(closed)
        && !draft.has(created)
    {
        record.set(created, Value::Instant(end));
    }
}

/// Whether the acting user may write what a row says over a lead that is here.
pub(super) fn check_write(db: &Db, ctx: &Context, draft: &LeadDraft, number: i64) -> Result<()> {
    let registry = &ctx.catalog.lead;
    let stored = store::record::need(db, registry, number)?;
    let now = owner(registry, &stored);
    let moves = match &draft.owner {
        OwnerGuess::None => false,
        OwnerGuess::Known(owner) => now != Some(*owner),
        OwnerGuess::UnknownName(_) => true,
    };
    let needed = if moves { Rights::WRITE | Rights::ASSIGN } else { Rights::WRITE };
    access::check(db, ctx, stored.key, now, needed)
}

/// Writes what a row says over a lead that is here; what was only filled in is left as it is, and a lead that was merged into another
/// stays closed as it is. Whether anything changed.
pub(super) fn update(tx: &mut Tx<'_>, draft: &LeadDraft, number: i64) -> Result<bool> {
    let ctx = tx.ctx;
    let registry = &ctx.catalog.lead;
    let filled: Vec<FieldId> = draft.filled.iter().filter_map(|f| registry.find(f.field)).collect();
    let tags = registry.id("tags");
    let (_, changed) = change_record(tx, RecordId::lead(number), ChangeKind::Update, |stored| {
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
        settle_state(ctx, stored, draft);
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

/// Writes a new lead.
pub(super) fn insert(tx: &mut Tx<'_>, record: &Record) -> Result<()> {
    let unit = tx.ctx.catalog.people.units.first().map_or(1, |u| u.number);
    store::record::insert(tx.db, &tx.ctx.catalog.lead, record, unit)
}
