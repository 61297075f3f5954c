//! The kinds of records, and how people and files name one record. Looks nothing up.

use std::fmt;

use uuid::Uuid;

/// A kind of record that has its own table, numbers and prefix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entity {
    /// A person identified as interested, kept apart from customers until qualified.
    #[default]
    Lead,
    /// A note on a record.
    Note,
    /// A company that buys or may buy.
    Account,
    /// A person at a customer.
    Contact,
    /// A sale that may be made.
    Opportunity,
    /// Something that is sold.
    Product,
    /// A company that sells the same to the same people.
    Competitor,
    /// What was done to find leads, and what it cost.
    Campaign,
    /// The text of mails that are written often, with merge fields.
    Template,
    /// A call, a mail, an appointment, a task, a letter or a fax: what was done or is to be done about a record.
    Activity,
    /// A file on a record.
    Attachment,
    /// What a customer asked for, until it is answered.
    Request,
    /// A person who works with the database.
    User,
    /// A group of users that can own records.
    Team,
    /// A part of the organisation, or a channel partner.
    Unit,
    /// A rule, points, a view or a target.
    Definition,
}

impl Entity {
    /// Every entity, in the order of their introduction.
    pub const ALL: &'static [Self] = &[
        Self::Lead,
        Self::Note,
        Self::Account,
        Self::Contact,
        Self::Opportunity,
        Self::Product,
        Self::Competitor,
        Self::Campaign,
        Self::Template,
        Self::Activity,
        Self::Attachment,
        Self::Request,
        Self::User,
        Self::Team,
        Self::Unit,
        Self::Definition,
    ];

    /// Those that say how the database is worked with, have no fields, and are changed whole.
    pub const fn is_setup(self) -> bool {
        matches!(self, Self::User | Self::Team | Self::Unit | Self::Definition)
    }

    /// Those with fields, lists and screens of their own.
    pub const LISTED: &'static [Self] = &[
        Self::Lead,
        Self::Account,
        Self::Contact,
        Self::Opportunity,
        Self::Product,
        Self::Competitor,
        Self::Campaign,
        Self::Activity,
        Self::Template,
        Self::Request,
    ];

    /// Those of which files of other programs can be lists.
    pub const IMPORTED: &'static [Self] = &[
        Self::Lead,
        Self::Account,
        Self::Contact,
        Self::Opportunity,
        Self::Activity,
        Self::Note,
        Self::Request,
        Self::Product,
        Self::Competitor,
        Self::Campaign,
        Self::Template,
    ];

    /// The kinds of records that its records can stand on, in the order in which they are looked for.
    pub const fn stands_on(self) -> &'static [Self] {
        match self {
            Self::Activity => &[Self::Lead, Self::Contact, Self::Account, Self::Opportunity, Self::Request],
            Self::Request => &[Self::Lead, Self::Contact, Self::Account],
            Self::Note | Self::Attachment => &[
                Self::Lead,
                Self::Contact,
                Self::Account,
                Self::Opportunity,
                Self::Request,
                Self::Activity,
                Self::Campaign,
                Self::Product,
                Self::Competitor,
            ],
            _ => &[],
        }
    }

    /// Whether its records stand on another one, in whose timeline they are read.
    pub const fn has_regarding(self) -> bool {
        matches!(self, Self::Activity | Self::Request)
    }

    /// Whether activities can stand on it. Source: the records that an activity may be regarding.
    pub const fn takes_activities(self) -> bool {
        matches!(self, Self::Lead | Self::Account | Self::Contact | Self::Opportunity | Self::Request)
    }

    /// Whether it stands on another record and has neither fields nor an owner of its own.
    pub const fn is_child(self) -> bool {
        matches!(self, Self::Note | Self::Attachment)
    }

    /// Whether it can be the one who asks: requests stand on it.
    pub const fn takes_requests(self) -> bool {
        matches!(self, Self::Lead | Self::Account | Self::Contact)
    }

    /// Whether it is one of the few things that leads and opportunities are described or written about with: short, made in passing,
    /// never closed.
    pub const fn is_small(self) -> bool {
        matches!(self, Self::Product | Self::Competitor | Self::Campaign | Self::Template)
    }

    /// The name in the command line, JSON and the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Note => "note",
            Self::Account => "account",
            Self::Contact => "contact",
            Self::Opportunity => "opportunity",
            Self::Product => "product",
            Self::Competitor => "competitor",
            Self::Campaign => "campaign",
            Self::Template => "template",
            Self::Activity => "activity",
            Self::Attachment => "file",
            Self::Request => "request",
            Self::User => "user",
            Self::Team => "team",
            Self::Unit => "unit",
            Self::Definition => "definition",
        }
    }

    /// What many are called.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Lead => "leads",
            Self::Note => "notes",
            Self::Account => "accounts",
            Self::Contact => "contacts",
            Self::Opportunity => "opportunities",
            Self::Product => "products",
            Self::Competitor => "competitors",
            Self::Campaign => "campaigns",
            Self::Template => "templates",
            Self::Activity => "activities",
            Self::Attachment => "files",
            Self::Request => "requests",
            Self::User => "users",
            Self::Team => "teams",
            Self::Unit => "units",
            Self::Definition => "definitions",
        }
    }

    /// The place in [`Self::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// One of them in a sentence: `an account`.
    pub fn one(self) -> String {
        let article = if self.name().starts_with(['a', 'o']) { "an" } else { "a" };
        format!("{article} {}", self.name())
    }

    /// One or many, as the number asks: `lead`, `leads`.
    pub const fn counted(self, n: u64) -> &'static str {
        if n == 1 { self.name() } else { self.plural() }
    }

    /// The letter before the number, as in `L-1042`.
    pub const fn prefix(self) -> char {
        match self {
            Self::Lead => 'L',
            Self::Note => 'N',
            Self::Account => 'A',
            Self::Contact => 'C',
            Self::Opportunity => 'O',
            Self::Product => 'P',
            Self::Competitor => 'V', // versus; C is taken
            Self::Campaign => 'M',   // of marketing
            Self::Template => 'E',   // of e-mail
            Self::Activity => 'T',   // of task and talk; A is taken
            Self::Attachment => 'F', // file
            Self::Request => 'R',
            Self::User => 'U',
            Self::Team => 'G', // group
            Self::Unit => 'B', // business unit
            Self::Definition => 'D',
        }
    }

    /// The code kept in the log and in polymorphic references; fixed for ever.
    pub const fn code(self) -> i64 {
        match self {
            Self::Lead => 4, // Dynamics' object type code of lead
            Self::Note => 5, // of annotation
            Self::Account => 1,
            Self::Contact => 2,
            Self::Opportunity => 3,
            Self::Product => 1024,
            Self::Competitor => 123,
            Self::Campaign => 4400,
            Self::Template => 2010,   // of template
            Self::Activity => 4200,   // of activitypointer
            Self::Attachment => 1001, // of activitymimeattachment
            Self::Request => 112,     // of incident
            Self::User => 8,          // of systemuser
            Self::Team => 9,
            Self::Unit => 10,         // of businessunit
            Self::Definition => 4703, // of workflow
        }
    }

    /// The entity of a stored code.
    pub fn of_code(code: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|e| e.code() == code)
    }

    /// The entity that people call `name` (singular or plural, any case).
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        Self::ALL.iter().copied().find(|e| !e.is_setup() && (name == e.name() || name == e.plural()))
    }
}

