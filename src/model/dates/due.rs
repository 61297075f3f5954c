//! When something is to be done, as lists and messages say it, and whether that is past. A moment at which a day begins is that whole
//! day. Reads nothing.

use super::show::{ago, show_date, show_day, show_moment};
use crate::model::zone::Zone;

/// Whether a moment (µs UTC) is a day without a time of day.
pub fn is_whole_day(at: i64, zone: Zone) -> bool {
    zone.day_start(zone.today(at)) == at
}

/// Whether what is due at a moment is late at another, both µs UTC; what is due on a day is late when the day is over.
pub fn is_late(due: i64, now: i64, zone: Zone) -> bool {
    if is_whole_day(due, zone) { zone.today(due) < zone.today(now) } else { due < now }
}

/// When something is due, in a list: `2 d late`, `20 min late`, `15:00` or `today`, `Thu`, `12 Mar 2027`.
pub fn show_next(due: i64, now: i64, zone: Zone) -> String {
    let (day, today) = (zone.today(due), zone.today(now));
    if day < today {
        return match i64::from(today) - i64::from(day) {
            days @ ..100 => format!("{days} d late"),
            days @ ..730 => format!("{} mo late", days / 30),
            days => format!("{} y late", days / 365),
        };
    }
    if day > today {
        return show_date(day, today);
    }
    if is_whole_day(due, zone) {
        return "today".into();
    }
    match (now - due) / 60_000_000 {
        late if late >= 60 => format!("{} h late", late / 60),
        late if late > 0 => format!("{late} min late"),
        _ => zone.local(due).format("%H:%M").to_string(),
    }
}

/// How far off what is planned is, beside a line that says the rest: `15:00` and `today` today, `in 3 d`, `in 2 w`, `2 d` where it is
/// past. A whole day is counted in days.
pub fn until(due: i64, now: i64, zone: Zone) -> String {
    let days = i64::from(zone.today(due)) - i64::from(zone.today(now));
    match days {
        0 if is_whole_day(due, zone) => "today".into(),
        0 if due >= now => zone.local(due).format("%H:%M").to_string(),
        0 => ago(due, now),
        // as many whole days off as the calendar says, however early or late it is now
        _ => ago(now + days * 86_400_000_000, now),
    }
}

/// A moment that is planned: `Tue 24 Nov 09:00`, with the year where it is another; without a time where it is a whole day.
pub fn show_planned(at: i64, now: i64, zone: Zone) -> String {
    if is_whole_day(at, zone) { show_day(zone.today(at), zone.today(now)) } else { show_moment(at, now, zone) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday 23 November 2026, 11:30 UTC.
    const NOW: i64 = 1_795_433_400_000_000;
    const HOUR: i64 = 3_600_000_000;
    const MIDNIGHT: i64 = NOW - 11 * HOUR - HOUR / 2;

    #[test]
    fn a_due_moment_is_said_as_people_say_it() {
        for (due, next, planned, off, late) in [
            (NOW, "11:30", "Mon 23 Nov 11:30", "11:30", false),
            (NOW - HOUR / 3, "20 min late", "Mon 23 Nov 11:10", "20 min", true),
            (NOW - 2 * HOUR, "2 h late", "Mon 23 Nov 09:30", "2 h", true),
            (NOW + 3 * HOUR, "14:30", "Mon 23 Nov 14:30", "14:30", false),
            (MIDNIGHT, "today", "Mon 23 Nov", "today", false),
            (MIDNIGHT - 48 * HOUR, "2 d late", "Sat 21 Nov", "2 d", true),
            (MIDNIGHT - 24 * 120 * HOUR, "4 mo late", "Sun 26 Jul", "3 mo", true),
            (MIDNIGHT - 24 * 1812 * HOUR, "4 y late", "Tue 7 Dec 2021", "4 y", true),
            (MIDNIGHT + 24 * HOUR, "Tue", "Tue 24 Nov", "in 1 d", false),
            (MIDNIGHT + 72 * HOUR, "Thu", "Thu 26 Nov", "in 3 d", false),
            (NOW + 24 * HOUR * 109, "12 Mar 2027", "Fri 12 Mar 2027 11:30", "in 3 mo", false),
        ] {
            assert_eq!(until(due, NOW, Zone::Utc), off);
            assert_eq!(show_next(due, NOW, Zone::Utc), next);
            assert_eq!(show_planned(due, NOW, Zone::Utc), planned);
            assert_eq!(is_late(due, NOW, Zone::Utc), late, "{next}");
        }
    }
}
