//! What two records can have in common: the keys of one by which others are found, how much each thing in common says, and the records
//! found so far. Asks for nothing by itself.

use crate::error::Result;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::Registry;
use crate::model::fold::fold;
use crate::model::record::Record;
use crate::model::{company, email, phone};
use crate::store::Db;
use crate::store::customer::{self, Place};

/// The most candidates that are told of.
const MOST: usize = 8;
/// The fewest digits of a telephone number; fewer are an extension, and everybody's.
const DIGITS: usize = 6;

/// A record that another one may be too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which.
    pub key: RecordId,
    /// What it is called.
    pub name: String,
    /// Where it belongs: the company of a lead, the account of a contact, the town of an account.
    pub place: String,
    /// Why it may be the same, the strongest first.
    pub reasons: Vec<String>,
    /// Whether it is taken unless somebody says otherwise.
    pub is_strong: bool,
}

/// How much a thing in common says, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    Own,
    Email,
    ContactEmail,
    Name,
    Phone,
    Domain,
    Namesake,
    Colleague,
}

impl Weight {
    const fn is_strong(self) -> bool {
        matches!(self, Self::Own | Self::Email | Self::ContactEmail)
    }
}

/// By what others are found that may be the same as a record; an empty one finds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Keys {
    /// Its e-mail address.
    pub(super) email: String,
    /// The digits of its telephone numbers.
    pub(super) phones: Vec<String>,
    /// The domain that is its own; never one of a public mail provider.
    pub(super) domain: String,
    /// Its name, folded.
    pub(super) name: String,
}

impl Keys {
    /// The keys of a record of any kind.
    pub(super) fn of(registry: &Registry, record: &Record) -> Self {
        let text = |name: &str| registry.find(name).map_or("", |id| record.get(id).as_text());
        let mut phones: Vec<String> = ["phone", "mobile_phone"].iter().map(|name| phone::digits(text(name))).collect();
        phones.retain(|digits| digits.len() >= DIGITS);
        phones.dedup();
        Self {
            email: email::key(text("email")),
            phones,
            domain: [text("email"), text("website")].into_iter().find_map(company::domain).unwrap_or_default(),
            name: fold(text("name")),
        }
    }
}

/// Records found so far with what they have in common with the one that is compared.
pub(super) struct Found {
    pub(super) entity: Entity,
    found: Vec<(i64, Vec<(Weight, String)>)>,
}

impl Found {
    pub(super) const fn new(entity: Entity) -> Self {
        Self { entity, found: Vec::new() }
    }

    pub(super) fn add(&mut self, number: i64, reason: &str, weight: Weight) {
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

    /// The strongest first; of equals the one with more in common, then the older one.
    pub(super) fn into_matches(mut self, db: &Db) -> Result<Vec<Match>> {
        for (_, reasons) in &mut self.found {
            reasons.sort();
        }
        self.found.sort_by_key(|(number, reasons)| (reasons.first().map(|r| r.0), std::cmp::Reverse(reasons.len()), *number));
        let mut matches = Vec::new();
        for (number, reasons) in self.found {
            if matches.len() >= MOST {
                break;
            }
            let key = self.entity.numbered(number);
            let Place { name, company, city, is_deleted, .. } = customer::place(db, key)?;
            if is_deleted {
                continue;
            }
            matches.push(Match {
                key,
                name,
                place: if self.entity == Entity::Account { city } else { company },
                is_strong: reasons.first().is_some_and(|(weight, _)| weight.is_strong()),
                reasons: reasons.into_iter().map(|(_, reason)| reason).collect(),
            });
        }
        Ok(matches)
    }
}
