//! What the sample data promises: every shipped view has something in it, dates count back from now, nothing is mine to undo.

use super::FillDemo;
use crate::model::entity::RecordId;
use crate::model::field::read::Reading;
use crate::model::locale::Locale;
use crate::model::people::Role;
use crate::model::rules::{check_reason, check_required};
use crate::model::zone::Zone;
use crate::query::{parse, views};
use crate::service::context::{Cancel, Clock, Context, Ids, Origin};
use crate::service::lead_service::{FirstUser, LeadService};
use crate::service::record::read::{CountRecords, HistoryOf, NextUndo, NotesOf};
use crate::store;
use crate::store::sqlite::Opening;

/// Monday 2026-11-23, 09:30 UTC.
const MONDAY: i64 = 1_795_426_200_000_000;
const DAY: i64 = 86_400_000_000;

fn filled(now: i64) -> (tempfile::TempDir, LeadService, Context) {
    let folder = tempfile::tempdir().expect("a folder");
    let first = FirstUser { login: "ana".into(), name: "Ana Lima".into() };
    let mut service = LeadService::open(&Opening::or_create(folder.path().join("demo.db")), &first).expect("a database");
    let mut ctx = Context {
        user: 1,
        role: Role::Admin,
        origin: Origin::Tui,
        clock: Clock::Fixed(now),
        ids: Ids::counted(),
        zone: Zone::Fixed(3_600),
        locale: Locale::of("DE"),
        catalog: service.catalog(),
        progress: None,
        cancel: Cancel::default(),
        strict_disqualify: false,
        files: crate::model::attachment::Rules::default(),
        drafts: std::sync::Arc::default(),
    };
    let done = service.execute(FillDemo, &ctx).expect("filled");
    assert!((190..230).contains(&done.reply) && done.step.is_none(), "{done:?}");
    assert!(service.execute(FillDemo, &ctx).is_err());
    ctx.catalog = service.catalog();
    (folder, service, ctx)
}

fn count(service: &LeadService, ctx: &Context, filter: &str) -> u64 {
    let reading = Reading {
        entity: crate::model::entity::Entity::Lead,
        catalog: &ctx.catalog,
        locale: &ctx.locale,
        zone: ctx.zone,
        now: ctx.now(),
        me: ctx.user,
    };
    let filter = parse(filter, &reading).expect("a filter");
    service.ask(&CountRecords { filter }, ctx).expect("counted").0
}

#[test]
fn every_view_has_something_in_it_on_any_day() {
    for day in [0, 3, 6] {
        let (_folder, service, ctx) = filled(MONDAY + day * DAY);
        let reading = Reading {
            entity: crate::model::entity::Entity::Lead,
            catalog: &ctx.catalog,
            locale: &ctx.locale,
            zone: ctx.zone,
            now: ctx.now(),
            me: ctx.user,
        };
        for view in views::shipped(&reading).expect("the views") {
            assert!(count(&service, &ctx, &view.filter) >= 1, "{} on day {day}", view.name);
        }
        assert!(count(&service, &ctx, "is:mine status:open") >= 30);
        assert!(count(&service, &ctx, "is:mine rating:hot closes:today..+14d") >= 2);
        assert_eq!(count(&service, &ctx, "is:new"), 3);
    }
}

#[test]
fn every_rule_holds_and_nothing_lies_ahead() {
    let (_folder, service, ctx) = filled(MONDAY);
    let registry = &ctx.catalog.lead;
    let most = service.db().number("SELECT max(number) FROM lead", &[]).expect("a number");
    for number in 1..=most {
        let lead = store::record::need(service.db(), registry, number).expect("a lead");
        let int = |field| lead.named(registry, field).as_int();
        check_required(registry, &lead).expect("required fields");
        check_reason(registry, &ctx.catalog.choices, &lead).expect("a reason");
        assert_eq!(int("status") == Some(0), int("closed_at").is_none(), "{}", lead.key);
        assert!(int("created_at") <= int("modified_at") && int("modified_at") <= Some(MONDAY), "{}", lead.key);
        let email = lead.text(registry, "email");
        assert!(email.is_empty() || email.ends_with(".example"), "{email}");
    }
    let late = service.db().number("SELECT count(*) FROM note WHERE created_at > $1", &[MONDAY.into()]).expect("counted");
    assert_eq!(late, 0);
}

#[test]
fn leads_have_a_history_and_the_first_user_has_nothing_to_undo() {
    let (_folder, service, ctx) = filled(MONDAY);
    assert_eq!(service.ask(&NextUndo, &ctx).expect("asked"), None);
    let handed = service.db().number("SELECT number FROM lead WHERE last_name = 'Nyström' AND first_name = 'Clara'", &[]);
    let about = RecordId::lead(handed.expect("Clara"));
    let history = service.ask(&HistoryOf { about, limit: 50 }, &ctx).expect("a history");
    let acts: Vec<&str> = history.iter().map(|(operation, _)| operation.act.as_str()).collect();
    assert!(acts.contains(&"Assign") && acts.contains(&"Import"), "{acts:?}");
    assert_eq!(service.ask(&NotesOf { about, limit: 10 }, &ctx).expect("notes").len(), 2);
}

#[test]
fn rules_points_and_targets_are_good_and_leads_have_every_grade() {
    let (_folder, service, ctx) = filled(MONDAY);
    let reading = ctx.reading();
    for when in ctx.catalog.rules().map(|(_, rule)| &rule.when).chain(ctx.catalog.score_rules().map(|(_, rule)| &rule.when)) {
        parse(when, &reading).unwrap_or_else(|error| panic!("{when}: {error}"));
    }
    assert!(ctx.catalog.rules().all(|(_, rule)| rule.unit.is_some() || !rule.when.is_empty()));
    assert_eq!(ctx.catalog.targets().count(), 2);
    for grade in ["a", "b", "c", "d"] {
        assert!(count(&service, &ctx, &format!("status:open grade:{grade}")) > 3, "grade {grade}");
    }
    for unit in ["North", "South", "Central"] {
        assert!(count(&service, &ctx, &format!("unit:{unit}")) > 10, "{unit}");
    }
}
