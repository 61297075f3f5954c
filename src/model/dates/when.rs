//! A day, with or without a time, as people say it: `tomorrow 15:00`, `next tue 9am`, `12 Dec`, `+2w`. Shows nothing.
//!
//! Choices where speech leaves one: a bare weekday is the next one after today; `next tue` is that day of the next calendar
//! week (which begins on Monday), `this tue` of this one, `last tue` the nearest before today. `next week`, `next month` are
//! their first day. A time alone is today's until it has passed, then tomorrow's. A day without a year is this year's unless
//! that was more than half a year ago; then next year's. `eow` is Friday, `morning` 9:00, `eod` 17:00, `tonight` 20:00.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::DateError;
use super::parts::{Figures, clock, day, figures, iso, month, stamp, weekday, words, year};
use super::span::span;
use super::steps::{first_of_month, first_of_quarter, index, last_weekday, monday, next_weekday, plus_days};
use crate::model::locale::Locale;
use crate::model::zone::Zone;

/// A day without a year that passed longer ago than this many days is meant next year.
const LONG_AGO: i64 = 183;

/// A day and what is known of its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The day as written.
    pub date: NaiveDate,
    /// The time of day, where one was written.
    pub time: Option<NaiveTime>,
    /// Seconds east of UTC, where the text says them; else the reader's zone is meant.
    pub offset: Option<i32>,
}

impl When {
    /// The moment in µs UTC; without a time, the begin of the day.
    pub fn instant(&self, zone: Zone) -> i64 {
        let local = self.date.and_time(self.time.unwrap_or(NaiveTime::MIN));
        self.offset.map_or(zone, Zone::Fixed).instant(local)
    }
}

/// Reads a day with or without a time, in either order. All of the text must be understood; the error names the first word
/// that was not.
pub fn parse_when(text: &str, now: NaiveDateTime, locale: &Locale) -> Result<When, DateError> {
    let words = words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.is_empty() {
        return Err(DateError::Missing);
    }
    let mut found = Found::default();
    let mut at = 0;
    while at < words.len() {
        let (count, part) = next(&words[at..], now, locale)?;
        found.add(part, words[at])?;
        at += count;
    }
    found.when(now, text)
}

/// Reads a day; a time is refused.
pub fn parse_date(text: &str, today: NaiveDate, locale: &Locale) -> Result<NaiveDate, DateError> {
    let when = parse_when(text, today.and_time(NaiveTime::MIN), locale)?;
    if when.time.is_some() { Err(DateError::NotADay(text.trim().into())) } else { Ok(when.date) }
}

/// Reads a moment (µs UTC); a day alone is its begin in `zone`.
pub fn parse_instant(text: &str, now: i64, zone: Zone, locale: &Locale) -> Result<i64, DateError> {
    parse_when(text, zone.local(now), locale).map(|when| when.instant(zone))
}

/// What one or more words mean.
enum Part {
    Date(NaiveDate),
    /// A weekday alone, and the date it means where no other is written.
    Weekday(Weekday, NaiveDate),
    Time(NaiveTime, Option<i32>),
    Both(NaiveDate, NaiveTime, Option<i32>),
    Nothing,
}

#[derive(Default)]
struct Found {
    date: Option<NaiveDate>,
    weekday: Option<(Weekday, NaiveDate)>,
    time: Option<NaiveTime>,
    offset: Option<i32>,
}

impl Found {
    fn add(&mut self, part: Part, word: &str) -> Result<(), DateError> {
        let (date, time, offset) = match part {
            Part::Date(date) => (Some(date), None, None),
            Part::Time(time, offset) => (None, Some(time), offset),
            Part::Both(date, time, offset) => (Some(date), Some(time), offset),
            Part::Weekday(weekday, date) if self.weekday.is_none() => {
                self.weekday = Some((weekday, date));
                return Ok(());
            }
            Part::Weekday(..) => return Err(DateError::Twice(word.into())),
            Part::Nothing => return Ok(()),
        };
        if (date.is_some() && self.date.is_some()) || (time.is_some() && self.time.is_some()) {
            return Err(DateError::Twice(word.into()));
        }
        self.date = self.date.or(date);
        self.time = self.time.or(time);
        self.offset = self.offset.or(offset);
        Ok(())
    }

