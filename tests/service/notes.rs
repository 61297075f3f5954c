//! Notes: tags, pins and what is found by their words; customers found by the name of their account.

use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::value::Value;
use leadbook::query::eval::{EvalContext, matches};
use leadbook::query::parse;
use leadbook::service::activity::complete::CompleteActivities;
use leadbook::service::note::find::FindNotes;
use leadbook::service::note::pin::PinNote;
use leadbook::service::note::{AddNote, DeleteNote, EditNote};
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::delete::DeleteRecords;
use leadbook::service::record::read::{Entry, GetNote, GetRecord, ListNumbers, NotesOf};
use leadbook::service::record::update::UpdateRecords;
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};
use leadbook::store;

use crate::common::Desk;

fn undo() -> Undo {
    Undo { step: None, origins: Vec::new() }
}

fn made(desk: &mut Desk, entity: Entity, typed: &[(&str, &str)], account: Option<i64>) -> RecordId {
    let mut values = desk.values_of(entity, typed);
    if let Some(account) = account {
        values.push((desk.ctx.catalog.registry(entity).id("account"), Value::link(account)));
    }
    entity.numbered(desk.act(CreateRecord { entity, values }).reply)
}

/// The numbers that a filter finds; the evaluator says the same of every record.
fn found(desk: &Desk, entity: Entity, text: &str) -> Vec<i64> {
    let filter = parse(text, &desk.ctx.reading_of(entity)).unwrap_or_else(|e| panic!("{text}: {e}"));
    let mut by_sql = desk.service.ask(&ListNumbers { filter: filter.clone() }, &desk.ctx).unwrap().to_vec();
    by_sql.sort_unstable();
    let registry = desk.ctx.catalog.registry(entity);
    let ctx = EvalContext::from(&desk.ctx);
    let all = (1..=20).filter_map(|number| store::record::get(desk.service.db(), registry, number).unwrap());
    let by_hand: Vec<i64> = all.filter(|record| matches(&filter, record, &ctx)).map(|record| record.key.number).collect();
    assert_eq!(by_sql, by_hand, "{text}");
    by_sql
}

#[test]
fn contacts_and_opportunities_are_found_by_the_name_of_their_account() {
    let mut desk = Desk::new();
    let account = made(&mut desk, Entity::Account, &[("name", "Contoso-Works"), ("email", "hello@mail.de")], None);
    let contact = made(&mut desk, Entity::Contact, &[("last_name", "Berg")], Some(account.number));
    let deal = made(&mut desk, Entity::Opportunity, &[("name", "3D printers")], Some(account.number));
    made(&mut desk, Entity::Opportunity, &[("name", "Scanners")], None);
    for text in ["contoso", "work printers", "3d cont", "\"contoso works\""] {
        assert_eq!(found(&desk, Entity::Opportunity, text), [deal.number], "{text}");
    }
    assert_eq!(found(&desk, Entity::Contact, "berg contoso status:active"), [contact.number]);
    for text in ["hello", "ontoso", "contoso scanners", "contoso -printers"] {
        assert!(found(&desk, Entity::Opportunity, text).is_empty(), "{text}");
    }
    let values = vec![(desk.ctx.catalog.account.id("name"), Value::text("Fabrikam"))];
    desk.act(UpdateRecords { targets: Targets::one(account), values, leave_out_closed: false });
    assert!(found(&desk, Entity::Opportunity, "contoso").is_empty());
    assert_eq!(found(&desk, Entity::Contact, "fabrikam"), [contact.number]);
    desk.act(undo());
    assert_eq!(found(&desk, Entity::Opportunity, "contoso"), [deal.number]);
}

fn text_of(desk: &Desk, wanted: &str) -> Vec<(i64, String)> {
    let hits = desk.service.ask(&FindNotes { text: wanted.into(), limit: 2 }, &desk.ctx).unwrap();
    hits.into_iter().map(|hit| (hit.note.number, hit.excerpt.text)).collect()
}

