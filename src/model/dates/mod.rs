//! Dates and times as people write and read them. Has no clock: what “now” is, the caller says.

mod column;
mod due;
mod parts;
mod period;
mod show;
mod span;
mod steps;
mod when;

use std::fmt;

pub use column::{ColumnStyle, DateStyle, Stamp, column_style, parse_styled};
pub use due::{is_late, is_whole_day, show_next, show_planned};
pub use period::{Range, parse_period};
pub use show::{ago, iso_date, rfc3339_utc, show_date, show_due, show_instant};
pub use when::{When, parse_date, parse_instant, parse_when};

/// Why a text is no date. Shown as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// Nothing was typed.
    Missing,
    /// The word that was not understood.
    Unknown(String),
    /// The word that names a second day or a second time.
    Twice(String),
    /// What was written as a date but is on no calendar, as 31/02/2026.
    NoSuchDay(String),
    /// A time of day where a day alone is asked.
    NotADay(String),
}

impl DateError {
    /// The word that is wrong; empty when nothing was typed.
    pub fn word(&self) -> &str {
        match self {
            Self::Missing => "",
            Self::Unknown(word) | Self::Twice(word) | Self::NoSuchDay(word) | Self::NotADay(word) => word,
        }
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("a date is missing"),
            Self::Unknown(word) => {
                write!(f, "“{word}” is not understood as a date; write it as 2026-11-23, 23 Nov, tomorrow, fri 9am or +2w")
            }
            Self::Twice(word) => write!(f, "“{word}” is one day or time too many"),
            Self::NoSuchDay(word) => write!(f, "“{word}” is on no calendar"),
            Self::NotADay(word) => write!(f, "“{word}” is a time; only a day is needed here"),
        }
    }
}
