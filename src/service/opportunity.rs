//! The life of an opportunity beside its fields: won or lost with an entry in its timeline. Source: messages WinOpportunity and
//! LoseOpportunity, and the opportunity close that each leaves behind.

use crate::error::{Error, Result};
use crate::model::choice::{LOST, Set, WON};
use crate::model::dates::iso_date;
use crate::model::entity::Entity;
use crate::model::rules::{self, check_reason_of};
use crate::model::value::Value;
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::note;
use crate::service::record::write::{change_record, display_name, owner};
use crate::store;
use crate::store::log::ChangeKind;

/// How an opportunity ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was won.
    Won {
        /// The actual revenue in ten-thousandths of the opportunity's currency; `None` takes the estimated one.
        revenue: Option<i64>,
    },
    /// It was lost.
    Lost {
        /// To whom, a code of the competitors.
        competitor: Option<i64>,
    },
}

impl Outcome {
    /// The state that follows.
    pub const fn state(self) -> i64 {
        match self {
            Self::Won { .. } => WON,
            Self::Lost { .. } => LOST,
        }
    }
}

/// Closes an opportunity as won or lost; what was said of it stays in its timeline as the close entry.
#[derive(Clone, Debug, PartialEq)]
pub struct CloseOpportunity {
    /// The opportunity's number.
    pub opportunity: i64,
    /// How it ended.
    pub outcome: Outcome,
    /// The reason, one of the state that follows; a lost one needs it.
    pub reason: Option<i64>,
    /// The day it ended, in days since 1970-01-01; `None` is today.
    pub date: Option<i32>,
    /// What is to be remembered.
    pub note: Option<String>,
}

/// The reason of a won opportunity unless another is given. Source: the default of statuscode.
const WON_REASON: i64 = 3;

impl Act for CloseOpportunity {
    type Reply = ();

    fn name(&self) -> &'static str {
        match self.outcome {
            Outcome::Won { .. } => "WinOpportunity",
            Outcome::Lost { .. } => "LoseOpportunity",
        }
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        let ctx = tx.ctx;
        let registry = &ctx.catalog.opportunity;
        let record = store::record::need(tx.db, registry, self.opportunity)?;
        access::check_write(tx.db, ctx, record.key, owner(registry, &record))?;
        if !record.named(registry, "deleted_at").is_none() {
            return Err(Error::refused(format!("{} is deleted", record.key), "O restores it first"));
        }
        if !store::record::hold_in_state(tx.db, record.key, crate::model::choice::OPEN)? {
            let state = record.named(registry, "status").as_int().unwrap_or_default();
            let state = rules::state_label(registry, &ctx.catalog.choices, state);
            return Err(Error::refused(format!("{} is {state} already", record.key), "O reopens it first"));
        }
        let state = self.outcome.state();
        let reason = match (self.reason, self.outcome) {
            (Some(reason), _) => reason,
            (None, Outcome::Won { .. }) => WON_REASON,
            (None, Outcome::Lost { .. }) => {
                return Err(Error::invalid("reason", "say why it was lost: Canceled, Out-Sold or one of your own"));
            }
        };
        check_reason_of(registry, &ctx.catalog.choices, state, reason)?;
        let revenue = match self.outcome {
            Outcome::Won { revenue } => {
                revenue.map(Value::Money).unwrap_or_else(|| record.named(registry, "estimated_value").clone())
            }
            // Source: a lost opportunity earned nothing
            Outcome::Lost { .. } => Value::None,
        };
        let competitor = match self.outcome {
            Outcome::Lost { competitor } => competitor.map_or(Value::None, Value::Choice),
            Outcome::Won { .. } => Value::None,
        };
        let date = self.date.unwrap_or_else(|| ctx.zone.today(ctx.now()));
        let (after, _) = change_record(tx, record.key, ChangeKind::Update, |record| {
            for (field, value) in [
                ("status", Value::Choice(state)),
                ("status_reason", Value::Choice(reason)),
                ("actual_value", revenue.clone()),
                ("actual_close_date", Value::Date(date)),
                ("competitor", competitor.clone()),
            ] {
                record.set(registry.id(field), value);
            }
            Ok(())
        })?;
        let choices = &ctx.catalog.choices;
        let mut entry = choices.label(Set::OpportunityState, state);
        let said = choices.label(Set::OpportunityReason, reason);
        if said != entry {
            entry = format!("{entry}: {said}");
        }
        if let Value::Money(amount) = revenue {
            let field = registry.field(registry.id("actual_value"));
            let shown = ctx.showing().show(field, &Value::Money(amount), after.currency(registry));
            entry = format!("{entry} · {}", shown.trim());
        }
        if let Value::Choice(code) = competitor {
            entry = format!("{entry} · to {}", choices.label(Set::Competitor, code));
        }
        entry = format!("{entry} · {}", iso_date(date));
        let headline = entry.clone();
        if let Some(text) = self.note.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            entry = format!("{entry}\n\n{text}");
        }
        note::write_new(tx, Entity::Opportunity.numbered(self.opportunity), &entry)?;
        tx.say(format!("{}: {headline}", display_name(ctx, &after)));
        Ok(())
    }
}
