//! Filling a new file at once: without a journal while nobody else knows the file, made safe before it gets its name. Never
//! for a file that holds anything.

use std::path::Path;

use super::{Db, Opening, errors, fts};
use crate::error::{Error, Result};

/// Makes a database at `path`, which must not be there yet, and lets `work` fill it in one transaction.
///
/// The file has another name until it is complete, so that an end halfway leaves nothing at `path`; [`Error::Refused`] where
/// there is a file already.
pub fn create<T>(path: &Path, work: impl FnOnce(&Db) -> Result<T>) -> Result<T> {
    if path.exists() {
        return Err(Error::refused(
            format!("there is a file at {} already", path.display()),
            "name a file that is not there yet",
        ));
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    let part = Path::new(&name);
    remove(part);
    let done = fill(part, work);
    let named = done.and_then(|value| std::fs::rename(part, path).map(|()| value).map_err(|e| Error::io(path.display(), &e)));
    if named.is_err() {
        remove(part);
    }
    named
}

/// Lets records refer to others that are written later in the same transaction; its end checks all references.
pub fn defer_references(db: &Db) -> Result<()> {
    db.conn.execute_batch("PRAGMA defer_foreign_keys = ON").map_err(errors::translate)
}

/// What [`suspend`] took away from one table, to be given back by [`Suspended::resume`] in the same transaction.
pub struct Suspended {
    table: &'static str,
    definitions: Vec<String>,
}

/// Takes away every index of a table that has words, but those by which it refers to others, and all its triggers: what they keep is
/// built at once when the rows are there, which costs a part of keeping it row by row.
pub fn suspend(db: &Db, table: &'static str) -> Result<Suspended> {
    let sql =
        "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = $1 AND type IN ('index', 'trigger') AND sql IS NOT NULL";
    let found =
        db.rows(sql, &[table.into()], |row| Ok([row.text(0)?.to_owned(), row.text(1)?.to_owned(), row.text(2)?.to_owned()]))?;
    let mut definitions = Vec::new();
    for [kind, name, sql] in found {
        // a row that another one waits for is looked up by these
        if !name.starts_with(&format!("{table}_of_")) || kind == "trigger" {
            db.conn.execute_batch(&format!("DROP {kind} {name}")).map_err(errors::translate)?;
            definitions.push(sql);
        }
    }
    Ok(Suspended { table, definitions })
}

impl Suspended {
    /// How many steps giving it back takes.
    pub fn steps(&self) -> u64 {
        self.definitions.len() as u64 + 1
    }

    /// Gives back what was taken away, with the search index built anew; `before` is called before each step and can stop it.
    pub fn resume(self, db: &Db, before: &mut dyn FnMut() -> Result<()>) -> Result<()> {
        for sql in &self.definitions {
            before()?;
            db.conn.execute_batch(sql).map_err(errors::translate)?;
        }
        before()?;
        fts::rebuild(db, self.table)
    }
}

fn fill<T>(part: &Path, work: impl FnOnce(&Db) -> Result<T>) -> Result<T> {
    let mut db = Db::open(&Opening::or_create(part))?;
    let set = |db: &Db, pragmas: &str| db.conn.execute_batch(pragmas).map_err(errors::translate);
    set(
        &db,
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA secure_delete = OFF;
         PRAGMA temp_store = FILE;",
    )?;
    let value = db.write(work)?;
    db.analyze()?;
    set(&db, "PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL;")?;
    drop(db);
    let synced = std::fs::File::open(part).and_then(|file| file.sync_all());
    synced.map_err(|e| Error::io(part.display(), &e))?;
    Ok(value)
}

/// Removes what is left of a file that was never completed.
fn remove(part: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut name = part.as_os_str().to_owned();
        name.push(end);
        // A file that is not there, or cannot be removed, is no reason to stop: opening it says what is wrong.
        let _ = std::fs::remove_file(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::setting;

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new.db");
        let stopped: Result<()> = create(&path, |db| setting::put(db, "a", "1").and(Err(Error::Canceled)));
        assert_eq!(stopped, Err(Error::Canceled));
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 0);
        create(&path, |db| setting::put(db, "a", "1")).expect("made");
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1);
        let db = Db::open(&Opening::existing(&path)).expect("opens");
        assert_eq!(setting::get(&db, "a"), Ok(Some("1".into())));
        assert!(matches!(create(&path, |_| Ok(())), Err(Error::Refused { .. })));
    }
}