    fn when(self, now: NaiveDateTime, text: &str) -> Result<When, DateError> {
        let date = match (self.date.or(self.weekday.map(|(_, date)| date)), self.time) {
            // "Fri 12 Dec" must be a Friday
            (Some(date), _) if self.weekday.is_some_and(|(weekday, _)| weekday != date.weekday()) => {
                return Err(DateError::NoSuchDay(text.trim().into()));
            }
            (Some(date), _) => date,
            (None, Some(time)) if time < now.time() => {
                plus_days(now.date(), 1).ok_or_else(|| DateError::NoSuchDay(text.into()))?
            }
            (None, Some(_)) => now.date(),
            (None, None) => return Err(DateError::Missing),
        };
        if !(1..=9999).contains(&date.year()) {
            return Err(DateError::NoSuchDay(text.trim().into()));
        }
        Ok(When { date, time: self.time, offset: self.offset })
    }
}

/// The meaning of the first words, and how many they are.
fn next(words: &[&str], now: NaiveDateTime, locale: &Locale) -> Result<(usize, Part), DateError> {
    let today = now.date();
    let word = words[0];
    let after = |at: usize| words.get(at).copied().unwrap_or_default();
    let unknown = || DateError::Unknown(word.into());
    let no_day = || DateError::NoSuchDay(word.into());

    if let Some((date, time, offset)) = stamp(word) {
        return Ok((1, Part::Both(date.ok_or_else(no_day)?, time, offset)));
    }
    if let Some(date) = iso(word) {
        return Ok((1, Part::Date(date.ok_or_else(no_day)?)));
    }
    if let Some(figures) = Figures::read(word) {
        return Ok((1, Part::Date(from_figures(figures, today, locale).ok_or_else(no_day)?)));
    }
    if let Some((count, date)) = with_month(words, today) {
        let written = || DateError::NoSuchDay(words[..count].join(" "));
        return Ok((count, Part::Date(date.ok_or_else(written)?)));
    }
    if let Some((count, span)) = span(words) {
        let (date, time) = span.after(now).ok_or_else(no_day)?;
        return Ok((count, time.map_or(Part::Date(date), |time| Part::Both(date, time, None))));
    }
    // "9:30 pm"
    if matches!(after(1), "am" | "pm" | "a.m." | "p.m.") {
        let joined = format!("{word}{}", after(1).replace('.', ""));
        if let Some((time, offset)) = clock(&joined) {
            return Ok((2, Part::Time(time, offset)));
        }
    }
    if let Some((time, offset)) = clock(word) {
        return Ok((1, Part::Time(time, offset)));
    }
    if let Some(part) = spoken(word, today) {
        return Ok((1, part.ok_or_else(no_day)?));
    }
    if let Some(weekday) = weekday(word) {
        return Ok((1, Part::Weekday(weekday, next_weekday(today, weekday).ok_or_else(no_day)?)));
    }
    match word {
        "next" | "this" | "last" => {
            let date = turn(word, after(1), today).ok_or_else(|| match after(1) {
                "" => unknown(),
                other => DateError::Unknown(format!("{word} {other}")),
            })?;
            Ok((2, date))
        }
        "at" if figures(after(1)).is_some_and(|hour| hour < 24) => {
            let time = figures(after(1)).and_then(|hour| NaiveTime::from_hms_opt(hour, 0, 0)).ok_or_else(unknown)?;
            match after(2) {
                "am" | "pm" | "a.m." | "p.m." => Ok((1, Part::Nothing)),
                _ => Ok((2, Part::Time(time, None))),
            }
        }
        "at" | "on" | "by" if words.len() > 1 => Ok((1, Part::Nothing)),
        _ => Err(unknown()),
    }
}

