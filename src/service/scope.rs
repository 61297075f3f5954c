//! Which records an act is done on: some by number, or all that a filter finds. Changes nothing.

use crate::error::{Error, Result};
use crate::model::entity::{Entity, RecordId};
use crate::query::ast::Query as Filter;
use crate::service::context::Context;
use crate::store::{Db, list, log};

/// The records an act is done on, all of one kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Targets {
    /// These, by number.
    Numbers {
        /// What they are.
        entity: Entity,
        /// Which.
        numbers: Vec<i64>,
    },
    /// All that a filter finds, but for some.
    All {
        /// The filter.
        filter: Box<Filter>,
        /// Records that were unmarked one by one.
        except: Vec<i64>,
        /// What the person confirmed; `None` does it whatever there is now.
        confirmed: Option<Confirmed>,
    },
}

/// What a person saw when they said yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// How many records.
    pub count: u64,
    /// The newest operation then.
    pub newest: i64,
}

impl Targets {
    /// One record.
    pub fn one(record: RecordId) -> Self {
        Self::of(record.entity, vec![record.number])
    }

    /// The only one of them, where they are named and but one.
    pub fn single(&self) -> Option<RecordId> {
        match self {
            Self::Numbers { entity, numbers } => match numbers.as_slice() {
                [number] => Some(entity.numbered(*number)),
                _ => None,
            },
            Self::All { .. } => None,
        }
    }

    /// Records of a kind by their numbers.
    pub fn of(entity: Entity, numbers: Vec<i64>) -> Self {
        Self::Numbers { entity, numbers }
    }

    /// Leads by their numbers.
    pub fn leads(numbers: Vec<i64>) -> Self {
        Self::of(Entity::Lead, numbers)
    }

    /// What the records are.
    pub fn entity(&self) -> Entity {
        match self {
            Self::Numbers { entity, .. } => *entity,
            Self::All { filter, .. } => filter.entity,
        }
    }

    /// The numbers, ascending, each once. [`Error::Changed`] when somebody wrote since the person confirmed and the set is
    /// another now.
    pub fn numbers(&self, db: &Db, ctx: &Context) -> Result<Vec<i64>> {
        let mut numbers = match self {
            Self::Numbers { numbers, .. } => numbers.clone(),
            Self::All { filter, except, confirmed } => {
                let mut found = list::numbers(db, &ctx.into(), filter, false)?;
                let except: std::collections::HashSet<i64> = except.iter().copied().collect();
                found.retain(|n| !except.contains(n));
                let count = found.len() as u64;
                if confirmed.is_some_and(|c| c.count != count && log::newest(db).is_ok_and(|now| now != c.newest)) {
                    return Err(Error::Changed { count });
                }
                found
            }
        };
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers)
    }
}
