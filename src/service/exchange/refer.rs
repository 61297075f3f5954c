//! The records that rows refer to by a number, a UUID, the key of another program or a name: found by indexes, or kept as text with a
//! word in the report. Reads records, writes none.

use std::collections::HashMap;

use crate::error::{Error, Problem, Result};
use crate::exchange::import::{Draft, Plan, Reference};
use crate::model::catalog::Catalog;
use crate::model::entity::{Entity, RecordName};
use crate::model::field::{FieldId, Kind, Registry};
use crate::model::fold::fold;
use crate::model::name;
use crate::model::value::Value;
use crate::store::{self, Db};

/// The record that is meant, or why none is, as the middle of a sentence.
type Meant = std::result::Result<i64, String>;

/// More different texts than this are looked up again.
const REMEMBERED: usize = 100_000;

/// How many records a merged one leads on through at most.
const STEPS: usize = 8;

/// A reference to a record of the same kind that was not here when its row was read, and may be made by a later one.
pub(super) struct Late {
    /// The record that refers.
    pub number: i64,
    /// Its row.
    pub row: u64,
    /// The field.
    pub field: FieldId,
    /// Whether the record keeps other cells too.
    pub has_rest: bool,
    /// The cells.
    pub cells: Vec<Reference>,
    /// What they mean, when all rows are read.
    pub meant: Meant,
}

/// What is looked up for one import.
pub(super) struct Refer<'c> {
    catalog: &'c Catalog,
    entity: Entity,
    source: String,
    ours: bool,
    /// Records of the file's kind from this number on are made by this import.
    first: i64,
    known: HashMap<(Entity, bool, String), Meant>,
    /// Numbers of another database that its export brought here, and the records that they are here.
    brought: HashMap<Entity, HashMap<i64, Option<i64>>>,
    /// The names, keys and numbers of the rows that were taken; `None` where two have the same.
    rows: Option<HashMap<(Mark, String), Option<i64>>>,
    late: Vec<Late>,
}

/// By what a row is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Mark {
    Name,
    Key,
    Number,
}

impl<'c> Refer<'c> {
    /// For the rows of a plan, of which the first that is made gets the number `first`. What is referred to in all rows is looked up
    /// here, and refused where it means no record.
    pub(super) fn new(db: &Db, catalog: &'c Catalog, plan: &Plan, first: i64) -> Result<Self> {
        let refers = |id: FieldId| catalog.field(id).kind == Kind::Lookup(plan.entity);
        let within = plan.columns.iter().any(|c| matches!(c.target, crate::exchange::import::Target::Field(id) if refers(id)));
        let mut refer = Self {
            catalog,
            entity: plan.entity,
            source: plan.import_source.clone(),
            ours: plan.ours,
            first,
            known: HashMap::new(),
            brought: HashMap::new(),
            rows: within.then(HashMap::new),
            late: Vec::new(),
        };
        let mut problems = Vec::new();
        for (id, text) in &plan.options.fixed {
            let field = catalog.field(*id);
            if let Kind::Lookup(entity) = field.kind
                && let Err(why) = refer.meant(db, entity, text.trim(), true)?
            {
                problems.push(Problem::new(field.name, why));
            }
        }
        if problems.is_empty() { Ok(refer) } else { Err(Error::Invalid(problems)) }
    }