fn hour(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN)
}

/// `today`, `noon`, `eom` … The inner none: beyond the calendar.
fn spoken(word: &str, today: NaiveDate) -> Option<Option<Part>> {
    let day = |days| plus_days(today, days).map(Part::Date);
    Some(match word {
        "today" => day(0),
        "tomorrow" | "tmrw" | "tmr" | "tom" => day(1),
        "yesterday" => day(-1),
        "morning" => Some(Part::Time(hour(9), None)),
        "noon" => Some(Part::Time(hour(12), None)),
        "afternoon" => Some(Part::Time(hour(14), None)),
        "eod" => Some(Part::Time(hour(17), None)),
        "evening" | "night" => Some(Part::Time(hour(20), None)),
        "tonight" => Some(Part::Both(today, hour(20), None)),
        "eow" => day((4 - i64::from(today.weekday().num_days_from_monday())).rem_euclid(7)),
        "eom" => first_of_month(today, 1).and_then(|d| plus_days(d, -1)).map(Part::Date),
        "eoq" => first_of_quarter(today, 1).and_then(|d| plus_days(d, -1)).map(Part::Date),
        "eoy" => NaiveDate::from_ymd_opt(today.year(), 12, 31).map(Part::Date),
        _ => return None,
    })
}

/// `next tue`, `last month`, `this morning`.
fn turn(which: &str, what: &str, today: NaiveDate) -> Option<Part> {
    let step: i32 = match which {
        "next" => 1,
        "last" => -1,
        _ => 0,
    };
    if let Some(weekday) = weekday(what) {
        let date = if step < 0 {
            last_weekday(today, weekday)
        } else {
            monday(today, step.into()).and_then(|m| plus_days(m, index(weekday)))
        };
        return date.map(Part::Date);
    }
    let date = match what {
        "morning" | "afternoon" | "evening" if step == 0 => {
            return match spoken(what, today)?? {
                Part::Time(time, offset) => Some(Part::Both(today, time, offset)),
                _ => None,
            };
        }
        _ if step == 0 => return None,
        "week" => monday(today, step.into()),
        "month" => first_of_month(today, step),
        "quarter" => first_of_quarter(today, step),
        "year" => NaiveDate::from_ymd_opt(today.year() + step, 1, 1),
        _ => None,
    };
    date.map(Part::Date)
}

/// A date in figures: by the country, unless only the other order is on the calendar; points always put the day first.
fn from_figures(figures: Figures, today: NaiveDate, locale: &Locale) -> Option<NaiveDate> {
    let day_first = locale.day_first || figures.dotted;
    let read = |day_first| match figures.year {
        Some(_) => figures.date(day_first),
        None => {
            let (month, day) = figures.ordered(day_first);
            nearest(month, day, today)
        }
    };
    read(day_first).or_else(|| if figures.dotted { None } else { read(!day_first) })
}

/// The day of this year, or of the next that has it when it passed long ago or is not on this year's calendar.
fn nearest(month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    (0..=8)
        .filter_map(|years| NaiveDate::from_ymd_opt(today.year().checked_add(years)?, month, day))
        .find(|date| today.signed_duration_since(*date).num_days() <= LONG_AGO)
}

