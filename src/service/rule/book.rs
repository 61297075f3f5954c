//! The rules in the order in which they are asked about a lead: those of its partner, of the unit of who entered it, of the units above,
//! the general ones; each by its place. Compiled once for many leads.

use crate::model::definition::{Assign, Body, Definition, How, Match, Rule};
use crate::model::entity::Entity;
use crate::model::people::People;
use crate::query::ast::{Expr, Query};
use crate::query::print;
use crate::service::condition;
use crate::service::context::Context;
use crate::store::filter::Scale;
use crate::store::matching::{Asked, Idle, Matching};

use super::event::Event;

/// A day in µs.
const DAY: i64 = 86_400_000_000;

/// The most branches of a condition that are told apart; a wider one is told whole.
const BRANCHES: usize = 12;

/// A rule that is asked.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Its number.
    pub number: i64,
    /// What it is called.
    pub name: String,
    /// What it says.
    pub rule: Rule,
    /// The branches of its condition as texts; one of them is what a lead matched.
    pub parts: Vec<String>,
}

/// One question of the book: a branch of a rule, with what else must hold.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The place of the rule in the book.
    pub rule: usize,
    /// The branch.
    pub part: usize,
}

/// All rules that wait for an event, in their order.
pub struct Book {
    /// The rules, each once.
    pub rules: Vec<Ready>,
    /// What is asked, in order.
    pub questions: Vec<Question>,
    /// Rules that cannot be asked, a sentence each.
    pub broken: Vec<String>,
    /// Compiled.
    pub matching: Matching,
}

impl Book {
    /// The rules among definitions that wait for an event, to be asked about so many leads.
    pub fn new(definitions: &[Definition], event: &Event, leads: usize, ctx: &Context) -> Self {
        let wakes = |_: &Definition, rule: &Rule| if rule.active { event.wakes(rule) } else { None };
        Self::with(definitions, event.kind.is_for_open(), Scale::of(leads), ctx, wakes)
    }

    /// All active rules that wait for leads that come in or are routed, and one by its number whatever it waits for.
    pub fn of_entry(definitions: &[Definition], also: Option<i64>, leads: usize, ctx: &Context) -> Self {
        let is_asked = |definition: &Definition, rule: &Rule| rule.waits().is_none() || also == Some(definition.number);
        Self::with(definitions, true, Scale::of(leads), ctx, |one, rule| (rule.active && is_asked(one, rule)).then_some(None))
    }

    fn with(
        definitions: &[Definition],
        open: bool,
        scale: Scale,
        ctx: &Context,
        wakes: impl Fn(&Definition, &Rule) -> Option<Option<i64>>,
    ) -> Self {
        let (mut rules, mut broken) = (Vec::new(), Vec::new());
        let mut filters: Vec<(Vec<Expr>, Option<Idle>)> = Vec::new();
        for definition in definitions {
            let Body::Rule(rule) = &definition.body else { continue };
            let Some(days) = wakes(definition, rule) else { continue };
            let query = match condition::of_rule(ctx, rule) {
                Ok(query) => query,
                Err(error) => {
                    broken.push(format!("the rule “{}” cannot be asked: {error}", definition.name));
                    continue;
                }
            };
            let branches = branches(&query.filter);
            let parts = branches.iter().map(|branch| text_of(branch, ctx)).collect();
            let idle = days.map(|days| Idle { before: ctx.now() - days * DAY, rule: definition.number });
            rules.push(Ready { number: definition.number, name: definition.name.clone(), rule: rule.clone(), parts });
            filters.push((branches, idle));
        }
        let standings = order(&rules.iter().map(|ready| &ready.rule).collect::<Vec<_>>(), &ctx.catalog.people);
        let mut asked: Vec<Asked> = Vec::with_capacity(standings.len());
        let mut questions: Vec<Question> = Vec::new();
        for Standing { rule, partner, entered_in } in standings {
            let (branches, idle) = &filters[rule];
            questions.extend((0..branches.len()).map(|part| Question { rule, part }));
            let filters = branches.iter().map(|branch| over_leads(branch.clone())).collect();
            asked.push(Asked { filters, partner, entered_in, idle: *idle, open });
        }
        let places = rules.iter().any(|ready| matches(&ready.rule, Match::Region));
        let matching = Matching::new(&asked, &ctx.into(), places, scale);
        Self { rules, questions, broken, matching }
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty() && self.broken.is_empty()
    }

