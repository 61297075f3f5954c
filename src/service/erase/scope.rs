//! What an erasure reaches: the records of the person, what keeps its numbers without them, what stays and is only named. Changes
//! nothing.

use std::collections::HashSet;

use crate::error::{Error, Result};
use crate::model::entity::{Entity, RecordId};
use crate::model::erasure::can_be_erased;
use crate::model::fold::fold;
use crate::model::record::Record;
use crate::model::value::Named;
use crate::service::act::Query;
use crate::service::context::Context;
use crate::service::merge::check_not_merged;
use crate::store::sqlite::backup::{self, Holding};
use crate::store::{self, Db, erasure};

/// The records that an erasure reaches, each list ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scope {
    /// The leads and contacts of the person, and accounts that are that person alone: nothing but their numbers stays.
    pub persons: Vec<RecordId>,
    /// The record that was named, where it was purged before: only the log still holds it.
    pub purged: Vec<RecordId>,
    /// Opportunities: their numbers stay, their texts go.
    pub deals: Vec<RecordId>,
    /// Accounts that were made from the person and are a company: what they have from the person goes.
    pub companies: Vec<RecordId>,
    /// Opportunities of an account that only name the person.
    pub left: Vec<RecordId>,
    /// What stands on the persons and the deals.
    pub children: Vec<RecordId>,
}

impl Scope {
    /// What the erasure of a lead or a contact reaches.
    pub fn of(db: &Db, ctx: &Context, record: RecordId) -> Result<Self> {
        if !store::record::exists(db, record)? {
            return Ok(Self { purged: vec![record], ..Self::default() });
        }
        let mut scope = Self { persons: persons(db, record)?, ..Self::default() };
        scope.accounts(db, ctx)?;
        scope.deals(db)?;
        let mut reached: Vec<RecordId> = scope.persons.iter().chain(&scope.deals).copied().collect();
        let mut seen: HashSet<RecordId> = HashSet::new();
        while let Some(key) = reached.pop() {
            for child in erasure::standing_on(db, key)? {
                if seen.insert(child) {
                    scope.children.push(child);
                    reached.extend((!child.entity.is_child()).then_some(child));
                }
            }
        }
        for list in [&mut scope.persons, &mut scope.deals, &mut scope.companies, &mut scope.left, &mut scope.children] {
            list.sort_unstable();
            list.dedup();
        }
        Ok(scope)
    }

    /// The records of the person, that which was purged too.
    pub fn all_persons(&self) -> Vec<RecordId> {
        self.persons.iter().chain(&self.purged).copied().collect()
    }

    /// Whether all of the person was erased before.
    pub fn is_done(&self, db: &Db, ctx: &Context) -> Result<bool> {
        for key in &self.purged {
            if erasure::log::holds(db, *key)? {
                return Ok(false);
            }
        }
        for key in &self.persons {
            if !is_erased(ctx, &store::record::need(db, ctx.catalog.registry(key.entity), key.number)?) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// How many activities that go are read on records that stay.
    fn shared(&self, db: &Db) -> Result<u64> {
        let reached: HashSet<RecordId> = [&self.persons, &self.deals, &self.children].into_iter().flatten().copied().collect();
        let mut shared = 0;
        for activity in self.children.iter().filter(|key| key.entity == Entity::Activity) {
            let on = store::mail::records_of(db, activity.number)?;
            shared += u64::from(on.iter().any(|record| !reached.contains(record)));
        }
        Ok(shared)
    }

    /// An account that was made from the person is a company, unless it is called as the person is and nobody else is there.
    fn accounts(&mut self, db: &Db, ctx: &Context) -> Result<()> {
        let mut names = Vec::new();
        for key in &self.persons {
            names.push(fold(&store::record::called(db, *key)?.name));
        }
        let leads: Vec<i64> = self.persons.iter().filter(|key| key.entity == Entity::Lead).map(|key| key.number).collect();
        for lead in leads {
            for account in erasure::accounts_from(db, lead)? {
                let stored = store::record::need(db, &ctx.catalog.account, account.number)?;
                let alone = erasure::contacts_at(db, account.number)?.iter().all(|contact| self.persons.contains(contact));
                let is_person = alone && names.contains(&fold(stored.text(&ctx.catalog.account, "name")));
                if is_person || is_erased(ctx, &stored) { self.persons.push(account) } else { self.companies.push(account) }
            }
        }
        Ok(())
    }

    /// The opportunities that came from the person go with it, and those whose only customer it is; others of an account stay.
    fn deals(&mut self, db: &Db) -> Result<()> {
        let mut named = Vec::new();
        for key in &self.persons {
            for (deal, has_account) in erasure::deals_of(db, *key)? {
                let is_own = key.entity != Entity::Contact || !has_account;
                if is_own { self.deals.push(deal) } else { named.push(deal) }
            }
        }
        named.retain(|deal| !self.deals.contains(deal));
        self.left = named;
        Ok(())
    }
}

/// All records of one person.
fn persons(db: &Db, record: RecordId) -> Result<Vec<RecordId>> {
    let (mut found, mut next) = (vec![record], vec![record]);
    while let Some(key) = next.pop() {
        for other in erasure::same_person(db, key)? {
            if !found.contains(&other) {
                found.push(other);
                next.push(other);
            }
        }
    }
    Ok(found)
}

/// Whether a record was erased.
fn is_erased(ctx: &Context, record: &Record) -> bool {
    let registry = ctx.catalog.registry(record.key.entity);
    registry.find("erased_at").is_some_and(|id| !record.get(id).is_none())
}

/// The record that is to be erased, if it can be.
pub(super) fn check(db: &Db, ctx: &Context, record: RecordId) -> Result<()> {
    if !can_be_erased(record.entity) || record.entity == Entity::Account {
        let headline = format!("{record} is {}: erasing is for people", record.entity.one());
        return Err(Error::refused(headline, "name the lead or the contact; what was made from it is included"));
    }
    let registry = ctx.catalog.registry(record.entity);
    let Some(stored) = store::record::get(db, registry, record.number)? else {
        // a purge leaves what the log says
        if erasure::log::count(db, record)? > 0 {
            return Ok(());
        }
        return Err(Error::NotFound(format!("there is no {} {record}", record.entity.name())));
    };
    // what it was merged into is the same person, with its values
    if stored.named(registry, "master").is_none() || is_erased(ctx, &stored) {
        return Ok(());
    }
    check_not_merged(registry, &stored)
}

/// What an erasure would do, for the question before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Erasure {
    /// The record that was named.
    pub record: RecordId,
    /// The records of the person.
    pub persons: Vec<Named>,
    /// Opportunities that keep their numbers and lose their texts.
    pub deals: Vec<Named>,
    /// Accounts that stay without what they have from the person.
    pub companies: Vec<Named>,
    /// Opportunities that only name the person, and stay as they are.
    pub left: Vec<Named>,
    /// How many activities are removed.
    pub activities: u64,
    /// How many of these are read on records that stay, too: mails to several.
    pub shared: u64,
    /// How many notes.
    pub notes: u64,
    /// How many files.
    pub files: u64,
    /// How many requests.
    pub requests: u64,
    /// How many entries of the log lose what they hold.
    pub entries: u64,
    /// Whether all of it was erased before: only backups are left to be looked for.
    pub done: bool,
    /// The backups that still hold the person.
    pub backups: Vec<Holding>,
}

impl Erasure {
    /// How many records it reaches: what a person confirms.
    pub fn count(&self) -> u64 {
        let standing = self.activities + self.notes + self.files + self.requests;
        (self.persons.len() + self.deals.len() + self.companies.len()) as u64 + standing
    }

