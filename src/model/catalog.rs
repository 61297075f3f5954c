//! What a database knows besides records: fields, choices, people, tags. One value, built at open, handed to everyone.

use super::choice::Choices;
use super::entity::Entity;
use super::field::{Field, FieldId, Registry};
use super::people::People;

/// The words and people of one database at one moment.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// The fields of a lead.
    pub lead: Registry,
    /// The fields of an account.
    pub account: Registry,
    /// The fields of a contact.
    pub contact: Registry,
    /// The fields of an opportunity.
    pub opportunity: Registry,
    /// What a file of notes can say of each.
    pub note: Registry,
    /// The fields of a file: none.
    pub attachment: Registry,
    /// The fields of a product.
    pub product: Registry,
    /// The fields of a competitor.
    pub competitor: Registry,
    /// The fields of a campaign.
    pub campaign: Registry,
    /// The fields of an activity.
    pub activity: Registry,
    /// The fields of a template.
    pub template: Registry,
    /// The fields of a customer request.
    pub request: Registry,
    /// All option sets.
    pub choices: Choices,
    /// Users, teams, units.
    pub people: People,
    /// The tags, newest first, five hundred at most.
    pub tags: Vec<String>,
    /// The templates that are in use, in the order of their names.
    pub templates: Vec<Template>,
}

/// A text that notes or mails begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The number, shown as `E-7`.
    pub number: i64,
    /// What it is for, a code of [`Set::TemplateKind`](super::choice::Set::TemplateKind).
    pub kind: i64,
    /// What it is called.
    pub name: String,
    /// The subject of a mail; may be empty.
    pub subject: String,
    /// The text with its merge fields as typed.
    pub body: String,
}

impl Catalog {
    /// The shipped fields with the lists, people, tags and templates of a database.
    pub fn new(choices: Choices, people: People, tags: Vec<String>, templates: Vec<Template>) -> Self {
        Self {
            lead: Registry::of(Entity::Lead),
            account: Registry::of(Entity::Account),
            contact: Registry::of(Entity::Contact),
            opportunity: Registry::of(Entity::Opportunity),
            note: Registry::of(Entity::Note),
            attachment: Registry::of(Entity::Attachment),
            product: Registry::of(Entity::Product),
            competitor: Registry::of(Entity::Competitor),
            campaign: Registry::of(Entity::Campaign),
            activity: Registry::of(Entity::Activity),
            template: Registry::of(Entity::Template),
            request: Registry::of(Entity::Request),
            choices,
            people,
            tags,
            templates,
        }
    }

    /// The catalog of a database without people or own rows; for tests and for reading a file before there is a database.
    pub fn shipped() -> Self {
        Self::new(Choices::shipped(), People::default(), Vec::new(), Vec::new())
    }

    /// A field of any entity.
    pub fn field(&self, id: FieldId) -> &Field {
        self.registry(id.entity()).field(id)
    }

    /// The fields of an entity; a file has none.
    pub fn registry(&self, entity: Entity) -> &Registry {
        match entity {
            Entity::Lead => &self.lead,
            Entity::Account => &self.account,
            Entity::Contact => &self.contact,
            Entity::Opportunity => &self.opportunity,
            Entity::Note => &self.note,
            Entity::Attachment => &self.attachment,
            Entity::Product => &self.product,
            Entity::Competitor => &self.competitor,
            Entity::Campaign => &self.campaign,
            Entity::Activity => &self.activity,
            Entity::Template => &self.template,
            Entity::Request => &self.request,
        }
    }
}
