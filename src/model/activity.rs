//! Table: kinds, reasons and outcomes of activities, and the rules that hang on them. Stores nothing. Source: the activity pointer of
//! Dynamics and the status reasons of each of its kinds.

pub mod suits;

use super::choice::{Choices, OPEN, Set};
use super::field::Registry;
use super::record::Record;
use super::value::Value;

/// The code of an appointment.
pub const APPOINTMENT: i64 = 4201;
/// The code of an e-mail.
pub const EMAIL: i64 = 4202;
/// The code of a fax.
pub const FAX: i64 = 4204;
/// The code of a letter.
pub const LETTER: i64 = 4207;
/// The code of a phone call.
pub const PHONE_CALL: i64 = 4210;
/// The code of a task.
pub const TASK: i64 = 4212;

/// Code and label of each kind.
pub const KINDS: &[(i64, &str)] = &[
    (TASK, "Task"),
    (PHONE_CALL, "Phone Call"),
    (EMAIL, "Email"),
    (APPOINTMENT, "Appointment"),
    (LETTER, "Letter"),
    (FAX, "Fax"),
];

/// The code of the completed state.
pub const COMPLETED: i64 = 1;
/// The code of the canceled state.
pub const CANCELED: i64 = 2;
/// The code of the scheduled state, that of an appointment in the calendar.
pub const SCHEDULED: i64 = 3;

/// The direction of what comes to us.
pub const INCOMING: i64 = 0;
/// The direction of what goes out.
pub const OUTGOING: i64 = 1;

/// The priority unless somebody says otherwise.
pub const NORMAL: i64 = 1;

/// Code, state, label. Dynamics numbers the reasons of each kind anew; here a word has one code, see [`dynamics_reason`].
pub const REASONS: &[(i64, i64, &str)] = &[
    (1, OPEN, "Open"),
    (2, OPEN, "Not Started"),
    (3, OPEN, "In Progress"),
    (4, OPEN, "Waiting on Someone Else"),
    (5, OPEN, "Deferred"),
    (6, OPEN, "Draft"),
    (7, OPEN, "Failed"),
    (8, OPEN, "Free"),
    (9, OPEN, "Tentative"),
    (10, COMPLETED, "Completed"),
    (11, COMPLETED, "Made"),
    (12, COMPLETED, "Received"),
    (13, COMPLETED, "Sent"),
    (14, OPEN, "Pending Send"),
    (15, OPEN, "Sending"),
    (16, CANCELED, "Canceled"),
    (17, SCHEDULED, "Busy"),
    (18, SCHEDULED, "Out of Office"),
];

/// The reason of what is completed without more to say.
pub const DONE: i64 = 10;
/// The reason of an outgoing call that is over.
pub const MADE: i64 = 11;
/// The reason of what came in.
pub const RECEIVED: i64 = 12;
/// The reason of what went out.
pub const SENT: i64 = 13;
/// The reason of a message that was handed over and not confirmed yet.
pub const SENDING: i64 = 15;
/// The reason of what is not to be done any more.
pub const REASON_CANCELED: i64 = 16;
/// The length of an appointment unless somebody says otherwise, in minutes.
pub const HALF_AN_HOUR: i64 = 30;
/// The reason of an e-mail that is being written.
pub const DRAFT: i64 = 6;
/// The reason of an e-mail that could not be handed over.
pub const FAILED: i64 = 7;

/// The reasons of a kind as pairs of Dynamics' code and ours; the first open or scheduled one is that of a new activity.
const fn reasons_of(kind: i64) -> &'static [(i64, i64)] {
    match kind {
        TASK => &[(2, 2), (3, 3), (4, 4), (7, 5), (5, 10), (6, 16)],
        PHONE_CALL => &[(1, 1), (2, 11), (4, 12), (3, 16)],
        EMAIL => &[(1, 6), (8, 7), (2, 10), (3, 13), (4, 12), (6, 14), (7, 15), (5, 16)],
        APPOINTMENT => &[(5, 17), (6, 18), (1, 8), (2, 9), (3, 10), (4, 16)],
        LETTER => &[(1, 1), (2, 6), (3, 12), (4, 13), (5, 16)],
        FAX => &[(1, 1), (2, 10), (3, 13), (4, 12), (5, 16)],
        _ => &[],
    }
}

