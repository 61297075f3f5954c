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
