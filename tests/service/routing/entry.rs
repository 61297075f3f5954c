//! New leads: one rule fires, in order, by whom they were entered and by which partner; the log tells it and undo takes it back.

use leadbook::model::definition::{FollowUp, How, Rule, Setting, Trigger};
use leadbook::model::locale::Locale;
use leadbook::model::people::{UnitKind, Work};
use leadbook::model::value::Owner;
use leadbook::service::qualify::close::DisqualifyLeads;
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::record::delete::DeleteRecords;
use leadbook::service::record::update::UpdateRecords;
use leadbook::service::rule::{Route, RuleLog, Step};
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};

use super::{Routing, newest, rule, sets, share, task, to};
use crate::common::Desk;

#[test]
fn a_rule_fires_on_a_new_lead_and_says_so() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    desk.rule("Nordics", to("country:no or country:se", Owner::User(bo)));
    let values = desk.values(&[("last_name", "Lee"), ("company", "Contoso"), ("topic", "x"), ("country", "Sweden")]);
    let done =
        desk.act(leadbook::service::record::create::CreateRecord { entity: leadbook::model::entity::Entity::Lead, values });
    let lead = done.reply;
    assert!(done.summary.ends_with("rule “Nordics” gave it to bo"), "{}", done.summary);
    assert_eq!(desk.owner_and_reason(lead), ("bo".into(), "named by the rule".into()));
    assert_eq!(desk.shown(lead, "handed_note"), "rule “Nordics”");
    assert_ne!(desk.shown(lead, "handed_at"), "");
    let why = desk.why(lead);
    let fired = newest(&why);
    assert_eq!((fired.name.as_str(), fired.event.as_str(), fired.by.as_str()), ("Nordics", "created", "ana"));
    assert_eq!(fired.given.part, "country:se", "the branch that held");
    assert_eq!(fired.given.from.zip(fired.given.to), Some((1, bo)));
}

#[test]
fn the_first_rule_that_matches_wins_and_those_without_a_match_are_listed() {
    let mut desk = Desk::new();
    let (bo, cy) = (desk.user("bo", 1, Work::default()), desk.user("cy", 1, Work::default()));
    desk.rule("Off", Rule { active: false, ..to("", Owner::User(cy)) });
    desk.rule("Hot", to("rating:hot", Owner::User(bo)));
    desk.rule("Later", Rule { on: vec![Trigger::Updated(Vec::new())], ..to("", Owner::User(cy)) });
    desk.rule("Web", to("source:web", Owner::User(cy)));
    let both = desk.lead(&[("last_name", "A"), ("topic", "x"), ("rating", "hot"), ("source", "web")]);
    let web = desk.lead(&[("last_name", "B"), ("topic", "x"), ("source", "web")]);
    let none = desk.lead(&[("last_name", "C"), ("topic", "x")]);
    assert_eq!([both, web, none].map(|lead| desk.shown(lead, "owner")), ["bo", "cy", "ana"]);
    let unmatched = desk.service.ask(&RuleLog { rule: None, unmatched: true, limit: 10 }, &desk.ctx).expect("a log");
    assert_eq!(unmatched.iter().map(|fired| fired.lead).collect::<Vec<_>>(), [none]);
    let verdicts = desk.why(none).rules;
    let said: Vec<&str> = verdicts.iter().map(|verdict| verdict.reason.as_str()).collect();
    assert_eq!(said, ["is switched off", "does not hold: rating:hot", "every lead", "does not hold: source:web"]);
}

#[test]
fn why_tells_the_rules_in_the_order_in_which_they_are_asked_about_the_lead() {
    let mut desk = Desk::new();
    let north = desk.unit("North", None, UnitKind::Internal);
    let oslo = desk.unit("Oslo", Some(north), UnitKind::Internal);
    let acme = desk.unit("Acme Partners", None, UnitKind::ChannelPartner);
    let below = desk.unit("Acme Oslo", Some(acme), UnitKind::Internal);
    for (login, unit) in [("olaf", oslo), ("pat", below)] {
        desk.user(login, unit, Work::default());
    }
    let of = |unit: Option<i64>| Rule { unit, ..sets("", "job_title", "boss") };
    for (name, unit) in
        [("General", None), ("North", Some(north)), ("Oslo", Some(oslo)), ("Acme", Some(acme)), ("Below", Some(below))]
    {
        desk.rule(name, of(unit));
    }
    desk.rule("Later", Rule { on: vec!["updated:rating".parse().expect("a trigger")], ..sets("", "topic", "x") });
    let asked = |desk: &Desk, lead: i64| -> Vec<String> {
        let rules = desk.why(lead).rules.into_iter();
        rules.filter(|one| one.matches && one.waits.is_empty()).map(|one| one.name).collect()
    };
    let fired = |desk: &Desk, lead: i64| newest(&desk.why(lead)).name.clone();
    let typed = [("last_name", "Lee"), ("topic", "x"), ("rating", "cold")];
    // of a partner and entered by the people of a unit: the partner's comes first
    desk.act_as("olaf");
    let lead = desk.lead(&[typed[0], typed[1], typed[2], ("partner", "Acme Partners")]);
    assert_eq!(asked(&desk, lead), ["Acme", "Oslo", "North", "General"]);
    assert_eq!(fired(&desk, lead), "Acme");
    // entered by people below a partner, and nobody's: the lowest unit comes first
    desk.act_as("pat");
    let lead = desk.lead(&typed);
    assert_eq!(asked(&desk, lead), ["Below", "Acme", "General"]);
    assert_eq!(fired(&desk, lead), "Below");
    let waits = desk.why(lead).rules.into_iter().find(|one| one.name == "Later").expect("a verdict").waits;
    assert_eq!(waits, "asked only when a lead is changed in rating");
}

