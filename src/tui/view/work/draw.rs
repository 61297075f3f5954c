//! Draws the record that is worked: who it is, how to reach them, what they want, what was last, and the strip. Changes nothing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::WorkView;
use crate::model::activity::PHONE_CALL;
use crate::model::clean::{clean, fit, width};
use crate::model::field::Kind;
use crate::model::record::Record;
use crate::service::activity::forbidden;
use crate::tui::action::{Action, Scope};
use crate::tui::env::Env;
use crate::tui::layer::wrap_up::ROWS;
use crate::tui::theme::Meaning;
use crate::tui::view::preview::state_line;
use crate::tui::view::spec::EntitySpec;
use crate::tui::widget::timeline::{self, Tab};

pub(super) fn draw(view: &WorkView, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let columns = usize::from(area.width);
    frame.render_widget(head(view, columns, env), Rect { height: 1, ..area });
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if view.over {
        return over(view, frame, body, env);
    }
    let strip = Rect { y: body.bottom().saturating_sub(ROWS), height: ROWS.min(body.height), ..body };
    let above = Rect { height: body.height.saturating_sub(ROWS), ..body };
    let place = view.detail.as_ref().and_then(|detail| env.place_of(&detail.record));
    view.strip.draw(frame, strip, place, env);
    if let Some(failed) = &view.failed {
        return frame.render_widget(Paragraph::new(format!(" {}", clean(failed))).style(env.theme.style(Meaning::Error)), above);
    }
    let Some(detail) = &view.detail else { return };
    let mut lines = person(&detail.record, columns, env);
    lines.extend(warnings(view, &detail.record, columns, env));
    let rule = "─".repeat(columns.saturating_sub(9));
    lines.push(Line::styled(format!("── last {rule}"), env.theme.style(Meaning::Frame)));
    let room = usize::from(above.height).saturating_sub(lines.len());
    lines.extend(timeline::lines(detail.as_ref().into(), env, area.width, Tab::All, room));
    frame.render_widget(Paragraph::new(lines), above);
}

/// `Expo call-backs · 12 of 40 · reached 5 · call-backs 3`.
fn head(view: &WorkView, columns: usize, env: &Env) -> Line<'static> {
    let place = &view.place;
    let at = (place.at + 1).min(place.records.len());
    let mut text = format!(" · {at} of {} · reached {} of {}", place.records.len(), place.reached, place.calls);
    if place.call_backs > 0 {
        text.push_str(&format!(" · call-backs {}", place.call_backs));
    }
    let passed = place.passed_words();
    if !passed.is_empty() {
        text.push_str(&format!(" · {passed}"));
    }
    let tail = format!("{} leaves it ", env.keymap.keys_of(Action::Back, Scope::Always));
    // a long filter is cut before the counts are
    let room = columns.saturating_sub(width(&tail) + 1);
    let title = fit(&clean(&place.title), room.saturating_sub(width(&text) + 1).max(12));
    let text = fit(&format!(" {title}{text}"), room);
    let free = columns.saturating_sub(width(&text) + width(&tail));
    Line::from(vec![
        Span::styled(text, env.theme.style(Meaning::Title)),
        Span::raw(" ".repeat(free)),
        Span::styled(tail, env.theme.style(Meaning::Label)),
    ])
}

fn text(record: &Record, name: &str, env: &Env) -> String {
    let registry = env.catalog.registry(record.key.entity);
    registry.find(name).map_or_else(String::new, |id| {
        let field = registry.field(id);
        let value = record.get(id);
        let shown = env.showing().show(field, value, record.currency(registry));
        if field.kind == Kind::Text || !value.is_none() {
            clean(shown.lines().next().unwrap_or_default()).into_owned()
        } else {
            String::new()
        }
    })
}

