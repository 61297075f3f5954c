//! The lists of the screen: what stands in each, in which order and columns. Asks for nothing.

use std::collections::HashMap;

use crate::model::clean::clean;
use crate::model::definition::{Body, Definition, DefinitionKind, Rule};
use crate::model::entity::{Entity, RecordId};
use crate::model::money;
use crate::model::number::show_count;
use crate::model::people::{People, Role, Unit, UnitKind, User};
use crate::model::value::Owner;
use crate::service::rule::RuleTally;
use crate::service::rule::queue::Queue;
use crate::tui::env::Env;

/// A part of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Who gets leads.
    #[default]
    Rules,
    /// Points.
    Scores,
    /// What is to be won.
    Targets,
    /// Users.
    Users,
    /// Teams.
    Teams,
    /// Business units and channel partners.
    Units,
}

impl Part {
    /// Every part, in the order of its names.
    pub const ALL: &'static [Self] = &[Self::Rules, Self::Scores, Self::Targets, Self::Users, Self::Teams, Self::Units];

    /// Its name on the screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Rules => "Rules",
            Self::Scores => "Scores",
            Self::Targets => "Targets",
            Self::Users => "Users",
            Self::Teams => "Teams",
            Self::Units => "Units & partners",
        }
    }

    /// The kind of definitions in it; none where there are people.
    pub const fn kind(self) -> Option<DefinitionKind> {
        match self {
            Self::Rules => Some(DefinitionKind::Rule),
            Self::Scores => Some(DefinitionKind::ScoreRule),
            Self::Targets => Some(DefinitionKind::Target),
            Self::Users | Self::Teams | Self::Units => None,
        }
    }

    /// The heads of its columns, with the share of the width that each takes; the first is the narrowest that it can be.
    pub const fn columns(self) -> &'static [(&'static str, u16)] {
        match self {
            Self::Rules => &[("", 4), ("Name", 22), ("When", 30), ("Then", 36), ("Fired", 7)],
            Self::Scores => &[("", 4), ("Points", 7), ("Name", 30), ("When", 50)],
            Self::Targets => &[("Of", 24), ("Month", 14), ("Amount", 24), ("Name", 30)],
            Self::Users => &[("Login", 16), ("Name", 24), ("Role", 11), ("Unit", 18), ("Holds", 12), ("", 20)],
            Self::Teams => &[("Name", 24), ("Unit", 20), ("Queue", 14), ("Members", 40)],
            Self::Units => &[("Name", 36), ("Kind", 18), ("Contact", 10), ("People", 10), ("Rules", 8)],
        }
    }

    /// What is said where there is nothing, behind the key that makes the first.
    pub const fn empty(self) -> (&'static str, &'static str) {
        match self {
            Self::Rules => ("No rules yet.", "makes the first: who gets leads from where"),
            Self::Scores => ("No points yet.", "makes the first: which leads are worth how much"),
            Self::Targets => ("No targets yet.", "makes the first: what is to be won in a month"),
            Self::Users => ("No users.", "adds one"),
            Self::Teams => ("No teams yet.", "makes the first: a group that can own leads"),
            Self::Units => ("No units.", "adds one"),
        }
    }
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub key: RecordId,
    /// The heading that it stands under; empty: none.
    pub group: String,
    /// What stands in its columns.
    pub cells: Vec<String>,
    /// Whether it is switched off, or away.
    pub dim: bool,
}

/// What was counted for the lists.
#[derive(Debug, Default)]
pub struct Counted {
    /// How often rules fired.
    pub tally: Vec<RuleTally>,
    /// What everybody holds, by code.
    pub loads: Option<HashMap<i64, i64>>,
    /// What waits in the queues.
    pub queues: Vec<Queue>,
    /// Whether the database has queues; none until that is known.
    pub has_queues: Option<bool>,
}

/// The rows of a part.
pub fn rows(part: Part, counted: &Counted, env: &Env) -> Vec<Entry> {
    match part {
        Part::Rules => rules(counted, env),
        Part::Scores => scores(env),
        Part::Targets => targets(env),
        Part::Users => env.catalog.people.users.iter().map(|user| user_row(user, counted, env)).collect(),
        Part::Teams => teams(counted, env),
        Part::Units => units(env),
    }
}

