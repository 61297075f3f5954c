//! The rules, points, views and targets that name a user, a team or a unit: what would mean something else, or nothing, without it.

use crate::model::catalog::Catalog;
use crate::model::definition::{Assign, Body, Definition, Rule};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::read::Reading;
use crate::model::people::People;
use crate::model::value::Owner;
use crate::query::parse;
use crate::service::context::Context;

/// So many are named one by one.
const NAMED: usize = 3;

/// The users and teams that a rule gives leads to.
fn given(rule: &Rule) -> Vec<Owner> {
    match &rule.assign {
        Some(Assign::To(code)) => Owner::of_code(*code).into_iter().collect(),
        Some(Assign::Share { among, .. }) => among.iter().copied().filter_map(Owner::of_code).collect(),
        Some(Assign::Queue(team)) => vec![Owner::Team(*team)],
        None => Vec::new(),
    }
}

/// The row of people that an owner is.
const fn row(owner: Owner) -> RecordId {
    match owner {
        Owner::User(number) => Entity::User.numbered(number),
        Owner::Team(number) => Entity::Team.numbered(number),
    }
}

/// The active rules that give leads to a user or a team.
pub(super) fn rules_to(ctx: &Context, to: Owner) -> Vec<&Definition> {
    ctx.catalog.rules().filter(|(_, rule)| rule.active && given(rule).contains(&to)).map(|(definition, _)| definition).collect()
}

/// What names a user, a team or a unit, in words: `the rule “Hot” and the view “North”`; none where nothing does.
pub fn by(ctx: &Context, key: RecordId) -> Option<String> {
    let mut without = (*ctx.catalog).clone();
    let people = &mut without.people;
    match key.entity {
        Entity::User => people.users.retain(|user| user.number != key.number),
        Entity::Team => people.teams.retain(|team| team.number != key.number),
        _ => people.units.retain(|unit| unit.number != key.number),
    }
    let names = |definition: &&Definition| keys(definition).contains(&key) || needs(ctx, &without, definition);
    listed(&ctx.catalog.definitions.iter().filter(names).collect::<Vec<_>>())
}

/// The users, teams and units whose numbers a definition holds.
fn keys(definition: &Definition) -> Vec<RecordId> {
    match &definition.body {
        Body::Rule(rule) => {
            let unit = rule.unit.map(|unit| Entity::Unit.numbered(unit));
            unit.into_iter().chain(given(rule).into_iter().map(row)).collect()
        }
        Body::Target(target) => target.of.and_then(Owner::of_code).map(row).into_iter().collect(),
        Body::ScoreRule(_) | Body::View(_) => Vec::new(),
    }
}

/// The users, teams and units whose numbers a definition holds and that are not there.
pub(in crate::service) fn missing(people: &People, definition: &Definition) -> Vec<RecordId> {
    let is_there = |key: &RecordId| match key.entity {
        Entity::User => people.user(key.number).is_some(),
        Entity::Team => people.team(key.number).is_some(),
        _ => people.unit(key.number).is_some(),
    };
    keys(definition).into_iter().filter(|key| !is_there(key)).collect()
}

/// The filter of a definition and the kind of records that it is over.
pub(in crate::service) fn filter(definition: &Definition) -> Option<(Entity, &str)> {
    match &definition.body {
        Body::Rule(rule) => Some((Entity::Lead, &rule.when)),
        Body::ScoreRule(rule) => Some((Entity::Lead, &rule.when)),
        Body::View(view) => Some((Entity::of_name(&view.entity).unwrap_or(Entity::Lead), &view.filter)),
        Body::Target(_) => None,
    }
}

/// Whether the filter of a definition is read with all people and not without some.
fn needs(ctx: &Context, without: &Catalog, definition: &Definition) -> bool {
    let Some((entity, filter)) = filter(definition) else { return false };
    let with = ctx.reading_of(entity);
    parse(filter, &with).is_ok() && parse(filter, &Reading { catalog: without, ..with }).is_err()
}

/// Definitions in words, the first few by name.
pub(super) fn listed(definitions: &[&Definition]) -> Option<String> {
    let more = definitions.len().saturating_sub(NAMED);
    let mut names: Vec<String> =
        definitions.iter().take(NAMED).map(|one| format!("the {} “{}”", one.body.kind().noun(), one.name)).collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    let last = names.pop()?;
    Some(if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) })
}
