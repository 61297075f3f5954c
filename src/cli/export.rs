//! `export`: leads for other programs, to standard output or into a new file.

use std::fs::{self, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::OfEntity;
use super::open::Cli;
use super::output::{Out, tell};
use super::{list, names, progress, rows};
use crate::error::{Error, Result};
use crate::exchange::csv::Guard;
use crate::exchange::export::Format;
use crate::service::exchange::format_of;

/// Write leads as CSV, JSON, JSON lines or vCards, activities as a calendar, for another program or to be imported again
#[derive(Debug, clap::Args)]
pub struct Export {
    /// Which leads, as in `list`
    #[arg(value_name = "FILTER")]
    pub filter: Vec<String>,
    /// The leads and the order of a view
    #[arg(long, value_name = "VIEW")]
    view: Option<String>,
    /// The fields to write; else every field
    #[arg(long, value_name = "A,B")]
    columns: Option<String>,
    /// What to write; else what the ending of the file says
    #[arg(long, value_enum, required_unless_present = "output")]
    format: Option<Exported>,
    /// The file, which must be new; else standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Do not guard cells of CSV that a spreadsheet would run as formulas
    #[arg(long)]
    raw: bool,
    #[command(flatten)]
    entity: OfEntity,
}

/// The formats of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Exported {
    /// Comma-separated values.
    Csv,
    /// One array of objects.
    Json,
    /// An object a line.
    Jsonl,
    /// vCards 3.0, of leads, contacts and accounts.
    Vcard,
    /// A calendar, of activities.
    Ics,
}

impl Export {
    /// Writes them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.read()?;
        let guard = if self.raw { Guard::Off } else { Guard::On };
        let machine = match (self.format, &self.output) {
            (Some(Exported::Csv), _) => Format::Csv(guard),
            (Some(Exported::Json), _) => Format::Json,
            (Some(Exported::Jsonl), _) => Format::Jsonl,
            (Some(Exported::Vcard), _) => Format::Vcard,
            (Some(Exported::Ics), _) => Format::Ics(desk.ctx.now()),
            (None, Some(path)) => match format_of(path, desk.ctx.now()) {
                Ok(Format::Csv(_)) => Format::Csv(guard),
                Ok(other) => other,
                Err(error) => return Err(Error::Usage(format!("{}; say --format", error.headline()))),
            },
            (None, None) => return Err(Error::Usage("say --format csv, json, jsonl, vcard or ics".into())),
        };
        let (filter, _) = list::filter(&desk, self.entity.kind(), &self.filter, self.view.as_deref())?;
        let registry = self.entity.registry(&desk.ctx.catalog);
        let columns = names::columns(registry, self.columns.as_deref())?.unwrap_or_else(|| rows::all_fields(registry));
        let numbers = rows::numbers(&desk, filter, None)?;
        let Some(path) = self.output else {
            rows::write_machine(&desk, out, self.entity.kind(), &numbers, &columns, machine)?;
            return Ok(0);
        };
        desk.ctx.progress = progress::reporter("exporting", &desk.ctx.cancel);
        let count = whole(&path, |file| rows::write_machine(&desk, file, self.entity.kind(), &numbers, &columns, machine));
        progress::clear();
        let count = count?;
        if cli.globals.json {
            out.json(&json!({ "exported": count, "file": path.display().to_string() }))?;
        } else {
            tell(&format!("Exported {count} {} to {}", self.entity.kind().counted(count), path.display()));
        }
        Ok(0)
    }
}

/// Writes a new file whole or not at all.
pub fn whole<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let failed = |e: std::io::Error| Error::io(path.display(), &e);
    if path.exists() {
        return Err(Error::refused(format!("{} exists already", path.display()), "name a file that does not exist yet"));
    }
    let mut aside = path.as_os_str().to_owned();
    aside.push(".part");
    let aside = PathBuf::from(aside);
    let file = OpenOptions::new().write(true).create(true).truncate(true).open(&aside).map_err(failed)?;
    let mut buffer = BufWriter::new(&file);
    let written = write(&mut buffer).and_then(|done| buffer.flush().map(|()| done).map_err(failed));
    drop(buffer);
    let done = written.and_then(|done| {
        file.sync_all().and_then(|()| fs::rename(&aside, path)).map_err(failed)?;
        Ok(done)
    });
    if done.is_err() {
        // what is half written helps nobody
        let _ = fs::remove_file(&aside);
    }
    done
}
