//! The end of a call: what came of it, what is to be remembered, what is next, as one step. Source: the interface's own act; the phone
//! call, the follow-up and the status are those of Dynamics.

use super::complete::complete;
use super::{check_about, contacted, plan};
use crate::error::{Error, Result};
use crate::model::activity::{Follows, OUTGOING, PHONE_CALL};
use crate::model::catalog::Catalog;
use crate::model::choice::{OPEN, Set};
use crate::model::dates::show_planned;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::phone;
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::Value;
use crate::service::act::{Act, Tx};
use crate::service::record::write::{change_record, display_name};
use crate::store;
use crate::store::log::ChangeKind;

/// Logs a call that was made or came in, with what is next.
#[derive(Clone, Debug, PartialEq)]
pub struct WrapUp {
    /// With whom.
    pub about: RecordId,
    /// The open call that this was; where none is named, one that was due by the end of today.
    pub activity: Option<i64>,
    /// How it went: a code of the outcomes.
    pub outcome: i64,
    /// One of [`OUTGOING`] and [`crate::model::activity::INCOMING`].
    pub direction: i64,
    /// What is to be remembered.
    pub note: String,
    /// When to try again, in µs UTC; none plans nothing.
    pub next: Option<i64>,
}

/// What a call left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrappedUp {
    /// The call.
    pub call: i64,
    /// The next step, where one was planned.
    pub next: Option<i64>,
    /// What follows from the outcome.
    pub follows: Follows,
}

/// The telephone fields of records, in the order in which they are called.
const PHONES: [&str; 4] = ["phone", "mobile_phone", "home_phone", "other_phone"];

impl Act for WrapUp {
    type Reply = WrappedUp;

    fn name(&self) -> &'static str {
        "LogCall"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<WrappedUp> {
        let (db, ctx) = (tx.db, tx.ctx);
        let registry = &ctx.catalog.activity;
        let choices = &ctx.catalog.choices;
        let record = check_about(db, ctx, self.about)?;
        if choices.get(Set::Outcome, self.outcome).is_none() {
            return Err(Error::invalid("outcome", "say how the call went; `leadbook outcome list` shows the outcomes"));
        }
        let follows = Follows::of(choices, self.outcome);
        if follows == Follows::CallBack && self.next.is_none() {
            return Err(Error::invalid("next", "say when to call back: tomorrow 15:00, tue 9am, +3d"));
        }
        let name = display_name(ctx, &record);
        let planned = match self.activity {
            Some(number) => Some(number),
            None => store::activity::call_due(db, self.about, ctx.zone.day_start(ctx.zone.today(ctx.now()) + 1) - 1)?,
        };
        let number = match planned {
            Some(number) => number,
            None => plan::write_new(tx, Some(self.about), &values(&ctx.catalog, &name, self.direction))?.key.number,
        };
        let call = Entity::Activity.numbered(number);
        let (done, _) = change_record(tx, call, ChangeKind::Update, |activity| {
            super::check_write(db, ctx, activity)?;
            super::check_open(ctx, activity)?;
            complete(ctx, activity, Some(self.outcome), Some(&self.note), ctx.now())
        })?;
        contacted(tx, &done)?;
        // whoever was called is not new any more
        store::record::mark_opened(tx.db, self.about, ctx.now())?;
        let called = done.text(registry, "phone_number");
        let is_gone = follows == Follows::WrongNumber && take_off(tx, self.about, called)?;
        let gone = if is_gone { format!(" · {called} taken off {}", self.about) } else { String::new() };
        let next = match self.next {
            Some(at) => {
                let mut values = values(&ctx.catalog, &name, OUTGOING);
                values.push((registry.id("due_at"), Value::Instant(at)));
                Some(plan::write_new(tx, Some(self.about), &values)?.key.number)
            }
            None => None,
        };
        let outcome = choices.label(Set::Outcome, self.outcome);
        let then = self.next.map(|at| format!(" · next {}", show_planned(at, ctx.now(), ctx.zone))).unwrap_or_default();
        tx.say(format!("Call with {name}: {outcome}{gone}{then}"));
        Ok(WrappedUp { call: number, next, follows })
    }
}

/// The fields of a call with somebody of this name.
fn values(catalog: &Catalog, name: &str, direction: i64) -> Vec<(FieldId, Value)> {
    let registry = &catalog.activity;
    let subject: String = format!("Call {name}").chars().take(300).collect();
    vec![
        (registry.id("kind"), Value::Choice(PHONE_CALL)),
        (registry.id("name"), Value::text(subject)),
        (registry.id("direction"), Value::Choice(direction)),
    ]
}

/// Takes a number off a record under which somebody else was reached; the call keeps it.
fn take_off(tx: &mut Tx<'_>, about: RecordId, number: &str) -> Result<bool> {
    let registry = tx.ctx.catalog.registry(about.entity);
    let digits = phone::digits(number);
    if digits.is_empty() {
        return Ok(false);
    }
    let fields: Vec<FieldId> = PHONES.iter().filter_map(|name| registry.find(name)).collect();
    let is_closed = |record: &Record| record.named(registry, "status").as_int() != Some(OPEN);
    let mut is_taken = false;
    change_record(tx, about, ChangeKind::Update, |record| {
        for id in &fields {
            let kept = is_closed(record) && !rules::is_writable_when_closed(registry, registry.field(*id));
            if !kept && phone::digits(record.get(*id).as_text()) == digits {
                record.set(*id, Value::None);
                is_taken = true;
            }
        }
        Ok(())
    })?;
    Ok(is_taken)
}
