//! Why this owner: what the rules did with a lead, what was done by hand, and what each rule says to it now. Changes nothing.

use super::book::{branches, order, over_leads, text_of};
use super::log::Fired;
use crate::error::Result;
use crate::model::definition::{Definition, Rule};
use crate::model::entity::RecordId;
use crate::model::record::Record;
use crate::model::value::{Owner, Value};
use crate::query::ast::{Expr, Query as Filter};
use crate::service::act::Query;
use crate::service::condition;
use crate::service::context::Context;
use crate::store::matching::holds;
use crate::store::{self, Db, firing, log};

/// How much of its history is read.
const LINES: i64 = 200;

/// Why a lead has its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhyOwner {
    /// The lead.
    pub lead: i64,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyAnswer {
    /// The code of its owner.
    pub owner: i64,
    /// Who entered it, by login.
    pub entered_by: String,
    /// What gave it to owners, the newest first.
    pub steps: Vec<Step>,
    /// Every rule in the order in which this lead is asked about, and what it says to the lead as it is now.
    pub rules: Vec<Verdict>,
}

/// Something that gave the lead to somebody, or tried to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Rules were asked.
    Rules(Fired),
    /// Somebody assigned it by hand.
    Hand(Handed),
}

/// An assignment by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// The step of the log.
    pub step: i64,
    /// µs UTC.
    pub at: i64,
    /// The login of who did it.
    pub by: String,
    /// The code of the owner before.
    pub from: i64,
    /// The code of the owner since.
    pub to: i64,
}

/// What a rule says to the lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The number of the rule.
    pub number: i64,
    /// What it is called.
    pub name: String,
    /// Whether its condition holds and it is meant for this lead.
    pub matches: bool,
    /// The part that holds, or why it is passed over.
    pub reason: String,
    /// What it waits for, where that is no lead that comes in or is routed; empty where it is.
    pub waits: String,
    /// When it last fired for this lead, in µs UTC.
    pub fired: Option<i64>,
}

impl Query for WhyOwner {
    type Reply = WhyAnswer;

    fn run(&self, db: &Db, ctx: &Context) -> Result<WhyAnswer> {
        let registry = &ctx.catalog.lead;
        let lead = store::record::need(db, registry, self.lead)?;
        let people = &ctx.catalog.people;
        let login = |user: i64| people.show(Owner::User(user));
        let fired = Fired::all(firing::of_lead(db, self.lead, LINES)?, db, ctx)?;
        let by_rules: Vec<i64> = fired.iter().filter(|one| one.rule.is_some()).map(|one| one.step).collect();
        let mut steps: Vec<Step> = Vec::new();
        for (operation, change) in log::history(db, RecordId::lead(self.lead), 0, LINES)? {
            let code = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<i64>().ok()).unwrap_or_default();
            if change.record == lead.key
                && change.field == "owner"
                && !by_rules.contains(&operation.number)
                && operation.is_live()
            {
                steps.push(Step::Hand(Handed {
                    step: operation.number,
                    at: operation.at,
                    by: login(operation.actor),
                    from: code(&change.old),
                    to: code(&change.new),
                }));
            }
        }
        let last = |rule: i64| fired.iter().find(|one| one.rule == Some(rule)).map(|one| one.at);
        let all: Vec<(&Definition, &Rule)> = ctx.catalog.rules().collect();
        let order = order(&all.iter().map(|(_, rule)| *rule).collect::<Vec<_>>(), people);
        let partner = lead.named(registry, "partner").as_int();
        let unit = lead.named(registry, "created_by").as_int().and_then(|user| people.user(user)).map(|user| user.unit);
        // a rule that is not meant for it stands where it is asked about others
        let stands = |rule: usize| {
            let meant = order.iter().position(|one| one.rule == rule && one.is_for(partner, unit));
            (meant.or_else(|| order.iter().position(|one| one.rule == rule)), meant.is_some())
        };
        let mut standing: Vec<(Option<usize>, bool, &Definition, &Rule)> = Vec::with_capacity(all.len());
        for (place, (definition, rule)) in all.into_iter().enumerate() {
            let (place, is_meant) = stands(place);
            standing.push((place, is_meant, definition, rule));
        }
        standing.sort_by_key(|(place, ..)| place.unwrap_or(usize::MAX));
        let rules = standing.into_iter().map(|(_, is_meant, definition, rule)| {
            let (matches, reason) = verdict(db, ctx, &lead, rule, is_meant)?;
            Ok(Verdict {
                number: definition.number,
                name: definition.name.clone(),
                matches,
                reason,
                waits: rule.waits().unwrap_or_default(),
                fired: last(definition.number),
            })
        });
        let rules = rules.collect::<Result<Vec<_>>>()?;
        steps.extend(fired.into_iter().map(Step::Rules));
        steps.sort_by_key(|step| std::cmp::Reverse(step.number()));
        let entered_by = lead.named(registry, "created_by").as_int().map(login).unwrap_or_default();
        let owner = match lead.named(registry, "owner") {
            Value::Owner(owner) => owner.code(),
            _ => 0,
        };
        Ok(WhyAnswer { owner, entered_by, steps, rules })
    }
}

impl Step {
    /// The step of the log.
    pub const fn number(&self) -> i64 {
        match self {
            Self::Rules(fired) => fired.step,
            Self::Hand(handed) => handed.step,
        }
    }
}

/// Whether a rule matches a lead as it is, and what of its condition holds, or does not.
fn verdict(db: &Db, ctx: &Context, lead: &Record, rule: &Rule, is_meant: bool) -> Result<(bool, String)> {
    if !rule.active {
        return Ok((false, "is switched off".into()));
    }
    if !is_meant {
        let unit = rule.unit.and_then(|unit| ctx.catalog.people.unit(unit));
        return Ok((false, format!("is a rule of {}", unit.map_or("a unit that is gone", |unit| unit.name.as_str()))));
    }
    let filter = match condition::of_rule(ctx, rule) {
        Ok(query) => query.filter,
        Err(error) => return Ok((false, format!("cannot be asked: {error}"))),
    };
    let first = |parts: &[Expr], is: bool| -> Result<Option<String>> {
        let filters: Vec<Filter> = parts.iter().cloned().map(over_leads).collect();
        let held = holds(db, lead.key.number, &filters, &ctx.into())?;
        Ok(held.iter().position(|holds| *holds == is).map(|place| text_of(&parts[place], ctx)))
    };
    // what is told is the branch that a firing would tell
    if let Some(part) = first(&branches(&filter), true)? {
        return Ok((true, part));
    }
    let failed = match &filter {
        Expr::And(parts) => first(parts, false)?,
        _ => None,
    };
    Ok((false, format!("does not hold: {}", failed.unwrap_or_else(|| text_of(&filter, ctx)))))
}
