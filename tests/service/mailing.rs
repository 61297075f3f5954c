//! Mails that go out: templates filled in, marked before the hand-over and after it, what fails, what a crash leaves, whom they pass over.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use leadbook::exchange::mail::{Address, Letter, read};
use leadbook::model::entity::{Entity, RecordId};
use leadbook::service::activity::mail::hand_over::Mailer;
use leadbook::service::activity::mail::prepare::{PrepareMail, PrepareMails};
use leadbook::service::activity::mail::send::{Posted, Posting, SendMails, send};
use leadbook::service::qualify::close::DisqualifyLeads;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::update::UpdateRecord;
use leadbook::service::scope::Targets;
use leadbook::service::undo::Undo;
use leadbook::store;
use leadbook::store::sqlite::Opening;

use crate::common::Desk;

/// A program for the hand-over, made of a shell script.
fn program(desk: &Desk, name: &str, script: &str) -> PathBuf {
    let path = desk.dir.path().join(name);
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a script");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).expect("to be run");
    path
}

fn mailer(program: &Path, arguments: &[&str]) -> Mailer {
    let command = std::iter::once(program.display().to_string()).chain(arguments.iter().map(|a| (*a).to_owned())).collect();
    Mailer { from: Address { name: "Ana Lima".into(), email: "ana@us.example".into() }, command, folder: None }
}

fn made(desk: &mut Desk, entity: Entity, typed: &[(&str, &str)]) -> RecordId {
    let values = desk.values_of(entity, typed);
    entity.numbered(desk.act(CreateRecord { entity, values }).reply)
}

fn ann(desk: &mut Desk) -> RecordId {
    made(
        desk,
        Entity::Lead,
        &[("first_name", "Ann"), ("last_name", "Lee"), ("topic", "Printers"), ("email", "ann@contoso.example")],
    )
}

fn posting(about: RecordId, body: &str) -> Posting {
    let letter =
        Letter { to: "Ann Lee <ann@contoso.example>".into(), cc: String::new(), subject: "Your offer".into(), body: body.into() };
    Posting { about: Some(about), activity: None, letter }
}

fn go(desk: &mut Desk, mailer: &Mailer, postings: Vec<Posting>) -> Posted {
    desk.ctx.catalog = desk.service.catalog();
    let mails = SendMails { mailer: mailer.clone(), postings };
    send(&mut desk.service, &desk.ctx, &mails).unwrap_or_else(|error| panic!("{error}")).reply
}

fn shown(desk: &Desk, activity: i64, field: &str) -> String {
    let registry = &desk.ctx.catalog.activity;
    let record = store::record::need(desk.service.db(), registry, activity).expect("an activity");
    let id = registry.find(field).unwrap_or_else(|| panic!("no field {field}"));
    desk.ctx.showing().show(registry.field(id), record.get(id), "")
}

fn state(desk: &Desk, activity: i64) -> (String, String) {
    (shown(desk, activity, "status"), shown(desk, activity, "status_reason"))
}

