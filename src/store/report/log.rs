//! What the log says of opportunities: moves from stage to stage, values and their currencies, states. Steps that were taken back say
//! nothing.

use std::str::FromStr;

use crate::error::{Error, Result};
use crate::store::sqlite::Row;
use crate::store::{Db, packed};

/// A change of an opportunity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved<T = i64> {
    /// The opportunity's number.
    pub number: i64,
    /// The value before; none where there was none.
    pub old: Option<T>,
    /// The value after.
    pub new: Option<T>,
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
    /// The actual value.
    Actual,
    /// The currency of both.
    Currency,
}

impl What {
    const fn field(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::State => "status",
            Self::Value => "estimated_value",
            Self::Actual => "actual_value",
            Self::Currency => "currency",
        }
    }
}

/// Steps that are in force, and of them those of a stretch of time. One that was taken back and done again is in force from when it was done
/// first: what did it again says nothing of its own.
const LIVE: &str = "c.entity = 3 AND c.field IN ('stage', 'status', 'estimated_value', 'actual_value', 'currency')
     AND c.kind = 'update' AND o.undone_by IS NULL AND o.undoes IS NULL AND o.at >= $1 AND o.at < $2 AND c.field = $3";

/// The changes of a kind in a stretch of time, in the order in which they were made; a value that cannot be read is none.
pub fn moves<T: FromStr + Clone>(db: &Db, what: What, from: i64, before: i64) -> Result<Vec<Moved<T>>> {
    let values = [from.into(), before.into(), what.field().into()];
    let read = |row: &Row<'_>, column: usize| Ok::<_, Error>(row.opt_text(column)?.and_then(|text| text.parse::<T>().ok()));
    let single = format!(
        "SELECT c.record, c.old, c.new, o.at, c.operation FROM operation o JOIN change c ON c.operation = o.number WHERE {LIVE}"
    );
    let mut found = db.rows(&single, &values, |row| {
        let moved = Moved { number: row.int(0)?, old: read(row, 1)?, new: read(row, 2)?, at: row.int(3)? };
        Ok((row.int(4)?, moved))
    })?;
    let many = format!(
        "SELECT c.new, o.at, c.operation, c.rows, c.old FROM operation o JOIN change_set c ON c.operation = o.number WHERE {LIVE}"
    );
    db.visit(&many, &values, |row| {
        let (new, at, operation) = (read(row, 0)?, row.int(1)?, row.int(2)?);
        let old = packed::unpack_texts(row.blob(4)?)?.into_iter().map(|text| text.and_then(|text| text.parse().ok()));
        let numbers = packed::unpack_numbers(row.blob(3)?)?.into_iter();
        found.extend(numbers.zip(old).map(|(number, old)| (operation, Moved { number, old, new: new.clone(), at })));
        Ok(true)
    })?;
    found.sort_by_key(|(operation, moved)| (*operation, moved.number));
    Ok(found.into_iter().map(|(_, moved)| moved).collect())
}
