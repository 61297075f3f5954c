//! The page without a database: its lines, the leads behind them, another filter.

use std::collections::BTreeMap;

use super::*;
use crate::service::rule::{Tried, TriedRule};
use crate::tui::stage::Stage;

/// Three leads: one goes from ana to bo, one stays, one matches no rule.
fn trial() -> Arc<Trial> {
    let row = |lead, would, rule, why| Tried { lead, now: 1, would, rule, others: Vec::new(), why };
    Arc::new(Trial {
        rules: vec![TriedRule { number: 4, name: "Nordics".into(), parts: vec!["country:se".into()], matched: 2 }],
        rows: vec![row(7, 1, Some((0, 0)), Why::Turn), row(8, 2, Some((0, 0)), Why::Turn), row(9, 1, None, Why::Stays)],
        owners: BTreeMap::from([(1, (3, 2)), (2, (0, 1))]),
        moved: 1,
        unmatched: 1,
        nobody: 0,
        others: 0,
        waiting: vec![("Loop".into(), "asked only when a lead is changed in rating".into())],
        broken: Vec::new(),
    })
}

fn page(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    stage.open(TrialPage::of_database);
    stage.answer(Slot::Trial, Ok(Answer::Tried(trial())));
    stage
}

#[test]
fn it_says_who_would_get_what() {
    let stage = page(80, 24);
    let screen = stage.screen();
    for part in
        ["on status:open", "3 leads: 1 would get another owner", "bo", "+1", "−1", "Nordics", "matches 2", "no rule matches"]
    {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    assert!(stage.acts().is_empty(), "nothing is done");
}

#[test]
fn a_rule_that_waits_for_something_else_says_so() {
    let mut stage = page(100, 24);
    assert!(stage.screen().contains("asked only when a lead is changed in rating"), "{}", stage.screen());
    stage.keys("j j j enter");
    assert!(stage.said().contains("waits for something else"), "{}", stage.said());
}

#[test]
fn the_rules_are_asked_in_earnest_after_a_question() {
    let mut stage = page(100, 24);
    let why = |stage: &Stage| stage.layers.last().expect("a page").unavailable(Action::Save, &stage.env);
    assert!(why(&stage).expect("no rule").contains("by-hand"));
    let mut catalog = (*stage.env.catalog).clone();
    catalog.definitions = vec![Definition { number: 4, name: "Nordics".into(), ..Definition::rule() }];
    stage.env.catalog = Arc::new(catalog);
    assert_eq!(why(&stage), None);
    stage.keys("ctrl-s");
    stage.answer(Slot::Count, Ok(Answer::Count(3, 7)));
    assert!(stage.screen().contains("Ask the rules about 3 leads?") && stage.acts().is_empty(), "{}", stage.screen());
    stage.keys("y");
    let done = |outcome: &Outcome| matches!(outcome, Outcome::Confirmed(act) if matches!(**act, AnyAct::Route(_)));
    assert!(stage.outcomes.iter().any(done), "{:?}", stage.outcomes);
    let edited = Definition { number: 4, name: "Nordics".into(), ..Definition::rule() };
    stage.open(|cx| TrialPage::with(&edited, cx));
    assert!(why(&stage).expect("not saved").contains("save this one first"));
}

#[test]
fn behind_a_line_are_its_leads_those_that_move_first() {
    let mut stage = page(100, 24);
    stage.keys("enter");
    let screen = stage.screen();
    let (moves, stays) = (screen.find("ana → bo").expect("moves"), screen.find("stays with ana").expect("stays"));
    assert!(moves < stays && screen.contains("Nordics (country:se) · their turn"), "{screen}");
    stage.keys("esc j j j j enter");
    assert!(stage.screen().contains("L-9") && stage.screen().contains("no rule matches"), "{}", stage.screen());
}

#[test]
fn another_filter_is_tried_and_a_wrong_one_is_asked_again() {
    let mut stage = page(80, 24);
    let mistaken = Outcome::Entered(Purpose::Trial, "colour:red".into());
    let layer = stage.layers.last_mut().expect("a page");
    let flow = layer.outcome(&mistaken, &mut Cx { env: &stage.env, desk: &mut stage.desk });
    assert!(matches!(flow, Flow::Push(_)));
    let right = Outcome::Entered(Purpose::Trial, "rating:hot".into());
    let layer = stage.layers.last_mut().expect("a page");
    layer.outcome(&right, &mut Cx { env: &stage.env, desk: &mut stage.desk });
    assert!(stage.screen().contains("on rating:hot") && stage.screen().contains("asking the rules"), "{}", stage.screen());
}

#[test]
fn any_size_is_drawn() {
    for (columns, rows) in [(40, 12), (60, 14), (80, 24), (200, 50)] {
        let mut stage = page(columns, rows);
        stage.screen();
        stage.keys("enter").screen();
    }
}
