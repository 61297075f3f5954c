//! How the list screen looks at every size: panes, rows, signs, the filter bar, and what stands where no row does.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Margin, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Paragraph, Scrollbar, ScrollbarOrientation, ScrollbarState};

use super::filter_bar::FilterBar;
use super::{Browse, Pane};
use crate::config::State;
use crate::model::choice::{HOT, OPEN};
use crate::model::clean::{clean, fit, pad, width};
use crate::model::dates::{is_late, show_next};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::number::show_count;
use crate::model::rules;
use crate::service::record::read::ListRow;
use crate::tui::action::{Action, Scope};
use crate::tui::env::Env;
use crate::tui::flow;
use crate::tui::theme::Meaning;
use crate::tui::view::preview;
use crate::tui::widget::columns::{self, Column};
use crate::tui::widget::sentence::broken;

/// From this many columns list and preview stand side by side.
pub(super) const WIDE: u16 = 120;
/// Below this many columns a row takes two lines and there are no frames.
pub(in crate::tui::view) const NARROW: u16 = 60;
/// Lines of the preview below the list.
const BELOW: u16 = 8;
/// Columns before the first field: the mark and the sign.
const SIGNS: u16 = 3;

/// The share of the list in percent of the width.
pub(in crate::tui::view) fn divider(state: &State) -> u16 {
    if state.divider == 0 { 62 } else { state.divider.clamp(30, 85) }
}

/// Where the parts of the screen are.
struct Places {
    list: Rect,
    preview: Option<Rect>,
    bar: Rect,
    head: Rect,
    rows: Rect,
    /// Lines a row.
    tall: u16,
}

fn places(browse: &Browse, area: Rect, env: &Env) -> Places {
    let (list, preview) = if !browse.shows_preview(area.width) {
        (area, None)
    } else if area.width >= WIDE {
        let [list, preview] = Layout::horizontal([Constraint::Percentage(divider(&env.state)), Constraint::Fill(1)]).areas(area);
        (list, Some(preview))
    } else {
        let [list, preview] = Layout::vertical([Constraint::Fill(1), Constraint::Length(BELOW.min(area.height / 2))]).areas(area);
        (list, Some(preview))
    };
    let framed = area.width >= NARROW;
    let inner = if framed { list.inner(Margin { horizontal: 1, vertical: 1 }) } else { title_below(list) };
    let bar_lines = if browse.bar.is_open { 2 } else { u16::from(browse.bar.is_active()) };
    let head_lines = u16::from(framed);
    let [bar, head, rows] =
        Layout::vertical([Constraint::Length(bar_lines), Constraint::Length(head_lines), Constraint::Fill(1)]).areas(inner);
    Places { list, preview, bar, head, rows, tall: if framed { 1 } else { 2 } }
}

/// Without a frame the title takes the first line.
fn title_below(list: Rect) -> Rect {
    Rect { y: list.y.saturating_add(1), height: list.height.saturating_sub(1), ..list }
}

/// The area of a screen on a terminal: all but the first and the last line.
fn screen(env: &Env) -> Rect {
    Rect { x: 0, y: 1, width: env.size.0, height: env.size.1.saturating_sub(2) }
}

/// How many rows of the list the terminal shows.
pub(super) fn rows_on_screen(browse: &Browse, env: &Env) -> usize {
    let places = places(browse, screen(env), env);
    usize::from((places.rows.height / places.tall).max(1))
}

/// The place in the list that was clicked.
pub(super) fn row_at(browse: &Browse, column: u16, row: u16, env: &Env) -> Option<usize> {
    let places = places(browse, screen(env), env);
    if !places.rows.contains((column, row).into()) {
        return None;
    }
    let place = browse.window.top() + usize::from((row - places.rows.y) / places.tall);
    (place < browse.window.len()).then_some(place)
}

/// Whether the preview was clicked.
pub(super) fn is_preview_at(browse: &Browse, column: u16, row: u16, env: &Env) -> bool {
    places(browse, screen(env), env).preview.is_some_and(|p| p.contains((column, row).into()))
}

