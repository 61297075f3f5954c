//! What the rules did: each firing with its lead, whose turn it is, and how much everybody holds. Decides nothing.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::sqlite::Row;
use super::{Db, SqlValue, definition, setting};
use crate::error::{Error, Result};
use crate::model::choice::{HOT, OPEN};
use crate::model::entity::{Entity, RecordId};

/// What a firing says beside its rule and its lead.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Given {
    /// The part of the condition that held, as text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub part: String,
    /// The code of the owner before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// The code of the owner that the rule chose; none where the lead stayed with its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
    /// Why this one, or why nobody.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// What one rule did with one lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firing {
    /// The step of the log.
    pub operation: i64,
    /// The lead.
    pub lead: i64,
    /// The number of the rule; none where no rule matched.
    pub rule: Option<i64>,
    /// What made the rules be asked.
    pub event: String,
    /// µs UTC.
    pub at: i64,
    /// The user who acted.
    pub actor: i64,
    /// All else.
    pub given: Given,
}

/// Writes firings of one step; the actor is that of the step.
pub fn put(db: &Db, firings: &[Firing]) -> Result<()> {
    let Some(count) = i64::try_from(firings.len()).ok().filter(|count| *count > 0) else { return Ok(()) };
    let first = setting::take_numbers(db, "firing", count)?;
    let sql = "INSERT INTO firing (number, operation, lead, rule, event, at, given) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    for (number, firing) in (first..).zip(firings) {
        let given = serde_json::to_string(&firing.given).map_err(|e| Error::Internal(e.to_string()))?;
        let values: [SqlValue; 7] = [
            number.into(),
            firing.operation.into(),
            firing.lead.into(),
            firing.rule.into(),
            firing.event.as_str().into(),
            firing.at.into(),
            given.into(),
        ];
        db.execute(sql, &values)?;
    }
    Ok(())
}

const FIRING: &str = "f.operation, f.lead, f.rule, f.event, f.at, o.actor, f.given";

fn read(row: &Row<'_>) -> Result<Firing> {
    let lead = row.int(1)?;
    Ok(Firing {
        operation: row.int(0)?,
        lead,
        rule: row.opt_int(2)?,
        event: row.text(3)?.to_owned(),
        at: row.int(4)?,
        actor: row.int(5)?,
        given: serde_json::from_str(row.text(6)?)
            .map_err(|e| Error::Damaged(format!("what a rule did with the lead L-{lead} cannot be read: {e}")))?,
    })
}

/// What the rules did with a lead, newest first; what was taken back is left out.
pub fn of_lead(db: &Db, lead: i64, limit: i64) -> Result<Vec<Firing>> {
    let sql = format!(
        "SELECT {FIRING} FROM firing f JOIN operation o ON o.number = f.operation
         WHERE f.lead = $1 AND o.undone_by IS NULL ORDER BY f.number DESC LIMIT $2"
    );
    db.rows(&sql, &[lead.into(), limit.into()], read)
}

/// What a rule did, newest first; what was taken back is left out.
pub fn of_rule(db: &Db, rule: i64, limit: i64) -> Result<Vec<Firing>> {
    let sql = format!(
        "SELECT {FIRING} FROM firing f JOIN operation o ON o.number = f.operation
         WHERE f.rule = $1 AND o.undone_by IS NULL ORDER BY f.number DESC LIMIT $2"
    );
    db.rows(&sql, &[rule.into(), limit.into()], read)
}

/// That the last thing that the rules said to a lead is that none matches it; what was taken back was not said.
const UNMATCHED: &str = "f.rule IS NULL AND o.undone_by IS NULL AND NOT EXISTS (
    SELECT 1 FROM firing g JOIN operation p ON p.number = g.operation
    WHERE g.lead = f.lead AND g.number > f.number AND p.undone_by IS NULL)";

/// The open leads that no rule matched when they were asked last, newest first.
pub fn unmatched(db: &Db, limit: i64) -> Result<Vec<Firing>> {
    let sql = format!(
        "SELECT {FIRING} FROM firing f JOIN operation o ON o.number = f.operation JOIN lead l ON l.number = f.lead
         WHERE {UNMATCHED} AND l.status = {OPEN} AND l.deleted_at IS NULL ORDER BY f.number DESC LIMIT $1"
    );
    db.rows(&sql, &[limit.into()], read)
}

/// Which of these leads no rule matched when they were asked last, because of this event.
pub fn unmatched_among(db: &Db, leads: &[i64], event: &str) -> Result<BTreeSet<i64>> {
    let mut unmatched = BTreeSet::new();
    for some in leads.chunks(NAMED) {
        let (condition, mut values) = one_of("f.lead", some);
        values.push(event.into());
        let sql = format!(
            "SELECT f.lead FROM firing f JOIN operation o ON o.number = f.operation
             WHERE {condition} AND f.event = ${} AND {UNMATCHED}",
            values.len()
        );
        unmatched.extend(db.rows(&sql, &values, |row| row.int(0))?);
    }
    Ok(unmatched)
}