#[test]
fn the_same_lead_of_four_users_of_three_units_and_one_partner_goes_to_four_owners() {
    let mut desk = Desk::new();
    let north = desk.unit("North", None, UnitKind::Internal);
    let oslo = desk.unit("Oslo", Some(north), UnitKind::Internal);
    let south = desk.unit("South", None, UnitKind::Internal);
    let partner = desk.unit("Acme Partners", None, UnitKind::ChannelPartner);
    let owners: Vec<i64> = ["o1", "o2", "o3", "o4", "o5"].iter().map(|login| desk.user(login, 1, Work::default())).collect();
    for (login, unit) in [("nora", north), ("olaf", oslo), ("sue", south), ("pat", partner)] {
        desk.user(login, unit, Work::default());
    }
    let of = |unit: Option<i64>, owner: usize| Rule { unit, ..to("", Owner::User(owners[owner])) };
    desk.rule("General", of(None, 4));
    desk.rule("North", of(Some(north), 0));
    desk.rule("Oslo", Rule { when: "rating:hot".into(), ..of(Some(oslo), 1) });
    desk.rule("South", of(Some(south), 2));
    desk.rule("Partner", of(Some(partner), 3));
    let typed = [("last_name", "Lee"), ("topic", "x"), ("rating", "hot")];
    let mut got = Vec::new();
    for login in ["nora", "olaf", "sue", "pat", "ana"] {
        desk.act_as(login);
        let lead = desk.lead(&typed);
        got.push(desk.shown(lead, "owner"));
    }
    assert_eq!(got, ["o1", "o2", "o3", "o4", "o5"]);
    // a rule of a unit that does not match leaves the lead to the units above
    desk.act_as("olaf");
    let cold = desk.lead(&[("last_name", "Lee"), ("topic", "x"), ("rating", "cold")]);
    assert_eq!(desk.shown(cold, "owner"), "o1");
    // the partner that a lead names comes before the unit of who entered it
    let named = desk.lead(&[("last_name", "Lee"), ("topic", "x"), ("rating", "hot"), ("partner", "Acme Partners")]);
    assert_eq!(desk.shown(named, "owner"), "o4");
    let oslo = desk.why(named).rules.into_iter().find(|verdict| verdict.name == "South").expect("a verdict");
    assert_eq!(oslo.reason, "is a rule of South");
}

#[test]
fn undo_takes_a_lead_back_with_its_routing_and_redo_brings_both() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    desk.rule("All", Rule { tags: vec!["routed".into()], task: task("Call back", "+2h"), ..to("", Owner::User(bo)) });
    let before = desk.dump();
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "x")]);
    let after = desk.dump();
    assert_eq!(desk.shown(lead, "tags"), "routed");
    assert_eq!(desk.shown(lead, "open_activities"), "1");
    desk.act(Undo { step: None, origins: Vec::new() });
    assert_eq!(desk.dump(), before);
    assert!(desk.fired(lead).is_empty(), "what was taken back does not count");
    desk.act(Redo);
    assert_eq!(desk.dump(), after);
    assert_eq!(desk.fired(lead).len(), 1);
}

#[test]
fn a_rule_sets_fields_tags_and_plans_a_task_for_the_new_owner() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    let mut all = Rule { tags: vec!["vip".into()], task: task("Call back", "tomorrow 9:00"), ..to("", Owner::User(bo)) };
    all.set = sets("", "rating", "hot").set;
    desk.rule("All", all);
    // bo has what a seller makes of it: who entered it may not write it any more
    desk.user("dee", 1, Work::default());
    desk.act_as("dee");
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "x"), ("tags", "expo")]);
    assert_eq!(["owner", "rating", "tags"].map(|field| desk.shown(lead, field)), ["bo", "Hot", "expo, vip"]);
    assert_eq!(
        desk.shown(lead, "next_due_at"),
        desk.ctx.showing().show(
            desk.ctx.catalog.lead.field(desk.ctx.catalog.lead.id("next_due_at")),
            &leadbook::model::value::Value::Instant(crate::common::NOW + 23 * 3_600_000_000),
            "",
        )
    );
    let owner = desk.service.db().number("SELECT owner FROM activity", &[]).expect("a task");
    assert_eq!(owner, bo);
}

