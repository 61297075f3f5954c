//! What was found in a text so far, word by word, and the day and time that it makes. Reads no words.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::DateError;
use super::calendar::next_day_of_month;
use super::span::Span;
use super::steps::{first_of_month, first_of_quarter, index, plus_days};
use super::time::{Before, Daypart, Time};
use super::when::When;

/// Which day of a stretch another word may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chooses {
    /// A weekday, in a week.
    Weekday,
    /// A day of a month.
    DayOfMonth,
    /// None can be told.
    Nothing,
}

/// A week, a month, a quarter or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first day.
    pub first: NaiveDate,
    /// The day after its last one.
    pub end: NaiveDate,
    /// The day that is meant where no other word names one; none where that cannot be said.
    alone: Option<NaiveDate>,
    chooses: Chooses,
}

impl Stretch {
    fn new(first: NaiveDate, end: NaiveDate, chooses: Chooses) -> Self {
        Self { first, end, alone: Some(first), chooses }
    }

    /// The week that begins on a Monday.
    pub fn week(monday: Option<NaiveDate>) -> Option<Part> {
        let monday = monday?;
        Some(Part::Stretch(Self::new(monday, plus_days(monday, 7)?, Chooses::Weekday)))
    }

    /// The month that begins on a first day.
    pub fn month(first: Option<NaiveDate>) -> Option<Part> {
        let first = first?;
        Some(Part::Stretch(Self::new(first, first_of_month(first, 1)?, Chooses::DayOfMonth)))
    }

    /// The quarter that begins on a first day.
    pub fn quarter(first: Option<NaiveDate>) -> Option<Part> {
        let first = first?;
        Some(Part::Stretch(Self::new(first, first_of_quarter(first, 1)?, Chooses::Nothing)))
    }

    /// The year that begins on a first day.
    pub fn year(first: Option<NaiveDate>) -> Option<Part> {
        let first = first?;
        Some(Part::Stretch(Self::new(first, NaiveDate::from_ymd_opt(first.year() + 1, 1, 1)?, Chooses::Nothing)))
    }

    /// A day that is counted in weeks: a weekday beside it names a day of the week that it lies in.
    pub fn weeks_on(day: NaiveDate) -> Option<Part> {
        let monday = plus_days(day, -index(day.weekday()))?;
        let week = Self::new(monday, plus_days(monday, 7)?, Chooses::Weekday);
        Some(Part::Stretch(Self { first: day, end: day.succ_opt()?, alone: Some(day), ..week }))
    }

    /// The same, which is no day where no other word names one.
    pub fn never_alone(self) -> Self {
        Self { alone: None, ..self }
    }

    fn weekday(self, weekday: Weekday) -> Option<NaiveDate> {
        let monday = plus_days(self.first, -index(self.first.weekday()))?;
        if self.chooses == Chooses::Weekday { plus_days(monday, index(weekday)) } else { None }
    }

    fn day_of_month(self, day: u32) -> Option<NaiveDate> {
        if self.chooses == Chooses::DayOfMonth { self.first.with_day(day) } else { None }
    }
}

/// What one or more words mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A day as it was written, `12 Dec`.
    Date(NaiveDate),
    /// A day as people speak, `tomorrow`.
    Day(NaiveDate),
    /// A weekday alone, and the day that it means where no other word names one.
    Weekday(Weekday, NaiveDate),
    /// A week, a month, a quarter or a year.
    Stretch(Stretch),
    /// The day of a month.
    DayOfMonth(u32),
    /// A time of day.
    Time(Time),
    /// A part of the day.
    Daypart(Daypart),
    /// A day and a part of it, `tonight`.
    DayAnd(NaiveDate, Daypart),
    /// A day and a time, with the seconds east of UTC where they are known.
    Both(NaiveDate, NaiveTime, Option<i32>),
    /// Seconds east of UTC of the time before.
    Offset(i32),
    /// So long after the day that the other words name.
    Shift(Span),
    /// A word that says nothing of its own, as `on`.
    Nothing,
}

/// What was found so far.
#[derive(Debug, Default)]
pub struct Found {
    day: Option<NaiveDate>,
    spoken: bool,
    weekday: Option<(Weekday, NaiveDate)>,
    stretch: Option<Stretch>,
    day_of_month: Option<u32>,
    time: Option<Time>,
    /// The time came with its day, so that no other word can move it.
    whole: bool,
    daypart: Option<(Daypart, usize)>,
    offset: Option<i32>,
    shift: Option<Span>,
}

/// Puts a value into a place that is empty; false where it is not.
fn fill<T>(place: &mut Option<T>, value: T) -> bool {
    let empty = place.is_none();
    if empty {
        *place = Some(value);
    }
    empty
}

impl Found {
    /// What the words so far say about a time that follows.
    pub fn before(&self) -> Before {
        let day = self.day.is_some() || self.day_of_month.is_some() || self.stretch.is_some();
        let spoken = self.is_spoken() || self.stretch.is_some() || self.daypart.is_some();
        Before { day, spoken: spoken && self.time.is_none() }
    }

