//! What the reports ask for and do with the answers. The old numbers stay until the new ones are here.

use super::grid::Grid;
use super::{Awaited, Reports, Shown, index, words};
use crate::error::Error;
use crate::model::report::{ChartForm, Sheet};
use crate::service::record::read::ListPage;
use crate::service::report::GetReport;
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::layer::{Flow, Incoming};
use crate::worker::reader::{Answer, AnyQuery, Slot};

impl Reports {
    /// The question of the report on the screen.
    pub(super) fn question(&self) -> GetReport {
        let mut filter = self.bar().query.clone();
        filter.sort.clear();
        GetReport { kind: self.kind, filter, period: self.period.clone() }
    }

    /// Asks for the report on the screen, unless it is here or on its way.
    pub(super) fn ask_unless_here(&mut self, cx: &mut Cx<'_>) {
        let question = self.question();
        let is_here = self.place().shown.as_ref().is_some_and(|shown| shown.question == question && !shown.is_old);
        if is_here {
            // what is computed for another report goes on, and is there when one comes back to it; for this one it is not wanted any more
            self.awaited.take_if(|awaited| awaited.question.kind == question.kind);
            self.place_mut().failed = None;
            return;
        }
        if self.awaited.as_ref().is_none_or(|awaited| awaited.question != question) {
            self.ask(question, cx);
        }
    }

    fn ask(&mut self, question: GetReport, cx: &mut Cx<'_>) {
        let place = self.place_mut();
        place.failed = None;
        place.first = None;
        self.progress = None;
        self.awaited = Some(Awaited { question: question.clone(), since: cx.env.now() });
        cx.ask(Slot::Report, AnyQuery::Report(Box::new(question)));
    }

    /// Something was written: no report is known to be right any more.
    pub(super) fn grow_old(&mut self) {
        self.places.iter_mut().filter_map(|place| place.shown.as_mut()).for_each(|shown| shown.is_old = true);
        self.awaited = None;
    }

    /// Takes what is its own of what came back.
    pub(super) fn take(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Report, result, .. } => {
                let Some(awaited) = self.awaited.take() else { return Flow::Pass };
                self.progress = None;
                match result {
                    Ok(Answer::Report(sheet)) => self.arrived((**sheet).clone(), awaited.question, cx),
                    Ok(_) => {}
                    Err(error) => self.failed(error, &awaited.question, cx),
                }
                self.settle(cx.env);
            }
            Incoming::Answer { slot: Slot::ReportFirst, result: Ok(Answer::Rows(rows)), .. } => {
                let first = rows.first().and_then(|row| row.values.first()).and_then(|value| words::month(value, cx.env));
                self.place_mut().first = first;
            }
            Incoming::Written { result: Ok(done), .. } if done.step.is_some() => {
                self.grow_old();
                self.ask_unless_here(cx);
            }
            Incoming::Progress(progress) if self.awaited.is_some() => self.progress = Some(*progress),
            _ => {}
        }
        Flow::Pass
    }

    fn arrived(&mut self, sheet: Sheet, question: GetReport, cx: &mut Cx<'_>) {
        let kind = question.kind;
        let is_empty = sheet.rows.is_empty();
        let grid = Grid::new(&sheet, &cx.env.locale);
        let place = &mut self.places[index(kind)];
        keep_cursor(place, &sheet, &grid);
        if place.shown.is_none() && sheet.charts.first().is_some_and(|chart| chart.form == ChartForm::Line) {
            // of what is one after the other in time the newest is looked at first
            place.row = grid.rows.saturating_sub(1);
        }
        // columns may have come and gone with the currencies
        let same = |tab: &super::Tab| grid.tabs.iter().find(|other| other.title == tab.title).cloned();
        place.tab = place.tab.as_ref().and_then(same);
        place.failed = None;
        place.shown = Some(Shown { sheet, grid, question, is_old: false });
        if is_empty && kind == self.kind {
            self.ask_first(cx);
        }
    }

    fn failed(&mut self, error: &Error, question: &GetReport, cx: &mut Cx<'_>) {
        let place = &mut self.places[index(question.kind)];
        place.failed = Some(match error {
            Error::Canceled => "canceled".to_owned(),
            other => other.headline(),
        });
        if !matches!(error, Error::Canceled) {
            cx.complain(error.to_string());
        }
    }

    /// There is no row: when did the first record come that there could be one of?
    fn ask_first(&self, cx: &mut Cx<'_>) {
        let Some((filter, field)) = words::of_first(self.kind, &self.question(), cx.env) else { return };
        cx.ask(Slot::ReportFirst, AnyQuery::Page(ListPage { filter, limit: 1, fields: vec![field] }));
    }

    /// For how long the report on the screen has been awaited, in µs.
    pub(super) fn waited(&self, env: &Env) -> Option<i64> {
        let awaited = self.awaited.as_ref().filter(|_| self.is_awaited())?;
        Some(env.now() - awaited.since)
    }
}

/// The cursor stays on its row and column, where they are still there.
fn keep_cursor(place: &mut super::Place, sheet: &Sheet, grid: &Grid) {
    let Some(before) = &place.shown else { return };
    if let Some(row) = before.sheet.rows.get(place.row)
        && let Some(there) = sheet.rows.iter().position(|other| other.label == row.label && other.depth == row.depth)
    {
        place.row = there;
    } else if place.row == before.sheet.rows.len() && place.row > 0 {
        place.row = sheet.rows.len();
    } else {
        place.row = place.row.min(sheet.rows.len().saturating_sub(1));
    }
    if let Some(column) = before.grid.columns.get(place.column)
        && let Some(there) = grid.columns.iter().position(|other| other.head == column.head)
    {
        place.column = there;
    }
}
