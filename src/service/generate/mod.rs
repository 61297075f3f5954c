//! A database as life makes it, from a seed: the same count, seed and date give the same data. Compares no two leads.

mod company;
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

use self::person::{People, Wish};
use self::random::Random;
use self::story::{DAY, Story, Years};
use self::truth::{Place, Plan};
use super::lead_service::FirstUser;
use crate::error::{Error, Result};
use crate::model::catalog::Catalog;
use crate::model::entity::{Entity, RecordId};
use crate::model::note::Note;
use crate::store::sqlite::{Opening, fts};
use crate::store::{self, Db, log, setting};
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
    /// The number of the lead with [`LONGEST_TIMELINE`] notes.
    pub longest: i64,
    /// The planted pairs, in the order of their second leads.
    pub truth: Vec<TruthPair>,
}

/// Makes a database in a file that must be new. `progress` is told how many leads of how many are written and stops it by
/// an error; what was written of the file is then removed.
pub fn generate(path: &Path, spec: &Spec, progress: &mut dyn FnMut(u64, u64) -> Result<()>) -> Result<Generated> {
    if !(1..=MOST).contains(&spec.leads) {
        return Err(Error::invalid("leads", format!("from 1 to {MOST} leads can be made")));
    }
    if path.exists() {
        return Err(Error::refused(
            format!("there is a file at {} already", path.display()),
            "name a file that is not there yet",
        ));
    }
    let made = fill(path, spec, progress);
    if made.is_err() {
        for end in ["", "-wal", "-shm"] {
            let mut name = path.as_os_str().to_owned();
            name.push(end);
            // What cannot be removed is named by the error that led here.
            let _ = std::fs::remove_file(name);
        }
    }
    made
}

fn fill(path: &Path, spec: &Spec, progress: &mut dyn FnMut(u64, u64) -> Result<()>) -> Result<Generated> {
    let mut db = Db::open(&Opening::or_create(path))?;
    let made = db.write(|db| {
        let end = i64::from(spec.today) * DAY;
        let mut random = Random::new(spec.seed);
        people::write(db, &mut random, end - 5 * 366 * DAY, &spec.first.login, &spec.first.name)?;
        let suspended = fts::suspend_indexes(db, &[])?;
        let made = write_leads(db, spec, random, progress)?;
        fts::resume_indexes(db, suspended)?;
        Ok(made)
    })?;
    db.analyze()?;
    db.checkpoint(true)?;
    Ok(made)
}

/// Writes the leads with their notes, and the one step that the log has of it.
fn write_leads(db: &Db, spec: &Spec, mut random: Random, progress: &mut dyn FnMut(u64, u64) -> Result<()>) -> Result<Generated> {
    let end = i64::from(spec.today) * DAY;
    let catalog = Catalog::shipped();
    let years = Years { end, leads: spec.leads, users: people::USERS, teams: people::TEAMS };
    let mut plan = Plan::new(&mut random, spec.leads);
    let mut people = People::new(spec.seed, spec.leads);
    let mut made = Generated { leads: spec.leads, notes: 0, longest: 1 + (spec.leads / 3) as i64, truth: Vec::new() };
    setting::take_numbers(db, "lead", spec.leads as i64)?;
    // a colleague did it, so that the first user's undo has nothing to take back yet
    let operation = log::begin(db, random.id(end), "Generate", 2, "import", end - 1)?;
    for index in 0..spec.leads {
        let number = index as i64 + 1;
        let mut story = years.tell(&mut random, index);
        if number == made.longest {
            story = Story { closed: None, status: 0, reason: 2, owner: 1, notes: LONGEST_TIMELINE, ..story };
        }
        let person = match plan.at(index) {
            Place::Free => people.draw(&mut random, index, Wish::default()),
            Place::First(pair, kind) => {
                let mut person = people.draw(&mut random, index, kind.wish());
                kind.prepare(&mut person, &mut random);
                plan.keep(pair, index, &person);
                person
            }
            Place::Second(kind, first, person) => {
                made.truth.push(TruthPair { kind, first: first as i64 + 1, second: number });
                kind.twin(&mut people, &mut random, &person, first, index)
            }
        };
        let lead = record::record(&catalog.lead, &people.lexicon, &mut random, number, &person, &story);
        store::lead::insert(db, &catalog.lead, &lead, 1)?;
        for (at, body) in record::notes(&people.lexicon, &mut random, &person, &story, end) {
            made.notes += 1;
            let by = if story.owner > 0 { story.owner } else { story.created_by };
            store::note::insert(
                db,
                &Note {
                    number: made.notes as i64,
                    id: random.id(at),
                    version: 1,
                    about: RecordId { entity: Entity::Lead, number },
                    body,
                    created_at: at,
                    created_by: by,
                    modified_at: at,
                    modified_by: by,
                    deleted_at: None,
                },
            )?;
        }
        if index % 1_024 == 0 {
            progress(index, spec.leads)?;
        }
    }
    setting::take_numbers(db, "note", made.notes as i64)?;
    let touched = spec.leads as i64;
    log::finish(db, operation, &format!("Generated {touched} leads"), touched, Some((1, touched)), None)?;
    progress(spec.leads, spec.leads)?;
    Ok(made)
}
