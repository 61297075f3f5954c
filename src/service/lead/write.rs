//! How every act writes a lead: rights, derived fields, version, stamps, one log line a field. Decides no act.

use crate::error::Result;
use crate::model::entity::RecordId;
use crate::model::field::{Access, FieldId, Kind, Registry};
use crate::model::lead;
use crate::model::record::Record;
use crate::model::value::{Owner, Value};
use crate::service::act::Tx;
use crate::store;
use crate::store::codec::to_log;
use crate::store::log::{Change, ChangeKind};

/// Fields that are stamped rather than entered, and so neither compared nor logged.
fn is_stamp(registry: &Registry, id: FieldId) -> bool {
    let field = registry.field(id);
    matches!(field.kind, Kind::Number | Kind::Id) || matches!(field.name, "modified_at" | "modified_by" | "opened_at")
}

/// The owner of a lead.
pub(super) fn owner(registry: &Registry, lead: &Record) -> Option<Owner> {
    match lead.named(registry, "owner") {
        Value::Owner(owner) => Some(*owner),
        _ => None,
    }
}

/// Reads a lead, lets `edit` change it, and writes and logs what differs. Returns the lead as it is afterwards, and whether
/// anything changed. Rights are the caller's to check: `edit` sees the stored lead first.
pub fn change_lead(
    tx: &mut Tx<'_>,
    number: i64,
    kind: ChangeKind,
    edit: impl FnOnce(&mut Record) -> Result<()>,
) -> Result<(Record, bool)> {
    let ctx = tx.ctx;
    let registry = &ctx.catalog.lead;
    let before = store::lead::need(tx.db, registry, number)?;
    let mut after = before.clone();
    edit(&mut after)?;
    lead::complete(registry, &mut after, &ctx.locale.currency);
    clear_incomplete(registry, &before, &mut after);
    let mut changed: Vec<FieldId> =
        registry.ids().map(|(id, _)| id).filter(|id| !is_stamp(registry, *id) && before.get(*id) != after.get(*id)).collect();
    if changed.is_empty() {
        return Ok((before, false));
    }
    let record = RecordId::lead(number);
    for id in &changed {
        let change = Change {
            record,
            about: record,
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
    store::lead::update(tx.db, registry, &after, &changed)?;
    Ok((after, true))
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

/// Logs that a lead was made.
pub(super) fn log_create(tx: &mut Tx<'_>, number: i64) -> Result<()> {
    let record = RecordId::lead(number);
    tx.count();
    tx.log(Change { record, about: record, kind: ChangeKind::Create, field: String::new(), old: None, new: None })
}

/// Whether people may write the field by hand.
pub(super) fn is_editable(registry: &Registry, id: FieldId) -> bool {
    registry.field(id).access == Access::Edit
}