#[test]
fn a_mail_is_handed_over_and_counts_as_a_contact() {
    let mut desk = Desk::new();
    let lead = ann(&mut desk);
    let out = desk.dir.path().join("out");
    // a word that a shell would run is a word
    let program = program(&desk, "send", "printf '%s|' \"$@\" > \"$1.args\"; cat > \"$1\"");
    let mailer = mailer(&program, &[&out.display().to_string(), ";touch x", "-t"]);
    let posted = go(&mut desk, &mailer, vec![posting(lead, "Dear Ann,\n\nGrüße\n")]);
    assert_eq!((posted.sent.len(), posted.failed.len(), posted.left), (1, 0, 0));
    let number = posted.sent[0];
    assert_eq!(state(&desk, number), ("Completed".into(), "Sent".into()));
    assert_eq!(desk.shown(lead.number, "status_reason"), "Contacted");
    let args = std::fs::read_to_string(format!("{}.args", out.display())).expect("arguments");
    assert_eq!(args, format!("{}|;touch x|-t|", out.display()));
    let mail = read(&std::fs::read(&out).expect("the message")).expect("a mail");
    assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("Your offer", "Dear Ann,\n\nGrüße"));
    assert_eq!((mail.from[0].name.as_str(), mail.to[0].email.as_str()), ("Ana Lima", "ann@contoso.example"));
    assert_eq!(mail.message_id, Some(shown(&desk, number, "message_id")));
    // the mail stays sent; what followed from it, and what was before, can be taken back
    desk.act(Undo { step: None, origins: Vec::new() });
    assert_eq!(desk.shown(lead.number, "status_reason"), "New");
    let steps =
        desk.service.db().rows("SELECT number FROM operation WHERE act = 'SendEmail'", &[], |row| row.int(0)).expect("steps");
    assert_eq!(steps.len(), 2);
    for step in steps {
        let error = desk.try_act(Undo { step: Some(step), origins: Vec::new() }).expect_err("sent");
        assert!(error.to_string().contains("cannot be called back"), "{error}");
    }
    assert_eq!(state(&desk, number), ("Completed".into(), "Sent".into()));
}

#[test]
fn it_is_marked_before_it_is_handed_over_and_a_crash_leaves_the_mark() {
    let mut desk = Desk::new();
    let lead = ann(&mut desk);
    let (begun, end) = (desk.dir.path().join("begun"), desk.dir.path().join("end"));
    let program = program(&desk, "send", "touch \"$1\"; cat > /dev/null; while [ ! -e \"$2\" ]; do sleep 0.02; done");
    let mailer = mailer(&program, &[&begun.display().to_string(), &end.display().to_string()]);
    let path = desk.path();
    let watcher = std::thread::spawn(move || {
        let started = Instant::now();
        while !begun.exists() {
            assert!(started.elapsed() < Duration::from_secs(30), "the program was not started");
            std::thread::sleep(Duration::from_millis(5));
        }
        // what another process, or the next start after a crash, would find now
        let db = leadbook::store::Db::open(&Opening::existing(path)).expect("the database");
        let found = db.rows("SELECT status, status_reason FROM activity", &[], |row| Ok((row.int(0)?, row.int(1)?)));
        std::fs::write(end, "").expect("the end");
        found.expect("rows")
    });
    let posted = go(&mut desk, &mailer, vec![posting(lead, "text")]);
    assert_eq!(watcher.join().expect("the watcher"), [(0, 15)], "open and Sending");
    assert_eq!(state(&desk, posted.sent[0]), ("Completed".into(), "Sent".into()));
}

#[test]
fn what_fails_is_said_and_can_be_sent_again() {
    let mut desk = Desk::new();
    let lead = ann(&mut desk);
    for (script, word) in [
        ("echo 'no such host' >&2; exit 3", "no such host"),
        ("exit 75", "it ended with 75"),
        ("kill -9 $$", "ended by a signal"),
        ("exec < /dev/null; exit 0", "without reading all of it"),
    ] {
        let program = program(&desk, "send", script);
        let long = "line\n".repeat(60_000);
        let posted = go(&mut desk, &mailer(&program, &[]), vec![posting(lead, &long)]);
        let (number, why) = posted.failed.first().unwrap_or_else(|| panic!("{script}"));
        assert!(why.contains(word), "{script}: {why}");
        assert_eq!(state(&desk, *number), ("Open".into(), "Failed".into()));
        assert_eq!(desk.shown(lead.number, "status_reason"), "New");
    }
    let missing = go(&mut desk, &mailer(Path::new("/no/such/program"), &[]), vec![posting(lead, "text")]);
    let number = missing.failed[0].0;
    let about = Entity::Activity.numbered(number);
    let prepared = desk.service.ask(&PrepareMail { about, template: None }, &desk.ctx).expect("the mail");
    assert_eq!((prepared.posting.activity, prepared.posting.about), (Some(number), Some(lead)));
    assert_eq!((prepared.posting.letter.subject.as_str(), prepared.posting.letter.body.as_str()), ("Your offer", "text"));
    let works = program(&desk, "works", "cat > /dev/null");
    let posted = go(&mut desk, &mailer(&works, &[]), vec![prepared.posting.clone()]);
    assert_eq!(posted.sent, [number]);
    // once it is out it is not sent again
    let error = send(&mut desk.service, &desk.ctx, &SendMails { mailer: mailer(&works, &[]), postings: vec![prepared.posting] });
    assert!(error.expect_err("sent").to_string().contains("was sent or closed already"));
    assert!(desk.service.ask(&PrepareMail { about, template: None }, &desk.ctx).is_err());
}