pub(super) fn draw(browse: &Browse, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let places = places(browse, area, env);
    frame_and_title(browse, frame, &places, env);
    filter_bar(&browse.bar, frame, places.bar, env);
    if browse.window.is_empty() {
        empty(browse, frame, places.rows, env);
    } else {
        rows(browse, frame, &places, env);
    }
    if let Some(area) = places.preview {
        let focused = browse.pane == Pane::Preview;
        preview::draw(browse.preview.detail.as_deref(), browse.current(), browse.preview.scroll, focused, frame, area, env);
    }
}

fn title(browse: &Browse, env: &Env) -> String {
    let name = clean(browse.view_name());
    match browse.window.count() {
        Some(count) => {
            let shown = |count: i64| show_count(count, &env.locale);
            let late = browse.late.filter(|late| *late > 0).and_then(|late| i64::try_from(late).ok());
            let late = late.map_or_else(String::new, |late| format!("· {} late ", shown(late)));
            format!(" {name} · {} {late}", shown(i64::try_from(count).unwrap_or(i64::MAX)))
        }
        None => format!(" {name} "),
    }
}

fn sort_text(browse: &Browse, env: &Env) -> String {
    let keys: Vec<String> = browse
        .query
        .sort
        .iter()
        .map(|key| {
            let head = env.catalog.field(key.field).heading().to_lowercase();
            format!("{head} {}", if key.descending { "↓" } else { "↑" })
        })
        .collect();
    keys.join(", ")
}

fn frame_and_title(browse: &Browse, frame: &mut Frame<'_>, places: &Places, env: &Env) {
    let marked = browse.marks.count(browse.window.len());
    let bottom = if marked > 0 {
        format!(" {} marked ", show_count(i64::try_from(marked).unwrap_or(i64::MAX), &env.locale))
    } else if browse.is_over {
        let esc = env.keymap.all_keys_of(Action::Back, &[Scope::Browse]);
        format!(" {} goes back ", esc.first().map_or("Esc", String::as_str))
    } else {
        String::new()
    };
    let meaning = if marked > 0 { Meaning::Mark } else { Meaning::Hint };
    let title = Span::styled(title(browse, env), env.theme.style(Meaning::Title));
    if places.tall == 2 {
        let line = Line::from(vec![title, Span::raw(bottom)]);
        frame.render_widget(Paragraph::new(line), Rect { height: 1.min(places.list.height), ..places.list });
        return;
    }
    let style = if browse.pane == Pane::List { Meaning::Focus } else { Meaning::Frame };
    let block = Block::bordered()
        .border_style(env.theme.style(style))
        .title(title)
        .title(Line::from(format!(" {} ", sort_text(browse, env))).right_aligned())
        .title_bottom(Line::from(Span::styled(bottom, env.theme.style(meaning))).right_aligned());
    frame.render_widget(block, places.list);
}

/// The filter that is typed or holds, and below it what it means, what is wrong with it, or what it could become.
pub(in crate::tui::view) fn filter_bar(bar: &FilterBar, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    if area.height == 0 || area.width < 4 {
        return;
    }
    let [mark, field] = Layout::horizontal([Constraint::Length(3), Constraint::Fill(1)]).areas(Rect { height: 1, ..area });
    frame.render_widget(Span::styled(" / ", env.theme.style(Meaning::Prompt)), mark);
    let style = if bar.is_open { Style::default() } else { env.theme.style(Meaning::Label) };
    bar.input.draw(frame, field, style, bar.is_open);
    if let Some(mistake) = bar.mistake.as_ref().filter(|_| bar.offers.is_empty()) {
        underline(bar, frame, field, mistake.span.clone(), env);
    }
    if area.height < 2 {
        return;
    }
    let below = Rect { y: area.y + 1, height: 1, ..area };
    // A value that is still to come is no mistake yet: what it can be is offered.
    let line = match &bar.mistake {
        _ if !bar.offers.is_empty() => offers(bar, usize::from(below.width), env),
        Some(mistake) => Line::styled(format!("   {}", clean(&mistake.to_string())), env.theme.style(Meaning::Error)),
        None => Line::styled(
            format!("   {}", clean(&crate::query::describe(&bar.query, &env.reading_of(bar.entity())))),
            env.theme.style(Meaning::Label),
        ),
    };
    frame.render_widget(line, below);
}

