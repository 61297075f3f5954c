//! The reports on a stage: what is asked for, where the cursor goes, what stands there while numbers are awaited.

use crate::model::entity::Entity;
use crate::model::report::{Amounts, Cell, Chart, ChartForm, Column, ColumnKind, Drill, Figure, ReportKind, Row, Sheet};
use crate::service::context::Progress;
use crate::service::report::GetReport;
use crate::tui::effect::Effect;
use crate::tui::layer::{Incoming, Layer};
use crate::tui::stage::Stage;
use crate::tui::view::reports::Reports;
use crate::worker::reader::{Answer, AnyQuery, Slot};

fn money(eur: i64, usd: i64) -> Figure {
    let mut amounts = Amounts::default();
    [("EUR", eur), ("USD", usd)].into_iter().filter(|(_, n)| *n != 0).for_each(|(code, n)| amounts.add(code, n * 10_000));
    Figure::Money(amounts)
}

fn row(label: &str, leads: i64, before: i64, revenue: Figure) -> Row {
    let drill = Drill { entity: Entity::Lead, filter: "status:open".into() };
    let count = Cell { before: Some(Figure::Count(before)), ..Cell::with(Figure::Count(leads), drill) };
    let name = Figure::Name { label: label.into(), slug: Some(label.to_lowercase()) };
    Row { label: label.into(), depth: 0, cells: vec![Cell::of(name), count, Cell::of(revenue)] }
}

/// Three sources, two currencies.
fn sheet() -> Sheet {
    Sheet {
        kind: ReportKind::Sources,
        about: "all leads".into(),
        filter: String::new(),
        period: None,
        columns: vec![
            Column::new("source", "Source", ColumnKind::Name, "What the leads have in common."),
            Column::new("leads", "Leads", ColumnKind::Count, "Leads that were entered."),
            Column::new("revenue", "Revenue", ColumnKind::Money, "What was won."),
        ],
        rows: vec![
            row("Web", 40, 28, money(100, 900)),
            row("Fair", 20, 23, money(300, 0)),
            row("日本 partner", 5, 5, money(0, 0)),
        ],
        total: Some(row("all", 65, 56, money(400, 900))),
        notes: vec!["Compared with 2026-10.".into()],
        charts: vec![
            Chart { title: "Leads", form: ChartForm::Bars, columns: vec!["leads"] },
            Chart { title: "Won", form: ChartForm::Bars, columns: vec!["revenue"] },
        ],
    }
}

fn opened(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    stage.open(|cx| {
        let mut reports = Reports::default();
        reports.resized(cx);
        reports
    });
    stage
}

fn answered(columns: u16, rows: u16) -> Stage {
    let mut stage = opened(columns, rows);
    stage.answer(Slot::Report, Ok(Answer::Report(Box::new(sheet()))));
    stage
}

fn asked(stage: &Stage) -> GetReport {
    match stage.questions().into_iter().rfind(|(slot, _)| *slot == Slot::Report) {
        Some((_, AnyQuery::Report(report))) => *report,
        other => panic!("no report was asked for: {other:?}"),
    }
}

#[test]
fn something_true_stands_there_before_the_first_number() {
    let stage = opened(80, 24);
    let screen = stage.screen();
    assert!(screen.contains("[Lead sources]") && screen.contains("counting…"), "{screen}");
    assert_eq!(asked(&stage).kind, ReportKind::Sources);
}

#[test]
fn one_currency_is_charted_at_a_time_the_one_with_the_most_first() {
    let mut stage = answered(80, 24);
    stage.keys("]");
    let screen = stage.screen();
    assert!(screen.contains(" Won · USD") && screen.contains("Revenue USD  Revenue EUR"), "{screen}");
    assert!(screen.contains("█ 900.00"), "{screen}");
    stage.keys("]");
    let screen = stage.screen();
    assert!(screen.contains(" Won · EUR") && screen.contains("█ 300.00"), "{screen}");
    stage.keys("] [ h h");
    assert!(stage.screen().contains(" Leads "), "{}", stage.screen());
}

#[test]
fn what_changed_stands_beside_the_numbers() {
    let screen = answered(80, 24).screen();
    assert!(screen.contains("40 +12") && screen.contains("20 −3") && screen.contains("65 +9"), "{screen}");
    // what did not change says nothing
    assert!(!screen.contains("5 0"), "{screen}");
}

#[test]
fn the_column_under_the_cursor_says_how_it_is_computed() {
    let mut stage = answered(80, 24);
    assert!(stage.screen().contains("Source: What the leads have in common."));
    stage.keys("l");
    assert!(stage.screen().contains("Leads: Leads that were entered."), "{}", stage.screen());
    assert!(stage.screen().contains("Compared with 2026-10."));
    stage.keys("l enter");
    assert_eq!(stage.said(), "no records stand behind this; try a number");
}

