//! Qualifying leads: what is made, what is tied, what is refused, and that all of it comes back. Source: rules 3 to 7.

use leadbook::error::Error;
use leadbook::model::choice::{DISQUALIFIED, OPEN, QUALIFIED};
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::record::Record;
use leadbook::service::link::{Associate, Disassociate};
use leadbook::service::note::AddNote;
use leadbook::service::opportunity::{CloseOpportunity, Outcome};
use leadbook::service::qualify::close::DisqualifyLeads;
use leadbook::service::qualify::matches::{RetrieveMatches, find};
use leadbook::service::qualify::{Deal, Part, Qualified, QualifyLead, QualifyMany, QualifyPlan};
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::read::{GetRecord, Tie};
use leadbook::service::record::reopen::ReopenRecords;
use leadbook::service::record::update::UpdateRecords;
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};
use leadbook::store;

use crate::common::Desk;

fn undo() -> Undo {
    Undo { step: None, origins: Vec::new() }
}

fn act(lead: i64, account: Part, contact: Part, opportunity: bool) -> QualifyLead {
    QualifyLead { lead, account, contact, opportunity: opportunity.then(Deal::default), reason: None }
}

fn record(desk: &Desk, key: RecordId) -> Record {
    store::record::need(desk.service.db(), desk.ctx.catalog.registry(key.entity), key.number).unwrap()
}

/// The number or code that a field of a record holds.
fn held(desk: &Desk, key: RecordId, field: &'static str) -> Option<i64> {
    record(desk, key).named(desk.ctx.catalog.registry(key.entity), field).as_int()
}

fn ann(desk: &mut Desk) -> i64 {
    desk.lead(&[
        ("first_name", "Ann"),
        ("last_name", "Lee"),
        ("company", "Contoso GmbH"),
        ("topic", "3D printers"),
        ("email", "ann@contoso.example"),
        ("phone", "+1 555 010 0123"),
        ("city", "Berlin"),
        ("estimated_value", "40k"),
        ("rating", "hot"),
        ("do_not_phone", "do not allow"),
    ])
}

fn account(desk: &mut Desk, values: &[(&str, &str)]) -> i64 {
    made(desk, Entity::Account, values)
}

fn made(desk: &mut Desk, entity: Entity, typed: &[(&str, &str)]) -> i64 {
    let values = desk.values_of(entity, typed);
    desk.act(CreateRecord { entity, values }).reply
}

fn everything(desk: &Desk) -> Vec<String> {
    [desk.dump(), desk.dump_customers()].concat()
}

#[test]
fn a_lead_becomes_all_three_tied_to_each_other() {
    let mut desk = Desk::new();
    let lead = ann(&mut desk);
    let done = desk.act(act(lead, Part::New, Part::New, true));
    let [account, contact, deal] = done.reply.created[..] else { panic!("{:?}", done.reply) };
    assert_eq!(done.summary, "Qualified Ann Lee → A-1, C-1, O-1");
    let key = RecordId::lead(lead);
    for made in [account, contact, deal] {
        assert_eq!(held(&desk, made, "originating_lead"), Some(lead), "{made}");
    }
    assert_eq!(held(&desk, key, "status"), Some(QUALIFIED));
    assert!(held(&desk, key, "closed_at").is_some());
    assert_eq!((held(&desk, key, "parent_account"), held(&desk, key, "parent_contact")), (Some(1), Some(1)));
    assert_eq!((held(&desk, contact, "account"), held(&desk, account, "primary_contact")), (Some(1), Some(1)));
    assert_eq!((held(&desk, deal, "account"), held(&desk, deal, "contact")), (Some(1), Some(1)));
    assert_eq!(held(&desk, deal, "stage"), Some(1), "Develop");
    // what the lead said is there, and only there where it belongs
    let text = |key, field| record(&desk, key).text(desk.ctx.catalog.registry(key.entity), field).to_owned();
    assert_eq!((text(account, "name"), text(account, "city")), ("Contoso GmbH".into(), "Berlin".into()));
    assert_eq!((text(contact, "name"), text(contact, "email")), ("Ann Lee".into(), "ann@contoso.example".into()));
    assert_eq!(text(deal, "name"), "3D printers");
    assert_eq!(held(&desk, deal, "estimated_value"), Some(400_000_000));
    assert_eq!(held(&desk, contact, "do_not_phone"), Some(1));
    // the contact is a stakeholder of the opportunity, seen on both sides
    let related = desk.service.ask(&GetRecord { record: contact, entries: 10 }, &desk.ctx).unwrap().related;
    assert!(related.iter().any(|r| r.key == deal && r.tie == Tie::Link("Stakeholder".into())), "{related:?}");
    // and an account shows its contacts, opportunities and leads
    let related = desk.service.ask(&GetRecord { record: account, entries: 10 }, &desk.ctx).unwrap().related;
    for wanted in [contact, deal, key] {
        assert!(related.iter().any(|r| r.key == wanted), "{wanted} in {related:?}");
    }
}

