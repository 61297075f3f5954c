//! One activity of a generated history: of which kind, with whom, when, and what came of it.

use super::super::random::Random;
use super::super::story::DAY;
use super::super::words::history as words;
use super::{History, Scene};
use crate::model::activity::{
    APPOINTMENT, CANCELED, COMPLETED, EMAIL, FAX, Follows, INCOMING, LETTER, OUTCOMES, OUTGOING, PHONE_CALL, TASK, has_direction,
};
use crate::model::entity::Entity;
use crate::model::record::Record;
use crate::model::value::Value;

const MINUTE: i64 = 60_000_000;

/// Kinds of what was done and their shares.
const DONE: &[(i64, usize)] = &[(PHONE_CALL, 50), (EMAIL, 26), (TASK, 12), (APPOINTMENT, 8), (LETTER, 3), (FAX, 1)];
/// Kinds of what is planned.
const PLANNED: &[(i64, usize)] = &[(PHONE_CALL, 56), (TASK, 26), (APPOINTMENT, 14), (EMAIL, 4)];
/// How calls went of which nobody knows who picks up, by the places of the outcomes.
const WENT: &[(usize, usize)] = &[(0, 25), (1, 22), (2, 35), (3, 10), (4, 2), (5, 6)];

fn weighted<T: Copy>(random: &mut Random, of: &[(T, usize)], least: T) -> T {
    let mut at = random.below(of.iter().map(|(_, share)| share).sum());
    for (one, share) in of {
        if at < *share {
            return *one;
        }
        at -= share;
    }
    least
}

type Values = Vec<(&'static str, Value)>;

impl Scene<'_> {
    /// Whether something of this kind can be: there is a number or an address, and nobody forbade it.
    fn can(&self, kind: i64, direction: i64) -> bool {
        let (has, forbidden) = match kind {
            PHONE_CALL => (self.person.phone.is_some() || self.person.mobile.is_some(), self.no_phone),
            EMAIL => (self.person.email.is_some(), self.no_email),
            APPOINTMENT => (true, self.is_new),
            _ => (true, false),
        };
        has && (direction == INCOMING || !forbidden)
    }

    /// What a kind of activity is called and what else it holds whenever it is; the last is how many minutes it takes.
    fn about(&self, random: &mut Random, kind: i64, direction: i64) -> (Values, i64) {
        let mut minutes = random.between(5, 25);
        let name = match kind {
            PHONE_CALL => format!("Call {}", self.name()).chars().take(300).collect(),
            EMAIL => {
                let subject = random.pick(words::MAILS);
                self.says(random, subject)
            }
            APPOINTMENT => {
                let (subject, takes) = random.pick(words::APPOINTMENTS);
                minutes = takes;
                self.says(random, subject)
            }
            LETTER | FAX => {
                let subject = random.pick(&words::MAILS[1..3]);
                self.says(random, subject)
            }
            _ => {
                let subject = random.pick(words::TASKS);
                self.says(random, subject)
            }
        };
        let mut values = vec![("kind", Value::Choice(kind)), ("name", Value::text(name))];
        if has_direction(kind) {
            values.push(("direction", Value::Choice(direction)));
        }
        match kind {
            PHONE_CALL => {
                let number = self.person.phone.as_deref().or(self.person.mobile.as_deref());
                values.push(("phone_number", number.map_or(Value::None, Value::text)));
            }
            EMAIL => {
                let whose = if direction == INCOMING { "sender" } else { "recipients" };
                values.push((whose, self.person.email.as_deref().map_or(Value::None, Value::text)));
            }
            APPOINTMENT => {
                let place = random.pick(words::LOCATIONS);
                values.push(("location", Value::text(self.says(random, place))));
                values.push(("duration", Value::Int(minutes)));
            }
            _ => {}
        }
        (values, minutes)
    }

    fn name(&self) -> String {
        crate::model::name::full(&self.person.first.text, "", &self.person.last.text)
    }
}

