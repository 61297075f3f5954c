//! The record: its fields, its timeline, editing in place, what others changed meanwhile.

use leadbook::model::entity::RecordId;
use leadbook::service::note::AddNote;
use leadbook::service::record::delete::DeleteRecords;
use leadbook::service::record::update::UpdateRecords;
use leadbook::service::scope::Targets;

use crate::harness::{Stage, at_all_sizes};

/// Opens Ann Lee.
pub fn ann(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    stage.keys("j<enter>").shows("Ann Lee · Contoso");
    stage
}

/// Ann Lee's number.
pub fn number(stage: &Stage) -> i64 {
    stage.sql("SELECT CAST(number AS TEXT) FROM lead WHERE name = 'Ann Lee'")[0].parse().expect("a number")
}

/// Values as people type them, of one lead, by somebody else.
pub fn others_change(stage: &Stage, field: &'static str, text: &str) -> UpdateRecords {
    let env = stage.env();
    let id = env.catalog.lead.id(field);
    let value = leadbook::model::field::read::read(env.catalog.field(id), text, &env.reading()).expect("a value");
    let targets = Targets::one(RecordId::lead(number(stage)));
    UpdateRecords { targets, values: vec![(id, value)], leave_out_closed: false }
}

#[test]
fn record() {
    at_all_sizes("record", |stage| {
        stage.keys("j<enter>");
    });
    for (columns, rows) in [(70, 20), (50, 20), (40, 12)] {
        let mut stage = Stage::new(columns, rows);
        snapshot!(stage, format!("record_{columns}x{rows}"), "j<enter>");
    }
}

#[test]
fn a_handed_over_lead_says_from_whom_and_is_new_until_opened() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "record_handed", "<enter>");
    stage.keys("<esc>").hides("+ Cy");
}

#[test]
fn the_next_record_of_the_list() {
    let mut stage = ann(80, 24);
    stage.keys("J").shows("Bo Ekman · Fabrikam").keys("KK").shows("Cy Diaz · Litware").keys("<esc>").shows("My open leads");
}

#[test]
fn the_timeline_has_tabs() {
    let mut stage = ann(80, 40);
    snapshot!(stage, "timeline", "<tab>j");
    snapshot!(stage, "timeline_notes", "]");
    snapshot!(stage, "timeline_history", "]");
}

#[test]
fn wide_and_combining_characters_line_up() {
    let mut stage = Stage::new(80, 24);
    stage.keys("/mika<esc>").keys("/田中<enter><enter>");
    snapshot!(stage, "record_wide");
    stage.keys("<esc><esc>/müller<enter><enter>");
    snapshot!(stage, "record_combining");
}

#[test]
fn a_field_is_edited_in_place() {
    at_all_sizes("field_text", |stage| {
        stage.keys("j<enter><enter>");
    });
    let mut stage = ann(80, 24);
    stage.keys("<enter><c-u>Two printers<enter>").shows("u undoes").shows("Two printers");
    assert_eq!(stage.sql("SELECT topic FROM lead WHERE name = 'Ann Lee'"), ["Two printers"]);
}

#[test]
fn a_choice_is_edited_in_place_with_what_it_can_be() {
    let mut stage = ann(80, 24);
    snapshot!(stage, "field_choice", "jj<enter>");
    stage.keys("<esc>j<enter>");
    snapshot!(stage, "field_locked");
}

#[test]
fn a_value_that_cannot_be_read_says_so_beside_it() {
    let mut stage = ann(80, 24);
    stage.keys("jjjjj<enter>");
    snapshot!(stage, "field_money");
    snapshot!(stage, "field_wrong", "<c-u>much<enter>");
    snapshot!(stage, "field_left", "<esc>");
    snapshot!(stage, "field_again", "<enter>");
}

#[test]
fn both_values_are_shown_when_somebody_was_quicker() {
    at_all_sizes("conflict", |stage| {
        stage.keys("j<enter><enter>");
        let theirs = others_change(stage, "topic", "Laser printers");
        stage.unnoticed(2, theirs).keys("<c-u>Ink printers<enter>").shows("Bo changed Topic");
    });
    let mut stage = ann(80, 24);
    stage.keys("<enter>");
    let theirs = others_change(&stage, "topic", "Laser printers");
    stage.unnoticed(2, theirs).keys("<c-u>Ink printers<enter>2");
    assert_eq!(stage.sql("SELECT topic FROM lead WHERE name = 'Ann Lee'"), ["Ink printers"]);
    stage.keys("u").shows("Laser printers");
}

#[test]
fn what_others_write_is_seen_at_once() {
    let mut stage = ann(120, 40);
    let theirs = others_change(&stage, "topic", "Laser printers");
    stage.meanwhile(2, theirs).shows("Laser printers");
    let about = RecordId::lead(number(&stage));
    stage.meanwhile(2, AddNote { about, body: "called me back".into() }).shows("called me back");
    let gone = DeleteRecords { targets: Targets::leads(vec![number(&stage)]) };
    stage.meanwhile(1, gone);
    snapshot!(stage, "record_deleted_meanwhile");
}

#[test]
fn steps_of_the_process_are_ticked_above_the_fields() {
    at_all_sizes("process", |stage| {
        stage.keys("j<enter><backtab>Gh<space>").shows("✓").shows("u undoes");
    });
    for (columns, rows) in [(50, 20), (40, 12)] {
        let mut stage = ann(columns, rows);
        snapshot!(stage, format!("process_{columns}x{rows}"), "<backtab>Gh");
    }
    let mut stage = ann(80, 24);
    let decider = "SELECT CAST(decision_maker AS TEXT) FROM lead WHERE name = 'Ann Lee'";
    stage.keys("<backtab>Gh<enter>").shows("u undoes");
    assert_eq!(stage.sql(decider), ["1"]);
    stage.keys("u").shows("Undone").hides("✓ Decider");
    // a step that says more is edited as its field, and Tab goes on with the next step
    stage.keys("ggll<enter>").shows("Purchase Timeframe · Ann Lee").keys("1").shows("✓ Timeframe");
    stage.keys("l<enter><c-u>4k<tab>").shows("Purchase Process · Ann Lee");
    stage.keys("<esc>").shows("✓ Budget");
}

#[test]
fn the_step_on_says_what_the_stage_lacks() {
    let mut stage = ann(120, 40);
    stage.keys("<backtab>>").shows("New → Contacted").keys(">").shows("Qualify Ann Lee").shows("Qualify still lacks");
}

#[test]
fn a_closed_record_shows_its_process_and_why_it_stays() {
    let mut stage = ann(80, 24);
    stage.keys("X2<enter>").wait(300).keys("<backtab>");
    snapshot!(stage, "process_closed", "<space>");
    let mut stage = ann(80, 24);
    stage.keys("Q<c-s>").shows("Qualified").keys("gm").shows("Develop").keys("<backtab>");
    snapshot!(stage, "process_opportunity", "ll<space>");
}
