//! Reopening: closed leads and opportunities, and inactive accounts and contacts, that are worked again. Source: SetState to the
//! first state of the entity, with its default reason.

use crate::error::{Error, Result};
use crate::model::activity;
use crate::model::choice::OPEN;
use crate::model::entity::Entity;
use crate::model::field::Registry;
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::Value;
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::merge::check_not_merged;
use crate::service::record::write::{change_each, owner};
use crate::service::scope::Targets;
use crate::store::log::ChangeKind;

/// What a closed record says of its end, and an open one cannot.
pub(in crate::service) const OF_THE_END: &[&str] =
    &["closed_at", "actual_value", "actual_close_date", "competitor", "actual_end"];

/// Opens closed records again: a lead as new, an opportunity in progress, an account or contact as active.
#[derive(Clone, Debug, PartialEq)]
pub struct ReopenRecords {
    /// Which records.
    pub targets: Targets,
}

impl Act for ReopenRecords {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "SetState"
    }

    /// How many were reopened comes back; what was made of a lead stays and is tied again when it is qualified anew.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let (db, ctx) = (tx.db, tx.ctx);
        let entity = self.targets.entity();
        let registry = ctx.catalog.registry(entity);
        let each = change_each(tx, &self.targets, ChangeKind::Update, |record| {
            access::check_write(db, ctx, record.key, owner(registry, record))?;
            if !record.named(registry, "deleted_at").is_none() {
                return Err(Error::refused(format!("{} is deleted", record.key), "O restores it first"));
            }
            check_not_merged(registry, record)?;
            if !rules::is_open(entity, record.named(registry, "status").as_int().unwrap_or(OPEN)) {
                open(registry, record);
            }
            Ok(())
        })?;
        match (each.asked, each.changed) {
            (1, 0) => tx.say(format!("{} is open already", each.name)),
            (1, _) => tx.say(format!("Reopened {}", each.name)),
            (_, reopened) => tx.say(format!("Reopened {reopened} {}", entity.counted(reopened.unsigned_abs()))),
        }
        Ok(each.changed)
    }
}

fn open(registry: &Registry, record: &mut Record) {
    for (field, value) in rules::defaults(registry) {
        if matches!(registry.field(field).name, "status" | "status_reason") {
            record.set(field, value);
        }
    }
    // each kind of activity begins in its own way: an appointment is scheduled
    if record.key.entity == Entity::Activity {
        let (state, reason) = activity::first_state(record.named(registry, "kind").as_int().unwrap_or(activity::TASK));
        record.set(registry.id("status"), Value::Choice(state));
        record.set(registry.id("status_reason"), Value::Choice(reason));
    }
    for field in OF_THE_END.iter().filter_map(|name| registry.find(name)) {
        record.set(field, Value::None);
    }
}
