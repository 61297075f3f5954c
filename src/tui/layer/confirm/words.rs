//! What an act on many records is called in a question, and what follows from it.

use crate::model::choice::Set;
use crate::model::clean::clean;
use crate::model::definition::Trigger;
use crate::model::entity::Entity;
use crate::model::number::show_count;
use crate::service::qualify::Qualifications;
use crate::service::scope::Targets;
use crate::tui::action::{Action, Scope};
use crate::tui::env::Env;
use crate::worker::writer::AnyAct;

/// The question and what follows from a yes.
pub(super) fn of(act: &AnyAct, count: u64, env: &Env) -> (String, Vec<String>) {
    let entity = act.targets().map_or(Entity::Lead, Targets::entity);
    let shown = show_count(i64::try_from(count).unwrap_or(i64::MAX), &env.locale);
    let leads = format!("{shown} {}", entity.counted(count));
    let mut rest = Vec::new();
    let question = match act {
        AnyAct::Delete(_) => {
            rest.push("They go to Deleted, with their notes, until they are purged.".into());
            format!("Delete {leads}?")
        }
        AnyAct::Disqualify(act) => {
            rest.extend(act.note.iter().map(|note| format!("With the note “{}”.", clean(note))));
            format!("Disqualify {leads}: {}?", env.catalog.choices.label(Set::StatusReason, act.reason))
        }
        AnyAct::Reopen(_) => format!("Reopen {leads}?"),
        AnyAct::Restore(_) => format!("Bring {leads} back from Deleted?"),
        AnyAct::Assign(act) => {
            rest.push("They are new to the owner until opened.".into());
            if let Some(note) = &act.note {
                rest.push(format!("With the note “{}”.", clean(note)));
            }
            format!("Assign {leads} to {}?", clean(&env.catalog.people.show(act.owner)))
        }
        AnyAct::Tag(act) => {
            let tags: Vec<String> =
                act.add.iter().map(|t| format!("+{t}")).chain(act.remove.iter().map(|t| format!("-{t}"))).collect();
            format!("Tag {leads}: {}?", clean(&tags.join(" ")))
        }
        AnyAct::UpdateMany(act) => {
            let showing = env.showing();
            let set: Vec<String> = act
                .values
                .iter()
                .map(|(id, value)| match value.is_none() {
                    true => format!("empty {}", env.catalog.field(*id).label),
                    false => {
                        let shown = showing.show(env.catalog.field(*id), value, "");
                        format!("set {} to {}", env.catalog.field(*id).label, clean(shown.trim()))
                    }
                })
                .collect();
            let what = set.join(", ");
            let mut letters = what.chars();
            let begin = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
            format!("{begin}{} on {leads}?", letters.as_str())
        }
        AnyAct::Route(_) => {
            rest.push("The first rule that matches decides about each of them.".into());
            let left_out = env.catalog.rules().filter(|(_, rule)| rule.active && !rule.on.contains(&Trigger::ByHand));
            let left_out: Vec<&str> = left_out.map(|(definition, _)| definition.name.as_str()).collect();
            if !left_out.is_empty() {
                rest.push(format!("Not asked by hand, and left out: {}.", clean(&left_out.join(", "))));
            }
            format!("Ask the rules about {leads}?")
        }
        AnyAct::Purge(_) => {
            rest.push("This cannot be undone.".into());
            return (format!("Remove {leads} for good?"), rest);
        }
        _ => format!("Do this on {leads}?"),
    };
    let undo = env.keymap.keys_of(Action::Undo, Scope::Browse);
    rest.push(format!("{undo} takes all of it back in one step."));
    (question, rest)
}

/// The same for many qualifications.
pub(super) fn of_plan(plan: &Qualifications, env: &Env) -> (String, Vec<String>) {
    let counted = |count: u64, entity: Entity| {
        let shown = show_count(i64::try_from(count).unwrap_or(i64::MAX), &env.locale);
        format!("{shown} {}", entity.counted(count))
    };
    let made = [(plan.accounts, Entity::Account), (plan.contacts, Entity::Contact), (plan.opportunities, Entity::Opportunity)];
    let made: Vec<String> = made.iter().filter(|(n, _)| *n > 0).map(|(n, entity)| counted(*n, *entity)).collect();
    let mut rest = vec![match made.is_empty() {
        true => "Nothing new is made.".to_owned(),
        false => format!("New: up to {}.", made.join(", ")),
    }];
    if plan.linked > 0 {
        rest.push(format!("{} to what is there: same e-mail, or tied before.", counted(plan.linked, Entity::Lead)));
    }
    if plan.closed > 0 {
        rest.push(format!("{} not open, and passed over.", counted(plan.closed, Entity::Lead)));
    }
    let undo = env.keymap.keys_of(Action::Undo, Scope::Browse);
    rest.push(format!("{undo} takes all of it back in one step."));
    (format!("Qualify {}?", counted(plan.leads, Entity::Lead)), rest)
}
