//! What was and is to be done about leads and what they became: activities, requests, files, with dice of their own, so that the leads
//! are the same with them and without. Writes nothing.

mod activity;
mod asked;
#[cfg(test)]
mod tests;

use super::LONGEST_TIMELINE;
use super::lexicon::Lexicon;
use super::person::{Person, filled};
use super::random::Random;
use super::story::{DAY, Story, Years};
use super::words::talk;
use crate::model::catalog::Catalog;
use crate::model::choice::{NEW, OPEN};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::{Owner, Value};
pub use asked::File;

/// The dice of this file.
const DICE: u64 = 0x6869_7374;

/// How many of a hundred open leads have a next step, and of these a second one.
const PLANNED: usize = 60;
const PLANNED_TWICE: usize = 10;

/// What happened with one lead and what it became, ready to be numbered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Happened {
    /// Calls, mails, appointments, tasks, letters.
    pub activities: Vec<Record>,
    /// What was asked for.
    pub requests: Vec<Record>,
    /// What was sent and received.
    pub files: Vec<File>,
}

/// How many of each there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Activities.
    pub activities: u64,
    /// Requests.
    pub requests: u64,
    /// Files.
    pub files: u64,
}

/// Draws what happened, lead after lead.
pub struct History<'a> {
    catalog: &'a Catalog,
    seed: u64,
    /// The first moment that is not past.
    end: i64,
    /// What a new activity and a new request hold.
    defaults: [Vec<(FieldId, Value)>; 2],
    /// How much there is so far.
    pub made: Counts,
}

/// One record about which something happened.
struct Scene<'a> {
    about: RecordId,
    person: &'a Person,
    lexicon: &'a Lexicon,
    /// Who did it.
    by: i64,
    /// From when until when, in µs UTC; the end is past.
    since: i64,
    until: i64,
    /// Whether nobody has called or written to them yet.
    is_new: bool,
    no_phone: bool,
    no_email: bool,
}

impl Scene<'_> {
    /// A text with the names that belong here.
    fn says(&self, random: &mut Random, text: &str) -> String {
        let product = talk::PRODUCTS[self.lexicon.products.draw(random)];
        filled(text, self.person.company.as_ref(), product).replace("{n}", &self.person.first.text)
    }

    /// So many moments of working days, the first first.
    fn moments(&self, random: &mut Random, count: usize) -> Vec<i64> {
        let mut moments: Vec<i64> = (0..count)
            .map(|_| {
                let at = random.between(self.since, self.until);
                Years::at_work(random, at).clamp(self.since, self.until)
            })
            .collect();
        moments.sort_unstable();
        moments
    }
}

/// A number that is 0 or more, of which each next one comes in so many of a hundred cases.
fn some(random: &mut Random, percent: usize) -> usize {
    let mut count = 0;
    while count < 40 && random.percent(percent) {
        count += 1;
    }
    count
}

impl<'a> History<'a> {
    /// Nothing yet. `end` is the first moment that is not past, in µs UTC.
    pub fn new(catalog: &'a Catalog, seed: u64, end: i64) -> Self {
        let defaults = [rules::defaults(&catalog.activity), rules::defaults(&catalog.request)];
        Self { catalog, seed, end, defaults, made: Counts::default() }
    }

    /// What happened with a lead and the records that it became. `crowded` says how many activities it is to have at least.
    pub fn of(
        &mut self,
        lexicon: &Lexicon,
        person: &Person,
        story: &Story,
        lead: &Record,
        became: &[Record],
        crowded: usize,
    ) -> Happened {
        let mut random = Random::of(self.seed, DICE, lead.key.number.unsigned_abs());
        let registry = &self.catalog.lead;
        let is = |name| *lead.named(registry, name) == Value::Bool(true);
        let scene = Scene {
            about: lead.key,
            person,
            lexicon,
            by: if story.owner > 0 { story.owner } else { story.created_by },
            since: story.created,
            until: story.closed.unwrap_or(self.end - 1),
            is_new: story.closed.is_none() && story.reason == NEW,
            no_phone: is("do_not_phone"),
            no_email: is("do_not_email"),
        };
        let mut happened = Happened::default();
        let count = match story.closed {
            Some(_) => some(&mut random, 75),
            None if scene.is_new => some(&mut random, 12),
            None => 1 + some(&mut random, 62),
        };
        self.done(&scene, &mut random, count.max(crowded), &mut happened);
        if story.closed.is_none() {
            self.planned(&scene, &mut random, PLANNED, &mut happened);
        }
        self.asked(&scene, &mut random, 2, usize::from(crowded > 0) * crowded.div_ceil(500), &mut happened);
        self.filed(&scene, &mut random, 4, usize::from(crowded > 0) * crowded.div_ceil(500), &mut happened);
        for record in became {
            self.later(&scene, &mut random, record, &mut happened);
        }
        happened
    }

