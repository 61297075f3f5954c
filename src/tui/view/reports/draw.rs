//! How the reports look at every size: which there are, what this one is of, the chart, the table, how a column is computed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::grid::Tab;
use super::places::{self, Panel, Places, places, shown, shows_changes, strip};
use super::{Place, Reports, Shown, words};
use crate::model::clean::{clean, fit, pad, width};
use crate::model::number::show_count;
use crate::model::report::{ChartForm, ReportKind};
use crate::tui::action::{Action, Scope};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::view::browse::draw_filter_bar;
use crate::tui::widget::chart::{MARK, View, fills};
use crate::tui::widget::popup::put;
use crate::tui::widget::sentence::broken;

/// For how long old numbers stand as they were while new ones are awaited, in µs.
const PATIENCE: i64 = 100_000;
/// From when on it is said how far the counting is, in µs.
const SECOND: i64 = 1_000_000;

pub(super) fn draw(reports: &Reports, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let found = places(reports, area);
    list(reports, frame, found.list, env);
    reports_above(reports, frame, found.strip, env);
    if reports.bar().is_open {
        draw_filter_bar(reports.bar(), frame, found.about, env);
    } else {
        about(reports, frame, found.about, env);
    }
    let place = reports.place();
    match &place.shown {
        Some(shown) if shown.grid.len() > 0 => {
            charts(reports, place, shown, frame, &found, env);
            table(reports, place, shown, frame, &found, env);
            below(reports, shown, frame, &found, env);
        }
        _ => nothing(reports, frame, found.body, env),
    }
}

/// Whether what is on the screen is dimmed: newer numbers are awaited for longer than a blink, or the filter cannot be read.
fn is_old(reports: &Reports, env: &Env) -> bool {
    let is_late = reports.waited(env).is_some_and(|waited| waited >= PATIENCE);
    is_late || reports.place().failed.is_some() || reports.bar().mistake.is_some()
}

fn list(reports: &Reports, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    for (kind, y) in ReportKind::ALL.iter().zip(area.y + 1..area.bottom()) {
        let here = *kind == reports.kind;
        let text = pad(&format!(" {}", kind.title()), usize::from(area.width.saturating_sub(1)));
        put(frame, area.x, y, &text, area, env.theme.style(if here { Meaning::Tab } else { Meaning::Label }));
    }
    for y in area.y..area.bottom() {
        put(frame, area.right().saturating_sub(1), y, "│", area, env.theme.style(Meaning::Frame));
    }
}

fn reports_above(reports: &Reports, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    if area.is_empty() {
        return;
    }
    let all = strip(reports.kind, area.width);
    let dim = env.theme.style(Meaning::Label);
    if all.first().is_some_and(|(kind, _)| *kind != ReportKind::ALL[0]) {
        put(frame, area.x + 1, area.y, "‹", area, dim);
    }
    for (kind, at) in &all {
        let here = *kind == reports.kind;
        let text = if here { format!("[{}]", kind.title()) } else { format!(" {} ", kind.title()) };
        put(frame, area.x + at, area.y, &text, area, if here { env.theme.style(Meaning::Tab) } else { dim });
    }
    if all.last().is_some_and(|(kind, _)| Some(kind) != ReportKind::ALL.last()) {
        put(frame, area.right().saturating_sub(2), area.y, "› ", area, dim);
    }
}

/// What the numbers on the screen are of; at the right how far new ones are.
fn about(reports: &Reports, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let place = reports.place();
    let what = match &place.shown {
        Some(shown) => shown.sheet.about.clone(),
        None => crate::query::describe(&reports.bar().query, &env.reading_of(reports.kind.entity())),
    };
    let sign = if reports.bar().is_active() { "/ " } else { "" };
    let right = match (&place.failed, reports.waited(env)) {
        (Some(failed), _) => format!("! {failed} "),
        (None, Some(waited)) if waited >= SECOND => {
            let esc = env.keymap.keys_of(Action::Back, Scope::Reports);
            let done = reports.progress.map(|progress| i64::try_from(progress.done).unwrap_or(i64::MAX)).unwrap_or_default();
            let read = if done > 0 { format!(" {} read", show_count(done, &env.locale)) } else { String::new() };
            format!("counting…{read} · {esc} cancels ")
        }
        (None, Some(waited)) if waited >= PATIENCE => "counting… ".to_owned(),
        _ => String::new(),
    };
    let room = usize::from(area.width).saturating_sub(width(&right) + 2);
    let text = fit(&format!(" {sign}{}", clean(&what)), room);
    let style = env.theme.style(if reports.bar().is_active() { Meaning::Prompt } else { Meaning::Label });
    put(frame, area.x, area.y, &text, area, style);
    let meaning = if place.failed.is_some() { Meaning::Error } else { Meaning::Message };
    frame.render_widget(
        Line::styled(right, env.theme.style(meaning)).right_aligned(),
        Rect { height: 1.min(area.height), ..area },
    );
}

