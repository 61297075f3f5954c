//! The laws that a generated history keeps: its shares, the rules of activities and requests, and that what is built at its end is what
//! triggers and indexes would have kept.

use std::collections::BTreeSet;

use super::super::tests::{TODAY, World, close_to, great_world, world};
use super::*;
use crate::model::activity::{COMPLETED, EMAIL, OUTGOING, PHONE_CALL, has_reason, is_open};
use crate::model::choice::QUALIFIED;
use crate::store::sqlite::{Opening, check};
use crate::store::{self, Db};

fn numbers(world: &World, sql: &str) -> Vec<i64> {
    world.db().rows(sql, &[], |row| row.int(0)).expect("numbers")
}

fn count(world: &World, sql: &str) -> i64 {
    world.db().number(sql, &[]).expect("a number")
}

/// What there is beside the rows: tables, indexes, triggers.
fn schema(db: &Db) -> BTreeSet<String> {
    let sql = "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'";
    db.rows(sql, &[], |row| Ok(row.text(0)?.to_owned())).expect("the schema").into_iter().collect()
}

#[test]
fn nothing_is_missing_that_was_taken_away_for_the_writing() {
    let folder = tempfile::tempdir().expect("a folder");
    let new = Db::open(&Opening::or_create(folder.path().join("new.db"))).expect("a database");
    assert_eq!(schema(&great_world().db()), schema(&new));
}

