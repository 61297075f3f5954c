//! The format of the file: its mark, its version, and the steps between versions. Steps go forward only and are never edited.

use super::Db;
use super::errors::translate;
use crate::error::{Error, Result};

/// The mark of a leadbook database: the bytes “LDBK”.
pub const APPLICATION_ID: i64 = 0x4c44_424b;

/// The steps, oldest first; the version of a file is how many it has taken.
const STEPS: &[&str] = &[
    include_str!("../../../assets/migrations/sqlite/0001_start.sql"),
    include_str!("../../../assets/migrations/sqlite/0002_customers.sql"),
    include_str!("../../../assets/migrations/sqlite/0003_share.sql"),
    include_str!("../../../assets/migrations/sqlite/0004_merge.sql"),
    include_str!("../../../assets/migrations/sqlite/0005_imports.sql"),
    include_str!("../../../assets/migrations/sqlite/0006_catalogue.sql"),
    include_str!("../../../assets/migrations/sqlite/0007_activities.sql"),
    include_str!("../../../assets/migrations/sqlite/0008_attachments.sql"),
    include_str!("../../../assets/migrations/sqlite/0009_notes.sql"),
    include_str!("../../../assets/migrations/sqlite/0010_mail.sql"),
    include_str!("../../../assets/migrations/sqlite/0011_requests.sql"),
    include_str!("../../../assets/migrations/sqlite/0012_erase.sql"),
    include_str!("../../../assets/migrations/sqlite/0013_note_import.sql"),
    include_str!("../../../assets/migrations/sqlite/0014_counts.sql"),
    include_str!("../../../assets/migrations/sqlite/0015_people_and_rules.sql"),
    include_str!("../../../assets/migrations/sqlite/0016_reports.sql"),
    include_str!("../../../assets/migrations/sqlite/0017_former_owners.sql"),
    include_str!("../../../assets/migrations/sqlite/0018_sales.sql"),
    include_str!("../../../assets/migrations/sqlite/0019_turns.sql"),
    include_str!("../../../assets/migrations/sqlite/0020_changes.sql"),
];

/// The version that this program writes.
pub const fn newest() -> i64 {
    STEPS.len() as i64
}

fn pragma(db: &Db, name: &str) -> Result<i64> {
    db.conn.pragma_query_value(None, name, |row| row.get(0)).map_err(translate)
}

/// The version of a file that is ours; [`Error::Damaged`] for another program's, [`Error::Newer`] for a later format.
pub fn check_ours(db: &Db) -> Result<i64> {
    if pragma(db, "application_id")? != APPLICATION_ID {
        return Err(Error::Damaged(format!("{} is not a leadbook database; it was left as it is", db.path().display())));
    }
    let found = pragma(db, "user_version")?;
    if found > newest() {
        return Err(Error::Newer { found, known: newest() });
    }
    Ok(found)
}

/// Whether a file of ours lacks steps that this program knows.
pub fn is_behind(db: &Db) -> Result<bool> {
    Ok(check_ours(db)? < newest())
}

/// Marks a new, empty file as ours and takes every step.
pub fn initialise(db: &mut Db) -> Result<()> {
    db.write(|db| {
        let tables: i64 = db.conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(translate)?;
        if tables == 0 {
            db.conn.pragma_update(None, "application_id", APPLICATION_ID).map_err(translate)?;
        }
        Ok(())
    })?;
    run(db)
}

/// Takes the steps that the file lacks, each in a transaction of its own; another process may have taken some meanwhile.
pub fn run(db: &mut Db) -> Result<()> {
    check_ours(db)?;
    for (index, step) in (1i64..).zip(STEPS) {
        db.write(|db| {
            if pragma(db, "user_version")? >= index {
                return Ok(());
            }
            db.conn.execute_batch(step).map_err(translate)?;
            db.conn.pragma_update(None, "user_version", index).map_err(translate)
        })?;
    }
    Ok(())
}
