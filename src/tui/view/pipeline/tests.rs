//! The board without a database: lanes, cards, moving between them.

use std::sync::Arc;

use super::*;
use crate::model::value::Value;
use crate::service::record::read::ListRow;
use crate::tui::stage::{NOW, Stage};
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::AnyAct;

fn card(key: RecordId, name: &str) -> ListRow {
    let values =
        vec![Value::text(name), Value::text("Contoso"), Value::Money(400_000_000), Value::Instant(NOW - 3 * 86_400_000_000)];
    ListRow {
        key,
        values,
        state: 0,
        rating: 1,
        currency: "EUR".into(),
        deleted: false,
        incomplete: false,
        unopened: false,
        due: None,
        idle: false,
    }
}

/// Two leads in New, one opportunity in Propose.
fn board(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    stage.open(|cx| {
        let mut board = Pipeline::new(cx.env);
        board.resized(cx);
        board
    });
    let leads = vec![card(RecordId::lead(7), "Ann Lee"), card(RecordId::lead(8), "Bo Ek")];
    stage.answer(Slot::Lane(0), Ok(Answer::Rows(leads)));
    stage.answer(Slot::Lane(4), Ok(Answer::Rows(vec![card(Entity::Opportunity.numbered(3), "Printers")])));
    for (lane, numbers) in [vec![7, 8], vec![], vec![], vec![], vec![3], vec![]].into_iter().enumerate() {
        stage.answer(Slot::LaneNumbers(u8::try_from(lane).unwrap()), Ok(Answer::Numbers(Arc::new(numbers))));
    }
    stage.answer(Slot::LaneSums(0), Ok(Answer::Sums(vec![("EUR".into(), 80_000), ("USD".into(), 5)])));
    stage
}

#[test]
fn lanes_have_heads_and_cards() {
    let stage = board(160, 24);
    let screen = stage.screen();
    for part in
        ["New", "Contacted", "Qualify", "Develop", "Propose", "Close", "80,000 EUR · 5 USD", "▲ Ann Lee", "Contoso", "3 d"]
    {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
}

#[test]
fn on_a_narrow_screen_lanes_are_scrolled_sideways() {
    let mut stage = board(80, 24);
    assert!(stage.screen().contains("2 more →") && !stage.screen().contains("Propose"), "{}", stage.screen());
    stage.keys("l l l l");
    assert!(stage.screen().contains("Printers") && stage.screen().contains("← 1  1 →"), "{}", stage.screen());
}

#[test]
fn a_card_that_moves_takes_the_cursor_along() {
    let mut stage = board(160, 24);
    stage.keys("j >");
    assert!(matches!(stage.acts().pop(), Some((_, AnyAct::Advance(act))) if act.record == RecordId::lead(8) && act.on));
    stage.written(Ok(crate::worker::writer::Reply::Advanced(crate::service::record::advance::Advanced::Moved)));
    stage.answer(Slot::LaneNumbers(0), Ok(Answer::Numbers(Arc::new(vec![7]))));
    stage.answer(Slot::LaneNumbers(1), Ok(Answer::Numbers(Arc::new(vec![8]))));
    stage.keys("<");
    assert!(matches!(stage.acts().pop(), Some((_, AnyAct::Advance(act))) if act.record == RecordId::lead(8) && !act.on));
}

#[test]
fn a_filter_that_only_leads_know_is_said_on_the_other_lanes() {
    let mut stage = board(160, 24);
    stage.keys("/").write("source:web").keys("enter");
    assert!(stage.screen().contains("not filtered"), "{}", stage.screen());
    stage.keys("/ ctrl-u").write("rating:hot").keys("enter");
    assert!(!stage.screen().contains("not filtered") && stage.screen().contains("/ rating:hot"), "{}", stage.screen());
    stage.keys("/ ctrl-u").write("raiting:hot").keys("enter");
    assert!(stage.said().contains("rating"), "{}", stage.said());
    stage.keys("esc");
    assert!(!stage.screen().contains("raiting"));
}

#[test]
fn the_head_of_a_lane_lists_exactly_what_stands_in_it() {
    let mut stage = board(160, 24);
    stage.keys("/").write("owner:me").keys("enter");
    for (lane, numbers) in [vec![7, 8], vec![], vec![], vec![], vec![3], vec![]].into_iter().enumerate() {
        stage.answer(Slot::LaneNumbers(u8::try_from(lane).unwrap()), Ok(Answer::Numbers(Arc::new(numbers))));
    }
    stage.keys("k");
    let view = &stage.layers[0];
    assert_eq!(view.label_here(Action::Open, &stage.env), Some("list the column"));
    assert_eq!(view.unavailable(Action::Note, &stage.env).as_deref(), Some("no record here"));
    stage.keys("enter");
    assert_eq!(stage.layers.len(), 2);
    assert!(stage.screen().contains("Leads · New · owner:me"), "{}", stage.screen());
    stage.keys("esc");
    assert_eq!(stage.layers.len(), 1);
    // down again to the first card, which is opened
    stage.keys("j enter");
    let asked = stage.questions().pop();
    assert!(matches!(asked, Some((Slot::Record, AnyQuery::Record(asked))) if asked.record == RecordId::lead(7)));
}

#[test]
fn a_lane_without_a_card_is_listed_too_and_the_cursor_keeps_to_the_heads() {
    let mut stage = board(160, 24);
    stage.keys("l enter");
    assert!(stage.screen().contains("Leads · Contacted"), "{}", stage.screen());
    stage.keys("q h k l l l l enter");
    assert!(stage.screen().contains("Opportunities · Propose"), "{}", stage.screen());
}
