//! How much working time lies between two moments. Reads no clock.

use chrono::{Datelike, NaiveDateTime, Timelike};

use crate::model::people::Hours;
use crate::model::zone::Zone;

const MINUTE: i64 = 60_000_000;
const DAY: i64 = 86_400_000_000;

/// The working time between two moments, in µs; none where the second comes first.
pub fn worked(hours: &Hours, from: i64, to: i64, zone: Zone) -> i64 {
    if to <= from {
        return 0;
    }
    until(hours, zone.local(to)).saturating_sub(until(hours, zone.local(from))).max(0)
}

/// The working time from a Monday long ago up to a moment.
fn until(hours: &Hours, at: NaiveDateTime) -> i64 {
    let day = (hours.to - hours.from).max(0) * MINUTE;
    let monday = i64::from(at.num_days_from_ce()) - 1;
    let (week, today) = (monday.div_euclid(7), monday.rem_euclid(7));
    let count = |days: &[bool]| days.iter().filter(|works| **works).count() as i64;
    let today = usize::try_from(today).unwrap_or_default();
    let time = i64::from(at.num_seconds_from_midnight()) * 1_000_000 + i64::from(at.nanosecond() / 1_000) % 1_000_000;
    let done = if hours.days[today] { (time.min(DAY) - hours.from * MINUTE).clamp(0, day) } else { 0 };
    (week * count(&hours.days) + count(&hours.days[..today])) * day + done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_working_hours_count() {
        let at = |text: &str| text.parse::<NaiveDateTime>().expect("a moment").and_utc().timestamp_micros();
        let hours = Hours::default();
        // 2026-11-23 is a Monday
        for (from, to, minutes) in [
            ("2026-11-23T09:00:00", "2026-11-23T09:30:00", 30),
            ("2026-11-23T08:00:00", "2026-11-23T09:30:00", 30),
            ("2026-11-23T16:30:00", "2026-11-24T09:30:00", 60),
            ("2026-11-27T16:00:00", "2026-11-30T10:00:00", 120),
            ("2026-11-28T10:00:00", "2026-11-29T10:00:00", 0),
            ("2026-11-23T00:00:00", "2026-11-30T00:00:00", 5 * 480),
            ("2026-11-23T12:00:00", "2026-11-23T11:00:00", 0),
        ] {
            assert_eq!(worked(&hours, at(from), at(to), Zone::Utc), minutes * MINUTE, "{from} {to}");
        }
    }
}
