//! Lists to read or choose from, by keys.

use super::*;
use crate::model::value::Value;
use crate::tui::stage::{NOW, Stage};

fn row(number: i64, name: &str) -> ListRow {
    ListRow {
        key: RecordId::lead(number),
        values: vec![Value::text(name), Value::None, Value::None, Value::None],
        state: 0,
        rating: 2,
        currency: String::new(),
        deleted: false,
        incomplete: false,
        unopened: false,
        due: None,
        idle: false,
    }
}

#[test]
fn the_record_before_the_open_one_is_one_key_away() {
    let mut stage = Stage::new(80, 24);
    for record in ["N-4", "L-9", "nonsense", "L-7"] {
        stage.env.state.opened("leads.db", record);
    }
    stage.open(Listing::recent);
    assert!(stage.screen().contains("L-7"));
    let query = &stage.questions()[0].1;
    assert!(matches!(query, AnyQuery::RowsOf(queries) if queries[0].numbers == [7, 9]), "{query:?}");
    stage.answer(Slot::Recent, Ok(Answer::Rows(vec![row(7, "Ann Lee"), row(9, "")])));
    let screen = stage.screen();
    assert!(screen.contains("Ann Lee") && screen.contains("L-9") && screen.contains("Opened last"), "{screen}");
    stage.keys("enter");
    assert_eq!(stage.outcomes, [Outcome::OpenRecord(RecordId::lead(9))]);
}

#[test]
fn nothing_opened_yet_asks_nothing() {
    let mut stage = Stage::new(40, 10);
    stage.open(Listing::recent);
    assert!(stage.questions().is_empty() && stage.screen().contains("no record was opened yet"));
    stage.keys("enter q");
    assert!(stage.layers.is_empty());
}

#[test]
fn messages_are_read_newest_first_and_in_full() {
    let message = |text: &str, tone, ago: i64| Message { text: text.into(), tone, at: NOW - ago * 60_000_000 };
    let long = format!("email: {}", "x".repeat(200));
    let all = vec![message("Note on Ann Lee\u{1b}]0;x", Tone::Info, 12), message(&long, Tone::Error, 1)];
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| Listing::messages(all, cx.env));
    let screen = stage.screen();
    assert!(screen.contains("1 min   ! email: xxx") && screen.contains("12 min    Note on Ann Lee␛]0;x"), "{screen}");
    stage.keys("enter");
    assert_eq!(stage.said(), long);
    for (columns, rows) in [(1, 1), (3, 2), (59, 4), (200, 60)] {
        stage.env.size = (columns, rows);
        stage.open(|cx| Listing::messages(vec![message("日本語", Tone::Info, 1)], cx.env)).draw();
    }
}
