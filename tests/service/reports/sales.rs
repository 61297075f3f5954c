//! Pipeline and forecast, counted once more by plain loops.

use chrono::Datelike;
use leadbook::model::choice::{LOST, OPEN, WON};
use leadbook::model::definition::{Body, Definition, Target};
use leadbook::model::entity::Entity;
use leadbook::model::record::Record;
use leadbook::model::report::{Amounts, Figure, Period, ReportKind};
use leadbook::model::zone;
use leadbook::query::parse;
use leadbook::service::Query;
use leadbook::service::definition::PutDefinition;
use leadbook::service::opportunity::{CloseOpportunity, Outcome};
use leadbook::service::record::create::CreateRecord;
use leadbook::service::report::GetReport;

use super::world::{DEAL_FILTERS, PERIODS, TODAY, World, money, world};
use crate::common::Desk;

fn deals<'a>(world: &'a World, filter: &str) -> Vec<&'a Record> {
    let found = world.numbers(Entity::Opportunity, filter);
    world.deals.values().filter(|deal| found.contains(&deal.key.number)).collect()
}

/// The estimated revenue of some times their probability.
fn weighted(world: &World, deals: &[&Record]) -> Figure {
    let mut sum = Amounts::default();
    for deal in deals {
        let weight = (world.code(deal, "estimated_value"), world.code(deal, "probability"));
        if let (Some(value), Some(percent)) = weight {
            sum.add(world.currency(deal), i128::from(value) * i128::from(percent));
        }
    }
    let mut all = Amounts::default();
    for (currency, amount) in sum.each() {
        all.add(currency, (amount * 2 + 100).div_euclid(200));
    }
    Figure::Money(all)
}

fn sum(world: &World, deals: &[&Record], field: &'static str) -> Figure {
    money(deals.iter().filter_map(|deal| Some((world.currency(deal), world.code(deal, field)?))).collect::<Vec<_>>())
}

#[test]
fn the_pipeline_is_a_funnel_of_stages() {
    let world = world();
    for (filter, period) in DEAL_FILTERS.iter().zip(PERIODS.iter().cycle()) {
        let sheet = world.report(ReportKind::Pipeline, filter, *period);
        let period = period.map(|text| world.period(text));
        let dated = |deal: &&Record| {
            period.as_ref().is_none_or(|period| {
                let (from, before) = period.moments(world.desk.ctx.zone);
                (from..before).contains(&world.code(deal, "created_at").expect("a moment"))
            })
        };
        let all: Vec<&Record> = deals(&world, filter).into_iter().filter(dated).collect();
        let of = |state: i64, stage: Option<i64>| {
            let fits = |deal: &&Record| {
                world.code(deal, "status") == Some(state)
                    && stage.is_none_or(|stage| world.code(deal, "stage").unwrap_or_default() == stage)
            };
            all.iter().copied().filter(fits).collect::<Vec<_>>()
        };
        let reached = |stage: i64| {
            let far = |deal: &&&Record| {
                world.code(deal, "status") == Some(WON) || world.code(deal, "stage").unwrap_or_default() >= stage
            };
            if stage > 3 { of(WON, None).len() as i64 } else { all.iter().filter(far).count() as i64 }
        };
        if all.is_empty() {
            assert!(sheet.rows.is_empty());
            continue;
        }
        for stage in 0..4 {
            let cells = &sheet.rows[stage as usize].cells;
            let open = of(OPEN, Some(stage));
            let wanted = [
                Figure::Count(reached(stage)),
                Figure::share(reached(stage + 1), reached(stage)),
                Figure::Count(open.len() as i64),
                Figure::Count(of(LOST, Some(stage)).len() as i64),
                sum(&world, &open, "estimated_value"),
                weighted(&world, &open),
            ];
            for (cell, wanted) in cells[1..].iter().zip(wanted) {
                assert_eq!(cell.figure, wanted, "{filter:?} {period:?} {stage}");
            }
        }
        let won = of(WON, None);
        assert_eq!(sheet.rows[4].cells[1].figure, Figure::Count(won.len() as i64), "{filter:?} {period:?}");
        assert_eq!(sheet.rows[4].cells[5].figure, sum(&world, &won, "actual_value"), "{filter:?} {period:?}");
        let total = &sheet.total.as_ref().expect("a whole").cells;
        assert_eq!(total[2].figure, Figure::share(won.len() as i64, all.len() as i64), "{filter:?} {period:?}");
        assert_eq!(total[6].figure, weighted(&world, &of(OPEN, None)), "{filter:?} {period:?}");
    }
}

