//! The rules of records that need no database: defaults, what must be there, what a state allows. Source: the entities of Dynamics.

use super::activity;
use super::choice::{CONTACTED, Choices, MAIL_TEMPLATE, NEW, NOTE_TEMPLATE, OPEN, PIPELINE, Set, WARM};
use super::entity::Entity;
use super::field::{Field, FieldId, Kind, Registry};
use super::merge_field;
use super::name;
use super::record::Record;
use super::value::Value;
use crate::error::{Error, Problem, Result};

/// The code of the reason of a campaign that is inactive.
const CAMPAIGN_INACTIVE: i64 = 6;

/// What a record holds unless somebody says otherwise: open, new, warm, any contact method, everything allowed.
pub fn defaults(registry: &Registry) -> Vec<(FieldId, Value)> {
    let values: &[(&'static str, Value)] = match registry.entity() {
        Entity::Lead => &[
            ("status", Value::Choice(OPEN)),
            ("status_reason", Value::Choice(NEW)),
            ("rating", Value::Choice(WARM)),
            ("preferred_contact_method", Value::Choice(1)),
            ("follow_email", Value::Bool(true)),
        ],
        Entity::Account | Entity::Contact => &[
            ("status", Value::Choice(OPEN)),
            ("status_reason", Value::Choice(1)),
            ("preferred_contact_method", Value::Choice(1)),
            ("follow_email", Value::Bool(true)),
        ],
        Entity::Opportunity => &[
            ("status", Value::Choice(OPEN)),
            ("status_reason", Value::Choice(1)),
            ("stage", Value::Choice(0)),
            ("rating", Value::Choice(WARM)),
            ("forecast_category", Value::Choice(PIPELINE)),
        ],
        Entity::Product | Entity::Competitor => &[("status", Value::Choice(OPEN)), ("status_reason", Value::Choice(1))],
        Entity::Request => &[
            ("status", Value::Choice(OPEN)),
            ("status_reason", Value::Choice(1)),
            ("type", Value::Choice(1)),
            ("priority", Value::Choice(2)),
            ("origin", Value::Choice(1)),
        ],
        Entity::Template => {
            &[("status", Value::Choice(OPEN)), ("status_reason", Value::Choice(1)), ("kind", Value::Choice(NOTE_TEMPLATE))]
        }
        Entity::Campaign => &[("status", Value::Choice(OPEN)), ("status_reason", Value::Choice(0))],
        Entity::Activity => &[
            ("kind", Value::Choice(activity::TASK)),
            ("status", Value::Choice(OPEN)),
            ("status_reason", Value::Choice(1)),
            ("priority", Value::Choice(activity::NORMAL)),
        ],
        Entity::Note | Entity::Attachment | Entity::User | Entity::Team | Entity::Unit | Entity::Definition => &[],
    };
    values.iter().map(|(name, value)| (registry.id(name), value.clone())).collect()
}

/// The reason of a small record that follows its state: what is inactive is nothing else.
fn small_reason(entity: Entity, state: i64, reason: i64) -> i64 {
    match (entity, state) {
        (Entity::Campaign, OPEN) if reason == CAMPAIGN_INACTIVE => 0,
        (Entity::Campaign, OPEN) => reason,
        (Entity::Campaign, _) => CAMPAIGN_INACTIVE,
        (_, OPEN) => 1,
        _ => 2,
    }
}

/// Fills what follows from other fields: the full name of a person, the reason of a small record, and the currency of amounts.
pub fn complete(registry: &Registry, record: &mut Record, currency: &str) {
    if matches!(registry.entity(), Entity::Lead | Entity::Contact) {
        let part = |name| record.text(registry, name);
        let full = name::full(part("first_name"), part("middle_name"), part("last_name"));
        record.set(registry.id("name"), Value::text(full));
    }
    if registry.entity().is_small() {
        let code = |name| record.named(registry, name).as_int().unwrap_or_default();
        let reason = small_reason(registry.entity(), code("status"), code("status_reason"));
        record.set(registry.id("status_reason"), Value::Choice(reason));
    }
    if registry.entity() == Entity::Activity {
        activity::complete(registry, record);
    }
    // a note has no subject
    if registry.entity() == Entity::Template && !record.named(registry, "subject").is_none() {
        record.set(registry.id("kind"), Value::Choice(MAIL_TEMPLATE));
    }
    let Some(id) = registry.find("currency") else { return };
    let has_amount = registry.ids().any(|(id, field)| field.kind == Kind::Money && !record.get(id).is_none());
    if has_amount && record.get(id).is_none() {
        record.set(id, Value::text(currency));
    }
}

/// Whether every required field is there. Source: Topic and Last Name are application required.
pub fn check_required(registry: &Registry, record: &Record) -> Result<()> {
    let missing: Vec<Problem> = registry
        .ids()
        .filter(|(id, field)| field.required && record.get(*id).is_none())
        .map(|(_, field)| Problem::new(field.name, format!("{} is needed", field.label)))
        .collect();
    let wrong = match registry.entity() {
        Entity::Template if record.named(registry, "kind").as_int() == Some(MAIL_TEMPLATE) => {
            check_merge_fields(registry, record)
        }
        _ => Vec::new(),
    };
    let problems = [missing, wrong].concat();
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// The fields that a template can name: those of the records that mails are written to.
pub fn merge_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = Vec::new();
    for entity in [Entity::Lead, Entity::Contact, Entity::Account, Entity::Opportunity] {
        names.extend(Registry::of(entity).ids().map(|(_, field)| field.name));
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// What is wrong with the merge fields of a template.
fn check_merge_fields(registry: &Registry, record: &Record) -> Vec<Problem> {
    let names = merge_names();
    let check = |name: &'static str| {
        let found = merge_field::check(record.text(registry, name), &names);
        found.into_iter().map(move |problem| Problem::new(name, problem.message))
    };
    ["subject", "body"].into_iter().flat_map(check).collect()
}

/// The sets that the state and its reason are of.
pub fn state_sets(registry: &Registry) -> (Set, Set) {
    match registry.entity() {
        Entity::Opportunity => (Set::OpportunityState, Set::OpportunityReason),
        Entity::Account | Entity::Contact | Entity::Product | Entity::Competitor | Entity::Template => {
            (Set::RecordState, Set::RecordReason)
        }
        Entity::Campaign => (Set::RecordState, Set::CampaignReason),
        Entity::Activity => (Set::ActivityState, Set::ActivityReason),
        Entity::Request => (Set::RequestState, Set::RequestReason),
        Entity::Lead | Entity::Note | Entity::Attachment | Entity::User | Entity::Team | Entity::Unit | Entity::Definition => {
            (Set::State, Set::StatusReason)
        }
    }
}

/// How a state is called in a sentence: `qualified`.
pub fn state_label(registry: &Registry, choices: &Choices, state: i64) -> String {
    choices.label(state_sets(registry).0, state).to_lowercase()
}

/// Whether the status reason of a record belongs to its state.
pub fn check_reason(registry: &Registry, choices: &Choices, record: &Record) -> Result<()> {
    let code = |name| record.named(registry, name).as_int().unwrap_or_default();
    check_reason_of(registry, choices, code("status"), code("status_reason"))
}

/// Whether a status reason belongs to a state. Source: each state has its own.
pub fn check_reason_of(registry: &Registry, choices: &Choices, state: i64, reason: i64) -> Result<()> {
    let (states, reasons) = state_sets(registry);
    let of = choices.get(reasons, reason).and_then(|c| c.state);
    if of == Some(state) {
        return Ok(());
    }
    let offered: Vec<String> =
        choices.all(reasons).iter().filter(|c| c.state == Some(state) && c.active).map(|c| c.label.clone()).collect();
    Err(Error::invalid(
        "status_reason",
        format!(
            "{} is no reason of {} that is {}; it can be {}",
            choices.label(reasons, reason),
            registry.entity().one(),
            choices.label(states, state).to_lowercase(),
            offered.join(", ")
        ),
    ))
}

/// The first reason of a state, in the order of their set: what a record has that came with a state and no reason.
pub fn first_reason(reasons: Set, choices: &Choices, state: i64) -> Option<i64> {
    choices.all(reasons).iter().find(|choice| choice.state == Some(state)).map(|choice| choice.code)
}

/// Whether a lead with this reason was spoken to.
pub const fn is_contacted(reason: i64) -> bool {
    reason == CONTACTED
}

/// Whether a record in this state is still worked on: open, and of an activity also scheduled.
pub const fn is_open(entity: Entity, state: i64) -> bool {
    match entity {
        Entity::Activity => activity::is_open(state),
        _ => state == OPEN,
    }
}

/// The fields that can be written on a closed lead, opportunity, activity or request; all others are read-only until it is reopened.
pub const WRITABLE_WHEN_CLOSED: &[&str] = &["owner", "tags"];

/// Whether a field can be written while the record is closed. What is only inactive takes everything: it is hidden, not closed.
pub fn is_writable_when_closed(registry: &Registry, field: &Field) -> bool {
    WRITABLE_WHEN_CLOSED.contains(&field.name)
        || !matches!(registry.entity(), Entity::Lead | Entity::Opportunity | Entity::Activity | Entity::Request)
}
