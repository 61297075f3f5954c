//! Scores of leads: the points of several filters added up and written, for some leads or a stretch of numbers, and the ways back from
//! what was written to the leads that may ask for it. Reads no rule.

use std::collections::BTreeSet;

use super::filter::{Common, CompileContext, Scale, compile_for};
use super::log::Made;
use super::{Db, SqlValue, link};
use crate::error::Result;
use crate::model::choice::OPEN;
use crate::model::entity::{Entity, RecordId, RecordName};
use crate::query::ast::Query;
use crate::query::path::{self, Path, Way};

/// Records that are named in one statement.
const NAMED: usize = 500;

/// Points for the leads that a filter finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// How many.
    pub points: i64,
    /// The filter.
    pub filter: Query,
}

/// Of which leads the scores are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// These; few enough to be named in one statement.
    Numbers(&'a [i64]),
    /// Those with the numbers from the first to the last.
    Range(i64, i64),
}

/// The conditions of filters side by side, and what they hold; `before` values stand before theirs.
fn conditions<'a>(
    filters: impl Iterator<Item = &'a Query>,
    ctx: &CompileContext<'_>,
    before: usize,
    scale: Scale,
) -> (Vec<String>, Vec<SqlValue>) {
    let mut values: Vec<SqlValue> = Vec::new();
    let mut found = Vec::new();
    for filter in filters {
        let compiled = compile_for(filter, ctx, Common::Sought, scale);
        found.push(compiled.behind(before + values.len()));
        values.extend(compiled.values);
    }
    (found, values)
}

/// Writes score and grade where they are others now, and says of how many leads; none has a score without points. `grades` are the
/// least scores of A, B and C. Leads in Deleted keep theirs, and so do closed ones where `open` is asked for.
pub fn put(
    db: &Db,
    ctx: &CompileContext<'_>,
    points: &[Points],
    grades: [i64; 3],
    which: Which<'_>,
    open: bool,
) -> Result<usize> {
    let scale = match which {
        Which::Numbers(numbers) => Scale::of(numbers.len()),
        Which::Range(..) => Scale::Many,
    };
    let mut values: Vec<SqlValue> = grades.iter().map(|least| SqlValue::from(*least)).collect();
    let (conditions, held) = conditions(points.iter().map(|p| &p.filter), ctx, values.len(), scale);
    values.extend(held);
    let sum: Vec<String> = conditions
        .iter()
        .zip(points)
        .map(|(condition, of)| format!("CASE WHEN {condition} THEN {} ELSE 0 END", of.points))
        .collect();
    let sum = if sum.is_empty() { "NULL".to_owned() } else { sum.join(" + ") };
    let mut place = |number: i64| {
        values.push(number.into());
        format!("${}", values.len())
    };
    let which = match which {
        Which::Numbers(numbers) => {
            let places: Vec<String> = numbers.iter().map(|number| place(*number)).collect();
            format!("l.number IN ({})", places.join(", "))
        }
        Which::Range(first, last) => {
            let first = place(first);
            format!("l.number >= {first} AND l.number <= {}", place(last))
        }
    };
    let state = if open { format!(" AND l.status = {}", place(OPEN)) } else { String::new() };
    // the grade is worked out from the score at once, so that both are written by one statement
    let sql = format!(
        "UPDATE lead SET score = n.score, grade = n.grade FROM (
             SELECT s.number, s.score, CASE WHEN s.score >= $1 THEN 0 WHEN s.score >= $2 THEN 1 WHEN s.score >= $3 THEN 2
                    WHEN s.score IS NOT NULL THEN 3 END AS grade
             FROM (SELECT l.number, {sum} AS score FROM lead l WHERE {which}{state} AND l.deleted_at IS NULL) s) n
         WHERE n.number = lead.number AND (n.score IS DISTINCT FROM lead.score OR n.grade IS DISTINCT FROM lead.grade)"
    );
    db.execute(&sql, &values)
}

/// Which of the filters find a lead, in their order.
pub fn found(db: &Db, ctx: &CompileContext<'_>, filters: &[&Query], number: i64) -> Result<Vec<bool>> {
    if filters.is_empty() {
        return Ok(Vec::new());
    }
    let (conditions, mut values) = conditions(filters.iter().copied(), ctx, 0, Scale::Few);
    let asked: Vec<String> = conditions.iter().map(|c| format!("CASE WHEN {c} THEN 1 ELSE 0 END")).collect();
    values.push(number.into());
    let sql = format!("SELECT {} FROM lead l WHERE l.number = ${}", asked.join(", "), values.len());
    let row = db.row(&sql, &values, |row| (0..filters.len()).map(|at| Ok(row.int(at)? == 1)).collect::<Result<Vec<bool>>>())?;
    Ok(row.unwrap_or_default())
}

