//! Merging: what the master takes, what moves to it, what is refused, and that one undo brings both back as they were.

use leadbook::error::Error;
use leadbook::model::choice::{DISQUALIFIED, INACTIVE};
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::field::FieldId;
use leadbook::model::people::Role;
use leadbook::model::record::Record;
use leadbook::model::value::{Owner, Value};
use leadbook::service::link::Associate;
use leadbook::service::merge::{Children, Merge, RetrieveMerge, differing, propose};
use leadbook::service::note::{AddNote, DeleteNote};
use leadbook::service::people::AddUser;
use leadbook::service::qualify::matches::RetrieveMatches;
use leadbook::service::qualify::{Deal, Part, QualifyLead};
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::delete::DeleteRecords;
use leadbook::service::record::reopen::ReopenRecords;
use leadbook::service::record::tag::TagRecords;
use leadbook::service::record::update::UpdateRecords;
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};
use leadbook::store;

use crate::common::Desk;

fn undo() -> Undo {
    Undo { step: None, origins: Vec::new() }
}

fn record(desk: &Desk, key: RecordId) -> Record {
    store::record::need(desk.service.db(), desk.ctx.catalog.registry(key.entity), key.number).unwrap()
}

fn held(desk: &Desk, key: RecordId, field: &'static str) -> Value {
    record(desk, key).named(desk.ctx.catalog.registry(key.entity), field).clone()
}

fn text(desk: &Desk, key: RecordId, field: &'static str) -> String {
    held(desk, key, field).as_text().to_owned()
}

fn made(desk: &mut Desk, entity: Entity, typed: &[(&str, &str)]) -> RecordId {
    let values = desk.values_of(entity, typed);
    entity.numbered(desk.act(CreateRecord { entity, values }).reply)
}

fn put(desk: &mut Desk, key: RecordId, field: &'static str, value: Value) {
    let values = vec![(desk.ctx.catalog.registry(key.entity).id(field), value)];
    desk.act(UpdateRecords { targets: Targets::one(key), values, leave_out_closed: false });
}

fn lead(desk: &mut Desk, typed: &[(&str, &str)]) -> RecordId {
    let mut all = vec![("last_name", "Lee"), ("topic", "Printers")];
    all.extend_from_slice(typed);
    made(desk, Entity::Lead, &all)
}

