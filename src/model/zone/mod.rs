//! Between instants (µs UTC) and what a clock on the wall shows. Asks the system for its zone rules, never for the time.

mod place;
mod there;

use std::fmt;

use chrono::{
    DateTime, Datelike, FixedOffset, Local, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone,
    Timelike,
};
use chrono_tz::{TZ_VARIANTS, Tz};

pub use place::of_place;
pub use there::{is_called_hour, their, there};

/// 1970-01-01 counted from the first day of year 1.
const EPOCH: i32 = 719_163;
/// Instants are kept between the years 1 and 9999, where every calendar function is defined.
const FIRST: i64 = -62_135_596_800_000_000 + 86_400_000_000;
const LAST: i64 = 253_402_300_799_999_999 - 86_400_000_000;

/// The time zone in which a person reads and types times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// The system's, with its changes of the clock.
    System,
    /// Coordinated Universal Time.
    Utc,
    /// Seconds east of UTC, the same all year.
    Fixed(i32),
    /// One of the tz database, as Europe/Berlin, with its changes of the clock.
    Named(Tz),
}

impl Zone {
    /// Reads `local`, `utc`, `Z`, an offset as `+02:00` or a name as `Europe/Berlin`; the error is a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "local" | "system" | "" => Ok(Self::System),
            "utc" | "z" | "gmt" => Ok(Self::Utc),
            other => offset(other).map(Self::Fixed).or_else(|| named(text.trim())).ok_or_else(|| {
                format!("“{}” is no time zone; write local, utc, an offset as +02:00 or a name as Europe/Berlin", text.trim())
            }),
        }
    }

    /// What the clock on the wall shows at `micros` (µs UTC).
    pub fn local(self, micros: i64) -> NaiveDateTime {
        let utc = DateTime::from_timestamp_micros(micros.clamp(FIRST, LAST)).unwrap_or_default().naive_utc();
        match self {
            Self::System => utc + Local.offset_from_utc_datetime(&utc).fix(),
            Self::Utc => utc,
            Self::Fixed(seconds) => utc + TimeDelta::seconds(bounded(seconds).into()),
            Self::Named(tz) => utc + tz.offset_from_utc_datetime(&utc).fix(),
        }
    }

    /// The instant (µs UTC) at which the clock on the wall shows `local`: a time that the clock skips becomes the next one it
    /// shows, of a time that it shows twice the earlier is meant.
    pub fn instant(self, local: NaiveDateTime) -> i64 {
        let local = local.clamp(start(1), start(9999));
        let utc = match self {
            Self::System => resolve(local, |l| Local.offset_from_local_datetime(&l).map(|o| o.fix())),
            Self::Utc => local,
            Self::Fixed(seconds) => local - TimeDelta::seconds(bounded(seconds).into()),
            Self::Named(tz) => resolve(local, |l| tz.offset_from_local_datetime(&l).map(|o| o.fix())),
        };
        utc.and_utc().timestamp_micros()
    }

    /// The day (since 1970-01-01) that the calendar on the wall shows at `micros` (µs UTC).
    pub fn today(self, micros: i64) -> i32 {
        days(self.local(micros).date())
    }

    /// The instant (µs UTC) at which the day begins.
    pub fn day_start(self, days: i32) -> i64 {
        self.instant(date(days).and_time(NaiveTime::MIN))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str("local"),
            Self::Utc => f.write_str("utc"),
            Self::Named(tz) => f.write_str(tz.name()),
            Self::Fixed(seconds) => {
                let minutes = seconds.unsigned_abs() / 60;
                write!(f, "{}{:02}:{:02}", if *seconds < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
            }
        }
    }
}

/// The zone of a name of the tz database, as `Europe/Berlin`, in any case; one word alone, as CET, is none: it would hide which
/// changes of the clock are meant.
fn named(text: &str) -> Option<Zone> {
    if !text.contains('/') {
        return None;
    }
    TZ_VARIANTS.iter().find(|tz| tz.name().eq_ignore_ascii_case(text)).map(|tz| Zone::Named(*tz))
}

/// Days from 1970-01-01 to `date`.
pub fn days(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - EPOCH
}

/// The date `days` after 1970-01-01; beyond what a calendar can hold, its first or last day.
pub fn date(days: i32) -> NaiveDate {
    let bound = if days < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
    days.checked_add(EPOCH).and_then(NaiveDate::from_num_days_from_ce_opt).unwrap_or(bound)
}