#[test]
fn notes_are_found_newest_first_with_the_line_and_without_those_that_are_deleted() {
    let mut desk = Desk::new();
    let about = made(&mut desk, Entity::Lead, &[("last_name", "Lee"), ("topic", "x")], None);
    for body in ["alpha beta", "title\nbeta gamma ALPHA", "alphabet soup", "beta"] {
        desk.act(AddNote { about, body: body.into() });
    }
    assert_eq!(text_of(&desk, "alpha"), [(3, "alphabet soup".into()), (2, "beta gamma ALPHA".into())]);
    assert_eq!(text_of(&desk, "bet Alpha"), [(2, "beta gamma ALPHA".into()), (1, "alpha beta".into())]);
    desk.act(DeleteNote { note: 2 });
    assert_eq!(text_of(&desk, "beta alpha"), [(1, "alpha beta".into())]);
    desk.act(undo());
    desk.act(EditNote { note: 2, version: None, body: "delta".into() });
    assert_eq!(text_of(&desk, "delta"), [(2, "delta".into())]);
    assert_eq!(text_of(&desk, "gamma"), []);
    assert_eq!(text_of(&desk, " - "), []);
}

#[test]
fn pinned_notes_stand_first_and_a_pin_is_no_edit() {
    let mut desk = Desk::new();
    let about = made(&mut desk, Entity::Lead, &[("last_name", "Lee"), ("topic", "x")], None);
    for body in ["one", "two", "three"] {
        desk.act(AddNote { about, body: body.into() });
    }
    let before = desk.dump();
    desk.act(PinNote { note: 1, pinned: true });
    // the text that an editor holds is still the newest
    desk.act(EditNote { note: 1, version: Some(1), body: "one!".into() });
    let first = |desk: &Desk| {
        let detail = desk.service.ask(&GetRecord { record: about, entries: 10 }, &desk.ctx).unwrap();
        let notes = desk.service.ask(&NotesOf { about, limit: 10 }, &desk.ctx).unwrap();
        let shown = detail.timeline.iter().find_map(|entry| if let Entry::Note(note) = entry { Some(note.number) } else { None });
        assert_eq!(shown, Some(notes[0].number));
        notes[0].number
    };
    assert_eq!(first(&desk), 1);
    // also where the timeline is cut before it
    let cut = desk.service.ask(&GetRecord { record: about, entries: 1 }, &desk.ctx).unwrap();
    assert!(matches!(&cut.timeline[0], Entry::Note(note) if note.number == 1) && cut.more);
    let of_note = desk.service.ask(&GetRecord { record: RecordId::note(1), entries: 1 }, &desk.ctx).unwrap();
    assert_eq!(of_note.record.key, about);
    desk.act(undo());
    desk.act(undo());
    assert_eq!(first(&desk), 3);
    assert_eq!(desk.dump(), before);
    desk.act(Redo);
    assert_eq!(first(&desk), 1);
}

#[test]
fn tags_of_a_note_are_one_step_with_it() {
    let mut desk = Desk::new();
    let about = made(&mut desk, Entity::Account, &[("name", "Contoso")], None);
    let before = desk.dump_customers();
    let tags = |desk: &Desk| {
        let record = store::record::need(desk.service.db(), &desk.ctx.catalog.account, about.number).unwrap();
        record.named(&desk.ctx.catalog.account, "tags").clone()
    };
    let done = desk.act(AddNote { about, body: "# Visit #no\nsaw the #plant".into() });
    assert_eq!(done.summary, "Note on Contoso: Visit #no · tagged #plant");
    assert_eq!(tags(&desk), Value::Tags(vec!["plant".into()]));
    desk.act(undo());
    assert_eq!(tags(&desk), Value::None);
    assert_eq!(desk.dump_customers(), before);
}

/// The tasks of a note, as its lines tell them.
fn told(desk: &Desk, note: i64) -> String {
    let note = desk.service.ask(&GetNote { number: note }, &desk.ctx).unwrap();
    note.told(desk.ctx.now(), desk.ctx.zone).into_owned()
}

