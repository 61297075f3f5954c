//! Choosing files: the list, several at once, progress and its end.

use proptest::prelude::*;

use super::*;
use crate::error::Error;
use crate::service::act::Done;
use crate::tui::stage::Stage;
use crate::worker::writer::Reply;

fn line(stage: &Stage) -> String {
    stage.layers[0].prompt().unwrap().1
}

fn found(stage: &mut Stage, paths: &[&str]) {
    let typed = line(stage);
    let found: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    stage.incoming(&Incoming::Paths { typed: &typed, found: &found });
}

fn stage() -> Stage {
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| Attach::new(Targets::leads(vec![7]), cx));
    found(&mut stage, &["~/a.txt", "~/ab/", "~/b.pdf"]);
    stage
}

/// The files of the last act that was asked for.
fn files(stage: &Stage) -> Vec<String> {
    match stage.effects.last() {
        Some(Effect::Do { act, .. }) => match &**act {
            AnyAct::Attach(act) => {
                act.files.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
            }
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_key_looks_again_and_the_newest_list_counts() {
    let mut stage = stage();
    stage.write("a");
    assert_eq!(stage.effects.last(), Some(&Effect::CompletePath("~/a".into())));
    stage.incoming(&Incoming::Paths { typed: "~/", found: &["~/old".into()] });
    assert!(!stage.screen().contains("old"));
    found(&mut stage, &["~/a.txt", "~/ab/"]);
    stage.keys("tab");
    assert_eq!(line(&stage), "~/a", "both go on from there");
    stage.write("b");
    found(&mut stage, &["~/ab/"]);
    stage.keys("tab");
    assert_eq!(line(&stage), "~/ab/");
    found(&mut stage, &[]);
    stage.keys("tab");
    assert!(stage.screen().contains("nothing begins so"));
}

#[test]
fn the_list_is_walked_and_a_folder_gone_into() {
    let mut stage = stage();
    stage.keys("down down enter");
    assert_eq!(line(&stage), "~/ab/");
    found(&mut stage, &["~/ab/c.txt"]);
    stage.keys("up ctrl-n");
    assert_eq!(line(&stage), "~/ab/");
    assert!(stage.screen().contains("+ ~/ab/c.txt"));
    stage.keys("ctrl-n");
    assert!(stage.screen().contains("choose a file first"));
    stage.keys("enter");
    assert_eq!(files(&stage), ["c.txt"]);
}

#[test]
fn what_was_taken_goes_again_by_backspace_in_the_empty_line() {
    let mut stage = stage();
    stage.write("/x/a.txt '/x/b c.txt'").write(" ");
    assert!(stage.screen().contains("+ /x/b c.txt"));
    stage.keys("ctrl-u backspace");
    assert!(!stage.screen().contains("b c.txt") && stage.screen().contains("+ /x/a.txt"));
}

#[test]
fn it_stays_until_the_files_are_attached() {
    let mut stage = stage();
    stage.write("b.pdf").keys("enter");
    assert_eq!(files(&stage), ["b.pdf"]);
    stage.incoming(&Incoming::Progress(Progress { done: 1, total: 4 }));
    assert!(stage.screen().contains("attaching … 25 % · Esc cancels"));
    // nothing is typed meanwhile, and Esc stops it
    stage.write("x").keys("enter");
    assert_eq!(line(&stage), "~/b.pdf");
    stage.keys("esc");
    assert_eq!(stage.effects.last(), Some(&Effect::CancelJob));
    let Some(ticket) =
        stage.effects.iter().rev().find_map(|e| if let Effect::Do { ticket, .. } = e { Some(*ticket) } else { None })
    else {
        panic!("no act")
    };
    stage.incoming(&Incoming::Written { ticket, result: &Err(Error::Canceled) });
    assert!(stage.screen().contains("canceled; nothing was written"));
    stage.keys("enter");
    let done = Done {
        reply: Reply::Done,
        step: Some(1),
        summary: String::new(),
        touched: 1,
        catalog_changed: false,
        warnings: Vec::new(),
    };
    stage.incoming(&Incoming::Written { ticket, result: &Ok(done.clone()) });
    assert_eq!(stage.layers.len(), 1, "that was the first one's");
    stage.incoming(&Incoming::Written { ticket: ticket + 1, result: &Ok(done) });
    assert!(stage.layers.is_empty());
}

#[test]
fn many_records_are_asked_for_first() {
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| Attach::new(Targets::leads((1..=30).collect()), cx));
    stage.write("b.pdf").keys("enter");
    assert_eq!(stage.layers.len(), 2);
    stage.keys("y");
    assert_eq!(files(&stage), ["b.pdf"]);
}

const KEYS: &[&str] = &["down", "up", "enter", "tab", "ctrl-n", "backspace", "ctrl-u", "left", "home"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn anything_goes(columns in 1u16..200, rows in 1u16..60, steps in prop::collection::vec((0usize..KEYS.len() + 6, ".{0,9}"), 0..15)) {
        let mut stage = Stage::new(columns, rows);
        stage.open(|cx| Attach::new(Targets::leads(vec![7]), cx));
        for (step, typed) in steps {
            match KEYS.get(step) {
                Some(key) => { stage.keys(key); }
                None => {
                    stage.write(&typed);
                    let text = match stage.layers.first() { Some(layer) => layer.prompt().unwrap().1, None => break };
                    let found: Vec<String> = (0..15).map(|n| format!("{text}{n}é{}", if n % 2 == 0 { "/" } else { "" })).collect();
                    stage.incoming(&Incoming::Paths { typed: &text, found: &found });
                }
            }
            let (_, cursor) = stage.draw();
            prop_assert!(cursor.is_none_or(|at| at.x < columns && at.y < rows));
            stage.mouse(columns / 2, rows / 2, 0).mouse(columns / 2, rows.saturating_sub(3), 1);
        }
    }
}
