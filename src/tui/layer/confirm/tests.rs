//! Questions before large acts: what they say, and what yes and no do.

use proptest::prelude::*;

use super::*;
use crate::error::Error;
use crate::model::value::{Owner, Value};
use crate::query::Query;
use crate::service::record::assign::AssignRecords;
use crate::service::record::delete::DeleteRecords;
use crate::service::record::tag::TagRecords;
use crate::service::record::update::UpdateRecords;
use crate::service::undo::Undo;
use crate::tui::stage::{NOW, Stage};

fn some() -> Targets {
    Targets::leads(vec![1, 2])
}

fn all() -> Targets {
    Targets::All { filter: Box::default(), except: vec![3], confirmed: None }
}

fn delete(targets: Targets) -> AnyAct {
    AnyAct::Delete(DeleteRecords { targets })
}

fn asked(act: AnyAct) -> Stage {
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| Confirm::act(act, 1284, cx.env));
    stage
}

#[test]
fn the_question_names_the_count_and_what_follows() {
    let env = Env::test();
    let rating = env.catalog.lead.id("rating");
    let assign = AssignRecords { targets: some(), owner: Owner::User(2), note: Some("call \u{1b}[1m".into()), activities: false };
    let update = UpdateRecords {
        targets: some(),
        values: vec![(rating, Value::Choice(1)), (env.catalog.lead.id("city"), Value::None)],
        leave_out_closed: false,
    };
    let tag = TagRecords { targets: some(), add: vec!["expo".into()], remove: vec!["vip".into()] };
    for (act, parts) in [
        (
            delete(some()),
            vec!["Delete 1,284 leads?", "They go to Deleted", "u takes all of it back in one step.", "y yes   n no"],
        ),
        (AnyAct::Assign(assign), vec!["Assign 1,284 leads to bo?", "With the note “call ␛[1m”."]),
        (AnyAct::UpdateMany(update), vec!["Set Rating to Hot, empty City on 1,284 leads?"]),
        (AnyAct::Tag(tag), vec!["Tag 1,284 leads: +expo -vip?"]),
    ] {
        let screen = asked(act).screen();
        for part in parts {
            assert!(screen.contains(part), "{part} in\n{screen}");
        }
    }
}

#[test]
fn only_yes_does_it() {
    let mut stage = asked(delete(some()));
    stage.keys("enter D space");
    assert_eq!((stage.layers.len(), stage.outcomes.len()), (1, 0));
    stage.keys("y");
    assert_eq!(stage.outcomes, [Outcome::Confirmed(Box::new(delete(some())))]);
    for key in ["n", "esc", "q", "ctrl-c"] {
        let mut stage = asked(delete(some()));
        stage.keys(key);
        assert_eq!((stage.layers.len(), stage.outcomes.len(), stage.said()), (0, 0, "nothing was done"), "{key}");
    }
}

#[test]
fn a_whole_list_is_counted_first_and_the_count_is_what_is_confirmed() {
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| {
        let serial = cx.ask(
            Slot::Count,
            crate::worker::reader::AnyQuery::Count(crate::service::record::read::CountRecords { filter: Query::default() }),
        );
        Confirm::counting(delete(all()), serial, cx.env)
    });
    stage.keys("y");
    assert!(stage.outcomes.is_empty() && stage.screen().contains("counting the records"));
    stage.answer(Slot::Count, Ok(Answer::Count(101, 55)));
    assert!(stage.screen().contains("Delete 100 leads?"), "{}", stage.screen());
    stage.keys("y");
    let confirmed = Some(Confirmed { count: 100, newest: 55 });
    let targets = Targets::All { filter: Box::default(), except: vec![3], confirmed };
    assert_eq!(stage.outcomes, [Outcome::Confirmed(Box::new(delete(targets)))]);
}

#[test]
fn few_need_no_question_and_a_count_that_fails_ends_it() {
    for (answer, outcomes) in [(Ok(Answer::Count(6, 55)), 1), (Err(Error::Busy("locked".into())), 0)] {
        let mut stage = Stage::new(80, 24);
        stage.open(|cx| {
            let query = crate::service::record::read::CountRecords { filter: Query::default() };
            let serial = cx.ask(Slot::Count, crate::worker::reader::AnyQuery::Count(query));
            Confirm::counting(delete(all()), serial, cx.env)
        });
        stage.answer(Slot::Count, answer);
        assert_eq!((stage.layers.len(), stage.outcomes.len()), (0, outcomes));
    }
}

fn step(touched: i64, days: i64, actor: i64, origin: &str) -> Operation {
    Operation {
        number: 12,
        act: "Import".into(),
        summary: "Imported 1,284 leads".into(),
        actor,
        origin: origin.into(),
        at: NOW - days * OLD - 1,
        touched,
        made: None,
        undoes: None,
        undone_by: None,
    }
}

#[test]
fn a_step_is_a_question_when_it_is_large_old_or_made_elsewhere() {
    let env = Env::test();
    assert!(undo_reasons(&step(20, 0, 1, "tui"), &env).is_empty());
    for step in [step(21, 0, 1, "tui"), step(1, 1, 1, "tui"), step(1, 0, 2, "tui"), step(1, 0, 1, "cli")] {
        assert_eq!(undo_reasons(&step, &env).len(), 1, "{step:?}");
    }
    let mut stage = Stage::new(80, 24);
    let act = AnyAct::Undo(Undo { step: Some(12), origins: Vec::new() });
    stage.open(|cx| Confirm::undo(&step(1284, 3, 2, "import"), act.clone(), cx.env));
    let screen = stage.screen();
    for part in [
        "Take back “Imported 1,284 leads”?",
        "It changed 1,284 records.",
        "It was done 3 d ago.",
        "It was done by bo.",
        "It was made by an import.",
        "Ctrl-r does it again.",
    ] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    stage.keys("y");
    assert_eq!(stage.outcomes, [Outcome::Confirmed(Box::new(act))]);
}

#[test]
fn the_answers_can_be_clicked() {
    for (word, outcomes) in [("y yes", 1), ("n no", 0)] {
        let mut stage = asked(delete(some()));
        let (lines, _) = stage.draw();
        let row = lines.iter().position(|line| line.contains(word)).unwrap();
        let column = lines[row].split(word).next().unwrap().chars().count();
        stage.mouse(u16::try_from(column).unwrap() + 1, u16::try_from(row).unwrap() + 1, 0);
        assert_eq!((stage.layers.len(), stage.outcomes.len()), (0, outcomes), "{word}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_size(columns in 1u16..160, rows in 1u16..40, note in ".{0,80}", x in any::<u16>(), y in any::<u16>()) {
        let mut stage = Stage::new(columns, rows);
        let act = AnyAct::Assign(AssignRecords { targets: some(), owner: Owner::Team(9), note: Some(note), activities: false });
        stage.open(|cx| Confirm::act(act, u64::MAX, cx.env)).draw();
        stage.mouse(x % columns, y % rows, 0);
        stage.draw();
    }
}
