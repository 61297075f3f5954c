//! What the keys of activities start: a call, a task, an appointment, done, another time, dialling. Shared by all screens.

use crate::model::activity::{EMAIL, PHONE_CALL, is_open};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::value::Value;
use crate::service::activity::complete::{CancelActivities, CompleteActivities};
use crate::service::record::read::ListRow;
use crate::service::scope::Targets;
use crate::tui::action::Action;
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::flow;
use crate::tui::layer::compose::Compose;
use crate::tui::layer::mailing::Mailing;
use crate::tui::layer::picker::Picker;
use crate::tui::layer::plan::{Makes, PlanLine};
use crate::tui::layer::wrap_up::WrapUpLayer;
use crate::tui::layer::{Flow, Purpose};
use crate::worker::writer::AnyAct;

/// Starts what a key asks for on records, or on activities themselves; `name` is what the record is called.
pub fn start(action: Action, targets: Targets, row: Option<&ListRow>, fields: &[FieldId], name: &str, cx: &mut Cx<'_>) -> Flow {
    let entity = targets.entity();
    if entity == Entity::Activity {
        return on_activities(action, targets, row, fields, name, cx);
    }
    if !entity.takes_activities() {
        cx.complain(format!("{} have no calls, tasks or appointments", entity.plural()));
        return Flow::Stay;
    }
    let one = targets.single();
    match (action, one) {
        (Action::Call, Some(about)) => Flow::Push(Box::new(WrapUpLayer::open(about, None, name, cx))),
        (Action::Call, None) => {
            cx.complain("calls are logged one at a time: w works the list");
            Flow::Stay
        }
        (Action::Mail, Some(about)) => Flow::Push(Box::new(Compose::open(about, name, cx))),
        (Action::Mail, None) => Flow::Push(Box::new(Mailing::new(targets, cx))),
        (Action::Task, _) => {
            Flow::Push(Box::new(PlanLine::open(Makes::Task, targets, if one.is_some() { name } else { "" }, cx)))
        }
        (Action::Book, _) => {
            Flow::Push(Box::new(PlanLine::open(Makes::Appointment, targets, if one.is_some() { name } else { "" }, cx)))
        }
        (Action::Reschedule, _) if cx.desk.just_due(cx.env.now()).is_some() => {
            let (number, subject) = cx.desk.just_due(cx.env.now()).map(|(n, text)| (n, text.to_owned())).unwrap_or_default();
            let due = Targets::one(Entity::Activity.numbered(number));
            Flow::Push(Box::new(PlanLine::open(Makes::Move, due, &subject, cx)))
        }
        (Action::Done | Action::Reschedule, _) => {
            let what = if action == Action::Done { "done" } else { "moved" };
            cx.complain(format!("activities are {what}: on Today, in the list of activities, or on the timeline of a record"));
            Flow::Stay
        }
        _ => Flow::Pass,
    }
}

fn on_activities(
    action: Action,
    targets: Targets,
    row: Option<&ListRow>,
    fields: &[FieldId],
    name: &str,
    cx: &mut Cx<'_>,
) -> Flow {
    let registry = &cx.env.catalog.activity;
    let value = |wanted: &'static str| {
        let place = fields.iter().position(|id| *id == registry.id(wanted))?;
        row.and_then(|row| row.values.get(place))
    };
    let about = value("regarding").and_then(|value| value.as_record());
    match action {
        Action::Done => done(targets, value("kind").and_then(|kind| kind.as_int()), about, name, cx),
        Action::Reschedule => {
            let name = if targets.single().is_some() { name } else { "" };
            Flow::Push(Box::new(PlanLine::open(Makes::Move, targets, name, cx)))
        }
        Action::CloseBadly => flow::submit(AnyAct::CancelActivities(CancelActivities { targets }), cx),
        Action::Mail
            if value("kind").and_then(|kind| kind.as_int()) == Some(EMAIL) && row.is_some_and(|row| is_open(row.state)) =>
        {
            match targets.single() {
                Some(mail) => Flow::Push(Box::new(Compose::open(mail, name, cx))),
                None => {
                    cx.complain("mails that are open are gone on with one at a time");
                    Flow::Stay
                }
            }
        }
        Action::Call | Action::Mail | Action::Task | Action::Book => match about {
            Some(about) => start(action, Targets::one(about), None, &[], &about.to_string(), cx),
            None => {
                cx.complain("this activity stands on no record");
                Flow::Stay
            }
        },
        _ => Flow::Pass,
    }
}

/// Completes activities. How a call went is asked for: with its record on the strip, else by a choice of the outcomes.
pub fn done(targets: Targets, kind: Option<i64>, about: Option<RecordId>, name: &str, cx: &mut Cx<'_>) -> Flow {
    match (targets.single(), kind, about) {
        (Some(call), Some(PHONE_CALL), Some(about)) => {
            Flow::Push(Box::new(WrapUpLayer::open(about, Some(call.number), name, cx)))
        }
        (Some(_), Some(PHONE_CALL), None) => {
            let outcome = cx.env.catalog.activity.id("outcome");
            Flow::Push(Box::new(Picker::value(cx.env, "How did it go?".to_owned(), Purpose::Outcome(targets), outcome)))
        }
        _ => flow::submit(AnyAct::Complete(CompleteActivities { targets, outcome: None, note: None, at: None }), cx),
    }
}

/// The field that says that a record is not to be called, or that an activity was planned in spite of that.
pub const fn asks_not(entity: Entity) -> &'static str {
    if matches!(entity, Entity::Activity) { "override_note" } else { "do_not_phone" }
}

/// What is said before the number of somebody who asked not to be called, by the value of [`asks_not`].
pub fn warning(value: Option<&Value>) -> Option<&'static str> {
    let asks = match value {
        Some(Value::Bool(asks)) => *asks,
        Some(Value::Text(text)) => !text.is_empty(),
        _ => false,
    };
    asks.then_some("! asks not to be called")
}

/// Dials a number by the configured command, or shows and copies it; a warning is said with it.
pub fn dial(number: &str, warning: Option<&str>, cx: &mut Cx<'_>) -> Flow {
    let digits = crate::model::phone::digits(number);
    if digits.is_empty() {
        cx.complain("no phone number to dial");
        return Flow::Stay;
    }
    match &cx.env.config.dial {
        Some(command) => {
            let plus = if number.trim_start().starts_with('+') { "+" } else { "" };
            let (command, number) = (command.clone(), format!("{plus}{digits}"));
            cx.push(Effect::Dial { command, number, warning: warning.map(str::to_owned) });
            Flow::Stay
        }
        None => {
            let what = warning.map_or_else(|| "Phone".to_owned(), |warning| format!("{warning} · Phone"));
            flow::copy_text(&what, number, cx)
        }
    }
}

/// Why an action cannot be done on an activity now.
pub fn why_not(action: Action, row: &ListRow) -> Option<String> {
    if row.key.entity != Entity::Activity {
        return None;
    }
    match action {
        Action::Done | Action::Reschedule | Action::CloseBadly if row.deleted => Some("deleted; O restores it".into()),
        Action::Done | Action::Reschedule | Action::CloseBadly if !is_open(row.state) => {
            Some("done already; O reopens it".into())
        }
        _ => None,
    }
}
