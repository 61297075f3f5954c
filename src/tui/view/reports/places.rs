//! Where the parts of the reports lie on a screen of any size. Draws nothing.

use ratatui::layout::{Constraint, Layout, Rect};

use super::draw::legend;
use super::grid::{Grid, Tab};
use super::{Reports, Shown};
use crate::model::clean::{clean, width};
use crate::model::report::{ChartForm, ReportKind, Sheet};
use crate::tui::env::Env;
use crate::tui::widget::sentence::broken;

/// From this many columns the reports are listed at the left, below it in a strip above.
const LISTED: u16 = 120;
/// Cells of the list.
const LIST: u16 = 20;
/// From this many lines there is a chart above the table.
const CHARTED: u16 = 9;
/// The most lines of columns over time.
const TALLEST: u16 = 14;
/// From this many columns two charts stand side by side.
const TWO: u16 = 96;
/// Cells between columns.
pub(super) const GAP: u16 = 2;

/// The parts; those that there is no room for are empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub list: Rect,
    pub strip: Rect,
    /// The filter, or what the report is of.
    pub about: Rect,
    /// The chart of the column under the cursor, then others where there is room.
    pub panels: Vec<Panel>,
    pub rule: Rect,
    pub table_head: Rect,
    pub table: Rect,
    /// The whole, which stays below the rows.
    pub whole: Rect,
    pub formula: Rect,
    pub notes: Rect,
    /// All below what it is of, where there is no table.
    pub body: Rect,
}

/// A chart with the line above it.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    pub tab: Tab,
    pub head: Rect,
    pub area: Rect,
}

/// The area of a screen: all but the first and the last line of the terminal.
pub(super) fn screen(env: &Env) -> Rect {
    Rect { x: 0, y: 1, width: env.size.0, height: env.size.1.saturating_sub(2) }
}

/// The sentence below the table: how the column under the cursor is computed.
pub(super) fn formula(reports: &Reports, columns: usize) -> Vec<String> {
    let place = reports.place();
    let Some(shown) = &place.shown else { return Vec::new() };
    let of = shown.grid.columns.get(place.column).and_then(|column| shown.sheet.columns.get(column.of));
    let Some(of) = of else { return Vec::new() };
    broken(&format!("{}: {}", of.label, of.formula), columns, 3)
}

/// What must be known to read it, line by line.
pub(super) fn notes(sheet: &Sheet, columns: usize) -> Vec<String> {
    sheet.notes.iter().flat_map(|note| broken(&clean(note), columns, 4)).collect()
}

pub(super) fn places(reports: &Reports, area: Rect) -> Places {
    let mut found = Places::default();
    let mut rest;
    if area.width >= LISTED {
        [found.list, rest] = Layout::horizontal([Constraint::Length(LIST), Constraint::Fill(1)]).areas(area);
    } else {
        [found.strip, rest] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    }
    let about = if reports.bar().is_open { 2 } else { 1 };
    [found.about, rest] = Layout::vertical([Constraint::Length(about), Constraint::Fill(1)]).areas(rest);
    found.body = rest;
    let place = reports.place();
    let (Some(shown), Some(tab)) = (&place.shown, &place.tab) else { return found };
    let room = usize::from(rest.width.saturating_sub(2));
    let lines = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let formula = lines(formula(reports, room).len()).min(rest.height / 5);
    let wanted_notes = lines(notes(&shown.sheet, room).len());
    let least_notes = u16::from(wanted_notes > 0 && rest.height >= 14);
    let has_chart = rest.height >= CHARTED;
    let frame = if has_chart { 3 } else { 1 };
    let free = rest.height.saturating_sub(frame + formula + least_notes);
    let table = lines(shown.grid.len()).min(free);
    let others = others(shown, tab, rest.width);
    let across = if rest.width >= TWO && !others.is_empty() { 2 } else { 1 };
    let height = |tab: &Tab| match tab.form {
        ChartForm::Line => TALLEST,
        _ => lines(shown.grid.rows),
    };
    let tallest = |tabs: &mut dyn Iterator<Item = &Tab>| tabs.map(height).max().unwrap_or(0);
    let wanted = tallest(&mut std::iter::once(tab).chain(others.iter().take(across - 1)));
    let (chart, table) = match has_chart {
        false => (0, table),
        true if wanted + table <= free => (wanted, table),
        // half for each, and what one does not need for the other
        true => {
            let half = free / 2;
            let chart = wanted.min(half.max(free.saturating_sub(table)));
            (chart, table.min(free - chart))
        }
    };
    let spare = free.saturating_sub(chart + table);
    // a second line of charts, where all of it has room
    let more = tallest(&mut others.iter().skip(across - 1).take(across));
    let (second, second_head) = if has_chart && more > 0 && more < spare { (more, 1) } else { (0, 0) };
    let notes = wanted_notes.min(least_notes + spare.saturating_sub(second + second_head));
    let head = u16::from(has_chart);
    let parts = [head, chart, second_head, second, head, 1, table, formula, notes].map(Constraint::Length);
    let [chart_head, chart, second_head, second, rule, table_head, table, formula, notes] = Layout::vertical(parts).areas(rest);
    let mut found = Places { rule, table_head, table, formula, notes, ..found };
    let mut tabs = std::iter::once(tab.clone()).chain(others);
    for (head, area) in [(chart_head, chart), (second_head, second)] {
        if !head.is_empty() {
            let (heads, areas) = (side_by_side(head, across), side_by_side(area, across));
            let panels = tabs.by_ref().zip(heads.into_iter().zip(areas)).map(|(tab, (head, area))| Panel { tab, head, area });
            found.panels.extend(panels);
        }
    }
    if shown.sheet.total.is_some() {
        let rows = found.table.height.saturating_sub(1);
        [found.table, found.whole] = Layout::vertical([Constraint::Length(rows), Constraint::Fill(1)]).areas(found.table);
    }
    found
}

