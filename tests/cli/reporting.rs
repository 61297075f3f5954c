//! `report`: its names, its formats and its keys.

use serde_json::json;

use crate::desk::Desk;

const SOURCES: [&str; 18] = [
    "source",
    "leads",
    "open",
    "qualified",
    "disqualified",
    "conversion_closed",
    "conversion_all",
    "days_median",
    "days_mean",
    "opportunities",
    "won",
    "lost",
    "revenue_from",
    "revenue_through",
    "revenue_per_lead",
    "cost",
    "return",
    "without_opportunity",
];

fn desk() -> Desk {
    let desk = Desk::with_lead();
    desk.run(&["add", "Bo Ek @ Fabrikam via partner : plan"]).ok();
    desk.run(&["add", "Cy Diaz @ Litware via partner : parts"]).ok();
    desk.run(&["qualify", "L-2"]).ok();
    desk.run(&["win", "O-1", "--revenue", "1200.50"]).ok();
    desk.run(&["disqualify", "L-3", "--reason", "lost"]).ok();
    desk
}

#[test]
fn sources_have_their_keys_in_every_format() {
    let desk = desk();
    let rows = desk.run(&["report", "sources", "source:partner", "--format", "json"]).json();
    let row = rows[0].as_object().expect("a row");
    assert_eq!(row.keys().map(String::as_str).collect::<Vec<_>>(), SOURCES);
    assert_eq!((&row["source"], &row["leads"], &row["won"]), (&json!("partner"), &json!(2), &json!(1)));
    assert_eq!((&row["conversion_closed"], &row["cost"]), (&json!(0.5), &json!(null)));
    let paid = row["revenue_from"].as_object().expect("amounts by currency");
    assert_eq!(paid.values().collect::<Vec<_>>(), [&json!("1200.50")]);
    let csv = desk.run(&["report", "sources", "source:partner", "--format", "csv"]).ok();
    assert_eq!(csv.lines().next(), Some(SOURCES.join(",").as_str()));
    assert!(csv.contains("Partner,2,0,1,1,0.5,0.5,"), "{csv}");
    let table = desk.run(&["report", "sources"]).ok();
    assert!(table.starts_with("Lead sources · all leads\n\nSource ") && table.contains("\nall "), "{table}");
    let markdown = desk.run(&["report", "sources", "--format", "markdown"]).ok();
    assert!(markdown.contains("| Source | Leads |") && markdown.contains("| --- | ---: |"), "{markdown}");
}

#[test]
fn a_period_is_compared_with_the_one_before() {
    let desk = desk();
    let rows = desk.run(&["report", "sources", "source:partner", "--period", "this-month", "--json"]).json();
    assert_eq!((&rows[0]["leads"], &rows[0]["before"]["leads"]), (&json!(2), &json!(0)));
    let csv = desk.run(&["report", "sources", "--period", "this-month", "--format", "csv"]).ok();
    assert!(csv.lines().next().is_some_and(|line| line.ends_with(",return_before,without_opportunity_before")), "{csv}");
    assert!(desk.run(&["report", "sources", "source:partner", "--period", "this-month"]).ok().contains("2 (+2)"));
}

#[test]
fn the_last_days_are_a_period_and_mistakes_in_one_are_named() {
    let desk = desk();
    for period in [&["--period", "-30d"][..], &["--period=-30d"]] {
        let table = desk.run(&[&["report", "sources", "source:partner"][..], period].concat()).ok();
        assert!(table.contains(" · Created On -30d (20") && table.contains("2 (+2)"), "{table}");
    }
    let table = desk.run(&["report", "changes", "--period", "-7d"]).ok();
    assert!(table.starts_with("Changes · all opportunities · changed -7d (20"), "{table}");
    let day = desk.run(&["report", "trend", "--period", "today"]).lines();
    assert!(day.iter().any(|line| line.starts_with("all ")), "{day:#?}");
    let wrong = |period: &str| desk.run(&["report", "trend", "--period", period]).fails(2);
    assert!(wrong("..2026-06").contains("has no first day"));
    assert!(wrong("2026-11-15..2026-11-01").contains("ends before it begins"));
}

