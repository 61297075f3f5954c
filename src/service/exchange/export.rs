//! Records written to a file or a stream as CSV, JSON, JSON lines, vCards or a calendar. Formats no value itself.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::exchange::csv::Guard;
use crate::exchange::export::{Format, Writer};
use crate::exchange::{ics, vcard};
use crate::model::dates::{is_whole_day, iso_date};
use crate::model::entity::Entity;
use crate::model::field::show::Showing;
use crate::model::field::{FieldId, Kind, Registry};
use crate::model::value::Value;
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

/// The format of a file's ending, written at a moment in µs UTC.
pub fn format_of(path: &Path, now: i64) -> Result<Format> {
    match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Ok(Format::Csv(Guard::On)),
        Some("json") => Ok(Format::Json),
        Some("jsonl" | "ndjson") => Ok(Format::Jsonl),
        Some("vcf" | "vcard") => Ok(Format::Vcard),
        Some("ics") => Ok(Format::Ics(now)),
        _ => Err(Error::invalid("file", format!("{} ends in none of .csv, .json, .jsonl, .vcf, .ics", path.display()))),
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
    // what stands on a card or in a calendar is no choice of columns
    let own = match format {
        Format::Vcard => Some(card_fields(registry)?),
        Format::Ics(_) => Some(calendar_fields(registry)?),
        _ => None,
    };
    let columns = own.as_deref().unwrap_or(columns);
    let names: Vec<&str> = columns.iter().map(|id| registry.field(*id).name).collect();
    let mut writer = Writer::new(out, format, &names).map_err(failed)?;
    let showing = ctx.showing();
    let mut done = 0;
    for chunk in numbers.chunks(CHUNK) {
        for row in list::rows(db, registry, chunk, columns)? {
            let values: Vec<serde_json::Value> = if own.is_some() {
                for_people(&showing, registry, columns, &row.values)
            } else {
                columns.iter().zip(&row.values).map(|(id, value)| showing.json(registry.field(*id), value)).collect()
            };
            writer.row(&values).map_err(failed)?;
        }
        done += chunk.len() as u64;
        ctx.advance(done, numbers.len() as u64)?;
    }
    writer.finish().map_err(failed)
}

/// The fields of a record that stand on a vCard; an error for what is in no address book.
pub fn card_fields(registry: &Registry) -> Result<Vec<FieldId>> {
    let entity = registry.entity();
    if !matches!(entity, Entity::Lead | Entity::Contact | Entity::Account) {
        return Err(Error::refused(
            format!("{} are in no address book", entity.plural()),
            "vCards are written of leads, contacts and accounts; .csv and .json take all",
        ));
    }
    Ok(vcard::FIELDS.iter().filter_map(|name| registry.find(name)).collect())
}

/// The fields of an activity that stand in a calendar; an error for what is in none.
fn calendar_fields(registry: &Registry) -> Result<Vec<FieldId>> {
    if registry.entity() != Entity::Activity {
        return Err(Error::refused(
            format!("{} are in no calendar", registry.entity().plural()),
            "calendars are written of activities: --entity activity",
        ));
    }
    Ok(ics::FIELDS.iter().filter_map(|name| registry.find(name)).collect())
}

/// Values as cards and calendars have them: references by their names, whole days as days.
fn for_people(showing: &Showing<'_>, registry: &Registry, fields: &[FieldId], values: &[Value]) -> Vec<serde_json::Value> {
    let shown = |(id, value): (&FieldId, &Value)| match registry.field(*id) {
        field if matches!(field.kind, Kind::Lookup(_) | Kind::Record) => {
            serde_json::Value::String(showing.show(field, value, ""))
        }
        field if matches!(field.name, "due_at" | "starts_at") => match value.as_int() {
            Some(at) if is_whole_day(at, showing.zone) => serde_json::Value::String(iso_date(showing.zone.today(at))),
            _ => showing.json(field, value),
        },
        field => showing.json(field, value),
    };
    fields.iter().zip(values).map(shown).collect()
}

/// One record as a vCard, from the values of [`card_fields`].
pub fn card(showing: &Showing<'_>, registry: &Registry, fields: &[FieldId], values: &[Value]) -> String {
    let names: Vec<String> = fields.iter().map(|id| registry.field(*id).name.to_owned()).collect();
    let mut out = Vec::new();
    // memory takes all that is written to it
    let _ = vcard::write(&mut out, &vcard::of_record(&names, &for_people(showing, registry, fields, values)));
    String::from_utf8_lossy(&out).into_owned()
}

impl Query for ExportRecords {
    type Reply = Exported;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Exported> {
        let format = format_of(&self.path, ctx.now())?;
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
