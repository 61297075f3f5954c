//! Opportunities as reports count them: those that are not deleted. Computes nothing.

use super::{Advance, NumberSet, Part, visit};
use crate::error::Result;
use crate::store::Db;

/// The opportunities that reports count.
pub const COUNTED: &[Part] = &[Part { table: "opportunity", condition: "l.deleted_at IS NULL" }];

/// What an opportunity brought, and whom.
#[derive(Clone, Copy, Debug)]
pub struct Deal<'a> {
    /// The lead that it came from.
    pub lead: Option<i64>,
    /// The code of its state.
    pub state: i64,
    /// Its account.
    pub account: Option<i64>,
    /// Its contact.
    pub contact: Option<i64>,
    /// What was paid.
    pub actual_value: Option<i64>,
    /// In which currency.
    pub currency: &'a str,
}

/// Visits the opportunities with what they brought.
pub fn deals(
    db: &Db,
    within: Option<&NumberSet>,
    advance: Advance<'_>,
    mut each: impl FnMut(Deal<'_>) -> Result<()>,
) -> Result<()> {
    let columns = "l.originating_lead, l.status, l.account, l.contact, l.actual_value, l.currency";
    visit(db, COUNTED, columns, within, advance, |_, row| {
        each(Deal {
            lead: row.opt_int(1)?,
            state: row.int(2)?,
            account: row.opt_int(3)?,
            contact: row.opt_int(4)?,
            actual_value: row.opt_int(5)?,
            currency: row.text(6)?,
        })
    })
}