fn ids(desk: &Desk, entity: Entity, names: &[&'static str]) -> Vec<FieldId> {
    names.iter().map(|name| desk.ctx.catalog.registry(entity).id(name)).collect()
}

/// Every row that a merge may touch, the deleted ones and the tags too.
fn everything(desk: &Desk) -> Vec<String> {
    let mut all = [desk.dump(), desk.dump_customers()].concat();
    let db = desk.service.db();
    let of = |sql: &str| db.rows(sql, &[], |row| Ok(row.text(0)?.to_owned())).unwrap();
    all.extend(of("SELECT 'note|' || number || '|' || entity || '|' || record || '|' || body || '|' || modified_at || '|' ||
                   coalesce(deleted_at, '') FROM note ORDER BY number"));
    for table in ["account", "contact"] {
        all.extend(of(&format!("SELECT '{table}|' || {table} || '|' || tag FROM {table}_tag ORDER BY 1")));
        all.extend(of(&format!("SELECT '{table}|' || number || '|' || coalesce(master, '') FROM {table} ORDER BY 1")));
    }
    all
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
}

/// Merges, takes it back, does it again and takes it back again; each time the data are the same as before.
fn there_and_back(desk: &mut Desk, act: Merge) -> Children {
    let before = everything(desk);
    let moved = desk.act(act).reply;
    let after = everything(desk);
    assert_ne!(before, after);
    for _ in 0..2 {
        desk.act(undo());
        assert_eq!(before, everything(desk));
        desk.act(Redo);
        assert_eq!(after, everything(desk));
    }
    moved
}

#[test]
fn of_two_leads_one_stays_with_what_was_chosen_and_all_children() {
    let mut desk = Desk::new();
    let master = lead(&mut desk, &[("first_name", "Ann"), ("phone", "1"), ("city", "Bern")]);
    let other =
        lead(&mut desk, &[("first_name", "Anna"), ("phone", "2"), ("email", "ann@contoso.example"), ("job_title", "CEO")]);
    let (bo, cy) =
        (made(&mut desk, Entity::Contact, &[("last_name", "Bo")]), made(&mut desk, Entity::Contact, &[("last_name", "Cy")]));
    for (one, to, role) in [(master, bo, ""), (other, bo, "consultant"), (other, cy, "partner"), (other, master, "twin")] {
        desk.act(Associate { one, other: to, role: role.into() });
    }
    for (about, body) in [(master, "first"), (other, "second"), (other, "third"), (other, "gone")] {
        desk.act(AddNote { about, body: body.into() });
    }
    desk.act(DeleteNote { note: 4 });
    for (key, tags) in [(master, ["a", "b"]), (other, ["B", "c"])] {
        desk.act(TagRecords { targets: Targets::one(key), add: tags.map(str::to_owned).into(), remove: Vec::new() });
    }
    let take = ids(&desk, Entity::Lead, &["phone", "email"]);
    let moved = there_and_back(&mut desk, Merge { master, other, take });
    assert_eq!(moved, Children { notes: 2, files: 0, links: 2, references: 0 });
    assert_eq!(moved.words().as_deref(), Some("2 notes and 2 links"));
    assert_eq!((text(&desk, master, "phone"), text(&desk, master, "email")), ("2".into(), "ann@contoso.example".into()));
    // what was not taken is not filled by itself
    assert_eq!((text(&desk, master, "name"), text(&desk, master, "job_title")), ("Ann Lee".into(), String::new()));
    assert_eq!(held(&desk, master, "tags"), Value::Tags(vec!["a".into(), "b".into(), "c".into()]));
    assert_eq!(held(&desk, other, "merged"), Value::Bool(true));
    assert_eq!(held(&desk, other, "master").as_int(), Some(master.number));
    assert_eq!(
        (held(&desk, other, "status"), held(&desk, other, "status_reason")),
        (Value::Choice(DISQUALIFIED), Value::Choice(7))
    );
    assert!(!held(&desk, other, "closed_at").is_none());
    let db = desk.service.db();
    let links = store::link::of(db, master).unwrap();
    assert_eq!(links, [(bo, "consultant".into()), (cy, "partner".into())]);
    assert!(store::link::of(db, other).unwrap().is_empty());
    assert_eq!(store::note::count(db, master).unwrap(), 3);
    assert!(store::note::numbers_of(db, other).unwrap().is_empty());
}

#[test]
fn what_refers_to_an_account_or_a_contact_follows_it() {
    let mut desk = Desk::new();
    let (master, other) =
        (made(&mut desk, Entity::Account, &[("name", "Contoso")]), made(&mut desk, Entity::Account, &[("name", "Contoso Ltd")]));
    let child = made(&mut desk, Entity::Account, &[("name", "Contoso East")]);
    let ann = made(&mut desk, Entity::Contact, &[("last_name", "Lee")]);
    let twin = made(&mut desk, Entity::Contact, &[("last_name", "Leigh")]);
    let of = |key: RecordId| Value::link(key.number);
    put(&mut desk, child, "parent_account", of(other));
    put(&mut desk, master, "parent_account", of(other));
    put(&mut desk, ann, "account", of(other));
    put(&mut desk, other, "primary_contact", of(twin));
    let first = lead(&mut desk, &[]);
    let act = QualifyLead {
        lead: first.number,
        account: Part::Existing(other.number),
        contact: Part::Existing(twin.number),
        opportunity: Some(Deal::default()),
        reason: None,
    };
    let deal = desk.act(act).reply.created[0];
    desk.act(DeleteRecords { targets: Targets::one(ann) });
    let moved = there_and_back(&mut desk, Merge { master, other, take: Vec::new() });
    // the child, the deleted contact, the closed lead, the opportunity
    assert_eq!(moved.references, 4);
    for (key, field) in [(child, "parent_account"), (ann, "account"), (first, "parent_account"), (deal, "account")] {
        assert_eq!(held(&desk, key, field).as_int(), Some(master.number), "{key}");
    }
    assert!(held(&desk, master, "parent_account").is_none(), "its own parent");
    assert!(held(&desk, master, "primary_contact").is_none(), "not taken");
    assert_eq!((held(&desk, other, "status"), held(&desk, other, "status_reason")), (Value::Choice(INACTIVE), Value::Choice(2)));
    // the contacts: the primary contact and the one of the opportunity, with its role as stakeholder
    let li = made_twin(&mut desk, deal);
    let moved = there_and_back(&mut desk, Merge { master: twin, other: li, take: Vec::new() });
    assert_eq!((moved.links, moved.references), (1, 1));
    // what was merged into the other before points to the master now
    let third = made(&mut desk, Entity::Account, &[("name", "Contoso AG")]);
    there_and_back(&mut desk, Merge { master: third, other: master, take: Vec::new() });
    assert_eq!(held(&desk, other, "master").as_int(), Some(third.number));
}

/// A contact that an opportunity is linked to and an account refers to.
fn made_twin(desk: &mut Desk, deal: RecordId) -> RecordId {
    let contact = made(desk, Entity::Contact, &[("last_name", "Li")]);
    let account = made(desk, Entity::Account, &[("name", "Fabrikam")]);
    put(desk, account, "primary_contact", Value::link(contact.number));
    desk.act(Associate { one: contact, other: deal, role: "Decision Maker".into() });
    contact
}

#[test]
fn what_cannot_be_merged_is_said_and_nothing_changes() {
    let mut desk = Desk::new();
    let (one, two) = (lead(&mut desk, &[]), lead(&mut desk, &[]));
    let account = made(&mut desk, Entity::Account, &[("name", "Contoso")]);
    let deal =
        desk.act(CreateRecord { entity: Entity::Opportunity, values: desk.values_of(Entity::Opportunity, &[("name", "Deal")]) });
    let deal = Entity::Opportunity.numbered(deal.reply);
    let gone = lead(&mut desk, &[]);
    desk.act(DeleteRecords { targets: Targets::one(gone) });
    let merge = |master, other| Merge { master, other, take: Vec::new() };
    for (act, said) in [
        (merge(one, one), "L-1 cannot be merged with itself"),
        (merge(one, account), "L-1 is a lead and A-1 an account: they cannot be merged"),
        (merge(deal, deal), "O-1 is an opportunity and cannot be merged"),
        (merge(Entity::Product.numbered(1), Entity::Product.numbered(2)), "P-1 is a product and cannot be merged"),
        (merge(Entity::Request.numbered(1), Entity::Request.numbered(2)), "R-1 is a request and cannot be merged"),
        (merge(one, gone), "L-3 is deleted and cannot be merged"),
        (merge(one, RecordId::lead(99)), "there is no lead L-99"),
        (Merge { take: ids(&desk, Entity::Lead, &["owner"]), ..merge(one, two) }, "Owner is not taken from another record"),
        (Merge { take: ids(&desk, Entity::Account, &["phone"]), ..merge(one, two) }, "is not taken from another record"),
    ] {
        let before = everything(&desk);
        let error = refusal(desk.try_act(act));
        assert!(error.contains(said), "{error}");
        assert_eq!(before, everything(&desk));
    }
    desk.act(merge(one, two));
    let into = "L-2 was merged into L-1; work on that";
    assert!(refusal(desk.try_act(merge(one, two))).contains(into));
    assert!(refusal(desk.try_act(merge(two, one))).contains(into));
    assert!(refusal(desk.try_act(ReopenRecords { targets: Targets::one(two) })).contains(into));
    let qualify = QualifyLead { lead: two.number, account: Part::None, contact: Part::None, opportunity: None, reason: None };
    assert!(refusal(desk.try_act(qualify.clone())).contains(into));
    assert!(refusal(desk.service.ask(&RetrieveMerge { one, other: two }, &desk.ctx)).contains(into));
    // a qualified lead can only be the master
    let third = lead(&mut desk, &[("city", "Bern")]);
    desk.act(QualifyLead { lead: one.number, ..qualify });
    assert!(refusal(desk.try_act(merge(third, one))).contains("L-1 is qualified and cannot be merged into another lead"));
    let found = desk.service.ask(&RetrieveMerge { one: third, other: one }, &desk.ctx).unwrap();
    assert!(found.obstacles[0].is_none() && found.obstacles[1].is_some());
    let take = ids(&desk, Entity::Lead, &["city"]);
    let error = refusal(desk.try_act(Merge { take, ..merge(one, third) }));
    assert!(error.contains("L-1 is qualified and so read-only: City stays as it is"), "{error}");
    desk.act(merge(one, third));
}

#[test]
fn a_merged_customer_is_no_match_of_a_lead() {
    let mut desk = Desk::new();
    let typed = [("last_name", "Lee"), ("email", "ann@contoso.example")];
    let (one, two) = (made(&mut desk, Entity::Contact, &typed), made(&mut desk, Entity::Contact, &typed));
    let lead = lead(&mut desk, &[("email", "ann@contoso.example")]);
    let keys = |desk: &Desk| -> Vec<RecordId> {
        let found = desk.service.ask(&RetrieveMatches { lead: lead.number }, &desk.ctx).unwrap();
        found.matches.contacts.iter().map(|found| found.key).collect()
    };
    assert_eq!(keys(&desk), [one, two]);
    desk.act(Merge { master: two, other: one, take: Vec::new() });
    assert_eq!(keys(&desk), [two]);
}

#[test]
fn what_the_master_lacks_is_proposed_and_amounts_keep_their_currency() {
    let mut desk = Desk::new();
    let master = lead(&mut desk, &[("city", "Bern"), ("phone", "1")]);
    let other = lead(
        &mut desk,
        &[("phone", "2"), ("email", "a@b.example"), ("currency", "EUR"), ("estimated_value", "40k"), ("budget_amount", "9")],
    );
    let proposed = |desk: &Desk, master, other| {
        let registry = &desk.ctx.catalog.lead;
        let take = propose(registry, &record(desk, master), &record(desk, other));
        take.iter().map(|id| registry.field(*id).name).collect::<Vec<_>>()
    };
    assert_eq!(proposed(&desk, master, other), ["email", "estimated_value", "currency", "budget_amount"]);
    let registry = &desk.ctx.catalog.lead;
    let names: Vec<&str> =
        differing(registry, &record(&desk, master), &record(&desk, other)).iter().map(|id| registry.field(*id).name).collect();
    assert_eq!(names, ["email", "phone", "estimated_value", "currency", "budget_amount", "city"]);
    // the currency goes with the amounts where the master has none
    let take = ids(&desk, Entity::Lead, &["estimated_value"]);
    there_and_back(&mut desk, Merge { master, other, take });
    assert_eq!(text(&desk, master, "currency"), "EUR");
    desk.act(undo());
    let dollars = vec![("currency", "USD"), ("estimated_value", "5")];
    let values = desk.values(&dollars);
    desk.act(UpdateRecords { targets: Targets::one(master), values, leave_out_closed: false });
    assert_eq!(proposed(&desk, master, other), ["email"]);
    for names in [&["budget_amount"][..], &["currency"]] {
        let take = ids(&desk, Entity::Lead, names);
        let error = refusal(desk.try_act(Merge { master, other, take }));
        assert!(error.contains("take the amounts and Currency from the same record"), "{error}");
    }
    let take = ids(&desk, Entity::Lead, &["currency", "budget_amount", "estimated_value"]);
    desk.act(Merge { master, other, take });
    assert_eq!(
        (text(&desk, master, "currency"), held(&desk, master, "estimated_value")),
        ("EUR".into(), Value::Money(400_000_000))
    );
}

#[test]
fn a_seller_merges_and_takes_back_what_others_hang_on() {
    let mut desk = Desk::new();
    let bo = desk.act(AddUser { login: "bo".into(), name: "Bo".into(), role: Role::Seller }).reply;
    let (one, two) = (made(&mut desk, Entity::Account, &[("name", "A")]), made(&mut desk, Entity::Account, &[("name", "B")]));
    let contact = made(&mut desk, Entity::Contact, &[("last_name", "Lee")]);
    put(&mut desk, contact, "account", Value::link(two.number));
    desk.act(AssignRecords { targets: Targets::one(one), owner: Owner::User(bo), note: None, activities: false });
    desk.ctx.user = bo;
    desk.ctx.role = Role::Seller;
    let act = Merge { master: one, other: two, take: Vec::new() };
    assert!(matches!(desk.try_act(act.clone()), Err(Error::Denied(_))));
    assert!(desk.service.ask(&RetrieveMerge { one, other: two }, &desk.ctx).is_err());
    desk.ctx.user = 1;
    desk.ctx.role = Role::Admin;
    desk.act(AssignRecords { targets: Targets::one(two), owner: Owner::User(bo), note: None, activities: false });
    desk.ctx.user = bo;
    desk.ctx.role = Role::Seller;
    // the contact is ana's and follows all the same, both ways
    there_and_back(&mut desk, act);
    assert_eq!(held(&desk, contact, "account").as_int(), Some(one.number));
}
