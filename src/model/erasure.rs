//! What stays of a record when the person in it is erased: what reports count by. Everything else is the person's and goes.

use super::entity::Entity;
use super::field::{Field, Kind};

/// What an erased record is called.
pub const NAME: &str = "(erased)";

/// The fields of leads, contacts and accounts that stay: no text among them, no date but those of the program, and of references only
/// those by which the records of one person are known to be of one.
const KEPT: &[&str] = &[
    "status",
    "status_reason",
    "source",
    "rating",
    "campaign",
    "partner",
    "industry",
    "owner",
    "estimated_value",
    "currency",
    "estimated_close_date",
    "cost",
    "merged",
    "master",
    "originating_lead",
    "parent_contact",
    "created_at",
    "created_by",
    "modified_at",
    "modified_by",
    "closed_at",
    "deleted_at",
    "erased_at",
];

/// Whether records of a kind are made anonymous as a whole.
pub const fn can_be_erased(entity: Entity) -> bool {
    matches!(entity, Entity::Lead | Entity::Contact | Entity::Account)
}

/// Whether what a field holds, or held, goes with the person: of an opportunity the texts, as its numbers are the company's own.
pub fn is_personal(entity: Entity, field: &Field) -> bool {
    if can_be_erased(entity) {
        return !KEPT.contains(&field.name);
    }
    match field.kind {
        Kind::Currency => false,
        Kind::Tags => true,
        _ => field.is_text(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::field::Registry;

    #[test]
    fn no_text_stays_of_a_person() {
        for entity in [Entity::Lead, Entity::Contact, Entity::Account, Entity::Opportunity] {
            for field in Registry::of(entity).fields() {
                let is_free = (field.is_text() && field.kind != Kind::Currency) || field.kind == Kind::Tags;
                assert!(!is_free || is_personal(entity, field), "{}.{}", entity.name(), field.name);
            }
        }
    }

    #[test]
    fn what_stays_is_what_leads_have() {
        let lead = Registry::lead();
        let unknown: Vec<&&str> = KEPT.iter().filter(|name| **name != "originating_lead" && lead.find(name).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert!(is_personal(Entity::Contact, Registry::of(Entity::Contact).field(Registry::of(Entity::Contact).id("birthday"))));
    }
}
