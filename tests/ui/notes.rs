//! Notes in the timeline: pinned, edited, found by their words, opened by their number; tags that stand in them.

use leadbook::model::entity::RecordId;
use leadbook::service::note::{AddNote, EditNote};

use crate::harness::Stage;
use crate::record::{ann, number};

/// The number of the newest note of Ann Lee.
fn newest(stage: &Stage) -> i64 {
    let sql = "SELECT CAST(max(number) AS TEXT) FROM note WHERE record = (SELECT number FROM lead WHERE name = 'Ann Lee')";
    stage.sql(sql)[0].parse().expect("a number")
}

#[test]
fn space_pins_a_note_and_lets_go_of_it() {
    let mut stage = ann(80, 40);
    let old = stage
        .sql("SELECT CAST(min(number) AS TEXT) FROM note WHERE record = (SELECT number FROM lead WHERE name = 'Ann Lee')")[0]
        .clone();
    stage.keys(&format!(":n-{old}<enter>")).shows(&format!("N-{old}"));
    stage.keys("<space>").shows("Pinned the note on Ann Lee");
    snapshot!(stage, "note_pinned");
    assert_eq!(stage.sql("SELECT CAST(count(*) AS TEXT) FROM note WHERE pinned = 1"), ["1"]);
    stage.keys("<space>").shows("Unpinned the note on Ann Lee").hides("◆");
    stage.keys("u").shows("◆");
    stage.keys("<esc>p").shows("◆");
}

#[test]
fn a_note_that_was_edited_says_how() {
    let mut stage = ann(100, 40);
    let about = RecordId::lead(number(&stage));
    stage.others(2, AddNote { about, body: "# Prices\nten for one\nask again".into() });
    let note = newest(&stage);
    stage.wait(60_000).others(1, EditNote { note, version: None, body: "# Prices\ntwelve for one\nask again".into() });
    stage.keys(&format!(":N-{note}<enter>"));
    snapshot!(stage, "note_edited");
}

#[test]
fn a_note_is_found_by_its_words_and_opened_where_it_stands() {
    let mut stage = Stage::new(80, 24);
    let lead = number(&stage);
    stage.others(2, AddNote { about: RecordId::lead(lead), body: "# Visit\nthe plant in Ulm is running again".into() });
    let note = newest(&stage);
    snapshot!(stage, "find_notes", "Fulm run");
    stage.keys("<enter>").shows("Ann Lee · Contoso").shows(&format!("N-{note}")).shows("the plant in Ulm");
    stage.keys("<esc>/text:\"plant in\"<enter>").shows("Ann Lee").hides("Bo Ekman");
}

#[test]
fn a_note_of_long_ago_is_gone_to_in_a_long_timeline() {
    let mut stage = Stage::new(80, 24);
    let about = RecordId::lead(number(&stage));
    stage.others(2, AddNote { about, body: "the first of many".into() });
    let note = newest(&stage);
    for n in 0..250 {
        stage.others(2, AddNote { about, body: format!("number {n}") });
    }
    stage.keys(&format!(":N-{note}<enter>")).shows("the first of many").shows(&format!("N-{note}"));
    stage.keys(":N-99999<enter>").shows("there is no note N-99999");
}

#[test]
fn a_tag_in_a_note_is_on_the_record() {
    let mut stage = ann(80, 24);
    stage.keys("imet at the #fair<c-s>").shows("tagged #fair");
    assert_eq!(stage.sql("SELECT t.name FROM tag t JOIN lead_tag l ON l.tag = t.number WHERE t.name = 'fair'"), ["fair"]);
    stage.keys("u");
    assert!(stage.sql("SELECT t.name FROM tag t JOIN lead_tag l ON l.tag = t.number WHERE t.name = 'fair'").is_empty());
}
