//! The preview of a record beside a list: who, how to reach them, what it is worth, the newest of its timeline. Takes no key.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Paragraph};

use super::activity;
use super::spec::EntitySpec;
use crate::model::choice::{HOT, OPEN, Set};
use crate::model::clean::{clean, fit};
use crate::model::dates::{is_late, show_next};
use crate::model::entity::Entity;
use crate::model::process;
use crate::model::record::Record;
use crate::model::rules;
use crate::service::record::read::RecordDetail;
use crate::tui::action::{Action, Scope};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::markdown;
use crate::tui::widget::sentence::broken;
use crate::tui::widget::timeline::{self, Tab};
use crate::worker::drafts::Draft;

/// What a record is called: the name, else the company; with the company behind the name.
pub fn heading(record: &Record, env: &Env) -> String {
    let title = values(record, EntitySpec::of(record.key.entity).title, env);
    if title.is_empty() { record.key.to_string() } else { title }
}

/// `Open · Contacted   ▲ Hot`, with what is unusual: deleted, handed over, filled in by an import.
pub fn state_line(record: &Record, env: &Env) -> Line<'static> {
    let registry = env.catalog.registry(record.key.entity);
    let (states, reasons) = rules::state_sets(registry);
    let code = |name| registry.find(name).and_then(|id| record.get(id).as_int());
    let state = code("status").unwrap_or(OPEN);
    let mut text = env.catalog.choices.label(states, state);
    if let Some(reason) = code("status_reason") {
        let reason = env.catalog.choices.label(reasons, reason);
        if reason != text {
            text = format!("{text} · {reason}");
        }
    }
    let style =
        if rules::is_open(record.key.entity, state) { env.theme.style(Meaning::Title) } else { env.theme.style(Meaning::Dim) };
    let mut spans = vec![Span::styled(clean(&text).into_owned(), style)];
    if let Some(rating) = code("rating") {
        let label = env.catalog.choices.label(Set::Rating, rating);
        let (text, meaning) =
            if rating == HOT { (format!("   ▲ {label}"), Meaning::Hot) } else { (format!("   {label}"), Meaning::Label) };
        spans.push(Span::styled(text, env.theme.style(meaning)));
    }
    if let Some(score) = code("score") {
        let grade = code("grade").map(|grade| env.catalog.choices.label(Set::Grade, grade)).unwrap_or_default();
        spans.push(Span::styled(format!("   score {score} {grade}").trim_end().to_owned(), env.theme.style(Meaning::Label)));
    }
    if let Some(due) = code("next_due_at").filter(|_| state == OPEN) {
        let next = show_next(due, env.now(), env.zone);
        let (text, meaning) = match is_late(due, env.now(), env.zone) {
            true => (format!("   ! {next}"), Meaning::Late),
            false => (format!("   next {next}"), Meaning::Label),
        };
        spans.push(Span::styled(text, env.theme.style(meaning)));
    }
    if code("deleted_at").is_some() {
        spans.push(Span::styled("   ✗ deleted", env.theme.style(Meaning::Error)));
    }
    let filled = record.text(registry, "incomplete");
    if !filled.is_empty() {
        spans.push(Span::styled(format!("   ? filled in by the import: {}", clean(filled)), env.theme.style(Meaning::Label)));
    }
    Line::from(spans)
}

/// `Qualify ▸ Develop ▸ Propose ▸ Close   2/4`: where an open record is in its process. `None` where it is in none.
pub fn process_line(record: &Record, env: &Env) -> Option<Line<'static>> {
    let registry = env.catalog.registry(record.key.entity);
    let stage = process::stage(registry, record)?;
    if record.named(registry, "status").as_int() != Some(OPEN) {
        return None;
    }
    let mut spans = Vec::new();
    for choice in env.catalog.choices.all(Set::Stage) {
        let meaning = if choice.code == stage { Meaning::Tab } else { Meaning::Dim };
        if !spans.is_empty() {
            spans.push(Span::styled(" ▸ ", env.theme.style(Meaning::Dim)));
        }
        spans.push(Span::styled(clean(&choice.label).into_owned(), env.theme.style(meaning)));
    }
    let steps = process::steps(registry, record, stage);
    if !steps.is_empty() {
        let done = steps.iter().filter(|step| step.done).count();
        spans.push(Span::styled(format!("   {done}/{}", steps.len()), env.theme.style(Meaning::Label)));
    }
    Some(Line::from(spans))
}

