//! A person's day: what is late, what is due, what is new to them, what nobody planned. Changes nothing.

use std::collections::{BTreeMap, HashMap};

use crate::error::Result;
use crate::model::dates::{is_late, is_whole_day};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::value::{Owner, Value};
use crate::query::parse;
use crate::service::act::Query;
use crate::service::context::Context;
use crate::service::record::read::{Brief, ListRow};
use crate::service::target;
use crate::store::{self, Db};

/// The most rows of one section that are read.
const MOST: i64 = 300;

/// An open activity with the record that it stands on.
#[derive(Clone, Debug, PartialEq)]
pub struct DueRow {
    /// The activity.
    pub activity: Brief,
    /// Of its record: what people look for, see [`Person`].
    pub person: Person,
}

/// What is shown of the record that something is due on, or that is new.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// Who, or what it is called.
    pub name: String,
    /// The company, or the account.
    pub company: String,
    /// What it is about.
    pub topic: String,
    /// The code of the rating; 0 where it has none.
    pub rating: i64,
    /// The number to call.
    pub phone: String,
    /// Where they are.
    pub country: String,
    /// Where in that country.
    pub region: String,
}

/// A lead that was handed or routed to the person.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRow {
    /// The lead.
    pub key: RecordId,
    /// Who it is.
    pub person: Person,
    /// When it came, in µs UTC.
    pub at: i64,
    /// Who handed it over, a user's number.
    pub by: Option<i64>,
    /// What they said.
    pub note: String,
}

/// What was won in a currency this month, and what is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aim {
    /// The ISO code.
    pub currency: String,
    /// Ten-thousandths that were won.
    pub won: i64,
    /// Ten-thousandths that are to be won.
    pub target: i64,
}

/// A person's day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Day {
    /// What should have been done, the oldest first.
    pub late: Vec<DueRow>,
    /// How many there are of these.
    pub late_count: u64,
    /// What is due today and not late.
    pub today: Vec<DueRow>,
    /// Leads that are new to the person, the newest first.
    pub new: Vec<NewRow>,
    /// How many open leads of theirs have nothing planned.
    pub idle: u64,
    /// How many activities they completed today.
    pub done: u64,
    /// How many are still to be done by the end of the day.
    pub open: u64,
    /// How many opportunities of theirs were won this month.
    pub won: u64,
    /// What these came to and what they were to come to, in each currency that a target of theirs is in.
    pub targets: Vec<Aim>,
    /// The next things that are due at a time of day, later than now.
    pub coming: Vec<DueRow>,
    /// When the first of them is due, in µs UTC.
    pub next_due: Option<i64>,
    /// Whether the database holds no lead at all.
    pub is_empty: bool,
}

/// The day of the acting user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GetDay;

impl Query for GetDay {
    type Reply = Day;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Day> {
        let (now, zone) = (ctx.now(), ctx.zone);
        let owner = Owner::User(ctx.user).code();
        let today = zone.today(now);
        let (start, end) = (zone.day_start(today), zone.day_start(today.saturating_add(1)));
        let mut day = Day {
            late_count: store::activity::count_due(db, owner, i64::MIN, now, start)?,
            idle: store::activity::count_idle(db, owner)?,
            done: store::activity::count_done(db, owner, start, end)?,
            ..Day::default()
        };
        day.open = store::activity::count_due(db, owner, i64::MIN, end, i64::MIN)?;
        let month = crate::model::zone::date(today);
        let first = crate::model::zone::days(chrono::Datelike::with_day(&month, 1).unwrap_or(month));
        day.won = store::activity::count_won(db, owner, first, today.saturating_add(1))?;
        day.targets = aims(db, ctx, first, today)?;
        let late = store::activity::due(db, owner, i64::MIN, now, MOST)?;
        let late = late.into_iter().filter(|brief| brief.due.is_some_and(|due| is_late(due, now, zone)));
        day.late = rows(db, ctx, late.collect())?;
        let due = store::activity::due(db, owner, start, end, MOST)?;
        let due = due.into_iter().filter(|brief| brief.due.is_some_and(|due| !is_late(due, now, zone)));
        day.today = rows(db, ctx, due.collect())?;
        day.new = new(db, ctx)?;
        let coming = store::activity::due(db, owner, now.saturating_add(1), i64::MAX, 20)?;
        let timed = coming.into_iter().filter(|brief| brief.due.is_some_and(|due| !is_whole_day(due, zone)));
        day.coming = rows(db, ctx, timed.take(3).collect())?;
        day.next_due = day.coming.first().and_then(|row| row.activity.due);
        day.is_empty = store::record::is_empty(db, Entity::Lead)?;
        Ok(day)
    }
}

