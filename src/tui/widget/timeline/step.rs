//! What a step changed, in people's words: labels, logins, dates; nothing that the program keeps for itself. Draws nothing.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::model::clean::{clean, fit};
use crate::model::dates::show_planned;
use crate::model::entity::Entity;
use crate::model::field::lead::FIELDS;
use crate::model::field::{Access, Kind};
use crate::model::line::Line;
use crate::model::note::title;
use crate::model::value::Value;
use crate::service::attachment;
use crate::service::line::sold;
use crate::service::link::linked;
use crate::service::merge::merged_into_it;
use crate::service::note::moved_from;
use crate::service::note::pin::pinned;
use crate::service::share;
use crate::store::codec::from_log;
use crate::store::log::{Change, ChangeKind};
use crate::tui::env::Env;

/// Columns of one value; more is seen in the field itself.
const LONGEST: usize = 60;

/// The fields that the program keeps; their changes say nothing to people.
static KEPT: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    FIELDS
        .iter()
        .filter(|f| f.access == Access::System && !matches!(f.name, "handed_note" | "master" | "erased_at"))
        .map(|f| f.name)
        .collect()
});

/// Whether a change is shown among all steps.
pub(super) fn is_seen(change: &Change) -> bool {
    change.record.entity.is_child() || change.kind != ChangeKind::Update || !KEPT.contains(change.field.as_str())
}

/// Whether it says more than the notes do that stand beside it.
pub(super) fn is_news(change: &Change) -> bool {
    is_seen(change)
        && !change.record.entity.has_regarding()
        && !(change.record.entity.is_child() && change.kind == ChangeKind::Create)
}

/// The changes of a step that are shown in the history.
pub(super) fn words(changes: &[Change], env: &Env) -> Vec<String> {
    said(changes, is_seen, env)
}

/// Those that are shown beside notes.
pub(super) fn news(changes: &[Change], env: &Env) -> Vec<String> {
    said(changes, is_news, env)
}

fn said(changes: &[Change], choose: fn(&Change) -> bool, env: &Env) -> Vec<String> {
    let mut said: Vec<String> = changes.iter().filter(|c| choose(c)).filter_map(|change| one(change, env)).collect();
    said.dedup();
    said
}

/// The sign before a step.
pub(super) fn sign(changes: &[Change]) -> &'static str {
    // what stands on the record has signs of its own
    let own = |c: &&Change| c.kind != ChangeKind::Update && !c.record.entity.has_regarding();
    match changes.iter().find(own).map(|c| c.kind) {
        Some(ChangeKind::Create) => "+",
        Some(ChangeKind::Delete) => "✗",
        Some(ChangeKind::Restore) => "↺",
        _ => "~",
    }
}

/// Where a step came from, in words.
pub fn origin(name: &str) -> &str {
    match name {
        "cli" => "command line",
        "import" => "import",
        "mail" => "mail",
        "rule" => "rule",
        _ => "leadbook",
    }
}

fn one(change: &Change, env: &Env) -> Option<String> {
    match (change.record.entity, change.kind) {
        (Entity::Note, ChangeKind::Create) => Some(format!("note: {}", short(title(change.new.as_deref()?)))),
        (Entity::Note, ChangeKind::Delete) => Some("note deleted".into()),
        (Entity::Note, ChangeKind::Restore) => Some("note restored".into()),
        (Entity::Note, ChangeKind::Update) if moved_from(change).is_some() => {
            moved_from(change).map(|from| format!("note moved from {from}"))
        }
        (Entity::Note, ChangeKind::Update) if pinned(change).is_some() => {
            pinned(change).map(|is| if is { "note pinned".into() } else { "note unpinned".into() })
        }
        (Entity::Note, ChangeKind::Update) => Some(format!("note changed: {}", short(title(change.new.as_deref()?)))),
        (Entity::Attachment, _) => attachment::words(change).map(|said| format!("file {}", short(&said))),
        (entity, ChangeKind::Create) => Some(format!("{}{} added", whose(change), entity.name())),
        (_, ChangeKind::Delete) => Some(format!("{}deleted", whose(change))),
        (_, ChangeKind::Restore) => Some(format!("{}restored", whose(change))),
        (_, ChangeKind::Update) => field(change, env).map(|said| format!("{}{said}", whose(change))),
    }
}

/// The number of what stands on the record and changed, before what is said of it.
fn whose(change: &Change) -> String {
    if change.record != change.about && change.record.entity.has_regarding() {
        format!("{} ", change.record)
    } else {
        String::new()
    }
}

fn field(change: &Change, env: &Env) -> Option<String> {
    if let Some(other) = merged_into_it(change) {
        return Some(format!("{other} merged into it"));
    }
    if let Some(other) = linked(&change.field) {
        return Some(match change.new.as_deref() {
            None => format!("unlinked {other}"),
            Some("") => format!("linked {other}"),
            Some(role) => format!("linked {other} as {}", short(role)),
        });
    }
    if let Some(product) = sold(&change.field) {
        return Some(match change.new.as_deref().and_then(Line::of_log) {
            None => format!("{product} taken off"),
            Some(line) => format!("{product}: {}", line.show(&env.locale)),
        });
    }
    if let Some(said) = share::words(&env.catalog, change) {
        return Some(short(&said));
    }
    let registry = env.catalog.registry(change.record.entity);
    let field = registry.field(registry.find(&change.field)?);
    // a value that the log holds in no form of this field is shown as it stands there
    let value = |text: &Option<String>| {
        from_log(field, text.as_deref()).unwrap_or_else(|_| Value::Text(text.clone().unwrap_or_default()))
    };
    let (old, new) = (value(&change.old), value(&change.new));
    if field.name == "handed_note" {
        return (!new.is_none()).then(|| format!("“{}”", short(new.as_text())));
    }
    if field.kind == Kind::Tags {
        return Some(format!("{} {}", field.label, tags(&old, &new)));
    }
    let showing = env.showing();
    let shown = |value: &Value| match value {
        Value::None => String::new(),
        // a list says “Wed”; what was changed on that day is the hour
        Value::Instant(at) => show_planned(*at, env.now(), env.zone),
        value => short(showing.show(field, value, "").trim()),
    };
    Some(match (shown(&old), shown(&new)) {
        (old, new) if old.is_empty() => format!("{}: {new}", field.label),
        (old, new) if new.is_empty() => format!("{} {old} → –", field.label),
        (old, new) => format!("{} {old} → {new}", field.label),
    })
}

fn tags(old: &Value, new: &Value) -> String {
    let list = |value: &Value| match value {
        Value::Tags(tags) => tags.clone(),
        _ => Vec::new(),
    };
    let (old, new) = (list(old), list(new));
    let added = new.iter().filter(|tag| !old.contains(tag)).map(|tag| format!("+{}", clean(tag)));
    let gone = old.iter().filter(|tag| !new.contains(tag)).map(|tag| format!("-{}", clean(tag)));
    added.chain(gone).collect::<Vec<_>>().join(" ")
}

/// The first line of a value, cleaned and short.
fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    let line = line.char_indices().nth(LONGEST * 2).map_or(line, |(end, _)| &line[..end]);
    let more = if line.len() < text.len() { "…" } else { "" };
    fit(&format!("{}{more}", clean(line)), LONGEST)
}
