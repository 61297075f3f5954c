//! What comes of leads, counted by rows: states, times, opportunities, revenue, cost. Names and draws nothing.

use std::collections::HashMap;

use super::groups::Groups;
use super::scope::Scope;
use crate::error::Result;
use crate::model::choice::{DISQUALIFIED, LOST, OPEN, QUALIFIED, WON};
use crate::model::entity::Entity;
use crate::model::report::figure::nearest;
use crate::model::report::{Amounts, Period};
use crate::store::list::NumberSet;
use crate::store::report::{lead, opportunity};

/// What is counted of a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub leads: i64,
    pub open: i64,
    pub qualified: i64,
    pub disqualified: i64,
    /// From entry to the close of each qualified lead, in µs.
    pub times: Vec<i64>,
    /// Qualified leads that no opportunity came from.
    pub without: i64,
    pub opportunities: i64,
    pub won: i64,
    pub lost: i64,
    pub from: Amounts,
    pub through: Amounts,
    pub cost: Amounts,
}

impl Tally {
    /// Adds another; what came through leads cannot be added and is counted by rows.
    fn add(&mut self, other: &Self) {
        self.leads += other.leads;
        self.open += other.open;
        self.qualified += other.qualified;
        self.disqualified += other.disqualified;
        self.times.extend(&other.times);
        self.without += other.without;
        self.opportunities += other.opportunities;
        self.won += other.won;
        self.lost += other.lost;
        self.from.add_all(&other.from);
        self.cost.add_all(&other.cost);
    }
}

/// Leads that no row knows.
const NOWHERE: u32 = u32::MAX;

/// Leads of one value of the grouping column are one class; rows consist of classes.
#[derive(Default)]
struct Classes {
    keys: HashMap<Option<i64>, u32>,
    /// The rows of each class, the whole as the last one.
    rows: Vec<Vec<usize>>,
    tallies: Vec<Tally>,
    /// The class of each lead by its number.
    of: Vec<u32>,
    qualified: Vec<i64>,
    /// Which leads have which accounts and contacts: the customer, the class.
    accounts: Vec<(i64, u32)>,
    contacts: Vec<(i64, u32)>,
}

impl Classes {
    fn class(&mut self, key: Option<i64>, groups: &Groups) -> u32 {
        if let Some(class) = self.keys.get(&key) {
            return *class;
        }
        let class = u32::try_from(self.rows.len()).unwrap_or(NOWHERE);
        self.keys.insert(key, class);
        self.rows.push(groups.rows(key).iter().copied().chain([groups.all.len()]).collect());
        self.tallies.push(Tally::default());
        class
    }

    fn of(&self, lead: i64) -> Option<u32> {
        let place = usize::try_from(lead).ok()?;
        self.of.get(place).copied().filter(|class| *class != NOWHERE)
    }

    fn tally(&mut self, class: u32) -> Option<&mut Tally> {
        self.tallies.get_mut(usize::try_from(class).ok()?)
    }
}

/// What comes of the leads of a report, of all times or of a period: a tally a row, the whole behind them.
pub(super) fn tally(scope: &Scope<'_>, groups: &Groups, period: Option<&Period>) -> Result<Vec<Tally>> {
    let mut classes = leads(scope, groups, period)?;
    customers(scope, &mut classes)?;
    let through = deals(scope, groups, &mut classes)?;
    costs(scope, &mut classes)?;
    let mut rows = vec![Tally::default(); groups.all.len() + 1];
    for (class, tally) in classes.tallies.iter().enumerate() {
        for row in &classes.rows[class] {
            rows[*row].add(tally);
        }
    }
    for (row, through) in rows.iter_mut().zip(through) {
        row.through = through;
    }
    Ok(rows)
}

fn leads(scope: &Scope<'_>, groups: &Groups, period: Option<&Period>) -> Result<Classes> {
    let mut classes = Classes::default();
    let mut last = None;
    let moments = scope.moments(period);
    lead::outcomes(scope.db, groups.column, scope.within.as_deref(), &|rows| scope.advance(rows), |lead| {
        if !moments.contains(&lead.created_at) {
            return Ok(());
        }
        // leads of one key come one after the other
        let class = match last {
            Some((key, class)) if key == lead.key => class,
            _ => classes.class(lead.key, groups),
        };
        last = Some((lead.key, class));
        let place = usize::try_from(lead.number).unwrap_or_default();
        if place >= classes.of.len() {
            classes.of.resize((place + 1).next_power_of_two(), NOWHERE);
        }
        classes.of[place] = class;
        if let Some(account) = lead.account {
            classes.accounts.push((account, class));
        }
        if let Some(contact) = lead.contact {
            classes.contacts.push((contact, class));
        }
        if lead.state == QUALIFIED {
            classes.qualified.push(lead.number);
        }
        let Some(tally) = classes.tally(class) else { return Ok(()) };
        tally.leads += 1;
        match lead.state {
            OPEN => tally.open += 1,
            QUALIFIED => {
                tally.qualified += 1;
                tally.times.extend(lead.closed_at.map(|closed| closed.saturating_sub(lead.created_at)));
            }
            DISQUALIFIED => tally.disqualified += 1,
            _ => {}
        }
        Ok(())
    })?;
    Ok(classes)
}

