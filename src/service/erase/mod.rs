//! Erase: a person's data goes for good, from the records and from the log; an anonymous row stays for the reports. Cannot be undone.
//!
//! The act is one transaction; what it took away still stands in free pages, search indexes and the log beside the file until
//! [`LeadService::clean_up`] is through, which a mark in the database asks for.

mod scope;
mod texts;

pub use scope::{Erasure, PlanErasure};

use std::collections::BTreeSet;
use std::path::PathBuf;

use self::scope::Scope;
use self::texts::Texts;
use crate::error::{Error, Result};
use crate::model::entity::{Entity, RecordId};
use crate::model::erasure::{NAME, is_personal};
use crate::model::field::{FieldId, shared};
use crate::model::value::Value;
use crate::service::access;
use crate::service::act::{Act, Done, Tx};
use crate::service::context::Context;
use crate::service::lead_service::LeadService;
use crate::service::score;
use crate::store::log::{self, Change, ChangeKind};
use crate::store::sqlite::{backup, clean};
use crate::store::{self, erasure};

/// The name of the act in the log.
pub(in crate::service) const ACT: &str = "Erase";

/// Steps on so many records and less are called anew; what larger ones are called names nobody, unless it does.
const FEW: i64 = 20;

/// The fields of a company that stay though the person's record has the same text.
const OF_A_COMPANY: &[&str] = &["name", "website", "sic", "currency", "import_source", "import_key", "incomplete"];

/// Erases a lead or a contact with all that is the same person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasePerson {
    /// The record.
    pub record: RecordId,
    /// How many records the person confirmed, see [`Erasure::count`]; `None` erases whatever there is now.
    pub confirmed: Option<u64>,
    /// Whether the backups that still hold the person go too.
    pub backups: bool,
}

/// What an erasure left and took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// The records that are anonymous now, the named one among them.
    pub persons: Vec<RecordId>,
    /// Opportunities without their texts.
    pub deals: Vec<RecordId>,
    /// Accounts without what they had from the person.
    pub companies: Vec<RecordId>,
    /// Activities, notes, files and requests that are gone.
    pub removed: Vec<RecordId>,
    /// The backups that still hold the person.
    pub backups: Vec<PathBuf>,
    /// The backups that were deleted.
    pub deleted: Vec<PathBuf>,
    /// Why cleaning up was not finished; it is due then.
    pub unclean: Option<String>,
}

/// The part of an erasure that is one transaction.
#[derive(Clone, Debug)]
struct Erase<'a>(&'a ErasePerson);

impl Act for Erase<'_> {
    type Reply = Erased;

    fn name(&self) -> &'static str {
        ACT
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Erased> {
        let (db, ctx) = (tx.db, tx.ctx);
        scope::check(db, ctx, self.0.record)?;
        let scope = Scope::of(db, ctx, self.0.record)?;
        let count =
            (scope.persons.len() + scope.purged.len() + scope.deals.len() + scope.companies.len() + scope.children.len()) as u64;
        if self.0.confirmed.is_some_and(|confirmed| confirmed != count) {
            let what = format!("{} has changed since the question: {count} records are reached now", self.0.record);
            return Err(Error::refused(what, "look at it again"));
        }
        tx.expect(usize::try_from(count).unwrap_or(usize::MAX));
        let reached: Vec<RecordId> = scope.persons.iter().chain(&scope.children).copied().collect();
        score::before(tx, &reached)?;
        let texts = Texts::of(db, ctx, &scope.all_persons())?;
        let mut steps = BTreeSet::new();
        for company in &scope.companies {
            steps.extend(empty_company(tx, &scope, &texts, *company)?);
        }
        steps.extend(blank_log(tx, &scope)?);
        take_away(tx, &scope)?;
        rename_steps(tx, &texts, &steps)?;
        let at = ctx.now().to_string();
        let persons = scope.all_persons();
        for record in [&persons, &scope.deals, &scope.companies, &scope.children].into_iter().flatten().copied() {
            tx.count();
            // of what is not anonymous as a whole the log keeps that it was touched, and nothing else
            let is_person = persons.contains(&record);
            let (field, new) = if is_person { ("erased_at", Some(at.clone())) } else { ("", None) };
            let (kind, field) = (ChangeKind::Update, field.to_owned());
            tx.log(Change { record, about: record, kind, field, old: None, new })?;
        }
        clean::mark(db)?;
        tx.catalog_changed();
        let all: Vec<String> = persons.iter().map(ToString::to_string).collect();
        tx.say(format!("Erased {}", all.join(", ")));
        Ok(Erased { persons, deals: scope.deals, companies: scope.companies, removed: scope.children, ..Erased::default() })
    }
}

