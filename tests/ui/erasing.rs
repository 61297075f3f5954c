//! Erasing a person: from the commands alone, with the number typed; what was typed about it goes too.

use crate::harness::{Stage, at_all_sizes};

/// The question about Ann Lee, who was qualified.
fn question(stage: &mut Stage) {
    stage.keys("/ann<enter>Q").shows("Qualify Ann Lee").keys("<c-s>").shows("Qualified Ann Lee → A-1, C-1, O-1");
    stage.keys("6").shows("Ann Lee").keys(":erase<enter>").shows("Erased for good: ");
}

#[test]
fn the_question_says_what_goes_and_what_stays() {
    at_all_sizes("erase", question);
    let mut stage = Stage::new(50, 16);
    question(&mut stage);
    stage.shows("type C-1 ›");
    snapshot!(stage, "erase_50x16");
}

#[test]
fn a_person_is_erased_when_its_number_is_typed() {
    let mut stage = Stage::new(80, 24);
    stage.keys("/ann<enter>ihalf a thought<esc>").shows("draft kept");
    stage.keys(":erase<enter>").shows("This cannot be undone").keys("<enter>").shows("to erase it; Esc leaves");
    stage.keys("<esc>").shows("nothing was done");
    assert!(stage.sql("SELECT name FROM lead WHERE erased_at IS NOT NULL").is_empty());
    assert_eq!(stage.drafts().len(), 1);
    stage.keys(":erase<enter>").shows("type L-41").keys("L-41<enter>").shows("Erased L-41").hides("undoes");
    assert_eq!(stage.sql("SELECT name FROM lead WHERE erased_at IS NOT NULL"), ["(erased)"]);
    assert!(stage.drafts().is_empty());
    stage.hides("Ann Lee").keys("u").hides("Undone: Erased");
}

#[test]
fn others_than_people_are_not_erased() {
    let mut stage = Stage::new(80, 24);
    stage.keys("/ann<enter>Q").shows("Qualify Ann Lee").keys("<c-s>").shows("Qualified Ann Lee");
    stage.keys("5:erase<enter>").shows("people are erased: leads and contacts");
    stage.keys("<esc>2<esc>gg  :erase<enter>").shows("people are erased one by one");
}
