//! Which leads an act is done on: some by number, or all that a filter finds. Changes nothing.

use crate::error::{Error, Result};
use crate::query::ast::Query as Filter;
use crate::service::context::Context;
use crate::store::{Db, list, log};

/// The leads an act is done on.
#[derive(Clone, Debug, PartialEq)]
pub enum Targets {
    /// These, by number.
    Numbers(Vec<i64>),
    /// All that a filter finds, but for some.
    All {
        /// The filter.
        filter: Box<Filter>,
        /// Leads that were unmarked one by one.
        except: Vec<i64>,
        /// What the person confirmed; `None` does it whatever there is now.
        confirmed: Option<Confirmed>,
    },
}

/// What a person saw when they said yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// How many leads.
    pub count: u64,
    /// The newest operation then.
    pub newest: i64,
}

impl Targets {
    /// One lead.
    pub fn one(number: i64) -> Self {
        Self::Numbers(vec![number])
    }

    /// The numbers, ascending, each once. [`Error::Changed`] when somebody wrote since the person confirmed and the set is
    /// another now.
    pub fn numbers(&self, db: &Db, ctx: &Context) -> Result<Vec<i64>> {
        let mut numbers = match self {
            Self::Numbers(numbers) => numbers.clone(),
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
