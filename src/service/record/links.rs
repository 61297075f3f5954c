//! References from one record to another: what they lead to must be there. Decides no right.

use crate::error::{Error, Problem, Result};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{Field, FieldId, Kind, Registry};
use crate::model::record::Record;
use crate::model::value::Value;
use crate::service::context::Context;
use crate::store::{self, Db};

/// The record that a reference leads to.
fn referred(field: &Field, value: &Value) -> Option<RecordId> {
    match field.kind {
        Kind::Lookup(entity) => value.as_int().map(|number| entity.numbered(number)),
        Kind::Record => value.as_record(),
        _ => None,
    }
}

/// What is wrong with a reference of a record to another one, if anything is.
fn wrong(db: &Db, ctx: &Context, of: RecordId, field: &Field, key: RecordId) -> Result<Option<Problem>> {
    let problem = |message: String| Ok(Some(Problem::new(field.name, message)));
    if field.kind == Kind::Record && of.entity == Entity::Request {
        if !key.entity.takes_requests() {
            return problem(format!("{key} is {}; a request is that of a lead, an account or a contact", key.entity.one()));
        }
    } else if field.kind == Kind::Record && !key.entity.takes_activities() {
        let takes = "an activity stands on a lead, account, contact, opportunity or request";
        return problem(format!("{key} is {}; {takes}", key.entity.one()));
    }
    if key == of {
        return problem(format!("{key} cannot be its own {}", field.label));
    }
    let registry = ctx.catalog.registry(key.entity);
    let Some(found) = store::record::get(db, registry, key.number)? else {
        return problem(format!("there is no {} {key}", key.entity.name()));
    };
    let is_set = |name| registry.find(name).is_some_and(|id| !found.get(id).is_none());
    if is_set("erased_at") {
        return problem(format!("{key} was erased"));
    }
    if field.kind == Kind::Record && is_set("deleted_at") {
        return problem(format!("{key} is deleted; restore it first"));
    }
    Ok(None)
}

/// Whether every reference of a record that is made leads to a record that is there.
pub(super) fn check(db: &Db, ctx: &Context, registry: &Registry, record: &Record) -> Result<()> {
    let values: Vec<(FieldId, Value)> = registry.ids().map(|(id, _)| (id, record.get(id).clone())).collect();
    check_values(db, ctx, record.key, registry, &values, None)
}

/// The same for values that are written on a record; those that `before` has already are not looked at again.
pub(super) fn check_values(
    db: &Db,
    ctx: &Context,
    of: RecordId,
    registry: &Registry,
    values: &[(FieldId, Value)],
    before: Option<&Record>,
) -> Result<()> {
    let mut problems = Vec::new();
    for (id, value) in values {
        let field = registry.field(*id);
        let Some(key) = referred(field, value) else { continue };
        if before.is_none_or(|before| referred(field, before.get(*id)) != Some(key)) {
            problems.extend(wrong(db, ctx, of, field, key)?);
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}
