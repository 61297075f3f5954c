//! Who may do what with a record beside its owner. Knows no rule.

use super::Db;
use crate::error::Result;
use crate::model::entity::{Entity, RecordId};
use crate::model::rights::Rights;
use crate::model::value::Owner;

/// What a record is shared with one principal for; `None` where it is not.
pub fn get(db: &Db, record: RecordId, principal: Owner) -> Result<Option<Rights>> {
    let sql = "SELECT rights FROM share WHERE entity = $1 AND record = $2 AND principal = $3";
    db.row(sql, &[record.entity.code().into(), record.number.into(), principal.code().into()], |row| {
        Ok(Rights::of_bits(row.int(0)?))
    })
}

/// Shares a record with a principal for these rights and no others; `None` takes the share away.
pub fn put(db: &Db, record: RecordId, principal: Owner, rights: Option<Rights>) -> Result<()> {
    let mut values = vec![record.entity.code().into(), record.number.into(), principal.code().into()];
    let sql = match rights {
        Some(rights) => {
            values.push(rights.bits().into());
            "INSERT INTO share (entity, record, principal, rights) VALUES ($1, $2, $3, $4)
             ON CONFLICT (entity, record, principal) DO UPDATE SET rights = excluded.rights"
        }
        None => "DELETE FROM share WHERE entity = $1 AND record = $2 AND principal = $3",
    };
    db.execute(sql, &values).map(|_| ())
}

/// With whom a record is shared and for what: users by number, then teams.
pub fn of(db: &Db, record: RecordId) -> Result<Vec<(Owner, Rights)>> {
    let sql = "SELECT principal, rights FROM share WHERE entity = $1 AND record = $2";
    let rows = db.rows(sql, &[record.entity.code().into(), record.number.into()], |row| {
        Ok((Owner::of_code(row.int(0)?), Rights::of_bits(row.int(1)?)))
    })?;
    let mut shares: Vec<(Owner, Rights)> = rows.into_iter().filter_map(|(owner, rights)| Some((owner?, rights))).collect();
    shares.sort_by_key(|(owner, _)| *owner);
    Ok(shares)
}

/// The records of a kind that are shared with a principal, and for what.
pub fn with(db: &Db, entity: Entity, principal: Owner) -> Result<Vec<(i64, Rights)>> {
    let sql = "SELECT record, rights FROM share WHERE principal = $1 AND entity = $2";
    db.rows(sql, &[principal.code().into(), entity.code().into()], |row| Ok((row.int(0)?, Rights::of_bits(row.int(1)?))))
}

/// Takes away every share of a record that goes for good.
pub fn forget(db: &Db, record: RecordId) -> Result<()> {
    db.execute("DELETE FROM share WHERE entity = $1 AND record = $2", &[record.entity.code().into(), record.number.into()])
        .map(|_| ())
}
