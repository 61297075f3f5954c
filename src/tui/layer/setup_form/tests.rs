//! The form without a database: completing, mistakes at their fields, drafts, what is saved.

use super::*;
use crate::model::definition::{Assign, Definition, How};
use crate::model::people::{Role, Unit, UnitKind, User};
use crate::service::definition::PutDefinition;
use crate::tui::stage::Stage;
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::AnyAct;

fn rule(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    stage.open(|cx| SetupForm::open(Subject::Definition(Definition::rule()), cx));
    stage
}

/// Goes to a field by the number of steps from the first one.
fn to(stage: &mut Stage, steps: usize) -> &mut Stage {
    stage.keys(&"down ".repeat(steps))
}

#[test]
fn a_rule_is_typed_completed_and_saved() {
    let mut stage = rule(80, 24);
    stage.write("Web leads");
    to(&mut stage, 4).write("sour").keys("tab").write("we").keys("tab");
    let screen = stage.screen();
    assert!(screen.contains("source:web") && screen.contains("counting"), "{screen}");
    assert!(stage.questions().iter().any(|(slot, query)| *slot == Slot::RuleCount && matches!(query, AnyQuery::Count(_))));
    stage.answer(Slot::RuleCount, Ok(Answer::Count(12, 1)));
    assert!(stage.screen().contains("12 open leads match now"), "{}", stage.screen());
    to(&mut stage, 2).write("round").keys("tab");
    to(&mut stage, 1).write("bo, tea").keys("tab ctrl-s");
    let (_, act) = stage.acts().pop().expect("an act");
    let AnyAct::PutDefinition(put) = act else { panic!("{act:?}") };
    let PutDefinition { definition } = *put;
    let Body::Rule(rule) = definition.body else { panic!("a rule") };
    assert_eq!((definition.name.as_str(), rule.when.as_str()), ("Web leads", "source:web"));
    assert_eq!(rule.assign, Some(Assign::Share { how: How::RoundRobin, among: vec![2, -1], matching: Vec::new() }));
    assert!(stage.draft().is_some(), "kept until it is saved");
    stage.written(Ok(Reply::Number(7)));
    assert!(stage.layers.is_empty() && stage.draft().is_none());
    assert_eq!(stage.outcomes, [Outcome::Made(Entity::Definition.numbered(7))]);
}

#[test]
fn tab_completes_what_is_begun_and_else_goes_on() {
    let mut stage = rule(80, 24);
    stage.write("A").keys("tab");
    assert!(stage.screen().contains("▸ Whose"), "{}", stage.screen());
    stage.keys("tab tab tab");
    assert!(stage.screen().contains("▸ When") && stage.screen().contains("can be"), "{}", stage.screen());
    stage.write("rating:").keys("tab tab");
    assert!(stage.screen().contains("rating:hot") && stage.screen().contains("▸ Assign To"), "{}", stage.screen());
}

#[test]
fn every_mistake_stands_at_its_field() {
    let mut stage = rule(100, 30);
    stage.write("Wrong");
    to(&mut stage, 1).write("Mars");
    to(&mut stage, 4).write("bo");
    to(&mut stage, 1).write("round-robin");
    stage.keys("ctrl-s");
    assert!(stage.acts().is_empty());
    let screen = stage.screen();
    assert!(screen.contains("there is no business unit “Mars”") && screen.contains("a lead goes one way"), "{screen}");
    // the service's own mistakes too
    let mut stage = rule(100, 30);
    stage.write("Idle").keys("ctrl-s");
    stage.written(Err(Error::Invalid(vec![Problem::new("assign", "the rule does nothing")])));
    assert!(stage.screen().contains("▸ Assign To") && stage.screen().contains("! the rule does nothing"), "{}", stage.screen());
}

#[test]
fn a_condition_that_cannot_be_read_is_not_saved() {
    let mut stage = rule(100, 30);
    stage.write("Colour");
    to(&mut stage, 4).write("colour:red");
    stage.keys("ctrl-s");
    assert!(stage.acts().is_empty());
    assert!(stage.screen().contains("colour"), "{}", stage.screen());
    assert!(stage.said().contains("colour"), "{}", stage.said());
}

#[test]
fn leaving_keeps_what_was_typed() {
    let mut stage = rule(80, 24);
    stage.write("Half a ru").keys("esc");
    assert!(stage.layers.is_empty() && stage.said().starts_with("draft kept"), "{}", stage.said());
    let draft = stage.draft().expect("a draft");
    stage.env.drafts = vec![draft];
    stage.open(|cx| SetupForm::open(Subject::Definition(Definition::rule()), cx));
    assert!(stage.screen().contains("Half a ru") && stage.said().contains("is back"), "{}", stage.screen());
    stage.keys("ctrl-c");
    assert!(!stage.screen().contains("Half a ru") && stage.draft().is_none());
}

#[test]
fn people_are_typed_in_the_same_way() {
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| SetupForm::open(Subject::User(User::new(2, "bo", "Bo Ek", Role::Seller)), cx));
    to(&mut stage, 2).keys("ctrl-u").write("man").keys("tab");
    to(&mut stage, 4).write("20").keys("ctrl-s");
    let Some((_, AnyAct::PutUser(put))) = stage.acts().pop() else { panic!("{:?}", stage.acts()) };
    assert_eq!((put.user.role, put.user.work.capacity), (Role::Manager, Some(20)));
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| SetupForm::open(Subject::Unit(Unit::new("", None, UnitKind::Internal)), cx));
    stage.write("Acme");
    to(&mut stage, 2).keys("ctrl-u").write("cha").keys("tab ctrl-s");
    let Some((_, AnyAct::PutUnit(put))) = stage.acts().pop() else { panic!("{:?}", stage.acts()) };
    assert_eq!((put.unit.name.as_str(), put.unit.kind), ("Acme", UnitKind::ChannelPartner));
}

#[test]
fn any_size_is_drawn() {
    for (columns, rows) in [(40, 12), (60, 14), (80, 24), (200, 50)] {
        let mut stage = rule(columns, rows);
        for _ in 0..14 {
            stage.keys("down").screen();
        }
    }
}
