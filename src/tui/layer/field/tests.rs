//! Fields edited in place, by keys.

use proptest::prelude::*;

use super::*;
use crate::error::{Clash, Conflict, Error};
use crate::model::choice::Choice;
use crate::model::value::Value;
use crate::service::list::AddChoice;
use crate::service::record::update::UpdateRecord;
use crate::tui::stage::{NOW, Stage};
use crate::worker::writer::{AnyAct, Reply};

fn editing(name: &'static str, values: &[(&'static str, Value)]) -> Stage {
    let mut stage = Stage::new(80, 24);
    open(&mut stage, name, values);
    stage
}

fn open(stage: &mut Stage, name: &'static str, values: &[(&'static str, Value)]) {
    let record = stage.env.lead(values);
    let id = stage.env.catalog.lead.id(name);
    stage.open(|cx| FieldEditor::new(&record, id, cx));
}

fn update(stage: &Stage) -> UpdateRecord {
    match stage.acts().pop() {
        Some((_, AnyAct::Update(act))) => act,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_line_is_edited_and_saved_against_what_was_seen() {
    let mut stage = editing("phone", &[]);
    assert!(stage.screen().contains("Business Phone · Ann Lee") && stage.screen().contains("› 555-0100"));
    stage.keys("backspace").write("1").keys("enter");
    let act = update(&stage);
    let id = stage.env.catalog.lead.id("phone");
    assert_eq!((act.record, act.version), (RecordId::lead(7), Some(3)));
    assert_eq!((act.seen, act.values), (vec![(id, Value::text("555-0100"))], vec![(id, Value::text("555-0101"))]));
    stage.written(Ok(Reply::Version(4)));
    assert_eq!(stage.outcomes, [Outcome::FieldSaved { next: false }]);
    assert!(stage.draft().is_none());
}

#[test]
fn tab_saves_and_goes_on() {
    let mut stage = editing("phone", &[]);
    stage.keys("tab");
    assert_eq!((stage.outcomes.as_slice(), stage.acts().len()), (&[Outcome::FieldSaved { next: true }][..], 0));
    open(&mut stage, "city", &[]);
    stage.write("Bonn").keys("tab").written(Ok(Reply::Version(4)));
    assert_eq!(stage.outcomes.last(), Some(&Outcome::FieldSaved { next: true }));
}

#[test]
fn what_was_read_is_shown_while_typing() {
    let mut stage = editing("estimated_close_date", &[]);
    assert!(stage.screen().contains("a day: 24 Nov, tomorrow"));
    stage.write("tomorrow");
    assert!(stage.screen().contains("→ Tue 24 Nov"));
    stage.write("x").keys("enter");
    assert!(stage.said().contains("“tomorrowx” is not understood as a date"), "{}", stage.said());
    assert!(stage.screen().contains("! “tomorrowx”"));
    let mut stage = editing("estimated_value", &[]);
    stage.write("40k eur");
    assert!(stage.screen().contains("→ 40,000.00 EUR"));
    stage.keys("enter");
    let names: Vec<&str> = update(&stage).values.iter().map(|(id, _)| stage.env.catalog.field(*id).name).collect();
    assert_eq!(names, ["estimated_value", "currency"]);
    let mut stage = editing("estimated_value", &[("currency", Value::text("USD"))]);
    stage.write("40k eur").keys("enter");
    assert!(stage.said().contains("nothing is converted"), "{}", stage.said());
}

#[test]
fn a_choice_is_one_digit_or_some_letters_or_an_arrow_away() {
    for keys in ["1", "h enter", "up enter", "left enter"] {
        let mut stage = editing("rating", &[]);
        assert!(stage.screen().contains("1 Hot") && stage.screen().contains("4 none"), "{}", stage.screen());
        stage.keys(keys);
        assert_eq!(update(&stage).values[0].1, Value::Choice(1), "{keys}");
    }
    let mut stage = editing("rating", &[]);
    stage.keys("backspace enter");
    assert_eq!(update(&stage).values[0].1, Value::None);
    let mut stage = editing("do_not_phone", &[]);
    stage.keys("down enter");
    assert_eq!(update(&stage).values[0].1, Value::Bool(true));
}

#[test]
fn a_new_source_is_added_before_it_is_saved() {
    let mut stage = editing("source", &[]);
    stage.write("Expo");
    assert!(stage.screen().contains("new: “Expo”"), "{}", stage.screen());
    stage.write(" 26").keys("enter");
    let add = AddChoice { set: Set::Source, label: "Expo 26".into(), state: None };
    assert_eq!(stage.acts().pop().unwrap().1, AnyAct::AddChoice(add));
    // the words of the database are read again before the reply comes
    let choice = Choice::new(100_001, "Expo 26");
    let mut catalog = (*stage.env.catalog).clone();
    catalog.choices.put(Set::Source, choice.clone());
    stage.env.catalog = std::sync::Arc::new(catalog);
    stage.written(Ok(Reply::Choice(choice)));
    assert_eq!(update(&stage).values[0].1, Value::Choice(100_001));
}

#[test]
fn esc_keeps_the_draft_and_enter_goes_on() {
    let mut stage = editing("topic", &[]);
    stage.write("!").keys("esc");
    assert_eq!((stage.said(), stage.layers.len()), ("draft kept · Enter goes on", 0));
    let draft = stage.draft().unwrap();
    assert_eq!(draft.key, "field-L-7-topic");
    stage.env.drafts = vec![draft];
    open(&mut stage, "topic", &[]);
    assert!(stage.screen().contains("3D printers!") && stage.said().contains("your draft is back"));
    stage.keys("ctrl-c");
    assert!(stage.draft().is_none() && !stage.screen().contains("printers!"));
    stage.keys("ctrl-u enter");
    assert_eq!(stage.said(), "Topic is needed");
}

#[test]
fn a_conflict_shows_both_and_keeps_either() {
    for (key, saved) in [("1", None), ("2", Some(Value::text("555-0199")))] {
        let mut stage = editing("phone", &[]);
        stage.keys("ctrl-u").write("555-0199").keys("enter");
        let clashes = vec![Clash { field: "phone".into(), theirs: "555-0111".into(), yours: "555-0199".into() }];
        let conflict = Conflict { record: "L-7".into(), version: 8, by: "bo".into(), at: NOW, clashes };
        stage.written(Err(Error::Conflict(Box::new(conflict))));
        assert!(stage.screen().contains("Bo's:  555-0111"), "{}", stage.screen());
        stage.keys(key);
        match saved {
            Some(value) => {
                let act = update(&stage);
                assert_eq!((act.version, act.values[0].1.clone()), (Some(8), value));
            }
            None => assert_eq!(stage.outcomes, [Outcome::FieldSaved { next: false }]),
        }
    }
}

#[test]
fn what_is_closed_says_why() {
    let mut stage = editing("phone", &[("status", Value::Choice(1))]);
    stage.write("1");
    assert_eq!(stage.said(), "qualified, so read-only");
    stage.keys("tab");
    assert_eq!(stage.outcomes, [Outcome::FieldSaved { next: true }]);
}

const KEYS: &[&str] =
    &["tab", "down", "up", "enter", "left", "right", "backspace", "ctrl-w", "alt-enter", "ctrl-c", "1", "9", "x", "ctrl-/"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_keys_in_any_field_and_size_break_nothing(
        columns in 1u16..150, rows in 1u16..40, field in 0u16..100,
        steps in prop::collection::vec((0usize..KEYS.len() + 3, ".{0,5}"), 0..15),
    ) {
        let mut stage = Stage::new(columns, rows);
        let record = stage.env.lead(&[]);
        let (id, _) = stage.env.catalog.lead.ids().nth(usize::from(field) % stage.env.catalog.lead.len()).unwrap();
        stage.open(|cx| FieldEditor::new(&record, id, cx));
        for (step, text) in steps {
            match KEYS.get(step) {
                Some(key) => { stage.keys(key); }
                None => { stage.write(&text); }
            }
            let (_, cursor) = stage.draw();
            prop_assert!(cursor.is_none_or(|at| at.x < columns && at.y < rows));
            stage.mouse(columns / 2, rows / 2, 0);
        }
    }
}
