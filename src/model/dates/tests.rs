//! Table: dates as people write them, and what is read. All of them on Monday 23 November 2026 at 11:30 unless said otherwise.

use chrono::{NaiveDate, NaiveDateTime};
use proptest::prelude::*;

use super::*;
use crate::model::locale::Locale;
use crate::model::zone::{self, Zone};

const NOW: &str = "2026-11-23T11:30:20";

fn today() -> NaiveDate {
    local(NOW).date()
}

fn local(text: &str) -> NaiveDateTime {
    text.parse().expect("a date and time")
}

/// What `text` is read as in a country, at a moment on the clock of UTC.
fn read_at(now: &str, text: &str, country: &str) -> String {
    match parse_when(text, Zone::Utc.instant(local(now)), Zone::Utc, &Locale::of(country)) {
        Ok(When { date, time: None, offset: None }) => date.to_string(),
        Ok(When { date, time: Some(time), offset: None | Some(0) }) => format!("{date} {}", time.format("%H:%M")),
        Ok(When { date, time, offset }) => format!("{date} {time:?} {offset:?}"),
        Err(error) => format!("{error:?}"),
    }
}

fn check(country: &str, table: &[(&str, &str)]) -> usize {
    let wrong: Vec<String> = table
        .iter()
        .map(|(text, meant)| (text, meant, read_at(NOW, text, country)))
        .filter(|(_, meant, read)| *meant != read)
        .map(|(text, meant, read)| format!("{text}: {read}, not {meant}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    table.len()
}

/// What four libraries read wrongly or not at all.
#[rustfmt::skip]
const OFTEN_WRONG: &[(&str, &str)] = &[
    ("tomorrow 3pm", "2026-11-24 15:00"),
    ("tomorrow at 3pm", "2026-11-24 15:00"),
    ("3pm tomorrow", "2026-11-24 15:00"),
    ("in 2 days", "2026-11-25"),
    ("in 3 weeks", "2026-12-14"),
    ("next week", "2026-11-30"),
    ("next friday", "2026-12-04"),
    ("last monday", "2026-11-16"),
    ("12 Dec 2026 9am", "2026-12-12 09:00"),
    ("+3d", "2026-11-26"),
    ("noon", "2026-11-23 12:00"),
    ("tonight", "2026-11-23 20:00"),
    ("end of month", "2026-11-30"),
    ("eod", "2026-11-23 17:00"),
    ("monday morning", "2026-11-30 09:00"),
    ("3d", "2026-11-26"),
    ("2w", "2026-12-07"),
    ("2h", "2026-11-23 13:30"),
    ("2 days ago", "2026-11-21"),
    ("friday 8pm", "2026-11-27 20:00"),
    ("2026-12-01 15:00", "2026-12-01 15:00"),
    ("1 dec", "2026-12-01"),
];

#[rustfmt::skip]
const SPOKEN: &[(&str, &str)] = &[
    ("today", "2026-11-23"),
    ("Tomorrow 15:00", "2026-11-24 15:00"),
    ("tomorrow, 15:00", "2026-11-24 15:00"),
    ("yesterday", "2026-11-22"),
    ("the day after tomorrow", "2026-11-25"),
    ("day after tomorrow 9am", "2026-11-25 09:00"),
    ("the day before yesterday", "2026-11-21"),
    ("fri", "2026-11-27"),
    ("fri.", "2026-11-27"),
    ("tue 9am", "2026-11-24 09:00"),
    ("mon", "2026-11-30"),
    ("mon 9", "2026-11-30 09:00"),
    ("thu 9", "2026-11-26 09:00"),
    ("Thursday", "2026-11-26"),
    ("this mon", "2026-11-23"),
    ("next mon", "2026-11-30"),
    ("next tue 9am", "2026-12-01 09:00"),
    ("next sunday 9:30 pm", "2026-12-06 21:30"),
    ("tue next week", "2026-12-01"),
    ("next week tue 9", "2026-12-01 09:00"),
    ("fri this week", "2026-11-27"),
    ("last mon", "2026-11-16"),
    ("last fri", "2026-11-20"),
    ("fri 27 nov", "2026-11-27"),
    ("Tue, 24 Nov 2026 15:00:00 +0000", "2026-11-24 15:00"),
    ("mon week", "2026-12-07"),
    ("tomorrow week", "2026-12-01"),
    ("a week tomorrow", "2026-12-01"),
    ("a week from fri", "2026-12-04"),
    ("2 days after 12 dec", "2026-12-14"),
    ("3 days before 12 dec", "2026-12-09"),
    ("this weekend", "2026-11-28"),
    ("next workday", "2026-11-24"),
    ("next month", "2026-12-01"),
    ("last-month", "2026-10-01"),
    ("next quarter", "2027-01-01"),
    ("next year", "2027-01-01"),
    ("the 12th", "2026-12-12"),
    ("25th 9am", "2026-11-25 09:00"),
    ("the 31st", "2026-12-31"),
    ("3rd of next month", "2026-12-03"),
    ("eow", "2026-11-27"),
    ("eom", "2026-11-30"),
    ("eoq", "2026-12-31"),
    ("eoy", "2026-12-31"),
    ("end of next week", "2026-12-04"),
    ("end of the month", "2026-11-30"),
    ("end-of-quarter", "2026-12-31"),
    ("end of dec", "2026-12-31"),
    ("end of q1 2027", "2027-03-31"),
    ("start of next month", "2026-12-01"),
    ("mid december", "2026-12-15"),
    ("end of day", "2026-11-23 17:00"),
    ("now", "2026-11-23 11:30"),
];

#[rustfmt::skip]
const LENGTHS: &[(&str, &str)] = &[
    ("-2w", "2026-11-09"),
    ("+1m", "2026-12-23"),
    ("+30m", "2026-11-23 12:00"),
    ("in 12 m", "2027-11-23"),
    ("+2 weeks", "2026-12-07"),
    ("+2w fri", "2026-12-11"),
    ("fri in 2 weeks", "2026-12-11"),
    ("+2h", "2026-11-23 13:30"),
    ("+90min", "2026-11-23 13:00"),
    ("in 30 min", "2026-11-23 12:00"),
    ("in 45 mins", "2026-11-23 12:15"),
    ("in an hour", "2026-11-23 12:30"),
    ("in half an hour", "2026-11-23 12:00"),
    ("in 1.5 hours", "2026-11-23 13:00"),
    ("1h30", "2026-11-23 13:00"),
    ("+1h30m", "2026-11-23 13:00"),
    ("in 2 hours and 15 minutes", "2026-11-23 13:45"),
    ("in 2 weeks", "2026-12-07"),
    ("in a fortnight", "2026-12-07"),
    ("in two weeks 9am", "2026-12-07 09:00"),
    ("in 2 weeks 15h", "2026-12-07 15:00"),
    ("2 days from now", "2026-11-25"),
    ("30 min", "2026-11-23 12:00"),
    ("in 3 months", "2027-02-23"),
    ("3 days ago", "2026-11-20"),
    ("15h ago", "2026-11-22 20:30"),
    ("a year ago", "2025-11-23"),
];

#[rustfmt::skip]
const WRITTEN: &[(&str, &str)] = &[
    ("12 Dec", "2026-12-12"),
    ("1st dec", "2026-12-01"),
    ("1st of December", "2026-12-01"),
    ("12th dec, 2027", "2027-12-12"),
    ("12 Dec '27", "2027-12-12"),
    ("Dec 12", "2026-12-12"),
    ("Dec. 12th", "2026-12-12"),
    ("dec 12 2027 at 3pm", "2027-12-12 15:00"),
    ("December 12, 2027 noon", "2027-12-12 12:00"),
    ("12-Dec-2026", "2026-12-12"),
    ("5 Jan", "2027-01-05"),
    ("1 Jul", "2026-07-01"),
    ("29 feb", "2028-02-29"),
    ("in December", "2026-12-01"),
    ("dec 2027", "2027-12-01"),
    ("2027-03", "2027-03-01"),
    ("03/2027", "2027-03-01"),
    ("q1", "2027-01-01"),
    ("2027-q2", "2027-04-01"),
    ("kw 50", "2026-12-07"),
    ("tue kw50", "2026-12-08"),
    ("week 3 2027", "2027-01-18"),
    ("2026-W50-2", "2026-12-08"),
    ("12.12.", "2026-12-12"),
    ("12.12", "2026-12-12"),
    ("12.12. 15.30", "2026-12-12 15:30"),
    ("12.12.2026", "2026-12-12"),
    ("12.12.26", "2026-12-12"),
    ("2026-12-01", "2026-12-01"),
    ("2026.12.01", "2026-12-01"),
    ("20261201", "2026-12-01"),
    ("2026/12/01 8:05", "2026-12-01 08:05"),
    ("2026-12-01T08:05:00Z", "2026-12-01 08:05"),
    ("20261201T080500Z", "2026-12-01 08:05"),
    ("2026-12-01 08:05 UTC", "2026-12-01 08:05"),
    ("2026-12-01t08:05:00.250+02:00", "2026-12-01 Some(08:05:00.250) Some(7200)"),
    ("2026-12-01 08:05 +0200", "2026-12-01 Some(08:05:00) Some(7200)"),
];

#[rustfmt::skip]
const TIMES: &[(&str, &str)] = &[
    ("15:00", "2026-11-23 15:00"),
    ("9:30", "2026-11-24 09:30"),
    ("9am", "2026-11-24 09:00"),
    ("3p", "2026-11-23 15:00"),
    ("15h", "2026-11-23 15:00"),
    ("15h30", "2026-11-23 15:30"),
    ("15 h", "2026-11-23 15:00"),
    ("15.30", "2026-11-23 15:30"),
    ("tomorrow 10.12", "2026-11-24 10:12"),
    ("tomorrow 9.30 pm", "2026-11-24 21:30"),
    ("tomorrow 1500h", "2026-11-24 15:00"),
    ("tomorrow at 1500", "2026-11-24 15:00"),
    ("9 o'clock", "2026-11-24 09:00"),
    ("15 Uhr", "2026-11-23 15:00"),
    ("half past 9", "2026-11-24 09:30"),
    ("quarter to 4 in the afternoon", "2026-11-23 15:45"),
    ("at 9", "2026-11-24 09:00"),
    ("@15:00", "2026-11-23 15:00"),
    ("at 9 pm", "2026-11-23 21:00"),
    ("at 9 p.m.", "2026-11-23 21:00"),
    ("on fri at 12am", "2026-11-27 00:00"),
    ("fri 12pm", "2026-11-27 12:00"),
    ("midday", "2026-11-23 12:00"),
    ("midnight", "2026-11-24 00:00"),
    ("fri midnight", "2026-11-28 00:00"),
    ("fri 24:00", "2026-11-28 00:00"),
    ("fri 0:00", "2026-11-27 00:00"),
    ("tomorrow morning", "2026-11-24 09:00"),
    ("tomorrow lunch", "2026-11-24 12:00"),
    ("this morning", "2026-11-23 09:00"),
    ("morning", "2026-11-24 09:00"),
    ("tomorrow afternoon", "2026-11-24 14:00"),
    ("tomorrow afternoon at 3", "2026-11-24 15:00"),
    ("fri 3 in the afternoon", "2026-11-27 15:00"),
    ("tonight at 9", "2026-11-23 21:00"),
    ("fri evening 8pm", "2026-11-27 20:00"),
    ("fri eod", "2026-11-27 17:00"),
    ("eod tomorrow", "2026-11-24 17:00"),
];

/// What is refused, and the word that is named.
#[rustfmt::skip]
const REFUSED: &[(&str, &str)] = &[
    ("", "Missing"),
    ("  ,", "Missing"),
    ("at", "Unknown(\"at\")"),
    ("on", "Unknown(\"on\")"),
    ("Tomorow", "Unknown(\"Tomorow\")"),
    ("tomorrow maybe", "Unknown(\"maybe\")"),
    ("maybe tomorrow", "Unknown(\"maybe\")"),
    ("tomorrow 3pm sharp", "Unknown(\"sharp\")"),
    ("every monday", "Unknown(\"every\")"),
    ("mon-fri", "Unknown(\"mon-fri\")"),
    ("9-10", "Unknown(\"9-10\")"),
    ("next Blue", "Unknown(\"Blue\")"),
    ("in blue", "Unknown(\"blue\")"),
    ("end of blue", "Unknown(\"blue\")"),
    ("next", "Unknown(\"next\")"),
    ("this week", "Unknown(\"this week\")"),
    ("9", "Unknown(\"9\")"),
    ("may", "Unknown(\"may\")"),
    ("tom", "Unknown(\"tom\")"),
    ("2027", "Unknown(\"2027\")"),
    ("12 dec 26", "Unknown(\"26\")"),
    ("12 dec 9", "Unknown(\"9\")"),
    ("+ 3d", "Unknown(\"+\")"),
    ("+3", "Unknown(\"+3\")"),
    ("3 blue", "Unknown(\"3\")"),
    ("today tomorrow", "Twice(\"tomorrow\")"),
    ("9am 10am", "Twice(\"10am\")"),
    ("mon tue", "Twice(\"tue\")"),
    ("tomorrow +3d", "Twice(\"+3d\")"),
    ("+2h 9am", "Twice(\"9am\")"),
    ("tomorrow morning 15:00", "Twice(\"morning\")"),
    ("31/02/2026", "NoSuchDay(\"31/02/2026\")"),
    ("2026-13-01", "NoSuchDay(\"2026-13-01\")"),
    ("30 feb", "NoSuchDay(\"30 feb\")"),
    ("fri 12 jan 2026", "NoSuchDay(\"fri 12 jan 2026\")"),
    ("kw 54 2026", "NoSuchDay(\"kw 54 2026\")"),
    ("31st next month", "2026-12-31"),
    ("mon next month", "NoSuchDay(\"mon next month\")"),
    ("25:00", "Unknown(\"25:00\")"),
    ("13pm", "Unknown(\"13pm\")"),
    ("+999999999d", "NoSuchDay(\"+999999999d\")"),
    ("in 999999999 years", "NoSuchDay(\"in 999999999 years\")"),
    ("-9000y", "NoSuchDay(\"-9000y\")"),
];

#[test]
fn dates_are_read_as_people_write_them() {
    let count: usize = [OFTEN_WRONG, SPOKEN, LENGTHS, WRITTEN, TIMES, REFUSED].into_iter().map(|table| check("DE", table)).sum();
    assert!(count > 200, "{count}");
}

#[test]
fn figures_follow_the_country_where_both_orders_are_days() {
    let american = [
        ("3/4/2027", "2027-03-04"),
        ("3/4", "2027-03-04"),
        ("12/31/2026", "2026-12-31"),
        ("31/12/2026", "2026-12-31"),
        ("3-4-2027", "2027-03-04"),
        ("12/1/26 5pm", "2026-12-01 17:00"),
        ("3.4.2027", "2027-04-03"),
    ];
    let british = [
        ("3/4/2027", "2027-04-03"),
        ("3/4", "2027-04-03"),
        ("12/31/2026", "2026-12-31"),
        ("3-4-2027", "2027-04-03"),
        ("3.4.2027", "2027-04-03"),
    ];
    assert_eq!(check("US", &american) + check("GB", &british), 12);
}

#[test]
fn the_day_and_the_hour_of_reading_matter() {
    for (now, text, meant) in [
        ("2026-11-28T10:00:00", "eow", "2026-12-04"),
        ("2026-11-27T10:00:00", "eow", "2026-11-27"),
        ("2026-11-27T10:00:00", "next workday", "2026-11-30"),
        ("2026-11-23T18:00:00", "eod", "2026-11-24 17:00"),
        ("2026-11-23T23:50:00", "in 20 min", "2026-11-24 00:10"),
        ("2026-12-31T10:00:00", "tomorrow", "2027-01-01"),
        ("2027-01-31T10:00:00", "in a month", "2027-02-28"),
        ("2028-02-29T10:00:00", "in a year", "2029-02-28"),
        ("2026-12-31T10:00:00", "the 31st", "2026-12-31"),
        ("2026-12-30T10:00:00", "kw 1", "2027-01-04"),
        ("2027-01-02T10:00:00", "kw 53", "2026-12-28"),
        ("2026-07-01T10:00:00", "12 dec", "2026-12-12"),
        ("2026-07-01T10:00:00", "1 jan", "2026-01-01"),
        ("2026-07-10T10:00:00", "1 jan", "2027-01-01"),
    ] {
        assert_eq!(read_at(now, text, "DE"), meant, "{text} at {now}");
    }
}

#[test]
fn moments_take_the_zone_unless_they_name_one() {
    let (zone, us) = (Zone::Fixed(3600), Locale::default());
    let instant = |text| parse_instant(text, Zone::Utc.instant(local(NOW)), zone, &us).expect("a moment");
    assert_eq!(instant("2026-11-23"), zone.day_start(20_780));
    assert_eq!(instant("2026-11-23 01:00"), instant("2026-11-23T00:00:00Z"));
    assert_eq!(instant("2026-11-23T05:00+05:00"), instant("2026-11-23T00:00Z"));
    assert_eq!(instant("2026-11-23 05:00 +05:00"), instant("2026-11-23T00:00Z"));
    assert_eq!(parse_date("+2h", today(), &us), Err(DateError::NotADay("+2h".into())));
}

/// Berlin's clock skips from 2 to 3 on 29 March 2026 and shows 2 to 3 twice on 25 October.
#[test]
fn clock_changes_are_kept() {
    let (zone, de) = (Zone::parse("Europe/Berlin").expect("a zone"), Locale::of("DE"));
    for (now, text, meant) in [
        ("2026-03-28T11:00:00Z", "tomorrow 9am", "2026-03-29T07:00:00Z"),
        ("2026-03-28T11:00:00Z", "tomorrow", "2026-03-28T23:00:00Z"),
        ("2026-03-28T11:00:00Z", "tomorrow 2:30", "2026-03-29T01:00:00Z"),
        ("2026-03-29T00:30:00Z", "+2h", "2026-03-29T02:30:00Z"),
        ("2026-03-29T00:30:00Z", "in 30 min", "2026-03-29T01:00:00Z"),
        ("2026-03-28T11:00:00Z", "+1d", "2026-03-28T23:00:00Z"),
        ("2026-10-24T11:00:00Z", "tomorrow 2:30", "2026-10-25T00:30:00Z"),
        ("2026-10-24T11:00:00Z", "tomorrow 3:00", "2026-10-25T02:00:00Z"),
        ("2026-10-24T22:30:00Z", "+2h", "2026-10-25T00:30:00Z"),
        ("2026-10-24T22:30:00Z", "+3h", "2026-10-25T01:30:00Z"),
        ("2026-10-25T00:30:00Z", "in 60 min", "2026-10-25T01:30:00Z"),
        ("2026-10-24T11:00:00Z", "2026-10-25 02:30 +0100", "2026-10-25T01:30:00Z"),
        ("2026-10-24T11:00:00Z", "mon 9", "2026-10-26T08:00:00Z"),
    ] {
        let at = parse_instant(now, 0, Zone::Utc, &de).expect("now");
        assert_eq!(parse_instant(text, at, zone, &de).map(rfc3339_utc), Ok(meant.to_owned()), "{text} at {now}");
    }
}

#[test]
fn the_sentence_names_the_word_and_the_nearest_one() {
    let say = |text| parse_date(text, today(), &Locale::default()).expect_err("no date").to_string();
    assert_eq!(say("Tomorow"), "“Tomorow” is not understood as a date; did you mean tomorrow?");
    assert!(say("blub").starts_with("“blub” is not understood as a date; write it as 2026-11-23"), "{}", say("blub"));
    assert_eq!(say("mon tue"), "“tue” is one day or time too many");
}

proptest! {
    #[test]
    fn any_text_is_safe(text in any::<String>(), micros in any::<i64>()) {
        let _ = parse_instant(&text, micros, Zone::Utc, &Locale::default());
        let _ = parse_period(&text, today(), &Locale::default());
    }

    #[test]
    fn any_words_are_safe(
        words in prop::collection::vec("(next|last|this|in|ago|at|mon|dec|may|[0-9]{1,9}|[-+][0-9]{1,9}[a-z]|[0-9]{1,2}[:/.-][0-9]{1,4}([:/.-][0-9]{0,4})?|week|y|years|eom|pm|noon|a|half|past|to|end|of|the|kw|q[1-4]|h|morning|from|before|and|[0-9]{1,9}h|@|[0-9]{1,2}th|é|\u{ff11})", 0..6),
        micros in any::<i64>(),
    ) {
        let text = words.join(" ");
        for zone in [Zone::Utc, Zone::parse("America/Sao_Paulo").expect("a zone")] {
            let _ = parse_instant(&text, micros, zone, &Locale::of("DE"));
        }
        let _ = parse_period(&text, today(), &Locale::of("DE"));
    }

    /// No word is passed over: what stands behind a date and is no word of one is always named.
    #[test]
    fn a_word_that_says_nothing_is_refused(at in 0usize..400, front in any::<bool>()) {
        let all: Vec<&str> = [OFTEN_WRONG, SPOKEN, LENGTHS, WRITTEN, TIMES].concat().iter().map(|(text, _)| *text).collect();
        let text = all[at % all.len()];
        let text = if front { format!("Xyzzy {text}") } else { format!("{text} Xyzzy") };
        prop_assert_eq!(read_at(NOW, &text, "DE"), "Unknown(\"Xyzzy\")", "{}", text);
    }

    #[test]
    fn every_day_is_read_as_it_is_written(days in -300_000i32..2_000_000) {
        let date = zone::date(days);
        let us = Locale::default();
        for style in ["%Y-%m-%d", "%-d %b %Y", "%b %-d, %Y", "%a %-d %b %Y", "%m/%d/%Y", "%d.%m.%Y", "%Y%m%d", "%G-W%V-%u"] {
            let text = date.format(style).to_string();
            prop_assert_eq!(parse_date(&text, today(), &us), Ok(date), "{}", text);
        }
    }

    #[test]
    fn every_moment_is_read_as_it_is_shown(minutes in 0i64..3_000_000_000, seconds in 0i64..60) {
        let (micros, de) = (minutes * 60_000_000, Locale::of("DE"));
        for zone in [Zone::Utc, Zone::Fixed(-12_600), Zone::parse("Asia/Kolkata").expect("a zone")] {
            let text = show_instant(micros, zone);
            prop_assert_eq!(parse_instant(&text, 0, zone, &de), Ok(zone.instant(zone.local(micros))), "{}", text);
        }
        let exact = micros + seconds * 1_000_000;
        prop_assert_eq!(parse_instant(&rfc3339_utc(exact), 0, Zone::Utc, &de), Ok(exact));
    }

    /// What lists and the line below a date show is read as the same day, as long as it is near.
    #[test]
    fn a_near_day_is_read_as_it_is_shown(ahead in -180i32..180, minute in 0u32..1440, now in 0u32..1440) {
        let (zone, de) = (Zone::parse("Europe/Berlin").expect("a zone"), Locale::of("DE"));
        let day = zone::days(today()) + ahead;
        let this_day = zone::days(today());
        prop_assert_eq!(parse_date(&show_date(day, this_day), today(), &de), Ok(zone::date(day)));
        let at = |day: NaiveDate, minute: u32| zone.instant(day.and_hms_opt(minute / 60, minute % 60, 0).expect("a time"));
        let (now, moment) = (at(today(), now), at(zone::date(day), minute));
        let text = show_moment(moment, now, zone);
        prop_assert_eq!(parse_instant(&text, now, zone, &de), Ok(moment), "{}", text);
    }
}
