//! How what is typed in a definition is kept: its filter, what it sets and when a task is due mean the same whoever asks it. Checks
//! nothing, and leaves alone what cannot be read.

use crate::model::dates::{parse_instant, rfc3339_utc};
use crate::model::definition::{Body, Definition, Rule};
use crate::model::entity::Entity;
use crate::model::field::read::{Reading, differs, read};
use crate::model::field::show::Showing;
use crate::model::locale::Locale;
use crate::query::respelled;

/// A definition as it is kept: what people of another country would read otherwise is written so that all read it as the author does.
pub(in crate::service) fn for_everybody(definition: &Definition, author: &Reading<'_>) -> Definition {
    let habits = Locale::habits();
    let others: Vec<Reading<'_>> = habits.iter().map(|locale| Reading { locale, ..*author }).collect();
    spelled(definition, author, &others)
}

/// A definition as `author` reads it, written for `others`; the first of them writes.
pub(in crate::service) fn spelled(definition: &Definition, author: &Reading<'_>, others: &[Reading<'_>]) -> Definition {
    let mut out = definition.clone();
    match &mut out.body {
        Body::Rule(rule) => {
            filter(&mut rule.when, Entity::Lead, author, others);
            values(rule, author, others);
        }
        Body::ScoreRule(rule) => filter(&mut rule.when, Entity::Lead, author, others),
        Body::View(view) => {
            let entity = Entity::of_name(&view.entity).unwrap_or(Entity::Lead);
            filter(&mut view.filter, entity, author, others);
        }
        Body::Target(_) => {}
    }
    out
}

fn filter(text: &mut String, entity: Entity, author: &Reading<'_>, others: &[Reading<'_>]) {
    let others: Vec<Reading<'_>> = others.iter().map(|other| Reading { entity, ..*other }).collect();
    if let Ok(written) = respelled(text, &Reading { entity, ..*author }, &others) {
        *text = written;
    }
}

/// What a rule sets, and when its task is due.
fn values(rule: &mut Rule, author: &Reading<'_>, others: &[Reading<'_>]) {
    let Some(writer) = others.first() else { return };
    let registry = &author.catalog.lead;
    for setting in &mut rule.set {
        let Some(field) = registry.find(&setting.field).map(|id| registry.field(id)) else { continue };
        let Some(meant) = differs(author, others, |reading| read(field, &setting.value, reading).ok()) else { continue };
        let Reading { catalog, locale, zone, now, .. } = *writer;
        setting.value = Showing { catalog, locale, zone, now }.plain(field, &meant);
    }
    if let Some(task) = &mut rule.task {
        let due = |reading: &Reading<'_>| parse_instant(&task.due, reading.now, reading.zone, reading.locale).ok();
        if let Some(at) = differs(author, others, due) {
            task.due = rfc3339_utc(at);
        }
    }
}
