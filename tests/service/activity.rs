//! Activities: what is planned, done, moved, and what records keep of it. Source: the activity pointer, its states and its cascades.

use leadbook::error::Error;
use leadbook::model::activity::{APPOINTMENT, CANCELED, COMPLETED, EMAIL, Follows, OUTGOING, PHONE_CALL, SCHEDULED, TASK};
use leadbook::model::choice::{CONTACTED, NEW, OPEN};
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::field::FieldId;
use leadbook::model::record::Record;
use leadbook::model::value::Value;
use leadbook::service::Query;
use leadbook::service::activity::complete::{CancelActivities, CompleteActivities};
use leadbook::service::activity::plan::{AddActivities, AddActivity, MoveActivities};
use leadbook::service::activity::wrap_up::WrapUp;
use leadbook::service::merge::Merge;
use leadbook::service::qualify::close::DisqualifyLeads;
use leadbook::service::qualify::{Deal, Part, QualifyLead};
use leadbook::service::record::delete::{DeleteRecords, RestoreRecords};
use leadbook::service::record::purge::Purge;
use leadbook::service::record::read::{Entry, GetRecord};
use leadbook::service::record::reopen::ReopenRecords;
use leadbook::service::record::update::{UpdateRecord, UpdateRecords};
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};
use leadbook::store;

use crate::common::{Desk, NOW};

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

fn undo() -> Undo {
    Undo { step: None, origins: Vec::new() }
}

fn record(desk: &Desk, key: RecordId) -> Record {
    store::record::need(desk.service.db(), desk.ctx.catalog.registry(key.entity), key.number).unwrap()
}

fn held(desk: &Desk, key: RecordId, field: &'static str) -> Option<i64> {
    record(desk, key).named(desk.ctx.catalog.registry(key.entity), field).as_int()
}

fn values(desk: &Desk, kind: i64, subject: &str, at: Option<i64>) -> Vec<(FieldId, Value)> {
    let registry = &desk.ctx.catalog.activity;
    let when = if kind == APPOINTMENT { "starts_at" } else { "due_at" };
    vec![
        (registry.id("kind"), Value::Choice(kind)),
        (registry.id("name"), Value::text(subject)),
        (registry.id(when), at.map_or(Value::None, Value::Instant)),
    ]
}

fn plan(desk: &mut Desk, about: RecordId, kind: i64, subject: &str, at: Option<i64>) -> RecordId {
    let values = values(desk, kind, subject, at);
    Entity::Activity.numbered(desk.act(AddActivity { about: Some(about), values }).reply)
}

fn ann(desk: &mut Desk) -> RecordId {
    let number = desk.lead(&[
        ("first_name", "Ann"),
        ("last_name", "Lee"),
        ("company", "Contoso"),
        ("topic", "3D printers"),
        ("email", "ann@contoso.example"),
        ("phone", "+1 555 010 0123"),
        ("mobile_phone", "+1 555 010 0999"),
    ]);
    RecordId::lead(number)
}

fn done(targets: RecordId) -> CompleteActivities {
    CompleteActivities { targets: Targets::one(targets), outcome: None, note: None, at: None }
}

fn call(about: RecordId, outcome: i64, note: &str, next: Option<i64>) -> WrapUp {
    WrapUp { about, activity: None, outcome, direction: OUTGOING, note: note.into(), next }
}

fn everything(desk: &Desk) -> Vec<String> {
    [desk.dump(), desk.dump_customers()].concat()
}

#[test]
fn what_is_planned_stands_on_the_record_and_is_its_next_step() {
    let mut desk = Desk::new();
    let ann = ann(&mut desk);
    assert_eq!(held(&desk, ann, "open_activities"), Some(0));
    let later = plan(&mut desk, ann, PHONE_CALL, "Call Ann", Some(NOW + 2 * DAY));
    let sooner = plan(&mut desk, ann, APPOINTMENT, "Demo", Some(NOW + DAY));
    assert_eq!(held(&desk, ann, "next_due_at"), Some(NOW + DAY));
    assert_eq!(held(&desk, ann, "open_activities"), Some(2));
    let version = record(&desk, ann).version;
    assert_eq!((held(&desk, sooner, "status"), held(&desk, sooner, "due_at")), (Some(SCHEDULED), Some(NOW + DAY + HOUR / 2)));
    assert_eq!(held(&desk, later, "direction"), Some(OUTGOING));
    let registry = &desk.ctx.catalog.activity;
    assert_eq!(record(&desk, later).text(registry, "phone_number"), "+1 555 010 0123", "the number of the record");
    desk.act(done(sooner));
    assert_eq!(held(&desk, ann, "next_due_at"), Some(NOW + 2 * DAY));
    assert_eq!(held(&desk, ann, "last_contact_at"), held(&desk, sooner, "actual_end"));
    assert_eq!(record(&desk, ann).version, version, "what follows is outside the version");
    desk.act(CancelActivities { targets: Targets::one(later) });
    assert_eq!((held(&desk, ann, "next_due_at"), held(&desk, ann, "open_activities")), (None, Some(0)));
    assert_eq!(held(&desk, later, "status"), Some(CANCELED));
}

