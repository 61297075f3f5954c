//! What is over of an imported activity, and since when: another program's history is no list of things to do. Writes nothing.

use crate::exchange::import::Draft;
use crate::model::activity::{CANCELED, COMPLETED, DONE, TASK, is_open};
use crate::model::field::Registry;
use crate::model::record::Record;
use crate::model::value::Value;

/// Gives an activity its end. Where the row has no word on its state, a call, a mail or an appointment of the past took place, and
/// so did a call with an outcome; a task is
/// done only where the row says so. What is done and says no moment was done when it was due, or else when it was entered.
pub(super) fn settle(now: i64, registry: &Registry, record: &mut Record, draft: &Draft) {
    let at = |record: &Record, name: &'static str| record.named(registry, name).as_int();
    let is_said = |name: &'static str| draft.has(registry.id(name));
    let planned = ["sent_at", "due_at", "starts_at"].iter().find_map(|name| at(record, name));
    let entered = at(record, "created_at").filter(|_| is_said("created_at"));
    let took_place = planned.or(entered).filter(|moment| *moment <= now);
    let is_over = took_place.is_some() || at(record, "outcome").is_some();
    if !is_said("status") && at(record, "kind") != Some(TASK) && is_over {
        record.set(registry.id("status"), Value::Choice(COMPLETED));
        record.set(registry.id("status_reason"), Value::Choice(DONE));
    }
    let state = at(record, "status");
    if !matches!(state, Some(COMPLETED | CANCELED)) {
        return;
    }
    let closed = at(record, "closed_at").filter(|_| is_said("closed_at"));
    let end = at(record, "actual_end").or(closed).or(took_place).or(entered).unwrap_or(now);
    record.set(registry.id("closed_at"), Value::Instant(closed.unwrap_or(end)));
    if state == Some(COMPLETED) {
        record.set(registry.id("actual_end"), Value::Instant(end));
    }
}

/// Takes the end off what is still to be done.
pub(super) fn clear_end(registry: &Registry, record: &mut Record) {
    if record.named(registry, "status").as_int().is_some_and(is_open) {
        record.set(registry.id("closed_at"), Value::None);
        record.set(registry.id("actual_end"), Value::None);
    }
}
