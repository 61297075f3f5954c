//! `request`, and what other commands say of requests.

use serde_json::json;

use crate::desk::Desk;

/// Ana's lead L-1, the account A-1 and the contact C-1 there.
fn desk() -> Desk {
    let desk = Desk::with_lead();
    desk.run(&["add", "--entity", "account", "name=Contoso", "city=Bonn", "phone=+49 228 1"]).ok();
    desk.run(&["add", "--entity", "contact", "first_name=Cleo", "last_name=Vos", "email=cleo@contoso.com", "account=A-1"]).ok();
    desk
}

#[test]
fn a_request_is_added_resolved_reopened_and_canceled() {
    let desk = desk();
    let add = ["request", "add", "L-1", "French docs", "type=problem", "priority=high", "due_at=2026-12-01"];
    assert_eq!(desk.run(&add).ok(), "R-1\n");
    assert_eq!(desk.run(&["request", "add", "A-1", "Who pays?"]).ok(), "R-2\n");
    assert_eq!(desk.run(&["request", "list", "--format", "ids"]).lines().len(), 2);
    assert_eq!(desk.run(&["list", "--entity", "request", "priority>=high", "--format", "ids"]).lines(), ["R-1"]);
    assert_eq!(desk.run(&["list", "--entity", "request", "customer:L-1", "--format", "ids"]).lines(), ["R-1"]);
    let request = desk.run(&["show", "R-1", "--json"]).json();
    for (field, value) in [("type", "problem"), ("priority", "high"), ("status", "active"), ("status_reason", "in-progress")] {
        assert_eq!(request[field], json!(value), "{field}");
    }
    let lead = desk.run(&["show", "L-1", "--json"]).json();
    assert_eq!([&lead["requests"][0]["number"], &lead["requests"][0]["name"]], [&json!("R-1"), &json!("French docs")]);
    assert_eq!(desk.run(&["request", "resolve", "R-1", "sent by mail"]).ok(), "R-1\n");
    let request = desk.run(&["show", "R-1", "--json"]).json();
    assert_eq!([&request["status_reason"], &request["resolution"]], [&json!("problem-solved"), &json!("sent by mail")]);
    assert!(desk.run(&["show", "L-1"]).ok().contains("R-1 · "));
    assert!(desk.run(&["request", "resolve", "R-1"]).fails(1).contains("R-1 is resolved already"));
    assert!(desk.run(&["set", "R-1", "priority=low"]).fails(1).contains("R-1"));
    assert_eq!(desk.run(&["request", "list", "--format", "ids"]).lines(), ["R-2"]);
    desk.run(&["reopen", "R-1"]).ok();
    desk.run(&["set", "--entity", "request", "1", "priority=low"]).ok();
    let reason = ["request", "resolve", "1", "--reason", "information-provided"];
    desk.run(&reason).ok();
    desk.run(&["undo"]).ok();
    assert_eq!(desk.run(&["request", "cancel", "R-1", "2"]).lines(), ["R-1", "R-2"]);
    assert_eq!(desk.run(&["request", "list", "--format", "ids"]).lines(), [""; 0]);
    let twice = desk.run(&["request", "resolve", "R-2", "--reason", "canceled"]).fails(1);
    assert!(twice.contains("problem-solved, information-provided"), "{twice}");
    assert!(desk.run(&["request", "add", "R-1", "x"]).fails(1).contains("requests are those of leads, accounts and contacts"));
    assert!(desk.run(&["request", "add", "L-1", " "]).fails(1).contains("Title is needed"));
    assert!(desk.run(&["find", "french"]).ok().contains("Requests\n"));
}

#[test]
fn a_lead_is_made_from_a_request_and_points_to_it() {
    let desk = desk();
    desk.run(&["request", "add", "C-1", "wants ten more", "description=by phone"]).ok();
    assert_eq!(desk.run(&["request", "lead", "R-1"]).ok(), "L-2\n");
    let lead = desk.run(&["show", "L-2", "--json"]).json();
    for (field, value) in [
        ("topic", "wants ten more"),
        ("name", "Cleo Vos"),
        ("company", "Contoso"),
        ("email", "cleo@contoso.com"),
        ("parent_contact", "C-1"),
        ("parent_account", "A-1"),
        ("originating_request", "R-1"),
        ("description", "by phone"),
    ] {
        assert_eq!(lead[field], json!(value), "{field}");
    }
    let links = desk.run(&["show", "R-1", "--json"]).json()["links"].clone();
    assert!(links.as_array().expect("links").iter().any(|link| link["record"] == "L-2"), "{links}");
    assert_eq!(desk.run(&["list", "has:originating_request", "--format", "ids"]).lines(), ["L-2"]);
    desk.run(&["undo"]).ok();
    assert_eq!(desk.run(&["list", "--format", "ids"]).lines(), ["L-1"]);
    desk.run(&["request", "add", "A-1", "more"]).ok();
    desk.run(&["request", "lead", "R-2"]).ok();
    assert_eq!(desk.run(&["list", "company:contoso topic:more", "--format", "ids"]).lines().len(), 1);
}

