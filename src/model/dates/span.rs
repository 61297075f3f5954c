//! Stretches of time: `+3d`, `in 2 weeks`, `3 days ago`, `1h30`, `a week from fri`. Knows no names of days.

use chrono::{NaiveDate, TimeDelta};

use super::parts::figures;
use super::steps::{plus_days, plus_months};

/// Hours below this are no time at which anybody is called: `2h` alone is a stretch of time, `15h` is three in the afternoon.
const FIRST_HOUR: u32 = 7;

/// A stretch of time, forward or back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Calendar months.
    pub months: i64,
    /// Days.
    pub days: i64,
    /// Minutes, also where they are hours; they run on through a change of the clock.
    pub minutes: i64,
    /// The months were written as `m`, which may be minutes too.
    pub is_short: bool,
    /// Nothing but weeks was said, so that a weekday can choose its day in the week that is meant.
    pub is_weeks: bool,
}

impl Span {
    fn of(count: i64, unit: &str) -> Option<Self> {
        let zero = Self::default();
        Some(match unit {
            "min" | "mins" | "minute" | "minutes" => Self { minutes: count, ..zero },
            "h" | "hr" | "hrs" | "hour" | "hours" => Self { minutes: count * 60, ..zero },
            "d" | "day" | "days" => Self { days: count, ..zero },
            "w" | "wk" | "wks" | "week" | "weeks" => Self { days: count * 7, is_weeks: true, ..zero },
            "fortnight" | "fortnights" => Self { days: count * 14, is_weeks: true, ..zero },
            "m" => Self { months: count, is_short: true, ..zero },
            "mo" | "month" | "months" => Self { months: count, ..zero },
            "q" | "quarter" | "quarters" => Self { months: count * 3, ..zero },
            "y" | "yr" | "yrs" | "year" | "years" => Self { months: count * 12, ..zero },
            _ => return None,
        })
    }

    fn and(self, other: Self) -> Self {
        Self {
            months: self.months + other.months,
            days: self.days + other.days,
            minutes: self.minutes + other.minutes,
            is_short: false,
            is_weeks: self.is_weeks && other.is_weeks,
        }
    }

    /// The same back in time.
    pub fn back(self) -> Self {
        Self { months: -self.months, days: -self.days, minutes: -self.minutes, ..self }
    }

    /// The same where a time is asked for: more than a year of `m` are minutes, as in `+30m`.
    pub fn timed(self) -> Self {
        const YEAR: i64 = 12;
        if self.is_short && self.months.abs() > YEAR { Self { minutes: self.months, ..Self::default() } } else { self }
    }

    /// The day this long after `day`, without the minutes; none beyond the calendar.
    pub fn from(self, day: NaiveDate) -> Option<NaiveDate> {
        plus_days(plus_months(day, i32::try_from(self.months).ok()?)?, self.days)
    }

    /// The minutes.
    pub fn time(self) -> Option<TimeDelta> {
        TimeDelta::try_minutes(self.minutes)
    }
}

/// What a stretch of time is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// From now on, as `+3d` and `in 2 weeks`, or back.
    Now,
    /// The same without a word for the direction, as `3d`.
    Bare,
    /// The day that the other words name, as `a week from fri`.
    Day,
}

/// The stretch of time that `words` begin with, and how many of them it takes.
pub fn span(words: &[&str]) -> Option<(usize, Span, Anchor)> {
    let word = words[0];
    if let Some(rest) = word.strip_prefix(['+', '-']) {
        let mut amounts = vec![rest];
        amounts.extend(&words[1..]);
        let (used, span) = amount(&amounts)?;
        return Some((used, if word.starts_with('-') { span.back() } else { span }, Anchor::Now));
    }
    if word == "in" {
        let (used, span) = amount(&words[1..])?;
        return Some((used + 1, span, Anchor::Now));
    }
    let (used, span) = amount(words)?;
    Some(match words.get(used..) {
        Some(["ago", ..]) => (used + 1, span.back(), Anchor::Now),
        Some(["from", "now", ..]) => (used + 2, span, Anchor::Now),
        Some(["from" | "after", ..]) if span.minutes == 0 => (used + 1, span, Anchor::Day),
        Some(["on", ..]) if span.is_weeks => (used + 1, span, Anchor::Day),
        Some(["before", ..]) if span.minutes == 0 => (used + 1, span.back(), Anchor::Day),
        Some(["tomorrow" | "today", ..]) if span.is_weeks => (used, span, Anchor::Day),
        _ => (used, span, Anchor::Bare),
    })
}

