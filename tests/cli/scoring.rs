//! Scores, the rules that give points, and targets, from the command line.

use serde_json::json;

use super::desk::Desk;

#[test]
fn rules_of_points_are_made_changed_moved_and_removed() {
    let desk = Desk::with_lead();
    assert_eq!(desk.run(&["score-rule", "list", "--json"]).json(), json!([]));
    assert_eq!(desk.run(&["score-rule", "add", "Hot", "--points", "+60", "--when", "rating:hot"]).ok(), "D-1\n");
    assert_eq!(desk.run(&["score-rule", "add", "No file", "--points", "-10", "--when", "no:file"]).ok(), "D-2\n");
    assert_eq!((desk.field("L-1", "score"), desk.field("L-1", "grade")), (json!(50), json!("b")));
    desk.run(&["score-rule", "set", "no file", "--points", "-40", "--rename", "Nothing sent"]).ok();
    assert_eq!(desk.field("L-1", "score"), json!(20));
    desk.run(&["score-rule", "set", "D-2", "--off"]).ok();
    assert_eq!(desk.field("L-1", "score"), json!(60));
    desk.run(&["score-rule", "move", "2", "1"]).ok();
    let rules = desk.run(&["score-rule", "list", "--json"]).json();
    assert_eq!(
        rules,
        json!([
            {"number": "D-2", "name": "Nothing sent", "points": -40, "when": "no:file", "active": false},
            {"number": "D-1", "name": "Hot", "points": 60, "when": "rating:hot", "active": true},
        ])
    );
    desk.run(&["score-rule", "remove", "hot"]).ok();
    assert_eq!(desk.field("L-1", "score"), json!(null), "no rule counts");
    desk.run(&["undo"]).ok();
    assert_eq!(desk.field("L-1", "score"), json!(60));
    assert!(desk.run(&["score-rule", "set", "Hott", "--off"]).fails(1).contains("did you mean “Hot”?"));
    assert!(desk.run(&["score-rule", "add", "X", "--points", "many", "--when", ""]).fails(2).contains("write +20 or -10"));
    assert!(desk.run(&["score-rule", "add", "X", "--points", "1", "--when", "colour:red"]).fails(2).contains("no field colour"));
}

#[test]
fn a_score_is_explained_sorted_filtered_and_graded() {
    let desk = Desk::with_lead();
    desk.run(&["add", "Bo Ek @ Fabrikam"]).ok();
    desk.run(&["score-rule", "add", "Hot", "--points", "60", "--when", "rating:hot"]).ok();
    desk.run(&["score-rule", "add", "Sweden", "--points", "5", "--when", "country:se"]).ok();
    let explained = desk.run(&["score", "L-1", "--explain", "--json"]).json();
    assert_eq!(
        explained,
        json!({
            "lead": "L-1", "score": 60, "grade": "b", "closed": false, "grades": "A=75,B=50,C=25",
            "lines": [
                {"points": 60, "rule": "Hot", "when": "rating:hot", "counts": true, "active": true, "problem": null},
                {"points": 5, "rule": "Sweden", "when": "country:se", "counts": false, "active": true, "problem": null},
            ]
        })
    );
    assert_eq!(
        desk.run(&["score", "1", "--explain"]).ok(),
        "L-1 Ann Lee · score 60 B\nPoints  Rule    When\n   +60  Hot     rating:hot  counts\n    +5  Sweden  country:se  –\n"
    );
    assert_eq!(desk.run(&["list", "score>=50", "grade:b", "--format", "ids"]).ok(), "L-1\n");
    assert_eq!(desk.run(&["list", "sort:-score", "--format", "ids"]).ok(), "L-1\nL-2\n");
    assert_eq!(desk.run(&["list", "sort:score", "--format", "ids"]).ok(), "L-2\nL-1\n");
    assert_eq!(
        desk.run(&["score", "--grades", "A=60,B=40,C=5", "--json"]).json(),
        json!({"leads": 2, "changed": 1, "grades": "A=60,B=40,C=5", "step": 5})
    );
    assert_eq!(desk.field("L-1", "grade"), json!("a"));
    assert_eq!(desk.run(&["score", "-rating:hot"]).ok(), "0\n");
    assert_eq!(desk.run(&["score"]).ok(), "0\n");
    assert!(desk.run(&["score", "--grades", "A=1,B=2,C=3"]).fails(2).contains("A=75,B=50,C=25"));
    assert!(desk.run(&["score", "colour:red"]).fails(2).contains("no field colour"));
    assert!(desk.run(&["score", "--explain"]).fails(2).contains("say which lead"));
}

