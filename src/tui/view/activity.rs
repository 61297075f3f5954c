//! What the head of an activity says: when it is or was, who takes part, and where. Takes no key.

use crate::model::activity::{APPOINTMENT, EMAIL, KINDS, TASK, is_open};
use crate::model::choice::{OPEN, Set};
use crate::model::clean::clean;
use crate::model::dates::{show_moment, show_planned};
use crate::model::record::Record;
use crate::model::value::Value;
use crate::tui::env::Env;

/// The kind and the time: `Appointment · Fri 4 Dec 15:00–15:30`, `Task · due Fri 4 Dec`, `Email · in · Mon 23 Nov 10:12`.
pub fn time(record: &Record, env: &Env) -> String {
    let registry = &env.catalog.activity;
    let code = |name| record.named(registry, name).as_int();
    let (kind, now, zone) = (code("kind").unwrap_or(TASK), env.now(), env.zone);
    let label = KINDS.iter().find(|(code, _)| *code == kind).map_or("Activity", |(_, label)| *label);
    let mut parts = vec![label.to_owned()];
    let open = is_open(code("status").unwrap_or(OPEN));
    if let Some(direction) = code("direction").filter(|_| !open) {
        parts.push(env.catalog.choices.label(Set::Direction, direction).to_lowercase());
    }
    let (start, due) = (code("starts_at"), code("due_at"));
    let done = code("actual_end").or(code("sent_at")).or(code("closed_at")).filter(|_| !open);
    parts.extend(match (kind, start, due, done) {
        (APPOINTMENT, Some(start), Some(end), _) if zone.today(start) == zone.today(end) => {
            Some(format!("{}–{}", show_moment(start, now, zone), zone.local(end).format("%H:%M")))
        }
        (APPOINTMENT, Some(start), Some(end), _) => {
            Some(format!("{} – {}", show_moment(start, now, zone), show_moment(end, now, zone)))
        }
        (APPOINTMENT, Some(start), None, _) => Some(show_moment(start, now, zone)),
        (_, _, _, Some(done)) => Some(show_moment(done, now, zone)),
        (_, _, Some(due), None) => Some(format!("due {}", show_planned(due, now, zone))),
        (_, Some(start), None, None) => Some(format!("from {}", show_planned(start, now, zone))),
        _ if open => Some("no time".to_owned()),
        _ => None,
    });
    if let Some(outcome) = code("outcome") {
        parts.push(env.catalog.choices.label(Set::Outcome, outcome));
    }
    clean(&parts.join(" · ")).into_owned()
}

/// Whom it is about and who takes part: `Ann Lee L-7 · from ann@contoso.example to bo@ours.example`.
pub fn people(record: &Record, env: &Env) -> String {
    let registry = &env.catalog.activity;
    let mut parts = Vec::new();
    if let Value::Record(about) = record.named(registry, "regarding") {
        parts.push(format!("{} {}", about.name, about.key).trim().to_owned());
    }
    let text = |name| record.text(registry, name);
    let kind = record.named(registry, "kind").as_int();
    let names: &[(&'static str, &str)] = match kind {
        Some(EMAIL) => &[("sender", "from "), ("recipients", "to "), ("copies", "cc ")],
        Some(APPOINTMENT) => &[("location", ""), ("required_attendees", "with "), ("optional_attendees", "and maybe ")],
        _ => &[("phone_number", ""), ("fax_number", ""), ("address", ""), ("location", "")],
    };
    let told = names.iter().filter(|(name, _)| !text(name).is_empty()).map(|(name, word)| format!("{word}{}", text(name)));
    parts.extend(told);
    let forced = text("override_note");
    if !forced.is_empty() {
        parts.push(format!("in spite of “{forced}”"));
    }
    clean(&parts.join(" · ")).into_owned()
}
