//! What holds of users, teams and units through every change, also one that is taken back.

use leadbook::model::choice::Set;
use leadbook::model::definition::{Body, Definition, Rule, SavedView, ScoreRule, Setting};
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::people::{Role, Unit, UnitKind, User};
use leadbook::service::definition::{PutDefinition, RemoveDefinition};
use leadbook::service::people::{AddUser, PutUnit, PutUser, RemovePeople};
use leadbook::service::rule::{TryRoute, WhyOwner};
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};

use crate::common::Desk;

/// Makes a user somebody of another role; the step comes back.
fn becomes(desk: &mut Desk, number: i64, role: Role) -> i64 {
    let user = desk.ctx.catalog.people.user(number).cloned().expect("a user");
    desk.act(PutUser { user: User { role, ..user } }).step.expect("a step")
}

#[test]
fn no_step_that_is_taken_back_leaves_nobody_who_may_change_users() {
    let mut desk = Desk::new();
    let bo = desk.act(AddUser { login: "bo".into(), name: String::new(), role: Role::Seller }).reply;
    let step = becomes(&mut desk, bo, Role::Admin);
    becomes(&mut desk, 1, Role::Seller);
    (desk.ctx.user, desk.ctx.role) = (bo, Role::Admin);
    let error = desk.try_act(Undo { step: Some(step), origins: Vec::new() }).expect_err("the only admin");
    assert_eq!(error.headline(), "bo is the only admin");
    assert!(error.hint().contains("role=admin"), "{error:?}");
    becomes(&mut desk, 1, Role::Admin);
    desk.act(Undo { step: Some(step), origins: Vec::new() });
    assert_eq!(desk.ctx.catalog.people.user(bo).map(|bo| bo.role), Some(Role::Seller));
    // nor one that is brought again
    (desk.ctx.user, desk.ctx.role) = (1, Role::Admin);
    becomes(&mut desk, bo, Role::Admin);
    becomes(&mut desk, 1, Role::Seller);
    desk.act(Undo { step: None, origins: Vec::new() });
    becomes(&mut desk, bo, Role::Seller);
    assert_eq!(desk.try_act(Redo).expect_err("the only admin").headline(), "ana is the only admin");
}

/// Gives a unit another name; the step comes back.
fn renamed(desk: &mut Desk, number: i64, name: &str) -> i64 {
    let unit = desk.ctx.catalog.people.unit(number).cloned().expect("a unit");
    desk.act(PutUnit { unit: Unit { name: name.into(), ..unit } }).step.expect("a step")
}

#[test]
fn leads_call_a_partner_by_its_name_and_no_two_are_the_same_to_them() {
    let mut desk = Desk::new();
    let partner = |name: &str| PutUnit { unit: Unit::new(name, None, UnitKind::ChannelPartner) };
    let code = |desk: &Desk, unit| desk.ctx.catalog.people.unit(unit).and_then(|unit| unit.partner);
    let called = |desk: &Desk, unit| {
        let code = code(desk, unit).expect("a code");
        (desk.ctx.catalog.choices.label(Set::Partner, code), desk.ctx.catalog.choices.slug(Set::Partner, code))
    };
    let first = desk.act(partner("Nordic")).reply;
    let lead = desk.lead(&[("topic", "Printers"), ("last_name", "Lee"), ("partner", "Nordic")]);
    let step = renamed(&mut desk, first, "Arctic");
    assert_eq!(desk.shown(lead, "partner"), "Arctic");
    assert_eq!(called(&desk, first), ("Arctic".into(), "arctic".into()));
    desk.act(Undo { step: Some(step), origins: Vec::new() });
    assert_eq!((called(&desk, first), desk.shown(lead, "partner")), (("Nordic".into(), "nordic".into()), "Nordic".into()));
    desk.act(Redo);
    let second = desk.act(partner("Nordic")).reply;
    assert_ne!(code(&desk, first), code(&desk, second));
    assert_eq!(called(&desk, second), ("Nordic".into(), "nordic".into()));
    assert_eq!(desk.shown(lead, "partner"), "Arctic");
    // what is no partner any more takes no leads as one
    let unit = desk.ctx.catalog.people.unit(first).cloned().expect("a unit");
    desk.act(PutUnit { unit: Unit { kind: UnitKind::Internal, ..unit.clone() } });
    assert_eq!(code(&desk, first), None);
    assert_eq!(desk.shown(lead, "partner"), "Arctic");
    let again = desk.act(PutUnit { unit: Unit { partner: None, ..unit.clone() } }).reply;
    assert_eq!(code(&desk, again), unit.partner, "the leads that name it are its own again");
    let third = desk.act(PutUnit { unit: Unit { number: 0, name: "Third".into(), ..unit.clone() } }).reply;
    assert_ne!(code(&desk, third), unit.partner);
    // one that is back where another has its code by now
    let removal = desk.act(RemovePeople { key: Entity::Unit.numbered(second) }).step;
    let heir = desk.act(partner("Nordic")).reply;
    renamed(&mut desk, heir, "Baltic");
    assert_eq!(
        takes_back(&mut desk, removal),
        Err("the unit Nordic cannot be as it was: its leads are those of Baltic now".into())
    );
}

