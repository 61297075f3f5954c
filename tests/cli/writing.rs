//! `add`, `set`, `note`, `tag`, `assign`, `delete`, `undelete`.

use serde_json::json;

use crate::desk::Desk;

#[test]
fn a_line_makes_a_lead_and_the_database() {
    let desk = Desk::new();
    let line = "Ann Lee @ Contoso ann@contoso.com +1 555 0100 via web !hot #expo needs 3D printers";
    assert_eq!(desk.run(&["add", line]).ok(), "L-1\n");
    let lead = desk.run(&["show", "1", "--format", "json"]).json();
    let expected = [
        ("name", "Ann Lee"),
        ("company", "Contoso"),
        ("email", "ann@contoso.com"),
        ("phone", "+1 555 0100"),
        ("source", "web"),
        ("rating", "hot"),
        ("topic", "needs 3D printers"),
        ("status", "open"),
        ("status_reason", "new"),
        ("owner", "ana"),
    ];
    for (field, value) in expected {
        assert_eq!(lead[field], value, "{field}");
    }
    assert_eq!(lead["tags"], json!(["expo"]));
    // the words may stand without quotes, and a new source is added
    assert_eq!(desk.run(&["add", "Bo", "@", "Fabrikam", "via", "Summer-fair", ":", "chairs"]).ok(), "L-2\n");
    assert_eq!(desk.field("L-2", "source"), "summer-fair");
}

#[test]
fn fields_make_a_lead() {
    let desk = Desk::new();
    let made = desk.run(&["add", "last_name=Lee", "topic=a=b", "value=40k EUR", "closes=2027-03-12", "--json"]).json();
    assert_eq!(made, json!({"made": ["L-1"], "step": 1, "message": "Added Lee · L-1"}));
    let lead = desk.run(&["show", "L-1", "--json"]).json();
    assert_eq!((&lead["estimated_value"], &lead["currency"]), (&json!("40000.00"), &json!("EUR")));
    assert_eq!((&lead["topic"], &lead["estimated_close_date"]), (&json!("a=b"), &json!("2027-03-12")));
    assert_eq!(desk.run(&["add", "--entity", "lead", "last_name=Bo", "topic=x"]).ok(), "L-2\n");
}

#[test]
fn what_is_missing_or_wrong_makes_nothing() {
    let desk = Desk::with_lead();
    assert!(desk.run(&["add", "last_name=Lee"]).fails(1).contains("Topic is needed"));
    assert!(desk.run(&["add", "!hot"]).fails(1).contains("a name or a company is missing"));
    assert!(desk.run(&["add", "last_name=Lee", "topic=x", "raiting=hot"]).fails(2).contains("did you mean rating?"));
    assert!(desk.run(&["add", "last_name=Lee", "topic=x", "rating=hott"]).fails(1).contains("Hot"));
    assert!(desk.run(&["add", "last_name=Lee", "topic=x", "status=qualified"]).fails(1).contains("kept by the program"));
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "L-1\n");
}

#[test]
fn set_writes_fields_of_many_and_names_those_that_changed() {
    let desk = Desk::with_lead();
    desk.run(&["add", "Bo @ Fabrikam !warm"]).ok();
    assert_eq!(desk.run(&["set", "L-1", "2", "rating=hot", "value=10k"]).lines(), ["L-1", "L-2"]);
    assert_eq!(desk.run(&["set", "L-1", "2", "rating=cold", "--json"]).json()["changed"], json!(["L-1", "L-2"]));
    desk.run(&["set", "2", "rating=hot"]).ok();
    assert_eq!(desk.run(&["set", "1", "2", "rating=hot"]).lines(), ["L-1"]);
    assert_eq!(desk.run(&["set", "1", "rating=hot"]).ok(), "");
    let id = desk.field("L-1", "id");
    let id = id.as_str().expect("a UUID");
    assert_eq!(desk.run(&["set", id, "job-title=Buyer"]).ok(), "L-1\n");
    assert_eq!(desk.run(&["set", "l1", "title="]).ok(), "L-1\n");
    assert!(desk.field("L-1", "job_title").is_null());
}

#[test]
fn set_refuses_whole_what_it_cannot_do_whole() {
    let desk = Desk::with_lead();
    for (args, code, part) in [
        (vec!["L-1", "colour=red"], 2, "no field “colour”"),
        (vec!["L-1", "rating"], 2, "FIELD=VALUE"),
        (vec!["rating=hot", "L-1"], 2, "FIELD=VALUE"),
        (vec!["X-1", "rating=cold"], 2, "names no record"),
        (vec!["L-1", "L-9", "rating=cold"], 1, "no record L-9"),
        (vec!["L-1", "rating=cold", "employees=many"], 1, "employees"),
        (vec!["L-1", "last_name="], 1, "Last Name is needed"),
        (vec!["L-1", "rating=cold", "owner=zed"], 1, "zed"),
        (vec!["L-1", "number=L-5"], 1, "kept by the program"),
    ] {
        let message = desk.run(&[&["set"][..], &args].concat()).fails(code);
        assert!(message.contains(part), "{message}");
    }
    assert_eq!(desk.field("L-1", "rating"), "hot");
    assert_eq!(desk.field("L-1", "version"), 1);
}

