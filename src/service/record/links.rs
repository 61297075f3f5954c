//! References from one record to another: what they lead to must be there. Decides no right.

use crate::error::{Error, Problem, Result};
use crate::model::entity::RecordId;
use crate::model::field::{Field, Kind, Registry};
use crate::model::record::Record;
use crate::model::value::Value;
use crate::service::act::Tx;
use crate::store;

/// The record that a reference leads to.
fn referred(field: &Field, value: &Value) -> Option<RecordId> {
    match field.kind {
        Kind::Lookup(entity) => value.as_int().map(|number| entity.numbered(number)),
        Kind::Record => value.as_record(),
        _ => None,
    }
}

/// Whether every reference of a record that `before` did not have leads to a record that is there.
pub(super) fn check(tx: &Tx<'_>, registry: &Registry, record: &Record, before: Option<&Record>) -> Result<()> {
    let mut missing = Vec::new();
    for (id, field) in registry.ids() {
        let Some(key) = referred(field, record.get(id)) else { continue };
        if before.is_some_and(|before| referred(field, before.get(id)) == Some(key)) {
            continue;
        }
        if field.kind == Kind::Record && !key.entity.takes_activities() {
            let message = format!("{key} is {}; an activity stands on a lead, account, contact or opportunity", key.entity.one());
            missing.push(Problem::new(field.name, message));
        } else if key == record.key {
            missing.push(Problem::new(field.name, format!("{key} cannot be its own {}", field.label)));
        } else if !store::record::exists(tx.db, key)? {
            missing.push(Problem::new(field.name, format!("there is no {} {key}", key.entity.name())));
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(Error::Invalid(missing)) }
}