/// What the acting user won this month, beside what is to be won.
fn aims(db: &Db, ctx: &Context, first: i32, today: i32) -> Result<Vec<Aim>> {
    let me = Owner::User(ctx.user);
    let targets = target::of(&ctx.catalog, Some(me), &target::month_of(today));
    if targets.is_empty() {
        return Ok(Vec::new());
    }
    let won = store::activity::won_value(db, me.code(), first, today.saturating_add(1))?;
    let won_in = |currency: &str| won.iter().find(|(of, _)| of == currency).map_or(0, |(_, amount)| *amount);
    Ok(targets.into_iter().map(|(currency, target)| Aim { won: won_in(&currency), currency, target }).collect())
}

/// Open activities in a stretch of time: those of the acting user, the first due first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GetAgenda {
    /// From this moment, in µs UTC.
    pub from: i64,
    /// Before this one.
    pub before: i64,
}

impl Query for GetAgenda {
    type Reply = Vec<DueRow>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<DueRow>> {
        let found = store::activity::due(db, Owner::User(ctx.user).code(), self.from, self.before, i64::MAX)?;
        rows(db, ctx, found)
    }
}

fn rows(db: &Db, ctx: &Context, found: Vec<Brief>) -> Result<Vec<DueRow>> {
    let persons = persons(db, ctx, found.iter().filter_map(|activity| activity.about))?;
    let person = |about: Option<RecordId>| about.and_then(|about| persons.get(&about)).cloned().unwrap_or_default();
    Ok(found.into_iter().map(|activity| DueRow { person: person(activity.about), activity }).collect())
}

/// The fields of a kind of records that say who it is, in the order of [`Person`].
const FIELDS: [&[&str]; 6] =
    [&["name"], &["company", "account"], &["topic"], &["phone", "mobile_phone"], &["country"], &["state_or_province"]];

/// Who these records are; those of one kind are read at once.
fn persons(db: &Db, ctx: &Context, about: impl Iterator<Item = RecordId>) -> Result<HashMap<RecordId, Person>> {
    let mut by_kind: BTreeMap<Entity, Vec<i64>> = BTreeMap::new();
    for key in about {
        by_kind.entry(key.entity).or_default().push(key.number);
    }
    let mut found = HashMap::new();
    for (entity, mut numbers) in by_kind {
        let registry = ctx.catalog.registry(entity);
        let own = |name: &&str| registry.find(name).filter(|id| registry.field(*id).name == *name);
        let fields: Vec<Vec<FieldId>> = FIELDS.iter().map(|names| names.iter().filter_map(own).collect()).collect();
        let all: Vec<FieldId> = fields.iter().flatten().copied().collect();
        // in their order, so that those that stand together in the file are read together
        numbers.sort_unstable();
        numbers.dedup();
        let rows = store::list::rows(db, registry, &numbers, &all)?;
        found.extend(rows.into_iter().map(|row| (row.key, read(&row, &fields))));
    }
    Ok(found)
}

/// The first of each group of fields that holds something.
fn read(row: &ListRow, fields: &[Vec<FieldId>]) -> Person {
    let mut values = row.values.iter();
    let mut texts = fields.iter().map(|group| {
        let held: Vec<&Value> = values.by_ref().take(group.len()).collect();
        let text = |value: &Value| match value {
            Value::Link(link) => link.name.clone(),
            value => value.as_text().to_owned(),
        };
        held.into_iter().map(text).find(|text| !text.is_empty()).unwrap_or_default()
    });
    let mut next = || texts.next().unwrap_or_default();
    let mut person = Person {
        name: next(),
        company: next(),
        topic: next(),
        phone: next(),
        country: next(),
        region: next(),
        rating: row.rating,
    };
    if person.name.is_empty() {
        person.name = std::mem::take(&mut person.company);
    }
    person
}

/// What was handed or routed to the person and not opened since.
fn new(db: &Db, ctx: &Context) -> Result<Vec<NewRow>> {
    let reading = ctx.reading_of(Entity::Lead);
    let Ok(filter) = parse("is:new sort:-handed_at", &reading) else { return Ok(Vec::new()) };
    let registry = &ctx.catalog.lead;
    let fields = ["handed_at", "handed_by", "handed_note"].map(|name| registry.id(name));
    let limit = usize::try_from(MOST).unwrap_or(usize::MAX);
    let found = store::list::page(db, registry, &ctx.into(), &filter, limit, &fields)?;
    let mut persons = persons(db, ctx, found.iter().map(|row| row.key))?;
    let mut rows = Vec::with_capacity(found.len());
    for row in found {
        rows.push(NewRow {
            key: row.key,
            person: persons.remove(&row.key).unwrap_or_default(),
            at: row.values.first().and_then(Value::as_int).unwrap_or_default(),
            by: row.values.get(1).and_then(Value::as_int),
            note: row.values.get(2).map(|value| value.as_text().to_owned()).unwrap_or_default(),
        });
    }
    Ok(rows)
}
