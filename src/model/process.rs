//! The lead-to-opportunity process: its stages, the steps of each and the fields that they stand for. Source: the business process flow
//! “Lead to Opportunity Sales Process”. Moves nothing.

use super::entity::Entity;
use super::field::{FieldId, Registry};
use super::record::Record;
use super::value::Value;

/// A step as the process knows it: the field that it stands for, what it is called, and that in as few letters as say it.
type Row = (&'static str, &'static str, &'static str);

/// The steps of each stage; the first stage is the lead's, the others are the opportunity's, by the code of the stage.
const STEPS: [&[Row]; 4] = [
    &[
        ("parent_contact", "Existing Contact?", "Contact"),
        ("parent_account", "Existing Account?", "Account"),
        ("purchase_timeframe", "Purchase Timeframe", "Timeframe"),
        ("budget_amount", "Estimated Budget", "Budget"),
        ("purchase_process", "Purchase Process", "Process"),
        ("decision_maker", "Identify Decision Maker", "Decider"),
        ("description", "Capture Summary", "Summary"),
    ],
    &[
        ("customer_need", "Customer Need", "Need"),
        ("proposed_solution", "Proposed Solution", "Solution"),
        ("identify_stakeholders", "Identify Stakeholders", "Stakeholders"),
        ("identify_competitors", "Identify Competitors", "Competitors"),
    ],
    &[
        ("identify_sales_team", "Identify Sales Team", "Sales Team"),
        ("develop_proposal", "Develop Proposal", "Proposal"),
        ("complete_internal_review", "Complete Internal Review", "Internal Review"),
        ("present_proposal", "Present Proposal", "Presented"),
    ],
    &[
        ("complete_final_proposal", "Complete Final Proposal", "Final Proposal"),
        ("present_final_proposal", "Present Final Proposal", "Presented"),
        ("final_decision_date", "Confirm Decision Date", "Decision Date"),
        ("send_thank_you", "Send Thank You", "Thank You"),
        ("file_debrief", "File De-brief", "De-brief"),
    ],
];

/// A step of the stage that a record is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The field that it stands for.
    pub field: FieldId,
    /// What it is called.
    pub label: &'static str,
    /// The same where there is little room.
    pub short: &'static str,
    /// Whether the field says that it is done.
    pub done: bool,
}

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

/// The steps of a stage that this record has fields for. The steps of the lead's stage are the lead's alone.
pub fn steps(registry: &Registry, record: &Record, stage: i64) -> Vec<Step> {
    let rows = usize::try_from(stage).ok().and_then(|stage| STEPS.get(stage)).copied().unwrap_or_default();
    let own = (stage == 0) == (registry.entity() == Entity::Lead);
    let step = |(name, label, short): &Row| {
        let field = registry.find(name)?;
        let value = record.get(field);
        Some(Step { field, label, short, done: !value.is_none() && *value != Value::Bool(false) })
    };
    rows.iter().filter(|_| own).filter_map(step).collect()
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
            for (name, label, short) in names {
                assert!(registry.find(name).is_some(), "{name}");
                assert!(short.len() <= label.len(), "{label}");
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
        let done: Vec<bool> = steps(registry, &deal, 1).into_iter().map(|step| step.done).collect();
        assert_eq!(done, [true, false, false, false]);
        assert!(steps(registry, &deal, 0).is_empty(), "the lead's");
    }
}