/// What the word at the cursor could become, as many as fit.
fn offers(bar: &FilterBar, room: usize, env: &Env) -> Line<'static> {
    let mut spans = vec![Span::styled("   Tab ".to_owned(), env.theme.style(Meaning::Key))];
    let mut used = 7;
    for (index, (_, text, help)) in bar.offers.iter().enumerate() {
        let text = clean(text).into_owned();
        let help = if index == 0 && !help.is_empty() { format!(" ({})", clean(help)) } else { String::new() };
        let wide = width(&text) + width(&help) + 2;
        if used + wide > room && index > 0 {
            spans.push(Span::styled("…".to_owned(), env.theme.style(Meaning::Hint)));
            break;
        }
        used += wide;
        let style = if index == 0 { env.theme.style(Meaning::Title) } else { env.theme.style(Meaning::Hint) };
        spans.extend([Span::styled(text, style), Span::styled(help, env.theme.style(Meaning::Hint)), Span::raw("  ")]);
    }
    Line::from(spans)
}

/// Underlines the part of the filter that is wrong.
fn underline(bar: &FilterBar, frame: &mut Frame<'_>, field: Rect, span: std::ops::Range<usize>, env: &Env) {
    let text = bar.text();
    let before = text.get(..span.start).map_or(0, width);
    let wrong = text.get(span).map_or(0, width).max(1);
    let style = env.theme.style(Meaning::Error).add_modifier(Modifier::UNDERLINED);
    let start = u16::try_from(before.saturating_sub(bar.input.first_column(field.width))).unwrap_or(u16::MAX);
    for column in start..start.saturating_add(u16::try_from(wrong).unwrap_or(u16::MAX)).min(field.width) {
        frame.buffer_mut()[(field.x + column, field.y)].set_style(style);
    }
}

fn rows(browse: &Browse, frame: &mut Frame<'_>, places: &Places, env: &Env) {
    let registry = env.catalog.registry(browse.spec.entity);
    let columns = columns::fit(registry, &browse.fields(), browse.sorted(), places.rows.width.saturating_sub(SIGNS + 1));
    if places.head.height > 0 {
        frame.render_widget(head(&columns, env), places.head);
    }
    let height = usize::from(places.rows.height / places.tall);
    // Old rows stay, dimmed, while newer ones are awaited for longer than a blink.
    let stale = browse.failed.is_some();
    for line in 0..height {
        let place = browse.window.top() + line;
        let Some(number) = browse.window.number_at(place) else { break };
        let y = places.rows.y + u16::try_from(line).unwrap_or(u16::MAX).saturating_mul(places.tall);
        let area = Rect { y, height: places.tall, ..places.rows };
        let at_cursor = place == browse.window.cursor();
        let mut style = match browse.window.row_at(place) {
            Some(row) if row.deleted || !rules::is_open(row.key.entity, row.state) || stale => env.theme.style(Meaning::Dim),
            _ => Style::default(),
        };
        if at_cursor {
            style = style.patch(env.theme.style(Meaning::Cursor));
        }
        let marked = browse.marks.contains(number);
        let lines = match browse.window.row_at(place) {
            Some(row) if places.tall == 1 => vec![row_line(row, &columns, marked, at_cursor, env)],
            Some(row) => two_lines(row, browse, marked, places.rows.width, env),
            None => vec![Line::from(format!("   {} …", browse.spec.entity.numbered(number)))],
        };
        frame.buffer_mut().set_style(area, style);
        frame.render_widget(Paragraph::new(lines).style(style), area);
    }
    scrollbar(browse, frame, places, height);
}

fn scrollbar(browse: &Browse, frame: &mut Frame<'_>, places: &Places, height: usize) {
    let total = browse.window.len();
    if places.tall == 2 || total <= height || places.list.height < 4 {
        return;
    }
    let mut state =
        ScrollbarState::new(total.saturating_sub(height)).position(browse.window.top()).viewport_content_length(height);
    let track = places.list.inner(Margin { horizontal: 0, vertical: 1 });
    let bar = Scrollbar::new(ScrollbarOrientation::VerticalRight).begin_symbol(None).end_symbol(None).track_symbol(Some("│"));
    frame.render_stateful_widget(bar, track, &mut state);
}

