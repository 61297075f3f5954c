//! The sample data: some two hundred leads of a small company, most made up by hand, with dates that count back from now. For
//! a throw-away database; asks no questions about where it lies.

mod activities;
mod definitions;
mod sheet;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use self::sheet::{Column, Entry};
use super::customers::{Customers, STAKEHOLDER};
use super::people::{self, TEAMS, USERS};
use super::person::{People, Person, Wish};
use super::phone::Phone;
use super::random::Random;
use super::record;
use super::story::Years;
use super::words::places::COUNTRIES;
use crate::error::{Error, Result};
use crate::model::catalog::Catalog;
use crate::model::choice::Set;
use crate::model::entity::{Entity, RecordId};
use crate::model::name;
use crate::model::note::Note;
use crate::model::people::Role;
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::{Owner, Value};
use crate::service::act::{Act, Tx};
use crate::service::context::{Clock, Context, Origin};
use crate::service::record::assign::AssignRecords;
use crate::service::record::delete::DeleteRecords;
use crate::service::scope::Targets;
use crate::service::score;
use crate::store::sqlite::bulk;
use crate::store::{self, lists, log, setting};

const SHEET: &str = include_str!("../../../../assets/demo/leads.txt");

/// How many leads are drawn beside those of the sheet.
const DRAWN: u64 = 160;

/// The seed of the drawn ones.
const SEED: u64 = 2_026;

const MINUTE: i64 = 60_000_000;

/// Fills a new database with the sample data; the acting user is the person at the keyboard, and has nothing to undo after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FillDemo;

/// A lead of the sample data before it has a number.
struct Sample {
    record: Record,
    notes: Vec<(i64, i64, String)>,
    /// Who hands it over, when, and with which words.
    handed: Option<(i64, i64, String)>,
    /// Who deletes it, and when.
    deleted: Option<(i64, i64)>,
}

impl Act for FillDemo {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "FillDemo"
    }

    /// How many leads were made comes back; [`Error::Refused`] where there are some already.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let (db, ctx) = (tx.db, tx.ctx);
        if log::newest(db)? > 0 || ctx.catalog.people.users.len() > 1 {
            return Err(Error::refused("sample data is for a new database alone", "`leadbook demo` opens one"));
        }
        let mut random = Random::new(SEED);
        let unit = ctx.catalog.people.units.first().map_or(1, |unit| unit.number);
        people::colleagues(db, &mut random, ctx.now(), unit, &ctx.login())?;
        let catalog = Arc::new(lists::catalog(db)?);
        let mut samples = drawn(&catalog, ctx, &mut random);
        for entry in sheet::read(SHEET) {
            samples.push(written(&catalog, ctx, &mut random, &entry)?);
        }
        samples.sort_by_key(|sample| sample.record.named(&catalog.lead, "created_at").as_int());
        let colleague = catalog.people.users.iter().find(|user| user.number != ctx.user).map_or(ctx.user, |user| user.number);
        bulk::defer_references(db)?;
        put(tx, &catalog, &mut samples, colleague)?;
        let newest: Vec<Record> = samples.iter().rev().filter(|s| s.deleted.is_none()).map(|s| s.record.clone()).collect();
        activities::write(db, &catalog, ctx, &newest)?;
        for sample in samples {
            follow(tx, &catalog, sample)?;
        }
        definitions::write(db, &catalog, ctx.user)?;
        score::anew(&Context { catalog: Arc::new(lists::catalog(db)?), ..ctx.clone() }, db)?;
        tx.catalog_changed();
        i64::try_from(DRAWN as usize + sheet::read(SHEET).len()).map_err(|_| Error::Internal("too much sample data".into()))
    }
}

