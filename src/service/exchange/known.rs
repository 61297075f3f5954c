//! Which rows of a file are here already: by their key in the other program, or by e-mail or another field. Writes nothing.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::error::Result;
use crate::exchange::import::LeadDraft;
use crate::model::entity::Entity;
use crate::model::field::{FieldId, Registry};
use crate::model::fold::fold;
use crate::model::value::Value;
use crate::store::{self, Db};

/// Where a row is here already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A lead that an earlier import made from this very key.
    Key(i64),
    /// A lead that an earlier import made from this very key and that is in Deleted.
    Deleted(i64),
    /// A lead with the same value in the compared field.
    Same(i64),
    /// A row before this one in the same file.
    Earlier {
        /// Whether it is the key that is equal.
        by_key: bool,
        /// The row's number in the file.
        row: u64,
    },
}

/// What is known, growing with the rows of the file.
pub(super) struct Known {
    keys: HashMap<u64, u64>,
    values: HashMap<u64, u64>,
    compared: FieldId,
    is_email: bool,
    /// Values of the compared field in the database, where no index finds them, and those of leads that this import updates.
    stored: HashMap<u64, i64>,
    /// Leads that this import updates, each from one row.
    updated: HashMap<i64, u64>,
    /// Leads of imports that were taken back: for their keys it is as if they had never been made.
    undone: Vec<(i64, i64)>,
}

fn hash(parts: (&str, &str)) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

impl Known {
    /// What a database knows, compared by `field` beside the key of the import.
    pub(super) fn new(db: &Db, registry: &Registry, field: FieldId) -> Result<Self> {
        let name = registry.field(field).name;
        let is_email = name == "email";
        let mut stored = HashMap::new();
        if !is_email {
            store::record::each_value(db, registry.entity(), registry.field(field), |number, text| {
                stored.entry(hash(("", &fold(text)))).or_insert(number);
            })?;
        }
        let undone = store::log::undone_made(db)?;
        Ok(Self {
            keys: HashMap::new(),
            values: HashMap::new(),
            compared: field,
            is_email,
            stored,
            updated: HashMap::new(),
            undone,
        })
    }

    fn compared_text(&self, draft: &LeadDraft) -> Option<String> {
        Self::text_of(draft.get(self.compared)?)
    }

    fn text_of(value: &Value) -> Option<String> {
        let text = match value {
            Value::Text(text) => fold(text),
            other => other.as_int()?.to_string(),
        };
        (!text.is_empty()).then_some(text)
    }

    /// Where a row is here already; a row that is not is remembered. `compare` says whether the field counts beside the key.
    pub(super) fn find(&mut self, db: &Db, draft: &LeadDraft, source: &str, compare: bool) -> Result<Option<Found>> {
        let key = hash((source, &draft.import_key));
        if let Some(row) = self.keys.get(&key) {
            return Ok(Some(Found::Earlier { by_key: true, row: *row }));
        }
        if let Some(number) = store::record::by_import_key(db, Entity::Lead, source, &draft.import_key)? {
            return Ok(Some(self.once(Found::Key(number), number)));
        }
        let deleted = store::record::deleted_by_import_key(db, Entity::Lead, source, &draft.import_key)?;
        let is_undone = |number: &i64| self.undone.iter().any(|(first, last)| (*first..=*last).contains(number));
        if let Some(number) = deleted.into_iter().find(|number| !is_undone(number)) {
            return Ok(Some(Found::Deleted(number)));
        }
        if compare && let Some(text) = self.compared_text(draft) {
            let value = hash(("", &text));
            if let Some(row) = self.values.get(&value) {
                return Ok(Some(Found::Earlier { by_key: false, row: *row }));
            }
            let stored = self.stored.get(&value).copied();
            let found =
                if self.is_email && stored.is_none() { store::record::by_email(db, Entity::Lead, &text)? } else { stored };
            if let Some(number) = found {
                return Ok(Some(self.once(Found::Same(number), number)));
            }
            self.values.insert(value, draft.row);
        }
        self.keys.insert(key, draft.row);
        Ok(None)
    }

    /// What was found, unless an earlier row is written over that lead already.
    fn once(&self, found: Found, number: i64) -> Found {
        let by_key = matches!(found, Found::Key(_));
        self.updated.get(&number).map_or(found, |row| Found::Earlier { by_key, row: *row })
    }

    /// Remembers that a row is written over a lead: for later rows both its former value and the row's are this lead's, so that
    /// a trial, which writes nothing, finds the same as the act.
    pub(super) fn will_update(&mut self, db: &Db, registry: &Registry, draft: &LeadDraft, number: i64) -> Result<()> {
        self.updated.insert(number, draft.row);
        let before = store::record::need(db, registry, number)?;
        let former = Self::text_of(before.get(self.compared));
        for text in [former, self.compared_text(draft)].into_iter().flatten() {
            self.stored.entry(hash(("", &text))).or_insert(number);
        }
        Ok(())
    }
}
