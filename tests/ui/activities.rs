//! The page and the form of an activity by keys: what it says at its head, its text, the fields of its kind, times as people write
//! them.

use leadbook::model::activity::{APPOINTMENT, EMAIL, INCOMING, PHONE_CALL};
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::value::{Owner, Value};
use leadbook::service::activity::complete::CompleteActivities;
use leadbook::service::activity::plan::AddActivity;
use leadbook::service::scope::Targets;

use crate::harness::Stage;
use crate::record::{ann, number};

const HOUR: i64 = 3_600_000_000;

/// An activity of Ann Lee, whose page is open.
fn planned(stage: &mut Stage, kind: i64, values: &[(&'static str, Value)]) {
    let registry = stage.env().catalog.activity.clone();
    let about = Some(RecordId::lead(number(stage)));
    let kind = [("kind", Value::Choice(kind))];
    let values = kind.iter().chain(values).map(|(name, value)| (registry.id(name), value.clone())).collect();
    stage.others(1, AddActivity { about, values });
}

/// A demo on Tuesday at nine.
fn demo(stage: &mut Stage) {
    let at = stage.now() - stage.now() % (24 * HOUR) + 33 * HOUR;
    planned(
        stage,
        APPOINTMENT,
        &[("name", Value::text("Demo")), ("starts_at", Value::Instant(at)), ("duration", Value::Int(30))],
    );
}

/// A mail of sixty lines that came in.
fn mail(stage: &mut Stage) {
    let text: Vec<String> = (1..=60).map(|line| format!("line {line} of what she wrote")).collect();
    let values = [
        ("name", Value::text("The offer")),
        ("direction", Value::Choice(INCOMING)),
        ("sender", Value::text("ann@contoso.example")),
        ("recipients", Value::text("ana@ours.example")),
        ("description", Value::Text(text.join("\n"))),
    ];
    planned(stage, EMAIL, &values);
    let number = stage.sql("SELECT CAST(number AS TEXT) FROM activity WHERE name = 'The offer'")[0].parse().expect("a number");
    let targets = Targets::one(Entity::Activity.numbered(number));
    stage.others(1, CompleteActivities { targets, outcome: None, note: None, at: None });
}

#[test]
fn a_mail_is_read_from_its_beginning_and_scrolled() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut stage = ann(columns, rows);
        mail(&mut stage);
        stage.keys("<tab>gg<enter>").shows("The offer · Ann Lee").shows("from ann@contoso.example").shows("to ana@ours.example");
        stage.shows("Received").shows("line 1 of what she wrote").shows("line 9 of").hides("line 40 of");
        stage.keys("jj").hides("line 2 of").shows("line 3 of").keys("G").shows("line 60 of").keys("gg").shows("line 2 of");
        // what is read only is read, from the field too
        stage.keys("<enter>").shows("completed, so read-only");
        stage.keys("<backtab>G").keys("<esc>").shows("Ann Lee");
        if rows == 24 {
            stage.keys("<tab>gg<enter>");
            snapshot!(stage, "activity_mail");
        }
    }
}

#[test]
fn a_form_shows_a_text_from_its_beginning() {
    let mut stage = ann(80, 24);
    let text: Vec<String> = (1..=30).map(|line| format!("row {line}.")).collect();
    planned(&mut stage, PHONE_CALL, &[("name", Value::text("Call")), ("description", Value::Text(text.join("\n")))]);
    stage.keys("<tab>gg<enter>").shows("row 1.").keys("e").shows("row 1.").hides("Attendees");
}

#[test]
fn an_appointment_has_the_fields_of_one_and_times_as_people_write_them() {
    let mut stage = ann(80, 24);
    demo(&mut stage);
    stage.keys("<tab>gg<enter>").shows("Demo · Ann Lee").shows("Appointment · Tue 24 Nov 09:00–09:30");
    stage.shows("── What").shows("── When").hides("Phone Number").hides("Outcome").hides("── Contact");
    snapshot!(stage, "activity_page");
    stage.keys("e").shows("Tue 24 Nov 09:00").shows("Location").shows("End").hides("Outcome").hides("T09:00");
    snapshot!(stage, "activity_form");
    for _ in 0..20 {
        if stage.screen().contains("▸ Start") {
            break;
        }
        stage.keys("<down>");
    }
    stage.keys("<c-u>fri 3pm").shows("→ Fri 27 Nov 15:00").keys("<tab>").shows("Fri 27 Nov 15:00").hides("fri 3pm");
    stage.keys("<c-s>").shows("Fri 27 Nov 15:00–15:30");
    // one field at a time
    stage.keys("e<c-c><esc>");
    let starts = stage.sql("SELECT CAST((due_at - starts_at) / 60000000 AS TEXT) FROM activity WHERE name = 'Demo'");
    assert_eq!(starts, ["30"]);
}

#[test]
fn owner_and_tags_are_those_of_the_activity_under_the_cursor() {
    let mut stage = ann(100, 40);
    demo(&mut stage);
    let bo = stage.env().catalog.people.users.iter().find(|user| user.number != 1).map(|user| user.number).expect("a colleague");
    let before = stage.sql("SELECT CAST(owner AS TEXT) FROM lead ORDER BY number");
    stage.keys("<tab>ggTdemo<enter>").keys("abo<enter><enter>").shows("Demo");
    assert_eq!(stage.sql("SELECT CAST(owner AS TEXT) FROM activity WHERE name = 'Demo'"), [Owner::User(bo).code().to_string()]);
    assert_eq!(stage.sql("SELECT CAST(owner AS TEXT) FROM lead ORDER BY number"), before);
    assert_eq!(stage.sql("SELECT t.name FROM tag t JOIN activity_tag x ON x.tag = t.number").len(), 1);
}

#[test]
fn the_cursor_stays_on_the_activity_that_was_acted_on() {
    let mut stage = ann(100, 40);
    for name in ["one", "two", "three"] {
        let at = stage.now() + 48 * HOUR;
        planned(&mut stage, PHONE_CALL, &[("name", Value::text(name)), ("due_at", Value::Instant(at))]);
        stage.wait(1_000);
    }
    let canceled = |stage: &Stage| stage.sql("SELECT name FROM activity WHERE status = 2");
    stage.keys("<tab>]ggjX").shows("Canceled: two");
    assert_eq!(canceled(&stage), ["two"]);
    stage.keys("O").shows("Reopened two");
    assert!(canceled(&stage).is_empty());
    // on its own page too
    stage.keys("<enter>").shows("two · Ann Lee").keys("X").shows("Canceled: two").keys("O").shows("Reopened two");
    stage.keys("Q").shows("an activity is done (x) or canceled (X)");
}

#[test]
fn all_entries_of_a_day_are_reached_in_the_calendar() {
    let mut stage = ann(80, 24);
    let day = stage.now() - stage.now() % (24 * HOUR) + 24 * HOUR;
    for hour in 0..12 {
        let at = day + (8 + hour) * HOUR;
        planned(&mut stage, APPOINTMENT, &[("name", Value::text(format!("talk {hour}"))), ("starts_at", Value::Instant(at))]);
    }
    stage.keys("1<tab>l").shows("Tue 24 Nov 2026 · 1 of 12").shows("08:00").shows("talk 0").hides("19:00    ◷");
    for place in 2..=12 {
        stage.keys("J").shows(&format!("· {place} of 12"));
    }
    stage.shows("19:00").shows("talk 11");
    snapshot!(stage, "calendar_full_day");
    stage.keys("x").shows("Done: talk 11").keys("KKx").shows("Done: talk 8");
}
