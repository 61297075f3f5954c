//! What people call things on the command line: records, fields, owners, `FIELD=VALUE`. Writes nothing.

use super::open::{Asked, Desk};
use crate::error::{Error, Problem, Result};
use crate::model::entity::{Entity, RecordId, RecordName};
use crate::model::field::read::{currency_in, read_in};
use crate::model::field::{FieldId, Registry};
use crate::model::nearest::nearest;
use crate::model::value::{Owner, Value};
use crate::service::Context;
use crate::service::record::read::FindRecord;
use crate::service::scope::Targets;

/// A field and the text typed for it.
pub type Pair = (FieldId, String);

/// The record that `text` names.
pub fn record<S: Asked>(desk: &Desk<S>, text: &str) -> Result<RecordId> {
    let name = RecordName::parse(text).ok_or_else(|| {
        Error::Usage(format!("“{text}” names no record; write L-1042, 1042, A-17, C-12, O-3, T-5, N-7 or a UUID"))
    })?;
    desk.ask(&FindRecord { name })
}

/// The record that `text` names, a number without a letter being one of `entity`.
pub fn record_of<S: Asked>(desk: &Desk<S>, text: &str, entity: Entity) -> Result<RecordId> {
    match RecordName::parse_as(text, entity) {
        Some(id) => desk.ask(&FindRecord { name: RecordName::Number(id) }),
        None => record(desk, text),
    }
}

/// The records that `words` name, those of a kind together; a number without a letter is one of `entity`.
pub fn targets<S: Asked>(desk: &Desk<S>, words: &[impl AsRef<str>], entity: Entity) -> Result<Vec<Targets>> {
    let mut found: Vec<(Entity, Vec<i64>)> = Vec::new();
    for word in words {
        let record = record_of(desk, word.as_ref(), entity)?;
        if record.entity == Entity::Note {
            return Err(Error::Usage(format!("{record} is a note; this is done on records that have an owner")));
        }
        match found.iter_mut().find(|(entity, _)| *entity == record.entity) {
            Some((_, numbers)) => numbers.push(record.number),
            None => found.push((record.entity, vec![record.number])),
        }
    }
    Ok(found.into_iter().map(|(entity, numbers)| Targets::of(entity, numbers)).collect())
}

/// The records that `words` name, all of the kind `entity`.
pub fn numbers<S: Asked>(desk: &Desk<S>, words: &[impl AsRef<str>], entity: Entity) -> Result<Vec<i64>> {
    let one = |word: &str| match record_of(desk, word, entity)? {
        record if record.entity == entity => Ok(record.number),
        other => Err(Error::Usage(format!("{other} is {}; this is done on {}", other.entity.one(), entity.plural()))),
    };
    words.iter().map(|word| one(word.as_ref())).collect()
}

/// The field that people call `name`; a name that is none is wrong usage.
pub fn field(registry: &Registry, name: &str) -> Result<FieldId> {
    registry.find(name).ok_or_else(|| {
        let near = nearest(name, registry.names()).map(|n| format!("; did you mean {n}?")).unwrap_or_default();
        Error::Usage(format!("there is no field “{name}”{near}"))
    })
}

/// The fields of a list with commas; none where nothing is named.
pub fn columns(registry: &Registry, text: Option<&str>) -> Result<Option<Vec<FieldId>>> {
    let Some(text) = text else { return Ok(None) };
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    let fields = names.map(|name| field(registry, name)).collect::<Result<Vec<_>>>()?;
    if fields.is_empty() { Err(Error::Usage("--columns names no field".into())) } else { Ok(Some(fields)) }
}

/// An owner as people write one.
pub fn owner(ctx: &Context, text: &str) -> Result<Owner> {
    if text.eq_ignore_ascii_case("me") {
        return Ok(Owner::User(ctx.user));
    }
    let people = &ctx.catalog.people;
    people.find_owner(text).ok_or_else(|| {
        let known = people.users.iter().map(|u| u.login.as_str()).chain(people.teams.iter().map(|t| t.name.as_str()));
        let near = nearest(text, known).map(|n| format!("; did you mean {n}?")).unwrap_or_default();
        Error::invalid("owner", format!("there is no user or team “{text}”{near}"))
    })
}

/// Whether `word` looks like `FIELD=VALUE`.
pub fn is_pair(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        let name = name.trim();
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    })
}

/// `FIELD=VALUE` words as fields and texts.
pub fn pairs(registry: &Registry, words: &[String]) -> Result<Vec<Pair>> {
    words
        .iter()
        .map(|word| match word.split_once('=') {
            Some((name, text)) => Ok((field(registry, name)?, text.to_owned())),
            None => Err(Error::Usage(format!("“{word}” is no FIELD=VALUE"))),
        })
        .collect()
}

/// The values of typed texts on a record whose amounts are in `currency` (empty: in none yet). An amount typed with a currency
/// settles that of the record, unless the record has another or one is typed for it.
pub fn values(ctx: &Context, entity: Entity, pairs: &[Pair], currency: &str) -> Result<Vec<(FieldId, Value)>> {
    let reading = ctx.reading_of(entity);
    let registry = reading.registry();
    let currency_field = registry.find("currency");
    let mut problems: Vec<Problem> = Vec::new();
    let mut values: Vec<(FieldId, Value)> = Vec::new();
    let mut read = |pairs: &mut dyn Iterator<Item = &Pair>, currency: &str, values: &mut Vec<(FieldId, Value)>| {
        for (id, text) in pairs {
            match read_in(registry.field(*id), text, currency, &reading) {
                Ok(value) => values.push((*id, value)),
                Err(problem) => problems.push(problem),
            }
        }
    };
    read(&mut pairs.iter().filter(|(id, _)| Some(*id) == currency_field), currency, &mut values);
    let typed = values.last().map(|(_, value)| value.as_text().to_owned()).filter(|code| !code.is_empty());
    let with_amount = || pairs.iter().find_map(|(id, text)| currency_in(registry.field(*id), text, &reading));
    let settled = match typed {
        Some(code) => code,
        None if currency.is_empty() => match with_amount() {
            Some(code) => {
                values.extend(currency_field.map(|field| (field, Value::text(code))));
                code.to_owned()
            }
            None => String::new(),
        },
        None => currency.to_owned(),
    };
    read(&mut pairs.iter().filter(|(id, _)| Some(*id) != currency_field), &settled, &mut values);
    if problems.is_empty() { Ok(values) } else { Err(Error::Invalid(problems)) }
}

#[cfg(test)]
mod tests {
    use super::is_pair;

    #[test]
    fn a_pair_begins_with_a_name() {
        assert!(is_pair("rating=hot") && is_pair("job-title=") && is_pair("topic=a=b"));
        assert!(!is_pair("Ann Lee = x") && !is_pair("=x") && !is_pair("L-1") && !is_pair("1=2"));
    }
}
