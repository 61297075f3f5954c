//! What the log says of opportunities: moves from stage to stage, values, states. Steps that were taken back say nothing.

use crate::error::Result;
use crate::store::sqlite::Row;
use crate::store::{Db, packed};

/// A change of an opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The opportunity's number.
    pub number: i64,
    /// What changed.
    pub what: What,
    /// The value before; none where there was none.
    pub old: Option<i64>,
    /// The value after.
    pub new: Option<i64>,
    /// When, in µs UTC.
    pub at: i64,
}

/// What the log is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The code of the stage.
    Stage,
    /// The code of the state.
    State,
    /// The estimated value.
    Value,
}

impl What {
    fn of(field: &str) -> Self {
        match field {
            "stage" => Self::Stage,
            "status" => Self::State,
            _ => Self::Value,
        }
    }
}

/// Steps that are in force, also by having been done again, and of them those of a stretch of time.
const LIVE: &str = "c.entity = 3 AND c.field IN ('stage', 'status', 'estimated_value') AND c.kind = 'update'
     AND o.undone_by IS NULL AND (o.undoes IS NULL OR o.act = 'Redo') AND o.at >= $1 AND o.at < $2";

/// All changes of a stretch of time, in the order in which they were made.
pub fn moves(db: &Db, from: i64, before: i64) -> Result<Vec<Moved>> {
    let values = [from.into(), before.into()];
    let number = |row: &Row<'_>, column: usize| Ok::<_, crate::error::Error>(row.opt_text(column)?.and_then(|text| text.parse().ok()));
    let single = format!("SELECT c.record, c.field, c.old, c.new, o.at, c.operation FROM operation o JOIN change c ON c.operation = o.number WHERE {LIVE}");
    let mut found = db.rows(&single, &values, |row| {
        let what = What::of(row.text(1)?);
        let moved = Moved { number: row.int(0)?, what, old: number(row, 2)?, new: number(row, 3)?, at: row.int(4)? };
        Ok((row.int(5)?, moved))
    })?;
    let many = format!("SELECT c.field, c.new, o.at, c.operation, c.rows, c.old FROM operation o JOIN change_set c ON c.operation = o.number WHERE {LIVE}");
    db.visit(&many, &values, |row| {
        let (what, new, at, operation) = (What::of(row.text(0)?), number(row, 1)?, row.int(2)?, row.int(3)?);
        let old = packed::unpack_texts(row.blob(5)?)?.into_iter().map(|text| text.and_then(|text| text.parse().ok()));
        let numbers = packed::unpack_numbers(row.blob(4)?)?.into_iter();
        found.extend(numbers.zip(old).map(|(number, old)| (operation, Moved { number, what, old, new, at })));
        Ok(true)
    })?;
    found.sort_by_key(|(operation, moved)| (*operation, moved.number));
    Ok(found.into_iter().map(|(_, moved)| moved).collect())
}
