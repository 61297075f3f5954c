//! Disqualify: leads that are closed without becoming anything. Source: SetState; the mandatory reason, and that a lead with an
//! opportunity cannot be disqualified.

use super::check_open;
use crate::error::{Error, Result};
use crate::model::choice::{DISQUALIFIED, Set};
use crate::model::value::Value;
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::note;
use crate::service::record::write::{self, change_each};
use crate::service::scope::Targets;
use crate::store;
use crate::store::log::ChangeKind;

/// Closes leads as disqualified.
#[derive(Clone, Debug, PartialEq)]
pub struct DisqualifyLeads {
    /// Which leads.
    pub targets: Targets,
    /// Why: a reason of state Disqualified.
    pub reason: i64,
    /// A note that is written on each.
    pub note: Option<String>,
}

impl Act for DisqualifyLeads {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "DisqualifyLead"
    }

    /// How many leads were closed comes back; one that is not open, or that an open opportunity came from, refuses all.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let ctx = tx.ctx;
        let registry = &ctx.catalog.lead;
        crate::model::rules::check_reason_of(registry, &ctx.catalog.choices, DISQUALIFIED, self.reason)?;
        let numbers = self.targets.numbers(tx.db, ctx)?;
        for number in &numbers {
            let lead = store::record::need(tx.db, registry, *number)?;
            access::check_write(tx.db, ctx, lead.key, write::owner(registry, &lead))?;
            check_open(tx, &lead, "disqualified")?;
            if ctx.strict_disqualify
                && let Some((deal, name)) = store::related::deal_of(tx.db, *number)?
            {
                return Err(Error::refused(
                    format!("the opportunity {deal} ({name}) came from {} and so it cannot be disqualified", lead.key),
                    "delete the opportunity first; the setting “disqualify” in config.toml makes this rule",
                ));
            }
            if let Some((deal, name)) = store::related::open_deal_of(tx.db, *number)? {
                return Err(Error::refused(
                    format!("{} has the open opportunity {deal} ({name}) and cannot be disqualified", lead.key),
                    "win, lose or delete the opportunity first",
                ));
            }
        }
        let at = Value::Instant(ctx.now());
        let each = change_each(tx, &self.targets, ChangeKind::Update, |lead| {
            lead.set(registry.id("status"), Value::Choice(DISQUALIFIED));
            lead.set(registry.id("status_reason"), Value::Choice(self.reason));
            lead.set(registry.id("closed_at"), at.clone());
            Ok(())
        })?;
        if let Some(body) = self.note.as_deref().map(str::trim).filter(|note| !note.is_empty()) {
            for number in &numbers {
                note::write_new(tx, crate::model::entity::RecordId::lead(*number), body)?;
            }
        }
        let reason = ctx.catalog.choices.label(Set::StatusReason, self.reason);
        match each.asked {
            1 => tx.say(format!("Disqualified {}: {reason}", each.name)),
            _ => tx.say(format!("Disqualified {} leads: {reason}", each.changed)),
        }
        Ok(each.changed)
    }
}
