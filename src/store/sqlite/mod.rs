//! The SQLite driver: connections, transactions, rows. The only place that names the driver; decides nothing about leads.

pub mod ahead;
pub mod backup;
pub mod bulk;
pub mod check;
pub mod clean;
mod errors;
pub mod former;
pub mod fts;
mod functions;
pub mod identity;
mod migrate;
mod open;
mod rehearsal;

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, TransactionBehavior};

use super::value::SqlValue;
use crate::error::{Error, Result};
pub use open::{Mode, Opening};

/// One connection to a database file. Use one a thread.
pub struct Db {
    conn: Connection,
    path: PathBuf,
    mode: Mode,
    seen: Option<identity::FileIdentity>,
    writing: Cell<bool>,
    /// Whether the log has grown by more than a commit should move into the file.
    owes: Cell<bool>,
}

/// One row of an answer.
pub struct Row<'a>(&'a rusqlite::Row<'a>);

impl Row<'_> {
    /// A number that may be absent.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>> {
        match self.0.get_ref(column).map_err(errors::translate)? {
            ValueRef::Null => Ok(None),
            ValueRef::Integer(n) => Ok(Some(n)),
            other => Err(wrong(column, "a number", &other)),
        }
    }

    /// A number.
    pub fn int(&self, column: usize) -> Result<i64> {
        self.opt_int(column)?.ok_or_else(|| Error::Damaged(format!("column {column} of an answer is empty")))
    }

    /// A text that may be absent.
    pub fn opt_text(&self, column: usize) -> Result<Option<&str>> {
        match self.0.get_ref(column).map_err(errors::translate)? {
            ValueRef::Null => Ok(None),
            ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Some(text)),
                Err(_) => Err(Error::Damaged(format!("column {column} of an answer is not text"))),
            },
            other => Err(wrong(column, "a text", &other)),
        }
    }

    /// A text; the empty one where it is absent.
    pub fn text(&self, column: usize) -> Result<&str> {
        Ok(self.opt_text(column)?.unwrap_or(""))
    }

    /// Bytes.
    pub fn blob(&self, column: usize) -> Result<&[u8]> {
        match self.0.get_ref(column).map_err(errors::translate)? {
            ValueRef::Null => Ok(&[]),
            ValueRef::Blob(bytes) => Ok(bytes),
            other => Err(wrong(column, "bytes", &other)),
        }
    }

    /// A UUID.
    pub fn uuid(&self, column: usize) -> Result<uuid::Uuid> {
        uuid::Uuid::from_slice(self.blob(column)?)
            .map_err(|_| Error::Damaged(format!("column {column} of an answer is not an identity")))
    }
}

fn wrong(column: usize, wanted: &str, found: &ValueRef<'_>) -> Error {
    Error::Damaged(format!("column {column} of an answer holds {} where {wanted} is due", found.data_type()))
}

impl ToSql for SqlValue {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(n) => ValueRef::Integer(*n),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Stops what a connection is doing, from another thread.
#[derive(Clone)]
pub struct Interrupt(Arc<rusqlite::InterruptHandle>);

impl Interrupt {
    /// Ends the running query with [`Error::Canceled`]; does nothing when none runs.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl Db {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How it could be opened.
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// A handle by which another thread stops this connection's query.
    pub fn interrupter(&self) -> Interrupt {
        Interrupt(Arc::new(self.conn.get_interrupt_handle()))
    }

    /// All rows of an answer, each made into a value.
    pub fn rows<T>(&self, sql: &str, values: &[SqlValue], mut each: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.visit(sql, values, |row| {
            found.push(each(row)?);
            Ok(true)
        })?;
        Ok(found)
    }