/// Takes off a company what it has from the person: the same texts, now and in the log. Where others are in the company too, its
/// address is its own.
fn empty_company(tx: &Tx<'_>, scope: &Scope, texts: &Texts, key: RecordId) -> Result<BTreeSet<i64>> {
    let (db, ctx) = (tx.db, tx.ctx);
    let registry = &ctx.catalog.account;
    let others = erasure::contacts_at(db, key.number)?.iter().any(|contact| !scope.persons.contains(contact));
    let is_place = |name: &str| shared::ADDRESS.iter().any(|field| field.name == name && !field.name.contains("_phone"));
    let goes = |name: &str, text: &str| {
        let field = registry.find(name).map(|id| registry.field(id));
        field.is_some_and(|field| field.is_text() && !OF_A_COMPANY.contains(&field.name))
            && !(others && is_place(name))
            && texts.has(text)
    };
    let mut company = store::record::need(db, registry, key.number)?;
    let emptied: Vec<FieldId> =
        registry.ids().filter(|(id, field)| goes(field.name, company.get(*id).as_text())).map(|(id, _)| id).collect();
    let steps = erasure::log::blank_values(db, key, goes)?;
    if emptied.is_empty() {
        return Ok(steps);
    }
    for id in &emptied {
        company.set(*id, Value::None);
    }
    company.version += 1;
    store::record::update(db, registry, &company, &emptied)?;
    Ok(steps)
}

/// Takes the values of the records out of the log, and of what was purged from them before; the steps that touched them come back.
fn blank_log(tx: &Tx<'_>, scope: &Scope) -> Result<BTreeSet<i64>> {
    let db = tx.db;
    let mut steps = BTreeSet::new();
    let mut gone: Vec<RecordId> = scope.purged.iter().chain(&scope.children).copied().collect();
    let mut asked: Vec<RecordId> =
        [&scope.persons, &scope.purged, &scope.deals, &scope.children].into_iter().flatten().copied().collect();
    while let Some(about) = asked.pop() {
        for key in erasure::log::purged(db, about)? {
            if !gone.contains(&key) {
                gone.push(key);
                asked.push(key);
            }
        }
    }
    for key in gone {
        steps.extend(erasure::log::blank(db, key, |_| false)?);
    }
    for key in scope.persons.iter().chain(&scope.deals) {
        let registry = tx.ctx.catalog.registry(key.entity);
        let is_deal = key.entity == Entity::Opportunity;
        let stays = |name: &str| match registry.find(name) {
            Some(id) => !is_personal(key.entity, registry.field(id)),
            // what is sold, and to which other records it is tied
            None => is_deal && name.contains(':'),
        };
        steps.extend(erasure::log::blank(db, *key, stays)?);
    }
    Ok(steps)
}

/// Removes what stands on the records, and empties the records themselves.
fn take_away(tx: &Tx<'_>, scope: &Scope) -> Result<()> {
    let (db, ctx) = (tx.db, tx.ctx);
    let kept: Vec<&RecordId> = scope.persons.iter().chain(&scope.deals).collect();
    let mut tags = BTreeSet::new();
    let mut contacts = Vec::new();
    for key in &kept {
        contacts.push(erasure::contacts(db, **key)?);
    }
    for key in kept.iter().copied().chain(&scope.children) {
        tags.extend(erasure::tags_of(db, *key)?);
    }
    let all = scope.children.len() as u64;
    for (done, key) in (0..).zip(&scope.children) {
        erasure::remove(db, *key)?;
        if done % 256 == 0 {
            ctx.advance(done, all)?;
        }
    }
    for (key, contacts) in kept.into_iter().zip(contacts) {
        if key.entity != Entity::Opportunity {
            erasure::untie(db, *key)?;
            erasure::rename(db, *key, ctx.ids.make())?;
        }
        empty(tx, *key)?;
        erasure::put_contacts(db, *key, contacts)?;
    }
    tags.into_iter().try_for_each(|tag| erasure::drop_unused_tag(db, tag))
}