#[test]
fn requests_go_with_their_customer_and_are_read_on_what_a_lead_became() {
    let desk = desk();
    desk.run(&["request", "add", "L-1", "French docs"]).ok();
    desk.run(&["note", "R-1", "called back"]).ok();
    desk.run(&["delete", "L-1"]).ok();
    assert_eq!(desk.run(&["list", "--entity", "request", "--format", "ids"]).lines(), [""; 0]);
    desk.run(&["undelete", "L-1"]).ok();
    assert_eq!(desk.run(&["list", "--entity", "request", "--format", "ids"]).lines(), ["R-1"]);
    desk.run(&["qualify", "L-1"]).ok();
    let deal = desk.run(&["list", "--entity", "opportunity", "--format", "ids"]).lines()[0].clone();
    let shown = desk.run(&["show", &deal, "--json"]).json()["requests"].clone();
    assert_eq!([&shown[0]["number"], &shown[0]["regarding"]], [&json!("R-1"), &json!("L-1")]);
    assert!(desk.run(&["show", &deal]).ok().contains("Active · of L-1 · French docs"));
    // merging moves them
    desk.run(&["add", "Ann Leigh @ Contoso"]).ok();
    desk.run(&["request", "add", "L-2", "second"]).ok();
    desk.run(&["add", "Anna Lee @ Contoso"]).ok();
    desk.run(&["merge", "L-3", "L-2"]).ok();
    assert_eq!(desk.run(&["list", "--entity", "request", "customer:L-3", "--format", "ids"]).lines(), ["R-2"]);
    desk.run(&["undo"]).ok();
    assert_eq!(desk.run(&["list", "--entity", "request", "customer:L-2", "--format", "ids"]).lines(), ["R-2"]);
    desk.run(&["delete", "L-2"]).ok();
    desk.run(&["purge", "--older-than", "0d"]).ok();
    assert_eq!(desk.run(&["check"]).code, 0);
    assert!(desk.run(&["show", "R-2"]).fails(1).contains("there is no record R-2"));
}

#[test]
fn requests_are_exported_and_imported_again() {
    let desk = desk();
    desk.run(&["request", "add", "C-1", "one", "type=question", "origin=email"]).ok();
    let file = desk.text("requests.csv");
    desk.run(&["export", "--entity", "request", "--format", "csv", "-o", &file]).ok();
    let text = std::fs::read_to_string(&file).expect("the file");
    assert!(text.lines().nth(1).is_some_and(|line| line.contains("one") && line.contains("C-1")), "{text}");
    let own = desk.file("own.csv", "Title,Type,Priority\nnew one,Problem,High\nanother,Question,Low\n");
    let report = desk.run(&["import", &own, "--entity", "request", "--json"]).json();
    assert_eq!(report["created"], json!(2), "{report}");
    assert_eq!(desk.run(&["list", "--entity", "request", "type:problem priority:high", "--format", "ids"]).lines(), ["R-2"]);
}

#[test]
fn a_request_names_no_lead_source_and_its_lead_takes_all_of_the_customer() {
    let desk = Desk::new();
    let customer = [
        "first_name=Daniel",
        "last_name=Parks",
        "street=1 Main St",
        "city=Austin",
        "state_or_province=TX",
        "postal_code=78701",
        "country=US",
        "email2=dp@home.example",
        "home_phone=+1 555 0142",
        "do_not_email=yes",
    ];
    desk.run(&[&["add", "--entity", "contact"][..], &customer[..]].concat()).ok();
    let pairs = ["name=French manual", "regarding=C-1", "origin=phone"];
    let said = desk.run(&[&["add", "--entity", "request", "--json"][..], &pairs[..]].concat());
    assert!(!said.err.contains("via"), "{}", said.err);
    let lead = desk.run(&["request", "lead", "R-1"]).ok();
    let lead = desk.run(&["show", lead.trim(), "--json"]).json();
    for (field, value) in [
        ("state_or_province", json!("TX")),
        ("email2", json!("dp@home.example")),
        ("home_phone", json!("+1 555 0142")),
        ("street", json!("1 Main St")),
        ("do_not_email", json!(true)),
        ("topic", json!("French manual")),
    ] {
        assert_eq!(lead[field], value, "{field}");
    }
}
