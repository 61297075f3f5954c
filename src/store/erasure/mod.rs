//! Which rows hold a person, and taking them away for good: what stands on a record, what is tied to it, the row itself. Decides
//! nothing.

pub mod log;

use uuid::Uuid;

use super::{Db, SqlValue};
use crate::error::Result;
use crate::model::choice::QUALIFIED;
use crate::model::entity::{Entity, RecordId};

fn keys(db: &Db, entity: Entity, sql: &str, values: &[SqlValue]) -> Result<Vec<RecordId>> {
    db.rows(sql, values, |row| Ok(entity.numbered(row.int(0)?)))
}

/// The records that are the same person as a lead or a contact: what it was qualified into or came from, what was merged into it, and
/// the leads that its requests became.
pub fn same_person(db: &Db, key: RecordId) -> Result<Vec<RecordId>> {
    let number: SqlValue = key.number.into();
    let (lead, contact) = (Entity::Lead, Entity::Contact);
    let mut found = match key.entity {
        Entity::Lead => [
            keys(db, contact, "SELECT number FROM contact WHERE originating_lead = $1", std::slice::from_ref(&number))?,
            keys(
                db,
                contact,
                "SELECT parent_contact FROM lead WHERE number = $1 AND status = $2 AND parent_contact IS NOT NULL",
                &[number.clone(), QUALIFIED.into()],
            )?,
            keys(db, lead, "SELECT number FROM lead WHERE master = $1", &[number])?,
        ],
        Entity::Contact => [
            keys(
                db,
                lead,
                "SELECT originating_lead FROM contact WHERE number = $1 AND originating_lead IS NOT NULL",
                std::slice::from_ref(&number),
            )?,
            keys(
                db,
                lead,
                "SELECT number FROM lead WHERE parent_contact = $1 AND status = $2",
                &[number.clone(), QUALIFIED.into()],
            )?,
            keys(db, contact, "SELECT number FROM contact WHERE master = $1", &[number])?,
        ],
        _ => return Ok(Vec::new()),
    }
    .concat();
    let asked = "SELECT l.number FROM request r JOIN lead l ON l.originating_request = r.number WHERE r.regarding = $1";
    found.extend(keys(db, lead, asked, &[key.to_string().into()])?);
    Ok(found)
}

/// The accounts that were made from a lead.
pub fn accounts_from(db: &Db, lead: i64) -> Result<Vec<RecordId>> {
    keys(db, Entity::Account, "SELECT number FROM account WHERE originating_lead = $1", &[lead.into()])
}

/// The contacts of an account.
pub fn contacts_at(db: &Db, account: i64) -> Result<Vec<RecordId>> {
    keys(db, Entity::Contact, "SELECT number FROM contact WHERE account = $1", &[account.into()])
}

/// The opportunities that came from a record or name it as their customer, each with whether it has an account.
pub fn deals_of(db: &Db, key: RecordId) -> Result<Vec<(RecordId, bool)>> {
    let column = match key.entity {
        Entity::Lead => "originating_lead",
        Entity::Contact => "contact",
        Entity::Account => "account",
        _ => return Ok(Vec::new()),
    };
    let sql = format!("SELECT number, account IS NOT NULL FROM opportunity WHERE {column} = $1");
    db.rows(&sql, &[key.number.into()], |row| Ok((Entity::Opportunity.numbered(row.int(0)?), row.int(1)? != 0)))
}

/// What stands on a record or is read on it, those in Deleted too: activities, requests, notes, files.
pub fn standing_on(db: &Db, key: RecordId) -> Result<Vec<RecordId>> {
    let name: [SqlValue; 1] = [key.to_string().into()];
    let mut found = keys(
        db,
        Entity::Activity,
        "SELECT number FROM activity WHERE regarding = $1 UNION SELECT activity FROM activity_about WHERE about = $1",
        &name,
    )?;
    found.extend(keys(db, Entity::Request, "SELECT number FROM request WHERE regarding = $1", &name)?);
    found.extend(super::note::numbers_of(db, key)?.into_iter().map(RecordId::note));
    found.extend(super::attachment::numbers_of(db, key)?.into_iter().map(RecordId::attachment));
    Ok(found)
}

/// The numbers of the tags of a record.
pub fn tags_of(db: &Db, key: RecordId) -> Result<Vec<i64>> {
    if key.entity.is_child() {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT tag FROM {0}_tag WHERE {0} = $1", key.entity.name());
    db.rows(&sql, &[key.number.into()], |row| row.int(0))
}

/// Removes a tag that no record has any more.
pub fn drop_unused_tag(db: &Db, tag: i64) -> Result<()> {
    for entity in Entity::LISTED {
        let sql = format!("SELECT count(*) FROM {}_tag WHERE tag = $1", entity.name());
        if db.number(&sql, &[tag.into()])? > 0 {
            return Ok(());
        }
    }
    db.execute("DELETE FROM tag WHERE number = $1", &[tag.into()]).map(|_| ())
}

/// Removes the row of what stands on a record, with what hangs on that row.
pub fn remove(db: &Db, key: RecordId) -> Result<()> {
    match key.entity {
        Entity::Attachment => super::attachment::purge(db, key.number),
        Entity::Note => db.execute("DELETE FROM note WHERE number = $1", &[key.number.into()]).map(|_| ()),
        _ => {
            untie(db, key)?;
            db.execute(&format!("DELETE FROM {} WHERE number = $1", key.entity.name()), &[key.number.into()]).map(|_| ())
        }
    }
}

/// Takes away what ties a record to others and to users: links, shares, who works it off a list.
pub fn untie(db: &Db, key: RecordId) -> Result<()> {
    let values: [SqlValue; 2] = [key.entity.code().into(), key.number.into()];
    super::share::forget(db, key)?;
    db.execute(
        "DELETE FROM link WHERE (first_entity = $1 AND first_record = $2) OR (second_entity = $1 AND second_record = $2)",
        &values,
    )?;
    db.execute("DELETE FROM claim WHERE record = $1", &[key.to_string().into()]).map(|_| ())
}

/// Gives a row another identity, so that files which name the old one do not know it.
pub fn rename(db: &Db, key: RecordId, id: Uuid) -> Result<()> {
    let sql = format!("UPDATE {} SET id = $1 WHERE number = $2", key.entity.name());
    db.execute(&sql, &[id.into(), key.number.into()]).map(|_| ())
}

/// When a record was contacted for the first and the last time and worked last, which follows from its activities.
pub type Contacts = [Option<i64>; 3];

/// Those times of a record.
pub fn contacts(db: &Db, key: RecordId) -> Result<Contacts> {
    let sql = format!("SELECT first_contact_at, last_contact_at, last_activity_at FROM {} WHERE number = $1", key.entity.name());
    let found = db.row(&sql, &[key.number.into()], |row| Ok([row.opt_int(0)?, row.opt_int(1)?, row.opt_int(2)?]))?;
    Ok(found.unwrap_or_default())
}

/// Keeps those times, which would go with the activities: how soon people were contacted is a number of the reports.
pub fn put_contacts(db: &Db, key: RecordId, [first, last, worked]: Contacts) -> Result<()> {
    let sql = format!(
        "UPDATE {} SET first_contact_at = $1, last_contact_at = $2, last_activity_at = $3 WHERE number = $4",
        key.entity.name()
    );
    db.execute(&sql, &[first.into(), last.into(), worked.into(), key.number.into()]).map(|_| ())
}
