//! Two people on one record: a stale save is refused with both values, and either can be chosen; two processes write at once.

use leadbook::error::Error;
use leadbook::model::value::Value;
use leadbook::service::lead_service::FirstUser;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::update::{UpdateRecord, UpdateRecords};
use leadbook::service::scope::Targets;
use leadbook::store::sqlite::Opening;

use crate::common::{Desk, context};

#[test]
fn a_stale_save_shows_both_values_and_either_can_be_chosen() {
    let mut desk = Desk::new();
    let lead = desk.lead(&[("topic", "T"), ("last_name", "Lee"), ("phone", "555-0000")]);
    let phone = desk.registry().id("phone");
    let seen = vec![(phone, Value::Text("555-0000".into()))];
    let theirs = desk.values(&[("phone", "555-0100")]);
    desk.act(UpdateRecords {
        targets: Targets::one(leadbook::model::entity::RecordId::lead(lead)),
        values: theirs,
        leave_out_closed: false,
    });
    let yours = desk.values(&[("phone", "555-0199")]);
    let save = |version| UpdateRecord {
        record: leadbook::model::entity::RecordId::lead(lead),
        version: Some(version),
        seen: seen.clone(),
        values: yours.clone(),
    };
    let Error::Conflict(conflict) = desk.try_act(save(1)).unwrap_err() else { panic!("no conflict") };
    assert_eq!((conflict.by.as_str(), conflict.version), ("ana", 2));
    assert_eq!((conflict.clashes[0].theirs.as_str(), conflict.clashes[0].yours.as_str()), ("555-0100", "555-0199"));
    assert_eq!(desk.shown(lead, "phone"), "555-0100");
    desk.act(save(conflict.version));
    assert_eq!(desk.shown(lead, "phone"), "555-0199");
}

#[test]
fn what_others_changed_elsewhere_on_the_record_is_no_conflict() {
    let mut desk = Desk::new();
    let lead = desk.lead(&[("topic", "T"), ("last_name", "Lee")]);
    let theirs = desk.values(&[("city", "Berlin")]);
    desk.act(UpdateRecords {
        targets: Targets::one(leadbook::model::entity::RecordId::lead(lead)),
        values: theirs,
        leave_out_closed: false,
    });
    let values = desk.values(&[("phone", "555-0199")]);
    let seen = vec![(desk.registry().id("phone"), Value::None)];
    desk.act(UpdateRecord { record: leadbook::model::entity::RecordId::lead(lead), version: Some(1), seen, values });
    assert_eq!((desk.shown(lead, "city").as_str(), desk.shown(lead, "phone").as_str()), ("Berlin", "555-0199"));
}

#[test]
fn two_connections_write_at_once_and_nothing_is_lost() {
    let mut desk = Desk::new();
    let lead = desk.lead(&[("topic", "T"), ("last_name", "Lee")]);
    let path = desk.path();
    let write = move |name: &'static str| {
        let first = FirstUser { login: "ana".into(), name: String::new() };
        let mut service = leadbook::service::LeadService::open(&Opening::existing(path.clone()), &first).unwrap();
        for n in 0..40 {
            let mut ctx = context(&service);
            ctx.catalog = service.catalog();
            let registry = &ctx.catalog.lead;
            let values =
                vec![(registry.id("topic"), Value::text(format!("{name} {n}"))), (registry.id("last_name"), Value::text("X"))];
            service
                .execute(CreateRecord { entity: leadbook::model::entity::Entity::Lead, values: values.clone() }, &ctx)
                .unwrap();
            service
                .execute(
                    UpdateRecords {
                        targets: Targets::one(leadbook::model::entity::RecordId::lead(lead)),
                        values,
                        leave_out_closed: false,
                    },
                    &ctx,
                )
                .unwrap();
        }
    };
    let other = write.clone();
    let thread = std::thread::spawn(move || other("one"));
    write("two");
    thread.join().unwrap();
    let db = desk.service.db();
    assert_eq!(db.number("SELECT count(*) FROM lead", &[]).unwrap(), 81);
    // Every second change by one side may meet its own value; the version counts the rest.
    let changes =
        db.number("SELECT count(DISTINCT operation) FROM change WHERE record = $1 AND kind = 'update'", &[lead.into()]).unwrap();
    assert_eq!(db.number("SELECT version FROM lead WHERE number = $1", &[lead.into()]).unwrap(), 1 + changes);
    assert_eq!(db.number("SELECT max(number) FROM operation", &[]).unwrap(), 81 + changes);
}