#[test]
fn the_forecast_is_by_month_and_owner() {
    let world = world();
    let people = &world.desk.ctx.catalog.people;
    for (filter, period) in
        DEAL_FILTERS.iter().zip([None, Some("2026"), Some("this-quarter"), Some("2025-05..2027-02")].iter().cycle())
    {
        let sheet = world.report(ReportKind::Forecast, filter, *period);
        let all = deals(&world, filter);
        let month = |day: i64| zone::date(day as i32).format("%Y-%m").to_string();
        let this = month(i64::from(TODAY));
        let months: Vec<&str> = sheet.rows.iter().map(|row| row.label.as_str()).filter(|label| label.starts_with("20")).collect();
        let last = months.last().map_or(this.clone(), |month| (*month).to_owned());
        // where an open one stands; none where it is in no row
        let slot = |deal: &Record| match world.code(deal, "estimated_close_date") {
            None => period.is_none().then(|| "no date".to_owned()),
            Some(day) if period.is_none() && month(day) < this => Some("overdue".into()),
            Some(day) if period.is_none() && month(day) > last && zone::date(day as i32).year() > 2028 => Some("later".into()),
            Some(day) => Some(month(day)),
        };
        let named = |at: usize, place: usize| match &sheet.rows[at].cells[place].figure {
            Figure::Name { label, .. } => Some(label.clone()),
            _ => None,
        };
        let mut seen = 0;
        for at in 0..sheet.rows.len() {
            let (label, owner) = (named(at, 0).expect("a month"), named(at, 1));
            let owned = |deal: &&&Record| {
                let code = world.code(deal, "owner").expect("an owner");
                owner.as_ref().is_none_or(|owner| people.find_owner(owner).map(|owner| owner.code()) == Some(code))
            };
            let open = |deal: &&&Record| world.code(deal, "status") == Some(OPEN) && slot(deal).as_ref() == Some(&label);
            let open: Vec<&Record> = all.iter().filter(open).filter(owned).copied().collect();
            let won = |deal: &&&Record| {
                world.code(deal, "status") == Some(WON)
                    && world.code(deal, "actual_close_date").map(month).as_ref() == Some(&label)
            };
            let won: Vec<&Record> = all.iter().filter(won).filter(owned).copied().collect();
            seen += if owner.is_none() { open.len() } else { 0 };
            let of = |category: i64| {
                let of = |deal: &&Record| world.code(deal, "forecast_category") == Some(category);
                sum(&world, &open.iter().copied().filter(of).collect::<Vec<_>>(), "estimated_value")
            };
            let kept = |deal: &&Record| world.code(deal, "forecast_category") != Some(100_000_004);
            let wanted = vec![
                Figure::Count(open.len() as i64),
                of(100_000_003),
                of(100_000_002),
                of(100_000_001),
                weighted(&world, &open.iter().copied().filter(kept).collect::<Vec<_>>()),
                Figure::Count(won.len() as i64),
                sum(&world, &won, "actual_value"),
                Figure::None,
                Figure::None,
            ];
            let found: Vec<Figure> = sheet.rows[at].cells[2..].iter().map(|cell| cell.figure.clone()).collect();
            assert_eq!(found, wanted, "{filter:?} {period:?} {label} {owner:?}");
        }
        if period.is_none() {
            let open = all.iter().filter(|deal| world.code(deal, "status") == Some(OPEN)).count();
            assert_eq!(seen, open, "{filter:?}: every open one is in a row");
        }
    }
}

#[test]
fn all_months_together_are_measured_by_those_that_have_a_target() {
    let mut desk = Desk::new();
    let target = Target { of: None, month: Some("2026-11".into()), amount: 1_000_000, currency: "USD".into() };
    let body = Body::Target(target);
    desk.act(PutDefinition { definition: Definition { number: 0, name: "all".into(), place: 0, owner: None, body } });
    for (value, day) in [("5000", "2026-10-03"), ("150", "2026-11-03")] {
        let typed = [("name", "x"), ("estimated_value", value), ("currency", "USD")];
        let values = desk.values_of(Entity::Opportunity, &typed);
        let opportunity = desk.act(CreateRecord { entity: Entity::Opportunity, values }).reply;
        let date = Some(zone::days(day.parse().expect("a day")));
        let outcome = Outcome::Won { revenue: None };
        desk.act(CloseOpportunity { opportunity, outcome, reason: None, date, note: None });
    }
    let filter = parse("", &desk.ctx.reading_of(Entity::Opportunity)).expect("a filter");
    let period = Some(Period::parse("2026-10..2026-11", TODAY, &desk.ctx.locale).expect("a period"));
    let report = GetReport { kind: ReportKind::Forecast, filter, period };
    let sheet = report.run(desk.service.db(), &desk.ctx).expect("a report");
    let total = &sheet.total.as_ref().expect("a whole").cells;
    assert_eq!(total[8].figure, money([("USD", 51_500_000)]));
    assert_eq!(total[10].figure, Figure::Rates(vec![("USD".into(), 5_000)]), "150 of 100, and not 5,150");
}
