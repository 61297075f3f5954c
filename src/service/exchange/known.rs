//! Which rows of a file are here already: by their key in the other program, or by e-mail or another field. Writes nothing.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use uuid::Uuid;

use crate::error::{Error, Result};
use crate::exchange::import::Draft;
use crate::model::field::{FieldId, Registry};
use crate::model::fold::fold;
use crate::model::record::Record;
use crate::model::value::Value;
use crate::store::log::Made;
use crate::store::{self, Db};

/// Where a row is here already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The record that the row was exported from.
    Own(i64),
    /// That record is in Deleted.
    OwnDeleted(i64),
    /// A record that an earlier import made from this very key.
    Key(i64),
    /// A record that an earlier import made from this very key and that is in Deleted.
    Deleted(i64),
    /// A record with the same value in what is compared.
    Same(i64),
    /// A row before this one in the same file.
    Earlier {
        /// Whether it is the key that is equal.
        by_key: bool,
        /// The row's number in the file.
        row: u64,
    },
}

/// By what rows are compared with records beside their keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// The e-mail address, by its index.
    Email,
    /// The name, by its index, and with it the record in this field: two sales of one name are the same one if they are with the same
    /// customer, and a row that names none is compared with none.
    Name(Option<FieldId>),
    /// Another field, of which all values are read at the beginning.
    Other,
    /// Nothing: two calls of one name are two calls.
    Nothing,
}

/// What is known, growing with the rows of the file.
pub(super) struct Known {
    keys: HashMap<u64, u64>,
    values: HashMap<u64, u64>,
    compared: FieldId,
    by: By,
    /// Values of the compared field in the database, where no index finds them, and those of records that this import updates.
    stored: HashMap<u64, i64>,
    /// Records that this import updates, each from one row.
    updated: HashMap<i64, u64>,
    /// Records of imports that were taken back: for their keys it is as if they had never been made.
    undone: Vec<Made>,
}

fn hash(parts: (&str, &str)) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

fn value_of(text: &str, with: Option<i64>) -> u64 {
    with.map_or_else(|| hash(("", text)), |number| hash((&number.to_string(), text)))
}

/// Whether a row may speak of a record: by the moment it was made, else by a name or address, unless it says none of them.
fn agrees(registry: &Registry, draft: &Draft, stored: &Record) -> bool {
    let own = |name: &str| registry.find(name).filter(|id| registry.field(*id).name == name);
    let same = |name: &'static str| {
        let id = own(name)?;
        match draft.get(id)? {
            Value::Text(text) => Some(fold(text) == fold(stored.get(id).as_text())),
            value => Some(value == stored.get(id)),
        }
    };
    let is_said = |name: &&&str| !draft.filled.iter().any(|filled| filled.field == **name);
    same("created_at").unwrap_or_else(|| {
        let said: Vec<bool> =
            ["last_name", "name", "email", "company"].iter().filter(|name| is_said(name)).filter_map(|n| same(n)).collect();
        said.is_empty() || said.contains(&true)
    })
}

impl Known {
    /// What a database knows, compared by `field` beside the key of the import; where none is named, people are compared by their e-mail
    /// address, all else by name and customer.
    pub(super) fn new(db: &Db, registry: &Registry, field: Option<FieldId>) -> Result<Self> {
        let own = |name: &str| registry.find(name).filter(|id| registry.field(*id).name == name);
        let usual = if own("last_name").is_some() { own("email") } else { own("name") };
        let compared = field.or(usual).unwrap_or_else(|| registry.id("import_key"));
        let entity = registry.entity();
        let by = match registry.field(compared).name {
            _ if field.is_none() && (entity.has_regarding() || entity.is_child()) => By::Nothing,
            _ if entity.is_child() => {
                let hint = "they are known again by the keys of the other program";
                return Err(Error::refused(format!("{} are not compared by a field", entity.plural()), hint));
            }
            "email" => By::Email,
            "name" if own("last_name").is_none() => By::Name(if field.is_none() { own("account") } else { None }),
            _ => By::Other,
        };
        let mut stored = HashMap::new();
        if by == By::Other {
            store::record::each_value(db, registry.entity(), registry.field(compared), |number, text| {
                stored.entry(hash(("", &fold(text)))).or_insert(number);
            })?;
        }
        let undone = store::log::undone_made(db)?;
        Ok(Self { keys: HashMap::new(), values: HashMap::new(), compared, by, stored, updated: HashMap::new(), undone })
    }

