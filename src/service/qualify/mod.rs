//! QualifyLead: a lead becomes an account, a contact and an opportunity, or is tied to those that are there. All or nothing, one
//! step. Source: message QualifyLead, the order of its effects and what it skips.

pub mod close;
mod many;
mod maps;
pub mod matches;

pub use many::{Qualifications, QualifyMany, QualifyPlan};
pub use maps::from_lead;

use crate::error::{Error, Result};
use crate::model::choice::{OPEN, QUALIFIED, Set};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::record::Record;
use crate::model::value::{Owner, Value};
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::link;
use crate::service::merge::check_not_merged;
use crate::service::record::create::make;
use crate::service::record::write::{self, change_record};
use crate::store;
use crate::store::log::ChangeKind;

/// The reason of a qualified lead unless another is given. Source: the default of statuscode.
const QUALIFIED_REASON: i64 = 3;
/// The stage of an opportunity that comes from a lead. Source: the process moves on to Develop only by qualifying.
const DEVELOP: i64 = 1;
/// The role of the contact on the opportunity. Source: the contact of a qualified lead is a stakeholder.
const STAKEHOLDER: &str = "Stakeholder";

/// What is made of a part, or which record stands for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// A new record. An account is skipped where the lead has no company.
    New,
    /// This one, which stays as it is.
    Existing(i64),
    /// None at all.
    #[default]
    None,
}

/// The opportunity to be made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deal {
    /// Values that are other than what the lead says; the owner too.
    pub values: Vec<(FieldId, Value)>,
    /// An existing customer, an account or a contact; else the account, else the contact of this qualification.
    pub customer: Option<RecordId>,
}

/// Qualifies a lead.
#[derive(Clone, Debug, PartialEq)]
pub struct QualifyLead {
    /// The lead's number.
    pub lead: i64,
    /// Its account.
    pub account: Part,
    /// Its contact.
    pub contact: Part,
    /// The opportunity, if one is to be made.
    pub opportunity: Option<Deal>,
    /// The reason, one of state Qualified; `None` is Qualified.
    pub reason: Option<i64>,
}

/// What became of a lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Qualified {
    /// The records that are new.
    pub created: Vec<RecordId>,
    /// The records that were there and are tied to the lead now.
    pub linked: Vec<RecordId>,
}

impl Qualified {
    /// The record that one goes on with: the opportunity, else the contact, else the account; what is new goes first.
    pub fn foremost(&self) -> Option<RecordId> {
        let of = |entity| self.created.iter().chain(&self.linked).find(|record| record.entity == entity);
        [Entity::Opportunity, Entity::Contact, Entity::Account].into_iter().find_map(of).copied()
    }
}

impl Act for QualifyLead {
    type Reply = Qualified;

    fn name(&self) -> &'static str {
        "QualifyLead"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Qualified> {
        let (name, done) = qualify(tx, &self)?;
        let all: Vec<String> = done.created.iter().chain(&done.linked).map(ToString::to_string).collect();
        let made = if all.is_empty() { String::new() } else { format!(" → {}", all.join(", ")) };
        tx.say(format!("Qualified {name}{made}"));
        Ok(done)
    }
}

/// Qualifies one lead inside an act; how messages call the lead comes back too.
fn qualify(tx: &mut Tx<'_>, act: &QualifyLead) -> Result<(String, Qualified)> {
    let ctx = tx.ctx;
    let catalog = &ctx.catalog;
    let registry = &catalog.lead;
    let lead = store::record::need(tx.db, registry, act.lead)?;
    access::check_write(tx.db, ctx, lead.key, write::owner(registry, &lead))?;
    check_open(tx, &lead, "qualified")?;
    let reason = act.reason.unwrap_or(QUALIFIED_REASON);
    crate::model::rules::check_reason_of(registry, &catalog.choices, QUALIFIED, reason)?;

    let mut done = Qualified::default();
    let account = part(tx, act.account, Entity::Account, &mut done, |tx| {
        if lead.text(registry, "company").is_empty() {
            return Ok(None);
        }
        let values = with_origin(tx, from_lead(catalog, &lead, Entity::Account), Entity::Account, lead.key);
        make(tx, Entity::Account, values).map(Some)
    })?;
    let contact = part(tx, act.contact, Entity::Contact, &mut done, |tx| {
        let mut values = with_origin(tx, from_lead(catalog, &lead, Entity::Contact), Entity::Contact, lead.key);
        values.extend(account.map(|account| (catalog.contact.id("account"), Value::link(account))));
        make(tx, Entity::Contact, values).map(Some)
    })?;
    if let (Some(account), Some(contact), Part::New) = (account, contact, act.account) {
        // only now there is somebody to be its primary contact
        change_record(tx, Entity::Account.numbered(account), ChangeKind::Update, |record| {
            record.set(catalog.account.id("primary_contact"), Value::link(contact));
            Ok(())
        })?;
    }
    if let Some(deal) = &act.opportunity {
        let opportunity = make_deal(tx, &lead, deal, account, contact)?;
        done.created.push(opportunity.key);
        if let Some(contact) = contact {
            link::put(tx, opportunity.key, Entity::Contact.numbered(contact), Some(STAKEHOLDER))?;
        }
    }
    let at = ctx.now();
    change_record(tx, lead.key, ChangeKind::Update, |stored| {
        stored.set(registry.id("status"), Value::Choice(QUALIFIED));
        stored.set(registry.id("status_reason"), Value::Choice(reason));
        stored.set(registry.id("closed_at"), Value::Instant(at));
        for (field, number) in [("parent_account", account), ("parent_contact", contact)] {
            if let Some(number) = number {
                stored.set(registry.id(field), Value::link(number));
            }
        }
        Ok(())
    })?;
    Ok((write::display_name(ctx, &lead), done))
}

