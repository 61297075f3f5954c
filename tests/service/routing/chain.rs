//! What is not new: changes of fields, leads that are open again, leads that are left alone; and chains of rules.

use leadbook::model::definition::{How, Rule};
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::people::Work;
use leadbook::model::value::Owner;
use leadbook::service::context::Clock;
use leadbook::service::definition::RemoveDefinition;
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::reopen::ReopenRecords;
use leadbook::service::record::update::{UpdateRecord, UpdateRecords};
use leadbook::service::rule::{RouteIdle, RuleLog};
use leadbook::service::scope::Targets;
use leadbook::service::undo::Undo;

use super::{Routing, away, holds, newest, rule, sets, share, task, to};
use crate::common::{Desk, NOW};

const LEE: [(&str, &str); 2] = [("last_name", "Lee"), ("topic", "x")];

fn on(trigger: &str, rule: Rule) -> Rule {
    Rule { on: vec![trigger.parse().expect("a trigger")], ..rule }
}

fn set(desk: &mut Desk, lead: i64, field: &str, value: &str) -> String {
    let values = desk.values(&[(field, value)]);
    desk.act(UpdateRecord { record: RecordId::lead(lead), version: None, seen: Vec::new(), values }).summary
}

#[test]
fn a_change_of_a_named_field_asks_the_rules_that_wait_for_it() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    desk.rule("Hot", on("updated:rating", to("rating:hot", Owner::User(bo))));
    let lead = desk.lead(&LEE);
    set(&mut desk, lead, "topic", "printers");
    assert_eq!(desk.shown(lead, "owner"), "ana");
    assert!(set(&mut desk, lead, "rating", "hot").ends_with("rule “Hot” gave it to bo"));
    desk.act(Undo { step: None, origins: Vec::new() });
    assert_eq!((desk.shown(lead, "owner"), desk.fired(lead).len()), ("ana".into(), 0));
}

#[test]
fn a_lead_that_more_rules_touch_counts_once_and_who_got_it_is_told() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    desk.rule("Hot", Rule { assign: to("", Owner::User(bo)).assign, ..sets("", "rating", "hot") });
    desk.rule("Next", on("updated:rating", sets("rating:hot", "topic", "urgent")));
    desk.rule("Last", on("updated:topic", sets("topic:urgent", "job_title", "boss")));
    let values = desk.values(&LEE);
    let make = |values| leadbook::service::record::create::CreateRecord { entity: leadbook::model::entity::Entity::Lead, values };
    let said = desk.act(make(values)).summary;
    assert!(said.ends_with("rule “Hot” gave it to bo"), "{said}");
}

#[test]
fn an_assignment_by_hand_is_routed_on_only_by_rules_that_name_the_owner() {
    let mut desk = Desk::new();
    let (bo, cy) = (desk.user("bo", 1, Work::default()), desk.user("cy", 1, Work::default()));
    let lead = desk.lead(&LEE);
    desk.rule("Any", on("updated", to("", Owner::User(cy))));
    let hand =
        |lead: i64| AssignRecords { targets: Targets::leads(vec![lead]), owner: Owner::User(bo), note: None, activities: false };
    desk.act(hand(lead));
    assert_eq!(desk.shown(lead, "owner"), "bo");
    desk.rule("Owner", on("updated:owner", sets("owner:bo", "rating", "cold")));
    let other = desk.lead(&LEE);
    desk.act(hand(other));
    // the rating that the one wrote is what the other waits for
    assert_eq!((desk.shown(other, "rating"), desk.shown(other, "owner")), ("Cold".into(), "cy".into()));
}

#[test]
fn a_lead_that_is_open_again_is_asked_about() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    desk.rule("Again", on("reopened", to("", Owner::User(bo))));
    let lead = desk.lead(&LEE);
    let targets = Targets::leads(vec![lead]);
    desk.act(leadbook::service::qualify::close::DisqualifyLeads { targets: targets.clone(), reason: 4, note: None });
    assert_eq!(desk.shown(lead, "owner"), "ana");
    desk.act(ReopenRecords { targets });
    assert_eq!(desk.shown(lead, "owner"), "bo");
    assert_eq!(desk.fired(lead)[0].event, "reopened");
    // its status was changed too, which whoever waits for updates is asked about
    let mut other = Desk::new();
    other.rule("Any", on("updated", sets("status:open", "rating", "hot")));
    let lead = other.lead(&LEE);
    let targets = Targets::leads(vec![lead]);
    other.act(leadbook::service::qualify::close::DisqualifyLeads { targets: targets.clone(), reason: 4, note: None });
    other.act(ReopenRecords { targets });
    assert_eq!((other.shown(lead, "rating").as_str(), other.fired(lead)[0].event.as_str()), ("Hot", "reopened"));
}

