//! What was done and is to be done about the leads of the sample data, with times that count from now. Draws nothing by chance: on any
//! day there is something late, due, planned and forgotten.

use crate::error::Result;
use crate::model::activity::{APPOINTMENT, COMPLETED, Follows, INCOMING, OUTGOING, PHONE_CALL, TASK, complete};
use crate::model::catalog::Catalog;
use crate::model::choice::{OPEN, Set};
use crate::model::entity::{Entity, RecordId};
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::{Owner, Value};
use crate::service::context::Context;
use crate::service::generate::people;
use crate::store::{self, Db, setting};

const MINUTE: i64 = 60_000_000;

/// A step: its kind, what it is about, on which day from today, at which minute of it (none: all day), and, where it is done, how a call
/// went.
type Step = (i64, &'static str, i32, Option<i64>, Option<Follows>);

/// What was and is to be done about the leads of the person at the keyboard, one after the other and round again.
const MINE: &[&[Step]] = &[
    &[(PHONE_CALL, "", 0, Some(15 * 60), None)],
    &[(PHONE_CALL, "", -3, Some(10 * 60), Some(Follows::Voicemail)), (PHONE_CALL, "", -2, Some(9 * 60), None)],
    &[
        (PHONE_CALL, "", -1, Some(11 * 60 + 20), Some(Follows::CallBack)),
        (APPOINTMENT, "Demo of the large model", 1, Some(10 * 60), None),
    ],
    &[(TASK, "Send the price list", 0, None, None)],
    &[(PHONE_CALL, "", -8, Some(14 * 60), Some(Follows::Talked)), (TASK, "Ask about the tender", 6, Some(9 * 60), None)],
    &[],
    &[(PHONE_CALL, "", -40, Some(16 * 60), Some(Follows::Talked))],
    &[(PHONE_CALL, "", -2, Some(15 * 60 + 40), Some(Follows::TryAgain)), (PHONE_CALL, "", 0, Some(16 * 60 + 30), None)],
    &[],
];

/// The same of others' leads.
const THEIRS: &[&[Step]] = &[
    &[(PHONE_CALL, "", -5, Some(10 * 60), Some(Follows::Talked)), (TASK, "Follow up", 3, None, None)],
    &[],
    &[(PHONE_CALL, "", -1, Some(9 * 60), Some(Follows::Voicemail))],
    &[(PHONE_CALL, "", 2, Some(13 * 60), None)],
];

/// Writes them for these leads, the newest first; each lead is a record as it is stored.
pub(super) fn write(db: &Db, catalog: &Catalog, ctx: &Context, leads: &[Record]) -> Result<()> {
    let registry = &catalog.lead;
    let (mut mine, mut theirs) = (0, 0);
    let mut all: Vec<Record> = Vec::new();
    for lead in leads {
        let Value::Owner(owner) = lead.named(registry, "owner") else { continue };
        let steps = if *owner == Owner::User(ctx.user) {
            mine += 1;
            MINE[(mine - 1) % MINE.len()]
        } else {
            theirs += 1;
            THEIRS[(theirs - 1) % THEIRS.len()]
        };
        let is_open = lead.named(registry, "status").as_int() == Some(OPEN);
        for step in steps.iter().filter(|step| is_open || step.4.is_some()) {
            let by = match owner {
                Owner::User(user) => *user,
                Owner::Team(_) => ctx.user,
            };
            all.extend(activity(catalog, ctx, lead, step, by));
        }
    }
    let count = i64::try_from(all.len()).unwrap_or_default();
    let first = setting::take_numbers(db, Entity::Activity.name(), count)?;
    for (number, mut record) in (first..).zip(all) {
        record.key = Entity::Activity.numbered(number);
        store::record::insert(db, &catalog.activity, &record, people::unit_of_record(&catalog.activity, &record))?;
    }
    Ok(())
}

fn activity(catalog: &Catalog, ctx: &Context, lead: &Record, step: &Step, by: i64) -> Option<Record> {
    let (kind, subject, day, minute, went) = *step;
    let (registry, of) = (&catalog.activity, &catalog.lead);
    let start = ctx.zone.day_start(ctx.zone.today(ctx.now()).saturating_add(day));
    let at = start + minute.unwrap_or_default() * MINUTE;
    let came = lead.named(of, "created_at").as_int().unwrap_or(at);
    let done = went.is_some();
    // nothing was done about a lead before it came
    if done && at < came {
        return None;
    }
    let name = if subject.is_empty() { format!("Call {}", lead.text(of, "name")) } else { subject.to_owned() };
    let mut record = Record::new(RecordId::lead(1), ctx.ids.make(), 1, Vec::new());
    for (id, value) in rules::defaults(registry) {
        record.set(id, value);
    }
    let outcome = went.and_then(|went| {
        let choices = catalog.choices.all(Set::Outcome);
        choices.iter().find(|choice| Follows::of_code(choice.state) == went).map(|choice| choice.code)
    });
    let planned = at.min(ctx.now()).max(came);
    let when = if kind == APPOINTMENT { "starts_at" } else { "due_at" };
    for (name, value) in [
        ("kind", Value::Choice(kind)),
        ("name", Value::text(name)),
        ("regarding", Value::record(lead.key)),
        ("phone_number", lead.named(of, "phone").clone()),
        ("outcome", outcome.map_or(Value::None, Value::Choice)),
        ("left_voicemail", Value::Bool(went == Some(Follows::Voicemail))),
        ("direction", if kind == PHONE_CALL { Value::Choice(if day == -8 { INCOMING } else { OUTGOING }) } else { Value::None }),
        ("owner", Value::Owner(Owner::User(by))),
        ("created_at", Value::Instant(planned)),
        ("created_by", Value::User(by)),
        ("modified_at", Value::Instant(planned)),
        ("modified_by", Value::User(by)),
    ] {
        record.set(registry.id(name), value);
    }
    if done {
        record.set(registry.id("status"), Value::Choice(COMPLETED));
        record.set(registry.id("actual_end"), Value::Instant(at));
        record.set(registry.id("closed_at"), Value::Instant(at));
    } else {
        record.set(registry.id(when), Value::Instant(at));
    }
    complete(registry, &mut record);
    Some(record)
}