#[test]
fn what_changes_nothing_says_why() {
    let desk = Desk::with_lead();
    let empty = desk.run(&["note", "L-1", " "]).fails(1);
    assert!(empty.contains("a note needs some text") && !empty.contains("Esc"), "{empty}");
    desk.run(&["delete", "L-1"]).ok();
    let again = desk.run(&["delete", "L-1"]);
    assert_eq!((again.code, again.out.as_str(), again.err.as_str()), (0, "", "Ann Lee is deleted already\n"));
    let nowhere = desk.run(&["backup", &desk.text("no/such/x.db")]).fails(1);
    assert!(nowhere.contains("there is no folder") && nowhere.contains("no/such (make it first"), "{nowhere}");
}

#[test]
fn set_refuses_all_for_one_that_is_closed_and_says_so() {
    let desk = Desk::new();
    let file = desk.file("two.csv", "Last Name,Company,Status\nLee,Contoso,Open\nEk,Fabrikam,Disqualified\n");
    desk.run(&["import", &file]).ok();
    let said = desk.run(&["set", "L-1", "L-2", "rating=hot"]).fails(1);
    assert!(said.contains("Rating stays as it is; none of the 2 leads was changed"), "{said}");
    assert_eq!(desk.field("L-1", "rating"), "warm");
}

#[test]
fn an_amount_settles_the_currency_once() {
    let desk = Desk::with_lead();
    desk.run(&["set", "L-1", "value=40k EUR"]).ok();
    assert_eq!(desk.field("L-1", "currency"), "EUR");
    assert!(desk.run(&["set", "L-1", "value=3 USD"]).fails(1).contains("nothing is converted"));
    desk.run(&["set", "L-1", "currency=USD", "value=3 USD"]).ok();
    desk.run(&["add", "Bo"]).ok();
    desk.run(&["set", "1", "2", "value=5 USD"]).ok();
    assert_eq!(desk.field("L-2", "currency"), "USD");
    desk.run(&["set", "2", "currency=GBP"]).ok();
    assert!(desk.run(&["set", "1", "2", "value=5 GBP"]).fails(1).contains("GBP and USD"));
}

#[test]
fn an_owner_is_set_by_handing_over() {
    let desk = Desk::with_lead();
    desk.run(&["user", "add", "bo"]).ok();
    assert_eq!(desk.run(&["set", "L-1", "owner=bo", "rating=cold"]).ok(), "L-1\n");
    assert_eq!((desk.field("L-1", "owner"), desk.field("L-1", "handed_by")), (json!("bo"), json!("ana")));
    let answer = desk.run(&["assign", "L-1", "--to", "me", "--json"]).json();
    assert_eq!(answer["changed"], json!(["L-1"]));
    desk.run(&["assign", "L-1", "--to", "bo", "--note", "- call him"]).ok();
    assert_eq!(desk.field("L-1", "handed_note"), "- call him");
    assert!(desk.run(&["assign", "L-1", "--to", "bob"]).fails(1).contains("did you mean bo?"));
    desk.run(&["assign", "L-1"]).fails(2);
}

#[test]
fn tags_are_added_and_taken_away() {
    let desk = Desk::with_lead();
    desk.run(&["add", "Bo"]).ok();
    assert_eq!(desk.run(&["tag", "1", "2", "+vip", "+big"]).lines(), ["L-1", "L-2"]);
    let answer = desk.run(&["tag", "L-1", "-expo", "-vip", "+new", "--json"]).json();
    assert_eq!(answer["changed"], json!(["L-1"]));
    assert_eq!(desk.field("L-1", "tags"), json!(["big", "new"]));
    assert!(desk.run(&["tag", "L-1", "vip"]).fails(2).contains("names no record") || desk.field("L-1", "version") == 3);
    desk.run(&["tag", "L-1", "L-2"]).fails(2);
    desk.run(&["tag", "+a", "-b"]).fails(2);
    assert!(desk.run(&["tag", "L-1", "+two words"]).fails(1).contains("one word"));
}

#[test]
fn notes_come_from_the_line_or_from_standard_input() {
    let desk = Desk::with_lead();
    assert_eq!(desk.run(&["note", "L-1", "- called\n- wrote"]).ok(), "N-1\n");
    assert_eq!(desk.run_with(&["note", "1", "--json"], "von Hand: é\n".as_bytes()).json()["made"], json!(["N-2"]));
    let notes = desk.field("L-1", "notes");
    assert_eq!((&notes[0]["body"], &notes[1]["body"]), (&json!("von Hand: é"), &json!("- called\n- wrote")));
    assert_eq!(desk.run(&["show", "N-2", "--json"]).json()["about"], "L-1");
    assert!(desk.run_with(&["note", "1"], b"  \n").fails(1).contains("empty"));
    assert!(desk.run_with(&["note", "1"], b"\xff\xfe").fails(1).contains("UTF-8"));
    assert!(desk.run_with(&["note", "1"], &vec![b'a'; 1_000_001]).fails(1).contains("fit"));
    assert!(desk.run(&["note", "L-9", "x"]).fails(1).contains("no record L-9"));
}

