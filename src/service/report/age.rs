//! How old the open leads are: by the days since they were entered, and what has become of them so far.

use super::line::Line;
use super::scope::Scope;
use crate::error::Result;
use crate::model::choice::{HOT, OPEN};
use crate::model::report::{Chart, ChartForm, Column, ColumnKind, Figure, Period, Row, Sheet};
use crate::query::ast::{Expr, Op, Operand};
use crate::store::report::lead;

use ColumnKind::{Count, Name, Share};

/// What a stretch of ages is called, and the days at which it begins.
const AGES: &[(&str, i32)] = &[
    ("today", 0),
    ("1-7 days", 1),
    ("8-30 days", 8),
    ("31-90 days", 31),
    ("91-180 days", 91),
    ("181-365 days", 181),
    ("over a year", 366),
];

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new("age", "Age", Name, "The days since the lead was entered."),
    Column::new("leads", "Leads", Count, "Open leads of this age."),
    Column::new("share", "Share", Share, "Of all open leads."),
    Column::new("hot", "Hot", Count, "Of these, the ones that are rated hot."),
    Column::new("no_next_step", "No next step", Count, "Of these, the ones with nothing to be done."),
    Column::new(
        "not_contacted",
        "Not contacted",
        Count,
        "Of these, the ones that nobody has turned to yet by call, mail, letter or appointment.",
    ),
];

#[derive(Clone, Copy, Default)]
struct Tally {
    leads: i64,
    hot: i64,
    idle: i64,
    silent: i64,
}

/// The report.
pub(super) fn sheet(scope: &Scope<'_>) -> Result<Sheet> {
    let (zone, today) = (scope.ctx.zone, scope.today());
    // younger than the first day of a stretch: the moment behind its last day
    let ends: Vec<i64> = AGES.iter().map(|(_, days)| zone.day_start(today.saturating_sub(*days).saturating_add(1))).collect();
    let mut tallies = vec![Tally::default(); AGES.len() + 1];
    let moments = scope.moments(scope.period.as_ref());
    let columns = ["created_at", "rating", "open_activities", "first_contact_at"];
    lead::columns(scope.db, columns, Some(OPEN), scope.within.as_deref(), &|rows| scope.advance(rows), |lead| {
        let [created, rating, todo, contacted] = lead;
        let created = created.unwrap_or_default();
        if !moments.contains(&created) {
            return Ok(());
        }
        // what is entered for a day to come is of today
        let age = ends.iter().rposition(|end| created < *end).unwrap_or_default();
        for place in [age, AGES.len()] {
            let tally = &mut tallies[place];
            tally.leads += 1;
            tally.hot += i64::from(rating == Some(HOT));
            tally.idle += i64::from(todo == Some(0));
            tally.silent += i64::from(contacted.is_none());
        }
        Ok(())
    })?;
    let all = tallies[AGES.len()];
    let mut sheet = scope.sheet();
    sheet.columns = COLUMNS.to_vec();
    if all.leads > 0 {
        sheet.rows = AGES
            .iter()
            .zip(&tallies)
            .enumerate()
            .map(|(at, ((label, _), tally))| line(scope, label, tally, all.leads, created(scope, at, today)))
            .collect();
        sheet.total = Some(line(scope, "all", &all, all.leads, Expr::All));
    }
    sheet.charts = vec![
        Chart { title: "Open leads by age", form: ChartForm::Bars, columns: vec!["leads"] },
        Chart { title: "Without a next step", form: ChartForm::Bars, columns: vec!["no_next_step"] },
    ];
    Ok(sheet)
}

/// The days on which leads of an age were entered; of the youngest and the oldest to the end.
fn created(scope: &Scope<'_>, at: usize, today: i32) -> Expr {
    let first = AGES.get(at + 1).map(|(_, next)| today.saturating_sub(next - 1));
    let last = (at > 0).then(|| today.saturating_sub(AGES[at].1));
    let ends = Period::of_days(first.unwrap_or_default(), last.unwrap_or_default().saturating_add(1)).moments(scope.ctx.zone);
    let range = Operand::Range { from: first.map(|_| ends.0), to: last.map(|_| ends.1 - 1) };
    Expr::Compare { field: scope.ctx.catalog.lead.id("created_at"), op: Op::Is, values: vec![range] }
}

fn line(scope: &Scope<'_>, label: &str, tally: &Tally, all: i64, created: Expr) -> Row {
    let of = |also: Expr| Some(scope.drill(Expr::and([scope.coded("status", &[OPEN]), created.clone(), also])));
    let idle = Operand::Range { from: Some(0), to: Some(0) };
    let idle = Expr::Compare { field: scope.ctx.catalog.lead.id("open_activities"), op: Op::Is, values: vec![idle] };
    let figures = vec![
        Figure::Count(tally.leads),
        Figure::share(tally.leads, all),
        Figure::Count(tally.hot),
        Figure::Count(tally.idle),
        Figure::Count(tally.silent),
    ];
    let drills =
        vec![of(Expr::All), of(Expr::All), of(scope.coded("rating", &[HOT])), of(idle), of(scope.without("first_contact_at"))];
    Line::named(label, Some(&crate::model::choice::slug(label)), figures, drills).row()
}
