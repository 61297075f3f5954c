//! Trying rules: nothing is written, and what would be done is what is done then.

use leadbook::model::definition::{Body, Definition, How, Rule, Trigger};
use leadbook::model::entity::RecordId;
use leadbook::model::people::{Role, UnitKind, Work};
use leadbook::model::rights::Rights;
use leadbook::model::value::Owner;
use leadbook::query::parse;
use leadbook::service::LeadReader;
use leadbook::service::act::Query;
use leadbook::service::context::Clock;
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::rule::{EventKind, Route, RouteIdle, RuleMatches, Trial, TryRoute};
use leadbook::service::scope::Targets;
use leadbook::service::share::GrantAccess;

use super::{Routing, holds, sets, share, to};
use crate::common::Desk;

fn all(desk: &Desk, text: &str) -> Targets {
    let filter = parse(text, &desk.ctx.reading()).expect(text);
    Targets::All { filter: Box::new(filter), except: Vec::new(), confirmed: None }
}

#[test]
fn a_dry_run_tells_what_the_run_after_it_does() {
    let mut desk = Desk::new();
    let (bo, cy) = (desk.user("bo", 1, holds(3)), desk.user("cy", 1, Work::default()));
    for n in 0..12 {
        desk.lead(&[("last_name", "Lee"), ("topic", "x"), ("rating", ["hot", "warm", "cold"][n % 3])]);
    }
    desk.rule("Hot", share("rating:hot or rating:warm", How::LeastLoaded, &[bo, cy]));
    let targets = all(&desk, "status:open");
    let before = desk.dump();
    let ask = TryRoute { targets: targets.clone(), rules: None, event: Some(EventKind::ByHand), also: None };
    let trial = desk.service.ask(&ask, &desk.ctx).expect("a trial");
    assert_eq!(desk.dump(), before);
    assert_eq!((trial.rows.len(), trial.unmatched, trial.moved, trial.rules[0].matched), (12, 4, 8, 8));
    assert_eq!(trial.owners[&1], (12, 4));
    let done = desk.act(Route { targets });
    assert_eq!((done.reply.asked, done.reply.moved, done.reply.unmatched), (12, 8, 4));
    for row in &trial.rows {
        let owner = desk.service.db().number("SELECT owner FROM lead WHERE number = $1", &[row.lead.into()]).expect("a lead");
        assert_eq!(owner, row.would, "L-{}", row.lead);
    }
}

#[test]
fn a_manager_routes_what_they_may_assign() {
    let mut desk = Desk::new();
    let north = desk.unit("North", None, UnitKind::Internal);
    let south = desk.unit("South", None, UnitKind::Internal);
    let (mia, ole) = (desk.user("mia", north, Work::default()), desk.user("ole", north, Work::default()));
    let dee = desk.user("dee", south, Work::default());
    desk.change_user("mia", |user| user.role = Role::Manager);
    let leads: Vec<i64> = [ole, dee, dee, dee, dee]
        .map(|owner| {
            let lead = desk.lead(&[("last_name", "Lee"), ("topic", "x")]);
            let targets = Targets::leads(vec![lead]);
            desk.act(AssignRecords { targets, owner: Owner::User(owner), note: None, activities: false });
            lead
        })
        .into();
    desk.rule("Steal", Rule { on: vec![Trigger::ByHand], ..to("", Owner::User(mia)) });
    let team = desk.team("Inside", &[mia], false);
    desk.act_as("dee");
    desk.act(GrantAccess { record: RecordId::lead(leads[2]), principal: Owner::User(mia), rights: Rights::ALL });
    desk.act(GrantAccess { record: RecordId::lead(leads[3]), principal: Owner::Team(team), rights: Rights::ALL });
    desk.act(GrantAccess {
        record: RecordId::lead(leads[4]),
        principal: Owner::Team(team),
        rights: Rights::READ | Rights::WRITE,
    });
    desk.act_as("mia");
    let targets = all(&desk, "status:open");
    let ask = TryRoute { targets: targets.clone(), rules: None, event: Some(EventKind::ByHand), also: None };
    let trial = desk.service.ask(&ask, &desk.ctx).expect("a trial");
    assert_eq!((trial.rows.len(), trial.moved, trial.others), (3, 3, 2));
    let done = desk.act(Route { targets });
    assert_eq!((done.reply.asked, done.reply.moved, done.reply.others), (3, 3, 2));
    assert!(done.summary.contains("2 are not yours to assign"), "{}", done.summary);
    let owners: Vec<String> = leads.iter().map(|lead| desk.shown(*lead, "owner")).collect();
    assert_eq!(owners, ["mia", "dee", "mia", "mia", "dee"], "what is shared for that goes too");
}

