//! Which lines of notes have made which tasks. Reads no note and decides nothing.

use super::Db;
use crate::error::Result;
use crate::model::note::NoteTask;

/// The tasks of a note, by the texts that their lines have or had; those of deleted tasks too.
pub fn of(db: &Db, note: i64) -> Result<Vec<NoteTask>> {
    let sql = "SELECT t.line, a.number, a.status, a.due_key, a.deleted_at IS NOT NULL FROM note_task t
               JOIN activity a ON a.number = t.activity WHERE t.note = $1 ORDER BY a.number, t.line";
    db.rows(sql, &[note.into()], |row| {
        Ok(NoteTask {
            line: row.text(0)?.to_owned(),
            activity: row.int(1)?,
            state: row.int(2)?,
            due: row.opt_int(3)?,
            deleted: row.int(4)? != 0,
        })
    })
}

/// Keeps that a line of a note, by its folded text, stands for a task.
pub fn put(db: &Db, note: i64, line: &str, activity: i64) -> Result<()> {
    let sql = "INSERT INTO note_task (note, line, activity) VALUES ($1, $2, $3)
               ON CONFLICT (note, line) DO UPDATE SET activity = excluded.activity";
    db.execute(sql, &[note.into(), line.into(), activity.into()]).map(|_| ())
}
