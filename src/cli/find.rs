//! `find`: records of every kind and notes, by words.

use serde_json::{Map, Value as Json, json};

use super::args::joined;
use super::list::usual;
use super::open::{Cli, Desk};
use super::output::{Out, tell};
use super::rows::{self, Format};
use super::{names, show, table, words};
use crate::error::{Error, Result};
use crate::exchange::csv::{Guard, write_row};
use crate::model::entity::{Entity, RecordId};
use crate::query::ast::{Expr, Query as Filter};
use crate::service::LeadReader;
use crate::service::note::find::{FindNotes, NoteHit};
use crate::service::record::read::{ListRow, RowsByNumber};

/// Find records of every kind by words of name, company, topic, e-mail or phone, and notes by theirs; every word is the beginning of one
#[derive(Debug, clap::Args)]
pub struct Find {
    /// The words
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// At most so many of each kind
    #[arg(long, value_name = "N", value_parser = rows::count, allow_negative_numbers = true)]
    limit: Option<u64>,
    /// How to write them
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// By what a lead is recognised; other kinds by what their lists show.
const LEAD: [&str; 5] = ["name", "company", "topic", "email", "phone"];

/// The records of one kind that were found.
struct Hits {
    entity: Entity,
    numbers: Vec<i64>,
}

impl Find {
    /// Finds them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let text = joined(&self.text);
        if text.trim().is_empty() {
            return Err(Error::Usage("say what to look for".into()));
        }
        let desk = cli.read()?;
        let limit = rows::limit(self.limit);
        let mut found = Vec::new();
        for entity in Entity::LISTED.iter().filter(|entity| **entity != Entity::Template) {
            let filter = Filter { entity: *entity, filter: Expr::Words(text.clone()), sort: Vec::new() };
            let numbers = rows::numbers(&desk, filter, limit)?;
            if !numbers.is_empty() {
                found.push(Hits { entity: *entity, numbers });
            }
        }
        let notes = desk.ask(&FindNotes { text, limit: limit.unwrap_or(usize::MAX) })?;
        match Format::asked(self.format, cli.globals.json) {
            Format::Table => tables(&desk, out, &found, &notes)?,
            Format::Ids => {
                let records = found.iter().flat_map(|hits| hits.numbers.iter().map(|number| hits.entity.numbered(*number)));
                for record in records.chain(notes.iter().map(|hit| RecordId::note(hit.note.number))) {
                    out.line(&record.to_string())?;
                }
            }
            Format::Csv => {
                write_row(out, ["number", "kind", "name", "text"], Guard::Off).map_err(|e| Error::io("standard output", &e))?;
                for object in objects(&desk, &found, &notes)? {
                    let text = |name: &str| object.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
                    let cells = [text("number"), text("kind"), text("name"), text("body")];
                    write_row(out, cells, Guard::Off).map_err(|e| Error::io("standard output", &e))?;
                }
            }
            Format::Json => out.json(&Json::Array(objects(&desk, &found, &notes)?.into_iter().map(Json::Object).collect()))?,
            Format::Jsonl => {
                for object in objects(&desk, &found, &notes)? {
                    out.json(&Json::Object(object))?;
                }
            }
        }
        Ok(0)
    }
}

/// A table a kind, below its name.
fn tables(desk: &Desk<LeadReader>, out: &mut Out, found: &[Hits], notes: &[NoteHit]) -> Result<()> {
    if found.is_empty() && notes.is_empty() {
        tell("nothing found");
    }
    let mut first = true;
    let mut heading = |out: &mut Out, entity: Entity| {
        if !std::mem::take(&mut first) {
            out.line("")?;
        }
        let name = entity.plural();
        let title = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
        out.line(&out.bold(&title))
    };
    for hits in found {
        heading(out, hits.entity)?;
        let registry = desk.ctx.catalog.registry(hits.entity);
        let names = if hits.entity == Entity::Lead { &LEAD } else { usual(hits.entity) };
        let columns = std::iter::once("number").chain(names.iter().copied()).map(|name| names::field(registry, name));
        rows::write(desk, out, hits.entity, &hits.numbers, &columns.collect::<Result<Vec<_>>>()?, Format::Table)?;
    }
    if notes.is_empty() {
        return Ok(());
    }
    heading(out, Entity::Note)?;
    let rows: Vec<Vec<String>> = notes
        .iter()
        .map(|hit| {
            let note = &hit.note;
            let (number, about) = (RecordId::note(note.number).to_string(), note.about.to_string());
            vec![number, words::moment(&desk.ctx, note.created_at), about, hit.name.clone(), hit.excerpt.text.clone()]
        })
        .collect();
    table::write(out, &["Number", "When", "On", "Name", "Text"], vec![false; 5], &rows)
}

/// All that was found as objects: records with their fields, notes as `show` gives them, each with its kind.
fn objects(desk: &Desk<LeadReader>, found: &[Hits], notes: &[NoteHit]) -> Result<Vec<Map<String, Json>>> {
    let ctx = &desk.ctx;
    let mut objects = Vec::new();
    for hits in found {
        let registry = ctx.catalog.registry(hits.entity);
        let fields = rows::all_fields(registry);
        let (entity, numbers) = (hits.entity, hits.numbers.clone());
        let rows: Vec<ListRow> = desk.ask(&RowsByNumber { entity, numbers, fields: fields.clone() })?;
        for row in rows {
            let values = fields.iter().zip(&row.values).map(|(id, value)| {
                let field = registry.field(*id);
                (field.name.to_owned(), ctx.showing().json(field, value))
            });
            let mut object: Map<String, Json> = values.collect();
            object.insert("kind".into(), json!(hits.entity.name()));
            objects.push(object);
        }
    }
    for hit in notes {
        let Json::Object(mut object) = show::note_json(ctx, &hit.note) else { continue };
        object.insert("kind".into(), json!(Entity::Note.name()));
        object.insert("name".into(), json!(hit.name));
        object.insert("line".into(), json!(hit.excerpt.text));
        objects.push(object);
    }
    Ok(objects)
}
