//! Notes in the database. Renders nothing.

use uuid::Uuid;

use super::Db;
use super::sqlite::Row;
use crate::error::{Error, Result};
use crate::model::entity::{Entity, RecordId};
use crate::model::note::{Note, Origin};

const COLUMNS: &str =
    "number, id, version, entity, record, body, created_at, created_by, modified_at, modified_by, deleted_at, pinned";

fn read(row: &Row<'_>) -> Result<Note> {
    let entity = Entity::of_code(row.int(3)?).ok_or_else(|| Error::Damaged("a note on an unknown kind of record".into()))?;
    Ok(Note {
        number: row.int(0)?,
        id: row.uuid(1)?,
        version: row.int(2)?,
        about: RecordId { entity, number: row.int(4)? },
        body: row.text(5)?.to_owned(),
        created_at: row.int(6)?,
        created_by: row.int(7)?,
        modified_at: row.int(8)?,
        modified_by: row.int(9)?,
        deleted_at: row.opt_int(10)?,
        pinned: row.int(11)? != 0,
        tasks: Vec::new(),
    })
}

/// One note, deleted or not.
pub fn get(db: &Db, number: i64) -> Result<Option<Note>> {
    db.row(&format!("SELECT {COLUMNS} FROM note WHERE number = $1"), &[number.into()], read)
}

/// One note, or the sentence that there is none.
pub fn need(db: &Db, number: i64) -> Result<Note> {
    get(db, number)?.ok_or_else(|| Error::NotFound(format!("there is no note {}", RecordId::note(number))))
}

/// The number of the note with a UUID.
pub fn number_of(db: &Db, id: Uuid) -> Result<Option<i64>> {
    db.row("SELECT number FROM note WHERE id = $1", &[id.into()], |row| row.int(0))
}

/// The notes of a record, newest first, those before number `before` (0: from the newest), at most `limit`.
pub fn of_record(db: &Db, about: RecordId, before: i64, limit: i64) -> Result<Vec<Note>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM note WHERE entity = $1 AND record = $2 AND deleted_at IS NULL AND ($3 = 0 OR number < $3)
         ORDER BY number DESC LIMIT $4"
    );
    db.rows(&sql, &[about.entity.code().into(), about.number.into(), before.into(), limit.into()], read)
}

/// The notes of a record that stand first, the newest of them first.
pub fn pinned(db: &Db, about: RecordId) -> Result<Vec<Note>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM note WHERE entity = $1 AND record = $2 AND pinned = 1 AND deleted_at IS NULL ORDER BY number DESC"
    );
    db.rows(&sql, &[about.entity.code().into(), about.number.into()], read)
}

/// How many notes a record has.
pub fn count(db: &Db, about: RecordId) -> Result<i64> {
    let sql = "SELECT count(*) FROM note WHERE entity = $1 AND record = $2 AND deleted_at IS NULL";
    db.number(sql, &[about.entity.code().into(), about.number.into()])
}

/// Writes a new note.
pub fn insert(db: &Db, note: &Note) -> Result<()> {
    db.execute(
        &format!("INSERT INTO note ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"),
        &[
            note.number.into(),
            note.id.into(),
            note.version.into(),
            note.about.entity.code().into(),
            note.about.number.into(),
            note.body.as_str().into(),
            note.created_at.into(),
            note.created_by.into(),
            note.modified_at.into(),
            note.modified_by.into(),
            note.deleted_at.into(),
            note.pinned.into(),
        ],
    )
    .map(|_| ())
}

/// Notes where a note came from.
pub fn set_origin(db: &Db, number: i64, origin: &Origin) -> Result<()> {
    let rest = Some(origin.rest.as_str()).filter(|rest| !rest.is_empty()).map(str::to_owned);
    db.execute(
        "UPDATE note SET import_source = $1, import_key = $2, imported_rest = $3 WHERE number = $4",
        &[origin.source.as_str().into(), origin.key.as_str().into(), rest.into(), number.into()],
    )
    .map(|_| ())
}

/// Where a note came from; none where it was written here.
pub fn origin(db: &Db, number: i64) -> Result<Option<Origin>> {
    let sql = "SELECT import_source, import_key, imported_rest FROM note WHERE number = $1 AND import_key IS NOT NULL";
    db.row(sql, &[number.into()], |row| {
        let text = |column| row.opt_text(column).map(|text| text.unwrap_or_default().to_owned());
        Ok(Origin { source: text(0)?, key: text(1)?, rest: text(2)? })
    })
}

/// A note outside `within` that an import put on one of these records, and that record; the log has no line of it.
pub(super) fn imported_on(
    db: &Db,
    entity: Entity,
    (first, last): (i64, i64),
    within: impl Fn(RecordId) -> bool,
) -> Result<Option<(RecordId, RecordId)>> {
    let sql = "SELECT number, record FROM note WHERE entity = $1 AND record BETWEEN $2 AND $3 AND import_key IS NOT NULL
               AND deleted_at IS NULL ORDER BY number";
    let mut found = None;
    db.visit(sql, &[entity.code().into(), first.into(), last.into()], |row| {
        let by = RecordId::note(row.int(0)?);
        if !within(by) {
            found = Some((by, entity.numbered(row.int(1)?)));
        }
        Ok(found.is_none())
    })?;
    Ok(found)
}

/// The numbers of all notes on a record, deleted ones too.
pub fn numbers_of(db: &Db, about: RecordId) -> Result<Vec<i64>> {
    let sql = "SELECT number FROM note WHERE entity = $1 AND record = $2 ORDER BY number";
    db.rows(sql, &[about.entity.code().into(), about.number.into()], |row| row.int(0))
}

/// Writes what can change of a note: the record that it is on, body, deletion, pin, stamps, version.
pub fn update(db: &Db, note: &Note) -> Result<()> {
    db.execute(
        "UPDATE note SET version = $1, entity = $2, record = $3, body = $4, modified_at = $5, modified_by = $6, deleted_at = $7,
         pinned = $8 WHERE number = $9",
        &[
            note.version.into(),
            note.about.entity.code().into(),
            note.about.number.into(),
            note.body.as_str().into(),
            note.modified_at.into(),
            note.modified_by.into(),
            note.deleted_at.into(),
            note.pinned.into(),
            note.number.into(),
        ],
    )
    .map(|_| ())
}
