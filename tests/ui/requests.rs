//! Customer requests by keys: made on a record, resolved and canceled in its timeline, listed, made into leads.

use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::value::Value;
use leadbook::service::request::AddRequest;

use crate::harness::{Stage, at_all_sizes};
use crate::record::{ann, number};

/// Bo makes a request of Ann Lee.
fn asked(stage: &mut Stage, title: &str) {
    let name = stage.env().catalog.registry(Entity::Request).id("name");
    let about = RecordId::lead(number(stage));
    stage.others(1, AddRequest { about, values: vec![(name, Value::text(title))] });
}

fn state(stage: &Stage) -> Vec<String> {
    stage.sql(
        "SELECT name || ' ' || status || ' ' || coalesce(resolution, '') FROM request WHERE deleted_at IS NULL ORDER BY number",
    )
}

#[test]
fn r_opens_a_form_that_can_be_saved_at_once() {
    let mut stage = ann(80, 40);
    snapshot!(stage, "request_form", "r");
    stage.keys("<c-s>").shows("Request of Ann Lee");
    assert_eq!(state(&stage), ["Request of Ann Lee 0 "]);
    let regarding = format!("L-{}", number(&stage));
    assert_eq!(stage.sql("SELECT regarding FROM request"), [regarding]);
    stage.keys("u");
    assert!(state(&stage).is_empty());
}

#[test]
fn a_title_that_is_proposed_gives_way_to_what_is_typed() {
    let mut stage = ann(80, 40);
    stage.keys("r").shows("Request of Ann Lee").keys("Needs a manual").hides("Request of").shows("Needs a manual");
    stage.keys("<c-s>");
    assert_eq!(state(&stage), ["Needs a manual 0 "]);
    // whoever moves into it keeps it
    stage.keys("r<home>Urgent: <c-s>");
    assert_eq!(state(&stage)[1], "Urgent: Request of Ann Lee 0 ");
    // and leaving it untouched keeps it too
    stage.keys("r<down><up>x<c-s>");
    assert_eq!(state(&stage)[2], "x 0 ");
}

#[test]
fn requests_stand_in_the_timeline_and_take_the_keys_of_deciding() {
    let mut stage = ann(100, 40);
    asked(&mut stage, "Where are the French docs?");
    stage.keys("<tab>]]]]").shows("Requests 1");
    snapshot!(stage, "request_timeline");
    stage.keys("Q").shows("what it was answered with").keys("sent by mail<enter>").shows("Resolved");
    assert_eq!(state(&stage), ["Where are the French docs? 1 sent by mail"]);
    stage.shows("resolved").keys("O");
    assert_eq!(state(&stage), ["Where are the French docs? 0 sent by mail"]);
    stage.keys("X").shows("Canceled");
    assert_eq!(state(&stage), ["Where are the French docs? 2 sent by mail"]);
    stage.keys("X").shows("closed already; O reopens it").keys("u");
    assert_eq!(state(&stage), ["Where are the French docs? 0 sent by mail"]);
    // the request itself, with a note on it
    stage.keys("<enter>").shows("R-1").keys("iasked Lena<c-s>").shows("asked Lena");
    stage.keys(">").shows("from R-1");
    assert_eq!(stage.sql("SELECT topic FROM lead WHERE originating_request = 1"), ["Where are the French docs?"]);
}

#[test]
fn open_requests_are_listed() {
    at_all_sizes("requests", |stage| {
        asked(stage, "Where are the French docs?");
        asked(stage, "Who pays?");
        stage.keys(":requests<enter>").shows("Open requests");
    });
    let mut stage = Stage::new(80, 24);
    asked(&mut stage, "Where are the French docs?");
    asked(&mut stage, "Who pays?");
    stage.keys(":requests<enter>*").keys("Q<enter>");
    assert!(state(&stage).iter().all(|row| row.contains(" 1 ")), "{:?}", state(&stage));
    stage.keys("u");
    assert!(state(&stage).iter().all(|row| row.contains(" 0 ")), "{:?}", state(&stage));
}

#[test]
fn what_stands_on_the_lead_is_told_so_on_what_it_became() {
    let mut stage = ann(120, 40);
    asked(&mut stage, "Docs?");
    let lead = number(&stage);
    stage.keys("Q<c-s>").shows("u undoes").keys("gm<tab>]]]]").shows(&format!("Docs? · L-{lead}"));
    stage.keys("[[").shows(&format!("First call · L-{lead}"));
}
