//! Rows → drafts, in the second pass. Knows the plan and the catalog, and what the act made meanwhile; writes nothing.

use std::borrow::Cow;
use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::cells::{self, Cell, Habits, Memory};
use super::draft::Draft;
use super::ids::Ids;
use super::plan::Plan;
use super::row::{Place, Row, Waiting};
use super::status::{self, Status};
use super::target::Target;
use crate::error::{Error, Problem, Result};
use crate::exchange::csv::{Record, unguard};
use crate::exchange::text::hex;
use crate::model::catalog::Catalog;
use crate::model::choice::{Choice, Choices, Set, slug};
use crate::model::field::{Access, FieldId, Kind};
use crate::model::process;
use crate::model::rules::state_sets;
use crate::model::value::{Owner, Value};

/// Turns the rows of one file into drafts.
pub struct Planner<'p> {
    plan: &'p Plan,
    catalog: Catalog,
    ids: Ids,
    habits: Vec<Habits>,
    memories: Vec<Memory>,
    /// Values for all rows, each with its memory.
    fixed: Vec<(FieldId, String, Memory)>,
    statuses: HashMap<String, Status>,
    has_conversion: bool,
}

impl<'p> Planner<'p> {
    /// Gets ready for the second pass. Values for all rows are checked here; a file of which no column is known is refused.
    pub fn new(plan: &'p Plan, catalog: &Catalog) -> Result<Self> {
        if !plan.is_recognised() {
            let shown: Vec<&str> = plan.columns.iter().take(5).map(|c| c.heading.as_str()).collect();
            return Err(Error::refused(
                format!("no column of {} is known: {}", plan.file.input.name(), shown.join(", ")),
                "its first row must hold the headings; --map \"Column=field\" says what a column is",
            ));
        }
        let ids = Ids::of(catalog.registry(plan.entity));
        let mut planner = Self {
            plan,
            catalog: catalog.clone(),
            ids,
            habits: plan.columns.iter().map(|c| Habits::of(c, &plan.options)).collect(),
            memories: vec![Memory::new(); plan.columns.len()],
            fixed: plan.options.fixed.iter().map(|(id, text)| (*id, text.clone(), Memory::new())).collect(),
            statuses: HashMap::new(),
            has_conversion: plan.columns.iter().any(|c| c.target == Target::Converted),
        };
        planner.check_fixed()?;
        Ok(planner)
    }

    /// What a row becomes.
    pub fn draft(&mut self, record: &Record) -> Draft {
        let mut row = Row::new(record);
        if let Some(column) = record.nul() {
            row.draft.skip = Some(format!("{} holds a zero byte", self.plan.file.heading(column)));
            return row.draft;
        }
        if let Some(card) = &record.card {
            row.draft.files.clone_from(&card.files);
            row.draft.skip = card.skip.map(str::to_owned);
            if let Some(remark) = card.remark {
                row.draft.problem("", remark.to_owned());
            }
        }
        for at in 0..self.fixed.len() {
            let (id, text, memory) = &mut self.fixed[at];
            let field = *self.catalog.field(*id);
            let cell = cells::read(text, &field, Habits::typed(&self.plan.options), &self.plan.options, &self.catalog, memory);
            row.fix(self.ids, *id, cell, text);
        }
        for at in 0..record.len().max(self.plan.columns.len()) {
            let raw = record.get(at);
            // -None- is how Zoho writes a choice that was not made
            if matches!(raw.trim(), "" | "-None-") {
                continue;
            }
            let cell = if self.plan.guarded { unguard(raw) } else { Cow::Borrowed(raw) };
            self.take(&mut row, at, &cell);
        }
        self.finish(row, record)
    }

    fn take(&mut self, row: &mut Row, at: usize, cell: &str) {
        let Some(column) = self.plan.columns.get(at) else {
            return row.draft.keep(&self.plan.file.heading(at), cell);
        };
        let place = Place { at, heading: &column.heading, raw: cell, by: column.by };
        match column.target {
            Target::Problem => {}
            Target::Rest if self.plan.file.is_cards() => row.described.push((at, cell.to_owned())),
            Target::Rest if self.plan.ours => row.draft.keep_own(&column.heading, cell),
            Target::Rest => row.draft.keep(&column.heading, cell),
            Target::Own => row.own_name(self.plan.entity, &column.heading, cell),
            Target::Key if row.key.is_none() && cell.trim().chars().count() <= 200 => row.key = Some(cell.trim().to_owned()),
            Target::Key => row.draft.keep(&column.heading, cell),
            Target::Name => row.names.push((at, cell.to_owned())),
            Target::Emails => row.emails.push((at, cell.to_owned())),
            Target::Deleted => {
                if status::yes_or_no(cell) == Some(true) {
                    row.draft.skip = Some(format!("was deleted in the other program ({} is {})", column.heading, cell.trim()));
                }
                row.draft.keep(&column.heading, cell);
            }
            Target::Converted => {
                row.converted = row.converted.or(status::yes_or_no(cell));
                row.draft.keep(&column.heading, cell);
            }
            Target::Ended => {
                row.ended = row.ended.or(status::yes_or_no(cell));
                row.draft.keep(&column.heading, cell);
            }
            Target::Field(id) if self.ids.stage == Some(id) && status::is_end(cell) && !row.draft.has(id) => {
                row.set(self.ids, id, Value::Choice(process::LAST));
                row.last_stage = Some((at, cell.to_owned()));
            }
            Target::Field(id) if self.ids.kind == Some(id) => row.kinds.push((at, cell.to_owned())),
            Target::Field(id) if self.ids.status == Some(id) => row.speak(|row| &mut row.status, place),
            Target::Field(id) if self.ids.reason == Some(id) => row.speak(|row| &mut row.reason, place),
            Target::Field(id) => {
                let field = *self.catalog.field(id);
                let memory = &mut self.memories[at];
                let found = cells::read(cell, &field, self.habits[at], &self.plan.options, &self.catalog, memory);
                let fresh = self.ids.closing.contains(&Some(id)) && !row.draft.has(id);
                row.put(self.ids, id, &field, place, found);
                if fresh && row.draft.has(id) {
                    row.closing.push((id, (at, cell.to_owned())));
                }
            }
        }
    }