#[test]
fn any_of_the_eight_combinations_is_legal_with_and_without_a_company() {
    for company in ["Contoso", ""] {
        for bits in 0..8 {
            let mut desk = Desk::new();
            let lead = desk.lead(&[("last_name", "Lee"), ("topic", "T"), ("company", company)]);
            let new = |bit: i32| if bits & bit > 0 { Part::New } else { Part::None };
            let done = desk.act(act(lead, new(1), new(2), bits & 4 > 0)).reply;
            let made = |entity| done.created.iter().any(|record| record.entity == entity);
            assert_eq!(made(Entity::Account), bits & 1 > 0 && !company.is_empty(), "{bits} {company}");
            assert_eq!((made(Entity::Contact), made(Entity::Opportunity)), (bits & 2 > 0, bits & 4 > 0), "{bits} {company}");
            assert_eq!(held(&desk, RecordId::lead(lead), "status"), Some(QUALIFIED));
        }
    }
}

#[test]
fn existing_records_are_tied_and_stay_as_they_are() {
    for bits in 0..4 {
        let mut desk = Desk::new();
        let lead = ann(&mut desk);
        let fabrikam = account(&mut desk, &[("name", "Fabrikam")]);
        let bo = made(&mut desk, Entity::Contact, &[("last_name", "Ek")]);
        let (a, c) = (Entity::Account.numbered(fabrikam), Entity::Contact.numbered(bo));
        let before = (record(&desk, a), record(&desk, c));
        let part = |bit: i32, number| if bits & bit > 0 { Part::Existing(number) } else { Part::New };
        let done = desk.act(act(lead, part(1, fabrikam), part(2, bo), true)).reply;
        let linked = [(bits & 1 > 0).then_some(a), (bits & 2 > 0).then_some(c)];
        assert_eq!(done.linked, linked.into_iter().flatten().collect::<Vec<_>>());
        assert_eq!((record(&desk, a), record(&desk, c)), before, "{bits}");
        let key = RecordId::lead(lead);
        assert_eq!(held(&desk, key, "parent_account") == Some(fabrikam), bits & 1 > 0);
        assert_eq!(held(&desk, key, "parent_contact") == Some(bo), bits & 2 > 0);
    }
}

#[test]
fn what_is_not_open_is_refused_in_words() {
    let mut desk = Desk::new();
    let lead = ann(&mut desk);
    desk.act(act(lead, Part::None, Part::None, false));
    let error = desk.try_act(act(lead, Part::New, Part::New, true)).unwrap_err().to_string();
    assert!(error.contains("L-1 is qualified already and cannot be qualified") && error.contains("reopens"), "{error}");
    let lost = DisqualifyLeads { targets: Targets::one(RecordId::lead(lead)), reason: 4, note: None };
    assert!(desk.try_act(lost).unwrap_err().to_string().contains("is qualified already and cannot be disqualified"));
    let other = ann(&mut desk);
    let mut wrong = act(other, Part::None, Part::None, false);
    wrong.reason = Some(5);
    let Error::Invalid(problems) = desk.try_act(wrong).unwrap_err() else { panic!("not refused") };
    assert_eq!(problems[0].field, "status_reason");
    assert!(desk.try_act(act(other, Part::Existing(77), Part::None, false)).unwrap_err().to_string().contains("A-77"));
    assert!(desk.try_act(act(99, Part::None, Part::None, false)).unwrap_err().to_string().contains("L-99"));
}

#[test]
fn one_undo_takes_all_of_it_back_and_redo_brings_it_again() {
    let mut desk = Desk::new();
    let lead = ann(&mut desk);
    desk.act(AddNote { about: RecordId::lead(lead), body: "Wants a demo".into() });
    let before = everything(&desk);
    desk.act(act(lead, Part::New, Part::New, true));
    let after = everything(&desk);
    assert_ne!(before, after);
    desk.act(undo());
    assert_eq!(before, everything(&desk));
    desk.act(Redo);
    assert_eq!(after, everything(&desk));
}