/// Adds a rule that tags leads.
fn rule(desk: &mut Desk, name: &str, unit: Option<i64>, when: &str) -> i64 {
    let mut definition = Definition { name: name.into(), ..Definition::rule() };
    if let Body::Rule(rule) = &mut definition.body {
        *rule = Rule { unit, when: when.into(), tags: vec!["x".into()], ..rule.clone() };
    }
    desk.act(PutDefinition { definition }).reply
}

fn takes_back(desk: &mut Desk, step: Option<i64>) -> Result<(), String> {
    desk.try_act(Undo { step, origins: Vec::new() }).map(|_| ()).map_err(|error| error.headline())
}

#[test]
fn a_definition_does_not_come_back_without_what_it_names() {
    let mut desk = Desk::new();
    let gone = desk.act(PutUnit { unit: Unit::new("Gone", None, UnitKind::Internal) }).reply;
    let of_unit = rule(&mut desk, "g", Some(gone), "");
    let asks = rule(&mut desk, "asks", None, "unit:Gone");
    let [first, second] = [of_unit, asks].map(|number| desk.act(RemoveDefinition { number }).step);
    let removal = desk.act(RemovePeople { key: Entity::Unit.numbered(gone) }).step;
    assert_eq!(takes_back(&mut desk, first), Err("the rule g cannot be as it was: the unit Gone is gone".into()));
    let error = takes_back(&mut desk, second).expect_err("the unit is gone");
    assert!(error.starts_with("the rule asks cannot be as it was: there is no unit “Gone”"), "{error}");
    assert_eq!(takes_back(&mut desk, removal), Ok(()));
    assert_eq!(takes_back(&mut desk, first), Ok(()));
    // a name that another has by now
    let step = desk.act(RemoveDefinition { number: of_unit }).step;
    rule(&mut desk, "G", None, "");
    let taken = desk.ctx.catalog.rules().count();
    assert_eq!(takes_back(&mut desk, step), Err("the rule g cannot be as it was: there is a rule of this name already".into()));
    assert_eq!(desk.ctx.catalog.rules().count(), taken);
}

/// The conditions of all rules and views and what they set, in order.
fn conditions(desk: &Desk) -> Vec<String> {
    let of = |definition: &Definition| match &definition.body {
        Body::Rule(rule) => rule.set.iter().fold(rule.when.clone(), |text, set| format!("{text} → {}={}", set.field, set.value)),
        Body::ScoreRule(rule) => rule.when.clone(),
        Body::View(view) => view.filter.clone(),
        Body::Target(_) => String::new(),
    };
    desk.ctx.catalog.definitions.iter().map(of).collect()
}

