//! Dates and times as people write and read them. Has no clock: what “now” is, the caller says.

mod calendar;
mod clock;
mod column;
mod due;
mod found;
mod parts;
mod period;
mod show;
mod span;
mod spoken;
mod steps;
#[cfg(test)]
mod tests;
mod time;
mod token;
mod when;

use std::fmt;

use crate::model::nearest::nearest;

pub use column::{ColumnStyle, DateStyle, Stamp, column_style, parse_styled};
pub use due::{is_late, is_whole_day, show_next, show_planned, until};
pub use period::{Range, parse_period};
pub use show::{ago, iso_date, rfc3339_utc, show_date, show_day, show_due, show_instant, show_moment};
pub use when::{When, meant_as_date, no_such_day, parse_date, parse_in_text, parse_instant, parse_when, stretch};

/// Words of dates that are easily mistyped, for what is said about one that is not understood.
const WORDS: &[&str] = &[
    "today",
    "tomorrow",
    "yesterday",
    "tonight",
    "noon",
    "midnight",
    "morning",
    "afternoon",
    "evening",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "next",
    "last",
    "week",
    "month",
    "quarter",
    "year",
];

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
    /// A stretch of days without its first one.
    NoBegin(String),
    /// A stretch of days that ends before it begins.
    Backwards(String),
}

impl DateError {
    /// The word that is wrong; empty when nothing was typed.
    pub fn word(&self) -> &str {
        match self {
            Self::Missing => "",
            Self::Unknown(word) | Self::Twice(word) | Self::NoSuchDay(word) | Self::NotADay(word) => word,
            Self::NoBegin(word) | Self::Backwards(word) => word,
        }
    }
}

/// What is said of a word that has the form of a day or a time and is none.
pub fn no_date(word: &str) -> String {
    format!("“{word}” is no day and no time; a word behind it makes it part of the text")
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("a date is missing"),
            Self::Unknown(word) => {
                write!(f, "“{word}” is not understood as a date; ")?;
                match nearest(word, WORDS.iter().copied()).filter(|near| !near.eq_ignore_ascii_case(word)) {
                    Some(near) => write!(f, "did you mean {near}?"),
                    None => f.write_str("write it as 2026-11-23, 23 Nov, tomorrow, fri 9am or +2w"),
                }
            }
            Self::Twice(word) => write!(f, "“{word}” is one day or time too many"),
            Self::NoSuchDay(word) => write!(f, "“{word}” is on no calendar"),
            Self::NotADay(word) => write!(f, "“{word}” is a time; only a day is needed here"),
            Self::NoBegin(word) => write!(f, "“{word}” has no first day; write both, as 2026-01..2026-06"),
            Self::Backwards(word) => write!(f, "“{word}” ends before it begins"),
        }
    }
}
