//! The tree of a filter: what was asked for, with every value resolved. Reads no text and knows no SQL.

use uuid::Uuid;

use super::path::Path;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{FieldId, Registry};

/// A filter and the order that it asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Records of which kind; its fields are those of that registry.
    pub entity: Entity,
    /// Which records.
    pub filter: Expr,
    /// By what they are sorted, the first key deciding first; empty when the filter does not say.
    pub sort: Vec<SortKey>,
}

/// One key of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SortKey {
    /// The field.
    pub field: FieldId,
    /// Whether the greatest comes first.
    pub descending: bool,
    /// Of `sort:next`, which is the whole order: what is to be worked first as of these moments. The field is when the next step is due.
    pub next: Option<Next>,
}

impl SortKey {
    /// A field's own order.
    pub const fn by(field: FieldId, descending: bool) -> Self {
        Self { field, descending, next: None }
    }
}

/// The moments by which leads are sorted that are to be worked next: late ones first, then hot ones that were handed over and not opened,
/// then those without a next step, of the sources that qualify fastest before the others, then the rest by when it is due, closed ones last. Of equal ones what is due first, then the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Next {
    /// What was due before is late, in µs UTC.
    pub now: i64,
    /// But not what is due at this moment, on which today began: it has no time.
    pub today: i64,
    /// The codes of the sources that qualify fastest, the fastest first; 0 in places that are left.
    pub fast: [i64; Self::FAST],
}

impl Next {
    /// In how many parts the order falls.
    pub const PARTS: i64 = 6;
    /// How many sources are fast at most.
    pub const FAST: usize = 4;
}

/// A condition on a record. Made by [`Expr::and`], [`Expr::or`] and [`Expr::negated`], so that equal filters are equal trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Expr {
    /// Every record.
    #[default]
    All,
    /// Every word of this text is the beginning of a word of name, company, topic or e-mail, of a contact or an opportunity also of the
    /// name of its account; digits also end a phone number.
    Words(String),
    /// One of its notes has these words one after the other, the last one as a beginning; any note where the text is empty.
    Notes(String),
    /// A field compares so with one of the values.
    Compare {
        /// The field.
        field: FieldId,
        /// How it compares.
        op: Op,
        /// One value, or several with [`Op::Is`].
        values: Vec<Operand>,
    },
    /// A field is not empty.
    Has(FieldId),
    /// At least one file is attached to it.
    Files,
    /// One of its notes or files was made in a stretch of time.
    Aged {
        /// Notes or files.
        what: Dated,
        /// How long ago.
        age: Age,
    },
    /// It is linked with another record, in any role.
    Links,
    /// One of these owners, by their codes, once had it and handed it on.
    Was(Vec<i64>),
    /// Its owner belongs to one of these business units, or to one below them.
    Unit {
        /// `:` one of them, `<=` one of them or below, `<` below.
        op: Op,
        /// Their numbers.
        units: Vec<i64>,
    },
    /// One of the states that are no fields.
    Is(IsKind),
    /// What is to be done next is due in a stretch of time.
    Due(Due),
    /// One of the records that a path leads to meets a condition, whose fields are those of that kind. Deleted ones do not count unless
    /// the condition asks about deletion.
    Linked {
        /// From which records to which.
        path: &'static Path,
        /// What one of them meets.
        inner: Box<Self>,
    },
    /// All of them; two or more, none itself an And.
    And(Vec<Self>),
    /// Any of them; two or more, none itself an Or.
    Or(Vec<Self>),
    /// Not so.
    Not(Box<Self>),
}

/// What stands on a record, has a date and is no record with fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    /// Its notes.
    Notes,
    /// Its files.
    Files,
}

/// How long ago something was, by moments in µs UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// From this moment on.
    Since(i64),
    /// Before this moment.
    Before(i64),
}

impl Age {
    /// Whether a moment lies in it.
    pub const fn holds(self, at: i64) -> bool {
        match self {
            Self::Since(from) => at >= from,
            Self::Before(end) => at < end,
        }
    }
}

/// When the next step of a record, or an activity that is not done, is due; the moments are those of the reading, in µs UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The word that was written: late or today.
    pub kind: IsKind,
    /// From this moment on; the least there is where it is open.
    pub from: i64,
    /// Before this one.
    pub before: i64,
    /// But not at this one: what is due today without a time is not late yet.
    pub except: Option<i64>,
}

impl Due {
    /// Whether a moment lies in it.
    pub fn holds(&self, due: i64) -> bool {
        due >= self.from && due < self.before && self.except != Some(due)
    }
}

/// How a field compares with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `:` the value, or within it.
    Is,
    /// `>` beyond the end of the value.
    Greater,
    /// `>=` from its beginning.
    AtLeast,
    /// `<` before its beginning.
    Less,
    /// `<=` up to its end.
    AtMost,
}

impl Op {
    /// As it is typed.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Is => ":",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Less => "<",
            Self::AtMost => "<=",
        }
    }
}

