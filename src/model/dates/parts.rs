//! The words that dates are made of: numbers with marks, names of months and days. Knows no today and no time of day.

use chrono::{NaiveDate, Weekday};

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

/// A date with the year first: `2026-11-23`, `2026/11/23`, `2026.11.23`, `20261123`. The inner none: on no calendar.
pub fn iso(word: &str) -> Option<Option<NaiveDate>> {
    if word.len() == 8 && figures(word).is_some() {
        let (y, m, d) = (year(&word[..4])?, figures(&word[4..6])?, figures(&word[6..])?);
        return Some(NaiveDate::from_ymd_opt(y, m, d));
    }
    let mark = word.chars().find(|c| !c.is_ascii_digit()).filter(|mark| matches!(mark, '-' | '/' | '.'))?;
    let mut pieces = word.split(mark);
    let (y, m, d) = (pieces.next()?, short(pieces.next()?)?, short(pieces.next()?)?);
    if y.len() != 4 || pieces.next().is_some() {
        return None;
    }
    Some(NaiveDate::from_ymd_opt(year(y)?, m, d))
}

/// A month in figures with its year: `2026-11`, `11/2026`, `11.2026`. The month is not checked.
pub fn month_and_year(word: &str) -> Option<(u32, i32)> {
    let (first, second) = word.split_once(['-', '/', '.'])?;
    let (month, year_text) = if first.len() == 4 { (second, first) } else { (first, second) };
    if year_text.len() != 4 { None } else { Some((short(month)?, year(year_text)?)) }
}

/// One or two digits.
pub fn short(text: &str) -> Option<u32> {
    if text.len() <= 2 { figures(text) } else { None }
}

/// ASCII digits and nothing else, at most nine.
pub fn figures(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}