    /// Puts what a row refers to into its fields; what means no record is kept as it stands. `here` says whether numbers in the row are
    /// those of this database. What a later row may still make comes back.
    pub(super) fn place(&mut self, db: &Db, draft: &mut Draft, here: bool) -> Result<Vec<(FieldId, Vec<Reference>, String)>> {
        let mut fields: Vec<(FieldId, Vec<Reference>)> = Vec::new();
        for cell in std::mem::take(&mut draft.references) {
            match fields.iter_mut().find(|(field, _)| *field == cell.field) {
                Some((_, cells)) => cells.push(cell),
                None => fields.push((cell.field, vec![cell])),
            }
        }
        let mut waiting = Vec::new();
        for (id, mut cells) in fields {
            // a name is meant, an id may be another list's: of a contact's company where accounts were made of a list of people
            cells.sort_by_key(|cell| cell.is_id);
            let Kind::Lookup(entity) = self.catalog.field(id).kind else { continue };
            let (mut found, mut why, mut open) = (None, None, Vec::new());
            for cell in cells {
                match self.meant(db, entity, cell.text.trim(), here)? {
                    Ok(number) if found.is_none_or(|other| other == number) => found = Some(number),
                    Ok(number) => {
                        let (name, other) = (self.catalog.field(id).name, entity.numbered(number));
                        draft.problem(
                            name,
                            format!("“{}” is {other}, another than the name says; kept in imported_rest", cell.text),
                        );
                        open.push(cell);
                    }
                    Err(reason) => {
                        // of an id and a name the name says more
                        if why.is_none() || !cell.is_id {
                            why = Some(reason);
                        }
                        open.push(cell);
                    }
                }
            }
            match (found, why) {
                (Some(number), _) => {
                    draft.values.push((id, Value::link(number)));
                    keep(draft, &open);
                }
                (None, Some(why)) if entity == self.entity => waiting.push((id, open, why)),
                (None, why) => {
                    draft.problem(self.catalog.field(id).name, format!("{}; kept in imported_rest", why.unwrap_or_default()));
                    keep(draft, &open);
                }
            }
        }
        Ok(waiting)
    }

    /// Takes back a reference of a record to itself, and says so.
    pub(super) fn not_itself(&self, draft: &mut Draft, number: i64) {
        let is_itself = |id: FieldId, value: &Value| {
            self.catalog.field(id).kind == Kind::Lookup(self.entity) && value.as_int() == Some(number)
        };
        let found: Vec<FieldId> = draft.values.iter().filter(|(id, v)| is_itself(*id, v)).map(|(id, _)| *id).collect();
        for id in found {
            let (key, field) = (self.entity.numbered(number), self.catalog.field(id));
            draft.problem(field.name, format!("{key} cannot be its own {}; left out", field.label));
            draft.values.retain(|(own, _)| *own != id);
        }
    }

    /// Remembers the record that a row became, and what it still waits for.
    pub(super) fn took(&mut self, draft: &Draft, number: i64, waiting: Vec<(FieldId, Vec<Reference>, String)>) {
        let Some(rows) = &mut self.rows else { return };
        let registry = self.catalog.registry(self.entity);
        let name = registry.find("name").and_then(|id| draft.get(id)).map_or_else(String::new, |value| fold(value.as_text()));
        let number_there = draft.own_number.map(|n| n.to_string()).unwrap_or_default();
        for (mark, text) in [(Mark::Name, name), (Mark::Key, draft.import_key.clone()), (Mark::Number, number_there)] {
            if !text.is_empty() {
                rows.entry((mark, text)).and_modify(|known| *known = known.filter(|n| *n == number)).or_insert(Some(number));
            }
        }
        for (field, cells, why) in waiting {
            let has_rest = !(draft.rest.is_empty() && draft.kept.is_empty());
            self.late.push(Late { number, row: draft.row, field, has_rest, cells, meant: Err(why) });
        }
    }

    /// What the rows still waited for when all of them were read.
    pub(super) fn late(self) -> Vec<Late> {
        let (rows, entity) = (self.rows.unwrap_or_default(), self.entity);
        let mut late = self.late;
        for waiting in &mut late {
            for cell in &waiting.cells {
                let text = cell.text.trim();
                let number = match RecordName::parse(text) {
                    Some(RecordName::Number(id)) if self.ours && id.entity == entity => id.number.to_string(),
                    _ => String::new(),
                };
                let marks = [(Mark::Number, number), (Mark::Key, text.to_owned()), (Mark::Name, fold(text))];
                match marks.into_iter().find_map(|mark| rows.get(&mark)) {
                    Some(Some(number)) if *number == waiting.number => waiting.meant = Err("a record cannot be its own".into()),
                    Some(Some(number)) => waiting.meant = Ok(*number),
                    Some(None) => waiting.meant = Err(several(entity, text)),
                    None => continue,
                }
                break;
            }
        }
        late
    }

