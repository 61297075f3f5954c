//! A database as life makes it, from a seed: the same count, seed and date give the same data. Compares no two leads.

mod catalogue;
mod company;
mod customers;
pub mod demo;
mod draw;
mod history;
mod lexicon;
mod people;
mod person;
mod phone;
mod random;
mod record;
mod story;
#[cfg(test)]
mod tests;
mod truth;
mod twin;
mod words;

use std::path::Path;
use std::sync::mpsc::{self, Receiver, SyncSender};

use self::draw::Ready;
use self::history::File;
use self::random::Random;
use self::story::DAY;
use self::words::history::FILES;
use super::lead_service::FirstUser;
use crate::error::{Error, Result};
use crate::model::attachment::Attachment;
use crate::model::catalog::Catalog;
use crate::model::entity::Entity;
use crate::store::sqlite::bulk::{self, Suspended};
use crate::store::{self, Db, blob, log, setting};
pub use history::Counts;
pub use truth::{TruthPair, write_truth};
pub use twin::TwinKind;

/// The most leads that are made at once.
pub const MOST: u64 = 10_000_000;

/// How many notes the lead has that has most.
pub const LONGEST_TIMELINE: usize = 10_000;

/// What is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// How many leads.
    pub leads: u64,
    /// Where the numbers come from.
    pub seed: u64,
    /// The day that counts as today, since 1970-01-01: all that happened did so in the five years before it.
    pub today: i32,
    /// Who is admin and owns 30 %.
    pub first: FirstUser,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// How many leads.
    pub leads: u64,
    /// How many notes.
    pub notes: u64,
    /// How many accounts, contacts and opportunities the qualified ones became.
    pub customers: [i64; 3],
    /// How many activities, requests and files there are on all of them.
    pub history: Counts,
    /// The number of the lead with [`LONGEST_TIMELINE`] notes, and as many activities where there are as many leads.
    pub longest: i64,
    /// The planted pairs, in the order of their second leads.
    pub truth: Vec<TruthPair>,
}

impl Generated {
    /// Nothing yet of so many leads.
    fn nothing(leads: u64) -> Self {
        Self {
            leads,
            notes: 0,
            customers: [0; 3],
            history: Counts::default(),
            longest: 1 + (leads / 3) as i64,
            truth: Vec::new(),
        }
    }
}

/// What is being done while a database is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Leads are written, with all that belongs to them.
    Writing,
    /// Indexes are built, and what follows from others is filled in.
    Indexing,
}

/// Is told how many of how many leads are written, or steps done; an error stops what it is told of.
pub type Watch<'a> = &'a mut dyn FnMut(Stage, u64, u64) -> Result<()>;

/// The kinds of records that are written, those whose indexes take longest last: each is built with what it follows from there.
const TABLES: [Entity; 7] =
    [Entity::Activity, Entity::Request, Entity::Account, Entity::Contact, Entity::Opportunity, Entity::Note, Entity::Lead];

/// Makes a database in a file that must be new. `watch` stops it by an error; then there is no file.
pub fn generate(path: &Path, spec: &Spec, watch: Watch<'_>) -> Result<Generated> {
    if !(1..=MOST).contains(&spec.leads) {
        return Err(Error::invalid("leads", format!("from 1 to {MOST} leads can be made")));
    }
    bulk::create(path, |db| {
        let end = i64::from(spec.today) * DAY;
        let mut random = Random::new(spec.seed);
        people::write(db, &mut random, end - 5 * 366 * DAY, &spec.first.login, &spec.first.name)?;
        bulk::defer_references(db)?;
        let suspended = TABLES.iter().map(|entity| bulk::suspend(db, entity.name())).collect::<Result<Vec<_>>>()?;
        let made = write_leads(db, spec, random, watch)?;
        resume(db, suspended, watch)?;
        Ok(made)
    })
}

