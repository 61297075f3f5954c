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
