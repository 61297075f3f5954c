//! Days as people speak of them: `tomorrow`, `next tue`, `end of month`, `the day after tomorrow`. Knows no figures.

use chrono::{Datelike, NaiveDate, Weekday};

use super::calendar::stretch;
use super::found::{Part, Stretch};
use super::parts::weekday;
use super::steps::{first_of_month, first_of_quarter, index, last_weekday, monday, next_weekday, plus_days};
use super::time::Daypart;

/// What `words` begin with, and how many of them it takes; the inner none: on no calendar.
pub fn spoken(words: &[&str], today: NaiveDate) -> Option<(usize, Option<Part>)> {
    let word = words[0];
    if let Some(part) = one(word, today) {
        return Some((1, part));
    }
    match words {
        ["next" | "this" | "last", what, ..] => turn(word, what, today).map(|part| (2, part)),
        ["end" | "start" | "beginning" | "mid", ..] => edge(words, today),
        ["day", "after", "tomorrow", ..] => Some((3, plus_days(today, 2).map(Part::Day))),
        ["day", "before", "yesterday", ..] => Some((3, plus_days(today, -2).map(Part::Day))),
        ["in", "the", part, ..] => Daypart::read(part).map(|part| (3, Some(Part::Daypart(part)))),
        _ => weekday(word).map(|day| (1, next_weekday(today, day).map(|date| Part::Weekday(day, date)))),
    }
}

/// One word: `today`, `tonight`, `eom`.
fn one(word: &str, today: NaiveDate) -> Option<Option<Part>> {
    let day = |days| plus_days(today, days).map(Part::Day);
    Some(match word {
        "today" => day(0),
        "tomorrow" | "tmrw" | "tmr" => day(1),
        "yesterday" => day(-1),
        "tonight" => Some(Part::DayAnd(today, Daypart::Night)),
        "weekend" => next_weekday(today, Weekday::Sat).map(Part::Day),
        "eow" => last_day("week", 0, today).map(Part::Day),
        "eom" => last_day("month", 0, today).map(Part::Day),
        "eoq" => last_day("quarter", 0, today).map(Part::Day),
        "eoy" => last_day("year", 0, today).map(Part::Day),
        _ => return Daypart::read(word).map(|part| Some(Part::Daypart(part))),
    })
}

/// `next tue`, `last month`, `this morning`.
fn turn(which: &str, what: &str, today: NaiveDate) -> Option<Option<Part>> {
    let step = step(which);
    if let Some(weekday) = weekday(what) {
        let date = if step < 0 {
            last_weekday(today, weekday)
        } else {
            monday(today, step.into()).and_then(|monday| plus_days(monday, index(weekday)))
        };
        return Some(date.map(Part::Day));
    }
    if let Some(part) = Daypart::read(what) {
        return (step == 0).then_some(Some(Part::DayAnd(today, part)));
    }
    if matches!(what, "weekend") {
        return Some(monday(today, step.into()).and_then(|monday| plus_days(monday, 5)).map(Part::Day));
    }
    if matches!(what, "workday") && step > 0 {
        return Some(work_day(today).map(Part::Day));
    }
    let part = match what {
        "week" => Stretch::week(monday(today, step.into())),
        "month" => Stretch::month(first_of_month(today, step)),
        "quarter" => Stretch::quarter(first_of_quarter(today, step)),
        "year" => Stretch::year(NaiveDate::from_ymd_opt(today.year() + step, 1, 1)),
        _ => return None,
    };
    Some(match part {
        // which of its days is meant is not said
        Some(Part::Stretch(stretch)) if step == 0 => Some(Part::Stretch(stretch.never_alone())),
        part => part,
    })
}

/// `end of month`, `end of next week`, `start of q1`, `mid dec`.
fn edge(words: &[&str], today: NaiveDate) -> Option<(usize, Option<Part>)> {
    let mut at = 1;
    let mut skip = |word: &str| {
        let there = words.get(at) == Some(&word);
        at += usize::from(there);
        there
    };
    skip("of");
    let step = if skip("next") {
        1
    } else if skip("last") {
        -1
    } else {
        let _ = skip("the") || skip("this");
        0
    };
    let rest = words.get(at..).filter(|rest| !rest.is_empty())?;
    let (which, what) = (words[0], rest[0]);
    if what == "day" && step == 0 && which == "end" {
        return super::time::time(&["eod"], Default::default()).map(|(_, time)| (at + 1, Some(Part::Time(time))));
    }
    if let Some((count, days)) = stretch(rest, today).filter(|_| step == 0) {
        let day = days.and_then(|(first, end)| match which {
            "end" => end.pred_opt(),
            "mid" => plus_days(first, 14),
            _ => Some(first),
        });
        return Some((at + count, day.map(Part::Day)));
    }
    let day = match which {
        "end" => last_day(what, step, today),
        "mid" if what == "month" => first_of_month(today, step).and_then(|first| plus_days(first, 14)),
        "mid" if what == "week" => monday(today, step.into()).and_then(|monday| plus_days(monday, 2)),
        "mid" => return None,
        _ => first_day(what, step, today),
    };
    matches!(what, "week" | "month" | "quarter" | "year").then_some((at + 1, day.map(Part::Day)))
}

fn step(which: &str) -> i32 {
    match which {
        "next" => 1,
        "last" => -1,
        _ => 0,
    }
}

fn first_day(what: &str, step: i32, today: NaiveDate) -> Option<NaiveDate> {
    match what {
        "week" => monday(today, step.into()),
        "month" => first_of_month(today, step),
        "quarter" => first_of_quarter(today, step),
        "year" => NaiveDate::from_ymd_opt(today.year() + step, 1, 1),
        _ => None,
    }
}

/// The last day of a week of work, a month, a quarter or a year. On a weekend the week that ends is the next one.
fn last_day(what: &str, step: i32, today: NaiveDate) -> Option<NaiveDate> {
    if what == "week" {
        let friday = (4 - index(today.weekday())).rem_euclid(7);
        return plus_days(today, friday + 7 * i64::from(step));
    }
    first_day(what, step + 1, today)?.pred_opt()
}

/// The next day from Monday to Friday after today.
fn work_day(today: NaiveDate) -> Option<NaiveDate> {
    (1..=3).filter_map(|days| plus_days(today, days)).find(|date| index(date.weekday()) < 5)
}
