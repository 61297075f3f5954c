//! Const builders for rows of field tables. Holds no row itself.

use super::{Access, Field, Group, Kind};
use crate::model::choice::Set;
use crate::model::entity::Entity;

const fn field(name: &'static str, label: &'static str, kind: Kind, width: u16) -> Field {
    Field {
        name,
        label,
        head: "",
        kind,
        group: Group::Contact,
        access: Access::Edit,
        synonyms: &[],
        max: 0,
        most: 0,
        width,
        required: false,
        rare: false,
        follows: false,
    }
}

/// One line of at most `max` characters.
pub const fn text(name: &'static str, label: &'static str, max: u32) -> Field {
    field(name, label, Kind::Text, 18).limit(max)
}

/// Lines of at most `max` characters together; 0 is unlimited.
pub const fn memo(name: &'static str, label: &'static str, max: u32) -> Field {
    field(name, label, Kind::Memo, 30).limit(max)
}

/// An e-mail address. Source: 100 characters.
pub const fn email(name: &'static str, label: &'static str) -> Field {
    field(name, label, Kind::Email, 26).limit(100)
}

/// A telephone number of at most `max` characters.
pub const fn phone(name: &'static str, label: &'static str, max: u32) -> Field {
    field(name, label, Kind::Phone, 16).limit(max)
}

/// A web address. Source: 200 characters.
pub const fn url(name: &'static str, label: &'static str) -> Field {
    field(name, label, Kind::Url, 24).limit(200)
}

/// One of a set.
pub const fn choice(name: &'static str, label: &'static str, set: Set) -> Field {
    field(name, label, Kind::Choice(set), 12).limit(100)
}

/// Money up to `most` whole units of the currency.
pub const fn money(name: &'static str, label: &'static str, most: i64) -> Field {
    let mut row = field(name, label, Kind::Money, 16);
    row.most = most.saturating_mul(10_000);
    row
}

/// A whole number from 0 to `most`.
pub const fn int(name: &'static str, label: &'static str, most: i64) -> Field {
    let mut row = field(name, label, Kind::Int, 10);
    row.most = most;
    row
}

/// Degrees up to ± `most`.
pub const fn degree(name: &'static str, label: &'static str, most: i64) -> Field {
    let mut row = field(name, label, Kind::Degree, 11);
    row.most = most * 100_000;
    row
}

/// Yes or no, called so.
pub const fn flag(name: &'static str, label: &'static str, yes: &'static str, no: &'static str) -> Field {
    field(name, label, Kind::Flag { yes, no }, 12)
}

/// A day.
pub const fn date(name: &'static str, label: &'static str) -> Field {
    field(name, label, Kind::Date, 12)
}

/// A moment.
pub const fn instant(name: &'static str, label: &'static str) -> Field {
    field(name, label, Kind::Instant, 12)
}

/// Another record.
pub const fn lookup(name: &'static str, label: &'static str, entity: Entity) -> Field {
    field(name, label, Kind::Lookup(entity), 20)
}

/// A value of another kind.
pub const fn of(name: &'static str, label: &'static str, kind: Kind, width: u16) -> Field {
    field(name, label, kind, width)
}

impl Field {
    /// At most so many characters.
    pub const fn limit(mut self, max: u32) -> Self {
        self.max = max;
        self
    }

    /// Its place.
    pub const fn group(mut self, group: Group) -> Self {
        self.group = group;
        self
    }

    /// Other names in filters and `set`.
    pub const fn also(mut self, synonyms: &'static [&'static str]) -> Self {
        self.synonyms = synonyms;
        self
    }

    /// A short column head and the column's width.
    pub const fn column(mut self, head: &'static str, width: u16) -> Self {
        self.head = head;
        self.width = width;
        self
    }

    /// A record needs it.
    pub const fn needed(mut self) -> Self {
        self.required = true;
        self
    }

    /// Not shown when empty.
    pub const fn seldom(mut self) -> Self {
        self.rare = true;
        self
    }

    /// The program keeps it.
    pub const fn kept(mut self) -> Self {
        self.access = Access::System;
        self
    }

    /// It follows from other records.
    pub const fn following(mut self) -> Self {
        self.follows = true;
        self.kept()
    }

    /// Imports alone write it.
    pub const fn imported(mut self) -> Self {
        self.access = Access::Import;
        self
    }

    /// The column head.
    pub const fn heading(&self) -> &'static str {
        if self.head.is_empty() { self.label } else { self.head }
    }

    /// Whether its values are texts.
    pub const fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Memo | Kind::Email | Kind::Phone | Kind::Url | Kind::Currency)
    }
}
