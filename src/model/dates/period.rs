//! A stretch of days as filters and reports name it: `2026-11`, `last-month`, `-30d`. Knows no fields.

use chrono::{Datelike, NaiveDate};

use super::DateError;
use super::parts::year;
use super::steps::{first_of_month, first_of_quarter, monday};
use super::when::{is_bare_span, parse_days};
use crate::model::fold::fold;
use crate::model::locale::Locale;

/// Whole days from `start` to the day before `end_exclusive`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first day.
    pub start: NaiveDate,
    /// The day after the last one.
    pub end_exclusive: NaiveDate,
}

/// Reads `2026`, `2026-q4`, `2026-11`, `this-week`, `last-month`, `next-quarter`, `this-year` (weeks begin on Monday), and any
/// day, week, month or quarter that a date may be written as, also `today`, `-30d`, `dec 2027`, `kw 50`.
pub fn parse_period(text: &str, today: NaiveDate, locale: &Locale) -> Result<Range, DateError> {
    let folded = fold(text);
    match named(&folded, today) {
        Some(range) => range.ok_or_else(|| DateError::NoSuchDay(text.trim().into())),
        // past or to come? `30d` says neither
        None if is_bare_span(text) => Err(DateError::Unknown(text.trim().into())),
        None => {
            let (start, end) = parse_days(text, today, locale)?;
            let end_exclusive = end.ok_or_else(|| DateError::NoSuchDay(text.trim().into()))?;
            Ok(Range { start, end_exclusive })
        }
    }
}

/// The period of a name; the inner none: beyond the calendar.
fn named(text: &str, today: NaiveDate) -> Option<Option<Range>> {
    if text.len() == 4
        && let Some(year) = year(text)
    {
        return Some(range(NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year + 1, 1, 1)));
    }
    let (first, second) = text.split_once(['-', ' '])?;
    if first.len() == 4
        && let Some(year) = year(first)
    {
        if let Some(quarter) = second.strip_prefix('q').and_then(|q| q.parse::<u32>().ok()).filter(|q| (1..=4).contains(q)) {
            let start = NaiveDate::from_ymd_opt(year, quarter * 3 - 2, 1);
            return Some(range(start, start.and_then(|s| first_of_quarter(s, 1))));
        }
        let digits = (1..=2).contains(&second.len()) && second.bytes().all(|b| b.is_ascii_digit());
        let start = digits.then(|| second.parse().ok()).flatten().map(|month| NaiveDate::from_ymd_opt(year, month, 1))?;
        return Some(range(start, start.and_then(|s| first_of_month(s, 1))));
    }
    let step: i32 = match first {
        "this" => 0,
        "last" => -1,
        "next" => 1,
        _ => return None,
    };
    let year = |years: i32| NaiveDate::from_ymd_opt(today.year() + years, 1, 1);
    Some(match second {
        "week" => range(monday(today, step.into()), monday(today, (step + 1).into())),
        "month" => range(first_of_month(today, step), first_of_month(today, step + 1)),
        "quarter" => range(first_of_quarter(today, step), first_of_quarter(today, step + 1)),
        "year" => range(year(step), year(step + 1)),
        _ => return None,
    })
}

fn range(start: Option<NaiveDate>, end_exclusive: Option<NaiveDate>) -> Option<Range> {
    Some(Range { start: start?, end_exclusive: end_exclusive? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        "2026-11-25".parse().expect("a date")
    }

    #[test]
    fn periods_have_their_days() {
        for (text, start, end) in [
            ("2026", "2026-01-01", "2027-01-01"),
            ("2026-11", "2026-11-01", "2026-12-01"),
            ("2026-12", "2026-12-01", "2027-01-01"),
            ("2026-Q4", "2026-10-01", "2027-01-01"),
            ("2026-11-23", "2026-11-23", "2026-11-24"),
            ("today", "2026-11-25", "2026-11-26"),
            ("this-week", "2026-11-23", "2026-11-30"),
            ("last week", "2026-11-16", "2026-11-23"),
            ("next-week", "2026-11-30", "2026-12-07"),
            ("this-month", "2026-11-01", "2026-12-01"),
            ("last-month", "2026-10-01", "2026-11-01"),
            ("this-quarter", "2026-10-01", "2027-01-01"),
            ("next-quarter", "2027-01-01", "2027-04-01"),
            ("last-year", "2025-01-01", "2026-01-01"),
            ("-30d", "2026-10-26", "2026-10-27"),
            ("+2w", "2026-12-09", "2026-12-10"),
            ("last fri", "2026-11-20", "2026-11-21"),
            ("dec 2027", "2027-12-01", "2028-01-01"),
            ("q1 2027", "2027-01-01", "2027-04-01"),
            ("kw 50", "2026-12-07", "2026-12-14"),
            ("mon next week", "2026-11-30", "2026-12-01"),
        ] {
            let range =
                parse_period(text, today(), &Locale::default()).map(|r| (r.start.to_string(), r.end_exclusive.to_string()));
            assert_eq!(range, Ok((start.into(), end.into())), "{text}");
        }
        for wrong in ["", "2026-13", "2026-q5", "this-blue", "15:00", "20266", "2026-1-1-1", "30d", "2 weeks"] {
            assert!(parse_period(wrong, today(), &Locale::default()).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_safe(text in any::<String>(), near in "(this|last|next|[0-9]{4})[- ](week|month|quarter|year|q?[0-9]{1,2})") {
            for text in [text, near] {
                if let Ok(range) = parse_period(&text, today(), &Locale::default()) {
                    prop_assert!(range.start < range.end_exclusive);
                }
            }
        }
    }
}
