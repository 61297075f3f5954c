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

const FIRMS: &str = "Id,Name,ParentId,Main Phone,Status\n001,Contoso,002,555 0100,Active\n002,Contoso Holding,,,Inactive\n";
const PEOPLE: &str = "Full Name,Account Name,Email,Job Title\nAnn Lee,Contoso,ann@contoso.example,Buyer\nBo Ek,Litware,,\n";
const SALES: &str = "Topic,Potential Customer,Contact,Est. Revenue,Est. Close Date,Stage,Status\n\
    Chairs,Contoso,Ann Lee,4000 EUR,2026-12-24,Propose,Open\nTables,Contoso Holding,,500 EUR,2026-10-02,Close,Won\n";

/// A database with what the three files say, each imported as what it holds.
fn three_kinds() -> Desk {
    let desk = Desk::new();
    for (entity, name, text, counts) in [
        ("account", "firms.csv", FIRMS, [2, 0]),
        ("contact", "people.csv", PEOPLE, [2, 1]),
        ("opportunity", "sales.csv", SALES, [2, 0]),
    ] {
        let file = desk.file(name, text);
        let args = ["import", &file, "--entity", entity, "--import-source", "crm", "--json"];
        assert_eq!(desk.run(&[&args[..], &["--dry-run"]].concat()).json()["created"], 2, "{entity}");
        let said = desk.run(&args).json();
        let problems = said["problems"].as_array().map_or(0, Vec::len);
        assert_eq!((said["created"].as_u64(), problems), (Some(counts[0]), counts[1] as usize), "{said}");
        assert_eq!(desk.run(&args).json()["created"], 0, "{entity} again");
    }
    desk
}

#[test]
fn accounts_are_imported() {
    let desk = three_kinds();
    assert_eq!(desk.field("A-1", "parent_account"), "A-2");
    assert_eq!((desk.field("A-1", "phone"), desk.field("A-2", "status")), (json!("555 0100"), json!("inactive")));
    let file = desk.file("next.csv", "Account ID,Account Name,Phone\n001,Contoso,555 0199\n");
    let args = ["import", &file, "--entity", "account", "--import-source", "crm", "--duplicates", "update", "--json"];
    assert_eq!(desk.run(&args).json()["updated"], 1);
    assert_eq!(desk.field("A-1", "phone"), "555 0199");
    let text = desk.run(&["import", &desk.file("l.csv", FIRMS), "--entity", "account", "--duplicates", "create"]);
    assert!(text.out.contains("made      A-3 to A-4"), "{}", text.out);
}

#[test]
fn contacts_are_imported() {
    let desk = three_kinds();
    assert_eq!((desk.field("C-1", "account"), desk.field("C-1", "job_title")), (json!("A-1"), json!("Buyer")));
    assert_eq!(desk.field("C-2", "imported_rest"), "Account Name: Litware");
    let file = desk.file("more.csv", "Surname,Who\nLee,Contoso Holding\n");
    let said = desk.run(&["import", &file, "--entity", "contact", "--map", "Who=account", "--set", "tags=vip", "--json"]).json();
    assert_eq!(said["created"], 1, "{said}");
    assert_eq!((desk.field("C-3", "account"), desk.field("C-3", "tags")), (json!("A-2"), json!(["vip"])));
    for (args, code, part) in [
        (["--set", "account=Nobody"], 1, "“Nobody”: no account here is called so"),
        (["--map", "Who=stage"], 2, "no field “stage”"),
        (["--key", "topic"], 2, "topic"),
    ] {
        let message = desk.run(&[&["import", &file, "--entity", "contact"][..], &args].concat()).fails(code);
        assert!(message.contains(part), "{message}");
    }
    desk.run(&["import", &file, "--entity", "files"]).fails(2);
    assert_eq!(desk.run(&["import", &file, "--entity", "Contacts", "--json"]).json()["created"], 0);
    // what is asked for is done, and what the file says otherwise is said
    let said = desk.run(&["import", &desk.file("people.csv", "Account Owner,Last Name\nJo,Lee\n"), "--json"]).json();
    assert!(said["problems"][0]["message"].as_str().is_some_and(|m| m.contains("accounts; it is read as leads")), "{said}");
}

