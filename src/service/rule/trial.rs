//! Trying rules without doing anything: who would get what over a filter, and what a condition finds. Writes nothing.

use std::collections::BTreeMap;

use super::book::Book;
use super::decide::{Decision, decide};
use super::event::{Event, EventKind};
use super::pool::{Pool, Why};
use super::route::assignable;
use crate::error::{Error, Result};
use crate::model::choice::OPEN;
use crate::model::definition::{Body, Definition};
use crate::model::entity::Entity;
use crate::model::people::Role;
use crate::query::ast::{Expr, Op, Operand, Query as Filter};
use crate::query::parse;
use crate::service::act::Query;
use crate::service::context::Context;
use crate::service::scope::Targets;
use crate::store::{Db, list};

/// What the rules would do with leads.
#[derive(Clone, Debug, PartialEq)]
pub struct TryRoute {
    /// Which leads.
    pub targets: Targets,
    /// The rules instead of those of the database: all of them, as they are while somebody edits them.
    pub rules: Option<Vec<Definition>>,
    /// What happens to the leads; none asks every active rule that waits for leads that come in or are routed.
    pub event: Option<EventKind>,
    /// With no event: a rule that is asked too, by its number, whatever it waits for, as one that somebody edits.
    pub also: Option<i64>,
}

/// A rule of a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriedRule {
    /// Its number; 0 for one that is not saved.
    pub number: i64,
    /// What it is called.
    pub name: String,
    /// The branches of its condition.
    pub parts: Vec<String>,
    /// How many leads it would match.
    pub matched: u64,
}

/// What would be done with one lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// The lead.
    pub lead: i64,
    /// The code of its owner.
    pub now: i64,
    /// The code of the owner that it would have.
    pub would: i64,
    /// The place of the rule among those of the trial, and of the branch that holds; none where no rule matches.
    pub rule: Option<(usize, usize)>,
    /// Why this owner.
    pub why: Why,
}

impl Tried {
    /// Whether another owner would have it.
    pub const fn moves(&self) -> bool {
        self.now != self.would
    }
}

/// What the rules would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The rules that were asked.
    pub rules: Vec<TriedRule>,
    /// Every lead that they were asked about, by number.
    pub rows: Vec<Tried>,
    /// Of each owner by code: how many of these leads they have, and how many they would have.
    pub owners: BTreeMap<i64, (u64, u64)>,
    /// How many would get another owner.
    pub moved: u64,
    /// How many no rule matches.
    pub unmatched: u64,
    /// How many nobody could take.
    pub nobody: u64,
    /// How many were left out, because they are not the caller's to assign.
    pub others: u64,
    /// Active rules that were not asked: what each is called, and what it waits for.
    pub waiting: Vec<(String, String)>,
    /// Rules that cannot be asked, a sentence each.
    pub broken: Vec<String>,
}

impl Query for TryRoute {
    type Reply = Trial;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Trial> {
        if self.targets.entity() != Entity::Lead {
            return Err(Error::refused("rules are asked about leads", "name leads"));
        }
        let definitions = self.rules.as_ref().unwrap_or(&ctx.catalog.definitions);
        let leads = self.targets.numbers(db, ctx)?;
        // who can route gets what routing would do; who cannot may look all the same
        let (leads, others) = match (self.event, ctx.role) {
            (Some(EventKind::ByHand), Role::Manager) => assignable(db, ctx, leads)?,
            _ => (leads, 0),
        };
        let book = match self.event {
            Some(kind) => Book::new(definitions, &Event::of(kind), leads.len(), ctx),
            None => Book::of_entry(definitions, self.also, leads.len(), ctx),
        };
        let mut pool = Pool::new(db, ctx)?;
        let decisions = decide(db, ctx, &book, &mut pool, &leads, None)?;
        let is_asked = |number: i64| book.rules.iter().any(|ready| ready.number == number);
        let waiting = definitions.iter().filter_map(|one| match &one.body {
            Body::Rule(rule) if rule.active && !is_asked(one.number) => Some((one.name.clone(), rule.waits()?)),
            _ => None,
        });
        let waiting = waiting.collect();
        let rules = book.rules.iter().map(|ready| TriedRule {
            number: ready.number,
            name: ready.name.clone(),
            parts: ready.parts.clone(),
            matched: 0,
        });
        let mut trial = Trial {
            rules: rules.collect(),
            rows: Vec::with_capacity(decisions.len()),
            owners: BTreeMap::new(),
            moved: 0,
            unmatched: 0,
            nobody: 0,
            others,
            waiting,
            broken: book.broken,
        };
        // leads with which something happens without a rule for it are not told by the act either
        let counts = |decision: &Decision| decision.rule.is_some() || self.event.is_none_or(EventKind::is_entry);
        for decision in decisions.into_iter().filter(counts) {
            let would = decision.to.unwrap_or(decision.from);
            trial.owners.entry(decision.from).or_default().0 += 1;
            trial.owners.entry(would).or_default().1 += 1;
            trial.moved += u64::from(would != decision.from);
            trial.nobody += u64::from(matches!(decision.why, Why::Nobody(_)));
            match decision.rule {
                Some((rule, _)) => trial.rules[rule].matched += 1,
                None => trial.unmatched += 1,
            }
            trial.rows.push(Tried { lead: decision.lead, now: decision.from, would, rule: decision.rule, why: decision.why });
        }
        Ok(trial)
    }
}

/// What a condition finds among open leads, while it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleMatches {
    /// The condition as text.
    pub when: String,
    /// At most so many of them are named.
    pub limit: usize,
}

/// What it finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// How many open leads.
    pub count: u64,
    /// The first of them.
    pub first: Vec<i64>,
}

impl Query for RuleMatches {
    type Reply = Matches;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Matches> {
        let parsed = parse(&self.when, &ctx.reading()).map_err(|error| Error::invalid("when", error.to_string()))?;
        let status = ctx.catalog.lead.id("status");
        let open = Expr::Compare { field: status, op: Op::Is, values: vec![Operand::Code(OPEN)] };
        let filter = Filter { filter: Expr::and([open, parsed.filter]), ..parsed };
        let count = list::count(db, &ctx.into(), &filter)?;
        let rows = list::page(db, &ctx.catalog.lead, &ctx.into(), &filter, self.limit, &[])?;
        Ok(Matches { count, first: rows.iter().map(|row| row.key.number).collect() })
    }
}
