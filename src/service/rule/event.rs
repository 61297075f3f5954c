//! What makes rules be asked, and which of their triggers wait for it.

use std::collections::{BTreeMap, BTreeSet};

use super::HANDING;
use crate::model::definition::{Body, Definition, Rule, Trigger};

/// The kinds of what happens to a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventKind {
    /// It was entered.
    Created,
    /// It came in a file.
    Imported,
    /// It was closed and is open again.
    Reopened,
    /// Fields were changed.
    Updated,
    /// Nothing happened for long.
    Idle,
    /// Somebody asked for it.
    ByHand,
}

impl EventKind {
    /// The stored name, and the word of the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Imported => "imported",
            Self::Reopened => "reopened",
            Self::Updated => "updated",
            Self::Idle => "idle",
            Self::ByHand => "by-hand",
        }
    }

    /// Whether only open leads are asked about: what is closed needs nobody.
    pub const fn is_for_open(self) -> bool {
        !matches!(self, Self::Updated | Self::Reopened)
    }

    /// Whether it may happen with a lead that no rule matched before; it is listed once.
    pub const fn is_asked_again(self) -> bool {
        matches!(self, Self::Reopened | Self::ByHand)
    }

    /// Whether a lead that no rule matches waits for somebody to look at it, and is listed.
    pub const fn is_entry(self) -> bool {
        matches!(self, Self::Created | Self::Imported | Self::Reopened | Self::ByHand)
    }
}

/// What happened to some leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Event {
    /// Its kind.
    pub kind: EventKind,
    /// The fields that were written, where it is a change.
    pub fields: BTreeSet<String>,
}

impl Event {
    /// An event that is no change of fields.
    pub const fn of(kind: EventKind) -> Self {
        Self { kind, fields: BTreeSet::new() }
    }

    /// The triggers of a rule that wait for it: none where it is not asked, else the days without an activity, where it is these.
    pub fn wakes(&self, rule: &Rule) -> Option<Option<i64>> {
        let is_change = matches!(self.kind, EventKind::Updated | EventKind::Reopened);
        rule.on.iter().find_map(|trigger| match trigger {
            Trigger::Created => (self.kind == EventKind::Created).then_some(None),
            Trigger::Imported => (self.kind == EventKind::Imported).then_some(None),
            Trigger::Reopened => (self.kind == EventKind::Reopened).then_some(None),
            Trigger::ByHand => (self.kind == EventKind::ByHand).then_some(None),
            Trigger::Idle(days) => (self.kind == EventKind::Idle).then_some(Some(*days)),
            Trigger::Updated(names) => {
                // shares and links are logged with the lead and are no fields of it
                let is_field = |field: &String| !HANDING.contains(&field.as_str()) && !field.contains(':');
                let waits = |field: &String| if names.is_empty() { is_field(field) } else { names.contains(field) };
                (is_change && self.fields.iter().any(waits)).then_some(None)
            }
        })
    }
}

/// Rules that wait for changes of leads.
pub struct Waiting<'a> {
    rules: Vec<&'a Rule>,
}

impl<'a> Waiting<'a> {
    /// Those among some definitions.
    pub fn new(definitions: &'a [Definition]) -> Self {
        let waits = |definition: &'a Definition| match &definition.body {
            Body::Rule(rule) if rule.active && rule.on.iter().any(|one| matches!(one, Trigger::Updated(_))) => Some(rule),
            _ => None,
        };
        Self { rules: definitions.iter().filter_map(waits).collect() }
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Whether one waits for a change of these fields.
    pub fn wait_for(&self, fields: BTreeSet<String>) -> bool {
        let event = Event { kind: EventKind::Updated, fields };
        self.rules.iter().any(|rule| event.wakes(rule).is_some())
    }

    /// Whether one may wait for what a rule writes.
    pub fn follow(&self, rule: &Rule) -> bool {
        if self.is_empty() {
            return false;
        }
        let mut fields: BTreeSet<String> = rule.set.iter().map(|one| one.field.clone()).collect();
        if !fields.is_empty() {
            fields.extend(["name", "currency"].map(str::to_owned));
        }
        fields.extend((!rule.tags.is_empty()).then(|| "tags".to_owned()));
        fields.extend(HANDING.iter().filter(|_| rule.assign.is_some()).map(|name| (*name).to_owned()));
        self.wait_for(fields)
    }
}

/// Which rules fired for which leads in one act: each rule fires at most once for a lead.
#[derive(Clone, Debug, Default)]
pub struct FiredHere {
    rules: BTreeMap<i64, BTreeSet<i64>>,
    given: BTreeSet<i64>,
}

impl FiredHere {
    /// Notes a firing, and whether the rule chose an owner.
    pub fn note(&mut self, lead: i64, rule: i64, gave: bool) {
        self.rules.entry(lead).or_default().insert(rule);
        if gave {
            self.given.insert(lead);
        }
    }

    /// Whether this rule fired for this lead.
    pub fn has(&self, lead: i64, rule: i64) -> bool {
        self.rules.get(&lead).is_some_and(|rules| rules.contains(&rule))
    }

    /// Whether a rule chose the owner of this lead.
    pub fn gave(&self, lead: i64) -> bool {
        self.given.contains(&lead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_wake_the_rules_that_wait_for_them() {
        let rule = |on: &str| Rule {
            active: true,
            unit: None,
            on: vec![on.parse().expect("a trigger")],
            when: String::new(),
            assign: None,
            set: Vec::new(),
            tags: Vec::new(),
            task: None,
        };
        let changed = |kind, field: &str| Event { kind, fields: BTreeSet::from([field.to_owned()]) };
        for (on, field, wakes) in [
            ("updated", "rating", true),
            ("updated", "tags", true),
            ("updated", "owner", false),
            ("updated", "handed_note", false),
            ("updated", "share:U2", false),
            ("updated:owner", "owner", true),
            ("updated:rating+topic", "topic", true),
            ("updated:rating", "topic", false),
            ("created", "rating", false),
        ] {
            assert_eq!(changed(EventKind::Updated, field).wakes(&rule(on)).is_some(), wakes, "{on}: {field}");
        }
        assert_eq!(changed(EventKind::Reopened, "status").wakes(&rule("updated:status")), Some(None));
        assert_eq!(Event::of(EventKind::Idle).wakes(&rule("idle:30d")), Some(Some(30)));
        assert_eq!(Event::of(EventKind::ByHand).wakes(&rule("idle:30d")), None);
    }
}
