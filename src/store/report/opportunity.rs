//! Opportunities as reports count them: those that are not deleted. Computes nothing.

use super::{Advance, NumberSet, Part, visit};
use crate::error::Result;
use crate::store::Db;

/// The opportunities that reports count.
fn counted() -> [Part; 1] {
    [Part { table: "opportunity", condition: "l.deleted_at IS NULL".into() }]
}

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
    visit(db, &counted(), columns, within, advance, |_, row| {
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

/// Where an opportunity stands.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// The number.
    pub number: i64,
    /// The code of its state.
    pub state: i64,
    /// The code of its stage.
    pub stage: Option<i64>,
    /// Whose it is.
    pub owner: i64,
    /// The code of its category in the forecast.
    pub category: Option<i64>,
    /// How likely it is, in percent.
    pub probability: Option<i64>,
    /// What it may bring.
    pub value: Option<i64>,
    /// What it brought.
    pub actual: Option<i64>,
    /// In which currency.
    pub currency: &'a str,
    /// When it was entered, in µs UTC.
    pub created_at: i64,
    /// The day on which it is expected to be closed.
    pub closes: Option<i64>,
    /// The day on which it was.
    pub closed: Option<i64>,
}

/// Visits the opportunities with where they stand.
pub fn standings(
    db: &Db,
    within: Option<&NumberSet>,
    advance: Advance<'_>,
    mut each: impl FnMut(Standing<'_>) -> Result<()>,
) -> Result<()> {
    let columns = "l.status, l.stage, l.owner, l.forecast_category, l.probability, l.estimated_value, l.actual_value, l.currency,
         l.created_at, l.estimated_close_date, l.actual_close_date";
    visit(db, &counted(), columns, within, advance, |number, row| {
        each(Standing {
            number,
            state: row.int(1)?,
            stage: row.opt_int(2)?,
            owner: row.int(3)?,
            category: row.opt_int(4)?,
            probability: row.opt_int(5)?,
            value: row.opt_int(6)?,
            actual: row.opt_int(7)?,
            currency: row.text(8)?,
            created_at: row.int(9)?,
            closes: row.opt_int(10)?,
            closed: row.opt_int(11)?,
        })
    })
}