#[test]
fn without_a_program_it_is_a_file() {
    let mut desk = Desk::new();
    let lead = ann(&mut desk);
    let folder = desk.dir.path().join("outbox");
    std::fs::create_dir(&folder).expect("a folder");
    let nothing = Mailer { folder: None, command: Vec::new(), ..mailer(Path::new("x"), &[]) };
    let mails = SendMails { mailer: nothing.clone(), postings: vec![posting(lead, "text")] };
    let error = send(&mut desk.service, &desk.ctx, &mails).expect_err("nothing is set");
    assert!(error.to_string().contains("set mail_send in config.toml"), "{error}");
    assert_eq!(desk.service.db().number("SELECT count(*) FROM activity", &[]).expect("a count"), 0);
    let files = Mailer { folder: Some(folder.clone()), ..nothing };
    let number = go(&mut desk, &files, vec![posting(lead, "text")]).sent[0];
    let path = folder.join(format!("T-{number}.eml"));
    let bytes = std::fs::read(&path).expect("the file");
    assert!(bytes.windows(2).any(|pair| pair == b"\r\n") && read(&bytes).is_ok());
    assert_eq!(std::fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o600);
    // one that is there is not written over
    std::fs::write(folder.join(format!("T-{}.eml", number + 1)), "mine").expect("a file");
    let failed = go(&mut desk, &files, vec![posting(lead, "text")]).failed;
    assert_eq!(failed[0].0, number + 1);
    assert_eq!(std::fs::read_to_string(folder.join(format!("T-{}.eml", number + 1))).expect("the file"), "mine");
}

#[test]
fn a_template_names_only_fields_that_there_are() {
    let mut desk = Desk::new();
    let values = desk.values_of(Entity::Template, &[("name", "Welcome"), ("subject", "{topic}"), ("body", "Dear {frist_name},")]);
    let error = desk.try_act(CreateRecord { entity: Entity::Template, values }).expect_err("no such field");
    assert!(error.to_string().contains("body: line 1: no field is called “frist_name”; nearest: first_name"), "{error}");
    let template = made(&mut desk, Entity::Template, &[("name", "Welcome"), ("body", "Dear {first_name|there},")]);
    let values = desk.values_of(Entity::Template, &[("subject", "{")]);
    let error = desk.try_act(UpdateRecord { record: template, version: None, seen: Vec::new(), values }).expect_err("a brace");
    assert!(error.to_string().contains("subject: line 1: a { is not closed"), "{error}");
    desk.act(Undo { step: None, origins: Vec::new() });
}

