//! Assign: another owner for leads, a user or a team, with a note for them. Source: message Assign.

use super::update::display_name;
use super::write::{self, change_lead};
use crate::error::{Error, Result};
use crate::model::value::{Owner, Value};
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::scope::Targets;
use crate::store::log::ChangeKind;

/// Hands leads over.
#[derive(Clone, Debug, PartialEq)]
pub struct AssignLeads {
    /// Which leads.
    pub targets: Targets,
    /// To whom.
    pub owner: Owner,
    /// What the new owner should know; kept with the lead until it is handed on.
    pub note: Option<String>,
}

impl Act for AssignLeads {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "Assign"
    }

    /// How many leads got another owner comes back.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let ctx = tx.ctx;
        let registry = &ctx.catalog.lead;
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
        let numbers = self.targets.numbers(tx.db, ctx)?;
        tx.expect(numbers.len());
        let (mut moved, mut name) = (0, String::new());
        for (done, number) in (0u64..).zip(&numbers) {
            let (record, wrote) = change_lead(tx, *number, ChangeKind::Update, |lead| {
                access::check_write(ctx, lead.key, write::owner(registry, lead))?;
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
            moved += i64::from(wrote);
            name = display_name(ctx, &record);
            if done % 256 == 0 {
                ctx.advance(done, numbers.len() as u64)?;
            }
        }
        match (numbers.len(), moved) {
            (1, 0) => tx.say(format!("{name} belongs to {to} already")),
            (1, _) => tx.say(format!("Assigned {name} to {to}")),
            _ => tx.say(format!("Assigned {moved} leads to {to}")),
        }
        Ok(moved)
    }
}
