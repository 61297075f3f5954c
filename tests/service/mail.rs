//! Mails that are filed: on whom, once, in which direction, with what is made of a stranger; and that undo takes it back.

use leadbook::exchange::mail::read;
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::people::Role;
use leadbook::service::activity::mail::{FileMail, Filed};
use leadbook::service::merge::Merge;
use leadbook::service::people::AddUser;
use leadbook::service::qualify::close::DisqualifyLeads;
use leadbook::service::qualify::{Part, QualifyLead};
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::delete::DeleteRecords;
use leadbook::service::record::purge::Purge;
use leadbook::service::record::read::{Entry, GetRecord};
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};
use leadbook::store;

use crate::common::Desk;

/// The fields of a message and its text.
fn message(head: &str, text: &str) -> Vec<u8> {
    format!("Date: Mon, 23 Nov 2026 08:00:00 +0000\n{head}\n{text}\n").into_bytes()
}

fn act(bytes: &[u8], create: bool) -> FileMail {
    FileMail { mail: read(bytes).expect("a mail"), own: vec!["ana@us.example".into(), "Office@us.example".into()], create }
}

fn file(desk: &mut Desk, bytes: &[u8]) -> Filed {
    desk.act(act(bytes, false)).reply
}

fn made(desk: &mut Desk, entity: Entity, typed: &[(&str, &str)]) -> RecordId {
    let values = desk.values_of(entity, typed);
    entity.numbered(desk.act(CreateRecord { entity, values }).reply)
}

/// A lead, a contact and an account that share an address, in different fields.
fn ann(desk: &mut Desk) -> [RecordId; 3] {
    [
        made(desk, Entity::Lead, &[("last_name", "Lee"), ("topic", "Printers"), ("email", "Ann@contoso.example")]),
        made(desk, Entity::Contact, &[("last_name", "Lee"), ("email", "x@contoso.example"), ("email2", "ann@Contoso.example")]),
        made(desk, Entity::Account, &[("name", "Contoso"), ("email3", "ANN@contoso.example")]),
    ]
}

/// The activities that are read on a record, as their numbers.
fn read_on(desk: &Desk, record: RecordId) -> Vec<i64> {
    let detail = desk.service.ask(&GetRecord { record, entries: 50 }, &desk.ctx).expect("a record");
    let numbers = detail.timeline.iter().filter_map(|entry| match entry {
        Entry::Activity(activity) => Some(activity.number),
        _ => None,
    });
    let numbers: Vec<i64> = numbers.collect();
    assert_eq!(numbers.len() as i64, detail.activities, "what is counted is listed");
    numbers
}

/// A field of an activity as people read it.
fn shown(desk: &Desk, activity: i64, field: &str) -> String {
    let registry = &desk.ctx.catalog.activity;
    let record = store::record::need(desk.service.db(), registry, activity).expect("an activity");
    let id = registry.find(field).unwrap_or_else(|| panic!("no field {field}"));
    desk.ctx.showing().show(registry.field(id), record.get(id), "")
}

const FROM_ANN: &str =
    "From: Ann Lee <ann@contoso.example>\nTo: ana@us.example\nSubject: Price list\nMessage-ID: <m1@contoso.example>\n";

#[test]
fn a_mail_is_one_activity_read_on_all_whose_it_is() {
    let mut desk = Desk::new();
    let everybody = ann(&mut desk);
    let other = made(&mut desk, Entity::Lead, &[("last_name", "Ek"), ("topic", "x"), ("email", "bo@contoso.example")]);
    let filed = file(&mut desk, &message(FROM_ANN, "Hello"));
    assert_eq!((filed.on.as_slice(), filed.before, filed.said.len()), (&everybody[..], false, 0));
    let activity = filed.activity.expect("an activity");
    for record in everybody {
        assert_eq!(read_on(&desk, record), [activity], "{record}");
    }
    assert!(read_on(&desk, other).is_empty());
    for (field, value) in [
        ("name", "Price list"),
        ("kind", "Email"),
        ("direction", "Incoming"),
        ("status", "Completed"),
        ("status_reason", "Received"),
        ("sender", "Ann Lee <ann@contoso.example>"),
        ("recipients", "ana@us.example"),
        ("description", "Hello"),
        ("message_id", "m1@contoso.example"),
        ("sent_at", "08:00"),
        ("override_note", ""),
    ] {
        assert_eq!(shown(&desk, activity, field), value, "{field}");
    }
    assert_eq!(desk.shown(everybody[0].number, "status_reason"), "New", "what comes in is no contact of ours");
}

