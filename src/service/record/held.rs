//! All that stands on a record, wherever: on it, on what it came from, on its activities and requests, and what of it is in Deleted.
//! Changes nothing.

use std::collections::HashSet;

use crate::error::Result;
use crate::model::attachment::Attachment;
use crate::model::entity::{Entity, RecordId};
use crate::model::note::Note;
use crate::model::record::Record;
use crate::service::act::Query;
use crate::service::context::Context;
use crate::service::note::tasks;
use crate::store::{self, Db, erasure};

/// All that stands on a record and on the leads that it came from: what the program holds on a person beside their fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldOn {
    /// The record.
    pub about: RecordId,
}

/// What is held on a record, each list by number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Held {
    /// Notes.
    pub notes: Vec<Note>,
    /// Files.
    pub files: Vec<Attachment>,
    /// Activities.
    pub activities: Vec<Record>,
    /// Requests.
    pub requests: Vec<Record>,
}

impl Query for HeldOn {
    type Reply = Held;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Held> {
        let record = store::record::need(db, ctx.catalog.registry(self.about.entity), self.about.number)?;
        let mut next = store::related::sources(db, &record, &ctx.catalog)?;
        next.push(self.about);
        let mut found: HashSet<RecordId> = HashSet::new();
        while let Some(key) = next.pop() {
            for standing in erasure::standing_on(db, key)? {
                if found.insert(standing) && !standing.entity.is_child() {
                    next.push(standing);
                }
            }
        }
        let mut found: Vec<RecordId> = found.into_iter().collect();
        found.sort_unstable();
        let mut held = Held::default();
        for key in found {
            match key.entity {
                Entity::Note => {
                    let mut note = store::note::need(db, key.number)?;
                    tasks::fill(db, &mut note)?;
                    held.notes.push(note);
                }
                Entity::Attachment => held.files.push(store::attachment::need(db, key.number)?),
                Entity::Request => held.requests.push(store::record::need(db, &ctx.catalog.request, key.number)?),
                _ => held.activities.push(store::record::need(db, &ctx.catalog.activity, key.number)?),
            }
        }
        Ok(held)
    }
}