    /// Whether a time was found that can have an offset behind it.
    pub fn awaits_offset(&self) -> bool {
        self.time.is_some() && self.offset.is_none()
    }

    /// Whether a day was found as people speak of it, `mon` or `tomorrow`.
    pub fn is_spoken(&self) -> bool {
        self.spoken || self.weekday.is_some()
    }

    /// Adds what the word numbered `at` means; false when it names a second day or time.
    pub fn add(&mut self, part: Part, at: usize) -> bool {
        match part {
            Part::Date(date) => self.is_without_day() && fill(&mut self.day, date),
            Part::Day(date) => {
                self.spoken = true;
                self.is_without_day() && fill(&mut self.day, date)
            }
            Part::Weekday(weekday, date) => fill(&mut self.weekday, (weekday, date)),
            Part::Stretch(stretch) => self.day.is_none() && fill(&mut self.stretch, stretch),
            Part::DayOfMonth(day) => self.day.is_none() && fill(&mut self.day_of_month, day),
            Part::Time(time) => {
                self.offset = self.offset.or(time.offset);
                !self.whole && fill(&mut self.time, time)
            }
            Part::Daypart(part) => !self.whole && fill(&mut self.daypart, (part, at)),
            Part::DayAnd(date, part) => self.add(Part::Day(date), at) && self.add(Part::Daypart(part), at),
            Part::Both(date, time, offset) => {
                self.offset = offset;
                self.whole = true;
                let time = Time { at: time, offset, ends_day: false, bare: false };
                self.is_without_day() && self.daypart.is_none() && fill(&mut self.day, date) && fill(&mut self.time, time)
            }
            Part::Offset(seconds) => fill(&mut self.offset, seconds),
            Part::Shift(span) => fill(&mut self.shift, span),
            Part::Nothing => true,
        }
    }

    fn is_without_day(&self) -> bool {
        self.stretch.is_none() && self.day_of_month.is_none()
    }

    /// The days that a text without a time names: those of a week, month, quarter or year, or one.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let alone = self.weekday.is_none() && self.day_of_month.is_none() && self.shift.is_none();
        self.stretch.filter(|_| alone).map(|stretch| (stretch.first, stretch.end))
    }

    /// The day and the time of it all. `words` are those that it was found in.
    pub fn when(&self, now: NaiveDateTime, words: &[&str]) -> Result<When, DateError> {
        let no_day = || DateError::NoSuchDay(words.join(" "));
        let time = match (self.time, self.daypart) {
            (Some(time), Some((part, at))) => match part.place(time) {
                Some(placed) => Some(Time { at: placed, ..time }),
                None => return Err(DateError::Twice(words.get(at).copied().unwrap_or_default().to_owned())),
            },
            (Some(time), None) => Some(time),
            (None, Some((part, _))) => Some(Time { at: part.time(), offset: None, ends_day: false, bare: false }),
            (None, None) => None,
        };
        let date = match self.date(now.date()) {
            Some(date) => date.ok_or_else(no_day)?,
            None => match time {
                Some(time) if self.shift.is_none() => {
                    let passed = time.at < now.time() && !time.ends_day;
                    plus_days(now.date(), passed.into()).ok_or_else(no_day)?
                }
                _ if self.stretch.is_some() => return Err(DateError::Unknown(words.join(" "))),
                _ => return Err(words.first().map_or(DateError::Missing, |word| DateError::Unknown((*word).to_owned()))),
            },
        };
        let date = self.shift.map_or(Some(date), |shift| shift.from(date));
        let date = date.and_then(|date| plus_days(date, time.is_some_and(|time| time.ends_day).into()));
        let date = date.filter(|date| (1..=9999).contains(&date.year())).ok_or_else(no_day)?;
        Ok(When { date, time: time.map(|time| time.at), offset: self.offset })
    }

    /// The day that was named; the inner none: on no calendar, or two words name different ones.
    fn date(&self, today: NaiveDate) -> Option<Option<NaiveDate>> {
        let is_named = |date: &NaiveDate| self.weekday.is_none_or(|(weekday, _)| weekday == date.weekday());
        if let Some(day) = self.day {
            // "Fri 12 Dec" must be a Friday
            return Some(Some(day).filter(is_named));
        }
        if let Some(day) = self.day_of_month {
            let date = match self.stretch {
                Some(stretch) => stretch.day_of_month(day),
                None => next_day_of_month(day, today),
            };
            return Some(date.filter(is_named));
        }
        match (self.stretch, self.weekday) {
            (Some(stretch), Some((weekday, _))) => Some(stretch.weekday(weekday)),
            (Some(stretch), None) => stretch.alone.map(Some),
            (None, Some((_, date))) => Some(Some(date)),
            (None, None) => None,
        }
    }
}
