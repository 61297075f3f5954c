//! Which accounts and contacts a lead may already be: by what it has in common with them, and why. Writes nothing.
//!
//! What has the lead's own e-mail, was tied to it or was made from it is strong and is taken unless somebody says otherwise; a
//! phone, a name or a domain alone is weak and only offered.

use super::Part;
use crate::error::Result;
use crate::model::catalog::Catalog;
use crate::model::entity::{Entity, RecordId};
use crate::model::fold::fold;
use crate::model::record::Record;
use crate::model::{company, email, phone};
use crate::service::act::Query;
use crate::service::context::Context;
use crate::store::customer::{self, By};
use crate::store::{self, Db};

/// The most candidates of a part.
const MOST: usize = 8;
/// The most records that one thing in common is asked for.
const EACH: usize = 20;

/// A record that the lead may already be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The account or contact.
    pub key: RecordId,
    /// What it is called.
    pub name: String,
    /// Where it belongs: the account of a contact, the town of an account.
    pub place: String,
    /// Why it may be the same, the strongest first.
    pub reasons: Vec<String>,
    /// Whether it is taken unless somebody says otherwise.
    pub is_strong: bool,
}

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
}

impl Query for RetrieveMatches {
    type Reply = Candidates;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Candidates> {
        let lead = store::record::need(db, &ctx.catalog.lead, self.lead)?;
        let matches = find(db, ctx, &lead)?;
        Ok(Candidates { notes: store::note::count(db, lead.key)?, lead, matches })
    }
}

/// What a lead may already be.
pub fn find(db: &Db, ctx: &Context, lead: &Record) -> Result<Matches> {
    let registry = &ctx.catalog.lead;
    let text = |name| lead.text(registry, name);
    let address = email::key(text("email"));
    let phones: Vec<String> = ["phone", "mobile_phone"]
        .iter()
        .map(|name| phone::digits(text(name)))
        // fewer digits are an extension, and everybody's
        .filter(|digits| digits.len() >= 6)
        .collect();
    let domain = [text("email"), text("website")].into_iter().find_map(company::domain).unwrap_or_default();
    let (stem, name) = (company::stem(text("company")), fold(text("name")));
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
            () if !stem.is_empty() && company::stem(&place.account) == stem => "same name and company",
            () if !domain.is_empty() && place.domain == domain => "same name and mail domain",
            () => "same name, other company",
        };
        contacts.add(number, reason, if reason.ends_with("other company") { Weight::Namesake } else { Weight::Name });
    }
    let opportunity = store::related::deal_of(db, lead.key.number)?;
    Ok(Matches { accounts: accounts.into_matches(db)?, contacts: contacts.into_matches(db)?, opportunity })
}

/// How much a thing in common says, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Own,
    Email,
    ContactEmail,
    Name,
    Phone,
    Domain,
    Namesake,
}

impl Weight {
    const fn is_strong(self) -> bool {
        matches!(self, Self::Own | Self::Email | Self::ContactEmail)
    }
}

/// Records found so far with what they have in common with the lead.
struct Found {
    entity: Entity,
    found: Vec<(i64, Vec<(Weight, String)>)>,
}

impl Found {
    const fn new(entity: Entity) -> Self {
        Self { entity, found: Vec::new() }
    }

    fn add(&mut self, number: i64, reason: &str, weight: Weight) {
        let reasons = match self.found.iter_mut().find(|(other, _)| *other == number) {
            Some((_, reasons)) => reasons,
            None => {
                self.found.push((number, Vec::new()));
                match self.found.last_mut() {
                    Some((_, reasons)) => reasons,
                    None => return,
                }
            }
        };
        if !reasons.iter().any(|(_, known)| known == reason) {
            reasons.push((weight, reason.to_owned()));
        }
    }

    fn into_matches(mut self, db: &Db) -> Result<Vec<Match>> {
        for (_, reasons) in &mut self.found {
            reasons.sort();
        }
        // the strongest first; of equals the one with more in common, then the older one
        self.found.sort_by_key(|(number, reasons)| (reasons.first().map(|r| r.0), std::cmp::Reverse(reasons.len()), *number));
        let mut matches = Vec::new();
        for (number, reasons) in self.found {
            if matches.len() >= MOST {
                break;
            }
            let key = self.entity.numbered(number);
            let place = customer::place(db, key)?;
            if place.is_deleted {
                continue;
            }
            matches.push(Match {
                key,
                name: place.name,
                place: if self.entity == Entity::Contact { place.account } else { place.city },
                is_strong: reasons.first().is_some_and(|(weight, _)| weight.is_strong()),
                reasons: reasons.into_iter().map(|(_, reason)| reason).collect(),
            });
        }
        Ok(matches)
    }
}