/// The parts of an area for so many charts side by side, with a blank between.
fn side_by_side(area: Rect, across: usize) -> Vec<Rect> {
    if across < 2 {
        return vec![area];
    }
    let [left, _, right] = Layout::horizontal([Constraint::Fill(1), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    vec![left, right]
}

/// The charts beside the first one, in the order of what they tell: those that can be read where there are two in a line.
fn others(shown: &Shown, tab: &Tab, columns: u16) -> Vec<Tab> {
    let half = columns.saturating_sub(1) / 2;
    let beside = shown.grid.beside(tab);
    let all = beside.into_iter().chain(shown.grid.tabs.iter().filter(|other| Some(*other) != beside && *other != tab));
    let narrow = columns < TWO;
    if !narrow && !fits(shown, tab, half) {
        return Vec::new();
    }
    all.filter(|other| narrow || fits(shown, other, half)).cloned().collect()
}

/// Whether a chart can be read in so many columns: its head, and of what is one after the other in time all of it.
fn fits(shown: &Shown, tab: &Tab, columns: u16) -> bool {
    // the number of the chart stands behind the head, the axis before the columns
    let head = width(&tab.title) + width(&legend(shown, tab)) + 9;
    let over_time = if tab.form == ChartForm::Line { shown.grid.rows + 12 } else { 0 };
    head.max(over_time) <= usize::from(columns)
}

/// Cells of the first column, which stays where it is.
pub(super) fn pinned(grid: &Grid, columns: u16) -> u16 {
    let wide = grid.columns.first().map_or(0, |column| column.width);
    let most = usize::from(columns / 3).max(12);
    u16::try_from(wide.min(most).min(30) + 1).unwrap_or(u16::MAX)
}

/// Whether what changed is shown in all columns: there is room for it beside some.
pub(super) fn shows_changes(grid: &Grid, columns: u16) -> bool {
    let all: usize = grid.columns.iter().skip(1).map(|column| column.with_change + usize::from(GAP)).take(5).sum();
    all + usize::from(pinned(grid, columns)) <= usize::from(columns)
}

/// The cells of a column, with what changed where that is shown: in all columns, or under the cursor.
pub(super) fn width_of(grid: &Grid, place: usize, cursor: usize, changes: bool) -> u16 {
    let column = &grid.columns[place];
    let wide = if changes || place == cursor { column.with_change } else { column.width };
    u16::try_from(wide.min(60)).unwrap_or(u16::MAX)
}

/// The columns on the screen from the first one that is not pinned: each with where it begins and its cells.
pub(super) fn shown(grid: &Grid, left: usize, cursor: usize, columns: u16) -> Vec<(usize, u16, u16)> {
    let changes = shows_changes(grid, columns);
    let mut at = pinned(grid, columns) + 1;
    let mut found = Vec::new();
    for place in left.max(1)..grid.columns.len() {
        let wide = width_of(grid, place, cursor, changes);
        if at + GAP + wide > columns && !(found.is_empty() && at + GAP < columns) {
            break;
        }
        let wide = wide.min(columns.saturating_sub(at + GAP));
        found.push((place, at + GAP, wide));
        at += GAP + wide;
    }
    found
}

/// The first column that is not pinned, so that the one under the cursor is whole on the screen.
pub(super) fn left(grid: &Grid, cursor: usize, before: usize, columns: u16) -> usize {
    let mut left = before.max(1);
    if cursor <= left {
        return cursor.max(1);
    }
    while left < cursor && !shown(grid, left, cursor, columns).iter().any(|(place, _, _)| *place == cursor) {
        left += 1;
    }
    left
}

/// The reports of the strip that fit, so that the one on the screen is among them: each with where it begins.
pub(super) fn strip(kind: ReportKind, columns: u16) -> Vec<(ReportKind, u16)> {
    let all = ReportKind::ALL;
    let here = super::index(kind);
    let wide = |kind: &ReportKind| u16::try_from(width(kind.title())).unwrap_or(0) + 3;
    let mut first = here;
    // room for one more behind it, where there is one
    let behind = all.get(here + 1).map_or(0, wide);
    while first > 0 && all[first - 1..=here].iter().map(wide).sum::<u16>() + behind + 4 <= columns {
        first -= 1;
    }
    let mut at = 1 + u16::from(first > 0) * 2;
    let mut found = Vec::new();
    for kind in &all[first..] {
        if at + wide(kind) > columns && !found.is_empty() {
            break;
        }
        found.push((*kind, at));
        at += wide(kind);
    }
    found
}
