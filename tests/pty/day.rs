//! A whole day of a salesperson at a real terminal, and what is there in the evening, compared whole.

use std::os::unix::fs::PermissionsExt;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use serde_json::Value as Json;

use crate::desk::Desk;
use crate::session::Session;

/// How many leads there are.
const LEADS: usize = 24;

/// People in a file of another program, an opener that says what it was told, files, and tasks that are late.
fn morning() -> Desk {
    let mut desk = Desk::new();
    desk.env.push(("TZ", "UTC".into()));
    let script = desk.path("opener");
    std::fs::write(&script, format!("#!/bin/sh\nbasename \"$1\" >> '{}'\n", desk.text("opened"))).expect("a script");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o700)).expect("a script that runs");
    std::fs::create_dir_all(desk.path("config/leadbook")).expect("a folder");
    std::fs::write(desk.path("config/leadbook/config.toml"), format!("open = \"{}\"\n", script.display())).expect("settings");
    let mut csv = "First Name,Last Name,Company,Email,Phone,Lead Source\n".to_owned();
    for n in 1..=LEADS {
        csv.push_str(&format!("Pat,Person{n:02},Firm {n:02},pat@firm{n:02}.example,+1 555 01{n:02},Web\n"));
    }
    let file = desk.file("people.csv", &csv);
    assert_eq!(desk.run(&["import", &file]).code, 0);
    for n in 1..=10 {
        desk.run(&["task", &format!("L-{n}"), &format!("Send offer {n:02}"), "--due", "yesterday"]).ok();
    }
    for name in ["offer.txt", "plan.md", "prices.csv"] {
        desk.file(name, &format!("this is {name}\n"));
    }
    desk
}

/// Ten late tasks get other times, from the first screen.
fn move_tasks(session: &mut Session) {
    session.wait_for("10 late");
    for n in 1..=10 {
        session.press_for(&["z"], "move to");
        session.type_text("in 2 weeks 10:00");
        session.press("Enter");
        session.wait_for(&format!("Send offer {n:02} moved to"));
    }
    session.wait_without("LATE");
}

/// Twenty calls from a list, one after another.
fn call_through(session: &mut Session) {
    session.press_for(&["2"], "My open leads");
    session.press("/");
    session.type_text("sort:name");
    session.press_for(&["Enter"], "Person01");
    session.press_for(&["w"], " 1 of 24");
    let before = session.keys;
    let mut typed = 0;
    for n in 1..=20 {
        let (digit, note, next) = match n {
            3 | 9 | 15 => ("2", "", ""),
            4 | 10 => ("3", "wants a demo", ""),
            5 | 11 => ("4", "asks for the board", "in 3 weeks 9am"),
            7 => ("5", "", ""),
            13 => ("6", "bought elsewhere", ""),
            _ => ("1", "", ""),
        };
        session.press(digit);
        session.type_text(note);
        typed += note.len();
        if !next.is_empty() {
            session.press("Tab");
            session.type_text(next);
            typed += next.len();
        }
        session.press("Enter");
        if digit == "6" {
            session.wait_for("(L-13)?");
            session.press("Enter");
        }
        session.wait_for(&format!(" {} of 24", n + 1));
    }
    assert!(session.keys - before - typed <= 3 * 20, "{} keys for 20 calls", session.keys - before - typed);
    // the last one was another person
    session.press_for(&["u"], "Undone: Call with Pat Person20");
    session.wait_for(" 20 of 24");
    session.press("Esc");
    session.wait_for("left at 20 of 24");
}

/// Five notes, each with a task.
fn write_notes(session: &mut Session) {
    session.press_for(&["g", "g"], "Person01");
    for n in 1..=5 {
        session.press_for(&["i"], "Note on");
        session.type_text(&format!("Met number {n} #fair"));
        session.press("Enter");
        session.type_text("- [ ] send samples in 4 weeks 15:00");
        session.press_for(&["Ctrl-s"], &format!("Note on Pat Person{n:02}"));
        session.wait_for("· planned T-");
        session.press("Down");
    }
}

/// Three files on one lead, each opened.
fn attach_files(session: &mut Session, desk: &Desk) {
    session.press_for(&["g", "g"], "Person01");
    for name in ["offer.txt", "plan.md", "prices.csv"] {
        session.press_for(&["f"], "attach · L-1 ›");
        session.type_text(name);
        session.press_for(&["Enter"], &format!("Attached {name}"));
    }
    session.press_for(&["Enter", "Tab"], "⧉ prices.csv");
    session.press_for(&["]", "]", "]"], "prices.csv");
    for name in ["prices.csv", "plan.md", "offer.txt"] {
        session.press_for(&["o"], &format!("opening a copy of {name}"));
        session.press("Down");
    }
    let opened = desk.path("opened");
    session.until("three files opened", || std::fs::read_to_string(&opened).is_ok_and(|text| text.lines().count() == 3));
    session.back_to_the_list();
}