/// Writes leads and notes, and the one step that made them all.
fn put(tx: &Tx<'_>, catalog: &Catalog, samples: &mut [Sample], colleague: i64) -> Result<()> {
    let (db, ctx) = (tx.db, tx.ctx);
    let count = samples.len() as i64;
    let first = setting::take_numbers(db, "lead", count)?;
    let since = samples.first().and_then(|sample| sample.record.named(&catalog.lead, "created_at").as_int());
    let operation = log::begin(db, ctx.ids.make(), "Import", colleague, Origin::Import.name(), since.unwrap_or(ctx.now()))?;
    let mut notes = Vec::new();
    let mut customers = Customers::new(SEED, ctx.now());
    for (number, sample) in (first..).zip(samples) {
        sample.record.key = RecordId::lead(number);
        rules::check_required(&catalog.lead, &sample.record)?;
        let became = customers.of(catalog, &mut sample.record);
        store::record::insert(db, &catalog.lead, &sample.record, people::unit_of_record(&catalog.lead, &sample.record))?;
        for record in &became.records {
            let registry = catalog.registry(record.key.entity);
            store::record::insert(db, registry, record, people::unit_of_record(registry, record))?;
        }
        for (opportunity, contact) in became.links {
            store::link::put(db, opportunity, contact, Some(STAKEHOLDER))?;
        }
        notes.extend(sample.notes.drain(..).map(|(at, by, body)| (at, by, body, sample.record.key)));
    }
    for (entity, count) in ["account", "contact", "opportunity"].into_iter().zip(customers.made) {
        setting::take_numbers(db, entity, count)?;
    }
    notes.sort_by_key(|(at, ..)| *at);
    let number = setting::take_numbers(db, "note", notes.len() as i64)?;
    for (number, (at, by, body, about)) in (number..).zip(notes) {
        let (id, by, at) = (ctx.ids.make(), by, at);
        let note = Note {
            number,
            id,
            version: 1,
            about,
            body,
            created_at: at,
            created_by: by,
            modified_at: at,
            modified_by: by,
            deleted_at: None,
            pinned: false,
            tasks: Vec::new(),
        };
        store::note::insert(db, &note)?;
    }
    let summary = format!("Imported {count} leads of the sample data");
    log::finish(db, operation, &summary, count, Some(log::Made { entity: Entity::Lead, first, last: first + count - 1 }), None)
}

/// Hands a lead over and deletes it, as its colleague did it on that day.
fn follow(tx: &Tx<'_>, catalog: &Arc<Catalog>, sample: Sample) -> Result<()> {
    let targets = Targets::one(sample.record.key);
    if let Some((at, by, note)) = sample.handed {
        let act =
            AssignRecords { targets: targets.clone(), owner: Owner::User(tx.ctx.user), note: Some(note), activities: false };
        act_as(tx, catalog, by, at, act)?;
    }
    if let Some((at, by)) = sample.deleted {
        act_as(tx, catalog, by, at, DeleteRecords { targets })?;
    }
    Ok(())
}

/// Does an act as somebody else, at another time, inside the same transaction.
fn act_as<A: Act>(tx: &Tx<'_>, catalog: &Arc<Catalog>, user: i64, at: i64, act: A) -> Result<()> {
    let role = catalog.people.user(user).map_or(Role::Seller, |user| user.role);
    let ctx = Context { user, role, clock: Clock::Fixed(at), catalog: Arc::clone(catalog), progress: None, ..tx.ctx.clone() };
    let mut inner = Tx::new(tx.db, &ctx, act.name());
    let reply = act.run(&mut inner)?;
    inner.finish(reply).map(|_| ())
}

/// The moment so many days ago, in working hours, and before now: what happened today did so in the last hours.
fn moment(ctx: &Context, random: &mut Random, age: i64) -> i64 {
    let now = ctx.now();
    if age <= 0 {
        return now - random.between(10, 150) * MINUTE;
    }
    let today = ctx.zone.today(now);
    let day = today.saturating_sub(i32::try_from(age).unwrap_or(0));
    (ctx.zone.day_start(day) + random.between(8 * 60, 17 * 60) * MINUTE).min(now - MINUTE)
}

/// The leads that are drawn, with addresses and numbers that belong to nobody.
fn drawn(catalog: &Catalog, ctx: &Context, random: &mut Random) -> Vec<Sample> {
    let end = ctx.zone.day_start(ctx.zone.today(ctx.now()));
    let years = Years { end, leads: DRAWN, users: USERS, teams: TEAMS };
    let mut people = People::new(SEED, DRAWN);
    let draw = |index| {
        let story = years.tell(random, index);
        let person = harmless(people.draw(random, index, Wish::default()), index, random);
        let record = record::record(&catalog.lead, &people.lexicon, random, 1, &person, &story);
        let by = if story.owner > 0 { story.owner } else { story.created_by };
        let notes = record::notes(&people.lexicon, random, &person, &story, end);
        Sample { record, notes: notes.into_iter().map(|(at, body)| (at, by, body)).collect(), handed: None, deleted: None }
    };
    (0..DRAWN).map(draw).collect()
}

fn harmless(person: Person, index: u64, random: &mut Random) -> Person {
    let number = |area| Phone { country: person.country, area, local: 5_550_100 + index % 100 }.any_way(random);
    let phone = person.phone.as_ref().map(|_| COUNTRIES[person.country].cities[person.city].2).map(number);
    let email = person.email.as_deref().map(|email| match email.split_once('@') {
        Some((local, domain)) if !domain.ends_with(".example") => format!("{local}@post.example"),
        _ => email.to_owned(),
    });
    Person { phone, mobile: None, email, ..person }
}