#[test]
fn an_undo_is_refused_while_something_else_hangs_on_it() {
    let mut desk = Desk::new();
    let lead = ann(&mut desk);
    let step = desk.act(act(lead, Part::New, Part::New, true)).step;
    let bo = made(&mut desk, Entity::Contact, &[("last_name", "Ek"), ("account", "A-1")]);
    let error = desk.try_act(Undo { step, origins: Vec::new() }).unwrap_err().to_string();
    assert!(error.contains("C-2 refers to A-1"), "{error}");
    let values = desk.values_of(Entity::Contact, &[("account", "")]);
    desk.act(UpdateRecords { targets: Targets::one(Entity::Contact.numbered(bo)), values, leave_out_closed: false });
    let values = desk.values_of(Entity::Opportunity, &[("probability", "40")]);
    desk.act(UpdateRecords { targets: Targets::one(Entity::Opportunity.numbered(1)), values, leave_out_closed: false });
    let error = desk.try_act(Undo { step, origins: Vec::new() }).unwrap_err().to_string();
    assert!(error.contains("changed since by") && error.contains("O-1"), "{error}");
    desk.act(undo());
    desk.act(Undo { step, origins: Vec::new() });
    assert_eq!(held(&desk, RecordId::lead(lead), "status"), Some(OPEN));
}

#[test]
fn a_reopened_lead_is_tied_to_what_it_became_before() {
    let mut desk = Desk::new();
    let lead = ann(&mut desk);
    desk.act(act(lead, Part::New, Part::New, true));
    desk.act(ReopenRecords { targets: Targets::one(RecordId::lead(lead)) });
    assert_eq!((held(&desk, RecordId::lead(lead), "status"), held(&desk, RecordId::lead(lead), "closed_at")), (Some(OPEN), None));
    let found = desk.service.ask(&RetrieveMatches { lead }, &desk.ctx).unwrap();
    let parts = (found.matches.account(&found.lead, &desk.ctx.catalog), found.matches.contact());
    assert_eq!(parts, (Part::Existing(1), Part::Existing(1)));
    let done = desk.act(act(lead, parts.0, parts.1, false)).reply;
    assert_eq!(done, Qualified { created: vec![], linked: vec![Entity::Account.numbered(1), Entity::Contact.numbered(1)] });
}

#[test]
fn a_match_says_why_and_only_an_own_mark_is_taken_by_itself() {
    let mut desk = Desk::new();
    let contoso = account(&mut desk, &[("name", "Contoso"), ("phone", "0015550100123")]);
    made(
        &mut desk,
        Entity::Contact,
        &[("first_name", "A."), ("last_name", "Lee"), ("email", "ANN@contoso.example"), ("account", "A-1")],
    );
    made(&mut desk, Entity::Contact, &[("first_name", "Ann"), ("last_name", "Lee")]);
    account(&mut desk, &[("name", "Contoso Retail"), ("website", "www.contoso.example")]);
    let lead = ann(&mut desk);
    let stored = record(&desk, RecordId::lead(lead));
    let found = find(desk.service.db(), &desk.ctx, &stored).unwrap();
    let shown: Vec<(i64, bool, &str)> =
        found.accounts.iter().map(|m| (m.key.number, m.is_strong, m.reasons[0].as_str())).collect();
    assert_eq!(shown, [(contoso, true, "its contact C-1 has this e-mail"), (2, false, "same mail domain")]);
    assert_eq!(
        found.accounts[0].reasons,
        ["its contact C-1 has this e-mail", "same name", "same phone"],
        "{:?}",
        found.accounts[0]
    );
    let shown: Vec<(i64, bool, &str)> =
        found.contacts.iter().map(|m| (m.key.number, m.is_strong, m.reasons[0].as_str())).collect();
    assert_eq!(shown, [(1, true, "same e-mail"), (2, false, "same name, other company")]);
    // a mail provider's domain is nobody's
    let other = desk.lead(&[("last_name", "Xu"), ("topic", "T"), ("email", "x@gmail.com")]);
    account(&mut desk, &[("name", "Y"), ("email", "y@gmail.com")]);
    let stored = record(&desk, RecordId::lead(other));
    assert_eq!(find(desk.service.db(), &desk.ctx, &stored).unwrap().accounts, []);
}

