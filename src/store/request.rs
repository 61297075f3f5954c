//! Customer requests as timelines ask for them, and what hangs on the customers that go. Writes no request.

use std::collections::HashSet;

use super::log::Made;
use super::{Db, SqlValue};
use crate::error::Result;
use crate::model::entity::{Entity, RecordId, RecordName};

/// A request in a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The number, shown as `R-7`.
    pub number: i64,
    /// Whose request it is.
    pub about: RecordId,
    /// What was asked.
    pub title: String,
    /// The code of its type.
    pub kind: Option<i64>,
    /// The code of its priority.
    pub priority: Option<i64>,
    /// The code of its state.
    pub state: i64,
    /// The code of the reason of its state.
    pub reason: i64,
    /// When it is to be answered, in µs UTC.
    pub due: Option<i64>,
    /// When it came, in µs UTC.
    pub at: i64,
    /// What was said of it.
    pub text: String,
    /// What it was answered with.
    pub resolution: String,
}

/// The requests of a record, the newest first.
pub fn of_record(db: &Db, about: RecordId, limit: i64) -> Result<Vec<Asked>> {
    let sql =
        "SELECT number, name, type, priority, status, status_reason, due_at, created_at, description, resolution FROM request
               WHERE regarding = $1 AND deleted_at IS NULL ORDER BY number DESC LIMIT $2";
    db.rows(sql, &[about.to_string().into(), limit.into()], |row| {
        let text = |column| row.opt_text(column).map(|text| text.unwrap_or_default().to_owned());
        Ok(Asked {
            number: row.int(0)?,
            about,
            title: row.text(1)?.to_owned(),
            kind: row.opt_int(2)?,
            priority: row.opt_int(3)?,
            state: row.int(4)?,
            reason: row.int(5)?,
            due: row.opt_int(6)?,
            at: row.int(7)?,
            text: text(8)?,
            resolution: text(9)?,
        })
    })
}

/// How many requests a record has that are not deleted.
pub fn count(db: &Db, about: RecordId) -> Result<i64> {
    db.number("SELECT count(*) FROM request WHERE regarding = $1 AND deleted_at IS NULL", &[about.to_string().into()])
}

/// The requests of a record that went to Deleted at a moment, or, of none, that are not deleted.
pub fn numbers_of(db: &Db, about: RecordId, deleted_at: Option<i64>) -> Result<Vec<i64>> {
    let (deleted, values): (&str, Vec<SqlValue>) = match deleted_at {
        None => ("deleted_at IS NULL", vec![about.to_string().into()]),
        Some(at) => ("deleted_at = $2", vec![about.to_string().into(), at.into()]),
    };
    let sql = format!("SELECT number FROM request WHERE regarding = $1 AND {deleted} ORDER BY number");
    db.rows(&sql, &values, |row| row.int(0))
}

/// A request outside `within` that is one of a record that an import made, and that one.
pub(super) fn on_range(db: &Db, made: Made, within: &HashSet<RecordId>) -> Result<Option<(RecordId, RecordId)>> {
    if !made.entity.takes_requests() {
        return Ok(None);
    }
    let prefix = made.entity.prefix();
    let values: [SqlValue; 2] = [format!("{prefix}-").into(), format!("{prefix}.").into()];
    let mut found = None;
    db.visit("SELECT regarding, number FROM request WHERE regarding >= $1 AND regarding < $2", &values, |row| {
        let by = Entity::Request.numbered(row.int(1)?);
        if let Some(RecordName::Number(to)) = RecordName::parse(row.text(0)?)
            && made.holds(to)
            && !within.contains(&by)
        {
            found = Some((by, to));
        }
        Ok(found.is_none())
    })?;
    Ok(found)
}

/// Removes the requests of a record for good, with all that stands on them.
pub(super) fn purge_of(db: &Db, about: RecordId) -> Result<()> {
    let numbers = db.rows("SELECT number FROM request WHERE regarding = $1", &[about.to_string().into()], |row| row.int(0))?;
    numbers.into_iter().try_for_each(|number| super::record::purge(db, Entity::Request.numbered(number)))
}
