//! What qualified leads became: an account, a contact and an opportunity that is open, won or lost, as qualifying makes them, and what these
//! customers bought later. Writes nothing.

use std::collections::HashMap;

use super::random::Random;
use super::story::DAY;
use crate::model::catalog::Catalog;
use crate::model::choice::{BEST_CASE, COMMITTED, LOST, PIPELINE, QUALIFIED, WON};
use crate::model::company;
use crate::model::entity::{Entity, RecordId};
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::Value;
use crate::service::qualify::from_lead;

/// How many of a hundred qualified leads became an opportunity.
const DEALS: usize = 80;
/// Days after which an opportunity is mostly decided.
const DECIDED: i64 = 90;
/// How many of a hundred customers are asked to buy again, each time that they could.
const AGAIN: usize = 52;
/// Days from one sale to the next, the fewest and the most.
const BETWEEN: (i64, i64) = (30, 400);
/// The role of the contact on the opportunity. Source: the contact of a qualified lead is a stakeholder.
pub const STAKEHOLDER: &str = "Stakeholder";

/// What one lead became.
#[derive(Clone, Debug, Default)]
pub struct Became {
    /// The records that are new, in the order in which they are written.
    pub records: Vec<Record>,
    /// The opportunities, each with its contact, which are linked.
    pub links: Vec<(RecordId, RecordId)>,
}

/// The customers so far.
#[derive(Debug)]
pub struct Customers {
    random: Random,
    /// What customers buy later has dice of its own, so that all else is the same with it and without.
    later: Random,
    /// The first moment that is not past, in µs UTC.
    end: i64,
    accounts: HashMap<String, i64>,
    /// How many accounts, contacts and opportunities there are.
    pub made: [i64; 3],
}

impl Customers {
    /// None yet. The dice are their own, so that the leads are the same with them and without.
    pub fn new(seed: u64, end: i64) -> Self {
        let [random, later] = [0x0c05_7033, 0x0a6a_1290].map(|own| Random::new(seed ^ own));
        Self { random, later, end, accounts: HashMap::new(), made: [0; 3] }
    }

    fn next(&mut self, entity: Entity) -> RecordId {
        let place = match entity {
            Entity::Account => 0,
            Entity::Contact => 1,
            _ => 2,
        };
        self.made[place] += 1;
        entity.numbered(self.made[place])
    }

    /// A new record with what the lead says, made at this moment.
    fn record(&mut self, catalog: &Catalog, lead: &Record, entity: Entity, at: i64) -> Record {
        let registry = catalog.registry(entity);
        let key = self.next(entity);
        let mut record = Record::new(key, self.random.id(at), 1, Vec::new());
        let by = lead.named(&catalog.lead, "modified_by").clone();
        let stamps = [
            ("created_at", Value::Instant(at)),
            ("created_by", by.clone()),
            ("modified_at", Value::Instant(at)),
            ("modified_by", by),
            ("originating_lead", Value::link(lead.key.number)),
        ];
        for (id, value) in rules::defaults(registry).into_iter().chain(from_lead(catalog, lead, entity)) {
            record.set(id, value);
        }
        for (name, value) in stamps {
            record.set(registry.id(name), value);
        }
        record
    }