#[test]
fn targets_are_of_people_teams_or_all() {
    let desk = Desk::with_lead();
    desk.run(&["user", "add", "bo"]).ok();
    assert_eq!(desk.run(&["target", "add", "ana", "2026-12", "50000", "EUR"]).ok(), "D-1\n");
    assert_eq!(desk.run(&["target", "add", "bo", "every", "200k", "USD"]).ok(), "D-2\n");
    assert_eq!(desk.run(&["target", "add", "all", "every", "1.5M EUR"]).ok(), "D-3\n");
    assert!(
        desk.run(&["target", "add", "ana", "2026-12", "60k", "EUR"]).fails(1).contains("there is a target of ana 2026-12 EUR")
    );
    desk.run(&["target", "set", "ana", "2026-12", "60k", "EUR"]).ok();
    desk.run(&["target", "remove", "all", "every"]).ok();
    // of two currencies none is meant silently, of one alone that one is
    desk.run(&["target", "add", "ana", "2026-12", "5k", "SEK"]).ok();
    for args in [&["set", "ana", "2026-12", "70000"][..], &["remove", "ana", "2026-12"]] {
        let refused = desk.run(&[&["target"], args].concat()).fails(2);
        assert!(refused.contains("ana 2026-12 has targets in EUR and SEK"), "{refused}");
    }
    desk.run(&["target", "remove", "ana", "2026-12", "sek"]).ok();
    desk.run(&["target", "set", "ana", "2026-12", "60k"]).ok();
    assert_eq!(
        desk.run(&["target", "list", "--json"]).json(),
        json!([
            {"number": "D-1", "of": "ana", "month": "2026-12", "amount": "60000.00", "currency": "EUR"},
            {"number": "D-2", "of": "bo", "month": null, "amount": "200000.00", "currency": "USD"},
        ])
    );
    desk.run(&["target", "set", "ana", "2026-12", "70k"]).ok();
    desk.run(&["target", "add", "ana", "2026-12", "5k", "USD"]).ok();
    for args in [&["target", "set", "ana", "2026-12", "80k"][..], &["target", "remove", "ana", "2026-12"]] {
        let said = desk.run(args).fails(2);
        assert!(said.contains("ana 2026-12 has targets in EUR and USD; say which currency"), "{said}");
    }
    desk.run(&["target", "set", "ana", "2026-12", "6k", "USD"]).ok();
    desk.run(&["target", "remove", "ana", "2026-12", "eur"]).ok();
    let list = desk.run(&["target", "list", "--json"]).json();
    assert_eq!(
        (&list[0]["currency"], &list[0]["amount"], list.as_array().map(Vec::len)),
        (&json!("USD"), &json!("200000.00"), Some(2))
    );
    assert_eq!((&list[1]["currency"], &list[1]["amount"]), (&json!("USD"), &json!("6000.00")));
    assert!(desk.run(&["target", "set", "cy", "every", "1"]).fails(1).contains("no user or team"));
    assert!(desk.run(&["target", "add", "ana", "soon", "1"]).fails(2).contains("no month"));
    assert!(desk.run(&["target", "add", "ana", "2026-13", "1"]).fails(1).contains("2026-11"));
    assert!(desk.run(&["target", "remove", "bo", "2026-12"]).fails(1).contains("no target of bo 2026-12"));
}
