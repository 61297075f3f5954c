//! How many leads came over time, and what has become of them.

use super::line::{Line, name};
use super::scope::Scope;
use crate::error::Result;
use crate::model::choice::{DISQUALIFIED, OPEN, QUALIFIED};
use crate::model::report::{Chart, ChartForm, Column, ColumnKind, Figure, Period, Row, Sheet};
use crate::query::ast::Expr;
use crate::store::report::lead;

use ColumnKind::{Count, Name, Share};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new(
        "from",
        "From",
        Name,
        "The first day: of days, weeks that begin on Monday, or months, by the length of the whole.",
    ),
    Column::new("to", "To", Name, "The last day."),
    Column::new("leads", "Leads", Count, "Leads that were entered on these days."),
    Column::new("open", "Open", Count, "Of these, the ones that are open now."),
    Column::new("qualified", "Qualified", Count, "Of these, the ones that are qualified now."),
    Column::new("disqualified", "Disqualified", Count, "Of these, the ones that are disqualified now."),
    Column::new(
        "conversion_closed",
        "Of closed",
        Share,
        "Qualified leads of all that are closed: qualified / (qualified + disqualified).",
    ),
    Column::new("conversion_all", "Of all", Share, "Qualified leads of all: qualified / leads."),
];

#[derive(Clone, Copy, Default)]
struct Tally {
    states: [i64; 3],
}

/// The report.
pub(super) fn sheet(scope: &Scope<'_>) -> Result<Sheet> {
    let mut sheet = scope.sheet();
    sheet.columns = COLUMNS.to_vec();
    sheet.charts = vec![
        Chart { title: "Leads", form: ChartForm::Line, columns: vec!["leads"] },
        Chart { title: "What became of them", form: ChartForm::Stacked, columns: vec!["qualified", "open", "disqualified"] },
        Chart { title: "Conversion of closed leads", form: ChartForm::Line, columns: vec!["conversion_closed"] },
    ];
    let mut all = Vec::new();
    lead::columns(scope.db, ["created_at", "status"], None, scope.within.as_deref(), &|rows| scope.advance(rows), |lead| {
        all.push((lead[0].unwrap_or_default(), lead[1].unwrap_or_default()));
        Ok(())
    })?;
    let of = |period: Option<&Period>| {
        let moments = scope.moments(period);
        all.iter().filter(|(at, _)| moments.contains(at)).copied().collect::<Vec<_>>()
    };
    let found = of(scope.period.as_ref());
    let span = found.iter().map(|(at, _)| *at).min().zip(found.iter().map(|(at, _)| *at).max());
    // where the stretch before had leads, that now there are none is worth telling
    let had = scope.period.as_ref().is_some_and(|period| !of(Some(&period.previous())).is_empty());
    let (first, last) = match span {
        Some(span) => span,
        None if had => (scope.ctx.now(), scope.ctx.now()),
        None => return Ok(sheet),
    };
    let zone = scope.ctx.zone;
    let whole = scope.period.clone().unwrap_or_else(|| {
        let first = crate::model::zone::date(zone.today(first));
        let first = crate::model::zone::days(chrono::Datelike::with_day(&first, 1).unwrap_or(first));
        Period::of_days(first, zone.today(last).max(scope.today()).saturating_add(1))
    });
    let steps = whole.steps();
    let mut tallies = count(scope, &steps, &found);
    let earlier = match &scope.period {
        Some(period) => {
            // months differ in their days, so there may be a step more or less
            sheet.notes.push(format!("Compared with {}, step by step.", period.previous().text));
            Some(count(scope, &period.previous().steps(), &of(Some(&period.previous()))))
        }
        None => None,
    };
    let total = tallies.pop().unwrap_or_default();
    for (at, (step, tally)) in steps.iter().zip(&tallies).enumerate() {
        let before = earlier.as_ref().and_then(|earlier| earlier[..earlier.len() - 1].get(at));
        sheet.rows.push(line(scope, step, &step.label(&whole), scope.in_period("created_at", step), tally, before));
    }
    let before = earlier.as_ref().and_then(|earlier| earlier.last());
    let mut total = line(scope, &whole, "all", Expr::All, &total, before);
    // its days may be those of a row, so it is called what it is
    for (cell, figure) in total.cells.iter_mut().zip([name("all", None), Figure::None]) {
        cell.figure = figure;
    }
    sheet.total = Some(total);
    Ok(sheet)
}

/// A tally a step, and the whole behind them.
fn count(scope: &Scope<'_>, steps: &[Period], found: &[(i64, i64)]) -> Vec<Tally> {
    let begins: Vec<i64> = steps.iter().map(|step| step.moments(scope.ctx.zone).0).collect();
    let mut tallies = vec![Tally::default(); steps.len() + 1];
    for (at, state) in found {
        let step = begins.partition_point(|begin| begin <= at).saturating_sub(1);
        let Some(state) = usize::try_from(*state).ok().filter(|state| *state < 3) else { continue };
        tallies[step].states[state] += 1;
        tallies[steps.len()].states[state] += 1;
    }
    tallies
}

fn figures(tally: &Tally) -> Vec<Figure> {
    let [open, qualified, disqualified] = tally.states;
    let all = open + qualified + disqualified;
    let counts = [all, open, qualified, disqualified].map(Figure::Count);
    let shares = [Figure::share(qualified, qualified + disqualified), Figure::share(qualified, all)];
    counts.into_iter().chain(shares).collect()
}

fn line(scope: &Scope<'_>, step: &Period, label: &str, created: Expr, tally: &Tally, before: Option<&Tally>) -> Row {
    let of = |also: Expr| Some(scope.drill(Expr::and([created.clone(), also])));
    let state = |states: &[i64]| of(scope.coded("status", states));
    let drills = vec![
        of(Expr::All),
        state(&[OPEN]),
        state(&[QUALIFIED]),
        state(&[DISQUALIFIED]),
        state(&[QUALIFIED, DISQUALIFIED]),
        of(Expr::All),
    ];
    let day = |day: chrono::NaiveDate| name(&day.to_string(), Some(&day.to_string()));
    let (first, last) = step.ends();
    Line {
        label: label.to_owned(),
        depth: 0,
        names: vec![day(first), day(last)],
        figures: figures(tally),
        before: before.map(figures),
        drills,
    }
    .row()
}
