//! Leads in the database: reading one, inserting one, changing one, and the words and keys that follow. Checks no rule.

use std::sync::OnceLock;

use super::{Db, SqlValue, codec, lists};
use crate::error::{Error, Result};
use crate::model::entity::RecordId;
use crate::model::field::{Field, FieldId, Kind, Registry};
use crate::model::fold::{fold, words_of_key};
use crate::model::record::Record;
use crate::model::value::Value;
use crate::model::{email, phone};

/// Columns that are kept for lists and matching and follow from the fields.
const KEYS: [&str; 6] = ["name_key", "company_key", "topic_key", "email_key", "phone_key", "words"];

/// Whether a field is a column of the lead's own row.
pub fn is_column(kind: Kind) -> bool {
    !matches!(kind, Kind::Number | Kind::Id | Kind::Tags)
}

fn columns(registry: &Registry) -> impl Iterator<Item = (FieldId, &'static str)> {
    registry.ids().filter(|(_, field)| is_column(field.kind)).map(|(id, field)| (id, field.name))
}

fn select(registry: &Registry) -> &'static str {
    static SQL: OnceLock<String> = OnceLock::new();
    SQL.get_or_init(|| {
        let names: Vec<&str> = columns(registry).map(|(_, name)| name).collect();
        format!("SELECT number, id, version, {} FROM lead WHERE number = $1", names.join(", "))
    })
}

/// One lead with all its values; `None` where there is none with that number.
pub fn get(db: &Db, registry: &Registry, number: i64) -> Result<Option<Record>> {
    let found = db.row(select(registry), &[number.into()], |row| {
        let mut record = Record::new(RecordId::lead(number), row.uuid(1)?, row.int(2)?, Vec::with_capacity(registry.len()));
        for (column, (id, _)) in (3..).zip(columns(registry)) {
            record.set(id, codec::decode(registry.field(id), row, column)?);
        }
        record.set(registry.id("number"), Value::Int(number));
        record.set(registry.id("id"), Value::Text(record.id.to_string()));
        Ok(record)
    })?;
    let Some(mut record) = found else { return Ok(None) };
    let tags = tags(db, number)?;
    if !tags.is_empty() {
        record.set(registry.id("tags"), Value::Tags(tags));
    }
    Ok(Some(record))
}

/// One lead, or the sentence that there is none.
pub fn need(db: &Db, registry: &Registry, number: i64) -> Result<Record> {
    get(db, registry, number)?.ok_or_else(|| Error::NotFound(format!("there is no lead {}", RecordId::lead(number))))
}

/// The number of the lead with a UUID.
pub fn number_of(db: &Db, id: uuid::Uuid) -> Result<Option<i64>> {
    db.row("SELECT number FROM lead WHERE id = $1", &[id.into()], |row| row.int(0))
}

/// Whether there is a lead with that number, deleted or not.
pub fn exists(db: &Db, number: i64) -> Result<bool> {
    Ok(db.number("SELECT count(*) FROM lead WHERE number = $1", &[number.into()])? > 0)
}

/// How many leads there are, deleted ones too.
pub fn count_all(db: &Db) -> Result<u64> {
    Ok(db.number("SELECT count(*) FROM lead", &[])?.unsigned_abs())
}

/// The tags of a lead in the order of their names.
pub fn tags(db: &Db, number: i64) -> Result<Vec<String>> {
    let sql = "SELECT t.name FROM lead_tag lt JOIN tag t ON t.number = lt.tag WHERE lt.lead = $1 ORDER BY t.name_key";
    db.rows(sql, &[number.into()], |row| Ok(row.text(0)?.to_owned()))
}

/// Replaces the tags of a lead.
pub fn put_tags(db: &Db, number: i64, tags: &[String]) -> Result<()> {
    db.execute("DELETE FROM lead_tag WHERE lead = $1", &[number.into()])?;
    add_tags(db, number, tags)
}

