//! Who gets a lead: whose turn it is, who has room, who is passed over and why.

use leadbook::model::definition::{Assign, How, Match, Rule};
use leadbook::model::people::Work;
use leadbook::model::value::Owner;
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::rule::Route;
use leadbook::service::rule::queue::SetQueues;
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};

use super::{Routing, away, holds, rule, share, suited, to};
use crate::common::Desk;

/// One row of the table: the people by login and how they work, the rule over their numbers, and of leads that come one after the other
/// owner and reason.
struct Case {
    name: &'static str,
    people: Vec<(&'static str, Work)>,
    rule: fn(&[i64]) -> Rule,
    leads: Vec<(More, &'static str, &'static str)>,
}

/// What is typed into a lead beside its name.
type More = &'static [(&'static str, &'static str)];

const PLAIN: More = &[];

fn run(case: Case) {
    let mut desk = Desk::new();
    let numbers: Vec<i64> = case.people.iter().map(|(login, _)| desk.user(login, 1, Work::default())).collect();
    for (login, work) in &case.people {
        desk.change_user(login, |user| user.work = work.clone());
    }
    desk.rule("R", (case.rule)(&numbers));
    for (place, (more, owner, why)) in case.leads.into_iter().enumerate() {
        let mut typed = vec![("last_name", "Lee"), ("topic", "x")];
        typed.extend(more);
        let lead = desk.lead(&typed);
        assert_eq!(desk.owner_and_reason(lead), (owner.to_owned(), why.to_owned()), "{}, lead {}", case.name, place + 1);
    }
}

fn plain() -> Work {
    Work::default()
}

#[test]
fn the_table_of_who_gets_a_lead() {
    let off = || Work { takes_leads: false, ..Work::default() };
    let regions = |regions: &[&str]| Work { regions: regions.iter().map(|r| (*r).to_owned()).collect(), ..Work::default() };
    let speaks = |languages: &[&str]| Work { languages: languages.iter().map(|l| (*l).to_owned()).collect(), ..Work::default() };
    let turn = "their turn";
    run(Case {
        name: "round robin begins with who never had one, ties by number",
        people: vec![("bo", plain()), ("cy", plain()), ("di", plain())],
        rule: |all| share("", How::RoundRobin, all),
        leads: vec![(PLAIN, "bo", turn), (PLAIN, "cy", turn), (PLAIN, "di", turn), (PLAIN, "bo", turn)],
    });
    run(Case {
        name: "absent people, full ones and those who take none are passed over",
        people: vec![("bo", away(None)), ("cy", holds(1)), ("di", off()), ("ed", plain())],
        rule: |all| share("", How::RoundRobin, all),
        leads: vec![(PLAIN, "cy", turn), (PLAIN, "ed", turn), (PLAIN, "ed", turn)],
    });
    run(Case {
        name: "where nobody is left the lead stays and the reasons are told",
        people: vec![("bo", away(None)), ("cy", holds(0)), ("di", off())],
        rule: |all| share("", How::RoundRobin, all),
        leads: vec![(PLAIN, "ana", "nobody can take it: bo is away, cy is full, di takes no leads")],
    });
    run(Case {
        name: "the least loaded has the most room, ties by turn",
        people: vec![("bo", holds(2)), ("cy", holds(4)), ("di", holds(3))],
        rule: |all| share("", How::LeastLoaded, all),
        leads: vec![
            (PLAIN, "cy", "the most room: 4 more"),
            (PLAIN, "di", "the most room: 3 more"),
            (PLAIN, "cy", "the most room: 3 more"),
            (PLAIN, "bo", "the most room: 2 more"),
            (PLAIN, "di", "the most room: 2 more"),
            (PLAIN, "cy", "the most room: 2 more"),
            (PLAIN, "bo", "the most room: 1 more"),
            (PLAIN, "di", "the most room: 1 more"),
            (PLAIN, "cy", "the most room: 1 more"),
            (PLAIN, "ana", "nobody can take it: bo is full, cy is full, di is full"),
        ],
    });
    run(Case {
        name: "without limits who holds least, ties by turn",
        people: vec![("bo", plain()), ("cy", plain())],
        rule: |all| share("", How::LeastLoaded, all),
        leads: vec![
            (PLAIN, "bo", "holds the fewest: 0"),
            (PLAIN, "cy", "holds the fewest: 0"),
            (PLAIN, "bo", "holds the fewest: 1"),
        ],
    });
    run(Case {
        name: "where somebody has no limit all are measured by what they hold",
        people: vec![("bo", holds(2)), ("cy", plain()), ("di", holds(40))],
        rule: |all| share("", How::LeastLoaded, all),
        leads: vec![
            (PLAIN, "bo", "holds the fewest: 0"),
            (PLAIN, "cy", "holds the fewest: 0"),
            (PLAIN, "di", "holds the fewest: 0"),
            (PLAIN, "bo", "holds the fewest: 1"),
            (PLAIN, "cy", "holds the fewest: 1"),
            (PLAIN, "di", "holds the fewest: 1"),
            (PLAIN, "cy", "holds the fewest: 2"),
        ],
    });
    run(Case {
        name: "a user who is away has a deputy, and a deputy too",
        people: vec![("bo", away(Some(3))), ("cy", away(Some(4))), ("di", plain())],
        rule: |all| to("", Owner::User(all[0])),
        leads: vec![(PLAIN, "di", "deputy of bo, who is away")],
    });
    run(Case {
        name: "deputies of each other are both away",
        people: vec![("bo", away(Some(3))), ("cy", away(Some(2)))],
        rule: |all| to("", Owner::User(all[0])),
        leads: vec![(PLAIN, "ana", "nobody can take it: bo is away, cy is away")],
    });
    run(Case {
        name: "a region is the country or the state",
        people: vec![("bo", regions(&["Norway", "Texas"])), ("cy", regions(&["SE"]))],
        rule: |all| suited("", all, &[Match::Region]),
        leads: vec![
            (&[("country", "Sweden")], "cy", turn),
            (&[("country", "NO")], "bo", turn),
            (&[("country", "United States"), ("state_or_province", "Texas")], "bo", turn),
            (&[("country", "Spain")], "ana", "nobody can take it: bo does not work in Spain, cy does not work in Spain"),
        ],
    });
    run(Case {
        name: "a language is a tag",
        people: vec![("bo", speaks(&["de"])), ("cy", speaks(&["fr"]))],
        rule: |all| suited("", all, &[Match::Language]),
        leads: vec![(&[("tags", "lang-fr")], "cy", turn), (&[("tags", "expo, de")], "bo", turn)],
    });
}

#[test]
fn everybody_of_the_unit_is_meant_where_nobody_is_named() {
    let mut desk = Desk::new();
    let unit = desk.unit("North", None, leadbook::model::people::UnitKind::Internal);
    desk.user("bo", unit, Work::default());
    desk.user("cy", 1, Work::default());
    desk.user("di", unit, Work::default());
    desk.rule("North", Rule { unit: Some(unit), ..share("", How::RoundRobin, &[]) });
    desk.act_as("bo");
    let got: Vec<String> = (0..3)
        .map(|_| {
            let lead = desk.lead(&[("last_name", "Lee"), ("topic", "x")]);
            desk.shown(lead, "owner")
        })
        .collect();
    assert_eq!(got, ["bo", "di", "bo"]);
}

#[test]
fn teams_mean_their_members_or_themselves() {
    let mut desk = Desk::new();
    let (bo, cy) = (desk.user("bo", 1, Work::default()), desk.user("cy", 1, Work::default()));
    let team = desk.team("Inside", &[bo, cy], true);
    let code = Owner::Team(team).code();
    desk.rule("Turn", share("rating:hot", How::RoundRobin, &[code]));
    desk.act(SetQueues { on: true });
    desk.rule("Queue", Rule { assign: Some(Assign::Queue(team)), ..rule("rating:cold") });
    desk.rule("Team", to("", Owner::Team(team)));
    let mut got = Vec::new();
    for rating in ["hot", "hot", "cold", "warm"] {
        let lead = desk.lead(&[("last_name", "Lee"), ("topic", "x"), ("rating", rating)]);
        got.push(desk.shown(lead, "owner"));
    }
    assert_eq!(got, ["bo", "cy", "team:Inside", "team:Inside"]);
}

#[test]
fn what_is_given_by_hand_counts_as_a_turn() {
    let mut desk = Desk::new();
    let (bo, cy) = (desk.user("bo", 1, Work::default()), desk.user("cy", 1, Work::default()));
    let other = desk.lead(&[("last_name", "Lee"), ("topic", "x")]);
    desk.rule("All", share("source:web", How::RoundRobin, &[bo, cy]));
    desk.act(AssignRecords { targets: Targets::leads(vec![other]), owner: Owner::User(bo), note: None, activities: false });
    let web = [("last_name", "Lee"), ("topic", "x"), ("source", "web")];
    let first = desk.lead(&web);
    assert_eq!(desk.shown(first, "owner"), "cy", "bo was given one just now");
    // so does a lead that somebody makes for themselves
    desk.act_as("bo");
    desk.lead(&[("last_name", "Own"), ("topic", "x")]);
    desk.act_as("ana");
    let second = desk.lead(&web);
    assert_eq!(desk.shown(second, "owner"), "cy");
}

#[test]
fn what_is_taken_back_gives_the_turn_back() {
    let mut desk = Desk::new();
    let (bo, cy) = (desk.user("bo", 1, Work::default()), desk.user("cy", 1, Work::default()));
    let leads: Vec<i64> = (0..4).map(|_| desk.lead(&[("last_name", "Lee"), ("topic", "x")])).collect();
    desk.rule("All", share("", How::RoundRobin, &[bo, cy]));
    let undo = || Undo { step: None, origins: Vec::new() };
    let route = |desk: &mut Desk, lead: i64| {
        desk.act(Route { targets: Targets::leads(vec![lead]) });
        desk.shown(lead, "owner")
    };
    let mut got = Vec::new();
    for lead in &leads {
        let first = route(&mut desk, *lead);
        desk.act(undo());
        got.push(route(&mut desk, *lead));
        assert_eq!(got.last(), Some(&first));
    }
    assert_eq!(got, ["bo", "cy", "bo", "cy"]);
    // redo brings the turn again
    desk.act(undo());
    desk.act(Redo);
    assert_eq!(route(&mut desk, leads[0]), "bo");
    // what is given by hand too: cy was the last in turn, and is again when bo gives the lead back
    let hand =
        |lead| AssignRecords { targets: Targets::leads(vec![lead]), owner: Owner::User(cy), note: None, activities: false };
    desk.act(hand(leads[2]));
    desk.act(undo());
    assert_eq!(route(&mut desk, leads[1]), "cy");
}
