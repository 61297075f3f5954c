//! One row on its way to a draft: cells put into fields, the first that says something winning, all others kept. Reads no file.

use super::cells::{Cell, tags};
use super::draft::{Draft, NewChoice, OwnerGuess, Reference};
use super::foreign::is_owner_id;
use super::ids::Ids;
use super::plan::Plan;
use crate::exchange::csv::Record;
use crate::exchange::vcard::OTHER;
use crate::model::entity::{Entity, RecordName};
use crate::model::field::{Field, FieldId, Kind, Registry};
use crate::model::value::Value;

/// The column of a value that stands in no column.
pub(super) const NOWHERE: usize = usize::MAX;

/// A cell that is placed when all others are: its column and what it holds.
pub(super) type Waiting = (usize, String);

/// What has been gathered of a row.
#[derive(Default)]
pub(super) struct Row {
    pub draft: Draft,
    pub key: Option<String>,
    pub names: Vec<Waiting>,
    pub emails: Vec<Waiting>,
    pub status: Option<Waiting>,
    pub reason: Option<Waiting>,
    /// A stage that says how a sale ended.
    pub last_stage: Option<Waiting>,
    /// What kind of activity it is.
    pub kinds: Vec<Waiting>,
    pub converted: Option<bool>,
    pub ended: Option<bool>,
    /// A closing date, which only a closed record can have.
    pub closed: Option<(Waiting, Value)>,
    /// What else only a closed record can have and was put into its field.
    pub closing: Vec<(FieldId, Waiting)>,
    /// What a card says besides, for the description.
    pub described: Vec<Waiting>,
    /// Amounts that were written with a currency.
    pub amounts: Vec<(FieldId, &'static str, Waiting)>,
}

/// Where a cell stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub at: usize,
    pub heading: &'a str,
    /// The cell, word for word.
    pub raw: &'a str,
    /// By what the record is looked up that it names.
    pub by: Option<&'static str>,
}

impl Row {
    pub fn new(record: &Record) -> Self {
        let draft = Draft { row: record.row, line: record.line, ..Draft::default() };
        Self { draft, ..Self::default() }
    }

    /// Takes a value for all rows, before any cell of the row.
    pub fn fix(&mut self, ids: Ids, id: FieldId, cell: Cell, text: &str) {
        let id_is = |other: Option<FieldId>| other == Some(id);
        if id_is(ids.status) {
            self.status = Some((NOWHERE, text.trim().to_owned()));
        } else if id_is(ids.reason) {
            self.reason = Some((NOWHERE, text.trim().to_owned()));
        } else if id_is(ids.closed_at) {
            if let Cell::Value(value) = cell {
                self.closed = Some(((NOWHERE, text.to_owned()), value));
            }
        } else {
            match cell {
                Cell::Value(value) | Cell::Part(value) => self.set(ids, id, value),
                Cell::Amount(amount, code) => {
                    self.set(ids, id, Value::Money(amount));
                    self.amounts.push((id, code, (NOWHERE, text.to_owned())));
                }
                Cell::NewChoice(set, label) => self.draft.new_choices.push(NewChoice { field: id, set, label, state: None }),
                Cell::Reference => {
                    self.draft.references.push(Reference {
                        field: id,
                        heading: String::new(),
                        text: text.to_owned(),
                        is_id: false,
                        by: None,
                    });
                }
                Cell::NewOwner(_) | Cell::Bad(_) | Cell::Common(_) => {} // refused before the first row
            }
        }
    }

    /// Takes the id or the number by which leadbook names such a record. What else stands under `id` is another program's key.
    pub fn own_name(&mut self, entity: Entity, heading: &str, cell: &str) {
        let text = cell.trim();
        match RecordName::parse(text) {
            Some(RecordName::Id(id)) => self.draft.own_id = Some(id),
            Some(RecordName::Number(id)) if id.entity == entity && text.starts_with([entity.prefix()]) && text.contains('-') => {
                self.draft.own_number = Some(id.number);
                self.draft.keep_own(heading, cell);
            }
            _ if heading == "id" && self.key.is_none() && text.chars().count() <= 200 => self.key = Some(text.to_owned()),
            _ => self.draft.keep(heading, cell),
        }
    }

    /// Takes the first cell of a kind that speaks of the status; further ones are kept.
    pub fn speak(&mut self, of: impl Fn(&mut Self) -> &mut Option<Waiting>, place: Place) {
        let text = place.raw.trim();
        match of(self) {
            free @ None => *free = Some((place.at, text.to_owned())),
            Some(_) => self.draft.keep(place.heading, place.raw),
        }
    }

