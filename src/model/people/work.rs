//! How a person works: languages, regions, capacity, hours, absence. Decides nothing about who gets a lead.

use serde::{Deserialize, Serialize};

/// What the rules ask about a user before they give them a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Work {
    /// The languages they speak, as people write them: `de`, `French`.
    pub languages: Vec<String>,
    /// The countries, states or regions they work in, as people write them.
    pub regions: Vec<String>,
    /// How many open leads and opportunities they can hold; `None` for any number. Source: the capacity of a seller.
    pub capacity: Option<i64>,
    /// When they work.
    pub hours: Hours,
    /// When they are away, if they are or will be.
    pub absence: Option<Absence>,
    /// Whether rules may give them leads. Source: the switch *assign records* of a seller.
    pub takes_leads: bool,
}

impl Default for Work {
    fn default() -> Self {
        Self {
            languages: Vec::new(),
            regions: Vec::new(),
            capacity: None,
            hours: Hours::default(),
            absence: None,
            takes_leads: true,
        }
    }
}

/// The hours of a week in which somebody works, in the time zone of the database's reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The days, Monday first.
    pub days: [bool; 7],
    /// Minutes after midnight at which the day begins.
    pub from: i64,
    /// Minutes after midnight at which it ends; more than `from`.
    pub to: i64,
}

impl Default for Hours {
    fn default() -> Self {
        Self { days: [true, true, true, true, true, false, false], from: 9 * 60, to: 17 * 60 }
    }
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Hours {
    /// Reads `mon-fri 9:00-17:00`; the days may also be listed, as `mon,wed,fri`. The error says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{}” are no working hours; write them as mon-fri 9:00-17:00", text.trim());
        let lower = text.trim().to_lowercase();
        let (days, times) = lower.split_once(' ').ok_or_else(wrong)?;
        let day = |name: &str| DAYS.iter().position(|day| name.trim().starts_with(day)).ok_or_else(wrong);
        let mut worked = [false; 7];
        for part in days.split(',') {
            let (first, last) = match part.split_once('-') {
                Some((first, last)) => (day(first)?, day(last)?),
                None => (day(part)?, day(part)?),
            };
            if last < first {
                return Err(wrong());
            }
            worked[first..=last].fill(true);
        }
        let minutes = |time: &str| -> Result<i64, String> {
            let (hour, minute) = time.trim().split_once(':').unwrap_or((time.trim(), "0"));
            let (hour, minute): (i64, i64) = (hour.parse().map_err(|_| wrong())?, minute.parse().map_err(|_| wrong())?);
            if (0..=24).contains(&hour) && (0..60).contains(&minute) && hour * 60 + minute <= 24 * 60 {
                Ok(hour * 60 + minute)
            } else {
                Err(wrong())
            }
        };
        let (from, to) = times.split_once('-').ok_or_else(wrong)?;
        let (from, to) = (minutes(from)?, minutes(to)?);
        if to <= from {
            return Err(format!("the hours “{}” end before they begin", text.trim()));
        }
        Ok(Self { days: worked, from, to })
    }

    /// As [`Self::parse`] reads it back: `mon-fri 9:00-17:00`.
    pub fn show(&self) -> String {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for day in (0..7).filter(|day| self.days[*day]) {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == day => *last = day,
                _ => runs.push((day, day)),
            }
        }
        let days: Vec<String> = runs
            .iter()
            .map(
                |(first, last)| if first == last { DAYS[*first].to_owned() } else { format!("{}-{}", DAYS[*first], DAYS[*last]) },
            )
            .collect();
        let time = |minutes: i64| format!("{}:{:02}", minutes / 60, minutes % 60);
        format!("{} {}-{}", days.join(","), time(self.from), time(self.to))
    }
}

/// The days on which somebody is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    /// The first day, counted from 1970-01-01.
    pub from: i64,
    /// The last day.
    pub until: i64,
    /// The user to whom leads that would be theirs are handed on meanwhile.
    pub deputy: Option<i64>,
}

impl Absence {
    /// Whether they are away on a day.
    pub const fn holds(&self, day: i64) -> bool {
        self.from <= day && day <= self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_back_as_shown() {
        for text in ["mon-fri 9:00-17:00", "mon,wed-thu,sun 8:30-24:00"] {
            assert_eq!(Hours::parse(text).map(|h| h.show()).as_deref(), Ok(text));
        }
        assert_eq!(Hours::parse("Monday-Friday 9-17"), Ok(Hours::default()));
        for wrong in ["", "mon", "fri-mon 9-17", "mon 17-9", "mon 9:75-17", "mon 9-25"] {
            assert!(Hours::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn nothing_said_is_an_ordinary_week() {
        assert_eq!(serde_json::from_str::<Work>("{}").ok(), Some(Work::default()));
    }
}
