//! The thread that draws: one lead after the other with its notes, ready to be written. Touches no database.

use uuid::Uuid;

use super::customers::Customers;
use super::history::{File, History};
use super::people::{TEAMS, USERS, unit_of_record};
use super::person::{People, Wish};
use super::random::Random;
use super::story::{DAY, Story, Years};
use super::truth::{Place, Plan, TruthPair};
use super::{Generated, LONGEST_TIMELINE, Spec, record};
use crate::model::catalog::Catalog;
use crate::model::entity::{Entity, RecordId};
use crate::model::note::Note;
use crate::model::record::Record;
use crate::store::record::{NewRecord, prepare};

/// A lead and its notes, ready to be written.
pub struct Ready {
    /// The lead.
    pub lead: NewRecord,
    /// Its notes, the oldest first.
    pub notes: Vec<Note>,
    /// What it became.
    pub customers: Vec<(Entity, NewRecord)>,
    /// Its opportunities, each with its contact, which are linked.
    pub links: Vec<(RecordId, RecordId)>,
    /// What was and is to be done about it and them: activities and requests.
    pub happened: Vec<(Entity, NewRecord)>,
    /// Files on it and them.
    pub files: Vec<File>,
}

/// Draws all leads of `spec` in their order and hands each to `take`, until that wants no more.
pub fn draw_leads(spec: &Spec, mut random: Random, catalog: &Catalog, mut take: impl FnMut(Ready) -> bool) -> Generated {
    let registry = &catalog.lead;
    let end = i64::from(spec.today) * DAY;
    let mut customers = Customers::new(spec.seed, end);
    let years = Years { end, leads: spec.leads, users: USERS, teams: TEAMS };
    let mut plan = Plan::new(&mut random, spec.leads);
    let mut people = People::new(spec.seed, spec.leads);
    // what more was noted has numbers of its own, so that the leads are the same whatever is noted on them
    let mut noting = Random::new(spec.seed.rotate_left(17) ^ 0x6e6f_7465);
    let mut history = History::new(catalog, spec.seed, end);
    let mut made = Generated::nothing(spec.leads);
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
        let mut lead = record::record(registry, &people.lexicon, &mut random, number, &person, &story);
        let by = if story.owner > 0 { story.owner } else { story.created_by };
        let notes = record::notes(&people.lexicon, &mut random, &person, &story, end);
        let mut notes: Vec<(i64, String, Uuid)> = notes.into_iter().map(|(at, body)| (at, body, random.id(at))).collect();
        if !notes.is_empty() && number != made.longest {
            let more = Story { notes: Years::more_notes(&mut noting), ..story.clone() };
            let more = record::notes(&people.lexicon, &mut noting, &person, &more, end);
            notes.extend(more.into_iter().map(|(at, body)| (at, body, noting.id(at))));
            notes.sort_by_key(|(at, ..)| *at);
        }
        let notes = notes.into_iter().map(|(at, body, id)| {
            made.notes += 1;
            Note {
                number: made.notes as i64,
                id,
                version: 1,
                about: RecordId::lead(number),
                body,
                created_at: at,
                created_by: by,
                modified_at: at,
                modified_by: by,
                deleted_at: None,
                pinned: false,
                tasks: Vec::new(),
            }
        });
        let notes = notes.collect();
        let mut became = customers.of(catalog, &mut lead);
        let ready = |record: &Record| {
            let registry = catalog.registry(record.key.entity);
            (record.key.entity, prepare(registry, record, unit_of_record(registry, record)))
        };
        let crowded = if number == made.longest { LONGEST_TIMELINE.min(spec.leads as usize) } else { 0 };
        let happened = history.of(&people.lexicon, &person, &story, &lead, &became.records, crowded);
        customers.return_to(catalog, &lead, &mut became);
        let customers = became.records.iter().map(ready).collect();
        let all = happened.activities.iter().chain(&happened.requests).map(ready).collect();
        let lead = prepare(registry, &lead, unit_of_record(registry, &lead));
        if !take(Ready { lead, notes, customers, links: became.links, happened: all, files: happened.files }) {
            break;
        }
    }
    made.customers = customers.made;
    made.history = history.made;
    made
}