/// What the rules did in one step, in its order.
pub fn of_operation(db: &Db, operation: i64) -> Result<Vec<Firing>> {
    let sql = format!(
        "SELECT {FIRING} FROM firing f JOIN operation o ON o.number = f.operation WHERE f.operation = $1 ORDER BY f.number"
    );
    db.rows(&sql, &[operation.into()], read)
}

/// Who gave a lead to whom in one step: the codes of the owners before and since, and the rule as the lead's hand-over note names it.
pub fn given_in(db: &Db, about: RecordId, operation: i64) -> Result<Option<(i64, i64, String)>> {
    if about.entity != Entity::Lead {
        return Ok(None);
    }
    let sql = "SELECT f.given, f.rule, d.name FROM firing f LEFT JOIN definition d ON d.number = f.rule
               WHERE f.lead = $1 AND f.operation = $2 AND f.rule IS NOT NULL ORDER BY f.number DESC LIMIT 1";
    let found = db.row(sql, &[about.number.into(), operation.into()], |row| {
        let given: Given = serde_json::from_str(row.text(0)?)
            .map_err(|e| Error::Damaged(format!("what a rule did with {about} cannot be read: {e}")))?;
        Ok((given, row.int(1)?, row.opt_text(2)?.map(str::to_owned)))
    })?;
    let Some((given, rule, name)) = found else { return Ok(None) };
    let (Some(from), Some(to)) = (given.from, given.to.filter(|to| given.from != Some(*to))) else { return Ok(None) };
    let name = match name {
        Some(name) => name,
        None => definition::former_name(db, rule)?.unwrap_or_else(|| format!("D-{rule}")),
    };
    Ok(Some((from, to, format!("rule “{name}”"))))
}

/// What all rules did, newest first; what was taken back is left out.
pub fn newest(db: &Db, limit: i64) -> Result<Vec<Firing>> {
    let sql = format!(
        "SELECT {FIRING} FROM firing f JOIN operation o ON o.number = f.operation
         WHERE f.rule IS NOT NULL AND o.undone_by IS NULL ORDER BY f.number DESC LIMIT $1"
    );
    db.rows(&sql, &[limit.into()], read)
}

/// How often a rule fired, and when last.
pub fn tally(db: &Db, rule: i64) -> Result<(i64, Option<i64>)> {
    let sql = "SELECT count(*), max(f.at) FROM firing f JOIN operation o ON o.number = f.operation
               WHERE f.rule = $1 AND o.undone_by IS NULL";
    Ok(db.row(sql, &[rule.into()], |row| Ok((row.int(0)?, row.opt_int(1)?)))?.unwrap_or_default())
}

/// The numbers of the rules that ever fired.
pub fn rules(db: &Db) -> Result<Vec<i64>> {
    db.rows("SELECT DISTINCT rule FROM firing WHERE rule IS NOT NULL", &[], |row| row.int(0))
}

/// When each user was given a lead last.
pub fn last_assigned(db: &Db) -> Result<Vec<(i64, i64)>> {
    db.rows("SELECT member, at FROM last_assigned", &[], |row| Ok((row.int(0)?, row.int(1)?)))
}

/// Notes that a user was given leads by a step, the last one at this moment.
pub fn put_turn(db: &Db, member: i64, operation: i64, at: i64) -> Result<()> {
    let sql = "INSERT INTO turn (member, operation, at) VALUES ($1, $2, $3)
               ON CONFLICT (member, operation) DO UPDATE SET at = excluded.at";
    db.execute(sql, &[member.into(), operation.into(), at.into()])?;
    put_last_assigned(db, member, at)
}

fn put_last_assigned(db: &Db, member: i64, at: i64) -> Result<()> {
    let sql = "INSERT INTO last_assigned (member, at) VALUES ($1, $2) ON CONFLICT (member) DO UPDATE SET at = excluded.at";
    db.execute(sql, &[member.into(), at.into()]).map(|_| ())
}

/// Lets everybody's turn follow when a step was taken back or brought again.
pub fn turns_follow(db: &Db, operation: i64) -> Result<()> {
    let members = db.rows("SELECT member FROM turn WHERE operation = $1", &[operation.into()], |row| row.int(0))?;
    for member in members {
        let sql = "SELECT t.at FROM turn t LEFT JOIN operation o ON o.number = t.operation
                   WHERE t.member = $1 AND o.undone_by IS NULL ORDER BY t.at DESC LIMIT 1";
        match db.row(sql, &[member.into()], |row| row.int(0))? {
            Some(at) => put_last_assigned(db, member, at)?,
            None => db.execute("DELETE FROM last_assigned WHERE member = $1", &[member.into()]).map(|_| ())?,
        }
    }
    Ok(())
}

