//! What a database knows besides records: fields, choices, people, tags. One value, built at open, handed to everyone.

use super::choice::Choices;
use super::entity::Entity;
use super::field::Registry;
use super::people::People;

/// The words and people of one database at one moment.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// The fields of a lead.
    pub lead: Registry,
    /// All option sets.
    pub choices: Choices,
    /// Users, teams, units.
    pub people: People,
    /// The tags, newest first, five hundred at most.
    pub tags: Vec<String>,
}

impl Catalog {
    /// The catalog of a database without people or own rows; for tests and for reading a file before there is a database.
    pub fn shipped() -> Self {
        Self { lead: Registry::lead(), choices: Choices::shipped(), people: People::default(), tags: Vec::new() }
    }

    /// The registry of an entity that has one.
    pub fn registry(&self, entity: Entity) -> Option<&Registry> {
        match entity {
            Entity::Lead => Some(&self.lead),
            Entity::Note => None,
        }
    }
}