#[test]
fn every_act_on_activities_is_undone_and_done_again() {
    let mut desk = Desk::new();
    let ann = ann(&mut desk);
    let task = plan(&mut desk, ann, PHONE_CALL, "Call Ann", Some(NOW + DAY));
    let mut states = vec![everything(&desk)];
    desk.act(MoveActivities { targets: Targets::one(task), to: NOW + 3 * DAY });
    states.push(everything(&desk));
    desk.act(CompleteActivities { outcome: Some(2), note: Some("try again".into()), ..done(task) });
    states.push(everything(&desk));
    desk.act(ReopenRecords { targets: Targets::one(task) });
    states.push(everything(&desk));
    desk.act(CancelActivities { targets: Targets::one(task) });
    states.push(everything(&desk));
    desk.act(call(ann, 4, "asks for a price list", Some(NOW + DAY)));
    states.push(everything(&desk));
    desk.act(call(ann, 5, "", None));
    states.push(everything(&desk));
    for at in (0..states.len() - 1).rev() {
        desk.act(undo());
        assert_eq!(everything(&desk), states[at], "back to {at}");
    }
    for (at, state) in states.iter().enumerate().skip(1) {
        desk.act(Redo);
        assert_eq!(&everything(&desk), state, "forth to {at}");
    }
}

#[test]
fn a_call_its_next_step_and_the_status_are_one_step() {
    let mut desk = Desk::new();
    let ann = ann(&mut desk);
    let before = everything(&desk);
    let reply = desk.act(call(ann, 4, "asks for a price list", Some(NOW + DAY))).reply;
    assert_eq!(reply.follows, Follows::CallBack);
    assert_eq!(held(&desk, ann, "status_reason"), Some(CONTACTED), "the first outgoing call");
    let (first, next) = (Entity::Activity.numbered(reply.call), Entity::Activity.numbered(reply.next.unwrap()));
    assert_eq!((held(&desk, first, "status"), held(&desk, first, "outcome")), (Some(COMPLETED), Some(4)));
    assert_eq!((held(&desk, next, "status"), held(&desk, next, "due_at")), (Some(OPEN), Some(NOW + DAY)));
    assert_eq!(record(&desk, first).text(&desk.ctx.catalog.activity, "description"), "asks for a price list");
    desk.act(undo());
    assert_eq!(everything(&desk), before);
    assert_eq!(held(&desk, ann, "status_reason"), Some(NEW));
    assert!(matches!(desk.try_act(call(ann, 4, "", None)), Err(Error::Invalid(_))), "call back asks when");
    assert!(matches!(desk.try_act(call(ann, 77, "", None)), Err(Error::Invalid(_))), "an outcome that is not there");
}

#[test]
fn a_planned_call_that_is_due_is_the_one_that_was_made() {
    let mut desk = Desk::new();
    let ann = ann(&mut desk);
    let today = plan(&mut desk, ann, PHONE_CALL, "Call Ann", Some(NOW + HOUR));
    let later = plan(&mut desk, ann, PHONE_CALL, "Call again", Some(NOW + 5 * DAY));
    let reply = desk.act(call(ann, 3, "", None)).reply;
    assert_eq!(reply.call, today.number);
    assert_eq!(held(&desk, later, "status"), Some(OPEN));
    let named = desk.act(WrapUp { activity: Some(later.number), ..call(ann, 3, "", None) }).reply;
    assert_eq!(named.call, later.number);
    assert!(matches!(
        desk.try_act(WrapUp { activity: Some(later.number), ..call(ann, 3, "", None) }),
        Err(Error::Refused { .. })
    ));
}

#[test]
fn a_wrong_number_is_taken_off_and_stays_with_the_call() {
    let mut desk = Desk::new();
    let ann = ann(&mut desk);
    let reply = desk.act(call(ann, 5, "", None)).reply;
    assert_eq!(desk.shown(ann.number, "phone"), "");
    assert_eq!(desk.shown(ann.number, "mobile_phone"), "+1 555 010 0999");
    let made = record(&desk, Entity::Activity.numbered(reply.call));
    assert_eq!(made.text(&desk.ctx.catalog.activity, "phone_number"), "+1 555 010 0123");
    desk.act(undo());
    assert_eq!(desk.shown(ann.number, "phone"), "+1 555 010 0123");
}