#[test]
fn a_dry_run_of_what_waits_for_time_counts_as_the_run_does() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    desk.lead(&[("last_name", "Lee"), ("topic", "x"), ("rating", "hot")]);
    desk.lead(&[("last_name", "Roth"), ("topic", "x"), ("rating", "cold")]);
    desk.rule("Idle", Rule { on: vec![Trigger::Idle(7)], ..to("rating:hot", Owner::User(bo)) });
    desk.ctx.clock = Clock::Fixed(desk.ctx.now() + 8 * 86_400_000_000);
    let ask = TryRoute { targets: all(&desk, "status:open"), rules: None, event: Some(EventKind::Idle), also: None };
    let trial = desk.service.ask(&ask, &desk.ctx).expect("a trial");
    let done = desk.act(RouteIdle).reply;
    assert_eq!((done.asked, done.moved, done.unmatched), (1, 1, 0));
    assert_eq!((trial.rows.len() as u64, trial.moved, trial.unmatched), (done.asked, done.moved, done.unmatched));
}

#[test]
fn rules_that_are_not_saved_are_tried_whatever_they_wait_for() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "x")]);
    let rule = Rule { on: vec![Trigger::Created], ..to("lee", Owner::User(bo)) };
    let definition = Definition { number: 0, name: "New".into(), place: 1, owner: None, body: Body::Rule(rule) };
    let ask = TryRoute { targets: all(&desk, ""), rules: Some(vec![definition]), event: None, also: None };
    let trial = desk.service.ask(&ask, &desk.ctx).expect("a trial");
    assert_eq!((trial.rows[0].lead, trial.rows[0].now, trial.rows[0].would), (lead, 1, bo));
    assert_eq!(trial.rules[0].parts, ["lee"]);
}

#[test]
fn a_condition_is_counted_over_open_leads() {
    let mut desk = Desk::new();
    let leads: Vec<i64> = (0..3).map(|_| desk.lead(&[("last_name", "Lee"), ("topic", "x"), ("rating", "hot")])).collect();
    let targets = Targets::leads(vec![leads[1]]);
    desk.act(leadbook::service::qualify::close::DisqualifyLeads { targets, reason: 4, note: None });
    let matches = desk.service.ask(&RuleMatches { when: "rating:hot".into(), limit: 1 }, &desk.ctx).expect("matches");
    assert_eq!((matches.count, matches.first), (2, vec![leads[2]]));
    assert!(desk.service.ask(&RuleMatches { when: "ratin:hot".into(), limit: 1 }, &desk.ctx).is_err());
}

#[test]
fn a_rule_that_waits_for_a_change_is_named_and_not_asked_but_where_it_is_edited() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    desk.lead(&[("last_name", "Lee"), ("topic", "x")]);
    let number = desk.rule("Loop", Rule { on: vec!["updated:rating".parse().expect("a trigger")], ..to("", Owner::User(bo)) });
    let ask = |also| TryRoute { targets: all(&desk, ""), rules: None, event: None, also };
    let trial = desk.service.ask(&ask(None), &desk.ctx).expect("a trial");
    assert_eq!((trial.moved, trial.unmatched, trial.rules.len()), (0, 1, 0));
    assert_eq!(trial.waiting, [("Loop".to_owned(), "asked only when a lead is changed in rating".to_owned())]);
    let trial = desk.service.ask(&ask(Some(number)), &desk.ctx).expect("a trial");
    assert_eq!((trial.moved, trial.waiting.len()), (1, 0));
}

