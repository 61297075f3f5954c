//! Activities as the timeline, Today and the rules about them ask for them. Writes none.

use std::collections::HashSet;

use super::log::Made;
use super::{Db, SqlValue};
use crate::error::Result;
use crate::model::entity::{Entity, RecordId, RecordName};
use crate::model::value::Owner;

/// An activity in a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// The number, shown as `T-7`.
    pub number: i64,
    /// The record that it stands on; none where it stands alone.
    pub about: Option<RecordId>,
    /// The code of its kind.
    pub kind: i64,
    /// What it is about.
    pub subject: String,
    /// The code of its state.
    pub state: i64,
    /// The code of the reason of its state.
    pub reason: i64,
    /// The code of its direction, where it has one.
    pub direction: Option<i64>,
    /// The code of the outcome of a call.
    pub outcome: Option<i64>,
    /// When it is due, or an appointment begins, in µs UTC; none where it is closed or nobody said.
    pub due: Option<i64>,
    /// When it was done, or is to be, or was entered: its place in a timeline, in µs UTC.
    pub at: i64,
    /// Whose it is, see [`crate::model::value::Owner::code`].
    pub owner: i64,
    /// What is to be remembered.
    pub text: String,
    /// Where an appointment takes place.
    pub location: String,
}

const BRIEF: &str = "a.number, a.regarding, a.kind, a.name, a.status, a.status_reason, a.direction, a.outcome, a.due_key, a.timeline_at, \
     a.owner, a.description, a.location";

fn place(text: &str) -> Option<RecordId> {
    match RecordName::parse(text)? {
        RecordName::Number(key) => Some(key),
        RecordName::Id(_) => None,
    }
}

fn brief(row: &super::sqlite::Row<'_>) -> Result<Brief> {
    Ok(Brief {
        number: row.int(0)?,
        about: row.opt_text(1)?.and_then(place),
        kind: row.int(2)?,
        subject: row.text(3)?.to_owned(),
        state: row.int(4)?,
        reason: row.int(5)?,
        direction: row.opt_int(6)?,
        outcome: row.opt_int(7)?,
        due: row.opt_int(8)?,
        at: row.int(9)?,
        owner: row.int(10)?,
        text: row.opt_text(11)?.unwrap_or_default().to_owned(),
        location: row.opt_text(12)?.unwrap_or_default().to_owned(),
    })
}

/// The activities of a record and those that are read on it too, the latest first.
pub fn of_record(db: &Db, about: RecordId, limit: i64) -> Result<Vec<Brief>> {
    let latest = "AND a.deleted_at IS NULL ORDER BY a.timeline_at DESC, a.number DESC LIMIT $2";
    let values: [SqlValue; 2] = [about.to_string().into(), limit.into()];
    let mut found = db.rows(&format!("SELECT {BRIEF} FROM activity a WHERE a.regarding = $1 {latest}"), &values, brief)?;
    let also = format!(
        "SELECT {BRIEF} FROM activity_about x JOIN activity a ON a.number = x.activity
         WHERE x.about = $1 AND a.regarding IS NOT x.about {latest}"
    );
    let also = db.rows(&also, &values, brief)?;
    if !also.is_empty() {
        found.extend(also);
        found.sort_by_key(|activity| std::cmp::Reverse((activity.at, activity.number)));
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    }
    Ok(found)
}

/// How many activities these records have that are not deleted, with those that are read on them too; each counts once.
pub fn count(db: &Db, about: &[RecordId]) -> Result<i64> {
    let places: Vec<String> = (1..=about.len()).map(|n| format!("${n}")).collect();
    let places = places.join(", ");
    // those that stand on them are counted in an index; what is read on them too is little
    let sql = format!(
        "SELECT (SELECT count(*) FROM activity WHERE regarding IN ({places}) AND deleted_at IS NULL)
         + (SELECT count(DISTINCT a.number) FROM activity_about x JOIN activity a ON a.number = x.activity
            WHERE x.about IN ({places}) AND a.deleted_at IS NULL AND (a.regarding IS NULL OR a.regarding NOT IN ({places})))"
    );
    let values: Vec<SqlValue> = about.iter().map(|record| record.to_string().into()).collect();
    db.number(&sql, &values)
}