/// Builds the indexes, and fills in what records keep of their activities as soon as those can be found by record.
fn resume(db: &Db, suspended: Vec<Suspended>, watch: Watch<'_>) -> Result<()> {
    let follows = TABLES.iter().filter(|entity| entity.takes_activities() && **entity != Entity::Request);
    let total = suspended.iter().map(Suspended::steps).sum::<u64>() + follows.clone().count() as u64;
    let mut done = 0;
    let mut before = || {
        done += 1;
        watch(Stage::Indexing, done - 1, total)
    };
    for (entity, suspended) in TABLES.iter().zip(suspended) {
        suspended.resume(db, &mut before)?;
        if *entity == Entity::Activity {
            for entity in follows.clone() {
                before()?;
                store::activity::follow(db, *entity)?;
            }
        }
    }
    Ok(())
}

/// How many leads are handed at once from the thread that draws to the one that writes, and how many handfuls may wait.
const HANDFUL: usize = 256;
const WAITING: usize = 4;

/// Writes the leads with their notes, and the one step that the log has of it.
fn write_leads(db: &Db, spec: &Spec, mut random: Random, watch: Watch<'_>) -> Result<Generated> {
    let (leads, end) = (spec.leads as i64, i64::from(spec.today) * DAY);
    setting::take_numbers(db, "lead", leads)?;
    // a colleague did it, so that the first user's undo has nothing to take back yet
    let operation = log::begin(db, random.id(end), "Generate", 2, "import", end - 1)?;
    let catalog = Catalog::shipped();
    let made = std::thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel(WAITING);
        let catalog = &catalog;
        let drawing = scope.spawn(move || draw_and_send(spec, random, catalog, &send));
        let written = write_ready(db, catalog, &receive, spec.leads, watch);
        // without a receiver the drawing thread ends at its next handful
        drop(receive);
        let made = drawing.join().map_err(|_| Error::Internal("drawing leads came to an unexpected end".into()))?;
        written.map(|()| made)
    })?;
    let [accounts, contacts, opportunities] = made.customers;
    let Counts { activities, requests, files } = made.history;
    for (sequence, count) in [
        ("note", made.notes as i64),
        ("account", accounts),
        ("contact", contacts),
        ("opportunity", opportunities),
        ("activity", activities as i64),
        ("request", requests as i64),
        ("attachment", files as i64),
    ] {
        setting::take_numbers(db, sequence, count)?;
    }
    let range = log::Made { entity: Entity::Lead, first: 1, last: leads };
    log::finish(db, operation, &format!("Generated {leads} leads"), leads, Some(range), None)?;
    Ok(made)
}

fn draw_and_send(spec: &Spec, random: Random, catalog: &Catalog, send: &SyncSender<Vec<Ready>>) -> Generated {
    let mut handful = Vec::with_capacity(HANDFUL);
    let made = draw::draw_leads(spec, random, catalog, |ready| {
        handful.push(ready);
        let full = handful.len() == HANDFUL;
        !full || send.send(std::mem::replace(&mut handful, Vec::with_capacity(HANDFUL))).is_ok()
    });
    // fails only when the writing thread has stopped, and then it has the reason
    let _ = send.send(handful);
    made
}

fn write_ready(db: &Db, catalog: &Catalog, receive: &Receiver<Vec<Ready>>, leads: u64, watch: Watch<'_>) -> Result<()> {
    let mut written = 0;
    for handful in receive {
        watch(Stage::Writing, written, leads)?;
        for ready in &handful {
            store::record::insert_prepared(db, &catalog.lead, &ready.lead)?;
            for (entity, record) in &ready.customers {
                store::record::insert_prepared(db, catalog.registry(*entity), record)?;
            }
            for (opportunity, contact) in &ready.links {
                store::link::put(db, *opportunity, *contact, Some(customers::STAKEHOLDER))?;
            }
            for note in &ready.notes {
                store::note::insert(db, note)?;
            }
            for (entity, record) in &ready.happened {
                store::record::insert_prepared(db, catalog.registry(*entity), record)?;
            }
            for File { place, file } in &ready.files {
                let content = blob::write_small(db, FILES[*place].1.as_bytes())?;
                store::attachment::insert(db, &Attachment { content: content.number, ..file.clone() })?;
            }
        }
        written += handful.len() as u64;
    }
    watch(Stage::Writing, written, leads)
}
