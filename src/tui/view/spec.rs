//! What the list and the record screen need to know of an entity beside its registry. Draws nothing.

use crate::model::entity::Entity;
use crate::model::field::{FieldId, Registry};
use crate::query::ast::SortKey;

/// One entity as the screens see it.
#[derive(Debug, PartialEq, Eq)]
pub struct EntitySpec {
    /// The entity.
    pub entity: Entity,
    /// What many are called: `leads`.
    pub plural: &'static str,
    /// The screen's name, with the digit that opens it.
    pub screen: &'static str,
    /// The columns of a list, in the order of their worth.
    pub columns: &'static [&'static str],
    /// The field whose values open a list, newest first.
    pub sort: &'static str,
    /// The fields in the head of a preview: how to reach the person, what it is worth.
    pub reach: &'static [&'static str],
    /// The fields in the second line of a preview.
    pub worth: &'static [&'static str],
}

/// Leads.
pub const LEADS: EntitySpec = EntitySpec {
    entity: Entity::Lead,
    plural: "leads",
    screen: "2 Leads",
    columns: &["name", "company", "topic", "rating", "phone", "source", "owner", "estimated_value"],
    sort: "modified_at",
    reach: &["email", "phone", "mobile_phone"],
    worth: &["budget_status", "estimated_value", "estimated_close_date", "purchase_timeframe", "source"],
};

impl EntitySpec {
    /// The columns as fields.
    pub fn column_ids(&self, registry: &Registry) -> Vec<FieldId> {
        self.columns.iter().filter_map(|name| registry.find(name)).collect()
    }

    /// The order in which a list opens.
    pub fn default_sort(&self, registry: &Registry) -> Vec<SortKey> {
        registry.find(self.sort).map(|field| SortKey { field, descending: true }).into_iter().collect()
    }
}
