//! Lines that are asked for: what is completed, read and refused.

use super::*;
use crate::model::zone::of_place;
use crate::tui::stage::Stage;

fn line(stage: &Stage) -> (String, String) {
    let (label, text, _) = stage.layers[0].prompt().unwrap();
    (label, text)
}

fn entered(stage: &Stage) -> Option<&str> {
    match stage.outcomes.last() {
        Some(Outcome::Entered(_, text)) => Some(text),
        _ => None,
    }
}

#[test]
fn tags_are_completed_and_checked() {
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| Prompt::tags(cx.env, Targets::leads(vec![1, 2])));
    assert_eq!(line(&stage).0, "tags · 2 leads › ");
    assert!(stage.screen().contains("expo -trade adds expo"));
    stage.write("-vi").keys("tab").write("e").keys("tab");
    assert_eq!(line(&stage).1, "-vip expo");
    assert!(stage.screen().contains(" export"));
    stage.keys("enter");
    assert_eq!(entered(&stage), Some("-vip expo"));
}

#[test]
fn a_date_is_read_while_it_is_typed() {
    let mut stage = Stage::new(80, 10);
    stage.open(|_| Prompt::moment("move to › ", Purpose::ImportFile, "", of_place("US", "NY")));
    assert!(stage.screen().contains("a day, with or without a time"));
    stage.write("tue 9am");
    assert!(stage.screen().contains("→ Tue 24 Nov 09:00 (their 04:00!)"), "{}", stage.screen());
    stage.write(" shrp");
    assert!(stage.screen().contains("! “shrp” is not understood as a date"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(entered(&stage), None);
    stage.keys("ctrl-w enter");
    assert_eq!(entered(&stage).map(str::trim), Some("tue 9am"));
}

#[test]
fn a_path_is_completed_by_what_is_there() {
    let mut stage = Stage::new(60, 10);
    stage.env.state.last_import = "/home/ana/Downloads/old.csv".into();
    stage.open(|cx| Prompt::import_file(cx.env));
    assert_eq!(line(&stage).1, "/home/ana/Downloads/");
    stage.keys("up");
    assert_eq!(line(&stage).1, "/home/ana/Downloads/old.csv");
    stage.keys("down").write("le").keys("tab");
    let typed = "/home/ana/Downloads/le";
    assert_eq!(stage.effects.last(), Some(&Effect::CompletePath(typed.into())));
    let found = [format!("{typed}ads-a.csv"), format!("{typed}ads-b.csv")];
    stage.incoming(&Incoming::Paths { typed: "other", found: &found });
    stage.incoming(&Incoming::Paths { typed, found: &found });
    assert_eq!(line(&stage).1, "/home/ana/Downloads/leads-");
    assert!(stage.screen().contains("leads-a.csv"));
    stage.write("b.csv").keys("enter");
    assert_eq!(entered(&stage), Some("/home/ana/Downloads/leads-b.csv"));
}

#[test]
fn an_export_needs_an_ending_that_says_the_format() {
    let mut stage = Stage::new(80, 10);
    stage.open(|cx| Prompt::export(cx.env, Targets::one(crate::model::entity::RecordId::lead(7))));
    assert_eq!(line(&stage), ("write · L-7 to › ".into(), "leads-2026-11-23.csv".into()));
    stage.keys("ctrl-w").write("xlsx").keys("enter");
    assert!(stage.screen().contains("! the ending says the format: .csv"), "{}", stage.screen());
    stage.keys("ctrl-w").write("json").keys("enter");
    assert_eq!(entered(&stage), Some("leads-2026-11-23.json"));
}

#[test]
fn a_note_for_the_new_owner_may_be_empty() {
    let mut stage = Stage::new(80, 10);
    stage.open(|cx| Prompt::hand_over(cx.env, Owner::User(2), Targets::one(crate::model::entity::RecordId::lead(7))));
    assert_eq!(line(&stage).0, "note for bo · L-7 › ");
    assert!(stage.screen().contains("open activities go along"), "{}", stage.screen());
    stage.keys("tab");
    assert!(stage.screen().contains("open activities stay"), "{}", stage.screen());
    stage.keys("tab").write("wants\nFrench docs").keys("enter");
    assert_eq!(entered(&stage), Some("wants French docs"));
    stage.open(|cx| Prompt::hand_over(cx.env, Owner::User(2), Targets::one(crate::model::entity::RecordId::lead(7))));
    stage.write(&"x".repeat(2_001)).keys("enter");
    assert!(stage.screen().contains("! too long: 2001 of 2000"));
    stage.keys("esc");
    assert!(stage.layers.is_empty());
}
