//! Writing that is always taken back, so that a question can do the real thing and tell what comes of it. Keeps nothing.

use super::{Db, Mode, errors};
use crate::error::Result;

/// A stretch of writing that ends as if nothing had been, also where it is left by an error or a panic.
pub(super) struct Rehearsal<'a> {
    db: &'a Db,
    over: bool,
}

impl<'a> Rehearsal<'a> {
    pub(super) fn begin(db: &'a Db) -> Result<Self> {
        db.conn.execute_batch("SAVEPOINT rehearsal").map_err(errors::translate)?;
        let rehearsal = Self { db, over: false };
        db.writing.set(true);
        if db.mode == Mode::Read {
            db.conn.execute_batch("PRAGMA query_only = OFF").map_err(errors::translate)?;
        }
        Ok(rehearsal)
    }

    pub(super) fn end(mut self) -> Result<()> {
        self.take_back().map_err(errors::translate)
    }

    fn take_back(&mut self) -> rusqlite::Result<()> {
        if std::mem::replace(&mut self.over, true) {
            return Ok(());
        }
        self.db.writing.set(false);
        // an error may have ended the whole transaction, and the mark with it
        let ended = match self.db.conn.is_autocommit() {
            true => Ok(()),
            false => self.db.conn.execute_batch("ROLLBACK TO rehearsal; RELEASE rehearsal"),
        };
        match self.db.mode {
            Mode::Read => ended.and(self.db.conn.execute_batch("PRAGMA query_only = ON")),
            _ => ended,
        }
    }
}

impl Drop for Rehearsal<'_> {
    fn drop(&mut self) {
        // whatever fails here fails the next statement too
        let _ = self.take_back();
    }
}
