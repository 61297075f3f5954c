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
    assert!(stage.acts().is_empty() && stage.screen().contains("! the rule does nothing"), "{}", stage.screen());
    stage.write("bo").keys("ctrl-s");
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
    let mut catalog = (*stage.env.catalog).clone();
    catalog.people.units = vec![Unit { number: 1, ..Unit::new("Organization", None, UnitKind::Internal) }];
    stage.env.catalog = std::sync::Arc::new(catalog);
    stage.open(|cx| SetupForm::open(Subject::User(User::new(2, "bo", "Bo Ek", Role::Seller)), cx));
    to(&mut stage, 2).write("man").keys("tab");
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

#[test]
fn mistakes_of_the_text_and_of_the_whole_are_told_at_once() {
    let mut stage = Stage::new(100, 30);
    stage.open(|cx| SetupForm::open(Subject::User(User::new(2, "bo", "Bo Ek", Role::Seller)), cx));
    stage.keys("ctrl-u").write("bo ek");
    to(&mut stage, 2).write("boss");
    to(&mut stage, 4).write("-3").keys("ctrl-s");
    assert!(stage.acts().is_empty());
    let screen = stage.screen();
    for part in ["“bo ek” has blanks", "“boss” is no role", "0 to 1,000,000"] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    // of points: the filter is looked at though the points cannot be read
    let mut stage = Stage::new(100, 30);
    stage.open(|cx| SetupForm::open(Subject::Definition(Definition::score_rule()), cx));
    stage.write("Hot");
    to(&mut stage, 2).write("many");
    to(&mut stage, 1).write("is:mine").keys("ctrl-s");
    let screen = stage.screen();
    assert!(screen.contains("no whole number") && screen.contains("a score is the same for everybody"), "{screen}");
}

#[test]
fn two_ways_are_one_mistake_and_those_among_whom_are_read_all_the_same() {
    let mut stage = rule(100, 30);
    stage.write("Two");
    to(&mut stage, 5).write("bo");
    to(&mut stage, 1).write("round-robin");
    to(&mut stage, 1).write("zed");
    to(&mut stage, 1).write("region");
    stage.keys("ctrl-s");
    let screen = stage.screen();
    assert!(screen.contains("empty this or Assign To") && screen.contains("there is no user or team “zed”"), "{screen}");
    assert!(!screen.contains("goes with Share"), "{screen}");
}

#[test]
fn what_is_typed_takes_the_place_of_a_value_and_its_choices_are_listed() {
    let mut stage = Stage::new(100, 30);
    let mut catalog = (*stage.env.catalog).clone();
    catalog.people.units = vec![Unit { number: 1, ..Unit::new("Organization", None, UnitKind::Internal) }];
    catalog.people.units.push(Unit { number: 2, ..Unit::new("Dubai", Some(1), UnitKind::Internal) });
    stage.env.catalog = std::sync::Arc::new(catalog);
    stage.open(|cx| SetupForm::open(Subject::Unit(Unit::new("", Some(1), UnitKind::Internal)), cx));
    stage.write("Marina").keys("tab");
    assert!(stage.screen().contains("Organization") && stage.screen().contains("Dubai"), "{}", stage.screen());
    stage.write("Dub").keys("tab ctrl-s");
    let Some((_, AnyAct::PutUnit(put))) = stage.acts().pop() else { panic!("{:?} {}", stage.acts(), stage.screen()) };
    assert_eq!(put.unit.parent, Some(2));
}

#[test]
fn what_a_rule_sets_is_completed() {
    let mut stage = rule(100, 30);
    stage.write("Hot");
    to(&mut stage, 10).write("rat").keys("tab");
    assert!(stage.screen().contains("rating="), "{}", stage.screen());
    stage.write("h").keys("tab");
    assert!(stage.screen().contains("rating=hot"), "{}", stage.screen());
    stage.write(", job").keys("tab").write("Boss").keys("tab");
    assert!(stage.screen().contains("▸ Tags") && stage.screen().contains("job_title=Boss"), "{}", stage.screen());
}
