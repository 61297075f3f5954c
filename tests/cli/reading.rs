//! `list`, `find`, `show`, `history`, `steps`.

use serde_json::{Value as Json, json};

use crate::desk::Desk;

fn three() -> Desk {
    let desk = Desk::with_lead();
    desk.run(&["add", "Bo Berg @ Fabrikam bo@fabrikam.se via partner !cold #expo chairs"]).ok();
    desk.run(&["add", "last_name=Ödegård", "topic=Tables, \"round\"", "value=12.5k", "source=web"]).ok();
    desk
}

#[test]
fn all_are_listed_newest_first() {
    let desk = three();
    assert_eq!(desk.run(&["list", "--format", "ids"]).lines(), ["L-3", "L-2", "L-1"]);
    let table = desk.run(&["list"]).lines();
    assert!(table[0].starts_with("Number  Name     Company   Topic"), "{}", table[0]);
    assert!(table[1].starts_with("L-3     Ödegård            Tables, \"round\"  Warm    Open    Web"), "{}", table[1]);
    assert!(table[1].ends_with("ana    12,500.00 USD"), "{}", table[1]);
    assert_eq!(table.len(), 4);
}

#[test]
fn machine_formats_are_stable() {
    let desk = three();
    let columns = ["--columns", "number,last_name,topic,estimated_value,tags,employees,do_not_phone"];
    let run = |format: &str| desk.run(&[&["list", "-bo", "--limit", "1", "--format", format][..], &columns].concat()).ok();
    assert_eq!(
        run("csv"),
        "\"number\",last_name,topic,estimated_value,tags,employees,do_not_phone\n\
         L-3,Ödegård,\"Tables, \"\"round\"\"\",12500.00,,,false\n"
    );
    let line = "{\"number\":\"L-3\",\"last_name\":\"Ödegård\",\"topic\":\"Tables, \\\"round\\\"\",\"estimated_value\":\"12500.00\",\
                \"tags\":[],\"employees\":null,\"do_not_phone\":false}";
    assert_eq!(run("jsonl"), format!("{line}\n"));
    assert_eq!(run("json"), format!("[\n  {line}\n]\n"));
    let all = desk.run(&["list", "--json"]).json();
    let fields: Vec<&String> = all[0].as_object().expect("an object").keys().collect();
    for name in ["number", "id", "name", "status", "owner", "created_at", "imported_rest", "import_key"] {
        assert!(fields.iter().any(|f| *f == name), "{name}");
    }
    let created = all[0]["created_at"].as_str().expect("a time");
    assert!(created.ends_with('Z') && created.contains('T'), "{created}");
    assert_eq!(desk.run(&["list", "rating:nothing-like-it,hot", "-x", "--json"]).code, 2);
    assert_eq!(desk.run(&["list", "zzz", "--json"]).json(), json!([]));
}

