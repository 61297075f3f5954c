//! How dates and moments are shown: one style everywhere, whatever the country. Reads nothing.

use chrono::{DateTime, Datelike, NaiveTime, SecondsFormat, Weekday};

use crate::model::zone::{Zone, date};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A day (since 1970-01-01) seen from `today`: `today`, `Thu` in the six days ahead, `12 Mar` in this year, `12 Mar 2027`.
pub fn show_date(day: i32, today: i32) -> String {
    let shown = date(day);
    match i64::from(day) - i64::from(today) {
        0 => "today".into(),
        1..=6 => weekday(shown.weekday()).into(),
        _ => {
            let short = format!("{} {}", shown.day(), MONTHS[shown.month0() as usize % 12]);
            if shown.year() == date(today).year() { short } else { format!("{short} {}", shown.year()) }
        }
    }
}

/// A day on which something is due: `2 d late` when it has passed, today its time where it has one, else as [`show_date`].
pub fn show_due(day: i32, time: Option<NaiveTime>, today: i32) -> String {
    match (i64::from(day) - i64::from(today), time) {
        (ahead, _) if ahead < 0 => format!("{} d late", -ahead),
        (0, Some(time)) => time.format("%H:%M").to_string(),
        _ => show_date(day, today),
    }
}

/// How long ago `micros` was at `now` (both µs UTC): `now`, `12 min`, `2 h`, `3 d`, `5 w`, `9 mo`, `3 y`; `in 2 h` when it is
/// still to come.
pub fn ago(micros: i64, now: i64) -> String {
    let minutes = (i128::from(now) - i128::from(micros)) / 60_000_000;
    let length = minutes.abs();
    let (count, unit) = match length {
        0 => return "now".into(),
        1..60 => (length, "min"),
        60..1440 => (length / 60, "h"),
        1440..20_160 => (length / 1440, "d"),
        20_160..90_720 => (length / 10_080, "w"),
        90_720..1_051_200 => (length / 43_800, "mo"),
        _ => (length / 525_600, "y"),
    };
    if minutes < 0 { format!("in {count} {unit}") } else { format!("{count} {unit}") }
}

/// A moment (µs UTC) in full: `12 Mar 2027 15:00`.
pub fn show_instant(micros: i64, zone: Zone) -> String {
    let local = zone.local(micros);
    let month = MONTHS[local.month0() as usize % 12];
    format!("{} {month} {} {}", local.day(), local.year(), local.format("%H:%M"))
}

/// A day (since 1970-01-01) with its weekday: `Tue 24 Nov`, in another year than `today` `Tue 12 Jan 2027`.
pub fn show_day(day: i32, today: i32) -> String {
    let shown = date(day);
    let short = format!("{} {} {}", weekday(shown.weekday()), shown.day(), MONTHS[shown.month0() as usize % 12]);
    if shown.year() == date(today).year() { short } else { format!("{short} {}", shown.year()) }
}

/// A moment (µs UTC) as [`show_day`] with its time: `Tue 24 Nov 09:00`.
pub fn show_moment(micros: i64, now: i64, zone: Zone) -> String {
    format!("{} {}", show_day(zone.today(micros), zone.today(now)), zone.local(micros).format("%H:%M"))
}

/// A moment (µs UTC) for machines: `2027-03-12T14:00:00Z`, with a fraction only where there is one.
pub fn rfc3339_utc(micros: i64) -> String {
    let bounded = DateTime::from_timestamp_micros(micros).unwrap_or_else(|| Zone::Utc.local(micros).and_utc());
    bounded.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// A day (since 1970-01-01) for machines: `2027-03-12`.
pub fn iso_date(day: i32) -> String {
    date(day).to_string()
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Mon",
        Weekday::Tue => "Tue",
        Weekday::Wed => "Wed",
        Weekday::Thu => "Thu",
        Weekday::Fri => "Fri",
        Weekday::Sat => "Sat",
        Weekday::Sun => "Sun",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday 23 November 2026.
    const TODAY: i32 = 20_780;

    #[test]
    fn days_seen_from_today() {
        assert_eq!(iso_date(TODAY), "2026-11-23");
        for (ahead, shown) in
            [(0, "today"), (1, "Tue"), (6, "Sun"), (7, "30 Nov"), (-1, "22 Nov"), (-300, "27 Jan"), (109, "12 Mar 2027")]
        {
            assert_eq!(show_date(TODAY + ahead, TODAY), shown);
        }
        let three = NaiveTime::from_hms_opt(15, 0, 0);
        assert_eq!(show_due(TODAY - 2, three, TODAY), "2 d late");
        assert_eq!(show_due(TODAY, three, TODAY), "15:00");
        assert_eq!(show_due(TODAY, None, TODAY), "today");
        assert_eq!(show_due(TODAY + 3, three, TODAY), "Thu");
        let _ = (show_date(i32::MIN, i32::MAX), show_due(i32::MIN, None, i32::MAX), iso_date(i32::MAX));
    }

    #[test]
    fn how_long_ago() {
        let minute = 60_000_000;
        for (minutes, shown) in [
            (0, "now"),
            (12, "12 min"),
            (119, "1 h"),
            (3 * 1440, "3 d"),
            (13 * 1440, "13 d"),
            (35 * 1440, "5 w"),
            (300 * 1440, "9 mo"),
            (1100 * 1440, "3 y"),
            (-125, "in 2 h"),
        ] {
            assert_eq!(ago(-minutes * minute, 0), shown);
        }
        let _ = (ago(i64::MIN, i64::MAX), ago(i64::MAX, i64::MIN));
    }

    #[test]
    fn moments_in_full() {
        assert_eq!(show_instant(1_804_860_000_000_000, Zone::Fixed(3600)), "12 Mar 2027 15:00");
        assert_eq!(rfc3339_utc(1_804_860_000_000_000), "2027-03-12T14:00:00Z");
        assert_eq!(rfc3339_utc(1), "1970-01-01T00:00:00.000001Z");
        let _ = (rfc3339_utc(i64::MIN), show_instant(i64::MAX, Zone::Utc));
    }
}