#[test]
fn old_numbers_stay_while_new_ones_are_awaited() {
    let mut stage = answered(80, 24);
    stage.keys("@").write("this quarter").keys("enter");
    let report = asked(&stage);
    assert_eq!(report.period.map(|period| period.text).as_deref(), Some("this-quarter"));
    assert!(stage.screen().contains("40 +12"), "{}", stage.screen());
    // a moment later it is said, and after a second how far it is
    stage.env.clock = crate::service::context::Clock::Fixed(crate::tui::stage::NOW + 200_000);
    assert!(stage.screen().contains("counting…") && !stage.screen().contains("cancels"), "{}", stage.screen());
    stage.env.clock = crate::service::context::Clock::Fixed(crate::tui::stage::NOW + 1_200_000);
    stage.incoming(&Incoming::Progress(Progress { done: 120_000, total: 0 }));
    assert!(stage.screen().contains("counting… 120,000 read · Esc cancels"), "{}", stage.screen());
    stage.keys("esc");
    assert_eq!(stage.effects.last(), Some(&Effect::CancelJob));
    stage.answer(Slot::Report, Err(crate::error::Error::Canceled));
    assert!(stage.screen().contains("! canceled") && stage.screen().contains("40 +12"), "{}", stage.screen());
    // the next Esc takes the period off; those numbers are here
    let before = stage.questions().len();
    stage.keys("esc");
    assert_eq!(stage.questions().len(), before);
    assert!(!stage.screen().contains("canceled"), "{}", stage.screen());
}

#[test]
fn what_is_typed_back_is_not_overtaken_by_what_was_asked_between() {
    let mut stage = answered(80, 24);
    // `sort` is a word to look for until the colon is there
    stage.keys("/").write("sort");
    assert_ne!(asked(&stage).filter.filter, crate::query::Expr::All);
    stage.write(":-score");
    stage.answer(Slot::Report, Ok(Answer::Report(Box::new(Sheet { rows: Vec::new(), ..sheet() }))));
    assert!(stage.screen().contains("40 +12"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(stage.said(), "a report has its own order; leave sort: out");
}

#[test]
fn a_period_that_is_typed_is_one() {
    let mut stage = answered(80, 24);
    stage.keys("@").write("2026-q3").keys("enter");
    assert_eq!(asked(&stage).period.map(|period| period.text).as_deref(), Some("2026-q3"));
}

#[test]
fn each_kind_of_records_has_its_filter() {
    let mut stage = answered(80, 24);
    stage.keys("/").write("source:web").keys("enter");
    assert_ne!(asked(&stage).filter.filter, crate::query::Expr::All);
    stage.keys("tab");
    let pipeline = asked(&stage);
    assert_eq!((pipeline.kind, pipeline.filter.entity), (ReportKind::Pipeline, Entity::Opportunity));
    assert_eq!(pipeline.filter.filter, crate::query::Expr::All);
    stage.keys("tab tab");
    let trend = asked(&stage);
    assert_eq!(trend.kind, ReportKind::Trend);
    assert_ne!(trend.filter.filter, crate::query::Expr::All, "leads are still narrowed");
}

#[test]
fn any_size_shows_the_cursor_and_a_number() {
    for (columns, rows) in [(40, 12), (59, 14), (60, 12), (80, 24), (99, 18), (100, 30), (120, 13), (140, 45), (200, 50)] {
        let mut stage = answered(columns, rows);
        for keys in ["", "G", "l l", "]", "gg"] {
            let keys = if keys == "gg" { "home" } else { keys };
            let screen = stage.keys(keys).screen();
            assert!(screen.contains('▸') && screen.contains(|c: char| c.is_ascii_digit()), "{columns}x{rows} {keys}:\n{screen}");
        }
    }
}

#[test]
fn where_nothing_was_won_the_target_is_a_mark_and_no_bar() {
    let mut sheet = sheet();
    sheet.columns.push(Column::new("target", "Target", ColumnKind::Money, "What is to be won."));
    for row in sheet.rows.iter_mut().chain(&mut sheet.total) {
        row.cells[2] = Cell::of(money(0, 0));
        row.cells.push(Cell::of(money(500, 0)));
    }
    sheet.charts = vec![Chart { title: "Won", form: ChartForm::Bars, columns: vec!["revenue", "target"] }];
    let mut stage = opened(80, 24);
    stage.answer(Slot::Report, Ok(Answer::Report(Box::new(sheet))));
    let screen = stage.screen();
    let web = screen.lines().find(|line| line.contains("Web")).unwrap_or_else(|| panic!("{screen}"));
    assert!(web.contains("┃") && !web.contains("█") && web.contains("500.00"), "{screen}");
}

#[test]
fn a_filter_that_cannot_be_read_finds_nothing_yet_and_says_so() {
    let mut stage = answered(80, 24);
    stage.keys("/").write("value");
    stage.answer(Slot::Report, Ok(Answer::Report(Box::new(Sheet { rows: Vec::new(), total: None, ..sheet() }))));
    assert!(stage.screen().contains("No leads match"), "{}", stage.screen());
    stage.write(">ab");
    let screen = stage.screen();
    assert!(screen.contains("The filter cannot be read") && !screen.contains("No leads match"), "{screen}");
}

#[test]
fn a_row_is_called_by_those_that_it_is_a_part_of() {
    let mut sheet = sheet();
    sheet.rows[1].depth = 1;
    assert_eq!(super::lineage(&sheet, 1), ["Web", "Fair"]);
    assert_eq!(super::lineage(&sheet, 2), ["日本 partner"]);
    sheet.rows[0].cells[0].figure = Figure::None;
    assert_eq!(super::lineage(&sheet, 0), ["Web"]);
}
