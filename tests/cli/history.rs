//! `import` of what another program knows of people: activities and notes on whom they belong to, sales of leads.

use serde_json::json;

use crate::desk::Desk;

const LEADS: &str = "Id,FirstName,LastName,Company,IsConverted,SystemModstamp\n00Q1,Ann,Lee,Contoso,false,2024-01-01\n";
const TASKS: &str = "Id,WhoId,Subject,ActivityDate,Status,TaskSubtype,SystemModstamp\n\
    00T1,00Q1,First call,2024-02-01,Completed,Call,2024-02-01\n\
    00T2,0031,Gone,2024-02-01,Completed,Call,2024-02-01\n\
    00T3,0032,Gone,2024-02-01,Completed,Call,2024-02-01\n";

#[test]
fn a_history_is_imported_on_whom_it_belongs_to() {
    let desk = Desk::new();
    let (leads, tasks) = (desk.file("leads.csv", LEADS), desk.file("tasks.csv", TASKS));
    desk.run(&["import", &leads]).ok();
    let link = ["--link", "WhoId=import_key"];
    let trial = desk.run(&[&["import", &tasks, "--entity", "activity", "--dry-run"][..], &link].concat()).ok();
    assert!(trial.contains("        1 would be created\n"), "{trial}");
    let done = desk.run(&[&["import", &tasks, "--entity", "activity", "--json"][..], &link].concat()).json();
    assert_eq!((&done["created"], &done["skipped"]), (&json!(1), &json!(2)));
    let problem = &done["problems"][0];
    assert_eq!((&problem["row"], &problem["field"]), (&json!(3), &json!("regarding")));
    assert!(problem["message"].as_str().is_some_and(|said| said.ends_with("(as “0031”) · 2 rows: 3, 4")), "{problem}");
    assert_eq!(desk.field("T-1", "regarding"), "L-1");
    let shown = desk.run(&["show", "L-1", "--json"]).json();
    assert_eq!(shown["activities"][0]["number"], "T-1", "{shown}");
    assert_eq!(shown["last_contact_at"], "2024-02-01T00:00:00Z");
    let again = desk.run(&[&["import", &tasks, "--entity", "activities"][..], &link].concat()).ok();
    assert!(again.contains("        0 created\n"), "{again}");
    // the rows of nobody are kept, to be imported when their people are here
    let folder = desk.path("state").join("leadbook/skipped");
    let kept: Vec<_> = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())).flatten().collect();
    let text = std::fs::read_to_string(kept[0].path()).expect("the rows");
    assert!(text.contains("00T2,0031,Gone") && text.contains("no record here was imported under this key"), "{text}");
    let notes = desk.file("notes.csv", "Id,ParentId,Title,Body,SystemModstamp\n0021,00Q1,Visit,Met her,2024\n");
    let said = desk.run(&["import", &notes, "--entity", "note", "--link", "ParentId=import_key"]).ok();
    assert!(said.contains("made      N-1 to N-1\n"), "{said}");
    let note = desk.run(&["show", "N-1", "--json"]).json();
    assert_eq!((&note["about"], &note["body"]), (&json!("L-1"), &json!("Visit\n\nMet her")));
    assert_eq!((&note["import_source"], &note["import_key"]), (&json!("salesforce"), &json!("0021")));
    assert_eq!(note["imported_rest"], "SystemModstamp: 2024");
    assert!(desk.run(&["show", "N-1"]).ok().contains("  from salesforce · 0021\n"));
    assert_eq!(desk.run(&["import", &notes, "--entity", "note", "--json"]).json()["created"], 0);
    desk.run(&["undo", "3"]).ok();
    assert_eq!(desk.run(&["show", "L-1", "--json"]).json()["notes"], json!([]));
}

#[test]
fn sales_are_linked_to_their_leads() {
    let desk = Desk::new();
    let leads = desk.file("leads.csv", "Lead_ID,Last Name\nLEAD-1,Lee\n");
    desk.run(&["import", &leads]).ok();
    let sales = desk.file("sales.csv", "Sale_ID,Lead_ID,Sale_Date\nSALE-1,LEAD-1,2024-06-04\n");
    let args =
        ["import", "--entity", "opportunity", "--link", "Lead_ID=import_key", "--set", "status=won", "--set", "currency=AED"];
    desk.run(&[&args[..], &[&sales]].concat()).ok();
    let fields = ["originating_lead", "status", "currency", "actual_close_date"];
    assert_eq!(fields.map(|field| desk.field("O-1", field)), ["L-1", "won", "AED", "2024-06-04"]);
}

#[test]
fn what_is_wrong_with_a_link_is_said_before_anything_is_read() {
    let desk = Desk::new();
    let tasks = desk.file("tasks.csv", TASKS);
    desk.run(&["add", "Ann Lee"]).ok();
    for (args, part) in [
        (["--entity", "activity", "--link", "Who=import_key"], "no column “Who”"),
        (["--entity", "activity", "--link", "WhoId=importkey"], "no field “importkey”; did you mean import_key?"),
        (["--entity", "activity", "--link", "WhoId"], "write Column=field"),
        (["--entity", "campaign", "--link", "WhoId=name"], "campaigns refer to no other records"),
        (["--entity", "lead", "--link", "WhoId=name"], "Say it with --map \"WhoId=FIELD\""),
        (["--entity", "file", "--link", "WhoId=name"], "invalid value 'file'"),
    ] {
        let message = desk.run(&[&["import", &tasks][..], &args].concat()).fails(2);
        assert!(message.contains(part), "{message}");
    }
    let message = desk.run(&["import", &tasks, "--entity", "note", "--key", "name"]).fails(1);
    assert!(message.contains("notes are not compared by a field"), "{message}");
}
