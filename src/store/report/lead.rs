//! Leads as reports count them: those that are not deleted nor merged into others, and the erased ones. Computes nothing.

use super::{Advance, NumberSet, Part, numbers, visit};
use crate::error::Result;
use crate::model::choice::{DISQUALIFIED, OPEN};
use crate::model::entity::Entity;
use crate::store::sqlite::Row;
use crate::store::{Db, SqlValue};

/// Those that nobody deleted: one index has them all.
const KEPT: &str = "l.deleted_at IS NULL AND l.merged = 0";

/// Those that were erased: few, and in an index of their own.
const ERASED: &str = "l.erased_at IS NOT NULL AND l.merged = 0 AND l.deleted_at IS NOT NULL";

/// The leads that reports count, all or those in a state.
fn counted(state: Option<i64>) -> [Part; 2] {
    [KEPT, ERASED].map(|which| {
        let state = state.map_or_else(String::new, |state| format!(" AND l.status = {state}"));
        Part { table: "lead", condition: format!("{which}{state}") }
    })
}

/// Whether any lead is erased.
pub fn is_any_erased(db: &Db) -> Result<bool> {
    Ok(db.number("SELECT 1 FROM lead l WHERE l.erased_at IS NOT NULL LIMIT 1", &[])? == 1)
}

/// Whether any lead was merged into another.
pub fn is_any_merged(db: &Db) -> Result<bool> {
    Ok(db.number("SELECT 1 FROM lead l WHERE l.merged = 1 LIMIT 1", &[])? == 1)
}

