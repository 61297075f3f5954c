//! Days are those of a place, also where the clock is put forward or back at midnight: what a cell counts, its list holds.

use leadbook::model::entity::Entity;
use leadbook::model::report::{Figure, Period, ReportKind};
use leadbook::model::zone::Zone;
use leadbook::query::parse;
use leadbook::service::Query;
use leadbook::service::context::Clock;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::read::CountRecords;
use leadbook::service::report::GetReport;

use crate::common::Desk;

#[test]
fn every_day_has_its_leads_where_the_clock_changes() {
    // the night of the change, in UTC, and the day on which one looks back
    for (place, night, today) in [
        ("Africa/Cairo", "2026-10-29T12:00:00Z", "2026-11-02"),
        ("Africa/Cairo", "2026-04-23T12:00:00Z", "2026-04-27"),
        ("Asia/Beirut", "2026-03-28T12:00:00Z", "2026-04-02"),
        ("America/Havana", "2026-10-31T16:00:00Z", "2026-11-05"),
        ("Australia/Lord_Howe", "2026-10-03T06:00:00Z", "2026-10-10"),
    ] {
        let mut desk = Desk::new();
        desk.ctx.zone = Zone::parse(place).expect("a zone");
        let night = chrono::DateTime::parse_from_rfc3339(night).expect("a moment").timestamp_micros();
        for n in 0..48 {
            desk.ctx.clock = Clock::Fixed(night + n * 41 * 60_000_000);
            let values = desk.values(&[("last_name", "Lee"), ("topic", "T"), ("source", "web")]);
            desk.act(CreateRecord { entity: Entity::Lead, values });
        }
        let today = today.parse().expect("a day");
        let today = leadbook::model::zone::days(today);
        desk.ctx.clock = Clock::Fixed(desk.ctx.zone.day_start(today) + 1);
        let mut counted = 0;
        for kind in [ReportKind::Trend, ReportKind::Age, ReportKind::Sources, ReportKind::Speed] {
            let days = (1..9).map(|back| Some(Period::of_days(today - back, today - back + 1)));
            for period in days.chain([None, Some(Period::of_days(today - 9, today + 1))]) {
                let filter = parse("", &desk.ctx.reading()).expect("a filter");
                let sheet =
                    GetReport { kind, filter, period: period.clone() }.run(desk.service.db(), &desk.ctx).expect("a report");
                for cell in sheet.rows.iter().chain(&sheet.total).flat_map(|row| &row.cells) {
                    let (Figure::Count(count), Some(drill)) = (&cell.figure, &cell.drill) else { continue };
                    let filter = parse(&drill.filter, &desk.ctx.reading_of(drill.entity)).expect("a filter");
                    let found = CountRecords { filter }.run(desk.service.db(), &desk.ctx).expect("a count").0;
                    assert_eq!(found as i64, *count, "{place} {kind:?} {period:?}: {}", drill.filter);
                    counted += count;
                }
            }
        }
        assert!(counted > 500, "{counted}");
    }
}
