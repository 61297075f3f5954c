//! Between values of fields and what a column or the log holds. Knows no entity.

use crate::error::{Error, Result};
use crate::model::entity::{RecordId, RecordName};
use crate::model::field::{Field, Kind};
use crate::model::value::{Owner, Value};
use crate::store::SqlValue;
use crate::store::sqlite::Row;

/// What a column holds for a value.
pub fn encode(value: &Value) -> SqlValue {
    match value {
        Value::Text(text) => SqlValue::Text(text.clone()),
        Value::Record(named) => SqlValue::Text(named.key.to_string()),
        other => other.as_int().into(),
    }
}

/// The value that a column holds.
pub fn decode(field: &Field, row: &Row<'_>, column: usize) -> Result<Value> {
    if field.is_text() {
        return Ok(match row.opt_text(column)? {
            Some(text) if !text.is_empty() => Value::Text(text.to_owned()),
            _ => Value::None,
        });
    }
    if field.kind == Kind::Record {
        return Ok(row.opt_text(column)?.and_then(record).map_or(Value::None, Value::record));
    }
    Ok(row.opt_int(column)?.map_or(Value::None, |n| number(field.kind, n)))
}

/// The record that a column or the log names.
fn record(text: &str) -> Option<RecordId> {
    match RecordName::parse(text)? {
        RecordName::Number(key) => Some(key),
        RecordName::Id(_) => None,
    }
}

/// The value of a kind that a number stands for.
fn number(kind: Kind, n: i64) -> Value {
    match kind {
        Kind::Choice(_) => Value::Choice(n),
        Kind::Money => Value::Money(n),
        Kind::Degree => Value::Degree(n),
        Kind::Flag { .. } => Value::Bool(n != 0),
        Kind::Date => i32::try_from(n).map_or(Value::None, Value::Date),
        Kind::Instant => Value::Instant(n),
        Kind::Owner => Owner::of_code(n).map_or(Value::None, Value::Owner),
        Kind::User => Value::User(n),
        Kind::Lookup(_) => Value::link(n),
        _ => Value::Int(n),
    }
}

/// The form of a value in the log; `None` for nothing.
pub fn to_log(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Tags(tags) if tags.is_empty() => None,
        Value::Tags(tags) => Some(tags.join("\n")),
        Value::Record(named) => Some(named.key.to_string()),
        other => other.as_int().map(|n| n.to_string()),
    }
}

/// The value that the log holds.
pub fn from_log(field: &Field, text: Option<&str>) -> Result<Value> {
    let Some(text) = text else { return Ok(Value::None) };
    if field.is_text() {
        return Ok(Value::Text(text.to_owned()));
    }
    if matches!(field.kind, Kind::Tags) {
        return Ok(Value::Tags(text.lines().map(str::to_owned).collect()));
    }
    let wrong = || Error::Damaged(format!("the log holds “{text}” for {}", field.name));
    if field.kind == Kind::Record {
        return record(text).map(Value::record).ok_or_else(wrong);
    }
    let n = text.parse().map_err(|_| wrong())?;
    Ok(number(field.kind, n))
}