#[test]
fn fed_twice_it_is_filed_once_until_it_is_taken_back() {
    let mut desk = Desk::new();
    let [lead, ..] = ann(&mut desk);
    for bytes in [message(FROM_ANN, "Hello"), message(&FROM_ANN.replace("Message-ID: <m1@contoso.example>\n", ""), "no id")] {
        let before = read_on(&desk, lead);
        let filed = file(&mut desk, &bytes);
        let again = desk.act(act(&bytes, true));
        assert_eq!((again.reply.activity, again.reply.before, again.step), (filed.activity, true, None));
        assert_eq!(again.reply.on, filed.on);
        desk.act(Undo { step: None, origins: Vec::new() });
        assert_eq!(read_on(&desk, lead), before);
        desk.act(Redo);
        assert_eq!(read_on(&desk, lead).len(), before.len() + 1);
        assert!(file(&mut desk, &bytes).before);
    }
}

#[test]
fn what_we_write_goes_out_and_is_a_contact() {
    let mut desk = Desk::new();
    let [lead, ..] = ann(&mut desk);
    let head = "From: Ana <OFFICE@us.example>\nTo: Ann <ann@contoso.example>\nSubject: Offer\nMessage-ID: <o1@us.example>\n";
    let filed = file(&mut desk, &message(head, "our offer"));
    let activity = filed.activity.expect("an activity");
    assert_eq!(
        (shown(&desk, activity, "direction"), shown(&desk, activity, "status_reason")),
        ("Outgoing".into(), "Sent".into())
    );
    assert_eq!(desk.shown(lead.number, "status_reason"), "Contacted");
    desk.act(Undo { step: None, origins: Vec::new() });
    assert_eq!(desk.shown(lead.number, "status_reason"), "New");
    // without own addresses the one who is not known is the one who writes here
    let unset = FileMail { own: Vec::new(), ..act(&message(&head.replace("o1@", "o2@"), "our offer"), false) };
    let number = desk.act(unset).reply.activity.expect("an activity");
    assert_eq!(shown(&desk, number, "direction"), "Outgoing");
    let unset = FileMail { own: Vec::new(), ..act(&message(FROM_ANN, "Hello"), false) };
    let number = desk.act(unset).reply.activity.expect("an activity");
    assert_eq!(shown(&desk, number, "direction"), "Incoming");
}

#[test]
fn on_none_when_more_than_five_share_the_address() {
    let mut desk = Desk::new();
    for at in 0..5 {
        let name = format!("Lee{at}");
        made(&mut desk, Entity::Lead, &[("last_name", &name), ("topic", "x"), ("email", "ann@contoso.example")]);
    }
    let filed = file(&mut desk, &message(FROM_ANN, "Hello"));
    assert_eq!(filed.on.len(), 5);
    desk.act(Undo { step: None, origins: Vec::new() });
    let sixth = made(&mut desk, Entity::Account, &[("name", "Contoso"), ("email2", "ann@contoso.example")]);
    let done = desk.act(act(&message(FROM_ANN, "Hello"), true));
    assert_eq!((done.reply.activity, done.step), (None, None));
    assert_eq!(done.reply.said, ["more than 5 open records have ann@contoso.example: it is filed on none of them"]);
    // another address of the same mail is filed on
    let cc = made(&mut desk, Entity::Contact, &[("last_name", "Ek"), ("email", "bo@contoso.example")]);
    let filed = file(&mut desk, &message(&format!("{FROM_ANN}Cc: bo@contoso.example\n"), "Hello"));
    assert_eq!((filed.on.as_slice(), filed.said.len()), (&[cc][..], 1));
    assert!(read_on(&desk, sixth).is_empty());
}

