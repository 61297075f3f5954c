//! Behind each cell stands a list: as many records as a count says, and whose amounts and times come to what the cell says.

use leadbook::model::choice::{OPEN, WON};
use leadbook::model::entity::Entity;
use leadbook::model::report::{Cell, ColumnKind, Figure, ReportKind};

use super::world::{ACTIVITY_FILTERS, DEAL_FILTERS, FILTERS, PERIODS, World, median, money, world};

fn filters(kind: ReportKind) -> &'static [&'static str] {
    match kind.entity() {
        Entity::Lead => FILTERS,
        Entity::Activity => ACTIVITY_FILTERS,
        _ => DEAL_FILTERS,
    }
}

#[test]
fn every_cell_opens_what_it_counts() {
    let world = world();
    let (mut counts, mut amounts, mut times) = (0, 0, 0);
    for kind in ReportKind::ALL {
        for (at, filter) in filters(*kind).iter().enumerate() {
            for (turn, period) in PERIODS.iter().enumerate() {
                // each filter with some periods, each period with some filters
                if at > 0 && turn > 0 && (at + turn) % 4 > 0 {
                    continue;
                }
                let sheet = world.report(*kind, filter, *period);
                for row in sheet.rows.iter().chain(&sheet.total) {
                    assert_eq!(row.cells.len(), sheet.columns.len());
                    for (column, cell) in sheet.columns.iter().zip(&row.cells) {
                        let place = format!("{} {filter:?} {period:?}: {} of {}", kind.name(), column.key, row.label);
                        let Some(drill) = &cell.drill else {
                            let silent =
                                matches!(column.key, "target" | "over_target" | "days_passed") || column.kind == ColumnKind::Name;
                            assert!(
                                silent || kind == &ReportKind::Forecast || cell.figure == Figure::None,
                                "{place} opens nothing"
                            );
                            continue;
                        };
                        if let Figure::Count(count) = cell.figure {
                            assert_eq!(world.count(drill.entity, &drill.filter), count as u64, "{place}: {}", drill.filter);
                            counts += 1;
                        }
                        if column.key == "days_passed" || column.key == "hours_median" {
                            continue;
                        }
                        if let Some(wanted) = behind(&world, *kind, column.key, cell) {
                            amounts += i32::from(matches!(wanted, Figure::Money(_)));
                            times += i32::from(matches!(wanted, Figure::Time(_)));
                            assert_eq!(cell.figure, wanted, "{place}: {}", drill.filter);
                        }
                    }
                }
            }
        }
    }
    assert!(counts > 5_000 && amounts > 500 && times > 300, "{counts} counts, {amounts} amounts, {times} times");
}

/// What the records behind a cell come to.
fn behind(world: &World, kind: ReportKind, key: &str, cell: &Cell) -> Option<Figure> {
    let drill = cell.drill.as_ref()?;
    let numbers = || world.numbers(drill.entity, &drill.filter);
    let sum = |field: &'static str| {
        let deals = numbers().into_iter().map(|number| &world.deals[&number]);
        money(deals.filter_map(|deal| Some((world.currency(deal), world.code(deal, field)?))).collect::<Vec<_>>())
    };
    Some(match key {
        "revenue_from" | "revenue_through" | "won" if matches!(cell.figure, Figure::Money(_)) => sum("actual_value"),
        "committed" | "best_case" | "pipeline" => sum("estimated_value"),
        "value" if kind == ReportKind::Pipeline => {
            let deals = numbers();
            let won = deals.iter().any(|deal| world.code(&world.deals[deal], "status") == Some(WON));
            sum(if won { "actual_value" } else { "estimated_value" })
        }
        "days_median" => {
            let leads = numbers().into_iter().map(|number| &world.leads[&number]);
            let time = |lead| Some(world.code(lead, "closed_at")? - world.code(lead, "created_at")?);
            median(leads.filter_map(time).collect())
        }
        "conversion_closed" => {
            let leads: Vec<Option<i64>> = numbers().iter().map(|number| world.code(&world.leads[number], "status")).collect();
            assert!(!leads.contains(&Some(OPEN)));
            let qualified = leads.iter().filter(|state| **state == Some(1)).count() as i64;
            Figure::share(qualified, leads.len() as i64)
        }
        _ => return None,
    })
}
