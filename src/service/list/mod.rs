//! The rows of the sets that people can add to: sources, industries, reasons, campaigns, partners.

use crate::error::{Error, Result};
use crate::model::choice::{Choice, Set};
use crate::model::value::Value;
use crate::service::act::{Act, Tx};
use crate::service::{access, record};
use crate::store::lists;

/// Adds a row to an open set, or the record that its rows are. Whether there is an equal one is the caller's to know.
pub(in crate::service) fn make(tx: &mut Tx<'_>, set: Set, label: &str, state: Option<i64>) -> Result<Choice> {
    let Some(entity) = set.entity() else {
        tx.catalog_changed();
        return lists::add(tx.db, set, label, state);
    };
    let name = (tx.ctx.catalog.registry(entity).id("name"), Value::text(label));
    let record = record::create::make(tx, entity, vec![name])?;
    Ok(Choice::new(record.key.number, label))
}

/// Adds a row to an open set; an equal one that is there already comes back instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddChoice {
    /// The set.
    pub set: Set,
    /// What people read.
    pub label: String,
    /// The state of a status reason: 0 open, 1 qualified, 2 disqualified.
    pub state: Option<i64>,
}

impl Act for AddChoice {
    type Reply = Choice;

    fn name(&self) -> &'static str {
        "InsertOptionValue"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Choice> {
        let name = self.set.name();
        if !self.set.is_open() {
            return Err(Error::refused(
                format!("{name} is fixed"),
                "sources, industries, reasons, campaigns and partners can be added",
            ));
        }
        access::check_active(tx.ctx)?;
        let label = self.label.trim();
        if label.is_empty() || label.chars().count() > 100 || label.chars().any(char::is_control) {
            return Err(Error::invalid(name, "the label is one line of 1 to 100 characters"));
        }
        if self.set == Set::StatusReason && self.state.is_none() {
            return Err(Error::invalid(name, "a reason belongs to a state: open, qualified or disqualified"));
        }
        let found = tx.ctx.catalog.choices.all(self.set).iter().find(|c| c.slug == crate::model::choice::slug(label));
        if let Some(found) = found {
            tx.say(format!("{} is there already as the {name} {}", found.label, found.slug));
            return Ok(found.clone());
        }
        let choice = make(tx, self.set, label, self.state.filter(|_| self.set == Set::StatusReason))?;
        tx.say(format!("Added {label} to {name}"));
        Ok(choice)
    }
}