/// What a trial says and the run after it does: who has which lead.
fn try_and_run(desk: &mut Desk, text: &str) -> Trial {
    let targets = all(desk, text);
    let before = desk.dump();
    let ask = TryRoute { targets: targets.clone(), rules: None, event: Some(EventKind::ByHand), also: None };
    let trial = desk.service.ask(&ask, &desk.ctx).expect("a trial");
    assert_eq!(desk.dump(), before, "a trial keeps nothing");
    let reader = LeadReader::open(&desk.path()).expect("a reader");
    assert_eq!(reader.ask(&ask, &desk.ctx).expect("a trial"), trial, "a reader says the same");
    assert!(reader.ask(&Scribble, &desk.ctx).is_err(), "and writes nothing else");
    let done = desk.act(Route { targets }).reply;
    assert_eq!((done.moved, done.unmatched, done.nobody), (trial.moved, trial.unmatched, trial.nobody));
    for row in &trial.rows {
        let owner = desk.service.db().number("SELECT owner FROM lead WHERE number = $1", &[row.lead.into()]).expect("a lead");
        assert_eq!(owner, row.would, "L-{}", row.lead);
    }
    trial
}

/// What no reader may do.
struct Scribble;

impl Query for Scribble {
    type Reply = i64;

    fn run(&self, db: &leadbook::store::Db, _: &leadbook::service::context::Context) -> leadbook::error::Result<i64> {
        db.number("DELETE FROM lead RETURNING number", &[])
    }
}

#[test]
fn a_dry_run_follows_what_the_rules_write() {
    let mut desk = Desk::new();
    let (bo, cy) = (desk.user("bo", 1, Work::default()), desk.user("cy", 1, Work::default()));
    for source in ["web", "web", "partner"] {
        desk.lead(&[("last_name", "Lee"), ("topic", "x"), ("source", source)]);
    }
    let on = |trigger: &str, rule| Rule { on: vec![trigger.parse().expect("a trigger")], ..rule };
    desk.rule("First", on("by-hand", sets("source:web", "rating", "hot")));
    desk.rule("Hot", on("updated:rating", share("rating:hot", How::RoundRobin, &[bo, cy])));
    desk.rule("Given", on("updated:owner", sets("owner:cy", "topic", "cys")));
    desk.rule("Other", on("updated:city", to("", Owner::User(cy))));
    let trial = try_and_run(&mut desk, "");
    assert_eq!(trial.owners[&1], (3, 1));
    let rules: Vec<(&str, u64)> = trial.rules.iter().map(|rule| (rule.name.as_str(), rule.matched)).collect();
    assert_eq!(rules, [("First", 2), ("Hot", 2), ("Given", 1)]);
    assert_eq!((trial.rows[0].rule, trial.rows[0].others.as_slice()), (Some((1, 0)), &[0][..]));
    let waiting: Vec<&str> = trial.waiting.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(waiting, ["Other"], "what follows is not waited for");
    assert!(trial.broken.is_empty());
}

#[test]
fn a_dry_run_says_where_it_does_not_follow() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    (0..1_001).for_each(|_| {
        desk.lead(&[("last_name", "Lee"), ("topic", "x")]);
    });
    desk.rule("First", Rule { on: vec![Trigger::ByHand], ..sets("", "rating", "hot") });
    desk.rule("Hot", Rule { on: vec!["updated:rating".parse().expect("a trigger")], ..to("rating:hot", Owner::User(bo)) });
    let ask = TryRoute { targets: all(&desk, ""), rules: None, event: Some(EventKind::ByHand), also: None };
    let trial = desk.service.ask(&ask, &desk.ctx).expect("a trial");
    assert_eq!(trial.broken, ["what follows from what these rules write is not tried: more than 1,000 leads match; try fewer"]);
}
