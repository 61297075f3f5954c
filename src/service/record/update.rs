//! Update: new values for fields of records. Source: message Update; a closed lead is read-only, a stale save is refused.

use std::cell::RefCell;

use super::links;
use super::write::{self, change_each, change_record};
use crate::error::{Clash, Conflict, Error, Result};
use crate::model::activity::{self, APPOINTMENT};
use crate::model::choice::OPEN;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{Field, FieldId, Registry};
use crate::model::record::Record;
use crate::model::rights::Rights;
use crate::model::rules;
use crate::model::value::Value;
use crate::service::act::{Act, Tx};
use crate::service::context::Context;
use crate::service::scope::Targets;
use crate::service::{access, line};
use crate::store::Db;
use crate::store::log::{self, ChangeKind};

/// Writes fields of one record, as a form or a field edited in place does.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateRecord {
    /// The record.
    pub record: RecordId,
    /// The version that was on the screen; `None` writes over whatever is there.
    pub version: Option<i64>,
    /// What each field held on the screen, so that a stale save can tell which fields clash. May be empty.
    pub seen: Vec<(FieldId, Value)>,
    /// The new values.
    pub values: Vec<(FieldId, Value)>,
}

impl Act for UpdateRecord {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "Update"
    }

    /// The new version comes back. [`Error::Conflict`] when a typed field was changed by somebody else meanwhile; fields
    /// that others changed and nobody typed are no conflict.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let ctx = tx.ctx;
        let registry = ctx.catalog.registry(self.record.entity);
        let mut clash = Vec::new();
        let (record, changed) = {
            let db = tx.db;
            change_record(tx, self.record, ChangeKind::Update, |stored| {
                if self.version.is_some_and(|version| version != stored.version) {
                    clash = clashes(ctx, stored, &self);
                }
                if !clash.is_empty() {
                    return Err(conflict(db, ctx, stored, std::mem::take(&mut clash)));
                }
                check(db, ctx, stored, &self.values)?;
                apply(ctx, stored, &self.values)?;
                value_by_hand(db, ctx, stored, &self.values)?;
                rules::complete(registry, stored, &ctx.locale.currency);
                rules::check_required(registry, stored)
            })?
        };
        if changed {
            tx.say(summary(ctx, &record, &self.values));
        }
        Ok(record.version)
    }
}

/// Writes the same values on many records: rating, status reason, any field.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateRecords {
    /// Which records.
    pub targets: Targets,
    /// The new values.
    pub values: Vec<(FieldId, Value)>,
    /// Whether closed leads among others are left out, instead of refusing all for them.
    pub leave_out_closed: bool,
}

impl Act for UpdateRecords {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "UpdateMultiple"
    }

    /// How many records changed comes back.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let (db, ctx) = (tx.db, tx.ctx);
        let entity = self.targets.entity();
        let registry = ctx.catalog.registry(entity);
        let writes_open = self.values.iter().any(|(id, _)| !rules::is_writable_when_closed(registry, registry.field(*id)));
        // how many were left out, and how the first would have been refused
        let left_out: RefCell<(usize, Option<Error>)> = RefCell::default();
        let each = change_each(tx, &self.targets, ChangeKind::Update, |stored| {
            let is_closed = !rules::is_open(entity, stored.named(registry, "status").as_int().unwrap_or(OPEN));
            match check(db, ctx, stored, &self.values) {
                Err(refused) if self.leave_out_closed && is_closed && writes_open && !matches!(refused, Error::Denied(_)) => {
                    let mut left_out = left_out.borrow_mut();
                    left_out.0 += 1;
                    left_out.1.get_or_insert(refused);
                    return Ok(());
                }
                checked => checked?,
            }
            apply(ctx, stored, &self.values)?;
            value_by_hand(db, ctx, stored, &self.values)?;
            rules::check_required(registry, stored)
        })?;
        let tail = match left_out.into_inner() {
            (count, Some(refused)) if count == each.asked => return Err(refused),
            (0, _) => String::new(),
            (1, _) => " · 1 closed one left out".to_owned(),
            (count, _) => format!(" · {count} closed ones left out"),
        };
        let whom = match each.changed {
            _ if each.asked == 1 => each.name,
            changed => format!("{changed} {}", entity.counted(changed.unsigned_abs())),
        };
        match self.values.as_slice() {
            [(id, value)] => tx.say(format!("{}{tail}", one_field(ctx, registry.field(*id), value, "", &whom))),
            values => tx.say(format!("Changed {} of {whom}{tail}", labels(registry, values))),
        }
        Ok(each.changed)
    }
}

/// Whether the acting user may write these values on this record; another owner is a matter of assigning.
fn check(db: &Db, ctx: &Context, stored: &Record, values: &[(FieldId, Value)]) -> Result<()> {
    let registry = ctx.catalog.registry(stored.key.entity);
    let owner = registry.id("owner");
    let needed = values.iter().fold(Rights::NONE, |needed, (id, value)| match *id == owner {
        true if stored.get(owner) == value => needed,
        true => needed | Rights::ASSIGN,
        false => needed | Rights::WRITE,
    });
    let needed = if needed.is_empty() { Rights::WRITE } else { needed };
    access::check(db, ctx, stored.key, write::owner(registry, stored), needed)?;
    if !stored.named(registry, "deleted_at").is_none() {
        return Err(Error::refused(format!("{} is deleted", stored.key), "restore it first: O, or `leadbook undelete`"));
    }
    links::check_values(db, ctx, stored.key, registry, values, Some(stored))?;
    let state = stored.named(registry, "status").as_int().unwrap_or(OPEN);
    for (id, value) in values {
        let field = registry.field(*id);
        if !write::is_editable(registry, *id) {
            return Err(Error::invalid(field.name, format!("{} is kept by the program and cannot be written", field.label)));
        }
        if !rules::is_open(stored.key.entity, state)
            && !rules::is_writable_when_closed(registry, field)
            && stored.get(*id) != value
        {
            let state = rules::state_label(registry, &ctx.catalog.choices, state);
            return Err(Error::refused(
                format!("{} is {state} and so read-only: {} stays as it is", stored.key, field.label),
                format!("notes, tags and the owner of a closed {} can still be changed", stored.key.entity.name()),
            ));
        }
        if field.name == "status_reason" {
            rules::check_reason_of(registry, &ctx.catalog.choices, state, value.as_int().unwrap_or_default())?;
        }
    }
    Ok(())
}

