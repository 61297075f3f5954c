//! Steps and what they changed, in words for people and as JSON. Asks nothing.

use serde_json::{Value as Json, json};

use crate::model::clean::clean;
use crate::model::dates::{rfc3339_utc, show_instant};
use crate::model::diff;
use crate::model::entity::Entity;
use crate::model::field::{Access, Field, Kind};
use crate::model::line::Line;
use crate::model::note::title;
use crate::model::value::Value;
use crate::service::Context;
use crate::service::attachment;
use crate::service::line::sold;
use crate::service::link::linked;
use crate::service::merge::merged_into_it;
use crate::service::note::moved_from;
use crate::service::note::pin::pinned;
use crate::service::share;
use crate::store::codec::from_log;
use crate::store::log::{Change, ChangeKind, Operation};

/// A moment in full: `23 Nov 2026 10:00`.
pub fn moment(ctx: &Context, at: i64) -> String {
    show_instant(at, ctx.zone)
}

/// The login of a user.
pub fn login(ctx: &Context, number: i64) -> String {
    ctx.catalog.people.user(number).map_or_else(|| format!("user {number}"), |u| u.login.clone())
}

/// Where a step came from.
pub fn origin(name: &str) -> &str {
    match name {
        "cli" => "command line",
        "tui" => "interface",
        other => other,
    }
}

/// What a change did, in words; none where it says nothing to people.
pub fn change(ctx: &Context, change: &Change) -> Option<String> {
    let short = |text: &Option<String>| cut(title(text.as_deref().unwrap_or_default()));
    match (change.record.entity, change.kind) {
        (Entity::Note, ChangeKind::Create) => Some(format!("{} written: {}", change.record, short(&change.new))),
        (Entity::Note, ChangeKind::Delete) => Some(format!("{} deleted", change.record)),
        (Entity::Note, ChangeKind::Restore) => Some(format!("{} restored", change.record)),
        (Entity::Note, ChangeKind::Update) if moved_from(change).is_some() => {
            moved_from(change).map(|from| format!("{} moved from {from}", change.record))
        }
        (Entity::Note, ChangeKind::Update) if pinned(change).is_some() => {
            pinned(change).map(|is| format!("{} {}", change.record, if is { "pinned" } else { "unpinned" }))
        }
        (Entity::Note, ChangeKind::Update) => Some(format!("{} changed: {}", change.record, short(&change.new))),
        (Entity::Attachment, _) => attachment::words(change).map(|said| format!("{} {said}", change.record)),
        (_, ChangeKind::Create) => Some("added".into()),
        (_, ChangeKind::Delete) => Some("deleted".into()),
        (_, ChangeKind::Restore) => Some("restored".into()),
        (_, ChangeKind::Update) => {
            if let Some(other) = merged_into_it(change) {
                return Some(format!("{other} merged into it"));
            }
            if let Some(other) = linked(&change.field) {
                return Some(match change.new.as_deref() {
                    None => format!("unlinked {other}"),
                    Some("") => format!("linked {other}"),
                    Some(role) => format!("linked {other} as {role}"),
                });
            }
            if let Some(product) = sold(&change.field) {
                return Some(match change.new.as_deref().and_then(Line::of_log) {
                    None => format!("{product} taken off"),
                    Some(line) => format!("{product}: {}", line.show(&ctx.locale)),
                });
            }
            if let Some(said) = share::words(&ctx.catalog, change) {
                return Some(said);
            }
            let field = field(ctx, change)?;
            if field.access == Access::System && !matches!(field.name, "handed_note" | "master" | "erased_at") {
                return None;
            }
            let showing = ctx.showing();
            let shown = |text: &Option<String>| {
                let value = value(field, text);
                let text = if value.is_none() { String::new() } else { showing.show(field, &value, "") };
                if text.trim().is_empty() { "–".into() } else { cut(text.trim()) }
            };
            Some(format!("{}: {} → {}", field.label, shown(&change.old), shown(&change.new)))
        }
    }
}

/// The lines of a note that a change took away and put in, behind `-` and `+`.
pub fn edited(change: &Change) -> Vec<String> {
    if change.record.entity != Entity::Note || change.kind != ChangeKind::Update || change.field != "body" {
        return Vec::new();
    }
    let (old, new) = (change.old.as_deref().unwrap_or_default(), change.new.as_deref().unwrap_or_default());
    let line = |line: diff::Line<'_>| match line {
        diff::Line::Gone(text) => format!("- {}", clean(text)),
        diff::Line::Come(text) => format!("+ {}", clean(text)),
    };
    diff::lines(old, new).into_iter().map(line).collect()
}

fn field<'a>(ctx: &'a Context, change: &Change) -> Option<&'a Field> {
    let registry = ctx.catalog.registry(change.record.entity);
    registry.find(&change.field).map(|id| registry.field(id))
}

/// What the log holds for a field; what is in no form of this field stays as it stands there.
fn value(field: &Field, text: &Option<String>) -> Value {
    // the log says of a kind whose values are no text only what it can read back
    from_log(field, text.as_deref()).unwrap_or_else(|_| Value::Text(text.clone().unwrap_or_default()))
}

/// The first line, at most 80 characters.
fn cut(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(80).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A change as JSON.
pub fn change_json(ctx: &Context, operation: &Operation, change: &Change) -> Json {
    let value = |text: &Option<String>| match (field(ctx, change), text) {
        (_, None) => Json::Null,
        (Some(field), text) => match value(field, text) {
            // an amount, a choice or a flag that the log holds as such
            value @ Value::Text(_) if !field.is_text() && field.kind != Kind::Id => Json::from(value.as_text()),
            value => ctx.showing().json(field, &value),
        },
        // notes and files have no registry; what they log of times is in µs UTC
        (None, Some(text)) => match text.parse() {
            Ok(at) if change.field.ends_with("_at") => Json::from(rfc3339_utc(at)),
            _ => Json::from(text.as_str()),
        },
    };
    let name = match share::shared_with(&change.field) {
        Some(principal) => format!("share:{}", ctx.catalog.people.show(principal)),
        None => change.field.clone(),
    };
    json!({
        "step": operation.number,
        "at": rfc3339_utc(operation.at),
        "by": login(ctx, operation.actor),
        "origin": operation.origin,
        "act": operation.act,
        "record": change.record.to_string(),
        "change": change.kind.name(),
        "field": if name.is_empty() { Json::Null } else { Json::from(name) },
        "old": value(&change.old),
        "new": value(&change.new),
    })
}

/// A step as JSON.
pub fn step_json(ctx: &Context, operation: &Operation) -> Json {
    json!({
        "step": operation.number,
        "at": rfc3339_utc(operation.at),
        "by": login(ctx, operation.actor),
        "origin": operation.origin,
        "act": operation.act,
        "summary": operation.summary,
        "records": operation.touched,
        "undone": operation.undone_by.is_some(),
    })
}
