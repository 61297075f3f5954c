//! What follows from every act, within its transaction and its step: rules, then scores. Does none of it itself.

use super::act::Tx;
use super::{rule, score};
use crate::error::Result;

/// Asks the rules about the leads that were written, and scores those that anything reached, before the step is complete.
pub(super) fn run(tx: &mut Tx<'_>) -> Result<()> {
    // the log answers `was:`, so it holds all that was done before anything is asked
    tx.settle()?;
    let affected = rule::after(tx)?;
    tx.settle()?;
    score::after(tx, &affected)
}