    /// The field that a row of the report stands under.
    pub(super) fn field(&self, registry: &Registry) -> &'static str {
        registry.field(self.compared).name
    }

    /// What is the same in two that are compared.
    pub(super) fn what(&self, registry: &Registry) -> String {
        match self.by {
            By::Name(Some(with)) => format!("{} and {}", self.field(registry), registry.field(with).name),
            _ => self.field(registry).to_owned(),
        }
    }

    /// What is compared of a row or a record: a text, and the record that must be the same too.
    fn compared<'v>(&self, get: impl Fn(FieldId) -> Option<&'v Value>) -> Option<(String, Option<i64>)> {
        if self.by == By::Nothing {
            return None;
        }
        let text = match get(self.compared)? {
            Value::Text(text) => fold(text),
            other => other.as_int()?.to_string(),
        };
        let with = match self.by {
            By::Name(Some(id)) => Some(get(id)?.as_int()?),
            _ => None,
        };
        (!text.is_empty()).then_some((text, with))
    }

    /// The record in the database, by an index.
    fn indexed(&self, db: &Db, registry: &Registry, text: &str, with: Option<i64>) -> Result<Option<i64>> {
        match self.by {
            By::Email => store::record::by_email(db, registry.entity(), text),
            By::Name(field) => {
                let with = field.map(|id| registry.field(id).name).zip(with);
                Ok(store::record::by_name(db, registry, text, with, i64::MAX, 1)?.first().copied())
            }
            By::Other | By::Nothing => Ok(None),
        }
    }

    /// Where a row is here already; a row that is not is remembered. `compare` says whether the field counts beside the key.
    pub(super) fn find(
        &mut self,
        db: &Db,
        registry: &Registry,
        draft: &Draft,
        own: Option<(i64, bool)>,
        source: &str,
        compare: bool,
    ) -> Result<Option<Found>> {
        if let Some((number, is_deleted)) = own {
            return Ok(Some(if is_deleted { Found::OwnDeleted(number) } else { self.once(Found::Own(number), number) }));
        }
        let key = hash((source, &draft.import_key));
        if let Some(row) = self.keys.get(&key) {
            return Ok(Some(Found::Earlier { by_key: true, row: *row }));
        }
        if let Some(number) = store::record::by_import_key(db, registry.entity(), source, &draft.import_key)? {
            return Ok(Some(self.once(Found::Key(number), number)));
        }
        let deleted = store::record::deleted_by_import_key(db, registry.entity(), source, &draft.import_key)?;
        if let Some(number) = deleted.into_iter().find(|number| !self.is_undone(registry, *number)) {
            return Ok(Some(Found::Deleted(number)));
        }
        // what another program tells apart by its keys may well have one name twice: a campaign of last year and of this
        let is_told_apart = registry.entity().is_small() && !draft.hashed;
        if compare
            && !is_told_apart
            && let Some((text, with)) = self.compared(|id| draft.get(id))
        {
            let value = value_of(&text, with);
            if let Some(row) = self.values.get(&value) {
                return Ok(Some(Found::Earlier { by_key: false, row: *row }));
            }
            let found = match self.stored.get(&value) {
                Some(number) => Some(*number),
                None => self.indexed(db, registry, &text, with)?,
            };
            if let Some(number) = found {
                return Ok(Some(self.once(Found::Same(number), number)));
            }
            self.values.insert(value, draft.row);
        }
        self.keys.insert(key, draft.row);
        Ok(None)
    }

    fn is_undone(&self, registry: &Registry, number: i64) -> bool {
        self.undone.iter().any(|made| made.holds(registry.entity().numbered(number)))
    }

    /// The record that the row was exported from, and whether it is in Deleted. A UUID is enough; a number is another record's in
    /// another database, so it counts where the row agrees with the record.
    pub(super) fn own(&self, db: &Db, registry: &Registry, draft: &Draft) -> Result<Option<(i64, bool)>> {
        let key = Some(&draft.import_key).filter(|_| !draft.hashed).and_then(|key| Uuid::parse_str(key).ok());
        let named = match (draft.own_id.or(key), draft.own_number) {
            (Some(id), _) => store::record::number_of(db, registry.entity(), id)?,
            (None, number) => number,
        };
        if registry.entity().is_child() {
            let note = named.map(|number| store::note::get(db, number)).transpose()?.flatten();
            return Ok(note.map(|note| (note.number, note.deleted_at.is_some())));
        }
        let Some(stored) = named.map(|number| store::record::get(db, registry, number)).transpose()?.flatten() else {
            return Ok(None);
        };
        let number = stored.key.number;
        let by_number = draft.own_id.or(key).is_none();
        if by_number && !agrees(registry, draft, &stored) {
            return Ok(None);
        }
        let is_deleted = !stored.named(registry, "deleted_at").is_none();
        Ok((!is_deleted || !self.is_undone(registry, number)).then_some((number, is_deleted)))
    }

    /// What was found, unless an earlier row is written over that record already.
    fn once(&self, found: Found, number: i64) -> Found {
        let by_key = matches!(found, Found::Own(_) | Found::Key(_));
        self.updated.get(&number).map_or(found, |row| Found::Earlier { by_key, row: *row })
    }

    /// Remembers that a row is written over a record: for later rows both its former value and the row's are this record's, so that
    /// a trial, which writes nothing, finds the same as the act.
    pub(super) fn will_update(&mut self, db: &Db, registry: &Registry, draft: &Draft, number: i64) -> Result<()> {
        self.updated.insert(number, draft.row);
        let before = store::record::need(db, registry, number)?;
        let former = self.compared(|id| Some(before.get(id)));
        for (text, with) in [former, self.compared(|id| draft.get(id))].into_iter().flatten() {
            self.stored.entry(value_of(&text, with)).or_insert(number);
        }
        Ok(())
    }
}
