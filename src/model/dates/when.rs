//! A day, with or without a time, as people say it: `tomorrow 15:00`, `next tue 9am`, `12 Dec`, `+2w`. Shows nothing.
//!
//! All of the text must be understood; the error names the first word that was not. Where speech leaves a choice:
//!
//! - A bare weekday is the next one after today; `next tue` is that day of the next calendar week (which begins on Monday),
//!   `this tue` of this one, `last tue` the nearest before today. `tue next week`, `fri in 2 weeks`, `mon kw 50` name a day of
//!   that week; `mon week` is a week after the coming Monday.
//! - `next week`, `next month`, `dec 2027`, `q1` are their first day, `12th next month` one of its days. `end of week` is Friday.
//! - A day without a year is this year's unless that was more than half a year ago; then next year's. Figures are read by the
//!   country; where only the other order is on the calendar, that one is meant. Points always put the day first.
//! - A time alone is today's until it has passed, then tomorrow's. `morning` is 9:00, `lunch` 12:00, `afternoon` 14:00, `eod`
//!   17:00, `evening` and `tonight` 20:00; `3 in the afternoon` is 15:00. `midnight` and 24:00 end the day that they stand with.
//! - A number alone is an hour only after a spoken day (`mon 9`) or `at`. `10.12` is 10 December, after a day a time; `15.30`,
//!   which is no day, is always a time.
//! - `m` is months and `min` minutes; after hours, `1h30m`, and above 12 where a time can be, `+30m`, it is minutes. `2h` alone is in two hours, from `7h` on it is a time.
//! - Hours and minutes run on through a change of the clock; days do not: `+1d 9am` is nine on the clock. A time that the clock
//!   skips becomes the next that it shows, of one that it shows twice the earlier is meant ([`Zone::instant`]).

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::DateError;
use super::calendar::{with_month, written};
use super::clock::stamp;
use super::found::{Found, Part, Stretch};
use super::span::{Anchor, Span, is_hour_of_day, span};
use super::spoken::spoken;
use super::time::time;
use super::token::tokens;
use crate::model::fold::fold;
use crate::model::locale::Locale;
use crate::model::zone::{self, Zone};

/// The last year that is planned in.
const LAST_YEAR: i32 = 9998;

/// A day and what is known of its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The day as written.
    pub date: NaiveDate,
    /// The time of day, where one was written.
    pub time: Option<NaiveTime>,
    /// Seconds east of UTC, where the text says them or they follow from it; else the reader's zone is meant.
    pub offset: Option<i32>,
}

impl When {
    /// The moment in µs UTC; without a time, the begin of the day.
    pub fn instant(&self, zone: Zone) -> i64 {
        let local = self.date.and_time(self.time.unwrap_or(NaiveTime::MIN));
        self.offset.map_or(zone, Zone::Fixed).instant(local)
    }
}

/// Reads a day with or without a time, in either order. `now` is in µs UTC; `zone` is where the person reads the clock.
pub fn parse_when(text: &str, now: i64, zone: Zone, locale: &Locale) -> Result<When, DateError> {
    read(text, &Now { is_of_days: false, micros: now, local: zone.local(now), zone, locale }).map(|(when, _)| when)
}

/// Reads a day; a time is refused.
pub fn parse_date(text: &str, today: NaiveDate, locale: &Locale) -> Result<NaiveDate, DateError> {
    parse_days(text, today, locale).map(|(first, _)| first)
}

/// Reads a moment (µs UTC); a day alone is its begin in `zone`.
pub fn parse_instant(text: &str, now: i64, zone: Zone, locale: &Locale) -> Result<i64, DateError> {
    parse_when(text, now, zone, locale).map(|when| when.instant(zone))
}

/// Reads a day, or a week, month, quarter or year: its first day, and the day after its last one. A time is refused.
pub(super) fn parse_days(text: &str, today: NaiveDate, locale: &Locale) -> Result<(NaiveDate, Option<NaiveDate>), DateError> {
    let local = today.and_time(NaiveTime::MIN);
    let now = Now { is_of_days: true, micros: Zone::Utc.instant(local), local, zone: Zone::Utc, locale };
    let (when, end) = read(text, &now)?;
    if when.time.is_some() { Err(DateError::NotADay(text.trim().into())) } else { Ok((when.date, end.or(when.date.succ_opt()))) }
}