/// Our code of the reason that Dynamics gives this number for a kind.
pub fn dynamics_reason(kind: i64, code: i64) -> Option<i64> {
    reasons_of(kind).iter().find(|(theirs, _)| *theirs == code).map(|(_, ours)| *ours)
}

/// Whether an activity of a kind can have a reason.
pub fn has_reason(kind: i64, reason: i64) -> bool {
    reasons_of(kind).iter().any(|(_, ours)| *ours == reason)
}

/// State and reason of a new activity of a kind.
pub fn first_state(kind: i64) -> (i64, i64) {
    let reason = reasons_of(kind).first().map_or(1, |(_, ours)| *ours);
    (state_of(reason), reason)
}

/// The state that a reason belongs to.
pub fn state_of(reason: i64) -> i64 {
    REASONS.iter().find(|(code, ..)| *code == reason).map_or(OPEN, |(_, state, _)| *state)
}

/// The reason of an activity that is done, by what it was and who began it.
pub const fn done_reason(kind: i64, direction: Option<i64>) -> i64 {
    let came_in = matches!(direction, Some(INCOMING));
    match kind {
        PHONE_CALL | EMAIL | LETTER | FAX if came_in => RECEIVED,
        PHONE_CALL => MADE,
        EMAIL | LETTER | FAX => SENT,
        _ => DONE,
    }
}

/// Whether an activity in this state is still to be done.
pub const fn is_open(state: i64) -> bool {
    matches!(state, OPEN | SCHEDULED)
}

/// Whether it has a direction, so that it is a contact once it is done.
pub const fn has_direction(kind: i64) -> bool {
    matches!(kind, PHONE_CALL | EMAIL | LETTER | FAX)
}

/// The sign before an activity of a kind, one column wide.
pub const fn sign(kind: i64) -> &'static str {
    match kind {
        PHONE_CALL => "☎",
        EMAIL => "✉",
        APPOINTMENT => "◷",
        LETTER => "⌂",
        FAX => "⎙",
        _ => "▢",
    }
}

/// Fills what follows from other fields: a subject, the direction of what has one, the end of an appointment, and a reason that fits
/// kind and state.
pub fn complete(registry: &Registry, record: &mut Record) {
    let code = |record: &Record, name| record.named(registry, name).as_int();
    let kind = code(record, "kind").unwrap_or(TASK);
    record.set(registry.id("kind"), Value::Choice(kind));
    let direction = code(record, "direction").or_else(|| has_direction(kind).then_some(OUTGOING));
    record.set(registry.id("direction"), direction.map_or(Value::None, Value::Choice));
    if record.named(registry, "name").is_none() {
        let label = KINDS.iter().find(|(code, _)| *code == kind).map_or("Activity", |(_, label)| *label);
        record.set(registry.id("name"), Value::text(label));
    }
    if let (APPOINTMENT, Some(start), None) = (kind, code(record, "starts_at"), code(record, "due_at")) {
        let minutes = code(record, "duration").unwrap_or(HALF_AN_HOUR);
        record.set(registry.id("due_at"), Value::Instant(start.saturating_add(minutes.saturating_mul(60_000_000))));
    }
    let (state, reason) = (code(record, "status").unwrap_or(OPEN), code(record, "status_reason").unwrap_or_default());
    if has_reason(kind, reason) && state_of(reason) == state {
        return;
    }
    let (state, reason) = match state {
        COMPLETED => (COMPLETED, done_reason(kind, direction)),
        CANCELED => (CANCELED, REASON_CANCELED),
        _ => first_state(kind),
    };
    record.set(registry.id("status"), Value::Choice(state));
    record.set(registry.id("status_reason"), Value::Choice(reason));
}

