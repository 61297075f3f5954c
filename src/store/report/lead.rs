//! Leads as reports count them: those that are not deleted nor merged into others, and the erased ones. Computes nothing.

use super::{Advance, NumberSet, Part, visit};
use crate::error::Result;
use crate::model::entity::Entity;
use crate::store::Db;
use crate::store::sqlite::Row;

/// The leads that reports count. Each part is an index of its own.
pub const COUNTED: &[Part] = &[
    Part { table: "lead", condition: "l.deleted_at IS NULL AND l.merged = 0" },
    Part { table: "lead", condition: "l.erased_at IS NOT NULL AND l.merged = 0 AND l.deleted_at IS NOT NULL" },
];

/// Whether any lead is erased.
pub fn is_any_erased(db: &Db) -> Result<bool> {
    Ok(db.number("SELECT 1 FROM lead l WHERE l.erased_at IS NOT NULL LIMIT 1", &[])? == 1)
}

/// Whether any lead was merged into another.
pub fn is_any_merged(db: &Db) -> Result<bool> {
    Ok(db.number("SELECT 1 FROM lead l WHERE l.merged = 1 LIMIT 1", &[])? == 1)
}

/// What comes of a lead, as far as the lead itself tells.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// The number.
    pub number: i64,
    /// What it is grouped by.
    pub key: Option<i64>,
    /// The code of its state.
    pub state: i64,
    /// When it was entered, in µs UTC.
    pub created_at: i64,
    /// When it was closed.
    pub closed_at: Option<i64>,
    /// The account that it refers to.
    pub account: Option<i64>,
    /// The contact that it refers to.
    pub contact: Option<i64>,
}

/// Visits the leads with what they are grouped by, one of the columns of numbers.
pub fn outcomes(
    db: &Db,
    key: &'static str,
    within: Option<&NumberSet>,
    advance: Advance<'_>,
    mut each: impl FnMut(Outcome) -> Result<()>,
) -> Result<()> {
    let columns = format!("l.{key}, l.status, l.created_at, l.closed_at, l.parent_account, l.parent_contact");
    visit(db, COUNTED, &columns, within, advance, |number, row| {
        each(Outcome {
            number,
            key: row.opt_int(1)?,
            state: row.int(2)?,
            created_at: row.int(3)?,
            closed_at: row.opt_int(4)?,
            account: row.opt_int(5)?,
            contact: row.opt_int(6)?,
        })
    })
}

/// Visits the links of leads with records of a kind: the lead, the other record.
pub fn links(db: &Db, with: Entity, mut each: impl FnMut(i64, i64)) -> Result<()> {
    let lead = Entity::Lead.code();
    let sql = "SELECT first_record, second_record FROM link WHERE first_entity = $1 AND second_entity = $2";
    // the row holds the two in the order of their codes
    let (first, second) = (lead.min(with.code()), lead.max(with.code()));
    db.visit(sql, &[first.into(), second.into()], |row| {
        let (one, other) = (row.int(0)?, row.int(1)?);
        if first == lead {
            each(one, other)
        } else {
            each(other, one)
        }
        Ok(true)
    })
}

/// The campaigns that cost something: their number, what they cost, in which currency, and how many leads they brought.
pub fn campaigns(db: &Db) -> Result<Vec<(i64, i64, String, i64)>> {
    let sql =
        "SELECT c.number, c.actual_cost, c.currency, (SELECT count(*) FROM lead l WHERE l.campaign = c.number AND l.merged = 0
                   AND (l.deleted_at IS NULL OR l.erased_at IS NOT NULL))
               FROM campaign c WHERE c.actual_cost IS NOT NULL AND c.deleted_at IS NULL";
    db.rows(sql, &[], |row| Ok((row.int(0)?, row.int(1)?, row.text(2)?.to_owned(), row.int(3)?)))
}

/// Visits the counted leads of a campaign, those that have a cost of their own left out.
pub fn of_campaign(db: &Db, campaign: i64, mut each: impl FnMut(i64)) -> Result<()> {
    let sql = "SELECT l.number FROM lead l WHERE l.campaign = $1 AND l.merged = 0 AND (l.deleted_at IS NULL OR l.erased_at IS NOT NULL)";
    db.visit(sql, &[campaign.into()], |row| {
        each(row.int(0)?);
        Ok(true)
    })
}

/// Visits the leads whose own cost is known: the lead, the cost, its currency.
pub fn costs(db: &Db, mut each: impl FnMut(i64, i64, &str)) -> Result<()> {
    let sql = "SELECT l.number, l.cost, l.currency FROM lead l WHERE l.cost IS NOT NULL";
    db.visit(sql, &[], |row: &Row<'_>| {
        each(row.int(0)?, row.int(1)?, row.text(2)?);
        Ok(true)
    })
}

/// A lead by itself.
#[derive(Clone, Copy, Debug)]
pub struct Plain {
    /// The code of its state.
    pub state: i64,
    /// The code of the reason of its state.
    pub reason: i64,
    /// The code of its source.
    pub source: Option<i64>,
    /// Whose it is.
    pub owner: i64,
    /// The code of its rating.
    pub rating: Option<i64>,
    /// How many activities are to be done about it.
    pub open_activities: i64,
    /// When it was entered, in µs UTC.
    pub created_at: i64,
    /// When it was closed.
    pub closed_at: Option<i64>,
    /// When somebody first turned to it.
    pub contacted_at: Option<i64>,
}

/// Visits the leads, all or those in a state.
pub fn plain(
    db: &Db,
    state: Option<i64>,
    within: Option<&NumberSet>,
    advance: Advance<'_>,
    mut each: impl FnMut(Plain) -> Result<()>,
) -> Result<()> {
    let columns = "l.status, l.status_reason, l.source, l.owner, l.rating, l.open_activities, l.created_at, l.closed_at, l.first_contact_at";
    visit(db, COUNTED, columns, within, advance, |_, row| {
        let lead = Plain {
            state: row.int(1)?,
            reason: row.int(2)?,
            source: row.opt_int(3)?,
            owner: row.int(4)?,
            rating: row.opt_int(5)?,
            open_activities: row.int(6)?,
            created_at: row.int(7)?,
            closed_at: row.opt_int(8)?,
            contacted_at: row.opt_int(9)?,
        };
        if state.is_none_or(|state| state == lead.state) { each(lead) } else { Ok(()) }
    })
}