/// Visits columns of numbers of the leads, of all or of those in a state.
pub fn columns<const N: usize>(
    db: &Db,
    columns: [&'static str; N],
    state: Option<i64>,
    within: Option<&NumberSet>,
    advance: Advance<'_>,
    mut each: impl FnMut([Option<i64>; N]) -> Result<()>,
) -> Result<()> {
    numbers(db, &counted(state), columns, within, advance, |_, values| each(values))
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

/// What is read of it.
fn outcome_columns(key: &str) -> String {
    format!("l.created_at, l.{key}, l.status, l.closed_at, l.parent_account, l.parent_contact")
}

fn outcome(number: i64, row: &Row<'_>) -> Result<Outcome> {
    Ok(Outcome {
        number,
        created_at: row.int(1)?,
        key: row.opt_int(2)?,
        state: row.int(3)?,
        closed_at: row.opt_int(4)?,
        account: row.opt_int(5)?,
        contact: row.opt_int(6)?,
    })
}

/// Visits the leads that were entered in a stretch of time, with what they are grouped by, one of the columns of numbers.
pub fn outcomes(
    db: &Db,
    key: &'static str,
    entered: &std::ops::Range<i64>,
    within: Option<&NumberSet>,
    advance: Advance<'_>,
    mut each: impl FnMut(Outcome) -> Result<()>,
) -> Result<()> {
    visit(db, &counted(None), &outcome_columns(key), within, advance, |number, row| {
        if entered.contains(&row.int(1)?) { each(outcome(number, row)?) } else { Ok(()) }
    })
}

/// How many leads that are not erased have a source, or none, and a state.
pub fn count(db: &Db, source: Option<i64>, state: i64) -> Result<i64> {
    let (which, mut values) = of_source(source);
    let sql = format!("SELECT count(*) FROM lead l WHERE {which} AND l.status = ${}", values.len() + 1);
    values.push(state.into());
    db.number(&sql, &values)
}

/// Those of a source that are not erased.
fn of_source(source: Option<i64>) -> (String, Vec<SqlValue>) {
    match source {
        Some(code) => (format!("{KEPT} AND l.source = $1"), vec![code.into()]),
        None => (format!("{KEPT} AND l.source IS NULL"), Vec::new()),
    }
}

/// Visits the leads of a source in a state, by source, but the erased ones.
pub fn of_state(
    db: &Db,
    source: Option<i64>,
    state: i64,
    advance: Advance<'_>,
    mut each: impl FnMut(Outcome) -> Result<()>,
) -> Result<()> {
    let (which, mut values) = of_source(source);
    // what the condition says is not read again of each
    let columns = "l.number, l.created_at, l.closed_at, l.parent_account, l.parent_contact";
    let sql = format!("SELECT {columns} FROM lead l WHERE {which} AND l.status = ${}", values.len() + 1);
    values.push(state.into());
    db.visit(&sql, &values, |row| {
        let (account, contact) = (row.opt_int(3)?, row.opt_int(4)?);
        let (number, created_at, closed_at) = (row.int(0)?, row.int(1)?, row.opt_int(2)?);
        each(Outcome { number, key: source, state, created_at, closed_at, account, contact }).map(|()| true)
    })?;
    advance(0)
}

/// Visits the leads that refer to an account or a contact and are not qualified, by their state.
pub fn tied(db: &Db, mut each: impl FnMut(Outcome) -> Result<()>) -> Result<()> {
    let columns = outcome_columns("source");
    for tie in ["parent_account", "parent_contact"] {
        let sql = format!(
            "SELECT l.number, {columns} FROM lead l WHERE l.{tie} IS NOT NULL AND l.status IN ({OPEN}, {DISQUALIFIED}) AND {KEPT}"
        );
        db.visit(&sql, &[], |row| each(outcome(row.int(0)?, row)?).map(|()| true))?;
    }
    Ok(())
}

/// Visits the erased leads.
pub fn erased(db: &Db, mut each: impl FnMut(Outcome) -> Result<()>) -> Result<()> {
    let [_, erased] = counted(None);
    visit(db, &[erased], &outcome_columns("source"), None, &|_| Ok(()), |number, row| each(outcome(number, row)?))
}

/// The source of a lead that reports count; none where it is no such lead.
pub fn source_of(db: &Db, lead: i64) -> Result<Option<Option<i64>>> {
    let sql =
        "SELECT l.source FROM lead l WHERE l.number = $1 AND l.merged = 0 AND (l.deleted_at IS NULL OR l.erased_at IS NOT NULL)";
    db.row(sql, &[lead.into()], |row| row.opt_int(0))
}

/// Visits the links of leads with records of a kind: the lead, the other record.
pub fn links(db: &Db, with: Entity, mut each: impl FnMut(i64, i64)) -> Result<()> {
    // a link holds the two in the order of their codes, and that of a lead is the greater one; found by the lead, who has few links
    let sql = "SELECT second_record, first_record FROM link WHERE second_entity = $1 AND first_entity + 0 = $2";
    db.visit(sql, &[Entity::Lead.code().into(), with.code().into()], |row| {
        each(row.int(0)?, row.int(1)?);
        Ok(true)
    })
}

/// The customers of a kind that are in Deleted and tie nothing; erased ones do.
pub fn deleted(db: &Db, customers: Entity) -> Result<NumberSet> {
    let sql = format!("SELECT number FROM {} WHERE deleted_at IS NOT NULL AND erased_at IS NULL", customers.name());
    let mut found = NumberSet::default();
    db.visit(&sql, &[], |row| {
        found.insert(row.int(0)?);
        Ok(true)
    })?;
    Ok(found)
}

/// What a campaign cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Its number.
    pub campaign: i64,
    /// How much.
    pub cost: i64,
    /// In which currency.
    pub currency: String,
}

/// The campaigns that cost something.
pub fn spent(db: &Db) -> Result<Vec<Spent>> {
    let sql =
        "SELECT c.number, c.actual_cost, c.currency FROM campaign c WHERE c.actual_cost IS NOT NULL AND c.deleted_at IS NULL";
    db.rows(sql, &[], |row| Ok(Spent { campaign: row.int(0)?, cost: row.int(1)?, currency: row.text(2)?.to_owned() }))
}

/// The leads of a campaign.
const BROUGHT: &str = "l.campaign = $1 AND l.merged = 0 AND (l.deleted_at IS NULL OR l.erased_at IS NOT NULL)";

/// How many leads a campaign brought by source, and how many of these have no cost of their own.
pub fn brought(db: &Db, campaign: i64) -> Result<Vec<(Option<i64>, i64, i64)>> {
    let sql = format!("SELECT l.source, count(*), count(*) - count(l.cost) FROM lead l WHERE {BROUGHT} GROUP BY l.source");
    db.rows(&sql, &[campaign.into()], |row| Ok((row.opt_int(0)?, row.int(1)?, row.int(2)?)))
}

/// Visits the leads that a campaign brought: the lead, and whether it has a cost of its own.
pub fn of_campaign(db: &Db, campaign: i64, mut each: impl FnMut(i64, bool)) -> Result<()> {
    let sql = format!("SELECT l.number, l.cost FROM lead l WHERE {BROUGHT}");
    db.visit(&sql, &[campaign.into()], |row| {
        each(row.int(0)?, row.opt_int(1)?.is_some());
        Ok(true)
    })
}

/// The leads whose own cost is known: the lead, the cost, its currency.
pub fn costs(db: &Db) -> Result<Vec<(i64, i64, String)>> {
    let sql = "SELECT l.number, l.cost, l.currency FROM lead l WHERE l.cost IS NOT NULL";
    db.rows(sql, &[], |row| Ok((row.int(0)?, row.int(1)?, row.text(2)?.to_owned())))
}