fn tasks(desk: &Desk) -> Vec<String> {
    let sql = "SELECT name || ' ' || regarding || ' ' || status || ' ' || coalesce(due_at / 60000000, '') FROM activity
               WHERE deleted_at IS NULL ORDER BY number";
    desk.service.db().rows(sql, &[], |row| Ok(row.text(0)?.to_owned())).unwrap()
}

#[test]
fn a_line_to_be_done_makes_one_task_and_stays_it() {
    let mut desk = Desk::new();
    let about = made(&mut desk, Entity::Lead, &[("last_name", "Lee"), ("topic", "x")], None);
    let body = "# Call\n- [ ] call Ann tomorrow 15:00\n- [x] was done before\n- [ ] send offer";
    let done = desk.act(AddNote { about, body: body.into() });
    assert_eq!(done.summary, "Note on Lee: Call · planned T-1, T-2");
    // Tue 24 Nov 2026 15:00 UTC
    assert_eq!(tasks(&desk), ["call Ann L-1 0 29925540", "send offer L-1 0 "]);
    assert_eq!(
        told(&desk, 1),
        "# Call\n- [ ] call Ann tomorrow 15:00 · T-1 Tue 24 Nov 15:00\n- [x] was done before\n- [ ] send offer · T-2 open"
    );
    // another text, another order, another case: the same tasks
    let edit = |desk: &mut Desk, body: &str| desk.act(EditNote { note: 1, version: None, body: body.into() }).summary;
    edit(&mut desk, "- [ ] Send Offer\n- [ ] call Ann Lee on friday\ntext");
    assert_eq!(tasks(&desk).len(), 2);
    assert_eq!(told(&desk, 1), "- [ ] Send Offer · T-2 open\n- [ ] call Ann Lee on friday · T-1 Tue 24 Nov 15:00\ntext");
    // a tick completes, a new line makes a third
    let summary = edit(&mut desk, "- [x] Send Offer\n- [ ] call Ann Lee on friday\n- [ ] third\ntext");
    assert_eq!(summary, "Changed the note on Lee: - [x] Send Offer · planned T-3 · done T-2");
    assert!(tasks(&desk)[1].starts_with("send offer L-1 1 "));
    desk.act(undo());
    assert_eq!(tasks(&desk).len(), 2);
    assert!(told(&desk, 1).starts_with("- [ ] Send Offer · T-2 open"));
    // what was taken back is a new line when it is typed again
    edit(&mut desk, "- [ ] Send Offer\n- [ ] call Ann Lee on friday\n- [ ] third");
    assert_eq!(tasks(&desk).len(), 3);
    // done elsewhere: the line says so, and saving the note changes nothing
    let targets = Targets::one(Entity::Activity.numbered(1));
    desk.act(CompleteActivities { targets, outcome: None, note: None, at: None });
    edit(&mut desk, "more\n- [ ] Send Offer\n- [ ] call Ann Lee on friday\n- [ ] third");
    assert!(told(&desk, 1).contains("- [x] call Ann Lee on friday · T-1 done"), "{}", told(&desk, 1));
    assert_eq!(tasks(&desk).len(), 3);
    // a task that was deleted is not made again
    desk.act(DeleteRecords { targets: Targets::one(Entity::Activity.numbered(2)) });
    edit(&mut desk, "- [ ] Send Offer!\n- [ ] call Ann Lee on friday\n- [ ] third");
    assert_eq!(tasks(&desk).len(), 2);
}

#[test]
fn one_undo_takes_back_a_note_with_its_tasks_and_tags() {
    let mut desk = Desk::new();
    let about = made(&mut desk, Entity::Account, &[("name", "Contoso")], None);
    let before = desk.dump_customers();
    desk.act(AddNote { about, body: "- [ ] visit #plant fri 9am".into() });
    assert_eq!(tasks(&desk).len(), 1);
    desk.act(undo());
    assert_eq!((tasks(&desk).len(), desk.dump_customers()), (0, before));
    desk.act(Redo);
    assert_eq!(tasks(&desk), ["visit #plant A-1 0 29929500"]);
    assert_eq!(told(&desk, 1), "- [ ] visit #plant fri 9am · T-1 Fri 27 Nov 09:00");
}
