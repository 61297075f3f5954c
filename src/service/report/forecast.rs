//! What is expected to be won, by month and category, beside what was won and what was to be: of all, and of each owner.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months};

use super::line::{Line, name};
use super::scope::Scope;
use crate::error::Result;
use crate::model::choice::{BEST_CASE, COMMITTED, OMITTED, OPEN, PIPELINE, WON};
use crate::model::report::{Amounts, Chart, ChartForm, Column, ColumnKind, Figure, Period, Row, Sheet};
use crate::model::value::Owner;
use crate::model::zone;
use crate::query::ast::{Expr, Op, Operand};
use crate::service::target;
use crate::store::report::opportunity;

use ColumnKind::{Count, Money, Name, Rates};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new("month", "Month", Name, "The month in which the open ones are expected to be closed, and the won ones were."),
    Column::new(
        "owner",
        "Owner",
        Name,
        "Of what one owner has, of a team with a target also what its members have; of all where it is empty.",
    ),
    Column::new("open", "Open", Count, "Open opportunities that are expected to be closed in the month."),
    Column::new("committed", "Committed", Money, "Estimated revenue of the open ones of the category Committed."),
    Column::new("best_case", "Best case", Money, "Estimated revenue of the open ones of the category Best case."),
    Column::new("pipeline", "Pipeline", Money, "Estimated revenue of the open ones of the category Pipeline."),
    Column::new(
        "weighted",
        "Weighted",
        Money,
        "Estimated revenue times probability of the open ones but those of the category Omitted.",
    ),
    Column::new("won_count", "Won", Count, "Opportunities that were won in the month."),
    Column::new("won", "Revenue", Money, "Their actual revenue."),
    Column::new(
        "target",
        "Target",
        Money,
        "What was to be won in the month, where it is a whole one: the target of all together, else those of the users; of an owner its own.",
    ),
    Column::new(
        "over_target",
        "Over target",
        Rates,
        "(Revenue - target) / target, of all months together of those that have a target in the currency.",
    ),
];

/// So many months are shown at most where no period was asked for.
const MOST: u32 = 24;

/// Where an opportunity stands in time.
#[derive(Clone, Debug, PartialEq)]
enum Slot {
    Overdue(i32),
    Month(Period),
    Later(i32),
    Undated,
}

#[derive(Clone, Default)]
struct Tally {
    open: i64,
    won: i64,
    committed: Amounts,
    best: Amounts,
    pipeline: Amounts,
    hundredfold: Amounts,
    revenue: Amounts,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.open += other.open;
        self.won += other.won;
        for (sum, part) in [
            (&mut self.committed, &other.committed),
            (&mut self.best, &other.best),
            (&mut self.pipeline, &other.pipeline),
            (&mut self.hundredfold, &other.hundredfold),
            (&mut self.revenue, &other.revenue),
        ] {
            sum.add_all(part);
        }
    }
}