/// The value of an opportunity is the sum of its products or given by hand: who writes it gives it by hand, who asks for the sum gets it.
fn value_by_hand(db: &Db, ctx: &Context, stored: &mut Record, values: &[(FieldId, Value)]) -> Result<()> {
    if stored.key.entity != Entity::Opportunity {
        return Ok(());
    }
    let registry = &ctx.catalog.opportunity;
    let (flag, value) = (registry.id("value_from_products"), registry.id("estimated_value"));
    let written = |id: FieldId| values.iter().any(|(of, _)| *of == id);
    if written(flag) && *stored.get(flag) == Value::Bool(true) {
        let sum = line::sum(db, stored.key)?;
        stored.set(value, sum.map_or(Value::None, Value::Money));
    } else if written(value) {
        stored.set(flag, Value::Bool(false));
    }
    Ok(())
}

fn apply(ctx: &Context, stored: &mut Record, values: &[(FieldId, Value)]) -> Result<()> {
    let before = stored.clone();
    for (id, value) in values {
        stored.set(*id, value.clone());
    }
    if stored.key.entity != Entity::Activity {
        return Ok(());
    }
    let registry = &ctx.catalog.activity;
    activity::follow(registry, &before, stored);
    let held = |name| stored.named(registry, name).as_int();
    match (held("kind"), held("starts_at"), held("due_at")) {
        (Some(APPOINTMENT), Some(start), Some(end)) if end < start => {
            Err(Error::invalid("due_at", "the end of an appointment is before its start"))
        }
        _ => Ok(()),
    }
}

/// The typed fields that hold neither what was on the screen nor what was typed.
fn clashes(ctx: &Context, stored: &Record, act: &UpdateRecord) -> Vec<Clash> {
    let registry = ctx.catalog.registry(stored.key.entity);
    let showing = ctx.showing();
    let currency = stored.currency(registry);
    let differs = |id: &FieldId, typed: &Value| {
        let seen = act.seen.iter().find(|(seen, _)| seen == id).map(|(_, value)| value);
        stored.get(*id) != typed && seen.is_none_or(|seen| seen != stored.get(*id))
    };
    act.values
        .iter()
        .filter(|(id, typed)| differs(id, typed))
        .map(|(id, typed)| {
            let field = registry.field(*id);
            Clash {
                field: field.name.to_owned(),
                theirs: showing.show(field, stored.get(*id), currency),
                yours: showing.show(field, typed, currency),
            }
        })
        .collect()
}

fn conflict(db: &Db, ctx: &Context, stored: &Record, clashes: Vec<Clash>) -> Error {
    let registry = ctx.catalog.registry(stored.key.entity);
    // Who wrote the first of the clashing fields, rather than who wrote anything last.
    let newest = log::history(db, stored.key, 0, 50).unwrap_or_default();
    let by_field = newest.iter().find(|(_, change)| clashes.iter().any(|c| c.field == change.field));
    let (by, at) = match by_field {
        Some((operation, _)) => (operation.actor, operation.at),
        None => (
            stored.named(registry, "modified_by").as_int().unwrap_or_default(),
            stored.named(registry, "modified_at").as_int().unwrap_or_default(),
        ),
    };
    let by = ctx.catalog.people.user(by).map_or_else(|| "somebody".to_owned(), |u| u.login.clone());
    Error::Conflict(Box::new(Conflict { record: stored.key.to_string(), version: stored.version, by, at, clashes }))
}

fn labels(registry: &Registry, values: &[(FieldId, Value)]) -> String {
    let names: Vec<&str> = values.iter().map(|(id, _)| registry.field(*id).label).collect();
    match names.as_slice() {
        [a, b, c, rest @ ..] if !rest.is_empty() => format!("{a}, {b}, {c} and {} more", rest.len()),
        names => names.join(", "),
    }
}

fn summary(ctx: &Context, record: &Record, values: &[(FieldId, Value)]) -> String {
    let registry = ctx.catalog.registry(record.key.entity);
    let who = write::display_name(ctx, record);
    match values {
        [(id, _)] => one_field(ctx, registry.field(*id), record.get(*id), record.currency(registry), &who),
        _ => format!("Changed {} of {who}", labels(registry, values)),
    }
}

/// `Rating of Ann Lee: Hot`.
fn one_field(ctx: &Context, field: &Field, value: &Value, currency: &str, who: &str) -> String {
    let shown = ctx.showing().show(field, value, currency);
    let shown: String = shown.lines().next().unwrap_or("").chars().take(60).collect();
    let shown = if shown.is_empty() { "emptied".to_owned() } else { shown };
    format!("{} of {who}: {shown}", field.label)
}
