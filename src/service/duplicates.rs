//! RetrieveDuplicates: which other records of its kind a record may be too, and why. Source: the duplicate rules that ship (e-mail,
//! phone, a same or similar name with the company, name with the domain of the mail). Writes nothing, and reads through indexed keys alone.

use crate::error::{Error, Result};
use crate::model::company;
use crate::model::entity::{Entity, RecordId};
use crate::model::fold::{fold, words_of_key};
use crate::service::act::Query;
use crate::service::alike::{Found, Keys, Weight};
use crate::service::context::Context;
use crate::store::customer::{self, By};
use crate::store::{self, Db};

pub use crate::service::alike::Match;

/// The most records that one thing in common is asked for.
const EACH: usize = 20;
/// The most namesakes, and leads of one company, that are looked at: a name may be everybody's.
const NAMESAKES: usize = 500;
/// A name alone says something while so many have it at most.
const RARE: usize = 3;

/// The records of its own kind that a lead, an account or a contact may be too, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetrieveDuplicates {
    /// The record that is compared; it is not among what is found, nor is what is deleted or merged.
    pub record: RecordId,
}

impl Query for RetrieveDuplicates {
    type Reply = Vec<Match>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<Match>> {
        let entity = self.record.entity;
        if !matches!(entity, Entity::Lead | Entity::Account | Entity::Contact) {
            let headline = format!("{} is {}, and has no duplicates", self.record, entity.one());
            return Err(Error::refused(headline, "leads, accounts and contacts are compared"));
        }
        let registry = ctx.catalog.registry(entity);
        let record = store::record::need(db, registry, self.record.number)?;
        let keys = Keys::of(registry, &record);
        let mut found = Others { own: self.record.number, found: Found::new(entity) };
        for number in customer::by(db, entity, By::Email(&keys.email), EACH)? {
            found.add(number, "same e-mail", Weight::Email);
        }
        for digits in &keys.phones {
            for number in customer::by(db, entity, By::Phone(digits), EACH)? {
                found.add(number, "same phone", Weight::Phone);
            }
        }
        if entity == Entity::Account {
            for number in customer::by(db, entity, By::Stem(&company::stem(&keys.name)), EACH)? {
                found.add(number, "same name", Weight::Name);
            }
            for number in customer::by(db, entity, By::Domain(&keys.domain), EACH)? {
                found.add(number, "same mail domain", Weight::Domain);
            }
        } else {
            let own = customer::place(db, self.record)?;
            found.namesakes(db, entity, &keys, &company::stem(&own.company))?;
            if entity == Entity::Lead {
                found.colleagues(db, &own.company, &keys.name)?;
            }
        }
        found.found.into_matches(db)
    }
}

/// What is found beside the record itself.
struct Others {
    own: i64,
    found: Found,
}

impl Others {
    fn add(&mut self, number: i64, reason: &str, weight: Weight) {
        if number != self.own {
            self.found.add(number, reason, weight);
        }
    }

    /// People of this name: of the same company, with the same mail domain, or, where the name is rare, of whom no company is known.
    fn namesakes(&mut self, db: &Db, entity: Entity, keys: &Keys, stem: &str) -> Result<()> {
        let mut by_name_alone = Vec::new();
        for number in customer::by(db, entity, By::Name(&keys.name), NAMESAKES)? {
            let place = customer::place(db, entity.numbered(number))?;
            let theirs = company::stem(&place.company);
            let (reason, weight) = match () {
                () if !stem.is_empty() && theirs == stem => ("same name and company", Weight::Name),
                () if !keys.domain.is_empty() && place.domain == keys.domain => ("same name and mail domain", Weight::Name),
                () => {
                    if number != self.own && (stem.is_empty() || theirs.is_empty()) {
                        by_name_alone.push(number);
                    }
                    continue;
                }
            };
            self.add(number, reason, weight);
        }
        if by_name_alone.len() <= RARE {
            by_name_alone.into_iter().for_each(|number| self.add(number, "same name", Weight::Namesake));
        }
        Ok(())
    }

    /// Leads of the same company under a name with the same surname, or under none. Others are other people.
    fn colleagues(&mut self, db: &Db, company: &str, name: &str) -> Result<()> {
        let stem = company::stem(company);
        if stem.is_empty() {
            return Ok(());
        }
        for number in customer::by(db, Entity::Lead, By::Company(&company::beginning(company)), NAMESAKES)? {
            let place = customer::place(db, Entity::Lead.numbered(number))?;
            if company::stem(&place.company) != stem {
                continue;
            }
            let theirs = fold(&place.name);
            let alike = has_surname_of(name, &theirs) || has_surname_of(&theirs, name);
            if name.is_empty() || theirs.is_empty() {
                self.add(number, "same company", Weight::Namesake);
            } else if theirs != name && alike {
                self.add(number, "same company, similar name", Weight::Colleague);
            }
        }
        Ok(())
    }
}

/// Whether a folded name has the last word of another one.
fn has_surname_of(name: &str, other: &str) -> bool {
    words_of_key(other).last().is_some_and(|surname| words_of_key(name).any(|word| word == surname))
}
