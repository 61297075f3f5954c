//! How SQLite answers what is asked all day: Today, timelines, calls, the search in notes. Each statement that is run finds its rows by
//! an index; none goes over a table.

use leadbook::error::Result;
use leadbook::model::entity::{Entity, RecordId};
use leadbook::service::activity::today::{GetAgenda, GetDay};
use leadbook::service::generate::{Spec, generate};
use leadbook::service::lead_service::FirstUser;
use leadbook::service::note::find::FindNotes;
use leadbook::service::record::read::GetRecord;
use leadbook::service::{Context, LeadService, Query};
use leadbook::store::sqlite::Opening;
use leadbook::store::{self, Db};

use crate::common::{NOW, context};

/// 2026-11-23, the day of [`NOW`].
const TODAY: i32 = 20_780;

/// The tables that grow.
const LARGE: &[&str] = &[
    "lead",
    "account",
    "contact",
    "opportunity",
    "activity",
    "activity_about",
    "note",
    "request",
    "attachment",
    "change",
    "link",
];

fn world() -> (tempfile::TempDir, Db, Context) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("big.db");
    let first = FirstUser { login: "ana".into(), name: "Ana Lima".into() };
    generate(&path, &Spec { leads: 600, seed: 3, today: TODAY, first: first.clone() }, &mut |_, _, _| Ok(())).expect("generated");
    let service = LeadService::open(&Opening::existing(&path), &first).expect("a service");
    let ctx = context(&service);
    drop(service);
    (folder, Db::open(&Opening::existing(&path)).expect("opens"), ctx)
}

/// The steps of all statements that `work` runs which go over a table or sort what they have found; sorting is allowed for the
/// statements with one of `sorted` in them, as these find few rows.
fn slow(db: &mut Db, sorted: &[&str], work: impl FnOnce(&Db) -> Result<()>) -> Vec<String> {
    let statements = db.statements(work).expect("answers");
    assert!(!statements.is_empty());
    let mut found = Vec::new();
    for sql in statements.iter().filter(|sql| sql.starts_with("SELECT")) {
        let plan = db.explain(sql, &[]).expect("a plan");
        // the names behind AS are one letter; a plan names those
        let scans = |step: &&String| {
            let Some(rest) = step.strip_prefix("SCAN ") else { return false };
            let name = rest.split(' ').next().unwrap_or_default();
            let is_large = LARGE.contains(&name) || LARGE.iter().any(|table| sql.contains(&format!(" {table} {name} ")));
            // whether there is any row at all is known from the first one
            is_large && !step.contains("VIRTUAL TABLE") && !sql.contains("SELECT 1 FROM")
        };
        let sorts = |step: &&String| step.contains("TEMP B-TREE FOR ORDER BY") && !sorted.iter().any(|part| sql.contains(part));
        found.extend(plan.iter().filter(|step| scans(step) || sorts(step)).map(|step| format!("{step}: {sql}")));
    }
    found
}

#[test]
fn what_is_asked_all_day_is_found_by_indexes() {
    let (_folder, mut db, ctx) = world();
    let nothing: Vec<String> = Vec::new();
    assert_eq!(slow(&mut db, &[], |db| GetDay.run(db, &ctx).map(|day| assert!(!day.late.is_empty()))), nothing);
    let month = GetAgenda { from: NOW - 1_000_000_000_000, before: NOW + 2_600_000_000_000 };
    assert_eq!(slow(&mut db, &[], |db| month.run(db, &ctx).map(|due| assert!(due.len() > 20))), nothing);
    for entity in [Entity::Lead, Entity::Account, Entity::Contact, Entity::Opportunity] {
        let first =
            format!("SELECT CAST(substr(regarding, 3) AS INTEGER) FROM activity WHERE regarding LIKE '{}-%'", entity.prefix());
        let number = db.number(&first, &[]).expect("a number");
        let get = GetRecord { record: entity.numbered(number), entries: 200 };
        // of these a record, a note or a large step has few
        let sorted = ["FROM link", "_tag", "activity_about", "product_line", "note_task", "FROM change_set"];
        let slow = slow(&mut db, &sorted, |db| get.run(db, &ctx).map(|detail| assert!(!detail.timeline.is_empty())));
        assert_eq!(slow, nothing, "{}", get.record);
    }
    for text in ["price", "zzzz", "price list", "p"] {
        let find = FindNotes { text: text.into(), limit: 50 };
        assert_eq!(slow(&mut db, &[], |db| find.run(db, &ctx).map(|_| ())), nothing, "{text}");
    }
    let about = RecordId::lead(201);
    assert_eq!(slow(&mut db, &[], |db| store::activity::call_due(db, about, NOW).map(|_| ())), nothing);
    assert_eq!(slow(&mut db, &[], |db| store::claim::last_call(db, about).map(|_| ())), nothing);
}