/// How many open leads and opportunities a user holds.
pub fn load_of(db: &Db, user: i64) -> Result<i64> {
    let mut held = 0;
    for table in ["lead", "opportunity"] {
        let sql = format!("SELECT count(*) FROM {table} WHERE owner = $1 AND status = $2 AND deleted_at IS NULL");
        held += db.number(&sql, &[user.into(), OPEN.into()])?;
    }
    Ok(held)
}

/// How many everybody holds, by owner; leads with a number from `first` to `last` are left out.
pub fn loads(db: &Db, first: i64, last: i64) -> Result<Vec<(i64, i64)>> {
    let sql = "SELECT owner, count(*) FROM lead WHERE status = $1 AND deleted_at IS NULL AND (number < $2 OR number > $3)
               GROUP BY owner";
    let mut held = db.rows(sql, &[OPEN.into(), first.into(), last.into()], |row| Ok((row.int(0)?, row.int(1)?)))?;
    let sql = "SELECT owner, count(*) FROM opportunity WHERE status = $1 AND deleted_at IS NULL GROUP BY owner";
    held.extend(db.rows(sql, &[OPEN.into()], |row| Ok((row.int(0)?, row.int(1)?)))?);
    Ok(held)
}

/// Gives a lead that was made in the same step to its owner, as if it had been made so.
pub fn give_new(db: &Db, lead: i64, owner: i64, unit: i64, by: i64, at: i64, note: &str) -> Result<()> {
    let sql = "UPDATE lead SET owner = $1, unit = $2, handed_by = $3, handed_at = $4, handed_note = $5, opened_at = NULL
               WHERE number = $6";
    db.execute(sql, &[owner.into(), unit.into(), by.into(), at.into(), note.into(), lead.into()]).map(|_| ())
}

/// Numbers that are named one by one in a statement.
const NAMED: usize = 400;

/// A condition over a column that holds one of some numbers, at places from the first on.
fn one_of(column: &str, numbers: &[i64]) -> (String, Vec<SqlValue>) {
    let places: Vec<String> = (1..=numbers.len()).map(|n| format!("${n}")).collect();
    (format!("{column} IN ({})", places.join(", ")), numbers.iter().map(|number| SqlValue::from(*number)).collect())
}

/// Which of these leads are open.
pub fn open_among(db: &Db, leads: &[i64]) -> Result<Vec<i64>> {
    let mut open = Vec::new();
    for some in leads.chunks(NAMED) {
        let (condition, values) = one_of("number", some);
        let sql = format!("SELECT number FROM lead WHERE {condition} AND status = {OPEN} AND deleted_at IS NULL");
        open.extend(db.rows(&sql, &values, |row| row.int(0))?);
    }
    Ok(open)
}

/// These leads and their owners, in the order of their numbers.
pub fn owned(db: &Db, leads: &[i64]) -> Result<Vec<(i64, i64)>> {
    let mut owned = Vec::with_capacity(leads.len());
    for some in leads.chunks(NAMED) {
        let (condition, values) = one_of("number", some);
        let sql = format!("SELECT number, owner FROM lead WHERE {condition} ORDER BY number");
        owned.extend(db.rows(&sql, &values, |row| Ok((row.int(0)?, row.int(1)?)))?);
    }
    Ok(owned)
}

/// The owners of these leads, each once.
pub fn owners_of(db: &Db, leads: &[i64]) -> Result<Vec<i64>> {
    let mut owners: Vec<i64> = Vec::new();
    for some in leads.chunks(NAMED) {
        let (condition, values) = one_of("number", some);
        owners.extend(db.rows(&format!("SELECT DISTINCT owner FROM lead WHERE {condition}"), &values, |row| row.int(0))?);
    }
    owners.sort_unstable();
    owners.dedup();
    Ok(owners)
}

/// How many open leads an owner has: what waits in a queue.
pub fn waiting(db: &Db, owner: i64) -> Result<i64> {
    let sql = "SELECT count(*) FROM lead WHERE status = $1 AND owner = $2 AND deleted_at IS NULL AND merged = 0";
    db.number(sql, &[OPEN.into(), owner.into()])
}

/// The open lead of some owners that is taken next, as of `now` in µs UTC: late ones before hot ones before the rest, of each the one
/// that came first.
pub fn next_waiting(db: &Db, owners: &[i64], now: i64) -> Result<Option<i64>> {
    let behind = 2 + owners.len();
    let places: Vec<String> = (2..behind).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT number FROM lead WHERE status = $1 AND owner IN ({}) AND deleted_at IS NULL AND merged = 0
         ORDER BY CASE WHEN next_due_at < ${behind} THEN 0 WHEN rating = ${} THEN 1 ELSE 2 END, created_at, number LIMIT 1",
        places.join(", "),
        behind + 1
    );
    let mut values: Vec<SqlValue> = vec![OPEN.into()];
    values.extend(owners.iter().map(|owner| SqlValue::from(*owner)));
    values.extend([now.into(), HOT.into()]);
    db.row(&sql, &values, |row| row.int(0))
}
