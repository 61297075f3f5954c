//! What the log says: changes since a day, and how long opportunities stood in their stages.

use leadbook::model::entity::Entity;
use leadbook::model::report::{Figure, Period, ReportKind, Sheet};
use leadbook::query::parse;
use leadbook::service::Query;
use leadbook::service::context::Clock;
use leadbook::service::opportunity::{CloseOpportunity, Outcome};
use leadbook::service::record::advance::Advance;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::reopen::ReopenRecords;
use leadbook::service::record::update::UpdateRecord;
use leadbook::service::report::GetReport;
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};

use super::world::{TODAY, money};
use crate::common::{Desk, NOW};

const DAY: i64 = 86_400_000_000;

/// What is done from here on is done so many days after the first one.
fn on(desk: &mut Desk, day: i64) {
    desk.ctx.clock = Clock::Fixed(NOW + day * DAY);
}

fn deal(desk: &mut Desk, value: &str) -> i64 {
    let values = desk.values_of(Entity::Opportunity, &[("name", "x"), ("estimated_value", value), ("currency", "EUR")]);
    desk.act(CreateRecord { entity: Entity::Opportunity, values }).reply
}

fn step(desk: &mut Desk, number: i64, on: bool) {
    desk.act(Advance { record: Entity::Opportunity.numbered(number), on });
}

fn value(desk: &mut Desk, number: i64, value: &str) {
    let values = desk.values_of(Entity::Opportunity, &[("estimated_value", value)]);
    desk.act(UpdateRecord { record: Entity::Opportunity.numbered(number), version: None, seen: Vec::new(), values });
}

fn report(desk: &Desk, kind: ReportKind, period: Option<Period>) -> Sheet {
    let filter = parse("", &desk.ctx.reading_of(kind.entity())).expect("a filter");
    GetReport { kind, filter, period }.run(desk.service.db(), &desk.ctx).expect("a report")
}

/// What a row says, and the opportunities behind it.
fn said(desk: &Desk, sheet: &Sheet, label: &str) -> (Figure, Figure, Vec<i64>) {
    let row = sheet.rows.iter().find(|row| row.label == label).unwrap_or_else(|| panic!("no row {label}"));
    let drill = row.cells[1].drill.as_ref().expect("a list");
    let filter = parse(&drill.filter, &desk.ctx.reading_of(drill.entity)).expect("a filter");
    let numbers = leadbook::service::record::read::ListNumbers { filter }.run(desk.service.db(), &desk.ctx).expect("numbers");
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    (row.cells[1].figure.clone(), row.cells[2].figure.clone(), numbers)
}

#[test]
fn changes_are_what_happened_since_the_day() {
    let mut desk = Desk::new();
    let euro = |units: i64| money([("EUR", units * 10_000)]);
    let none = || money([]);
    let [moved, back, won, lost, up, down, still] =
        ["100", "200", "300", "400", "500", "600", "700"].map(|value| deal(&mut desk, value));
    step(&mut desk, back, true);
    step(&mut desk, still, true);
    on(&mut desk, 10);
    step(&mut desk, moved, true);
    step(&mut desk, moved, true);
    step(&mut desk, back, false);
    // there and back again
    step(&mut desk, still, true);
    step(&mut desk, still, false);
    let close = |opportunity, outcome, reason| CloseOpportunity { opportunity, outcome, reason, date: None, note: None };
    desk.act(close(won, Outcome::Won { revenue: Some(3_500_000) }, None));
    desk.act(close(lost, Outcome::Lost { competitor: None }, Some(4)));
    value(&mut desk, up, "800");
    value(&mut desk, up, "550");
    value(&mut desk, down, "100");
    let new = deal(&mut desk, "50");
    // taken back, and taken back and done again
    value(&mut desk, still, "9000");
    desk.act(Undo { step: None, origins: Vec::new() });
    value(&mut desk, down, "90");
    desk.act(Undo { step: None, origins: Vec::new() });
    desk.act(Redo);
    on(&mut desk, 11);
    let sheet = report(&desk, ReportKind::Changes, None);
    assert_eq!(said(&desk, &sheet, "Entered"), (Figure::Count(1), euro(50), vec![new]));
    assert_eq!(said(&desk, &sheet, "Moved on"), (Figure::Count(1), euro(100), vec![moved]));
    assert_eq!(said(&desk, &sheet, "Moved back"), (Figure::Count(1), euro(200), vec![back]));
    assert_eq!(said(&desk, &sheet, "Won"), (Figure::Count(1), euro(350), vec![won]));
    assert_eq!(said(&desk, &sheet, "Lost"), (Figure::Count(1), euro(400), vec![lost]));
    assert_eq!(said(&desk, &sheet, "Value up"), (Figure::Count(1), euro(50), vec![up]));
    assert_eq!(said(&desk, &sheet, "Value down"), (Figure::Count(1), euro(-510), vec![down]));
    assert_eq!(said(&desk, &sheet, "Reopened"), (Figure::Count(0), none(), Vec::new()));
    let before = report(&desk, ReportKind::Changes, Some(Period::of_days(TODAY, TODAY + 1)));
    assert_eq!(said(&desk, &before, "Entered").0, Figure::Count(7));
    assert_eq!(said(&desk, &before, "Moved on").2, [back, still]);
    assert_eq!(said(&desk, &before, "Won").0, Figure::Count(0));
}

