//! The import on screen: the file, its columns, what would happen, what happened.

use leadbook::model::definition::{Assign, Body, Definition, Rule, Trigger};
use leadbook::service::definition::PutDefinition;

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
fn it_is_said_that_rules_are_asked_who_gets_the_new_leads() {
    let mut stage = Stage::new(80, 24);
    begin(&mut stage, FILE);
    stage.keys("<enter>").hides("asked who gets").keys("<esc><esc>");
    let (assign, on) = (Some(Assign::To(1)), vec![Trigger::Imported]);
    let rule = Rule { active: true, unit: None, on, when: String::new(), assign, set: Vec::new(), tags: Vec::new(), task: None };
    let definition = Definition { number: 0, name: "All".into(), place: 1, owner: None, body: Body::Rule(rule) };
    stage.meanwhile(1, PutDefinition { definition });
    begin(&mut stage, FILE);
    stage.keys("<enter>").shows("        1  rule is asked who gets the new ones");
}

#[test]
fn rows_that_cannot_be_read_are_named() {
    let mut stage = Stage::new(80, 24);
    begin(&mut stage, "tests/fixtures/csv/ragged.csv");
    stage.keys("<enter>");
    snapshot!(stage, "import_ragged");
}

#[test]
fn vcards_are_rows_too_and_a_record_is_copied_as_one() {
    let mut stage = Stage::new(80, 24);
    begin(&mut stage, "tests/fixtures/vcf/phone.vcf");
    snapshot!(stage, "import_vcards");
    snapshot!(stage, "import_vcards_done", "<enter><enter>");
    stage.keys("<esc>/").paste("sato").keys("<enter>yv");
    let (what, text) = stage.copied.last().expect("a copy").clone();
    assert_eq!(what, "vCard");
    assert!(text.starts_with("BEGIN:VCARD\r\nVERSION:3.0\r\nN:Sato;Mei;;Dr.;\r\n"), "{text}");
    assert!(text.contains("EMAIL;TYPE=INTERNET,PREF:mei.sato@tailspin.example\r\n"), "{text}");
    stage.shows("Copied vCard");
    stage.keys("<enter>yv");
    assert_eq!(stage.copied.len(), 2);
}

#[test]
fn a_file_that_is_no_list_of_leads() {
    let mut stage = Stage::new(80, 24);
    begin(&mut stage, "LICENSE-MIT");
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

const ACCOUNTS: &str = "Account Name,Account Owner,Parent Account,Billing City,Employees\n\
    Contoso Ltd,Jo Fox,Contoso Holding,Bonn,40\nContoso Holding,Jo Fox,,Berlin,900\n";

#[test]
fn a_file_says_what_its_rows_are_and_a_person_may_say_otherwise() {
    let mut stage = Stage::new(100, 30);
    let file = stage.folder().join("firms.csv");
    std::fs::write(&file, ACCOUNTS).expect("a file");
    let file = file.display().to_string();
    begin(&mut stage, &file);
    stage.shows("accounts · the file's headings say so").shows("→ Parent Account");
    snapshot!(stage, "import_accounts", "<tab>");
    // the next kind, what the file says about it, and round again
    let rest = "e".repeat(leadbook::model::entity::Entity::IMPORTED.len() - 3);
    stage.keys("e").shows("it is read as contacts").keys("ee").shows("it is read as activities").keys(&rest).shows("say so");
    let before = stage.sql("SELECT CAST(count(*) AS TEXT) FROM account")[0].parse::<i64>().expect("a number");
    stage.keys("<enter><enter>");
    snapshot!(stage, "import_accounts_done");
    let now = stage.sql("SELECT CAST(count(*) AS TEXT) FROM account")[0].parse::<i64>().expect("a number");
    assert_eq!(now, before + 2);
    let parent = "SELECT p.name FROM account a JOIN account p ON p.number = a.parent_account WHERE a.name = 'Contoso Ltd'";
    assert_eq!(stage.sql(parent), ["Contoso Holding"]);
}

const TASKS: &str = "Id,WhoId,Subject,ActivityDate,Status,TaskSubtype\n\
    00Ta,L-3,Send papers,2026-12-01,Not Started,Task\n00Tb,nobody@x.example,Call,2026-12-01,Not Started,Call\n\
    00Tc,somebody@x.example,Call,2026-12-02,Not Started,Call\n";

#[test]
fn activities_and_notes_stand_on_whom_their_rows_name() {
    let mut stage = Stage::new(80, 24);
    let file = stage.folder().join("tasks.csv");
    std::fs::write(&file, TASKS).expect("a file");
    let tasks = file.display().to_string();
    begin(&mut stage, &tasks);
    snapshot!(stage, "import_activities", "<tab>j");
    // looked up by the address alone, and by any name again
    stage
        .shows("has the key, number, e-mail address or name")
        .keys("ee")
        .shows("has the email")
        .keys("eee")
        .shows("has the key,");
    let count =
        |stage: &Stage, table: &str| stage.sql(&format!("SELECT CAST(count(*) AS TEXT) FROM {table} WHERE deleted_at IS NULL"));
    let before = count(&stage, "activity");
    snapshot!(stage, "import_activities_trial", "<enter>");
    assert_eq!(count(&stage, "activity"), before, "nothing is written before the second Enter");
    stage.keys("<enter>").shows("1  activity made");
    assert_eq!(stage.sql("SELECT regarding FROM activity WHERE import_key = '00Ta'"), ["L-3"]);
    let notes = stage.folder().join("notes.csv");
    std::fs::write(&notes, "Id,ParentId,Title,Body\n1,L-3,Visit,Met there\n2,L-99999,Lost,Text\n").expect("a file");
    let notes = notes.display().to_string();
    stage.keys("<esc>");
    begin(&mut stage, &notes);
    stage.shows("notes · the file's name says so").keys("<enter><enter>").shows("1  note made").shows("(as “L-99999”)");
    assert_eq!(stage.sql("SELECT body FROM note WHERE import_key = '1'"), ["Visit\n\nMet there"]);
    stage.keys("<esc>u").shows("Imported 1 note from notes.csv").keys("y");
    assert!(stage.sql("SELECT body FROM note WHERE import_key = '1' AND deleted_at IS NULL").is_empty());
}

#[test]
fn a_column_that_names_records_is_chosen_or_taken_out() {
    let mut stage = Stage::new(100, 30);
    let file = stage.folder().join("calls.csv");
    std::fs::write(&file, "Client,Call Result\nL-3,Talked\n").expect("a file");
    let file = file.display().to_string();
    begin(&mut stage, &file);
    // leads, accounts, contacts, opportunities, activities
    stage.keys("<tab>eeee").shows("The rows are         activities").shows("no column says it");
    stage.keys("<tab>e").paste("Regarding").keys("<enter>").shows("→ Regarding");
    stage.keys("<tab>jeeee").shows("has the number").keys("<tab><space>").shows("no column says it");
}

#[test]
fn the_list_that_is_open_says_what_a_file_holds_that_does_not_say_it() {
    let mut stage = Stage::new(100, 30);
    let file = stage.folder().join("list.csv");
    std::fs::write(&file, "First Name,Last Name,Company\nAnn,Lee,Nowhere\n").expect("a file");
    let file = file.display().to_string();
    begin(&mut stage, &file);
    stage.shows("The rows are         leads").keys("<esc>6");
    begin(&mut stage, &file);
    stage.shows("The rows are         contacts").keys("<enter>").shows("no account here is called so");
}
