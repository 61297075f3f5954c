//! Undo and redo: the database is as before, also after a restart; what stands in the way is named.

use leadbook::error::{Error, Result};
use leadbook::model::entity::RecordId;
use leadbook::model::field::FieldId;
use leadbook::model::people::Role;
use leadbook::model::value::{Owner, Value};
use leadbook::service::note::{AddNote, DeleteNote, EditNote};
use leadbook::service::people::AddUser;
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::delete::{DeleteRecords, RestoreRecords};
use leadbook::service::record::tag::TagRecords;
use leadbook::service::record::update::{UpdateRecord, UpdateRecords};
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};
use leadbook::service::{Act, Tx};

use crate::common::Desk;

fn undo() -> Undo {
    Undo { step: None, origins: Vec::new() }
}

/// Two leads with a note and a tag, and a second user.
fn desk() -> (Desk, i64, i64) {
    let mut desk = Desk::new();
    desk.act(AddUser { login: "bo".into(), name: "Bo Ek".into(), role: Role::Seller });
    let ann = desk.lead(&[("topic", "3D printers"), ("first_name", "Ann"), ("last_name", "Lee"), ("email", "ann@contoso.com")]);
    let cy = desk.lead(&[("topic", "Spare parts"), ("last_name", "Diaz"), ("company", "Litware"), ("tags", "expo")]);
    desk.act(AddNote { about: RecordId::lead(ann), body: "Wants a demo".into() });
    (desk, ann, cy)
}

/// Does an act, takes it back, and brings it again: the dumps must agree.
fn there_and_back<A: Act>(desk: &mut Desk, act: A) {
    let before = desk.dump();
    let done = desk.act(act);
    assert!(done.step.is_some(), "the act changed nothing");
    let after = desk.dump();
    assert_ne!(before, after, "{}", done.summary);
    desk.act(undo());
    assert_eq!(before, desk.dump(), "undo of: {}", done.summary);
    desk.act(Redo);
    assert_eq!(after, desk.dump(), "redo of: {}", done.summary);
    desk.act(undo());
    assert_eq!(before, desk.dump(), "second undo of: {}", done.summary);
}

#[test]
fn every_act_is_taken_back_and_brought_again() {
    let (mut desk, ann, cy) = desk();
    let both = || Targets::leads(vec![ann, cy]);
    let values = desk.values(&[("phone", "+1 555 0100"), ("estimated_value", "40k"), ("topic", "Other")]);
    there_and_back(
        &mut desk,
        UpdateRecord { record: leadbook::model::entity::RecordId::lead(ann), version: None, seen: Vec::new(), values },
    );
    let values = desk.values(&[("rating", "hot"), ("status_reason", "contacted")]);
    there_and_back(&mut desk, UpdateRecords { targets: both(), values, leave_out_closed: false });
    there_and_back(
        &mut desk,
        AssignRecords { targets: both(), owner: Owner::User(2), note: Some("call Tue".into()), activities: false },
    );
    there_and_back(&mut desk, TagRecords { targets: both(), add: vec!["hot-list".into()], remove: vec!["expo".into()] });
    there_and_back(&mut desk, DeleteRecords { targets: both() });
    there_and_back(&mut desk, AddNote { about: RecordId::lead(cy), body: "New note".into() });
    there_and_back(&mut desk, EditNote { note: 1, version: None, body: "Another text".into() });
    there_and_back(&mut desk, DeleteNote { note: 1 });
    let values = desk.values(&[("topic", "New one"), ("last_name", "Roth"), ("tags", "a, b")]);
    there_and_back(&mut desk, CreateRecord { entity: leadbook::model::entity::Entity::Lead, values });
    desk.act(DeleteRecords { targets: Targets::one(leadbook::model::entity::RecordId::lead(ann)) });
    there_and_back(&mut desk, RestoreRecords { targets: Targets::one(leadbook::model::entity::RecordId::lead(ann)) });
}

/// Many leads in one transaction, as a test needs them quickly.
struct CreateMany(Vec<Vec<(FieldId, Value)>>);

impl Act for CreateMany {
    type Reply = Vec<i64>;

    fn name(&self) -> &'static str {
        "CreateMultiple"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Vec<i64>> {
        self.0.into_iter().map(|values| CreateRecord { entity: leadbook::model::entity::Entity::Lead, values }.run(tx)).collect()
    }
}

#[test]
fn many_records_are_taken_back_like_few() {
    let mut desk = Desk::new();
    let leads = (0..1_200).map(|n| desk.values(&[("topic", "Bulk"), ("last_name", &format!("Number {n}"))])).collect();
    let numbers = desk.act(CreateMany(leads)).reply;
    let values = desk.values(&[("rating", "cold"), ("company", "Contoso")]);
    there_and_back(&mut desk, UpdateRecords { targets: Targets::leads(numbers.clone()), values, leave_out_closed: false });
    there_and_back(&mut desk, DeleteRecords { targets: Targets::leads(numbers) });
}

#[test]
fn a_step_with_a_newer_one_on_its_record_stays() {
    let (mut desk, ann, cy) = desk();
    let rating = desk.values(&[("rating", "hot")]);
    let first = desk.act(UpdateRecords { targets: Targets::leads(vec![ann, cy]), values: rating, leave_out_closed: false }).step;
    let topic = desk.values(&[("topic", "Changed since")]);
    desk.act(UpdateRecords {
        targets: Targets::one(leadbook::model::entity::RecordId::lead(cy)),
        values: topic,
        leave_out_closed: false,
    });
    let error = desk.try_act(Undo { step: first, origins: Vec::new() }).unwrap_err();
    let Error::Refused { headline, .. } = error else { panic!("{error}") };
    assert!(headline.contains("L-2") && headline.contains("Topic of Diaz"), "{headline}");
    desk.act(undo());
    desk.act(Undo { step: first, origins: Vec::new() });
    assert_eq!(desk.shown(ann, "rating"), "Warm");
}

#[test]
fn a_lead_that_has_a_note_since_is_not_taken_back() {
    let mut desk = Desk::new();
    let lead = desk.lead(&[("topic", "T"), ("last_name", "Lee")]);
    desk.act(AddNote { about: RecordId::lead(lead), body: "since".into() });
    let error = desk.try_act(Undo { step: Some(1), origins: Vec::new() }).unwrap_err();
    assert!(error.to_string().contains("Note on Lee"), "{error}");
}

#[test]
fn undo_and_redo_survive_a_restart() {
    let (mut desk, ann, _) = desk();
    let values = desk.values(&[("phone", "555 0100")]);
    desk.act(UpdateRecords {
        targets: Targets::one(leadbook::model::entity::RecordId::lead(ann)),
        values,
        leave_out_closed: false,
    });
    let path = desk.path();
    let first = leadbook::service::lead_service::FirstUser { login: "ana".into(), name: String::new() };
    desk.service = leadbook::service::LeadService::open(&leadbook::store::sqlite::Opening::existing(path), &first).unwrap();
    desk.act(undo());
    assert_eq!(desk.shown(ann, "phone"), "");
    desk.act(Redo);
    assert_eq!(desk.shown(ann, "phone"), "555 0100");
}
