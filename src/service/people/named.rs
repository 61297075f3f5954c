//! The rules, points, views and targets that name a user, a team or a unit: what would mean something else, or nothing, without it.

use crate::model::catalog::Catalog;
use crate::model::definition::{Assign, Body, Definition, Rule};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::read::Reading;
use crate::model::value::Owner;
use crate::query::parse;
use crate::service::context::Context;

/// So many are named one by one.
const NAMED: usize = 3;

/// Whether a rule gives leads to a user or a team.
fn gives(rule: &Rule, owner: Owner) -> bool {
    match &rule.assign {
        Some(Assign::To(code)) => *code == owner.code(),
        Some(Assign::Share { among, .. }) => among.contains(&owner.code()),
        Some(Assign::Queue(team)) => owner == Owner::Team(*team),
        None => false,
    }
}

/// The owner that a row of people is.
const fn owner(key: RecordId) -> Option<Owner> {
    match key.entity {
        Entity::User => Some(Owner::User(key.number)),
        Entity::Team => Some(Owner::Team(key.number)),
        _ => None,
    }
}

/// The active rules that give leads to a user or a team.
pub(super) fn rules_to(ctx: &Context, to: Owner) -> Vec<&Definition> {
    ctx.catalog.rules().filter(|(_, rule)| rule.active && gives(rule, to)).map(|(definition, _)| definition).collect()
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
    let names = |definition: &&Definition| holds(definition, key) || needs(ctx, &without, definition);
    listed(&ctx.catalog.definitions.iter().filter(names).collect::<Vec<_>>())
}

/// Whether a definition holds its number.
fn holds(definition: &Definition, key: RecordId) -> bool {
    match &definition.body {
        Body::Rule(rule) => {
            (key.entity == Entity::Unit && rule.unit == Some(key.number)) || owner(key).is_some_and(|owner| gives(rule, owner))
        }
        Body::Target(target) => target.of.is_some() && target.of == owner(key).map(Owner::code),
        Body::ScoreRule(_) | Body::View(_) => false,
    }
}

/// Whether the filter of a definition is read with all people and not without some.
fn needs(ctx: &Context, without: &Catalog, definition: &Definition) -> bool {
    let (entity, filter) = match &definition.body {
        Body::Rule(rule) => (Entity::Lead, &rule.when),
        Body::ScoreRule(rule) => (Entity::Lead, &rule.when),
        Body::View(view) => (Entity::of_name(&view.entity).unwrap_or(Entity::Lead), &view.filter),
        Body::Target(_) => return false,
    };
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