#[test]
fn what_is_deleted_comes_back() {
    let desk = Desk::with_lead();
    desk.run(&["add", "Bo"]).ok();
    desk.run(&["note", "L-2", "hello"]).ok();
    assert_eq!(desk.run(&["delete", "L-1", "N-1"]).lines(), ["L-1", "N-1"]);
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "L-2\n");
    assert_eq!(desk.run(&["list", "is:deleted", "--format", "ids"]).ok(), "L-1\n");
    assert!(desk.run(&["set", "L-1", "rating=cold"]).fails(1).contains("undelete"));
    assert_eq!(desk.field("L-2", "notes"), json!([]));
    assert_eq!(desk.run(&["undelete", "L-1", "--json"]).json()["changed"], json!(["L-1"]));
    assert_eq!(desk.run(&["undelete", "L-1"]).ok(), "");
    assert!(desk.run(&["undelete", "N-1"]).fails(1).contains("undo STEP"));
    desk.run(&["undo"]).ok();
    assert_eq!(desk.run(&["undo"]).ok(), "N-1\n");
}

#[test]
fn what_a_record_refers_to_is_there() {
    let desk = Desk::with_lead();
    desk.run(&["task", "L-1", "send it", "--due", "fri"]).ok();
    desk.run(&["add", "Bo Ek"]).ok();
    desk.run(&["delete", "L-2"]).ok();
    for (args, said) in [
        (&["set", "--entity", "activity", "T-1", "regarding=L-99"][..], "there is no lead L-99"),
        (&["set", "--entity", "activity", "T-1", "regarding=T-1"], "an activity stands on"),
        (&["set", "--entity", "activity", "T-1", "regarding=L-2"], "L-2 is deleted; restore it first"),
        (&["set", "L-1", "parent_account=A-999"], "there is no account A-999"),
        (&["set", "L-1", "parent_contact=C-999"], "there is no contact C-999"),
    ] {
        let told = desk.run(args).fails(1);
        assert!(told.contains(said), "{args:?}: {told}");
    }
    assert_eq!(desk.run(&["show", "T-1", "--json"]).json()["regarding"], "L-1");
}

#[test]
fn a_step_needs_a_subject_and_an_appointment_a_time() {
    let desk = Desk::with_lead();
    for (args, said) in [
        (&["task", "L-1", "  "][..], "Subject is needed"),
        (&["activity", "L-1", "--kind", "task", "subject="], "Subject is needed"),
        (&["appointment", "L-1", "demo", "--at", "fri"], "an appointment needs a time too"),
        (&["task", "L-1", "x", "--due", "9999-12-31"], "is on no calendar"),
        (&["task", "L-1", "x", "--due", "week"], "“week” is not understood as a date; write it as"),
    ] {
        let told = desk.run(args).fails(1);
        assert!(told.contains(said), "{args:?}: {told}");
    }
    assert_eq!(desk.run(&["list", "--entity", "activity", "--format", "ids"]).ok(), "");
}

#[test]
fn an_appointment_across_a_change_of_the_clock_keeps_its_length_and_its_hours() {
    let desk = Desk::with_lead();
    std::fs::create_dir_all(desk.path("config/leadbook")).expect("a folder");
    std::fs::write(desk.path("config/leadbook/config.toml"), "time_zone = \"Europe/Berlin\"\n").expect("settings");
    // the clock skips from two to three in the middle of it
    desk.run(&["appointment", "L-1", "night shift", "--at", "2027-03-28 01:30", "--for", "60m"]).ok();
    let held = |field: &str| desk.run(&["show", "T-1", "--json"]).json()[field].clone();
    assert_eq!((&held("starts_at"), &held("due_at")), (&"2027-03-28T00:30:00Z".into(), &"2027-03-28T01:30:00Z".into()));
    let calendar = desk.run(&["export", "--entity", "activity", "--format", "ics"]).ok();
    assert!(calendar.contains("DTSTART:20270328T003000Z") && calendar.contains("DTEND:20270328T013000Z"), "{calendar}");
    // a time that the clock skips is the next one it shows, of one that it shows twice the earlier
    desk.run(&["move", "T-1", "2027-03-28 02:30"]).ok();
    assert_eq!((held("starts_at"), held("due_at")), ("2027-03-28T01:00:00Z".into(), "2027-03-28T02:00:00Z".into()));
    desk.run(&["move", "T-1", "2027-10-31 02:30"]).ok();
    assert_eq!((held("starts_at"), held("due_at")), ("2027-10-31T00:30:00Z".into(), "2027-10-31T01:30:00Z".into()));
}