#[test]
fn nothing_after_something_is_told_with_zeros() {
    let desk = desk();
    desk.run(&["call", "L-1", "--outcome", "talked", "x"]).ok();
    for name in ["trend", "activity", "speed"] {
        let rows = desk.run(&["report", name, "--period", "tomorrow", "--json"]).json();
        assert!(rows.as_array().is_some_and(|rows| !rows.is_empty()), "{name}: {rows}");
        let none = desk.run(&["report", name, "--period", "2001", "--json"]).json();
        assert_eq!(none, json!([]), "{name}");
    }
    let rows = desk.run(&["report", "trend", "--period", "tomorrow", "--json"]).json();
    assert_eq!((&rows[0]["leads"], &rows[0]["before"]["leads"]), (&json!(0), &json!(3)));
}

#[test]
fn leads_that_are_in_no_period_are_counted_in_a_note() {
    let desk = desk();
    let file = desk.file("lost.csv", "Last Name,Topic,Status,Status Reason\nLee,T,Disqualified,Lost\nEk,U,Disqualified,Lost\n");
    desk.run(&["import", &file]).ok();
    let note = "2 disqualified leads have no closing date and are in no period.";
    assert!(desk.run(&["report", "reasons", "--period", "this-month"]).ok().contains(note));
    assert!(desk.run(&["report", "reasons"]).ok().contains("2 disqualified leads have no closing date and are in no median."));
}

#[test]
fn an_amount_below_nothing_is_no_formula() {
    let desk = desk();
    desk.run(&["target", "add", "ana", "this-month", "2000"]).ok();
    let csv = desk.run(&["report", "forecast", "--period", "this-month", "--format", "csv"]).ok();
    assert!(csv.contains(",-0.3998 ") && !csv.contains('\''), "{csv}");
}

#[test]
fn a_target_is_of_owners_that_the_filter_does_not_leave_out() {
    let desk = desk();
    desk.run(&["user", "add", "bo"]).ok();
    desk.run(&["target", "add", "ana", "this-month", "2000"]).ok();
    desk.run(&["target", "add", "bo", "this-month", "2000"]).ok();
    let measured = |filter: &str| -> Vec<String> {
        let rows = desk.run(&["report", "forecast", filter, "--period", "this-month", "--json"]).json();
        let rows = rows.as_array().cloned().unwrap_or_default();
        let own = rows.iter().filter(|row| !row["target"].is_null());
        own.filter_map(|row| row["owner"].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(measured("value>=0 or no:value"), ["ana", "bo"]);
    assert_eq!(measured("owner:bo"), ["bo"]);
    assert_eq!(measured("is:mine"), ["ana"]);
    assert_eq!(measured("owner!=bo (value>1 or owner:ana)"), ["ana"]);
}

#[test]
fn every_report_is_there_and_a_mistake_is_named() {
    let desk = desk();
    for name in "sources pipeline forecast trend age reasons owners units partners activity speed changes".split(' ') {
        for format in ["table", "csv", "json", "markdown"] {
            assert!(!desk.run(&["report", name, "--format", format]).ok().is_empty(), "{name} {format}");
        }
    }
    assert!(desk.run(&["report", "colours"]).fails(2).contains("there are sources, pipeline"));
    assert!(desk.run(&["report", "sources", "colour:red"]).fails(2).contains("colour"));
    assert!(desk.run(&["report", "sources", "sort:name"]).fails(2).contains("its own order"));
    assert!(desk.run(&["report", "pipeline", "source:web"]).fails(2).contains("did you mean lead.source?"));
    assert!(desk.run(&["report", "sources", "--period", "blue"]).fails(2).contains("--period"));
    // pipeline is about opportunities, and a minus begins a word of the filter
    assert_eq!(desk.run(&["report", "pipeline", "-status:won", "--json"]).json().as_array().map(Vec::len), Some(0));
}