/// Reads the end of a text that says other things before: what may be words as well (`lunch`, `3 days`, `q1`) is none.
pub fn parse_in_text(text: &str, now: i64, zone: Zone, locale: &Locale) -> Option<When> {
    const WORDS: &[&str] = &["morning", "afternoon", "evening", "night", "lunch", "lunchtime", "weekend", "noon"];
    let key = fold(text);
    let is_ordinal = !key.contains(' ') && ["st", "nd", "rd", "th"].iter().any(|end| key.ends_with(end));
    let may_be_words = WORDS.contains(&key.as_str()) || key.starts_with('q') || key.starts_with("of q") || is_ordinal;
    if may_be_words || is_bare_span(text) { None } else { parse_when(text, now, zone, locale).ok() }
}

/// The last word of a text if it has the form of a day or a time, as `31.11.`, `13/45`, `25:00`, `2026-02-30`: where the text was read
/// to no date, this is what was meant as one and is none.
pub fn meant_as_date(text: &str) -> Option<&str> {
    let word = text.split_whitespace().last()?;
    let figures = |separator: char, ends: bool| {
        let bare = if ends { word.strip_suffix(separator)? } else { word };
        let parts: Vec<&str> = bare.split(separator).collect();
        let are_digits = parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
        (are_digits && parts.len() >= 2).then_some(parts)
    };
    let is_time = figures(':', false).is_some_and(|parts| parts.len() == 2 && parts.iter().all(|part| part.len() <= 2));
    let is_day = figures('.', true).is_some_and(|parts| parts.len() == 2)
        || figures('.', false).is_some_and(|parts| parts.len() == 3 && parts[2].len() != 3)
        || figures('/', false).is_some_and(|parts| parts.len() <= 3)
        || figures('-', false).is_some_and(|parts| parts.len() == 3 && parts[0].len() == 4);
    (is_time || is_day).then_some(word)
}

/// What the end of a text names that is on no calendar, where a month is spelled: `29 feb 2027`, `31 feb`. Its last words alone may be a
/// day (`feb 2027`), which is not what was meant.
pub fn no_such_day(words: &[&str], now: i64, zone: Zone, locale: &Locale) -> Option<String> {
    (0..words.len()).find_map(|start| match parse_when(&words[start..].join(" "), now, zone, locale) {
        Err(DateError::NoSuchDay(named)) if named.contains(char::is_alphabetic) || meant_as_date(&named).is_some() => Some(named),
        _ => None,
    })
}

/// A stretch of a day, `10:00-11:30`: its begin as written, and its minutes. None where it ends before it begins, as 10:00-05:00 does,
/// which is a time with its offset.
pub fn stretch(word: &str) -> Option<(&str, i64)> {
    let (from, to) = word.split_once(['-', '–'])?;
    let minutes = |clock: &str| {
        let (hours, minutes) = clock.split_once(':')?;
        let number = |digits: &str, most: i64| {
            let is_number = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
            digits.parse::<i64>().ok().filter(|n| is_number && *n < most)
        };
        Some(number(hours, 24)? * 60 + number(minutes, 60)?)
    };
    let length = minutes(to)? - minutes(from)?;
    (length > 0).then_some((from, length))
}

/// Whether a text is a length of time without a word for its direction, as `3d`.
pub(super) fn is_bare_span(text: &str) -> bool {
    let tokens = tokens(text);
    let words: Vec<&str> = tokens.iter().map(|token| token.key.as_str()).collect();
    !words.is_empty() && span(&words).is_some_and(|(used, _, anchor)| used == words.len() && anchor == Anchor::Bare)
}

/// The moment of reading, and who reads.
struct Now<'a> {
    /// Only a day is asked for.
    is_of_days: bool,
    micros: i64,
    local: NaiveDateTime,
    zone: Zone,
    locale: &'a Locale,
}

