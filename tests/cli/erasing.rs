//! `erase`: the question, what it answers with, backups, drafts, and what is held on a person before it goes.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::desk::Desk;

/// The words of the person in the files of a folder.
fn found(folder: &Path, words: &[&str]) -> Vec<(PathBuf, String)> {
    let mut hits = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            hits.extend(found(&entry.path(), words));
            continue;
        }
        let bytes = std::fs::read(entry.path()).expect("a file").to_ascii_lowercase();
        let text = String::from_utf8_lossy(&bytes);
        let own = words.iter().filter(|word| text.contains(**word));
        hits.extend(own.map(|word| (entry.path(), (*word).to_owned())));
    }
    hits
}

#[test]
fn without_a_terminal_it_is_asked_for_in_words() {
    let desk = Desk::with_lead();
    let said = desk.run(&["erase", "L-1"]).fails(2);
    assert!(said.contains("cannot be undone") && said.contains("--yes"), "{said}");
    let said = desk.run(&["erase", "L-1", "--dry-run"]).ok();
    assert!(said.starts_with("Nothing is erased; this is what would be.\nErased for good: L-1 Ann Lee."), "{said}");
    assert_eq!(desk.field("L-1", "email"), "ann@contoso.com", "a trial does nothing");
    assert_eq!(desk.run(&["erase", "L-9", "--yes"]).code, 1);
    assert_eq!(desk.run(&["erase", "nobody", "--yes"]).code, 2);
    desk.run(&["user", "add", "bo"]).ok();
    assert!(desk.run(&["--as", "bo", "erase", "L-1", "--yes"]).fails(1).contains("needs the admin role"));
}

#[test]
fn a_person_goes_with_backups_and_drafts() {
    let desk = Desk::with_lead();
    desk.run(&["note", "L-1", "likes quorvex"]).ok();
    desk.run(&["qualify", "L-1"]).ok();
    let backup = desk.run(&["backup"]).ok().trim().to_owned();
    desk.run(&["add", "Bo Ek"]).ok();
    let folder = std::fs::read_dir(desk.path("state/leadbook")).map(|d| d.flatten().count()).unwrap_or_default();
    assert_eq!(folder, 0, "no interface was there yet");
    let id = leadbook::service::LeadReader::open(&desk.database()).expect("opens").database_id().expect("an id");
    let drafts = desk.path("state/leadbook/drafts").join(id);
    std::fs::create_dir_all(&drafts).expect("a folder");
    for (name, record) in [("note-L-1", "L-1"), ("form-C-1", "C-1"), ("note-L-2", "L-2")] {
        let text = format!("key = \"{name}\"\nrecord = \"{record}\"\nat = 1\ntext = \"ann lee of {record}\"\n");
        std::fs::write(drafts.join(format!("{name}.toml")), text).expect("a draft");
    }
    let form = "key = \"form-new-request\"\nrecord = \"\"\nat = 1\nfields = [[\"name\", \"Request of Ann Lee\"], [\"regarding\", \"L-1\"]]\n";
    std::fs::write(drafts.join("form-new-request.toml"), form).expect("a draft");
    let ran = desk.run(&["erase", "C-1", "--yes"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "L-1\nC-1\nO-1\nA-1\n"), "{}", ran.err);
    assert!(ran.err.contains("1 backup still holds the person") && ran.err.contains(&backup), "{}", ran.err);
    let left: Vec<_> = std::fs::read_dir(&drafts).expect("drafts").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["note-L-2.toml"], "{left:?}");
    let again = desk.run(&["erase", "L-1", "--yes", "--delete-backups", "--json"]).json();
    assert_eq!((&again["step"], &again["backups"], &again["backups_deleted"]), (&json!(null), &json!([]), &json!([backup])));
    std::fs::remove_file(drafts.join("note-L-2.toml")).expect("removed");
    assert_eq!(found(desk.dir.path(), &["ann lee", "quorvex", "ann@contoso.com", "0100"]), []);
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "L-2\n");
    let shown = desk.run(&["show", "L-1", "--json"]).json();
    assert_eq!((&shown["name"], &shown["source"], &shown["status"]), (&json!("(erased)"), &json!("web"), &json!("qualified")));
    assert!(desk.run(&["set", "L-1", "city=Kiel"]).fails(1).contains("L-1 was erased"));
    assert!(desk.run(&["undo", "1"]).fails(1).contains("a record of it was erased"));
}

