//! The words that dates are made of: numbers with marks, names of months and days, clock times. Knows no today.

use chrono::{NaiveDate, NaiveTime, Weekday};

use crate::model::fold::fold;
use crate::model::zone;

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

/// A date in figures, `3/4/2026`, before it is decided which is the day.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    first: u32,
    second: u32,
    /// The year, where one was written.
    pub year: Option<i32>,
    /// Written with points, as only those do who put the day first.
    pub dotted: bool,
}

impl Figures {
    /// Reads `3/4`, `3/4/26`, `3.4.`, `3.4.2026`, `3-4-2026`.
    pub fn read(word: &str) -> Option<Self> {
        let mark = word.chars().find(|c| !c.is_ascii_digit())?;
        if !matches!(mark, '/' | '.' | '-') {
            return None;
        }
        let mut pieces: Vec<&str> = word.split(mark).collect();
        if mark == '.' && pieces.len() == 3 && pieces[2].is_empty() {
            pieces.pop();
        }
        let (first, second) = (short(pieces[0])?, short(pieces.get(1)?)?);
        let year = match pieces.get(2) {
            Some(text) => Some(year(text)?),
            None => None,
        };
        if pieces.len() > 3 || (mark == '-' && year.is_none()) {
            return None;
        }
        Some(Self { first, second, year, dotted: mark == '.' })
    }

    /// The month and the day.
    pub fn ordered(self, day_first: bool) -> (u32, u32) {
        if day_first { (self.second, self.first) } else { (self.first, self.second) }
    }

    /// The date, if there is such a day; needs a year.
    pub fn date(self, day_first: bool) -> Option<NaiveDate> {
        let (month, day) = self.ordered(day_first);
        NaiveDate::from_ymd_opt(self.year?, month, day)
    }
}

/// The folded words of a text: commas are blanks, and 12-Dec-2026 and last-week fall into their parts.
pub fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for word in fold(text).split([' ', ',']).filter(|w| !w.is_empty()) {
        let pieces = || word.split(['-', '.', '/']).filter(|p| !p.is_empty());
        let named = pieces().any(|p| month(p).is_some()) || matches!(pieces().next(), Some("next" | "last" | "this"));
        if named {
            out.extend(pieces().map(str::to_owned));
        } else {
            out.push(word.to_owned());
        }
    }
    out
}

/// The month of a name in full or its first three letters.
pub fn month(word: &str) -> Option<u32> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let at = MONTHS.iter().position(|name| named(word, name) || (word == "sept" && *name == "september"))?;
    u32::try_from(at + 1).ok()
}

/// The weekday of a name in full or its first three to five letters.
pub fn weekday(word: &str) -> Option<Weekday> {
    let word = word.strip_suffix('.').unwrap_or(word);
    WEEKDAYS
        .iter()
        .find(|(name, _)| {
            named(word, name)
                || (matches!(word.len(), 4 | 5) && name.starts_with(word))
                || (word == "weds" && *name == "wednesday")
        })
        .map(|(_, day)| *day)
}

fn named(word: &str, name: &str) -> bool {
    word == name || (word.len() == 3 && name.starts_with(word))
}

/// The day of a month, `12`, `12.`, `12th`.
pub fn day(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    matches!(&word[digits.len()..], "" | "." | "st" | "nd" | "rd" | "th").then(|| short(digits)).flatten()
}

/// A year of four digits, or of two: 69 to 99 are of the last century.
pub fn year(text: &str) -> Option<i32> {
    let number = figures(text)?;
    match text.len() {
        4 if number >= 1000 => i32::try_from(number).ok(),
        2 if number >= 69 => i32::try_from(1900 + number).ok(),
        2 => i32::try_from(2000 + number).ok(),
        _ => None,
    }
}

/// A date with the year first: `2026-11-23`, `2026/11/23`. The inner none: on no calendar.
pub fn iso(word: &str) -> Option<Option<NaiveDate>> {
    let mark = if word.contains('/') { '/' } else { '-' };
    let mut pieces = word.split(mark);
    let (y, m, d) = (pieces.next()?, short(pieces.next()?)?, short(pieces.next()?)?);
    if y.len() != 4 || pieces.next().is_some() {
        return None;
    }
    Some(NaiveDate::from_ymd_opt(year(y)?, m, d))
}

/// A time of day with seconds east of UTC where they are written: `15:00`, `9:30pm`, `20:36:47.000+0000`, `20:36Z`, `15h30`.
pub fn clock(word: &str) -> Option<(NaiveTime, Option<i32>)> {
    if let Some(time) = word.strip_suffix('z') {
        return Some((plain_clock(time)?, Some(0)));
    }
    match word.rfind(['+', '-']) {
        Some(at) if at > 0 => Some((plain_clock(&word[..at])?, Some(zone::offset(&word[at..])?))),
        _ => Some((plain_clock(word)?, None)),
    }
}

/// `2024-01-22t20:36:47.000+0000`, folded.
pub fn stamp(word: &str) -> Option<(Option<NaiveDate>, NaiveTime, Option<i32>)> {
    let (date, time) = word.split_once('t')?;
    let (time, offset) = clock(time)?;
    Some((iso(date)?, time, offset))
}

fn plain_clock(word: &str) -> Option<NaiveTime> {
    let (digits, half) = if let Some(rest) = word.strip_suffix("am") {
        (rest, Some(0))
    } else if let Some(rest) = word.strip_suffix("pm") {
        (rest, Some(12))
    } else {
        (word, None)
    };
    let mut pieces = digits.split([':', 'h']);
    let hour = short(pieces.next()?)?;
    let minute = match pieces.next() {
        None if half.is_some() => 0,
        None => return None,
        Some("") if digits.ends_with('h') => 0,
        Some(text) if text.len() == 2 => short(text)?,
        Some(_) => return None,
    };
    let (second, nano) = match pieces.next() {
        None => (0, 0),
        Some(text) => seconds(text)?,
    };
    let hour = match half {
        Some(add) if (1..=12).contains(&hour) => hour % 12 + add,
        Some(_) => return None,
        None => hour,
    };
    if pieces.next().is_some() { None } else { NaiveTime::from_hms_nano_opt(hour, minute, second, nano) }
}

/// Seconds with a fraction, kept to the µs.
fn seconds(text: &str) -> Option<(u32, u32)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if whole.len() != 2 || fraction.is_empty() || fraction.len() > 9 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let micros: u32 = format!("{fraction:0<6.6}").parse().ok()?;
    Some((short(whole)?, micros * 1000))
}

/// One or two digits.
fn short(text: &str) -> Option<u32> {
    if text.len() <= 2 { figures(text) } else { None }
}

/// ASCII digits and nothing else, at most nine.
pub fn figures(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}
