//! Where the opportunities stand: how many reached each stage and went on, what is in it, what it is worth, how long they stand there.

use std::collections::HashMap;

use super::line::Line;
use super::scope::Scope;
use crate::error::Result;
use crate::model::choice::{LOST, OPEN, Set, WON};
use crate::model::process::LAST;
use crate::model::report::{Amounts, Chart, ChartForm, Column, ColumnKind, Drill, Figure, Row, Sheet};
use crate::query::ast::{Expr, Op, Operand};
use crate::store::report::{log, opportunity};

use ColumnKind::{Count, Days, Money, Name, Share};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new("stage", "Stage", Name, "The stage of the sales process, and the won ones behind it."),
    Column::new("reached", "Reached", Count, "Opportunities that are in this stage or a later one, open or closed, or were won."),
    Column::new(
        "conversion",
        "Went on",
        Share,
        "Of those that reached the stage, the ones that reached the next; of the last stage, that were won.",
    ),
    Column::new("open", "Open", Count, "Opportunities that are open and in this stage; of the won ones, those that were won."),
    Column::new("lost", "Lost", Count, "Opportunities that were lost in this stage."),
    Column::new("value", "Value", Money, "Estimated revenue of the open ones; of the won ones the actual revenue."),
    Column::new(
        "weighted",
        "Weighted",
        Money,
        "Estimated revenue of the open ones times their probability; what has no probability adds nothing.",
    ),
    Column::new(
        "days_here",
        "Days here",
        Days,
        "How long half of the open ones have stood in the stage at most, in days: since the last move, else since entry.",
    ),
    Column::new(
        "days_passed",
        "Days to move",
        Days,
        "How long half of those that the log saw leave the stage for another had stood in it at most, in days.",
    ),
];

#[derive(Clone, Default)]
struct Tally {
    open: i64,
    lost: i64,
    reached: i64,
    value: Amounts,
    /// Times their probability in percent.
    hundredfold: Amounts,
    here: Vec<i64>,
    passed: Vec<i64>,
}

/// The stages, and behind them what was won.
const STAGES: usize = LAST as usize + 1;

/// The report.
pub(super) fn sheet(scope: &Scope<'_>) -> Result<Sheet> {
    let mut tallies = vec![Tally::default(); STAGES + 1];
    let (mut all, mut unweighted) = (0, 0);
    let now = scope.ctx.now();
    let moments = scope.moments(scope.period.as_ref());
    let moves = Moves::read(scope)?;
    opportunity::standings(scope.db, scope.within.as_deref(), &|rows| scope.advance(rows), |deal| {
        if !moments.contains(&deal.created_at) {
            return Ok(());
        }
        all += 1;
        let stage = usize::try_from(deal.stage.unwrap_or_default()).unwrap_or_default().min(STAGES - 1);
        let reached = if deal.state == WON { STAGES } else { stage };
        tallies[..=reached].iter_mut().for_each(|tally| tally.reached += 1);
        let mut since = deal.created_at;
        for (at, from) in moves.of(deal.number) {
            if let Some(tally) = from.and_then(|from| usize::try_from(from).ok()).and_then(|from| tallies[..STAGES].get_mut(from))
            {
                tally.passed.push(at.saturating_sub(since));
            }
            since = *at;
        }
        match deal.state {
            WON => {
                let tally = &mut tallies[STAGES];
                tally.open += 1;
                if let Some(value) = deal.actual {
                    tally.value.add(deal.currency, value);
                }
            }
            LOST => tallies[stage].lost += 1,
            _ => {
                let tally = &mut tallies[stage];
                tally.open += 1;
                tally.here.push(now.saturating_sub(since));
                if let Some(value) = deal.value {
                    tally.value.add(deal.currency, value);
                    match deal.probability {
                        Some(percent) => tally.hundredfold.add(deal.currency, i128::from(value) * i128::from(percent)),
                        None => unweighted += 1,
                    }
                }
            }
        }
        Ok(())
    })?;
    let mut sheet = scope.sheet();
    sheet.columns = COLUMNS.to_vec();
    sheet.charts = vec![
        Chart { title: "How far they came", form: ChartForm::Funnel, columns: vec!["reached"] },
        Chart { title: "Value of the open ones", form: ChartForm::Bars, columns: vec!["value"] },
        Chart { title: "Weighted value", form: ChartForm::Bars, columns: vec!["weighted"] },
        Chart { title: "Days in the stage", form: ChartForm::Bars, columns: vec!["days_here"] },
    ];
    if all == 0 {
        return Ok(sheet);
    }
    if unweighted > 0 {
        sheet.notes.push(format!(
            "{unweighted} open opportunities have a value and no probability: they add nothing to the weighted value."
        ));
    }
    sheet.notes.push("Moves between stages are known from the log; what an import brought has made none.".into());
    for stage in 0..STAGES {
        let next = tallies[stage + 1].reached;
        sheet.rows.push(of_stage(scope, stage, &tallies[stage], next));
    }
    sheet.rows.push(won(scope, &tallies[STAGES]));
    sheet.total = Some(total(scope, &tallies, all));
    Ok(sheet)
}