/// What a field is compared with, in the unit in which the field is stored.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A folded text and where it must stand.
    Text {
        /// The text as `model::fold` makes it; digits only for telephone numbers; never empty.
        text: String,
        /// Where it must stand.
        fit: Fit,
    },
    /// A code: of a choice, an owner, a user, a flag.
    Code(i64),
    /// A stretch of numbers, days or instants, both ends included. Beside [`Op::Is`] only the end that decides is kept.
    Range {
        /// The first; open when `None`.
        from: Option<i64>,
        /// The last; open when `None`.
        to: Option<i64>,
    },
    /// The identity of a record.
    Id(Uuid),
    /// The record that a field of any kind of records refers to.
    Record(RecordId),
}

/// Where a text must stand in the text of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fit {
    /// At the beginning of a word; in an e-mail address also behind the @, in a web address anywhere, of a telephone number at
    /// its beginning or end.
    Word,
    /// At the beginning.
    Prefix,
    /// At the end.
    Suffix,
    /// Anywhere.
    Inside,
    /// It is the whole text: currencies, tags and countries.
    Whole,
}

/// The states that are no fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IsKind {
    /// Owned by the person who asks.
    Mine,
    /// Owned by a team or by somebody who no longer works here, so that nobody works it.
    Unassigned,
    /// Handed or routed to the person who asks or to one of their teams, and not opened since.
    New,
    /// Its next step is late.
    Late,
    /// Its next step is due today.
    Today,
    /// Has text that was typed and not saved.
    Draft,
    /// An import filled in what it lacked.
    Incomplete,
    /// Another record of its kind has its e-mail address, its telephone number, or its name at the same company.
    Duplicate,
    /// Others were given rights to it.
    Shared,
    /// Owned by a team whose members take the next one from its queue.
    Queued,
    /// In Deleted.
    Deleted,
}

impl IsKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: &'static [Self] = &[
        Self::Mine,
        Self::Unassigned,
        Self::New,
        Self::Late,
        Self::Today,
        Self::Draft,
        Self::Incomplete,
        Self::Duplicate,
        Self::Shared,
        Self::Queued,
        Self::Deleted,
    ];

    /// The word behind `is:`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::New => "new",
            Self::Late => "late",
            Self::Today => "today",
            Self::Draft => "draft",
            Self::Incomplete => "incomplete",
            Self::Duplicate => "duplicate",
            Self::Shared => "shared",
            Self::Queued => "queued",
            Self::Deleted => "deleted",
        }
    }

    /// What it means.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Mine => "I own it",
            Self::Unassigned => "owned by a team or by somebody who cannot work it",
            Self::New => "handed or routed to me, not opened yet",
            Self::Late => "its next step is late",
            Self::Today => "its next step is due today",
            Self::Draft => "has text that was not saved",
            Self::Incomplete => "an import filled in what it lacked",
            Self::Duplicate => "another one has its e-mail, its phone or its name and company",
            Self::Shared => "others were given rights to it",
            Self::Queued => "in a queue, from which the members of a team take the next one",
            Self::Deleted => "in Deleted",
        }
    }
}

impl Expr {
    /// All of these, flattened; `All` where there is none.
    pub fn and(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Self::All => {}
                Self::And(inner) => all.extend(inner),
                other => all.push(other),
            }
        }
        match all.len() {
            0 => Self::All,
            1 => all.remove(0),
            _ => Self::And(all),
        }
    }

    /// Any of these, flattened; nothing at all where there is none.
    pub fn or(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Vec::new();
        for part in parts {
            match part {
                Self::Or(inner) => any.extend(inner),
                other => any.push(other),
            }
        }
        match any.len() {
            0 => Self::negated(Self::All),
            1 => any.remove(0),
            _ => Self::Or(any),
        }
    }

    /// The opposite; the opposite of an opposite is the thing itself.
    pub fn negated(part: Self) -> Self {
        match part {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// A condition on one of the records that a path leads to.
    pub fn linked(path: &'static Path, inner: Self) -> Self {
        Self::Linked { path, inner: Box::new(inner) }
    }

    /// Calls `visit` for this condition and every one inside it that asks of the same record; not for those on linked records.
    pub fn visit(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|p| p.visit(visit)),
            Self::Not(inner) => inner.visit(visit),
            _ => {}
        }
    }
}

impl Expr {
    /// Whether it asks about deletion, or erasure, of records with these fields.
    pub fn mentions_deleted(&self, registry: &Registry) -> bool {
        let (deleted_at, erased_at) = (registry.id("deleted_at"), registry.find("erased_at"));
        let mut found = false;
        self.visit(&mut |expr| {
            found |= match expr {
                Self::Is(kind) => *kind == IsKind::Deleted,
                Self::Compare { field, .. } | Self::Has(field) => *field == deleted_at || erased_at == Some(*field),
                _ => false,
            };
        });
        found
    }
}

impl Query {
    /// Whether it asks about deletion, or erasure; all others leave deleted records out.
    pub fn mentions_deleted(&self, registry: &Registry) -> bool {
        self.filter.mentions_deleted(registry)
    }
}