    fn finish(&mut self, mut row: Row, record: &Record) -> Draft {
        let (ids, plan) = (self.ids, self.plan);
        row.place_emails(ids, plan);
        row.place_names(ids, plan);
        row.place_last_stage(plan);
        row.place_kinds(ids, plan, &self.catalog);
        if ids.actual_end.is_some_and(|id| row.draft.has(id)) {
            row.ended = row.ended.or(Some(true));
        }
        let status = self.judge(&row);
        row.place_status(ids, plan, &status);
        row.place_currency(ids, plan);
        let id = row.draft.own_id.map(|id| id.to_string());
        row.draft.import_key = match (row.key.take(), id) {
            (Some(key), id) => {
                id.into_iter().for_each(|id| row.draft.keep_own("id", &id));
                key
            }
            (None, Some(id)) => id,
            (None, None) => {
                row.draft.hashed = true;
                self.hash(record)
            }
        };
        row.describe(plan, self.catalog.registry(plan.entity));
        row.fill(ids, plan, &self.catalog);
        row.draft
    }

    /// Status, reason and rating, from all cells that speak of them.
    fn judge(&mut self, row: &Row) -> Status {
        let text = |cell: &Option<Waiting>| cell.as_ref().map_or(String::new(), |(_, text)| text.clone());
        let (said, reason) = (text(&row.status), text(&row.reason));
        let key = format!("{said}\0{reason}\0{:?}{:?}", row.converted, row.ended);
        if let Some(found) = self.statuses.get(&key) {
            return found.clone();
        }
        let (has_conversion, converted, ended) = (self.has_conversion, row.converted, row.ended);
        let cells = status::Cells { status: &said, reason: &reason, has_conversion, converted, ended };
        let sets = state_sets(self.catalog.registry(self.plan.entity));
        let found = status::decide(cells, sets, &self.catalog.choices);
        if self.statuses.len() < 10_000 {
            self.statuses.insert(key, found.clone());
        }
        found
    }

    /// A key for a row without an id: the same cells give the same key.
    fn hash(&self, record: &Record) -> String {
        if let Some(card) = &record.card {
            return card.key.clone();
        }
        let ours = |at: usize| self.plan.columns.get(at).is_some_and(|c| c.target == Target::Problem);
        let mut hash = Sha256::new();
        let mut empty = 0usize;
        for at in (0..record.len()).filter(|at| !ours(*at)) {
            let cell = record.get(at);
            if cell.is_empty() {
                empty += 1;
                continue;
            }
            // empty cells at the end do not count, since programs differ in writing them
            hash.update(vec![0x1F; empty + 1]);
            empty = 0;
            hash.update(cell.as_bytes());
        }
        hex(&hash.finalize()[..16])
    }

    /// The choices with those that were added since.
    pub fn choices(&self) -> &Choices {
        &self.catalog.choices
    }

    /// Tells that a label is now in its set, so that later rows take its code.
    pub fn learn_choice(&mut self, set: Set, choice: Choice) {
        if set.is_reason() {
            // what it says together with a status is read anew
            self.statuses.clear();
        }
        let is_this = |cell: &Cell| matches!(cell, Cell::NewChoice(of, l) if *of == set && slug(l) == choice.slug);
        let code = choice.code;
        for memory in self.memories.iter_mut().chain(self.fixed.iter_mut().map(|(.., memory)| memory)) {
            memory.values_mut().filter(|cell| is_this(cell)).for_each(|cell| *cell = Cell::Value(Value::Choice(code)));
        }
        self.catalog.choices.put(set, choice);
    }

    /// Tells that a name is now a user, so that later rows take it.
    pub fn learn_owner(&mut self, name: &str, owner: Owner) {
        for memory in &mut self.memories {
            let same = |cell: &&mut Cell| matches!(cell, Cell::NewOwner(n) if n == name);
            memory.values_mut().filter(same).for_each(|cell| *cell = Cell::Value(Value::Owner(owner)));
        }
    }

    fn check_fixed(&mut self) -> Result<()> {
        let mut problems = Vec::new();
        for (id, text, memory) in &mut self.fixed {
            let field = *self.catalog.field(*id);
            if field.access == Access::System || matches!(field.name, "import_key" | "import_source" | "imported_rest") {
                problems.push(Problem::new(field.name, "cannot be set for all rows"));
                continue;
            }
            if matches!(field.kind, Kind::Choice(set) if set.is_state() || set.is_reason()) {
                continue; // read with the words of status columns
            }
            match cells::read(text, &field, Habits::typed(&self.plan.options), &self.plan.options, &self.catalog, memory) {
                Cell::Bad(message) => problems.push(Problem::new(field.name, message)),
                Cell::Common(message) => problems.push(Problem::new(field.name, format!("“{text}” {message}"))),
                Cell::NewOwner(name) => problems.push(Problem::new(field.name, format!("there is no user or team “{name}”"))),
                _ => {}
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
    }
}
