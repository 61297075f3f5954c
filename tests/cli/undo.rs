//! `undo` and `redo`.

use serde_json::json;

use crate::desk::Desk;

#[test]
fn the_newest_step_of_the_command_line_goes_back_and_comes_again() {
    let desk = Desk::with_lead();
    desk.run(&["set", "L-1", "rating=cold"]).ok();
    assert_eq!(desk.run(&["undo"]).ok(), "L-1\n");
    assert_eq!(desk.field("L-1", "rating"), "hot");
    let answer = desk.run(&["redo", "--json"]).json();
    assert_eq!(answer, json!({"redone": 2, "changed": ["L-1"], "step": 4, "summary": "Rating of Ann Lee: Cold"}));
    assert_eq!(desk.field("L-1", "rating"), "cold");
    assert!(desk.run(&["redo"]).fails(1).contains("nothing to redo"));
    let answer = desk.run(&["undo", "--json"]).json();
    assert_eq!((&answer["undone"], &answer["changed"]), (&json!(2), &json!(["L-1"])));
    desk.run(&["undo"]).ok();
    assert_eq!(desk.run(&["list"]).ok(), "");
    assert!(desk.run(&["undo"]).fails(1).contains("nothing to undo"));
}

#[test]
fn a_named_step_goes_back_when_nothing_stands_in_the_way() {
    let desk = Desk::with_lead();
    desk.run(&["add", "Bo"]).ok();
    desk.run(&["set", "L-1", "rating=cold"]).ok();
    desk.run(&["set", "L-2", "rating=cold"]).ok();
    assert_eq!(desk.run(&["undo", "3"]).ok(), "L-1\n");
    assert!(desk.run(&["undo", "2"]).fails(1).contains("changed since by step 4"));
    assert!(desk.run(&["undo", "3"]).fails(1).contains("taken back already"));
    assert!(desk.run(&["undo", "99"]).fails(1).contains("there is no step 99"));
    desk.run(&["undo", "0"]).fails(2);
    desk.run(&["undo", "x"]).fails(2);
}

#[test]
fn an_import_is_taken_back_by_its_number() {
    let desk = Desk::new();
    let file = desk.file("leads.csv", "Last Name,Company\nLee,Contoso\nBerg,Fabrikam\n");
    desk.run(&["import", &file]).ok();
    let message = desk.run(&["undo"]).fails(1);
    assert!(message.contains("leadbook undo 1"), "{message}");
    assert_eq!(desk.run(&["undo", "1"]).lines(), ["L-1", "L-2"]);
    assert_eq!(desk.run(&["list"]).ok(), "");
    assert_eq!(desk.run(&["redo"]).lines(), ["L-1", "L-2"]);
}

#[test]
fn the_step_of_another_is_not_ones_own() {
    let mut desk = Desk::with_lead();
    desk.run(&["user", "add", "bo"]).ok();
    desk.user = "bo";
    assert!(desk.run(&["undo"]).fails(1).contains("nothing to undo"));
}

#[test]
fn an_import_that_was_the_last_step_is_not_passed_over() {
    let desk = Desk::with_lead();
    let file = desk.file("people.csv", "Last Name,Topic\nEk,Plans\n");
    assert_eq!(desk.run(&["import", &file]).code, 0);
    let told = desk.run(&["undo"]).fails(1);
    assert!(told.contains("your newest step is an import, 2") && told.contains("leadbook undo 2"), "{told}");
    desk.run(&["undo", "2"]).ok();
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "L-1\n");
    assert_eq!(desk.run(&["undo"]).ok(), "L-1\n");
}
