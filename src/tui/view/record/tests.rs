//! The record screen without a database: its process, and ticking steps of it.

use super::*;
use crate::model::choice::{QUALIFIED, Set};
use crate::model::entity::Entity;
use crate::tui::stage::Stage;

fn detail(record: Record) -> RecordDetail {
    RecordDetail { record, timeline: Vec::new(), more: false, notes: 0, activities: 0, related: Vec::new() }
}

/// Ann Lee with these further values.
fn ann(columns: u16, rows: u16, values: &[(&'static str, Value)]) -> Stage {
    let mut stage = Stage::new(columns, rows);
    stage.open(|cx| RecordView::open(RecordId::lead(7), cx));
    let lead = stage.env.lead(values);
    stage.answer(Slot::Record, Ok(Answer::Record(Box::new(detail(lead)))));
    stage
}

/// What the last act writes.
fn written(stage: &Stage) -> Vec<(&'static str, Value)> {
    let Some((_, AnyAct::UpdateMany(act))) = stage.acts().pop() else { panic!("no field is written") };
    act.values.into_iter().map(|(id, value)| (stage.env.catalog.field(id).name, value)).collect()
}

#[test]
fn a_flag_is_ticked_and_the_tick_taken_off() {
    let mut stage = ann(120, 40, &[]);
    stage.keys("backtab G h space");
    assert_eq!(written(&stage), [("decision_maker", Value::Bool(true))], "{}", stage.screen());
    let mut stage = ann(120, 40, &[("decision_maker", Value::Bool(true))]);
    assert!(stage.screen().contains("✓ Identify Decision Maker"), "{}", stage.screen());
    stage.keys("backtab G h enter");
    assert_eq!(written(&stage), [("decision_maker", Value::Bool(false))]);
}

#[test]
fn a_step_that_says_more_opens_the_editor_of_its_field() {
    let mut stage = ann(80, 24, &[]);
    stage.keys("home k");
    assert_eq!(stage.layers.len(), 1);
    stage.keys("G enter");
    assert!(stage.acts().is_empty() && stage.layers.len() == 2, "{}", stage.screen());
    assert!(stage.screen().contains("Description · "), "{}", stage.screen());
}

#[test]
fn the_bar_is_entered_from_the_first_field_and_left_downwards() {
    let mut stage = ann(80, 24, &[]);
    stage.keys("home k");
    assert_eq!(stage.layers[0].scopes(), [Scope::Process, Scope::Record]);
    stage.keys("k j");
    assert_eq!(stage.layers[0].scopes(), [Scope::Record]);
    stage.keys("tab tab");
    assert_eq!(stage.layers[0].scopes(), [Scope::Process, Scope::Record]);
    stage.keys("tab");
    assert_eq!(stage.layers[0].scopes(), [Scope::Record]);
}

#[test]
fn an_account_has_no_bar() {
    let mut stage = Stage::new(80, 24);
    let key = Entity::Account.numbered(3);
    stage.open(|cx| RecordView::open(key, cx));
    let record = Record::new(key, uuid::Uuid::nil(), 1, Vec::new());
    stage.answer(Slot::Record, Ok(Answer::Record(Box::new(detail(record)))));
    stage.keys("home k backtab backtab k k k");
    assert_eq!(stage.layers[0].scopes(), [Scope::Record]);
}

#[test]
fn a_closed_record_shows_its_steps_and_says_why_they_stay() {
    let mut stage = ann(120, 40, &[("status", Value::Choice(QUALIFIED)), ("decision_maker", Value::Bool(true))]);
    assert!(stage.screen().contains("✓ Identify Decision Maker"), "{}", stage.screen());
    assert!(stage.screen().contains("[Qualify]") && stage.screen().contains("qualified, so read-only"), "{}", stage.screen());
    stage.keys("backtab space");
    assert!(stage.acts().is_empty());
    let view = &stage.layers[0];
    assert_eq!(view.unavailable(Action::Mark, &stage.env).as_deref(), Some("qualified, so read-only"));
}

#[test]
fn every_step_is_reached_on_every_screen() {
    for columns in [40, 50, 59, 60, 80, 100, 120, 200] {
        for rows in [12, 16, 20, 24, 40, 50] {
            let mut stage = ann(columns, rows, &[]);
            stage.keys("backtab home");
            let steps = crate::model::process::steps(&stage.env.catalog.lead, &stage.env.lead(&[]), 0);
            for step in steps {
                let screen = stage.screen();
                let shown = [step.label, step.short].iter().any(|name| screen.contains(&format!(" {name}")));
                assert!(shown, "{columns}×{rows}: {} in\n{screen}", step.label);
                stage.keys("l");
            }
        }
    }
}

#[test]
fn the_stages_stand_where_there_is_room() {
    let stages: Vec<String> =
        Stage::new(80, 24).env.catalog.choices.all(Set::Stage).iter().map(|choice| choice.label.clone()).collect();
    let whole = stages.join(" ▸ ");
    assert!(ann(80, 24, &[]).screen().contains(&whole));
    let small = ann(50, 16, &[]).screen();
    assert!(!small.contains(&whole) && small.contains("Qualify 0/7"), "{small}");
}
