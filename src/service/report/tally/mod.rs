//! What comes of leads, counted by rows: states, times, opportunities, revenue, cost. Names and draws nothing.

mod classes;
mod customers;
mod quick;

use std::collections::HashMap;

use self::classes::Classes;
use self::customers::Customers;
use super::groups::Groups;
use super::scope::Scope;
use crate::error::Result;
use crate::model::choice::LOST;
use crate::model::entity::Entity;
use crate::model::report::figure::nearest;
use crate::model::report::{Amounts, Period};
use crate::store::list::NumberSet;
use crate::store::report::lead::{self, Spent};
use crate::store::report::opportunity::{self, Won};

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

    /// Counts a won opportunity that came from one of the leads.
    fn sold(&mut self, won: &Won<'_>) {
        self.opportunities += 1;
        self.won += 1;
        if let Some(value) = won.value {
            self.from.add(won.currency, value);
        }
    }
}

/// What comes of the leads of a report, of all times or of a period: a tally a row, the whole behind them.
pub(super) fn tally(scope: &Scope<'_>, groups: &Groups, period: Option<&Period>) -> Result<Vec<Tally>> {
    let quick = groups.column == "source" && scope.within.is_none() && period.is_none();
    let mut classes = if quick { quick::classes(scope, groups)? } else { leads(scope, groups, period)? };
    let customers = [customers(scope, &mut classes, Entity::Account)?, customers(scope, &mut classes, Entity::Contact)?];
    let through = deals(scope, groups, &mut classes, &customers)?;
    costs(scope, &mut classes, quick)?;
    let mut rows = vec![Tally::default(); groups.all.len() + 1];
    for (tally, of) in classes.tallies.iter().zip(&classes.rows) {
        of.iter().for_each(|row| rows[*row].add(tally));
    }
    for (row, through) in rows.iter_mut().zip(through) {
        row.through = through;
    }
    Ok(rows)
}

fn leads<'a>(scope: &Scope<'_>, groups: &'a Groups, period: Option<&Period>) -> Result<Classes<'a>> {
    let mut classes = Classes::new(groups, true);
    let entered = scope.moments(period);
    lead::outcomes(scope.db, groups.column, &entered, scope.within.as_deref(), &|rows| scope.advance(rows), |lead| {
        classes.add(lead, true);
        Ok(())
    })?;
    Ok(classes)
}

/// The customers of a kind, but deleted ones, that leads refer to or are linked with.
fn customers(scope: &Scope<'_>, classes: &mut Classes<'_>, entity: Entity) -> Result<Customers> {
    let mut pairs = std::mem::take(if entity == Entity::Account { &mut classes.accounts } else { &mut classes.contacts });
    let mut links = Vec::new();
    lead::links(scope.db, entity, |lead, other| links.push((lead, other)))?;
    for (lead, other) in links {
        pairs.extend(classes.of(scope.db, lead)?.map(|class| (other, class)));
    }
    let deleted = lead::deleted(scope.db, entity)?;
    pairs.retain(|(customer, _)| !deleted.contains(*customer));
    Ok(Customers::new(&pairs))
}

/// Counts the opportunities that came from leads, and gives back what came through leads by row.
fn deals(
    scope: &Scope<'_>,
    groups: &Groups,
    classes: &mut Classes<'_>,
    [of_accounts, of_contacts]: &[Customers; 2],
) -> Result<Vec<Amounts>> {
    let mut through = vec![Amounts::default(); groups.all.len() + 1];
    let mut have = NumberSet::default();
    opportunity::not_won(scope.db, &|rows| scope.advance(rows), |lead, state| {
        let Some(class) = classes.of(scope.db, lead)? else { return Ok(()) };
        have.insert(lead);
        if let Some(tally) = classes.tally(class) {
            tally.opportunities += 1;
            tally.lost += i64::from(state == LOST);
        }
        Ok(())
    })?;
    let mut seen = vec![false; groups.all.len() + 1];
    opportunity::won(scope.db, &|rows| scope.advance(rows), |won| {
        let class = match won.lead {
            Some(lead) => classes.of(scope.db, lead)?,
            None => None,
        };
        if let (Some(class), Some(lead)) = (class, won.lead) {
            have.insert(lead);
            if let Some(tally) = classes.tally(class) {
                tally.sold(&won);
            }
        }
        let Some(value) = won.value else { return Ok(()) };
        let [accounts, contacts] = [of_accounts.classes(won.account), of_contacts.classes(won.contact)];
        // mostly it is the lead's own customer, who has no other leads
        if accounts.iter().chain(contacts).all(|of| Some(*of) == class) {
            return Ok(());
        }
        seen.iter_mut().for_each(|seen| *seen = false);
        for row in class.into_iter().flat_map(|class| classes.rows_of(class)) {
            seen[*row] = true;
        }
        for row in accounts.iter().chain(contacts).flat_map(|class| classes.rows_of(*class)) {
            if !std::mem::replace(&mut seen[*row], true) {
                through[*row].add(won.currency, value);
            }
        }
        Ok(())
    })?;
    for lead in std::mem::take(&mut classes.qualified).into_iter().filter(|lead| !have.contains(*lead)) {
        if let Some(tally) = classes.of(scope.db, lead)?.and_then(|class| classes.tally(class)) {
            tally.without += 1;
        }
    }
    Ok(through)
}

/// What leads cost: their own cost, else their part of what their campaign cost, which is shared out evenly among all that it brought.
fn costs(scope: &Scope<'_>, classes: &mut Classes<'_>, by_source: bool) -> Result<()> {
    for (lead, cost, currency) in lead::costs(scope.db)? {
        if let Some(tally) = classes.of(scope.db, lead)?.and_then(|class| classes.tally(class)) {
            tally.cost.add(&currency, cost);
        }
    }
    for Spent { campaign, cost, currency } in lead::spent(scope.db)? {
        let mut brought = 0;
        let mut parts: HashMap<u32, i64> = HashMap::new();
        if by_source {
            for (source, all, part) in lead::brought(scope.db, campaign)? {
                brought += all;
                *parts.entry(classes.class(source)).or_default() += part;
            }
        } else {
            let mut found = Vec::new();
            lead::of_campaign(scope.db, campaign, |lead, has_own| {
                brought += 1;
                found.extend((!has_own).then_some(lead));
            })?;
            for lead in found {
                if let Some(class) = classes.of(scope.db, lead)? {
                    *parts.entry(class).or_default() += 1;
                }
            }
        }
        for (class, part) in parts.into_iter().filter(|(_, part)| *part > 0) {
            if let Some(tally) = classes.tally(class) {
                tally.cost.add(&currency, nearest(i128::from(cost) * i128::from(part), brought.max(1).into()));
            }
        }
    }
    Ok(())
}
