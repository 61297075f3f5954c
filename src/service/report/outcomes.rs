//! What comes of leads by source, owner, unit or partner: the sheet made of the tallies.

use super::columns::OUTCOMES;
use super::groups::{Group, Groups};
use super::scope::Scope;
use super::tally::{Tally, tally};
use crate::error::Result;
use crate::model::choice::{DISQUALIFIED, OPEN, QUALIFIED};
use crate::model::entity::Entity;
use crate::model::report::{Cell, Chart, ChartForm, Column, ColumnKind, Drill, Figure, ReportKind, Row, Sheet};
use crate::query::ast::Expr;

/// The columns of a report.
pub(super) fn columns(kind: ReportKind) -> Vec<Column> {
    let (key, label) = match kind {
        ReportKind::Owners => ("owner", "Owner"),
        ReportKind::Units => ("unit", "Unit"),
        ReportKind::Partners => ("partner", "Partner"),
        _ => ("source", "Source"),
    };
    let name = Column::new(key, label, ColumnKind::Name, "What the leads of the row have in common.");
    std::iter::once(name).chain(OUTCOMES.iter().cloned()).collect()
}

/// The report.
pub(super) fn sheet(scope: &Scope<'_>) -> Result<Sheet> {
    let groups = Groups::of(scope);
    let now = tally(scope, &groups, scope.period.as_ref())?;
    let before = match &scope.period {
        Some(period) => Some(tally(scope, &groups, Some(&period.previous()))?),
        None => None,
    };
    let mut sheet = scope.sheet();
    sheet.columns = columns(scope.kind);
    let earlier = |row: usize| before.as_ref().map(|before| &before[row]);
    let mut shown: Vec<usize> = (0..groups.all.len()).collect();
    shown.retain(|row| now[*row].leads > 0 || earlier(*row).is_some_and(|tally| tally.leads > 0));
    if !groups.is_ordered {
        shown.sort_by(|a, b| {
            let key = |row: usize| (groups.all[row].overlaps, std::cmp::Reverse(now[row].leads), &groups.all[row].label);
            key(*a).cmp(&key(*b))
        });
    }
    sheet.rows = shown.into_iter().map(|row| line(scope, &groups.all[row], &now[row], earlier(row))).collect();
    let whole = Group { label: "all".into(), slug: None, depth: 0, overlaps: false, filter: Expr::All };
    let last = groups.all.len();
    if !sheet.rows.is_empty() {
        sheet.total = Some(line(scope, &whole, &now[last], earlier(last)));
    }
    sheet.notes = notes(scope);
    sheet.charts = vec![
        Chart { title: "Leads", form: ChartForm::Stacked, columns: vec!["qualified", "open", "disqualified"] },
        Chart { title: "Conversion of closed leads", form: ChartForm::Bars, columns: vec!["conversion_closed"] },
        Chart { title: "Won revenue", form: ChartForm::Stacked, columns: vec!["revenue_from", "revenue_through"] },
    ];
    Ok(sheet)
}

fn notes(scope: &Scope<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    match scope.kind {
        ReportKind::Owners => {
            notes.push("A team and members stands beside its members: these rows overlap and add up to more than all.".into())
        }
        ReportKind::Units => notes.push("A unit counts what the units below it have, too.".into()),
        _ => {}
    }
    notes.push(
        "Revenue from and revenue through never count the same opportunity in one row; across rows revenue through may.".into(),
    );
    if let Some(period) = &scope.period {
        notes.push(format!("Compared with {}.", period.previous().text));
    }
    notes
}

fn line(scope: &Scope<'_>, group: &Group, now: &Tally, before: Option<&Tally>) -> Row {
    let mut figures = figures(now).into_iter();
    let mut earlier = before.map(|before| self::figures(before).into_iter());
    let mut cells = vec![Cell::of(Figure::Name { label: group.label.clone(), slug: group.slug.clone() })];
    for column in OUTCOMES {
        cells.push(Cell {
            figure: figures.next().unwrap_or_default(),
            before: earlier.as_mut().and_then(Iterator::next),
            drill: Some(drill(scope, group, column.key)),
        });
    }
    Row { label: group.label.clone(), depth: group.depth, cells }
}

/// In the order of the columns.
fn figures(of: &Tally) -> [Figure; 17] {
    let sum: i128 = of.times.iter().map(|time| i128::from(*time)).sum();
    let count = i64::try_from(of.times.len()).unwrap_or(i64::MAX);
    let mut rates = of.from.gain_over(&of.cost);
    // what was spent in one currency and won in another is no loss of all that was spent
    rates.retain(|(currency, _)| of.from.is_empty() || of.from.of(currency) != 0);
    [
        Figure::Count(of.leads),
        Figure::Count(of.open),
        Figure::Count(of.qualified),
        Figure::Count(of.disqualified),
        Figure::share(of.qualified, of.qualified + of.disqualified),
        Figure::share(of.qualified, of.leads),
        Figure::median(&mut of.times.clone()),
        Figure::mean(sum, count),
        Figure::Count(of.opportunities),
        Figure::Count(of.won),
        Figure::Count(of.lost),
        Figure::Money(of.from.clone()),
        Figure::Money(of.through.clone()),
        Figure::Money(of.from.divided(of.leads)),
        if of.cost.is_empty() { Figure::None } else { Figure::Money(of.cost.clone()) },
        if rates.is_empty() { Figure::None } else { Figure::Rates(rates) },
        Figure::Count(of.without),
    ]
}

/// What stands behind a cell.
fn drill(scope: &Scope<'_>, group: &Group, key: &str) -> Drill {
    let of = |also: Expr| Expr::and([group.filter.clone(), also]);
    let state = |states: &[i64]| of(scope.coded("status", states));
    let from = |behind: &str| scope.linked("lead", Entity::Opportunity, of(Expr::All), behind);
    match key {
        "open" => scope.drill(state(&[OPEN])),
        "qualified" | "days_median" | "days_mean" => scope.drill(state(&[QUALIFIED])),
        "disqualified" => scope.drill(state(&[DISQUALIFIED])),
        "conversion_closed" => scope.drill(state(&[QUALIFIED, DISQUALIFIED])),
        "opportunities" => from(""),
        "won" | "revenue_from" | "revenue_per_lead" => from(" status:won"),
        "lost" => from(" status:lost"),
        "revenue_through" => {
            let own = scope.linked("lead", Entity::Opportunity, of(Expr::All), "");
            scope.linked("linked_lead", Entity::Opportunity, of(Expr::All), &format!(" status:won -{}", own.filter))
        }
        "without_opportunity" => {
            let filter = scope.text(state(&[QUALIFIED]));
            Drill { entity: Entity::Lead, filter: format!("{filter} no:opportunity") }
        }
        _ => scope.drill(of(Expr::All)),
    }
}