#[test]
fn filters_views_and_their_mistakes() {
    let desk = three();
    let ids = |args: &[&str]| desk.run(&[&["list", "--format", "ids"][..], args].concat()).lines();
    assert_eq!(ids(&["source:web"]), ["L-3", "L-1"]);
    assert_eq!(ids(&["-source:web"]), ["L-2"]);
    assert_eq!(ids(&["source!=web"]), ["L-2"]);
    assert_eq!(ids(&["source:!web"]), ["L-2"]);
    assert_eq!(ids(&["value:>10k", "owner:me"]), ["L-3"]);
    assert_eq!(ids(&["has:contact"]), Vec::<String>::new());
    assert_eq!(ids(&["tag:expo", "sort:name"]), ["L-1", "L-2"]);
    assert_eq!(ids(&["value>10k", "owner:me"]), ["L-3"]);
    assert_eq!(ids(&["--view", "my-open-leads", "sort:number"]), ["L-1", "L-2", "L-3"]);
    assert_eq!(ids(&["--view", "Closed leads"]), Vec::<String>::new());
    assert_eq!(ids(&["--view", "closed"]), Vec::<String>::new());
    assert_eq!(ids(&["--view", "open", "sort:number"]), ["L-1", "L-2", "L-3"]);
    assert_eq!(ids(&["--limit", "2"]), ["L-3", "L-2"]);
    assert_eq!(ids(&["--limit", "0"]), Vec::<String>::new());
    for (args, part) in [
        (vec!["list", "colour:red"], "there is no field colour"),
        (vec!["list", "(status:open"], "the filter is wrong"),
        (vec!["list", "--view", "nope"], "there is no view “nope”; there are my-open-leads, open-leads, closed-leads"),
        (vec!["list", "--view", "opened"], "there is no view “opened”"),
        (vec!["list", "--limit", "-1"], "write how many, as 50; without --limit all are listed"),
        (vec!["list", "--columns", "nmae"], "did you mean name?"),
        (vec!["list", "--columns", ","], "names no field"),
        (vec!["list", "is:shraed"], "the filter is wrong"),
        (vec!["list", "--format", "xml"], "xml"),
        (vec!["list", "ann", "statsu:open"], "did you mean status?\n  ann statsu:open\n      ^^^^^^\n"),
        (vec!["list", "company:\"Fourth"], "the quote that begins here is not closed\n  company:\"Fourth\n          ^^^^^^^\n"),
        (vec!["list", "%"], "there is no word to look for in “%”"),
        (vec!["list", "rating:hot,!warm"], "a sign stands once"),
    ] {
        let message = desk.run(&args).fails(2);
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn drafts_are_found() {
    let desk = three();
    let folder = std::fs::read_dir(desk.path("state")).map(|_| ()).is_err();
    assert!(folder, "a command has written into the state folder");
    assert_eq!(desk.run(&["list", "is:draft", "--format", "ids"]).ok(), "");
}

#[test]
fn words_find_leads() {
    let desk = three();
    assert_eq!(desk.run(&["find", "fab", "BERG", "--format", "ids"]).lines(), ["L-2"]);
    assert_eq!(desk.run(&["find", "odeg", "--format", "ids"]).lines(), ["L-3"]);
    assert_eq!(desk.run(&["find", "0100", "--format", "ids"]).lines(), ["L-1"]);
    // a colon is a word's, not a filter's
    assert_eq!(desk.run(&["find", "source:web"]).ok(), "");
    assert_eq!(desk.run(&["find", "e", "--limit", "1", "--json"]).json(), json!([]));
    assert!(desk.run(&["find", "lee"]).ok().contains("ann@contoso.com"));
    desk.run(&["find"]).fails(2);
    desk.run(&["find", " "]).fails(2);
}

#[test]
fn one_object_holds_a_lead_with_all_that_belongs_to_it() {
    let desk = three();
    desk.run(&["note", "L-1", "# Call\nasked for prices"]).ok();
    desk.run(&["set", "L-1", "rating=warm", "do_not_phone=yes"]).ok();
    let lead = desk.run(&["show", "L-1", "--format", "json"]).json();
    for later in ["attachments", "requests", "links"] {
        assert_eq!(lead[later], json!([]), "{later}");
    }
    assert_eq!((&lead["number"], &lead["do_not_phone"], &lead["latitude"]), (&json!("L-1"), &json!(true), &Json::Null));
    let note = lead["notes"][0].as_object().expect("a note");
    let keys: Vec<&String> = note.keys().collect();
    assert_eq!(
        keys,
        [
            "number",
            "id",
            "about",
            "body",
            "pinned",
            "tasks",
            "created_at",
            "created_by",
            "modified_at",
            "modified_by",
            "deleted_at"
        ]
    );
    let history = lead["history"].as_array().expect("steps");
    let rating = history.iter().find(|h| h["field"] == "rating").expect("a change of the rating");
    assert_eq!((&rating["old"], &rating["new"], &rating["by"]), (&json!("hot"), &json!("warm"), &json!("ana")));
    assert_eq!((&rating["origin"], &rating["change"], &rating["record"]), (&json!("cli"), &json!("update"), &json!("L-1")));
    let phone = history.iter().find(|h| h["field"] == "do_not_phone").expect("a change of the flag");
    assert_eq!((&phone["old"], &phone["new"]), (&json!(false), &json!(true)));
    let made = history.last().expect("the first step");
    assert_eq!((&made["change"], &made["field"], &made["act"]), (&json!("create"), &Json::Null, &json!("Create")));
    assert_eq!(desk.run(&["history", "L-1", "--json"]).json(), lead["history"]);
}

#[test]
fn people_read_a_lead() {
    let desk = three();
    desk.run(&["note", "L-1", "# Call\nasked for prices"]).ok();
    let text = desk.run(&["show", "L-1"]).ok();
    for part in
        ["L-1 · Ann Lee · Contoso\n", "\nContact\n", "  Email           ann@contoso.com\n", "\nNotes\n", "    asked for prices\n"]
    {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    assert!(!text.contains("\x1b["), "coloured");
    assert!(desk.run(&["show", "L-1", "--color", "always"]).ok().contains("\x1b[1m"));
    assert!(desk.run(&["show", "N-1"]).ok().contains("# Call"));
    assert!(desk.run(&["show", "L-77"]).fails(1).contains("no record L-77"));
    assert!(desk.run(&["show", "abc"]).fails(2).contains("names no record"));
}

#[test]
fn history_and_steps_say_who_did_what() {
    let desk = three();
    desk.run(&["note", "L-1", "called"]).ok();
    desk.run(&["set", "L-1", "rating=cold"]).ok();
    let history = desk.run(&["history", "L-1"]).lines();
    assert!(history[0].starts_with("Step  When"), "{}", history[0]);
    assert!(history[1].ends_with("ana  command line  Rating: Hot → Cold"), "{}", history[1]);
    assert!(history[2].ends_with("N-1 written: called"), "{}", history[2]);
    assert_eq!(desk.run(&["history", "N-1"]).lines().len(), 2);
    let steps = desk.run(&["steps", "--json"]).json();
    let first = &steps[0];
    let keys: Vec<&String> = first.as_object().expect("a step").keys().collect();
    assert_eq!(keys, ["step", "at", "by", "origin", "act", "summary", "records", "undone"]);
    assert_eq!((&first["step"], &first["summary"], &first["records"]), (&json!(5), &json!("Rating of Ann Lee: Cold"), &json!(1)));
    assert_eq!(desk.run(&["steps", "--limit", "2"]).lines().len(), 3);
    assert_eq!(desk.run(&["steps", "--limit", "0"]).lines().len(), 6);
}

#[test]
fn show_tells_of_activities_the_open_ones_first() {
    let desk = Desk::with_lead();
    desk.run(&["call", "L-1", "--outcome", "talked", "wants a price list"]).ok();
    desk.run(&["appointment", "L-1", "Demo", "--at", "2031-03-12 15:00"]).ok();
    desk.run(&["task", "L-1", "Send the list", "--due", "2031-03-11"]).ok();
    let text = desk.run(&["show", "L-1"]).ok();
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in {text}"));
    assert!(at("Activities") < at("T-3 · due Tue 11 Mar 2031 · Task · Send the list"), "{text}");
    assert!(at("T-3") < at("T-2 · Wed 12 Mar 2031 15:00 · Appointment · Demo"), "{text}");
    assert!(at("T-2") < at("T-1 · ") && text.contains("Phone Call · outgoing · talked"), "{text}");
    assert!(text.contains("    wants a price list"), "{text}");
    for day in 1..=19 {
        desk.run(&["task", "L-1", &format!("Step {day}"), "--due", &format!("2032-01-{day:02}")]).ok();
    }
    let text = desk.run(&["show", "L-1"]).ok();
    let more = text.lines().find(|line| line.contains(" more: ")).expect("what is left out");
    assert_eq!(more.trim(), "1 more: leadbook list regarding:L-1 --entity activity");
    assert_eq!(desk.run(&["list", "regarding:L-1", "--entity", "activity", "--format", "ids"]).lines().len(), 22);
}