fn add_tags(db: &Db, number: i64, tags: &[String]) -> Result<()> {
    for tag in tags {
        let tag = lists::tag_number(db, tag)?;
        let sql = "INSERT INTO lead_tag (lead, tag) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        db.execute(sql, &[number.into(), tag.into()])?;
    }
    Ok(())
}

/// Notes that its owner has opened a lead that was handed over; outside version and history, as nobody changed anything.
pub fn mark_opened(db: &Db, number: i64, at: i64) -> Result<bool> {
    let sql = "UPDATE lead SET opened_at = $1 WHERE number = $2 AND handed_at IS NOT NULL AND opened_at IS NULL";
    Ok(db.execute(sql, &[at.into(), number.into()])? > 0)
}

/// The keys and words of a lead, in the order of [`KEYS`].
fn keys(registry: &Registry, lead: &Record) -> [String; 6] {
    let text = |name| lead.text(registry, name);
    let phones = ["phone", "mobile_phone", "home_phone", "other_phone"].map(text);
    let folded = ["name", "company", "topic", "email", "email2", "email3"].map(|field| fold(text(field)));
    let tokens: Vec<String> = phones.iter().flat_map(|phone| phone::search_tokens(phone)).collect();
    let mut all: Vec<&str> = folded.iter().flat_map(|key| words_of_key(key)).chain(tokens.iter().map(String::as_str)).collect();
    all.sort_unstable();
    all.dedup();
    let words = all.join(" ");
    let first_phone = phones.iter().map(|phone| phone::digits(phone)).find(|digits| !digits.is_empty()).unwrap_or_default();
    let [name, company, topic, ..] = folded;
    [name, company, topic, email::key(text("email")), first_phone, words]
}

/// A new lead made ready to be written, which takes no database: keys, words and the values of its row.
#[derive(Clone, Debug)]
pub struct NewLead {
    number: i64,
    values: Vec<SqlValue>,
    tags: Vec<String>,
}

/// Makes a new lead ready; a bulk load does this on another thread than the writing one.
pub fn prepare(registry: &Registry, lead: &Record, unit: i64) -> NewLead {
    let mut values: Vec<SqlValue> = Vec::with_capacity(registry.len() + 4 + KEYS.len());
    values.extend([lead.key.number.into(), lead.id.into(), lead.version.into(), unit.into()]);
    values.extend(columns(registry).map(|(id, name)| stored(registry, id, name, lead)));
    values.extend(keys(registry, lead).map(SqlValue::from));
    let tags = match lead.named(registry, "tags") {
        Value::Tags(tags) => tags.clone(),
        _ => Vec::new(),
    };
    NewLead { number: lead.key.number, values, tags }
}

/// Writes a new lead: the row, its keys, its tags.
pub fn insert(db: &Db, registry: &Registry, lead: &Record, unit: i64) -> Result<()> {
    insert_prepared(db, registry, &prepare(registry, lead, unit))
}

/// Writes a new lead that was made ready.
pub fn insert_prepared(db: &Db, registry: &Registry, lead: &NewLead) -> Result<()> {
    static SQL: OnceLock<String> = OnceLock::new();
    let sql = SQL.get_or_init(|| {
        let mut names = vec!["number", "id", "version", "unit"];
        names.extend(columns(registry).map(|(_, name)| name));
        names.extend(KEYS);
        let places: Vec<String> = (1..=names.len()).map(|n| format!("${n}")).collect();
        format!("INSERT INTO lead ({}) VALUES ({})", names.join(", "), places.join(", "))
    });
    db.execute(sql, &lead.values)?;
    add_tags(db, lead.number, &lead.tags)
}

/// What the row holds for a field: columns that may not be NULL hold their neutral value instead.
fn stored(registry: &Registry, id: FieldId, name: &str, lead: &Record) -> SqlValue {
    let value = lead.get(id);
    match (registry.field(id).kind, value) {
        (Kind::Flag { .. }, Value::None) => SqlValue::Int(0),
        (_, Value::None) if name == "name" => SqlValue::Text(String::new()),
        _ => codec::encode(value),
    }
}