/// The days from the first one on, of which the last is left out.
fn days(from: i32, before: i32) -> Option<Period> {
    Some(Period::of_days(TODAY + from, TODAY + before))
}

#[test]
fn a_past_period_is_told_as_it_ended() {
    let mut desk = Desk::new();
    let [won, still] = ["100", "200"].map(|value| deal(&mut desk, value));
    on(&mut desk, 10);
    let close = |revenue| CloseOpportunity {
        opportunity: won,
        outcome: Outcome::Won { revenue: Some(revenue) },
        reason: None,
        date: None,
        note: None,
    };
    desk.act(close(900_000));
    on(&mut desk, 20);
    let deals = Targets::of(Entity::Opportunity, vec![won]);
    desk.act(ReopenRecords { targets: deals });
    let values = desk.values_of(Entity::Opportunity, &[("currency", "USD")]);
    desk.act(UpdateRecord { record: Entity::Opportunity.numbered(won), version: None, seen: Vec::new(), values });
    // done, taken back, done again and taken back for good: nothing of it was
    value(&mut desk, still, "900");
    desk.act(Undo { step: None, origins: Vec::new() });
    desk.act(Redo);
    desk.act(Undo { step: None, origins: Vec::new() });
    let past = report(&desk, ReportKind::Changes, days(5, 15));
    assert_eq!(said(&desk, &past, "Won"), (Figure::Count(1), money([("EUR", 900_000)]), vec![won]));
    assert_eq!(said(&desk, &past, "Reopened").0, Figure::Count(0));
    let now = report(&desk, ReportKind::Changes, days(15, 25));
    assert_eq!(said(&desk, &now, "Won").0, Figure::Count(0));
    assert_eq!(said(&desk, &now, "Reopened").0, Figure::Count(1));
    assert_eq!(said(&desk, &now, "Value up").0, Figure::Count(0));
    let whole = report(&desk, ReportKind::Changes, days(5, 25));
    assert_eq!([said(&desk, &whole, "Won").0, said(&desk, &whole, "Reopened").0], [Figure::Count(0), Figure::Count(0)]);
}

#[test]
fn what_was_done_again_happened_when_it_was_done_first() {
    let mut desk = Desk::new();
    let one = deal(&mut desk, "100");
    on(&mut desk, 10);
    value(&mut desk, one, "150");
    on(&mut desk, 20);
    desk.act(Undo { step: None, origins: Vec::new() });
    desk.act(Redo);
    assert_eq!(said(&desk, &report(&desk, ReportKind::Changes, days(5, 15)), "Value up").0, Figure::Count(1));
    assert_eq!(report(&desk, ReportKind::Changes, days(15, 25)).rows, [], "nothing else happened");
}

#[test]
fn amounts_of_two_currencies_are_never_subtracted() {
    let mut desk = Desk::new();
    let [other, lost, first] = ["100", "200", ""].map(|value| deal(&mut desk, value));
    on(&mut desk, 10);
    let mut put = |number: i64, typed: &[(&str, &str)]| {
        let values = desk.values_of(Entity::Opportunity, typed);
        desk.act(UpdateRecord { record: Entity::Opportunity.numbered(number), version: None, seen: Vec::new(), values });
    };
    put(other, &[("estimated_value", "90"), ("currency", "USD")]);
    put(lost, &[("estimated_value", ""), ("currency", "USD")]);
    put(first, &[("estimated_value", "7"), ("currency", "USD")]);
    let sheet = report(&desk, ReportKind::Changes, days(5, 15));
    let both = money([("EUR", -1_000_000), ("USD", 900_000)]);
    assert_eq!(said(&desk, &sheet, "Other currency"), (Figure::Count(1), both, vec![other]));
    assert_eq!(said(&desk, &sheet, "Value down"), (Figure::Count(1), money([("EUR", -2_000_000)]), vec![lost]));
    assert_eq!(said(&desk, &sheet, "Value up"), (Figure::Count(1), money([("USD", 70_000)]), vec![first]));
    // behind the period it is worth what it was then, in the currency of then
    on(&mut desk, 20);
    value(&mut desk, other, "1000");
    let sheet = report(&desk, ReportKind::Changes, days(5, 15));
    assert_eq!(said(&desk, &sheet, "Other currency").1, money([("EUR", -1_000_000), ("USD", 900_000)]));
}

#[test]
fn days_in_a_stage_begin_with_the_last_move() {
    let mut desk = Desk::new();
    let (old, moved, passed) = (deal(&mut desk, "1"), deal(&mut desk, "1"), deal(&mut desk, "1"));
    on(&mut desk, 4);
    step(&mut desk, moved, true);
    step(&mut desk, passed, true);
    on(&mut desk, 10);
    step(&mut desk, passed, true);
    on(&mut desk, 30);
    let sheet = report(&desk, ReportKind::Pipeline, None);
    let days = |row: usize, key: &str| match &sheet.cell(row, key).expect("a cell").figure {
        Figure::Time(time) => Some((*time + DAY / 2).div_euclid(DAY)),
        _ => None,
    };
    let of = |row: usize| (days(row, "days_here"), days(row, "days_passed"));
    assert_eq!(of(0), (Some(30), Some(4)), "{old} stands there from its entry; two left it on the fourth day");
    assert_eq!(of(1), (Some(26), Some(6)), "{moved} stands there since the fourth day; {passed} stayed for six");
    assert_eq!(of(2), (Some(20), None));
    assert_eq!(of(3), (None, None));
}
