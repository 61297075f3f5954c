//! Dates in the columns of files: which order a column is written in, and its values by that order. Guesses no single value.

use chrono::{NaiveDate, NaiveTime};

use super::DateError;
use super::clock::{clock, stamp};
use super::parts::{Figures, day, iso, month, weekday, year};
use super::token::words;
use crate::model::zone::{self, Zone};

/// The order in which a column writes its dates. Long forms (5 Jan 2024) and ISO dates are read in every one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// Year first: 2024-01-22.
    Iso,
    /// 22/01/2024.
    DayFirst,
    /// 01/22/2024.
    MonthFirst,
}

/// What all values of a column say about its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnStyle {
    /// One order reads all of them.
    Only(DateStyle),
    /// Day first and month first both read all of them; the person's country decides.
    BothFit,
    /// Some need the one, some the other.
    Mixed,
}

/// A value of a date column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The moment in µs UTC; of a day alone, its begin in the reader's zone.
    pub instant: i64,
    /// The day as written, in days since 1970-01-01.
    pub date: i32,
    /// Whether a time was written.
    pub has_time: bool,
}

/// The order that all `values` can be read in. What is no date in any order is not asked; of a column without dates in figures
/// the answer is ISO.
pub fn column_style<'a>(values: impl IntoIterator<Item = &'a str>) -> ColumnStyle {
    let (mut day_first, mut month_first, mut any) = (true, true, false);
    for value in values {
        let words = words(value);
        let Some(figures) = words.iter().find_map(|word| Figures::read(word)).filter(|f| f.year.is_some()) else {
            continue;
        };
        let day = figures.date(true).is_some();
        let month = figures.date(false).is_some() && !(figures.dotted && day);
        if day || month {
            any = true;
            day_first &= day;
            month_first &= month;
        }
    }
    match (any, day_first, month_first) {
        (false, ..) => ColumnStyle::Only(DateStyle::Iso),
        (_, true, true) => ColumnStyle::BothFit,
        (_, true, false) => ColumnStyle::Only(DateStyle::DayFirst),
        (_, false, true) => ColumnStyle::Only(DateStyle::MonthFirst),
        (_, false, false) => ColumnStyle::Mixed,
    }
}

/// Reads a date with its year, with or without a time after it, figures only in the order of `style`. A time without an offset
/// is one of `zone`.
pub fn parse_styled(text: &str, style: DateStyle, zone: Zone) -> Result<Stamp, DateError> {
    let words = words(text);
    let mut rest = words.iter().map(String::as_str).peekable();
    let wrong = || DateError::Unknown(text.trim().into());
    if rest.peek().is_none() {
        return Err(DateError::Missing);
    }
    rest.next_if(|word| weekday(word).is_some());
    let first = rest.next().ok_or_else(wrong)?;
    let no_day = || DateError::NoSuchDay(text.trim().into());
    let (date, mut time, mut offset) = match stamp(first) {
        Some((date, time, offset)) => (date.ok_or_else(no_day)?, Some(time), offset),
        None => (date(first, &mut rest, style).ok_or_else(wrong)?.ok_or_else(no_day)?, None, None),
    };
    if time.is_none() {
        rest.next_if_eq(&"at");
        if let Some(word) = rest.next() {
            let half = rest.next_if(|w| matches!(*w, "am" | "pm" | "a.m." | "p.m.")).unwrap_or_default().replace('.', "");
            let (at, east) = clock(&format!("{word}{half}")).ok_or_else(wrong)?;
            (time, offset) = (Some(at), east);
        }
    }
    if let Some(word) = rest.next() {
        if offset.is_some() || time.is_none() {
            return Err(wrong());
        }
        offset = Some(match word {
            "utc" | "gmt" | "z" => 0,
            other => zone::offset(other).ok_or_else(wrong)?,
        });
    }
    if rest.next().is_some() {
        return Err(wrong());
    }
    let instant = offset.map_or(zone, Zone::Fixed).instant(date.and_time(time.unwrap_or(NaiveTime::MIN)));
    Ok(Stamp { instant, date: zone::days(date), has_time: time.is_some() })
}

