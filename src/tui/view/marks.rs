//! Which records of a list are marked: some by number, or all of it but some. Acts take them as they are.

use std::collections::BTreeSet;

use crate::query::ast::Query;
use crate::service::scope::Targets;

/// The marks of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marks {
    /// These.
    Numbers(BTreeSet<i64>),
    /// All that the list shows, but for these.
    All(BTreeSet<i64>),
}

impl Default for Marks {
    fn default() -> Self {
        Self::Numbers(BTreeSet::new())
    }
}

impl Marks {
    /// Whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Numbers(numbers) if numbers.is_empty())
    }

    /// Whether a record is marked.
    pub fn contains(&self, number: i64) -> bool {
        match self {
            Self::Numbers(numbers) => numbers.contains(&number),
            Self::All(except) => !except.contains(&number),
        }
    }

    /// Marks a record, or takes its mark off.
    pub fn toggle(&mut self, number: i64) {
        let set = match self {
            Self::Numbers(set) | Self::All(set) => set,
        };
        if !set.remove(&number) {
            set.insert(number);
        }
    }

    /// Marks a record.
    pub fn mark(&mut self, number: i64) {
        if !self.contains(number) {
            self.toggle(number);
        }
    }

    /// Takes the marks off those of `acted_on` that are no longer in the list: who qualified ten marked leads means the next ten when
    /// they mark again.
    pub fn forget_gone(&mut self, acted_on: &[i64], list: &[i64]) {
        let Self::Numbers(marked) = self else { return };
        let mut gone: BTreeSet<i64> = acted_on.iter().copied().filter(|number| marked.contains(number)).collect();
        if gone.is_empty() {
            return;
        }
        for number in list {
            gone.remove(number);
        }
        marked.retain(|number| !gone.contains(number));
        // what is left of two that became one is no group to act on
        if acted_on.len() == 2 && marked.len() == 1 && marked.iter().all(|number| acted_on.contains(number)) {
            marked.clear();
        }
    }

    /// How many are marked in a list of `total`.
    pub fn count(&self, total: usize) -> usize {
        match self {
            Self::Numbers(numbers) => numbers.len(),
            Self::All(except) => total.saturating_sub(except.len()),
        }
    }

    /// What an act works on.
    pub fn targets(&self, list: &Query) -> Targets {
        match self {
            Self::Numbers(numbers) => Targets::of(list.entity, numbers.iter().copied().collect()),
            Self::All(except) => {
                Targets::All { filter: Box::new(list.clone()), except: except.iter().copied().collect(), confirmed: None }
            }
        }
    }
}