    /// Whether a rule asks how many leads people hold.
    pub fn asks_for_room(&self, people: &People) -> bool {
        let by_room = |rule: &Rule| matches!(rule.assign, Some(Assign::Share { how: How::LeastLoaded, .. }));
        people.users.iter().any(|user| user.work.capacity.is_some()) || self.rules.iter().any(|ready| by_room(&ready.rule))
    }
}

/// Whether what a rule shares out must suit people in this way.
pub fn matches(rule: &Rule, what: Match) -> bool {
    matches!(&rule.assign, Some(Assign::Share { matching, .. }) if matching.contains(&what))
}

/// A condition as a filter of leads.
pub const fn over_leads(filter: Expr) -> Query {
    Query { entity: Entity::Lead, filter, sort: Vec::new() }
}

/// A condition as people type it; what holds for all is `every lead`.
pub fn text_of(filter: &Expr, ctx: &Context) -> String {
    match print(&over_leads(filter.clone()), &ctx.reading_of(Entity::Lead)) {
        text if text.is_empty() || text == "*" => "every lead".into(),
        text => text,
    }
}

/// The branches of a condition, the first of which that holds tells why a lead matched: those of its `or`.
pub fn branches(filter: &Expr) -> Vec<Expr> {
    let found = match filter {
        Expr::Or(parts) => parts.clone(),
        Expr::And(parts) => match parts.iter().position(|part| matches!(part, Expr::Or(_))) {
            Some(place) => {
                let Expr::Or(choices) = &parts[place] else { return vec![filter.clone()] };
                let with = |choice: &Expr| {
                    let mut all = parts.clone();
                    all[place] = choice.clone();
                    Expr::and(all)
                };
                choices.iter().map(with).collect()
            }
            None => Vec::new(),
        },
        _ => Vec::new(),
    };
    if found.is_empty() || found.len() > BRANCHES { vec![filter.clone()] } else { found }
}

/// Where a rule stands in the order, and the leads that it is asked about there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The place of the rule among those given.
    pub rule: usize,
    /// The partner that a lead must have.
    pub partner: Option<i64>,
    /// The units to one of which the user who entered it must belong.
    pub entered_in: Option<Vec<i64>>,
}

impl Standing {
    /// Whether the rule is asked here about a lead of this partner that a user of this unit entered.
    pub fn is_for(&self, partner: Option<i64>, unit: Option<i64>) -> bool {
        self.partner.is_none_or(|code| partner == Some(code))
            && self.entered_in.as_ref().is_none_or(|units| unit.is_some_and(|unit| units.contains(&unit)))
    }
}

/// Some rules in their order; one of a partner stands in it twice, as a rule of the partner and of its unit. As a lead has one partner and
/// was entered by one person, the order of units that have nothing to do with each other does not matter; of those that lie in one line
/// the lowest comes first.
pub fn order(rules: &[&Rule], people: &People) -> Vec<Standing> {
    let mut order: Vec<Standing> = Vec::new();
    let own = |rule: &Rule| rule.unit.and_then(|unit| people.unit(unit));
    for (place, rule) in rules.iter().enumerate() {
        if let Some(code) = own(rule).and_then(|unit| unit.partner) {
            order.push(Standing { rule: place, partner: Some(code), entered_in: None });
        }
    }
    let mut of_units: Vec<(usize, i64, usize)> = Vec::new();
    for (place, rule) in rules.iter().enumerate() {
        if let Some(unit) = own(rule) {
            of_units.push((people.line_of(unit.number).len(), unit.number, place));
        }
    }
    of_units.sort_by_key(|(depth, _, place)| (std::cmp::Reverse(*depth), *place));
    for (_, unit, rule) in of_units {
        let within = people.units.iter().map(|one| one.number).filter(|one| people.is_within(*one, unit));
        order.push(Standing { rule, partner: None, entered_in: Some(within.collect()) });
    }
    let general = rules.iter().enumerate().filter(|(_, rule)| rule.unit.is_none());
    order.extend(general.map(|(rule, _)| Standing { rule, partner: None, entered_in: None }));
    order
}