#[test]
fn an_answer_goes_where_the_talk_is() {
    let mut desk = Desk::new();
    let everybody = ann(&mut desk);
    file(&mut desk, &message(FROM_ANN, "Hello"));
    let head = "From: carl@elsewhere.example\nTo: ana@us.example\nSubject: Re: Price list\nMessage-ID: <c1@elsewhere.example>\n\
                References: <m0@x.example> <m1@contoso.example>\n <n9@nobody.example>\n";
    let filed = desk.act(act(&message(head, "for Ann"), true)).reply;
    assert_eq!((filed.on.as_slice(), filed.made), (&everybody[..], None));
    let number = filed.activity.expect("an activity");
    assert_eq!(shown(&desk, number, "in_reply_to"), "n9@nobody.example");
}

#[test]
fn closed_records_and_strangers_are_told_of() {
    let mut desk = Desk::new();
    let nobody = file(&mut desk, &message(FROM_ANN, "Hello"));
    assert_eq!(nobody.said, ["ann@contoso.example is known to no record here; --create makes a lead of such a sender"]);
    let outgoing = message("From: ana@us.example\nTo: who@x.example\n", "x");
    assert_eq!(desk.act(act(&outgoing, true)).reply.said, ["nobody whom it is from or to is known here"]);
    let lead = made(&mut desk, Entity::Lead, &[("last_name", "Lee"), ("topic", "x"), ("email", "ann@contoso.example")]);
    desk.act(DeleteRecords { targets: Targets::one(lead) });
    assert!(file(&mut desk, &message(FROM_ANN, "Hello")).said[0].contains("known to no record"));
    let lead = made(&mut desk, Entity::Lead, &[("last_name", "Lee"), ("topic", "x"), ("email", "ann@contoso.example")]);
    desk.act(DisqualifyLeads { targets: Targets::one(lead), reason: 4, note: None });
    let closed = desk.act(act(&message(FROM_ANN, "Hello"), true)).reply;
    assert_eq!(closed.said, [format!("ann@contoso.example is on {lead} alone, which is closed; reopen it to file mails on it")]);
    assert_eq!((closed.activity, closed.made), (None, None));
}

#[test]
fn a_lead_is_made_of_a_stranger_but_not_of_a_program() {
    let mut desk = Desk::new();
    let head = FROM_ANN.replace("Price list", "AW: Re: 3D printers");
    for (line, words) in [
        ("Precedence: bulk\n", "a mail to many"),
        ("List-Id: <x.example>\n", "from a mailing list"),
        ("Auto-Submitted: auto-replied\n", "an automatic mail"),
        ("Return-Path: <>\n", "a notice that a mail was not delivered"),
    ] {
        let done = desk.act(act(&message(&format!("{head}{line}"), "Hello"), true));
        assert_eq!((done.reply.activity, done.step), (None, None), "{line}");
        assert_eq!(
            done.reply.said,
            [format!("ann@contoso.example is known to no record here, and no lead is made of it: it is {words}")]
        );
    }
    let done = desk.act(act(&message(&head, "We need three."), true));
    let lead = done.reply.made.expect("a lead");
    assert_eq!((done.reply.on.as_slice(), done.summary.as_str()), (&[lead][..], "Filed AW: Re: 3D printers on Ann Lee · T-1"));
    for (field, value) in [
        ("first_name", "Ann"),
        ("last_name", "Lee"),
        ("email", "ann@contoso.example"),
        ("topic", "3D printers"),
        ("source", "E-mail"),
        ("status_reason", "New"),
    ] {
        assert_eq!(desk.shown(lead.number, field), value, "{field}");
    }
    // the next one is known
    let next = message("From: ann@contoso.example\nTo: ana@us.example\nSubject: more\n", "And paper.");
    assert_eq!(desk.act(act(&next, true)).reply.on, [lead]);
    // names that programs and people write
    for (from, first, last) in [
        ("<bo.ek@x.example>", "bo", "ek"),
        ("\"info@y.example\" <info@y.example>", "", "info"),
        ("\"Diaz, Cy\" <cy@z.example>", "Cy", "Diaz"),
        ("=?utf-8?q?J=C3=BCrgen_=1B[31m?= <j@w.example>", "Jürgen", "[31m"),
    ] {
        let reply = desk.act(act(&message(&format!("From: {from}\nTo: ana@us.example\n"), "x"), true)).reply;
        let lead = reply.made.unwrap_or_else(|| panic!("{from}: {reply:?}"));
        assert_eq!(
            (desk.shown(lead.number, "first_name"), desk.shown(lead.number, "last_name")),
            (first.into(), last.into()),
            "{from}"
        );
        assert!(desk.shown(lead.number, "topic").starts_with("Mail from "));
    }
}

