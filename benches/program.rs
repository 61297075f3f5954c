//! How the whole program feels at 100,000 and 1,000,000 leads, in a real pseudo-terminal: start, moving, filtering, memory, rest.
//!
//! `cargo bench --bench program [-- SIZE…]` prints a Markdown table, each cell the median of five runs and the 99th percentile,
//! with the time that the terminal needs to pass the keys and the frames on.

mod common;
#[path = "common/pty.rs"]
mod pty;

use std::path::Path;
use std::time::{Duration, Instant};

use common::{Figure, RUNS, Table, show, sizes};
use pty::{Answered, Session};

/// The screen: the list with the preview beside it.
const SIZE: (u16, u16) = (120, 40);

/// How often a key is pressed in a run.
const PRESSES: usize = 60;

/// The moves that are measured: their name, what goes before, the keys.
const MOVES: &[(&str, &str, &[&str])] = &[
    ("`j` held", "gg", &["j"]),
    ("`Ctrl-d`", "gg", &["\x04"]),
    ("`G` and `g g`", "gg", &["G", "gg"]),
    ("`:50%` and `g g`", "gg", &[":50%\r", "gg"]),
];

/// What is typed into the filter, key by key.
const WORDS: &[&str] = &["anna", "logistik", "5678"];

fn main() {
    if !common::is_release() {
        return;
    }
    let sizes = sizes();
    let mut table = Table::new(&sizes);
    for (column, leads) in sizes.iter().enumerate() {
        let (path, _) = common::database(*leads);
        let home = tempfile::tempdir().expect("a folder");
        start(&mut table, column, &path, home.path());
        tour(&mut table, column, &path, home.path());
        day(&mut table, column, &path);
    }
    table.print(&format!("{} × {}, median · p99", SIZE.0, SIZE.1));
}

fn open(path: &Path, home: &Path) -> Session {
    let database = path.to_str().expect("a path in UTF-8");
    Session::start(Path::new(env!("CARGO_BIN_EXE_leadbook")), &["--db", database], home, SIZE)
}

/// Whether rows of leads are on the screen: most lines of the list hold a telephone number or a name.
fn has_rows(lines: &[String]) -> bool {
    let list = lines.iter().skip(3).take(usize::from(SIZE.1) - 8);
    list.filter(|line| line.chars().take(40).filter(|c| c.is_alphanumeric()).count() > 8).count() > 20
}

/// From the start of the process to the first rows, the file being in the system's memory.
fn start(table: &mut Table, column: usize, path: &Path, home: &Path) {
    let mut times = Figure::default();
    let (mut first, mut computed) = (Figure::default(), Figure::default());
    for run in 0..=RUNS {
        let mut session = open(path, home);
        let drawn = session.wait("first frame", |lines| lines.iter().any(|line| line.contains("leadbook"))) - session.started;
        let rows = if has_rows(&session.lines()) { drawn } else { session.wait("rows", has_rows) - session.started };
        let spent = session.computed();
        session.settle();
        if run > 0 {
            computed.add(vec![spent]);
            first.add(vec![drawn]);
            times.add(vec![rows]);
        }
    }
    table.figure(column, "start → first frame", &first);
    table.figure(column, "start → first rows", &times);
    table.figure(column, "computed until then, all threads", &computed);
}

/// The first screen as it is unless somebody says otherwise: from the start of the process to what is due, then there and back, the
/// month, and a list that is worked call after call.
fn day(table: &mut Table, column: usize, path: &Path) {
    let home = tempfile::tempdir().expect("a folder");
    let settings = home.path().join("config/leadbook");
    std::fs::create_dir_all(&settings).expect("a folder");
    std::fs::write(settings.join("config.toml"), "bell = false\n").expect("the settings");
    let is_today = |lines: &[String]| lines.iter().any(|line| line.contains("LATE")) && lines.iter().any(|l| l.contains("done "));
    let mut times = Figure::default();
    for run in 0..=RUNS {
        let mut session = open(path, home.path());
        let due = session.wait("what is due", is_today) - session.started;
        session.settle();
        if run > 0 {
            times.add(vec![due]);
        }
    }
    table.figure(column, "start → Today with what is due", &times);
    let mut session = open(path, home.path());
    session.wait("what is due", is_today);
    session.settle();
    let (mut days, mut months, mut calls) = (Figure::default(), Figure::default(), Figure::default());
    for _ in 0..RUNS {
        let (mut day, mut month) = (Vec::new(), Vec::new());
        for _ in 0..10 {
            session.send("2");
            session.wait("the list", |lines| lines.iter().any(|line| line.contains("My open leads")));
            session.settle();
            let start = Instant::now();
            session.send("1");
            day.push(session.wait("what is due", is_today) - start);
            session.settle();
            let start = Instant::now();
            session.send("\t");
            month.push(
                session.wait("the month", |lines| lines.iter().any(|line| line.contains("Wed") && line.contains("Sat"))) - start,
            );
            session.settle();
            session.send("\t");
            session.settle();
        }
        days.add(day);
        months.add(month);
    }
    table.figure(column, "`1` → Today with what is due", &days);
    table.figure(column, "`Tab` → the month", &months);
    session.send("2");
    session.wait("the list", |lines| lines.iter().any(|line| line.contains("My open leads")));
    session.settle();
    session.send("ggw");
    session.wait("the first call", |lines| lines.iter().any(|line| line.contains("how did it go?")));
    session.settle();
    let place = |lines: &[String]| {
        let of = lines.iter().find_map(|line| line.find(" of ").map(|at| line[..at].trim_end().to_owned()));
        of.and_then(|before| before.rsplit(' ').next().map(str::to_owned)).unwrap_or_default()
    };
    for _ in 0..RUNS {
        let mut taken = Vec::new();
        for _ in 0..20 {
            session.send("1");
            session.settle();
            let before = place(&session.lines());
            let start = Instant::now();
            session.send("\r");
            taken.push(session.wait("the next lead", |lines| place(lines) != before) - start);
            session.settle();
        }
        calls.add(taken);
    }
    table.figure(column, "`Enter` behind a call → saved and the next lead", &calls);
}

