//! An activity as a line of a timeline: its sign, when it is due or how it went, and what was said. Asks for nothing.

use ratatui::style::Style;
use ratatui::text::Line;

use crate::model::activity::{CANCELED, DONE, INCOMING, MADE, OUTGOING, RECEIVED, SENT, has_direction, is_open, sign};
use crate::model::choice::{OPEN, Set};
use crate::model::clean::clean;
use crate::model::dates::{is_late, show_next, show_planned};
use crate::model::value::Owner;
use crate::service::record::read::Brief;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::markdown;

/// More than fits on any screen is never looked at.
const LONGEST: usize = 500;

/// The sign, the text, the tail and the style of the line.
pub(super) fn words(brief: &Brief, env: &Env) -> (&'static str, String, String, Style) {
    let choices = &env.catalog.choices;
    let mut parts: Vec<String> = Vec::new();
    let open = is_open(brief.state);
    if let (true, Some(due)) = (open, brief.due) {
        parts.push(show_next(due, env.now(), env.zone));
        if !is_late(due, env.now(), env.zone) {
            parts[0] = show_planned(due, env.now(), env.zone);
        }
    }
    let direction = brief.direction.filter(|_| has_direction(brief.kind) && !open);
    match direction {
        Some(OUTGOING) => parts.push("out".into()),
        Some(INCOMING) => parts.push("in".into()),
        _ => {}
    }
    if let Some(outcome) = brief.outcome.filter(|_| !open) {
        parts.push(choices.label(Set::Outcome, outcome).to_lowercase());
    }
    let subject: String = brief.subject.chars().take(LONGEST).collect();
    // “Call Ann Lee” says nothing on the page of Ann Lee
    if open || brief.outcome.is_none() || !subject.starts_with("Call ") {
        parts.push(clean(&subject).into_owned());
    }
    if let Some(first) = brief.text.lines().map(str::trim).find(|line| !line.is_empty()).filter(|_| !open) {
        parts.push(clean(&first.chars().take(LONGEST).collect::<String>()).into_owned());
    }
    if !brief.location.is_empty() && open {
        parts.push(clean(&brief.location).into_owned());
    }
    let mut tail = String::new();
    if !matches!(brief.reason, DONE | MADE | RECEIVED | SENT) && brief.state != OPEN && brief.state != CANCELED {
        tail.push_str(&format!(" · {}", choices.label(Set::ActivityReason, brief.reason).to_lowercase()));
    }
    if brief.state == CANCELED {
        tail.push_str(" · canceled");
    }
    if let Some(owner) = Owner::of_code(brief.owner).filter(|owner| *owner != Owner::User(env.me)) {
        tail.push_str(&format!(" · {}", clean(&env.catalog.people.show(owner))));
    }
    let style = match (open, brief.due) {
        (true, Some(due)) if is_late(due, env.now(), env.zone) => env.theme.style(Meaning::Late),
        _ if brief.state == CANCELED => env.theme.style(Meaning::Dim),
        _ => Style::new(),
    };
    (sign(brief.kind), parts.join(" · "), tail, style)
}

/// What was said, below the line; without its first line where that could be read there.
pub(super) fn body(brief: &Brief, cut: bool, columns: usize, most: usize, env: &Env) -> Vec<Line<'static>> {
    let text = if cut || is_open(brief.state) { brief.text.as_str() } else { super::after_title(&brief.text) };
    markdown::render(text, columns, most, &env.theme)
}
