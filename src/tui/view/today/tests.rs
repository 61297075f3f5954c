//! What the first screen does with keys that come faster than answers.

use super::*;
use crate::model::activity::TASK;
use crate::store::activity::Brief;
use crate::tui::stage::Stage;
use crate::worker::writer::AnyAct;

fn late(number: i64) -> DueRow {
    let activity = Brief {
        number,
        about: None,
        kind: TASK,
        subject: format!("task {number}"),
        state: 0,
        reason: 2,
        direction: None,
        outcome: None,
        due: Some(number),
        at: number,
        owner: 1,
        text: String::new(),
        location: String::new(),
    };
    DueRow { activity, person: Person::default() }
}

#[test]
fn keys_that_are_typed_ahead_are_for_the_row_that_follows() {
    let day = Day { late: [1, 2, 3].map(late).into(), late_count: 3, ..Day::default() };
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| Today::new(Some(Box::new(day)), cx)).keys("x x");
    let done = stage.acts().into_iter().filter_map(|(_, act)| match act {
        AnyAct::Complete(act) => Some(act.targets),
        _ => None,
    });
    let done: Vec<_> = done.collect();
    assert_eq!(done, [1, 2].map(|number| Targets::one(Entity::Activity.numbered(number))));
    assert!(stage.screen().contains("task 3") && !stage.screen().contains("task 1"), "{}", stage.screen());
}
