//! Files on records in the database, without their contents. Reads no content.

use uuid::Uuid;

use super::sqlite::Row;
use super::{Db, blob};
use crate::error::{Error, Result};
use crate::model::attachment::Attachment;
use crate::model::entity::{Entity, RecordId};

const COLUMNS: &str = "a.number, a.id, a.version, a.entity, a.record, a.name, a.mime, b.size, a.blob, a.created_at, a.created_by, \
     a.modified_at, a.modified_by, a.deleted_at";
const FROM: &str = "FROM attachment a JOIN blob b ON b.number = a.blob";

fn read(row: &Row<'_>) -> Result<Attachment> {
    let entity = Entity::of_code(row.int(3)?).ok_or_else(|| Error::Damaged("a file on an unknown kind of record".into()))?;
    Ok(Attachment {
        number: row.int(0)?,
        id: row.uuid(1)?,
        version: row.int(2)?,
        about: RecordId { entity, number: row.int(4)? },
        name: row.text(5)?.to_owned(),
        mime: row.text(6)?.to_owned(),
        size: row.int(7)?,
        content: row.int(8)?,
        created_at: row.int(9)?,
        created_by: row.int(10)?,
        modified_at: row.int(11)?,
        modified_by: row.int(12)?,
        deleted_at: row.opt_int(13)?,
    })
}

/// One file, deleted or not.
pub fn get(db: &Db, number: i64) -> Result<Option<Attachment>> {
    db.row(&format!("SELECT {COLUMNS} {FROM} WHERE a.number = $1"), &[number.into()], read)
}

/// One file, or the sentence that there is none.
pub fn need(db: &Db, number: i64) -> Result<Attachment> {
    get(db, number)?.ok_or_else(|| Error::NotFound(format!("there is no file {}", RecordId::attachment(number))))
}

/// The number of the file with a UUID.
pub fn number_of(db: &Db, id: Uuid) -> Result<Option<i64>> {
    db.row("SELECT number FROM attachment WHERE id = $1", &[id.into()], |row| row.int(0))
}

/// The files of a record, newest first, at most `limit`.
pub fn of_record(db: &Db, about: RecordId, limit: i64) -> Result<Vec<Attachment>> {
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE a.entity = $1 AND a.record = $2 AND a.deleted_at IS NULL ORDER BY a.number DESC LIMIT $3"
    );
    db.rows(&sql, &[about.entity.code().into(), about.number.into(), limit.into()], read)
}

/// The file of a record that has this content and this name, if there is one.
pub fn same(db: &Db, about: RecordId, content: i64, name: &str) -> Result<Option<i64>> {
    let sql = "SELECT number FROM attachment WHERE entity = $1 AND record = $2 AND blob = $3 AND name = $4 AND deleted_at IS NULL
               ORDER BY number LIMIT 1";
    db.row(sql, &[about.entity.code().into(), about.number.into(), content.into(), name.into()], |row| row.int(0))
}

/// How many files a record has.
pub fn count(db: &Db, about: RecordId) -> Result<i64> {
    let sql = "SELECT count(*) FROM attachment WHERE entity = $1 AND record = $2 AND deleted_at IS NULL";
    db.number(sql, &[about.entity.code().into(), about.number.into()])
}

/// Whether a file of a record has this content.
pub fn has_content(db: &Db, about: RecordId, content: i64) -> Result<bool> {
    let sql = "SELECT number FROM attachment WHERE entity = $1 AND record = $2 AND blob = $3 AND deleted_at IS NULL";
    Ok(db.row(sql, &[about.entity.code().into(), about.number.into(), content.into()], |row| row.int(0))?.is_some())
}

/// The numbers of all files on a record, deleted ones too.
pub fn numbers_of(db: &Db, about: RecordId) -> Result<Vec<i64>> {
    let sql = "SELECT number FROM attachment WHERE entity = $1 AND record = $2 ORDER BY number";
    db.rows(sql, &[about.entity.code().into(), about.number.into()], |row| row.int(0))
}

/// Writes a new file; its content is there already and is held by it from now on.
pub fn insert(db: &Db, file: &Attachment) -> Result<()> {
    blob::hold(db, file.content)?;
    db.execute(
        "INSERT INTO attachment (number, id, version, entity, record, name, mime, blob, created_at, created_by, modified_at,
         modified_by, deleted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        &[
            file.number.into(),
            file.id.into(),
            file.version.into(),
            file.about.entity.code().into(),
            file.about.number.into(),
            file.name.as_str().into(),
            file.mime.as_str().into(),
            file.content.into(),
            file.created_at.into(),
            file.created_by.into(),
            file.modified_at.into(),
            file.modified_by.into(),
            file.deleted_at.into(),
        ],
    )
    .map(|_| ())
}

/// Writes what can change of a file: the record that it is on, name, deletion, stamps, version.
pub fn update(db: &Db, file: &Attachment) -> Result<()> {
    db.execute(
        "UPDATE attachment SET version = $1, entity = $2, record = $3, name = $4, modified_at = $5, modified_by = $6,
         deleted_at = $7 WHERE number = $8",
        &[
            file.version.into(),
            file.about.entity.code().into(),
            file.about.number.into(),
            file.name.as_str().into(),
            file.modified_at.into(),
            file.modified_by.into(),
            file.deleted_at.into(),
            file.number.into(),
        ],
    )
    .map(|_| ())
}

/// Removes a file for good, and its content if no other has it.
pub fn purge(db: &Db, number: i64) -> Result<()> {
    let content = db.row("SELECT blob FROM attachment WHERE number = $1", &[number.into()], |row| row.int(0))?;
    let Some(content) = content else { return Ok(()) };
    db.execute("DELETE FROM attachment WHERE number = $1", &[number.into()])?;
    blob::release(db, content)
}

/// Removes the files of a record for good.
pub fn purge_of(db: &Db, about: RecordId) -> Result<()> {
    numbers_of(db, about)?.into_iter().try_for_each(|number| purge(db, number))
}

/// The files that were deleted before a moment, in µs UTC, ascending.
pub fn deleted_before(db: &Db, before: i64) -> Result<Vec<i64>> {
    let sql = "SELECT number FROM attachment WHERE deleted_at < $1 ORDER BY number";
    db.rows(sql, &[before.into()], |row| row.int(0))
}
