//! The list of steps, by keys.

use super::*;
use crate::error::Error;
use crate::tui::stage::{NOW, Stage};
use crate::worker::writer::Reply;

fn step(number: i64) -> Operation {
    Operation {
        number,
        act: "Assign".into(),
        summary: format!("Assigned Ann Lee to bo ({number})"),
        actor: 1,
        origin: "tui".into(),
        at: NOW - 60_000_000,
        touched: 1,
        made: None,
        undoes: None,
        undone_by: None,
    }
}

fn listed(steps: Vec<Operation>) -> Stage {
    let mut stage = Stage::new(90, 24);
    stage.open(Steps::new).answer(Slot::Steps, Ok(Answer::Steps(steps)));
    stage
}

fn undoing(stage: &Stage) -> Vec<Option<i64>> {
    let undo = |act: AnyAct| match act {
        AnyAct::Undo(undo) => Some(undo.step),
        _ => None,
    };
    stage.acts().into_iter().filter_map(|(_, act)| undo(act)).collect()
}

#[test]
fn who_when_what_and_how_many() {
    let many =
        Operation { touched: 1284, origin: "import".into(), actor: 2, summary: "Imported expo.csv\u{1b}[2J".into(), ..step(3) };
    let undone = Operation { undone_by: Some(9), ..step(2) };
    let undo = Operation { undoes: Some(2), ..step(9) };
    let mut stage = listed(vec![undo, step(4), many, undone]);
    let screen = stage.screen();
    for part in [
        "Steps, newest first",
        "1 min   ana      Assigned Ann Lee to bo (4)",
        "bo       Imported expo.csv␛[2J",
        "1,284 · import",
        "undone",
        "of step 2",
    ] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    stage.keys("enter");
    assert_eq!(stage.said(), "this took a step back itself · Ctrl-r does that step again");
    stage.keys("G enter");
    assert!(stage.said().ends_with("is taken back already · Ctrl-r does it again"), "{}", stage.said());
    assert!(undoing(&stage).is_empty());
}

#[test]
fn enter_takes_one_back_and_the_list_follows() {
    let mut stage = listed(vec![step(5), step(4), step(3)]);
    stage.keys("j enter");
    assert_eq!(undoing(&stage), [Some(4)]);
    stage.written(Ok(Reply::Step(4)));
    let undone = Operation { undone_by: Some(6), ..step(4) };
    stage.answer(Slot::Steps, Ok(Answer::Steps(vec![Operation { undoes: Some(4), ..step(6) }, step(5), undone, step(3)])));
    // the cursor is still on the step that was taken back
    stage.keys("enter");
    assert!(stage.said().contains("taken back already"), "{}", stage.said());
    stage.keys("j enter").written(Err(Error::refused("changed since by step 9", "undo that first")));
    assert_eq!((undoing(&stage), stage.layers.len()), (vec![Some(4), Some(3)], 1));
}

#[test]
fn what_is_large_or_made_elsewhere_is_asked_first() {
    let mut stage = listed(vec![Operation { touched: 30, ..step(5) }]);
    stage.keys("enter");
    assert!(undoing(&stage).is_empty() && stage.screen().contains("It changed 30 records."));
    stage.keys("n");
    assert_eq!((stage.layers.len(), undoing(&stage).len()), (1, 0));
    stage.keys("enter y");
    assert_eq!((stage.layers.len(), undoing(&stage)), (1, vec![Some(5)]));
}

#[test]
fn older_steps_come_as_the_cursor_nears_them() {
    let mut stage = listed((1..=100).rev().map(|n| step(n + 1000)).collect());
    assert!(stage.screen().contains("100 and older ones"));
    stage.keys("G");
    let last = stage.questions().into_iter().last();
    assert_eq!(last, Some((Slot::Steps, AnyQuery::Steps(ListSteps { before: 1001, limit: 100 }))));
    stage.answer(Slot::Steps, Ok(Answer::Steps(vec![step(7)])));
    stage.keys("G enter");
    assert_eq!(undoing(&stage), [Some(7)]);
    stage.keys("esc");
    assert!(stage.layers.is_empty());
}

#[test]
fn nothing_done_and_any_size() {
    for (columns, rows) in [(1, 1), (20, 3), (59, 5), (80, 24), (200, 50)] {
        let mut stage = Stage::new(columns, rows);
        stage.open(Steps::new).draw();
        stage.answer(Slot::Steps, Ok(Answer::Steps(Vec::new())));
        stage.keys("enter j pgdn").draw();
        stage.answer(Slot::Steps, Ok(Answer::Steps((1..40).map(step).collect())));
        stage.mouse(columns / 2, rows / 2, 0).mouse(columns / 2, rows / 2, 1).draw();
    }
    assert!(listed(Vec::new()).screen().contains("nothing has been done yet"));
}
