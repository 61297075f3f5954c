//! A customer request as a line of a timeline: its number, what it is, what became of it. Asks for nothing.

use ratatui::style::Style;
use ratatui::text::Line;

use crate::model::choice::{OPEN, Set};
use crate::model::clean::clean;
use crate::model::dates::{is_late, show_planned};
use crate::model::entity::Entity;
use crate::service::record::read::Asked;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::markdown;

/// More than fits on any screen is never looked at.
const LONGEST: usize = 500;

/// The sign, the text, the tail and the style of the line.
pub(super) fn words(asked: &Asked, env: &Env) -> (&'static str, String, String, Style) {
    let choices = &env.catalog.choices;
    let title: String = asked.title.chars().take(LONGEST).collect();
    let mut parts = Vec::new();
    if asked.state != OPEN {
        parts.push(choices.label(Set::RequestState, asked.state).to_lowercase());
    }
    parts.push(clean(&title).into_owned());
    if let Some(first) = asked.resolution.lines().map(str::trim).find(|line| !line.is_empty()) {
        parts.push(clean(&first.chars().take(LONGEST).collect::<String>()).into_owned());
    }
    let mut tail = format!(" · {}", Entity::Request.numbered(asked.number));
    if asked.state == OPEN {
        if let Some(kind) = asked.kind {
            tail.push_str(&format!(" · {}", choices.label(Set::RequestType, kind).to_lowercase()));
        }
        if let Some(due) = asked.due {
            tail.push_str(&format!(" · by {}", show_planned(due, env.now(), env.zone)));
        }
    }
    let style = match (asked.state, asked.due) {
        (OPEN, Some(due)) if is_late(due, env.now(), env.zone) => env.theme.style(Meaning::Late),
        (OPEN, _) => Style::new(),
        _ => env.theme.style(Meaning::Dim),
    };
    ("?", parts.join(" · "), clean(&tail).into_owned(), style)
}

/// What was said of it and what it was answered with, below the line.
pub(super) fn body(asked: &Asked, columns: usize, most: usize, env: &Env) -> Vec<Line<'static>> {
    let text = match (asked.text.trim(), asked.resolution.trim()) {
        (text, "") => text.to_owned(),
        ("", resolution) => format!("→ {resolution}"),
        (text, resolution) => format!("{text}\n\n→ {resolution}"),
    };
    markdown::render(&text, columns, most, &env.theme)
}