#[test]
fn leads_that_are_left_alone_are_routed_once_in_so_many_days() {
    let mut desk = Desk::new();
    let (bo, cy) = (desk.user("bo", 1, Work::default()), desk.user("cy", 1, Work::default()));
    let lead = desk.lead(&LEE);
    assert_eq!(desk.act(RouteIdle).step, None, "there is no such rule");
    desk.rule("Alone", on("idle:30d", share("status:open", How::RoundRobin, &[bo, cy])));
    assert_eq!(desk.act(RouteIdle).reply.matched, 0, "it is new");
    let later = |days: i64| Clock::Fixed(NOW + days * 86_400_000_000);
    desk.ctx.clock = later(31);
    assert_eq!((desk.act(RouteIdle).reply.moved, desk.shown(lead, "owner")), (1, "bo".into()));
    assert_eq!(desk.act(RouteIdle).reply.matched, 0, "it was routed just now");
    desk.ctx.clock = later(60);
    assert_eq!(desk.act(RouteIdle).reply.matched, 0);
    desk.ctx.clock = later(62);
    assert_eq!((desk.act(RouteIdle).reply.moved, desk.shown(lead, "owner")), (1, "cy".into()));
    desk.act(Undo { step: None, origins: Vec::new() });
    assert_eq!(
        (desk.act(RouteIdle).reply.matched, desk.shown(lead, "owner")),
        (1, "cy".into()),
        "what was taken back was no turn"
    );
}

#[test]
fn of_leads_that_are_left_alone_the_first_rule_takes_them_and_no_other_does_soon_after() {
    let mut desk = Desk::new();
    let (bo, cy) = (desk.user("bo", 1, Work::default()), desk.user("cy", 1, Work::default()));
    let lead = desk.lead(&LEE);
    desk.rule("Long", on("idle:60d", sets("", "rating", "cold")));
    desk.rule("Lee", on("idle:30d", to("printers or lee", Owner::User(bo))));
    desk.rule("Rest", on("idle:30d", to("", Owner::User(cy))));
    let rules = |desk: &Desk| desk.fired(lead).iter().filter_map(|one| one.rule).collect::<Vec<_>>();
    let later = |days: i64| Clock::Fixed(NOW + days * 86_400_000_000);
    desk.ctx.clock = later(40);
    for _ in 0..3 {
        desk.act(RouteIdle);
        assert_eq!((desk.shown(lead, "owner").as_str(), rules(&desk)), ("bo", vec![2]), "it was routed just now");
    }
    // a rule for those that are left alone for longer stands before the others and has its turn when it is time
    desk.ctx.clock = later(61);
    for _ in 0..3 {
        desk.act(RouteIdle);
        assert_eq!((desk.shown(lead, "rating").as_str(), rules(&desk)), ("Cold", vec![1, 2]));
    }
    assert_eq!(desk.shown(lead, "owner"), "bo");
}

#[test]
fn who_sets_off_what_waited_for_time_takes_it_back_also_of_leads_of_others() {
    let mut desk = Desk::new();
    let north = desk.unit("North", None, leadbook::model::people::UnitKind::Internal);
    let (bo, _) = (desk.user("bo", 1, Work::default()), desk.user("nils", north, Work::default()));
    let lead = desk.lead(&LEE);
    desk.rule("Alone", on("idle:30d", Rule { task: task("Call", "tomorrow"), ..to("", Owner::User(bo)) }));
    desk.ctx.clock = Clock::Fixed(NOW + 31 * 86_400_000_000);
    desk.act_as("nils");
    assert_eq!((desk.act(RouteIdle).reply.moved, desk.shown(lead, "owner")), (1, "bo".into()));
    desk.act(Undo { step: None, origins: Vec::new() });
    assert_eq!(desk.shown(lead, "owner"), "ana");
}

