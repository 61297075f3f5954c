//! Many leads qualified at once, each with the same look for what it may already be: first what would become of them, then the act,
//! one step for all.

use super::matches::{self, Matches};
use super::{Deal, Part, Qualified, QualifyLead, qualify};
use crate::error::Result;
use crate::model::choice::OPEN;
use crate::model::entity::Entity;
use crate::model::record::Record;
use crate::service::act::{Act, Query, Tx};
use crate::service::context::Context;
use crate::service::scope::Targets;
use crate::store::{self, Db};

/// What many qualifications come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Qualifications {
    /// Leads that are qualified.
    pub leads: u64,
    /// Accounts that are new.
    pub accounts: u64,
    /// Contacts that are new.
    pub contacts: u64,
    /// Opportunities that are new.
    pub opportunities: u64,
    /// Leads that are tied to an account or a contact that is there.
    pub linked: u64,
    /// Leads that are not open, and are passed over.
    pub closed: u64,
}

impl Qualifications {
    fn add(&mut self, done: &Qualified) {
        let made = |entity| done.created.iter().filter(|record| record.entity == entity).count() as u64;
        self.leads += 1;
        self.accounts += made(Entity::Account);
        self.contacts += made(Entity::Contact);
        self.opportunities += made(Entity::Opportunity);
        self.linked += u64::from(!done.linked.is_empty());
    }
}

/// What would become of leads if all were qualified now.
#[derive(Clone, Debug, PartialEq)]
pub struct QualifyPlan {
    /// Which leads.
    pub targets: Targets,
    /// Whether each gets an opportunity.
    pub opportunity: bool,
}

impl Query for QualifyPlan {
    /// The newest operation beside it, so that a confirmed plan is known to be outdated.
    type Reply = (Qualifications, i64);

    /// The leads are looked at one by one, so two of one company that is not here yet count as two new accounts.
    fn run(&self, db: &Db, ctx: &Context) -> Result<(Qualifications, i64)> {
        let registry = &ctx.catalog.lead;
        let numbers = self.targets.numbers(db, ctx)?;
        let mut plan = Qualifications::default();
        for (done, number) in (0u64..).zip(&numbers) {
            ctx.advance(done, numbers.len() as u64)?;
            let lead = store::record::need(db, registry, *number)?;
            if !is_open(ctx, &lead) {
                plan.closed += 1;
                continue;
            }
            let found = matches::find(db, ctx, &lead)?;
            let (account, contact) = parts(ctx, &lead, &found);
            plan.leads += 1;
            plan.accounts += u64::from(account == Part::New);
            plan.contacts += u64::from(contact == Part::New);
            plan.linked += u64::from(matches!(account, Part::Existing(_)) || matches!(contact, Part::Existing(_)));
            plan.opportunities += u64::from(self.opportunity && found.opportunity.is_none());
        }
        Ok((plan, store::log::newest(db)?))
    }
}

/// Qualifies many leads, each as its page would preselect it; those that are not open are passed over.
#[derive(Clone, Debug, PartialEq)]
pub struct QualifyMany {
    /// Which leads.
    pub targets: Targets,
    /// Whether each gets an opportunity.
    pub opportunity: bool,
}

impl Act for QualifyMany {
    type Reply = Qualifications;

    fn name(&self) -> &'static str {
        "QualifyLead"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Qualifications> {
        let ctx = tx.ctx;
        let registry = &ctx.catalog.lead;
        let numbers = self.targets.numbers(tx.db, ctx)?;
        let mut sum = Qualifications::default();
        for (done, number) in (0u64..).zip(&numbers) {
            ctx.advance(done, numbers.len() as u64)?;
            let lead = store::record::need(tx.db, registry, *number)?;
            if !is_open(ctx, &lead) {
                sum.closed += 1;
                continue;
            }
            // what an earlier lead of this very act became is found here
            let found = matches::find(tx.db, ctx, &lead)?;
            let (account, contact) = parts(ctx, &lead, &found);
            let opportunity = (self.opportunity && found.opportunity.is_none()).then(Deal::default);
            sum.add(&qualify(tx, &QualifyLead { lead: *number, account, contact, opportunity, reason: None })?.1);
        }
        tx.say(sentence(&sum));
        Ok(sum)
    }
}

fn is_open(ctx: &Context, lead: &Record) -> bool {
    let registry = &ctx.catalog.lead;
    lead.named(registry, "status").as_int() == Some(OPEN) && lead.named(registry, "deleted_at").is_none()
}

/// What the page would preselect; of one company the account that has its very name is taken too, or forty leads of it would
/// become forty accounts.
fn parts(ctx: &Context, lead: &Record, found: &Matches) -> (Part, Part) {
    let account = match found.account(lead, &ctx.catalog) {
        Part::New => {
            let same = found.accounts.iter().find(|m| m.reasons.iter().any(|reason| reason == "same name"));
            same.map_or(Part::New, |same| Part::Existing(same.key.number))
        }
        other => other,
    };
    (account, found.contact())
}

/// `Qualified 12 leads: 3 accounts, 10 contacts, 12 opportunities new; 9 tied to what was there; 1 passed over`.
fn sentence(sum: &Qualifications) -> String {
    let made: Vec<String> =
        [(sum.accounts, Entity::Account), (sum.contacts, Entity::Contact), (sum.opportunities, Entity::Opportunity)]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, entity)| format!("{count} {}", entity.counted(count)))
            .collect();
    let mut text = format!("Qualified {} {}", sum.leads, Entity::Lead.counted(sum.leads));
    if !made.is_empty() {
        text.push_str(&format!(": {} new", made.join(", ")));
    }
    if sum.linked > 0 {
        text.push_str(&format!("; {} tied to what was there", sum.linked));
    }
    if sum.closed > 0 {
        text.push_str(&format!("; {} not open and passed over", sum.closed));
    }
    text
}
