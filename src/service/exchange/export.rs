//! Records written to a file or a stream as CSV, JSON, JSON lines or vCards. Formats no value itself.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::exchange::csv::Guard;
use crate::exchange::export::{Format, Writer};
use crate::exchange::vcard;
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

/// The format of a file's ending.
pub fn format_of(path: &Path) -> Result<Format> {
    match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Ok(Format::Csv(Guard::On)),
        Some("json") => Ok(Format::Json),
        Some("jsonl" | "ndjson") => Ok(Format::Jsonl),
        Some("vcf" | "vcard") => Ok(Format::Vcard),
        _ => Err(Error::invalid("file", format!("{} ends in none of .csv, .json, .jsonl, .vcf", path.display()))),
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
    let on_card = if format == Format::Vcard { card_fields(registry)? } else { Vec::new() };
    let columns = if format == Format::Vcard { &on_card } else { columns };
    let names: Vec<&str> = columns.iter().map(|id| registry.field(*id).name).collect();
    let mut writer = Writer::new(out, format, &names).map_err(failed)?;
    let showing = ctx.showing();
    let mut done = 0;
    for chunk in numbers.chunks(CHUNK) {
        for row in list::rows(db, registry, chunk, columns)? {
            let values: Vec<serde_json::Value> = if format == Format::Vcard {
                on_a_card(&showing, registry, columns, &row.values)
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

/// Values as a card has them: references by their names, since a card says who they work for.
fn on_a_card(showing: &Showing<'_>, registry: &Registry, fields: &[FieldId], values: &[Value]) -> Vec<serde_json::Value> {
    let shown = |(id, value): (&FieldId, &Value)| match registry.field(*id) {
        field if matches!(field.kind, Kind::Lookup(_)) => serde_json::Value::String(showing.show(field, value, "")),
        field => showing.json(field, value),
    };
    fields.iter().zip(values).map(shown).collect()
}

/// One record as a vCard, from the values of [`card_fields`].
pub fn card(showing: &Showing<'_>, registry: &Registry, fields: &[FieldId], values: &[Value]) -> String {
    let names: Vec<String> = fields.iter().map(|id| registry.field(*id).name.to_owned()).collect();
    let mut out = Vec::new();
    // memory takes all that is written to it
    let _ = vcard::write(&mut out, &vcard::of_record(&names, &on_a_card(showing, registry, fields, values)));
    String::from_utf8_lossy(&out).into_owned()
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
