//! Planning: a new activity on a record, and open ones moved to another time. Completes nothing.

use super::{check_about, check_open, check_write, forbidden};
use crate::error::{Error, Result};
use crate::model::activity::{APPOINTMENT, PHONE_CALL};
use crate::model::dates::show_planned;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{Access, FieldId};
use crate::model::record::Record;
use crate::model::value::Value;
use crate::service::act::{Act, Tx};
use crate::service::context::Context;
use crate::service::record::create;
use crate::service::record::write::{change_each, display_name};
use crate::service::scope::Targets;
use crate::store::log::ChangeKind;

/// Makes an activity, as a rule on a record.
#[derive(Clone, Debug, PartialEq)]
pub struct AddActivity {
    /// On which record; none for what concerns nobody.
    pub about: Option<RecordId>,
    /// Its fields; what is not given follows from the kind and the record.
    pub values: Vec<(FieldId, Value)>,
}

/// Makes the same activity on each of many records.
#[derive(Clone, Debug, PartialEq)]
pub struct AddActivities {
    /// On which records.
    pub targets: Targets,
    /// Its fields.
    pub values: Vec<(FieldId, Value)>,
}

/// Writes a new activity whose record the acting user may write; what else follows from that record is filled in.
pub(in crate::service) fn write_new(tx: &mut Tx<'_>, about: Option<RecordId>, values: &[(FieldId, Value)]) -> Result<Record> {
    let (db, ctx) = (tx.db, tx.ctx);
    let registry = &ctx.catalog.activity;
    let mut values = values.to_vec();
    let given = |values: &[(FieldId, Value)], name: &'static str| {
        values.iter().find(|(id, _)| *id == registry.id(name)).and_then(|(_, value)| value.as_int())
    };
    let kind = given(&values, "kind").unwrap_or(crate::model::activity::TASK);
    if values.iter().any(|(id, value)| *id == registry.id("name") && value.is_none()) {
        return Err(Error::invalid("name", "Subject is needed: what is to be done, or what it is about"));
    }
    let Some(about) = about else { return create::make(tx, Entity::Activity, values) };
    let record = check_about(db, ctx, about)?;
    values.push((registry.id("regarding"), Value::record(about)));
    let of = ctx.catalog.registry(about.entity);
    if kind == PHONE_CALL && !values.iter().any(|(id, value)| *id == registry.id("phone_number") && !value.is_none()) {
        let number = ["phone", "mobile_phone"].into_iter().filter_map(|name| of.find(name)).map(|id| record.get(id));
        if let Some(number) = number.into_iter().find(|number| !number.is_none()) {
            values.push((registry.id("phone_number"), number.clone()));
        }
    }
    // who asked not to be called is called all the same only by a decision, which stays readable
    if let Some(words) = forbidden(of, &record, kind) {
        values.push((registry.id("override_note"), Value::text(words)));
    }
    create::make(tx, Entity::Activity, values)
}

fn check_editable(ctx: &Context, values: &[(FieldId, Value)]) -> Result<()> {
    for (id, _) in values {
        let field = ctx.catalog.field(*id);
        if field.access != Access::Edit {
            return Err(Error::invalid(field.name, format!("{} is kept by the program and cannot be given", field.label)));
        }
    }
    Ok(())
}

/// `Call Ann Lee on Tue 24 Nov 09:00`: what an activity is called in a message, with its time.
fn words(ctx: &Context, activity: &Record) -> String {
    let registry = &ctx.catalog.activity;
    let when = |name| activity.named(registry, name).as_int();
    let at = if when("kind") == Some(APPOINTMENT) { when("starts_at") } else { when("due_at") };
    let at = at.map(|at| format!(" · {}", show_planned(at, ctx.now(), ctx.zone))).unwrap_or_default();
    format!("{}{at}", display_name(ctx, activity))
}

impl Act for AddActivity {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "CreateActivity"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let ctx = tx.ctx;
        check_editable(ctx, &self.values)?;
        let activity = write_new(tx, self.about, &self.values)?;
        tx.say(format!("Planned {} · {}", words(ctx, &activity), activity.key));
        Ok(activity.key.number)
    }
}

impl Act for AddActivities {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "CreateActivity"
    }

    /// How many were made comes back.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let (db, ctx) = (tx.db, tx.ctx);
        check_editable(ctx, &self.values)?;
        let entity = self.targets.entity();
        let numbers = self.targets.numbers(db, ctx)?;
        let mut last = None;
        for (done, number) in (0u64..).zip(&numbers) {
            last = Some(write_new(tx, Some(entity.numbered(*number)), &self.values)?);
            if done % 256 == 0 {
                ctx.advance(done, numbers.len() as u64)?;
            }
        }
        let what = last.map(|activity| words(ctx, &activity)).unwrap_or_default();
        let count = numbers.len() as u64;
        tx.say(format!("Planned {what} on {count} {}", entity.counted(count)));
        Ok(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// Moves open activities to another time; of an appointment the length stays.
#[derive(Clone, Debug, PartialEq)]
pub struct MoveActivities {
    /// Which activities.
    pub targets: Targets,
    /// To when, in µs UTC.
    pub to: i64,
}

impl Act for MoveActivities {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "Reschedule"
    }

    /// How many were moved comes back; one that is not open refuses all.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let (db, ctx) = (tx.db, tx.ctx);
        if self.targets.entity() != Entity::Activity {
            let headline = format!("{} have no time of their own", self.targets.entity().plural());
            return Err(Error::refused(headline, "move one of their activities: name it by its number, as T-7"));
        }
        let registry = &ctx.catalog.activity;
        let to = self.to;
        let each = change_each(tx, &self.targets, ChangeKind::Update, |activity| {
            check_write(db, ctx, activity)?;
            check_open(ctx, activity)?;
            let when = |name| activity.named(registry, name).as_int();
            let (start, due) = (when("starts_at"), when("due_at"));
            match (start, due) {
                (Some(start), due) => {
                    activity.set(registry.id("starts_at"), Value::Instant(to));
                    if let Some(due) = due {
                        activity.set(registry.id("due_at"), Value::Instant(to.saturating_add(due - start)));
                    }
                }
                (None, _) => activity.set(registry.id("due_at"), Value::Instant(to)),
            }
            Ok(())
        })?;
        let when = show_planned(to, ctx.now(), ctx.zone);
        match each.asked {
            1 => tx.say(format!("{} moved to {when}", each.name)),
            _ => tx.say(format!("{} activities moved to {when}", each.changed)),
        }
        Ok(each.changed)
    }
}