#[test]
fn a_call_in_spite_of_a_wish_says_so() {
    let mut desk = Desk::new();
    let ann = ann(&mut desk);
    let values = desk.values(&[("do_not_phone", "do not allow")]);
    desk.act(UpdateRecord { record: ann, version: None, seen: Vec::new(), values });
    let reply = desk.act(call(ann, 3, "", None)).reply;
    let made = record(&desk, Entity::Activity.numbered(reply.call));
    assert_eq!(made.text(&desk.ctx.catalog.activity, "override_note"), "do not phone");
    let mail = plan(&mut desk, ann, EMAIL, "Prices", None);
    assert!(record(&desk, mail).named(&desk.ctx.catalog.activity, "override_note").is_none(), "mail is allowed");
}

#[test]
fn what_is_done_is_read_only_until_it_is_reopened() {
    let mut desk = Desk::new();
    let ann = ann(&mut desk);
    let task = plan(&mut desk, ann, PHONE_CALL, "Call Ann", None);
    desk.act(done(task));
    let update = |desk: &Desk| {
        let values = desk.values_of(Entity::Activity, &[("name", "Other")]);
        UpdateRecord { record: task, version: None, seen: Vec::new(), values }
    };
    let act = update(&desk);
    assert!(matches!(desk.try_act(act), Err(Error::Refused { .. })));
    assert!(matches!(desk.try_act(done(task)), Err(Error::Refused { .. })));
    assert!(matches!(desk.try_act(MoveActivities { targets: Targets::one(task), to: NOW }), Err(Error::Refused { .. })));
    desk.act(ReopenRecords { targets: Targets::one(task) });
    assert_eq!((held(&desk, task, "status"), held(&desk, task, "actual_end")), (Some(OPEN), None));
    let act = update(&desk);
    desk.act(act);
}

