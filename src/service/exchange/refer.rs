//! What rows refer to, put into their fields: a record that `look_up` finds, or the text as it stands with a word in the report. Reads
//! records, writes none.

use std::collections::HashMap;

use super::look_up::{Among, LookUp, Unmet, several};
use crate::error::{Error, Problem, Result};
use crate::exchange::import::{Draft, Plan, Reference, Report, RowProblem};
use crate::model::catalog::Catalog;
use crate::model::entity::{Entity, RecordName};
use crate::model::field::{FieldId, Kind};
use crate::model::fold::fold;
use crate::model::value::Value;
use crate::store::Db;

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
    /// The number of the record that they mean, when all rows are read, or why none.
    pub meant: std::result::Result<i64, Unmet>,
}

impl Late {
    /// Lists it where it means no record.
    pub(super) fn report(&self, catalog: &Catalog, report: &mut Report) {
        if let Err(unmet) = &self.meant {
            let text = self.cells.first().map_or("", |cell| cell.text.trim());
            let problem = problem(catalog.field(self.field).name, unmet, text, KEPT);
            report.kept_late(self.row, self.has_rest, &problem);
        }
    }
}

/// What became of a cell that means no record, behind the reason.
const KEPT: &str = "; kept in imported_rest";

/// What is looked up for one import.
pub(super) struct Refer<'c> {
    catalog: &'c Catalog,
    entity: Entity,
    ours: bool,
    look_up: LookUp<'c>,
    /// The names, keys and numbers of the rows that were taken; `None` where two have the same.
    rows: Option<HashMap<(Mark, String), Option<i64>>>,
    late: Vec<Late>,
}

/// A reference that a later row may still make: its field, its cells, and why nothing is meant so far.
type Waiting = (FieldId, Vec<Reference>, Unmet);

