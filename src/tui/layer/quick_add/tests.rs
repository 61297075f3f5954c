//! The quick line by keys: what is understood, saved, carried on and kept.

use proptest::prelude::*;

use super::*;
use crate::error::Error;
use crate::model::value::Value;
use crate::service::list::AddChoice;
use crate::service::record::create::CreateRecord;
use crate::tui::layer::Outcome;
use crate::tui::stage::{NOW, Stage};
use crate::worker::writer::{AnyAct, Reply};

fn opened(columns: u16, rows: u16, text: &str) -> Stage {
    let mut stage = Stage::new(columns, rows);
    stage.open(|cx| QuickAdd::new(text, cx.env));
    stage
}

fn named(stage: &Stage, values: Vec<(crate::model::field::FieldId, Value)>) -> Vec<(&'static str, Value)> {
    values.into_iter().map(|(id, value)| (stage.env.catalog.field(id).name, value)).collect()
}

fn created(stage: &Stage) -> Vec<(&'static str, Value)> {
    match stage.acts().pop() {
        Some((_, AnyAct::Create(CreateRecord { values, .. }))) => named(stage, values),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_understood_stands_below_the_line() {
    let mut stage = opened(80, 24, "");
    assert!(stage.screen().contains("a name or a company is enough") && stage.screen().contains("› "));
    stage.write("Ann Lee @ Contoso ann@contoso.com +1 555 0100 via web !hot #expo needs 3D printers");
    let screen = stage.screen();
    for part in [
        "Name        Ann Lee",
        "Company @   Contoso",
        "E-mail      ann@contoso.com",
        "Phone       +1 555 0100",
        "Source  via Web",
        "Rating  !   ▲ hot",
        "Tags    #   expo",
        "Topic   :   needs 3D printers",
    ] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    let narrow = opened(40, 20, "Ann @ Contoso").screen();
    assert!(narrow.contains("Company @   Contoso") && !narrow.contains("Phone"), "{narrow}");
}

#[test]
fn enter_saves_and_closes() {
    let mut stage = opened(80, 24, "Ann Lee @ Contoso via web");
    stage.keys("enter");
    let values = created(&stage);
    for wanted in [("last_name", Value::text("Lee")), ("topic", Value::text("Web")), ("source", Value::Choice(8))] {
        assert!(values.contains(&wanted), "{wanted:?} in {values:?}");
    }
    stage.keys("esc");
    assert!(stage.layers.len() == 1 && stage.said().starts_with("still being saved"));
    stage.written(Ok(Reply::Number(1)));
    assert!(stage.layers.is_empty());
}

#[test]
fn ctrl_n_begins_the_next_with_the_same_source_and_tags() {
    let mut stage = opened(80, 24, "");
    stage.write("Ann Lee via web #expo").keys("ctrl-n").written(Ok(Reply::Number(1))).write("B");
    assert!(stage.screen().contains("› B") && stage.screen().contains("Web (filled in)"), "{}", stage.screen());
    stage.write("o Ek #vip").keys("enter");
    let values = created(&stage);
    assert!(values.contains(&("source", Value::Choice(8))), "{values:?}");
    assert!(values.contains(&("tags", Value::Tags(vec!["expo".into(), "vip".into()]))), "{values:?}");
    let mut stage = opened(80, 24, "Ann Lee via web #expo");
    stage.keys("ctrl-n").written(Ok(Reply::Number(1)));
    assert!(stage.screen().contains("as before: via Web #expo"));
    stage.keys("backspace");
    assert!(!stage.screen().contains("as before"));
}

#[test]
fn a_new_source_is_shown_and_added_first() {
    let mut stage = opened(80, 24, "");
    stage.write("Ann Lee via Expo");
    assert!(stage.screen().contains("new source “Expo”, added with the lead"), "{}", stage.screen());
    stage.keys("enter");
    let add = AddChoice { set: Set::Source, label: "Expo".into(), state: None };
    assert_eq!(stage.acts().pop().unwrap().1, AnyAct::AddChoice(add));
    stage.written(Ok(Reply::Choice(Choice::new(100_000, "Expo"))));
    assert!(created(&stage).contains(&("source", Value::Choice(100_000))));
    let typo = opened(80, 24, "Ann via Webb").screen();
    assert!(typo.contains("did you mean Web?"), "{typo}");
}

#[test]
fn tab_opens_the_form_with_the_values() {
    let mut stage = opened(80, 24, "");
    stage.write("ann@contoso.com").keys("tab");
    let Some(Outcome::NewForm(_, values)) = stage.outcomes.pop() else { panic!("{:?}", stage.outcomes) };
    assert_eq!(named(&stage, values), [("email", Value::text("ann@contoso.com"))]);
    assert!(stage.draft().is_none());
    let mut stage = opened(80, 24, "");
    stage.keys("tab");
    assert_eq!(stage.outcomes, [Outcome::NewForm(crate::model::entity::Entity::Lead, Vec::new())]);
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_lost() {
    let mut stage = opened(80, 24, "");
    stage.keys("enter");
    assert_eq!(stage.said(), "type a name, or a company after @");
    stage.write("!great Ann");
    assert!(stage.screen().contains("! “great” is no rating"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.acts().is_empty() && stage.said().contains("“great” is no rating"));
    stage.keys("ctrl-u").write("Ann Lee").keys("enter").written(Err(Error::Full("the disk is full".into())));
    assert!(stage.screen().contains("› Ann Lee") && stage.screen().contains("! the disk is full"), "{}", stage.screen());
}

#[test]
fn esc_keeps_the_draft_and_n_brings_it_back() {
    let mut stage = opened(80, 24, "");
    stage.write("Ann Lee").keys("esc");
    assert_eq!((stage.said(), stage.layers.len()), ("draft kept · n goes on", 0));
    let draft = stage.draft().unwrap();
    assert_eq!((draft.key.as_str(), draft.text.as_str()), ("quick-add", "Ann Lee"));
    stage.env.drafts = vec![Draft { at: NOW - 7_200_000_000, ..draft }];
    stage.open(|cx| QuickAdd::new("", cx.env));
    assert!(stage.screen().contains("› Ann Lee") && stage.screen().contains("your draft of 2 h ago is back"));
    stage.keys("ctrl-c");
    assert!(stage.draft().is_none());
    stage.keys("ctrl-c");
    assert!(stage.layers.is_empty());
    // text that comes from a search does not write over it
    stage.open(|cx| QuickAdd::new("Bo", cx.env)).write(" Ek");
    assert_eq!(stage.draft().map(|draft| draft.key), Some("quick-add-2".into()));
}

const KEYS: &[&str] = &["tab", "enter", "ctrl-n", "left", "backspace", "ctrl-w", "ctrl-c", "down", "home", "ctrl-/", "alt-b"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_line_in_any_size_breaks_nothing(
        columns in 1u16..150, rows in 1u16..40,
        steps in prop::collection::vec((0usize..KEYS.len() * 2, "( via | @ |#|!|:|\"|\\PC){0,6}"), 0..12),
    ) {
        let mut stage = opened(columns, rows, "");
        for (step, text) in steps {
            match KEYS.get(step) {
                Some(key) => { stage.keys(key); }
                None => { stage.write(&text); }
            }
            let (_, cursor) = stage.draw();
            prop_assert!(cursor.is_none_or(|at| at.x < columns && at.y < rows));
            stage.mouse(columns / 2, rows.saturating_sub(3), 0);
        }
    }
}
