//! The lead-to-opportunity process: its stages, the steps of each and the fields that they stand for. Source: the business process flow
//! “Lead to Opportunity Sales Process”. Moves nothing.

use super::entity::Entity;
use super::field::{FieldId, Registry};
use super::record::Record;
use super::value::Value;

/// The steps of each stage, by field; the first stage is the lead's, the others are the opportunity's, by the code of the stage.
const STEPS: [&[&str]; 4] = [
    &[
        "parent_contact",
        "parent_account",
        "purchase_timeframe",
        "budget_amount",
        "purchase_process",
        "decision_maker",
        "description",
    ],
    &["customer_need", "proposed_solution", "identify_stakeholders", "identify_competitors"],
    &["identify_sales_team", "develop_proposal", "complete_internal_review", "present_proposal"],
    &["complete_final_proposal", "present_final_proposal", "final_decision_date", "send_thank_you", "file_debrief"],
];

/// The last stage of an opportunity; beyond it is won or lost.
pub const LAST: i64 = 3;

/// The stage that a record is in: a lead is in the first until it is qualified. `None` where the process knows no such records.
pub fn stage(registry: &Registry, record: &Record) -> Option<i64> {
    match registry.entity() {
        Entity::Lead => Some(0),
        Entity::Opportunity => record.named(registry, "stage").as_int().filter(|stage| (0..=LAST).contains(stage)),
        _ => None,
    }
}

/// The steps of a stage that this record has fields for, and whether each is done. The steps of the lead's stage are the lead's alone.
pub fn steps(registry: &Registry, record: &Record, stage: i64) -> Vec<(FieldId, bool)> {
    let names = usize::try_from(stage).ok().and_then(|stage| STEPS.get(stage)).copied().unwrap_or_default();
    let own = (stage == 0) == (registry.entity() == Entity::Lead);
    names
        .iter()
        .filter(|_| own)
        .filter_map(|name| registry.find(name))
        .map(|id| (id, !record.get(id).is_none() && *record.get(id) != Value::Bool(false)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalog::Catalog;

    #[test]
    fn every_step_is_a_field_of_the_record_that_has_it() {
        let catalog = Catalog::shipped();
        for (stage, names) in (0..).zip(STEPS) {
            let registry = if stage == 0 { &catalog.lead } else { &catalog.opportunity };
            for name in names {
                assert!(registry.find(name).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn steps_are_done_by_what_the_fields_hold() {
        let catalog = Catalog::shipped();
        let registry = &catalog.opportunity;
        let mut deal = Record::new(Entity::Opportunity.numbered(1), uuid::Uuid::nil(), 1, Vec::new());
        deal.set(registry.id("stage"), Value::Choice(1));
        deal.set(registry.id("customer_need"), Value::text("dry"));
        deal.set(registry.id("identify_competitors"), Value::Bool(false));
        assert_eq!(stage(registry, &deal), Some(1));
        let done: Vec<bool> = steps(registry, &deal, 1).into_iter().map(|(_, done)| done).collect();
        assert_eq!(done, [true, false, false, false]);
        assert!(steps(registry, &deal, 0).is_empty(), "the lead's");
    }
}
