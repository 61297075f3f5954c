//! The rules of a lead that need no database: defaults, what must be there, what a state allows. Source: the lead entity.

use super::choice::{CONTACTED, Choices, NEW, OPEN, Set, WARM};
use super::field::{FieldId, Registry};
use super::name;
use super::record::Record;
use super::value::Value;
use crate::error::{Error, Problem, Result};

/// What a lead holds unless somebody says otherwise: open, new, warm, any contact method, everything allowed.
pub fn defaults(registry: &Registry) -> Vec<(FieldId, Value)> {
    vec![
        (registry.id("status"), Value::Choice(OPEN)),
        (registry.id("status_reason"), Value::Choice(NEW)),
        (registry.id("rating"), Value::Choice(WARM)),
        (registry.id("preferred_contact_method"), Value::Choice(1)),
        (registry.id("follow_email"), Value::Bool(true)),
    ]
}

/// Fills what follows from other fields: the full name, and the currency of amounts.
pub fn complete(registry: &Registry, lead: &mut Record, currency: &str) {
    let full =
        name::full(lead.text(registry, "first_name"), lead.text(registry, "middle_name"), lead.text(registry, "last_name"));
    lead.set(registry.id("name"), Value::text(full));
    let has_amount =
        ["estimated_value", "budget_amount", "annual_revenue"].iter().any(|field| !lead.named(registry, field).is_none());
    if has_amount && lead.named(registry, "currency").is_none() {
        lead.set(registry.id("currency"), Value::text(currency));
    }
}

/// Whether every required field is there. Source: Topic and Last Name are application required.
pub fn check_required(registry: &Registry, lead: &Record) -> Result<()> {
    let missing: Vec<Problem> = registry
        .ids()
        .filter(|(id, field)| field.required && lead.get(*id).is_none())
        .map(|(_, field)| Problem::new(field.name, format!("{} is needed", field.label)))
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(Error::Invalid(missing)) }
}

/// Whether a status reason belongs to a state. Source: only Open has two of its own, New and Contacted.
pub fn check_reason(choices: &Choices, state: i64, reason: i64) -> Result<()> {
    let of = choices.get(Set::StatusReason, reason).and_then(|c| c.state);
    if of == Some(state) {
        return Ok(());
    }
    let offered: Vec<String> =
        choices.all(Set::StatusReason).iter().filter(|c| c.state == Some(state) && c.active).map(|c| c.label.clone()).collect();
    Err(Error::invalid(
        "status_reason",
        format!(
            "{} is no reason of a lead that is {}; it can be {}",
            choices.label(Set::StatusReason, reason),
            choices.label(Set::State, state).to_lowercase(),
            offered.join(", ")
        ),
    ))
}

/// The reason a state has unless another is given. Source: the defaults of statuscode.
pub const fn default_reason(state: i64) -> i64 {
    match state {
        OPEN => NEW,
        1 => 3,
        _ => 4,
    }
}

/// Whether a lead with this reason was spoken to.
pub const fn is_contacted(reason: i64) -> bool {
    reason == CONTACTED
}

/// The fields that can be written on a closed lead; all others are read-only until it is reopened.
pub const WRITABLE_WHEN_CLOSED: &[&str] = &["owner", "tags"];
