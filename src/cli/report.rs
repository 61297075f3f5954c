//! `report`: what the leads come to, as a table, CSV, JSON or Markdown.

use clap::ValueEnum;
use serde_json::{Map, Value as Json};

use super::args::joined;
use super::open::{Cli, Desk};
use super::output::Out;
use super::{progress, table};
use crate::error::{Error, Result};
use crate::exchange::csv::{Guard, write_row};
use crate::model::locale::Locale;
use crate::model::report::{Cell, Column, ColumnKind, Period, ReportKind, Row, Sheet};
use crate::query::parse;
use crate::service::LeadReader;
use crate::service::report::GetReport;

/// Report what comes of the leads: sources pipeline forecast trend age reasons owners units partners activity speed changes
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  leadbook report sources country:de --period this-quarter --format csv\n\nThe filter is about leads; about \
                  opportunities in pipeline, forecast and changes, about activities in activity. With a period each figure is compared \
                  with the period before."
)]
pub struct Report {
    /// Which one
    #[arg(value_name = "NAME", value_parser = kind)]
    name: ReportKind,
    /// Words and field:value, as on the screen: status:open source:web rating>=warm
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Only these days: this-month, last-quarter, 2026, 2026-Q4, 2026-01..2026-06; of changes, since when
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// How to write it
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Columns for people.
    Table,
    /// Comma-separated values with a row of keys.
    Csv,
    /// One array of objects.
    Json,
    /// A table in Markdown.
    Markdown,
}

/// Reads the name of a report.
fn kind(text: &str) -> std::result::Result<ReportKind, String> {
    ReportKind::of_name(text).ok_or_else(|| {
        let names: Vec<&str> = ReportKind::ALL.iter().map(|kind| kind.name()).collect();
        format!("there are {}", names.join(", "))
    })
}

impl Report {
    /// Writes it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.read()?;
        desk.ctx.progress = progress::reporter("reading", &desk.ctx.cancel);
        let sheet = self.ask(&desk);
        progress::clear();
        let (sheet, locale) = (sheet?, &desk.ctx.locale);
        match self.format.unwrap_or(if cli.globals.json { Format::Json } else { Format::Table }) {
            Format::Table => write_table(out, &sheet, locale)?,
            Format::Markdown => write_markdown(out, &sheet, locale)?,
            Format::Csv => write_csv(out, &sheet)?,
            Format::Json => out.json(&Json::Array(sheet.rows.iter().map(|row| object(&sheet, row)).collect()))?,
        }
        Ok(0)
    }

    fn ask(&self, desk: &Desk<LeadReader>) -> Result<Sheet> {
        let ctx = &desk.ctx;
        let filter = parse(&joined(&self.filter), &ctx.reading_of(self.name.entity()))?;
        let period = match &self.period {
            Some(text) => {
                let read = Period::parse(text, ctx.zone.today(ctx.now()), &ctx.locale);
                Some(read.map_err(|error| Error::Usage(format!("--period: {error}")))?)
            }
            None => None,
        };
        desk.ask(&GetReport { kind: self.name, filter, period })
    }
}

/// A cell for people, with how it differs from the period before.
fn shown(column: &Column, cell: &Cell, locale: &Locale) -> String {
    let hours = column.kind == ColumnKind::Hours;
    let now = cell.figure.show(locale, hours);
    match &cell.before {
        Some(before) => match cell.figure.change(before, locale, hours) {
            change if change.is_empty() => now,
            change => format!("{now} ({change})"),
        },
        None => now,
    }
}

/// The cells of a row for people; the name of one that is part of another stands further in.
fn cells(sheet: &Sheet, row: &Row, locale: &Locale) -> Vec<String> {
    let mut cells: Vec<String> = sheet.columns.iter().zip(&row.cells).map(|(column, cell)| shown(column, cell, locale)).collect();
    if let Some(first) = cells.first_mut() {
        *first = format!("{}{first}", "  ".repeat(row.depth));
    }
    cells
}

