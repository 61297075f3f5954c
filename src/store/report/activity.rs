//! Activities as reports count them: those that are completed and not deleted. Computes nothing.

use std::ops::Range;

use super::{Advance, NumberSet, Part, visit};
use crate::error::Result;
use crate::store::Db;

/// The activities that reports count.
fn counted() -> [Part; 1] {
    [Part { table: "activity", condition: "l.status = 1 AND l.deleted_at IS NULL".into() }]
}

/// So many activities of one owner that are alike.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    /// Whose they are.
    pub owner: i64,
    /// The code of their kind.
    pub kind: i64,
    /// The code of the outcome of calls.
    pub outcome: Option<i64>,
    /// The code of their direction.
    pub direction: Option<i64>,
    /// How many.
    pub count: i64,
}

/// Visits what was done, of all times or between two moments: counted already where all of it is asked for, else one by one.
pub fn done(
    db: &Db,
    within: Option<&NumberSet>,
    moments: Option<Range<i64>>,
    advance: Advance<'_>,
    mut each: impl FnMut(Done),
) -> Result<()> {
    if within.is_none() && moments.is_none() {
        let sql =
            "SELECT l.owner, l.kind, l.outcome, l.direction, count(*) FROM activity l WHERE l.status = 1 AND l.deleted_at IS NULL
                   GROUP BY l.owner, l.kind, l.outcome, l.direction";
        return db.visit(sql, &[], |row| {
            advance(0)?;
            let (outcome, direction) = (row.opt_int(2)?, row.opt_int(3)?);
            each(Done { owner: row.int(0)?, kind: row.int(1)?, outcome, direction, count: row.int(4)? });
            Ok(true)
        });
    }
    visit(db, &counted(), "l.actual_end, l.owner, l.kind, l.outcome, l.direction", within, advance, |_, row| {
        let at = row.opt_int(1)?;
        if moments.as_ref().is_none_or(|moments| at.is_some_and(|at| moments.contains(&at))) {
            let (outcome, direction) = (row.opt_int(4)?, row.opt_int(5)?);
            each(Done { owner: row.int(2)?, kind: row.int(3)?, outcome, direction, count: 1 });
        }
        Ok(())
    })
}
