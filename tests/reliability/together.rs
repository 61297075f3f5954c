//! Several processes on one database: every change lands once, and nobody is told to come back.

use crate::desk::Desk;
use crate::{ids, sound};

#[test]
fn two_processes_write_at_once_and_nothing_is_lost() {
    let desk = Desk::with_lead();
    let ran: Vec<Vec<String>> = std::thread::scope(|scope| {
        let writer = |name: &'static str| {
            let desk = &desk;
            scope.spawn(move || {
                let act = |round: usize| {
                    desk.run(&["tag", "L-1", &format!("+{name}{round}")]).ok();
                    desk.run(&["add", &format!("{name} Number{round}")]).ok().trim_end().to_owned()
                };
                (0..20).map(act).collect()
            })
        };
        let writers = [writer("left"), writer("right")];
        writers.into_iter().map(|writer| writer.join().expect("a writer")).collect()
    });
    let mut made: Vec<&String> = ran.iter().flatten().collect();
    made.sort();
    made.dedup();
    assert_eq!(made.len(), 40, "a number was given twice");
    assert_eq!(ids(&desk).len(), 41);
    let tags = desk.field("L-1", "tags");
    assert_eq!(tags.as_array().expect("tags").len(), 41, "{tags}");
    assert_eq!(desk.run(&["steps", "--limit", "0", "--json"]).json().as_array().expect("steps").len(), 81);
    sound(&desk);
}
