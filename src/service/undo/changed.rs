//! The records that a step changed, as people see them. Changes nothing.

use std::collections::BTreeSet;

use crate::error::Result;
use crate::model::entity::RecordId;
use crate::service::act::Query;
use crate::service::context::Context;
use crate::store::Db;
use crate::store::log;

/// The records that a step made, changed or removed, ascending, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedBy {
    /// The step.
    pub step: i64,
}

impl Query for ChangedBy {
    type Reply = Vec<RecordId>;

    fn run(&self, db: &Db, _: &Context) -> Result<Vec<RecordId>> {
        let mut records: BTreeSet<RecordId> = log::changes(db, self.step)?.into_iter().map(|c| c.record).collect();
        for seq in 0..log::set_count(db, self.step)? {
            if let Some(set) = log::set(db, self.step, seq)? {
                records.extend(set.records.iter().map(|number| RecordId { entity: set.entity, number: *number }));
            }
        }
        if let Some(made) = log::get(db, self.step)?.and_then(|step| step.made) {
            records.extend(made.records());
        }
        Ok(records.into_iter().collect())
    }
}
