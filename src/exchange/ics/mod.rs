//! Calendars as RFC 5545 has them: appointments as VEVENT, tasks and calls as VTODO, for any calendar program. Writes only.
//!
//! ```text
//! begin(out)? → entry(out, &entry, now)? for each → end(out)?
//! ```

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use crate::exchange::fold::write_folded;
use crate::model::zone::{Zone, date, days};

/// The longest line in bytes, its end not counted. Source: RFC 5545 §3.1.
const LONGEST: usize = 75;

/// When an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// From a moment to a later one, both µs UTC; the same twice where no end is known.
    Timed(i64, i64),
    /// Whole days since 1970-01-01: the first and the last one.
    Days(i32, i32),
}

/// What is to be done with an entry, or was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is planned, or to be done.
    Open,
    /// Somebody is at it.
    InProgress,
    /// It took place, or is done.
    Done,
    /// It will not be.
    Canceled,
}

/// An appointment, or something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It takes time in a calendar.
    Event(Span),
    /// It is due at a moment in µs UTC, on a day, or not at all.
    Todo(Option<Due>),
}

/// When something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// At a moment in µs UTC.
    At(i64),
    /// On a day since 1970-01-01.
    On(i32),
}

/// One entry of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The same whenever it is written, so that programs know it again.
    pub uid: String,
    /// The title.
    pub summary: String,
    /// The text below it.
    pub description: String,
    /// Where.
    pub location: String,
    /// What it is, and when.
    pub what: What,
    /// Whether it is done.
    pub status: Status,
    /// Names or e-mail addresses of those who come.
    pub attendees: Vec<String>,
    /// Whether it is urgent.
    pub is_urgent: bool,
    /// When it was made, in µs UTC.
    pub created: Option<i64>,
    /// When it was changed, in µs UTC.
    pub modified: Option<i64>,
    /// When it was done, in µs UTC.
    pub completed: Option<i64>,
}

/// Writes what stands before the first entry.
pub fn begin(out: &mut dyn Write) -> io::Result<()> {
    let mut lines = Lines { out };
    lines.line("BEGIN", "VCALENDAR")?;
    lines.line("VERSION", "2.0")?;
    lines.line("PRODID", "-//leadbook//leadbook//EN")?;
    lines.line("CALSCALE", "GREGORIAN")
}

/// Writes an entry, at a moment in µs UTC.
pub fn entry(out: &mut dyn Write, entry: &Entry, now: i64) -> io::Result<()> {
    Lines { out }.entry(entry, now)
}

/// Writes what stands after the last entry.
pub fn end(out: &mut dyn Write) -> io::Result<()> {
    Lines { out }.line("END", "VCALENDAR")
}

struct Lines<'a> {
    out: &'a mut dyn Write,
}

impl Lines<'_> {
    fn entry(&mut self, entry: &Entry, now: i64) -> io::Result<()> {
        let kind = if matches!(entry.what, What::Event(_)) { "VEVENT" } else { "VTODO" };
        self.line("BEGIN", kind)?;
        self.text("UID", &entry.uid)?;
        self.line("DTSTAMP", &moment(now))?;
        self.moment("CREATED", entry.created)?;
        self.moment("LAST-MODIFIED", entry.modified)?;
        match entry.what {
            What::Event(Span::Timed(from, to)) => {
                self.line("DTSTART", &moment(from))?;
                if to > from {
                    self.line("DTEND", &moment(to))?;
                }
            }
            What::Event(Span::Days(first, last)) => {
                self.line("DTSTART;VALUE=DATE", &day(first))?;
                // the end of an event is the day after its last one
                self.line("DTEND;VALUE=DATE", &day(last.max(first).saturating_add(1)))?;
            }
            What::Todo(Some(Due::At(at))) => self.line("DUE", &moment(at))?,
            What::Todo(Some(Due::On(on))) => self.line("DUE;VALUE=DATE", &day(on))?,
            What::Todo(None) => {}
        }
        self.text("SUMMARY", &entry.summary)?;
        self.text("DESCRIPTION", &entry.description)?;
        self.text("LOCATION", &entry.location)?;
        for attendee in entry.attendees.iter().filter(|attendee| !attendee.trim().is_empty()) {
            self.attendee(attendee.trim())?;
        }
        if entry.is_urgent {
            self.line("PRIORITY", "1")?;
        }
        let status = match (kind, entry.status) {
            (_, Status::Canceled) => "CANCELLED",
            ("VEVENT", _) => "CONFIRMED",
            (_, Status::Open) => "NEEDS-ACTION",
            (_, Status::InProgress) => "IN-PROCESS",
            (_, Status::Done) => "COMPLETED",
        };
        self.line("STATUS", status)?;
        if kind == "VTODO" {
            self.moment("COMPLETED", entry.completed.filter(|_| entry.status == Status::Done))?;
        }
        self.line("END", kind)
    }

    /// Somebody who comes: `Ann Lee <ann@contoso.com>`, an address or a name alone.
    fn attendee(&mut self, text: &str) -> io::Result<()> {
        let (name, address) = match text.split_once('<') {
            Some((name, rest)) => (name.trim(), rest.trim_end_matches('>').trim()),
            None if text.contains('@') && !text.contains(' ') => ("", text),
            None => (text, ""),
        };
        let head = match parameter(name).as_str() {
            "" => "ATTENDEE".to_owned(),
            name => format!("ATTENDEE;CN=\"{name}\""),
        };
        let is_address = address.contains('@') && address.chars().all(|c| c.is_ascii_graphic());
        let value = if is_address { format!("mailto:{address}") } else { "invalid:nomail".to_owned() };
        self.line(&head, &value)
    }

    fn moment(&mut self, name: &str, at: Option<i64>) -> io::Result<()> {
        at.map_or(Ok(()), |at| self.line(name, &moment(at)))
    }

    fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        if text.trim().is_empty() { Ok(()) } else { self.line(name, &escape(text)) }
    }

    fn line(&mut self, name: &str, value: &str) -> io::Result<()> {
        write_folded(self.out, &format!("{name}:{value}"), LONGEST)
    }
}