fn head(columns: &[Column], env: &Env) -> Line<'static> {
    let mut text = " ".repeat(usize::from(SIGNS));
    for (index, column) in columns.iter().enumerate() {
        let field = env.catalog.field(column.field);
        if index > 0 {
            text.push(' ');
        }
        text.push_str(&cell(field.heading(), column.width, columns::is_right(field.kind)));
    }
    Line::styled(text, env.theme.style(Meaning::Label))
}

/// A text cut and padded to a column.
fn cell(text: &str, columns: u16, right: bool) -> String {
    let wide = usize::from(columns);
    if right {
        let cut = fit(text, wide);
        format!("{}{cut}", " ".repeat(wide.saturating_sub(width(&cut))))
    } else {
        pad(text, wide)
    }
}

/// The sign of a row: what a salesperson has to know before reading it.
fn sign(row: &ListRow, env: &Env) -> (&'static str, Meaning) {
    if row.deleted {
        ("✗", Meaning::Dim)
    } else if row.due.is_some_and(|due| is_late(due, env.now(), env.zone)) {
        ("!", Meaning::Late)
    } else if env.drafts.iter().any(|draft| draft.about() == Some(row.key)) {
        ("✎", Meaning::Draft)
    } else if row.unopened {
        ("+", Meaning::Today)
    } else if row.idle && row.state == OPEN && row.key.entity == Entity::Lead {
        ("–", Meaning::NoNextStep)
    } else if row.incomplete {
        ("?", Meaning::Label)
    } else {
        (" ", Meaning::Dim)
    }
}

/// A style, or none where the cursor lies: reversed, its own colours would not be read.
fn style_unless(at_cursor: bool, meaning: Meaning, env: &Env) -> Style {
    if at_cursor { Style::default() } else { env.theme.style(meaning) }
}

fn row_line(row: &ListRow, columns: &[Column], marked: bool, at_cursor: bool, env: &Env) -> Line<'static> {
    let showing = env.showing();
    let (sign, meaning) = sign(row, env);
    let mut spans = vec![
        Span::styled(if marked { "▌" } else { " " }, style_unless(at_cursor, Meaning::Mark, env)),
        Span::styled(sign, style_unless(at_cursor, meaning, env)),
        Span::raw(" "),
    ];
    for (index, column) in columns.iter().enumerate() {
        let field = env.catalog.field(column.field);
        if index > 0 {
            spans.push(Span::raw(" "));
        }
        let value = row.values.get(column.place).map_or_else(String::new, |value| showing.show(field, value, &row.currency));
        if is_due(field) {
            let (text, meaning) = next_step(row, env);
            let style = meaning.map_or(Style::default(), |meaning| style_unless(at_cursor, meaning, env));
            spans.push(Span::styled(cell(&text, column.width, false), style));
            continue;
        }
        let hot = field.name == "rating" && row.rating == HOT && row.state == OPEN;
        let text = if hot { format!("▲ {value}") } else { clean(&value).into_owned() };
        let style = if hot { style_unless(at_cursor, Meaning::Hot, env) } else { Style::default() };
        spans.push(Span::styled(cell(&text, column.width, columns::is_right(field.kind)), style));
    }
    Line::from(spans)
}

/// Whether a column says when the next step is due.
fn is_due(field: &Field) -> bool {
    field.name == "next_due_at" || field.name == "due_at"
}

/// When the next step of a row is due, in words, and what that means: `2 d late`, `15:00`, `none`.
fn next_step(row: &ListRow, env: &Env) -> (String, Option<Meaning>) {
    match row.due {
        Some(due) if is_late(due, env.now(), env.zone) => (show_next(due, env.now(), env.zone), Some(Meaning::Late)),
        Some(due) => {
            let is_today = env.zone.today(due) == env.zone.today(env.now());
            (show_next(due, env.now(), env.zone), is_today.then_some(Meaning::Today))
        }
        None if row.idle && row.state == OPEN => ("none".into(), Some(Meaning::NoNextStep)),
        None => (String::new(), None),
    }
}

