//! Records of every entity in the database: reading one, inserting one, changing one, and the words and keys that follow. Checks
//! no rule.

use std::sync::OnceLock;

use super::{Db, SqlValue, codec, lists};
use crate::error::{Error, Result};
use crate::model::choice::Set;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{Field, FieldId, Kind, Registry};
use crate::model::fold::{fold, words_of_key};
use crate::model::record::Record;
use crate::model::value::{Link, Named, Value};
use crate::model::{company, email, erasure, phone};

/// The text fields with a folded key beside them, where an entity has them.
const FOLDED: [&str; 3] = ["name", "company", "topic"];

/// The telephone fields whose digits are searched, the first that holds a number also matched.
const PHONES: [&str; 4] = ["phone", "mobile_phone", "home_phone", "other_phone"];

/// A statement for each entity, written once.
type Statements = [OnceLock<String>; Entity::ALL.len()];

const fn statements() -> Statements {
    [const { OnceLock::new() }; Entity::ALL.len()]
}

/// Whether a field is a column of the lead's own row.
pub fn is_column(kind: Kind) -> bool {
    !matches!(kind, Kind::Number(_) | Kind::Id | Kind::Tags | Kind::Linked(_))
}

fn columns(registry: &Registry) -> impl Iterator<Item = (FieldId, &'static str)> {
    registry.ids().filter(|(_, field)| is_column(field.kind)).map(|(id, field)| (id, field.name))
}

/// The columns that are written with the record.
fn written(registry: &Registry) -> impl Iterator<Item = (FieldId, &'static str)> {
    columns(registry).filter(|(id, _)| !registry.field(*id).follows)
}

fn select(registry: &Registry) -> &'static str {
    static SQL: Statements = statements();
    SQL[registry.entity().index()].get_or_init(|| {
        let names: Vec<&str> = columns(registry).map(|(_, name)| name).collect();
        format!("SELECT number, id, version, {} FROM {} WHERE number = $1", names.join(", "), registry.entity().name())
    })
}

/// One record with all its values; `None` where there is none with that number.
pub fn get(db: &Db, registry: &Registry, number: i64) -> Result<Option<Record>> {
    let key = RecordId { entity: registry.entity(), number };
    let found = db.row(select(registry), &[number.into()], |row| {
        let mut record = Record::new(key, row.uuid(1)?, row.int(2)?, Vec::with_capacity(registry.len()));
        for (column, (id, _)) in (3..).zip(columns(registry)) {
            record.set(id, codec::decode(registry.field(id), row, column)?);
        }
        record.set(registry.id("number"), Value::Int(number));
        record.set(registry.id("id"), Value::Text(record.id.to_string()));
        Ok(record)
    })?;
    let Some(mut record) = found else { return Ok(None) };
    for (id, field) in registry.ids() {
        match record.get(id) {
            Value::Link(link) => record.set(id, Value::Link(named(db, field, link.clone())?)),
            Value::Record(Named { key, .. }) => record.set(id, Value::Record(called(db, *key)?)),
            _ => {}
        }
    }
    for (id, field) in registry.ids() {
        if let Kind::Linked(entity) = field.kind {
            record.set(id, names(linked(db, key, entity)?));
        }
    }
    let tags = tags(db, key)?;
    if !tags.is_empty() {
        record.set(registry.id("tags"), Value::Tags(tags));
    }
    Ok(Some(record))
}

/// A reference with the name of the record that it leads to, which may be in Deleted.
pub fn named(db: &Db, field: &Field, link: Link) -> Result<Link> {
    let Kind::Lookup(entity) = field.kind else { return Ok(link) };
    let sql = format!("SELECT name FROM {} WHERE number = $1", entity.name());
    let name = db.row(&sql, &[link.number.into()], |row| Ok(row.text(0)?.to_owned()))?;
    Ok(Link { name: name.unwrap_or_default(), ..link })
}

/// A record of any kind with its name, which may be in Deleted.
pub fn called(db: &Db, key: RecordId) -> Result<Named> {
    let name = if key.entity == Entity::Lead { "coalesce(nullif(name, ''), company, '')" } else { "name" };
    let sql = format!("SELECT {name} FROM {} WHERE number = $1", key.entity.name());
    let name = match key.entity {
        Entity::Note => None,
        _ => db.row(&sql, &[key.number.into()], |row| Ok(row.text(0)?.to_owned()))?,
    };
    Ok(Named { key, name: name.unwrap_or_default() })
}