    /// What happened with a record that a lead became.
    fn later(&mut self, of: &Scene<'_>, random: &mut Random, record: &Record, happened: &mut Happened) {
        let registry = self.catalog.registry(record.key.entity);
        let moment = |name| record.named(registry, name).as_int();
        let since = moment("created_at").unwrap_or(of.until);
        let is_open = record.named(registry, "status").as_int() == Some(OPEN);
        let until = if is_open { self.end - 1 } else { moment("modified_at").unwrap_or(since).min(self.end - 1) };
        let scene = Scene { about: record.key, since, until: until.max(since), is_new: false, ..*of };
        let (more, next, requests, files) = match record.key.entity {
            Entity::Opportunity => (58, if is_open { 65 } else { 0 }, 0, 12),
            Entity::Contact => (30, 5, 10, 3),
            _ => (15, 3, 4, 2),
        };
        let count = some(random, more);
        self.done(&scene, random, count, happened);
        self.planned(&scene, random, next, happened);
        self.asked(&scene, random, requests, 0, happened);
        self.filed(&scene, random, files, 0, happened);
    }

    /// Adds so many activities that are done.
    fn done(&mut self, scene: &Scene<'_>, random: &mut Random, count: usize, happened: &mut Happened) {
        let mut reached = scene.is_new;
        for at in scene.moments(random, count.min(LONGEST_TIMELINE)) {
            // what is said of a lead that counts as contacted begins with a contact
            let activity = self.past(scene, random, at, !reached);
            reached = true;
            happened.activities.push(activity);
        }
    }

    /// Adds what is to be done next, in so many of a hundred cases.
    fn planned(&mut self, scene: &Scene<'_>, random: &mut Random, percent: usize, happened: &mut Happened) {
        if !random.percent(percent) {
            return;
        }
        let count = 1 + usize::from(random.percent(PLANNED_TWICE));
        for _ in 0..count {
            let activity = self.next(scene, random);
            happened.activities.push(activity);
        }
    }

    /// A new record of an entity with its stamps, changed last at `modified`.
    fn record(
        &mut self,
        scene: &Scene<'_>,
        random: &mut Random,
        entity: Entity,
        (created, modified): (i64, i64),
        values: Vec<(&'static str, Value)>,
    ) -> Record {
        let registry = self.catalog.registry(entity);
        let (defaults, number) = match entity {
            Entity::Activity => (&self.defaults[0], &mut self.made.activities),
            _ => (&self.defaults[1], &mut self.made.requests),
        };
        *number += 1;
        let key = entity.numbered(i64::try_from(*number).unwrap_or(i64::MAX));
        let mut record = Record::new(key, random.id(created), 1, vec![Value::None; registry.len()]);
        for (id, value) in defaults {
            record.set(*id, value.clone());
        }
        let stamps = [
            ("regarding", Value::record(scene.about)),
            ("owner", Value::Owner(Owner::User(scene.by))),
            ("created_at", Value::Instant(created)),
            ("created_by", Value::User(scene.by)),
            ("modified_at", Value::Instant(modified)),
            ("modified_by", Value::User(scene.by)),
        ];
        for (name, value) in stamps.into_iter().chain(values) {
            record.set(registry.id(name), value);
        }
        rules::complete(registry, &mut record, "");
        record
    }

    /// A moment of a day from today in so many days, between eight and six o'clock.
    fn day(&self, random: &mut Random, days: i64) -> i64 {
        self.end + days * DAY + random.between(8 * 12, 18 * 12 - 1) * 300_000_000
    }
}