/// The chart of the column under the cursor, and beside it another where there is room.
fn charts(reports: &Reports, place: &Place, shown: &Shown, frame: &mut Frame<'_>, found: &Places, env: &Env) {
    let tabs = &shown.grid.tabs;
    let keys = env.keymap.keys_of(Action::NextTab, Scope::Reports);
    for (at, panel) in found.panels.iter().enumerate() {
        let right = match tabs.iter().position(|other| *other == panel.tab) {
            Some(here) if at == 0 && tabs.len() > 1 => format!("{}/{} {keys} ", here + 1, tabs.len()),
            None if !tabs.is_empty() => format!("{keys} charts "),
            _ => String::new(),
        };
        chart(reports, place, shown, panel, &right, frame, env);
    }
}

fn chart(reports: &Reports, place: &Place, shown: &Shown, panel: &Panel, right: &str, frame: &mut Frame<'_>, env: &Env) {
    let Panel { tab, head: area, area: below } = panel;
    let area = *area;
    if area.is_empty() {
        return;
    }
    let room = usize::from(area.width).saturating_sub(width(right) + 1);
    let title = fit(&format!(" {}", clean(&tab.title)), room);
    put(frame, area.x, area.y, &title, area, env.theme.style(Meaning::Title));
    let from = width(&title) + 2;
    let text = fit(&legend(shown, tab), room.saturating_sub(from));
    put(frame, area.x.saturating_add(u16::try_from(from).unwrap_or(u16::MAX)), area.y, &text, area, Style::new());
    frame.render_widget(Line::styled(right, env.theme.style(Meaning::Hint)).right_aligned(), area);
    let rows = shown.grid.charted(&shown.sheet, place.row, below.height.into());
    let view = view(reports, place, &rows, env);
    shown.grid.chart(&shown.sheet, tab, &rows, &env.locale).draw(frame, *below, &view);
}

/// Which fill stands for what; the currency stands in the title.
pub(super) fn legend(shown: &Shown, tab: &Tab) -> String {
    let columns = tab.columns.iter().filter_map(|place| shown.grid.columns.get(*place));
    let labels: Vec<&str> = columns.map(|column| shown.sheet.columns[column.of].label).collect();
    // what all begin with and the title says already is not said again
    let word = labels.first().and_then(|label| label.split_once(' ')).map_or("", |(word, _)| word);
    let is_said = labels.len() > 1 && tab.title.to_lowercase().contains(&word.to_lowercase());
    let short = |label: &str| label.strip_prefix(word).map_or_else(|| label.to_owned(), |rest| rest.trim_start().to_owned());
    let all_begin = labels.iter().all(|label| label.split_once(' ').is_some_and(|(first, _)| first == word));
    let heads: Vec<String> =
        labels.iter().map(|label| if is_said && all_begin { short(label) } else { (*label).to_owned() }).collect();
    match tab.form {
        ChartForm::Stacked => {
            let each = fills(heads.len()).iter().zip(&heads).map(|(fill, head)| format!("{fill} {head}"));
            each.collect::<Vec<_>>().join(" ")
        }
        _ => heads.get(1).map_or_else(String::new, |mark| format!("█ {} {MARK} {mark}", heads[0])),
    }
}

fn view<'a>(reports: &Reports, place: &Place, rows: &[usize], env: &'a Env) -> View<'a> {
    let cursor = rows.iter().position(|row| *row == place.row);
    View { top: place.chart_top, cursor, is_old: is_old(reports, env), theme: &env.theme }
}

fn table(reports: &Reports, place: &Place, sheet: &Shown, frame: &mut Frame<'_>, found: &Places, env: &Env) {
    let grid = &sheet.grid;
    let columns = shown(grid, place.left, place.column, found.table.width);
    rule(place, grid.columns.len(), &columns, frame, found.rule, env);
    let area = found.table_head;
    let pinned = usize::from(places::pinned(grid, area.width));
    let label = env.theme.style(Meaning::Label);
    let head = |place_of: usize| env.theme.style(if place.column == place_of { Meaning::Focus } else { Meaning::Label });
    put(frame, area.x + 1, area.y, &fit(grid.columns.first().map_or("", |column| column.head.as_str()), pinned), area, head(0));
    for (at, from, wide) in &columns {
        let column = &grid.columns[*at];
        put(frame, area.x + from, area.y, &right(&column.head, usize::from(*wide)), area, head(*at));
    }
    let old = is_old(reports, env);
    let changes = shows_changes(grid, area.width);
    let rows = (place.top..grid.rows).zip(found.table.y..found.table.bottom());
    let whole = (grid.rows..grid.len()).zip(found.whole.y..found.whole.bottom());
    for (row, y) in rows.chain(whole) {
        let area = Rect { y, height: 1, ..found.table };
        let here = place.row == row;
        let whole = row >= grid.rows;
        let style = |cell: usize| match (here && place.column == cell, old, whole || (here && cell == 0)) {
            (true, ..) => env.theme.style(Meaning::Cursor),
            (_, true, _) => env.theme.style(Meaning::Dim),
            (.., true) => env.theme.style(Meaning::Title),
            _ => Style::new(),
        };
        let texts = &grid.texts[row];
        let name = texts.first().map_or("", |text| text.now.as_str());
        put(frame, area.x, y, if here { "▸" } else { " " }, area, env.theme.style(Meaning::Focus));
        put(frame, area.x + 1, y, &pad(name, pinned), area, style(0));
        for (at, from, wide) in &columns {
            let Some(text) = texts.get(*at) else { continue };
            let wide = usize::from(*wide);
            let shown_change = (changes || place.column == *at) && !text.change.is_empty();
            let x = area.x + from;
            let cell = if shown_change { format!("{} {}", text.now, text.change) } else { text.now.clone() };
            put(frame, x, y, &right(&cell, wide), area, style(*at));
            let fits = width(&cell) <= wide;
            if shown_change && fits && !(here && place.column == *at) {
                let from = wide.saturating_sub(width(&text.change));
                put(frame, x + u16::try_from(from).unwrap_or(0), y, &text.change, area, label);
            }
        }
    }
}