/// One record, or the sentence that there is none.
pub fn need(db: &Db, registry: &Registry, number: i64) -> Result<Record> {
    let key = RecordId { entity: registry.entity(), number };
    get(db, registry, number)?.ok_or_else(|| Error::NotFound(format!("there is no {} {key}", key.entity.name())))
}

/// The number of the record of an entity with a UUID.
pub fn number_of(db: &Db, entity: Entity, id: uuid::Uuid) -> Result<Option<i64>> {
    db.row(&format!("SELECT number FROM {} WHERE id = $1", entity.name()), &[id.into()], |row| row.int(0))
}

/// Whether there is such a record, deleted or not.
pub fn exists(db: &Db, key: RecordId) -> Result<bool> {
    Ok(db.number(&format!("SELECT count(*) FROM {} WHERE number = $1", key.entity.name()), &[key.number.into()])? > 0)
}

/// Whether there is no record of an entity, but for deleted ones.
pub fn is_empty(db: &Db, entity: Entity) -> Result<bool> {
    Ok(db.number(&format!("SELECT count(*) FROM (SELECT 1 FROM {} WHERE deleted_at IS NULL LIMIT 1)", entity.name()), &[])? == 0)
}

/// What a record is called and whether it is in Deleted: by name, a lead without one by its company.
pub fn title_of(db: &Db, key: RecordId) -> Result<Option<(String, bool)>> {
    let name = if key.entity == Entity::Lead { "coalesce(nullif(name, ''), company, '')" } else { "name" };
    let sql = format!("SELECT {name}, deleted_at IS NOT NULL FROM {} WHERE number = $1", key.entity.name());
    db.row(&sql, &[key.number.into()], |row| Ok((row.text(0)?.to_owned(), row.int(1)? != 0)))
}

/// How many records of an entity there are, deleted ones too.
pub fn count_all(db: &Db, entity: Entity) -> Result<u64> {
    Ok(db.number(&format!("SELECT count(*) FROM {}", entity.name()), &[])?.unsigned_abs())
}

/// Whether a record that is not deleted is in a state; its row is held until the transaction ends.
pub fn hold_in_state(db: &Db, key: RecordId, state: i64) -> Result<bool> {
    let sql = format!("UPDATE {} SET status = $1 WHERE number = $2 AND status = $1 AND deleted_at IS NULL", key.entity.name());
    Ok(db.execute(&sql, &[state.into(), key.number.into()])? == 1)
}

/// The tags of a record in the order of their names.
pub fn tags(db: &Db, key: RecordId) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT t.name FROM {0}_tag lt JOIN tag t ON t.number = lt.tag WHERE lt.{0} = $1 ORDER BY t.name_key",
        key.entity.name()
    );
    db.rows(&sql, &[key.number.into()], |row| Ok(row.text(0)?.to_owned()))
}

/// The names of the records of a kind that a record is linked with, in their order. The row of such a link begins with the record,
/// whose entity has the lesser code.
pub fn linked(db: &Db, key: RecordId, entity: Entity) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT t.name FROM link k JOIN {} t ON t.number = k.second_record WHERE k.first_entity = $1 AND k.first_record = $2
         AND k.second_entity = $3 AND t.deleted_at IS NULL ORDER BY t.name_key, t.number",
        entity.name()
    );
    let values: [SqlValue; 3] = [key.entity.code().into(), key.number.into(), entity.code().into()];
    db.rows(&sql, &values, |row| Ok(row.text(0)?.to_owned()))
}

/// Names as a value.
pub fn names(names: Vec<String>) -> Value {
    if names.is_empty() { Value::None } else { Value::Tags(names) }
}

/// Replaces the tags of a record.
fn put_tags(db: &Db, key: RecordId, tags: &[String]) -> Result<()> {
    db.execute(&format!("DELETE FROM {0}_tag WHERE {0} = $1", key.entity.name()), &[key.number.into()])?;
    add_tags(db, key, tags)
}

fn add_tags(db: &Db, key: RecordId, tags: &[String]) -> Result<()> {
    for tag in tags {
        let tag = lists::tag_number(db, tag)?;
        let sql = format!("INSERT INTO {0}_tag ({0}, tag) VALUES ($1, $2) ON CONFLICT DO NOTHING", key.entity.name());
        db.execute(&sql, &[key.number.into(), tag.into()])?;
    }
    Ok(())
}