#[test]
fn many_leads_of_one_company_become_one_account() {
    let mut desk = Desk::new();
    for n in 0..5 {
        desk.lead(&[
            ("last_name", &format!("Lee{n}")),
            ("topic", "T"),
            ("company", "Contoso, Inc."),
            ("email", &format!("l{n}@contoso.example")),
        ]);
    }
    desk.act(act(1, Part::None, Part::None, false));
    let targets = Targets::leads(vec![1, 2, 3, 4, 5]);
    let (plan, _) = desk.service.ask(&QualifyPlan { targets: targets.clone(), opportunity: true }, &desk.ctx).unwrap();
    assert_eq!((plan.leads, plan.closed, plan.contacts, plan.opportunities), (4, 1, 4, 4));
    let before = everything(&desk);
    let done = desk.act(QualifyMany { targets, opportunity: true });
    assert_eq!((done.reply.leads, done.reply.accounts, done.reply.contacts, done.reply.linked), (4, 1, 4, 3));
    assert!(done.summary.starts_with("Qualified 4 leads: 1 account, 4 contacts, 4 opportunities new"), "{}", done.summary);
    desk.act(undo());
    assert_eq!(before, everything(&desk));
}

#[test]
fn disqualify_needs_a_reason_and_no_open_opportunity() {
    let mut desk = Desk::new();
    let lead = ann(&mut desk);
    let one = Targets::one(RecordId::lead(lead));
    let lose = |reason| DisqualifyLeads { targets: one.clone(), reason, note: Some("No budget this year".into()) };
    assert!(matches!(desk.try_act(lose(2)), Err(Error::Invalid(_))));
    desk.act(act(lead, Part::New, Part::New, true));
    desk.act(ReopenRecords { targets: one.clone() });
    let error = desk.try_act(lose(4)).unwrap_err().to_string();
    assert!(error.contains("open opportunity O-1 (3D printers)"), "{error}");
    let outcome = Outcome::Lost { competitor: None };
    desk.act(CloseOpportunity { opportunity: 1, outcome, reason: Some(4), date: None, note: None });
    desk.ctx.strict_disqualify = true;
    let error = desk.try_act(lose(4)).unwrap_err().to_string();
    assert!(error.contains("O-1 (3D printers) came from L-1"), "Dynamics' rule: {error}");
    desk.ctx.strict_disqualify = false;
    desk.act(lose(4));
    desk.act(undo());
    let other = ann(&mut desk);
    let one = Targets::one(RecordId::lead(other));
    let before = everything(&desk);
    desk.act(DisqualifyLeads { targets: one.clone(), reason: 6, note: Some("No budget this year".into()) });
    assert_eq!(held(&desk, RecordId::lead(other), "status"), Some(DISQUALIFIED));
    let detail = desk.service.ask(&GetRecord { record: RecordId::lead(other), entries: 10 }, &desk.ctx).unwrap();
    assert_eq!(detail.notes, 1);
    desk.act(undo());
    assert_eq!(before, everything(&desk));
}

#[test]
fn notes_of_the_lead_are_read_on_what_it_became() {
    let mut desk = Desk::new();
    let lead = ann(&mut desk);
    desk.act(AddNote { about: RecordId::lead(lead), body: "Wants a demo".into() });
    let fabrikam = account(&mut desk, &[("name", "Fabrikam")]);
    let done = desk.act(act(lead, Part::Existing(fabrikam), Part::New, true)).reply;
    desk.act(AddNote { about: RecordId::lead(lead), body: "Said later".into() });
    for key in done.created.iter().chain(&done.linked) {
        let detail = desk.service.ask(&GetRecord { record: *key, entries: 10 }, &desk.ctx).unwrap();
        assert_eq!(detail.notes, 2, "{key}");
    }
    assert_eq!(desk.service.db().number("SELECT count(*) FROM note", &[]).unwrap(), 2, "one copy");
}

#[test]
fn links_are_seen_on_both_sides_kept_after_closing_and_undone() {
    let mut desk = Desk::new();
    let lead = RecordId::lead(ann(&mut desk));
    let bo = Entity::Contact.numbered(made(&mut desk, Entity::Contact, &[("last_name", "Ek")]));
    desk.act(act(lead.number, Part::None, Part::None, false));
    let before = everything(&desk);
    desk.act(Associate { one: lead, other: bo, role: "Decision Maker".into() });
    for (one, other) in [(lead, bo), (bo, lead)] {
        let related = desk.service.ask(&GetRecord { record: one, entries: 10 }, &desk.ctx).unwrap().related;
        assert!(related.iter().any(|r| r.key == other && r.tie == Tie::Link("Decision Maker".into())), "{related:?}");
    }
    let with = everything(&desk);
    desk.act(Disassociate { one: bo, other: lead });
    assert_eq!(before, everything(&desk));
    desk.act(undo());
    assert_eq!(with, everything(&desk));
    desk.act(undo());
    assert_eq!(before, everything(&desk));
    assert!(desk.try_act(Disassociate { one: lead, other: bo }).is_err());
    assert!(desk.try_act(Associate { one: lead, other: lead, role: String::new() }).is_err());
}
