//! What is held on a record beside itself, for its object: also what stands on its activities and requests, what of it is in Deleted,
//! and with whom it is shared. Shows nothing to people.

use std::collections::HashSet;

use serde_json::{Map, Value as Json, json};

use super::open::Desk;
use super::{files, show};
use crate::error::Result;
use crate::model::entity::RecordId;
use crate::model::record::Record;
use crate::service::record::held::{Held, HeldOn};
use crate::service::share::RetrieveSharedPrincipalsAndAccess;
use crate::service::{Context, LeadReader};

/// Adds all of it to the object of a record: to the arrays that are there what they lack, and what is in Deleted as `deleted`.
pub fn complete(desk: &Desk<LeadReader>, about: RecordId, object: &mut Map<String, Json>) -> Result<()> {
    let ctx = &desk.ctx;
    let held = desk.ask(&HeldOn { about })?;
    let (there, deleted): (Vec<Part>, Vec<Part>) = parts(ctx, held).into_iter().partition(|part| !part.deleted);
    for part in there {
        if let Some(Json::Array(list)) = object.get_mut(part.list) {
            match list.iter_mut().find(|other| other["number"] == part.object["number"]) {
                Some(Json::Object(known)) => fill(known, part.object),
                _ => list.push(part.object),
            }
        }
    }
    let lists = ["notes", "attachments", "activities", "requests"];
    let of = |name: &str| deleted.iter().filter(|part| part.list == name).map(|part| part.object.clone()).collect::<Json>();
    object.insert("deleted".into(), lists.iter().map(|name| ((*name).to_owned(), of(name))).collect::<Map<_, _>>().into());
    let shares = desk.ask(&RetrieveSharedPrincipalsAndAccess { record: about })?;
    let people = &ctx.catalog.people;
    let share = |(with, rights): &(_, crate::model::rights::Rights)| json!({"principal": people.show(*with), "rights": rights.to_string()});
    object.insert("shares".into(), shares.iter().map(share).collect());
    Ok(())
}

/// One thing that is held.
struct Part {
    list: &'static str,
    deleted: bool,
    object: Json,
}

fn parts(ctx: &Context, held: Held) -> Vec<Part> {
    let is_gone = |record: &Record| !record.named(ctx.catalog.registry(record.key.entity), "deleted_at").is_none();
    let record = |list, record: &Record| Part { list, deleted: is_gone(record), object: fields(ctx, record) };
    let mut parts: Vec<Part> = Vec::new();
    for note in &held.notes {
        parts.push(Part { list: "notes", deleted: note.deleted_at.is_some(), object: show::note_json(ctx, note) });
    }
    for file in &held.files {
        parts.push(Part { list: "attachments", deleted: file.deleted_at.is_some(), object: files::object(ctx, file) });
    }
    parts.extend(held.activities.iter().map(|activity| record("activities", activity)));
    parts.extend(held.requests.iter().map(|request| record("requests", request)));
    // what went with a record that is in Deleted is there too
    let gone: HashSet<String> = held
        .activities
        .iter()
        .chain(&held.requests)
        .filter(|record| is_gone(record))
        .map(|record| record.key.to_string())
        .collect();
    for part in &mut parts {
        let stands_on = part.object["about"].as_str().or_else(|| part.object["regarding"].as_str());
        part.deleted |= stands_on.is_some_and(|name| gone.contains(name));
    }
    parts
}

/// The fields of a record that hold something.
pub fn fields(ctx: &Context, record: &Record) -> Json {
    let (registry, showing) = (ctx.catalog.registry(record.key.entity), ctx.showing());
    let filled = registry.ids().filter(|(id, _)| !record.get(*id).is_none());
    Json::Object(filled.map(|(id, field)| (field.name.to_owned(), showing.json(field, record.get(id)))).collect())
}

/// Puts in what an object lacks.
fn fill(known: &mut Map<String, Json>, more: Json) {
    let Json::Object(more) = more else { return };
    for (name, value) in more {
        known.entry(name).or_insert(value);
    }
}
