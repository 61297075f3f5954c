//! Which rows of a file are here already: by their key in the other program, or by e-mail or another field. Writes nothing.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use uuid::Uuid;

use crate::error::Result;
use crate::exchange::import::LeadDraft;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{FieldId, Registry};
use crate::model::fold::fold;
use crate::model::record::Record;
use crate::model::value::Value;
use crate::store::log::Made;
use crate::store::{self, Db};

/// Where a row is here already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The lead that the row was exported from.
    Own(i64),
    /// That lead is in Deleted.
    OwnDeleted(i64),
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
    undone: Vec<Made>,
}

fn hash(parts: (&str, &str)) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

/// Whether a row may speak of a lead: by the moment it was made, else by a name or address, unless it says none of them.
fn agrees(registry: &Registry, draft: &LeadDraft, lead: &Record) -> bool {
    let same = |name: &'static str| match draft.get(registry.id(name))? {
        Value::Text(text) => Some(fold(text) == fold(lead.text(registry, name))),
        value => Some(value == lead.named(registry, name)),
    };
    let is_said = |name: &&&str| !draft.filled.iter().any(|filled| filled.field == **name);
    same("created_at").unwrap_or_else(|| {
        let said: Vec<bool> =
            ["last_name", "email", "company"].iter().filter(|name| is_said(name)).filter_map(|n| same(n)).collect();
        said.is_empty() || said.contains(&true)
    })
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
    pub(super) fn find(
        &mut self,
        db: &Db,
        registry: &Registry,
        draft: &LeadDraft,
        source: &str,
        compare: bool,
    ) -> Result<Option<Found>> {
        if let Some((number, is_deleted)) = self.own(db, registry, draft)? {
            return Ok(Some(if is_deleted { Found::OwnDeleted(number) } else { self.once(Found::Own(number), number) }));
        }
        let key = hash((source, &draft.import_key));
        if let Some(row) = self.keys.get(&key) {
            return Ok(Some(Found::Earlier { by_key: true, row: *row }));
        }
        if let Some(number) = store::record::by_import_key(db, Entity::Lead, source, &draft.import_key)? {
            return Ok(Some(self.once(Found::Key(number), number)));
        }
        let deleted = store::record::deleted_by_import_key(db, Entity::Lead, source, &draft.import_key)?;
        if let Some(number) = deleted.into_iter().find(|number| !self.is_undone(*number)) {
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

    fn is_undone(&self, number: i64) -> bool {
        self.undone.iter().any(|made| made.holds(RecordId::lead(number)))
    }

    /// The lead that the row was exported from, and whether it is in Deleted. A UUID is enough; a number is another lead's in
    /// another database, so it counts where the row agrees with the lead.
    fn own(&self, db: &Db, registry: &Registry, draft: &LeadDraft) -> Result<Option<(i64, bool)>> {
        let key = Some(&draft.import_key).filter(|_| !draft.hashed).and_then(|key| Uuid::parse_str(key).ok());
        let named = match (draft.own_id.or(key), draft.own_number) {
            (Some(id), _) => store::record::number_of(db, Entity::Lead, id)?,
            (None, number) => number,
        };
        let Some(lead) = named.map(|number| store::record::get(db, registry, number)).transpose()?.flatten() else {
            return Ok(None);
        };
        let number = lead.key.number;
        let by_number = draft.own_id.or(key).is_none();
        if by_number && !agrees(registry, draft, &lead) {
            return Ok(None);
        }
        let is_deleted = !lead.named(registry, "deleted_at").is_none();
        Ok((!is_deleted || !self.is_undone(number)).then_some((number, is_deleted)))
    }

    /// What was found, unless an earlier row is written over that lead already.
    fn once(&self, found: Found, number: i64) -> Found {
        let by_key = matches!(found, Found::Own(_) | Found::Key(_));
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
