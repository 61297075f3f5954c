//! What is preselected, chosen, swapped and sent; what the page says will happen; any size.

use proptest::prelude::*;

use super::*;
use crate::error::Error;
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::Value;
use crate::service::merge::{Children, Merge, Merging};
use crate::tui::stage::Stage;
use crate::worker::writer::Reply;

/// L-9 beside L-7, with these further values.
fn twin(env: &Env, values: &[(&'static str, Value)]) -> Record {
    let mut record = env.lead(values);
    record.key = RecordId::lead(9);
    record
}

fn found(env: &Env, values: &[(&'static str, Value)]) -> Merging {
    let mut one = env.lead(&[("mobile_phone", Value::text("555-0177"))]);
    rules::complete(&env.catalog.lead, &mut one, "USD");
    Merging {
        records: [one, twin(env, values)],
        children: [Children::default(), Children { notes: 2, files: 0, links: 1, references: 3 }],
        obstacles: [None, None],
    }
}

const VALUES: [(&str, &str); 4] =
    [("first_name", "Anna"), ("email", "ann@contoso.example"), ("phone", "555-0199"), ("mobile_phone", "")];

fn page(columns: u16, rows: u16, change: impl FnOnce(&mut Merging)) -> Stage {
    let mut stage = Stage::new(columns, rows);
    let mut values: Vec<(&'static str, Value)> = VALUES.iter().map(|(name, text)| (*name, Value::text(*text))).collect();
    values.push(("tags", Value::Tags(vec!["expo".into()])));
    let mut found = found(&stage.env, &values);
    change(&mut found);
    stage.open(|cx| MergePage::open(RecordId::lead(7), RecordId::lead(9), cx));
    assert!(columns < 20 || rows < 8 || stage.screen().contains("reading"), "{}", stage.screen());
    stage.answer(Slot::Merge, Ok(Answer::Merge(Box::new(found))));
    stage
}

fn sent(stage: &Stage) -> (RecordId, RecordId, Vec<&'static str>) {
    match stage.acts().pop() {
        Some((_, AnyAct::Merge(Merge { master, other, take }))) => {
            (master, other, take.iter().map(|id| stage.env.catalog.field(*id).name).collect())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_the_one_that_stays_lacks_is_taken_and_the_page_says_what_happens() {
    let mut stage = page(100, 30, |_| {});
    let screen = stage.screen();
    for part in [
        "Merge two leads",
        "L-7 Ann Lee",
        "L-9 Anna Lee",
        "(•) Ann ",
        "( ) Anna",
        "( ) –",
        "(•) ann@contoso.example",
        "(•) 555-0177",
        "more fields are the same in both",
        "takes 1 value of L-9; new tags: expo",
        "gets 2 notes, 1 link and 3 references of L-9",
        "disqualified as Canceled; it points to L-7",
        "nothing written yet",
        "[ Merge  Ctrl-s ]",
    ] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    assert!(!screen.contains("Company Name"), "the same in both\n{screen}");
    stage.keys("ctrl-s ctrl-s");
    assert_eq!(stage.acts().len(), 1, "once");
    assert_eq!(sent(&stage), (RecordId::lead(7), RecordId::lead(9), vec!["email"]));
    stage.written(Ok(Reply::Done));
    assert!(stage.layers.is_empty());
}

#[test]
fn values_are_picked_and_stay_picked_when_the_other_one_stays() {
    let mut stage = page(100, 30, |_| {});
    stage.keys("right down 1 down space");
    assert!(stage.screen().contains("(•) Anna") && stage.screen().contains("(•) 555-0199"), "{}", stage.screen());
    stage.keys("tab");
    let screen = stage.screen();
    assert!(screen.contains("L-7   disqualified as Canceled; it points to L-9"), "{screen}");
    assert!(screen.contains("L-7   has no notes, links or references to move"), "{screen}");
    stage.keys("G enter");
    // the e-mail of the left one, which is empty, was chosen; the mobile phone is what the right one lacks
    assert_eq!(sent(&stage), (RecordId::lead(9), RecordId::lead(7), vec!["email", "mobile_phone"]));
}

#[test]
fn what_cannot_be_merged_away_stays_and_a_refusal_closes_the_page() {
    let mut stage = page(100, 30, |found| found.obstacles[1] = Some("L-9 is qualified".into()));
    stage.keys("tab ctrl-s");
    assert!(stage.screen().contains("L-9 is qualified"), "{}", stage.screen());
    assert_eq!((stage.said(), stage.acts().len()), ("L-9 is qualified", 0));
    stage.keys("tab ctrl-s");
    assert_eq!(sent(&stage).0, RecordId::lead(9));
    // what the service refuses leaves the page as it is
    stage.written(Err(Error::refused("no", "")));
    assert_eq!(stage.layers.len(), 1);
    stage.keys("esc");
    assert!(stage.layers.is_empty());
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| MergePage::open(RecordId::lead(7), RecordId::lead(9), cx));
    stage.answer(Slot::Merge, Err(Error::refused("L-9 was merged into L-7; work on that", "")));
    assert!(stage.layers.is_empty() && stage.said().starts_with("L-9 was merged into L-7"), "{}", stage.said());
}

#[test]
fn two_that_are_the_same_in_all_that_counts_are_merged_at_once() {
    let mut stage = page(80, 24, |found| {
        found.records[1] = found.records[0].clone();
        found.records[1].key = RecordId::lead(9);
    });
    assert!(stage.screen().contains("differ in no field"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(sent(&stage).2, Vec::<&str>::new());
}

#[test]
fn long_values_are_wrapped_and_lines_joined() {
    let url = "https://www.contoso.example/".to_owned() + &"x".repeat(30) + "end";
    let mut stage = page(80, 24, |found| {
        let registry = crate::model::field::Registry::lead();
        found.records[1].set(registry.id("website"), Value::text(url));
        found.records[0].set(registry.id("description"), Value::text("one\ntwo"));
    });
    let screen = stage.screen();
    assert!(screen.contains("end ") && screen.contains("one two") && !screen.contains('…'), "{screen}");
    stage.keys("esc");
}

#[test]
fn a_click_picks_the_value_that_it_hits() {
    let mut stage = page(100, 30, |_| {});
    let lines = stage.draw().0;
    let row = lines.iter().position(|line| line.contains("First Name")).expect("a field");
    let column =
        lines[row].chars().take_while(|c| *c != '–').collect::<String>().find("( )").map(|at| lines[row][..at].chars().count());
    stage.mouse(u16::try_from(column.expect("the right value")).unwrap(), u16::try_from(row + 1).unwrap(), 0);
    assert!(stage.screen().contains("(•) Anna"), "{}", stage.screen());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn anything_goes(
        columns in 1u16..160, rows in 1u16..50, text in "\\PC{0,60}",
        keys in prop::collection::vec(
            prop::sample::select(vec!["down", "up", "left", "right", "tab", "space", "enter", "G", "pgup", "1", "2"]), 0..12,
        ),
    ) {
        let mut stage = page(columns, rows, |found| {
            let registry = crate::model::field::Registry::lead();
            found.records[0].set(registry.id("description"), Value::text(text.clone()));
            found.records[1].set(registry.id("company"), Value::text(text));
        });
        for key in keys {
            stage.keys(key);
            stage.mouse(columns / 2, rows / 2, 0).mouse(columns / 3, rows / 3, 1);
            stage.draw();
        }
    }
}