/// `12 Dec`, `12th Dec 2026`, `Dec 12`, `Dec 12 2026`: how many words, and the date unless it is on no calendar.
fn with_month(words: &[&str], today: NaiveDate) -> Option<(usize, Option<NaiveDate>)> {
    let second = words.get(1)?;
    let (day, month) = match (day(words[0]), month(second)) {
        (Some(day), Some(month)) => (day, month),
        _ => (day(second)?, month(words[0])?),
    };
    match words.get(2).filter(|w| w.len() == 4).and_then(|w| year(w)) {
        Some(year) => Some((3, NaiveDate::from_ymd_opt(year, month, day))),
        None => Some((2, nearest(month, day, today))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Monday 23 November 2026, 11:30.
    fn now() -> NaiveDateTime {
        "2026-11-23T11:30:20".parse().expect("a date and time")
    }

    fn read(text: &str, country: &str) -> String {
        match parse_when(text, now(), &Locale::of(country)) {
            Ok(When { date, time: None, .. }) => date.to_string(),
            Ok(When { date, time: Some(time), offset: None }) => format!("{date} {}", time.format("%H:%M")),
            Ok(When { date, time: Some(time), offset: Some(offset) }) => format!("{date} {} {offset}", time.format("%H:%M")),
            Err(error) => format!("{:?}", error),
        }
    }

    #[test]
    fn days_and_times_as_people_say_them() {
        for (text, meant) in [
            ("today", "2026-11-23"),
            ("Tomorrow 15:00", "2026-11-24 15:00"),
            ("3pm tomorrow", "2026-11-24 15:00"),
            ("yesterday", "2026-11-22"),
            ("tue 9am", "2026-11-24 09:00"),
            ("mon", "2026-11-30"),
            ("Thursday", "2026-11-26"),
            ("this mon", "2026-11-23"),
            ("next mon", "2026-11-30"),
            ("next sunday 9:30 pm", "2026-12-06 21:30"),
            ("last mon", "2026-11-16"),
            ("last fri", "2026-11-20"),
            ("fri 27 nov", "2026-11-27"),
            ("next week", "2026-11-30"),
            ("next month", "2026-12-01"),
            ("last-month", "2026-10-01"),
            ("next year", "2027-01-01"),
            ("+3d", "2026-11-26"),
            ("-2w", "2026-11-09"),
            ("+1m", "2026-12-23"),
            ("+ 3d", "Unknown(\"+\")"),
            ("+2 weeks", "2026-12-07"),
            ("+2h", "2026-11-23 13:30"),
            ("in 45 min", "2026-11-23 12:15"),
            ("in an hour", "2026-11-23 12:30"),
            ("in 2 weeks", "2026-12-07"),
            ("in two weeks 9am", "2026-12-07 09:00"),
            ("3 days ago", "2026-11-20"),
            ("15h ago", "2026-11-22 20:30"),
            ("a year ago", "2025-11-23"),
            ("12 Dec", "2026-12-12"),
            ("12th dec, 2027", "2027-12-12"),
            ("Dec 12", "2026-12-12"),
            ("December 12, 2027 noon", "2027-12-12 12:00"),
            ("12-Dec-2026", "2026-12-12"),
            ("5 Jan", "2027-01-05"),
            ("1 Jul", "2026-07-01"),
            ("29 feb", "2028-02-29"),
            ("12.12.", "2026-12-12"),
            ("12.12.2026", "2026-12-12"),
            ("2026-12-01", "2026-12-01"),
            ("2026/12/01 8:05", "2026-12-01 08:05"),
            ("2026-12-01T08:05:00Z", "2026-12-01 08:05 0"),
            ("2026-12-01t08:05:00.250+02:00", "2026-12-01 08:05 7200"),
            ("15:00", "2026-11-23 15:00"),
            ("9am", "2026-11-24 09:00"),
            ("at 9", "2026-11-24 09:00"),
            ("at 9 pm", "2026-11-23 21:00"),
            ("on fri at 12am", "2026-11-27 00:00"),
            ("noon", "2026-11-23 12:00"),
            ("tonight", "2026-11-23 20:00"),
            ("tomorrow morning", "2026-11-24 09:00"),
            ("this morning", "2026-11-23 09:00"),
            ("fri eod", "2026-11-27 17:00"),
            ("eow", "2026-11-27"),
            ("eom", "2026-11-30"),
            ("eoy", "2026-12-31"),
        ] {
            assert_eq!(read(text, "DE"), meant, "{text}");
        }
    }

    #[test]
    fn figures_follow_the_country_where_both_orders_are_days() {
        assert_eq!(read("3/4/2027", "US"), "2027-03-04");
        assert_eq!(read("3/4/2027", "GB"), "2027-04-03");
        assert_eq!(read("12/31/2026", "US"), "2026-12-31");
        assert_eq!(read("12/31/2026", "GB"), "2026-12-31");
        assert_eq!(read("3.4.2027", "US"), "2027-04-03");
        assert_eq!(read("3/4", "GB"), "2027-04-03");
        assert_eq!(read("12/1/26", "US"), "2026-12-01");
    }

    #[test]
    fn the_error_names_the_word() {
        for (text, error) in [
            ("", "Missing"),
            ("at", "Unknown(\"at\")"),
            ("tomorow", "Unknown(\"tomorow\")"),
            ("tomorrow maybe", "Unknown(\"maybe\")"),
            ("next blue", "Unknown(\"next blue\")"),
            ("next", "Unknown(\"next\")"),
            ("9", "Unknown(\"9\")"),
            ("today tomorrow", "Twice(\"tomorrow\")"),
            ("9am 10am", "Twice(\"10am\")"),
            ("mon tue", "Twice(\"tue\")"),
            ("31/02/2026", "NoSuchDay(\"31/02/2026\")"),
            ("30 feb", "NoSuchDay(\"30 feb\")"),
            ("fri 12 jan 2026", "NoSuchDay(\"fri 12 jan 2026\")"),
            ("25:00", "Unknown(\"25:00\")"),
            ("13pm", "Unknown(\"13pm\")"),
            ("+999999999d", "NoSuchDay(\"+999999999d\")"),
            ("in 999999999 years", "NoSuchDay(\"in\")"),
            ("-9000y", "NoSuchDay(\"-9000y\")"),
        ] {
            assert_eq!(read(text, "DE"), error, "{text}");
        }
        let today = now().date();
        assert_eq!(parse_date("+2h", today, &Locale::default()), Err(DateError::NotADay("+2h".into())));
        assert!(DateError::Unknown("x".into()).to_string().contains("“x”"));
    }

    #[test]
    fn moments_take_the_zone_unless_they_name_one() {
        let (zone, us) = (Zone::Fixed(3600), Locale::default());
        let instant = |text| parse_instant(text, Zone::Utc.instant(now()), zone, &us).expect("a moment");
        assert_eq!(instant("2026-11-23"), zone.day_start(20_780));
        assert_eq!(instant("2026-11-23 01:00"), instant("2026-11-23T00:00:00Z"));
        assert_eq!(instant("2026-11-23T05:00+05:00"), instant("2026-11-23T00:00Z"));
    }

    proptest! {
        #[test]
        fn any_text_is_safe(text in any::<String>(), micros in any::<i64>()) {
            let _ = parse_instant(&text, micros, Zone::Utc, &Locale::default());
        }

        #[test]
        fn any_words_are_safe(
            words in prop::collection::vec("(next|last|this|in|ago|at|mon|dec|may|[0-9]{1,9}|[-+][0-9]{1,9}[a-z]|[0-9]{1,2}[:/.-][0-9]{1,4}([:/.-][0-9]{0,4})?|week|y|years|eom|pm|noon|a)", 0..5),
            micros in any::<i64>(),
        ) {
            let text = words.join(" ");
            let _ = parse_instant(&text, micros, Zone::Utc, &Locale::of("DE"));
        }

        #[test]
        fn every_day_is_read_as_it_is_written(days in -300_000i32..2_000_000) {
            let date = crate::model::zone::date(days);
            let us = Locale::default();
            let today = now().date();
            prop_assert_eq!(parse_date(&date.to_string(), today, &us), Ok(date));
            prop_assert_eq!(parse_date(&date.format("%-d %b %Y").to_string(), today, &us), Ok(date));
            prop_assert_eq!(parse_date(&date.format("%m/%d/%Y").to_string(), today, &us), Ok(date));
            prop_assert_eq!(parse_date(&date.format("%d.%m.%Y").to_string(), today, &us), Ok(date));
        }
    }
}
