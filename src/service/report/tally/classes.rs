//! Leads in classes: those of one value of the grouping column are one, and rows consist of classes. Counts each class.

use std::collections::HashMap;

use super::Tally;
use crate::error::Result;
use crate::model::choice::{DISQUALIFIED, OPEN, QUALIFIED};
use crate::service::report::groups::Groups;
use crate::store::Db;
use crate::store::report::lead::{self, Outcome};

/// A lead of which nothing was read.
const UNREAD: u32 = u32::MAX;
/// A lead that does not count.
const NOWHERE: u32 = u32::MAX - 1;

/// The classes, and what is known of single leads.
pub(super) struct Classes<'a> {
    groups: &'a Groups,
    keys: HashMap<Option<i64>, u32>,
    last: Option<(Option<i64>, u32)>,
    /// The rows of each class, the whole as the last one.
    pub rows: Vec<Vec<usize>>,
    pub tallies: Vec<Tally>,
    /// The class of each lead by its number.
    of: Vec<u32>,
    /// Whether leads that were not read count nowhere; else they are looked up, which the sources alone can be.
    all_read: bool,
    pub qualified: Vec<i64>,
    /// Which leads have which accounts and contacts: the customer, the class.
    pub accounts: Vec<(i64, u32)>,
    pub contacts: Vec<(i64, u32)>,
}

impl<'a> Classes<'a> {
    pub fn new(groups: &'a Groups, all_read: bool) -> Self {
        Self {
            groups,
            keys: HashMap::new(),
            last: None,
            rows: Vec::new(),
            tallies: Vec::new(),
            of: Vec::new(),
            all_read,
            qualified: Vec::new(),
            accounts: Vec::new(),
            contacts: Vec::new(),
        }
    }

    /// The class of a value.
    pub fn class(&mut self, key: Option<i64>) -> u32 {
        // leads of one value come one after the other
        if let Some((_, class)) = self.last.filter(|(last, _)| *last == key) {
            return class;
        }
        let class = match self.keys.get(&key) {
            Some(class) => *class,
            None => {
                let class = u32::try_from(self.rows.len()).unwrap_or(NOWHERE);
                self.keys.insert(key, class);
                self.rows.push(self.groups.rows(key).iter().copied().chain([self.groups.all.len()]).collect());
                self.tallies.push(Tally::default());
                class
            }
        };
        self.last = Some((key, class));
        class
    }

    /// The tally of a class.
    pub fn tally(&mut self, class: u32) -> Option<&mut Tally> {
        self.tallies.get_mut(usize::try_from(class).ok()?)
    }

    /// The rows of a class.
    pub fn rows_of(&self, class: u32) -> &[usize] {
        usize::try_from(class).ok().and_then(|class| self.rows.get(class)).map_or(&[], Vec::as_slice)
    }

    fn put(&mut self, lead: i64, class: u32) {
        let Ok(place) = usize::try_from(lead) else { return };
        if place >= self.of.len() {
            self.of.resize((place + 1).next_power_of_two(), UNREAD);
        }
        self.of[place] = class;
    }

    /// The class of a lead; none of one that does not count.
    pub fn of(&mut self, db: &Db, lead: i64) -> Result<Option<u32>> {
        let known = usize::try_from(lead).ok().and_then(|place| self.of.get(place)).copied().unwrap_or(UNREAD);
        let class = match known {
            UNREAD if self.all_read => NOWHERE,
            UNREAD => {
                let class = lead::source_of(db, lead)?.map_or(NOWHERE, |source| self.class(source));
                self.put(lead, class);
                class
            }
            known => known,
        };
        Ok(Some(class).filter(|class| *class != NOWHERE))
    }

    /// Takes a lead's class and customers in; counts it unless that is done.
    pub fn add(&mut self, lead: Outcome, counts: bool) {
        let class = self.class(lead.key);
        self.put(lead.number, class);
        self.accounts.extend(lead.account.map(|account| (account, class)));
        self.contacts.extend(lead.contact.map(|contact| (contact, class)));
        if lead.state == QUALIFIED {
            self.qualified.push(lead.number);
        }
        let Some(tally) = self.tally(class) else { return };
        if lead.state == QUALIFIED {
            tally.times.extend(lead.closed_at.map(|closed| closed.saturating_sub(lead.created_at)));
        }
        if counts {
            tally.count(lead.state, 1);
        }
    }
}

impl Tally {
    /// Counts leads of a state.
    pub fn count(&mut self, state: i64, leads: i64) {
        self.leads += leads;
        match state {
            OPEN => self.open += leads,
            QUALIFIED => self.qualified += leads,
            DISQUALIFIED => self.disqualified += leads,
            _ => {}
        }
    }
}
