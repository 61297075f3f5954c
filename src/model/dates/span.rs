//! Stretches of time from now: `+3d`, `in 2 weeks`, `3 days ago`. Knows no names of days.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::parts::figures;
use super::steps::{plus_days, plus_months};

/// A stretch of time.
pub enum Span {
    /// Minutes, forward or back.
    Minutes(i64),
    /// Days, forward or back.
    Days(i64),
    /// Calendar months, forward or back.
    Months(i64),
}

impl Span {
    fn of(count: i64, unit: &str) -> Option<Self> {
        Some(match unit {
            "min" | "mins" | "minute" | "minutes" => Self::Minutes(count),
            "h" | "hr" | "hrs" | "hour" | "hours" => Self::Minutes(count * 60),
            "d" | "day" | "days" => Self::Days(count),
            "w" | "wk" | "wks" | "week" | "weeks" => Self::Days(count * 7),
            "m" | "mo" | "month" | "months" => Self::Months(count),
            "q" | "quarter" | "quarters" => Self::Months(count * 3),
            "y" | "yr" | "yrs" | "year" | "years" => Self::Months(count * 12),
            _ => return None,
        })
    }

    /// The day this long after `now`, and the minute where the stretch is one of hours or minutes.
    pub fn after(self, now: NaiveDateTime) -> Option<(NaiveDate, Option<NaiveTime>)> {
        Some(match self {
            Self::Minutes(count) => {
                let at = now.checked_add_signed(TimeDelta::try_minutes(count)?)?;
                let minute = at.time().with_second(0)?.with_nanosecond(0)?;
                (at.date(), Some(minute))
            }
            Self::Days(count) => (plus_days(now.date(), count)?, None),
            Self::Months(count) => (plus_months(now.date(), i32::try_from(count).ok()?)?, None),
        })
    }
}

/// `+3d`, `-2 weeks`, `in 2 weeks`, `in an hour`, `3 days ago`: how many words, and the stretch.
pub fn span(words: &[&str]) -> Option<(usize, Span)> {
    let word = words[0];
    if let Some(rest) = word.strip_prefix(['+', '-']) {
        let sign = if word.starts_with('-') { -1 } else { 1 };
        let (used, count, unit) = amount(rest, words.get(1).copied())?;
        return Some((used, Span::of(sign * count, unit)?));
    }
    if word == "in" {
        let (used, count, unit) = amount(words.get(1)?, words.get(2).copied())?;
        return Some((used + 1, Span::of(count, unit)?));
    }
    let (used, count, unit) = amount(word, words.get(1).copied())?;
    (words.get(used) == Some(&"ago")).then_some(())?;
    Some((used + 1, Span::of(-count, unit)?))
}

/// `3d` or `3 days` or `a week`: how many words, the number, the unit.
fn amount<'a>(word: &'a str, after: Option<&'a str>) -> Option<(usize, i64, &'a str)> {
    const NUMBERS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &word[..word.len() - letters.len()];
    if let Some(count) = figures(digits) {
        return if letters.is_empty() { Some((2, count.into(), after?)) } else { Some((1, count.into(), letters)) };
    }
    let count = match word {
        "a" | "an" => 1,
        other => i64::try_from(NUMBERS.iter().position(|n| *n == other)? + 1).ok()?,
    };
    Some((2, count, after?))
}
