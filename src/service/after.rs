//! What follows from every act, within its transaction and its step. Does none of it itself.

use super::act::Tx;
use super::rule;
use crate::error::Result;

/// Asks the rules about the leads that were written, before the step is complete.
pub(super) fn run(tx: &mut Tx<'_>) -> Result<()> {
    let _affected = rule::after(tx)?;
    Ok(())
}
