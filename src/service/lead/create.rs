//! Create: a new lead, open and new. Source: message Create; needs Topic and Last Name, state cannot be given.

use super::write;
use crate::error::{Error, Result};
use crate::model::choice::{OPEN, Set};
use crate::model::entity::RecordId;
use crate::model::field::{Access, FieldId};
use crate::model::lead;
use crate::model::record::Record;
use crate::model::value::{Owner, Value};
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::store;

/// Makes a lead of these values; what is not given gets the defaults, and the acting user as owner.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateLead {
    /// Fields and what they hold.
    pub values: Vec<(FieldId, Value)>,
}

impl Act for CreateLead {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "Create"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let ctx = tx.ctx;
        let catalog = &ctx.catalog;
        let registry = &catalog.lead;
        access::check_active(ctx)?;
        let mut values = lead::defaults(registry);
        let at = Value::Instant(ctx.now());
        values.extend([
            (registry.id("owner"), Value::Owner(Owner::User(ctx.user))),
            (registry.id("created_at"), at.clone()),
            (registry.id("created_by"), Value::User(ctx.user)),
            (registry.id("modified_at"), at),
            (registry.id("modified_by"), Value::User(ctx.user)),
        ]);
        for (id, value) in self.values {
            let field = registry.field(id);
            if field.access != Access::Edit {
                return Err(Error::invalid(field.name, format!("{} is kept by the program and cannot be given", field.label)));
            }
            values.push((id, value));
        }
        let number = store::setting::take_numbers(tx.db, "lead", 1)?;
        let mut record = Record::new(RecordId::lead(number), ctx.ids.make(), 1, Vec::new());
        for (id, value) in values {
            record.set(id, value);
        }
        lead::complete(registry, &mut record, &ctx.locale.currency);
        lead::check_required(registry, &record)?;
        let reason = record.named(registry, "status_reason").as_int().unwrap_or_default();
        lead::check_reason(&catalog.choices, OPEN, reason)?;
        let owner = write::owner(registry, &record).unwrap_or(Owner::User(ctx.user));
        if owner != Owner::User(ctx.user) {
            record.set(registry.id("handed_by"), Value::User(ctx.user));
            record.set(registry.id("handed_at"), Value::Instant(ctx.now()));
        }
        store::lead::insert(tx.db, registry, &record, unit_of(tx, owner))?;
        write::log_create(tx, number)?;
        if !record.named(registry, "tags").is_none() {
            tx.catalog_changed();
        }
        let name = record.text(registry, "name");
        let source = record.named(registry, "source").as_int();
        let via = source.map_or_else(String::new, |code| format!(" via {}", catalog.choices.label(Set::Source, code)));
        tx.say(format!("Added {name}{via} · {}", record.key));
        Ok(number)
    }
}

/// The business unit of an owner. Source: the owning business unit follows the owner.
pub(super) fn unit_of(tx: &Tx<'_>, owner: Owner) -> i64 {
    let people = &tx.ctx.catalog.people;
    match owner {
        Owner::User(n) => people.user(n).map(|u| u.unit),
        Owner::Team(n) => people.teams.iter().find(|t| t.number == n).map(|t| t.unit),
    }
    .unwrap_or(1)
}
