//! Who works which record off a list right now. Outside versions and log, as nobody changed anything.

use super::Db;
use crate::error::Result;
use crate::model::entity::RecordId;

/// Who holds a record, a user's number, and since when, in µs UTC.
pub fn holder(db: &Db, record: RecordId) -> Result<Option<(i64, i64)>> {
    db.row("SELECT holder, at FROM claim WHERE record = $1", &[record.to_string().into()], |row| Ok((row.int(0)?, row.int(1)?)))
}

/// Gives a record to a user from a moment on.
pub fn take(db: &Db, record: RecordId, holder: i64, at: i64) -> Result<()> {
    let sql = "INSERT INTO claim (record, holder, at) VALUES ($1, $2, $3)
               ON CONFLICT (record) DO UPDATE SET holder = excluded.holder, at = excluded.at";
    db.execute(sql, &[record.to_string().into(), holder.into(), at.into()]).map(|_| ())
}

/// Forgets what was taken before a moment.
pub fn forget_before(db: &Db, at: i64) -> Result<()> {
    db.execute("DELETE FROM claim WHERE at < $1", &[at.into()]).map(|_| ())
}

/// Who completed a call with a record last, a user's number, and when, in µs UTC.
pub fn last_call(db: &Db, record: RecordId) -> Result<Option<(i64, i64)>> {
    let sql = "SELECT owner, contact_at FROM activity WHERE regarding = $1 AND contact_at IS NOT NULL AND kind = $2
               ORDER BY contact_at DESC LIMIT 1";
    let values = [record.to_string().into(), crate::model::activity::PHONE_CALL.into()];
    db.row(sql, &values, |row| Ok((row.int(0)?, row.int(1)?)))
}