/// One activity, deleted or not.
pub fn one(db: &Db, number: i64) -> Result<Option<Brief>> {
    db.row(&format!("SELECT {BRIEF} FROM activity a WHERE a.number = $1"), &[number.into()], brief)
}

/// The open call of a record that is due first, until a moment.
pub fn call_due(db: &Db, about: RecordId, until: i64) -> Result<Option<i64>> {
    let sql = "SELECT number FROM activity WHERE regarding = $1 AND is_open = 1 AND kind = $2 AND due_key <= $3
               ORDER BY due_key, number LIMIT 1";
    db.row(sql, &[about.to_string().into(), crate::model::activity::PHONE_CALL.into(), until.into()], |row| row.int(0))
}

/// The activities of a record that went to Deleted at a moment, or, of none, that are not deleted.
pub fn numbers_of(db: &Db, about: RecordId, deleted_at: Option<i64>) -> Result<Vec<i64>> {
    let (deleted, values): (&str, Vec<SqlValue>) = match deleted_at {
        // what is read on other records too stays for them
        None => ("deleted_at IS NULL AND number NOT IN (SELECT activity FROM activity_about)", vec![about.to_string().into()]),
        Some(at) => ("deleted_at = $2", vec![about.to_string().into(), at.into()]),
    };
    let sql = format!("SELECT number FROM activity WHERE regarding = $1 AND {deleted} ORDER BY number");
    db.rows(&sql, &values, |row| row.int(0))
}

/// An activity outside `within` that stands on one of the records that an import made, and that one.
pub(super) fn on_range(db: &Db, made: Made, within: &HashSet<RecordId>) -> Result<Option<(RecordId, RecordId)>> {
    if !made.entity.takes_activities() {
        return Ok(None);
    }
    let prefix = made.entity.prefix();
    let values: [SqlValue; 2] = [format!("{prefix}-").into(), format!("{prefix}.").into()];
    let sql = "SELECT regarding, number FROM activity WHERE regarding >= $1 AND regarding < $2";
    let mut found = None;
    db.visit(sql, &values, |row| {
        let by = Entity::Activity.numbered(row.int(1)?);
        if let Some(to) = place(row.text(0)?).filter(|to| made.holds(*to) && !within.contains(&by)) {
            found = Some((by, to));
        }
        Ok(found.is_none())
    })?;
    Ok(found)
}

/// Removes the activities of a record for good.
pub(super) fn purge_of(db: &Db, about: RecordId) -> Result<()> {
    // files of activities are known by their numbers, which are gone with the rows
    for number in db.rows("SELECT number FROM activity WHERE regarding = $1", &[about.to_string().into()], |row| row.int(0))? {
        super::attachment::purge_of(db, Entity::Activity.numbered(number))?;
    }
    db.execute("DELETE FROM activity WHERE regarding = $1", &[about.to_string().into()]).map(|_| ())
}

/// The open activities of an owner that are due in a stretch (µs UTC, its end excluded), the first due first.
pub fn due(db: &Db, owner: i64, from: i64, before: i64, limit: i64) -> Result<Vec<Brief>> {
    let sql = format!(
        "SELECT {BRIEF} FROM activity a WHERE a.owner = $1 AND a.due_key >= $2 AND a.due_key < $3 ORDER BY a.due_key, a.number LIMIT $4"
    );
    db.rows(&sql, &[owner.into(), from.into(), before.into(), limit.into()], brief)
}

/// How many open activities of an owner are due in a stretch (µs UTC, its end excluded), and not at one moment of it.
pub fn count_due(db: &Db, owner: i64, from: i64, before: i64, except: i64) -> Result<u64> {
    let sql = "SELECT count(*) FROM activity WHERE owner = $1 AND due_key >= $2 AND due_key < $3 AND due_key <> $4";
    Ok(db.number(sql, &[owner.into(), from.into(), before.into(), except.into()])?.unsigned_abs())
}

