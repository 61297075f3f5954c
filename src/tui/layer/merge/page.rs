//! What is chosen on the page: which record stays, whose value of each field, and what follows from it in words. Takes no key.

use crate::model::choice::OPEN;
use crate::model::clean::clean;
use crate::model::entity::Entity;
use crate::model::field::{FieldId, Registry};
use crate::model::record::Record;
use crate::model::rules;
use crate::service::merge::{Merge, Merging, differing, new_tags, propose, same};
use crate::tui::env::Env;

/// One of the two records, by its place on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

impl Side {
    pub(super) const BOTH: [Self; 2] = [Self::Left, Self::Right];

    pub(super) const fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

/// One line of what will be done: a sign, what, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Consequence {
    pub(super) sign: char,
    pub(super) what: String,
    pub(super) how: String,
}

/// All that is chosen on the page.
#[derive(Clone, Debug)]
pub(super) struct Page {
    found: Merging,
    /// The one that stays.
    pub(super) master: Side,
    /// The fields in which the two differ.
    pub(super) fields: Vec<FieldId>,
    /// How many fields are the same in both.
    pub(super) same: usize,
    /// What is taken unless somebody chooses: what the master has, and what it lacks and the other has.
    proposed: Vec<FieldId>,
    /// What somebody chose.
    chosen: Vec<(FieldId, Side)>,
}

impl Page {
    /// The left one stays, unless it is the right one that cannot be merged away.
    pub(super) fn new(found: Merging, env: &Env) -> Self {
        let master = if found.obstacles[1].is_some() && found.obstacles[0].is_none() { Side::Right } else { Side::Left };
        Self { found, master, fields: Vec::new(), same: 0, proposed: Vec::new(), chosen: Vec::new() }.compared(env)
    }

    /// The same two as they are now; what was chosen stays.
    pub(super) fn renewed(&self, found: Merging, env: &Env) -> Self {
        Self { found, ..self.clone() }.compared(env)
    }

    fn compared(mut self, env: &Env) -> Self {
        let registry = self.registry(env);
        let (left, right) = (self.record(Side::Left), self.record(Side::Right));
        let (fields, same) = (differing(registry, left, right), same(registry, left, right));
        let proposed = propose(registry, self.record(self.master), self.record(self.master.other()));
        (self.fields, self.same, self.proposed) = (fields, same, proposed);
        self
    }

    fn registry<'a>(&self, env: &'a Env) -> &'a Registry {
        env.catalog.registry(self.found.records[0].key.entity)
    }

    pub(super) const fn record(&self, side: Side) -> &Record {
        &self.found.records[side as usize]
    }

    /// The other one stays; what somebody chose stays chosen.
    pub(super) fn swap(&mut self, env: &Env) {
        self.master = self.master.other();
        *self = self.clone().compared(env);
    }

    /// Whose value of a field stays.
    pub(super) fn kept(&self, field: FieldId) -> Side {
        match self.chosen.iter().find(|(id, _)| *id == field) {
            Some((_, side)) => *side,
            None if self.proposed.contains(&field) => self.master.other(),
            None => self.master,
        }
    }

    /// The value of this side stays.
    pub(super) fn keep(&mut self, field: FieldId, side: Side) {
        self.chosen.retain(|(id, _)| *id != field);
        self.chosen.push((field, side));
    }

    /// Why it cannot be done so, if it cannot.
    pub(super) fn obstacle(&self) -> Option<&str> {
        self.found.obstacles[self.master.other() as usize].as_deref()
    }

    fn taken(&self) -> Vec<FieldId> {
        self.fields.iter().copied().filter(|field| self.kept(*field) != self.master).collect()
    }

    /// The act that does it.
    pub(super) fn act(&self) -> Merge {
        Merge { master: self.record(self.master).key, other: self.record(self.master.other()).key, take: self.taken() }
    }

    /// What becomes of a side, in a word or two under its name.
    pub(super) fn fate(&self, side: Side) -> &'static str {
        match (side == self.master, self.record(side).key.entity) {
            (true, _) => "stays",
            (false, Entity::Lead) => "is closed",
            (false, _) => "is made inactive",
        }
    }

    /// What will be written where.
    pub(super) fn consequences(&self, env: &Env) -> Vec<Consequence> {
        let registry = self.registry(env);
        let (master, other) = (self.record(self.master), self.record(self.master.other()));
        let line = |sign, what: String, how: String| Consequence { sign, what, how };
        let mut lines = Vec::new();
        let values = match self.taken().len() {
            0 => "keeps its values".to_owned(),
            1 => format!("takes 1 value of {}", other.key),
            count => format!("takes {count} values of {}", other.key),
        };
        let tags = match new_tags(registry, master, other).as_slice() {
            [] => String::new(),
            tags => format!("; new tags: {}", clean(&tags.join(", "))),
        };
        lines.push(line('~', master.key.to_string(), format!("{values}{tags}")));
        let moved = match self.found.children[self.master.other() as usize].words() {
            Some(words) => line('→', master.key.to_string(), format!("gets {words} of {}", other.key)),
            None => line('=', other.key.to_string(), "has no notes, links or references to move".to_owned()),
        };
        lines.push(moved);
        let closed = match other.key.entity {
            Entity::Lead => "disqualified as Canceled",
            _ => "made inactive",
        };
        lines.push(line('✗', other.key.to_string(), format!("{closed}; it points to {}", master.key)));
        let state = master.named(registry, "status").as_int().unwrap_or(OPEN);
        if state != OPEN {
            let state = rules::state_label(registry, &env.catalog.choices, state);
            lines.push(line('!', master.key.to_string(), format!("the one that stays is {state}")));
        }
        lines
    }
}
