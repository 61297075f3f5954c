//! The records that a record is tied to: by its own references, by those of others, by links with a role. Follows no chain.

use std::collections::HashSet;

use super::log::Made;
use super::{Db, SqlValue, line, link, note};
use crate::error::Result;
use crate::model::catalog::Catalog;
use crate::model::choice::{OPEN, QUALIFIED};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{Field, FieldId, Kind};
use crate::model::line::Line;
use crate::model::record::Record;

/// The most records of one reference that are listed.
const MOST: usize = 200;
/// The most leads whose notes are read on a customer.
const SOURCES: usize = 50;

/// A record that is tied to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// The record.
    pub key: RecordId,
    /// What it is called.
    pub name: String,
    /// How it is tied.
    pub tie: Tie,
    /// The code of its state.
    pub state: i64,
}

/// How a record is tied to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tie {
    /// It stands in this field of the record.
    Field(FieldId),
    /// The record stands in this field of it.
    Of(FieldId),
    /// One is sold with the other.
    Line(Line),
    /// They are linked, with this role; it may be empty.
    Link(String),
}

/// All that a record is tied to: what is sold, what it refers to, what is linked, what refers to it, the newest first.
pub fn of(db: &Db, catalog: &Catalog, record: &Record) -> Result<Vec<Related>> {
    let mut found = Vec::new();
    for (other, sold) in line::of(db, record.key)? {
        found.extend(one(db, other, Tie::Line(sold))?);
    }
    for (id, field) in catalog.registry(record.key.entity).ids() {
        if let (Some(entity), Some(to)) = (field.refers_to(), record.get(id).as_int()) {
            found.extend(one(db, entity.numbered(to), Tie::Field(id))?);
        }
    }
    for (other, role) in link::of(db, record.key)? {
        found.extend(one(db, other, Tie::Link(role))?);
    }
    // activities stand in the timeline
    for entity in Entity::LISTED.iter().filter(|entity| !entity.has_regarding()) {
        for (id, field) in catalog.registry(*entity).ids().filter(|(_, f)| f.refers_to() == Some(record.key.entity)) {
            let sql = format!(
                "SELECT number, name, status FROM {} WHERE {} = $1 AND deleted_at IS NULL ORDER BY number DESC LIMIT {MOST}",
                entity.name(),
                field.name
            );
            found.extend(db.rows(&sql, &[record.key.number.into()], |row| {
                Ok(Related {
                    key: entity.numbered(row.int(0)?),
                    name: row.text(1)?.to_owned(),
                    tie: Tie::Of(id),
                    state: row.int(2)?,
                })
            })?);
        }
    }
    Ok(found)
}

fn one(db: &Db, key: RecordId, tie: Tie) -> Result<Option<Related>> {
    let sql = format!("SELECT name, status FROM {} WHERE number = $1 AND deleted_at IS NULL", key.entity.name());
    db.row(&sql, &[key.number.into()], |row| {
        Ok(Related { key, name: row.text(0)?.to_owned(), tie: tie.clone(), state: row.int(1)? })
    })
}

/// The leads whose notes are read on a record too: those that it was made from, or that were qualified into it. The newest first.
pub fn sources(db: &Db, record: &Record, catalog: &Catalog) -> Result<Vec<RecordId>> {
    let registry = catalog.registry(record.key.entity);
    let Some(origin) = registry.find("originating_lead") else { return Ok(Vec::new()) };
    let mut found: Vec<i64> = record.get(origin).as_int().into_iter().collect();
    let column = match record.key.entity {
        Entity::Account => Some("parent_account"),
        Entity::Contact => Some("parent_contact"),
        _ => None,
    };
    if let Some(column) = column {
        let sql = format!("SELECT number FROM lead WHERE {column} = $1 AND status = $2 ORDER BY number DESC LIMIT {SOURCES}");
        let values: [SqlValue; 2] = [record.key.number.into(), QUALIFIED.into()];
        found.extend(db.rows(&sql, &values, |row| row.int(0))?);
    }
    found.sort_unstable_by_key(|number| std::cmp::Reverse(*number));
    found.dedup();
    Ok(found.into_iter().map(RecordId::lead).collect())
}

