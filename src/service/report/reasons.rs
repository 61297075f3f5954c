//! Why leads were disqualified: by reason, and each reason by source and by owner.

use std::collections::BTreeMap;

use super::line::{Line, name};
use super::scope::Scope;
use crate::error::Result;
use crate::model::choice::{DISQUALIFIED, Set};
use crate::model::report::{Chart, ChartForm, Column, ColumnKind, Figure, Period, Row, Sheet};
use crate::model::value::Owner;
use crate::query::ast::Expr;
use crate::store::report::lead;

use ColumnKind::{Count, Days, Name, Share};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new("reason", "Reason", Name, "The status reason of disqualified leads."),
    Column::new("source", "Source", Name, "Of the leads of one source; of all where it is empty."),
    Column::new("owner", "Owner", Name, "Of the leads of one owner; of all where it is empty."),
    Column::new("leads", "Leads", Count, "Leads that were disqualified with this reason."),
    Column::new("share", "Share", Share, "Of all disqualified leads; below a reason, of the leads with that reason."),
    Column::new("days_median", "Days (median)", Days, "From entry to the close, in days: half of them took less."),
];

/// The leads of a row: of a reason, and of it those of a source or of an owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    All,
    Source(Option<i64>),
    Owner(i64),
}

#[derive(Clone, Default)]
struct Tally {
    leads: i64,
    times: Vec<i64>,
}

/// By reason; none is all of them.
type Tallies = BTreeMap<Option<i64>, BTreeMap<Of, Tally>>;

/// The report.
pub(super) fn sheet(scope: &Scope<'_>) -> Result<Sheet> {
    let (now, undated) = count(scope, scope.period.as_ref())?;
    let before = match &scope.period {
        Some(period) => Some(count(scope, Some(&period.previous()))?.0),
        None => None,
    };
    let mut sheet = scope.sheet();
    sheet.columns = COLUMNS.to_vec();
    sheet.charts = vec![
        Chart { title: "Disqualified leads by reason", form: ChartForm::Bars, columns: vec!["leads"] },
        Chart { title: "Days to the close", form: ChartForm::Bars, columns: vec!["days_median"] },
    ];
    if let Some(period) = &scope.period {
        sheet.notes.push(format!("Leads that were closed in the period, compared with {}.", period.previous().text));
    }
    if undated > 0 {
        let (has, is) = if undated == 1 { ("lead has", "is") } else { ("leads have", "are") };
        let left_out = if scope.period.is_some() { "period" } else { "median" };
        sheet.notes.push(format!("{undated} disqualified {has} no closing date and {is} in no {left_out}."));
    }
    let leads = |tallies: &Tallies, reason: Option<i64>| {
        tallies.get(&reason).and_then(|of| of.get(&Of::All)).map_or(0, |tally| tally.leads)
    };
    let all = leads(&now, None);
    let earlier = |reason, of| {
        before.as_ref().map(|before| {
            let tally = before.get(&reason).and_then(|all| all.get(&of)).cloned().unwrap_or_default();
            let whole = leads(before, if of == Of::All { None } else { reason });
            figures(&tally, whole)
        })
    };
    let mut reasons: Vec<i64> = now.keys().copied().flatten().collect();
    reasons.sort_by_key(|reason| (std::cmp::Reverse(leads(&now, Some(*reason))), *reason));
    for reason in reasons {
        let mut parts: Vec<(Of, &Tally)> = now[&Some(reason)].iter().map(|(of, tally)| (*of, tally)).collect();
        let rank = |of: Of| match of {
            Of::All => 0,
            Of::Source(_) => 1,
            Of::Owner(_) => 2,
        };
        parts.sort_by_key(|(of, tally)| (rank(*of), std::cmp::Reverse(tally.leads), *of));
        let whole = leads(&now, Some(reason));
        for (of, tally) in parts {
            let whole = if of == Of::All { all } else { whole };
            sheet.rows.push(line(scope, Some(reason), of, figures(tally, whole), earlier(Some(reason), of)));
        }
    }
    if all > 0 {
        let tally = &now[&None][&Of::All];
        sheet.total = Some(line(scope, None, Of::All, figures(tally, all), earlier(None, Of::All)));
    }
    Ok(sheet)
}

/// Of a period, or of all; and how many leads have no date by which they would be in a period.
fn count(scope: &Scope<'_>, period: Option<&Period>) -> Result<(Tallies, i64)> {
    let mut found = Tallies::new();
    let mut undated = 0;
    let moments = scope.moments(period);
    let columns = ["closed_at", "created_at", "status_reason", "source", "owner"];
    lead::columns(scope.db, columns, Some(DISQUALIFIED), scope.within.as_deref(), &|rows| scope.advance(rows), |lead| {
        let [closed, created, reason, source, owner] = lead;
        undated += i64::from(closed.is_none());
        // what has no moment is of all times and of no period
        if period.is_some() && !closed.is_some_and(|at| moments.contains(&at)) {
            return Ok(());
        }
        let time = closed.zip(created).map(|(closed, created)| closed.saturating_sub(created));
        let mut add = |reason: Option<i64>, of: Of| {
            let tally = found.entry(reason).or_default().entry(of).or_default();
            tally.leads += 1;
            tally.times.extend(time);
        };
        add(None, Of::All);
        for of in [Of::All, Of::Source(source), Of::Owner(owner.unwrap_or_default())] {
            add(reason, of);
        }
        Ok(())
    })?;
    Ok((found, undated))
}

fn figures(tally: &Tally, whole: i64) -> Vec<Figure> {
    vec![Figure::Count(tally.leads), Figure::share(tally.leads, whole), Figure::median(&mut tally.times.clone())]
}

fn line(scope: &Scope<'_>, reason: Option<i64>, of: Of, figures: Vec<Figure>, before: Option<Vec<Figure>>) -> Row {
    let (choices, people) = (&scope.ctx.catalog.choices, &scope.ctx.catalog.people);
    let mut filter = vec![scope.coded("status", &[DISQUALIFIED])];
    filter.extend(reason.map(|reason| scope.coded("status_reason", &[reason])));
    let label = reason.map_or_else(|| "all".to_owned(), |reason| choices.label(Set::StatusReason, reason));
    let first = name(&label, reason.map(|reason| choices.slug(Set::StatusReason, reason)).as_deref());
    let (label, source, owner) = match of {
        Of::All => (label, Figure::None, Figure::None),
        Of::Source(Some(code)) => {
            filter.push(scope.coded("source", &[code]));
            let label = choices.label(Set::Source, code);
            (label.clone(), name(&label, Some(&choices.slug(Set::Source, code))), Figure::None)
        }
        Of::Source(None) => {
            filter.push(scope.without("source"));
            ("no source".into(), name("no source", None), Figure::None)
        }
        Of::Owner(code) => {
            filter.push(scope.coded("owner", &[code]));
            let label = Owner::of_code(code).map_or_else(String::new, |owner| people.show(owner));
            (label.clone(), Figure::None, name(&label, Some(&label)))
        }
    };
    let drill = scope.drill(Expr::and(filter));
    Line {
        label,
        depth: usize::from(of != Of::All),
        names: vec![first, source, owner],
        figures,
        before,
        drills: vec![Some(drill); 3],
    }
    .row()
}
