//! `kill -9` at any moment: what was said to be saved is there, and an import is whole or not at all.

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::desk::Desk;
use crate::{ids, leads, sound};

/// Imports and kills it at so many moments spread over the time that it takes; then runs it to its end.
fn import_killed(rows: usize, points: u32) {
    let whole = {
        let desk = Desk::with_lead();
        let file = desk.file("leads.csv", &leads(rows));
        let start = Instant::now();
        desk.run(&["import", &file, "--json"]);
        start.elapsed()
    };
    let desk = Desk::with_lead();
    let file = desk.file("leads.csv", &leads(rows));
    let mut killed = 0;
    for point in 0..points {
        let mut command = desk.command(&["import", &file]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program");
        std::thread::sleep(whole * (2 * point + 1) / (2 * points));
        child.kill().expect("a kill");
        let status = child.wait().expect("an end");
        killed += usize::from(status.signal() == Some(9));
        let there = ids(&desk).len();
        assert!(there == 1 || (there == rows + 1 && !ids(&desk).is_empty()), "{there} leads after a kill at {point}");
        sound(&desk);
        if there == rows + 1 {
            desk.run(&["undo", &newest_step(&desk)]).ok();
        }
    }
    assert!(killed > 0, "every import was done before it was killed");
    let report = desk.run(&["import", &file, "--json"]).json();
    assert_eq!(report["read"], rows);
    assert_eq!(report["problems"], serde_json::json!([]));
    sound(&desk);
}

fn newest_step(desk: &Desk) -> String {
    desk.run(&["steps", "--json"]).json()[0]["step"].to_string()
}

#[test]
fn an_import_that_is_killed_leaves_nothing_or_all() {
    import_killed(200, 10);
}

#[test]
fn a_large_import_that_is_killed_leaves_the_indexes_too() {
    import_killed(1_500, 5);
}

#[test]
fn what_was_acknowledged_before_a_kill_is_there() {
    let desk = Desk::with_lead();
    let mut acknowledged = vec!["L-1".to_owned()];
    let mut millis = 1;
    for round in 0..40 {
        let mut command = desk.command(&["add", &format!("Ann Number{round} @ Contoso")]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program");
        std::thread::sleep(Duration::from_millis(millis));
        child.kill().expect("a kill");
        let mut said = String::new();
        child.stdout.take().expect("standard output").read_to_string(&mut said).expect("UTF-8");
        child.wait().expect("an end");
        acknowledged.extend(said.lines().map(str::to_owned));
        // the kills close in on the moment when it is done
        millis = if said.is_empty() { millis + 1 } else { 1 + millis / 2 };
    }
    let there = ids(&desk);
    for number in &acknowledged {
        assert!(there.contains(number), "{number} was acknowledged and is gone");
    }
    assert!(acknowledged.len() > 1, "nothing was ever saved");
    sound(&desk);
}

/// The bytes of a database and of what stands beside it, in lower case.
fn bytes(database: &str) -> String {
    let all = ["", "-wal", "-shm"].iter().filter_map(|end| std::fs::read(format!("{database}{end}")).ok());
    all.map(|bytes| String::from_utf8_lossy(&bytes.to_ascii_lowercase()).into_owned()).collect()
}

#[test]
fn an_erasure_that_is_killed_is_not_begun_or_is_finished() {
    let desk = Desk::with_lead();
    let file = desk.file("leads.csv", &leads(1_500));
    desk.run(&["import", &file, "--json"]);
    desk.run(&["set", "L-1", "last_name=Quorvex", "email=quorvex@contoso.com"]).ok();
    desk.run(&["set", "L-1", "last_name=Lee", "email=ann@contoso.com"]).ok();
    desk.run(&["backup", &desk.text("before.db")]).ok();
    let copy = |name: &str| {
        let to = desk.text(name);
        std::fs::copy(desk.path("before.db"), &to).expect("a copy");
        to
    };
    let whole = {
        let database = copy("whole.db");
        let start = Instant::now();
        desk.run(&["--db", &database, "erase", "L-1", "--yes"]);
        start.elapsed()
    };
    let (mut killed, mut halfway) = (0, 0);
    for point in 0..10 {
        let database = copy(&format!("{point}.db"));
        assert!(bytes(&database).contains("quorvex"));
        let mut command = desk.command(&["--db", &database, "erase", "L-1", "--yes"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program");
        std::thread::sleep(whole * (2 * point + 1) / 20);
        child.kill().expect("a kill");
        killed += usize::from(child.wait().expect("an end").signal() == Some(9));
        let checked = desk.run(&["--db", &database, "check"]).ok();
        halfway += usize::from(checked.contains("what an erasure had left"));
        if desk.run(&["--db", &database, "list", "ann", "--format", "ids"]).ok().contains("L-1\n") {
            desk.run(&["--db", &database, "erase", "L-1", "--yes"]).lines();
        }
        let left = bytes(&database);
        assert!(!left.contains("quorvex") && !left.contains("ann@contoso.com"), "the person is there after a kill at {point}");
    }
    assert!(killed > 0, "every erasure was done before it was killed");
    assert!(halfway > 0, "no kill came between the act and its end");
}