/// A row on a narrow terminal: the first two columns above, the others below.
fn two_lines(row: &ListRow, browse: &Browse, marked: bool, room: u16, env: &Env) -> Vec<Line<'static>> {
    let showing = env.showing();
    let shown: Vec<String> = browse
        .fields()
        .iter()
        .zip(&row.values)
        .map(|(id, value)| {
            let field = env.catalog.field(*id);
            let text = match is_due(field) {
                true => next_step(row, env).0,
                false => clean(&showing.show(field, value, &row.currency)).into_owned(),
            };
            if env.catalog.field(*id).name == "rating" && row.rating == HOT { format!("▲ {text}") } else { text }
        })
        .collect();
    let join = |texts: &[String]| texts.iter().filter(|t| !t.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
    let (above, below) = shown.split_at(shown.len().min(2));
    let (sign, _) = sign(row, env);
    let mark = if marked { "▌" } else { " " };
    let room = usize::from(room);
    vec![
        Line::from(pad(&format!("{mark}{sign} {}", join(above)), room)),
        Line::from(pad(&format!("{mark}  {}", join(below)), room)),
    ]
}

/// What stands where no row does: why, and which key helps.
fn empty(browse: &Browse, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let key = |action: Action, scopes: &[Scope]| env.keymap.all_keys_of(action, scopes).into_iter().next().unwrap_or_default();
    let scopes = [Scope::Empty, Scope::Browse];
    let lines: Vec<String> = if let Some(failed) = &browse.failed {
        vec![failed.clone()]
    } else if !browse.window.is_loaded() {
        Vec::new()
    } else if browse.total == Some(0) && !browse.bar.is_active() {
        let plural = browse.spec.entity.plural();
        if browse.spec.entity != Entity::Lead {
            return empty_text(
                &[format!("No {plural} yet. {} types the first · a qualified lead makes them", key(Action::New, &scopes))],
                frame,
                area,
            );
        }
        vec![format!(
            "No leads yet. {} imports a file · {} types the first · {} takes sample data",
            key(Action::Import, &scopes),
            key(Action::New, &scopes),
            key(Action::SampleData, &scopes)
        )]
    } else if browse.bar.is_active() {
        let mut text = format!("Nothing matches in {}.", browse.view_name());
        match browse.elsewhere {
            // what was asked of fields is no name
            Some(0) if flow::plain_words(browse.bar.text()).is_empty() => text.push_str(" Esc clears"),
            Some(0) => text.push_str(&format!(" Enter starts {} with it · Esc clears", browse.spec.entity.one())),
            Some(n) => {
                let n = show_count(i64::try_from(n).unwrap_or(i64::MAX), &env.locale);
                text.push_str(&format!(" {n} match in All {}: Enter shows them · Esc clears", browse.spec.entity.plural()));
            }
            None => text.push_str(" Esc clears"),
        }
        vec![text]
    } else {
        vec![
            format!("Nothing in {}.", browse.view_name()),
            format!(
                "{} chooses another view · {} types a new {}",
                key(Action::Views, &scopes),
                key(Action::New, &scopes),
                browse.spec.entity.name()
            ),
        ]
    };
    empty_text(&lines, frame, area);
}

fn empty_text(lines: &[String], frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width);
    let text: Vec<Line<'_>> =
        lines.iter().flat_map(|line| in_parts(&clean(line), room)).map(|line| Line::from(line).centered()).collect();
    let top = area.height / 3;
    let area = Rect { y: area.y + top.min(area.height), height: area.height - top.min(area.height), ..area };
    frame.render_widget(Paragraph::new(text), area);
}

/// A line that is too long is broken behind its first sentence, then between words.
fn in_parts(text: &str, room: usize) -> Vec<String> {
    let parts = match text.split_once(". ") {
        Some((first, rest)) if width(text) > room => vec![format!("{first}."), rest.to_owned()],
        _ => vec![text.to_owned()],
    };
    parts.iter().flat_map(|part| broken(part, room, 4)).collect()
}
