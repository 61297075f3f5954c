//! The messages that read. Writes nothing.

use serde_json::{Map, Value as Json, json};

use super::door::Door;
use super::request::Request;
use crate::error::{Error, Result};
use crate::model::email;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::field::logical::attribute;
use crate::model::fold::fold;
use crate::model::record::Record;
use crate::model::value::Value;
use crate::query::ast::Fit;
use crate::query::{Expr, Op, Operand, Query as Filter, parse_whole};
use crate::service::duplicates::RetrieveDuplicates;
use crate::service::qualify::from_lead;
use crate::service::qualify::matches::{Match, RetrieveMatches};
use crate::service::record::read::{GetRecord, ListNumbers, RelatedTo};

/// The most doubles that are looked for.
const DOUBLES: usize = 20;

/// How a reply names a record.
pub(super) fn reference(door: &Door<'_, '_>, key: RecordId) -> Result<Json> {
    let record = get(door, key)?;
    Ok(json!({"number": key.to_string(), "id": record.id.to_string(), "version": record.version}))
}

fn get(door: &Door<'_, '_>, record: RecordId) -> Result<Record> {
    Ok(door.ask(&GetRecord { record, entries: 0 })?.record)
}

/// The attributes that a request asks for; all where it names none.
fn columns(door: &Door<'_, '_>, request: &Request<'_>, entity: Entity) -> Result<Vec<FieldId>> {
    let registry = door.ctx().catalog.registry(entity);
    let names = request.list("ColumnSet")?;
    if names.is_empty() {
        return Ok(registry.ids().map(|(id, _)| id).collect());
    }
    let one = |name: &Json| {
        let name = name.as_str().unwrap_or_default();
        attribute(registry, name).ok_or_else(|| Error::invalid("ColumnSet", format!("{} has no attribute {name}", entity.one())))
    };
    names.iter().map(one).collect()
}

/// Attributes of a record as an object.
fn object(door: &Door<'_, '_>, record: &Record, columns: &[FieldId]) -> Json {
    let registry = door.ctx().catalog.registry(record.key.entity);
    let showing = door.ctx().showing();
    let fields =
        columns.iter().map(|id| (registry.field(*id).name.to_owned(), showing.json(registry.field(*id), record.get(*id))));
    let mut object: Map<String, Json> = fields.collect();
    object.insert("number".into(), json!(record.key.to_string()));
    object.insert("id".into(), json!(record.id.to_string()));
    object.insert("version".into(), json!(record.version));
    Json::Object(object)
}

pub(super) fn retrieve(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let key = request.record(door, "Target")?;
    if key.entity.is_child() {
        return Err(Error::invalid("Target", format!("{key} is {}; Retrieve reads records", key.entity.one())));
    }
    let columns = columns(door, request, key.entity)?;
    Ok(object(door, &get(door, key)?, &columns))
}

/// The records that a filter finds, in its order.
fn found(door: &Door<'_, '_>, request: &Request<'_>, entity: Entity) -> Result<Vec<i64>> {
    let text = request.text("Query")?.unwrap_or_default();
    let filter = parse_whole(&text, &door.ctx().reading_of(entity)).map_err(|e| Error::invalid("Query", e.to_string()))?;
    Ok(door.ask(&ListNumbers { filter })?.to_vec())
}

pub(super) fn retrieve_multiple(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let entity = request.entity("Entity")?;
    let columns = columns(door, request, entity)?;
    let numbers = found(door, request, entity)?;
    let top = match request.text("TopCount")? {
        None => usize::MAX,
        Some(text) => text.parse().map_err(|_| Error::invalid("TopCount", "TopCount is a number"))?,
    };
    let records = numbers.iter().take(top).map(|number| Ok(object(door, &get(door, entity.numbered(*number))?, &columns)));
    let entities = records.collect::<Result<Vec<_>>>()?;
    Ok(json!({"count": numbers.len(), "entities": entities}))
}

