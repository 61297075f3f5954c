//! All or nothing: a failure after any write leaves the database as it was, and any acts are taken back and brought again whole.

use leadbook::error::Result;
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::value::{Owner, Value};
use leadbook::service::attachment::{AttachFiles, RemoveAttachment};
use leadbook::service::link::{Associate, Disassociate};
use leadbook::service::note::AddNote;
use leadbook::service::opportunity::{CloseOpportunity, Outcome};
use leadbook::service::qualify::close::DisqualifyLeads;
use leadbook::service::qualify::{Deal, Part, QualifyLead, QualifyMany};
use leadbook::service::record::advance::Advance;
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::delete::{DeleteRecords, RestoreRecords};
use leadbook::service::record::reopen::ReopenRecords;
use leadbook::service::record::tag::TagRecords;
use leadbook::service::record::update::UpdateRecords;
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};
use leadbook::service::{Act, Tx};
use proptest::prelude::*;

use crate::common::Desk;

fn everything(desk: &Desk) -> Vec<String> {
    [desk.dump(), desk.dump_customers()].concat()
}

/// Every table that acts write to; not those in which the full-text search keeps its own.
fn tables(desk: &Desk) -> Vec<String> {
    let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'";
    desk.service.db().rows(sql, &[], |row| Ok(row.text(0)?.to_owned())).expect("the tables")
}

/// Watches every write of a row, so that one can be made to fail.
struct LayFuses(Vec<String>);

impl Act for LayFuses {
    type Reply = ();

    fn name(&self) -> &'static str {
        "LayFuses"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        tx.db.execute("CREATE TEMP TABLE fuse (left INTEGER)", &[])?;
        for table in self.0 {
            for verb in ["INSERT", "UPDATE", "DELETE"] {
                let sql = format!(
                    "CREATE TEMP TRIGGER fuse_{verb}_{table} AFTER {verb} ON main.{table} BEGIN
                       UPDATE fuse SET left = left - 1;
                       SELECT RAISE(ABORT, 'the fuse is burnt') FROM fuse WHERE left = 0;
                     END"
                );
                tx.db.execute(&sql, &[])?;
            }
        }
        Ok(())
    }
}

/// Lets the n-th write of a row fail, from the next act on.
struct FailAt(i64);

impl Act for FailAt {
    type Reply = ();

    fn name(&self) -> &'static str {
        "FailAt"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        tx.db.execute("DELETE FROM temp.fuse", &[])?;
        tx.db.execute("INSERT INTO temp.fuse (left) VALUES ($1)", &[self.0.into()]).map(|_| ())
    }
}

/// Does an act with a failure after its first write, its second, and so on, until it is whole. Returns after how many.
fn fails_whole<A: Act + Clone>(desk: &mut Desk, act: &A) -> i64 {
    let before = everything(desk);
    let steps = steps(desk);
    for n in 1..10_000 {
        desk.act(FailAt(n));
        match desk.try_act(act.clone()) {
            Ok(done) => {
                assert!(done.step.is_some());
                assert_ne!(everything(desk), before);
                return n - 1;
            }
            Err(_) => {
                assert_eq!(everything(desk), before, "after write {n}");
                assert_eq!(self::steps(desk), steps, "after write {n}");
            }
        }
    }
    panic!("the act never ends");
}

fn steps(desk: &Desk) -> i64 {
    desk.service.db().number("SELECT count(*) FROM operation", &[]).expect("a number")
}

#[test]
fn a_failure_after_any_write_of_a_qualification_leaves_nothing_behind() {
    let mut desk = Desk::new();
    let lead =
        desk.lead(&[("first_name", "Ann"), ("last_name", "Lee"), ("topic", "T"), ("company", "Contoso"), ("value", "40k")]);
    desk.act(AddNote { about: RecordId::lead(lead), body: "Wants a demo".into() });
    let tables = tables(&desk);
    desk.act(LayFuses(tables));
    let act = QualifyLead { lead, account: Part::New, contact: Part::New, opportunity: Some(Deal::default()), reason: None };
    let writes = fails_whole(&mut desk, &act);
    assert!(writes > 20, "{writes}: the fuses did not see the writes");
    // the way back fails as whole
    let undo = Undo { step: None, origins: Vec::new() };
    assert!(fails_whole(&mut desk, &undo) > 10);
    let lost = DisqualifyLeads { targets: Targets::one(RecordId::lead(lead)), reason: 4, note: Some("gone".into()) };
    assert!(fails_whole(&mut desk, &lost) > 3);
}

