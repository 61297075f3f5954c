//! The screen without a database: lists, groups, details, keys and rights.

use std::sync::Arc;

use super::*;
use crate::model::catalog::Catalog;
use crate::model::definition::{Assign, Body, Definition};
use crate::model::entity::Entity;
use crate::model::people::{Role, Unit, UnitKind};
use crate::service::definition::MoveDefinition;
use crate::service::rule::RuleTally;
use crate::tui::stage::{NOW, Stage};
use crate::worker::reader::{Answer, Slot};
use crate::worker::writer::AnyAct;

fn rule(number: i64, name: &str, unit: Option<i64>, when: &str) -> Definition {
    let mut definition = Definition { number, name: name.into(), place: number, ..Definition::rule() };
    if let Body::Rule(rule) = &mut definition.body {
        (rule.unit, rule.when, rule.assign) = (unit, when.into(), Some(Assign::To(2)));
    }
    definition
}

/// A general rule, two of the unit Nordics and one of the partner Acme.
fn screen(columns: u16, rows: u16, role: Role) -> Stage {
    let mut stage = Stage::new(columns, rows);
    let mut catalog: Catalog = (*stage.env.catalog).clone();
    catalog.people.units = vec![
        Unit { number: 1, ..Unit::new("Head office", None, UnitKind::Internal) },
        Unit { number: 2, ..Unit::new("Nordics", Some(1), UnitKind::Internal) },
        Unit { number: 3, partner: Some(1), ..Unit::new("Acme", Some(1), UnitKind::ChannelPartner) },
    ];
    catalog.people.users[1].unit = 2;
    catalog.definitions = vec![
        rule(1, "Everything", None, ""),
        rule(2, "Web", Some(2), "source:web"),
        rule(3, "Hot", Some(2), "rating:hot"),
        rule(4, "Acme first", Some(3), "has:phone"),
    ];
    stage.env.catalog = Arc::new(catalog);
    stage.env.role = role;
    stage.open(Rules::new);
    stage
}

#[test]
fn rules_stand_in_the_order_in_which_they_are_asked() {
    let mut stage = screen(100, 30, Role::Admin);
    let tally = vec![RuleTally { rule: 2, count: 41, last: Some(NOW - 86_400_000_000) }];
    stage.answer(Slot::RuleTally, Ok(Answer::RuleTally(tally)));
    stage.answer(Slot::RuleCount, Ok(Answer::Count(5, 1)));
    let screen = stage.screen();
    let places = ["Partner Acme", "Acme first", "Unit Nordics", "Web", "41", "Hot", "General", "Everything"];
    let found: Vec<usize> =
        places.iter().map(|text| screen.find(text).unwrap_or_else(|| panic!("{text} in\n{screen}"))).collect();
    assert!(found.is_sorted(), "{screen}");
    assert!(screen.contains("5 open leads match now"), "{screen}");
    assert!(screen.contains("when a lead is created, imported or"), "{screen}");
}

#[test]
fn a_rule_moves_within_its_group_and_is_switched() {
    let mut stage = screen(80, 24, Role::Admin);
    stage.keys("j >");
    let moved = AnyAct::MoveDefinition(MoveDefinition { number: 2, to: 3 });
    assert_eq!(stage.acts().pop().map(|(_, act)| act), Some(moved));
    stage.keys("<");
    assert!(stage.said().contains("first of its group"), "{}", stage.said());
    stage.keys("S");
    let Some((_, AnyAct::PutDefinition(put))) = stage.acts().pop() else { panic!("{:?}", stage.acts()) };
    assert!(matches!(put.definition.body, Body::Rule(rule) if !rule.active));
    stage.keys("D");
    assert!(matches!(stage.acts().pop(), Some((_, AnyAct::RemoveDefinition(act))) if act.number == 2));
}

