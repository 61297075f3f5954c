//! Which rows of a file are here already: by their key in the other program, or by e-mail or another field. Writes nothing.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::error::Result;
use crate::exchange::import::LeadDraft;
use crate::model::field::{FieldId, Registry};
use crate::model::fold::fold;
use crate::model::value::Value;
use crate::store::{self, Db};

/// Where a row is here already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A lead that an earlier import made from this very key.
    Key(i64),
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
    /// Values of the compared field in the database, where no index finds them.
    stored: HashMap<u64, i64>,
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
            store::lead::each_value(db, registry.field(field), |number, text| {
                stored.entry(hash(("", &fold(text)))).or_insert(number);
            })?;
        }
        Ok(Self { keys: HashMap::new(), values: HashMap::new(), compared: field, is_email, stored })
    }

    fn compared_text(&self, draft: &LeadDraft) -> Option<String> {
        let text = match draft.get(self.compared)? {
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
        if let Some(number) = store::lead::by_import_key(db, source, &draft.import_key)? {
            return Ok(Some(Found::Key(number)));
        }
        if compare && let Some(text) = self.compared_text(draft) {
            let value = hash(("", &text));
            if let Some(row) = self.values.get(&value) {
                return Ok(Some(Found::Earlier { by_key: false, row: *row }));
            }
            let found = if self.is_email { store::lead::by_email(db, &text)? } else { self.stored.get(&value).copied() };
            if let Some(number) = found {
                return Ok(Some(Found::Same(number)));
            }
            self.values.insert(value, draft.row);
        }
        self.keys.insert(key, draft.row);
        Ok(None)
    }
}
