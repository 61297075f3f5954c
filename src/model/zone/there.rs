//! What the clock shows where somebody else is: `there 09:12`, `(their 03:00!)`. Knows no places.

use chrono::Timelike;

use super::Zone;
use crate::model::dates::show_day;

/// The hours in which people are called, of their own clock.
const HOURS: std::ops::Range<u32> = 8..20;

/// Whether the clock in `zone` shows a time from 8:00 to 19:59 at `micros` (µs UTC).
pub fn is_called_hour(micros: i64, zone: Zone) -> bool {
    HOURS.contains(&zone.local(micros).hour())
}

/// What the clock there shows at a moment (µs UTC): `there 09:12`, with an exclamation mark outside 8 to 20. None where that of
/// `own` shows the same.
pub fn there(now: i64, own: Zone, zone: Zone) -> Option<String> {
    (own.local(now) != zone.local(now)).then(|| format!("there {}", hour(now, zone)))
}

/// What the clock there shows at a moment (µs UTC) that was typed by the clock of `own`: `their 15:00`, `their 03:00!` outside
/// 8 to 20, with the day where it is another. None where both clocks show the same and the hour is one to call at.
pub fn their(micros: i64, own: Zone, zone: Zone) -> Option<String> {
    let (here, away) = (own.local(micros), zone.local(micros));
    if here == away && is_called_hour(micros, zone) {
        return None;
    }
    let (day, today) = (zone.today(micros), own.today(micros));
    let day = if day == today { String::new() } else { format!("{} ", show_day(day, today)) };
    Some(format!("their {day}{}", hour(micros, zone)))
}

fn hour(micros: i64, zone: Zone) -> String {
    let mark = if is_called_hour(micros, zone) { "" } else { "!" };
    format!("{}{mark}", zone.local(micros).format("%H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::zone::of_place;

    #[test]
    fn the_clock_there_is_shown_with_a_warning_at_night() {
        let (berlin, york) = (of_place("DE", "").expect("a zone"), of_place("US", "NY").expect("a zone"));
        let at = |text: &str| Zone::Utc.instant(text.parse().expect("a date and time"));
        assert_eq!(there(at("2026-11-23T14:12:00"), berlin, york).as_deref(), Some("there 09:12"));
        assert_eq!(there(at("2026-11-23T04:12:00"), berlin, york).as_deref(), Some("there 23:12!"));
        assert_eq!(there(at("2026-11-23T04:12:00"), berlin, of_place("FR", "").expect("a zone")), None);
        for (utc, shown) in [
            ("2026-11-24T08:00:00", Some("their 03:00!")),
            ("2026-11-24T13:00:00", Some("their 08:00")),
            ("2026-11-24T12:59:00", Some("their 07:59!")),
            ("2026-11-24T01:00:00", Some("their Mon 23 Nov 20:00!")),
            ("2026-07-24T13:00:00", Some("their 09:00")),
        ] {
            assert_eq!(their(at(utc), berlin, york).as_deref(), shown, "{utc}");
        }
        assert_eq!(their(at("2026-11-24T13:00:00"), berlin, of_place("FR", "").expect("a zone")), None);
        assert_eq!(their(at("2026-11-24T20:00:00"), berlin, berlin).as_deref(), Some("their 21:00!"));
    }
}
