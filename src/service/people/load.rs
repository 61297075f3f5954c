//! How much everybody holds. Decides nothing about who gets more.

use crate::error::Result;
use crate::service::act::Query;
use crate::service::context::Context;
use crate::store::{Db, firing};

/// How many open leads and opportunities each owner holds, by code; leads and opportunities apart, who holds none is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loads;

impl Query for Loads {
    type Reply = Vec<(i64, i64)>;

    /// The code of each owner, and how many.
    fn run(&self, db: &Db, _: &Context) -> Result<Vec<(i64, i64)>> {
        firing::loads(db, 0, -1)
    }
}