/// One thing that somebody may do to the records of a small database.
#[derive(Clone, Debug)]
enum Deed {
    Create(Entity),
    Rate(i64, i64),
    Assign(Entity, i64),
    Tag(Entity, i64),
    Delete(Entity, i64),
    Restore(Entity, i64),
    Note(Entity, i64),
    Attach(Entity, i64),
    TakeOff(i64),
    Qualify(i64, u8),
    QualifyAll,
    Disqualify(i64),
    Reopen(Entity, i64),
    Step(Entity, i64, bool),
    Close(i64, bool),
    Link(i64, Entity, i64),
    /// An opportunity, a product, how many; none takes it off.
    Sell(i64, i64, u8),
}

fn do_it(desk: &mut Desk, deed: &Deed) {
    let one = |entity: &Entity, number: &i64| Targets::of(*entity, vec![*number]);
    let part = |bit: u8| match bit & 3 {
        0 => Part::None,
        1 => Part::New,
        _ => Part::Existing(1),
    };
    // what the records of the moment do not allow is refused, which is part of the play
    let _ = match deed {
        Deed::Create(entity) => {
            let name = if matches!(entity, Entity::Lead | Entity::Contact) { "last_name" } else { "name" };
            let mut typed = vec![(name, "Lee")];
            typed.extend((*entity == Entity::Lead).then_some([("topic", "T"), ("company", "Contoso")]).into_iter().flatten());
            let values = desk.values_of(*entity, &typed);
            desk.try_act(CreateRecord { entity: *entity, values }).map(|_| ())
        }
        Deed::Rate(lead, rating) => {
            let values = vec![(desk.ctx.catalog.lead.id("rating"), Value::Choice(*rating))];
            desk.try_act(UpdateRecords { targets: one(&Entity::Lead, lead), values, leave_out_closed: false }).map(|_| ())
        }
        Deed::Assign(entity, n) => {
            let act =
                AssignRecords { targets: one(entity, n), owner: Owner::User(1), note: Some("yours".into()), activities: false };
            desk.try_act(act).map(|_| ())
        }
        Deed::Tag(entity, n) => {
            let act = TagRecords { targets: one(entity, n), add: vec!["expo".into()], remove: Vec::new() };
            desk.try_act(act).map(|_| ())
        }
        Deed::Delete(entity, n) => desk.try_act(DeleteRecords { targets: one(entity, n) }).map(|_| ()),
        Deed::Restore(entity, n) => desk.try_act(RestoreRecords { targets: one(entity, n) }).map(|_| ()),
        Deed::Note(entity, n) => desk.try_act(AddNote { about: entity.numbered(*n), body: "Called".into() }).map(|_| ()),
        Deed::Attach(entity, n) => {
            let path = desk.dir.path().join("offer.pdf");
            std::fs::write(&path, b"%PDF-1.7").expect("a file");
            desk.try_act(AttachFiles { targets: one(entity, n), files: vec![path] }).map(|_| ())
        }
        Deed::TakeOff(file) => desk.try_act(RemoveAttachment { file: *file }).map(|_| ()),
        Deed::Qualify(lead, bits) => {
            let opportunity = (bits & 16 > 0).then(Deal::default);
            let act = QualifyLead { lead: *lead, account: part(*bits), contact: part(bits >> 2), opportunity, reason: None };
            desk.try_act(act).map(|_| ())
        }
        Deed::QualifyAll => desk.try_act(QualifyMany { targets: Targets::leads(vec![1, 2]), opportunity: true }).map(|_| ()),
        Deed::Disqualify(lead) => {
            let act = DisqualifyLeads { targets: one(&Entity::Lead, lead), reason: 5, note: Some("gone".into()) };
            desk.try_act(act).map(|_| ())
        }
        Deed::Reopen(entity, n) => desk.try_act(ReopenRecords { targets: one(entity, n) }).map(|_| ()),
        Deed::Step(entity, n, on) => desk.try_act(Advance { record: entity.numbered(*n), on: *on }).map(|_| ()),
        Deed::Close(opportunity, won) => {
            let (outcome, reason) =
                if *won { (Outcome::Won { revenue: Some(10_000) }, None) } else { (Outcome::Lost { competitor: None }, Some(4)) };
            let act = CloseOpportunity { opportunity: *opportunity, outcome, reason, date: None, note: None };
            desk.try_act(act).map(|_| ())
        }
        Deed::Sell(opportunity, product, quantity) => {
            let (one, other) = (Entity::Opportunity.numbered(*opportunity), Entity::Product.numbered(*product));
            match quantity {
                0 => desk.try_act(Disassociate { one, other }).map(|_| ()),
                _ => desk.try_act(Associate { one, other, role: format!("{quantity} x 1200") }).map(|_| ()),
            }
        }
        Deed::Link(lead, entity, n) => {
            let act = Associate { one: RecordId::lead(*lead), other: entity.numbered(*n), role: "consultant".into() };
            desk.try_act(act).map(|_| ())
        }
    };
}