pub(super) fn initialize_from(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let key = request.record(door, "EntityMoniker")?;
    let entity = request.entity("TargetEntityName")?;
    if key.entity != Entity::Lead || entity == Entity::Lead {
        return Err(Error::invalid("EntityMoniker", "an account, a contact or an opportunity is initialized from a lead"));
    }
    let values = from_lead(&door.ctx().catalog, &get(door, key)?, entity);
    let registry = door.ctx().catalog.registry(entity);
    let showing = door.ctx().showing();
    let fields = values.iter().map(|(id, value)| (registry.field(*id).name.to_owned(), showing.json(registry.field(*id), value)));
    Ok(Json::Object(fields.collect()))
}

pub(super) fn rollup(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let target = request.record(door, "Target")?;
    if !matches!(target.entity, Entity::Account | Entity::Contact | Entity::Opportunity) {
        return Err(Error::invalid("Target", format!("{target} is {}; leads are rolled up to a customer", target.entity.one())));
    }
    let kind = request.text("RollupType")?.unwrap_or_else(|| "Related".into());
    let related = |key: RecordId| door.ask(&RelatedTo { about: key });
    let leads = |found: &[crate::service::record::read::Related]| {
        found.iter().map(|related| related.key).filter(|key| key.entity == Entity::Lead).map(|key| key.number).collect::<Vec<_>>()
    };
    let own = related(target)?;
    let mut numbers = match kind.to_lowercase().as_str() {
        "none" | "related" | "0" | "1" => leads(&own),
        "extended" | "2" => {
            let mut numbers = leads(&own);
            for below in own.iter().filter(|related| matches!(related.key.entity, Entity::Account | Entity::Contact)) {
                numbers.extend(leads(&related(below.key)?));
            }
            numbers
        }
        other => return Err(Error::invalid("RollupType", format!("“{other}” is none of None, Related, Extended"))),
    };
    numbers.sort_unstable();
    numbers.dedup();
    let matching = found(door, request, Entity::Lead)?;
    numbers.retain(|number| matching.contains(number));
    Ok(json!(numbers.iter().map(|number| RecordId::lead(*number).to_string()).collect::<Vec<_>>()))
}

/// The leads or customers that have the e-mail of these values. Source: the duplicate rules that are shipped.
pub(super) fn doubles(door: &Door<'_, '_>, entity: Entity, values: &[(FieldId, Value)]) -> Result<Vec<RecordId>> {
    let Some(field) = door.ctx().catalog.registry(entity).find("email") else { return Ok(Vec::new()) };
    let Some((_, Value::Text(address))) = values.iter().find(|(id, _)| *id == field) else { return Ok(Vec::new()) };
    let filter = Expr::Compare { field, op: Op::Is, values: vec![Operand::Text { text: fold(address), fit: Fit::Prefix }] };
    let numbers = door.ask(&ListNumbers { filter: Filter { entity, filter, sort: Vec::new() } })?;
    let mut doubles = Vec::new();
    for number in numbers.iter().take(DOUBLES) {
        let record = get(door, entity.numbered(*number))?;
        if email::key(record.get(field).as_text()) == email::key(address) {
            doubles.push(record.key);
        }
    }
    Ok(doubles)
}

pub(super) fn duplicates(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let key = request.record(door, "BusinessEntity")?;
    let entity = request.entity("MatchingEntityName")?;
    let one = |m: &Match| json!({"number": m.key.to_string(), "name": m.name, "reasons": m.reasons});
    let found = match (key.entity, entity) {
        (own, other) if own == other => door.ask(&RetrieveDuplicates { record: key })?,
        (Entity::Lead, Entity::Account) => door.ask(&RetrieveMatches { lead: key.number })?.matches.accounts,
        (Entity::Lead, Entity::Contact) => door.ask(&RetrieveMatches { lead: key.number })?.matches.contacts,
        (own, other) => {
            let headline = format!("{key} is {} and is not compared with {}", own.one(), other.plural());
            return Err(Error::invalid("MatchingEntityName", headline));
        }
    };
    Ok(found.iter().map(one).collect())
}
