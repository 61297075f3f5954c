//! Two records tied to each other with a role, beside their references. One row for both sides. Knows no rule.

use super::Db;
use crate::error::Result;
use crate::model::entity::{Entity, RecordId};

/// The two in the order in which the row holds them.
fn ordered(one: RecordId, other: RecordId) -> (RecordId, RecordId) {
    let key = |record: RecordId| (record.entity.code(), record.number);
    if key(one) <= key(other) { (one, other) } else { (other, one) }
}

/// Which end of a link a record of a kind is, and which one of another kind is, as the columns begin.
pub const fn ends(own: Entity, other: Entity) -> (&'static str, &'static str) {
    if own.code() <= other.code() { ("first", "second") } else { ("second", "first") }
}

fn values(one: RecordId, other: RecordId) -> [super::SqlValue; 4] {
    let (first, second) = ordered(one, other);
    [first.entity.code().into(), first.number.into(), second.entity.code().into(), second.number.into()]
}

/// The role of a link between two records; `None` where there is none.
pub fn role(db: &Db, one: RecordId, other: RecordId) -> Result<Option<String>> {
    let sql = "SELECT role FROM link WHERE first_entity = $1 AND first_record = $2 AND second_entity = $3 AND second_record = $4";
    db.row(sql, &values(one, other), |row| Ok(row.text(0)?.to_owned()))
}

/// Links two records with a role, or gives their link another; `None` removes it.
pub fn put(db: &Db, one: RecordId, other: RecordId, role: Option<&str>) -> Result<()> {
    let mut values = values(one, other).to_vec();
    let sql = match role {
        Some(role) => {
            values.push(role.into());
            "INSERT INTO link (first_entity, first_record, second_entity, second_record, role) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (first_entity, first_record, second_entity, second_record) DO UPDATE SET role = excluded.role"
        }
        None => "DELETE FROM link WHERE first_entity = $1 AND first_record = $2 AND second_entity = $3 AND second_record = $4",
    };
    db.execute(sql, &values).map(|_| ())
}

/// What a record is linked to, with the roles.
pub fn of(db: &Db, record: RecordId) -> Result<Vec<(RecordId, String)>> {
    let sql = "SELECT second_entity, second_record, role FROM link WHERE first_entity = $1 AND first_record = $2
               UNION ALL SELECT first_entity, first_record, role FROM link WHERE second_entity = $1 AND second_record = $2
               ORDER BY 1, 2";
    let rows = db.rows(sql, &[record.entity.code().into(), record.number.into()], |row| {
        Ok((Entity::of_code(row.int(0)?), row.int(1)?, row.text(2)?.to_owned()))
    })?;
    Ok(rows.into_iter().filter_map(|(entity, number, role)| Some((entity?.numbered(number), role))).collect())
}