#[test]
fn an_import_does_not_know_the_person_again() {
    let desk = Desk::new();
    let file = desk.file("people.csv", "Last Name,Topic,Email,Import Key\nLee,Printers,ann@lee.example,k-1\n");
    desk.run(&["import", &file]);
    desk.run(&["erase", "L-1", "--yes"]);
    let again = desk.run(&["import", &file, "--json"]).json();
    assert_eq!((&again["created"], &again["skipped"]), (&json!(1), &json!(0)));
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "L-2\n");
}

#[test]
fn what_was_cut_off_is_finished_by_check() {
    let desk = Desk::with_lead();
    desk.run(&["erase", "L-1", "--yes"]);
    {
        let opening = leadbook::store::sqlite::Opening::existing(desk.database());
        let mut db = leadbook::store::Db::open(&opening).expect("opens");
        db.write(leadbook::store::sqlite::clean::mark).expect("marked");
    }
    let said = desk.run(&["check"]).ok();
    assert!(said.contains("what an erasure had left in the file is cleaned up now"), "{said}");
    assert!(!desk.run(&["check"]).ok().contains("erasure"));
}

#[test]
fn all_that_is_held_on_a_person_is_in_its_object() {
    let desk = Desk::with_lead();
    desk.run(&["user", "add", "bo"]).ok();
    desk.run(&["share", "L-1", "--with", "bo", "--rights", "read"]).ok();
    let request = desk.run(&["request", "add", "L-1", "Spare parts", "--json"]).json()["made"][0].clone();
    assert_eq!(request, "R-1");
    let task = desk.run(&["task", "R-1", "ask the store", "--due", "tomorrow"]).ok();
    assert_eq!(task, "T-1\n");
    desk.run(&["note", "R-1", "on the request"]).ok();
    let file = desk.file("plan.txt", "a plan");
    desk.run(&["attach", "T-1", &file]).ok();
    desk.run(&["note", "L-1", "taken off"]).ok();
    desk.run(&["delete", "N-2"]).ok();
    desk.run(&["set", "L-1", "city=Kiel"]).ok();
    desk.run(&["set", "L-1", "city=Bonn"]).ok();
    let shown = desk.run(&["show", "L-1", "--format", "json"]).json();
    let of = |list: &str, field: &str| -> Vec<String> {
        shown.pointer(list).and_then(|l| l.as_array()).expect("a list").iter().map(|x| x[field].to_string()).collect()
    };
    assert_eq!(of("/notes", "body"), ["\"on the request\""]);
    assert_eq!(of("/attachments", "about"), ["\"T-1\""]);
    assert_eq!(of("/activities", "regarding"), ["\"R-1\""]);
    assert_eq!(of("/requests", "origin").len(), 1);
    assert_ne!(of("/requests", "origin"), ["null"], "a request has all its fields");
    assert_eq!(of("/deleted/notes", "body"), ["\"taken off\""]);
    assert_eq!(of("/deleted/activities", "name"), Vec::<String>::new());
    assert_eq!(shown["shares"], json!([{"principal": "bo", "rights": "read"}]));
    let history: Vec<String> = of("/history", "old").into_iter().chain(of("/history", "new")).collect();
    assert!(history.contains(&"\"Kiel\"".into()), "earlier values are told: {history:?}");
    let exported = desk.run(&["export", "--format", "json"]).ok();
    assert!(exported.contains("ann@contoso.com") && exported.contains("Bonn"), "{exported}");
}