/// Whether a word alone is a stretch of hours and no time of day: `2h`, `1h30`.
pub fn is_stretch(word: &str) -> bool {
    word.split_once('h').and_then(|(hours, _)| figures(hours)).is_some_and(|hours| (1..FIRST_HOUR).contains(&hours))
}

/// Whether these words are an hour of the day, `15h` or `15 h`, where no word says that they are a stretch of time.
pub fn is_hour_of_day(words: &[&str]) -> bool {
    let hours = match words {
        [word, "h", ..] => figures(word),
        [word, ..] => word.split_once('h').and_then(|(hours, _)| figures(hours)),
        [] => None,
    };
    hours.is_some_and(|hours| (FIRST_HOUR..=24).contains(&hours))
}

/// `3d`, `3 days`, `a week`, `half an hour`, `1h30`, `1 hour and 30 minutes`: how many words, and the stretch.
fn amount(words: &[&str]) -> Option<(usize, Span)> {
    let (mut used, mut whole) = one(words)?;
    loop {
        let joined = usize::from(words.get(used) == Some(&"and"));
        let rest = words.get(used + joined..).unwrap_or_default();
        let Some((more, span)) = one(rest).filter(|_| joined > 0 || !is_hour_of_day(rest)) else { break };
        used += joined + more;
        whole = whole.and(span);
    }
    Some((used, whole))
}

/// One number and its unit, or several in one word.
fn one(words: &[&str]) -> Option<(usize, Span)> {
    const NUMBERS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let word = *words.first()?;
    let after = words.get(1).copied();
    if let ["half", "an", "hour", ..] = words {
        return Some((3, Span::of(30, "min")?));
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        if let Some((hours, rest)) = word.split_once('.') {
            return tenths(hours, rest, after);
        }
        return match figures(word) {
            Some(count) => Some((2, Span::of(count.into(), after?)?)),
            None => joined(word).map(|span| (1, span)),
        };
    }
    let count = match word {
        "a" | "an" => 1,
        other => i64::try_from(NUMBERS.iter().position(|number| *number == other)? + 1).ok()?,
    };
    Some((2, Span::of(count, after?)?))
}

/// `3d`, `1h30`, `1h30m`, `2w3d`: after hours, a number and `m` are minutes.
fn joined(word: &str) -> Option<Span> {
    let mut whole: Option<Span> = None;
    let (mut rest, mut hours) = (word, false);
    while !rest.is_empty() {
        let letters = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let count = i64::from(figures(&rest[..rest.len() - letters.len()])?);
        let end = letters.find(|c: char| c.is_ascii_digit()).unwrap_or(letters.len());
        let unit = match &letters[..end] {
            "" | "m" if hours => "min",
            unit => unit,
        };
        let span = Span::of(count, unit)?;
        hours = matches!(unit, "h" | "hr" | "hrs");
        rest = &letters[end..];
        whole = Some(whole.map_or(span, |whole| whole.and(span)));
    }
    whole
}

/// `1.5h`, `1.5 hours`: only hours are parted.
fn tenths(hours: &str, rest: &str, after: Option<&str>) -> Option<(usize, Span)> {
    let letters = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &rest[..rest.len() - letters.len()];
    let (used, unit) = if letters.is_empty() { (2, after?) } else { (1, letters) };
    if digits.len() > 2 || !matches!(unit, "h" | "hr" | "hrs" | "hour" | "hours") {
        return None;
    }
    let hundredths = i64::from(figures(&format!("{digits:0<2}"))?);
    Some((used, Span::of(i64::from(figures(hours)?) * 60 + hundredths * 60 / 100, "min")?))
}