#[test]
fn mails_to_many_pass_over_whom_they_must() {
    let mut desk = Desk::new();
    let template = made(
        &mut desk,
        Entity::Template,
        &[("name", "Welcome"), ("subject", "{topic}"), ("body", "Dear {first_name|there} of {company},\n{{no field}")],
    );
    let lead = |desk: &mut Desk, typed: &[(&str, &str)]| {
        let topic = [("topic", "Printers"), ("last_name", "Lee")];
        made(desk, Entity::Lead, &[typed, &topic].concat()).number
    };
    let good = lead(&mut desk, &[("first_name", "Ann"), ("company", "Contoso"), ("email", "ann@contoso.example")]);
    let second = lead(&mut desk, &[("company", "Fabrikam"), ("email3", "bo@fabrikam.example")]);
    let mut all = vec![good, second];
    all.push(lead(&mut desk, &[("company", "Contoso")]));
    all.push(lead(&mut desk, &[("company", "x"), ("email", "c@x.example"), ("do_not_email", "do not allow")]));
    all.push(lead(&mut desk, &[("company", "x"), ("email", "d@x.example"), ("do_not_bulk_email", "do not allow")]));
    all.push(lead(&mut desk, &[("company", "x"), ("email", "ANN@contoso.example")]));
    let unfilled = lead(&mut desk, &[("email", "e@x.example")]);
    all.push(unfilled);
    let closed = lead(&mut desk, &[("company", "x"), ("email", "f@x.example")]);
    desk.act(DisqualifyLeads { targets: Targets::leads(vec![closed]), reason: 4, note: None });
    all.push(closed);
    let query = PrepareMails { targets: Targets::leads(all), template: template.number };
    let many = desk.service.ask(&query, &desk.ctx).expect("the mails");
    let texts: Vec<String> = many.postings.iter().map(|posting| posting.letter.text()).collect();
    assert_eq!(
        texts,
        [
            "To: Ann Lee <ann@contoso.example>\nSubject: Printers\n\nDear Ann of Contoso,\n{no field}",
            "To: Lee <bo@fabrikam.example>\nSubject: Printers\n\nDear there of Fabrikam,\n{no field}",
        ]
    );
    assert_eq!(
        many.passed_over(),
        "1 without an address · 2 ask for no mails · 1 closed · 1 with an address that has one already · 1 with an empty merge field"
    );
    assert_eq!(many.unfilled[0].0, RecordId::lead(unfilled));
    assert!(many.unfilled[0].1.contains("company: is empty"), "{:?}", many.unfilled);
    // one that fails does not stop the others
    let log = desk.dir.path().join("log");
    let program = program(&desk, "send", "echo x >> \"$1\"; cat > \"$1.last\"; ! grep -q fabrikam \"$1.last\"");
    let posted = go(&mut desk, &mailer(&program, &[&log.display().to_string()]), many.postings.clone());
    assert_eq!((posted.sent.len(), posted.failed.len()), (1, 1));
    // stopped, the rest is not begun
    desk.ctx.cancel.cancel();
    let posted = go(&mut desk, &mailer(&program, &[&log.display().to_string()]), many.postings);
    assert_eq!((posted.sent.len(), posted.failed.len(), posted.left), (0, 0, 2));
    assert_eq!(std::fs::read_to_string(&log).expect("the log").lines().count(), 2);
}

#[test]
fn a_mail_to_one_is_prepared_with_what_speaks_against_it() {
    let mut desk = Desk::new();
    let lead = made(
        &mut desk,
        Entity::Lead,
        &[("last_name", "Lee, Jr."), ("topic", "x"), ("email", "ann@contoso.example"), ("do_not_email", "do not allow")],
    );
    let template = made(&mut desk, Entity::Template, &[("name", "Welcome"), ("subject", "Hi"), ("body", "{company}")]);
    let bare = desk.service.ask(&PrepareMail { about: lead, template: None }, &desk.ctx).expect("a mail");
    assert_eq!(bare.posting.letter.to, "\"Lee, Jr.\" <ann@contoso.example>");
    assert_eq!(
        (bare.against, bare.templates.as_slice()),
        (Some("do not e-mail"), &[(template.number, "Welcome".to_owned())][..])
    );
    assert_eq!(bare.posting.letter.people().expect("people").0[0].name, "Lee, Jr.");
    let filled = desk.service.ask(&PrepareMail { about: lead, template: Some(template.number) }, &desk.ctx).expect("a mail");
    assert_eq!((filled.posting.letter.subject.as_str(), filled.posting.letter.body.as_str()), ("Hi", "{company}"));
    assert_eq!(filled.problems[0].field, "company");
    let program = program(&desk, "send", "cat > /dev/null");
    let number =
        go(&mut desk, &mailer(&program, &[]), vec![Posting { about: Some(lead), ..posting(lead, "all the same") }]).sent[0];
    assert_eq!(shown(&desk, number, "override_note"), "do not e-mail");
}
