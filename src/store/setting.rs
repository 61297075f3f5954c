//! Names and values that belong to the database, and the sequences that number records. Interprets none of them.

use super::Db;
use crate::error::Result;

/// A setting's value.
pub fn get(db: &Db, name: &str) -> Result<Option<String>> {
    db.row("SELECT value FROM setting WHERE name = $1", &[name.into()], |row| Ok(row.text(0)?.to_owned()))
}

/// Writes a setting.
pub fn put(db: &Db, name: &str, value: &str) -> Result<()> {
    let sql = "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    db.execute(sql, &[name.into(), value.into()]).map(|_| ())
}

/// Takes `count` numbers of a sequence and returns the first; they are never given again.
pub fn take_numbers(db: &Db, sequence: &str, count: i64) -> Result<i64> {
    let sql = "INSERT INTO sequence (entity, next) VALUES ($1, 1 + $2)
               ON CONFLICT (entity) DO UPDATE SET next = sequence.next + $2 RETURNING next";
    let next = db.row(sql, &[sequence.into(), count.into()], |row| row.int(0))?;
    Ok(next.unwrap_or(1 + count) - count)
}
