//! Opportunities as reports count them: those that are not deleted. Computes nothing.

use super::{Advance, NumberSet, Part, visit};
use crate::error::Result;
use crate::model::choice::{LOST, OPEN, WON};
use crate::store::Db;

/// The opportunities that reports count.
fn counted() -> [Part; 1] {
    [Part { table: "opportunity", condition: "l.deleted_at IS NULL".into() }]
}

/// What a won opportunity brought, and through whom.
#[derive(Clone, Copy, Debug)]
pub struct Won<'a> {
    /// The lead that it came from.
    pub lead: Option<i64>,
    /// Its account.
    pub account: Option<i64>,
    /// Its contact.
    pub contact: Option<i64>,
    /// What was paid.
    pub value: Option<i64>,
    /// In which currency.
    pub currency: &'a str,
}

/// Visits the won opportunities with what they brought.
pub fn won(db: &Db, advance: Advance<'_>, mut each: impl FnMut(Won<'_>) -> Result<()>) -> Result<()> {
    let columns = "l.originating_lead, l.account, l.contact, l.actual_value, l.currency";
    visit(db, &[of_state(WON)], columns, None, advance, |_, row| {
        each(Won {
            lead: row.opt_int(1)?,
            account: row.opt_int(2)?,
            contact: row.opt_int(3)?,
            value: row.opt_int(4)?,
            currency: row.text(5)?,
        })
    })
}

/// Visits the open and the lost opportunities that came from leads: the lead, the code of the state.
pub fn not_won(db: &Db, advance: Advance<'_>, mut each: impl FnMut(i64, i64) -> Result<()>) -> Result<()> {
    for state in [OPEN, LOST] {
        let mut part = of_state(state);
        part.condition.push_str(" AND l.originating_lead IS NOT NULL");
        visit(db, &[part], "l.originating_lead", None, advance, |_, row| each(row.int(1)?, state))?;
    }
    Ok(())
}

/// Those in a state.
fn of_state(state: i64) -> Part {
    let [all] = counted();
    Part { condition: format!("{} AND l.status = {state}", all.condition), ..all }
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