/// The report, with what was to be won.
pub(super) fn sheet(dated: &Scope<'_>) -> Result<Sheet> {
    let scope = &dated.undated();
    let slots = slots(dated)?;
    let mut tallies: Vec<BTreeMap<i64, Tally>> = vec![BTreeMap::new(); slots.len()];
    opportunity::standings(scope.db, scope.within.as_deref(), &|rows| scope.advance(rows), |deal| {
        let day = match deal.state {
            OPEN => deal.closes,
            WON => deal.closed,
            _ => return Ok(()),
        };
        let Some(slot) = place(&slots, deal.state, day) else { return Ok(()) };
        let tally = tallies[slot].entry(deal.owner).or_default();
        if deal.state == WON {
            tally.won += 1;
            if let Some(value) = deal.actual {
                tally.revenue.add(deal.currency, value);
            }
            return Ok(());
        }
        tally.open += 1;
        let Some(value) = deal.value else { return Ok(()) };
        match deal.category {
            Some(COMMITTED) => tally.committed.add(deal.currency, value),
            Some(BEST_CASE) => tally.best.add(deal.currency, value),
            Some(PIPELINE) => tally.pipeline.add(deal.currency, value),
            _ => {}
        }
        if let Some(percent) = deal.probability.filter(|_| deal.category != Some(OMITTED)) {
            tally.hundredfold.add(deal.currency, i128::from(value) * i128::from(percent));
        }
        Ok(())
    })?;
    let mut sheet = dated.sheet();
    if dated.period.is_none() {
        sheet.about.push_str(" · from this month on, as no period was asked for");
    }
    sheet.columns = COLUMNS.to_vec();
    sheet.charts = vec![
        Chart { title: "Expected and won", form: ChartForm::Stacked, columns: vec!["won", "committed", "best_case", "pipeline"] },
        Chart { title: "Weighted", form: ChartForm::Bars, columns: vec!["weighted"] },
        Chart { title: "Revenue against target", form: ChartForm::Bars, columns: vec!["won", "target"] },
    ];
    sheet.notes.push(
        "Open opportunities stand in the month of their estimated close date, won ones in that of their actual one.".into(),
    );
    let mut whole: BTreeMap<i64, Tally> = BTreeMap::new();
    let (mut target, mut measured) = (Amounts::default(), Amounts::default());
    for (slot, by_owner) in slots.iter().zip(&tallies) {
        let is_month = matches!(slot, Slot::Month(_));
        let mut aimed = aims(scope, slot);
        // whose opportunities the filter leaves out is not measured by them
        aimed.retain(|owner, _| owner.is_none_or(|owner| members_of(scope, owner).iter().all(|one| scope.may_have(*one))));
        if by_owner.is_empty() && aimed.is_empty() && !(is_month && dated.period.is_some()) {
            continue;
        }
        let of_all = aimed.get(&None).cloned().unwrap_or_default();
        let here = sum(by_owner, None);
        of_all.each().for_each(|(currency, _)| measured.add(currency, here.revenue.of(currency)));
        sheet.rows.push(line(scope, Some(slot), None, &here, &of_all));
        target.add_all(&of_all);
        for owner in owners(by_owner, &aimed) {
            let members = members(scope, owner, &aimed);
            let own = aimed.get(&Some(owner)).cloned().unwrap_or_default();
            sheet.rows.push(line(scope, Some(slot), Some(&members), &sum(by_owner, Some(&members)), &own));
        }
        for (owner, tally) in by_owner {
            whole.entry(*owner).or_default().add(tally);
        }
    }
    if !sheet.rows.is_empty() {
        let mut total = total(scope, &slots, &sum(&whole, None), &target);
        // what was won in months without a target is not over that of others
        if let Some(cell) = total.cells.last_mut() {
            cell.figure = rates(&measured, &target);
        }
        sheet.total = Some(total);
    }
    if scope.is_filtered() {
        sheet.notes.push(
            "With a filter only owners that it does not leave out are measured by their targets, and not all together.".into(),
        );
    }
    Ok(sheet)
}

/// The rows: the months of the period; where there is none, what is overdue, this month and those to come, what has no date.
fn slots(scope: &Scope<'_>) -> Result<Vec<Slot>> {
    if let Some(period) = &scope.period {
        return Ok(period.months().into_iter().map(Slot::Month).collect());
    }
    let today = zone::date(scope.today());
    let first = today.with_day(1).unwrap_or(today);
    let mut last = 0;
    opportunity::standings(scope.db, scope.within.as_deref(), &|rows| scope.advance(rows), |deal| {
        if deal.state == OPEN {
            last = last.max(deal.closes.unwrap_or_default());
        }
        Ok(())
    })?;
    let most = first.checked_add_months(Months::new(MOST)).map_or(i32::MAX, zone::days);
    let from = zone::days(first);
    let last = i32::try_from(last).unwrap_or(most).clamp(from, most - 1);
    let end = zone::date(last).with_day(1).and_then(|month| month.checked_add_months(Months::new(1))).map_or(most, zone::days);
    let months = Period::of_days(from, end).months().into_iter().map(Slot::Month);
    Ok(std::iter::once(Slot::Overdue(from)).chain(months).chain([Slot::Later(end), Slot::Undated]).collect())
}

