//! What one row of a file becomes, before anything is written. Holds values, decides nothing.

use uuid::Uuid;

use crate::exchange::vcard::CardFile;
use crate::model::choice::Set;
use crate::model::field::FieldId;
use crate::model::value::{Owner, Value};

/// Who a row says owns it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OwnerGuess {
    /// It does not say, or names a record of another program.
    #[default]
    None,
    /// Somebody the database knows.
    Known(Owner),
    /// A name that the database does not know; it becomes an inactive user.
    UnknownName(String),
}

/// A value that no set has yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChoice {
    /// The field that takes it.
    pub field: FieldId,
    /// The set that it is added to.
    pub set: Set,
    /// Its label as the file writes it.
    pub label: String,
    /// The state that a reason belongs to.
    pub state: Option<i64>,
}

/// A record that a row names where a field refers to another; the act looks it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The field that takes it.
    pub field: FieldId,
    /// The heading of the column; empty where it is said for all rows.
    pub heading: String,
    /// The cell, word for word.
    pub text: String,
    /// Whether it looks like an id and not like a name.
    pub is_id: bool,
    /// The field of that record that the cell holds; none where any name of it will do.
    pub by: Option<&'static str>,
}

/// A required field that the row lacks and that was filled from elsewhere; it is also among the draft's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The field.
    pub field: &'static str,
    /// From what: a field's name, `file name` or `row`.
    pub from: &'static str,
}

/// Something about a row that its reader should know. The cell meant is in `imported_rest`, unless the message says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// The field, or the column's heading where no field is meant.
    pub field: String,
    /// A sentence.
    pub message: String,
    /// One cell, where the message names none.
    pub example: String,
}

fn add_line(text: &mut String, heading: &str, cell: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(heading);
    text.push_str(": ");
    text.push_str(cell);
}

/// A record to be made or updated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The row as a spreadsheet counts it, headings being row 1.
    pub row: u64,
    /// The line of the file.
    pub line: u64,
    /// The values of fields, each field at most once. Only what the file or the person said, and what was filled in.
    pub values: Vec<(FieldId, Value)>,
    /// Values that must be added to their sets first.
    pub new_choices: Vec<NewChoice>,
    /// Records that it refers to, in the order of their columns; of one field possibly several.
    pub references: Vec<Reference>,
    /// The owner.
    pub owner: OwnerGuess,
    /// The name under which the id is kept, where the row brings its own; else the plan's.
    pub import_source: Option<String>,
    /// The id in the other program, or a hash of the row's cells.
    pub import_key: String,
    /// Whether the id is a hash.
    pub hashed: bool,
    /// The id of the record here that the row was exported from.
    pub own_id: Option<Uuid>,
    /// Its number, which is another record's in another database.
    pub own_number: Option<i64>,
    /// Cells that fit no field, word for word, as lines `Heading: cell`.
    pub rest: String,
    /// Of these, what leadbook itself keeps of a record and wrote into an export: nothing new where the record is here.
    pub kept: String,
    /// What was filled in.
    pub filled: Vec<Filled>,
    /// What the report lists.
    pub problems: Vec<RowProblem>,
    /// Photos and other files of a vCard, to be attached to the record.
    pub files: Vec<CardFile>,
    /// Why the row is to be skipped.
    pub skip: Option<String>,
}

impl Draft {
    /// The value of a field.
    pub fn get(&self, field: FieldId) -> Option<&Value> {
        self.values.iter().find(|(id, _)| *id == field).map(|(_, value)| value)
    }

    /// Whether the row says anything about a field, also with a choice that is new or a record to be looked up.
    pub fn has(&self, field: FieldId) -> bool {
        self.get(field).is_some()
            || self.new_choices.iter().any(|c| c.field == field)
            || self.references.iter().any(|r| r.field == field)
    }

    /// What the field `incomplete` holds: the fields that were filled in; empty where none was.
    pub fn incomplete(&self) -> String {
        self.filled.iter().map(|f| f.field).collect::<Vec<_>>().join(", ")
    }

    /// Keeps a cell word for word.
    pub fn keep(&mut self, heading: &str, cell: &str) {
        add_line(&mut self.rest, heading, cell);
    }

    /// Keeps a cell that leadbook wrote of a record and does not read again.
    pub(super) fn keep_own(&mut self, heading: &str, cell: &str) {
        add_line(&mut self.kept, heading, cell);
    }

    /// What the field `imported_rest` holds.
    pub fn whole_rest(&self) -> String {
        let parts = [self.rest.as_str(), self.kept.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Lists a problem.
    pub fn problem(&mut self, field: impl Into<String>, message: impl Into<String>) {
        let (field, message) = (field.into(), message.into());
        self.problems.push(RowProblem { field, message, example: String::new() });
    }

    /// Lists a problem that many rows share, with one cell of theirs.
    pub(super) fn common(&mut self, field: impl Into<String>, message: impl Into<String>, example: &str) {
        let (field, message) = (field.into(), message.into());
        let example = example.chars().take(60).collect();
        self.problems.push(RowProblem { field, message, example });
    }
}
