//! `import` and `export`.

use std::process::Stdio;
use std::time::{Duration, Instant};

use leadbook::store::Db;
use leadbook::store::sqlite::Opening;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::desk::Desk;

const FILE: &str = "Lead ID,First Name,Last Name,Company,Email,Source,Odd column,Created On\n\
    9,Ann,Lee,Contoso,ann@contoso.com,Web,kept,2026-03-12\n\
    10,Bo,,Fabrikam,bo@fabrikam.se,Summer fair,,13/04/2026\n";

#[test]
fn a_file_is_imported_once() {
    let desk = Desk::new();
    let file = desk.file("leads.csv", FILE);
    let said = desk.run(&["import", &file, "--json"]).json();
    let keys: Vec<&String> = said.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["read", "created", "updated", "skipped", "unused_columns", "problems"]);
    assert_eq!((&said["read"], &said["created"], &said["unused_columns"]), (&json!(2), &json!(2), &json!(["Odd column"])));
    let lead = desk.run(&["show", "L-2", "--json"]).json();
    assert_eq!((&lead["import_key"], &lead["source"]), (&json!("10"), &json!("summer-fair")));
    assert_eq!(desk.run(&["list", "is:incomplete", "--format", "ids"]).lines(), ["L-2", "L-1"]);
    let again = desk.run(&["import", &file, "--json"]).json();
    assert_eq!((&again["created"], &again["skipped"]), (&json!(0), &json!(2)));
    assert_eq!(again["problems"][0]["field"], "import_key");
    let text = desk.run(&["import", &file]).ok();
    assert!(text.contains("        2 rows read\n        0 created\n"), "{text}");
}

#[test]
fn a_trial_writes_nothing() {
    let desk = Desk::new();
    let file = desk.file("leads.csv", FILE);
    let text = desk.run(&["import", &file, "--dry-run"]).ok();
    assert!(text.contains("        2 would be created\n"), "{text}");
    assert!(!desk.path("data").exists() && !desk.path("state").exists());
    let left: Vec<_> = std::fs::read_dir(desk.dir.path()).expect("the folder").flatten().map(|e| e.file_name()).collect();
    assert_eq!(left, ["leads.csv"]);
    desk.run(&["add", "Cy"]).ok();
    assert_eq!(desk.run(&["import", &file, "--dry-run", "--json"]).json()["created"], 2);
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "L-1\n");
}