/// What is counted on the first screen and above a timeline is counted in an index alone: a row costs ten times as much.
#[test]
fn counts_read_no_row() {
    let (_folder, mut db, ctx) = world();
    let get = GetRecord { record: RecordId::lead(201), entries: 200 };
    let mut counts = db.statements(|db| GetDay.run(db, &ctx).map(|_| ())).expect("a day");
    counts.extend(db.statements(|db| get.run(db, &ctx).map(|_| ())).expect("a lead"));
    for (condition, index) in [
        ("open_activities = 0", "COVERING INDEX lead_no_next_step (owner=? AND status=? AND open_activities=?"),
        ("regarding IN ('L-201') AND deleted_at IS NULL)", "COVERING INDEX activity_timeline (regarding=?)"),
        ("FROM note WHERE entity = 4 AND record = 201", "COVERING INDEX note_by_record (entity=? AND record=?)"),
        ("due_key <>", "INDEX activity_due (owner=? AND due_key>? AND due_key<?)"),
        ("actual_end >=", "INDEX activity_done (owner=? AND actual_end>? AND actual_end<?)"),
    ] {
        let sql = counts.iter().find(|sql| sql.contains("count(*)") && sql.contains(condition));
        let sql = sql.unwrap_or_else(|| panic!("{condition} is not counted:\n{}", counts.join("\n")));
        let plan = db.explain(sql, &[]).expect("a plan");
        assert!(plan.iter().any(|step| step.contains(index)), "{sql}: {plan:#?}");
    }
    let pinned = counts.iter().find(|sql| sql.contains("pinned = 1")).expect("the pinned notes");
    let plan = db.explain(pinned, &[]).expect("a plan");
    assert!(plan.iter().any(|step| step.contains("INDEX note_pinned")), "{pinned}: {plan:#?}");
}

#[test]
fn no_report_reads_the_rows_of_a_table() {
    use leadbook::model::report::{Period, ReportKind};
    use leadbook::query::parse;
    use leadbook::service::report::GetReport;

    let (_folder, mut db, ctx) = world();
    for kind in ReportKind::ALL {
        for period in [None, Some(Period::of_days(TODAY - 200, TODAY + 1))] {
            let filter = parse("", &ctx.reading_of(kind.entity())).expect("a filter");
            let report = GetReport { kind: *kind, filter, period };
            let statements =
                db.statements(|db| report.run(db, &ctx).map(|sheet| assert!(!sheet.columns.is_empty()))).expect("a report");
            for sql in statements.iter().filter(|sql| sql.starts_with("SELECT")) {
                for step in db.explain(sql, &[]).expect("a plan") {
                    let name = step.split(' ').nth(1).unwrap_or_default();
                    let is_large = LARGE.contains(&name) || LARGE.iter().any(|table| sql.contains(&format!(" {table} {name} ")));
                    // the erased ones are few, and of links there are as many as a lead has
                    let few = ["lead_erased", "link_by_second", "operation_by_at"].iter().any(|index| step.contains(index));
                    let reads = !step.contains("COVERING") && !step.contains("PRIMARY KEY") && !few;
                    let looks = step.starts_with("SCAN ") || (step.starts_with("SEARCH ") && sql.contains("FROM lead "));
                    assert!(!(is_large && looks && reads), "{}: {step}: {sql}", kind.name());
                }
            }
        }
    }
}
