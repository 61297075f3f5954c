//! The one error type: what happened in a sentence, and what to do about it. Never shows a driver's own words as the headline.

use std::fmt;

/// What every fallible function of leadbook returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One thing that is wrong with one field, line or option of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The registry name of the field, or the option or place that is meant; empty when the whole input is meant.
    pub field: String,
    /// A sentence that says what is wrong and what would be right.
    pub message: String,
}

impl Problem {
    /// A problem of `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// One field that two people changed: what is stored now, and what was typed against an older version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Registry name of the field.
    pub field: String,
    /// The stored value as people read it.
    pub theirs: String,
    /// The typed value as people read it.
    pub yours: String,
}

/// A save that met a newer version of its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The record, as `L-1042`.
    pub record: String,
    /// The version that is stored now; saving again against it chooses the typed values.
    pub version: i64,
    /// Who saved it last, by login.
    pub by: String,
    /// When, in µs UTC.
    pub at: i64,
    /// The fields that differ from what was typed.
    pub clashes: Vec<Clash>,
}

/// Everything that can go wrong, by what the person can do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The input is wrong: each field with its sentence. Nothing was written.
    Invalid(Vec<Problem>),
    /// The command line or a filter was written wrongly (exit code 2).
    Usage(String),
    /// The named thing does not exist.
    NotFound(String),
    /// Somebody saved the record meanwhile; both values are kept and either can be chosen.
    Conflict(Box<Conflict>),
    /// A rule of the domain forbids it now: what, and what to do instead.
    Refused {
        /// What was refused and why.
        headline: String,
        /// What to do instead; may be empty.
        hint: String,
    },
    /// The set a question was asked about is not the set that is there now; carries the new count.
    Changed {
        /// How many records would be touched now.
        count: u64,
    },
    /// Another process holds the database; nothing was written.
    Busy(String),
    /// The acting user may not do this.
    Denied(String),
    /// The disk or a quota is full; what was stored before is intact.
    Full(String),
    /// The database can be read but not written.
    ReadOnly(String),
    /// The file is damaged or not what it claims to be.
    Damaged(String),
    /// The file was written by a newer leadbook.
    Newer {
        /// The schema version found.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// The person or a newer question stopped it; nothing was written.
    Canceled,
    /// A file or the system refused.
    Io(String),
    /// A mistake in leadbook itself, with what is needed to report it.
    Internal(String),
}

impl Error {
    /// One field's mistake.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem::new(field, message)])
    }

    /// A refusal with its hint.
    pub fn refused(headline: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Refused { headline: headline.into(), hint: hint.into() }
    }

    /// An I/O failure on a named file.
    pub fn io(what: impl fmt::Display, error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded | std::io::ErrorKind::FileTooLarge => {
                Self::Full(format!("{what}: no space left"))
            }
            std::io::ErrorKind::PermissionDenied => Self::Io(format!("{what}: permission denied")),
            std::io::ErrorKind::NotFound => Self::NotFound(format!("{what}: no such file or folder")),
            _ => Self::Io(format!("{what}: {error}")),
        }
    }

    /// What happened, in one sentence.
    pub fn headline(&self) -> String {
        match self {
            Self::Invalid(problems) => problems
                .iter()
                .map(|p| if p.field.is_empty() { p.message.clone() } else { format!("{}: {}", p.field, p.message) })
                .collect::<Vec<_>>()
                .join(" · "),
            Self::Usage(text) | Self::NotFound(text) | Self::Busy(text) | Self::Denied(text) => text.clone(),
            Self::Full(text) | Self::ReadOnly(text) | Self::Damaged(text) | Self::Io(text) => text.clone(),
            Self::Conflict(c) => match c.clashes.first() {
                Some(clash) => format!(
                    "{} changed {} of {} meanwhile: “{}”, yours is “{}”",
                    c.by, clash.field, c.record, clash.theirs, clash.yours
                ),
                None => format!("{} changed {} meanwhile", c.by, c.record),
            },
            Self::Refused { headline, .. } => headline.clone(),
            Self::Changed { count } => format!("the list has changed meanwhile: {count} records now"),
            Self::Newer { found, known } => {
                format!("the database was written by a newer leadbook (format {found}, this program knows {known})")
            }
            Self::Canceled => "canceled; nothing was written".into(),
            Self::Internal(text) => format!("a mistake in leadbook: {text}"),
        }
    }

    /// What to do about it; empty when the headline says it all.
    pub fn hint(&self) -> String {
        match self {
            Self::Refused { hint, .. } => hint.clone(),
            Self::Conflict(_) => "choose theirs or yours, then save again".into(),
            Self::Busy(_) => "another program is writing; try again in a moment".into(),
            Self::Full(_) => "free some space, then do it again; what was stored is intact".into(),
            Self::ReadOnly(_) => "copy the database to a place that you may write to".into(),
            Self::Damaged(_) => "`leadbook restore` lists the backups".into(),
            Self::Newer { .. } => "install the newer leadbook; nothing was changed".into(),
            Self::Internal(_) => "nothing was written; please report it".into(),
            _ => String::new(),
        }
    }

    /// The exit code of a command that fails so: 2 wrong usage, 75 try again later, 1 all else.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Busy(_) => 75,
            _ => 1,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline())?;
        let hint = self.hint();
        if hint.is_empty() { Ok(()) } else { write!(f, " ({hint})") }
    }
}

impl std::error::Error for Error {}