    /// Puts a cell into its field, or keeps it word for word and says why.
    pub fn put(&mut self, ids: Ids, id: FieldId, field: &Field, place: Place, cell: Cell) {
        let Place { at, heading, raw, by } = place;
        let placed = match cell {
            Cell::Bad(_) if ids.emails.contains(&Some(id)) && raw.trim().contains([';', ',', ' ', '\n']) => {
                self.emails.push((at, raw.to_owned()));
                true
            }
            Cell::Bad(_) if ids.streets[0] == Some(id) && raw.trim().contains('\n') => self.streets(ids, raw),
            Cell::Part(_) if ids.streets[0] == Some(id) && self.streets(ids, raw) => true,
            // the word that a list does not know stands in many rows
            Cell::Bad(message) if matches!(field.kind, Kind::Choice(_)) => {
                self.draft.common(field.name, format!("{message}; kept in imported_rest"), "");
                false
            }
            Cell::Bad(message) => {
                self.draft.problem(field.name, format!("{message}; kept in imported_rest"));
                false
            }
            Cell::Common(message) => {
                self.draft.common(field.name, format!("{heading} {message}; kept in imported_rest"), raw.trim());
                false
            }
            Cell::Value(value) if ids.closed_at == Some(id) => match &self.closed {
                Some((_, same)) => *same == value,
                None => {
                    self.closed = Some(((at, raw.to_owned()), value));
                    true
                }
            },
            Cell::Value(Value::Text(text)) if ids.import_source == Some(id) => {
                self.draft.import_source.get_or_insert_with(|| text.clone()) == &text
            }
            Cell::Value(Value::Tags(_)) => {
                self.set(ids, id, Value::Tags(tags(raw)));
                true
            }
            Cell::Value(Value::Owner(owner)) => self.own(OwnerGuess::Known(owner)),
            Cell::NewOwner(name) => self.own(OwnerGuess::UnknownName(name)),
            Cell::Value(value) => self.take(ids, id, value),
            Cell::Reference if self.draft.get(id).is_some() => false,
            Cell::Reference => {
                let known = self.draft.references.iter().any(|r| r.field == id && (r.text == raw || r.heading.is_empty()));
                if !known {
                    self.draft.references.push(Reference {
                        field: id,
                        heading: heading.to_owned(),
                        text: raw.to_owned(),
                        is_id: is_owner_id(raw),
                        by,
                    });
                }
                true
            }
            Cell::Part(value) => {
                self.take(ids, id, value);
                false
            }
            Cell::Amount(amount, code) => {
                let fresh = !self.draft.has(id);
                let placed = self.take(ids, id, Value::Money(amount));
                if fresh {
                    self.amounts.push((id, code, (at, raw.to_owned())));
                }
                placed
            }
            Cell::NewChoice(set, label) => {
                let same = self.draft.new_choices.iter().any(|c| c.field == id && c.label == label);
                if !self.draft.has(id) {
                    self.draft.new_choices.push(NewChoice { field: id, set, label, state: None });
                    true
                } else {
                    same
                }
            }
        };
        if !placed {
            self.draft.keep(heading, raw);
        }
    }

    /// Adds what a card says besides to its description, as lines; what does not fit there is kept.
    pub fn describe(&mut self, plan: &Plan, registry: &Registry) {
        let field = registry.find("description");
        let most = field.map_or(0, |id| registry.field(id).max as usize);
        let mut text = self.text(field).to_owned();
        for (at, cell) in std::mem::take(&mut self.described) {
            let heading = plan.file.heading(at);
            let (mut left, is_other) = (Vec::new(), heading == OTHER);
            for line in if is_other { cell.split('\n').collect() } else { vec![cell.as_str()] } {
                let own = if is_other { line.to_owned() } else { format!("{heading}: {}", line.replace('\n', ", ")) };
                let gap = if text.is_empty() { "" } else { "\n" };
                if text.chars().count() + gap.len() + own.chars().count() <= most {
                    text = format!("{text}{gap}{own}");
                } else {
                    left.push(line);
                }
            }
            if !left.is_empty() {
                self.draft.keep(&heading, &left.join("\n"));
            }
        }
        if let Some(id) = field.filter(|_| !text.is_empty()) {
            match self.draft.values.iter_mut().find(|(own, _)| *own == id) {
                Some((_, value)) => *value = Value::Text(text),
                None => self.draft.values.push((id, Value::Text(text))),
            }
        }
    }

    /// Sets a free field; whether it then holds that value.
    pub fn take(&mut self, ids: Ids, id: FieldId, value: Value) -> bool {
        if self.draft.has(id) {
            return self.draft.get(id) == Some(&value);
        }
        self.set(ids, id, value);
        true
    }

    /// Sets a field; tags are added to those that are there.
    pub fn set(&mut self, ids: Ids, id: FieldId, value: Value) {
        if let Value::Owner(owner) = value {
            self.draft.owner = OwnerGuess::Known(owner);
            return;
        }
        match self.draft.values.iter_mut().find(|(own, _)| *own == id) {
            Some((_, Value::Tags(tags))) if ids.tags == Some(id) => {
                if let Value::Tags(more) = value {
                    tags.extend(more);
                    tags.sort();
                    tags.dedup();
                }
            }
            Some((_, old)) => *old = value,
            None => self.draft.values.push((id, value)),
        }
    }

    /// Takes a value back out of its field.
    pub fn unset(&mut self, id: FieldId) {
        self.draft.values.retain(|(own, _)| *own != id);
        self.draft.new_choices.retain(|choice| choice.field != id);
    }

    /// Keeps a cell under the heading of its column.
    pub fn keep(&mut self, plan: &Plan, (at, raw): &Waiting) {
        if let Some(column) = plan.columns.get(*at) {
            self.draft.keep(&column.heading, raw);
        }
    }

    /// The text of a field; empty where it has none.
    pub fn text(&self, id: Option<FieldId>) -> &str {
        id.and_then(|id| self.draft.get(id)).map_or("", Value::as_text)
    }

    fn own(&mut self, guess: OwnerGuess) -> bool {
        if self.draft.owner == OwnerGuess::None {
            self.draft.owner = guess.clone();
        }
        self.draft.owner == guess
    }

    /// Puts a street of two or three lines into as many fields.
    fn streets(&mut self, ids: Ids, raw: &str) -> bool {
        let lines: Vec<&str> = raw.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        let fits = (2..=3).contains(&lines.len())
            && lines.iter().all(|line| line.chars().count() <= 250)
            && ids.streets.iter().take(lines.len()).all(|id| id.is_some_and(|id| !self.draft.has(id)));
        if fits {
            for (id, line) in ids.streets.into_iter().flatten().zip(lines) {
                self.set(ids, id, Value::text(line));
            }
        }
        fits
    }
}