    /// What a lead became; one that is not qualified became nothing. Its references to the new records are written into it.
    pub fn of(&mut self, catalog: &Catalog, lead: &mut Record) -> Became {
        let own = &catalog.lead;
        let mut became = Became::default();
        let closed = match (lead.named(own, "status").as_int(), lead.named(own, "closed_at")) {
            (Some(QUALIFIED), Value::Instant(at)) => *at,
            _ => return became,
        };
        let stem = company::stem(lead.text(own, "company"));
        let known = self.accounts.get(&stem).copied();
        let account = match known {
            Some(number) => Some(number),
            None if stem.is_empty() => None,
            None => {
                let account = self.record(catalog, lead, Entity::Account, closed);
                let number = account.key.number;
                self.accounts.insert(stem, number);
                became.records.push(account);
                Some(number)
            }
        };
        let mut contact = self.record(catalog, lead, Entity::Contact, closed);
        let number = contact.key.number;
        if let Some(account) = account {
            contact.set(catalog.contact.id("account"), Value::link(account));
            lead.set(own.id("parent_account"), Value::link(account));
        }
        lead.set(own.id("parent_contact"), Value::link(number));
        if let Some(account) = became.records.first_mut() {
            account.set(catalog.account.id("primary_contact"), Value::link(number));
        }
        rules::complete(&catalog.contact, &mut contact, "");
        let contact_key = contact.key;
        became.records.push(contact);
        if self.random.percent(DEALS) {
            let mut deal = self.deal(catalog, lead, closed);
            self.tell(catalog, &mut deal, closed);
            became.links.push((deal.key, contact_key));
            became.records.push(deal);
        }
        became
    }

    /// An opportunity for the account and the contact that a lead became.
    fn deal(&mut self, catalog: &Catalog, lead: &Record, at: i64) -> Record {
        let (own, registry) = (&catalog.lead, &catalog.opportunity);
        let mut deal = self.record(catalog, lead, Entity::Opportunity, at);
        for (name, of_lead) in [("account", "parent_account"), ("contact", "parent_contact")] {
            if let Some(number) = lead.named(own, of_lead).as_int() {
                deal.set(registry.id(name), Value::link(number));
            }
        }
        deal
    }

    /// Adds what was offered to the customer that a lead became after that: it came from no lead.
    pub fn return_to(&mut self, catalog: &Catalog, lead: &Record, became: &mut Became) {
        let (own, registry) = (&catalog.lead, &catalog.opportunity);
        let (Value::Instant(closed), Some(contact)) = (lead.named(own, "closed_at"), lead.named(own, "parent_contact").as_int())
        else {
            return;
        };
        let mut at = *closed;
        while self.later.percent(AGAIN) {
            at += self.later.between(BETWEEN.0, BETWEEN.1) * DAY;
            if at >= self.end {
                return;
            }
            // the dice of the first sale decide this one too, and go back where they were
            std::mem::swap(&mut self.random, &mut self.later);
            let mut deal = self.deal(catalog, lead, at);
            self.tell(catalog, &mut deal, at);
            std::mem::swap(&mut self.random, &mut self.later);
            deal.set(registry.id("originating_lead"), Value::None);
            became.links.push((deal.key, Entity::Contact.numbered(contact)));
            became.records.push(deal);
        }
    }

    /// How far an opportunity came until now.
    fn tell(&mut self, catalog: &Catalog, deal: &mut Record, since: i64) {
        let registry = &catalog.opportunity;
        let age = (self.end - since) / DAY;
        let decided = self.random.between(10, 2 * DECIDED);
        if age <= decided || self.random.percent(6) {
            let stage = self.random.between(1, 3).min(1 + age / 20);
            deal.set(registry.id("stage"), Value::Choice(stage));
            let (probability, category) =
                [(10, PIPELINE), (25, PIPELINE), (50, BEST_CASE), (75, COMMITTED)][usize::try_from(stage).unwrap_or(0)];
            deal.set(registry.id("probability"), Value::Int(probability));
            deal.set(registry.id("forecast_category"), Value::Choice(category));
            return;
        }
        let at = since + decided * DAY;
        let won = self.random.percent(55);
        deal.set(registry.id("stage"), Value::Choice(3));
        deal.set(registry.id("status"), Value::Choice(if won { WON } else { LOST }));
        deal.set(registry.id("status_reason"), Value::Choice(if won { 3 } else { self.random.between(4, 5) }));
        deal.set(registry.id("actual_close_date"), Value::Date(i32::try_from(at / DAY).unwrap_or(i32::MAX)));
        deal.set(registry.id("modified_at"), Value::Instant(at));
        if won {
            deal.set(registry.id("actual_value"), deal.named(registry, "estimated_value").clone());
        }
    }
}
