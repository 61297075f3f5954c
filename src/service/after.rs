//! What follows from every act, in its transaction: scores. Decides no act.

use super::act::Tx;
use super::score;
use crate::error::Result;

/// Does it.
pub(super) fn run(tx: &mut Tx<'_>) -> Result<()> {
    let affected = tx.take_affected();
    score::after(tx, &affected)
}
