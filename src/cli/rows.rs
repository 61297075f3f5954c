//! Leads as a table, CSV, JSON, JSON lines or numbers: asked for and written piece by piece, however many there are.

use std::cell::RefCell;
use std::io::Write;

use clap::ValueEnum;

use super::open::Desk;
use super::output::{Out, tell};
use super::table::Table;
use crate::error::Result;
use crate::exchange::csv::Guard;
use crate::exchange::export::Format as Machine;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldId, Kind, Registry};
use crate::query::ast::Query as Filter;
use crate::service::record::read::{ListNumbers, ListPage, ListRow, RowsByNumber};
use crate::service::{Context, LeadReader, Query, exchange};
use crate::store::Db;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for people.
    Table,
    /// Comma-separated values with a row of field names.
    Csv,
    /// One array of objects.
    Json,
    /// An object a line.
    Jsonl,
    /// A number a line.
    Ids,
}

impl Format {
    /// The format that was asked for, or else JSON where `--json` was, or else the table.
    pub fn asked(format: Option<Self>, json: bool) -> Self {
        format.unwrap_or(if json { Self::Json } else { Self::Table })
    }

    /// As the writers of files know it; `raw` leaves the cells of CSV as they are.
    pub const fn machine(self, raw: bool) -> Option<Machine> {
        match self {
            Self::Csv => Some(Machine::Csv(if raw { Guard::Off } else { Guard::On })),
            Self::Json => Some(Machine::Json),
            Self::Jsonl => Some(Machine::Jsonl),
            Self::Table | Self::Ids => None,
        }
    }
}

/// The leads that a filter finds, in its order, at most `limit`.
pub fn numbers(desk: &Desk<LeadReader>, filter: Filter, limit: Option<usize>) -> Result<Vec<i64>> {
    match limit {
        Some(limit) => {
            let page = desk.ask(&ListPage { filter, limit, fields: Vec::new() })?;
            Ok(page.into_iter().map(|row| row.key.number).collect())
        }
        None => {
            let numbers = desk.ask(&ListNumbers { filter })?;
            Ok(std::sync::Arc::try_unwrap(numbers).unwrap_or_else(|shared| shared.to_vec()))
        }
    }
}

/// Every field of a record.
pub fn all_fields(registry: &Registry) -> Vec<FieldId> {
    registry.ids().map(|(id, _)| id).collect()
}

/// Writes leads in a format that programs read.
pub fn write_machine(
    desk: &Desk<LeadReader>,
    out: &mut dyn Write,
    entity: Entity,
    numbers: &[i64],
    columns: &[FieldId],
    format: Machine,
) -> Result<u64> {
    desk.ask(&Stream { entity, numbers, columns, format, out: RefCell::new(out) })
}

/// Leads that are written while they are read, all from one state of the database.
struct Stream<'a> {
    entity: Entity,
    numbers: &'a [i64],
    columns: &'a [FieldId],
    format: Machine,
    out: RefCell<&'a mut dyn Write>,
}

impl Query for Stream<'_> {
    type Reply = u64;

    fn run(&self, db: &Db, ctx: &Context) -> Result<u64> {
        let mut out = self.out.borrow_mut();
        exchange::write(db, ctx, ctx.catalog.registry(self.entity), self.numbers, self.columns, self.format, &mut **out)
    }
}

/// How many rows settle the widths of a table, and how many are asked for at once.
const CHUNK: usize = 1_000;

/// Writes leads to standard output.
pub fn write(
    desk: &Desk<LeadReader>,
    out: &mut Out,
    entity: Entity,
    numbers: &[i64],
    columns: &[FieldId],
    format: Format,
) -> Result<()> {
    if let Some(machine) = format.machine(true) {
        return write_machine(desk, out, entity, numbers, columns, machine).map(|_| ());
    }
    if format == Format::Ids {
        return numbers.iter().try_for_each(|number| out.line(&entity.numbered(*number).to_string()));
    }
    if numbers.is_empty() {
        tell("nothing found");
        return Ok(());
    }
    let registry = desk.ctx.catalog.registry(entity);
    let fields: Vec<&Field> = columns.iter().map(|id| registry.field(*id)).collect();
    let heads: Vec<&str> = fields.iter().map(|f| if f.head.is_empty() { f.label } else { f.head }).collect();
    let right = fields.iter().map(|f| matches!(f.kind, Kind::Money | Kind::Int | Kind::Degree)).collect::<Vec<_>>();
    let mut table: Option<Table> = None;
    for chunk in numbers.chunks(CHUNK) {
        let rows = desk.ask(&RowsByNumber { entity, numbers: chunk.to_vec(), fields: columns.to_vec() })?;
        let cells: Vec<Vec<String>> = rows.iter().map(|row| shown(&desk.ctx, &fields, row)).collect();
        let table = match &table {
            Some(table) => table,
            None => {
                let new = Table::new(out, &heads, right.clone(), &cells);
                new.heads(out, &heads)?;
                table.insert(new)
            }
        };
        cells.iter().try_for_each(|row| table.row(out, row))?;
    }
    Ok(())
}

fn shown(ctx: &Context, fields: &[&Field], row: &ListRow) -> Vec<String> {
    let showing = ctx.showing();
    fields.iter().zip(&row.values).map(|(field, value)| showing.show(field, value, &row.currency)).collect()
}

/// Reads `--limit`.
pub fn count(text: &str) -> std::result::Result<u64, String> {
    text.trim().parse().map_err(|_| "write how many, as 50; without --limit all are listed".to_owned())
}

/// `--limit` as a count.
pub fn limit(limit: Option<u64>) -> Option<usize> {
    limit.map(|n| usize::try_from(n).unwrap_or(usize::MAX))
}
