//! Leads written to a file or a stream as CSV, JSON or JSON lines. Formats no value itself.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::exchange::csv::Guard;
use crate::exchange::export::{Format, Writer};
use crate::model::field::{FieldId, Registry};
use crate::service::act::Query;
use crate::service::context::Context;
use crate::service::scope::Targets;
use crate::store::{Db, list};

/// Writes leads to a file that must not exist; its ending says the format.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportRecords {
    /// Which leads.
    pub targets: Targets,
    /// Which fields; empty is all.
    pub columns: Vec<FieldId>,
    /// The file.
    pub path: PathBuf,
}

/// What an export wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// How many leads.
    pub count: u64,
    /// Where.
    pub path: PathBuf,
}

/// The format of a file's ending.
pub fn format_of(path: &Path) -> Result<Format> {
    match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Ok(Format::Csv(Guard::On)),
        Some("json") => Ok(Format::Json),
        Some("jsonl" | "ndjson") => Ok(Format::Jsonl),
        _ => Err(Error::invalid("file", format!("{} ends in none of .csv, .json, .jsonl", path.display()))),
    }
}

/// How many records are read at a time.
const CHUNK: usize = 500;

/// Writes records by number, in that order, to a stream; how many comes back.
pub fn write(
    db: &Db,
    ctx: &Context,
    registry: &Registry,
    numbers: &[i64],
    columns: &[FieldId],
    format: Format,
    out: impl Write,
) -> Result<u64> {
    let failed = |e: std::io::Error| Error::io("the export", &e);
    let names: Vec<&str> = columns.iter().map(|id| registry.field(*id).name).collect();
    let mut writer = Writer::new(out, format, &names).map_err(failed)?;
    let showing = ctx.showing();
    let mut done = 0;
    for chunk in numbers.chunks(CHUNK) {
        for row in list::rows(db, registry, chunk, columns)? {
            let values: Vec<serde_json::Value> =
                columns.iter().zip(&row.values).map(|(id, value)| showing.json(registry.field(*id), value)).collect();
            writer.row(&values).map_err(failed)?;
        }
        done += chunk.len() as u64;
        ctx.advance(done, numbers.len() as u64)?;
    }
    writer.finish().map_err(failed)
}

impl Query for ExportRecords {
    type Reply = Exported;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Exported> {
        let format = format_of(&self.path)?;
        if self.path.exists() {
            return Err(Error::refused(format!("{} exists already", self.path.display()), "name a file that does not exist yet"));
        }
        let numbers = match &self.targets {
            Targets::All { filter, except, .. } => {
                let mut numbers = list::numbers(db, &ctx.into(), filter, true)?;
                numbers.retain(|n| !except.contains(n));
                numbers
            }
            Targets::Numbers { numbers, .. } => numbers.clone(),
        };
        let registry = ctx.catalog.registry(self.targets.entity());
        let columns: Vec<FieldId> =
            if self.columns.is_empty() { registry.ids().map(|(id, _)| id).collect() } else { self.columns.clone() };
        let mut aside = self.path.as_os_str().to_owned();
        aside.push(".part");
        let aside = PathBuf::from(aside);
        let file = std::fs::File::create(&aside).map_err(|e| Error::io(self.path.display(), &e))?;
        let written = write(db, ctx, registry, &numbers, &columns, format, BufWriter::new(&file))
            .and_then(|count| file.sync_all().map(|()| count).map_err(|e| Error::io(self.path.display(), &e)))
            .and_then(|count| {
                std::fs::rename(&aside, &self.path).map(|()| count).map_err(|e| Error::io(self.path.display(), &e))
            });
        match written {
            Ok(count) => Ok(Exported { count, path: self.path.clone() }),
            Err(error) => {
                // What is half written helps nobody.
                let _ = std::fs::remove_file(&aside);
                Err(error)
            }
        }
    }
}