fn heads(sheet: &Sheet) -> Vec<&'static str> {
    sheet.columns.iter().map(|column| column.label).collect()
}

fn write_table(out: &mut Out, sheet: &Sheet, locale: &Locale) -> Result<()> {
    let head = out.bold(sheet.kind.title());
    out.line(&format!("{head} · {}", sheet.about))?;
    out.line("")?;
    let rows: Vec<Vec<String>> = sheet.rows.iter().chain(&sheet.total).map(|row| cells(sheet, row, locale)).collect();
    let right = sheet.columns.iter().map(|column| !column.is_name()).collect();
    if rows.is_empty() {
        out.line("nothing to report")?;
    } else {
        table::write(out, &heads(sheet), right, &rows)?;
    }
    if !sheet.notes.is_empty() {
        out.line("")?;
        sheet.notes.iter().try_for_each(|note| out.line(note))?;
    }
    Ok(())
}

fn write_markdown(out: &mut Out, sheet: &Sheet, locale: &Locale) -> Result<()> {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| crate::model::clean::clean(cell).replace('|', "\\|")).collect();
        format!("| {} |", cells.join(" | "))
    };
    out.line(&format!("## {}\n\n{}\n", sheet.kind.title(), crate::model::clean::clean(&sheet.about)))?;
    out.line(&line(&heads(sheet).iter().map(|head| (*head).to_owned()).collect::<Vec<_>>()))?;
    let marks: Vec<&str> = sheet.columns.iter().map(|column| if column.is_name() { "---" } else { "---:" }).collect();
    out.line(&format!("| {} |", marks.join(" | ")))?;
    for row in sheet.rows.iter().chain(&sheet.total) {
        // a Markdown table takes no blanks at the beginning of a cell
        let cells: Vec<String> = cells(sheet, row, locale).iter().map(|cell| cell.replace("  ", "\u{2003}")).collect();
        out.line(&line(&cells))?;
    }
    if !sheet.notes.is_empty() {
        out.line("")?;
        sheet.notes.iter().try_for_each(|note| out.line(&format!("- {note}")))?;
    }
    Ok(())
}

/// The keys of the columns; where there is a period before, those of its figures behind them. The whole is left out: who adds up the
/// rows has it.
fn write_csv(out: &mut Out, sheet: &Sheet) -> Result<()> {
    let failed = |error: std::io::Error| Error::io("standard output", &error);
    let compared = sheet.is_compared();
    let figures = || sheet.columns.iter().filter(|column| compared && !column.is_name());
    let keys = sheet.columns.iter().map(|column| column.key.to_owned());
    let keys: Vec<String> = keys.chain(figures().map(|column| format!("{}_before", column.key))).collect();
    write_row(out, &keys, Guard::On).map_err(failed)?;
    for row in &sheet.rows {
        let all = || sheet.columns.iter().zip(&row.cells);
        let hours = |column: &Column| column.kind == ColumnKind::Hours;
        let now = all().map(|(column, cell)| cell.figure.cell(hours(column)));
        let before = all().filter(|(column, _)| compared && !column.is_name());
        let before =
            before.map(|(column, cell)| cell.before.as_ref().map_or_else(String::new, |figure| figure.cell(hours(column))));
        write_row(out, now.chain(before).collect::<Vec<_>>(), Guard::On).map_err(failed)?;
    }
    Ok(())
}

/// A row as an object by the keys of the columns; the figures of the period before are an object of their own.
fn object(sheet: &Sheet, row: &Row) -> Json {
    let (mut object, mut before) = (Map::new(), Map::new());
    for (column, cell) in sheet.columns.iter().zip(&row.cells) {
        let hours = column.kind == ColumnKind::Hours;
        object.insert(column.key.to_owned(), cell.figure.json(hours));
        if let Some(figure) = &cell.before {
            before.insert(column.key.to_owned(), figure.json(hours));
        }
    }
    if !before.is_empty() {
        object.insert("before".into(), Json::Object(before));
    }
    Json::Object(object)
}
