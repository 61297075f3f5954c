//! What changed since a day: what came, moved, was won and lost, and what is worth more or less than it was.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::str::FromStr;

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
        "Their estimated revenue now; of won ones the actual revenue at the end of the period; of those that are worth more or less, by how much; of those in another currency, what they are worth less in the old one and more in the new one.",
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
    OtherCurrency,
}

impl Change {
    const ALL: &[Self] = &[
        Self::Created,
        Self::MovedOn,
        Self::MovedBack,
        Self::Won,
        Self::Lost,
        Self::Reopened,
        Self::ValueUp,
        Self::ValueDown,
        Self::OtherCurrency,
    ];

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
            Self::OtherCurrency => ("Other currency", "other-currency"),
        }
    }
}

#[derive(Clone, Default)]
struct Tally {
    numbers: BTreeSet<i64>,
    value: Amounts,
}

/// A field as it was when a stretch of time began, and when it ended.
#[derive(Clone, Debug)]
struct Span<T> {
    start: Option<T>,
    end: Option<T>,
}

/// The fields of opportunities of which the log holds something in a stretch of time or behind it.
type Spans<T> = HashMap<i64, Span<T>>;

/// What the log says of a field from the beginning of a stretch of time on: its last value in the stretch, or the one that it had before it
/// was changed behind it.
fn spans<T: FromStr + Clone>(scope: &Scope<'_>, what: What, moments: &Range<i64>) -> Result<Spans<T>> {
    let mut found: Spans<T> = HashMap::new();
    for moved in log::moves(scope.db, what, moments.start, i64::MAX)? {
        let span = found.entry(moved.number).or_insert_with(|| Span { start: moved.old.clone(), end: moved.old });
        if moved.at < moments.end {
            span.end = moved.new;
        }
    }
    Ok(found)
}

/// A field in a stretch of time; what it is now where the log says nothing.
fn span<T: Clone>(spans: &Spans<T>, number: i64, now: Option<T>) -> Span<T> {
    spans.get(&number).cloned().unwrap_or_else(|| Span { start: now.clone(), end: now })
}

/// The report.
pub(super) fn sheet(asked: &Scope<'_>) -> Result<Sheet> {
    let today = asked.today();
    let period = asked.period.clone().unwrap_or_else(|| Period::of_days(today - WEEK, today + 1));
    let scope = &asked.undated();
    let moments = scope.moments(Some(&period));
    let numbers = |what: What| spans::<i64>(scope, what, &moments);
    let (stages, values, states) = (numbers(What::Stage)?, numbers(What::Value)?, numbers(What::State)?);
    let (paid, currencies) = (numbers(What::Actual)?, spans::<String>(scope, What::Currency, &moments)?);
    let mut tallies: BTreeMap<Change, Tally> = BTreeMap::new();
    opportunity::standings(scope.db, scope.within.as_deref(), &|rows| scope.advance(rows), |deal| {
        let mut add = |change: Change, amounts: &[(Option<i64>, &str)]| {
            let tally = tallies.entry(change).or_default();
            tally.numbers.insert(deal.number);
            for (amount, currency) in amounts {
                if let Some(amount) = amount.filter(|amount| *amount != 0) {
                    tally.value.add(currency, amount);
                }
            }
        };
        let estimate = [(deal.value, deal.currency)];
        let (old, new) = currencies.get(&deal.number).map_or((deal.currency, deal.currency), |span| {
            (span.start.as_deref().unwrap_or_default(), span.end.as_deref().unwrap_or_default())
        });
        if moments.contains(&deal.created_at) {
            add(Change::Created, &estimate);
        }
        let state = span(&states, deal.number, Some(deal.state));
        // of a state that was left and taken again nothing is said
        match (state.start, state.end) {
            (before, after) if before == after => {}
            (Some(_), Some(WON)) => {
                let paid = span(&paid, deal.number, deal.actual).end;
                add(Change::Won, &[(paid, new)]);
            }
            (Some(_), Some(LOST)) => add(Change::Lost, &estimate),
            (Some(_), Some(OPEN)) => add(Change::Reopened, &estimate),
            _ => {}
        }
        let stage = span(&stages, deal.number, deal.stage);
        match stage.start.unwrap_or_default().cmp(&stage.end.unwrap_or_default()) {
            Ordering::Less => add(Change::MovedOn, &estimate),
            Ordering::Greater => add(Change::MovedBack, &estimate),
            Ordering::Equal => {}
        }
        let value = span(&values, deal.number, deal.value);
        let (before, after) = (value.start.unwrap_or_default(), value.end.unwrap_or_default());
        let gain = after.saturating_sub(before);
        match gain.cmp(&0) {
            // amounts of two currencies have no difference
            _ if old != new && before != 0 && after != 0 => {
                add(Change::OtherCurrency, &[(before.checked_neg(), old), (Some(after), new)]);
            }
            Ordering::Greater => add(Change::ValueUp, &[(Some(gain), new)]),
            Ordering::Less => add(Change::ValueDown, &[(Some(gain), if after == 0 { old } else { new })]),
            Ordering::Equal => {}
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
        // seldom, and then worth a row
        let is_told = |change: &&Change| **change != Change::OtherCurrency || tallies.contains_key(change);
        sheet.rows = Change::ALL.iter().filter(is_told).map(row).collect();
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
