//! Accounts and contacts by what a lead may have in common with them, each by an index. Weighs nothing.

use super::{Db, SqlValue};
use crate::error::Result;
use crate::model::entity::{Entity, RecordId};

/// What is in common; an empty text is in common with nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By<'a> {
    /// The first e-mail address, as `model::email::key` makes it.
    Email(&'a str),
    /// The digits of the first telephone number.
    Phone(&'a str),
    /// The folded name.
    Name(&'a str),
    /// An account's name without its legal form.
    Stem(&'a str),
    /// The domain of e-mail or website.
    Domain(&'a str),
    /// The lead that it was made from.
    Lead(i64),
}

/// The numbers of accounts or contacts that have this in common, deleted and merged ones left out, at most `limit`, the oldest first.
pub fn by(db: &Db, entity: Entity, by: By<'_>, limit: usize) -> Result<Vec<i64>> {
    let (column, value): (&str, SqlValue) = match by {
        By::Email("") | By::Phone("") | By::Name("") | By::Stem("") | By::Domain("") => return Ok(Vec::new()),
        By::Email(text) => ("email_key", text.into()),
        By::Phone(text) => ("phone_key", text.into()),
        By::Name(text) => ("name_key", text.into()),
        By::Stem(text) => ("stem_key", text.into()),
        By::Domain(text) => ("domain_key", text.into()),
        By::Lead(number) => ("originating_lead", number.into()),
    };
    // the indexes hold only what is not empty
    let known = if matches!(by, By::Name(_) | By::Lead(_)) { String::new() } else { format!(" AND {column} <> ''") };
    let sql = format!(
        "SELECT number FROM {} WHERE {column} = $1{known} AND deleted_at IS NULL AND merged = 0 ORDER BY number LIMIT {limit}",
        entity.name()
    );
    db.rows(&sql, &[value], |row| row.int(0))
}

/// The account of a contact.
pub fn account_of(db: &Db, contact: i64) -> Result<Option<i64>> {
    Ok(db.row("SELECT account FROM contact WHERE number = $1", &[contact.into()], |row| row.opt_int(0))?.flatten())
}

/// By what an account or a contact is recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// The name of a contact's account; empty for an account.
    pub account: String,
    /// The town.
    pub city: String,
    /// Its own domain.
    pub domain: String,
    /// Whether it is in Deleted.
    pub is_deleted: bool,
}

/// By what an account or a contact is recognised; nothing where there is none.
pub fn place(db: &Db, key: RecordId) -> Result<Place> {
    let account =
        if key.entity == Entity::Contact { "(SELECT a.name FROM account a WHERE a.number = c.account)" } else { "NULL" };
    let sql = format!(
        "SELECT c.name, {account}, c.city, c.domain_key, c.deleted_at IS NOT NULL FROM {} c WHERE c.number = $1",
        key.entity.name()
    );
    let found = db.row(&sql, &[key.number.into()], |row| {
        let text = |column| Ok::<_, crate::error::Error>(row.opt_text(column)?.unwrap_or_default().to_owned());
        Ok(Place { name: text(0)?, account: text(1)?, city: text(2)?, domain: text(3)?, is_deleted: row.int(4)? != 0 })
    })?;
    Ok(found.unwrap_or(Place { is_deleted: true, ..Place::default() }))
}
