//! One registry of fields per entity: names, labels, kinds, groups, limits. Everything that lists, reads or shows a field asks here.

pub mod account;
pub mod activity;
pub mod build;
pub mod catalogue;
pub mod contact;
pub mod lead;
pub mod logical;
mod markdown;
pub mod note;
pub mod opportunity;
pub mod options;
pub mod read;
pub mod request;
pub mod shared;
pub mod show;

use std::collections::HashMap;

pub use markdown::markdown;

use crate::model::choice::Set;
use crate::model::entity::Entity;

/// A field by its entity and its place in that registry; stable while the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId {
    entity: Entity,
    index: u16,
}

impl FieldId {
    /// As an index into the values of a record.
    pub const fn index(self) -> usize {
        self.index as usize
    }

    /// Whose field it is.
    pub const fn entity(self) -> Entity {
        self.entity
    }
}

/// What kind of value a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Text,
    /// Lines of text.
    Memo,
    /// An e-mail address.
    Email,
    /// A telephone number, kept as typed.
    Phone,
    /// A web address.
    Url,
    /// One of a set.
    Choice(Set),
    /// Money in the record's currency; the greatest amount in ten-thousandths stands in [`Field::most`].
    Money,
    /// An ISO 4217 code.
    Currency,
    /// A whole number from 0 to [`Field::most`].
    Int,
    /// Latitude or longitude, in hundred-thousandths of a degree, up to ± [`Field::most`].
    Degree,
    /// Yes or no, with the words for it.
    Flag {
        /// What yes is called.
        yes: &'static str,
        /// What no is called.
        no: &'static str,
    },
    /// A day.
    Date,
    /// A moment.
    Instant,
    /// A user or a team.
    Owner,
    /// A user.
    User,
    /// Labels.
    Tags,
    /// Another record of this kind.
    Lookup(Entity),
    /// The names of the records of this kind that it is linked with; links write them.
    Linked(Entity),
    /// A record of any kind, kept as `L-1042`.
    Record,
    /// The record's number, shown as `L-1042`; of the entity whose registry it is in.
    Number(Entity),
    /// The record's UUID.
    Id,
}

/// Where a field stands in forms and detail panes. Source: UX, the groups of the lead screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// What an activity or a request is about.
    What,
    /// When it is to be done.
    When,
    /// Who takes part in it, and where.
    Who,
    /// The person and how to reach them.
    Contact,
    /// The company.
    Company,
    /// What they want, how much, when.
    Qualification,
    /// The steps of the process from lead to order.
    Process,
    /// The rest that a salesperson enters.
    Details,
    /// Both addresses.
    Address,
    /// How they want to be contacted.
    Preferences,
    /// What the program keeps.
    Administration,
}

impl Group {
    /// All groups in their order on the screen.
    pub const ALL: &'static [Self] = &[
        Self::What,
        Self::When,
        Self::Who,
        Self::Contact,
        Self::Company,
        Self::Qualification,
        Self::Process,
        Self::Details,
        Self::Address,
        Self::Preferences,
        Self::Administration,
    ];

    /// The heading.
    pub const fn label(self) -> &'static str {
        match self {
            Self::What => "What",
            Self::When => "When",
            Self::Who => "Who",
            Self::Contact => "Contact",
            Self::Company => "Company",
            Self::Qualification => "Qualification",
            Self::Process => "Process",
            Self::Details => "Details",
            Self::Address => "Address",
            Self::Preferences => "Preferences",
            Self::Administration => "Administration",
        }
    }
}

/// Who may write a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone who may write the record.
    Edit,
    /// Imports alone; everywhere else the program keeps it.
    Import,
    /// The program alone.
    System,
}

/// One field of an entity.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name in filters, columns, `set`, CSV and JSON; never changed after a release.
    pub name: &'static str,
    /// What people read.
    pub label: &'static str,
    /// A short column head; the label where empty.
    pub head: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Where it stands.
    pub group: Group,
    /// Who writes it.
    pub access: Access,
    /// Other names in filters and `set`.
    pub synonyms: &'static [&'static str],
    /// The longest text in characters; 0 is unlimited.
    pub max: u32,
    /// The greatest number: a count, ten-thousandths, or hundred-thousandths, by kind.
    pub most: i64,
    /// The width of its column in a list, in terminal columns.
    pub width: u16,
    /// Whether a record needs it. Source: Topic and Last Name are application required.
    pub required: bool,
    /// Whether other programs' files rarely have it, so that it is offered in forms but not shown when empty.
    pub rare: bool,
    /// Whether it follows from other records, so that it is read and never written, versioned or logged with its own.
    pub follows: bool,
}