/// Notes that its owner has opened a record that was handed over; outside version and history, as nobody changed anything.
pub fn mark_opened(db: &Db, key: RecordId, at: i64) -> Result<bool> {
    let sql = format!(
        "UPDATE {} SET opened_at = $1 WHERE number = $2 AND handed_at IS NOT NULL AND opened_at IS NULL",
        key.entity.name()
    );
    Ok(db.execute(&sql, &[at.into(), key.number.into()])? > 0)
}

/// The columns that are kept for lists and matching and follow from the fields, in the order of [`keys`].
fn key_columns(registry: &Registry) -> Vec<&'static str> {
    let mut names = Vec::new();
    let has = |name: &str| registry.find(name).is_some_and(|id| registry.field(id).name == name);
    for (field, key) in FOLDED.iter().zip(["name_key", "company_key", "topic_key"]) {
        if has(field) {
            names.push(key);
        }
    }
    if has("email") {
        names.push("email_key");
    }
    if has("phone") {
        names.push("phone_key");
    }
    if registry.entity() == Entity::Account {
        names.push("stem_key");
    }
    if matches!(registry.entity(), Entity::Account | Entity::Contact) {
        names.push("domain_key");
    }
    names.push("words");
    names
}

/// The keys and words of a record, in the order of [`key_columns`].
fn keys(registry: &Registry, record: &Record) -> Vec<String> {
    let text = |name: &str| {
        let id = registry.find(name).filter(|id| registry.field(*id).name == name);
        id.map(|id| record.get(id).as_text())
    };
    let mut keys: Vec<String> = FOLDED.iter().filter_map(|name| text(name)).map(fold).collect();
    let phones: Vec<&str> = PHONES.iter().filter_map(|name| text(name)).collect();
    let addresses: Vec<String> = ["email", "email2", "email3"].iter().filter_map(|name| text(name)).map(fold).collect();
    let tokens: Vec<String> = phones.iter().flat_map(|phone| phone::search_tokens(phone)).collect();
    let mut all: Vec<&str> = keys.iter().chain(&addresses).flat_map(|key| words_of_key(key)).collect();
    all.extend(tokens.iter().map(String::as_str));
    all.sort_unstable();
    all.dedup();
    let words = all.join(" ");
    if let Some(address) = text("email") {
        keys.push(email::key(address));
    }
    if text("phone").is_some() {
        let first = phones.iter().map(|phone| phone::digits(phone)).find(|digits| !digits.is_empty());
        keys.push(first.unwrap_or_default());
    }
    if registry.entity() == Entity::Account {
        keys.push(company::stem(text("name").unwrap_or_default()));
    }
    if matches!(registry.entity(), Entity::Account | Entity::Contact) {
        let places = [text("website"), text("email"), text("email2"), text("email3")];
        keys.push(places.into_iter().flatten().find_map(company::domain).unwrap_or_default());
    }
    keys.push(words);
    keys
}

/// A new record made ready to be written, which takes no database: keys, words and the values of its row.
#[derive(Clone, Debug)]
pub struct NewRecord {
    key: RecordId,
    values: Vec<SqlValue>,
    tags: Vec<String>,
}

/// Makes a new record ready; a bulk load does this on another thread than the writing one.
pub fn prepare(registry: &Registry, record: &Record, unit: i64) -> NewRecord {
    let mut values: Vec<SqlValue> = Vec::with_capacity(registry.len() + 10);
    values.extend([record.key.number.into(), record.id.into(), record.version.into(), unit.into()]);
    values.extend(written(registry).map(|(id, name)| stored(registry, id, name, record)));
    values.extend(keys(registry, record).into_iter().map(SqlValue::from));
    let tags = match record.named(registry, "tags") {
        Value::Tags(tags) => tags.clone(),
        _ => Vec::new(),
    };
    NewRecord { key: record.key, values, tags }
}

/// Writes a new record: the row, its keys, its tags.
pub fn insert(db: &Db, registry: &Registry, record: &Record, unit: i64) -> Result<()> {
    insert_prepared(db, registry, &prepare(registry, record, unit))
}

