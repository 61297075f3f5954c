//! Which accounts and contacts a lead may already be: by what it has in common with them, and why. Writes nothing.
//!
//! What has the lead's own e-mail, was tied to it or was made from it is strong and is taken unless somebody says otherwise; a
//! phone, a name or a domain alone is weak and only offered.

use super::Part;
use crate::error::Result;
use crate::model::catalog::Catalog;
use crate::model::company;
use crate::model::entity::{Entity, RecordId};
use crate::model::record::Record;
use crate::service::act::Query;
use crate::service::alike::{Found, Keys, Weight};
use crate::service::context::Context;
use crate::store::customer::{self, By};
use crate::store::{self, Db};

pub use crate::service::alike::Match;

/// The most records that one thing in common is asked for.
const EACH: usize = 20;

/// What a lead may already be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// Accounts, the strongest first.
    pub accounts: Vec<Match>,
    /// Contacts, the strongest first.
    pub contacts: Vec<Match>,
    /// The opportunity that came from it when it was qualified before, and its name; another is not made by itself.
    pub opportunity: Option<(RecordId, String)>,
}

impl Matches {
    /// What is taken for the account unless somebody says otherwise.
    pub fn account(&self, lead: &Record, catalog: &Catalog) -> Part {
        let company = lead.text(&catalog.lead, "company");
        preselected(&self.accounts).unwrap_or(if company.is_empty() { Part::None } else { Part::New })
    }

    /// The same for the contact.
    pub fn contact(&self) -> Part {
        preselected(&self.contacts).unwrap_or(Part::New)
    }
}

fn preselected(matches: &[Match]) -> Option<Part> {
    matches.first().filter(|found| found.is_strong).map(|found| Part::Existing(found.key.number))
}

/// What a lead may already be, as the page before its qualification shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetrieveMatches {
    /// The lead's number.
    pub lead: i64,
}

/// A lead and what it may already be.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidates {
    /// The lead.
    pub lead: Record,
    /// What it may be.
    pub matches: Matches,
    /// How many notes it has.
    pub notes: i64,
    /// How many files it has.
    pub files: i64,
    /// How many activities it has.
    pub activities: i64,
    /// How many customer requests it has.
    pub requests: i64,
}

impl Query for RetrieveMatches {
    type Reply = Candidates;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Candidates> {
        let lead = store::record::need(db, &ctx.catalog.lead, self.lead)?;
        let matches = find(db, ctx, &lead)?;
        let (notes, files) = (store::note::count(db, lead.key)?, store::attachment::count(db, lead.key)?);
        let (activities, requests) = (store::activity::count(db, &[lead.key])?, store::request::count(db, lead.key)?);
        Ok(Candidates { notes, files, activities, requests, lead, matches })
    }
}

/// What a lead may already be.
pub fn find(db: &Db, ctx: &Context, lead: &Record) -> Result<Matches> {
    let registry = &ctx.catalog.lead;
    let Keys { email: address, phones, domain, name } = Keys::of(registry, lead);
    let stem = company::stem(lead.text(registry, "company"));
    let parent = |field: &'static str| lead.named(registry, field).as_int();

    let mut accounts = Found::new(Entity::Account);
    let mut contacts = Found::new(Entity::Contact);
    if let Some(number) = parent("parent_account") {
        accounts.add(number, "tied to this lead", Weight::Own);
    }
    if let Some(number) = parent("parent_contact") {
        contacts.add(number, "tied to this lead", Weight::Own);
    }
    for found in [&mut accounts, &mut contacts] {
        for number in customer::by(db, found.entity, By::Lead(lead.key.number), EACH)? {
            found.add(number, "made from this lead", Weight::Own);
        }
    }
    for number in customer::by(db, Entity::Contact, By::Email(&address), EACH)? {
        contacts.add(number, "same e-mail", Weight::Email);
        if let Some(account) = customer::account_of(db, number)? {
            let reason = format!("its contact {} has this e-mail", Entity::Contact.numbered(number));
            accounts.add(account, &reason, Weight::ContactEmail);
        }
    }
    for number in customer::by(db, Entity::Account, By::Email(&address), EACH)? {
        accounts.add(number, "same e-mail", Weight::Email);
    }
    for digits in &phones {
        for number in customer::by(db, Entity::Contact, By::Phone(digits), EACH)? {
            contacts.add(number, "same phone", Weight::Phone);
        }
        for number in customer::by(db, Entity::Account, By::Phone(digits), EACH)? {
            accounts.add(number, "same phone", Weight::Phone);
        }
    }
    for number in customer::by(db, Entity::Account, By::Stem(&stem), EACH)? {
        accounts.add(number, "same name", Weight::Name);
    }
    for number in customer::by(db, Entity::Account, By::Domain(&domain), EACH)? {
        accounts.add(number, "same mail domain", Weight::Domain);
    }
    for number in customer::by(db, Entity::Contact, By::Name(&name), EACH)? {
        let place = customer::place(db, Entity::Contact.numbered(number))?;
        let reason = match () {
            () if !stem.is_empty() && company::stem(&place.company) == stem => "same name and company",
            () if !domain.is_empty() && place.domain == domain => "same name and mail domain",
            () => "same name, other company",
        };
        contacts.add(number, reason, if reason.ends_with("other company") { Weight::Namesake } else { Weight::Name });
    }
    let opportunity = store::related::deal_of(db, lead.key.number)?;
    Ok(Matches { accounts: accounts.into_matches(db)?, contacts: contacts.into_matches(db)?, opportunity })
}
