//! The log without a person: values of fields, values in packed steps, and what steps are called. The steps stay, with a mark that
//! they touched the record, so that none of them is taken back.

use std::collections::BTreeSet;

use crate::error::Result;
use crate::model::entity::{Entity, RecordId};
use crate::store::log::{Change, ChangeKind, put};
use crate::store::{Db, SqlValue, packed};

/// The field of the mark that stands for values that went.
const MARK: &str = "";

fn pair(key: RecordId) -> [SqlValue; 2] {
    [key.entity.code().into(), key.number.into()]
}

/// What the log tells in the history of a record and is not there any more: notes, files, activities and requests that were purged.
pub fn purged(db: &Db, about: RecordId) -> Result<Vec<RecordId>> {
    let sql = "SELECT DISTINCT entity, record FROM change WHERE about_entity = $1 AND about = $2";
    let told = db.rows(sql, &pair(about), |row| Ok((row.int(0)?, row.int(1)?)))?;
    let mut found = Vec::new();
    for (code, number) in told {
        let Some(entity) = Entity::of_code(code).filter(|entity| entity.is_child() || entity.has_regarding()) else { continue };
        let there = match entity {
            Entity::Note => crate::store::note::get(db, number)?.is_some(),
            Entity::Attachment => crate::store::attachment::get(db, number)?.is_some(),
            _ => crate::store::record::exists(db, entity.numbered(number))?,
        };
        if !there {
            found.push(entity.numbered(number));
        }
    }
    Ok(found)
}

/// How many values the log holds of a record.
pub fn count(db: &Db, key: RecordId) -> Result<i64> {
    let alone = db.number("SELECT count(*) FROM change WHERE entity = $1 AND record = $2", &pair(key))?;
    Ok(alone + sets(db, key)?.len() as i64)
}

/// Whether the log holds any value of a record, beside that it was erased.
pub fn holds(db: &Db, key: RecordId) -> Result<bool> {
    let sql = "SELECT count(*) FROM change WHERE entity = $1 AND record = $2 AND coalesce(old, new) IS NOT NULL
               AND field <> 'erased_at'";
    let is_value = |set: &Set| set.field != MARK && set.field != "erased_at";
    Ok(db.number(sql, &pair(key))? > 0 || sets(db, key)?.iter().any(is_value))
}

/// What fields of a record held, and when: the name of the field and the value.
pub fn texts(db: &Db, key: RecordId) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let sql = "SELECT field, old, new FROM change WHERE entity = $1 AND record = $2";
    db.visit(sql, &pair(key), |row| {
        let field = row.text(0)?;
        for value in [row.opt_text(1)?, row.opt_text(2)?].into_iter().flatten() {
            found.push((field.to_owned(), value.to_owned()));
        }
        Ok(true)
    })?;
    for set in sets(db, key)? {
        let old = set.old.get(set.place).cloned().flatten();
        found.extend(old.into_iter().chain(set.new).map(|value| (set.field.clone(), value)));
    }
    Ok(found)
}

/// A packed step that touched a record.
struct Set {
    operation: i64,
    seq: i64,
    field: String,
    new: Option<String>,
    records: Vec<i64>,
    old: Vec<Option<String>>,
    place: usize,
}

fn sets(db: &Db, key: RecordId) -> Result<Vec<Set>> {
    let sql = "SELECT operation, seq, field, new, rows, old FROM change_set
               WHERE entity = $1 AND first_record <= $2 AND last_record >= $2";
    let found = db.rows(sql, &pair(key), |row| {
        let records = packed::unpack_numbers(row.blob(4)?)?;
        let Ok(place) = records.binary_search(&key.number) else { return Ok(None) };
        Ok(Some(Set {
            operation: row.int(0)?,
            seq: row.int(1)?,
            field: row.text(2)?.to_owned(),
            new: row.opt_text(3)?.map(str::to_owned),
            old: packed::unpack_texts(row.blob(5)?)?,
            records,
            place,
        }))
    })?;
    Ok(found.into_iter().flatten().collect())
}

