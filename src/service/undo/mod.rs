//! Undo and redo: taking a step back, and bringing it again, as new steps of their own. The log itself is never rewritten.

mod apply;
mod changed;

pub use apply::Direction;
pub use changed::ChangedBy;

use std::collections::HashSet;

use crate::error::{Error, Result};
use crate::model::entity::RecordId;
use crate::service::act::{Act, Tx};
use crate::service::activity::mail::send;
use crate::service::context::Context;
use crate::service::erase;
use crate::store::log::{self, Change, ChangeKind, Operation, Reach};
use crate::store::{Db, erasure, firing, related};

/// Takes a step back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// The step; `None` is the newest live one of the acting user.
    pub step: Option<i64>,
    /// Where the newest one may come from; empty is anywhere. Only asked when no step is named.
    pub origins: Vec<&'static str>,
}

/// Brings back the newest step that was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redo;

/// What an undo or redo worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The step that was taken back or brought again.
    pub step: Operation,
}

/// The acts that cannot be taken back, with the reason.
fn irreversible(act: &str) -> Option<&'static str> {
    match act {
        send::SEND => Some("a mail that went out cannot be called back"),
        erase::ACT => Some("what was erased is gone for good"),
        "Purge" => Some("what was purged is gone; a backup may still hold it"),
        _ => None,
    }
}

/// The step that [`Undo`] would take back now, for a question before it.
pub fn next_undo(db: &Db, ctx: &Context, origins: &[&str]) -> Result<Option<Operation>> {
    log::newest_live(db, ctx.user, origins)
}

/// [`Error::Refused`] with the first three steps that stand in the way.
fn check_free(db: &Db, step: &Operation, after: i64) -> Result<()> {
    let reach = Reach::of(db, step)?;
    let blockers = log::in_the_way(db, after, &reach, 3)?;
    if blockers.is_empty() {
        return Ok(());
    }
    let reasons: Vec<String> =
        blockers.iter().map(|(op, record)| format!("step {} on {record} ({})", op.number, op.summary)).collect();
    Err(Error::refused(
        format!("“{}” cannot be taken back: changed since by {}", step.summary, reasons.join("; ")),
        "undo those first: U lists the steps",
    ))
}

/// [`Error::Refused`] when a record that the step made is referred to by one that the step did not touch: it would lead nowhere.
fn check_unreferred(tx: &Tx<'_>, step: &Operation) -> Result<()> {
    let changes = log::changes(tx.db, step.number)?;
    let is_made = |change: &&Change| change.kind == ChangeKind::Create && !change.record.entity.is_child();
    let made: Vec<RecordId> = changes.iter().filter(is_made).map(|change| change.record).collect();
    let mut within: HashSet<RecordId> = changes.iter().map(|change| change.record).collect();
    let mut found = None;
    if let Some(range) = step.made {
        for seq in 0..log::set_count(tx.db, step.number)? {
            let set = log::set(tx.db, step.number, seq)?;
            within.extend(set.iter().flat_map(|set| set.records.iter().map(|number| set.entity.numbered(*number))));
        }
        found = related::referring_range(tx.db, &tx.ctx.catalog, range, &within)?;
    }
    if found.is_none() {
        // what an import made goes with what it made for it, as campaigns
        let is_within = |by: RecordId| within.contains(&by) || step.made.is_some_and(|range| range.holds(by));
        found = related::referring(tx.db, &tx.ctx.catalog, &made, is_within)?;
    }
    match found {
        Some((by, to)) => Err(Error::refused(
            format!("“{}” cannot be taken back: {by} refers to {to}, which it made", step.summary),
            if by.entity.is_child() { format!("delete {by} first") } else { format!("take {to} off {by} first") },
        )),
        None => Ok(()),
    }
}

impl Act for Undo {
    type Reply = Undone;

    fn name(&self) -> &'static str {
        "Undo"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Undone> {
        let step = match self.step {
            Some(number) => log::get(tx.db, number)?.ok_or_else(|| Error::NotFound(format!("there is no step {number}")))?,
            None => next_undo(tx.db, tx.ctx, &self.origins)?
                .ok_or_else(|| Error::refused("nothing to undo", "steps of others are listed by U"))?,
        };
        if step.undone_by.is_some() {
            return Err(Error::refused(format!("step {} is taken back already", step.number), "redo brings it again"));
        }
        if step.undoes.is_some() {
            return Err(Error::refused(format!("step {} is itself an undo", step.number), "redo brings the step again"));
        }
        if let Some(why) = irreversible(&step.act) {
            return Err(Error::refused(format!("“{}” cannot be taken back", step.summary), why));
        }
        if erasure::log::is_marked(tx.db, step.number)? {
            let what = format!("step {}, “{}”, cannot be taken back: a record of it was erased", step.number, step.summary);
            return Err(Error::refused(what, "what was erased does not come back"));
        }
        check_free(tx.db, &step, step.number)?;
        check_unreferred(tx, &step)?;
        apply::run(tx, &step, apply::Direction::Back)?;
        let by = tx.operation()?;
        tx.undoes(step.number)?;
        log::mark_undone(tx.db, step.number, Some(by))?;
        firing::turns_follow(tx.db, step.number)?;
        tx.catalog_changed();
        tx.say(format!("Undone: {}", step.summary));
        Ok(Undone { step })
    }
}

impl Act for Redo {
    type Reply = Undone;

    fn name(&self) -> &'static str {
        "Redo"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Undone> {
        let mut refusal = Error::refused("nothing to redo", "");
        for undo in log::undone(tx.db, tx.ctx.user, 20)? {
            let Some(step) = undo.undoes.map(|n| log::get(tx.db, n)).transpose()?.flatten() else { continue };
            if let Err(error) = check_free(tx.db, &step, undo.number) {
                refusal = error;
                continue;
            }
            apply::run(tx, &step, apply::Direction::Forth)?;
            let by = tx.operation()?;
            tx.undoes(undo.number)?;
            log::mark_undone(tx.db, undo.number, Some(by))?;
            log::mark_undone(tx.db, step.number, None)?;
            firing::turns_follow(tx.db, step.number)?;
            tx.catalog_changed();
            tx.say(format!("Redone: {}", step.summary));
            return Ok(Undone { step });
        }
        Err(refusal)
    }
}