/// The row of an opportunity; what was won is shown in its month or not at all.
fn place(slots: &[Slot], state: i64, day: Option<i64>) -> Option<usize> {
    slots.iter().position(|slot| match (slot, day) {
        (Slot::Month(period), Some(day)) => (i64::from(period.from)..i64::from(period.before)).contains(&day),
        (Slot::Overdue(before), Some(day)) => state == OPEN && day < i64::from(*before),
        (Slot::Later(from), Some(day)) => state == OPEN && day >= i64::from(*from),
        (Slot::Undated, None) => state == OPEN,
        _ => false,
    })
}

impl Slot {
    /// That a date is in it.
    fn filter(&self, scope: &Scope<'_>, field: &'static str) -> Expr {
        let id = scope.ctx.catalog.opportunity.id(field);
        let range = |from: Option<i32>, to: Option<i32>| Expr::Compare {
            field: id,
            op: Op::Is,
            values: vec![Operand::Range { from: from.map(i64::from), to: to.map(i64::from) }],
        };
        match self {
            Self::Overdue(before) => range(None, Some(before - 1)),
            Self::Month(period) => range(Some(period.from), Some(period.before - 1)),
            Self::Later(from) => range(Some(*from), None),
            Self::Undated => scope.without(field),
        }
    }

    fn label(&self) -> String {
        match self {
            Self::Overdue(_) => "overdue".into(),
            Self::Month(period) => zone::date(period.from).format("%Y-%m").to_string(),
            Self::Later(_) => "later".into(),
            Self::Undated => "no date".into(),
        }
    }
}

/// From the first month to the last.
fn span(slots: &[Slot]) -> Option<Period> {
    let mut months = slots.iter().filter_map(|slot| if let Slot::Month(period) = slot { Some(period) } else { None });
    let first = months.next()?;
    Some(Period::of_days(first.from, months.next_back().map_or(first.before, |last| last.before)))
}

/// What is to be won in a month, by owner; none is all together.
type Aims = BTreeMap<Option<i64>, Amounts>;

/// The targets of a row: only whole months have any.
fn aims(scope: &Scope<'_>, slot: &Slot) -> Aims {
    let mut found = Aims::new();
    let catalog = &scope.ctx.catalog;
    let Slot::Month(period) = slot else { return found };
    let (first, next) = (zone::date(period.from), zone::date(period.before));
    if first.day() != 1 || next.day() != 1 {
        return found;
    }
    let owners: BTreeSet<i64> = catalog.targets().filter_map(|(_, target)| target.of).collect();
    let all = (!scope.is_filtered()).then_some(None);
    for owner in all.into_iter().chain(owners.into_iter().map(Some)) {
        let mut sum = Amounts::default();
        for (currency, amount) in target::of(catalog, owner.and_then(Owner::of_code), &target::month_of(period.from)) {
            sum.add(&currency, amount);
        }
        if !sum.is_empty() {
            found.insert(owner, sum);
        }
    }
    found
}

/// Who has something in a row, or was to have.
fn owners(by_owner: &BTreeMap<i64, Tally>, aimed: &Aims) -> BTreeSet<i64> {
    by_owner.keys().copied().chain(aimed.keys().copied().flatten()).collect()
}

/// The owner itself, and of a team with a target its members.
fn members(scope: &Scope<'_>, owner: i64, aimed: &Aims) -> Vec<i64> {
    if aimed.contains_key(&Some(owner)) { members_of(scope, owner) } else { vec![owner] }
}

/// The owner itself, and of a team its members.
fn members_of(scope: &Scope<'_>, owner: i64) -> Vec<i64> {
    let mut all = vec![owner];
    if let Some(Owner::Team(number)) = Owner::of_code(owner) {
        let teams = &scope.ctx.catalog.people.teams;
        let members = teams.iter().filter(|team| team.number == number).flat_map(|team| &team.members);
        all.extend(members.map(|member| Owner::User(*member).code()));
    }
    all
}

