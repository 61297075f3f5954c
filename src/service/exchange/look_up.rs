//! The record that a text means: by number, UUID, the key of another program, e-mail address, name or another field, through indexes.
//! Knows no row and writes nothing.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::error::Result;
use crate::exchange::import::{Plan, kind_of_id, other_form};
use crate::model::catalog::Catalog;
use crate::model::entity::{Entity, RecordId, RecordName};
use crate::model::field::{Field, Kind, Registry};
use crate::model::fold::fold;
use crate::model::name;
use crate::store::{self, Db};

/// More different texts than this are looked up again.
const REMEMBERED: usize = 100_000;

/// How many records a merged one leads on through at most.
const STEPS: usize = 8;

/// The record that is meant, or why none is.
pub(super) type Meant = std::result::Result<RecordId, Unmet>;

/// Why a text means no record, as the middle of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unmet {
    /// The reason.
    pub why: String,
    /// Whether it names the text; where not, many rows can share it.
    pub names_it: bool,
}

impl Unmet {
    pub(super) const fn named(why: String) -> Self {
        Self { why, names_it: true }
    }

    const fn common(why: String) -> Self {
        Self { why, names_it: false }
    }
}

/// Among which records one is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Among {
    /// Those of this kind.
    One(Entity),
    /// All that records of this kind can stand on.
    UnderOf(Entity),
}

impl Among {
    /// The records that a field of records of a kind can refer to; none where it refers to nothing.
    pub(super) const fn of(field: &Field, entity: Entity) -> Option<Self> {
        match field.kind {
            Kind::Lookup(entity) => Some(Self::One(entity)),
            Kind::Record => Some(Self::UnderOf(entity)),
            _ => None,
        }
    }

    fn kinds(self) -> Vec<Entity> {
        match self {
            Self::One(entity) => vec![entity],
            Self::UnderOf(entity) => entity.stands_on().to_vec(),
        }
    }
}

