//! What is written: new leads, forms, notes, owners, tags, ratings, reasons, files.

use crate::harness::{Stage, at_all_sizes};
use crate::record::{ann, others_change};

#[test]
fn quick_add_shows_what_it_understands() {
    at_all_sizes("quick_add_empty", |stage| {
        stage.keys("n");
    });
    at_all_sizes("quick_add", |stage| {
        stage.keys("nPia Lund @ Contoso pia@contoso.example +1 555 0188 via web !hot #expo needs 3D printers");
    });
    let mut stage = Stage::new(80, 24);
    stage.keys("nPia Lund @ Contoso pia@contoso.example via web !hot #expo needs printers<enter>").shows("  Pia Lund");
    snapshot!(stage, "quick_add_saved");
    let row = stage.sql("SELECT name || '|' || company || '|' || email || '|' || topic FROM lead WHERE name = 'Pia Lund'");
    assert_eq!(row, ["Pia Lund|Contoso|pia@contoso.example|needs printers"]);
}

#[test]
fn a_draft_says_what_was_begun_and_what_goes_on() {
    let mut stage = Stage::new(80, 24);
    stage.keys("iasks for<esc><enter>").shows("✎ a note was begun · i goes on").keys("j").shows("✎ a note was begun");
    stage.keys("i").hides("was begun").keys("<c-s>j").hides("was begun");
    stage.keys("eX<esc>j").shows("✎ the form was begun · e goes on").keys("<esc>p").wait(500).shows("✎ the form was begun");
    stage.keys("<enter>eX<c-c>").hides("was begun");
    let mut stage = Stage::new(120, 40);
    stage.keys("j<enter><enter>X<esc>k").shows("✎ Topic was begun · Enter on it goes on");
}

#[test]
fn quick_add_goes_on_with_the_same_source() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "quick_add_next", "nPia Lund @ Contoso via web #expo<c-n>");
    stage.keys("Ole Riis @ Contoso<enter>");
    let rows = stage.sql("SELECT name FROM lead WHERE source = (SELECT source FROM lead WHERE name = 'Ann Lee') AND name IN ('Pia Lund', 'Ole Riis') ORDER BY name");
    assert_eq!(rows, ["Ole Riis", "Pia Lund"]);
}

#[test]
fn quick_add_says_what_is_wrong_and_keeps_the_line() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "quick_add_wrong", "n!tepid<enter>");
    snapshot!(stage, "quick_add_left", "<esc>");
    snapshot!(stage, "quick_add_again", "n");
}

#[test]
fn the_form_goes_on_from_the_quick_line() {
    at_all_sizes("form_new", |stage| {
        stage.keys("nPia Lund @ Contoso !hot<tab>");
    });
}

#[test]
fn the_form_says_every_mistake_beside_its_field() {
    at_all_sizes("form_edit", |stage| {
        stage.keys("je");
    });
    let mut stage = ann(80, 24);
    stage.keys("e");
    snapshot!(stage, "form_errors", "<tab><c-u><tab><tab><c-u>no mail<c-s>");
    snapshot!(stage, "form_left", "<esc>");
    snapshot!(stage, "form_again", "e");
}

#[test]
fn a_form_and_somebody_quicker() {
    let mut stage = ann(80, 24);
    stage.keys("e");
    let theirs = others_change(&stage, "company", "Contoso Ltd");
    stage.unnoticed(2, theirs);
    stage.keys("<tab><tab><tab>");
    snapshot!(stage, "form_before_conflict");
}

#[test]
fn notes_are_written_with_the_record_in_view() {
    at_all_sizes("note", |stage| {
        stage.keys("ji# Second call<enter>- wants *three*<enter>- [ ] call Ann tomorrow 15:00");
    });
    let mut stage = ann(80, 24);
    stage.keys("iHas budget<c-s>").shows("u undoes").shows("Has budget");
    snapshot!(stage, "note_saved");
    assert_eq!(stage.sql("SELECT body FROM note WHERE body LIKE 'Has%'"), ["Has budget"]);
}

#[test]
fn a_note_that_is_left_is_kept_and_goes_on() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "note_left", "jihalf a tho<esc>");
    let mut stage = stage.restart();
    stage.shows("✎ ");
    snapshot!(stage, "note_again", "ji");
    stage.keys("ught<c-s>");
    assert_eq!(stage.sql("SELECT body FROM note WHERE body LIKE 'half%'"), ["half a thought"]);
    assert!(stage.drafts().is_empty());
}

#[test]
fn a_note_goes_on_in_the_external_editor_and_takes_templates() {
    let mut stage = ann(80, 24);
    stage.editor = Some("from outside\nwith two lines".into());
    snapshot!(stage, "note_outside", "ibegun<c-e>");
    stage.keys("<esc>");
    snapshot!(stage, "note_templates", "i<c-t>");
    snapshot!(stage, "note_search", "<esc><c-f>two");
}

#[test]
fn a_lead_is_handed_over_with_a_note() {
    at_all_sizes("assign", |stage| {
        stage.keys("ja");
    });
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "assign_note", "jabo<enter>");
    stage.keys("knows the large printer<enter>").shows("u undoes");
    snapshot!(stage, "assigned");
    stage.keys("u").shows("Ann Lee");
}

#[test]
fn tags_are_added_and_taken_off() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "tags", "jT");
    stage.keys("fair -vip<enter>").shows("u undoes");
    snapshot!(stage, "tagged");
}

#[test]
fn rating_and_status_reason_are_one_key_and_a_choice() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "rating", "jjR");
    stage.keys("hot<enter>").shows("u undoes");
    snapshot!(stage, "rated");
    snapshot!(stage, "status_reason", "S");
    stage.keys("<esc>vclosed<enter>");
    snapshot!(stage, "status_reason_closed", "S");
}

#[test]
fn deleted_leads_come_back() {
    let mut stage = Stage::new(80, 24);
    stage.keys("jD").hides("Ann Lee  ").shows("u undoes");
    snapshot!(stage, "deleted");
    stage.keys("vdeleted<enter>").shows("Ann Lee");
    stage.keys("O");
    snapshot!(stage, "restored");
    stage.keys("vmy open<enter>").shows("Ann Lee");
}

#[test]
fn the_list_is_written_to_a_file() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "export", "E");
    stage.keys("<c-u>");
    let file = stage.folder().join("out.csv");
    stage.paste(&file.display().to_string());
    stage.keys("<enter>").shows("32 leads written");
    let rows = csv::Reader::from_path(file).expect("the file").records().count();
    assert_eq!(rows, 32);
    // the marked ones alone
    let few = stage.folder().join("few.jsonl");
    stage.keys("  E<c-u>").paste(&few.display().to_string());
    stage.keys("<enter>").shows("2 leads written");
    assert_eq!(std::fs::read_to_string(few).expect("the file").lines().count(), 2);
}
