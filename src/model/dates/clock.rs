//! Clock times in figures, as people and programs write them. Knows no day and no words but am and pm.

use chrono::{NaiveDate, NaiveTime};

use super::parts::{iso, short};
use crate::model::zone;

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

/// `2024-01-22t20:36:47.000+0000`, also without marks, `20240122t203647z`, folded. The inner none: on no calendar.
pub fn stamp(word: &str) -> Option<(Option<NaiveDate>, NaiveTime, Option<i32>)> {
    let (date, time) = word.split_once('t')?;
    let digits = time.find(|c: char| !c.is_ascii_digit()).unwrap_or(time.len());
    let spaced = match digits {
        4 => format!("{}:{}", &time[..2], &time[2..]),
        6 => format!("{}:{}:{}", &time[..2], &time[2..4], &time[4..]),
        _ => time.to_owned(),
    };
    let (time, offset) = clock(&spaced)?;
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
