//! Views from the command line: one's own, shared, shipped.

use serde_json::json;

use super::desk::Desk;

fn slugs(desk: &Desk, args: &[&str]) -> Vec<String> {
    let views = desk.run(args).json();
    let views = views.as_array().expect("an array").iter();
    views.filter(|view| view["whose"] != "shipped").map(|view| view["slug"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn views_are_saved_and_listed_before_the_shipped_ones() {
    let desk = Desk::with_lead();
    desk.run(&["add", "Bo Ek @ Fabrikam"]).ok();
    let add = ["view", "add", "Hot ones", "rating:hot", "status:open", "--sort", "-created_at,name", "--columns", "name,score"];
    assert_eq!(desk.run(&add).ok(), "D-1\n");
    assert_eq!(desk.run(&["list", "--view", "hot-ones", "--format", "ids"]).ok(), "L-1\n");
    assert_eq!(desk.run(&["list", "--view", "hot"]).lines()[0], "Number  Name     Score");
    assert_eq!(desk.run(&["view", "add", "Everything", "--shared"]).ok(), "D-2\n");
    assert_eq!(desk.run(&["view", "add", "Big", "value>10k", "--entity", "opportunity"]).ok(), "D-3\n");
    assert_eq!(slugs(&desk, &["view", "list", "--json"]), ["hot-ones", "everything"]);
    assert_eq!(slugs(&desk, &["view", "list", "--json", "--entity", "opportunity"]), ["big"]);
    let first = desk.run(&["view", "list", "--json", "--count"]).json()[0].clone();
    assert_eq!(
        first,
        json!({"name": "Hot ones", "slug": "hot-ones", "whose": "mine", "number": "D-1", "filter": "rating:hot status:open",
               "sort": "-created_at,name", "columns": ["name", "score"], "count": 1})
    );
    desk.run(&["view", "set", "hot-ones", "--rename", "Warm ones", "--filter", "-rating:hot", "--sort", ""]).ok();
    assert_eq!(desk.run(&["list", "--view", "warm-ones", "--format", "ids"]).ok(), "L-2\n");
    desk.run(&["view", "add", "Second"]).ok();
    desk.run(&["view", "move", "second", "1"]).ok();
    assert_eq!(slugs(&desk, &["view", "list", "--json"]), ["second", "warm-ones", "everything"]);
    desk.run(&["view", "remove", "warm ones"]).ok();
    assert!(desk.run(&["list", "--view", "warm-ones"]).fails(2).contains("no view “warm-ones”"));
    desk.run(&["undo"]).ok();
    assert_eq!(desk.run(&["list", "--view", "warm-ones", "--format", "ids"]).ok(), "L-2\n");
    assert!(desk.run(&["view", "remove", "open leads"]).fails(1).contains("shipped"));
    assert!(desk.run(&["view", "add", "X", "colour:red"]).fails(2).contains("no field colour"));
    assert!(desk.run(&["view", "set", "warm-ones", "--filter", "company:\"x"]).fails(2).contains("not closed"));
    assert!(desk.run(&["view", "add", "X", "--sort", "colour"]).fails(2).contains("no field colour"));
    assert!(desk.run(&["view", "move", "second", "0"]).fails(2).contains("counted from 1"));
    assert!(desk.run(&["view", "add", "X", "--columns", "colour"]).fails(2).contains("no field “colour”"));
}

#[test]
fn ones_own_view_hides_a_shipped_one_and_says_so() {
    let desk = Desk::with_lead();
    desk.run(&["view", "add", "Open leads", "rating:cold"]).ok();
    let ran = desk.run(&["list", "--view", "open-leads", "--format", "ids"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(ran.err.contains("“Open leads” is mine here; the shipped one is called so too"), "{}", ran.err);
}

#[test]
fn what_is_ones_own_is_seen_by_nobody_else() {
    let mut desk = Desk::with_lead();
    desk.run(&["user", "add", "bo"]).ok();
    desk.run(&["view", "add", "Mine"]).ok();
    desk.run(&["view", "add", "Ours", "--shared"]).ok();
    desk.user = "bo";
    assert_eq!(slugs(&desk, &["view", "list", "--json"]), ["ours"]);
    assert!(desk.run(&["view", "remove", "ours"]).fails(1).contains("admin"));
    assert!(desk.run(&["view", "remove", "mine"]).fails(1).contains("no view"));
    assert!(desk.run(&["view", "add", "Theirs", "--shared"]).fails(1).contains("admin"));
    assert_eq!(desk.run(&["view", "add", "Mine", "rating:hot"]).ok(), "D-3\n");
    assert_eq!(desk.run(&["list", "--view", "mine", "--format", "ids"]).ok(), "L-1\n");
    desk.run(&["view", "move", "mine", "1"]).ok();
}
