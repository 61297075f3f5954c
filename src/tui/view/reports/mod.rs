//! The reports: each a chart and a table under one cursor, narrowed by a filter and a period; Enter opens the records behind a number.
//! Computes none: what is asked for and what comes back is in `load`.

mod draw;
mod export;
mod grid;
mod load;
mod period;
mod places;
mod words;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::model::clean::clean;
use crate::model::report::{Period, ReportKind, Sheet};
use crate::query;
use crate::service::context::Progress;
use crate::service::report::GetReport;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::flow;
use crate::tui::layer::prompt::Prompt;
use crate::tui::layer::{Flow, Incoming, Layer, Outcome, Pick, Purpose};
use crate::tui::view::browse::Browse;
use crate::tui::view::browse::filter_bar::FilterBar;
use crate::tui::view::spec::EntitySpec;

use grid::{Grid, Tab, row_at};

/// A report that is here, and what it answers.
#[derive(Debug)]
struct Shown {
    sheet: Sheet,
    grid: Grid,
    /// What was asked for.
    question: GetReport,
    /// Whether something was written since.
    is_old: bool,
}

/// One of the reports with its place.
#[derive(Debug, Default)]
struct Place {
    shown: Option<Shown>,
    /// The row and the column of the table under the cursor.
    row: usize,
    column: usize,
    /// The chart on the screen.
    tab: Option<Tab>,
    /// The first row of the table, of the chart, and the first column that is not pinned.
    top: usize,
    chart_top: usize,
    left: usize,
    failed: Option<String>,
    /// When the first record came that it could be about, where there is no row.
    first: Option<String>,
}

/// A report that is awaited.
#[derive(Debug)]
struct Awaited {
    question: GetReport,
    since: i64,
}

/// The screen.
#[derive(Debug)]
pub struct Reports {
    kind: ReportKind,
    /// One for each report, in their order.
    places: Vec<Place>,
    /// The filters, one for each kind of records.
    bars: Vec<FilterBar>,
    period: Option<Period>,
    awaited: Option<Awaited>,
    progress: Option<Progress>,
}

impl Default for Reports {
    fn default() -> Self {
        let mut bars: Vec<FilterBar> = Vec::new();
        for kind in ReportKind::ALL {
            if !bars.iter().any(|bar| bar.entity() == kind.entity()) {
                bars.push(FilterBar::new(kind.entity()));
            }
        }
        let places = ReportKind::ALL.iter().map(|_| Place::default()).collect();
        Self { kind: ReportKind::Sources, places, bars, period: None, awaited: None, progress: None }
    }
}

/// The place of a report among all.
fn index(kind: ReportKind) -> usize {
    ReportKind::ALL.iter().position(|other| *other == kind).unwrap_or(0)
}

impl Reports {
    /// The report on the screen.
    fn place(&self) -> &Place {
        &self.places[index(self.kind)]
    }

    fn place_mut(&mut self) -> &mut Place {
        &mut self.places[index(self.kind)]
    }

    /// The filter of the report on the screen.
    fn bar(&self) -> &FilterBar {
        // each kind of records has its bar
        self.bars.iter().find(|bar| bar.entity() == self.kind.entity()).unwrap_or(&self.bars[0])
    }

    fn bar_mut(&mut self) -> &mut FilterBar {
        let place = self.bars.iter().position(|bar| bar.entity() == self.kind.entity()).unwrap_or(0);
        &mut self.bars[place]
    }

    /// Whether the numbers on the screen are the ones that are asked for.
    fn is_awaited(&self) -> bool {
        self.awaited.as_ref().is_some_and(|awaited| awaited.question.kind == self.kind)
    }

    /// To the report so many places further; behind the last comes the first.
    fn turn(&mut self, by: isize, cx: &mut Cx<'_>) {
        let count = ReportKind::ALL.len();
        let next = (index(self.kind) + count).saturating_add_signed(by) % count;
        self.choose(ReportKind::ALL[next], cx);
    }

    fn choose(&mut self, kind: ReportKind, cx: &mut Cx<'_>) {
        self.bar_mut().is_open = false;
        self.kind = kind;
        self.ask_unless_here(cx);
        self.settle(cx.env);
    }

    /// The cursor moves by rows and columns.
    fn go(&mut self, rows: isize, columns: isize, env: &Env) {
        let place = self.place_mut();
        let Some(shown) = &place.shown else { return };
        place.row = place.row.saturating_add_signed(rows).min(shown.grid.len().saturating_sub(1));
        place.column = place.column.saturating_add_signed(columns).min(shown.grid.columns.len().saturating_sub(1));
        self.settle(env);
    }

