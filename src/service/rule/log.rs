//! The log of the rules: what each did, to which lead, when and by whose act. Changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Result;
use crate::model::fold::fold;
use crate::service::act::Query;
use crate::service::context::Context;
use crate::store::Db;
use crate::store::definition;
use crate::store::firing::{self, Given};

/// What rules did, the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleLog {
    /// The number of the rule; none for all rules.
    pub rule: Option<i64>,
    /// Instead the open leads that no rule matched when they were asked last.
    pub unmatched: bool,
    /// At most so many.
    pub limit: i64,
}

/// One line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// The step of the log.
    pub step: i64,
    /// The lead.
    pub lead: i64,
    /// The number of the rule; none where none matched.
    pub rule: Option<i64>,
    /// What the rule is called, or was where it was taken away.
    pub name: String,
    /// What made it be asked.
    pub event: String,
    /// µs UTC.
    pub at: i64,
    /// The login of who acted.
    pub by: String,
    /// What matched, who got it, and why.
    pub given: Given,
}

impl Fired {
    pub(super) fn all(firings: Vec<firing::Firing>, db: &Db, ctx: &Context) -> Result<Vec<Self>> {
        let mut names: BTreeMap<i64, String> = ctx.catalog.rules().map(|(rule, _)| (rule.number, rule.name.clone())).collect();
        let gone: BTreeSet<i64> = firings.iter().filter_map(|one| one.rule).filter(|rule| !names.contains_key(rule)).collect();
        for rule in gone {
            names.insert(rule, definition::former_name(db, rule)?.unwrap_or_else(|| format!("D-{rule}")));
        }
        let name = |firing: &firing::Firing| firing.rule.and_then(|rule| names.get(&rule).cloned()).unwrap_or_default();
        Ok(firings.into_iter().map(|firing| Self::of(name(&firing), firing, ctx)).collect())
    }

    fn of(name: String, firing: firing::Firing, ctx: &Context) -> Self {
        Self {
            step: firing.operation,
            lead: firing.lead,
            rule: firing.rule,
            name,
            event: firing.event,
            at: firing.at,
            by: ctx.catalog.people.user(firing.actor).map_or_else(|| format!("user {}", firing.actor), |user| user.login.clone()),
            given: firing.given,
        }
    }
}

impl Query for RuleLog {
    type Reply = Vec<Fired>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<Fired>> {
        let found = match (self.unmatched, self.rule) {
            (true, _) => firing::unmatched(db, self.limit)?,
            (false, Some(rule)) => firing::of_rule(db, rule, self.limit)?,
            (false, None) => firing::newest(db, self.limit)?,
        };
        Fired::all(found, db, ctx)
    }
}

/// The number of a rule that fired and was taken away since, by what it was called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindFormerRule {
    /// Its name, in any writing.
    pub name: String,
}

impl Query for FindFormerRule {
    type Reply = Option<i64>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Option<i64>> {
        let wanted = fold(&self.name);
        let is_here = |number: i64| ctx.catalog.rules().any(|(rule, _)| rule.number == number);
        for number in firing::rules(db)?.into_iter().rev().filter(|number| !is_here(*number)) {
            if definition::former_name(db, number)?.is_some_and(|name| fold(&name) == wanted) {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }
}

/// What rules did in one step, by lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FiredIn {
    /// The step of the log.
    pub step: i64,
}

impl Query for FiredIn {
    type Reply = Vec<Fired>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<Fired>> {
        Fired::all(firing::of_operation(db, self.step)?, db, ctx)
    }
}

/// How often each rule fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TallyRules;

/// How often one fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleTally {
    /// The number of the rule.
    pub rule: i64,
    /// How often.
    pub count: i64,
    /// When last, in µs UTC.
    pub last: Option<i64>,
}

impl Query for TallyRules {
    type Reply = Vec<RuleTally>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<RuleTally>> {
        let one = |number: i64| firing::tally(db, number).map(|(count, last)| RuleTally { rule: number, count, last });
        ctx.catalog.rules().map(|(definition, _)| one(definition.number)).collect()
    }
}
