//! References from one record to another: what they lead to must be there. Decides no right.

use crate::error::{Error, Problem, Result};
use crate::model::field::{Kind, Registry};
use crate::model::record::Record;
use crate::service::act::Tx;
use crate::store;

/// Whether every reference of a record that `before` did not have leads to a record that is there.
pub(super) fn check(tx: &Tx<'_>, registry: &Registry, record: &Record, before: Option<&Record>) -> Result<()> {
    let mut missing = Vec::new();
    for (id, field) in registry.ids() {
        let Kind::Lookup(entity) = field.kind else { continue };
        let Some(number) = record.get(id).as_int() else { continue };
        if before.is_some_and(|before| before.get(id).as_int() == Some(number)) {
            continue;
        }
        let key = entity.numbered(number);
        if key == record.key {
            missing.push(Problem::new(field.name, format!("{key} cannot be its own {}", field.label)));
        } else if !store::record::exists(tx.db, key)? {
            missing.push(Problem::new(field.name, format!("there is no {} {key}", entity.name())));
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(Error::Invalid(missing)) }
}