    /// The next chart: the cursor goes to its first column.
    fn next_chart(&mut self, by: isize, cx: &mut Cx<'_>) {
        let place = self.place_mut();
        let Some(shown) = &place.shown else { return };
        let tabs = &shown.grid.tabs;
        if tabs.len() < 2 {
            return cx.say("this report has one chart; the columns of the table have one each");
        }
        let here = place.tab.as_ref().and_then(|tab| tabs.iter().position(|other| other == tab));
        let next = match here {
            Some(here) => (here + tabs.len()).saturating_add_signed(by) % tabs.len(),
            None => 0,
        };
        place.tab = Some(tabs[next].clone());
        place.column = tabs[next].columns.first().copied().unwrap_or(0);
        self.settle(cx.env);
    }

    /// Keeps the cursor on the table and all of it that is under the cursor on the screen.
    fn settle(&mut self, env: &Env) {
        {
            let place = self.place_mut();
            let Some(shown) = &place.shown else { return };
            place.row = place.row.min(shown.grid.len().saturating_sub(1));
            place.column = place.column.min(shown.grid.columns.len().saturating_sub(1));
            place.tab = shown.grid.chart_of(&shown.sheet, place.column, place.tab.as_ref());
        }
        let found = places::places(self, places::screen(env));
        let place = self.place_mut();
        let (Some(shown), Some(tab)) = (&place.shown, &place.tab) else { return };
        let height = usize::from(found.table.height).max(1);
        // the whole has a line of its own
        let row = place.row.min(shown.grid.rows.saturating_sub(1));
        place.top = place.top.clamp((row + 1).saturating_sub(height), row).min(shown.grid.rows.saturating_sub(height));
        let height_of_chart = found.panels.first().map_or(1, |panel| panel.area.height.into());
        let charted = shown.grid.charted(&shown.sheet, place.row, height_of_chart);
        let bar = charted.iter().position(|charted| *charted >= row).unwrap_or(0);
        let chart = shown.grid.chart(&shown.sheet, tab, &charted, &env.locale);
        place.chart_top = chart.top(place.chart_top, bar, height_of_chart);
        place.left = places::left(&shown.grid, place.column, place.left, found.table.width);
    }

    /// The list of exactly the records behind the cell under the cursor.
    fn open(&self, cx: &mut Cx<'_>) -> Flow {
        let place = self.place();
        let Some(shown) = &place.shown else { return Flow::Stay };
        let Some(drill) = shown.grid.drill(&shown.sheet, place.row, place.column) else {
            if shown.grid.len() > 0 {
                cx.complain("no records stand behind this; try a number");
            }
            return Flow::Stay;
        };
        match query::parse(&drill.filter, &cx.env.reading_of(drill.entity)) {
            Ok(found) => {
                let rows = lineage(&shown.sheet, place.row);
                let column = shown.grid.columns.get(place.column);
                let head = column.filter(|column| !column.is_name).map_or("", |column| column.head.as_str());
                let parts = std::iter::once(self.kind.title()).chain(rows).chain([head]);
                let name = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
                Flow::Push(Box::new(Browse::over(EntitySpec::of(drill.entity), clean(&name).into_owned(), &found.filter, cx.env)))
            }
            Err(error) => {
                cx.complain(format!("the records behind this cannot be listed: {error}"));
                Flow::Stay
            }
        }
    }

    /// Esc: what is awaited, then the filter, then the period; it never leaves the screen.
    fn back(&mut self, cx: &mut Cx<'_>) {
        if self.is_awaited() {
            cx.push(Effect::CancelJob);
        } else if self.bar().is_active() {
            self.bar_mut().clear();
            self.ask_unless_here(cx);
        } else if self.period.take().is_some() {
            self.ask_unless_here(cx);
        } else {
            let keys = cx.env.keymap.all_keys_of(Action::Close, &[Scope::Reports]);
            cx.say(format!("{} quits", keys.first().map_or("q", String::as_str)));
        }
    }

    /// A key while the filter is typed; none where it is not for the filter.
    fn filtering(&mut self, action: Action, cx: &mut Cx<'_>) -> Option<Flow> {
        let changed = match action {
            Action::Open => {
                match self.bar().mistake.as_ref().map(ToString::to_string) {
                    Some(mistake) => cx.complain(mistake),
                    None if !self.bar().query.sort.is_empty() => {
                        cx.complain("a report has its own order; leave sort: out");
                    }
                    None => self.bar_mut().is_open = false,
                }
                false
            }
            Action::Back | Action::Cancel => {
                self.bar_mut().clear();
                true
            }
            Action::Complete => self.bar_mut().complete(cx.env),
            other => self.bar_mut().edit(other, cx.env)?,
        };
        if changed {
            self.ask_unless_here(cx);
        }
        self.settle(cx.env);
        Some(Flow::Stay)
    }
}

