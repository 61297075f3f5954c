//! What is read of a date while it is typed: `→ Tue 24 Nov 09:00 (their 03:00!)`, or the word that is not understood. Draws
//! nothing and keeps nothing.

use chrono::NaiveTime;

use crate::model::dates::{DateError, When, parse_when, show_day, show_moment};
use crate::model::locale::Locale;
use crate::model::zone::{Zone, their};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;

/// Who reads, and when; what a date is read with.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The moment, in µs UTC.
    pub now: i64,
    /// How the person writes dates.
    pub locale: &'a Locale,
    /// Where the person's clock stands.
    pub zone: Zone,
    /// The zone of the one whom the date concerns, where it is known.
    pub place: Option<Zone>,
}

/// What there is to say about a date that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Nothing is typed yet.
    Nothing,
    /// It is understood.
    Read {
        /// The line to show, with its arrow.
        line: String,
        /// The day and the time.
        when: When,
        /// The moment, in µs UTC; without a time the begin of the day.
        instant: i64,
    },
    /// It is not.
    Wrong {
        /// A sentence that names the word.
        sentence: String,
        /// The word.
        word: String,
    },
}

impl<'a> Reader<'a> {
    /// Reads as the person at the keyboard does; `place` is the zone of the one whom it concerns.
    pub fn new(env: &'a Env, place: Option<Zone>) -> Self {
        Self { now: env.now(), locale: &env.locale, zone: env.zone, place }
    }

    /// Reads a day with or without a time.
    pub fn read(&self, text: &str) -> Typed {
        match parse_when(text, self.now, self.zone, self.locale) {
            Ok(when) => {
                let instant = when.instant(self.zone);
                Typed::Read { line: format!("→ {}", self.line(&when, instant)), when, instant }
            }
            Err(DateError::Missing) if text.trim().is_empty() => Typed::Nothing,
            Err(error) => Typed::wrong(&error),
        }
    }

    /// Reads a day; a time is a mistake.
    pub fn read_day(&self, text: &str) -> Typed {
        match self.read(text) {
            Typed::Read { when, .. } if when.time.is_some() => Typed::wrong(&DateError::NotADay(text.trim().into())),
            typed => typed,
        }
    }

    /// Reads a day with or without a time; one without is at `usual`, as a task that is due `fri`.
    pub fn read_at(&self, text: &str, usual: NaiveTime) -> Typed {
        match self.read(text) {
            Typed::Read { when, .. } if when.time.is_none() => {
                let when = When { time: Some(usual), ..when };
                let instant = when.instant(self.zone);
                Typed::Read { line: format!("→ {}", self.line(&when, instant)), when, instant }
            }
            typed => typed,
        }
    }

    fn line(&self, when: &When, instant: i64) -> String {
        self.moment(instant, when.time.is_some())
    }

    /// A moment (µs UTC) that was read: its day, and if it has a time of day that too, here and there.
    pub fn moment(&self, instant: i64, timed: bool) -> String {
        if !timed {
            return show_day(self.zone.today(instant), self.zone.today(self.now));
        }
        let own = show_moment(instant, self.now, self.zone);
        match self.place.and_then(|place| their(instant, self.zone, place)) {
            Some(their) => format!("{own} ({their})"),
            None => own,
        }
    }
}

impl Typed {
    fn wrong(error: &DateError) -> Self {
        Self::Wrong { sentence: error.to_string(), word: error.word().to_owned() }
    }

    /// The line and how it looks; none while nothing is typed.
    pub fn said(&self) -> Option<(String, Meaning)> {
        match self {
            Self::Nothing => None,
            Self::Read { line, .. } => Some((line.clone(), Meaning::Message)),
            Self::Wrong { sentence, .. } => Some((format!("! {sentence}"), Meaning::Error)),
        }
    }

    /// The moment, in µs UTC; the error says what is wrong or missing.
    pub fn instant(&self) -> Result<i64, String> {
        match self {
            Self::Nothing => Err(DateError::Missing.to_string()),
            Self::Read { instant, .. } => Ok(*instant),
            Self::Wrong { sentence, .. } => Err(sentence.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::zone::of_place;

    fn reader<'a>(locale: &'a Locale, place: Option<Zone>) -> Reader<'a> {
        let zone = Zone::parse("Europe/Berlin").expect("a zone");
        let now = zone.instant("2026-11-23T11:30:00".parse().expect("a date and time"));
        Reader { now, locale, zone, place }
    }

    fn line(typed: &Typed) -> String {
        typed.said().map(|(line, _)| line).unwrap_or_default()
    }

    #[test]
    fn the_date_is_shown_with_the_hour_there() {
        let locale = Locale::of("DE");
        let york = reader(&locale, of_place("US", "New York"));
        for (text, shown) in [
            ("", ""),
            ("tue 9am", "→ Tue 24 Nov 09:00 (their 03:00!)"),
            ("tue 15:00", "→ Tue 24 Nov 15:00 (their 09:00)"),
            ("tue 3:00", "→ Tue 24 Nov 03:00 (their Mon 23 Nov 21:00!)"),
            ("tue", "→ Tue 24 Nov"),
            ("12 jan 10am", "→ Tue 12 Jan 2027 10:00 (their 04:00!)"),
            ("in 2 hours", "→ Mon 23 Nov 13:30 (their 07:30!)"),
            ("tue 9am sharp", "! “sharp” is not understood as a date; write it as 2026-11-23, 23 Nov, tomorrow, fri 9am or +2w"),
            (",", "! a date is missing"),
        ] {
            assert_eq!(line(&york.read(text)), shown, "{text}");
        }
        assert_eq!(line(&reader(&locale, None).read("tue 9am")), "→ Tue 24 Nov 09:00");
        assert_eq!(line(&reader(&locale, of_place("FR", "")).read("tue 9am")), "→ Tue 24 Nov 09:00");
        assert_eq!(line(&reader(&locale, of_place("FR", "")).read("tue 21:00")), "→ Tue 24 Nov 21:00 (their 21:00!)");
    }

    #[test]
    fn a_day_alone_is_a_day_or_has_the_usual_time() {
        let locale = Locale::of("DE");
        let reader = reader(&locale, None);
        assert_eq!(line(&reader.read_day("tue")), "→ Tue 24 Nov");
        assert_eq!(line(&reader.read_day("tue 9am")), "! “tue 9am” is a time; only a day is needed here");
        let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
        assert_eq!(line(&reader.read_at("tue", nine)), "→ Tue 24 Nov 09:00");
        assert_eq!(line(&reader.read_at("tue 10:00", nine)), "→ Tue 24 Nov 10:00");
        assert_eq!(reader.read("").instant(), Err("a date is missing".to_owned()));
        assert_eq!(reader.read("tue 9am").instant(), Ok(reader.zone.instant("2026-11-24T09:00:00".parse().expect("a date"))));
    }
}