impl Field {
    /// The kind of records that its values are: of a reference, and of a choice among campaigns or competitors.
    pub const fn refers_to(&self) -> Option<Entity> {
        match self.kind {
            Kind::Lookup(entity) => Some(entity),
            Kind::Choice(set) => set.entity(),
            _ => None,
        }
    }

    /// Whether a record of a kind can stand in it.
    pub fn may_refer_to(&self, entity: Entity) -> bool {
        self.refers_to() == Some(entity) || (self.kind == Kind::Record && entity.takes_activities())
    }
}

/// The fields of one entity.
#[derive(Clone, Debug)]
pub struct Registry {
    entity: Entity,
    fields: Vec<Field>,
    by_name: HashMap<&'static str, FieldId>,
}

impl Registry {
    /// A registry of these fields; the first of two equal names wins (a test forbids equal ones).
    pub fn new(entity: Entity, fields: Vec<Field>) -> Self {
        let mut by_name = HashMap::new();
        for (index, field) in (0u16..).zip(&fields) {
            by_name.entry(field.name).or_insert(FieldId { entity, index });
        }
        for (index, field) in (0u16..).zip(&fields) {
            for synonym in field.synonyms {
                by_name.entry(synonym).or_insert(FieldId { entity, index });
            }
        }
        Self { entity, fields, by_name }
    }

    /// The registry of leads.
    pub fn lead() -> Self {
        Self::of(Entity::Lead)
    }

    /// The registry of an entity as it is shipped; of a note what a file can say of it, and a file has no fields.
    pub fn of(entity: Entity) -> Self {
        let tables: &[&[Field]] = match entity {
            Entity::Lead => &[lead::FIELDS, shared::NEXT],
            Entity::Note => &[note::FIELDS],
            Entity::Attachment | Entity::User | Entity::Team | Entity::Unit | Entity::Definition => &[],
            Entity::Account => &[account::FIELDS, shared::ADDRESS, shared::PREFERENCES, shared::NEXT, shared::ADMINISTRATION],
            Entity::Contact => &[contact::FIELDS, shared::ADDRESS, shared::PREFERENCES, shared::NEXT, shared::ADMINISTRATION],
            Entity::Opportunity => &[opportunity::FIELDS, shared::NEXT, shared::ADMINISTRATION],
            Entity::Product => &[catalogue::PRODUCT, shared::ADMINISTRATION],
            Entity::Competitor => &[catalogue::COMPETITOR, shared::ADMINISTRATION],
            Entity::Campaign => &[catalogue::CAMPAIGN, shared::ADMINISTRATION],
            Entity::Activity => &[activity::FIELDS, shared::ADMINISTRATION],
            Entity::Template => &[catalogue::TEMPLATE, shared::ADMINISTRATION],
            Entity::Request => &[request::FIELDS, shared::ADMINISTRATION],
        };
        let mut fields = tables.concat();
        for field in &mut fields {
            if let Kind::Number(of) = &mut field.kind {
                *of = entity;
            }
        }
        Self::new(entity, fields)
    }

    /// Whose fields these are.
    pub const fn entity(&self) -> Entity {
        self.entity
    }

    /// All fields in their order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// All fields with their places.
    pub fn ids(&self) -> impl Iterator<Item = (FieldId, &Field)> {
        (0u16..).map(|index| FieldId { entity: self.entity, index }).zip(&self.fields)
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The field at a place.
    pub fn field(&self, id: FieldId) -> &Field {
        &self.fields[id.index()]
    }

    /// The field that people call `name`: its own name or a synonym, any case, `-` and blank as `_`.
    pub fn find(&self, name: &str) -> Option<FieldId> {
        if let Some(id) = self.by_name.get(name) {
            return Some(*id);
        }
        let name = name.trim().to_ascii_lowercase().replace(['-', ' '], "_");
        self.by_name.get(name.as_str()).copied()
    }

    /// The field of a name that the program itself uses; a name that is not there is a mistake in the table of fields.
    pub fn id(&self, name: &'static str) -> FieldId {
        match self.by_name.get(name) {
            Some(id) => *id,
            None => panic!("the {} registry has no field {name}", self.entity.name()),
        }
    }

    /// Every name and synonym, for completion and “did you mean”.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().flat_map(|f| std::iter::once(f.name).chain(f.synonyms.iter().copied()))
    }
}