impl History<'_> {
    /// What was done, or given up, at a moment; `reached` says that it is the first contact.
    pub(super) fn past(&mut self, scene: &Scene<'_>, random: &mut Random, at: i64, reached: bool) -> Record {
        let mut kind = weighted(random, DONE, TASK);
        let mut direction = if random.percent(if kind == PHONE_CALL { 20 } else { 45 }) { INCOMING } else { OUTGOING };
        if reached {
            let first = if random.percent(70) { [PHONE_CALL, EMAIL] } else { [EMAIL, PHONE_CALL] };
            direction = OUTGOING;
            kind = first.into_iter().find(|kind| scene.can(*kind, OUTGOING)).unwrap_or(LETTER);
        } else if scene.is_new && has_direction(kind) {
            direction = INCOMING;
        }
        if !scene.can(kind, direction) {
            kind = TASK;
        }
        let canceled = !reached && random.percent(5);
        let (mut values, minutes) = scene.about(random, kind, direction);
        let planned = matches!(kind, TASK | APPOINTMENT) || random.percent(40);
        let created = if planned { (at - random.between(0, 6 * DAY)).max(scene.since) } else { at };
        let due = at.div_euclid(5 * MINUTE) * 5 * MINUTE;
        match kind {
            APPOINTMENT => {
                values.push(("starts_at", Value::Instant(due - minutes * MINUTE)));
                values.push(("due_at", Value::Instant(due)));
            }
            _ if planned => values.push(("due_at", Value::Instant(due))),
            _ => {}
        }
        values.push(("closed_at", Value::Instant(at)));
        if canceled {
            values.push(("status", Value::Choice(CANCELED)));
            return self.record(scene, random, Entity::Activity, (created, at), values);
        }
        values.push(("status", Value::Choice(COMPLETED)));
        values.push(("actual_end", Value::Instant(at)));
        self.went(scene, random, (kind, direction, minutes), at, &mut values);
        self.record(scene, random, Entity::Activity, (created, at), values)
    }

    /// What came of it and what was remembered.
    fn went(&self, scene: &Scene<'_>, random: &mut Random, what: (i64, i64, i64), at: i64, values: &mut Values) {
        let (kind, direction, minutes) = what;
        let mut reached = true;
        match kind {
            PHONE_CALL => {
                let place = if direction == INCOMING { 2 + random.below(2) } else { weighted(random, WENT, 2) };
                let (code, follows, _) = OUTCOMES[place];
                let follows = Follows::of_code(Some(follows));
                reached = follows.is_reached();
                values.push(("outcome", Value::Choice(code)));
                values.push(("left_voicemail", Value::Bool(follows == Follows::Voicemail)));
                values.push(("actual_duration", Value::Int(if reached { minutes } else { 1 })));
                values.push(("actual_start", Value::Instant(at - if reached { minutes } else { 1 } * MINUTE)));
            }
            EMAIL => {
                values.push(("sent_at", Value::Instant(at)));
                if direction == INCOMING {
                    let domain =
                        scene.person.email.as_deref().and_then(|email| email.rsplit_once('@')).map_or("mail", |(_, d)| d);
                    values.push(("message_id", Value::Text(format!("{:016x}@{domain}", random.next()))));
                }
            }
            APPOINTMENT => values.push(("actual_duration", Value::Int(minutes))),
            _ => {}
        }
        let (percent, texts) = match (kind, direction) {
            (PHONE_CALL, _) if reached => (75, words::TALKS),
            (PHONE_CALL, _) => (20, words::MISSED),
            (EMAIL, INCOMING) => (100, words::ANSWERS),
            (EMAIL, _) => (100, words::LETTERS),
            _ => (40, words::REMARKS),
        };
        if random.percent(percent) {
            let text = random.pick(texts);
            values.push(("description", Value::text(scene.says(random, text))));
        }
    }

    /// What is to be done next: some of it is late, some due today, most later.
    pub(super) fn next(&mut self, scene: &Scene<'_>, random: &mut Random) -> Record {
        let mut kind = weighted(random, PLANNED, TASK);
        if !scene.can(kind, OUTGOING) {
            kind = TASK;
        }
        let days = match random.below(100) {
            0..10 => -1 - random.between(0, 7).max(random.between(0, 14)),
            10..16 => 0,
            _ => 1 + random.between(0, 75).min(random.between(0, 75)),
        };
        // 1970-01-01 was a Thursday; Monday is 0
        let weekday = (self.end / DAY + days + 3).rem_euclid(7);
        let off = if days == 0 || weekday < 5 {
            0
        } else if days < 0 {
            4 - weekday
        } else {
            7 - weekday
        };
        let at = self.day(random, days + off);
        let (mut values, minutes) = scene.about(random, kind, OUTGOING);
        match kind {
            APPOINTMENT => {
                values.push(("starts_at", Value::Instant(at)));
                values.push(("due_at", Value::Instant(at + minutes * MINUTE)));
            }
            TASK if random.percent(60) => values.push(("due_at", Value::Instant(at.div_euclid(DAY) * DAY))),
            _ => values.push(("due_at", Value::Instant(at))),
        }
        if random.percent(15) {
            values.push(("priority", Value::Choice(random.between(0, 1) * 2)));
        }
        let latest = scene.until.min(at.div_euclid(DAY) * DAY).max(scene.since);
        let created = random.between((latest - 30 * DAY).max(scene.since), latest);
        self.record(scene, random, Entity::Activity, (created, created), values)
    }
}
