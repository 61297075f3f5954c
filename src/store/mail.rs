//! Mails in the database: which was filed already, who has an address, on which other records a mail is read. Decides nothing.

use super::{Db, SqlValue};
use crate::error::Result;
use crate::model::choice::{MAIL_TEMPLATE, OPEN};
use crate::model::entity::{Entity, RecordId, RecordName};

/// The kinds of records that have addresses, in the order in which a mail prefers to stand on them.
pub const WITH_ADDRESS: [Entity; 3] = [Entity::Lead, Entity::Contact, Entity::Account];

/// The activity that holds the message with this id; one in Deleted is none.
pub fn filed(db: &Db, message_id: &str) -> Result<Option<i64>> {
    let sql = "SELECT number FROM activity WHERE message_id = $1 AND deleted_at IS NULL ORDER BY number LIMIT 1";
    db.row(sql, &[message_id.into()], |row| row.int(0))
}

/// The records on which an activity is read: the one that it stands on first.
pub fn records_of(db: &Db, activity: i64) -> Result<Vec<RecordId>> {
    let sql = "SELECT regarding FROM activity WHERE number = $1 AND regarding IS NOT NULL";
    let mut names = db.rows(sql, &[activity.into()], |row| Ok(row.text(0)?.to_owned()))?;
    let sql = "SELECT about FROM activity_about WHERE activity = $1";
    names.extend(db.rows(sql, &[activity.into()], |row| Ok(row.text(0)?.to_owned()))?);
    let mut records: Vec<RecordId> = names.iter().filter_map(|name| place(name)).collect();
    if let Some((_, others)) = records.split_first_mut() {
        let rank = |record: &RecordId| WITH_ADDRESS.iter().position(|entity| *entity == record.entity);
        others.sort_by_key(|record| (rank(record), std::cmp::Reverse(record.number)));
    }
    Ok(records)
}

fn place(name: &str) -> Option<RecordId> {
    match RecordName::parse(name)? {
        RecordName::Number(record) => Some(record),
        RecordName::Id(_) => None,
    }
}

/// The question who of a kind has an address in one of three fields, open ones or closed ones, with its values.
pub fn statement(entity: Entity, key: &str, open: bool, limit: i64) -> (String, Vec<SqlValue>) {
    let (name, state) = (entity.name(), if open { "=" } else { "<>" });
    // the indexes hold only what is there
    let each = |key: &str, there: &str| {
        format!(
            "SELECT number FROM {name} WHERE {key} = $1 AND {there} AND deleted_at IS NULL AND merged = 0 AND status {state} $2"
        )
    };
    let sql = [
        each("email_key", "email_key <> ''"),
        each("lower(email2)", "email2 IS NOT NULL"),
        each("lower(email3)", "email3 IS NOT NULL"),
    ]
    .join(" UNION ");
    let sql = format!("{sql} ORDER BY number DESC LIMIT {limit}");
    (sql, vec![key.into(), OPEN.into()])
}

/// Who has an address, as `model::email::key` makes it: open records or closed ones, of each kind the newest first.
pub fn with_address(db: &Db, key: &str, open: bool, limit: i64) -> Result<Vec<RecordId>> {
    let mut found = Vec::new();
    for entity in WITH_ADDRESS {
        let (sql, values) = statement(entity, key, open, limit);
        found.extend(db.rows(&sql, &values, |row| Ok(entity.numbered(row.int(0)?)))?);
    }
    Ok(found)
}

/// Has an activity read on another record too, or no more.
pub fn set_also(db: &Db, activity: i64, about: RecordId, also: bool) -> Result<()> {
    let sql = if also {
        "INSERT INTO activity_about (activity, about) VALUES ($1, $2) ON CONFLICT (activity, about) DO NOTHING"
    } else {
        "DELETE FROM activity_about WHERE activity = $1 AND about = $2"
    };
    db.execute(sql, &[activity.into(), about.to_string().into()]).map(|_| ())
}

/// The activities that are read on a record and stand on another, those in Deleted too.
pub fn also_on(db: &Db, about: RecordId) -> Result<Vec<i64>> {
    let sql = "SELECT activity FROM activity_about WHERE about = $1 ORDER BY activity DESC";
    db.rows(sql, &[about.to_string().into()], |row| row.int(0))
}

/// Before a record is removed for good: what is read on others too stands on one of them from now on, and on it nothing is read.
pub(super) fn purge_of(db: &Db, about: RecordId) -> Result<()> {
    let others = "FROM activity_about x WHERE x.activity = activity.number AND x.about <> $1";
    let values: [SqlValue; 1] = [about.to_string().into()];
    let sql = format!(
        "UPDATE activity SET regarding = (SELECT min(x.about) {others}) WHERE regarding = $1 AND EXISTS (SELECT 1 {others})"
    );
    db.execute(&sql, &values)?;
    db.execute("DELETE FROM activity_about WHERE about = $1", &values).map(|_| ())
}

/// The templates of mails that are neither inactive nor deleted, by name.
pub fn templates(db: &Db) -> Result<Vec<(i64, String)>> {
    let sql =
        "SELECT number, name FROM template WHERE deleted_at IS NULL AND status = $1 AND kind = $2 ORDER BY name_key, number";
    db.rows(sql, &[OPEN.into(), MAIL_TEMPLATE.into()], |row| Ok((row.int(0)?, row.text(1)?.to_owned())))
}