/// An open opportunity that came from a lead, and its name.
pub fn open_deal_of(db: &Db, lead: i64) -> Result<Option<(RecordId, String)>> {
    let sql = "SELECT number, name FROM opportunity WHERE originating_lead = $1 AND status = $2 AND deleted_at IS NULL
               ORDER BY number LIMIT 1";
    db.row(sql, &[lead.into(), OPEN.into()], |row| Ok((Entity::Opportunity.numbered(row.int(0)?), row.text(1)?.to_owned())))
}

/// The newest opportunity that came from a lead, of any state, and its name.
pub fn deal_of(db: &Db, lead: i64) -> Result<Option<(RecordId, String)>> {
    let sql =
        "SELECT number, name FROM opportunity WHERE originating_lead = $1 AND deleted_at IS NULL ORDER BY number DESC LIMIT 1";
    db.row(sql, &[lead.into()], |row| Ok((Entity::Opportunity.numbered(row.int(0)?), row.text(1)?.to_owned())))
}

/// What a field holds that refers to a record.
fn held(field: &Field, to: RecordId) -> SqlValue {
    if field.kind == Kind::Record { to.to_string().into() } else { to.number.into() }
}

/// The records that hold another in a field, those in Deleted too.
pub fn holding(db: &Db, catalog: &Catalog, to: RecordId) -> Result<Vec<(RecordId, FieldId)>> {
    let mut found = Vec::new();
    for entity in Entity::LISTED {
        for (id, field) in catalog.registry(*entity).ids().filter(|(_, f)| f.may_refer_to(to.entity)) {
            let sql = format!("SELECT number FROM {} WHERE {} = $1 ORDER BY number", entity.name(), field.name);
            found.extend(db.rows(&sql, &[held(field, to)], |row| Ok((entity.numbered(row.int(0)?), id)))?);
        }
    }
    Ok(found)
}

/// A record that refers to one of these and is not within what goes with them, and the one that it refers to; both ends of links count.
pub fn referring(
    db: &Db,
    catalog: &Catalog,
    made: &[RecordId],
    is_within: impl Fn(RecordId) -> bool,
) -> Result<Option<(RecordId, RecordId)>> {
    for to in made {
        for entity in Entity::LISTED {
            for (_, field) in catalog.registry(*entity).ids().filter(|(_, f)| f.may_refer_to(to.entity)) {
                let sql = format!(
                    "SELECT number FROM {} WHERE {} = $1 AND deleted_at IS NULL ORDER BY number",
                    entity.name(),
                    field.name
                );
                let by = db.rows(&sql, &[held(field, *to)], |row| Ok(entity.numbered(row.int(0)?)))?;
                if let Some(by) = by.into_iter().find(|by| !is_within(*by)) {
                    return Ok(Some((by, *to)));
                }
            }
        }
        if let Some(found) = note::imported_on(db, to.entity, (to.number, to.number), &is_within)? {
            return Ok(Some(found));
        }
        let sold = line::of(db, *to)?.into_iter().map(|(by, _)| by);
        let linked = link::of(db, *to)?.into_iter().map(|(by, _)| by);
        if let Some(by) = sold.chain(linked).find(|by| !is_within(*by)) {
            return Ok(Some((by, *to)));
        }
    }
    Ok(None)
}

/// The same for all that an import made, by the range of their numbers; of links the log knows.
pub fn referring_range(
    db: &Db,
    catalog: &Catalog,
    made: Made,
    within: &HashSet<RecordId>,
) -> Result<Option<(RecordId, RecordId)>> {
    for entity in Entity::LISTED {
        for (_, field) in catalog.registry(*entity).ids().filter(|(_, f)| f.refers_to() == Some(made.entity)) {
            let sql = format!(
                "SELECT number, {1} FROM {0} WHERE {1} BETWEEN $1 AND $2 AND deleted_at IS NULL ORDER BY {1}, number",
                entity.name(),
                field.name
            );
            let mut found = None;
            db.visit(&sql, &[made.first.into(), made.last.into()], |row| {
                let by = entity.numbered(row.int(0)?);
                if !made.holds(by) && !within.contains(&by) {
                    found = Some((by, made.entity.numbered(row.int(1)?)));
                }
                Ok(found.is_none())
            })?;
            if found.is_some() {
                return Ok(found);
            }
        }
    }
    if let Some(found) = note::imported_on(db, made.entity, (made.first, made.last), |by| within.contains(&by))? {
        return Ok(Some(found));
    }
    match super::activity::on_range(db, made, within)? {
        Some(found) => Ok(Some(found)),
        None => super::request::on_range(db, made, within),
    }
}
