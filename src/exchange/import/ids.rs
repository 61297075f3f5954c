//! The fields that an import treats in its own way, where the records of the file have them. Treats none itself.

use crate::model::entity::Entity;
use crate::model::field::{FieldId, Registry};

/// Fields by what they are for; of one that such records have not, `None`.
#[derive(Clone, Copy)]
pub(super) struct Ids {
    pub topic: Option<FieldId>,
    /// The one name of what is no person.
    pub name: Option<FieldId>,
    pub salutation: Option<FieldId>,
    pub first: Option<FieldId>,
    pub middle: Option<FieldId>,
    pub last: Option<FieldId>,
    pub company: Option<FieldId>,
    /// The reference to the company of a person or a sale.
    pub account: Option<FieldId>,
    pub website: Option<FieldId>,
    pub emails: [Option<FieldId>; 3],
    pub source: Option<FieldId>,
    pub campaign: Option<FieldId>,
    pub rating: Option<FieldId>,
    pub stage: Option<FieldId>,
    /// What an activity is.
    pub kind: Option<FieldId>,
    pub category: Option<FieldId>,
    pub status: Option<FieldId>,
    pub reason: Option<FieldId>,
    pub closed_at: Option<FieldId>,
    /// What else only a closed record holds.
    pub closing: [Option<FieldId>; 4],
    /// When an activity was done, which says that it was.
    pub actual_end: Option<FieldId>,
    pub currency: Option<FieldId>,
    pub tags: Option<FieldId>,
    pub import_source: Option<FieldId>,
    pub streets: [Option<FieldId>; 3],
}

impl Ids {
    /// Those of the records of a registry.
    pub fn of(registry: &Registry) -> Self {
        let id = |name| named(registry, name);
        Self {
            topic: id("topic"),
            // an activity is called after its kind, and a note need not be called anything
            name: id("name").filter(|_| !takes_names(registry) && !matches!(registry.entity(), Entity::Activity | Entity::Note)),
            salutation: id("salutation"),
            first: id("first_name"),
            middle: id("middle_name"),
            last: id("last_name"),
            company: id("company"),
            account: id("account"),
            website: id("website"),
            emails: [id("email"), id("email2"), id("email3")],
            source: id("source"),
            campaign: id("campaign"),
            rating: id("rating"),
            stage: id("stage"),
            kind: id("kind").filter(|_| registry.entity() == Entity::Activity),
            category: id("category"),
            status: id("status"),
            reason: id("status_reason"),
            closed_at: id("closed_at"),
            closing: [id("actual_value"), id("actual_close_date"), id("competitor"), id("actual_end")],
            actual_end: id("actual_end"),
            currency: id("currency"),
            tags: id("tags"),
            import_source: id("import_source"),
            streets: [id("street"), id("street2"), id("street3")],
        }
    }
}

/// The field of this very name; a synonym of another field is none.
pub(super) fn named(registry: &Registry, name: &str) -> Option<FieldId> {
    registry.find(name).filter(|id| registry.field(*id).name == name)
}

/// Whether such records are people, whose full names are taken apart.
pub(super) fn takes_names(registry: &Registry) -> bool {
    named(registry, "last_name").is_some()
}
