//! Leads that come in a file: what a rule does with one of them is what it would do with a lead that is typed in.

use leadbook::model::definition::{How, Rule};
use leadbook::model::entity::Entity;
use leadbook::model::people::Work;
use leadbook::model::value::Owner;
use leadbook::service::undo::Undo;

use super::{Routing, holds, sets, share, to};
use crate::common::Desk;
use crate::import::{bring_as, found, options};

/// Imports leads, a line each behind the names of the columns.
fn bring(desk: &mut Desk, columns: &str, rows: &[String]) -> String {
    bring_as(desk, Entity::Lead, &format!("{columns}\n{}\n", rows.join("\n")), options("US")).summary
}

#[test]
fn rows_that_no_rule_matches_count_as_their_owners_wherever_they_stand() {
    for web_first in [false, true] {
        let mut desk = Desk::new();
        desk.change_user("ana", |user| user.work = holds(10));
        let bo = desk.user("bo", 1, holds(8));
        desk.rule("Web", share("source:web", How::LeastLoaded, &[1, bo]));
        let row = |n: usize, source: &str| format!("Lee{n},x,{source}");
        let mut rows: Vec<String> = (0..9).map(|n| row(n, "Partner")).collect();
        let web: Vec<String> = (10..18).map(|n| row(n, "Web")).collect();
        rows.splice(if web_first { 0..0 } else { 9..9 }, web);
        bring(&mut desk, "Last Name,Topic,Lead Source", &rows);
        let count = |filter: &str| found(&desk, filter).len();
        assert_eq!((count("owner:ana"), count("owner:bo source:web")), (10, 7), "web first: {web_first}");
    }
}

#[test]
fn what_nobody_can_take_stays_and_counts() {
    let mut desk = Desk::new();
    desk.change_user("ana", |user| user.work = holds(3));
    let bo = desk.user("bo", 1, Work { takes_leads: false, ..Work::default() });
    desk.rule("Off", share("source:partner", How::RoundRobin, &[bo]));
    desk.rule("Web", share("source:web", How::LeastLoaded, &[1]));
    let rows: Vec<String> = (0..8).map(|n| format!("Lee{n},x,{}", ["Partner", "Web"][n % 2])).collect();
    bring(&mut desk, "Last Name,Topic,Lead Source", &rows);
    let got = |desk: &Desk| desk.fired(8)[0].given.why.clone();
    assert_eq!(got(&desk), "nobody can take it: ana is full");
}

#[test]
fn rules_that_wait_for_what_others_write_are_asked_of_imported_leads_as_of_those_that_are_typed() {
    let rules = |desk: &mut Desk| {
        let (bo, cy) = (desk.user("bo", 1, Work::default()), desk.user("cy", 1, Work::default()));
        let on = |trigger: &str, rule| Rule { on: vec![trigger.parse().expect("a trigger")], ..rule };
        desk.rule("First", sets("source:web", "rating", "hot"));
        desk.rule("Hot", on("updated:rating", share("rating:hot", How::RoundRobin, &[bo, cy])));
        desk.rule("Given", on("updated:owner", Rule { tags: vec!["given".into()], ..sets("owner:bo,cy", "job_title", "boss") }));
        desk.rule("Back", on("updated:rating", sets("", "rating", "cold")));
    };
    let sources = ["web", "partner", "web", "web"];
    let shown = |desk: &Desk| -> Vec<Vec<String>> {
        let of = |lead: i64| ["owner", "rating", "job_title", "tags", "handed_note"].map(|field| desk.shown(lead, field)).into();
        (1..=4).map(of).collect()
    };
    let mut typed = Desk::new();
    rules(&mut typed);
    for (n, source) in sources.iter().enumerate() {
        typed.lead(&[("last_name", &format!("Lee{n}")), ("topic", "x"), ("source", source)]);
    }
    let mut imported = Desk::new();
    rules(&mut imported);
    let rows: Vec<String> = sources.iter().enumerate().map(|(n, source)| format!("Lee{n},x,{source}")).collect();
    let said = bring(&mut imported, "Last Name,Topic,Lead Source", &rows);
    assert_eq!(shown(&imported), shown(&typed));
    assert_eq!(imported.shown(3, "owner"), "cy");
    assert!(said.contains("rules matched 3 and gave 3 to others"), "{said}");
    for lead in 1..=4 {
        let fired = |desk: &Desk| desk.fired(lead).iter().map(|one| (one.rule, one.given.clone())).collect::<Vec<_>>();
        assert_eq!(fired(&imported), fired(&typed), "L-{lead}");
    }
    imported.act(Undo { step: None, origins: Vec::new() });
    assert_eq!(found(&imported, "").len(), 0);
}

#[test]
fn campaigns_that_a_file_makes_are_known_to_the_rules_that_are_asked_about_it() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    bring(&mut desk, "Last Name,Topic,Source Campaign", &["Ek,x,X_Villa_1".into()]);
    desk.rule("Villas", to("campaign:*villa*", Owner::User(bo)));
    bring(&mut desk, "Last Name,Topic,Source Campaign", &["Lee,x,Z_Villa_3".into(), "Roth,x,X_Villa_1".into()]);
    assert_eq!(found(&desk, "owner:bo").len(), 2);
}
