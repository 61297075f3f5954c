//! Opening a lead that was handed over: from then on it is not new to its owner. Neither versioned nor logged.

use crate::error::Result;
use crate::service::act::{Act, Tx};
use crate::store;

/// Notes that the acting user has opened a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkOpened {
    /// The lead's number.
    pub lead: i64,
}

impl Act for MarkOpened {
    type Reply = bool;

    fn name(&self) -> &'static str {
        "MarkOpened"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<bool> {
        store::lead::mark_opened(tx.db, self.lead, tx.ctx.now())
    }
}