/// Adds the customers that leads are linked with, and puts all in order.
fn customers(scope: &Scope<'_>, classes: &mut Classes) -> Result<()> {
    for entity in [Entity::Account, Entity::Contact] {
        let mut linked = Vec::new();
        lead::links(scope.db, entity, |lead, other| linked.extend(classes.of(lead).map(|class| (other, class))))?;
        let customers = if entity == Entity::Account { &mut classes.accounts } else { &mut classes.contacts };
        customers.extend(linked);
        customers.sort_unstable();
        customers.dedup();
    }
    Ok(())
}

/// Counts the opportunities that came from leads, and gives back what came through leads by row.
fn deals(scope: &Scope<'_>, groups: &Groups, classes: &mut Classes) -> Result<Vec<Amounts>> {
    let mut through = vec![Amounts::default(); groups.all.len() + 1];
    let mut have = NumberSet::default();
    let mut seen = vec![false; groups.all.len() + 1];
    opportunity::deals(scope.db, None, &|rows| scope.advance(rows), |deal| {
        let class = deal.lead.and_then(|lead| classes.of(lead));
        if let (Some(class), Some(lead)) = (class, deal.lead) {
            have.insert(lead);
            if let Some(tally) = classes.tally(class) {
                tally.opportunities += 1;
                match deal.state {
                    WON => {
                        tally.won += 1;
                        if let Some(value) = deal.actual_value {
                            tally.from.add(deal.currency, value);
                        }
                    }
                    LOST => tally.lost += 1,
                    _ => {}
                }
            }
        }
        let Some(value) = deal.actual_value.filter(|_| deal.state == WON) else { return Ok(()) };
        let accounts = deal.account.map_or(&[][..], |account| of_customer(&classes.accounts, account));
        let contacts = deal.contact.map_or(&[][..], |contact| of_customer(&classes.contacts, contact));
        if accounts.is_empty() && contacts.is_empty() {
            return Ok(());
        }
        seen.iter_mut().for_each(|seen| *seen = false);
        let rows_of =
            |class: u32| usize::try_from(class).ok().and_then(|class| classes.rows.get(class)).map_or(&[][..], Vec::as_slice);
        for row in class.into_iter().flat_map(rows_of) {
            seen[*row] = true;
        }
        for row in accounts.iter().chain(contacts).flat_map(|(_, class)| rows_of(*class)) {
            if !std::mem::replace(&mut seen[*row], true) {
                through[*row].add(deal.currency, value);
            }
        }
        Ok(())
    })?;
    for lead in std::mem::take(&mut classes.qualified) {
        if !have.contains(lead)
            && let Some(tally) = classes.of(lead).and_then(|class| classes.tally(class))
        {
            tally.without += 1;
        }
    }
    Ok(through)
}

/// The entries of a customer in a list that is in order.
fn of_customer(all: &[(i64, u32)], customer: i64) -> &[(i64, u32)] {
    let from = all.partition_point(|(other, _)| *other < customer);
    let count = all[from..].partition_point(|(other, _)| *other == customer);
    &all[from..from + count]
}

/// What leads cost: their own cost, else their part of what their campaign cost, which is shared out evenly among all that it brought.
fn costs(scope: &Scope<'_>, classes: &mut Classes) -> Result<()> {
    let mut own = NumberSet::default();
    let mut found = Vec::new();
    lead::costs(scope.db, |lead, cost, currency| {
        own.insert(lead);
        found.extend(classes.of(lead).map(|class| (class, cost, currency.to_owned())));
    })?;
    for (class, cost, currency) in found {
        if let Some(tally) = classes.tally(class) {
            tally.cost.add(&currency, cost);
        }
    }
    for (campaign, cost, currency, brought) in lead::campaigns(scope.db)? {
        let mut parts: HashMap<u32, i64> = HashMap::new();
        lead::of_campaign(scope.db, campaign, |lead| {
            if let Some(class) = classes.of(lead).filter(|_| !own.contains(lead)) {
                *parts.entry(class).or_default() += 1;
            }
        })?;
        for (class, part) in parts {
            if let Some(tally) = classes.tally(class) {
                tally.cost.add(&currency, nearest(i128::from(cost) * i128::from(part), brought.max(1).into()));
            }
        }
    }
    Ok(())
}
