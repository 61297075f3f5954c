//! What changed since a day: what came, moved, was won and lost, and what is worth more or less than it was.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::line::Line;
use super::scope::Scope;
use crate::error::Result;
use crate::model::choice::{LOST, OPEN, WON};
use crate::model::report::{Amounts, Chart, ChartForm, Column, ColumnKind, Drill, Figure, Period, Row, Sheet};
use crate::query::LONGEST;
use crate::query::ast::{Expr, Op, Operand};
use crate::store::report::log::{self, What};
use crate::store::report::opportunity;

use ColumnKind::{Count, Money, Name};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new("change", "Change", Name, "What happened in the period."),
    Column::new("opportunities", "Opp.", Count, "Opportunities of which that is so. One that was moved and won counts in both."),
    Column::new(
        "value",
        "Value",
        Money,
        "Their estimated revenue now; of won ones the actual revenue; of those that are worth more or less, by how much.",
    ),
];

/// So many days are looked back where no period was asked for.
const WEEK: i32 = 7;

/// What is said of an opportunity, in the order of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    Created,
    MovedOn,
    MovedBack,
    Won,
    Lost,
    Reopened,
    ValueUp,
    ValueDown,
}

impl Change {
    const ALL: &[Self] =
        &[Self::Created, Self::MovedOn, Self::MovedBack, Self::Won, Self::Lost, Self::Reopened, Self::ValueUp, Self::ValueDown];

    const fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Created => ("Entered", "entered"),
            Self::MovedOn => ("Moved on", "moved-on"),
            Self::MovedBack => ("Moved back", "moved-back"),
            Self::Won => ("Won", "won"),
            Self::Lost => ("Lost", "lost"),
            Self::Reopened => ("Reopened", "reopened"),
            Self::ValueUp => ("Value up", "value-up"),
            Self::ValueDown => ("Value down", "value-down"),
        }
    }
}

#[derive(Clone, Default)]
struct Tally {
    numbers: BTreeSet<i64>,
    value: Amounts,
}

/// The first value and the last that the log has of opportunities in a stretch of time.
type Net = HashMap<i64, (Option<i64>, Option<i64>)>;

/// The report.
pub(super) fn sheet(asked: &Scope<'_>) -> Result<Sheet> {
    let today = asked.today();
    let period = asked.period.clone().unwrap_or_else(|| Period::of_days(today - WEEK, today + 1));
    let scope = &asked.undated();
    let moments = scope.moments(Some(&period));
    let net = |what: What| -> Result<Net> {
        let mut found = Net::new();
        for moved in log::moves(scope.db, what, moments.start, moments.end)? {
            found.entry(moved.number).or_insert((moved.old, moved.new)).1 = moved.new;
        }
        Ok(found)
    };
    let (stages, values, states) = (net(What::Stage)?, net(What::Value)?, net(What::State)?);
    let mut tallies: BTreeMap<Change, Tally> = BTreeMap::new();
    opportunity::standings(scope.db, scope.within.as_deref(), &|rows| scope.advance(rows), |deal| {
        let estimate = deal.value.unwrap_or_default();
        let mut add = |change: Change, amount: i64| {
            let tally = tallies.entry(change).or_default();
            tally.numbers.insert(deal.number);
            if amount != 0 {
                tally.value.add(deal.currency, amount);
            }
        };
        if moments.contains(&deal.created_at) {
            add(Change::Created, estimate);
        }
        // of a state that was left and taken again nothing is said
        let before = states.get(&deal.number).filter(|(old, new)| old != new).and_then(|(old, _)| *old);
        match (before, deal.state) {
            (Some(_), WON) => add(Change::Won, deal.actual.unwrap_or_default()),
            (Some(_), LOST) => add(Change::Lost, estimate),
            (Some(_), OPEN) => add(Change::Reopened, estimate),
            _ => {}
        }
        match stages.get(&deal.number).map(|(old, new)| (old.unwrap_or_default()).cmp(&new.unwrap_or_default())) {
            Some(std::cmp::Ordering::Less) => add(Change::MovedOn, estimate),
            Some(std::cmp::Ordering::Greater) => add(Change::MovedBack, estimate),
            _ => {}
        }
        if let Some((old, new)) = values.get(&deal.number) {
            let gain = new.unwrap_or_default().saturating_sub(old.unwrap_or_default());
            match gain.cmp(&0) {
                std::cmp::Ordering::Greater => add(Change::ValueUp, gain),
                std::cmp::Ordering::Less => add(Change::ValueDown, gain),
                std::cmp::Ordering::Equal => {}
            }
        }
        Ok(())
    })?;
    let mut sheet = asked.sheet();
    sheet.columns = COLUMNS.to_vec();
    sheet.charts = vec![Chart { title: "Opportunities", form: ChartForm::Bars, columns: vec!["opportunities"] }];
    sheet.period = Some(period.clone());
    if asked.period.is_none() {
        sheet.about.push_str(&format!(" · since {}, as no period was asked for", period.ends().0));
    }
    sheet.notes.push("Moves and values are what the log says of the whole period: there and back again is no change. What was deleted since is left out.".into());
    if !tallies.is_empty() {
        let none = Tally::default();
        let row = |change: &Change| line(scope, &period, *change, tallies.get(change).unwrap_or(&none));
        sheet.rows = Change::ALL.iter().map(row).collect();
        if sheet.rows.iter().any(|row| row.cells[1].drill.is_none()) {
            sheet.notes.push(
                "Where a list would be too long to be written as a filter, none is opened: a shorter period has one.".into(),
            );
        }
    }
    Ok(sheet)
}

fn line(scope: &Scope<'_>, period: &Period, change: Change, tally: &Tally) -> Row {
    let drill = match change {
        Change::Created => Some(scope.drill(scope.in_period("created_at", period))),
        _ => numbered(scope, &tally.numbers),
    };
    let figures = vec![Figure::Count(i64::try_from(tally.numbers.len()).unwrap_or(i64::MAX)), Figure::Money(tally.value.clone())];
    let (label, slug) = change.label();
    Line::named(label, Some(slug), figures, vec![drill.clone(), drill]).row()
}

/// These opportunities by their numbers, those in a row as a stretch; none where no filter can hold so many.
fn numbered(scope: &Scope<'_>, numbers: &BTreeSet<i64>) -> Option<Drill> {
    let mut stretches: Vec<(i64, i64)> = Vec::new();
    for number in numbers {
        match stretches.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => stretches.push((*number, *number)),
        }
    }
    if stretches.is_empty() {
        return Some(scope.drill(scope.without("number")));
    }
    let values = stretches.into_iter().map(|(from, to)| Operand::Range { from: Some(from), to: Some(to) }).collect();
    let field = scope.ctx.catalog.opportunity.id("number");
    let drill = scope.drill(Expr::Compare { field, op: Op::Is, values });
    (drill.filter.len() <= LONGEST).then_some(drill)
}