/// The values of some fields in one line, those that are empty left out.
fn values(record: &Record, names: &[&str], env: &Env) -> String {
    let registry = env.catalog.registry(record.key.entity);
    let showing = env.showing();
    let shown: Vec<String> = names
        .iter()
        .filter_map(|name| registry.find(name))
        .filter(|id| !record.get(*id).is_none())
        .map(|id| clean(&showing.show(registry.field(id), record.get(id), record.currency(registry))).into_owned())
        .collect();
    shown.join(" · ")
}

/// The note that came with a lead that was handed over.
pub fn handed_line(record: &Record, env: &Env) -> Option<Line<'static>> {
    let registry = env.catalog.registry(record.key.entity);
    let by = record.named(registry, "handed_by").as_int()?;
    let note = record.text(registry, "handed_note");
    let text =
        if note.is_empty() { format!("from {}", env.user(by)) } else { format!("from {}: “{}”", env.user(by), clean(note)) };
    let meaning = if record.named(registry, "opened_at").is_none() { Meaning::Today } else { Meaning::Label };
    Some(Line::styled(text, env.theme.style(meaning)))
}

/// What was begun on a record and not saved, each with the key that goes on with it.
pub fn draft_line(record: &Record, env: &Env) -> Option<Line<'static>> {
    let number = record.key.to_string();
    let registry = env.catalog.registry(record.key.entity);
    let key = |action| env.keymap.keys_of(action, Scope::Record);
    let begun = |draft: &Draft| {
        let (what, on) = draft.key.split_once(&number).unwrap_or((&draft.key, ""));
        match (what, on.strip_prefix('-').and_then(|name| registry.find(name))) {
            ("note-", None) => format!("✎ a note was begun · {} goes on", key(Action::Note)),
            ("field-", Some(id)) => {
                format!("✎ {} was begun · {} on it goes on", registry.field(id).label, key(Action::Open))
            }
            ("call-", _) => format!("✎ a call was begun · {} goes on", key(Action::Call)),
            ("task-", _) => format!("✎ a task was begun · {} goes on", key(Action::Task)),
            ("appointment-", _) => format!("✎ an appointment was begun · {} goes on", key(Action::Book)),
            ("mail-", _) => format!("✎ a mail was begun · {} goes on", key(Action::Mail)),
            (other, _) if other.starts_with("edit-note-") => "✎ a change of a note was begun".to_owned(),
            _ => format!("✎ the form was begun · {} goes on", key(Action::Edit)),
        }
    };
    let own = env.drafts.iter().filter(|draft| draft.record == number && env.typing.as_ref() != Some(&draft.key));
    let texts: Vec<String> = own.map(begun).collect();
    (!texts.is_empty()).then(|| Line::styled(texts.join("   "), env.theme.style(Meaning::Draft)))
}

/// How to reach the person, in one line; empty when nothing is known.
pub fn reach(record: &Record, env: &Env) -> String {
    if record.key.entity == Entity::Activity {
        return activity::people(record, env);
    }
    let ways = values(record, EntitySpec::of(record.key.entity).reach, env);
    match env.there(record) {
        Some(there) if !ways.is_empty() => format!("{ways} · {there}"),
        _ => ways,
    }
}

/// `! no calls · no e-mail`: what a person asked for.
pub fn barred_line(record: &Record, env: &Env) -> Option<Line<'static>> {
    let registry = env.catalog.registry(record.key.entity);
    let forbidden = [("do_not_phone", "no calls"), ("do_not_email", "no e-mail"), ("do_not_mail", "no letters")];
    let barred: Vec<&str> = forbidden
        .iter()
        .filter(|(name, _)| registry.find(name).is_some_and(|id| record.get(id).as_int() == Some(1)))
        .map(|(_, text)| *text)
        .collect();
    (!barred.is_empty()).then(|| Line::styled(format!("! {}", barred.join(" · ")), env.theme.style(Meaning::Error)))
}

/// A preview of fewer lines than this is packed, so that the newest of the timeline is seen.
const ROOMY: u16 = 12;

