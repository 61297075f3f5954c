//! A step that is planned in one line: `send the price list fri 9am`, `demo @ Main Street tue 15:00 for 45m`. Knows no record.

use super::dates::{When, meant_as_date, no_such_day, parse_in_text, stretch};
use super::locale::Locale;
use super::zone::Zone;

/// The most words at the end that are tried as a day and a time.
const LONGEST: usize = 8;

/// What was understood of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What is to be done; empty where only a time was given.
    pub subject: String,
    /// The day and the time, where the line ends in one.
    pub when: Option<When>,
    /// Where, after ` @ `.
    pub place: String,
    /// For how many minutes, after ` for `.
    pub minutes: Option<i64>,
    /// The last word, where it has the form of a day or a time and is none: `31.11.`.
    pub mistaken: Option<String>,
}

impl Plan {
    /// When it is, in µs UTC.
    pub fn at(&self, zone: Zone) -> Option<i64> {
        self.when.map(|when| when.instant(zone))
    }
}

/// Reads a line: a text, a place after ` @ `, a day or time at its end, a length after ` for `. All may be missing; what is no time stays
/// text, so nothing that was typed is lost.
pub fn parse(text: &str, now: i64, zone: Zone, locale: &Locale) -> Plan {
    let begin;
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let mut plan = Plan::default();
    if let [.., before, length] = words.as_slice()
        && before.eq_ignore_ascii_case("for")
        && let Some(minutes) = minutes(length)
    {
        plan.minutes = Some(minutes);
        words.truncate(words.len() - 2);
    }
    // from 10:00 to 11:30, also with blanks around the dash
    let apart = match words.as_slice() {
        [.., from, dash, to] if ["-", "–", "to", "until"].contains(dash) => Some(format!("{from}-{to}")),
        _ => None,
    };
    if let Some((from, minutes)) = apart.as_deref().or(words.last().copied()).and_then(stretch) {
        words.truncate(words.len() - if apart.is_some() { 3 } else { 1 });
        plan.minutes = Some(minutes);
        begin = from.to_owned();
        words.push(&begin);
    }
    let first = words.len().saturating_sub(LONGEST);
    plan.mistaken = no_such_day(&words[first..], now, zone, locale);
    for start in first..words.len() {
        // “on Friday” and “at 9” belong to the time
        if let Some(when) = parse_in_text(&words[start..].join(" "), now, zone, locale) {
            plan.when = Some(when);
            words.truncate(start);
            if words.last().is_some_and(|word| ["on", "at", "by", "until"].iter().any(|small| word.eq_ignore_ascii_case(small))) {
                words.pop();
            }
            break;
        }
    }
    if plan.when.is_none() && plan.mistaken.is_none() {
        plan.mistaken = words.last().and_then(|word| meant_as_date(word)).map(str::to_owned);
    }
    match words.iter().position(|word| *word == "@") {
        Some(place) => {
            plan.place = words[place + 1..].join(" ");
            plan.subject = words[..place].join(" ");
        }
        None => plan.subject = words.join(" "),
    }
    plan
}

