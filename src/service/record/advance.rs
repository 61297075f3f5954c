//! One step on or back in the process: a lead from New to Contacted, an opportunity from stage to stage. Where qualifying or closing
//! follows, nothing is written: those ask more than one key can say. Source: the lead-to-opportunity process.

use crate::error::{Error, Result};
use crate::model::choice::{CONTACTED, NEW, OPEN, Set};
use crate::model::entity::{Entity, RecordId};
use crate::model::process;
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::Value;
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::context::Context;
use crate::service::record::write::{change_record, check_not_erased, display_name, owner};
use crate::store;
use crate::store::log::ChangeKind;

/// Moves a record one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advance {
    /// A lead or an opportunity.
    pub record: RecordId,
    /// On, or back.
    pub on: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advanced {
    /// It is one step further, or back.
    Moved,
    /// The lead is to be qualified next.
    Qualify(RecordId),
    /// The opportunity is to be won or lost next.
    Close(RecordId),
}

impl Act for Advance {
    type Reply = Advanced;

    fn name(&self) -> &'static str {
        "Update"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Advanced> {
        let ctx = tx.ctx;
        let registry = ctx.catalog.registry(self.record.entity);
        let record = store::record::need(tx.db, registry, self.record.number)?;
        check_not_erased(registry, &record)?;
        access::check_write(tx.db, ctx, record.key, owner(registry, &record))?;
        if !record.named(registry, "deleted_at").is_none() {
            return Err(Error::refused(format!("{} is deleted", record.key), "O restores it first"));
        }
        let state = record.named(registry, "status").as_int().unwrap_or(OPEN);
        if state != OPEN {
            let state = rules::state_label(registry, &ctx.catalog.choices, state);
            return Err(Error::refused(format!("{} is {state} and moves no more", record.key), "O reopens it first"));
        }
        match self.record.entity {
            Entity::Lead => self.lead(tx, &record),
            Entity::Opportunity => self.opportunity(tx, &record),
            other => {
                let what = format!("{} has no steps", other.one());
                Err(Error::refused(what, "leads and opportunities are moved through the process"))
            }
        }
    }
}

impl Advance {
    fn lead(self, tx: &mut Tx<'_>, lead: &Record) -> Result<Advanced> {
        let reason = lead.named(&tx.ctx.catalog.lead, "status_reason").as_int().unwrap_or(NEW);
        match (self.on, reason) {
            (true, NEW) => self.put(tx, lead, "status_reason", Set::StatusReason, NEW, CONTACTED),
            (true, _) => {
                say_missing(tx, lead, 0);
                Ok(Advanced::Qualify(lead.key))
            }
            (false, NEW) => Err(first(lead)),
            (false, now) => self.put(tx, lead, "status_reason", Set::StatusReason, now, NEW),
        }
    }

    fn opportunity(self, tx: &mut Tx<'_>, deal: &Record) -> Result<Advanced> {
        let stage = process::stage(&tx.ctx.catalog.opportunity, deal).unwrap_or_default();
        match (self.on, stage) {
            (true, process::LAST) => {
                say_missing(tx, deal, process::LAST);
                Ok(Advanced::Close(deal.key))
            }
            (true, now) => self.put(tx, deal, "stage", Set::Stage, now, now + 1),
            (false, 0) => Err(first(deal)),
            (false, now) => self.put(tx, deal, "stage", Set::Stage, now, now - 1),
        }
    }

    /// Writes the step and says it, with what the stage that was left still lacks.
    fn put(self, tx: &mut Tx<'_>, record: &Record, field: &'static str, set: Set, from: i64, to: i64) -> Result<Advanced> {
        let ctx = tx.ctx;
        let registry = ctx.catalog.registry(record.key.entity);
        change_record(tx, record.key, ChangeKind::Update, |record| {
            record.set(registry.id(field), Value::Choice(to));
            Ok(())
        })?;
        let label = |code| ctx.catalog.choices.label(set, code);
        let mut said = format!("{}: {} → {}", display_name(ctx, record), label(from), label(to));
        if let Some(missing) = missing(ctx, record, from).filter(|_| self.on && set == Set::Stage) {
            said = format!("{said} · {missing}");
        }
        tx.say(said);
        Ok(Advanced::Moved)
    }
}

/// What a stage still lacks, in words; nothing where all its steps are done.
fn missing(ctx: &Context, record: &Record, stage: i64) -> Option<String> {
    let steps = process::steps(ctx.catalog.registry(record.key.entity), record, stage);
    let missing: Vec<&str> = steps.iter().filter(|step| !step.done).map(|step| step.label).collect();
    (!missing.is_empty()).then(|| format!("{} still lacks {}", ctx.catalog.choices.label(Set::Stage, stage), missing.join(", ")))
}

/// Says what the last stage of a record lacks where more than a key is asked next.
fn say_missing(tx: &mut Tx<'_>, record: &Record, stage: i64) {
    if let Some(missing) = missing(tx.ctx, record, stage) {
        tx.say(format!("{}: {missing}", display_name(tx.ctx, record)));
    }
}

fn first(record: &Record) -> Error {
    Error::refused(format!("{} is at the first step", record.key), "there is nothing before it")
}
