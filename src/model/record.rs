//! One record of any entity with the values of its registry. Knows no rule of any entity.

use uuid::Uuid;

use super::entity::{Entity, RecordId};
use super::field::{FieldId, Registry};
use super::value::Value;
use super::zone::{Zone, of_place};

/// A record as it is stored, its values in the order of its registry.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Entity and number.
    pub key: RecordId,
    /// The identity that other programs hold.
    pub id: Uuid,
    /// Grows with every change of a field; a save against an older one is refused.
    pub version: i64,
    values: Vec<Value>,
}

impl Record {
    /// A record of these values; missing ones at the end are empty.
    pub fn new(key: RecordId, id: Uuid, version: i64, values: Vec<Value>) -> Self {
        Self { key, id, version, values }
    }

    /// The value of a field.
    pub fn get(&self, field: FieldId) -> &Value {
        self.values.get(field.index()).unwrap_or(&Value::None)
    }

    /// The value of a field that the program itself names.
    pub fn named(&self, registry: &Registry, name: &'static str) -> &Value {
        self.get(registry.id(name))
    }

    /// The text of a field that the program itself names.
    pub fn text(&self, registry: &Registry, name: &'static str) -> &str {
        self.named(registry, name).as_text()
    }

    /// Replaces a value.
    pub fn set(&mut self, field: FieldId, value: Value) {
        if self.values.len() <= field.index() {
            self.values.resize(field.index() + 1, Value::None);
        }
        self.values[field.index()] = value;
    }

    /// The kind of an activity; none of any other record.
    pub fn activity_kind(&self, registry: &Registry) -> Option<i64> {
        (self.key.entity == Entity::Activity).then(|| self.named(registry, "kind").as_int()).flatten()
    }

    /// The time zone of its first address; none where the record has no address or its country and state do not tell.
    pub fn place(&self, registry: &Registry) -> Option<Zone> {
        let text = |name| registry.find(name).map_or("", |id| self.get(id).as_text());
        of_place(text("country"), text("state_or_province"))
    }

    /// The currency of its amounts.
    pub fn currency(&self, registry: &Registry) -> &str {
        registry.find("currency").map_or("", |id| self.get(id).as_text())
    }
}