#[test]
fn files_are_kept_or_their_absence_is_told() {
    let mut desk = Desk::new();
    ann(&mut desk);
    let parts = "--b\n\nsee both\n--b\nContent-Disposition: attachment; filename=offer.txt\n\noffer\n--b\n\
                 Content-Disposition: attachment; filename=setup.exe\n\nMZ\n--b--\n";
    let filed = file(&mut desk, &message(&format!("{FROM_ANN}Content-Type: multipart/mixed; boundary=b\n"), parts));
    assert_eq!(filed.files, ["offer.txt"]);
    assert!(filed.said[0].starts_with("Not kept: setup.exe: "), "{:?}", filed.said);
    let text = shown(&desk, filed.activity.expect("an activity"), "description");
    assert!(text.starts_with("see both\n\n[Not kept: setup.exe: "), "{text}");
}

#[test]
fn who_may_not_write_a_record_files_nothing_on_it() {
    let mut desk = Desk::new();
    ann(&mut desk);
    let bo = desk.act(AddUser { login: "bo".into(), name: String::new(), role: Role::Seller }).reply;
    desk.ctx.user = bo;
    desk.ctx.role = Role::Seller;
    let done = desk.act(act(&message(FROM_ANN, "Hello"), true));
    assert_eq!((done.reply.activity, done.reply.made, done.step), (None, None, None));
    assert!(done.reply.said[0].contains("bo may not write it"), "{:?}", done.reply.said);
}

#[test]
fn what_is_merged_is_read_on_the_one_that_stays() {
    let mut desk = Desk::new();
    let [lead, contact, _] = ann(&mut desk);
    let number = file(&mut desk, &message(FROM_ANN, "Hello")).activity.expect("an activity");
    let second = made(&mut desk, Entity::Contact, &[("last_name", "Lee")]);
    desk.act(Merge { master: second, other: contact, take: Vec::new() });
    assert_eq!(read_on(&desk, second), [number]);
    assert!(read_on(&desk, contact).is_empty());
    desk.act(Undo { step: None, origins: Vec::new() });
    assert_eq!(read_on(&desk, contact), [number]);
    assert!(read_on(&desk, second).is_empty());
    assert_eq!(read_on(&desk, lead), [number]);
}

#[test]
fn a_record_that_goes_takes_no_mail_from_the_others() {
    let mut desk = Desk::new();
    let [lead, contact, account] = ann(&mut desk);
    let number = file(&mut desk, &message(FROM_ANN, "Hello")).activity.expect("an activity");
    desk.act(DeleteRecords { targets: Targets::one(lead) });
    assert_eq!((read_on(&desk, contact), read_on(&desk, account)), (vec![number], vec![number]));
    desk.act(Purge { before: i64::MAX });
    assert_eq!((read_on(&desk, contact), read_on(&desk, account)), (vec![number], vec![number]));
    assert_eq!(shown(&desk, number, "regarding"), "Contoso");
}

#[test]
fn what_is_read_on_a_lead_and_on_whom_it_became_is_listed_once() {
    let mut desk = Desk::new();
    let [lead, contact, _] = ann(&mut desk);
    let number = file(&mut desk, &message(FROM_ANN, "Hello")).activity.expect("an activity");
    let (account, contact_of) = (Part::None, Part::Existing(contact.number));
    desk.act(QualifyLead { lead: lead.number, account, contact: contact_of, opportunity: None, reason: None });
    assert_eq!(read_on(&desk, contact), [number]);
}

#[test]
fn addresses_are_found_by_indexes() {
    let desk = Desk::new();
    for entity in store::mail::WITH_ADDRESS {
        for open in [true, false] {
            let (sql, values) = store::mail::statement(entity, "ann@contoso.example", open, 6);
            let plan = desk.service.db().explain(&sql, &values).expect("a plan").join("\n");
            assert!(!plan.contains(&format!("SCAN {}", entity.name())), "{plan}");
        }
    }
}