/// Writes a new record that was made ready.
pub fn insert_prepared(db: &Db, registry: &Registry, record: &NewRecord) -> Result<()> {
    static SQL: Statements = statements();
    let sql = SQL[registry.entity().index()].get_or_init(|| {
        let mut names = vec!["number", "id", "version", "unit"];
        names.extend(written(registry).map(|(_, name)| name));
        names.extend(key_columns(registry));
        let places: Vec<String> = (1..=names.len()).map(|n| format!("${n}")).collect();
        format!("INSERT INTO {} ({}) VALUES ({})", registry.entity().name(), names.join(", "), places.join(", "))
    });
    db.execute(sql, &record.values)?;
    add_tags(db, record.key, &record.tags)
}

/// What the row holds for a field: columns that may not be NULL hold their neutral value instead.
fn stored(registry: &Registry, id: FieldId, name: &str, record: &Record) -> SqlValue {
    let value = record.get(id);
    match (registry.field(id).kind, value) {
        (Kind::Flag { .. }, Value::None) => SqlValue::Int(0),
        (_, Value::None) if name == "name" => SqlValue::Text(String::new()),
        _ => codec::encode(value),
    }
}

/// Writes the business unit of a record, which follows its owner.
pub fn put_unit(db: &Db, key: RecordId, unit: i64) -> Result<()> {
    let sql = format!("UPDATE {} SET unit = $1 WHERE number = $2", key.entity.name());
    db.execute(&sql, &[unit.into(), key.number.into()]).map(|_| ())
}

/// Writes changed fields of a record and, where names, addresses or numbers changed, its keys. The version is the record's own.
pub fn update(db: &Db, registry: &Registry, record: &Record, changed: &[FieldId]) -> Result<()> {
    let mut sets: Vec<String> = Vec::new();
    let mut values: Vec<SqlValue> = Vec::new();
    let mut put = |name: &str, value: SqlValue| {
        values.push(value);
        sets.push(format!("{name} = ${}", values.len()));
    };
    put("version", record.version.into());
    let mut worded = false;
    for id in changed {
        let field = registry.field(*id);
        if is_column(field.kind) && !field.follows {
            put(field.name, stored(registry, *id, field.name, record));
            worded |= field.is_text();
        }
    }
    if worded {
        for (name, value) in key_columns(registry).into_iter().zip(keys(registry, record)) {
            put(name, value.into());
        }
    }
    values.push(record.key.number.into());
    let sql = format!("UPDATE {} SET {} WHERE number = ${}", registry.entity().name(), sets.join(", "), values.len());
    db.execute(&sql, &values)?;
    if changed.contains(&registry.id("tags")) {
        let tags = match record.named(registry, "tags") {
            Value::Tags(tags) => tags.as_slice(),
            _ => &[],
        };
        put_tags(db, record.key, tags)?;
    }
    Ok(())
}

/// The records of an entity that went to Deleted before a moment.
pub fn deleted_before(db: &Db, entity: Entity, before: i64) -> Result<Vec<i64>> {
    // what was erased stays for the reports
    let stays = if erasure::can_be_erased(entity) { " AND erased_at IS NULL" } else { "" };
    let sql =
        format!("SELECT number FROM {} WHERE deleted_at IS NOT NULL AND deleted_at < $1{stays} ORDER BY number", entity.name());
    db.rows(&sql, &[before.into()], |row| row.int(0))
}

/// Visits the text of a field of every record that holds one and is not deleted.
pub fn each_value(db: &Db, entity: Entity, field: &Field, mut visit: impl FnMut(i64, &str)) -> Result<()> {
    if !is_column(field.kind) {
        return Err(Error::invalid(field.name, format!("{} cannot be compared by {}", entity.plural(), field.label)));
    }
    let sql = format!(
        "SELECT number, CAST({0} AS TEXT) FROM {1} WHERE {0} IS NOT NULL AND deleted_at IS NULL ORDER BY number",
        field.name,
        entity.name()
    );
    db.visit(&sql, &[], |row| {
        visit(row.int(0)?, row.text(1)?);
        Ok(true)
    })
}

/// The columns that hold a choice among records.
fn holders(set: Set) -> Vec<(&'static str, &'static str)> {
    let fields = |entity: &Entity| {
        let registry = Registry::of(*entity);
        let held = registry.fields().iter().filter(|field| field.kind == Kind::Choice(set));
        held.map(|field| (entity.name(), field.name)).collect::<Vec<_>>()
    };
    Entity::LISTED.iter().flat_map(fields).collect()
}

