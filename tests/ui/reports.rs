//! The reports: charts and tables at every size, and the records behind a number.

use leadbook::tui::terminal::capability::Colours;

use crate::harness::{Setting, Stage, at_all_sizes};
use crate::seed::Seed;

/// The words of the line of the table that the cursor is on.
fn words_here(stage: &Stage) -> Vec<String> {
    let screen = stage.screen();
    let line = screen.lines().rfind(|line| line.contains('▸')).expect("a row under the cursor");
    let (_, row) = line.split_once('▸').expect("the sign of the cursor");
    row.split("  ").map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[test]
fn sources_are_bars_and_a_table() {
    at_all_sizes("reports", |stage| {
        stage.keys("7").shows("Lead sources").shows("Disqualified");
    });
    let mut stage = Stage::new(50, 20);
    snapshot!(stage, "reports_50x20", "7l");
    let mut stage = Stage::new(40, 12);
    snapshot!(stage, "reports_40x12", "7");
    let mut stage = Stage::with(Setting { colours: Colours::None, ..Setting::default() });
    snapshot!(stage, "reports_no_colour", "7jl");
}

#[test]
fn each_report_keeps_its_place() {
    let mut stage = Stage::new(120, 40);
    stage.keys("7jlll");
    let sources = stage.screen();
    let titles = [
        "opportunities yet",
        "opportunities that",
        "Of closed",
        "Age",
        "Reason",
        "Owner",
        "Unit",
        "Partner",
        "No completed activities yet",
        "Hours",
        "Change",
    ];
    for title in titles {
        stage.keys("J").shows(title);
    }
    // behind the last comes the first
    stage.keys("<tab>");
    assert_eq!(stage.screen(), sources);
    snapshot!(stage, "reports_trend_120x40", "JJJ");
    snapshot!(stage, "reports_age_120x40", "J");
    // other screens come and go meanwhile
    stage.keys("gl").shows("My open leads").keys("gr").shows("Age of open leads");
}

#[test]
fn the_records_behind_a_number_are_as_many_as_it_says() {
    let mut stage = Stage::new(120, 40);
    stage.keys("7");
    let mut seen = 0;
    for row in 0..4 {
        for column in 1..=4 {
            stage.keys("gg").keys(&"j".repeat(row)).keys(&"h".repeat(9)).keys(&"l".repeat(column));
            let before = stage.screen();
            let words = words_here(&stage);
            let (name, count) = (&words[0], &words[column]);
            stage.keys("<enter>");
            let title = stage.line(1);
            assert!(title.contains(&format!("Lead sources · {name}")), "{title}");
            let (_, behind) = title.rsplit_once(" · ").filter(|(_, rest)| !rest.contains("late")).unwrap_or_else(|| {
                let late = title.rfind(" · ").expect("how many are late");
                title[..late].rsplit_once(" · ").expect("a count")
            });
            let listed = behind.split_whitespace().next().expect("a number");
            assert_eq!(listed, count, "{name}, column {column}: {title}");
            seen += 1;
            stage.keys("<esc>");
            assert_eq!(stage.screen(), before, "Esc comes back to the cell");
        }
    }
    assert_eq!(seen, 16);
}

#[test]
fn a_filter_and_a_period_narrow_it() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "reports_filter", "7/rating:hot");
    stage.keys("<enter>").shows("/ ");
    snapshot!(stage, "reports_filtered");
    stage.keys("<esc>").hides("Rating Hot");
    snapshot!(stage, "reports_periods", "@");
    snapshot!(stage, "reports_period", "this month<enter>");
    // nothing was entered then, and what there was is said
    stage.keys("@2020-05<enter>").shows("No leads in this period. The first: ");
    snapshot!(stage, "reports_empty");
    stage.keys("@blue<enter>").shows("blue");
    stage.keys("<esc><esc>").shows("all leads");
}

#[test]
fn nothing_to_report_says_how_to_begin() {
    let mut stage = Stage::with(Setting { seed: Seed::Empty, ..Setting::default() });
    stage.keys("7").shows("No leads yet. I imports a file");
    stage.keys("JJJJJ").shows("No disqualified leads yet.");
}

#[test]
fn a_report_is_written_as_it_is_shown() {
    let mut stage = Stage::new(80, 24);
    stage.keys("7E").shows("write report to").keys("<c-u>sources.xlsx<enter>").shows(".csv, .md or .json");
    for (name, holds) in [("s.csv", "source,leads,open"), ("s.md", "| Source | Leads |"), ("s.json", "\"leads\"")] {
        stage.keys("<c-u>").keys(name).keys("<enter>").shows("written: ");
        let text = std::fs::read_to_string(stage.folder().join(name)).expect("a file");
        assert!(text.contains(holds), "{name}: {text}");
        stage.keys("E");
    }
}

#[test]
fn what_is_written_meanwhile_is_counted() {
    let mut stage = Stage::new(80, 24);
    stage.keys("7");
    let before: i64 = words_here(&stage)[1].parse().expect("a count");
    stage.keys("ln").hides("does anything");
    stage.keys("<esc>");
    let source = words_here(&stage)[0].clone();
    stage.keys("gln").keys(&format!("Zoe Quist @ Quist via {source}")).keys("<enter>").keys("gr");
    let after: i64 = words_here(&stage)[1].parse().expect("a count");
    assert_eq!(after, before + 1);
}

#[test]
fn a_click_goes_to_a_bar_and_the_next_one_opens_it() {
    let mut stage = Stage::new(80, 24);
    stage.keys("7");
    let first = words_here(&stage)[0].clone();
    stage.click(30, 5);
    let second = words_here(&stage)[0].clone();
    assert_ne!(first, second);
    stage.click(30, 5).shows(&format!("Lead sources · {second}"));
    // another report by its name
    stage.keys("<esc>").click(20, 1).shows("[Pipeline]").shows("No opportunities yet");
}
