//! `source`, `industry`, `reason`.

use serde_json::json;

use crate::desk::Desk;

#[test]
fn rows_are_added_once_and_then_used() {
    let desk = Desk::with_lead();
    assert_eq!(desk.run(&["source", "add", "Summer Fair"]).ok(), "summer-fair\n");
    assert_eq!(
        desk.run(&["source", "add", "summer fair", "--json"]).json(),
        json!({"made": ["summer-fair"], "step": null, "message": "Summer Fair is there already as the source summer-fair"})
    );
    assert_eq!(desk.run(&["set", "L-1", "source=summer fair"]).ok(), "L-1\n");
    assert_eq!(desk.run(&["industry", "add", "Bees"]).ok(), "bees\n");
    let sources = desk.run(&["source", "list", "--json"]).json();
    assert_eq!(sources[0], json!({"slug": "advertisement", "label": "Advertisement", "code": 1, "active": true}));
    assert_eq!(sources.as_array().expect("rows").iter().filter(|s| s["label"] == "Summer Fair").count(), 1);
    assert!(desk.run(&["industry", "list"]).ok().contains("bees"));
    let again = desk.run(&["source", "add", "summer fair"]);
    assert_eq!(
        (again.out.as_str(), again.err.as_str()),
        ("summer-fair\n", "Summer Fair is there already as the source summer-fair\n")
    );
    assert!(desk.run(&["source", "add", " "]).fails(1).contains("1 to 100 characters"));
}

#[test]
fn a_reason_belongs_to_a_state() {
    let desk = Desk::with_lead();
    assert_eq!(desk.run(&["reason", "add", "Waiting", "--state", "open"]).ok(), "waiting\n");
    assert_eq!(desk.run(&["reason", "add", "No budget", "--state", "disqualified"]).ok(), "no-budget\n");
    assert_eq!(desk.run(&["set", "L-1", "reason=waiting"]).ok(), "L-1\n");
    assert!(desk.run(&["set", "L-1", "reason=no-budget"]).fails(1).contains("is no reason of a lead that is open"));
    let reasons = desk.run(&["reason", "list", "--json"]).json();
    assert_eq!(reasons[3], json!({"slug": "lost", "label": "Lost", "code": 4, "active": true, "state": "disqualified"}));
    desk.run(&["reason", "add", "x"]).fails(2);
    desk.run(&["reason", "add", "x", "--state", "lost"]).fails(2);
}