#[test]
fn a_scheduled_appointment_is_open_and_its_times_follow_each_other() {
    let mut desk = Desk::new();
    let ann = ann(&mut desk);
    let demo = plan(&mut desk, ann, APPOINTMENT, "Demo", Some(NOW + DAY));
    let write = |desk: &mut Desk, one: bool, pairs: &[(&'static str, Value)]| {
        let values: Vec<_> = pairs.iter().map(|(name, value)| (desk.ctx.catalog.activity.id(name), value.clone())).collect();
        if one {
            desk.try_act(UpdateRecord { record: demo, version: None, seen: Vec::new(), values }).map(|_| ())
        } else {
            desk.try_act(UpdateRecords { targets: Targets::one(demo), values, leave_out_closed: true }).map(|_| ())
        }
    };
    let at = |desk: &Desk| {
        [held(desk, demo, "starts_at"), held(desk, demo, "due_at")].map(|at| (at.unwrap() - NOW - DAY) / 60_000_000)
    };
    for (one, name) in [(true, "Demo of the printer"), (false, "Demo in Kiel")] {
        let attendees = ("required_attendees", Value::text("Ann, Bo"));
        write(&mut desk, one, &[("name", Value::text(name)), ("location", Value::text("Kiel")), attendees]).unwrap();
        assert_eq!(record(&desk, demo).text(&desk.ctx.catalog.activity, "name"), name);
    }
    write(&mut desk, true, &[("duration", Value::Int(45))]).unwrap();
    assert_eq!(at(&desk), [0, 45], "with another length it ends later");
    write(&mut desk, false, &[("starts_at", Value::Instant(NOW + DAY + HOUR))]).unwrap();
    assert_eq!(at(&desk), [60, 105], "another start keeps the length");
    write(&mut desk, true, &[("due_at", Value::Instant(NOW + DAY + 2 * HOUR))]).unwrap();
    assert_eq!((at(&desk), held(&desk, demo, "duration")), ([60, 120], Some(60)));
    let early = write(&mut desk, true, &[("due_at", Value::Instant(NOW))]).unwrap_err();
    assert!(early.to_string().contains("before its start"), "{early}");
    // what was done and is opened again is in the calendar again
    desk.act(done(demo));
    assert!(write(&mut desk, false, &[("name", Value::text("x"))]).is_err());
    desk.act(ReopenRecords { targets: Targets::one(demo) });
    assert_eq!((held(&desk, demo, "status"), held(&desk, demo, "status_reason")), (Some(SCHEDULED), Some(17)));
    desk.act(ReopenRecords { targets: Targets::one(demo) });
    assert_eq!(held(&desk, demo, "status"), Some(SCHEDULED), "it is open already");
    let task = plan(&mut desk, ann, TASK, "Send the list", None);
    desk.act(done(task));
    desk.act(ReopenRecords { targets: Targets::one(task) });
    assert_eq!(held(&desk, task, "status_reason"), Some(2), "not started");
}

#[test]
fn activities_follow_their_record_into_deleted_and_back_and_are_purged_with_it() {
    let mut desk = Desk::new();
    let ann = ann(&mut desk);
    let kept = plan(&mut desk, ann, PHONE_CALL, "Call Ann", Some(NOW + DAY));
    let gone = plan(&mut desk, ann, PHONE_CALL, "An old one", Some(NOW + DAY));
    desk.act(DeleteRecords { targets: Targets::one(gone) });
    let before = everything(&desk);
    desk.act(DeleteRecords { targets: Targets::one(ann) });
    assert!(held(&desk, kept, "deleted_at").is_some());
    desk.act(undo());
    assert_eq!(everything(&desk), before);
    desk.act(DeleteRecords { targets: Targets::one(ann) });
    desk.act(RestoreRecords { targets: Targets::one(ann) });
    assert_eq!(held(&desk, kept, "deleted_at"), None);
    assert!(held(&desk, gone, "deleted_at").is_some(), "what was deleted before stays so");
    desk.act(DeleteRecords { targets: Targets::one(ann) });
    desk.act(Purge { before: i64::MAX });
    assert_eq!(desk.service.db().number("SELECT count(*) FROM activity", &[]).unwrap(), 0);
}

#[test]
fn activities_are_read_on_what_a_lead_became_and_move_when_it_is_merged() {
    let mut desk = Desk::new();
    let (ann, other) = (ann(&mut desk), RecordId::lead(desk.lead(&[("last_name", "Li"), ("topic", "Printers")])));
    let task = plan(&mut desk, other, PHONE_CALL, "Call", Some(NOW + DAY));
    desk.act(Merge { master: ann, other, take: Vec::new() });
    assert_eq!(record(&desk, task).named(&desk.ctx.catalog.activity, "regarding").as_record(), Some(ann));
    assert_eq!((held(&desk, ann, "open_activities"), held(&desk, other, "open_activities")), (Some(1), Some(0)));
    desk.act(undo());
    assert_eq!((held(&desk, ann, "open_activities"), held(&desk, other, "open_activities")), (Some(0), Some(1)));
    desk.act(Redo);
    let act = QualifyLead {
        lead: ann.number,
        account: Part::New,
        contact: Part::New,
        opportunity: Some(Deal::default()),
        reason: None,
    };
    let made = desk.act(act).reply;
    for key in made.created {
        let detail = GetRecord { record: key, entries: 50 }.run(desk.service.db(), &desk.ctx).unwrap();
        let read = detail.timeline.iter().any(|entry| matches!(entry, Entry::Activity(brief) if brief.number == task.number));
        assert!(read && detail.activities == 1, "{key}");
    }
}

#[test]
fn an_undo_of_a_lead_waits_for_its_activities() {
    let mut desk = Desk::new();
    let ann = ann(&mut desk);
    let step = desk.service.db().number("SELECT max(number) FROM operation", &[]).unwrap();
    plan(&mut desk, ann, PHONE_CALL, "Call Ann", None);
    let first = Undo { step: Some(step), origins: Vec::new() };
    assert!(matches!(desk.try_act(first.clone()), Err(Error::Refused { .. })));
    desk.act(undo());
    desk.act(first);
}

#[test]
fn only_records_that_are_there_take_activities() {
    let mut desk = Desk::new();
    let ann = ann(&mut desk);
    let value = values(&desk, PHONE_CALL, "Call", None);
    let add = |about: RecordId| AddActivity { about: Some(about), values: value.clone() };
    for (about, part) in [
        (RecordId::lead(99), "there is no lead L-99"),
        (RecordId::note(1), "no activity stands on it"),
        (Entity::Product.numbered(1), "no activity stands on it"),
    ] {
        let error = desk.try_act(add(about)).expect_err("refused").to_string();
        assert!(error.contains(part), "{error}");
    }
    desk.act(DeleteRecords { targets: Targets::one(ann) });
    let error = desk.try_act(add(ann)).expect_err("refused").to_string();
    assert!(error.contains("L-1 is deleted"), "{error}");
}

#[test]
fn the_same_task_is_planned_on_many_and_closed_leads_keep_theirs() {
    let mut desk = Desk::new();
    let leads: Vec<i64> = (0..3).map(|n| desk.lead(&[("last_name", &format!("Lee {n}")), ("topic", "x")])).collect();
    let values = values(&desk, EMAIL, "Send prices", Some(NOW + DAY));
    assert_eq!(desk.act(AddActivities { targets: Targets::leads(leads.clone()), values }).reply, 3);
    assert_eq!(desk.service.db().number("SELECT sum(open_activities) FROM lead", &[]).unwrap(), 3);
    desk.act(DisqualifyLeads { targets: Targets::leads(leads), reason: 4, note: None });
    assert_eq!(desk.service.db().number("SELECT sum(open_activities) FROM lead", &[]).unwrap(), 3);
    desk.act(undo());
    desk.act(undo());
    assert_eq!(desk.service.db().number("SELECT sum(open_activities) FROM lead", &[]).unwrap(), 0);
}
