//! Cleaning up behind an erasure: search indexes built anew, statistics without samples, no free page and no log with what was in
//! them. What is left undone by an end halfway is known by a mark in the database.

use super::{Db, backup, errors, fts};
use crate::error::{Error, Result};
use crate::store::setting;

/// The setting that says cleaning is due.
const DUE: &str = "cleaning_due";

/// Says, in the transaction that takes rows away, that cleaning is due.
pub fn mark(db: &Db) -> Result<()> {
    setting::put(db, DUE, "1")
}

/// Whether what was erased may still stand in free pages, in a search index or in the log beside the file.
pub fn is_due(db: &Db) -> Result<bool> {
    Ok(setting::get(db, DUE)?.as_deref() == Some("1"))
}

/// How much of the work is writing the file anew, beside building the indexes: as much as all of them.
const WHOLE: u64 = 1;

/// Cleans up, and takes the mark away when all is done. `advance` is told how far it is, in rows, and can stop it between two parts.
///
/// [`Error::Full`] when the file cannot be written once more beside itself, [`Error::Busy`] while another program reads what the log
/// still holds; the mark stays in both cases.
pub fn run(db: &mut Db, advance: &mut dyn FnMut(u64, u64) -> Result<()>) -> Result<()> {
    room(db)?;
    let indexes = fts::indexes();
    let mut rows = Vec::with_capacity(indexes.len());
    for index in &indexes {
        rows.push(1 + db.number(&format!("SELECT count(*) FROM {}", index.table), &[])?.unsigned_abs());
    }
    let all: u64 = rows.iter().sum();
    let total = all * (1 + WHOLE);
    let mut done = 0;
    for (index, rows) in indexes.iter().zip(rows) {
        advance(done, total)?;
        db.write(|db| fts::rebuild_in_parts(db, index, &mut |rows| advance(done + rows, total)))?;
        done += rows;
    }
    advance(done, total)?;
    db.write(forget_samples)?;
    whole(db)?;
    empty_log(db)?;
    db.write(|db| setting::put(db, DUE, "0"))?;
    advance(total, total)?;
    empty_log(db)
}

/// Whether the file fits once more beside itself, and once in its log.
fn room(db: &Db) -> Result<()> {
    let path = db.path();
    let size = std::fs::metadata(path).map_or(0, |meta| meta.len());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(std::path::Path::new("."));
    if backup::free(folder)? > size * 2 {
        return Ok(());
    }
    Err(Error::Full(format!("cleaning up writes {} anew: {} MB are needed", path.display(), size * 2 / 1_000_000 + 1)))
}

/// The planner's statistics may hold samples of the keys of indexes: names, addresses. They are measured again without.
fn forget_samples(db: &Db) -> Result<()> {
    let sampled = db.number("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat4'", &[])? > 0;
    if sampled {
        db.execute("DELETE FROM sqlite_stat4", &[])?;
    }
    Ok(())
}

/// Writes the file anew, without free pages. The copy on the way is a file of the system's temporary folder: a large database does
/// not fit into memory.
fn whole(db: &Db) -> Result<()> {
    let vacuum = db.conn.execute_batch("PRAGMA temp_store = FILE; VACUUM").map_err(errors::translate);
    let back = db.conn.execute_batch("PRAGMA temp_store = MEMORY").map_err(errors::translate);
    vacuum.and(back)
}

/// Moves the log into the file and empties it.
fn empty_log(db: &Db) -> Result<()> {
    let blocked: i64 = db.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(errors::translate)?;
    if blocked == 0 {
        return Ok(());
    }
    Err(Error::Busy(format!("another program reads {}: the log beside it cannot be emptied", db.path().display())))
}