/// Removes a record for good, with its notes, files, tags and shares.
pub fn purge(db: &Db, key: RecordId) -> Result<()> {
    super::share::forget(db, key)?;
    for set in Set::ALL.iter().filter(|set| set.entity() == Some(key.entity)) {
        for (table, column) in holders(*set) {
            db.execute(&format!("UPDATE {table} SET {column} = NULL WHERE {column} = $1"), &[key.number.into()])?;
        }
    }
    super::mail::purge_of(db, key)?;
    super::activity::purge_of(db, key)?;
    if key.entity.takes_requests() {
        super::request::purge_of(db, key)?;
    }
    db.execute("DELETE FROM note WHERE entity = $1 AND record = $2", &[key.entity.code().into(), key.number.into()])?;
    super::attachment::purge_of(db, key)?;
    db.execute(&format!("DELETE FROM {} WHERE number = $1", key.entity.name()), &[key.number.into()]).map(|_| ())
}

/// The record, not deleted, that an import made from this key.
pub fn by_import_key(db: &Db, entity: Entity, source: &str, key: &str) -> Result<Option<i64>> {
    let sql = format!("SELECT number FROM {} WHERE import_source = $1 AND import_key = $2 AND deleted_at IS NULL", entity.name());
    db.row(&sql, &[source.into(), key.into()], |row| row.int(0))
}

/// The names under which the keys of records that are not deleted are kept, by steps through their index: they are few.
pub fn import_sources(db: &Db, entity: Entity) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT import_source FROM {} WHERE import_key IS NOT NULL AND deleted_at IS NULL AND import_source > $1
         ORDER BY import_source LIMIT 1",
        entity.name()
    );
    let mut sources: Vec<String> = Vec::new();
    loop {
        let last = sources.last().map_or("", String::as_str);
        match db.row(&sql, &[last.into()], |row| Ok(row.text(0)?.to_owned()))? {
            Some(next) => sources.push(next),
            None => return Ok(sources),
        }
    }
}

/// Records, neither deleted nor merged into another, with this folded name and, where `with` names a reference, this record in it;
/// only numbers below `before`, at most `limit`, the oldest first.
pub fn by_name(
    db: &Db,
    registry: &Registry,
    key: &str,
    with: Option<(&str, i64)>,
    before: i64,
    limit: usize,
) -> Result<Vec<i64>> {
    if key.is_empty() {
        return Ok(Vec::new());
    }
    let merged = if registry.find("merged").is_some() { " AND merged = 0" } else { "" };
    let tied = with.map_or_else(String::new, |(field, _)| format!(" AND {field} = $3"));
    let sql = format!(
        "SELECT number FROM {} WHERE name_key = $1 AND number < $2{tied} AND deleted_at IS NULL{merged} ORDER BY number LIMIT {limit}",
        registry.entity().name()
    );
    let mut values: Vec<SqlValue> = vec![key.into(), before.into()];
    values.extend(with.map(|(_, number)| SqlValue::from(number)));
    db.rows(&sql, &values, |row| row.int(0))
}

/// The records in Deleted that imports made from this key.
pub fn deleted_by_import_key(db: &Db, entity: Entity, source: &str, key: &str) -> Result<Vec<i64>> {
    let sql =
        format!("SELECT number FROM {} WHERE import_source = $1 AND import_key = $2 AND deleted_at IS NOT NULL", entity.name());
    db.rows(&sql, &[source.into(), key.into()], |row| row.int(0))
}

/// The first record, neither deleted nor merged into another, with this e-mail address in any case.
pub fn by_email(db: &Db, entity: Entity, address: &str) -> Result<Option<i64>> {
    Ok(all_by_email(db, entity, address, 1)?.first().copied())
}

/// Such records, the oldest first, at most `limit`.
pub fn all_by_email(db: &Db, entity: Entity, address: &str, limit: usize) -> Result<Vec<i64>> {
    let merged = if entity == Entity::Opportunity { "" } else { " AND merged = 0" };
    let sql = format!(
        "SELECT number FROM {} WHERE email_key = $1 AND email_key <> '' AND deleted_at IS NULL{merged} ORDER BY number LIMIT {limit}",
        entity.name()
    );
    db.rows(&sql, &[email::key(address).into()], |row| row.int(0))
}
