//! Delete and Restore: to Deleted and back. Nothing is removed before a purge. Source: messages Delete and Restore.

use super::update::display_name;
use super::write::{self, change_lead};
use crate::error::Result;
use crate::model::value::Value;
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::scope::Targets;
use crate::store::log::ChangeKind;

/// Moves leads to Deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteLeads {
    /// Which leads.
    pub targets: Targets,
}

/// Takes leads out of Deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct RestoreLeads {
    /// Which leads.
    pub targets: Targets,
}

impl Act for DeleteLeads {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "Delete"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let at = Value::Instant(tx.ctx.now());
        move_leads(tx, &self.targets, ChangeKind::Delete, &at, "Deleted")
    }
}

impl Act for RestoreLeads {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "Restore"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        move_leads(tx, &self.targets, ChangeKind::Restore, &Value::None, "Restored")
    }
}

/// How many leads moved comes back; those that are there already are left as they are.
fn move_leads(tx: &mut Tx<'_>, targets: &Targets, kind: ChangeKind, to: &Value, word: &str) -> Result<i64> {
    let ctx = tx.ctx;
    let registry = &ctx.catalog.lead;
    let field = registry.id("deleted_at");
    let numbers = targets.numbers(tx.db, ctx)?;
    tx.expect(numbers.len());
    let (mut moved, mut name) = (0, String::new());
    for (done, number) in (0u64..).zip(&numbers) {
        let (record, wrote) = change_lead(tx, *number, kind, |lead| {
            access::check_write(ctx, lead.key, write::owner(registry, lead))?;
            if lead.get(field).is_none() != to.is_none() {
                lead.set(field, to.clone());
            }
            Ok(())
        })?;
        moved += i64::from(wrote);
        name = display_name(ctx, &record);
        if done % 256 == 0 {
            ctx.advance(done, numbers.len() as u64)?;
        }
    }
    match (numbers.as_slice(), moved) {
        ([_], 0) => tx.say(format!("{name} is {} already", if to.is_none() { "not deleted" } else { "deleted" })),
        ([_], _) => tx.say(format!("{word} {name}")),
        _ => tx.say(format!("{word} {moved} leads")),
    }
    Ok(moved)
}
