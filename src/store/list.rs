//! Lists of records: the first rows, the order of all, rows by number, counts. Draws and filters nothing itself.

mod ranks;
mod search;
mod set;
mod shape;

use super::filter::CompileContext;
use super::record::named;
use super::{Db, SqlValue, codec, record};
use crate::error::Result;
use crate::model::catalog::Catalog;
use crate::model::choice::OPEN;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{FieldId, Kind, Registry};
use crate::model::record::Record;
use crate::model::value::Value;
use crate::query::ast::Query;

pub use search::{Limits, Search};
pub use set::NumberSet;
use shape::Shape;

/// One row of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListRow {
    /// The record.
    pub key: RecordId,
    /// The values of the asked fields, in their order.
    pub values: Vec<Value>,
    /// The code of its state.
    pub state: i64,
    /// The code of its rating; 0 where it has none.
    pub rating: i64,
    /// The currency of its amounts.
    pub currency: String,
    /// Whether it is in Deleted.
    pub deleted: bool,
    /// Whether an import filled in what it lacked.
    pub incomplete: bool,
    /// Whether it was handed over and not opened since.
    pub unopened: bool,
    /// When its next step is due, or an open activity itself, in µs UTC.
    pub due: Option<i64>,
    /// Whether it takes activities and has no open one.
    pub idle: bool,
}

impl ListRow {
    /// A record as a row of all its fields.
    pub fn of(record: &Record, registry: &Registry) -> Self {
        let code = |name| registry.find(name).and_then(|id| record.get(id).as_int());
        Self {
            key: record.key,
            values: registry.ids().map(|(id, _)| record.get(id).clone()).collect(),
            state: code("status").unwrap_or_default(),
            rating: code("rating").unwrap_or_default(),
            currency: record.currency(registry).to_owned(),
            deleted: !record.named(registry, "deleted_at").is_none(),
            incomplete: !record.named(registry, "incomplete").is_none(),
            unopened: false,
            due: code("next_due_at"),
            idle: code("open_activities") == Some(0),
        }
    }

    /// A row of which nothing is known but its number.
    pub const fn unread(key: RecordId) -> Self {
        Self {
            key,
            values: Vec::new(),
            state: OPEN,
            rating: 0,
            currency: String::new(),
            deleted: false,
            incomplete: false,
            unopened: false,
            due: None,
            idle: false,
        }
    }
}

/// The columns that every row carries before the asked ones.
fn fixed(registry: &Registry) -> String {
    let own = |name: &str| if registry.find(name).is_some() { format!("l.{name}") } else { "NULL".into() };
    let due = if registry.entity() == Entity::Activity { "l.due_key".into() } else { own("next_due_at") };
    format!(
        "l.number, l.status, {}, {}, l.deleted_at IS NOT NULL, l.incomplete IS NOT NULL,
         l.handed_at IS NOT NULL AND l.opened_at IS NULL, {due}, {}",
        own("rating"),
        own("currency"),
        own("open_activities")
    )
}

fn columns(registry: &Registry, fields: &[FieldId]) -> String {
    let mut sql = fixed(registry);
    for id in fields {
        let field = registry.field(*id);
        sql.push_str(", ");
        match field.kind {
            Kind::Number(_) | Kind::Tags | Kind::Linked(_) => sql.push_str("NULL"),
            Kind::Id => sql.push_str("l.id"),
            _ => {
                sql.push_str("l.");
                sql.push_str(field.name);
            }
        }
    }
    sql
}

fn read(db: &Db, registry: &Registry, fields: &[FieldId], row: &super::sqlite::Row<'_>) -> Result<ListRow> {
    let number = row.int(0)?;
    let mut values = Vec::with_capacity(fields.len());
    for (column, id) in (9..).zip(fields) {
        let field = registry.field(*id);
        values.push(match field.kind {
            Kind::Number(_) => Value::Int(number),
            Kind::Id => Value::Text(row.uuid(column)?.to_string()),
            Kind::Lookup(_) => match codec::decode(field, row, column)? {
                Value::Link(link) => Value::Link(named(db, field, link)?),
                other => other,
            },
            Kind::Record => match codec::decode(field, row, column)? {
                Value::Record(named) => Value::Record(record::called(db, named.key)?),
                other => other,
            },
            Kind::Tags => record::names(record::tags(db, registry.entity().numbered(number))?),
            Kind::Linked(entity) => record::names(record::linked(db, registry.entity().numbered(number), entity)?),
            _ => codec::decode(field, row, column)?,
        });
    }
    Ok(ListRow {
        key: registry.entity().numbered(number),
        values,
        state: row.int(1)?,
        rating: row.opt_int(2)?.unwrap_or_default(),
        currency: row.opt_text(3)?.unwrap_or_default().to_owned(),
        deleted: row.int(4)? != 0,
        incomplete: row.int(5)? != 0,
        unopened: row.int(6)? != 0,
        due: row.opt_int(7)?,
        idle: row.opt_int(8)? == Some(0),
    })
}

/// The first rows of a list.
pub fn page(
    db: &Db,
    registry: &Registry,
    ctx: &CompileContext<'_>,
    query: &Query,
    limit: usize,
    fields: &[FieldId],
) -> Result<Vec<ListRow>> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let numbers = Search::new(db, ctx, query, Limits::default()).first(limit)?;
    rows(db, registry, &numbers, fields)
}

/// Whether the first rows of a list come faster than the order of all.
pub fn has_quick_page(query: &Query, catalog: &Catalog) -> bool {
    let shape = Shape::of(query, catalog);
    (shape.is_walked || (shape.next.is_some() && !shape.is_worded())) && shape.selective.is_none()
}

/// The numbers of all leads of a list; `ordered` in its order, else as they come.
pub fn numbers(db: &Db, ctx: &CompileContext<'_>, query: &Query, ordered: bool) -> Result<Vec<i64>> {
    let mut search = Search::new(db, ctx, query, Limits::default());
    if ordered { search.all(usize::MAX) } else { search.unordered() }
}

/// How many leads a filter finds.
pub fn count(db: &Db, ctx: &CompileContext<'_>, query: &Query) -> Result<u64> {
    Search::new(db, ctx, query, Limits::default()).count()
}

/// What the amounts of a field come to in each currency, in whole units of it; the greatest first.
pub fn sums(db: &Db, ctx: &CompileContext<'_>, query: &Query, field: &'static str) -> Result<Vec<(String, i64)>> {
    Search::new(db, ctx, query, Limits::default()).sums(field)
}

/// Rows by number, in the order of the numbers; those that are gone are left out.
pub fn rows(db: &Db, registry: &Registry, numbers: &[i64], fields: &[FieldId]) -> Result<Vec<ListRow>> {
    let sql = format!("SELECT {} FROM {} l WHERE l.number = $1", columns(registry, fields), registry.entity().name());
    let mut found = Vec::with_capacity(numbers.len());
    for number in numbers {
        let values: [SqlValue; 1] = [(*number).into()];
        found.extend(db.row(&sql, &values, |row| read(db, registry, fields, row))?);
    }
    Ok(found)
}