/// `45m`, `45min`, `1h`, `1.5h`, `1h30` in minutes.
pub fn minutes(text: &str) -> Option<i64> {
    let text = text.to_ascii_lowercase();
    let whole = |digits: &str| digits.parse::<i64>().ok().filter(|n| (1..=10_000).contains(n));
    if let Some(digits) = ["minutes", "mins", "min", "m"].iter().find_map(|unit| text.strip_suffix(unit))
        && !digits.contains('h')
    {
        return whole(digits);
    }
    let (hours, rest) = text.split_once('h')?;
    let rest = rest.strip_prefix("ours").or_else(|| rest.strip_prefix("our")).unwrap_or(rest);
    let rest = rest.strip_suffix("min").or_else(|| rest.strip_suffix('m')).unwrap_or(rest);
    let hours = match hours.split_once(['.', ',']) {
        Some((whole_hours, "5")) => whole_hours.parse::<i64>().ok()?.checked_mul(60)?.checked_add(30)?,
        Some(_) => return None,
        None => hours.parse::<i64>().ok()?.checked_mul(60)?,
    };
    let more = if rest.is_empty() { 0 } else { whole(rest).filter(|n| *n < 60)? };
    Some(hours + more).filter(|n| (1..=10_000).contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::dates::show_planned;

    /// Monday 23 November 2026, 11:30 UTC.
    const NOW: i64 = 1_795_433_400_000_000;

    fn read(text: &str) -> (String, String, String, Option<i64>) {
        let plan = parse(text, NOW, Zone::Utc, &Locale::of("DE"));
        let at = plan.at(Zone::Utc).map(|at| show_planned(at, NOW, Zone::Utc)).unwrap_or_default();
        (plan.subject, at, plan.place, plan.minutes)
    }

    #[test]
    fn a_last_word_that_is_meant_as_a_date_and_is_none_is_named() {
        for (text, mistaken) in [
            ("send prices 31.11.", Some("31.11.")),
            ("send prices 13/45", Some("13/45")),
            ("lunch 25:00", Some("25:00")),
            ("demo 2026-02-30 for 45m", Some("2026-02-30")),
            ("send 31.11.2026", Some("31.11.2026")),
            ("call 29 feb 2027", Some("29 feb 2027")),
            ("meet on 31 feb", Some("31 feb")),
            ("meet 31.11. 10:00", Some("31.11.")),
            ("call 28 feb 2027", None),
            ("send prices 30.11.", None),
            ("pay 3.50", None),
            ("call 555-0100", None),
            ("ask for room 25:00 please", None),
            ("install 1.2.333", None),
            ("ask for 3", None),
        ] {
            let plan = parse(text, NOW, Zone::Utc, &Locale::of("DE"));
            assert_eq!(plan.mistaken.as_deref(), mistaken, "{text}");
        }
    }

    #[test]
    fn a_line_is_a_text_a_place_a_time_and_a_length() {
        for (text, subject, at, place, minutes) in [
            ("", "", "", "", None),
            ("tomorrow", "", "Tue 24 Nov", "", None),
            ("send the price list fri 9am", "send the price list", "Fri 27 Nov 09:00", "", None),
            ("send the price list on Friday at 9:00", "send the price list", "Fri 27 Nov 09:00", "", None),
            ("demo @ Main Street tue 15:00 for 45m", "demo", "Tue 24 Nov 15:00", "Main Street", Some(45)),
            ("demo tue 15:00 for 1h30", "demo", "Tue 24 Nov 15:00", "", Some(90)),
            ("review fri 10:00-11:30", "review", "Fri 27 Nov 10:00", "", Some(90)),
            ("review fri 10:00 - 11:30", "review", "Fri 27 Nov 10:00", "", Some(90)),
            ("ask for 3 printers", "ask for 3 printers", "", "", None),
            ("call Ann +3d", "call Ann", "Thu 26 Nov", "", None),
            ("call May", "call May", "", "", None),
            ("call Tom", "call Tom", "", "", None),
            ("have lunch", "have lunch", "", "", None),
            ("rent the hall 3 days", "rent the hall 3 days", "", "", None),
            ("send the numbers of q1", "send the numbers of q1", "", "", None),
            ("call Ann in 3 days", "call Ann", "Thu 26 Nov", "", None),
            ("call Ann tomorrow morning", "call Ann", "Tue 24 Nov 09:00", "", None),
            ("wait for it", "wait for it", "", "", None),
        ] {
            let wanted = (subject.to_owned(), at.to_owned(), place.to_owned(), minutes);
            assert_eq!(read(text), wanted, "{text}");
        }
    }

    #[test]
    fn lengths_are_read() {
        for (text, length) in [
            ("45m", Some(45)),
            ("1h", Some(60)),
            ("1.5h", Some(90)),
            ("2hours", Some(120)),
            ("1h75", None),
            ("h", None),
            ("0m", None),
            ("x", None),
        ] {
            assert_eq!(minutes(text), length, "{text}");
        }
    }
}
