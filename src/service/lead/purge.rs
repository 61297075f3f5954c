//! Purge: what has been in Deleted for long enough is removed for good. Cannot be undone, and says so.

use crate::error::Result;
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::store;

/// Removes deleted leads for good, with their notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purge {
    /// Only what was deleted before this moment, in µs UTC.
    pub before: i64,
}

impl Act for Purge {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "Purge"
    }

    /// How many leads were removed comes back.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        access::check_admin(tx.ctx, "purging")?;
        let numbers = store::lead::deleted_before(tx.db, self.before)?;
        for (done, number) in (0u64..).zip(&numbers) {
            store::lead::purge(tx.db, *number)?;
            if done % 256 == 0 {
                tx.ctx.advance(done, numbers.len() as u64)?;
            }
        }
        tx.say(format!("Purged {} deleted leads for good", numbers.len()));
        Ok(i64::try_from(numbers.len()).unwrap_or(i64::MAX))
    }
}