/// One record by its entity and number, shown as `L-1042`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId {
    /// The kind of record.
    pub entity: Entity,
    /// The number given by the sequence of that entity; never used again.
    pub number: i64,
}

impl RecordId {
    /// A lead by its number.
    pub const fn lead(number: i64) -> Self {
        Self { entity: Entity::Lead, number }
    }

    /// A note by its number.
    pub const fn note(number: i64) -> Self {
        Self { entity: Entity::Note, number }
    }

    /// A file by its number.
    pub const fn attachment(number: i64) -> Self {
        Self { entity: Entity::Attachment, number }
    }
}

impl Entity {
    /// The record of this kind with a number.
    pub const fn numbered(self, number: i64) -> RecordId {
        RecordId { entity: self, number }
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.entity.prefix(), self.number)
    }
}

/// How a person names a record: by number, or by UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordName {
    /// `L-1042`, `l1042`, or `1042` (a lead).
    Number(RecordId),
    /// A UUID as other programs hold it.
    Id(Uuid),
}

impl RecordName {
    /// Reads `L-1042`, `N-7`, `1042` (a lead) or a UUID; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() >= 32 {
            return Uuid::parse_str(text).ok().map(Self::Id);
        }
        let first = text.chars().next()?;
        let (entity, digits) = if first.is_ascii_digit() {
            (Entity::Lead, text)
        } else {
            let named = |e: &Entity| e.prefix() == first.to_ascii_uppercase() && !e.is_setup();
            let entity = Entity::ALL.iter().copied().find(named)?;
            let rest = &text[first.len_utf8()..];
            (entity, rest.strip_prefix('-').unwrap_or(rest))
        };
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number = digits.parse().ok().filter(|n| *n > 0)?;
        Some(Self::Number(RecordId { entity, number }))
    }

    /// Reads a number of a record; one without a letter is of this kind.
    pub fn parse_as(text: &str, entity: Entity) -> Option<RecordId> {
        let text = text.trim();
        let number = text.parse::<i64>().ok().filter(|n| *n > 0 && text.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(number) = number {
            return Some(entity.numbered(number));
        }
        match Self::parse(text)? {
            Self::Number(id) => Some(id),
            Self::Id(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_named_by_number_or_uuid() {
        assert_eq!(RecordName::parse("L-12"), Some(RecordName::Number(RecordId::lead(12))));
        assert_eq!(RecordName::parse("l12"), Some(RecordName::Number(RecordId::lead(12))));
        assert_eq!(RecordName::parse(" 12 "), Some(RecordName::Number(RecordId::lead(12))));
        assert_eq!(RecordName::parse("N-3"), Some(RecordName::Number(RecordId::note(3))));
        assert!(matches!(RecordName::parse("0192f7a0-0000-7000-8000-000000000001"), Some(RecordName::Id(_))));
        for wrong in ["", "L-", "X-1", "L-0", "-4", "12a", "L--1", "99999999999999999999"] {
            assert_eq!(RecordName::parse(wrong), None, "{wrong}");
        }
    }
}
