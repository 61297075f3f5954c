//! Working a list: the next record of it that is to be called, and by nobody else for the next minutes. Neither versioned nor logged.

use super::forbidden;
use crate::error::Result;
use crate::model::activity::PHONE_CALL;
use crate::model::choice::OPEN;
use crate::model::entity::RecordId;
use crate::model::value::Value;
use crate::service::act::{Act, Tx};
use crate::store;

/// How long a record that somebody works is kept from others, in µs. Source: two people on one list do not get the same lead twice
/// within ten minutes.
pub const HELD: i64 = 600_000_000;

/// Takes the first of these records that can be worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimNext {
    /// The records in their order.
    pub records: Vec<RecordId>,
    /// Whether the first is meant as it is: one goes back to it, or looks at it again.
    pub as_is: bool,
}

/// Why a record is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Passed {
    /// It was closed or deleted meanwhile.
    Closed,
    /// They do not want to be called.
    DoNotPhone,
    /// Somebody else works it, or has just called.
    Others,
}

/// What was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claimed {
    /// How many records were passed over before it.
    pub passed: Vec<Passed>,
    /// The record; none where there was no other.
    pub record: Option<RecordId>,
}

impl Act for ClaimNext {
    type Reply = Claimed;

    fn name(&self) -> &'static str {
        "ClaimNext"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Claimed> {
        let (db, ctx) = (tx.db, tx.ctx);
        let now = ctx.now();
        store::claim::forget_before(db, now - HELD)?;
        let mut claimed = Claimed::default();
        for (place, record) in self.records.iter().enumerate() {
            let reason = if place == 0 && self.as_is { None } else { why_not(tx, *record)? };
            match reason {
                Some(reason) => claimed.passed.push(reason),
                None => {
                    store::claim::take(db, *record, ctx.user, now)?;
                    claimed.record = Some(*record);
                    break;
                }
            }
        }
        Ok(claimed)
    }
}

fn why_not(tx: &Tx<'_>, key: RecordId) -> Result<Option<Passed>> {
    let (db, ctx) = (tx.db, tx.ctx);
    let registry = ctx.catalog.registry(key.entity);
    let Some(record) = store::record::get(db, registry, key.number)? else { return Ok(Some(Passed::Closed)) };
    let is = |name: &'static str, code: i64| record.named(registry, name).as_int() == Some(code);
    if !record.named(registry, "deleted_at").is_none() || !is("status", OPEN) {
        return Ok(Some(Passed::Closed));
    }
    if registry.find("merged").is_some_and(|id| *record.get(id) == Value::Bool(true)) {
        return Ok(Some(Passed::Closed));
    }
    if forbidden(registry, &record, PHONE_CALL).is_some() {
        return Ok(Some(Passed::DoNotPhone));
    }
    let recent = ctx.now() - HELD;
    let others = |found: Option<(i64, i64)>| found.is_some_and(|(user, at)| user != ctx.user && at > recent);
    let is_others = others(store::claim::holder(db, key)?) || others(store::claim::last_call(db, key)?);
    Ok(is_others.then_some(Passed::Others))
}
