//! The rules of the lead entity that exist so far, one test each.

use leadbook::error::Error;
use leadbook::model::people::Role;
use leadbook::model::value::Owner;
use leadbook::service::people::{AddTeam, AddUser};
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::tag::TagRecords;
use leadbook::service::record::update::UpdateRecords;
use leadbook::service::scope::Targets;

use crate::common::Desk;

#[test]
fn create_needs_topic_and_last_name_and_is_open_new_warm() {
    let mut desk = Desk::new();
    let values = desk.values(&[("first_name", "Ann")]);
    let Error::Invalid(problems) =
        desk.try_act(CreateRecord { entity: leadbook::model::entity::Entity::Lead, values }).unwrap_err()
    else {
        panic!("not refused")
    };
    let fields: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
    assert_eq!(fields, ["last_name", "topic"]);
    let lead = desk.lead(&[("topic", "T"), ("last_name", "Lee")]);
    for (field, shown) in [
        ("status", "Open"),
        ("status_reason", "New"),
        ("rating", "Warm"),
        ("preferred_contact_method", "Any"),
        ("do_not_phone", "allow"),
        ("owner", "ana"),
        ("number", "L-1"),
    ] {
        assert_eq!(desk.shown(lead, field), shown, "{field}");
    }
}

#[test]
fn the_state_cannot_be_given_or_written() {
    let mut desk = Desk::new();
    let mut values = desk.values(&[("topic", "T"), ("last_name", "Lee")]);
    values.push((desk.registry().id("status"), leadbook::model::value::Value::Choice(1)));
    assert!(matches!(
        desk.try_act(CreateRecord { entity: leadbook::model::entity::Entity::Lead, values }),
        Err(Error::Invalid(_))
    ));
}

#[test]
fn a_reason_belongs_to_the_state() {
    let mut desk = Desk::new();
    let lead = desk.lead(&[("topic", "T"), ("last_name", "Lee")]);
    let id = desk.registry().id("status_reason");
    let lost = vec![(id, leadbook::model::value::Value::Choice(4))];
    let error = desk
        .try_act(UpdateRecords {
            targets: Targets::one(leadbook::model::entity::RecordId::lead(lead)),
            values: lost,
            leave_out_closed: false,
        })
        .unwrap_err();
    assert_eq!(error.headline(), "status_reason: Lost is no reason of a lead that is open; it can be New, Contacted");
}

#[test]
fn a_team_or_a_user_owns_a_lead() {
    let mut desk = Desk::new();
    let bo = desk.act(AddUser { login: "bo".into(), name: String::new(), role: Role::Seller }).reply;
    let team = desk.act(AddTeam { name: "Nordics".into(), members: vec!["bo".into()] }).reply;
    let lead = desk.lead(&[("topic", "T"), ("last_name", "Lee")]);
    desk.act(AssignRecords {
        targets: Targets::one(leadbook::model::entity::RecordId::lead(lead)),
        owner: Owner::Team(team),
        note: Some("French docs".into()),
        activities: false,
    });
    assert_eq!(desk.shown(lead, "owner"), "team:Nordics");
    assert_eq!(desk.shown(lead, "handed_note"), "French docs");
    desk.act(AssignRecords {
        targets: Targets::one(leadbook::model::entity::RecordId::lead(lead)),
        owner: Owner::User(bo),
        note: None,
        activities: false,
    });
    assert_eq!((desk.shown(lead, "owner").as_str(), desk.shown(lead, "handed_note").as_str()), ("bo", ""));
}

#[test]
fn a_seller_writes_what_is_their_own_or_their_teams() {
    let mut desk = Desk::new();
    let bo = desk.act(AddUser { login: "bo".into(), name: String::new(), role: Role::Seller }).reply;
    let team = desk.act(AddTeam { name: "Nordics".into(), members: vec!["bo".into()] }).reply;
    let anas = desk.lead(&[("topic", "T"), ("last_name", "Lee")]);
    let teams = desk.lead(&[("topic", "T"), ("last_name", "Diaz"), ("owner", "team:Nordics")]);
    assert_eq!(team, 1);
    desk.ctx.user = bo;
    desk.ctx.role = Role::Seller;
    let tag = |lead: i64| TagRecords {
        targets: Targets::one(leadbook::model::entity::RecordId::lead(lead)),
        add: vec!["x".into()],
        remove: Vec::new(),
    };
    assert!(matches!(desk.try_act(tag(anas)), Err(Error::Denied(_))));
    desk.act(tag(teams));
}

#[test]
fn every_change_is_logged_with_old_and_new() {
    let mut desk = Desk::new();
    let lead = desk.lead(&[("topic", "T"), ("last_name", "Lee")]);
    let values = desk.values(&[("rating", "hot"), ("city", "Berlin")]);
    let step = desk
        .act(UpdateRecords {
            targets: Targets::one(leadbook::model::entity::RecordId::lead(lead)),
            values,
            leave_out_closed: false,
        })
        .step
        .unwrap();
    let mut changes: Vec<(String, Option<String>, Option<String>)> =
        leadbook::store::log::changes(desk.service.db(), step).unwrap().into_iter().map(|c| (c.field, c.old, c.new)).collect();
    changes.sort();
    let expected = [("city", None, Some("Berlin")), ("rating", Some("2"), Some("1"))]
        .map(|(f, o, n)| (f.into(), o.map(Into::into), n.map(Into::into)));
    assert_eq!(changes, expected);
    let operation = leadbook::store::log::get(desk.service.db(), step).unwrap().unwrap();
    assert_eq!((operation.act.as_str(), operation.origin.as_str(), operation.touched), ("UpdateMultiple", "tui", 1));
}