#[test]
fn opportunities_are_imported() {
    let desk = three_kinds();
    assert_eq!((desk.field("O-1", "account"), desk.field("O-1", "contact")), (json!("A-1"), json!("C-1")));
    assert_eq!((desk.field("O-1", "stage"), desk.field("O-1", "status")), (json!("propose"), json!("open")));
    let won = ["status", "status_reason", "actual_value", "actual_close_date"].map(|field| desk.field("O-2", field));
    assert_eq!(won, [json!("won"), json!("won"), json!("500.00"), json!("2026-10-02")]);
    desk.run(&["undo", "3"]).ok();
    assert_eq!(desk.run(&["list", "--entity", "opportunity", "--format", "ids"]).ok(), "");
}

#[test]
fn an_export_of_any_kind_is_imported_again() {
    let desk = three_kinds();
    desk.run(&["set", "A-1", "primary_contact=C-1", "tags=a,b", "annual_revenue=12.5", "currency=EUR"]).ok();
    // a database in which the numbers mean other records
    let other = desk.text("other.db");
    let there = |args: &[&str]| desk.run(&[&["--db", &other], args].concat());
    for name in ["X", "Y", "Z"] {
        there(&["add", "--entity", "account", &format!("name={name}")]).ok();
        there(&["add", "--entity", "contact", &format!("last_name={name}")]).ok();
    }
    let kinds = [("account", "firms.csv", "A-"), ("contact", "people.csv", "C-"), ("opportunity", "sales.csv", "O-")];
    for (entity, ..) in kinds {
        let out = desk.text(&format!("{entity}-out.csv"));
        desk.run(&["export", "--entity", entity, "-o", &out]).ok();
        // here it is known, and nothing is another than it was
        let said = desk.run(&["import", &out, "--entity", entity, "--duplicates", "update", "--json"]).json();
        assert_eq!((&said["created"], &said["updated"]), (&json!(0), &json!(2)), "{entity}: {said}");
        assert_eq!(there(&["import", &out, "--entity", entity, "--json"]).json()["created"], 2, "{entity}");
    }
    // contacts were not there yet when the accounts came
    let again = ["import", &desk.text("account-out.csv"), "--entity", "account", "--duplicates", "update", "--json"];
    assert_eq!(there(&again).json()["updated"], 2);
    let said = desk.run(&["steps", "--json"]).json();
    assert_eq!(said.as_array().map(Vec::len), Some(4), "three imports and a change: {said}");
    let rows = |entity: &str, db: Option<&str>| -> Vec<serde_json::Value> {
        let mut args = vec!["export", "import_source:crm", "--entity", entity, "--format", "json"];
        args.extend(db.into_iter().flat_map(|db| ["--db", db]));
        let mut rows = desk.run(&args).json().as_array().cloned().expect("rows");
        rows.sort_by_key(|row| row["import_key"].to_string());
        rows
    };
    let names = |db: Option<&str>, key: &serde_json::Value| {
        let key = key.as_str().expect("a number").to_owned();
        let args: Vec<&str> = db.into_iter().flat_map(|db| ["--db", db]).chain(["show", &key, "--json"]).collect();
        desk.run(&args).json()["name"].clone()
    };
    for (entity, ..) in kinds {
        let (here, there) = (rows(entity, None), rows(entity, Some(&other)));
        assert_eq!((here.len(), there.len()), (2, 2), "{entity}");
        for (before, after) in here.iter().zip(&there) {
            for (field, value) in before.as_object().expect("an object") {
                let own = ["id", "number", "modified_at", "modified_by", "created_by", "imported_rest", "owner"];
                if own.contains(&field.as_str()) {
                    continue;
                }
                let link = value.as_str().is_some_and(|v| kinds.iter().any(|(.., letter)| v.starts_with(letter)));
                if link && after[field].is_string() {
                    assert_eq!(names(None, value), names(Some(&other), &after[field]), "{field} of {entity}");
                } else {
                    assert_eq!(value, &after[field], "{field} of {entity}");
                }
            }
        }
    }
}

