//! `report`: what the leads come to, as a table, CSV, JSON or Markdown.

use super::args::{joined, word};
use super::open::{Cli, Desk};
use super::output::Out;
use super::{filter, progress, table};
use crate::error::{Error, Result};
use crate::exchange::report::{cells, heads, json, markdown, write_csv};
use crate::model::locale::Locale;
use crate::model::report::{Period, ReportKind, Sheet};
use crate::service::LeadReader;
use crate::service::report::GetReport;
use clap::ValueEnum;

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
    /// Only these days: this-month, last-quarter, 2026, 2026-Q4, 2026-01..2026-06, -30d; since a day: 2026-11-20..
    #[arg(long, value_name = "PERIOD", allow_hyphen_values = true)]
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
            Format::Markdown => markdown(&sheet, locale).lines().try_for_each(|line| out.line(line))?,
            Format::Csv => write_csv(&sheet, out).map_err(|error| Error::io("standard output", &error))?,
            Format::Json => out.json(&json(&sheet))?,
        }
        Ok(0)
    }

    fn ask(&self, desk: &Desk<LeadReader>) -> Result<Sheet> {
        let ctx = &desk.ctx;
        let filter = filter::read(&joined(&self.filter), &ctx.reading_of(self.name.entity()))?;
        if !filter.sort.is_empty() {
            return Err(Error::Usage("a report has its own order; leave sort: out".into()));
        }
        let period = match &self.period {
            Some(text) => {
                let read = Period::parse(word(text), ctx.zone.today(ctx.now()), &ctx.locale);
                Some(read.map_err(|error| Error::Usage(format!("--period: {error}")))?)
            }
            None => None,
        };
        desk.ask(&GetReport { kind: self.name, filter, period })
    }
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