#[test]
fn options_say_what_the_file_does_not() {
    let desk = Desk::new();
    let file = desk.file("odd.csv", "Who;Firm;Worth;When\nLee;Contoso;1.234,50;03/04/2026\n");
    let map = "Who=last_name,Firm=company,Worth=estimated_value,When=created_at";
    let args =
        ["import", &file, "--map", map, "--set", "rating=hot", "--set", "topic=chairs", "--dates", "mdy", "--decimal", ","];
    let said = desk.run(&[&args[..], &["--import-source", "shop", "--json"]].concat()).json();
    assert_eq!(said["created"], 1, "{said}");
    let lead = desk.run(&["show", "L-1", "--json"]).json();
    assert_eq!((&lead["estimated_value"], &lead["rating"], &lead["topic"]), (&json!("1234.50"), &json!("hot"), &json!("chairs")));
    assert!(lead["created_at"].as_str().expect("a time").starts_with("2026-03-0"), "{}", lead["created_at"]);
    assert_eq!(lead["import_source"], "shop");
    // the map is remembered for the same headings
    let next = desk.file("next.csv", "Who;Firm;Worth;When\nBerg;Fabrikam;5;03/05/2026\n");
    assert_eq!(desk.run(&["import", &next, "--json"]).json()["created"], 1);
    assert_eq!(desk.field("L-2", "last_name"), "Berg");
    for (args, code, part) in [
        (vec!["--map", "Nope=company"], 2, "no column “Nope”"),
        (vec!["--map", "Who"], 2, "Column=field"),
        (vec!["--map", "Who=colour"], 2, "no field “colour”"),
        (vec!["--set", "colour=red"], 2, "no field “colour”"),
        (vec!["--set", "rating=great"], 1, "rating"),
        (vec!["--key", "colour"], 2, "no field “colour”"),
        (vec!["--dates", "ymd"], 2, "ymd"),
    ] {
        let message = desk.run(&[&["import", &next][..], &args].concat()).fails(code);
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn known_rows_are_skipped_updated_or_made_again() {
    let desk = Desk::new();
    let first = desk.file("a.csv", "Last Name,Email,Phone\nLee,ann@contoso.com,1\n");
    let second = desk.file("b.csv", "Last Name,Email,Phone\nLee,Ann@Contoso.com,2222222\n");
    desk.run(&["import", &first]).ok();
    assert_eq!(desk.run(&["import", &second, "--json"]).json()["skipped"], 1);
    assert_eq!(desk.run(&["import", &second, "--duplicates", "update", "--json"]).json()["updated"], 1);
    assert_eq!(desk.field("L-1", "phone"), "2222222");
    assert_eq!(desk.run(&["import", &second, "--duplicates", "create", "--json"]).json()["created"], 1);
    let third = desk.file("c.csv", "Last Name,Email\nLEE,other@contoso.com\n");
    assert_eq!(desk.run(&["import", &third, "--key", "last_name", "--json"]).json()["skipped"], 1);
}

#[test]
fn what_is_no_list_is_refused() {
    let desk = Desk::new();
    let file = desk.file("odd.csv", "foo,bar\n1,2\n");
    assert!(desk.run(&["import", &file]).fails(1).contains("no column of odd.csv is recognised"));
    assert!(desk.run(&["import", &desk.text("gone.csv")]).fails(1).contains("no such file"));
    let sheet = desk.file("x.xlsx", "PK\u{3}\u{4}....");
    assert!(desk.run(&["import", &sheet]).fails(1).contains("save the sheet as CSV"));
    assert!(desk.run(&["import", &desk.file("e.csv", "")]).fails(1).contains("is empty"));
    desk.run(&["import"]).fails(2);
}

#[test]
fn a_list_comes_through_a_pipe() {
    let desk = Desk::new();
    assert_eq!(desk.run_with(&["import", "-", "--json"], FILE.as_bytes()).json()["created"], 2);
}

#[test]
fn rows_that_cannot_be_read_are_kept_to_be_mended() {
    let desk = Desk::new();
    let file = desk.file("leads.csv", "Last Name,Company,IsDeleted\nLee,Contoso,false\nBerg,Fabrikam,true\n");
    let said = desk.run(&["import", &file, "--json"]).json();
    assert_eq!((&said["created"], &said["skipped"]), (&json!(1), &json!(1)));
    let kept: Vec<_> = std::fs::read_dir(desk.path("state/leadbook/skipped")).expect("a folder").flatten().collect();
    assert_eq!(kept.len(), 1);
    let text = std::fs::read_to_string(kept[0].path()).expect("rows");
    assert!(text.contains("Berg") && !text.contains("Contoso"), "{text}");
}

#[test]
fn what_is_exported_is_imported_again() {
    let desk = Desk::with_lead();
    desk.run(&["add", "last_name==SUM(A1)", "topic=-1", "company=@x", "tags=a,b"]).ok();
    let out = desk.text("out.csv");
    let said = desk.run(&["export", "-o", &out, "--json"]).json();
    assert_eq!(said, json!({"exported": 2, "file": out}));
    let text = std::fs::read_to_string(&out).expect("the file");
    assert!(text.contains("'=SUM(A1)") && text.contains("'@x"), "{text}");
    let raw = desk.run(&["export", "--format", "csv", "--raw", "--columns", "last_name,company"]).ok();
    assert_eq!(raw, "\"last_name\",company\n=SUM(A1),@x\nLee,Contoso\n");
    let other = desk.text("other.db");
    assert_eq!(desk.run(&["--db", &other, "import", &out, "--json"]).json()["created"], 2);
    let columns = ["--columns", "last_name,company,topic,tags,rating,source,email,phone", "--format", "json"];
    let here = desk.run(&[&["list", "sort:last_name"][..], &columns].concat()).json();
    assert_eq!(desk.run(&[&["--db", &other, "list", "sort:last_name"][..], &columns].concat()).json(), here);
}

#[test]
fn what_was_exported_from_here_is_known() {
    let desk = Desk::with_lead();
    desk.run(&["add", "Bo Ek @ Fabrikam"]).ok();
    desk.run(&["add", "@ Litware"]).ok();
    let out = desk.text("out.csv");
    desk.run(&["export", "-o", &out]).ok();
    let dump = || desk.run(&["export", "--format", "json"]).ok();
    let (before, steps) = (dump(), desk.run(&["steps", "--json"]).ok());
    let counts = |args: &[&str]| {
        let said = desk.run(&[&["import", "--json"][..], args].concat()).json();
        [&said["created"], &said["updated"], &said["skipped"]].map(|n| n.as_u64().unwrap_or(99))
    };
    for duplicates in ["skip", "create"] {
        assert_eq!(counts(&[&out, "--dry-run", "--duplicates", duplicates]), [0, 0, 3], "{duplicates}");
    }
    assert_eq!(counts(&[&out]), [0, 0, 3]);
    // nothing is another than it was, so nothing is written
    assert_eq!(counts(&[&out, "--duplicates", "update"]), [0, 3, 0]);
    assert_eq!((dump(), desk.run(&["steps", "--json"]).ok()), (before, steps));
    // a few columns are enough, by number too, where the rows agree
    for text in ["id,rating\n#,cold\n", "number,last_name,rating\nL-2,Ek,cold\n", "number,rating\nL-2,cold\n"] {
        desk.run(&["set", "L-2", "rating=hot"]).ok();
        let id = desk.field("L-2", "id");
        let file = desk.file("few.csv", &text.replace('#', id.as_str().expect("a UUID")));
        assert_eq!(counts(&[&file, "--duplicates", "update"]), [0, 1, 0], "{text}");
        assert_eq!(desk.field("L-2", "rating"), "cold", "{text}");
    }
    let other = desk.file("other.csv", "number,last_name,company\nL-2,Other,Elsewhere\n");
    assert_eq!(counts(&[&other, "--dry-run"]), [1, 0, 0]);
    desk.run(&["delete", "L-2"]).ok();
    let said = desk.run(&["import", &out, "--dry-run", "--json"]).ok();
    assert!(said.contains("exported from here: L-2 is in Deleted"), "{said}");
}

#[test]
fn an_export_has_a_filter_a_format_and_a_new_file() {
    let desk = Desk::with_lead();
    desk.run(&["add", "Bo via partner"]).ok();
    let lines = |args: &[&str]| desk.run(&[&["export", "--columns", "number"][..], args].concat()).lines();
    assert_eq!(lines(&["source:web", "--format", "csv"]), ["number", "L-1"]);
    assert_eq!(lines(&["-source:web", "--format", "jsonl"]), ["{\"number\":\"L-2\"}"]);
    assert_eq!(desk.run(&["export", "--view", "closed-leads", "--format", "json"]).json(), json!([]));
    desk.run(&["export", "-o", &desk.text("x.jsonl")]).ok();
    assert_eq!(std::fs::read_to_string(desk.path("x.jsonl")).expect("the file").lines().count(), 2);
    assert!(desk.run(&["export", "-o", &desk.text("x.jsonl")]).fails(1).contains("exists already"));
    assert!(desk.run(&["export", "-o", &desk.text("x.txt")]).fails(2).contains("say --format"));
    desk.run(&["export"]).fails(2);
    assert!(desk.run(&["export", "foo:1", "--format", "csv"]).fails(2).contains("the filter is wrong"));
    assert!(!desk.path("x.jsonl.part").exists());
}

#[test]
fn ctrl_c_rolls_an_import_back() {
    let desk = Desk::with_lead();
    let mut text = String::from("Last Name,Company,Email\n");
    for n in 0..8_000 {
        text.push_str(&format!("Lee {n},Contoso {n},a{n}@contoso.com\n"));
    }
    let file = desk.file("many.csv", &text);
    let mut command = desk.command(&["import", &file]);
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
    // once nobody else may write, the import is in its transaction
    let mut db = Db::open(&Opening { wait: 0, ..Opening::existing(desk.database()) }).expect("the database");
    let begun = Instant::now();
    while db.write(|_| Ok(())).is_ok() {
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing is written");
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(db);
    kill_process(Pid::from_child(&child), Signal::INT).expect("a signal");
    let done = child.wait_with_output().expect("an end");
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!((done.status.code(), said.as_ref()), (Some(1), "leadbook: canceled; nothing was written\n"));
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "L-1\n");
    assert_eq!(desk.run(&["steps", "--json"]).json().as_array().map(Vec::len), Some(1));
    assert_eq!(desk.run(&["check", "--json"]).json()["ok"], true);
}