    /// Visits rows until `each` says false.
    pub fn visit(&self, sql: &str, values: &[SqlValue], mut each: impl FnMut(&Row<'_>) -> Result<bool>) -> Result<()> {
        let mut statement = self.conn.prepare_cached(sql).map_err(errors::translate)?;
        let mut rows = statement.query(rusqlite::params_from_iter(values)).map_err(errors::translate)?;
        while let Some(row) = rows.next().map_err(errors::translate)? {
            if !each(&Row(row))? {
                break;
            }
        }
        Ok(())
    }

    /// The first row of an answer, if there is one.
    pub fn row<T>(&self, sql: &str, values: &[SqlValue], each: impl FnOnce(&Row<'_>) -> Result<T>) -> Result<Option<T>> {
        let mut statement = self.conn.prepare_cached(sql).map_err(errors::translate)?;
        let mut rows = statement.query(rusqlite::params_from_iter(values)).map_err(errors::translate)?;
        match rows.next().map_err(errors::translate)? {
            Some(row) => each(&Row(row)).map(Some),
            None => Ok(None),
        }
    }

    /// The number in the first column of the first row; 0 where there is none.
    pub fn number(&self, sql: &str, values: &[SqlValue]) -> Result<i64> {
        Ok(self.row(sql, values, |row| row.opt_int(0))?.flatten().unwrap_or(0))
    }

    /// Runs one statement inside [`Self::write`] and returns how many rows it changed.
    pub fn execute(&self, sql: &str, values: &[SqlValue]) -> Result<usize> {
        debug_assert!(self.writing.get(), "a statement outside a transaction: {sql}");
        let mut statement = self.conn.prepare_cached(sql).map_err(errors::translate)?;
        statement.execute(rusqlite::params_from_iter(values)).map_err(errors::translate)
    }

    /// Runs `work` in one IMMEDIATE transaction: all of it is kept, or nothing.
    ///
    /// [`Error::Busy`] when another process writes for longer than the wait, [`Error::ReadOnly`] where the file cannot be
    /// written, [`Error::Damaged`] when the file was replaced under the program; in each case nothing was written.
    pub fn write<T>(&mut self, work: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        if self.mode != Mode::Write {
            return Err(Error::ReadOnly(format!("{} is open for reading only", self.path.display())));
        }
        identity::still_there(&self.path, self.seen.as_ref())?;
        let tx = rusqlite::Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate).map_err(errors::translate)?;
        self.writing.set(true);
        let done = work(self);
        self.writing.set(false);
        let ended = match done {
            Ok(value) => tx.commit().map_err(errors::translate).map(|()| value),
            Err(error) => {
                // A failed rollback changes nothing: the transaction ends with the connection at the latest.
                let _ = tx.rollback();
                Err(error)
            }
        };
        if self.owes.get() {
            open::set_bulk(self, false)?;
        }
        ended
    }

    /// Runs several reads on one state of the database.
    pub fn snapshot<T>(&self, work: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        let tx = rusqlite::Transaction::new_unchecked(&self.conn, TransactionBehavior::Deferred).map_err(errors::translate)?;
        let done = work(self);
        let _ = tx.rollback();
        done
    }

    /// Runs `work` as if it wrote, also on a reading connection, and takes back all that it did. None where the file cannot be written or
    /// others are writing: they are not waited for longer than a write would.
    pub fn rehearse<T>(&self, work: impl FnOnce(&Self) -> Result<T>) -> Result<Option<T>> {
        if self.mode == Mode::ReadOnlyFile {
            return Ok(None);
        }
        let rehearsal = rehearsal::Rehearsal::begin(self)?;
        let done = work(self);
        rehearsal.end()?;
        match done {
            Ok(value) => Ok(Some(value)),
            Err(Error::Busy(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A number that changes when another connection has written.
    pub fn data_version(&self) -> Result<i64> {
        self.conn.pragma_query_value(None, "data_version", |row| row.get(0)).map_err(errors::translate)
    }

    /// How long a write waits for another process, in milliseconds.
    pub fn wait(&self, milliseconds: u64) -> Result<()> {
        self.conn.busy_timeout(std::time::Duration::from_millis(milliseconds)).map_err(errors::translate)
    }

    /// That the running transaction writes much: it holds little of it in memory, and ends without moving the write-ahead log into
    /// the file, which takes as long again as writing the log did. What was written is safe all the same; [`Self::checkpoint`] is due
    /// when nobody waits.
    pub fn writes_much(&self) -> Result<()> {
        self.owes.set(true);
        open::set_bulk(self, true)
    }

    /// Whether a transaction left a long log behind.
    pub fn is_checkpoint_due(&self) -> bool {
        self.owes.get()
    }

    /// Moves the write-ahead log into the file; `truncate` also empties it.
    pub fn checkpoint(&self, truncate: bool) -> Result<()> {
        self.owes.set(false);
        let kind = if truncate { "TRUNCATE" } else { "PASSIVE" };
        self.conn.query_row(&format!("PRAGMA wal_checkpoint({kind})"), [], |_| Ok(())).map_err(errors::translate)
    }

    /// Lets SQLite refresh its statistics where that is due; at quitting.
    pub fn optimize(&self) -> Result<()> {
        self.conn.execute_batch("PRAGMA optimize").map_err(errors::translate)
    }

    /// Measures the tables for the query planner; after an import.
    pub fn analyze(&self) -> Result<()> {
        self.conn.execute_batch("PRAGMA analysis_limit = 1000; ANALYZE").map_err(errors::translate)
    }

    /// The statements that `work` runs, with their values, each once; for the tests that look at how they are answered. Those of
    /// triggers and of search indexes are left out.
    pub fn statements(&mut self, work: impl FnOnce(&Self) -> Result<()>) -> Result<Vec<String>> {
        let (tell, told) = std::sync::mpsc::channel();
        let hear = move |event: TraceEvent<'_>| {
            if let TraceEvent::Stmt(statement, text) = event
                && !text.starts_with("--")
            {
                // who no longer listens wants to know nothing
                let _ = tell.send(statement.expanded_sql());
            }
        };
        self.conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(hear)).map_err(errors::translate)?;
        let done = work(self);
        self.conn.trace_v2(TraceEventCodes::empty(), None::<fn(TraceEvent<'_>)>).map_err(errors::translate)?;
        done?;
        let all = told.into_iter().flatten().filter(|text| !text.contains("_words_"));
        let mut statements: Vec<String> = all.collect();
        statements.sort_unstable();
        statements.dedup();
        Ok(statements)
    }

    /// How SQLite would answer a query, a line a step; for the tests that forbid scans.
    pub fn explain(&self, sql: &str, values: &[SqlValue]) -> Result<Vec<String>> {
        self.rows(&format!("EXPLAIN QUERY PLAN {sql}"), values, |row| Ok(row.text(3)?.to_owned()))
    }
}