/// How many activities an owner completed in a stretch (µs UTC, its end excluded).
pub fn count_done(db: &Db, owner: i64, from: i64, before: i64) -> Result<u64> {
    let sql = "SELECT count(*) FROM activity WHERE owner = $1 AND actual_end >= $2 AND actual_end < $3 AND deleted_at IS NULL AND status = 1";
    Ok(db.number(sql, &[owner.into(), from.into(), before.into()])?.unsigned_abs())
}

/// How many open leads of an owner have nothing planned.
pub fn count_idle(db: &Db, owner: i64) -> Result<u64> {
    let sql = "SELECT count(*) FROM lead WHERE owner = $1 AND open_activities = 0 AND status = 0 AND deleted_at IS NULL";
    Ok(db.number(sql, &[owner.into()])?.unsigned_abs())
}

/// How many opportunities of an owner were won in a stretch of days (since 1970-01-01, its end excluded).
pub fn count_won(db: &Db, owner: i64, from: i32, before: i32) -> Result<u64> {
    let sql = "SELECT count(*) FROM opportunity WHERE owner = $1 AND status = 1 AND deleted_at IS NULL
               AND actual_close_date >= $2 AND actual_close_date < $3";
    Ok(db.number(sql, &[owner.into(), i64::from(from).into(), i64::from(before).into()])?.unsigned_abs())
}

/// What the opportunities of an owner that were won in a stretch of days came to, in each currency.
pub fn won_value(db: &Db, owner: i64, from: i32, before: i32) -> Result<Vec<(String, i64)>> {
    let sql = "SELECT currency, sum(actual_value) FROM opportunity WHERE owner = $1 AND status = 1 AND deleted_at IS NULL
               AND actual_close_date >= $2 AND actual_close_date < $3 AND currency IS NOT NULL AND actual_value IS NOT NULL
               GROUP BY currency ORDER BY currency";
    let values = [owner.into(), i64::from(from).into(), i64::from(before).into()];
    db.rows(sql, &values, |row| Ok((row.text(0)?.to_owned(), row.int(1)?)))
}

/// Writes into the records of a kind what follows from their activities, all at once: for a bulk load into a new file, in which nothing
/// has followed row by row. Those without activities stay as they are.
pub fn follow(db: &Db, entity: Entity) -> Result<()> {
    let prefix = entity.prefix();
    let sql = format!(
        "UPDATE {} SET next_due_at = h.next_due, open_activities = h.open, last_activity_at = h.last_activity,
             last_contact_at = h.last_contact, first_contact_at = h.first_contact
         FROM (SELECT CAST(substr(a.regarding, 3) AS INTEGER) AS record,
                   min(a.due_key) FILTER (WHERE a.is_open = 1) AS next_due,
                   count(*) FILTER (WHERE a.is_open = 1) AS open,
                   max(a.timeline_at) FILTER (WHERE a.is_open = 0 AND a.deleted_at IS NULL) AS last_activity,
                   max(a.contact_at) AS last_contact,
                   min(a.contact_at) FILTER (WHERE a.direction = 1) AS first_contact
               FROM activity a WHERE a.regarding >= $1 AND a.regarding < $2 GROUP BY a.regarding) h
         WHERE number = h.record",
        entity.name()
    );
    db.execute(&sql, &[format!("{prefix}-").into(), format!("{prefix}.").into()]).map(|_| ())
}

/// The open activities of a record that belong to an owner.
pub fn open_of(db: &Db, about: RecordId, owner: Owner) -> Result<Vec<i64>> {
    let sql = "SELECT number FROM activity WHERE regarding = $1 AND is_open = 1 AND owner = $2 ORDER BY number";
    db.rows(sql, &[about.to_string().into(), owner.code().into()], |row| row.int(0))
}