    fn meant(&mut self, db: &Db, entity: Entity, text: &str, here: bool) -> Result<Meant> {
        let key = (entity, here, text.to_owned());
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let found = self.look_up(db, entity, text, here)?;
        if self.known.len() < REMEMBERED {
            self.known.insert(key, found.clone());
        }
        Ok(found)
    }

    /// In an export of ours a number comes first, in all else the key of the program that wrote it: `A-17` may be such a key.
    fn look_up(&mut self, db: &Db, entity: Entity, text: &str, here: bool) -> Result<Meant> {
        let registry = self.catalog.registry(entity);
        let numbered = match RecordName::parse(text) {
            Some(RecordName::Number(id)) if id.entity == entity && text.contains('-') => Some(id.number),
            _ => None,
        };
        if let Some(number) = numbered.filter(|_| self.ours) {
            if here {
                return Ok(self.standing(db, registry, number)?.ok_or_else(|| format!("there is no {} {text}", entity.name())));
            }
            return Ok(match self.brought(db, entity)?.get(&number) {
                Some(Some(number)) => Ok(*number),
                Some(None) => Err(several(entity, text)),
                None => Err(format!("{text} is {} of another database that was not imported here", entity.one())),
            });
        }
        let by_key = store::record::by_import_key(db, entity, &self.source, text)?;
        let by_id = match RecordName::parse(text) {
            Some(RecordName::Id(id)) => store::record::number_of(db, entity, id)?,
            _ => None,
        };
        for number in by_key.into_iter().chain(numbered).chain(by_id) {
            if let Some(number) = self.standing(db, registry, number)? {
                return Ok(Ok(number));
            }
        }
        self.by_name(db, registry, text)
    }

    fn by_name(&self, db: &Db, registry: &Registry, text: &str) -> Result<Meant> {
        let entity = registry.entity();
        let mut names = vec![fold(text)];
        if registry.find("last_name").is_some() {
            let parts = name::split(text);
            names.push(fold(&name::full(&parts.first, &parts.middle, &parts.last)));
        }
        for name in names {
            let before = if entity == self.entity { self.first } else { i64::MAX };
            match store::record::by_name(db, registry, &name, None, before, 2)?.as_slice() {
                [] => {}
                [one] => return Ok(Ok(*one)),
                _ => return Ok(Err(several(entity, text))),
            }
        }
        Ok(Err(format!("no {} here is called “{text}” or was imported under that id", entity.name())))
    }

    /// The record of a number that is neither deleted nor made by this import; of a merged one the record that it was merged into.
    fn standing(&self, db: &Db, registry: &Registry, number: i64) -> Result<Option<i64>> {
        let mut number = number;
        for _ in 0..STEPS {
            if registry.entity() == self.entity && number >= self.first {
                return Ok(None);
            }
            let Some(record) = store::record::get(db, registry, number)? else { return Ok(None) };
            if !record.named(registry, "deleted_at").is_none() {
                return Ok(None);
            }
            match registry.find("master").and_then(|id| record.get(id).as_int()) {
                Some(master) => number = master,
                None => return Ok(Some(number)),
            }
        }
        Ok(None)
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

fn several(entity: Entity, text: &str) -> String {
    format!("several {} are called “{text}”", entity.plural())
}

/// Keeps cells as they stand.
pub(super) fn keep(draft: &mut Draft, cells: &[Reference]) {
    for cell in cells.iter().filter(|cell| !cell.heading.is_empty()) {
        draft.keep(&cell.heading, &cell.text);
    }
}
