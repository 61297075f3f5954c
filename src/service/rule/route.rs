//! Route: the rules asked by hand, and those that wait for time. Source: message Route; assignment rules on demand.

use std::collections::BTreeSet;

use super::apply::Told;
use super::ask;
use super::book::Book;
use super::event::{Event, EventKind};
use crate::error::{Error, Result};
use crate::model::catalog::Catalog;
use crate::model::definition::Trigger;
use crate::model::entity::Entity;
use crate::model::people::Role;
use crate::model::rights::Rights;
use crate::query::ast::{Expr, Op, Operand, Query};
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::context::Context;
use crate::service::scope::Targets;
use crate::store::{self, Db};

/// The name of the acts in the log.
pub(in crate::service) const NAME: &str = "Route";

/// Asks the rules that are asked by hand about leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Which leads.
    pub targets: Targets,
}

/// Asks the rules that wait for leads with which nothing happens. Cheap where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteIdle;

/// What the rules did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Routed {
    /// How many leads were asked about.
    pub asked: u64,
    /// How many a rule matched.
    pub matched: u64,
    /// How many got another owner.
    pub moved: u64,
    /// How many no rule matched.
    pub unmatched: u64,
    /// How many nobody could take.
    pub nobody: u64,
    /// Those that no rule matched and that are listed already: the log of the step does not say it again.
    pub listed: BTreeSet<i64>,
    /// How many were left out, because they are not the caller's to assign.
    pub others: u64,
    /// Rules that could not be asked and chains that were ended, a sentence each.
    pub warnings: Vec<String>,
}

impl From<&Told> for Routed {
    fn from(told: &Told) -> Self {
        let Told { asked, matched, moved, unmatched, nobody, .. } = *told;
        let (listed, warnings) = (told.listed.clone(), told.warnings());
        Self { asked, matched, moved, unmatched, nobody, listed, others: 0, warnings }
    }
}

impl Routed {
    /// Puts it behind what the act says.
    pub fn say(&self, tx: &mut Tx<'_>) {
        if self.matched > 0 {
            tx.also(&self.words());
        }
        self.warnings.iter().for_each(|sentence| tx.warn(sentence));
    }

    /// How many leads went where.
    pub fn words(&self) -> String {
        let mut words = format!("rules matched {} and gave {} to others", self.matched, self.moved);
        if self.nobody > 0 {
            words.push_str(&format!(", for {} there was nobody", self.nobody));
        }
        if self.unmatched > 0 {
            words.push_str(&format!(", no rule matched {}", self.unmatched));
        }
        if self.others > 0 {
            words.push_str(&format!(", {} are not yours to assign", self.others));
        }
        words
    }
}

/// The leads among some that the acting user may assign, and how many others there are: who may not hand a lead over has no rule do it
/// for them.
pub(super) fn assignable(db: &Db, ctx: &Context, leads: Vec<i64>) -> Result<(Vec<i64>, u64)> {
    if ctx.role == Role::Admin {
        return Ok((leads, 0));
    }
    let owned = store::firing::owned(db, &leads)?;
    let own = access::among(db, ctx, Entity::Lead, &owned, Rights::ASSIGN | Rights::WRITE)?;
    let others = (leads.len() - own.len()) as u64;
    Ok((own, others))
}

/// Who may let the rules loose on leads of others.
fn check(tx: &Tx<'_>) -> Result<()> {
    access::check_active(tx.ctx)?;
    match tx.ctx.role {
        Role::Admin | Role::Manager => Ok(()),
        _ => Err(Error::Denied(format!("routing leads needs the role manager or admin; {} has neither", tx.ctx.login()))),
    }
}

fn run(tx: &mut Tx<'_>, event: &Event, leads: &[i64]) -> Result<Told> {
    let mut told = Told::default();
    let book = Book::new(&tx.ctx.catalog.definitions, event, leads.len(), tx.ctx);
    ask(tx, &book, event, leads, None, &mut told)?;
    Ok(told)
}

impl Act for Route {
    type Reply = Routed;

    fn name(&self) -> &'static str {
        NAME
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Routed> {
        check(tx)?;
        if self.targets.entity() != Entity::Lead {
            return Err(Error::refused("rules are asked about leads", "name leads"));
        }
        let event = Event::of(EventKind::ByHand);
        if !tx.ctx.catalog.rules().any(|(_, rule)| rule.active && event.wakes(rule).is_some()) {
            return Err(Error::refused(
                "no rule is asked by hand",
                "give one the trigger by-hand: leadbook rule set NAME --on …",
            ));
        }
        let (leads, others) = assignable(tx.db, tx.ctx, self.targets.numbers(tx.db, tx.ctx)?)?;
        let routed = Routed { others, ..Routed::from(&run(tx, &event, &leads)?) };
        tx.say(format!("Routed {} {}: {}", routed.asked, Entity::Lead.counted(routed.asked), routed.words()));
        routed.warnings.iter().for_each(|sentence| tx.also(sentence));
        Ok(routed)
    }
}

/// The fewest days without an activity that a rule waits for.
fn least_idle(catalog: &Catalog) -> Option<i64> {
    let days = |trigger: &Trigger| if let Trigger::Idle(days) = trigger { Some(*days) } else { None };
    catalog.rules().filter(|(_, rule)| rule.active).flat_map(|(_, rule)| rule.on.iter().filter_map(days)).min()
}

/// Whether there is something for [`RouteIdle`] to do.
pub fn wait_for_time(catalog: &Catalog) -> bool {
    least_idle(catalog).is_some()
}

impl Act for RouteIdle {
    type Reply = Routed;

    fn name(&self) -> &'static str {
        NAME
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Routed> {
        let ctx = tx.ctx;
        let Some(least) = least_idle(&ctx.catalog) else { return Ok(Routed::default()) };
        // whoever happens to be there first sets off what would have happened anyway
        access::check_active(ctx)?;
        let lead = &ctx.catalog.lead;
        let open =
            Expr::Compare { field: lead.id("status"), op: Op::Is, values: vec![Operand::Code(crate::model::choice::OPEN)] };
        // who came later cannot have been left alone for so long
        let before = ctx.now() - least * 86_400_000_000;
        let old = Operand::Range { from: None, to: Some(before) };
        let old = Expr::Compare { field: lead.id("created_at"), op: Op::AtMost, values: vec![old] };
        let filter = Query { entity: Entity::Lead, filter: Expr::and([open, old]), sort: Vec::new() };
        let mut leads = store::list::numbers(tx.db, &ctx.into(), &filter, false)?;
        leads.sort_unstable();
        let told = run(tx, &Event::of(EventKind::Idle), &leads)?;
        if told.matched > 0 {
            tx.say(format!("Routed leads that were left alone: {}", Routed::from(&told).words()));
        }
        told.warnings().iter().for_each(|sentence| tx.also(sentence));
        Ok(Routed::from(&told))
    }
}
