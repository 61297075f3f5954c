//! Why this owner: what the rules did with a lead, what was done by hand, and what each rule says to it now. Changes nothing.

use super::book::text_of;
use super::log::Fired;
use crate::error::Result;
use crate::model::definition::{Definition, Rule};
use crate::model::entity::{Entity, RecordId};
use crate::model::people::Unit;
use crate::model::record::Record;
use crate::model::value::{Owner, Value};
use crate::query::ast::{Expr, Query as Filter};
use crate::service::act::Query;
use crate::service::condition;
use crate::service::context::Context;
use crate::store::matching::{Asked, holds};
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
        let mut order: Vec<(&Definition, &Rule)> = ctx.catalog.rules().collect();
        order.sort_by_key(|(definition, rule)| (standing(ctx, &lead, rule), definition.place));
        let rules = order.into_iter().map(|(definition, rule)| {
            let (matches, reason) = verdict(db, ctx, &lead, rule)?;
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

/// Where a rule stands among those that are asked about a lead: rules of its partner first, then those of units, the deepest first, then
/// the general ones. Rules that are not meant for it stand where they are asked about others.
fn standing(ctx: &Context, lead: &Record, rule: &Rule) -> (u8, i64, i64) {
    let people = &ctx.catalog.people;
    let Some(unit) = rule.unit.and_then(|unit| people.unit(unit)) else { return (2, 0, 0) };
    let depth = i64::try_from(people.line_of(unit.number).len()).unwrap_or_default();
    match unit.partner {
        Some(_) if is_of_partner(ctx, lead, unit) => (0, 0, unit.number),
        Some(_) if !is_entered_within(ctx, lead, unit) => (0, 1, unit.number),
        _ => (1, -depth, unit.number),
    }
}

fn is_of_partner(ctx: &Context, lead: &Record, unit: &Unit) -> bool {
    unit.partner.is_some() && lead.named(&ctx.catalog.lead, "partner").as_int() == unit.partner
}

fn is_entered_within(ctx: &Context, lead: &Record, unit: &Unit) -> bool {
    let people = &ctx.catalog.people;
    let user = lead.named(&ctx.catalog.lead, "created_by").as_int().and_then(|user| people.user(user));
    user.is_some_and(|user| people.is_within(user.unit, unit.number))
}

/// Whether a rule matches a lead as it is, and what of its condition holds, or does not.
fn verdict(db: &Db, ctx: &Context, lead: &Record, rule: &Rule) -> Result<(bool, String)> {
    if !rule.active {
        return Ok((false, "is switched off".into()));
    }
    if let Some(unit) = rule.unit.and_then(|unit| ctx.catalog.people.unit(unit))
        && !is_of_partner(ctx, lead, unit)
        && !is_entered_within(ctx, lead, unit)
    {
        return Ok((false, format!("is a rule of {}", unit.name)));
    }
    let filter = match condition::of_rule(ctx, rule) {
        Ok(query) => query.filter,
        Err(error) => return Ok((false, format!("cannot be asked: {error}"))),
    };
    let parts = match &filter {
        Expr::And(parts) => parts.clone(),
        one => vec![one.clone()],
    };
    let held = ask(db, ctx, lead, &parts)?;
    if let Some(place) = held.iter().position(|holds| !holds) {
        return Ok((false, format!("does not hold: {}", text_of(&parts[place], ctx))));
    }
    if let Expr::Or(branches) = &filter {
        let held = ask(db, ctx, lead, branches)?;
        let first = held.iter().position(|holds| *holds).and_then(|place| branches.get(place));
        return Ok((true, text_of(first.unwrap_or(&filter), ctx)));
    }
    Ok((true, text_of(&filter, ctx)))
}

fn ask(db: &Db, ctx: &Context, lead: &Record, parts: &[Expr]) -> Result<Vec<bool>> {
    let asked = |part: &Expr| Asked {
        filter: Filter { entity: Entity::Lead, filter: part.clone(), sort: Vec::new() },
        partner: None,
        entered_by: None,
        idle: None,
        open: false,
    };
    let asked: Vec<Asked> = parts.iter().map(asked).collect();
    holds(db, lead.key.number, &asked, &ctx.into())
}
