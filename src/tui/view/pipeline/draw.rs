//! How the board looks: lanes side by side as many as there is room for, heads with count and worth, cards below. Asks for nothing.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Lane, Pipeline, card_fields};
use crate::model::choice::HOT;
use crate::model::clean::{clean, fit, pad, width};
use crate::model::dates::ago;
use crate::model::number::show_count;
use crate::model::value::Value;
use crate::service::record::read::ListRow;
use crate::tui::action::{Action, Scope};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::popup::put;

/// The least columns of a lane, with the blank behind it.
const LEAST: u16 = 19;
/// Lines of a card with the blank one below it.
const CARD: u16 = 4;
/// Lines of the head of a lane with the rule below it.
const HEAD: u16 = 3;

fn screen(env: &Env) -> Rect {
    Rect { x: 0, y: 1, width: env.size.0, height: env.size.1.saturating_sub(2) }
}

/// How many lanes there is room for.
pub(super) fn lanes_on_screen(board: &Pipeline, env: &Env) -> usize {
    usize::from((env.size.0 / LEAST).max(1)).min(board.lanes.len())
}

/// How many cards of a lane are seen.
pub(super) fn cards_on_screen(env: &Env) -> usize {
    usize::from((screen(env).height.saturating_sub(HEAD + 1) / CARD).max(1))
}

/// The lane and the place in it that were clicked.
pub(super) fn card_at(board: &Pipeline, column: u16, row: u16, env: &Env) -> Option<(usize, usize)> {
    let area = screen(env);
    let at = lanes(board, area, env).iter().position(|lane| lane.contains((column, row).into()))?;
    let lane = board.lanes.get(board.left + at)?;
    let place = lane.window.top() + usize::from(row.checked_sub(area.y + 1 + HEAD)? / CARD);
    (place < lane.window.len()).then_some((board.left + at, place))
}

/// The lane whose head was clicked.
pub(super) fn head_at(board: &Pipeline, column: u16, row: u16, env: &Env) -> Option<usize> {
    let places = lanes(board, screen(env), env);
    let at = places.iter().position(|lane| lane.contains((column, row).into()) && row < lane.y + HEAD)?;
    (board.left + at < board.lanes.len()).then_some(board.left + at)
}

/// Where the lanes on the screen are.
fn lanes(board: &Pipeline, area: Rect, env: &Env) -> Vec<Rect> {
    let below = Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area };
    Layout::horizontal(vec![Constraint::Fill(1); lanes_on_screen(board, env)]).split(below).to_vec()
}

pub(super) fn draw(board: &Pipeline, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    if area.is_empty() {
        return;
    }
    let places = lanes(board, area, env);
    title(board, places.len(), frame, Rect { height: 1, ..area }, env);
    for (at, place) in places.iter().enumerate() {
        if let Some(shown) = board.lanes.get(board.left + at) {
            let inner = Rect { width: place.width.saturating_sub(1), ..*place };
            let here = board.lane == board.left + at;
            lane(shown, (here, here && board.is_on_head()), board.height, frame, inner, env);
        }
    }
}

fn title(board: &Pipeline, shown: usize, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let mut spans = vec![Span::styled(" Pipeline", env.theme.style(Meaning::Title))];
    if let Some(failed) = &board.failed {
        spans.push(Span::styled(format!("   ! {}", clean(failed)), env.theme.style(Meaning::Error)));
    } else if !board.filter.is_empty() {
        spans.push(Span::styled(format!("   / {}", clean(&board.filter)), env.theme.style(Meaning::Prompt)));
    }
    frame.render_widget(Line::from(spans), area);
    let key = |action| env.keymap.keys_of(action, Scope::Browse);
    let (shows, way) = (board.filter.is_empty() && board.failed.is_none() && !board.is_on_head(), key(Action::Up));
    let (before, behind) = (board.left, board.lanes.len().saturating_sub(board.left + shown));
    let more = match (before, behind) {
        (0, 0) => String::new(),
        (0, n) => format!("{n} more → "),
        (n, 0) => format!("← {n} more "),
        (n, m) => format!("← {n}  {m} → "),
    };
    let dim = env.theme.style(Meaning::Dim);
    let way = format!("   {way} above the first card: {} lists the column", key(Action::Open));
    if shows && 9 + width(&way) + width(&more) < usize::from(area.width) {
        put(frame, area.x + 9, area.y, &way, area, dim);
    }
    frame.render_widget(Line::styled(more, dim).right_aligned(), area);
}