/// What is looked up for one import, remembered.
pub(super) struct LookUp<'c> {
    catalog: &'c Catalog,
    entity: Entity,
    source: String,
    ours: bool,
    /// Records of the file's kind from this number on are made by this import.
    first: i64,
    known: HashMap<(Among, Option<&'static str>, bool, String), Meant>,
    /// Numbers of another database that its export brought here, and the records that they are here.
    brought: HashMap<Entity, HashMap<i64, Option<i64>>>,
    /// Under which names keys are kept.
    sources: HashMap<Entity, Vec<String>>,
    /// The values of fields without an index, folded, and the records that hold them.
    values: HashMap<(Entity, &'static str), HashMap<String, Vec<i64>>>,
}

impl<'c> LookUp<'c> {
    pub(super) fn new(catalog: &'c Catalog, plan: &Plan, first: i64) -> Self {
        Self {
            catalog,
            entity: plan.entity,
            source: plan.import_source.clone(),
            ours: plan.ours,
            first,
            known: HashMap::new(),
            brought: HashMap::new(),
            sources: HashMap::new(),
            values: HashMap::new(),
        }
    }

    /// The record that a text means, looked up by one field of it, or by all that names one. `here` says whether numbers in the row are
    /// those of this database.
    pub(super) fn find(&mut self, db: &Db, among: Among, by: Option<&'static str>, text: &str, here: bool) -> Result<Meant> {
        let key = (among, by, here, text.to_owned());
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let found = match (by, among) {
            (Some(by), _) => self.by_field(db, &among.kinds(), by, text)?,
            (None, Among::One(entity)) => self.one(db, entity, text, here)?,
            (None, Among::UnderOf(_)) => self.any(db, &among.kinds(), text, here)?,
        };
        if self.known.len() < REMEMBERED {
            self.known.insert(key, found.clone());
        }
        Ok(found)
    }

    fn numbered(kinds: &[Entity], text: &str) -> Option<RecordId> {
        match RecordName::parse(text) {
            Some(RecordName::Number(id)) if kinds.contains(&id.entity) && text.contains('-') => Some(id),
            _ => None,
        }
    }

    /// In an export of ours a number comes first, in all else the key of the program that wrote it: `A-17` may be such a key.
    fn one(&mut self, db: &Db, entity: Entity, text: &str, here: bool) -> Result<Meant> {
        let numbered = Self::numbered(&[entity], text);
        if let Some(id) = numbered.filter(|_| self.ours) {
            return self.ours(db, id, text, here);
        }
        let by_key = store::record::by_import_key(db, entity, &self.source, text)?.map(|number| entity.numbered(number));
        for id in by_key.into_iter().chain(numbered).chain(self.by_id(db, &[entity], text)?) {
            if let Some(id) = self.standing(db, id)? {
                return Ok(Ok(id));
            }
        }
        match self.by_name(db, entity, text)?.as_slice() {
            [one] => Ok(Ok(*one)),
            [] => Ok(Err(Unmet::common(format!("no {} here is called so or was imported under that id", entity.name())))),
            _ => Ok(Err(Unmet::named(several(entity, text)))),
        }
    }

    /// Of several kinds: a key is looked for under the name of this import first, then under others, unless it is a bare number, which
    /// each program counts anew; then a number, a UUID, an address, a name that only one has.
    fn any(&mut self, db: &Db, kinds: &[Entity], text: &str, here: bool) -> Result<Meant> {
        let numbered = Self::numbered(kinds, text);
        if let Some(id) = numbered.filter(|_| self.ours) {
            return self.ours(db, id, text, here);
        }
        let is_bare = text.bytes().all(|b| b.is_ascii_digit());
        let mut found = self.by_key(db, kinds, text, !is_bare)?;
        if found.is_empty() {
            let named = numbered.into_iter().chain(self.by_id(db, kinds, text)?).collect();
            found = self.all_standing(db, named)?;
        }
        for by in ["email", "name"] {
            if found.is_empty() && (by == "name" || text.contains('@')) {
                found = self.by_own(db, kinds, by, text)?;
            }
        }
        Ok(one_of(found, text).unwrap_or_else(|| Err(self.nobody(kinds, None, text))))
    }

    fn by_field(&mut self, db: &Db, kinds: &[Entity], by: &'static str, text: &str) -> Result<Meant> {
        let found = match by {
            "import_key" => self.by_key(db, kinds, text, true)?,
            "number" => {
                let id = match kinds {
                    [only] => RecordName::parse_as(text, *only),
                    _ => Self::numbered(kinds, text),
                };
                let id = id.filter(|id| kinds.contains(&id.entity));
                id.map(|id| self.standing(db, id)).transpose()?.flatten().into_iter().collect()
            }
            "id" => {
                let id = self.by_id(db, kinds, text)?;
                id.map(|id| self.standing(db, id)).transpose()?.flatten().into_iter().collect()
            }
            by => self.by_own(db, kinds, by, text)?,
        };
        Ok(one_of(found, text).unwrap_or_else(|| Err(self.nobody(kinds, Some(by), text))))
    }

    /// Why no record is meant, in words that many rows can share.
    fn nobody(&self, kinds: &[Entity], by: Option<&str>, text: &str) -> Unmet {
        let kind = match kinds {
            [only] => Some(*only),
            // what another program calls a contact says nothing of a name or an address
            _ if matches!(by, None | Some("import_key")) => kind_of_id(text).filter(|entity| kinds.contains(entity)),
            _ => None,
        };
        let what = kind.map_or("record", Entity::name);
        Unmet::common(match by {
            None if kind.is_none() => "no record here has this key, number, address or name".to_owned(),
            None | Some("import_key") => {
                let plural = kind.map_or("records", Entity::plural);
                format!("no {what} here was imported under this key: import the {plural} first, then this file again")
            }
            Some("name") => format!("no {what} here is called so"),
            Some(by) => format!("no {what} here has this {}", by.replace('_', " ")),
        })
    }

    /// The records that were imported under a key: under the name of this import, else under any other.
    fn by_key(&mut self, db: &Db, kinds: &[Entity], text: &str, others: bool) -> Result<Vec<RecordId>> {
        let keys: Vec<String> = [Some(text.to_owned()), other_form(text)].into_iter().flatten().collect();
        let mut found = Vec::new();
        for (entity, key) in kinds.iter().flat_map(|entity| keys.iter().map(move |key| (*entity, key))) {
            found.extend(store::record::by_import_key(db, entity, &self.source, key)?.map(|number| entity.numbered(number)));
        }
        if found.is_empty() && others {
            for entity in kinds {
                if !self.sources.contains_key(entity) {
                    self.sources.insert(*entity, store::record::import_sources(db, *entity)?);
                }
                for (source, key) in self.sources[entity].iter().flat_map(|source| keys.iter().map(move |key| (source, key))) {
                    let number = store::record::by_import_key(db, *entity, source, key)?;
                    found.extend(number.map(|number| entity.numbered(number)));
                }
            }
        }
        self.all_standing(db, found)
    }

    fn by_id(&self, db: &Db, kinds: &[Entity], text: &str) -> Result<Option<RecordId>> {
        let Some(RecordName::Id(id)) = RecordName::parse(text) else { return Ok(None) };
        for entity in kinds {
            if let Some(number) = store::record::number_of(db, *entity, id)? {
                return Ok(Some(entity.numbered(number)));
            }
        }
        Ok(None)
    }

    /// The records that have a text in a field of their own, two at least where several have.
    fn by_own(&mut self, db: &Db, kinds: &[Entity], by: &'static str, text: &str) -> Result<Vec<RecordId>> {
        let mut found = Vec::new();
        for entity in kinds {
            let catalog = self.catalog;
            let registry = catalog.registry(*entity);
            let Some(field) = registry.find(by).map(|id| registry.field(id)).filter(|field| field.name == by) else { continue };
            match by {
                "email" => {
                    let numbers = store::record::all_by_email(db, *entity, text, 2)?;
                    found.extend(numbers.into_iter().map(|number| entity.numbered(number)));
                }
                "name" => found.extend(self.by_name(db, *entity, text)?),
                _ => {
                    let values = match self.values.entry((*entity, field.name)) {
                        Entry::Occupied(known) => known.into_mut(),
                        Entry::Vacant(place) => place.insert(values_of(db, *entity, field)?),
                    };
                    let numbers = values.get(&fold(text)).into_iter().flatten();
                    found.extend(numbers.map(|number| entity.numbered(*number)));
                }
            }
        }
        self.all_standing(db, found)
    }

    fn by_name(&self, db: &Db, entity: Entity, text: &str) -> Result<Vec<RecordId>> {
        let registry = self.catalog.registry(entity);
        let mut names = vec![fold(text)];
        if registry.find("last_name").is_some() {
            let parts = name::split(text);
            names.push(fold(&name::full(&parts.first, &parts.middle, &parts.last)));
        }
        for name in names {
            let before = if entity == self.entity { self.first } else { i64::MAX };
            let found = store::record::by_name(db, registry, &name, None, before, 2)?;
            if !found.is_empty() {
                return Ok(found.into_iter().map(|number| entity.numbered(number)).collect());
            }
        }
        Ok(Vec::new())
    }

    fn all_standing(&self, db: &Db, found: Vec<RecordId>) -> Result<Vec<RecordId>> {
        let mut standing = Vec::new();
        for id in found {
            standing.extend(self.standing(db, id)?.filter(|id| !standing.contains(id)));
        }
        Ok(standing)
    }

    /// The record of a number that is neither deleted nor made by this import; of a merged one the record that it was merged into.
    fn standing(&self, db: &Db, id: RecordId) -> Result<Option<RecordId>> {
        let registry: &Registry = self.catalog.registry(id.entity);
        let mut number = id.number;
        for _ in 0..STEPS {
            if id.entity == self.entity && number >= self.first {
                return Ok(None);
            }
            let Some(record) = store::record::get(db, registry, number)? else { return Ok(None) };
            if !record.named(registry, "deleted_at").is_none() {
                return Ok(None);
            }
            match registry.find("master").and_then(|id| record.get(id).as_int()) {
                Some(master) => number = master,
                None => return Ok(Some(id.entity.numbered(number))),
            }
        }
        Ok(None)
    }

    /// What a number in an export of ours means: in its own database that record, in another what was brought here.
    fn ours(&mut self, db: &Db, id: RecordId, text: &str, here: bool) -> Result<Meant> {
        let entity = id.entity;
        if here {
            let found = self.standing(db, id)?;
            return Ok(found.ok_or_else(|| Unmet::named(format!("there is no {} {text}", entity.name()))));
        }
        Ok(match self.brought(db, entity)?.get(&id.number) {
            Some(Some(number)) => Ok(entity.numbered(*number)),
            Some(None) => Err(Unmet::named(several(entity, text))),
            None => Err(Unmet::named(format!("{text} is {} of another database that was not imported here", entity.one()))),
        })
    }

    /// The numbers that records brought from another database, read once from the lines in which the import kept them.
    fn brought(&mut self, db: &Db, entity: Entity) -> Result<&HashMap<i64, Option<i64>>> {
        if !self.brought.contains_key(&entity) {
            let registry = self.catalog.registry(entity);
            let mut numbers: HashMap<i64, Option<i64>> = HashMap::new();
            let first = if entity == self.entity { self.first } else { i64::MAX };
            let rest = registry.field(registry.id("imported_rest"));
            store::record::each_value(db, entity, rest, |number, text| {
                let cells = text.lines().filter_map(|line| RecordName::parse(line.strip_prefix("number: ")?));
                for cell in cells.filter(|_| number < first) {
                    if let RecordName::Number(id) = cell
                        && id.entity == entity
                    {
                        numbers.entry(id.number).and_modify(|known| *known = None).or_insert(Some(number));
                    }
                }
            })?;
            self.brought.insert(entity, numbers);
        }
        Ok(&self.brought[&entity])
    }
}

/// The values of a field, folded, and the records that hold them.
fn values_of(db: &Db, entity: Entity, field: &Field) -> Result<HashMap<String, Vec<i64>>> {
    let mut values: HashMap<String, Vec<i64>> = HashMap::new();
    store::record::each_value(db, entity, field, |number, text| values.entry(fold(text)).or_default().push(number))?;
    Ok(values)
}

/// The sentence that a name is no name of one record.
pub(super) fn several(entity: Entity, text: &str) -> String {
    format!("several {} are called “{text}”", entity.plural())
}

/// The one that was found; two are none, as a choice between them would be a guess.
fn one_of(found: Vec<RecordId>, text: &str) -> Option<Meant> {
    match found.as_slice() {
        [] => None,
        [one] => Some(Ok(*one)),
        [first, second, ..] => Some(Err(Unmet::named(format!("“{text}” is {first} and {second} alike")))),
    }
}
