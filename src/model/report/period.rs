//! The days that a report is about, and the ones before it that it is compared with. Reads no clock.

use chrono::{Datelike, Months, NaiveDate};

use crate::model::dates::{DateError, parse_period};
use crate::model::locale::Locale;
use crate::model::zone::{self, Zone};

/// A stretch of whole days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// As it was written.
    pub text: String,
    /// The first day (since 1970-01-01).
    pub from: i32,
    /// The day behind the last.
    pub before: i32,
}

impl Period {
    /// Reads `this-month`, `2026-Q4`, `2026`, a day, or two of these with `..` between; `-30d` is the 30 days up to today.
    pub fn parse(text: &str, today: i32, locale: &Locale) -> Result<Self, DateError> {
        let read = |text: &str| parse_period(text, zone::date(today), locale);
        let (from, before) = match text.split_once("..") {
            None if is_back(text) => {
                let (back, now) = (read(text)?, read("today")?);
                (back.end_exclusive, now.end_exclusive)
            }
            None => read(text).map(|range| (range.start, range.end_exclusive))?,
            Some((first, _)) if first.trim().is_empty() => return Err(DateError::NoBegin(text.trim().into())),
            Some((first, last)) => {
                let first = read(first)?;
                let last = if last.trim().is_empty() { read("today")? } else { read(last)? };
                (first.start, last.end_exclusive)
            }
        };
        if from >= before {
            return Err(DateError::Backwards(text.trim().into()));
        }
        Ok(Self { text: text.trim().to_owned(), from: zone::days(from), before: zone::days(before) })
    }

    /// A stretch of days, called by them.
    pub fn of_days(from: i32, before: i32) -> Self {
        let (first, last) = (zone::date(from), zone::date(before.saturating_sub(1)));
        let text = if first == last { first.to_string() } else { format!("{first}..{last}") };
        Self { text, from, before }
    }

    /// The stretch of the same length before it: of whole months as many months, else as many days.
    pub fn previous(&self) -> Self {
        let (first, next) = (zone::date(self.from), zone::date(self.before));
        let months = (next.year() - first.year()) * 12 + next.month() as i32 - first.month() as i32;
        let whole = first.day() == 1 && next.day() == 1 && months > 0;
        let shifted = whole.then(|| first.checked_sub_months(Months::new(months.unsigned_abs()))).flatten();
        let from = shifted.map_or(self.from.saturating_sub(self.before - self.from), zone::days);
        Self::of_days(from, self.from)
    }

    /// The moments of its beginning and its end, in µs UTC; the second one is no longer in it.
    pub fn moments(&self, zone: Zone) -> (i64, i64) {
        (zone.day_start(self.from), zone.day_start(self.before))
    }

    /// The first and the last day as they are written in a filter.
    pub fn ends(&self) -> (NaiveDate, NaiveDate) {
        (zone::date(self.from), zone::date(self.before.saturating_sub(1)))
    }

    /// The stretches that its days are counted in, from the first to the last: days of up to five weeks, weeks of up to half a year,
    /// else months.
    pub fn steps(&self) -> Vec<Self> {
        let next = |at: NaiveDate| match self.days() {
            ..=35 => at.succ_opt(),
            36..=MOST_WEEKS => at.checked_add_days(chrono::Days::new(7 - u64::from(at.weekday().num_days_from_monday()))),
            _ => at.with_day(1).and_then(|first| first.checked_add_months(Months::new(1))),
        };
        self.cut(next)
    }

    /// Cut into stretches: behind each day that `next` names.
    fn cut(&self, next: impl Fn(NaiveDate) -> Option<NaiveDate>) -> Vec<Self> {
        let mut steps = Vec::new();
        let mut at = self.from;
        while at < self.before {
            let end = next(zone::date(at)).map_or(self.before, zone::days).clamp(at + 1, self.before);
            steps.push(Self::of_days(at, end));
            at = end;
        }
        steps
    }

    /// Its months, the first and the last as far as they are in it.
    pub fn months(&self) -> Vec<Self> {
        let next = |at: NaiveDate| at.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
        self.cut(next)
    }

    const fn days(&self) -> i32 {
        self.before - self.from
    }

    /// What a stretch of [`Self::steps`] of `whole` is called: its month, also where it has not all of it, or its first day.
    pub fn label(&self, whole: &Self) -> String {
        let first = zone::date(self.from);
        if whole.days() > MOST_WEEKS { first.format("%Y-%m").to_string() } else { first.to_string() }
    }
}

/// The most days that are counted in weeks.
const MOST_WEEKS: i32 = 190;

/// Whether a text is so many days, weeks or months back, as `-30d`.
fn is_back(text: &str) -> bool {
    text.trim().strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        // 2026-11-23
        Period::parse(text, 20_780, &Locale::default()).expect("a period")
    }

    #[test]
    fn the_period_before_is_as_long() {
        for (text, before) in [
            ("this-month", "2026-10-01..2026-10-31"),
            ("2026-Q1", "2025-10-01..2025-12-31"),
            ("2026", "2025-01-01..2025-12-31"),
            ("today", "2026-11-22"),
            ("this-week", "2026-11-16..2026-11-22"),
            ("2026-11-10..2026-11-19", "2026-10-31..2026-11-09"),
            ("2026-01..2026-02", "2025-11-01..2025-12-31"),
        ] {
            assert_eq!(period(text).previous().text, before, "{text}");
        }
        let wrong = |text: &str| Period::parse(text, 20_780, &Locale::default()).expect_err(text).to_string();
        assert_eq!(wrong("2026-12..2026-01"), "“2026-12..2026-01” ends before it begins");
        assert_eq!(wrong("..2026-06"), "“..2026-06” has no first day; write both, as 2026-01..2026-06");
        assert!(wrong("blue").contains("is not understood"));
    }

    #[test]
    fn so_many_days_back_are_the_last_ones_up_to_today() {
        let days = |text: &str| {
            let period = period(text);
            Period::of_days(period.from, period.before).text
        };
        assert_eq!(days("-7d"), "2026-11-17..2026-11-23");
        assert_eq!(days("-30d"), "2026-10-25..2026-11-23");
        assert_eq!(days("-1mo"), "2026-10-24..2026-11-23");
        assert_eq!(days("-7d..today"), "2026-11-16..2026-11-23");
        assert_eq!(period("-7d").previous().text, "2026-11-10..2026-11-16");
        assert!(Period::parse("-0d", 20_780, &Locale::default()).is_err());
    }

    #[test]
    fn steps_lie_side_by_side_and_are_not_too_many() {
        for text in ["today", "this-month", "this-quarter", "2026", "2020-01-15..2026-11-03"] {
            let whole = period(text);
            let steps = whole.steps();
            assert_eq!((steps[0].from, steps[steps.len() - 1].before), (whole.from, whole.before), "{text}");
            assert!(steps.windows(2).all(|pair| pair[0].before == pair[1].from), "{text}");
            assert!(steps.len() <= 90, "{text}: {}", steps.len());
        }
        let label = |text: &str, at: usize| period(text).steps()[at].label(&period(text));
        assert_eq!(label("2026", 1), "2026-02");
        assert_eq!(label("this-month", 1), "2026-11-02");
        assert_eq!(label("this-quarter", 1), "2026-10-05");
        // the first and the last month of a stretch that begins and ends within them
        assert_eq!(
            (label("2026-01-20..2026-11-01", 0), label("2026-01-20..2026-11-01", 10)),
            ("2026-01".into(), "2026-11".into())
        );
    }
}