/// Refuses a lead that is not open. The state is asked for by one statement that also holds the row, so that of two people who
/// qualify the same lead one is told so, on every engine.
fn check_open(tx: &Tx<'_>, lead: &Record, word: &str) -> Result<()> {
    let registry = &tx.ctx.catalog.lead;
    write::check_not_erased(registry, lead)?;
    if !lead.named(registry, "deleted_at").is_none() {
        return Err(Error::refused(format!("{} is deleted and cannot be {word}", lead.key), "O restores it"));
    }
    check_not_merged(registry, lead)?;
    if store::record::hold_in_state(tx.db, lead.key, OPEN)? {
        return Ok(());
    }
    let state = lead.named(registry, "status").as_int().unwrap_or_default();
    let state = tx.ctx.catalog.choices.label(Set::State, state).to_lowercase();
    Err(Error::refused(format!("{} is {state} already and cannot be {word}", lead.key), "O reopens it first"))
}

/// The record that stands for a part: made, checked, or none.
fn part(
    tx: &mut Tx<'_>,
    part: Part,
    entity: Entity,
    done: &mut Qualified,
    create: impl FnOnce(&mut Tx<'_>) -> Result<Option<Record>>,
) -> Result<Option<i64>> {
    match part {
        Part::None => Ok(None),
        Part::New => {
            let made = create(tx)?;
            done.created.extend(made.iter().map(|record| record.key));
            Ok(made.map(|record| record.key.number))
        }
        Part::Existing(number) => {
            let registry = tx.ctx.catalog.registry(entity);
            let record = store::record::need(tx.db, registry, number)?;
            write::check_not_erased(registry, &record)?;
            if !record.named(registry, "deleted_at").is_none() {
                return Err(Error::refused(format!("{} is deleted", record.key), "restore it first, or take another"));
            }
            check_not_merged(registry, &record)?;
            done.linked.push(record.key);
            Ok(Some(number))
        }
    }
}

fn with_origin(tx: &Tx<'_>, mut values: Vec<(FieldId, Value)>, entity: Entity, lead: RecordId) -> Vec<(FieldId, Value)> {
    values.push((tx.ctx.catalog.registry(entity).id("originating_lead"), Value::link(lead.number)));
    values
}

fn make_deal(tx: &mut Tx<'_>, lead: &Record, deal: &Deal, account: Option<i64>, contact: Option<i64>) -> Result<Record> {
    let catalog = &tx.ctx.catalog;
    let registry = &catalog.opportunity;
    let mut values = with_origin(tx, from_lead(catalog, lead, Entity::Opportunity), Entity::Opportunity, lead.key);
    values.push((registry.id("stage"), Value::Choice(DEVELOP)));
    // the customer is the account if there is one, else the contact; an existing one that was named goes before both
    let (account, contact) = match deal.customer {
        Some(RecordId { entity: Entity::Account, number }) => (Some(number), contact),
        Some(RecordId { entity: Entity::Contact, number }) => (account, Some(number)),
        Some(other) => {
            let message = format!("{other} is {}; a customer is an account or a contact", other.entity.one());
            return Err(Error::invalid("customer", message));
        }
        None => (account, contact),
    };
    values.extend(account.map(|number| (registry.id("account"), Value::link(number))));
    values.extend(contact.map(|number| (registry.id("contact"), Value::link(number))));
    values.extend(deal.values.iter().cloned());
    if values.iter().all(|(id, _)| *id != registry.id("owner")) {
        values.push((registry.id("owner"), Value::Owner(Owner::User(tx.ctx.user))));
    }
    make(tx, Entity::Opportunity, values)
}
