//! Notes, templates and the search in them.

use serde_json::json;

use crate::desk::Desk;

#[test]
fn templates_are_records_of_two_kinds() {
    let desk = Desk::with_lead();
    assert_eq!(desk.run(&["template", "add", "Visit", "body=# Visit {date}\n\n- who:"]).lines(), ["E-1"]);
    let mail = ["template", "add", "First offer", "kind=mail", "subject=For {company}", "body=Dear {first_name|there},"];
    assert_eq!(desk.run(&mail).lines(), ["E-2"]);
    let rows = desk.run(&["template", "list", "kind:mail", "--format", "json"]).json();
    assert_eq!([&rows[0]["number"], &rows[0]["subject"]], [&json!("E-2"), &json!("For {company}")]);
    desk.run(&["template", "set", "1", "status=inactive"]).ok();
    assert_eq!(desk.run(&["template", "list", "status:active", "--format", "ids"]).lines(), ["E-2"]);
    desk.run(&["undo"]).ok();
    desk.run(&["template", "remove", "E-2"]).ok();
    assert_eq!(desk.run(&["template", "list", "--format", "ids"]).lines(), ["E-1"]);
    assert!(desk.run(&["template", "add", "x", "kind=letter"]).fails(1).contains("Kind"));
}

#[test]
fn a_note_is_edited_pinned_and_its_history_told() {
    let desk = Desk::with_lead();
    assert_eq!(desk.run(&["note", "L-1", "# Call\nprice is 10\nsecond line"]).ok(), "N-1\n");
    assert_eq!(desk.run(&["note", "L-1", "newer"]).ok(), "N-2\n");
    assert_eq!(desk.run(&["note", "N-1", "# Call\nprice is 12\nsecond line"]).ok(), "N-1\n");
    let shown = desk.run(&["show", "n-1"]).ok();
    for part in
        ["N-1 on L-1 · Ann Lee", "· edited", "    price is 12", "N-1 changed: Call", "    - price is 10", "    + price is 12"]
    {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
    assert!(desk.run(&["history", "N-1"]).ok().contains("- price is 10"));
    let json = desk.run(&["show", "N-1", "--json"]).json();
    assert_eq!([&json["history"][0]["old"], &json["pinned"]], [&json!("# Call\nprice is 10\nsecond line"), &json!(false)]);
    let order = |desk: &Desk| {
        let lead = desk.run(&["show", "L-1", "--json"]).json();
        lead["notes"].as_array().expect("notes").iter().map(|n| n["number"].to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(order(&desk), "\"N-2\" \"N-1\"");
    assert_eq!(desk.run(&["note", "N-1", "--pin"]).ok(), "N-1\n");
    assert_eq!(desk.run(&["note", "N-1", "--pin"]).ok(), "");
    assert_eq!(order(&desk), "\"N-1\" \"N-2\"");
    assert!(desk.run(&["show", "L-1"]).ok().contains("· pinned · edited"));
    desk.run(&["undo"]).ok();
    assert_eq!(order(&desk), "\"N-2\" \"N-1\"");
    desk.run(&["redo"]).ok();
    desk.run(&["note", "N-1", "--unpin"]).ok();
    assert_eq!(order(&desk), "\"N-2\" \"N-1\"");
    assert!(desk.run(&["history", "L-1"]).ok().contains("N-1 unpinned"));
    assert!(desk.run(&["note", "L-1", "--pin"]).fails(2).contains("name the note that is pinned, as N-7"));
    assert!(desk.run(&["note", "N-9", "x"]).fails(1).contains("there is no record N-9"));
}

#[test]
fn tags_in_a_note_tag_its_record_in_the_same_step() {
    let desk = Desk::with_lead();
    desk.run(&["note", "L-1", "# Not #this\nmet at the #Fair, order #123, see https://x.de/#a"]).ok();
    assert_eq!(desk.field("L-1", "tags"), json!(["expo", "Fair"]));
    desk.run(&["undo"]).ok();
    assert_eq!(desk.field("L-1", "tags"), json!(["expo"]));
    assert_eq!(desk.run(&["show", "L-1", "--json"]).json()["notes"], json!([]));
    desk.run(&["redo"]).ok();
    desk.run(&["tag", "L-1", "-fair"]).ok();
    desk.run(&["note", "N-1", "met at the #Fair and #Later"]).ok();
    assert_eq!(desk.field("L-1", "tags"), json!(["expo", "Later"]), "what was taken off stays off");
}

#[test]
fn notes_are_searched_by_words_phrases_and_beginnings() {
    let desk = Desk::with_lead();
    desk.run(&["add", "Bo Berg @ Fabrikam"]).ok();
    desk.run(&["note", "L-1", "asked for the *French* docs again"]).ok();
    desk.run(&["note", "L-2", "docs in Français: later"]).ok();
    let list = |filter: &str| desk.run(&["list", filter, "--format", "ids"]).lines();
    assert_eq!(list("text:docs"), ["L-2", "L-1"]);
    assert_eq!(list("text:\"french docs\""), ["L-1"]);
    assert_eq!(list("text:\"docs french\""), [""; 0]);
    assert_eq!(list("text:franc text:lat"), ["L-2"]);
    assert_eq!(list("-text:french has:note"), ["L-2"]);
    assert_eq!(list("text:french,later bo"), ["L-2"]);
    desk.run(&["add", "--entity", "account", "name=Contoso"]).ok();
    desk.run(&["note", "A-1", "the French office"]).ok();
    assert_eq!(desk.run(&["list", "text:french", "--entity", "account", "--format", "ids"]).lines(), ["A-1"]);
    assert_eq!(list("no:note"), [""; 0]);
    desk.run(&["delete", "N-1"]).ok();
    assert_eq!(list("text:french"), [""; 0]);
    desk.run(&["note", "N-2", "nothing"]).ok();
    assert_eq!(list("text:docs"), [""; 0]);
    desk.run(&["undo"]).ok();
    assert_eq!(list("text:docs"), ["L-2"]);
    assert!(desk.run(&["list", "text:--"]).fails(2).contains("any note at all is found by has:note"));
    assert_eq!(desk.run(&["check"]).code, 0);
}

#[test]
fn find_looks_through_records_of_every_kind_and_notes() {
    let desk = Desk::with_lead();
    desk.run(&["add", "--entity", "account", "name=Contoso Works"]).ok();
    desk.run(&["add", "--entity", "contact", "last_name=Contoso"]).ok();
    desk.run(&["note", "A-1", "# Visit\nthe plant in Ulm, with the contosos"]).ok();
    desk.run(&["note", "A-1", "contoso pays late"]).ok();
    assert_eq!(desk.run(&["find", "contoso", "--format", "ids"]).lines(), ["L-1", "A-1", "C-1", "N-2", "N-1"]);
    assert_eq!(desk.run(&["find", "contoso", "--limit", "1", "--format", "ids"]).lines(), ["L-1", "A-1", "C-1", "N-2"]);
    let table = desk.run(&["find", "contoso"]).ok();
    for part in ["Leads\n", "\nAccounts\n", "\nContacts\n", "\nNotes\n", "the plant in Ulm, with the contosos", "Contoso Works"] {
        assert!(table.contains(part), "{part} in\n{table}");
    }
    let hits = desk.run(&["find", "ulm", "plant", "--json"]).json();
    assert_eq!([&hits[0]["kind"], &hits[0]["number"], &hits[0]["about"]], [&json!("note"), &json!("N-1"), &json!("A-1")]);
    assert_eq!(hits[0]["line"], json!("the plant in Ulm, with the contosos"));
    let csv = desk.run(&["find", "works", "--format", "csv"]).ok();
    assert_eq!(csv, "number,kind,name,text\nA-1,account,Contoso Works,\n");
}