/// What was found of what a row refers to.
pub(super) struct Placed {
    /// What a later row may still make.
    pub waiting: Vec<Waiting>,
    /// Why nothing can be made of the row: what it is about is not here.
    pub refused: Option<RowProblem>,
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
            ours: plan.ours,
            look_up: LookUp::new(catalog, plan, first),
            rows: within.then(HashMap::new),
            late: Vec::new(),
        };
        let mut problems = Vec::new();
        for (id, text) in &plan.options.fixed {
            let field = catalog.field(*id);
            if let Some(among) = Among::of(field, plan.entity)
                && let Err(unmet) = refer.look_up.find(db, among, None, text.trim(), true)?
            {
                let why = if unmet.names_it { unmet.why } else { format!("“{}”: {}", text.trim(), unmet.why) };
                problems.push(Problem::new(field.name, why));
            }
        }
        if problems.is_empty() { Ok(refer) } else { Err(Error::Invalid(problems)) }
    }

    /// Puts what a row refers to into its fields; what means no record is kept as it stands. `here` says whether numbers in the row are
    /// those of this database.
    pub(super) fn place(&mut self, db: &Db, draft: &mut Draft, here: bool) -> Result<Placed> {
        let mut fields: Vec<(FieldId, Vec<Reference>)> = Vec::new();
        for cell in std::mem::take(&mut draft.references) {
            match fields.iter_mut().find(|(field, _)| *field == cell.field) {
                Some((_, cells)) => cells.push(cell),
                None => fields.push((cell.field, vec![cell])),
            }
        }
        let mut placed = Placed { waiting: Vec::new(), refused: None };
        for (id, cells) in fields {
            match Among::of(self.catalog.field(id), self.entity) {
                Some(Among::One(entity)) => self.place_one(db, draft, id, entity, (cells, here), &mut placed)?,
                Some(among) => self.place_under(db, draft, id, among, (cells, here), &mut placed)?,
                None => keep(draft, &cells),
            }
        }
        Ok(placed)
    }

    fn place_one(
        &mut self,
        db: &Db,
        draft: &mut Draft,
        id: FieldId,
        entity: Entity,
        (mut cells, here): (Vec<Reference>, bool),
        placed: &mut Placed,
    ) -> Result<()> {
        // a name is meant, an id may be another list's: of a contact's company where accounts were made of a list of people
        cells.sort_by_key(|cell| cell.is_id && cell.by.is_none());
        let name = self.catalog.field(id).name;
        let (mut found, mut unmet, mut open): (_, Option<(Unmet, String)>, _) = (None, None, Vec::new());
        for cell in cells {
            match self.look_up.find(db, Among::One(entity), cell.by, cell.text.trim(), here)? {
                Ok(record) if found.is_none_or(|other| other == record.number) => found = Some(record.number),
                Ok(other) => {
                    let message = format!("“{}” is {other}, another than the name says; kept in imported_rest", cell.text);
                    draft.problem(name, message);
                    open.push(cell);
                }
                Err(why) => {
                    // of an id and a name the name says more
                    if unmet.is_none() || !cell.is_id {
                        unmet = Some((why, cell.text.trim().to_owned()));
                    }
                    open.push(cell);
                }
            }
        }
        match (found, unmet) {
            (Some(number), _) => {
                draft.values.push((id, Value::link(number)));
                keep(draft, &open);
            }
            (None, Some((unmet, _))) if entity == self.entity => placed.waiting.push((id, open, unmet)),
            (None, unmet) => {
                if let Some((unmet, text)) = unmet {
                    draft.problems.push(problem(name, &unmet, &text, KEPT));
                }
                keep(draft, &open);
            }
        }
        Ok(())
    }

    /// Puts what a row stands on: the first of its cells that names a record. A row that names some and finds none is of somebody who
    /// is not here, and would be lost among the records of everybody.
    fn place_under(
        &mut self,
        db: &Db,
        draft: &mut Draft,
        id: FieldId,
        among: Among,
        (cells, here): (Vec<Reference>, bool),
        placed: &mut Placed,
    ) -> Result<()> {
        let name = self.catalog.field(id).name;
        let (mut found, mut open) = (None, Vec::new());
        for cell in cells {
            match self.look_up.find(db, among, cell.by, cell.text.trim(), here)? {
                Ok(record) if found.is_none_or(|other| other == record) => found = Some(record),
                Ok(_) => open.push(cell),
                Err(unmet) => {
                    // a list of several: the first that is here, and the cell is kept for the others
                    let parts: Vec<&str> = cell.text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
                    for part in parts.iter().filter(|_| parts.len() > 1) {
                        if found.is_none() {
                            found = self.look_up.find(db, among, cell.by, part, here)?.ok();
                        }
                    }
                    placed.refused.get_or_insert_with(|| problem(name, &unmet, cell.text.trim(), ""));
                    open.push(cell);
                }
            }
        }
        if let Some(record) = found {
            placed.refused = None;
            draft.values.push((id, Value::record(record)));
        }
        keep(draft, &open);
        Ok(())
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
    pub(super) fn took(&mut self, draft: &Draft, number: i64, waiting: Vec<Waiting>) {
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
                    Some(Some(number)) if *number == waiting.number => {
                        waiting.meant = Err(Unmet::named("a record cannot be its own".into()))
                    }
                    Some(Some(number)) => waiting.meant = Ok(*number),
                    Some(None) => waiting.meant = Err(Unmet::named(several(entity, text))),
                    None => continue,
                }
                break;
            }
        }
        late
    }
}

/// What the report says of a text that means no record.
fn problem(field: &str, unmet: &Unmet, text: &str, end: &str) -> RowProblem {
    let example = if unmet.names_it { String::new() } else { text.chars().take(60).collect() };
    RowProblem { field: field.to_owned(), message: format!("{}{end}", unmet.why), example }
}

/// Keeps cells as they stand.
pub(super) fn keep(draft: &mut Draft, cells: &[Reference]) {
    for cell in cells.iter().filter(|cell| !cell.heading.is_empty()) {
        draft.keep(&cell.heading, &cell.text);
    }
}
