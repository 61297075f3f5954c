//! The import on screen: the file, its columns, what would happen, what happened.

use crate::harness::{Stage, at_all_sizes};

const FILE: &str = "tests/fixtures/csv/dynamics-365.csv";

fn begin(stage: &mut Stage, file: &str) {
    stage.keys("I<c-u>").paste(file).keys("<enter>");
}

#[test]
fn a_file_is_asked_for_and_completed() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "import_file", "I");
    stage.paste("tests/fixtures/csv/hub");
    snapshot!(stage, "import_file_completed", "<tab>");
    snapshot!(stage, "import_file_missing", "x<enter>");
    // the path stays, to be mended
    stage.keys("<backspace><enter>").shows("Enter go on");
}

#[test]
fn columns_with_samples_and_guesses() {
    at_all_sizes("import_columns", |stage| begin(stage, FILE));
    let mut stage = Stage::new(80, 24);
    begin(&mut stage, FILE);
    snapshot!(stage, "import_change", "jje");
    snapshot!(stage, "import_settings", "<esc><tab>");
}

#[test]
fn what_would_happen_and_what_happened() {
    at_all_sizes("import_trial", |stage| {
        begin(stage, FILE);
        stage.keys("<enter>");
    });
    let mut stage = Stage::new(80, 24);
    begin(&mut stage, FILE);
    let before = stage.sql("SELECT CAST(count(*) AS TEXT) FROM lead");
    stage.keys("<enter>");
    assert_eq!(stage.sql("SELECT CAST(count(*) AS TEXT) FROM lead"), before, "nothing is written before the second Enter");
    stage.keys("<enter>");
    snapshot!(stage, "import_done");
    stage.keys("<esc>");
    snapshot!(stage, "import_left");
    // the same file again creates nothing
    begin(&mut stage, FILE);
    snapshot!(stage, "import_again", "<enter>");
}

#[test]
fn rows_that_cannot_be_read_are_named() {
    let mut stage = Stage::new(80, 24);
    begin(&mut stage, "tests/fixtures/csv/ragged.csv");
    stage.keys("<enter>");
    snapshot!(stage, "import_ragged");
}

#[test]
fn a_file_that_is_no_list_of_leads() {
    let mut stage = Stage::new(80, 24);
    begin(&mut stage, "Cargo.toml");
    snapshot!(stage, "import_no_leads");
    let file = stage.folder().join("empty.csv");
    std::fs::write(&file, "").expect("a file");
    stage.keys("<esc>");
    begin(&mut stage, &file.display().to_string());
    snapshot!(stage, "import_empty_file");
    std::fs::write(&file, "Last Name,Company\n").expect("a file");
    stage.keys("<enter>").shows("no rows in this file").keys("<enter>").shows("open: no rows in this file").keys("<tab>");
    stage.hides("Enter go on");
}
