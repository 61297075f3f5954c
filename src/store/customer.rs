//! Leads, accounts and contacts by what another record may have in common with them, each by an index. Weighs nothing.

use super::{Db, SqlValue};
use crate::error::Result;
use crate::model::company;
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
    /// With what the folded company of a lead begins.
    Company(&'a str),
    /// The domain of e-mail or website of an account or a contact.
    Domain(&'a str),
    /// The lead that it was made from.
    Lead(i64),
}

/// The question for the numbers of records that have this in common, with its values; none where nothing can have.
pub fn statement(entity: Entity, by: By<'_>, limit: usize) -> Option<(String, Vec<SqlValue>)> {
    let (condition, values): (&str, Vec<SqlValue>) = match by {
        By::Email("") | By::Phone("") | By::Name("") | By::Stem("") | By::Company("") | By::Domain("") => return None,
        // the indexes hold only what is not empty
        By::Email(text) => ("email_key = $1 AND email_key <> ''", vec![text.into()]),
        By::Phone(text) => ("phone_key = $1 AND phone_key <> ''", vec![text.into()]),
        By::Name(text) => ("name_key = $1", vec![text.into()]),
        By::Stem(text) => ("stem_key = $1 AND stem_key <> ''", vec![text.into()]),
        By::Company(text) => {
            ("company_key >= $1 AND company_key < $2", vec![text.into(), format!("{text}{}", char::MAX).as_str().into()])
        }
        By::Domain(text) => ("domain_key = $1 AND domain_key <> ''", vec![text.into()]),
        By::Lead(number) => ("originating_lead = $1", vec![number.into()]),
    };
    // a range is read in the order of its index, so that the limit ends it
    let order = if matches!(by, By::Company(_)) { "company_key, number" } else { "number" };
    let name = entity.name();
    let sql = format!(
        "SELECT number FROM {name} WHERE {condition} AND deleted_at IS NULL AND merged = 0 ORDER BY {order} LIMIT {limit}"
    );
    Some((sql, values))
}

/// The numbers of records that have this in common, deleted and merged ones left out, at most `limit`, the oldest first.
pub fn by(db: &Db, entity: Entity, by: By<'_>, limit: usize) -> Result<Vec<i64>> {
    match statement(entity, by, limit) {
        Some((sql, values)) => db.rows(&sql, &values, |row| row.int(0)),
        None => Ok(Vec::new()),
    }
}

/// The account of a contact.
pub fn account_of(db: &Db, contact: i64) -> Result<Option<i64>> {
    Ok(db.row("SELECT account FROM contact WHERE number = $1", &[contact.into()], |row| row.opt_int(0))?.flatten())
}

/// By what a lead, an account or a contact is recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// The company of a lead, the name of a contact's account; empty for an account.
    pub company: String,
    /// The town.
    pub city: String,
    /// Its own domain.
    pub domain: String,
    /// Whether it is in Deleted.
    pub is_deleted: bool,
}

/// By what a lead, an account or a contact is recognised; nothing where there is none.
pub fn place(db: &Db, key: RecordId) -> Result<Place> {
    let (company, domain) = match key.entity {
        Entity::Lead => ("c.company", "c.email, c.website"),
        Entity::Contact => ("(SELECT a.name FROM account a WHERE a.number = c.account)", "c.domain_key, NULL"),
        _ => ("NULL", "c.domain_key, NULL"),
    };
    let sql = format!(
        "SELECT c.name, {company}, c.city, c.deleted_at IS NOT NULL, {domain} FROM {} c WHERE c.number = $1",
        key.entity.name()
    );
    let found = db.row(&sql, &[key.number.into()], |row| {
        let text = |column| Ok::<_, crate::error::Error>(row.opt_text(column)?.unwrap_or_default().to_owned());
        // a lead keeps no domain: it is read off what it has
        let domain = match key.entity {
            Entity::Lead => [text(4)?, text(5)?].iter().find_map(|address| company::domain(address)).unwrap_or_default(),
            _ => text(4)?,
        };
        Ok(Place { name: text(0)?, company: text(1)?, city: text(2)?, domain, is_deleted: row.int(3)? != 0 })
    })?;
    Ok(found.unwrap_or(Place { is_deleted: true, ..Place::default() }))
}