#[test]
fn what_asks_for_people_calls_them_as_they_are_called() {
    let mut desk = Desk::new();
    let north = desk.act(PutUnit { unit: Unit::new("North", None, UnitKind::Internal) }).reply;
    let acme = desk.act(PutUnit { unit: Unit::new("Acme", None, UnitKind::ChannelPartner) }).reply;
    let bo = desk.act(PutUser { user: User { unit: north, ..User::new(0, "bo", "Bertil Ek", Role::Seller) } }).reply;
    rule(&mut desk, "a", None, "unit<=north  created>-30d or partner:acme");
    let mut sets = Definition { name: "sets".into(), ..Definition::rule() };
    if let Body::Rule(rule) = &mut sets.body {
        rule.set = vec![Setting { field: "partner".into(), value: "Acme".into() }];
    }
    desk.act(PutDefinition { definition: sets });
    let body = Body::ScoreRule(ScoreRule { points: 20, when: "-was:bo owner:ana,bo".into(), active: true });
    desk.act(PutDefinition { definition: Definition { name: "points".into(), body, ..Definition::score_rule() } });
    let body = Body::View(SavedView {
        entity: "lead".into(),
        filter: "created_by:bo value>10".into(),
        sort: String::new(),
        columns: Vec::new(),
    });
    desk.act(PutDefinition { definition: Definition { name: "view".into(), owner: Some(1), body, ..Definition::rule() } });
    let lead = desk.lead(&[("topic", "Printers"), ("last_name", "Lee")]);
    let score = |desk: &Desk| desk.shown(lead, "score");
    let before = (conditions(&desk), score(&desk));
    assert_eq!(before.1, "20");
    let unit = renamed(&mut desk, north, "Nord West");
    let partner = renamed(&mut desk, acme, "Umbrella");
    let user = desk.ctx.catalog.people.user(bo).cloned().expect("bo");
    let login = desk.act(PutUser { user: User { login: "bob".into(), ..user } }).step;
    let after = [
        "unit<=\"Nord West\"  created>-30d or partner:umbrella",
        " → partner=umbrella",
        "-was:bob owner:ana,bob",
        "created_by:bob value>10",
    ];
    assert_eq!((conditions(&desk), score(&desk)), (after.map(str::to_owned).to_vec(), "20".into()));
    for step in [login, Some(partner), Some(unit)] {
        assert_eq!(takes_back(&mut desk, step), Ok(()));
    }
    assert_eq!((conditions(&desk), score(&desk)), before);
    for _ in 0..3 {
        desk.act(Redo);
    }
    assert_eq!(conditions(&desk), after);
    // what was written meanwhile goes along with a name that is taken back
    rule(&mut desk, "later", None, "unit:\"Nord West\"");
    let before = renamed(&mut desk, north, "Nord");
    rule(&mut desk, "last", None, "unit:nord");
    assert_eq!(takes_back(&mut desk, Some(before)), Ok(()));
    assert_eq!(conditions(&desk)[2..4], ["unit:\"Nord West\"", "unit:\"Nord West\""]);
}

#[test]
fn people_do_not_come_back_into_a_unit_that_is_gone() {
    let mut desk = Desk::new();
    let gone = desk.act(PutUnit { unit: Unit::new("Gone", None, UnitKind::Internal) }).reply;
    let bo = desk.act(PutUser { user: User { unit: gone, ..User::new(0, "bo", "Bo", Role::Seller) } }).reply;
    let user = desk.ctx.catalog.people.user(bo).cloned().expect("bo");
    let step = desk.act(PutUser { user: User { unit: 1, ..user } }).step;
    desk.act(RemovePeople { key: Entity::Unit.numbered(gone) });
    assert_eq!(takes_back(&mut desk, step), Err("the user bo cannot be as it was: there is no such business unit".into()));
}

#[test]
fn a_rule_whose_unit_is_not_there_is_told_and_not_passed_over() {
    let mut desk = Desk::new();
    let gone = desk.act(PutUnit { unit: Unit::new("Gone", None, UnitKind::Internal) }).reply;
    rule(&mut desk, "g", Some(gone), "");
    let lead = desk.lead(&[("topic", "Printers"), ("last_name", "Lee")]);
    let mut without = (*desk.ctx.catalog).clone();
    without.people.units.retain(|unit| unit.number != gone);
    desk.ctx.catalog = without.into();
    let targets = Targets::one(RecordId::lead(lead));
    let trial = desk.service.ask(&TryRoute { targets, rules: None, event: None, also: None }, &desk.ctx).expect("a trial");
    assert_eq!(trial.broken.len(), 1);
    assert!(trial.broken[0].contains("the rule “g” cannot be asked: the business unit"), "{:?}", trial.broken);
    let why = desk.service.ask(&WhyOwner { lead }, &desk.ctx).expect("why");
    assert!(!why.rules[0].matches && why.rules[0].reason.contains("is gone"), "{:?}", why.rules);
}
