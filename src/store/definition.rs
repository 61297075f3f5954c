//! Definitions in the database: rules, points, views, targets, each as a row with its text. Checks nothing they say.

use super::{Db, SqlValue, setting};
use crate::error::{Error, Result};
use crate::model::definition::{Body, Definition, DefinitionKind};
use crate::model::entity::Entity;
use crate::model::fold::fold;

/// All of them, by kind and place.
pub fn load(db: &Db) -> Result<Vec<Definition>> {
    let sql = "SELECT number, kind, name, place, owner, body FROM definition ORDER BY kind, place, number";
    db.rows(sql, &[], |row| {
        let (number, kind) = (row.int(0)?, row.text(1)?);
        let damaged = |why: String| Error::Damaged(format!("the definition D-{number} cannot be read: {why}"));
        if DefinitionKind::of_name(kind).is_none() {
            return Err(damaged(format!("its kind is “{kind}”")));
        }
        let body: Body = serde_json::from_str(row.text(5)?).map_err(|e| damaged(e.to_string()))?;
        Ok(Definition { number, name: row.text(2)?.to_owned(), place: row.int(3)?, owner: row.opt_int(4)?, body })
    })
}

/// A number for a new one.
pub fn take_number(db: &Db) -> Result<i64> {
    setting::take_numbers(db, "definition", 1)
}

/// Writes one, whether it is there or not.
pub fn put(db: &Db, definition: &Definition) -> Result<()> {
    let body = serde_json::to_string(&definition.body).map_err(|e| Error::Damaged(e.to_string()))?;
    let values: [SqlValue; 7] = [
        definition.number.into(),
        definition.body.kind().name().into(),
        definition.name.as_str().into(),
        fold(&definition.name).into(),
        definition.place.into(),
        definition.owner.into(),
        body.into(),
    ];
    db.execute(
        "INSERT INTO definition (number, kind, name, name_key, place, owner, body) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (number) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, place = excluded.place,
         owner = excluded.owner, body = excluded.body",
        &values,
    )
    .map(|_| ())
}

/// Takes one away.
pub fn remove(db: &Db, number: i64) -> Result<()> {
    db.execute("DELETE FROM definition WHERE number = $1", &[number.into()]).map(|_| ())
}

/// What one that was taken away was called: the log holds it as it was.
pub fn former_name(db: &Db, number: i64) -> Result<Option<String>> {
    let sql = "SELECT old FROM change WHERE entity = $1 AND record = $2 AND old IS NOT NULL AND new IS NULL
               ORDER BY number DESC LIMIT 1";
    let text = db.row(sql, &[Entity::Definition.code().into(), number.into()], |row| Ok(row.text(0)?.to_owned()))?;
    Ok(text.and_then(|text| serde_json::from_str::<Definition>(&text).ok()).map(|definition| definition.name))
}