/// Takes what the log holds of a record out of it, but for fields that stay; the steps that touched the record come back, those of an
/// import that made it among them.
pub fn blank(db: &Db, key: RecordId, stays: impl Fn(&str) -> bool) -> Result<BTreeSet<i64>> {
    let mut touched = BTreeSet::new();
    let mut marked = BTreeSet::new();
    let sql = "SELECT number, operation, field, coalesce(old, new) IS NULL FROM change WHERE entity = $1 AND record = $2";
    let rows = db.rows(sql, &pair(key), |row| Ok((row.int(0)?, row.int(1)?, row.text(2)?.to_owned(), row.int(3)? != 0)))?;
    for (number, operation, field, is_blank) in rows {
        touched.insert(operation);
        // that the record was made is no value
        if field == MARK && is_blank || stays(&field) {
            continue;
        }
        if let Some(other) = field.strip_prefix("link:") {
            blank_link(db, other, key)?;
        }
        db.execute("DELETE FROM change WHERE number = $1", &[number.into()])?;
        marked.insert(operation);
    }
    for mut set in sets(db, key)? {
        touched.insert(set.operation);
        if set.field == MARK || stays(&set.field) {
            continue;
        }
        set.records.remove(set.place);
        set.old.remove(set.place);
        let last = (set.records.first().copied().unwrap_or(0), set.records.last().copied().unwrap_or(0));
        // a set stays when it is empty: they are counted
        let new = if set.records.is_empty() { None } else { set.new };
        db.execute(
            "UPDATE change_set SET new = $1, first_record = $2, last_record = $3, rows = $4, old = $5
             WHERE operation = $6 AND seq = $7",
            &[
                new.into(),
                last.0.into(),
                last.1.into(),
                SqlValue::Blob(packed::pack_numbers(&set.records)),
                SqlValue::Blob(packed::pack_texts(&set.old)),
                set.operation.into(),
                set.seq.into(),
            ],
        )?;
        marked.insert(set.operation);
    }
    for operation in marked {
        let (kind, field) = (ChangeKind::Update, MARK.to_owned());
        put(db, operation, &Change { record: key, about: key, kind, field, old: None, new: None })?;
    }
    let sql = "SELECT number FROM operation WHERE made_entity = $1 AND first_made <= $2 AND last_made >= $2";
    touched.extend(db.rows(sql, &pair(key), |row| row.int(0))?);
    Ok(touched)
}

/// A link is logged on both sides; on the other one its role goes.
fn blank_link(db: &Db, other: &str, key: RecordId) -> Result<()> {
    use crate::model::entity::RecordName;
    let Some(RecordName::Number(other)) = RecordName::parse(other) else { return Ok(()) };
    let [entity, record] = pair(other);
    let sql =
        "UPDATE change SET old = CASE WHEN old IS NULL THEN NULL ELSE '' END, new = CASE WHEN new IS NULL THEN NULL ELSE '' END
               WHERE entity = $1 AND record = $2 AND field = $3";
    db.execute(sql, &[entity, record, format!("link:{key}").into()]).map(|_| ())
}

/// Takes values out of what the log holds of a record that stays: those for which `goes` says so, by field and value.
pub fn blank_values(db: &Db, key: RecordId, goes: impl Fn(&str, &str) -> bool) -> Result<BTreeSet<i64>> {
    let mut touched = BTreeSet::new();
    let sql = "SELECT number, operation, field, old, new FROM change WHERE entity = $1 AND record = $2";
    let rows = db.rows(sql, &pair(key), |row| {
        let value = |column| Ok::<_, crate::error::Error>(row.opt_text(column)?.map(str::to_owned));
        Ok((row.int(0)?, row.int(1)?, row.text(2)?.to_owned(), value(3)?, value(4)?))
    })?;
    for (number, operation, field, old, new) in rows {
        let is_theirs = |value: &Option<String>| value.as_deref().is_some_and(|value| goes(&field, value));
        if is_theirs(&old) || is_theirs(&new) {
            db.execute("UPDATE change SET field = '', old = NULL, new = NULL WHERE number = $1", &[number.into()])?;
            touched.insert(operation);
        }
    }
    Ok(touched)
}

/// Marks a step as one that touched what was erased.
pub fn mark_step(db: &Db, number: i64) -> Result<()> {
    db.execute("UPDATE operation SET erased = 1 WHERE number = $1", &[number.into()]).map(|_| ())
}

/// Whether a step touched what was erased since.
pub fn is_marked(db: &Db, number: i64) -> Result<bool> {
    Ok(db.number("SELECT erased FROM operation WHERE number = $1", &[number.into()])? != 0)
}

/// Writes what a step is called anew.
pub fn rename_step(db: &Db, number: i64, summary: &str) -> Result<()> {
    db.execute("UPDATE operation SET summary = $1 WHERE number = $2", &[summary.into(), number.into()]).map(|_| ())
}

/// The steps whose words are such as `is_theirs` says.
pub fn steps_with(db: &Db, is_theirs: impl Fn(&str) -> bool) -> Result<Vec<(i64, String)>> {
    let mut found = Vec::new();
    db.visit("SELECT number, act, summary FROM operation", &[], |row| {
        if is_theirs(row.text(2)?) {
            found.push((row.int(0)?, row.text(1)?.to_owned()));
        }
        Ok(true)
    })?;
    Ok(found)
}