/// Seconds east of UTC of `+02:00`, `+0200`, `+2`, `-05:30`.
pub(crate) fn offset(text: &str) -> Option<i32> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(pair) => pair,
        None if rest.len() == 4 && rest.is_ascii() => rest.split_at(2),
        None => (rest, "00"),
    };
    let number =
        |t: &str| if (1..=2).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit()) { t.parse::<i32>().ok() } else { None };
    let (hours, minutes) = (number(hours)?, number(minutes).filter(|_| minutes.len() == 2)?);
    (hours <= 18 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

fn bounded(seconds: i32) -> i32 {
    seconds.clamp(-86_399, 86_399)
}

fn start(year: i32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(year, 1, 2).unwrap_or_default().and_time(NaiveTime::MIN)
}

/// UTC of `local` by the rules in `find`, see [`Zone::instant`].
fn resolve(local: NaiveDateTime, find: impl Fn(NaiveDateTime) -> MappedLocalTime<FixedOffset>) -> NaiveDateTime {
    let utc = |at: NaiveDateTime| find(at).earliest().map(|offset| at - offset);
    if let Some(found) = utc(local) {
        return found;
    }
    // the clock skips this time: no jump is longer than a day, and each ends on a whole second
    let second = local.with_nanosecond(0).unwrap_or(local);
    let later = |seconds: i64| utc(second + TimeDelta::seconds(seconds));
    let step = 15 * 60;
    let Some(mut valid) = (1..=4 * 26).map(|i| i * step).find(|s| later(*s).is_some()) else {
        return local;
    };
    let mut skipped = valid - step;
    while valid - skipped > 1 {
        let middle = (valid + skipped) / 2;
        if later(middle).is_some() { valid = middle } else { skipped = middle }
    }
    later(valid).unwrap_or(local)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().expect("a date and time")
    }

    /// Central European time in the two nights of 2026 in which the clock changes.
    fn berlin(local: NaiveDateTime) -> MappedLocalTime<FixedOffset> {
        let [winter, summer] = [1, 2].map(|h| FixedOffset::east_opt(h * 3600).expect("an offset"));
        if local < at("2026-03-29T02:00:00") || local >= at("2026-10-25T03:00:00") {
            MappedLocalTime::Single(winter)
        } else if local < at("2026-03-29T03:00:00") {
            MappedLocalTime::None
        } else if local < at("2026-10-25T02:00:00") {
            MappedLocalTime::Single(summer)
        } else {
            MappedLocalTime::Ambiguous(summer, winter)
        }
    }

    #[test]
    fn changes_of_the_clock() {
        for (local, utc) in [
            ("2026-03-29T01:59:59", "2026-03-29T00:59:59"),
            ("2026-03-29T02:30:00.5", "2026-03-29T01:00:00"),
            ("2026-03-29T02:00:00", "2026-03-29T01:00:00"),
            ("2026-03-29T03:00:00", "2026-03-29T01:00:00"),
            ("2026-10-25T02:30:00", "2026-10-25T00:30:00"),
            ("2026-10-25T03:00:00", "2026-10-25T02:00:00"),
        ] {
            assert_eq!(resolve(at(local), berlin), at(utc), "{local}");
        }
    }

    #[test]
    fn zones_are_read_and_written() {
        for (text, zone, shown) in [
            ("local", Zone::System, "local"),
            ("UTC", Zone::Utc, "utc"),
            ("+02:00", Zone::Fixed(7200), "+02:00"),
            ("-0530", Zone::Fixed(-19_800), "-05:30"),
            ("+1", Zone::Fixed(3600), "+01:00"),
            ("europe/berlin", Zone::Named(Tz::Europe__Berlin), "Europe/Berlin"),
        ] {
            assert_eq!(Zone::parse(text), Ok(zone));
            assert_eq!(zone.to_string(), shown);
        }
        for wrong in ["Berlin", "CET", "Europe/Bonn", "+99:00", "+1:7", "02:00", "+12345", "+é"] {
            assert!(Zone::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_begin_at_midnight_of_the_zone() {
        let zone = Zone::Fixed(2 * 3600);
        assert_eq!(zone.today(0), 0);
        assert_eq!(zone.today(-3 * 3_600_000_000), -1);
        assert_eq!(zone.day_start(1), 22 * 3_600_000_000);
        assert_eq!(days(NaiveDate::from_ymd_opt(2000, 3, 1).expect("a date")), 11_017);
    }

    proptest! {
        #[test]
        fn any_instant_is_safe(micros in any::<i64>(), day in any::<i32>(), seconds in any::<i32>()) {
            for zone in [Zone::System, Zone::Utc, Zone::Fixed(seconds), Zone::Named(Tz::America__Sao_Paulo)] {
                let _ = (zone.instant(zone.local(micros)), zone.today(micros), zone.day_start(day));
            }
            let near = date(day % 3_000_000);
            prop_assert_eq!(date(days(near)), near);
        }

        #[test]
        fn there_and_back(micros in -4_000_000_000_000_000i64..8_000_000_000_000_000, hours in -12i32..14) {
            for zone in [Zone::Utc, Zone::Fixed(hours * 3600)] {
                prop_assert_eq!(zone.instant(zone.local(micros)), micros);
            }
        }
    }
}