/// A text at the right end of a column; cut where it is too long.
fn right(text: &str, columns: usize) -> String {
    let text = fit(text, columns);
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(&text))))
}

/// The line between chart and table: how many columns are not on the screen.
fn rule(place: &Place, all: usize, columns: &[(usize, u16, u16)], frame: &mut Frame<'_>, area: Rect, env: &Env) {
    if area.is_empty() {
        return;
    }
    let style = env.theme.style(Meaning::Frame);
    put(frame, area.x, area.y, &"─".repeat(area.width.into()), area, style);
    let before = place.left.max(1) - 1;
    let behind = columns.last().map_or(0, |(last, _, _)| all.saturating_sub(last + 1));
    if before > 0 {
        put(frame, area.x + 1, area.y, &format!(" ‹ {before} more "), area, env.theme.style(Meaning::Label));
    }
    if behind > 0 {
        let text = format!(" {behind} more › ");
        let from = area.right().saturating_sub(u16::try_from(width(&text)).unwrap_or(0) + 1).max(area.x);
        put(frame, from, area.y, &text, area, env.theme.style(Meaning::Label));
    }
}

/// How the column under the cursor is computed, and what must be known to read the report.
fn below(reports: &Reports, shown: &Shown, frame: &mut Frame<'_>, found: &Places, env: &Env) {
    let room = usize::from(found.formula.width.saturating_sub(2));
    for (line, y) in places::formula(reports, room).iter().zip(found.formula.y..found.formula.bottom()) {
        put(frame, found.formula.x + 1, y, line, found.formula, Style::new());
    }
    let lines = places::notes(&shown.sheet, room);
    let fit_in = usize::from(found.notes.height);
    for (at, (line, y)) in lines.iter().zip(found.notes.y..found.notes.bottom()).enumerate() {
        let cut = at + 1 == fit_in && lines.len() > fit_in;
        let text = if cut { fit(&format!("{line} …"), room) } else { line.clone() };
        put(frame, found.notes.x + 1, y, &text, found.notes, env.theme.style(Meaning::Label));
    }
}

fn nothing(reports: &Reports, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let lines = broken(&clean(&words::empty(reports, env)), usize::from(area.width.saturating_sub(2)), 4);
    for (line, y) in lines.into_iter().zip(area.y + area.height / 3..area.bottom()) {
        frame.render_widget(Line::from(line).centered(), Rect { y, height: 1, ..area });
    }
}

/// The report whose name was clicked.
pub(super) fn report_at(reports: &Reports, found: &Places, (column, row): (u16, u16)) -> Option<ReportKind> {
    if found.list.contains((column, row).into()) {
        return ReportKind::ALL.get(usize::from(row.checked_sub(found.list.y + 1)?)).copied();
    }
    if !found.strip.contains((column, row).into()) {
        return None;
    }
    let at = column - found.strip.x;
    strip(reports.kind, found.strip.width).into_iter().rfind(|(_, from)| *from <= at).map(|(kind, _)| kind)
}

/// The row and the column of the bar or the cell that was clicked.
pub(super) fn cell_at(reports: &Reports, found: &Places, (column, row): (u16, u16), env: &Env) -> Option<(usize, usize)> {
    let place = reports.place();
    let sheet = place.shown.as_ref()?;
    let is_whole = found.whole.contains((column, row).into());
    if is_whole || found.table.contains((column, row).into()) {
        let at = column - found.table.x;
        let columns = shown(&sheet.grid, place.left, place.column, found.table.width);
        let cell = columns.into_iter().rfind(|(_, from, _)| *from <= at).map_or(0, |(cell, _, _)| cell);
        let line = if is_whole { sheet.grid.rows } else { place.top + usize::from(row - found.table.y) };
        return (line < sheet.grid.len()).then_some((line, cell));
    }
    let panel = found.panels.iter().find(|panel| panel.area.contains((column, row).into()))?;
    let rows = sheet.grid.charted(&sheet.sheet, place.row, panel.area.height.into());
    let view = view(reports, place, &rows, env);
    let chart = sheet.grid.chart(&sheet.sheet, &panel.tab, &rows, &env.locale);
    let line = *rows.get(chart.row_at(panel.area, column, row, &view)?)?;
    let columns = &panel.tab.columns;
    Some((line, if columns.contains(&place.column) { place.column } else { *columns.first()? }))
}