    /// What will be done, a sentence each.
    pub fn words(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.done {
            lines.push(format!("{} was erased before.", listed(&self.persons)));
            return lines;
        }
        lines.push(format!("Erased for good: {}. Only what reports count by stays, without a name.", listed(&self.persons)));
        let counts = [
            (self.activities, Entity::Activity),
            (self.notes, Entity::Note),
            (self.files, Entity::Attachment),
            (self.requests, Entity::Request),
        ];
        let counts: Vec<String> =
            counts.iter().filter(|(n, _)| *n > 0).map(|(n, entity)| format!("{n} {}", entity.counted(*n))).collect();
        if !counts.is_empty() {
            let shared = match self.shared {
                0 => String::new(),
                1 => " One of them is read on another record too.".to_owned(),
                n => format!(" {n} of them are read on other records too."),
            };
            lines.push(format!("Removed: {}.{shared}", counts.join(", ")));
        }
        if !self.deals.is_empty() {
            lines.push(format!("Without texts, notes and files, but with their numbers: {}.", listed(&self.deals)));
        }
        if !self.companies.is_empty() {
            lines.push(format!("Stays as a company, without what it has from the person: {}.", listed(&self.companies)));
        }
        if !self.left.is_empty() {
            lines.push(format!("Stays as it is, look through its texts: {}.", listed(&self.left)));
        }
        let entries = if self.entries == 1 { "1 entry".to_owned() } else { format!("{} entries", self.entries) };
        lines.push(format!("The log forgets {entries}; steps on these records stay done."));
        lines.push("This cannot be undone.".into());
        lines
    }
}

/// Records by number and name.
fn listed(records: &[Named]) -> String {
    let one = |named: &Named| match named.name.as_str() {
        "" => named.key.to_string(),
        name => format!("{} {name}", named.key),
    };
    records.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What erasing a lead or a contact would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanErasure {
    /// The record.
    pub record: RecordId,
}

impl Query for PlanErasure {
    type Reply = Erasure;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Erasure> {
        check(db, ctx, self.record)?;
        let scope = Scope::of(db, ctx, self.record)?;
        let named = |keys: &[RecordId]| keys.iter().map(|key| store::record::called(db, *key)).collect::<Result<Vec<_>>>();
        let count = |entity: Entity| scope.children.iter().filter(|key| key.entity == entity).count() as u64;
        let mut entries = 0;
        for key in [&scope.persons, &scope.purged, &scope.deals, &scope.children].into_iter().flatten() {
            entries += erasure::log::count(db, *key)?.unsigned_abs();
        }
        Ok(Erasure {
            shared: scope.shared(db)?,
            record: self.record,
            persons: named(&scope.all_persons())?,
            deals: named(&scope.deals)?,
            companies: named(&scope.companies)?,
            left: named(&scope.left)?,
            activities: count(Entity::Activity),
            notes: count(Entity::Note),
            files: count(Entity::Attachment),
            requests: count(Entity::Request),
            entries,
            done: scope.is_done(db, ctx)?,
            backups: backup::holding(db, &scope.all_persons())?,
        })
    }
}
