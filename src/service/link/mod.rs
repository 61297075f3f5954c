//! Associate and disassociate: two records tied to each other with a role, seen on both sides, also on closed ones. Source: messages
//! Associate and Disassociate.

use crate::error::{Error, Result};
use crate::model::entity::{RecordId, RecordName};
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::line::{self, PutLine, RemoveLine};
use crate::service::record::write::{check_not_erased, display_name, owner};
use crate::store;
use crate::store::log::{Change, ChangeKind};

/// How the log names the field that a link is: `link:C-12`.
const FIELD: &str = "link:";

/// The longest role in characters.
const LONGEST: usize = 100;

/// Ties two records to each other, or gives their tie another role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Associate {
    /// One of them.
    pub one: RecordId,
    /// The other.
    pub other: RecordId,
    /// What the other is to the one; may be empty. Of a product on an opportunity: how many, as `3`, or `3 x 1200` with the price of
    /// one; nothing is one of it.
    pub role: String,
}

/// Unties two records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disassociate {
    /// One of them.
    pub one: RecordId,
    /// The other.
    pub other: RecordId,
}

impl Act for Associate {
    type Reply = ();

    fn name(&self) -> &'static str {
        "Associate"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        let role = self.role.trim();
        if let Some((opportunity, product)) = line::pair(self.one, self.other) {
            let (quantity, price) = line::typed(role, tx.ctx.locale.decimal_comma)?;
            return PutLine { opportunity, product, quantity, price }.run(tx).map(|_| ());
        }
        if role.chars().count() > LONGEST || role.contains(char::is_control) {
            return Err(Error::invalid("role", format!("a role is one line of at most {LONGEST} characters")));
        }
        if self.one == self.other {
            return Err(Error::refused(format!("{} cannot be linked to itself", self.one), "name another record"));
        }
        let (one, other) = (check(tx, self.one, true)?, check(tx, self.other, false)?);
        if store::link::role(tx.db, self.one, self.other)?.as_deref() == Some(role) {
            tx.say(format!("{one} and {other} are linked already"));
            return Ok(());
        }
        put(tx, self.one, self.other, Some(role))?;
        let role = if role.is_empty() { String::new() } else { format!(" as {role}") };
        tx.say(format!("Linked {one} with {other}{role}"));
        Ok(())
    }
}

impl Act for Disassociate {
    type Reply = ();

    fn name(&self) -> &'static str {
        "Disassociate"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        if let Some((opportunity, product)) = line::pair(self.one, self.other) {
            return RemoveLine { opportunity, product }.run(tx);
        }
        let (one, other) = (check(tx, self.one, true)?, check(tx, self.other, false)?);
        if store::link::role(tx.db, self.one, self.other)?.is_none() {
            return Err(Error::refused(format!("{} and {} are not linked", self.one, self.other), "L lists the links"));
        }
        put(tx, self.one, self.other, None)?;
        tx.say(format!("Unlinked {one} and {other}"));
        Ok(())
    }
}

/// How messages call a record that can be linked; the first of the two must be writable.
fn check(tx: &Tx<'_>, record: RecordId, writes: bool) -> Result<String> {
    if record.entity.is_child() {
        return Err(Error::refused(format!("{} cannot be linked", record.entity.one()), "link the record that it stands on"));
    }
    let registry = tx.ctx.catalog.registry(record.entity);
    let stored = store::record::need(tx.db, registry, record.number)?;
    check_not_erased(registry, &stored)?;
    if writes {
        access::check_write(tx.db, tx.ctx, record, owner(registry, &stored))?;
    }
    if !stored.named(registry, "deleted_at").is_none() {
        return Err(Error::refused(format!("{record} is deleted"), "O restores it first"));
    }
    Ok(display_name(tx.ctx, &stored))
}

/// Writes and logs a link on both sides, so that each history tells of it; `None` removes it.
pub(in crate::service) fn put(tx: &mut Tx<'_>, one: RecordId, other: RecordId, role: Option<&str>) -> Result<()> {
    let old = store::link::role(tx.db, one, other)?;
    store::link::put(tx.db, one, other, role)?;
    let new = role.map(str::to_owned);
    let change = |record: RecordId, to: RecordId| Change {
        record,
        about: record,
        kind: ChangeKind::Update,
        field: format!("{FIELD}{to}"),
        old: old.clone(),
        new: new.clone(),
    };
    tx.log(change(one, other))?;
    tx.log(change(other, one))
}

/// The other record of a change that is about a link.
pub fn linked(field: &str) -> Option<RecordId> {
    match RecordName::parse(field.strip_prefix(FIELD)?)? {
        RecordName::Number(record) => Some(record),
        RecordName::Id(_) => None,
    }
}