#[test]
fn campaigns_of_another_program_keep_their_names_and_their_words_are_understood() {
    let desk = Desk::new();
    let file = desk.file(
        "campaigns.csv",
        "Id,Name,Type,Status,StartDate,EndDate,BudgetedCost,ActualCost,ExpectedRevenue\n\
         701A,Spring fair,Event,Completed,2026-03-01,2026-03-04,5000,4800,20000\n\
         701B,Spring fair,Email,Planned,2027-03-01,2027-03-04,,,\n\
         701C,Web ads,web marketing,In Progress,2026-01-01,2026-12-31,900,,\n",
    );
    let done = desk.run(&["import", &file, "--entity", "campaign", "--json"]).json();
    assert_eq!((&done["created"], &done["problems"]), (&json!(3), &json!([])), "two of one name are two, by their ids");
    let fields = ["type", "status_reason", "starts", "budgeted_cost", "actual_cost"];
    let held = |record: &str| fields.map(|field| desk.field(record, field));
    assert_eq!(held("M-1"), ["event", "completed", "2026-03-01", "5000.00", "4800.00"]);
    assert_eq!(desk.field("M-2", "status_reason"), "proposed");
    assert_eq!((desk.field("M-3", "status_reason"), desk.field("M-3", "type")), ("launched".into(), "web-marketing".into()));
    let again = desk.run(&["import", &file, "--entity", "campaigns", "--json"]).json();
    assert_eq!((&again["created"], &again["skipped"]), (&json!(0), &json!(3)));
    desk.run(&["add", "last_name=Lee", "topic=T", "campaign=spring-fair-2"]).ok();
    assert_eq!(desk.field("L-1", "campaign"), "spring-fair-2", "the second of one name has its number");
    desk.run(&["undo", "1"]).fails(1);
}

#[test]
fn a_name_is_meant_where_an_id_means_another_record() {
    let desk = Desk::new();
    let accounts = desk.file("accounts.csv", "id,Account Name\n1,Alpha Ltd\n2,Beta Ltd\n");
    desk.run(&["import", &accounts, "--entity", "account", "--import-source", "crm"]).ok();
    let contacts = desk.file("contacts.csv", "id,First Name,Last Name,company_id,company_name\n9,Ann,Lee,2,Alpha Ltd\n");
    let done = desk.run(&["import", &contacts, "--entity", "contact", "--import-source", "crm", "--json"]).json();
    assert_eq!(desk.field("C-1", "account"), "A-1", "{done}");
    assert!(done["problems"][0]["message"].as_str().is_some_and(|m| m.contains("another than the name says")), "{done}");
}

#[test]
fn vcards_are_imported_once_exported_and_known_again() {
    let desk = Desk::new();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/vcf/phone.vcf");
    let text = desk.run(&["import", file, "--set", "source=trade show"]).ok();
    assert!(text.contains("        3 cards read\n        2 created\n"), "{text}");
    assert!(text.contains("        1 photo or other file attached\n"), "{text}");
    let files = desk.run(&["show", "L-1", "--json"]).json();
    assert_eq!(files["attachments"][0]["name"], "photo.png", "{files}");
    assert!(text.contains("card 3    is a list of people and no person\n"), "{text}");
    let lead = desk.run(&["show", "L-1", "--json"]).json();
    assert_eq!(
        ["name", "company", "email", "mobile_phone", "phone", "city", "import_source", "import_key"].map(|field| &lead[field]),
        [
            "Mei Sato",
            "Tailspin Toys",
            "mei.sato@tailspin.example",
            "+81 90 5550 0100",
            "+81 3 5550 0101",
            "Chiyoda",
            "vcard",
            "5f1c-0001"
        ]
        .map(|text| json!(text))
        .each_ref()
    );
    let description = "Met at the fair.\nWants samples, small ones.\nDepartment: Purchasing\nNickname: Mimi";
    assert_eq!(lead["description"], description);
    assert_eq!(desk.run(&["import", file, "--json"]).json()["created"], 0);

    let cards = desk.run(&["export", "--format", "vcard"]).ok();
    assert_eq!(cards.matches("BEGIN:VCARD\r\nVERSION:3.0\r\n").count(), 2, "{cards}");
    assert!(cards.contains("N:Sato;Mei;;Dr.;\r\nFN:Mei Sato\r\nORG:Tailspin Toys\r\n"), "{cards}");
    assert!(cards.contains("N:Müller;Jürgen;;;\r\n"), "{cards}");
    let own = desk.text("own.vcf");
    desk.run(&["export", "sato", "-o", &own]).ok();
    let written = std::fs::read_to_string(&own).expect("the export");
    assert!(written.replace("\r\n ", "").contains("Wants samples\\, small ones."));
    // what was exported from here is known by its id, also where it became a contact
    assert_eq!(desk.run(&["import", &own, "--json"]).json()["skipped"], 1);
    desk.run(&["import", &own, "--entity", "contact"]).ok();
    let contact = desk.run(&["show", "C-1", "--json"]).json();
    assert_eq!((&contact["name"], &contact["email"]), (&json!("Mei Sato"), &json!("mei.sato@tailspin.example")));

    desk.run(&["add", "--entity", "account", "name=Tailspin Toys"]).ok();
    desk.run(&["set", "C-1", "account=A-1"]).ok();
    assert!(desk.run(&["export", "--entity", "contact", "--format", "vcard"]).ok().contains("ORG:Tailspin Toys\r\n"));
    let account = desk.run(&["export", "--entity", "account", "--format", "vcard"]).ok();
    assert!(account.contains("FN:Tailspin Toys\r\nORG:Tailspin Toys\r\nX-ABShowAs:COMPANY\r\n"), "{account}");
    let refused = desk.run(&["export", "--entity", "opportunity", "--format", "vcard"]).fails(1);
    assert!(refused.contains("opportunities are in no address book"), "{refused}");
}