/// What a lane is worth: `1,200 EUR · 40 USD`, as much of it as fits; a sum that does not fit is not begun.
fn worth(sums: &[(String, i64)], columns: usize, env: &Env) -> String {
    let mut text = String::new();
    for (at, (code, sum)) in sums.iter().enumerate() {
        let one = format!("{} {code}", show_count(*sum, &env.locale));
        let joined = if at == 0 { one } else { format!("{text} · {one}") };
        if width(&joined) + if at + 1 < sums.len() { 2 } else { 0 } > columns {
            return format!("{text} …");
        }
        text = joined;
    }
    text
}

fn lane(lane: &Lane, (here, on_head): (bool, bool), height: usize, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let columns = usize::from(area.width);
    let count = lane.window.count().map(|count| show_count(i64::try_from(count).unwrap_or(i64::MAX), &env.locale));
    let name = fit(&clean(&lane.label), columns.saturating_sub(count.as_ref().map_or(0, |count| width(count) + 1)));
    let head =
        format!("{}{}", pad(&name, columns.saturating_sub(count.as_ref().map_or(0, |c| width(c)))), count.unwrap_or_default());
    let style = env.theme.style(match (here, on_head) {
        (_, true) => Meaning::Cursor,
        (true, _) => Meaning::Focus,
        _ => Meaning::Title,
    });
    put(frame, area.x, area.y, &head, area, style);
    let (second, meaning) = match (&lane.mistake, &lane.sums) {
        (Some(_), _) => ("not filtered".to_owned(), Meaning::Error),
        (None, Some(sums)) => (worth(sums, columns, env), Meaning::Label),
        (None, None) => ("…".to_owned(), Meaning::Dim),
    };
    put(frame, area.x, area.y + 1, &second, area, env.theme.style(meaning));
    let rule = env.theme.style(if here { Meaning::Focus } else { Meaning::Frame });
    put(frame, area.x, area.y + 2, &"─".repeat(columns), area, rule);
    let body = Rect { y: area.y + HEAD, height: area.height.saturating_sub(HEAD), ..area };
    if lane.window.is_empty() && lane.window.is_loaded() {
        put(frame, body.x, body.y, "none", body, env.theme.style(Meaning::Dim));
    }
    for at in 0..height {
        let place = lane.window.top() + at;
        let Some(row) = lane.window.row_at(place) else { continue };
        let top = body.y + u16::try_from(at).unwrap_or(u16::MAX).saturating_mul(CARD);
        card(
            row,
            here && !on_head && place == lane.window.cursor(),
            frame,
            Rect { y: top, height: CARD - 1, ..body }.intersection(body),
            env,
        );
    }
}

/// Three lines: who, where, what it is worth and for how long it is there.
fn card(row: &ListRow, here: bool, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let columns = usize::from(area.width);
    let showing = env.showing();
    let registry = env.catalog.registry(row.key.entity);
    let shown = |at: usize| match (card_fields(row.key.entity, env).get(at), row.values.get(at)) {
        (Some(id), Some(value)) => clean(showing.show(registry.field(*id), value, &row.currency).trim()).into_owned(),
        _ => String::new(),
    };
    let age = match row.values.get(3) {
        Some(Value::Instant(at)) => ago(*at, env.now()),
        _ => String::new(),
    };
    let hot = if row.rating == HOT { "▲ " } else { "" };
    let name = match (shown(0), shown(1)) {
        (name, company) if name.is_empty() => company,
        (name, _) => name,
    };
    // whole units: the cents are on the record
    let value = match row.values.get(2) {
        Some(Value::Money(amount)) => format!("{} {}", show_count(amount / 10_000, &env.locale), clean(&row.currency)),
        _ => String::new(),
    };
    let value = fit(value.trim(), columns.saturating_sub(width(&age) + 1));
    let free = columns.saturating_sub(width(&value) + width(&age));
    let lines = [format!("{hot}{name}"), shown(1), format!("{value}{}{age}", " ".repeat(free))];
    for (y, (text, at)) in (area.y..area.bottom()).zip(lines.iter().zip(0..)) {
        let style = match (here, at) {
            (true, _) => env.theme.style(Meaning::Cursor),
            (false, 0) if !hot.is_empty() => env.theme.style(Meaning::Hot),
            (false, 2) => env.theme.style(Meaning::Label),
            _ => Style::new(),
        };
        put(frame, area.x, y, &pad(&fit(text, columns), columns), area, style);
    }
}