/// A moment as calendars have it: `20261124T080000Z`.
fn moment(micros: i64) -> String {
    Zone::Utc.local(micros).format("%Y%m%dT%H%M%SZ").to_string()
}

/// A day as calendars have it: `20261124`.
fn day(days: i32) -> String {
    // years beyond four figures are on no calendar
    date(days.clamp(-719_162, 2_932_896)).format("%Y%m%d").to_string()
}

/// Text as a value: marks escaped, line breaks written, control characters left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' => out.push_str("\\n"),
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\t' => out.push('\t'),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Text as the value of a parameter, which no escape can be in.
fn parameter(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && *c != '"').collect()
}

/// The fields of an activity that stand in a calendar.
pub const FIELDS: &[&str] = &[
    "id",
    "name",
    "kind",
    "regarding",
    "phone_number",
    "status",
    "status_reason",
    "due_at",
    "starts_at",
    "all_day",
    "priority",
    "actual_end",
    "location",
    "required_attendees",
    "optional_attendees",
    "description",
    "created_at",
    "modified_at",
];

/// An activity with these fields, as JSON has them: choices as slugs, references as names, moments as RFC 3339, a whole day as
/// 2026-11-24. None where it belongs in no calendar: all appointments do, and what is to be done or had a time; a call that was only
/// logged and a mail that came or went do not.
pub fn of_record(columns: &[String], values: &[Value]) -> Option<Entry> {
    let value = |name: &str| columns.iter().position(|column| column == name).and_then(|at| values.get(at));
    let text = |name: &str| value(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let due = |name: &str| due(&text(name));
    let at = |name: &str| match due(name) {
        Some(Due::At(at)) => Some(at),
        Some(Due::On(day)) => Some(Zone::Utc.day_start(day)),
        None => None,
    };
    let is_appointment = text("kind") == "appointment";
    let is_open = !matches!(text("status").as_str(), "completed" | "canceled");
    let is_planned = due("due_at").or(due("starts_at")).is_some();
    let belongs = match text("kind").as_str() {
        "appointment" => true,
        "email" => is_open && is_planned,
        _ => is_open || is_planned,
    };
    if !belongs {
        return None;
    }
    let is_all_day = value("all_day").and_then(Value::as_bool) == Some(true);
    let what = match (due("starts_at"), due("due_at")) {
        (Some(start), end) if is_appointment => What::Event(span(start, end, is_all_day)),
        (None, Some(end)) if is_appointment => What::Event(span(end, None, is_all_day)),
        (_, end) => What::Todo(end),
    };
    let status = match (text("status").as_str(), text("status_reason").as_str()) {
        ("completed", _) => Status::Done,
        ("canceled", _) => Status::Canceled,
        (_, "in-progress") => Status::InProgress,
        _ => Status::Open,
    };
    let joined =
        |parts: [String; 2], between: &str| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between);
    let phone = if text("kind") == "phone-call" { text("phone_number") } else { String::new() };
    let attendees = format!("{};{}", text("required_attendees"), text("optional_attendees"));
    Some(Entry {
        uid: text("id"),
        summary: joined([text("name"), text("regarding")], " · "),
        description: joined([phone, text("description")], "\n"),
        location: text("location"),
        what,
        status,
        attendees: attendees.split([';', '\n']).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect(),
        is_urgent: text("priority") == "high",
        created: at("created_at"),
        modified: at("modified_at"),
        completed: at("actual_end"),
    })
}

fn due(text: &str) -> Option<Due> {
    if text.len() == 10 {
        return text.parse::<NaiveDate>().ok().map(|day| Due::On(days(day)));
    }
    text.parse::<DateTime<Utc>>().ok().map(|at| Due::At(at.timestamp_micros()))
}

fn span(start: Due, end: Option<Due>, is_all_day: bool) -> Span {
    let on = |due: Due| match due {
        Due::At(at) => Zone::Utc.today(at),
        Due::On(day) => day,
    };
    match (start, end) {
        (Due::At(from), Some(Due::At(to))) if !is_all_day => Span::Timed(from, to),
        (Due::At(from), None) if !is_all_day => Span::Timed(from, from),
        (start, end) => Span::Days(on(start), end.map_or(on(start), on)),
    }
}
