//! What a database knows besides records: fields, choices, people, tags. One value, built at open, handed to everyone.

use super::choice::Choices;
use super::definition::{Body, Definition, DefinitionKind, Rule, SavedView, ScoreRule, Target};
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
    /// The fields of users, teams, units and definitions, which are changed whole: none.
    pub setup: Registry,
    /// All option sets.
    pub choices: Choices,
    /// Users, teams, units.
    pub people: People,
    /// The tags, newest first, five hundred at most.
    pub tags: Vec<String>,
    /// The templates that are in use, in the order of their names.
    pub templates: Vec<Template>,
    /// Rules, points, views and targets, by kind and place.
    pub definitions: Vec<Definition>,
    /// The codes of the sources whose leads are qualified soonest, the fastest first; 0 in places that are left.
    pub fast_sources: [i64; 4],
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
    pub fn new(
        choices: Choices,
        people: People,
        tags: Vec<String>,
        templates: Vec<Template>,
        definitions: Vec<Definition>,
    ) -> Self {
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
            setup: Registry::of(Entity::Definition),
            choices,
            people,
            tags,
            templates,
            definitions,
            fast_sources: [0; 4],
        }
    }

    /// The catalog of a database without people or own rows; for tests and for reading a file before there is a database.
    pub fn shipped() -> Self {
        Self::new(Choices::shipped(), People::default(), Vec::new(), Vec::new(), Vec::new())
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
            Entity::User | Entity::Team | Entity::Unit | Entity::Definition => &self.setup,
        }
    }

    /// The definitions of a kind in their order.
    pub fn defined(&self, kind: DefinitionKind) -> impl Iterator<Item = &Definition> {
        self.definitions.iter().filter(move |definition| definition.body.kind() == kind)
    }

    /// The rules in their order, with what they are called by.
    pub fn rules(&self) -> impl Iterator<Item = (&Definition, &Rule)> {
        self.definitions.iter().filter_map(|d| if let Body::Rule(rule) = &d.body { Some((d, rule)) } else { None })
    }

    /// The rules of points in their order.
    pub fn score_rules(&self) -> impl Iterator<Item = (&Definition, &ScoreRule)> {
        self.definitions.iter().filter_map(|d| if let Body::ScoreRule(rule) = &d.body { Some((d, rule)) } else { None })
    }

    /// The saved views in their order, of everybody.
    pub fn saved_views(&self) -> impl Iterator<Item = (&Definition, &SavedView)> {
        self.definitions.iter().filter_map(|d| if let Body::View(view) = &d.body { Some((d, view)) } else { None })
    }

    /// The targets.
    pub fn targets(&self) -> impl Iterator<Item = (&Definition, &Target)> {
        self.definitions.iter().filter_map(|d| if let Body::Target(target) = &d.body { Some((d, target)) } else { None })
    }
}