/// Four mails come in while the program is open.
fn file_mails(desk: &Desk) {
    for n in [2, 3, 4, 22] {
        let mail = format!(
            "From: Pat Person{n:02} <pat@firm{n:02}.example>\r\nTo: ana@us.example\r\nSubject: Your offer {n}\r\n\
             Date: Mon, 2 Nov 2026 09:00:00 +0000\r\nMessage-ID: <{n}@firm.example>\r\n\r\nThank you, we look at it.\r\n"
        );
        assert_eq!(desk.run_with(&["log-mail"], mail.as_bytes()).code, 0);
    }
}

/// What is taken back in the evening: two files, of which one comes back.
fn take_back(session: &mut Session) {
    for undone in ["Undone: Attached prices.csv", "Undone: Attached plan.md"] {
        session.press_for(&["u"], undone);
    }
    session.press_for(&["Ctrl-r"], "Redone: Attached plan.md");
}

#[test]
fn a_day_of_a_salesperson() {
    let desk = morning();
    let began = Utc::now();
    let mut session = Session::start(&desk);
    move_tasks(&mut session);
    call_through(&mut session);
    write_notes(&mut session);
    attach_files(&mut session, &desk);
    take_back(&mut session);
    file_mails(&desk);
    session.press_for(&["2", "/", "Ctrl-u"], "My open leads");
    session.type_text("person22");
    session.press_for(&["Enter", "Enter"], "Your offer 22");
    session.quit();
    let mut evening = String::new();
    for n in 1..=LEADS {
        let lead = desk.run(&["show", &format!("L-{n}"), "--format", "json"]).json();
        write(&mut evening, &lead, began);
    }
    insta::assert_snapshot!("evening", evening);
    assert!(desk.run(&["check"]).code == 0);
}

/// A record and all that stands on it, a line an entry, without what differs from day to day.
fn write(to: &mut String, record: &Json, began: DateTime<Utc>) {
    let lists = ["activities", "notes", "attachments", "requests", "links", "history"];
    let Json::Object(all) = settled(record, began) else { return };
    let (own, below): (Vec<_>, Vec<_>) = all.into_iter().partition(|(name, _)| !lists.contains(&name.as_str()));
    to.push_str(&format!("{}\n", Json::Object(own.into_iter().collect())));
    for (name, entries) in below {
        for entry in entries.as_array().into_iter().flatten() {
            to.push_str(&format!("    {name} {entry}\n"));
        }
    }
}

/// A value without identities and without fields that say nothing, its times told from today.
fn settled(value: &Json, began: DateTime<Utc>) -> Json {
    match value {
        Json::Object(fields) => {
            let says = |value: &Json| {
                !matches!(value, Json::Null | Json::Bool(false)) && value.as_array().is_none_or(|all| !all.is_empty())
            };
            let kept = fields.iter().filter(|(name, value)| !matches!(name.as_str(), "id" | "version") && says(value));
            Json::Object(kept.map(|(name, value)| (name.clone(), settled(value, began))).collect())
        }
        Json::Array(entries) => Json::Array(entries.iter().map(|entry| settled(entry, began)).collect()),
        Json::String(text) => Json::String(told(text, began)),
        other => other.clone(),
    }
}

/// A time as it is told from today: `now`, `in 14 d 10:00`, `the next working day`.
fn told(text: &str, began: DateTime<Utc>) -> String {
    let Ok(at) = DateTime::parse_from_rfc3339(text) else { return text.to_owned() };
    let at = at.to_utc();
    // a whole day is told as such, also shortly before midnight
    if at.time() != NaiveTime::MIN && (at - began).abs() < TimeDelta::minutes(30) {
        return "now".into();
    }
    let today: NaiveDate = began.date_naive();
    let next = match today.weekday() {
        Weekday::Fri => 3,
        Weekday::Sat => 2,
        _ => 1,
    };
    let days = (at.date_naive() - today).num_days();
    match at.time() {
        NaiveTime::MIN if days == next => "the next working day".into(),
        NaiveTime::MIN => format!("in {days} d"),
        _ if days < 0 => at.to_rfc3339(),
        time => format!("in {days} d {}", time.format("%H:%M")),
    }
}
