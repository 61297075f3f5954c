//! The parameters of a request: records, attributes, flags, texts. Does nothing with them.

use serde_json::{Map, Value as Json};

use super::door::Door;
use super::table::Message;
use crate::cli::names;
use crate::error::{Error, Problem, Result};
use crate::model::choice::Set;
use crate::model::entity::{Entity, RecordId, RecordName};
use crate::model::field::logical::attribute;
use crate::model::field::read::read_in;
use crate::model::field::{Field, FieldId, Kind};
use crate::model::locale::Locale;
use crate::model::nearest::nearest;
use crate::model::value::{Owner, Value};
use crate::service::record::read::FindRecord;

/// A request whose parameters are all known.
pub(super) struct Request<'a> {
    object: &'a Map<String, Json>,
}

/// Keys of an object that name the record rather than its attributes.
const IDENTITY: [&str; 5] = ["id", "Id", "number", "LogicalName", "entity"];

impl<'a> Request<'a> {
    /// Takes the object of a request; a parameter that the message has not is a mistake, one that it needs must be there.
    pub(super) fn new(message: &Message, object: &'a Map<String, Json>) -> Result<Self> {
        let known = || message.parameters.iter().map(|p| p.name);
        for name in object.keys().filter(|name| *name != "message") {
            if !known().any(|known| known == name) {
                let near = nearest(name, known()).map(|n| format!("; did you mean {n}?")).unwrap_or_default();
                return Err(Error::invalid(name, format!("{} has no parameter {name}{near}", message.name)));
            }
        }
        for parameter in message.parameters.iter().filter(|p| p.needed) {
            if object.get(parameter.name).is_none_or(Json::is_null) {
                return Err(Error::invalid(parameter.name, format!("{} needs {}", message.name, parameter.name)));
            }
        }
        Ok(Self { object })
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a Json> {
        self.object.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool> {
        match self.get(name) {
            None => Ok(false),
            Some(Json::Bool(flag)) => Ok(*flag),
            Some(_) => Err(Error::invalid(name, format!("{name} is true or false"))),
        }
    }

    /// A text, or a number as text.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>> {
        match self.get(name) {
            None => Ok(None),
            Some(Json::String(text)) => Ok(Some(text.clone())),
            Some(Json::Number(number)) => Ok(Some(number.to_string())),
            Some(_) => Err(Error::invalid(name, format!("{name} is a text"))),
        }
    }

    pub(super) fn list(&self, name: &str) -> Result<&'a [Json]> {
        match self.get(name) {
            None => Ok(&[]),
            Some(Json::Array(list)) => Ok(list),
            Some(_) => Err(Error::invalid(name, format!("{name} is an array"))),
        }
    }

    /// The kind of records a parameter names: `lead` where it is absent.
    pub(super) fn entity(&self, name: &str) -> Result<Entity> {
        match self.text(name)? {
            None => Ok(Entity::Lead),
            Some(text) => kind(&text).ok_or_else(|| Error::invalid(name, format!("“{text}” is no kind of records"))),
        }
    }

    /// The record that a parameter names.
    pub(super) fn record(&self, door: &Door<'_, '_>, name: &str) -> Result<RecordId> {
        let value = self.get(name).unwrap_or(&Json::Null);
        record(door, value, Entity::Lead).map_err(|message| Error::invalid(name, message))
    }

    /// The code of a choice, by slug or integer.
    pub(super) fn choice(&self, door: &Door<'_, '_>, name: &str, set: Set) -> Result<Option<i64>> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let found = door.ctx().catalog.choices.find(set, &text).map(|choice| choice.code);
        found.map(Some).ok_or_else(|| Error::invalid(name, format!("{name} can be none of “{text}”")))
    }
}

fn kind(text: &str) -> Option<Entity> {
    Entity::LISTED.iter().copied().find(|entity| entity.name().eq_ignore_ascii_case(text))
}

/// The record that a value names: a number, a UUID, or an object that holds one.
pub(super) fn record(door: &Door<'_, '_>, value: &Json, entity: Entity) -> std::result::Result<RecordId, String> {
    let text = match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        Json::Object(object) => {
            let entity = ["LogicalName", "entity"].iter().find_map(|key| kind(object.get(*key)?.as_str()?)).unwrap_or(entity);
            let id = ["id", "Id", "number"].iter().find_map(|key| object.get(*key));
            return match id {
                Some(id @ (Json::String(_) | Json::Number(_))) => record(door, id, entity),
                _ => Err("the object names no record: it needs id or number".into()),
            };
        }
        _ => return Err("name the record: \"L-7\", a UUID, or {\"id\": …}".into()),
    };
    let name = RecordName::parse_as(&text, entity)
        .map(RecordName::Number)
        .or_else(|| RecordName::parse(&text))
        .ok_or_else(|| format!("“{text}” names no record"))?;
    door.ask(&FindRecord { name }).map_err(|error| error.to_string())
}

/// The attributes of an object; what names the record is none.
pub(super) fn attributes(door: &Door<'_, '_>, object: &Map<String, Json>, entity: Entity) -> Result<Vec<(FieldId, Value)>> {
    let catalog = std::sync::Arc::clone(&door.ctx().catalog);
    let registry = catalog.registry(entity);
    let mut problems = Vec::new();
    let mut values = Vec::new();
    for (name, json) in object.iter().filter(|(name, _)| !IDENTITY.contains(&name.as_str())) {
        let Some(id) = attribute(registry, name) else {
            let near = nearest(name, registry.names()).map(|n| format!("; did you mean {n}?")).unwrap_or_default();
            problems.push(Problem::new(name.clone(), format!("{} has no attribute {name}{near}", entity.one())));
            continue;
        };
        match value(door, registry.field(id), json) {
            Ok(value) => values.push((id, value)),
            Err(message) => problems.push(Problem::new(registry.field(id).name, message)),
        }
    }
    if problems.is_empty() { Ok(values) } else { Err(Error::Invalid(problems)) }
}

/// The value of an attribute, written as machines do: a point for decimals, whatever the country.
fn value(door: &Door<'_, '_>, field: &Field, json: &Json) -> std::result::Result<Value, String> {
    let ctx = door.ctx();
    let text = match (field.kind, json) {
        (_, Json::Null) => return Ok(Value::None),
        (Kind::Flag { .. }, Json::Bool(flag)) => return Ok(Value::Bool(*flag)),
        (Kind::Lookup(entity), json) => {
            let found = record(door, json, entity)?;
            return match found.entity == entity {
                true => Ok(Value::link(found.number)),
                false => Err(format!("{found} is {}, not {}", found.entity.one(), entity.one())),
            };
        }
        (_, Json::String(text)) => text.clone(),
        (_, Json::Number(number)) => number.to_string(),
        (Kind::Tags, Json::Array(tags)) => tags.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(","),
        _ => return Err(format!("{} takes no such value", field.label)),
    };
    if field.kind == Kind::Owner {
        let owner: Result<Owner> = names::owner(ctx, &text);
        return owner.map(Value::Owner).map_err(|error| error.to_string());
    }
    let plain = Locale::of("US");
    let reading = crate::model::field::read::Reading { locale: &plain, ..ctx.reading() };
    read_in(field, &text, "", &reading).map_err(|problem| problem.message)
}
