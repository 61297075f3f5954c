//! Purge: what has been in Deleted for long enough is removed for good. Cannot be undone, and says so.

use crate::error::Result;
use crate::model::entity::{Entity, RecordId};
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::score;
use crate::store;

/// Removes deleted records for good, with their notes and files, and files that were taken off theirs.
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

    /// How many records were removed comes back.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        access::check_admin(tx.ctx, "purging")?;
        let mut records = Vec::new();
        for entity in Entity::LISTED {
            let numbers = store::record::deleted_before(tx.db, *entity, self.before)?;
            records.extend(numbers.into_iter().map(|number| entity.numbered(number)));
        }
        score::before(tx, &records)?;
        for (done, record) in (0u64..).zip(&records) {
            store::record::purge(tx.db, *record)?;
            if done % 256 == 0 {
                tx.ctx.advance(done, records.len() as u64)?;
            }
        }
        let files = store::attachment::deleted_before(tx.db, self.before)?;
        for (done, number) in (0u64..).zip(&files) {
            store::attachment::purge(tx.db, *number)?;
            tx.ctx.advance(done, files.len() as u64)?;
        }
        records.extend(files.into_iter().map(RecordId::attachment));
        let count = records.len() as u64;
        let word = match records.first().map(|record| record.entity) {
            Some(entity) if records.iter().all(|record| record.entity == entity) => entity.counted(count),
            _ if count == 1 => "record",
            _ => "records",
        };
        tx.say(format!("Purged {count} deleted {word} for good"));
        Ok(i64::try_from(count).unwrap_or(i64::MAX))
    }
}
