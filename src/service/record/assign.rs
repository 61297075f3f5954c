//! Assign: another owner for records, a user or a team, with a note for them. Source: message Assign.

use std::cell::RefCell;

use super::write::{self, change_each, change_record};
use crate::error::{Error, Result};
use crate::model::dates::show_date;
use crate::model::entity::{Entity, RecordId};
use crate::model::people::Role;
use crate::model::rights::Rights;
use crate::model::value::{Owner, Value};
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::context::Context;
use crate::service::scope::Targets;
use crate::store;
use crate::store::log::ChangeKind;

/// Hands records over.
#[derive(Clone, Debug, PartialEq)]
pub struct AssignRecords {
    /// Which records.
    pub targets: Targets,
    /// To whom.
    pub owner: Owner,
    /// What the new owner should know; kept with the record until it is handed on.
    pub note: Option<String>,
    /// Whether the open activities of the owner before go along. Source: the cascade of an assignment to open activities.
    pub activities: bool,
}

impl Act for AssignRecords {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "Assign"
    }

    /// How many records got another owner comes back.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let (db, ctx) = (tx.db, tx.ctx);
        let registry = ctx.catalog.registry(self.targets.entity());
        let people = &ctx.catalog.people;
        let to = people.show(self.owner);
        if let Owner::User(n) = self.owner
            && people.user(n).is_none_or(|u| !u.active)
        {
            return Err(Error::invalid("owner", format!("{to} is not an active user of this database")));
        }
        let note = self.note.as_deref().map_or(Value::None, |n| Value::text(n.trim()));
        if note.as_text().chars().count() > 2_000 {
            return Err(Error::invalid("handed_note", "the note for the new owner is longer than 2,000 characters"));
        }
        let before: RefCell<Vec<(RecordId, Owner)>> = RefCell::default();
        let each = change_each(tx, &self.targets, ChangeKind::Update, |lead| {
            access::check(db, ctx, lead.key, write::owner(registry, lead), Rights::ASSIGN)?;
            if write::owner(registry, lead) == Some(self.owner) {
                return Ok(());
            }
            if let Some(owner) = write::owner(registry, lead) {
                before.borrow_mut().push((lead.key, owner));
            }
            let to_self = self.owner == Owner::User(ctx.user);
            lead.set(registry.id("owner"), Value::Owner(self.owner));
            lead.set(registry.id("handed_by"), if to_self { Value::None } else { Value::User(ctx.user) });
            lead.set(registry.id("handed_at"), if to_self { Value::None } else { Value::Instant(ctx.now()) });
            lead.set(registry.id("handed_note"), note.clone());
            lead.set(registry.id("opened_at"), Value::None);
            Ok(())
        })?;
        let along = if self.activities { along(tx, before.into_inner(), self.owner)? } else { 0 };
        let tail = match along {
            0 => String::new(),
            n => format!(" with {n} open {}", Entity::Activity.counted(n)),
        };
        match (each.asked, each.changed) {
            (1, 0) => tx.say(format!("{} belongs to {to} already", each.name)),
            (1, _) => tx.say(format!("Assigned {} to {to}{tail}", each.name)),
            (_, moved) => {
                tx.say(format!("Assigned {moved} {} to {to}{tail}", self.targets.entity().counted(moved.unsigned_abs())))
            }
        }
        if each.changed > 0 {
            hindered(ctx, self.owner).iter().for_each(|sentence| tx.warn(sentence));
        }
        Ok(each.changed)
    }
}

/// Gives the open activities that stand on these records and belong to the owner named with each to another; how many comes back.
fn along(tx: &mut Tx<'_>, records: Vec<(RecordId, Owner)>, to: Owner) -> Result<u64> {
    let owner = tx.ctx.catalog.activity.id("owner");
    let mut count = 0;
    for (record, before) in records {
        for number in store::activity::open_of(tx.db, record, before)? {
            let set = |activity: &mut crate::model::record::Record| {
                activity.set(owner, Value::Owner(to));
                Ok(())
            };
            count += u64::from(change_record(tx, Entity::Activity.numbered(number), ChangeKind::Update, set)?.1);
        }
    }
    Ok(count)
}

/// Why a new owner will not work what they were given: `bo is away until 6 Jan, cy stands in`.
fn hindered(ctx: &Context, owner: Owner) -> Vec<String> {
    let Owner::User(number) = owner else { return Vec::new() };
    let Some(user) = ctx.catalog.people.user(number) else { return Vec::new() };
    let mut sentences = Vec::new();
    if user.role == Role::ReadOnly {
        sentences.push(format!("{} only reads and can do nothing with it", user.login));
    }
    let today = ctx.zone.today(ctx.now());
    if let Some(absence) = user.work.absence.filter(|absence| absence.holds(today.into())) {
        let until = i32::try_from(absence.until).map_or_else(|_| "some day".to_owned(), |day| show_date(day, today));
        let deputy = absence.deputy.and_then(|n| ctx.catalog.people.user(n)).map(|d| format!(", {} stands in", d.login));
        sentences.push(format!("{} is away until {until}{}", user.login, deputy.unwrap_or_default()));
    }
    sentences
}