/// Where a rule stands among those that are asked: partners first, then the units that lie deepest, then the general ones.
fn scope(rule: &Rule, people: &People) -> (i64, i64, i64) {
    match rule.unit.and_then(|unit| people.unit(unit)) {
        None => (2, 0, 0),
        Some(unit) if unit.kind == UnitKind::ChannelPartner => (0, 0, unit.number),
        Some(unit) => (1, -i64::try_from(people.line_of(unit.number).len()).unwrap_or_default(), unit.number),
    }
}

/// The heading over the rules of one unit, partner, or of all.
fn heading(rule: &Rule, people: &People) -> String {
    match rule.unit.and_then(|unit| people.unit(unit)) {
        None => "General · asked last, about every lead".into(),
        Some(unit) if unit.kind == UnitKind::ChannelPartner => {
            format!("Partner {} · about its leads, before all others", unit.name)
        }
        Some(unit) => format!("Unit {} · about leads that its people enter", unit.name),
    }
}

/// The rules as they are asked, each with its definition.
pub fn ordered(env: &Env) -> Vec<(&Definition, &Rule)> {
    let mut all: Vec<(&Definition, &Rule)> = env.catalog.rules().collect();
    all.sort_by_key(|(definition, rule)| (scope(rule, &env.catalog.people), definition.place));
    all
}

fn rules(counted: &Counted, env: &Env) -> Vec<Entry> {
    let people = &env.catalog.people;
    let mut place = 0;
    let mut last = String::new();
    let row = |(definition, rule): (&Definition, &Rule)| {
        let group = heading(rule, people);
        place = if group == last { place + 1 } else { 1 };
        last.clone_from(&group);
        let fired = counted.tally.iter().find(|one| one.rule == definition.number).map_or(0, |one| one.count);
        let when = if rule.when.is_empty() { "every lead".to_owned() } else { rule.when.clone() };
        let state = if rule.active { "" } else { " off" };
        let fired = if fired == 0 { String::new() } else { show_count(fired, &env.locale) };
        let cells = vec![format!("{place}{state}"), definition.name.clone(), when, rule.does(people), fired];
        entry(Entity::Definition.numbered(definition.number), group, cells, !rule.active)
    };
    ordered(env).into_iter().map(row).collect()
}

fn scores(env: &Env) -> Vec<Entry> {
    let row = |(place, (definition, rule)): (usize, (&Definition, &crate::model::definition::ScoreRule))| {
        let state = if rule.active { "" } else { " off" };
        let cells =
            vec![format!("{}{state}", place + 1), format!("{:+}", rule.points), definition.name.clone(), rule.when.clone()];
        entry(Entity::Definition.numbered(definition.number), String::new(), cells, !rule.active)
    };
    env.catalog.score_rules().enumerate().map(row).collect()
}

fn targets(env: &Env) -> Vec<Entry> {
    let people = &env.catalog.people;
    let row = |(definition, target): (&Definition, &crate::model::definition::Target)| {
        let of = target.of.and_then(Owner::of_code).map_or_else(|| "all together".into(), |owner| people.show(owner));
        let month = target.month.clone().unwrap_or_else(|| "every month".into());
        let amount = money::show(target.amount, &target.currency, &env.locale);
        let cells = vec![of, month, amount, definition.name.clone()];
        entry(Entity::Definition.numbered(definition.number), String::new(), cells, false)
    };
    env.catalog.targets().map(row).collect()
}

/// What somebody holds, and of how much: `12 of 20`.
pub fn held(user: &User, counted: &Counted, env: &Env) -> String {
    let held = counted.loads.as_ref().map(|loads| loads.get(&user.number).copied().unwrap_or_default());
    let held = held.map_or_else(|| "…".to_owned(), |held| show_count(held, &env.locale));
    match user.work.capacity {
        Some(most) => format!("{held} of {}", show_count(most, &env.locale)),
        None => held,
    }
}

