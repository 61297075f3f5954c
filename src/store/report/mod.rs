//! What reports read: columns of numbers out of narrow indexes, of all records or of those that a filter finds. Computes nothing.

pub mod activity;
pub mod lead;
pub mod log;
pub mod opportunity;

use super::filter::CompileContext;
use super::list::{self, NumberSet};
use super::sqlite::Row;
use super::{Db, SqlValue};
use crate::error::Result;
use crate::query::ast::Query;

/// Up to so many records are looked up one by one; of more all are gone over in an index, which costs less from here on.
const FEW: usize = 20_000;

/// After how many rows it is said how far it is.
const OFTEN: u64 = 16_384;

/// Where it is said how many rows were read; it can stop the reading.
pub type Advance<'a> = &'a dyn Fn(u64) -> Result<()>;

/// The numbers of the records that any of these filters finds.
pub fn within(db: &Db, ctx: &CompileContext<'_>, filters: &[Query]) -> Result<NumberSet> {
    let mut found = NumberSet::default();
    for filter in filters {
        for number in list::numbers(db, ctx, filter, false)? {
            found.insert(number);
        }
    }
    Ok(found)
}

/// A part of a table that reports count.
#[derive(Clone, Debug)]
pub struct Part {
    /// The table.
    pub table: &'static str,
    /// Which of its rows, over the alias `l`.
    pub condition: String,
}

/// Visits rows of parts of a table with the columns that are asked for, behind the number: all rows, or those of a set.
pub fn visit(
    db: &Db,
    parts: &[Part],
    columns: &str,
    within: Option<&NumberSet>,
    advance: Advance<'_>,
    mut each: impl FnMut(i64, &Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut read = 0;
    for part in parts {
        let from = format!("SELECT l.number, {columns} FROM {} l WHERE {}", part.table, part.condition);
        let mut one = |row: &Row<'_>| {
            read += 1;
            if read % OFTEN == 0 {
                advance(read)?;
            }
            let number = row.int(0)?;
            if within.is_none_or(|within| within.contains(number)) { each(number, row) } else { Ok(()) }
        };
        match within.filter(|within| within.len() <= FEW) {
            None => db.visit(&from, &[], |row| one(row).map(|()| true))?,
            Some(few) => {
                let sql = format!("{from} AND l.number = $1");
                for number in few.numbers() {
                    let values: [SqlValue; 1] = [number.into()];
                    db.visit(&sql, &values, |row| one(row).map(|()| true))?;
                }
            }
        }
    }
    Ok(())
}

/// The same for columns of numbers.
pub fn numbers<const N: usize>(
    db: &Db,
    parts: &[Part],
    columns: [&'static str; N],
    within: Option<&NumberSet>,
    advance: Advance<'_>,
    mut each: impl FnMut(i64, [Option<i64>; N]) -> Result<()>,
) -> Result<()> {
    let listed = columns.map(|column| format!("l.{column}")).join(", ");
    visit(db, parts, &listed, within, advance, |number, row| {
        let mut values = [None; N];
        for (place, value) in (1..).zip(&mut values) {
            *value = row.opt_int(place)?;
        }
        each(number, values)
    })
}
