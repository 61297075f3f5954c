//! Assign: another owner for records, a user or a team, with a note for them. Source: message Assign.

use super::write::{self, change_each};
use crate::error::{Error, Result};
use crate::model::rights::Rights;
use crate::model::value::{Owner, Value};
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::scope::Targets;
use crate::store::log::ChangeKind;

/// Hands records over.
#[derive(Clone, Debug, PartialEq)]
pub struct AssignRecords {
    /// Which records.
    pub targets: Targets,
    /// To whom.
    pub owner: Owner,
    /// What the new owner should know; kept with the record until it is handed on.
    pub note: Option<String>,
}

impl Act for AssignRecords {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "Assign"
    }

    /// How many records got another owner comes back.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let (db, ctx) = (tx.db, tx.ctx);
        let registry = ctx.catalog.registry(self.targets.entity());
        let people = &ctx.catalog.people;
        let to = people.show(self.owner);
        if let Owner::User(n) = self.owner
            && people.user(n).is_none_or(|u| !u.active)
        {
            return Err(Error::invalid("owner", format!("{to} is not an active user of this database")));
        }
        let note = self.note.as_deref().map_or(Value::None, |n| Value::text(n.trim()));
        if note.as_text().chars().count() > 2_000 {
            return Err(Error::invalid("handed_note", "the note for the new owner is longer than 2,000 characters"));
        }
        let each = change_each(tx, &self.targets, ChangeKind::Update, |lead| {
            access::check(db, ctx, lead.key, write::owner(registry, lead), Rights::ASSIGN)?;
            if write::owner(registry, lead) == Some(self.owner) {
                return Ok(());
            }
            let to_self = self.owner == Owner::User(ctx.user);
            lead.set(registry.id("owner"), Value::Owner(self.owner));
            lead.set(registry.id("handed_by"), if to_self { Value::None } else { Value::User(ctx.user) });
            lead.set(registry.id("handed_at"), if to_self { Value::None } else { Value::Instant(ctx.now()) });
            lead.set(registry.id("handed_note"), note.clone());
            lead.set(registry.id("opened_at"), Value::None);
            Ok(())
        })?;
        match (each.asked, each.changed) {
            (1, 0) => tx.say(format!("{} belongs to {to} already", each.name)),
            (1, _) => tx.say(format!("Assigned {} to {to}", each.name)),
            (_, moved) => tx.say(format!("Assigned {moved} {} to {to}", self.targets.entity().counted(moved.unsigned_abs()))),
        }
        Ok(each.changed)
    }
}
