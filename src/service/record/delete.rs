//! Delete and Restore: to Deleted and back. Nothing is removed before a purge. Source: messages Delete and Restore.

use std::cell::RefCell;

use super::write::{self, change_each};
use crate::error::Result;
use crate::model::entity::{Entity, RecordId};
use crate::model::rights::Rights;
use crate::model::value::Value;
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::scope::Targets;
use crate::store;
use crate::store::log::ChangeKind;

/// Moves records to Deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteRecords {
    /// Which records.
    pub targets: Targets,
}

/// Takes records out of Deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct RestoreRecords {
    /// Which records.
    pub targets: Targets,
}

impl Act for DeleteRecords {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "Delete"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let at = Value::Instant(tx.ctx.now());
        move_leads(tx, &self.targets, ChangeKind::Delete, &at, "Deleted")
    }
}

impl Act for RestoreRecords {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "Restore"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        move_leads(tx, &self.targets, ChangeKind::Restore, &Value::None, "Restored")
    }
}

/// How many records moved comes back; those that are there already are left as they are.
fn move_leads(tx: &mut Tx<'_>, targets: &Targets, kind: ChangeKind, to: &Value, word: &str) -> Result<i64> {
    let (db, ctx) = (tx.db, tx.ctx);
    let registry = ctx.catalog.registry(targets.entity());
    let field = registry.id("deleted_at");
    // what moved, and when it had been deleted
    let moved: RefCell<Vec<(RecordId, Option<i64>)>> = RefCell::default();
    let each = change_each(tx, targets, kind, |lead| {
        access::check(db, ctx, lead.key, write::owner(registry, lead), Rights::DELETE)?;
        if lead.get(field).is_none() != to.is_none() {
            if lead.key.entity.takes_activities() {
                moved.borrow_mut().push((lead.key, lead.get(field).as_int()));
            }
            lead.set(field, to.clone());
        }
        Ok(())
    })?;
    for (record, was) in moved.into_inner() {
        follow(tx, record, was, to)?;
    }
    match (each.asked, each.changed) {
        (1, 0) => tx.say(format!("{} is {} already", each.name, if to.is_none() { "not deleted" } else { "deleted" })),
        (1, _) => tx.say(format!("{word} {}", each.name)),
        (_, moved) => tx.say(format!("{word} {moved} {}", targets.entity().counted(moved.unsigned_abs()))),
    }
    Ok(each.changed)
}

/// The activities of a record go to Deleted with it, and come back with it: those that went at the same moment. Source: deleting a
/// record deletes the activities that are regarding it.
fn follow(tx: &mut Tx<'_>, about: RecordId, was: Option<i64>, to: &Value) -> Result<()> {
    for number in store::activity::numbers_of(tx.db, about, was)? {
        let registry = &tx.ctx.catalog.activity;
        let kind = if to.is_none() { ChangeKind::Restore } else { ChangeKind::Delete };
        write::change_record(tx, Entity::Activity.numbered(number), kind, |activity| {
            activity.set(registry.id("deleted_at"), to.clone());
            Ok(())
        })?;
    }
    Ok(())
}