/// The day and time, and the day after the last one where a week, month, quarter or year was named.
fn read(text: &str, now: &Now<'_>) -> Result<(When, Option<NaiveDate>), DateError> {
    if let Some(stretch) = text.split_whitespace().find(|word| stretch(word).is_some()) {
        // from ten to eleven, and not ten o'clock eleven hours behind
        return Err(DateError::Unknown(stretch.to_owned()));
    }
    let tokens = tokens(text);
    let typed: Vec<&str> = tokens.iter().map(|token| token.typed.as_str()).collect();
    let words: Vec<&str> = tokens.iter().map(|token| token.key.as_str()).collect();
    if words.is_empty() {
        return Err(DateError::Missing);
    }
    let mut found = Found::default();
    let mut at = 0;
    while at < words.len() {
        let Some((count, part)) = next(&words[at..], &found, now) else {
            return Err(DateError::Unknown(typed[at + unknown(&words[at..])].to_owned()));
        };
        let part = part.ok_or_else(|| DateError::NoSuchDay(typed[at..at + count].join(" ")))?;
        if !found.add(part, at) {
            return Err(DateError::Twice(typed[at..at + count].join(" ")));
        }
        at += count;
    }
    let when = found.when(now.local, &typed)?;
    // the last year has no room for what is counted on from it
    if when.date.year() > LAST_YEAR {
        return Err(DateError::NoSuchDay(typed.join(" ")));
    }
    Ok((when, found.days().map(|(_, end)| end)))
}

/// Which of some words is the one that is not understood: after one that waits for another, that one.
fn unknown(words: &[&str]) -> usize {
    const WAITING: &[&str] =
        &["next", "this", "last", "in", "end", "start", "beginning", "mid", "of", "the", "at", "@", "on", "by"];
    let at = words.iter().position(|word| !WAITING.contains(word)).unwrap_or(0);
    if words.len() > 1 { at } else { 0 }
}

/// The meaning of the first words, and how many they are; the inner none: on no calendar.
fn next(words: &[&str], found: &Found, now: &Now<'_>) -> Option<(usize, Option<Part>)> {
    let (word, today) = (words[0], now.local.date());
    if let Some((date, time, offset)) = stamp(word) {
        return Some((1, date.map(|date| Part::Both(date, time, offset))));
    }
    if found.awaits_offset()
        && let Some(seconds) = offset(word)
    {
        return Some((1, Some(Part::Offset(seconds))));
    }
    if let Some((count, date)) = with_month(words, today) {
        return Some((count, date.map(Part::Date)));
    }
    if word == "week" && found.is_spoken() && words.get(1).is_none_or(|next| next.parse::<u32>().is_err()) {
        let (_, week, _) = span(&["a", "week"])?;
        return Some((1, Some(Part::Shift(week))));
    }
    let length = span(words);
    if let Some((count, span, anchor @ (Anchor::Now | Anchor::Day))) = length {
        return Some((count, ahead(span, anchor, now)));
    }
    if let Some((count, time)) = time(words, found.before()) {
        return Some((count, Some(Part::Time(time))));
    }
    if let Some((count, span, Anchor::Bare)) = length.filter(|_| !is_hour_of_day(words)) {
        return Some((count, ahead(span, Anchor::Bare, now)));
    }
    if word == "now" {
        return Some((1, ahead(Span::default(), Anchor::Now, now)));
    }
    written(words, today, now.locale)
        .or_else(|| spoken(words, today))
        .or_else(|| (matches!(word, "on" | "by" | "in" | "of" | "the") && words.len() > 1).then_some((1, Some(Part::Nothing))))
}

/// What lies so far ahead.
fn ahead(span: Span, anchor: Anchor, now: &Now<'_>) -> Option<Part> {
    let span = if now.is_of_days { span } else { span.timed() };
    if anchor == Anchor::Day {
        return Some(Part::Shift(span));
    }
    let day = span.from(now.local.date())?;
    let timed = span.minutes != 0 || span == Span::default();
    if !timed {
        return if span.is_weeks { Stretch::weeks_on(day) } else { Some(Part::Day(day)) };
    }
    let begin = now.zone.instant(day.and_time(now.local.time()));
    let from = if day == now.local.date() { now.micros } else { begin };
    let micros = from.checked_add(span.time()?.num_microseconds()?)?;
    let local = now.zone.local(micros);
    let east = i32::try_from(local.signed_duration_since(Zone::Utc.local(micros)).num_seconds()).ok()?;
    let minute = local.time().with_second(0)?.with_nanosecond(0)?;
    Some(Part::Both(local.date(), minute, Some(east)))
}

/// `utc`, `+01:00`, `+0100`, as they stand behind a time.
fn offset(word: &str) -> Option<i32> {
    match word {
        "utc" | "gmt" | "z" => Some(0),
        word if word.len() >= 5 => zone::offset(word),
        _ => None,
    }
}