/// The lines above the timeline; with little room, several things in one.
fn head(detail: &RecordDetail, roomy: bool, columns: usize, env: &Env) -> Vec<Line<'static>> {
    let record = &detail.record;
    let spec = EntitySpec::of(record.key.entity);
    let about: Vec<&str> =
        spec.about.iter().copied().filter(|name| !spec.reach.contains(name) && !spec.person.contains(name)).collect();
    let mut lines = vec![state_line(record, env)];
    if record.key.entity == Entity::Activity {
        let time = broken(&activity::time(record, env), columns, if roomy { 2 } else { 1 });
        lines.splice(..0, time.into_iter().map(Line::from));
    }
    let texts = if roomy {
        vec![
            values(record, &about, env),
            reach(record, env),
            values(record, spec.worth, env),
            values(record, spec.person, env),
            values(record, &["tags"], env),
        ]
    } else {
        let topic = values(record, &about, env);
        if let Some(line) = lines.first_mut().filter(|_| !topic.is_empty()) {
            line.spans.push(Span::raw(format!("   {topic}")));
        }
        let others: Vec<&str> = spec.worth.iter().chain(spec.person).chain(&["tags"]).copied().collect();
        vec![reach(record, env), values(record, &others, env)]
    };
    if roomy {
        lines.extend(process_line(record, env));
    }
    if let Some(line) = draft_line(record, env) {
        lines.insert(1, line);
    }
    for text in texts {
        if !text.is_empty() {
            lines.extend(broken(&text, columns, if roomy { 2 } else { 1 }).into_iter().map(Line::from));
        }
    }
    lines.extend(handed_line(record, env));
    lines.extend(barred_line(record, env));
    lines
}

/// What an activity says, which is what one looks for in it.
fn text<'a>(record: &'a Record, env: &Env) -> Option<&'a str> {
    let is_activity = record.key.entity == Entity::Activity;
    let text = is_activity.then(|| record.text(&env.catalog.activity, "description"))?;
    (!text.is_empty()).then_some(text)
}

/// Draws the preview; an older one stays, dimmed, until the next is here.
pub fn draw(
    detail: Option<&RecordDetail>,
    current: Option<i64>,
    scroll: usize,
    focused: bool,
    frame: &mut Frame<'_>,
    area: Rect,
    env: &Env,
) {
    let border = env.theme.style(if focused { Meaning::Focus } else { Meaning::Frame });
    let Some(detail) = detail.filter(|_| current.is_some()) else {
        return frame.render_widget(Block::bordered().border_style(border), area);
    };
    let room = usize::from(area.width.saturating_sub(4));
    let number = detail.record.key.to_string();
    let title = fit(&heading(&detail.record, env), room.saturating_sub(number.len() + 2));
    let block = Block::bordered()
        .border_style(border)
        .title(Span::styled(format!(" {title} "), env.theme.style(Meaning::Title)))
        .title(Line::from(format!(" {number} ")).right_aligned());
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let inner = Rect { x: inner.x.saturating_add(1), width: inner.width.saturating_sub(1), ..inner };
    let roomy = inner.height >= ROOMY;
    let mut lines = head(detail, roomy, usize::from(inner.width), env);
    if let Some(text) = text(&detail.record, env) {
        let room = usize::from(inner.height).saturating_sub(lines.len() + 3);
        lines.extend(markdown::render(text, usize::from(inner.width), room, &env.theme));
    }
    if roomy {
        let rule = format!("── timeline {}", "─".repeat(usize::from(inner.width).saturating_sub(12)));
        lines.push(Line::styled(rule, env.theme.style(Meaning::Frame)));
    }
    let wanted = scroll + usize::from(inner.height);
    if lines.len() < wanted {
        lines.extend(timeline::lines(detail.into(), env, inner.width, Tab::All, wanted));
    }
    let scroll = scroll.min(lines.len().saturating_sub(usize::from(inner.height) / 2));
    let shown: Vec<Line<'_>> = lines.into_iter().skip(scroll).take(usize::from(inner.height)).collect();
    let stale = current != Some(detail.record.key.number);
    let style = if stale { env.theme.style(Meaning::Dim) } else { ratatui::style::Style::default() };
    frame.render_widget(Paragraph::new(shown).style(style), inner);
}
