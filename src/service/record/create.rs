//! Create: a new record in its first state. Source: message Create; needs the required fields, state cannot be given.

use super::{links, write};
use crate::error::{Error, Result};
use crate::model::choice::Set;
use crate::model::entity::Entity;
use crate::model::field::{Access, FieldId, Kind};
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::{Owner, Value};
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::request;
use crate::store;

/// Makes a record of these values; what is not given gets the defaults, and the acting user as owner.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateRecord {
    /// What it is to be.
    pub entity: Entity,
    /// Fields and what they hold.
    pub values: Vec<(FieldId, Value)>,
}

impl Act for CreateRecord {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "Create"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let ctx = tx.ctx;
        let registry = ctx.catalog.registry(self.entity);
        for (id, _) in &self.values {
            let field = registry.field(*id);
            if field.access != Access::Edit {
                return Err(Error::invalid(field.name, format!("{} is kept by the program and cannot be given", field.label)));
            }
        }
        if self.entity == Entity::Request
            && let Some(about) = self.values.iter().find_map(|(_, value)| value.as_record())
        {
            request::check_customer(tx.db, ctx, about)?;
        }
        let record = make(tx, self.entity, self.values)?;
        let source = registry.find("source").filter(|id| registry.field(*id).kind == Kind::Choice(Set::Source));
        let source = source.and_then(|id| record.get(id).as_int());
        let via = source.map_or_else(String::new, |code| format!(" via {}", ctx.catalog.choices.label(Set::Source, code)));
        tx.say(format!("Added {}{via} · {}", write::display_name(ctx, &record), record.key));
        Ok(record.key.number)
    }
}

/// Writes and logs a new record of these values, also of those that the program keeps, and gives it back.
pub fn make(tx: &mut Tx<'_>, entity: Entity, given: Vec<(FieldId, Value)>) -> Result<Record> {
    let ctx = tx.ctx;
    let registry = ctx.catalog.registry(entity);
    access::check_active(ctx)?;
    let mut values = rules::defaults(registry);
    let at = Value::Instant(ctx.now());
    values.extend([
        (registry.id("owner"), Value::Owner(Owner::User(ctx.user))),
        (registry.id("created_at"), at.clone()),
        (registry.id("created_by"), Value::User(ctx.user)),
        (registry.id("modified_at"), at),
        (registry.id("modified_by"), Value::User(ctx.user)),
    ]);
    values.extend(given);
    let number = store::setting::take_numbers(tx.db, entity.name(), 1)?;
    let mut record = Record::new(entity.numbered(number), ctx.ids.make(), 1, Vec::new());
    for (id, value) in values {
        record.set(id, value);
    }
    rules::complete(registry, &mut record, &ctx.locale.currency);
    rules::check_required(registry, &record)?;
    rules::check_reason(registry, &ctx.catalog.choices, &record)?;
    links::check(tx.db, ctx, registry, &record)?;
    let owner = write::owner(registry, &record).unwrap_or(Owner::User(ctx.user));
    if owner != Owner::User(ctx.user) {
        record.set(registry.id("handed_by"), Value::User(ctx.user));
        record.set(registry.id("handed_at"), Value::Instant(ctx.now()));
    }
    store::record::insert(tx.db, registry, &record, unit_of(tx, owner))?;
    write::log_create(tx, registry, &record)?;
    if !record.named(registry, "tags").is_none() {
        tx.catalog_changed();
    }
    Ok(record)
}

/// The business unit of an owner. Source: the owning business unit follows the owner.
pub(super) fn unit_of(tx: &Tx<'_>, owner: Owner) -> i64 {
    tx.ctx.catalog.people.unit_of(owner).unwrap_or(1)
}