#[test]
fn records_keep_of_their_activities_what_triggers_would_have_kept() {
    let world = world(400, 11);
    let mut db = world.db();
    let kept = |db: &Db| -> Vec<String> {
        let mut all = Vec::new();
        for table in ["lead", "account", "contact", "opportunity"] {
            let sql = format!(
                "SELECT '{table} ' || number || ': ' || coalesce(next_due_at, '-') || ' ' || open_activities || ' '
                 || coalesce(last_activity_at, '-') || ' ' || coalesce(last_contact_at, '-') || ' ' || coalesce(first_contact_at, '-')
                 FROM {table} ORDER BY number"
            );
            all.extend(db.rows(&sql, &[], |row| Ok(row.text(0)?.to_owned())).expect("rows"));
        }
        all
    };
    let built = kept(&db);
    assert!(built.iter().filter(|line| !line.contains(": - 0 - - -")).count() > 300, "hardly anything happened");
    // each write fires the triggers, which count anew
    let forget =
        "UPDATE lead SET next_due_at = 1, open_activities = 7, last_activity_at = 1, last_contact_at = 1, first_contact_at = 1
                  WHERE EXISTS (SELECT 1 FROM activity a WHERE a.regarding = 'L-' || lead.number)";
    db.write(|db| db.execute(forget, &[]).and(db.execute("UPDATE activity SET due_at = due_at", &[]))).expect("counted anew");
    assert_eq!(built, kept(&db));
    let found = check::run(&mut db).expect("checked");
    assert_eq!(found.into_iter().flat_map(|finding| finding.problems).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn there_is_as_much_as_in_life() {
    let world = great_world();
    let crowded = count(world, &format!("SELECT count(*) FROM activity WHERE regarding = 'L-{}'", world.made.longest));
    assert!(crowded >= 3_000, "{crowded}");
    let Counts { activities, requests, files } = world.made.history;
    assert_eq!(count(world, "SELECT count(*) FROM activity"), activities as i64);
    assert_eq!(count(world, "SELECT count(*) FROM request"), requests as i64);
    assert_eq!(count(world, "SELECT count(*) FROM attachment"), files as i64);
    let leads = world.leads.len() as f64;
    close_to("activities of 100 leads", 100.0 * (activities as f64 - crowded as f64) / leads, 300.0, 15.0);
    close_to("requests of 100 leads", 100.0 * requests as f64 / leads, 5.0, 2.0);
    assert!((10..100).contains(&files), "{files}");
    let share =
        |sql: &str| 100.0 * count(world, &format!("SELECT count(*) FROM activity WHERE {sql}")) as f64 / activities as f64;
    close_to("completed", share("status = 1"), 86.0, 4.0);
    close_to("canceled", share("status = 2"), 5.0, 2.0);
    for kind in [PHONE_CALL, EMAIL, 4201, 4207, 4212] {
        assert!(share(&format!("kind = {kind}")) > 1.0, "hardly any activity of kind {kind}");
    }
    let end = i64::from(TODAY) * DAY;
    let due = |from: i64, to: i64| {
        count(world, &format!("SELECT count(*) FROM activity WHERE due_key >= {from} AND due_key < {to}")) as f64
    };
    let open = due(i64::MIN / 2, i64::MAX / 2);
    close_to("late", 100.0 * due(0, end) / open, 10.0, 4.0);
    close_to("due today", 100.0 * due(end, end + DAY) / open, 6.0, 3.0);
    let idle = count(world, "SELECT count(*) FROM lead WHERE status = 0 AND open_activities = 0") as f64;
    close_to(
        "open leads without a next step",
        100.0 * idle / count(world, "SELECT count(*) FROM lead WHERE status = 0") as f64,
        40.0,
        4.0,
    );
}

#[test]
fn every_rule_of_an_activity_holds() {
    let world = great_world();
    let (db, end) = (world.db(), i64::from(TODAY) * DAY);
    let registry = &world.catalog.activity;
    for number in numbers(world, "SELECT number FROM activity ORDER BY number").into_iter().step_by(3) {
        let activity = store::record::need(&db, registry, number).expect("an activity");
        let int = |name| activity.named(registry, name).as_int();
        let key = activity.key;
        rules::check_required(registry, &activity).expect("required fields");
        let (kind, state) = (int("kind").expect("a kind"), int("status").expect("a state"));
        assert!(has_reason(kind, int("status_reason").expect("a reason")), "{key}");
        assert_eq!(is_open(state), int("closed_at").is_none(), "{key}");
        assert_eq!(state == COMPLETED, int("actual_end").is_some(), "{key}");
        assert!(int("created_at") <= int("modified_at") && int("modified_at") < Some(end), "{key}");
        assert!(int("actual_end").is_none_or(|at| int("created_at") <= Some(at)), "{key}");
        assert!(!is_open(state) || int("due_at").is_some(), "{key} is planned for no time");
        assert_eq!(kind == PHONE_CALL && state == COMPLETED, int("outcome").is_some(), "{key}");
        let about = activity.named(registry, "regarding").as_record().expect("a record");
        let of = world.catalog.registry(about.entity);
        let record = store::record::need(&db, of, about.number).expect("its record");
        assert!(int("created_at") >= record.named(of, "created_at").as_int(), "{key} came before {about}");
        if about.entity != Entity::Lead {
            continue;
        }
        let closed = record.named(of, "closed_at").as_int();
        assert!(closed.is_none_or(|at| int("closed_at").is_some_and(|done| done <= at)), "{key} is open on a closed {about}");
        let goes_out = int("direction") == Some(OUTGOING);
        let is = |name| *record.named(of, name) == Value::Bool(true);
        assert!(!(goes_out && kind == PHONE_CALL && is("do_not_phone")), "{about} is called in {key}");
        assert!(!(goes_out && kind == EMAIL && is("do_not_email")), "{about} is written to in {key}");
        let is_new = record.named(of, "status_reason").as_int() == Some(NEW) && closed.is_none();
        assert!(!(is_new && goes_out && state == COMPLETED), "{about} is new in spite of {key}");
    }
    let contacted = "SELECT count(*) FROM lead WHERE status = 0 AND status_reason = 2 AND last_contact_at IS NULL";
    assert_eq!(count(world, contacted), 0);
}

#[test]
fn requests_and_files_are_those_of_people() {
    let world = great_world();
    let db = world.db();
    let registry = &world.catalog.request;
    for number in numbers(world, "SELECT number FROM request") {
        let request = store::record::need(&db, registry, number).expect("a request");
        rules::check_required(registry, &request).expect("required fields");
        rules::check_reason(registry, &world.catalog.choices, &request).expect("a reason of its state");
        assert!(request.named(registry, "regarding").as_record().is_some_and(|about| about.entity.takes_requests()));
        assert!(matches!(request.named(registry, "product"), Value::Link(link) if !link.name.is_empty()), "{}", request.key);
    }
    let kept = count(world, "SELECT count(*) FROM blob");
    assert!((1..=6).contains(&kept), "the same content is kept {kept} times");
    assert_eq!(count(world, "SELECT sum(refs) FROM blob"), world.made.history.files as i64);
    let qualified = world.leads.iter().filter(|l| l.named(&world.catalog.lead, "status").as_int() == Some(QUALIFIED)).count();
    let on_customers = count(world, "SELECT count(*) FROM activity WHERE regarding NOT LIKE 'L-%'");
    assert!(on_customers as usize > qualified, "{on_customers} activities of {qualified} customers");
}
