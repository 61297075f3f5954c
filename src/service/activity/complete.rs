//! Done and not to be done: activities that are completed, with an outcome, or canceled. Source: SetState of an activity; its actual
//! end is the moment of completion unless it is given.

use super::{check_open, check_write, contacted};
use crate::error::{Error, Result};
use crate::model::activity::{CANCELED, COMPLETED, Follows, PHONE_CALL, REASON_CANCELED, done_reason};
use crate::model::choice::Set;
use crate::model::entity::Entity;
use crate::model::record::Record;
use crate::model::value::Value;
use crate::service::act::{Act, Tx};
use crate::service::context::Context;
use crate::service::record::write::{change_each, change_record, display_name};
use crate::service::scope::Targets;
use crate::store::log::ChangeKind;

/// Completes activities.
#[derive(Clone, Debug, PartialEq)]
pub struct CompleteActivities {
    /// Which activities.
    pub targets: Targets,
    /// How a call went: a code of the outcomes. What is no call takes none.
    pub outcome: Option<i64>,
    /// What is to be remembered; it follows the description.
    pub note: Option<String>,
    /// When it was done, in µs UTC; now where it is not said.
    pub at: Option<i64>,
}

/// Cancels activities.
#[derive(Clone, Debug, PartialEq)]
pub struct CancelActivities {
    /// Which activities.
    pub targets: Targets,
}

fn only_activities(targets: &Targets) -> Result<()> {
    if targets.entity() == Entity::Activity {
        return Ok(());
    }
    let headline = format!("{} are not done or canceled", targets.entity().plural());
    Err(Error::refused(headline, "only activities are: name them by their numbers, as T-7"))
}

/// Writes into an open activity that it is done.
pub(super) fn complete(ctx: &Context, activity: &mut Record, outcome: Option<i64>, note: Option<&str>, at: i64) -> Result<()> {
    let registry = &ctx.catalog.activity;
    let code = |record: &Record, name| record.named(registry, name).as_int();
    let kind = code(activity, "kind").unwrap_or_default();
    if let Some(outcome) = outcome {
        let choices = &ctx.catalog.choices;
        if kind != PHONE_CALL {
            return Err(Error::invalid("outcome", format!("{} is no phone call; only a call has an outcome", activity.key)));
        }
        if choices.get(Set::Outcome, outcome).is_none() {
            return Err(Error::invalid("outcome", format!("there is no outcome {outcome}; `leadbook outcome list` shows them")));
        }
        activity.set(registry.id("outcome"), Value::Choice(outcome));
        activity.set(registry.id("left_voicemail"), Value::Bool(Follows::of(choices, outcome) == Follows::Voicemail));
    }
    let reason = done_reason(kind, code(activity, "direction"));
    for (name, value) in [
        ("status", Value::Choice(COMPLETED)),
        ("status_reason", Value::Choice(reason)),
        ("actual_end", Value::Instant(at)),
        ("closed_at", Value::Instant(ctx.now())),
    ] {
        activity.set(registry.id(name), value);
    }
    if activity.named(registry, "actual_start").is_none() {
        let created = activity.named(registry, "created_at").as_int().unwrap_or(at).min(at);
        activity.set(registry.id("actual_start"), Value::Instant(created));
    }
    if let Some(note) = note.map(str::trim).filter(|note| !note.is_empty()) {
        let text = match activity.text(registry, "description") {
            "" => note.to_owned(),
            before => format!("{before}\n\n{note}"),
        };
        activity.set(registry.id("description"), Value::Text(text));
    }
    Ok(())
}

impl Act for CompleteActivities {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "SetStateCompleted"
    }

    /// How many were completed comes back; one that is not open refuses all.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        only_activities(&self.targets)?;
        let (db, ctx) = (tx.db, tx.ctx);
        let at = self.at.unwrap_or_else(|| ctx.now());
        let numbers = self.targets.numbers(db, ctx)?;
        tx.expect(numbers.len());
        let mut name = String::new();
        for number in &numbers {
            let (after, _) = change_record(tx, Entity::Activity.numbered(*number), ChangeKind::Update, |activity| {
                check_write(db, ctx, activity)?;
                check_open(ctx, activity)?;
                complete(ctx, activity, self.outcome, self.note.as_deref(), at)
            })?;
            contacted(tx, &after)?;
            name = display_name(ctx, &after);
        }
        let outcome = self.outcome.map(|code| format!(": {}", ctx.catalog.choices.label(Set::Outcome, code)));
        match numbers.len() {
            1 => tx.say(format!("Done: {name}{}", outcome.unwrap_or_default())),
            count => tx.say(format!("Done: {count} activities{}", outcome.unwrap_or_default())),
        }
        Ok(i64::try_from(numbers.len()).unwrap_or(i64::MAX))
    }
}

impl Act for CancelActivities {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "SetStateCanceled"
    }

    /// How many were canceled comes back; one that is not open refuses all.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        only_activities(&self.targets)?;
        let (db, ctx) = (tx.db, tx.ctx);
        let registry = &ctx.catalog.activity;
        let at = ctx.now();
        let each = change_each(tx, &self.targets, ChangeKind::Update, |activity| {
            check_write(db, ctx, activity)?;
            check_open(ctx, activity)?;
            activity.set(registry.id("status"), Value::Choice(CANCELED));
            activity.set(registry.id("status_reason"), Value::Choice(REASON_CANCELED));
            activity.set(registry.id("closed_at"), Value::Instant(at));
            Ok(())
        })?;
        match each.asked {
            1 => tx.say(format!("Canceled: {}", each.name)),
            _ => tx.say(format!("Canceled {} activities", each.changed)),
        }
        Ok(each.changed)
    }
}