/// What follows in an appointment of which some times were written: with another start or length its end moves, with another end it
/// has another length.
pub fn follow(registry: &Registry, before: &Record, after: &mut Record) {
    const MINUTE: i64 = 60_000_000;
    let held = |record: &Record, name| record.named(registry, name).as_int();
    let changed = |after: &Record, name| held(before, name) != held(after, name);
    if held(after, "kind") != Some(APPOINTMENT) {
        return;
    }
    let Some(start) = held(after, "starts_at") else { return };
    let length = held(before, "starts_at").zip(held(before, "due_at")).map(|(start, end)| end - start);
    let minutes = held(after, "duration").filter(|_| changed(after, "duration"));
    let end = match minutes.map(|minutes| minutes.saturating_mul(MINUTE)).or(length) {
        Some(length) if !changed(after, "due_at") => Some(start.saturating_add(length)),
        _ => held(after, "due_at"),
    };
    let Some(end) = end else { return };
    after.set(registry.id("due_at"), Value::Instant(end));
    if held(after, "duration").is_some() && end >= start {
        after.set(registry.id("duration"), Value::Int((end - start) / MINUTE));
    }
}

/// What follows from the outcome of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// Nobody was reached; the next day is proposed for another try.
    TryAgain,
    /// Somebody was reached; nothing follows by itself.
    Talked,
    /// Somebody was reached, or asked for it: when to call back must be said.
    CallBack,
    /// The number is not theirs: it is taken off the record.
    WrongNumber,
    /// Somebody was reached and declined: closing the record is offered.
    NotInterested,
    /// Nobody was reached and a message was left; as for [`Self::TryAgain`].
    Voicemail,
}

impl Follows {
    /// What the code of a choice says; anything else is a talk.
    pub const fn of_code(code: Option<i64>) -> Self {
        match code {
            Some(0) => Self::TryAgain,
            Some(2) => Self::CallBack,
            Some(3) => Self::WrongNumber,
            Some(4) => Self::NotInterested,
            Some(5) => Self::Voicemail,
            _ => Self::Talked,
        }
    }

    /// The code that is kept with the row of an outcome.
    pub const fn code(self) -> i64 {
        match self {
            Self::TryAgain => 0,
            Self::Talked => 1,
            Self::CallBack => 2,
            Self::WrongNumber => 3,
            Self::NotInterested => 4,
            Self::Voicemail => 5,
        }
    }

    /// Whether somebody was reached.
    pub const fn is_reached(self) -> bool {
        matches!(self, Self::Talked | Self::CallBack | Self::NotInterested)
    }

    /// What follows, from the outcome of a call as the database has it.
    pub fn of(choices: &Choices, outcome: i64) -> Self {
        Self::of_code(choices.get(Set::Outcome, outcome).and_then(|choice| choice.state))
    }
}

/// The shipped outcomes: code, what follows, label.
pub const OUTCOMES: &[(i64, i64, &str)] = &[
    (1, Follows::TryAgain.code(), "No Answer"),
    (2, Follows::Voicemail.code(), "Voicemail"),
    (3, Follows::Talked.code(), "Talked"),
    (4, Follows::CallBack.code(), "Call Back"),
    (5, Follows::WrongNumber.code(), "Wrong Number"),
    (6, Follows::NotInterested.code(), "Not Interested"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_begins_open_and_can_be_done_and_canceled() {
        for (kind, label) in KINDS {
            let (state, reason) = first_state(*kind);
            assert!(is_open(state) && has_reason(*kind, reason), "{label}");
            for direction in [None, Some(INCOMING), Some(OUTGOING)] {
                let done = done_reason(*kind, direction);
                assert!(has_reason(*kind, done) && state_of(done) == COMPLETED, "{label}");
            }
            assert!(has_reason(*kind, 16), "{label}");
        }
    }

    #[test]
    fn reasons_are_those_of_dynamics() {
        for (kind, theirs, label) in
            [(TASK, 7, "Deferred"), (PHONE_CALL, 4, "Received"), (EMAIL, 7, "Sending"), (APPOINTMENT, 5, "Busy")]
        {
            let ours = dynamics_reason(kind, theirs);
            assert_eq!(REASONS.iter().find(|(code, ..)| Some(*code) == ours).map(|(.., label)| *label), Some(label));
        }
        assert_eq!(dynamics_reason(PHONE_CALL, 7), None);
    }

    #[test]
    fn what_follows_is_kept_as_a_code() {
        for (code, follows, label) in OUTCOMES {
            assert_eq!(Follows::of_code(Some(*follows)).code(), *follows, "{label}");
            assert_eq!(Follows::of(&Choices::shipped(), *code).code(), *follows, "{label}");
        }
    }
}