#[test]
fn assignments_by_hand_are_told_beside_the_rules() {
    let mut desk = Desk::new();
    let (bo, cy) = (desk.user("bo", 1, Work::default()), desk.user("cy", 1, Work::default()));
    desk.rule("All", share("", How::RoundRobin, &[bo, cy]));
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "x")]);
    assert_eq!(desk.owner_and_reason(lead), ("bo".into(), "their turn".into()));
    desk.act(AssignRecords { targets: Targets::leads(vec![lead]), owner: Owner::User(1), note: None, activities: false });
    let why = desk.why(lead);
    assert!(matches!(&why.steps[..], [Step::Hand(hand), Step::Rules(_)] if hand.by == "ana" && hand.from == bo && hand.to == 1));
}

#[test]
fn what_a_rule_sets_is_what_its_author_meant_whoever_adds_the_lead() {
    let mut desk = Desk::new();
    desk.ctx.locale = Locale::of("DE");
    let set = [("estimated_value", "1.500"), ("estimated_close_date", "3/4/2027")];
    let set = set.map(|(field, value)| Setting { field: field.into(), value: value.into() }).to_vec();
    let task = Some(FollowUp { text: "Call".into(), due: "tomorrow 9:00".into() });
    desk.rule("Expo", Rule { set, task, ..rule("") });
    let kept = desk.ctx.catalog.rules().next().map(|(_, rule)| rule.clone()).expect("the rule");
    assert_eq!(kept.set.iter().map(|one| one.value.as_str()).collect::<Vec<_>>(), ["1500.00", "2027-04-03"]);
    assert_eq!(kept.task.map(|task| task.due).as_deref(), Some("tomorrow 9:00"), "what is told from now on stays so");
    desk.ctx.locale = Locale::of("US");
    let lead = desk.lead(&[("topic", "Printers"), ("last_name", "Lee")]);
    assert_eq!(desk.shown(lead, "estimated_value"), "1,500.00 USD");
    assert_eq!(desk.shown(lead, "estimated_close_date"), "3 Apr 2027");
}

#[test]
fn many_users_units_and_values_are_no_limit() {
    let mut desk = Desk::new();
    let north = desk.unit("North", None, UnitKind::Internal);
    let bo = desk.user("bo", north, Work::default());
    for n in 0..400 {
        desk.user(&format!("u{n}"), north, Work::default());
    }
    let branch = |n: usize| (0..12).map(|part| format!("topic:t{n}-{part}")).collect::<Vec<_>>().join(" or ");
    for n in 0..8 {
        desk.rule(&format!("N{n}"), Rule { unit: Some(north), ..to(&branch(n), Owner::User(bo)) });
    }
    desk.act_as("bo");
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "t7-9")]);
    assert_eq!((newest(&desk.why(lead)).name.as_str(), newest(&desk.why(lead)).given.part.as_str()), ("N7", "topic:t7-9"));
    // more values than one statement takes
    desk.act_as("ana");
    let (names, other) = ((0..180).map(|n| format!("n{n}")).collect::<Vec<_>>().join(","), branch(8));
    for n in 0..20 {
        desk.rule(&format!("G{n}"), to(&format!("last_name:{names} ({other})"), Owner::User(bo)));
    }
    desk.rule("Last", to("last_name:roth", Owner::User(bo)));
    let lead = desk.lead(&[("last_name", "Roth"), ("topic", "x")]);
    assert_eq!(newest(&desk.why(lead)).name, "Last");
    let lead = desk.lead(&[("last_name", "N179"), ("topic", "t8-3")]);
    assert_eq!(newest(&desk.why(lead)).name, "G0");
}

#[test]
fn the_list_of_leads_without_a_rule_names_each_once_while_it_is_open_and_none_matches() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    desk.rule("Web", Rule { on: vec![Trigger::ByHand], ..to("source:web", Owner::User(bo)) });
    let leads: Vec<i64> = (0..4).map(|_| desk.lead(&[("last_name", "Lee"), ("topic", "x")])).collect();
    let list = |desk: &Desk| -> Vec<i64> {
        let log = desk.service.ask(&RuleLog { rule: None, unmatched: true, limit: 10 }, &desk.ctx).expect("a log");
        log.iter().map(|one| one.lead).collect()
    };
    let route = |desk: &mut Desk| desk.act(Route { targets: Targets::leads(leads.clone()) });
    let first = route(&mut desk);
    assert_eq!((list(&desk), first.reply.listed.len()), (vec![4, 3, 2, 1], 0));
    let second = route(&mut desk);
    assert_eq!((second.step, second.reply.unmatched, second.reply.listed.len()), (None, 4, 4), "nothing new is to be told");
    let values = desk.values(&[("source", "web")]);
    desk.act(UpdateRecords { targets: Targets::leads(vec![leads[1]]), values, leave_out_closed: false });
    let third = route(&mut desk).step;
    desk.act(DisqualifyLeads { targets: Targets::leads(vec![leads[2]]), reason: 4, note: None });
    desk.act(DeleteRecords { targets: Targets::leads(vec![leads[3]]) });
    assert_eq!(list(&desk), [1]);
    desk.act(Undo { step: third, origins: Vec::new() });
    assert_eq!(list(&desk), [2, 1], "what matched it was taken back");
}
