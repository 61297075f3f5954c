//! Undo, redo and the list of steps; what is asked before, and what is refused.

use crate::harness::{Stage, at_all_sizes};
use crate::record::others_change;

#[test]
fn undo_and_redo() {
    let mut stage = Stage::new(80, 24);
    stage.keys("jDu").shows("Ann Lee");
    snapshot!(stage, "undone");
    stage.keys("<c-r>").hides("Ann Lee  ");
    snapshot!(stage, "redone");
    let mut stage = stage.restart();
    stage.keys("u").shows("Ann Lee");
}

#[test]
fn old_and_large_steps_are_asked_for_first() {
    let mut stage = Stage::new(80, 24);
    // the newest step of ana's is of this morning; the one before is of yesterday
    for _ in 0..10 {
        if !stage.screen().contains("Please confirm") {
            stage.keys("u");
        }
    }
    snapshot!(stage, "undo_old");
    let before = stage.acts.len();
    stage.keys("n");
    assert_eq!(stage.acts.len(), before);
}

#[test]
fn steps_are_listed_and_one_is_undone_out_of_order() {
    at_all_sizes("steps", |stage| {
        stage.keys("jRcold<enter>jRhot<enter>U");
    });
    let mut stage = Stage::new(80, 24);
    stage.keys("jRcold<enter>");
    let theirs = others_change(&stage, "rating", "Warm");
    stage.meanwhile(2, theirs);
    snapshot!(stage, "steps_of_others", "U");
    stage.keys("j<enter>");
    snapshot!(stage, "undo_refused");
}

#[test]
fn nothing_to_undo() {
    let mut stage = Stage::with(crate::harness::Setting { seed: crate::seed::Seed::Empty, ..Default::default() });
    stage.keys("u");
    snapshot!(stage, "undo_nothing");
}

#[test]
fn the_last_act_is_done_again() {
    let mut stage = Stage::new(80, 24);
    stage.keys("jRcold<enter>j.");
    let rows = stage.sql("SELECT name FROM lead WHERE rating = 3 AND name IN ('Bo Ekman', 'Ann Lee') ORDER BY name");
    assert_eq!(rows, ["Ann Lee", "Bo Ekman"]);
}

#[test]
fn recent_records_and_messages_are_listed() {
    let mut stage = Stage::new(80, 24);
    stage.keys("<enter><esc>j<enter><esc>").keys("ZRcold<enter>");
    snapshot!(stage, "recent", "H");
    snapshot!(stage, "messages", "<esc>:messages<enter>");
}
