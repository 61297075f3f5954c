//! Trying rules without doing anything: who would get what over a filter, and what a condition finds. Keeps nothing of what it writes
//! to see what follows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::apply::Told;
use super::ask;
use super::book::{Book, Ready};
use super::decide::{Decision, decide};
use super::event::{Event, EventKind, Waiting};
use super::pool::{Pool, Why};
use super::route::{self, assignable};
use crate::error::{Error, Result};
use crate::model::catalog::Catalog;
use crate::model::choice::OPEN;
use crate::model::definition::{Body, Definition};
use crate::model::entity::Entity;
use crate::model::people::Role;
use crate::query::ast::{Expr, Op, Operand, Query as Filter};
use crate::query::parse;
use crate::service::act::{Query, Tx};
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
    /// The place of the rule among those of the trial, and of the branch that holds; none where no rule matches. Where rules follow on the
    /// first one, the last that chose an owner.
    pub rule: Option<(usize, usize)>,
    /// The places of the other rules that fire for it.
    pub others: Vec<usize>,
    /// Why this owner.
    pub why: Why,
}

impl TriedRule {
    const fn new(number: i64, name: String, parts: Vec<String>) -> Self {
        Self { number, name, parts, matched: 0 }
    }
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
    /// Rules that cannot be asked, chains that would be ended, and what was not followed, a sentence each.
    pub broken: Vec<String>,
}

/// What rules write may make other rules be asked; of so many leads this is tried too, as they are written for that.
const FOLLOWED: usize = 1_000;

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
        let followed = self.follow(db, ctx, definitions, &book, &decisions)?;
        let mut trial = Trial::of(&book, others);
        // leads with which something happens without a rule for it are not told by the act either
        let counts = |decision: &Decision| decision.rule.is_some() || self.event.is_none_or(EventKind::is_entry);
        trial.rows.reserve(decisions.len());
        for decision in decisions.into_iter().filter(counts) {
            trial.nobody += u64::from(matches!(decision.why, Why::Nobody(_)));
            match decision.rule {
                Some((rule, _)) => trial.rules[rule].matched += 1,
                None => trial.unmatched += 1,
            }
            let (lead, now) = (decision.lead, decision.from);
            trial.rows.push(Tried {
                lead,
                now,
                would: decision.to.unwrap_or(now),
                rule: decision.rule,
                others: Vec::new(),
                why: decision.why,
            });
        }
        match followed {
            Followed::Nothing => {}
            Followed::Told(told) => trial.go_on(told),
            Followed::Not(why) => trial.broken.push(format!("what follows from what these rules write is not tried: {why}")),
        }
        for row in &trial.rows {
            trial.owners.entry(row.now).or_default().0 += 1;
            trial.owners.entry(row.would).or_default().1 += 1;
            trial.moved += u64::from(row.moves());
        }
        let is_asked = |number: i64| trial.rules.iter().any(|rule| rule.number == number);
        let waiting = definitions.iter().filter_map(|one| match &one.body {
            Body::Rule(rule) if rule.active && !is_asked(one.number) => Some((one.name.clone(), rule.waits()?)),
            _ => None,
        });
        trial.waiting = waiting.collect();
        Ok(trial)
    }
}

/// What follows from what the rules of a trial write.
enum Followed {
    /// No rule waits for it.
    Nothing,
    /// What the rules did when they were let loose, and that was taken back.
    Told(Box<Told>),
    /// It is not known, and why.
    Not(&'static str),
}

impl TryRoute {
    /// Does the real thing and takes it back, where rules wait for what others write.
    fn follow(
        &self,
        db: &Db,
        ctx: &Context,
        definitions: &[Definition],
        book: &Book,
        decisions: &[Decision],
    ) -> Result<Followed> {
        let waiting = Waiting::new(definitions);
        let chained: Vec<bool> = book.rules.iter().map(|ready| waiting.follow(&ready.rule)).collect();
        let matched: Vec<i64> =
            decisions.iter().filter(|decision| decision.rule.is_some()).map(|decision| decision.lead).collect();
        if !decisions.iter().any(|decision| decision.rule.is_some_and(|(rule, _)| chained[rule])) {
            return Ok(Followed::Nothing);
        }
        if matched.len() > FOLLOWED {
            return Ok(Followed::Not("more than 1,000 leads match; try fewer"));
        }
        let catalog = Catalog { definitions: definitions.to_vec(), ..(*ctx.catalog).clone() };
        let ctx = Context { catalog: Arc::new(catalog), ..ctx.clone() };
        let event = Event::of(self.event.unwrap_or(EventKind::ByHand));
        let told = db.rehearse(|db| {
            let mut told = Told::tracing();
            ask(&mut Tx::new(db, &ctx, route::NAME), book, &event, &matched, None, &mut told)?;
            Ok(told)
        })?;
        Ok(told.map_or(Followed::Not("somebody else is writing, or nobody can"), |told| Followed::Told(Box::new(told))))
    }
}

impl Trial {
    fn of(book: &Book, others: u64) -> Self {
        let one = |ready: &Ready| TriedRule::new(ready.number, ready.name.clone(), ready.parts.clone());
        Self {
            rules: book.rules.iter().map(one).collect(),
            rows: Vec::new(),
            owners: BTreeMap::new(),
            moved: 0,
            unmatched: 0,
            nobody: 0,
            others,
            waiting: Vec::new(),
            broken: book.broken.clone(),
        }
    }

    /// Goes on with what followed: who has a lead at the end, and by which rule.
    fn go_on(&mut self, mut told: Box<Told>) {
        let places: BTreeMap<i64, usize> = self.rows.iter().enumerate().map(|(place, row)| (row.lead, place)).collect();
        let mut fired: BTreeSet<(i64, i64)> = BTreeSet::new();
        let first = |row: &Tried, rules: &[TriedRule]| row.rule.map(|(rule, _)| (row.lead, rules[rule].number));
        fired.extend(self.rows.iter().filter_map(|row| first(row, &self.rules)));
        for traced in told.take_trace() {
            let (number, name, parts) = traced.rule;
            let Some(row) = places.get(&traced.lead).map(|place| &mut self.rows[*place]) else { continue };
            // the first rule of each lead is told already
            if !fired.insert((traced.lead, number)) {
                continue;
            }
            let place = self.rules.iter().position(|rule| rule.number == number).unwrap_or_else(|| {
                self.rules.push(TriedRule::new(number, name, parts));
                self.rules.len() - 1
            });
            self.rules[place].matched += 1;
            self.nobody += u64::from(matches!(traced.why, Why::Nobody(_)));
            match traced.to {
                Some(_) => row.others.extend(row.rule.map(|(first, _)| first)),
                None => row.others.push(place),
            }
            if let Some(to) = traced.to {
                (row.would, row.rule, row.why) = (to, Some((place, traced.part)), traced.why);
            }
        }
        self.broken = told.warnings();
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
