//! Days, weeks, months and quarters that are written out: `3/4/2026`, `12 Dec`, `Dec 2027`, `kw 50`, `q1`. Knows no speech.

use chrono::{Datelike, NaiveDate, Weekday};

use super::found::{Part, Stretch};
use super::parts::{Figures, day, figures, iso, month, month_and_year, short, year};
use super::steps::{first_of_month, plus_days};
use crate::model::locale::Locale;

/// A day without a year that passed longer ago than this many days is meant next year.
const LONG_AGO: i64 = 183;

/// What `words` begin with, and how many of them it takes; the inner none: on no calendar.
pub fn written(words: &[&str], today: NaiveDate, locale: &Locale) -> Option<(usize, Option<Part>)> {
    let word = words[0];
    if let Some(date) = iso(word) {
        return Some((1, date.map(Part::Date)));
    }
    if let Some((month, year)) = month_and_year(word) {
        return Some((1, Stretch::month(NaiveDate::from_ymd_opt(year, month, 1))));
    }
    if let Some(figures) = Figures::read(word) {
        return Some((1, from_figures(figures, today, locale).map(Part::Date)));
    }
    month_of(words, today)
        .or_else(|| quarter(words, today))
        .or_else(|| week(words, today))
        .or_else(|| day_of_month(word).map(|day| (1, Some(Part::DayOfMonth(day)))))
}

/// The first words as a month or a quarter: its first day, and the first one after it.
pub fn stretch(words: &[&str], today: NaiveDate) -> Option<(usize, Option<(NaiveDate, NaiveDate)>)> {
    let (count, part) = month_alone(words, today).or_else(|| quarter(words, today))?;
    Some((
        count,
        match part {
            Some(Part::Stretch(stretch)) => Some((stretch.first, stretch.end)),
            _ => None,
        },
    ))
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
        .find(|date| is_near(*date, today))
}

fn is_near(date: NaiveDate, today: NaiveDate) -> bool {
    today.signed_duration_since(date).num_days() <= LONG_AGO
}

/// `12 Dec`, `12th of Dec 2026`, `Dec 12`, `Dec the 12th '26`: how many words, and the day; the inner none: on no calendar.
pub fn with_month(words: &[&str], today: NaiveDate) -> Option<(usize, Option<NaiveDate>)> {
    let (count, day, month) = match words {
        [d, "of", m, ..] if day(d).is_some() && month(m).is_some() => (3, day(d)?, month(m)?),
        [m, "the", d, ..] if day(d).is_some() && month(m).is_some() => (3, day(d)?, month(m)?),
        [d, m, ..] if day(d).is_some() && month(m).is_some() => (2, day(d)?, month(m)?),
        [m, d, ..] => (2, day(d)?, month(m)?),
        _ => return None,
    };
    match words.get(count).and_then(|word| whole_year(word)) {
        Some(year) => Some((count + 1, NaiveDate::from_ymd_opt(year, month, day))),
        None => Some((count, nearest(month, day, today))),
    }
}

/// `2027` or `'27`: a bare number of two digits can be an hour too.
fn whole_year(word: &str) -> Option<i32> {
    match word.strip_prefix('\'') {
        Some(short) => year(short).filter(|_| short.len() == 2),
        None => year(word).filter(|_| word.len() == 4),
    }
}

/// `December 2027`, `in December`: a month alone may be somebody's name.
fn month_of(words: &[&str], today: NaiveDate) -> Option<(usize, Option<Part>)> {
    if words[0] == "in" {
        return month_alone(words.get(1..).filter(|rest| !rest.is_empty())?, today).map(|(count, part)| (count + 1, part));
    }
    month_alone(words, today).filter(|(count, _)| *count == 2)
}

/// `Dec`, `December 2027`.
fn month_alone(words: &[&str], today: NaiveDate) -> Option<(usize, Option<Part>)> {
    let month = month(words[0])?;
    match words.get(1).and_then(|word| whole_year(word)) {
        Some(year) => Some((2, Stretch::month(NaiveDate::from_ymd_opt(year, month, 1)))),
        None => Some((1, Stretch::month(nearest(month, 1, today)))),
    }
}

/// `q1`, `q1 2027`, `2027-q1`.
fn quarter(words: &[&str], today: NaiveDate) -> Option<(usize, Option<Part>)> {
    let first = |text: &str| match text.strip_prefix('q')? {
        number if number.len() == 1 => figures(number).filter(|q| (1..=4).contains(q)).map(|q| q * 3 - 2),
        _ => None,
    };
    let (count, year, month) = match words[0].split_once('-') {
        Some((y, q)) => (1, Some(whole_year(y)?), first(q)?),
        None => match words.get(1).and_then(|word| whole_year(word)) {
            Some(year) => (2, Some(year), first(words[0])?),
            None => (1, None, first(words[0])?),
        },
    };
    let start = match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, 1),
        None => nearest(month, 1, today),
    };
    Some((count, Stretch::quarter(start)))
}

/// `kw 50`, `week 50 2026`, `2026-w50`, `2026-w50-2`: weeks by ISO 8601, which begin on Monday.
fn week(words: &[&str], today: NaiveDate) -> Option<(usize, Option<Part>)> {
    if let Some((y, rest)) = words[0].split_once("-w").or_else(|| words[0].split_once('w')).filter(|(y, _)| y.len() == 4) {
        let (number, day) = rest.split_once('-').unwrap_or((rest, ""));
        let monday = NaiveDate::from_isoywd_opt(year(y)?, two(number)?, Weekday::Mon);
        if day.is_empty() {
            return Some((1, Stretch::week(monday)));
        }
        let ahead = figures(day).filter(|day| (1..=7).contains(day))?;
        return Some((1, monday.and_then(|monday| plus_days(monday, i64::from(ahead) - 1)).map(Part::Date)));
    }
    let (mut count, number) = match words {
        ["kw" | "cw" | "wk" | "week", number, ..] => (2, two(number)?),
        [word, ..] => (1, two(word.strip_prefix("kw").or_else(|| word.strip_prefix("cw"))?)?),
        [] => return None,
    };
    let monday = match words.get(count).and_then(|word| whole_year(word)) {
        Some(year) => {
            count += 1;
            NaiveDate::from_isoywd_opt(year, number, Weekday::Mon)
        }
        None => (0..=6)
            .filter_map(|years| NaiveDate::from_isoywd_opt(today.iso_week().year().checked_add(years)?, number, Weekday::Mon))
            .find(|monday| is_near(*monday, today)),
    };
    Some((count, Stretch::week(monday)))
}

fn two(text: &str) -> Option<u32> {
    short(text).filter(|number| *number > 0)
}

/// `12th`, `3rd`, `12.`: a day of a month that other words name, or of the next that has it.
fn day_of_month(word: &str) -> Option<u32> {
    let marked = !word.ends_with(|c: char| c.is_ascii_digit());
    day(word).filter(|day| marked && (1..=31).contains(day))
}

/// The next such day of a month, today included.
pub fn next_day_of_month(day: u32, today: NaiveDate) -> Option<NaiveDate> {
    (0..=3).filter_map(|months| first_of_month(today, months)?.with_day(day)).find(|date| *date >= today)
}