fn deed() -> impl Strategy<Value = Deed> {
    let entity = || prop::sample::select(Entity::LISTED);
    let number = || 1i64..4;
    prop_oneof![
        2 => entity().prop_map(Deed::Create),
        1 => (number(), 1i64..4).prop_map(|(n, rating)| Deed::Rate(n, rating)),
        1 => (entity(), number()).prop_map(|(e, n)| Deed::Assign(e, n)),
        1 => (entity(), number()).prop_map(|(e, n)| Deed::Tag(e, n)),
        1 => (entity(), number()).prop_map(|(e, n)| Deed::Delete(e, n)),
        1 => (entity(), number()).prop_map(|(e, n)| Deed::Restore(e, n)),
        1 => (entity(), number()).prop_map(|(e, n)| Deed::Note(e, n)),
        1 => (entity(), number()).prop_map(|(e, n)| Deed::Attach(e, n)),
        1 => number().prop_map(Deed::TakeOff),
        3 => (number(), any::<u8>()).prop_map(|(n, bits)| Deed::Qualify(n, bits)),
        1 => Just(Deed::QualifyAll),
        1 => number().prop_map(Deed::Disqualify),
        2 => (entity(), number()).prop_map(|(e, n)| Deed::Reopen(e, n)),
        1 => (entity(), number(), any::<bool>()).prop_map(|(e, n, on)| Deed::Step(e, n, on)),
        1 => (number(), any::<bool>()).prop_map(|(n, won)| Deed::Close(n, won)),
        3 => (number(), number(), 0u8..4).prop_map(|(o, p, quantity)| Deed::Sell(o, p, quantity)),
        1 => (number(), entity(), number()).prop_map(|(lead, e, n)| Deed::Link(lead, e, n)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_acts_are_taken_back_one_by_one_and_brought_again(deeds in prop::collection::vec(deed(), 1..25)) {
        let mut desk = Desk::new();
        for _ in 0..2 {
            do_it(&mut desk, &Deed::Create(Entity::Lead));
        }
        let mut states = vec![everything(&desk)];
        for deed in &deeds {
            let before = steps(&desk);
            do_it(&mut desk, deed);
            if steps(&desk) > before {
                states.push(everything(&desk));
            }
        }
        for state in states.iter().rev().skip(1) {
            desk.act(Undo { step: None, origins: Vec::new() });
            prop_assert_eq!(&everything(&desk), state);
        }
        for state in states.iter().skip(1) {
            desk.act(Redo);
            prop_assert_eq!(&everything(&desk), state);
        }
    }
}