/// The date that begins with `first`; the inner none: on no calendar.
fn date<'a>(first: &str, rest: &mut impl Iterator<Item = &'a str>, style: DateStyle) -> Option<Option<NaiveDate>> {
    if let Some(date) = iso(first) {
        return Some(date);
    }
    if let Some(figures) = Figures::read(first) {
        figures.year?;
        return match style {
            DateStyle::Iso => None,
            DateStyle::DayFirst => Some(figures.date(true)),
            DateStyle::MonthFirst => Some(figures.date(false)),
        };
    }
    let second = rest.next()?;
    let (day, month) = match (day(first), month(second)) {
        (Some(day), Some(month)) => (day, month),
        _ => (day(second)?, month(first)?),
    };
    Some(NaiveDate::from_ymd_opt(year(rest.next()?)?, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::dates::{rfc3339_utc, show_instant};
    use proptest::prelude::*;

    #[test]
    fn a_column_decides_by_all_its_values() {
        use ColumnStyle::{BothFit, Mixed, Only};
        assert_eq!(column_style(["2024-01-22", "", "2024-08-13T18:04:34.666+00:00"]), Only(DateStyle::Iso));
        assert_eq!(column_style(["3/4/2024", "22/1/2024 20:36"]), Only(DateStyle::DayFirst));
        assert_eq!(column_style(["3/4/24", "1/22/24 8:36 PM", "n/a"]), Only(DateStyle::MonthFirst));
        assert_eq!(column_style(["3/4/2024", "5 Jan 2024"]), BothFit);
        assert_eq!(column_style(["3.4.2024"]), Only(DateStyle::DayFirst));
        assert_eq!(column_style(["22/1/2024", "1/22/2024"]), Mixed);
        assert_eq!(column_style(["January 5, 2024", "soon"]), Only(DateStyle::Iso));
        assert_eq!(column_style([]), Only(DateStyle::Iso));
    }

    #[test]
    fn values_are_read_by_the_style() {
        let zone = Zone::Fixed(3600);
        for (text, style, utc, has_time) in [
            ("2024-01-22T20:36:47.000+0000", DateStyle::Iso, "2024-01-22T20:36:47Z", true),
            ("2024-08-13T18:04:34.666+00:00", DateStyle::MonthFirst, "2024-08-13T18:04:34.666Z", true),
            ("2024-01-22", DateStyle::DayFirst, "2024-01-21T23:00:00Z", false),
            ("2024-01-22 20:36:47", DateStyle::Iso, "2024-01-22T19:36:47Z", true),
            ("2024-01-22 20:36:47 UTC", DateStyle::Iso, "2024-01-22T20:36:47Z", true),
            ("3/4/2024", DateStyle::DayFirst, "2024-04-02T23:00:00Z", false),
            ("3/4/2024", DateStyle::MonthFirst, "2024-03-03T23:00:00Z", false),
            ("1/22/24, 8:36 PM", DateStyle::MonthFirst, "2024-01-22T19:36:00Z", true),
            ("1/22/2024 8:36:47\u{202f}AM", DateStyle::MonthFirst, "2024-01-22T07:36:47Z", true),
            ("22.01.2024 20:36", DateStyle::DayFirst, "2024-01-22T19:36:00Z", true),
            ("January 5, 2024", DateStyle::Iso, "2024-01-04T23:00:00Z", false),
            ("5 Jan 2024", DateStyle::MonthFirst, "2024-01-04T23:00:00Z", false),
            ("05-Jan-24 09:00", DateStyle::DayFirst, "2024-01-05T08:00:00Z", true),
            ("Mon, 22 Jan 2024 20:36:47 +0100", DateStyle::Iso, "2024-01-22T19:36:47Z", true),
            ("January 5, 2024 at 8:36 PM", DateStyle::Iso, "2024-01-05T19:36:00Z", true),
        ] {
            let stamp = parse_styled(text, style, zone).map(|s| (rfc3339_utc(s.instant), s.has_time));
            assert_eq!(stamp, Ok((utc.to_owned(), has_time)), "{text}");
        }
        let midnight = parse_styled("2024-01-22T00:00:00Z", DateStyle::Iso, Zone::Fixed(-3600)).expect("a date");
        assert_eq!(super::super::iso_date(midnight.date), "2024-01-22");
        for (text, style) in [
            ("22/1/2024", DateStyle::MonthFirst),
            ("1/22/2024", DateStyle::Iso),
            ("5 Jan", DateStyle::Iso),
            ("3/4", DateStyle::DayFirst),
            ("2024-02-30", DateStyle::Iso),
            ("2024-01-22 soon", DateStyle::Iso),
            ("2024-01-22 20:00 UTC x", DateStyle::Iso),
            ("1705955807", DateStyle::Iso),
            ("mon", DateStyle::Iso),
            ("", DateStyle::Iso),
        ] {
            assert!(parse_styled(text, style, zone).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_safe(text in any::<String>(), near in "[0-9]{1,4}[-/. ][0-9a-z]{1,3}[-/. ][0-9]{1,4}[tT ]?[0-9]{0,2}:?[0-9]{0,2}[Zz+]?") {
            for text in [text, near] {
                let _ = column_style([text.as_str()]);
                for style in [DateStyle::Iso, DateStyle::DayFirst, DateStyle::MonthFirst] {
                    let _ = parse_styled(&text, style, Zone::Utc);
                }
            }
        }

        #[test]
        fn what_is_shown_is_read(minutes in -500_000_000i64..3_000_000_000) {
            let micros = minutes * 60_000_000;
            for text in [rfc3339_utc(micros), show_instant(micros, Zone::Utc)] {
                prop_assert_eq!(parse_styled(&text, DateStyle::Iso, Zone::Utc).map(|s| s.instant), Ok(micros), "{}", text);
            }
        }
    }
}