/// Writes changed fields of a lead and, where names, addresses or numbers changed, its keys. The version is the record's own.
pub fn update(db: &Db, registry: &Registry, lead: &Record, changed: &[FieldId]) -> Result<()> {
    let mut sets: Vec<String> = Vec::new();
    let mut values: Vec<SqlValue> = Vec::new();
    let mut put = |name: &str, value: SqlValue| {
        values.push(value);
        sets.push(format!("{name} = ${}", values.len()));
    };
    put("version", lead.version.into());
    let mut worded = false;
    for id in changed {
        let field = registry.field(*id);
        if is_column(field.kind) {
            put(field.name, stored(registry, *id, field.name, lead));
            worded |= field.is_text();
        }
    }
    if worded {
        for (name, value) in KEYS.iter().zip(keys(registry, lead)) {
            put(name, value.into());
        }
    }
    values.push(lead.key.number.into());
    let sql = format!("UPDATE lead SET {} WHERE number = ${}", sets.join(", "), values.len());
    db.execute(&sql, &values)?;
    if changed.contains(&registry.id("tags")) {
        let tags = match lead.named(registry, "tags") {
            Value::Tags(tags) => tags.as_slice(),
            _ => &[],
        };
        put_tags(db, lead.key.number, tags)?;
    }
    Ok(())
}

/// The leads that went to Deleted before a moment.
pub fn deleted_before(db: &Db, before: i64) -> Result<Vec<i64>> {
    let sql = "SELECT number FROM lead WHERE deleted_at IS NOT NULL AND deleted_at < $1 ORDER BY number";
    db.rows(sql, &[before.into()], |row| row.int(0))
}

/// Visits the text of a field of every lead that holds one and is not deleted.
pub fn each_value(db: &Db, field: &Field, mut visit: impl FnMut(i64, &str)) -> Result<()> {
    if !is_column(field.kind) {
        return Err(Error::invalid(field.name, format!("leads cannot be compared by {}", field.label)));
    }
    let sql = format!(
        "SELECT number, CAST({0} AS TEXT) FROM lead WHERE {0} IS NOT NULL AND deleted_at IS NULL ORDER BY number",
        field.name
    );
    db.visit(&sql, &[], |row| {
        visit(row.int(0)?, row.text(1)?);
        Ok(true)
    })
}

/// Removes a lead for good, with its notes and tags.
pub fn purge(db: &Db, number: i64) -> Result<()> {
    let entity = crate::model::entity::Entity::Lead.code();
    db.execute("DELETE FROM note WHERE entity = $1 AND record = $2", &[entity.into(), number.into()])?;
    db.execute("DELETE FROM lead WHERE number = $1", &[number.into()]).map(|_| ())
}

/// The lead, not deleted, that an import made from this key.
pub fn by_import_key(db: &Db, source: &str, key: &str) -> Result<Option<i64>> {
    let sql = "SELECT number FROM lead WHERE import_source = $1 AND import_key = $2 AND deleted_at IS NULL";
    db.row(sql, &[source.into(), key.into()], |row| row.int(0))
}

/// The leads in Deleted that imports made from this key.
pub fn deleted_by_import_key(db: &Db, source: &str, key: &str) -> Result<Vec<i64>> {
    let sql = "SELECT number FROM lead WHERE import_source = $1 AND import_key = $2 AND deleted_at IS NOT NULL";
    db.rows(sql, &[source.into(), key.into()], |row| row.int(0))
}

/// The first lead, not deleted, with this e-mail address in any case.
pub fn by_email(db: &Db, address: &str) -> Result<Option<i64>> {
    let sql = "SELECT number FROM lead WHERE email_key = $1 AND email_key <> '' AND deleted_at IS NULL ORDER BY number LIMIT 1";
    db.row(sql, &[email::key(address).into()], |row| row.int(0))
}