/// What a row is called by, behind what those above it that it is a part of are called by.
fn lineage(sheet: &Sheet, row: usize) -> Vec<&str> {
    let mut names: Vec<&str> = row_at(sheet, row).map(|row| row.label.as_str()).into_iter().collect();
    let mut depth = sheet.rows.get(row).map_or(0, |row| row.depth);
    for above in sheet.rows.iter().take(row).rev() {
        if above.depth < depth {
            depth = above.depth;
            names.insert(0, &above.label);
        }
    }
    names
}

impl Layer for Reports {
    fn scopes(&self) -> Vec<Scope> {
        if self.bar().is_open { vec![Scope::Filter, Scope::Reports] } else { vec![Scope::Reports] }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        if self.bar().is_open
            && let Some(flow) = self.filtering(action, cx)
        {
            return flow;
        }
        let page = isize::try_from(places::places(self, places::screen(cx.env)).table.height.max(2) - 1).unwrap_or(1);
        match action {
            Action::Down => self.go(1, 0, cx.env),
            Action::Up => self.go(-1, 0, cx.env),
            Action::PageDown => self.go(page, 0, cx.env),
            Action::PageUp => self.go(-page, 0, cx.env),
            Action::First => self.go(isize::MIN, 0, cx.env),
            Action::Last => self.go(isize::MAX, 0, cx.env),
            Action::Left => self.go(0, -1, cx.env),
            Action::Right => self.go(0, 1, cx.env),
            Action::Next | Action::NextRecord => self.turn(1, cx),
            Action::Previous | Action::PreviousRecord => self.turn(-1, cx),
            Action::NextTab => self.next_chart(1, cx),
            Action::PreviousTab => self.next_chart(-1, cx),
            Action::Open => return self.open(cx),
            Action::Filter => {
                self.bar_mut().open(cx.env);
                self.settle(cx.env);
            }
            Action::Period => return Flow::Push(Box::new(period::picker(self.period.as_ref(), cx.env))),
            Action::Export => return self.export(cx),
            Action::Back => self.back(cx),
            Action::Close => cx.push(Effect::Quit),
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        if self.bar().is_open && self.bar_mut().insert(text, cx.env) {
            self.ask_unless_here(cx);
        }
        self.settle(cx.env);
        Flow::Stay
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        match outcome {
            Outcome::Picked(Purpose::Period, Pick::Index(place)) => match period::OFFERS.get(*place) {
                Some((text, _)) => self.set_period(text, cx),
                None => {
                    let text = self.period.as_ref().map_or("", |period| period.text.as_str());
                    Flow::Push(Box::new(Prompt::period(text, None).proposing()))
                }
            },
            Outcome::Entered(Purpose::Period, text) => self.set_period(text, cx),
            Outcome::Entered(Purpose::Report, path) => self.write(path, cx),
            other => flow::finish(other, cx),
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        self.take(incoming, cx)
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.go(wheel as isize, 0, cx.env);
            return Flow::Stay;
        }
        let at = (column, row);
        let found = places::places(self, places::screen(cx.env));
        if let Some(kind) = draw::report_at(self, &found, at) {
            self.choose(kind, cx);
            return Flow::Stay;
        }
        let Some((there_row, there_column)) = draw::cell_at(self, &found, at, cx.env) else { return Flow::Stay };
        let place = self.place_mut();
        let again = (place.row, place.column) == (there_row, there_column);
        (place.row, place.column) = (there_row, there_column);
        self.settle(cx.env);
        if again { self.open(cx) } else { Flow::Stay }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        draw::draw(self, frame, area, env);
    }

    fn covers(&self) -> bool {
        true
    }

    fn resized(&mut self, cx: &mut Cx<'_>) {
        self.ask_unless_here(cx);
        self.settle(cx.env);
    }

    fn changed(&mut self, cx: &mut Cx<'_>) {
        self.grow_old();
        self.ask_unless_here(cx);
    }

    fn awaits(&self, action: Option<Action>) -> bool {
        let is_on_cells = action.is_some_and(flow::is_on_rows) || matches!(action, Some(Action::Left | Action::Right));
        // nothing is opened from numbers that are about to go, and no step is lost before the first ones
        let is_first = self.place().shown.is_none();
        self.is_awaited() && !self.bar().is_open && (action == Some(Action::Open) || is_first && is_on_cells)
    }

    fn unavailable(&self, action: Action, _: &Env) -> Option<String> {
        let has_rows = || self.place().shown.as_ref().is_some_and(|shown| shown.grid.len() > 0);
        match action {
            Action::Export if !has_rows() => Some("there is nothing to write".into()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