/// How many columns the list takes beside the preview.
fn list_width(lines: &[String]) -> usize {
    let head = lines.iter().find(|line| line.starts_with('┌')).map_or(0, |line| line.chars().position(|c| c == '┐').unwrap_or(0));
    if head == 0 { usize::from(SIZE.0) } else { head }
}

/// One long session: moves, filters, memory, rest.
fn tour(table: &mut Table, column: usize, path: &Path, home: &Path) {
    let mut session = open(path, home);
    session.wait("rows", has_rows);
    std::thread::sleep(Duration::from_secs(3));
    session.settle();
    session.watch(list_width(&session.lines()));
    let before = session.resident();
    for (name, first, keys) in MOVES {
        let (mut frames, mut settled) = (Figure::default(), Figure::default());
        for _ in 0..RUNS {
            session.send(first);
            std::thread::sleep(Duration::from_millis(300));
            session.settle();
            let answers: Vec<Answered> = (0..PRESSES).filter_map(|press| session.key(keys[press % keys.len()])).collect();
            frames.add(answers.iter().map(|a| a.frame).collect());
            settled.add(answers.iter().map(|a| a.list).collect());
        }
        table.figure(column, &format!("{name} → frame"), &frames);
        table.figure(column, &format!("{name} → rows"), &settled);
    }
    held(table, column, &mut session);
    filter(table, column, &mut session);
    qualify(table, column, &mut session);
    table.put(column, "resident memory at first, after all", format!("{} MB, {} MB", before / 1_000, session.resident() / 1_000));
    session.settle();
    let computed = session.computed();
    std::thread::sleep(Duration::from_secs(10));
    table.put(column, "computing in 10 s of rest", show(session.computed() - computed));
}

/// Keys that come faster than frames: how long after the last one the screen is as it should be.
fn held(table: &mut Table, column: usize, session: &mut Session) {
    let mut figure = Figure::default();
    for _ in 0..RUNS {
        session.send("gg");
        session.settle();
        session.send(&"j".repeat(499));
        let start = Instant::now();
        let last = session.key("j").map_or_else(|| start.elapsed(), |answered| answered.list);
        figure.add(vec![last]);
    }
    table.figure(column, "500 × `j` at once → frame", &figure);
}

/// From a key to what it brings on the screen.
fn until(session: &mut Session, keys: &str, what: &str) -> Duration {
    let start = Instant::now();
    session.send(keys);
    session.wait(what, |lines| lines.iter().any(|line| line.contains(what))) - start
}

/// The page on which a lead is qualified, the act to its message, and the board.
fn qualify(table: &mut Table, column: usize, session: &mut Session) {
    let (mut pages, mut acts, mut boards) = (Figure::default(), Figure::default(), Figure::default());
    for _ in 0..RUNS {
        let (mut page, mut act) = (Vec::new(), Vec::new());
        for _ in 0..10 {
            session.send("j");
            session.settle();
            page.push(until(session, "Q", "this will"));
            // the page says “Qualified” too; only the message says what undoes it
            act.push(until(session, "\x13", "undoes"));
            session.settle();
            until(session, "u", "Undone");
            session.settle();
        }
        pages.add(page);
        acts.add(act);
        boards.add(vec![until(session, "3", "Contacted")]);
        session.settle();
        session.send("2");
        std::thread::sleep(Duration::from_millis(500));
        session.settle();
    }
    table.figure(column, "`Q` → the page with its matches", &pages);
    table.figure(column, "`Ctrl-s` → the message after the commit", &acts);
    table.figure(column, "`3` → the board", &boards);
}

/// A filter typed key by key, and taken away again.
fn filter(table: &mut Table, column: usize, session: &mut Session) {
    let (mut frames, mut settled) = (Figure::default(), Figure::default());
    for _ in 0..RUNS {
        let mut answers = Vec::new();
        for word in WORDS {
            session.send("/");
            session.settle();
            answers.extend(word.chars().filter_map(|letter| session.key(&letter.to_string())));
            session.send("\x1b");
            std::thread::sleep(Duration::from_millis(100));
            session.send("\x1b");
            std::thread::sleep(Duration::from_millis(300));
            session.settle();
        }
        frames.add(answers.iter().map(|a| a.frame).collect());
        settled.add(answers.iter().map(|a| a.list).collect());
    }
    table.figure(column, "key of a filter → frame", &frames);
    table.figure(column, "key of a filter → rows and count", &settled);
}