#[test]
fn rules_that_feed_themselves_end_with_a_message() {
    let mut desk = Desk::new();
    desk.rule("Warm", on("updated:rating", sets("rating:hot", "rating", "warm")));
    desk.rule("Hot", on("updated:rating", sets("rating:warm", "rating", "hot")));
    let lead = desk.lead(&LEE);
    let said = set(&mut desk, lead, "rating", "hot");
    assert!(said.contains("the rule “Warm” feeds itself"), "{said}");
    assert_eq!(desk.fired(lead).len(), 2, "each fired once");
    assert_eq!(desk.shown(lead, "rating"), "Hot");
    // who gets it in turn would be another one each time
    let mut turns = Desk::new();
    let (bo, cy) = (turns.user("bo", 1, Work::default()), turns.user("cy", 1, Work::default()));
    turns.rule("Turn", on("updated:owner", share("", How::RoundRobin, &[bo, cy])));
    let lead = turns.lead(&LEE);
    let hand = AssignRecords { targets: Targets::leads(vec![lead]), owner: Owner::User(cy), note: None, activities: false };
    let said = turns.act(hand).summary;
    assert!(said.contains("the rule “Turn” feeds itself"), "{said}");
    // what comes to rest by itself is no loop
    let mut calm = Desk::new();
    calm.rule("Hot", on("updated", sets("", "rating", "hot")));
    let lead = calm.lead(&LEE);
    let said = set(&mut calm, lead, "topic", "printers");
    assert!(said.ends_with("rule “Hot” matched"), "{said}");
    assert_eq!(calm.fired(lead).len(), 1);
}

#[test]
fn what_comes_to_rest_with_somebody_else_than_the_rule_names_is_no_loop() {
    for (work, owner) in [(away(Some(3)), "cy"), (holds(0), "ana")] {
        let mut desk = Desk::new();
        let (bo, _) = (desk.user("bo", 1, Work::default()), desk.user("cy", 1, Work::default()));
        desk.change_user("bo", |user| user.work = work);
        let hot = sets("", "rating", "hot");
        desk.rule("Up", on("updated", Rule { assign: to("", Owner::User(bo)).assign, task: task("Call", "+2h"), ..hot }));
        let lead = desk.lead(&LEE);
        let said = set(&mut desk, lead, "topic", "printers");
        assert!(!said.contains("feeds itself"), "{said}");
        assert_eq!((desk.shown(lead, "owner").as_str(), desk.shown(lead, "rating").as_str()), (owner, "Hot"));
    }
}

#[test]
fn the_log_keeps_the_name_of_a_rule_that_was_taken_away() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    let number = desk.rule("Nordics", to("", Owner::User(bo)));
    let lead = desk.lead(&LEE);
    desk.act(RemoveDefinition { number });
    assert_eq!(newest(&desk.why(lead)).name, "Nordics");
    let log = desk.service.ask(&RuleLog { rule: None, unmatched: false, limit: 10 }, &desk.ctx).expect("the log");
    assert_eq!(log.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Nordics"]);
}

#[test]
fn a_rule_that_cannot_be_asked_any_more_is_told_and_hinders_nothing() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    let values = desk.values_of(Entity::Campaign, &[("name", "Expo")]);
    let expo = desk.act(CreateRecord { entity: Entity::Campaign, values }).reply;
    desk.rule("Of expo", Rule { tags: vec!["x".into()], ..rule("campaign:expo") });
    desk.rule("All", to("", Owner::User(bo)));
    let values = desk.values_of(Entity::Campaign, &[("name", "Fair")]);
    let targets = Targets::one(Entity::Campaign.numbered(expo));
    desk.act(UpdateRecords { targets, values, leave_out_closed: false });
    let values = desk.values(&LEE);
    let done = desk.act(CreateRecord { entity: Entity::Lead, values });
    assert_eq!(desk.shown(done.reply, "owner"), "bo");
    assert!(done.summary.contains("the rule “Of expo” cannot be asked"), "{}", done.summary);
}