/// Empties a record of all that is the person's.
fn empty(tx: &Tx<'_>, key: RecordId) -> Result<()> {
    let ctx = tx.ctx;
    let registry = ctx.catalog.registry(key.entity);
    let mut record = store::record::need(tx.db, registry, key.number)?;
    let mut changed: Vec<FieldId> = registry
        .ids()
        .filter(|(_, field)| is_personal(key.entity, field) && !field.follows)
        .map(|(id, _)| id)
        .filter(|id| store::record::is_column(registry.field(*id).kind) || *id == registry.id("tags"))
        .collect();
    for id in &changed {
        record.set(*id, Value::None);
    }
    record.set(registry.id("name"), Value::text(NAME));
    let now = Value::Instant(ctx.now());
    let mut stamp = |name: &'static str, value: &Value| {
        let Some(id) = registry.find(name) else { return };
        record.set(id, value.clone());
        changed.push(id);
    };
    stamp("modified_at", &now);
    stamp("modified_by", &Value::User(ctx.user));
    if key.entity != Entity::Opportunity {
        stamp("erased_at", &now);
        stamp("deleted_at", &now);
    }
    record.version += 1;
    store::record::update(tx.db, registry, &record, &changed)
}

/// What steps are called: those that touched the person, which are not taken back from now on, and any that names it.
fn rename_steps(tx: &Tx<'_>, texts: &Texts, steps: &BTreeSet<i64>) -> Result<()> {
    let db = tx.db;
    let name = |act: &str| format!("{act} · erased since");
    for number in steps {
        let Some(step) = log::get(db, *number)? else { continue };
        erasure::log::mark_step(db, *number)?;
        if step.act != ACT && (step.touched <= FEW || texts.is_in(&step.summary)) {
            erasure::log::rename_step(db, *number, &name(&step.act))?;
        }
    }
    for (number, act) in erasure::log::steps_with(db, |summary| texts.names(summary))? {
        erasure::log::rename_step(db, number, &name(&act))?;
    }
    Ok(())
}

/// Erases a person, cleans up behind it, and looks which backups still hold it; these are deleted where that was asked for.
///
/// What fails after the person is out of the records is no error: it is told in the answer, and what is due stays due.
pub fn erase(service: &mut LeadService, ctx: &Context, act: &ErasePerson) -> Result<Done<Erased>> {
    access::check_admin(ctx, "erasing")?;
    scope::check(service.db(), ctx, act.record)?;
    let scope = Scope::of(service.db(), ctx, act.record)?;
    let mut done = if scope.is_done(service.db(), ctx)? {
        let reply = Erased { persons: scope.all_persons(), ..Erased::default() };
        let summary = format!("{} was erased before", act.record);
        Done { reply, step: None, summary, touched: 0, catalog_changed: false, warnings: Vec::new() }
    } else {
        service.execute(Erase(act), ctx)?
    };
    if let Err(error) = service.clean_up(&mut |done, total| ctx.advance(done, total)) {
        done.reply.unclean = Some(error.headline());
    }
    for holding in backup::holding(service.db(), &done.reply.persons)? {
        let path = holding.backup.path;
        match act.backups && backup::remove(&path).is_ok() {
            true => done.reply.deleted.push(path),
            false => done.reply.backups.push(path),
        }
    }
    done.summary = said(&done.summary, &done.reply);
    Ok(done)
}

/// What was done, with what is left to do.
fn said(summary: &str, erased: &Erased) -> String {
    let backups = |n: usize| if n == 1 { "1 backup".to_owned() } else { format!("{n} backups") };
    let mut said = summary.to_owned();
    match erased.removed.len() {
        0 => {}
        1 => said.push_str(" and 1 record on them"),
        n => said.push_str(&format!(" and {n} records on them")),
    }
    if !erased.deleted.is_empty() {
        said.push_str(&format!(" · {} deleted", backups(erased.deleted.len())));
    }
    match erased.backups.len() {
        0 => {}
        1 => said.push_str(" · 1 backup still holds the person"),
        n => said.push_str(&format!(" · {} still hold the person", backups(n))),
    }
    if let Some(why) = &erased.unclean {
        said.push_str(&format!(" · not cleaned up yet ({why}): `leadbook check` goes on with it"));
    }
    said
}
