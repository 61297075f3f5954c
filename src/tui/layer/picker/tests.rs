//! Choosing with digits, by typing, with the mouse; adding what is not there.

use super::*;
use crate::error::Error;
use crate::model::choice::{Choice, OPEN};
use crate::model::entity::RecordId;
use crate::model::value::{Owner, Value};
use crate::service::scope::Targets;
use crate::tui::stage::Stage;

fn picked(stage: &Stage) -> Option<&Pick> {
    match stage.outcomes.last() {
        Some(Outcome::Picked(_, pick)) => Some(pick),
        _ => None,
    }
}

#[test]
fn a_rating_is_set_with_one_digit() {
    let mut stage = Stage::new(80, 24);
    let rating = stage.env.catalog.lead.id("rating");
    stage.open(|cx| Picker::choice(cx.env, rating, OPEN, Targets::leads(vec![3, 4])));
    let screen = stage.screen();
    for part in ["Rating · 2 leads", "1 Hot", "2 Warm", "3 Cold", "4 none", "a digit chooses"] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    stage.write("1");
    let Some(Pick::Choice(choice)) = picked(&stage) else { panic!("{:?}", stage.outcomes) };
    assert_eq!(choice.label, "Hot");
}

#[test]
fn only_the_reasons_of_the_state_are_offered() {
    let mut stage = Stage::new(80, 24);
    let reason = stage.env.catalog.lead.id("status_reason");
    stage.open(|cx| Picker::choice(cx.env, reason, OPEN, Targets::one(RecordId::lead(7))));
    let screen = stage.screen();
    assert!(screen.contains("1 New") && screen.contains("2 Contacted") && !screen.contains("Lost"), "{screen}");
    assert!(screen.contains("Status Reason · L-7") && !screen.contains("none"));
}

#[test]
fn a_new_source_is_added_and_then_chosen() {
    let mut stage = Stage::new(80, 24);
    let source = stage.env.catalog.lead.id("source");
    stage.open(|cx| Picker::choice(cx.env, source, OPEN, Targets::one(RecordId::lead(7))));
    stage.write("Expo 2026");
    assert!(stage.screen().contains("new: “Expo 2026”"), "{}", stage.screen());
    stage.keys("enter enter");
    let acts = stage.acts();
    assert_eq!(acts.len(), 1);
    assert_eq!(acts[0].1, AnyAct::AddChoice(AddChoice { set: Set::Source, label: "Expo 2026".into(), state: None }));
    stage.written(Err(Error::Denied("you may not add".into())));
    assert_eq!((stage.said(), stage.layers.len()), ("you may not add", 1));
    stage.keys("enter").written(Ok(Reply::Choice(Choice::new(100_000, "Expo 2026"))));
    assert_eq!(picked(&stage), Some(&Pick::Choice(Choice::new(100_000, "Expo 2026"))));
}

#[test]
fn typing_narrows_and_nothing_new_goes_into_a_fixed_set() {
    let mut stage = Stage::new(80, 24);
    let need = stage.env.catalog.lead.id("need");
    stage.open(|cx| Picker::choice(cx.env, need, OPEN, Targets::one(RecordId::lead(7))));
    stage.write("should").keys("enter");
    assert!(matches!(picked(&stage), Some(Pick::Choice(choice)) if choice.label == "Should have"));
    stage.open(|cx| Picker::choice(cx.env, need, OPEN, Targets::one(RecordId::lead(7))));
    stage.write("xyz").keys("enter");
    assert_eq!((stage.said(), stage.layers.len()), ("nothing matches", 1));
    stage.keys("ctrl-u").write("4").keys("esc");
    assert!(matches!(picked(&stage), Some(Pick::Choice(choice)) if choice.label == "No need"));
}

#[test]
fn owners_are_people_and_teams_with_me_first() {
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| Picker::owner(cx.env, Targets::one(RecordId::lead(7))));
    let screen = stage.screen();
    assert!(screen.contains("Assign to · L-7") && screen.contains("Ana Lima · me") && screen.contains("2 members"), "{screen}");
    stage.write("nor").keys("enter");
    assert_eq!(picked(&stage), Some(&Pick::Owner(Owner::Team(1))));
}

#[test]
fn what_holds_now_has_the_cursor() {
    let mut stage = Stage::new(80, 24);
    let rating = stage.env.catalog.lead.id("rating");
    stage.open(|cx| Picker::field(cx.env, rating, OPEN, &Value::Choice(3)));
    stage.keys("enter");
    assert!(matches!(picked(&stage), Some(Pick::Choice(choice)) if choice.label == "Cold"));
}

#[test]
fn a_click_goes_to_a_row_and_a_second_takes_it() {
    let mut stage = Stage::new(80, 24);
    let registry = stage.env.catalog.lead.clone();
    stage.open(|_| Picker::sort(&registry, &[registry.id("name"), registry.id("company")], None));
    let (lines, _) = stage.draw();
    let row = lines.iter().position(|line| line.contains("Company Name")).unwrap();
    let row = u16::try_from(row).unwrap() + 1;
    stage.mouse(40, row, 0);
    assert!(stage.outcomes.is_empty());
    stage.mouse(40, row, 0);
    assert_eq!(picked(&stage), Some(&Pick::Field(registry.id("company"))));
}

#[test]
fn dim_rows_say_why() {
    let mut stage = Stage::new(60, 12);
    let item = Item { dim: Some("comes later".into()), ..Item::new("Qualified", Pick::Index(0)) };
    stage.open(|_| Picker::new("Status", Purpose::View, vec![item]));
    assert!(stage.screen().contains("comes later"));
    stage.keys("enter");
    assert_eq!(stage.said(), "Qualified: comes later");
}
