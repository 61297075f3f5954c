//! Lists by the words of notes where many notes have them: it costs less to look at the notes of the records that come first than to find
//! the record of every note.

use super::super::set::NumberSet;
use super::{Limits, Search};
use crate::error::Result;
use crate::model::entity::Entity;
use crate::model::fold::words;
use crate::query::eval::follows;
use crate::store::Db;
use crate::store::sqlite::fts;

/// A text that is looked for in notes.
pub(super) struct Sought {
    /// The text as typed.
    pub text: String,
    words: Vec<String>,
    /// The notes that have it, deleted ones too; none where there are too many to be remembered.
    notes: Option<NumberSet>,
}

impl Sought {
    /// Looks for a text: a note costs hardly anything, as neither it nor its record is read.
    fn of(db: &Db, text: &str, limits: Limits) -> Result<Self> {
        let words = words(text);
        let mut notes = NumberSet::default();
        fts::hits(db, Entity::Note, &fts::phrase_term(&words), |number| {
            notes.insert(number);
            notes.len() <= limits.many_notes
        })?;
        let notes = (notes.len() <= limits.many_notes).then_some(notes);
        Ok(Self { text: text.to_owned(), words, notes })
    }

    /// How many notes have it; the greatest number where they are too many.
    fn len(&self) -> usize {
        self.notes.as_ref().map_or(usize::MAX, NumberSet::len)
    }

    /// Whether one of the notes of a record, not deleted, has it.
    pub fn is_noted_on(&self, db: &Db, entity: Entity, number: i64) -> Result<bool> {
        let values = [entity.code().into(), number.into()];
        let mut is_there = false;
        if let Some(notes) = &self.notes {
            db.visit("SELECT number FROM note WHERE entity = $1 AND record = $2 AND deleted_at IS NULL", &values, |row| {
                is_there = notes.contains(row.int(0)?);
                Ok(!is_there)
            })?;
            return Ok(is_there);
        }
        db.visit("SELECT body FROM note WHERE entity = $1 AND record = $2 AND deleted_at IS NULL", &values, |row| {
            is_there = follows(&words(row.text(0)?), &self.words);
            Ok(!is_there)
        })?;
        Ok(is_there)
    }
}

impl Search<'_> {
    /// The texts that are looked for in notes, the one first that the fewest have.
    pub(super) fn sought(&self) -> Result<Vec<Sought>> {
        let all = self.shape.noted.iter().map(|text| Sought::of(self.db, text, self.limits));
        let mut sought = all.collect::<Result<Vec<_>>>()?;
        sought.sort_by_key(Sought::len);
        Ok(sought)
    }

    /// The first records in order, where each text of notes that is looked for stands in many: those that come first are looked at until
    /// there are enough. None where that is not the way.
    pub(super) fn first_by_notes(&self, limit: usize) -> Result<Option<Vec<i64>>> {
        let shape = &self.shape;
        if shape.noted.is_empty() || !shape.words.is_empty() || shape.asks_deleted {
            return Ok(None);
        }
        let sought = self.sought()?;
        if sought.first().is_none_or(|rarest| rarest.len() <= self.limits.few_notes) {
            return Ok(None);
        }
        let entity = self.query.entity;
        let entries = if shape.is_covered { self.limits.entries } else { self.limits.rows };
        self.walk_some(&shape.rest, limit, entries, |number| {
            for one in &sought {
                if !one.is_noted_on(self.db, entity, number)? {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }
}
