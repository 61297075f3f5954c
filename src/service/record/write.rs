//! How every act writes a record: rights, derived fields, version, stamps, one log line a field. Decides no act.

use crate::error::{Error, Result};
use crate::model::entity::RecordId;
use crate::model::field::{Access, FieldId, Kind, Registry};
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::{Owner, Value};
use crate::service::act::Tx;
use crate::service::context::Context;
use crate::service::scope::Targets;
use crate::store;
use crate::store::codec::to_log;
use crate::store::log::{Change, ChangeKind};

/// Records between two words about how far an act is.
const STEP: u64 = 256;

/// Fields that are stamped rather than entered, and so neither compared nor logged.
fn is_stamp(registry: &Registry, id: FieldId) -> bool {
    let field = registry.field(id);
    matches!(field.kind, Kind::Number(_) | Kind::Id)
        || matches!(field.name, "modified_at" | "modified_by" | "opened_at")
        || field.follows
}

/// The owner of a record.
pub fn owner(registry: &Registry, record: &Record) -> Option<Owner> {
    match record.named(registry, "owner") {
        Value::Owner(owner) => Some(*owner),
        _ => None,
    }
}

/// Reads a record, lets `edit` change it, and writes and logs what differs. Returns the record as it is afterwards, and whether
/// anything changed. Rights are the caller's to check: `edit` sees the stored record first.
pub fn change_record(
    tx: &mut Tx<'_>,
    record: RecordId,
    kind: ChangeKind,
    edit: impl FnOnce(&mut Record) -> Result<()>,
) -> Result<(Record, bool)> {
    let ctx = tx.ctx;
    let registry = ctx.catalog.registry(record.entity);
    let before = store::record::need(tx.db, registry, record.number)?;
    check_not_erased(registry, &before)?;
    let mut after = before.clone();
    edit(&mut after)?;
    rules::complete(registry, &mut after, &ctx.locale.currency);
    clear_incomplete(registry, &before, &mut after);
    let mut changed: Vec<FieldId> =
        registry.ids().map(|(id, _)| id).filter(|id| !is_stamp(registry, *id) && before.get(*id) != after.get(*id)).collect();
    if changed.is_empty() {
        return Ok((before, false));
    }
    let about = about(registry, &after);
    for id in &changed {
        let change = Change {
            record,
            about,
            kind,
            field: registry.field(*id).name.to_owned(),
            old: to_log(before.get(*id)),
            new: to_log(after.get(*id)),
        };
        tx.log(change)?;
    }
    tx.count();
    after.version = before.version + 1;
    after.set(registry.id("modified_at"), Value::Instant(ctx.now()));
    after.set(registry.id("modified_by"), Value::User(ctx.user));
    changed.extend([registry.id("modified_at"), registry.id("modified_by")]);
    if before.named(registry, "opened_at") != after.named(registry, "opened_at") {
        changed.push(registry.id("opened_at"));
    }
    if changed.contains(&registry.id("tags")) {
        tx.catalog_changed();
    }
    store::record::update(tx.db, registry, &after, &changed)?;
    if changed.contains(&registry.id("owner"))
        && let Some(unit) = owner(registry, &after).and_then(|owner| ctx.catalog.people.unit_of(owner))
    {
        store::record::put_unit(tx.db, record, unit)?;
    }
    Ok((after, true))
}

/// [`Error::Refused`] for a record that was made anonymous: nothing is done with it any more.
pub(in crate::service) fn check_not_erased(registry: &Registry, record: &Record) -> Result<()> {
    match registry.find("erased_at").is_some_and(|id| !record.get(id).is_none()) {
        true => Err(Error::refused(format!("{} was erased", record.key), "what was erased stays as it is; add the person anew")),
        false => Ok(()),
    }
}

/// What became of the records that an act was done on.
pub struct Each {
    /// How many records it was done on.
    pub asked: usize,
    /// How many are others now.
    pub changed: i64,
    /// How messages call the last one.
    pub name: String,
}

/// Does the same to every record of the targets, as [`change_record`] does to one; says how far it is and can be stopped.
pub fn change_each(
    tx: &mut Tx<'_>,
    targets: &Targets,
    kind: ChangeKind,
    edit: impl Fn(&mut Record) -> Result<()>,
) -> Result<Each> {
    let ctx = tx.ctx;
    let numbers = targets.numbers(tx.db, ctx)?;
    tx.expect(numbers.len());
    let mut each = Each { asked: numbers.len(), changed: 0, name: String::new() };
    for (done, number) in (0u64..).zip(&numbers) {
        let (record, changed) = change_record(tx, targets.entity().numbered(*number), kind, &edit)?;
        each.changed += i64::from(changed);
        if done + 1 == numbers.len() as u64 {
            each.name = display_name(ctx, &record);
        }
        if done % STEP == 0 {
            ctx.advance(done, numbers.len() as u64)?;
        }
    }
    Ok(each)
}

/// How messages call a record: by name, else company, else number.
pub fn display_name(ctx: &Context, record: &Record) -> String {
    let registry = ctx.catalog.registry(record.key.entity);
    let first = ["name", "company"]
        .iter()
        .filter_map(|f| registry.find(f))
        .map(|id| record.get(id).as_text())
        .find(|text| !text.is_empty());
    first.map_or_else(|| record.key.to_string(), |text| text.to_owned())
}

/// A field that an import filled in counts as complete once somebody writes it.
fn clear_incomplete(registry: &Registry, before: &Record, after: &mut Record) {
    let marked = registry.id("incomplete");
    if before.get(marked) != after.get(marked) || before.get(marked).is_none() {
        return;
    }
    let left: Vec<&str> = before
        .get(marked)
        .as_text()
        .split(", ")
        .filter(|name| registry.find(name).is_some_and(|id| before.get(id) == after.get(id)))
        .collect();
    after.set(marked, Value::text(left.join(", ")));
}

/// In whose history a change of a record is told: in that of the record that it stands on, else in its own.
pub(in crate::service) fn about(registry: &Registry, record: &Record) -> RecordId {
    let on = registry.find("regarding").and_then(|id| record.get(id).as_record());
    on.unwrap_or(record.key)
}

/// Logs that a record was made.
pub(super) fn log_create(tx: &mut Tx<'_>, registry: &Registry, made: &Record) -> Result<()> {
    tx.count();
    let (record, about) = (made.key, about(registry, made));
    tx.log(Change { record, about, kind: ChangeKind::Create, field: String::new(), old: None, new: None })
}

/// Whether people may write the field by hand.
pub(super) fn is_editable(registry: &Registry, id: FieldId) -> bool {
    registry.field(id).access == Access::Edit
}