#[test]
fn who_may_not_write_reads_and_is_told_why() {
    let mut stage = screen(80, 24, Role::Seller);
    for key in ["n", "enter", "e", "S", "D", ">"] {
        stage.keys(key);
        assert!(stage.said().contains("admins write rules"), "{key}: {}", stage.said());
    }
    assert_eq!((stage.layers.len(), stage.acts().len()), (1, 0));
    // a manager writes the rules of their unit
    let mut stage = screen(80, 24, Role::Manager);
    stage.env.me = 2;
    stage.keys("S");
    assert!(stage.said().contains("a manager writes the rules of their unit"), "{}", stage.said());
    stage.keys("j S");
    assert_eq!(stage.acts().len(), 1);
    stage.keys("n");
    assert!(stage.screen().contains("New rule") && stage.screen().contains("Nordics"), "{}", stage.screen());
}

#[test]
fn people_have_their_parts() {
    let mut stage = screen(80, 24, Role::Admin);
    stage.keys("l l l");
    stage.answer(Slot::Loads, Ok(Answer::Loads(vec![(2, 12), (2, 3)])));
    stage.keys("j");
    let text = stage.screen();
    assert!(text.contains("[Users]") && text.contains("15 open leads and opportunities"), "{text}");
    stage.keys("l");
    assert!(stage.screen().contains("North") && stage.screen().contains("ana, bo"), "{}", stage.screen());
    stage.keys("l");
    let text = stage.screen();
    assert!(text.contains("Head office") && text.contains("  Nordics") && text.contains("channel partner"), "{text}");
    stage.keys("n");
    assert!(stage.screen().contains("New business unit"), "{}", stage.screen());
}

#[test]
fn an_empty_part_says_what_to_do() {
    let mut stage = screen(80, 24, Role::Admin);
    stage.keys("l");
    assert!(stage.screen().contains("No points yet. n makes the first"), "{}", stage.screen());
    stage.env.role = Role::Seller;
    assert!(stage.screen().contains("only admins change these"), "{}", stage.screen());
}

#[test]
fn what_was_made_has_the_cursor() {
    let mut stage = screen(80, 24, Role::Admin);
    let layer = stage.layers.last_mut().expect("a screen");
    layer.outcome(&Outcome::Made(Entity::Definition.numbered(1)), &mut Cx { env: &stage.env, desk: &mut stage.desk });
    stage.keys("S");
    assert!(matches!(stage.acts().pop(), Some((_, AnyAct::PutDefinition(put))) if put.definition.number == 1));
}

#[test]
fn any_size_is_drawn() {
    for (columns, rows) in [(40, 12), (60, 14), (80, 24), (120, 40), (200, 50)] {
        let mut stage = screen(columns, rows, Role::Admin);
        for _ in 0..6 {
            stage.keys("l").screen();
            stage.mouse(3, 4, 0);
        }
    }
}

#[test]
fn the_last_queue_takes_the_queues_with_it() {
    let mut stage = screen(80, 24, Role::Admin);
    let mut catalog: Catalog = (*stage.env.catalog).clone();
    catalog.people.teams[0].queue = true;
    stage.env.catalog = Arc::new(catalog);
    stage.keys("l l l l");
    stage.answer(Slot::HasQueues, Ok(Answer::HasQueues(true)));
    stage.keys("S");
    let acts: Vec<AnyAct> = stage.acts().into_iter().map(|(_, act)| act).collect();
    let [AnyAct::PutTeam(team), AnyAct::SetQueues(queues)] = acts.as_slice() else { panic!("{acts:?}") };
    assert!(!team.team.queue && !queues.on);
}

#[test]
fn who_only_reads_gets_nothing() {
    let mut stage = screen(80, 24, Role::Admin);
    let mut catalog: Catalog = (*stage.env.catalog).clone();
    catalog.people.users[1].role = Role::ReadOnly;
    stage.env.catalog = Arc::new(catalog);
    stage.keys("l l l j");
    let text = stage.screen();
    assert!(text.contains("give them no leads: only reads"), "{text}");
}

#[test]
fn a_narrow_screen_names_the_part_that_is_seen() {
    let mut stage = screen(50, 24, Role::Admin);
    stage.keys("l l");
    let text = stage.screen();
    assert!(text.contains("‹ Targets ›") && !text.contains("Score"), "{text}");
}