/// The moves of opportunities from stage to stage, as the log has them.
struct Moves(HashMap<i64, Vec<(i64, Option<i64>)>>);

impl Moves {
    fn read(scope: &Scope<'_>) -> Result<Self> {
        let mut found: HashMap<i64, Vec<(i64, Option<i64>)>> = HashMap::new();
        for moved in log::moves::<i64>(scope.db, log::What::Stage, i64::MIN, i64::MAX)? {
            found.entry(moved.number).or_default().push((moved.at, moved.old));
        }
        Ok(Self(found))
    }

    /// When an opportunity was moved, and from which stage, in their order.
    fn of(&self, number: i64) -> &[(i64, Option<i64>)] {
        self.0.get(&number).map_or(&[], Vec::as_slice)
    }
}

fn figures(tally: &Tally, conversion: Figure) -> Vec<Figure> {
    vec![
        Figure::Count(tally.reached),
        conversion,
        Figure::Count(tally.open),
        Figure::Count(tally.lost),
        Figure::Money(tally.value.clone()),
        Figure::Money(tally.hundredfold.divided(100)),
        Figure::median(&mut tally.here.clone()),
        Figure::median(&mut tally.passed.clone()),
    ]
}

fn of_stage(scope: &Scope<'_>, stage: usize, tally: &Tally, next: i64) -> Row {
    let choices = &scope.ctx.catalog.choices;
    let code = i64::try_from(stage).unwrap_or_default();
    // one without a stage stands before the first
    let unset = |expr: Expr| if stage == 0 { Expr::or([expr, scope.without("stage")]) } else { expr };
    let here = unset(scope.coded("stage", &[code]));
    let state = |state: i64| Some(scope.drill(Expr::and([scope.coded("status", &[state]), here.clone()])));
    let from = |first: i64| {
        let stage = Expr::Compare {
            field: scope.ctx.catalog.opportunity.id("stage"),
            op: Op::AtLeast,
            values: vec![Operand::Code(first)],
        };
        Expr::or([stage, scope.coded("status", &[WON])])
    };
    let reached: Option<Drill> = Some(scope.drill(if stage == 0 { Expr::All } else { from(code) }));
    let open = state(OPEN);
    let drills = vec![reached.clone(), reached, open.clone(), state(LOST), open.clone(), open.clone(), open, None];
    let figures = figures(tally, Figure::share(next, tally.reached));
    Line::named(&choices.label(Set::Stage, code), Some(&choices.slug(Set::Stage, code)), figures, drills).row()
}

fn won(scope: &Scope<'_>, tally: &Tally) -> Row {
    let drill = Some(scope.drill(scope.coded("status", &[WON])));
    let none = Figure::None;
    let count = Figure::Count(tally.reached);
    let figures = vec![
        count.clone(),
        none.clone(),
        count,
        none.clone(),
        Figure::Money(tally.value.clone()),
        none.clone(),
        none.clone(),
        none,
    ];
    let drills = vec![drill.clone(), None, drill.clone(), None, drill, None, None, None];
    Line::named("Won", Some("won"), figures, drills).row()
}

/// All of them: what is open, what is lost, and how many of all were won.
fn total(scope: &Scope<'_>, tallies: &[Tally], all: i64) -> Row {
    let mut whole = Tally { reached: all, ..Tally::default() };
    for tally in &tallies[..STAGES] {
        whole.open += tally.open;
        whole.lost += tally.lost;
        whole.value.add_all(&tally.value);
        whole.hundredfold.add_all(&tally.hundredfold);
        whole.here.extend(&tally.here);
        whole.passed.extend(&tally.passed);
    }
    let drill = |expr: Expr| Some(scope.drill(expr));
    let open = drill(scope.coded("status", &[OPEN]));
    let lost = drill(scope.coded("status", &[LOST]));
    let drills = vec![drill(Expr::All), drill(Expr::All), open.clone(), lost, open.clone(), open.clone(), open, None];
    Line::named("all open", None, figures(&whole, Figure::share(tallies[STAGES].reached, all)), drills).row()
}
