//! Opening a record that was handed over: from then on it is not new to its owner. Neither versioned nor logged.

use crate::error::Result;
use crate::model::entity::RecordId;
use crate::service::act::{Act, Tx};
use crate::store;

/// Notes that the acting user has opened a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkOpened {
    /// The record.
    pub record: RecordId,
}

impl Act for MarkOpened {
    type Reply = bool;

    fn name(&self) -> &'static str {
        "MarkOpened"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<bool> {
        let opened = store::record::mark_opened(tx.db, self.record, tx.ctx.now())?;
        if opened {
            tx.reach(self.record);
        }
        Ok(opened)
    }
}