/// The least and the greatest number of a lead; none where there are no leads.
pub fn bounds(db: &Db) -> Result<Option<(i64, i64)>> {
    let first = db.row("SELECT number FROM lead ORDER BY number LIMIT 1", &[], |row| row.int(0))?;
    let last = db.row("SELECT number FROM lead ORDER BY number DESC LIMIT 1", &[], |row| row.int(0))?;
    Ok(first.zip(last))
}

/// The records from which a way leads to some others; `far` are the numbers of those, ascending.
pub fn back(db: &Db, from: Entity, way: Way, to: Entity, far: &BTreeSet<i64>) -> Result<BTreeSet<i64>> {
    let (near_table, far_table) = (from.name(), to.name());
    let by_number = |column: &str| format!("SELECT {column} FROM {far_table} WHERE {column} IS NOT NULL AND number IN");
    let (sql, is_named) = match way {
        Way::Holds(field) => (format!("SELECT number FROM {near_table} WHERE {field} IN"), false),
        Way::Held(field) => (by_number(field), false),
        Way::On => (format!("SELECT number FROM {near_table} WHERE regarding IN"), true),
        Way::Bears => (by_number("regarding"), false),
        Way::Linked => {
            let (own, other) = link::ends(from, to);
            // of the other end there are few, of the kind many
            let ends = format!("+{own}_entity = {} AND {other}_entity = {}", from.code(), to.code());
            (format!("SELECT {own}_record FROM link WHERE {ends} AND {other}_record IN"), false)
        }
        Way::Through(first, then) => {
            let halves = path::find(from, first).and_then(|first| Some((first, path::find(first.to, then)?)));
            let Some((first, then)) = halves else { return Ok(BTreeSet::new()) };
            return back_path(db, first, &back_path(db, then, far)?);
        }
    };
    let mut found = BTreeSet::new();
    let far: Vec<i64> = far.iter().copied().collect();
    for some in far.chunks(NAMED) {
        let places: Vec<String> = (1..=some.len()).map(|place| format!("${place}")).collect();
        let value = |number: &i64| if is_named { to.numbered(*number).to_string().into() } else { (*number).into() };
        let values: Vec<SqlValue> = some.iter().map(value).collect();
        db.visit(&format!("{sql} ({})", places.join(", ")), &values, |row| {
            let number = match way {
                Way::Bears => RecordName::parse_as(row.text(0)?, from).filter(|on| on.entity == from).map(|on| on.number),
                _ => Some(row.int(0)?),
            };
            found.extend(number);
            Ok(true)
        })?;
    }
    Ok(found)
}

/// The same by each way of a path.
fn back_path(db: &Db, path: &Path, far: &BTreeSet<i64>) -> Result<BTreeSet<i64>> {
    let mut found = BTreeSet::new();
    for way in path.ways {
        found.extend(back(db, path.from, *way, path.to, far)?);
    }
    Ok(found)
}

/// What the activities or notes of an import stand on, each once.
pub fn stood_on(db: &Db, made: Made) -> Result<Vec<RecordId>> {
    let values = [made.first.into(), made.last.into()];
    match made.entity {
        Entity::Note => {
            let sql = "SELECT DISTINCT entity, record FROM note WHERE number >= $1 AND number <= $2";
            let found = db.rows(sql, &values, |row| Ok((row.int(0)?, row.int(1)?)))?;
            let key = |(code, number): (i64, i64)| Entity::of_code(code).map(|entity| entity.numbered(number));
            Ok(found.into_iter().filter_map(key).collect())
        }
        // what a record keeps of its activities is its own
        Entity::Activity => {
            let sql = "SELECT DISTINCT regarding FROM activity WHERE number >= $1 AND number <= $2 AND regarding IS NOT NULL";
            let found = db.rows(sql, &values, |row| Ok(RecordName::parse_as(row.text(0)?, Entity::Lead)))?;
            Ok(found.into_iter().flatten().collect())
        }
        _ => Ok(Vec::new()),
    }
}