/// Who it is, how to reach them, what they want.
fn person(record: &Record, columns: usize, env: &Env) -> Vec<Line<'static>> {
    let of = |names: &[&str]| {
        let found: Vec<String> = names.iter().map(|name| text(record, name, env)).filter(|text| !text.is_empty()).collect();
        found.join(" · ")
    };
    let spec = EntitySpec::of(record.key.entity);
    let name = of(spec.title);
    let role = of(&["job_title", "city", "country"]);
    let mut first = vec![Span::styled(format!(" {} ", fit(&name, columns.saturating_sub(2))), env.theme.style(Meaning::Title))];
    if !role.is_empty() && width(&name) + width(&role) + 6 < columns {
        first.push(Span::styled(format!("· {role} "), env.theme.style(Meaning::Label)));
    }
    first.push(Span::raw(" "));
    let mut state = state_line(record, env);
    let mut first = Line::from(first);
    // what an import filled in gives way to how the lead stands
    while state.spans.len() > 1 && first.width() + state.width() >= columns {
        state.spans.pop();
    }
    if first.width() + state.width() < columns {
        let free = columns - first.width() - state.width() - 1;
        first.spans.push(Span::raw(" ".repeat(free)));
        first.spans.extend(state.spans);
    }
    let phones: Vec<String> = ["phone", "mobile_phone", "home_phone", "other_phone"]
        .iter()
        .map(|name| text(record, name, env))
        .filter(|t| !t.is_empty())
        .collect();
    let dial = env.keymap.keys_of(Action::Dial, Scope::Record);
    let mut reach = match phones.split_first() {
        Some((first, rest)) => {
            let rest = if rest.is_empty() { String::new() } else { format!(" · {}", rest.join(" · ")) };
            format!(" ☎ {first} ({dial} dials){rest}")
        }
        None => " ☎ no number".to_owned(),
    };
    if let Some(there) = env.there(record) {
        reach.push_str(&format!("   {there}"));
    }
    let mail = text(record, "email", env);
    if !mail.is_empty() {
        reach.push_str(&format!("   ✉ {mail}"));
    }
    let worth = of(&["topic", "budget_status", "estimated_value", "purchase_timeframe", "source"]);
    let mut lines = vec![first, Line::raw(fit(&reach, columns))];
    if !worth.is_empty() {
        lines.push(Line::raw(fit(&format!(" {worth}"), columns)));
    }
    lines
}

/// What speaks against calling, and whom it may be too.
fn warnings(view: &WorkView, record: &Record, columns: usize, env: &Env) -> Vec<Line<'static>> {
    let late = env.theme.style(Meaning::Late);
    let registry = env.catalog.registry(record.key.entity);
    let mut lines = Vec::new();
    if let Some(words) = forbidden(registry, record, PHONE_CALL) {
        lines.push(Line::styled(fit(&format!(" ! {words}: a call that is logged all the same says so"), columns), late));
    }
    if let Some(twin) = view.twins.first() {
        let why = twin.reasons.first().map_or("alike", String::as_str);
        let who = [twin.name.as_str(), twin.place.as_str()];
        let who: Vec<&str> = who.into_iter().filter(|text| !text.is_empty()).collect();
        let keys = env.keymap.keys_of(Action::Merge, Scope::Record);
        let more = if view.twins.len() > 1 { format!(" and {} more", view.twins.len() - 1) } else { String::new() };
        let line = format!(" ! {why} as {} ({}){more}: {keys} compares", twin.key, clean(&who.join(", ")));
        lines.push(Line::styled(fit(&line, columns), late));
    }
    lines
}

/// What is said when the list is worked.
fn over(view: &WorkView, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let place = &view.place;
    let calls = if place.calls == 1 { "call" } else { "calls" };
    let mut lines = vec![
        Line::default(),
        Line::styled(
            format!(
                " All of it is worked: {} {calls}, {} reached, {} to call back.",
                place.calls, place.reached, place.call_backs
            ),
            env.theme.style(Meaning::Title),
        ),
    ];
    let passed = place.passed_words();
    if !passed.is_empty() {
        lines.push(Line::raw(format!(" {passed}")));
    }
    let (back, leave) =
        (env.keymap.keys_of(Action::PreviousRecord, Scope::Record), env.keymap.keys_of(Action::Open, Scope::WrapUp));
    lines.push(Line::styled(format!(" {leave} leaves it · {back} goes back to the last one"), env.theme.style(Meaning::Label)));
    frame.render_widget(Paragraph::new(lines), area);
}
