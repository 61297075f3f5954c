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

#[test]
fn two_processes_qualify_the_same_leads_and_each_is_qualified_once() {
    const LEADS: usize = 200;
    let desk = Desk::new();
    let rows: String = (1..=LEADS).map(|n| format!("Lee{n},Topic {n},Company {n}\n")).collect();
    std::fs::write(desk.path("leads.csv"), format!("Last Name,Topic,Company Name\n{rows}")).expect("a file");
    desk.run(&["import", &desk.text("leads.csv")]).ok();
    let done: usize = std::thread::scope(|scope| {
        let qualifier = |name: &'static str| {
            let desk = &desk;
            scope.spawn(move || {
                let one = |number: usize| {
                    let ran = desk.run(&["qualify", &number.to_string(), "--name", name]);
                    match ran.code {
                        0 => true,
                        _ => {
                            assert!(ran.err.contains("is qualified already"), "{}", ran.err);
                            false
                        }
                    }
                };
                (1..=LEADS).filter(|number| one(*number)).count()
            })
        };
        let both = [qualifier("left"), qualifier("right")];
        both.into_iter().map(|qualifier| qualifier.join().expect("a process")).sum()
    });
    assert_eq!(done, LEADS);
    for entity in ["opportunity", "contact", "account"] {
        let made = desk.run(&["list", "--entity", entity, "--format", "ids"]).ok();
        assert_eq!(made.lines().count(), LEADS, "{entity}");
    }
    assert_eq!(desk.run(&["list", "status:qualified", "--format", "ids"]).ok().lines().count(), LEADS);
    sound(&desk);
}