/// Whether somebody gets leads by rules now, and why not.
pub fn state(user: &User, env: &Env) -> String {
    let today = i64::from(env.zone.today(env.now()));
    match user.work.absence {
        _ if !user.active => "inactive".into(),
        _ if user.role == Role::ReadOnly => "only reads".into(),
        Some(away) if away.holds(today) => {
            let deputy = away
                .deputy
                .map_or_else(String::new, |deputy| format!(", {} for them", env.catalog.people.show(Owner::User(deputy))));
            format!("away{deputy}")
        }
        _ if !user.work.takes_leads => "takes no leads".into(),
        _ => String::new(),
    }
}

fn user_row(user: &User, counted: &Counted, env: &Env) -> Entry {
    let people = &env.catalog.people;
    let unit = people.unit(user.unit).map_or_else(String::new, |unit| unit.name.clone());
    let state = state(user, env);
    let dim = !state.is_empty();
    let cells = vec![user.login.clone(), user.name.clone(), user.role.name().into(), unit, held(user, counted, env), state];
    entry(Entity::User.numbered(user.number), String::new(), cells, dim)
}

fn teams(counted: &Counted, env: &Env) -> Vec<Entry> {
    let people = &env.catalog.people;
    let row = |team: &crate::model::people::Team| {
        let waiting = counted.queues.iter().find(|queue| queue.team == team.number).map(|queue| queue.waiting);
        let queue = match (team.queue, waiting) {
            (false, _) => String::new(),
            (true, _) if counted.has_queues == Some(false) => "queues are off".into(),
            (true, None) => "queue".into(),
            (true, Some(waiting)) => format!("{} waiting", show_count(waiting, &env.locale)),
        };
        let unit = people.unit(team.unit).map_or_else(String::new, |unit| unit.name.clone());
        let cells = vec![team.name.clone(), unit, queue, team.shown("members", people)];
        entry(Entity::Team.numbered(team.number), String::new(), cells, false)
    };
    people.teams.iter().map(row).collect()
}

/// The units as a tree, those below another indented.
fn units(env: &Env) -> Vec<Entry> {
    fn below(parent: Option<i64>, depth: usize, env: &Env, seen: &mut Vec<i64>, out: &mut Vec<Entry>) {
        let people = &env.catalog.people;
        for unit in people.units.iter().filter(|unit| unit.parent == parent) {
            if seen.contains(&unit.number) {
                continue;
            }
            seen.push(unit.number);
            out.push(unit_row(unit, depth, env));
            below(Some(unit.number), depth + 1, env, seen, out);
        }
    }
    let (mut seen, mut out) = (Vec::new(), Vec::new());
    below(None, 0, env, &mut seen, &mut out);
    out
}

fn unit_row(unit: &Unit, depth: usize, env: &Env) -> Entry {
    let people = &env.catalog.people;
    let users = people.users.iter().filter(|user| user.active && user.unit == unit.number).count();
    let rules = env.catalog.rules().filter(|(_, rule)| rule.unit == Some(unit.number)).count();
    let many = |count: usize| if count == 0 { String::new() } else { count.to_string() };
    let cells = vec![
        format!("{}{}", "  ".repeat(depth.min(8)), unit.name),
        unit.kind.name().replace('-', " "),
        unit.shown("contact", people),
        many(users),
        many(rules),
    ];
    entry(Entity::Unit.numbered(unit.number), String::new(), cells, false)
}

fn entry(key: RecordId, group: String, cells: Vec<String>, dim: bool) -> Entry {
    let cells = cells.iter().map(|cell| clean(cell).into_owned()).collect();
    Entry { key, group: clean(&group).into_owned(), cells, dim }
}

/// The definition that a row is.
pub fn definition(key: RecordId, env: &Env) -> Option<&Definition> {
    env.catalog.definitions.iter().find(|one| key.entity == Entity::Definition && one.number == key.number)
}

/// The unit or partner whose rule a row is.
pub fn whose(key: RecordId, env: &Env) -> Option<i64> {
    match &definition(key, env)?.body {
        Body::Rule(rule) => rule.unit,
        _ => None,
    }
}

/// The condition of a row that has one.
pub fn condition(key: RecordId, env: &Env) -> Option<&str> {
    match &definition(key, env)?.body {
        Body::Rule(rule) => Some(&rule.when),
        Body::ScoreRule(rule) => Some(&rule.when),
        _ => None,
    }
}