fn sum(by_owner: &BTreeMap<i64, Tally>, owners: Option<&[i64]>) -> Tally {
    let mut sum = Tally::default();
    for (owner, tally) in by_owner {
        if owners.is_none_or(|owners| owners.contains(owner)) {
            sum.add(tally);
        }
    }
    sum
}

fn rates(revenue: &Amounts, target: &Amounts) -> Figure {
    let rates = revenue.gain_over(target);
    if rates.is_empty() { Figure::None } else { Figure::Rates(rates) }
}

fn figures(tally: &Tally, target: &Amounts) -> Vec<Figure> {
    vec![
        Figure::Count(tally.open),
        Figure::Money(tally.committed.clone()),
        Figure::Money(tally.best.clone()),
        Figure::Money(tally.pipeline.clone()),
        Figure::Money(tally.hundredfold.divided(100)),
        Figure::Count(tally.won),
        Figure::Money(tally.revenue.clone()),
        if target.is_empty() { Figure::None } else { Figure::Money(target.clone()) },
        rates(&tally.revenue, target),
    ]
}

/// What stands behind the figures, of the open ones and of the won ones.
fn drills(scope: &Scope<'_>, open: &Expr, won: &Expr) -> Vec<Option<crate::model::report::Drill>> {
    let of = |state: i64, which: &Expr, also: Expr| {
        Some(scope.drill(Expr::and([scope.coded("status", &[state]), which.clone(), also])))
    };
    let category = |code: i64| scope.coded("forecast_category", &[code]);
    vec![
        of(OPEN, open, Expr::All),
        of(OPEN, open, category(COMMITTED)),
        of(OPEN, open, category(BEST_CASE)),
        of(OPEN, open, category(PIPELINE)),
        of(OPEN, open, Expr::negated(category(OMITTED))),
        of(WON, won, Expr::All),
        of(WON, won, Expr::All),
        None,
        of(WON, won, Expr::All),
    ]
}

fn line(scope: &Scope<'_>, slot: Option<&Slot>, owners: Option<&[i64]>, tally: &Tally, target: &Amounts) -> Row {
    let owned = owners.map_or(Expr::All, |owners| scope.coded("owner", owners));
    let dated = |field| slot.map_or(Expr::All, |slot| slot.filter(scope, field));
    let both = |field| Expr::and([dated(field), owned.clone()]);
    let month = slot.map_or_else(|| "all".into(), Slot::label);
    let owner = owners.and_then(|owners| Owner::of_code(*owners.first()?)).map(|owner| scope.ctx.catalog.people.show(owner));
    let mut drills = drills(scope, &both("estimated_close_date"), &both("actual_close_date"));
    // only months hold what was won
    if !matches!(slot, Some(Slot::Month(_))) {
        drills[5..].fill(None);
    }
    Line {
        label: owner.clone().unwrap_or_else(|| month.clone()),
        depth: usize::from(owners.is_some()),
        names: vec![name(&month, Some(&month)), owner.map_or(Figure::None, |owner| name(&owner, Some(&owner)))],
        figures: figures(tally, target),
        before: None,
        drills,
    }
    .row()
}

/// All rows together: of the open ones all that are in any row, of the won ones those of the months.
fn total(scope: &Scope<'_>, slots: &[Slot], tally: &Tally, target: &Amounts) -> Row {
    let months = span(slots).map(Slot::Month);
    let is_all = slots.contains(&Slot::Undated);
    let mut row = line(scope, months.as_ref(), None, tally, target);
    if is_all {
        let all = drills(scope, &Expr::All, &Expr::All);
        for (cell, drill) in row.cells.iter_mut().skip(2).zip(all).take(5) {
            cell.drill = drill;
        }
    }
    row.label = "all".into();
    if let Some(cell) = row.cells.first_mut() {
        cell.figure = name("all", None);
    }
    row
}
