//! The value of one field of one record. Knows no labels and no formats.

use super::entity::RecordId;

/// Who owns a record. Source: the owner of a lead is a user or a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// A user, by number.
    User(i64),
    /// A team, by number.
    Team(i64),
}

impl Owner {
    /// The stored form: a user's number, or a team's number negated.
    pub const fn code(self) -> i64 {
        match self {
            Self::User(n) => n,
            Self::Team(n) => -n,
        }
    }

    /// The owner of a stored code; zero is nobody.
    pub const fn of_code(code: i64) -> Option<Self> {
        match code {
            0 => None,
            n if n > 0 => Some(Self::User(n)),
            n => Some(Self::Team(-n)),
        }
    }
}

/// A reference to another record.
#[derive(Clone, Debug, Default)]
pub struct Link {
    /// The number of the record; of which kind the field says.
    pub number: i64,
    /// How it was called when this was read; empty where nobody looked.
    pub name: String,
}

/// The same record, however it is called.
impl PartialEq for Link {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

/// A reference to a record of any kind.
#[derive(Clone, Debug)]
pub struct Named {
    /// The record.
    pub key: RecordId,
    /// How it was called when this was read; empty where nobody looked.
    pub name: String,
}

/// The same record, however it is called.
impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// What a field holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing was entered.
    #[default]
    None,
    /// Text as typed.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A degree of latitude or longitude in hundred-thousandths.
    Degree(i64),
    /// Yes or no.
    Bool(bool),
    /// Money in ten-thousandths of the record's currency.
    Money(i64),
    /// A day, in days since 1970-01-01.
    Date(i32),
    /// A moment, in µs UTC.
    Instant(i64),
    /// The code of a choice in the field's set.
    Choice(i64),
    /// Who owns it.
    Owner(Owner),
    /// A user, by number.
    User(i64),
    /// The tags, sorted, without repeats.
    Tags(Vec<String>),
    /// Another record.
    Link(Link),
    /// Another record, of any kind.
    Record(Named),
}

impl Value {
    /// Whether nothing was entered.
    pub fn is_none(&self) -> bool {
        match self {
            Self::None => true,
            Self::Text(text) => text.is_empty(),
            Self::Tags(tags) => tags.is_empty(),
            _ => false,
        }
    }

    /// A text, or nothing where it is blank.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.trim().is_empty() { Self::None } else { Self::Text(text) }
    }

    /// The text of a text value; the empty text otherwise.
    pub fn as_text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// A reference to a record that nobody looked up yet.
    pub fn link(number: i64) -> Self {
        Self::Link(Link { number, name: String::new() })
    }

    /// A reference to a record of any kind that nobody looked up yet.
    pub const fn record(key: RecordId) -> Self {
        Self::Record(Named { key, name: String::new() })
    }

    /// The record that it refers to, where the field takes records of any kind.
    pub const fn as_record(&self) -> Option<RecordId> {
        match self {
            Self::Record(named) => Some(named.key),
            _ => None,
        }
    }

    /// The number behind every value that is one: amounts, dates, moments, codes, flags.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(n) | Self::Degree(n) | Self::Money(n) | Self::Instant(n) | Self::Choice(n) | Self::User(n) => Some(*n),
            Self::Bool(b) => Some(i64::from(*b)),
            Self::Date(d) => Some(i64::from(*d)),
            Self::Owner(o) => Some(o.code()),
            Self::Link(link) => Some(link.number),
            Self::None | Self::Text(_) | Self::Tags(_) | Self::Record(_) => None,
        }
    }
}