/// A lead of the sheet.
fn written(catalog: &Catalog, ctx: &Context, random: &mut Random, entry: &Entry<'_>) -> Result<Sample> {
    let registry = &catalog.lead;
    let user = |login: &str| match login {
        "me" => ctx.user,
        login => catalog.people.find_user(login).map_or(ctx.user, |user| user.number),
    };
    let owner = match entry.get(Column::Owner) {
        "me" => Owner::User(ctx.user),
        text => catalog.people.find_owner(text).unwrap_or(Owner::User(ctx.user)),
    };
    let created = moment(ctx, random, entry.age());
    let mut lead = Record::new(RecordId::lead(1), random.id(created), 1, Vec::new());
    for (id, value) in rules::defaults(registry) {
        lead.set(id, value);
    }
    let mut set = |field: &'static str, value: Value| lead.set(registry.id(field), value);
    let text = |column| Value::text(entry.get(column));
    let parts = name::split(entry.get(Column::Name));
    // as an import does it: the company or the address stands in for a name that is missing
    let address = entry.get(Column::Email);
    let stand_in =
        if entry.get(Column::Company).is_empty() { address.split('@').next().unwrap_or("") } else { entry.get(Column::Company) };
    set("salutation", Value::text(parts.salutation));
    set("first_name", Value::text(parts.first));
    set("middle_name", Value::text(parts.middle));
    set("last_name", Value::text(if parts.last.is_empty() { stand_in.to_owned() } else { parts.last }));
    set("job_title", text(Column::Title));
    set("company", text(Column::Company));
    set("email", text(Column::Email));
    set("phone", text(Column::Phone));
    set("mobile_phone", text(Column::Mobile));
    set("topic", text(Column::Topic));
    let (city, country) = entry.get(Column::Place).split_once(',').unwrap_or_default();
    set("city", Value::text(city.trim()));
    set("country", Value::text(country.trim()));
    let choice = |set: Set, column| {
        let word = entry.get(column);
        let found = catalog.choices.find(set, word).map(|choice| Value::Choice(choice.code));
        if word.is_empty() {
            Ok(Value::None)
        } else {
            found.ok_or_else(|| Error::Internal(format!("the sample data says {word}")))
        }
    };
    set("rating", choice(Set::Rating, Column::Rating)?);
    set("source", choice(Set::Source, Column::Source)?);
    set("campaign", choice(Set::Campaign, Column::Campaign)?);
    set("industry", choice(Set::Industry, Column::Industry)?);
    let reason = choice(Set::StatusReason, Column::Reason)?;
    let state = reason.as_int().and_then(|code| catalog.choices.get(Set::StatusReason, code)).and_then(|c| c.state).unwrap_or(0);
    set("status", Value::Choice(state));
    set("status_reason", reason);
    if let Some(value) = sheet::number(entry.get(Column::Value)) {
        set("estimated_value", Value::Money(value * 10_000));
        let currency = match country.trim() {
            "United States" => "USD",
            "United Kingdom" => "GBP",
            _ => "EUR",
        };
        set("currency", Value::text(currency));
    }
    if let Some(days) = sheet::number(entry.get(Column::Closes)) {
        set("estimated_close_date", Value::Date(ctx.zone.today(ctx.now()) + i32::try_from(days).unwrap_or(0)));
    }
    let mut tags: Vec<String> =
        entry.get(Column::Tags).split(',').map(|tag| tag.trim().to_owned()).filter(|t| !t.is_empty()).collect();
    tags.sort_unstable();
    set("tags", if tags.is_empty() { Value::None } else { Value::Tags(tags) });
    set("incomplete", entry.incomplete.map_or(Value::None, Value::text));

    let mut notes: Vec<(i64, i64, String)> = entry
        .notes
        .iter()
        .map(|(age, by, body)| (moment(ctx, random, *age).max(created + MINUTE), user(by), body.clone()))
        .collect();
    notes.sort_by_key(|(at, ..)| *at);
    let modified = notes.last().map_or(created, |(at, ..)| *at);
    let entered_by = match owner {
        Owner::User(number) => number,
        Owner::Team(_) => user("bo"),
    };
    set("owner", Value::Owner(owner));
    set("created_at", Value::Instant(created));
    set("created_by", Value::User(entered_by));
    set("modified_at", Value::Instant(modified));
    set("modified_by", Value::User(entered_by));
    if state != 0 {
        set("closed_at", Value::Instant(modified));
    }
    rules::complete(registry, &mut lead, &ctx.locale.currency);
    let after = |age: i64, random: &mut Random| moment(ctx, random, age).clamp(modified, ctx.now().max(modified));
    let handed = entry.handed.map(|(age, by, note)| (after(age, random), user(by), note.to_owned()));
    let deleted = entry.deleted.map(|(age, by)| (after(age, random), user(by)));
    Ok(Sample { record: lead, notes, handed, deleted })
}