#[test]
fn one_undo_takes_an_import_of_cards_back() {
    let desk = Desk::new();
    desk.run(&["import", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/vcf/phone.vcf")]).ok();
    desk.run(&["undo", "1"]).ok();
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "");
}

#[test]
fn the_recipe_for_a_calendar_gives_what_is_to_be_done() {
    let readme = include_str!("../../README.md");
    let recipe = readme.lines().find(|line| line.contains("-o mine.ics")).expect("a recipe").split('#').next().unwrap();
    let words = shlex::split(recipe).expect("words");
    let desk = Desk::with_lead();
    desk.run(&["appointment", "L-1", "Demo", "--at", "2027-03-12 15:00"]).ok();
    desk.run(&["task", "L-1", "Send the list", "--due", "2027-03-15"]).ok();
    desk.run(&["task", "L-1", "Sent", "--due", "2027-03-15"]).ok();
    desk.run(&["done", "T-3"]).ok();
    desk.run(&["call", "L-1", "--outcome", "talked", "said hello"]).ok();
    let file = desk.text("mine.ics");
    let args: Vec<&str> = words.iter().skip(1).map(|word| if word == "mine.ics" { file.as_str() } else { word }).collect();
    desk.run(&args).ok();
    let text = std::fs::read_to_string(&file).expect("the calendar");
    assert_eq!((text.matches("BEGIN:VEVENT").count(), text.matches("BEGIN:VTODO").count()), (1, 1), "{text}");
    assert!(text.contains("SUMMARY:Demo") && text.contains("SUMMARY:Send the list"), "{text}");
    // without a filter what was planned is there, and a call that was only logged is not
    let all = desk.run(&["export", "--entity", "activity", "--format", "ics"]).ok();
    assert!(all.contains("SUMMARY:Sent ") && all.contains("STATUS:COMPLETED") && !all.contains("said hello"), "{all}");
}

#[test]
fn activities_are_exported_as_a_calendar() {
    let desk = Desk::with_lead();
    desk.run(&["appointment", "L-1", "Demo, at their office", "--at", "2027-03-12 15:00", "--for", "45m"]).ok();
    desk.run(&["task", "L-1", "Send the list", "--due", "2027-03-15"]).ok();
    let text = desk.run(&["export", "--entity", "activity", "--format", "ics"]).ok();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    let text = text.replace("\r\n ", "");
    assert_eq!((text.matches("BEGIN:VEVENT").count(), text.matches("BEGIN:VTODO").count()), (1, 1), "{text}");
    assert!(text.contains("SUMMARY:Demo\\, at their office · "), "{text}");
    assert!(text.contains("DUE;VALUE=DATE:20270315\r\n"), "{text}");
    let at = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)).expect(name).trim_end();
        chrono::NaiveDateTime::parse_from_str(line, "%Y%m%dT%H%M%SZ").expect("a moment")
    };
    assert_eq!((at("DTEND:") - at("DTSTART:")).num_minutes(), 45);
    let file = desk.text("own.ics");
    desk.run(&["export", "--entity", "activity", "-o", &file]).ok();
    assert!(std::fs::read_to_string(&file).expect("the calendar").contains("STATUS:NEEDS-ACTION\r\n"));
    assert!(desk.run(&["export", "--format", "ics"]).fails(1).contains("leads are in no calendar"));
}
