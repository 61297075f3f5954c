//! Questions about notes: which ones have some words and where, what became of one, what its record is called. Changes nothing.

use crate::error::Result;
use crate::model::entity::RecordId;
use crate::model::excerpt::{Excerpt, excerpt};
use crate::model::fold::words;
use crate::model::note::{Note, Origin};
use crate::service::act::Query;
use crate::service::context::Context;
use crate::store::log::{self, Change, Operation};
use crate::store::sqlite::fts;
use crate::store::{self, Db};

/// Characters of the line that is shown of a note.
const LINE: usize = 100;

/// The notes that have all these words, each as the beginning of one of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindNotes {
    /// The words as typed.
    pub text: String,
    /// At most so many, the newest first.
    pub limit: usize,
}

/// A note that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteHit {
    /// The note.
    pub note: Note,
    /// What the record that it is on is called.
    pub name: String,
    /// Whether that record is in Deleted.
    pub deleted: bool,
    /// The line with the words.
    pub excerpt: Excerpt,
}

impl Query for FindNotes {
    type Reply = Vec<NoteHit>;

    fn run(&self, db: &Db, _: &Context) -> Result<Vec<NoteHit>> {
        let wanted = words(&self.text);
        let mut found = Vec::new();
        if wanted.is_empty() || self.limit == 0 {
            return Ok(found);
        }
        fts::note_hits(db, &fts::words_term(&wanted), |number| {
            if let Some(note) = store::note::get(db, number)?.filter(|note| note.deleted_at.is_none())
                && let Some((name, deleted)) = store::record::title_of(db, note.about)?
            {
                let excerpt = excerpt(&note.body, &wanted, LINE);
                found.push(NoteHit { note, name, deleted, excerpt });
            }
            Ok(found.len() < self.limit)
        })?;
        Ok(found)
    }
}

/// What became of a note, the newest change first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditsOf {
    /// Its number.
    pub note: i64,
}

impl Query for EditsOf {
    type Reply = Vec<(Operation, Change)>;

    fn run(&self, db: &Db, _: &Context) -> Result<Vec<(Operation, Change)>> {
        let note = store::note::need(db, self.note)?;
        let record = RecordId::note(note.number);
        let mut found = log::of_record(db, record)?;
        found.sort_by_key(|(operation, _)| std::cmp::Reverse(operation.number));
        Ok(found)
    }
}

/// What a record is called; empty where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameOf {
    /// The record.
    pub record: RecordId,
}

impl Query for NameOf {
    type Reply = String;

    fn run(&self, db: &Db, _: &Context) -> Result<String> {
        Ok(store::record::title_of(db, self.record)?.map(|(name, _)| name).unwrap_or_default())
    }
}

/// Where a note came from; none where it was written here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginOf {
    /// Its number.
    pub note: i64,
}

impl Query for OriginOf {
    type Reply = Option<Origin>;

    fn run(&self, db: &Db, _: &Context) -> Result<Option<Origin>> {
        store::note::origin(db, self.note)
    }
}
