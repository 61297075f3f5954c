//! Erasing a person: no byte of it is left, its records are anonymous, what is others' stays, and nothing brings it back.

use std::path::Path;

use leadbook::error::Result;
use leadbook::exchange::import::Options;
use leadbook::exchange::mail::read;
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::erasure::NAME;
use leadbook::model::field::FieldId;
use leadbook::model::locale::Locale;
use leadbook::model::people::Role;
use leadbook::model::value::Value;
use leadbook::model::zone::Zone;
use leadbook::query::ast::{Expr, IsKind, Query as Filter};
use leadbook::service::activity::mail::FileMail;
use leadbook::service::activity::plan::AddActivity;
use leadbook::service::attachment::AttachFiles;
use leadbook::service::erase::{ErasePerson, Erased, Erasure, PlanErasure, erase};
use leadbook::service::exchange::{Duplicates, ImportRecords, KindOf, PlanImport};
use leadbook::service::link::Associate;
use leadbook::service::merge::Merge;
use leadbook::service::note::{AddNote, DeleteNote, EditNote};
use leadbook::service::qualify::{Deal, Part, QualifyLead};
use leadbook::service::record::create::{CreateRecord, make};
use leadbook::service::record::delete::RestoreRecords;
use leadbook::service::record::purge::Purge;
use leadbook::service::record::read::{CountRecords, HistoryOf, ListSteps};
use leadbook::service::record::reopen::ReopenRecords;
use leadbook::service::record::update::UpdateRecords;
use leadbook::service::request::AddRequest;
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};
use leadbook::service::{Act, Done, Tx};
use leadbook::store::sqlite::{Db, Opening, backup, check, clean};
use leadbook::store::{self};

use crate::common::Desk;

fn made(desk: &mut Desk, entity: Entity, typed: &[(&str, &str)]) -> RecordId {
    let values = desk.values_of(entity, typed);
    entity.numbered(desk.act(CreateRecord { entity, values }).reply)
}

fn set(desk: &mut Desk, key: RecordId, typed: &[(&str, &str)]) {
    let values = desk.values_of(key.entity, typed);
    desk.act(UpdateRecords { targets: Targets::one(key), values, leave_out_closed: false });
}

fn text(desk: &Desk, key: RecordId, field: &'static str) -> String {
    let registry = desk.ctx.catalog.registry(key.entity);
    let record = store::record::need(desk.service.db(), registry, key.number).expect("a record");
    desk.ctx.showing().show(registry.field(registry.id(field)), record.named(registry, field), "EUR")
}

fn plan(desk: &Desk, record: RecordId) -> Erasure {
    desk.service.ask(&PlanErasure { record }, &desk.ctx).expect("a plan")
}

fn try_erase(desk: &mut Desk, act: ErasePerson) -> Result<Done<Erased>> {
    desk.ctx.catalog = desk.service.catalog();
    erase(&mut desk.service, &desk.ctx, &act)
}

fn gone(desk: &mut Desk, record: RecordId) -> Done<Erased> {
    try_erase(desk, ErasePerson { record, confirmed: None, backups: false }).expect("erased")
}

fn keys(named: &[leadbook::model::value::Named]) -> Vec<String> {
    named.iter().map(|named| named.key.to_string()).collect()
}

/// Ann, L-1, qualified into A-1, C-1 and O-1.
fn qualified(desk: &mut Desk, company: &str) -> RecordId {
    let lead = made(
        desk,
        Entity::Lead,
        &[("first_name", "Ann"), ("last_name", "Lee"), ("topic", "Printers"), ("company", company), ("email", "ann@lee.example")],
    );
    let act = QualifyLead {
        lead: lead.number,
        account: Part::New,
        contact: Part::New,
        opportunity: Some(Deal::default()),
        reason: None,
    };
    desk.act(act);
    lead
}

/// The words of the person, each of which stands somewhere before the erasure.
const WORDS: &[&str] = &[
    "quorvexfirst",
    "quorvexlast",
    "quorvexmail",
    "quorvextopic",
    "quorvexjob",
    "quorvexstreet",
    "quorvexcity",
    "quorvexland",
    "quorvexdesc",
    "quorvexkey",
    "quorvexrest",
    "quorvextag",
    "quorvexold",
    "quorvexnote",
    "quorvexoldnote",
    "quorvexgonenote",
    "quorvexpurgednote",
    "quorvexfile",
    "quorvexbytes",
    "quorvexcall",
    "quorvexplace",
    "quorvexletter",
    "quorvexmsgid",
    "quorvexrequest",
    "quorvexasked",
    "quorvexrole",
    "quorvextwin",
    "quorvexdeal",
    "quorvexbulk",
    // its folded form, beside the accents that were typed
    "quorvexzoe",
    "quorvexzo\u{eb}",
    // digits, also backwards, as numbers are found by their ends
    "8675309421",
    "1249035768",
];

/// A person in every place that there is.
fn everywhere(desk: &mut Desk) -> RecordId {
    let csv = desk.dir.path().join("people.csv");
    let head = "First Name,Last Name,Email,Topic,Job Title,Street 1,City,Country/Region,Description,Import Key,Shoe";
    let row = "Quorvexfirst,Quorvexlast Quorvexzo\u{eb},quorvexmail@x.example,Quorvextopic,Quorvexjob,Quorvexstreet,Quorvexcity,\
               Quorvexland,Quorvexdesc,Quorvexkey,Quorvexrest";
    std::fs::write(&csv, format!("{head}\n{row}\n,Ek,bo@ek.example,Plan,,,,,,kept-1,\n")).expect("a file");
    let options = Options::new(Locale::of("US"), Zone::Utc);
    let act = PlanImport { path: csv.clone(), options, kind: KindOf::Told(Entity::Lead) };
    let plan = desk.service.ask(&act, &desk.ctx).expect("a plan");
    desk.act(ImportRecords { plan, duplicates: Duplicates::Skip, key: None });
    std::fs::remove_file(csv).expect("removed");
    let ann = RecordId::lead(1);
    set(desk, ann, &[("last_name", "Quorvexold"), ("phone", "+8675309421"), ("tags", "quorvextag")]);
    set(desk, ann, &[("last_name", "Quorvexlast Quorvexzo\u{eb}")]);
    let note = desk.act(AddNote { about: ann, body: "Quorvexoldnote".into() }).reply;
    desk.act(EditNote { note, version: None, body: "Quorvexnote\n- [ ] call tomorrow 15:00".into() });
    let note = desk.act(AddNote { about: ann, body: "Quorvexgonenote".into() }).reply;
    desk.act(DeleteNote { note });
    let file = desk.dir.path().join("quorvexfile.txt");
    std::fs::write(&file, "quorvexbytes").expect("a file");
    desk.act(AttachFiles { targets: Targets::one(ann), files: vec![file.clone()] });
    std::fs::remove_file(file).expect("removed");
    let values = desk.values_of(Entity::Activity, &[("name", "Quorvexcall"), ("location", "Quorvexplace")]);
    desk.act(AddActivity { about: Some(ann), values });
    let mail = "From: Q <quorvexmail@x.example>\nTo: ana@us.example, bo@ek.example\nSubject: Hello\n\
                Message-ID: <quorvexmsgid@x>\nDate: Mon, 23 Nov 2026 08:00:00 +0000\n\nquorvexletter\n";
    desk.act(FileMail { mail: read(mail.as_bytes()).expect("a mail"), own: vec!["ana@us.example".into()], create: false });
    let values = desk.values_of(Entity::Request, &[("name", "Quorvexrequest"), ("description", "Quorvexasked")]);
    desk.act(AddRequest { about: ann, values });
    desk.act(Associate { one: ann, other: RecordId::lead(2), role: "Quorvexrole".into() });
    let twin = made(desk, Entity::Lead, &[("last_name", "Quorvextwin"), ("topic", "x")]);
    let purged = made(desk, Entity::Activity, &[("name", "Quorvexpurgednote"), ("regarding", "L-1")]);
    desk.act(leadbook::service::record::delete::DeleteRecords { targets: Targets::one(purged) });
    desk.act(Purge { before: i64::MAX });
    desk.act(Merge { master: ann, other: twin, take: Vec::new() });
    desk.act(QualifyLead { lead: 1, account: Part::None, contact: Part::New, opportunity: Some(Deal::default()), reason: None });
    set(desk, Entity::Opportunity.numbered(1), &[("customer_need", "Quorvexdeal")]);
    bulk(desk);
    ann
}

/// So many leads changed at once, the person's among them, that the step is packed, with what the field held.
fn bulk(desk: &mut Desk) {
    let contact = Entity::Contact.numbered(1);
    set(desk, contact, &[("department", "Quorvexbulk")]);
    let other = desk.values_of(Entity::Contact, &[("last_name", "Other")]);
    desk.act(Thousand(other));
    let numbers = (1..=1_001).collect();
    let values = desk.values_of(Entity::Contact, &[("department", "Sales")]);
    desk.act(UpdateRecords { targets: Targets::of(Entity::Contact, numbers), values, leave_out_closed: false });
    let sets = desk.service.db().number("SELECT count(*) FROM change_set", &[]).expect("a count");
    assert!(sets > 0, "the step is packed");
}

/// A thousand contacts in one step.
struct Thousand(Vec<(FieldId, Value)>);

impl Act for Thousand {
    type Reply = ();

    fn name(&self) -> &'static str {
        "Create"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        tx.expect(1_000);
        (0..1_000).try_for_each(|_| make(tx, Entity::Contact, self.0.clone()).map(|_| ()))
    }
}

/// Samples of the keys of indexes, as other programs may have taken them.
fn sample(desk: &Desk) {
    let mut db = Db::open(&Opening::existing(desk.path())).expect("opens");
    db.rows("PRAGMA analysis_limit = 0", &[], |_| Ok(())).expect("no limit");
    db.write(|db| db.execute("ANALYZE", &[])).expect("measured");
    let samples = db.number("SELECT count(*) FROM sqlite_stat4", &[]).expect("samples");
    assert!(samples > 0, "there are samples to be forgotten");
}

/// Which words stand in the files of a folder, in lower case, and in which file.
fn found(folder: &Path) -> Vec<(String, String)> {
    let mut hits = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            hits.extend(found(&entry.path()));
            continue;
        }
        let bytes = std::fs::read(entry.path()).expect("a file").to_ascii_lowercase();
        // what is no text becomes marks, and the words stay as they are
        let text = String::from_utf8_lossy(&bytes);
        for word in WORDS {
            if text.contains(word) {
                hits.push((entry.file_name().to_string_lossy().into_owned(), (*word).to_owned()));
            }
        }
    }
    hits
}

#[test]
fn no_byte_of_the_person_is_left() {
    let mut desk = Desk::new();
    let ann = everywhere(&mut desk);
    sample(&desk);
    let before = found(desk.dir.path());
    for word in WORDS {
        assert!(before.iter().any(|(_, hit)| hit == word), "{word} is in no file, so its absence proves nothing");
    }
    assert_eq!(plan(&desk, ann).shared, 1, "the mail is Bo's too");
    let done = gone(&mut desk, ann);
    assert_eq!(done.reply.unclean, None);
    assert_eq!(done.summary, "Erased L-1, L-3, C-1 and 7 records on them");
    let copy = backup::take(desk.service.db(), "after", true).expect("a backup");
    assert!(copy.is_some_and(|path| path.exists()));
    assert_eq!(found(desk.dir.path()), []);
    let mut db = Db::open(&Opening::existing(desk.path())).expect("opens");
    let problems: Vec<String> = check::run(&mut db).expect("checked").into_iter().flat_map(|f| f.problems).collect();
    assert_eq!(problems, Vec::<String>::new());
    // the other one is still found by what it holds
    let bo = store::record::by_email(desk.service.db(), Entity::Lead, "bo@ek.example").expect("asked");
    assert_eq!(bo, Some(2));
    let kept = store::record::by_import_key(desk.service.db(), Entity::Lead, "leads", "kept-1").expect("asked");
    assert!(kept.is_some() || text(&desk, RecordId::lead(2), "import_key") == "kept-1");
}

#[test]
fn the_question_names_what_is_reached_and_a_company_stays() {
    let mut desk = Desk::new();
    let ann = qualified(&mut desk, "Contoso");
    desk.act(AddNote { about: ann, body: "hello".into() });
    desk.act(AddNote { about: Entity::Opportunity.numbered(1), body: "a deal".into() });
    let other = made(&mut desk, Entity::Opportunity, &[("name", "Service"), ("account", "A-1"), ("contact", "C-1")]);
    let own = made(&mut desk, Entity::Opportunity, &[("name", "Private"), ("contact", "C-1")]);
    for from in [ann, Entity::Contact.numbered(1)] {
        let plan = plan(&desk, from);
        assert_eq!(keys(&plan.persons), ["L-1", "C-1"], "{from}");
        assert_eq!(keys(&plan.deals), ["O-1".to_owned(), own.to_string()]);
        assert_eq!(keys(&plan.companies), ["A-1"]);
        assert_eq!(keys(&plan.left), [other.to_string()]);
        assert_eq!((plan.notes, plan.activities, plan.files, plan.requests), (2, 0, 0, 0));
        assert!(plan.entries > 5 && !plan.done && plan.backups.is_empty());
        let words = plan.words().join("\n");
        for part in ["L-1 Ann Lee, C-1 Ann Lee", "2 notes", "O-1 Printers", "A-1 Contoso", "O-2 Service", "cannot be undone"] {
            assert!(words.contains(part), "{part} in {words}");
        }
    }
    gone(&mut desk, ann);
    let account = Entity::Account.numbered(1);
    assert_eq!((text(&desk, account, "name"), text(&desk, account, "email")), ("Contoso".into(), String::new()));
    assert_eq!(text(&desk, Entity::Opportunity.numbered(1), "name"), NAME);
    assert_eq!((text(&desk, other, "name"), text(&desk, own, "name")), ("Service".into(), NAME.into()));
    let history = desk.service.ask(&HistoryOf { about: account, limit: 100 }, &desk.ctx).expect("a history");
    let texts: Vec<&str> = history.iter().flat_map(|(_, c)| [c.old.as_deref(), c.new.as_deref()]).flatten().collect();
    assert!(!texts.contains(&"ann@lee.example"), "{texts:?}");
}

#[test]
fn an_account_that_is_the_person_alone_goes_too() {
    let mut desk = Desk::new();
    let ann = qualified(&mut desk, "ANN LEE");
    assert_eq!(keys(&plan(&desk, ann).persons), ["L-1", "A-1", "C-1"]);
    gone(&mut desk, ann);
    assert_eq!(text(&desk, Entity::Account.numbered(1), "name"), NAME);
    let mut desk = Desk::new();
    let ann = qualified(&mut desk, "Ann Lee");
    made(&mut desk, Entity::Contact, &[("last_name", "Ek"), ("account", "A-1")]);
    let plan = plan(&desk, ann);
    assert_eq!((keys(&plan.persons).len(), keys(&plan.companies)), (2, vec!["A-1".to_owned()]), "somebody else is there");
}

#[test]
fn what_reports_count_by_stays() {
    let mut desk = Desk::new();
    let ann = qualified(&mut desk, "Contoso");
    let kept = ["source", "rating", "status", "status_reason", "owner", "created_at", "closed_at", "estimated_value"];
    let before: Vec<String> = kept.iter().map(|field| text(&desk, ann, field)).collect();
    gone(&mut desk, ann);
    let after: Vec<String> = kept.iter().map(|field| text(&desk, ann, field)).collect();
    assert_eq!(before, after);
    assert_eq!(text(&desk, ann, "name"), NAME);
    for field in ["first_name", "last_name", "email", "company", "topic"] {
        assert_eq!(text(&desk, ann, field), "", "{field}");
    }
    let count = |filter: Expr| {
        let filter = Filter { entity: Entity::Lead, filter, sort: Vec::new() };
        desk.service.ask(&CountRecords { filter }, &desk.ctx).expect("a count").0
    };
    assert_eq!(count(Expr::All), 0, "no list shows it");
    assert_eq!((count(Expr::Is(IsKind::Deleted)), count(Expr::Has(desk.ctx.catalog.lead.id("erased_at")))), (1, 1));
    assert_eq!(desk.act(Purge { before: i64::MAX }).reply, 0, "a purge leaves it to the reports");
    assert_eq!(text(&desk, ann, "name"), NAME);
}

fn refusal<T>(result: Result<T>) -> String {
    match result {
        Ok(_) => panic!("it was done"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn nothing_is_done_with_an_erased_record() {
    let mut desk = Desk::new();
    let ann = qualified(&mut desk, "Contoso");
    let other = made(&mut desk, Entity::Lead, &[("last_name", "Ek"), ("topic", "x")]);
    gone(&mut desk, ann);
    let values = desk.values(&[("city", "Kiel")]);
    let said = [
        refusal(desk.try_act(UpdateRecords { targets: Targets::one(ann), values, leave_out_closed: false })),
        refusal(desk.try_act(ReopenRecords { targets: Targets::one(ann) })),
        refusal(desk.try_act(RestoreRecords { targets: Targets::one(ann) })),
        refusal(desk.try_act(Merge { master: other, other: ann, take: Vec::new() })),
        refusal(desk.try_act(AddNote { about: ann, body: "x".into() })),
        refusal(desk.try_act(AddActivity { about: Some(ann), values: Vec::new() })),
        refusal(desk.try_act(Associate { one: other, other: ann, role: String::new() })),
        refusal(desk.try_act(QualifyLead { lead: 1, account: Part::None, contact: Part::New, opportunity: None, reason: None })),
    ];
    for said in said {
        assert!(said.starts_with("L-1 was erased ("), "{said}");
    }
}

#[test]
fn steps_on_it_stay_done_and_others_are_taken_back() {
    let mut desk = Desk::new();
    let ann = qualified(&mut desk, "Contoso");
    let other = made(&mut desk, Entity::Lead, &[("last_name", "Ek"), ("topic", "x")]);
    desk.act(Undo { step: None, origins: Vec::new() });
    let note = desk.act(AddNote { about: ann, body: "secret".into() });
    gone(&mut desk, ann);
    let steps = desk.service.ask(&ListSteps { before: 0, limit: 20 }, &desk.ctx).expect("steps");
    let said: Vec<&str> = steps.iter().map(|step| step.summary.as_str()).collect();
    assert_eq!(said[..2], ["Erased L-1, C-1", "CreateNote · erased since"]);
    assert!(said.iter().all(|said| !said.contains("Ann")), "{said:?}");
    let said = refusal(desk.try_act(Undo { step: Some(steps[0].number), origins: Vec::new() }));
    assert!(said.contains("gone for good"), "{said}");
    for step in [1, note.step.expect("a step")] {
        let said = refusal(desk.try_act(Undo { step: Some(step), origins: Vec::new() }));
        assert!(said.contains("a record of it was erased (what was erased does not come back)"), "{said}");
    }
    // the creation of the other was taken back before; that comes again, and the erasure is passed over
    desk.act(Redo);
    assert_eq!(text(&desk, other, "last_name"), "Ek");
    let undone = desk.act(Undo { step: None, origins: Vec::new() });
    assert!(undone.summary.contains("Ek"), "{}", undone.summary);
}

#[test]
fn a_merged_record_is_erased_by_its_master() {
    let mut desk = Desk::new();
    let ann = made(&mut desk, Entity::Lead, &[("last_name", "Lee"), ("topic", "x")]);
    let twin = made(&mut desk, Entity::Lead, &[("last_name", "Leigh"), ("topic", "x")]);
    desk.act(Merge { master: ann, other: twin, take: Vec::new() });
    let act = ErasePerson { record: twin, confirmed: None, backups: false };
    assert!(refusal(try_erase(&mut desk, act)).contains("was merged into L-1"));
    let done = gone(&mut desk, ann);
    assert_eq!(done.reply.persons, [ann, twin]);
}

#[test]
fn who_may_what_and_how_much_was_confirmed_is_asked() {
    let mut desk = Desk::new();
    let ann = qualified(&mut desk, "Contoso");
    let confirmed = Some(plan(&desk, ann).count());
    desk.act(AddNote { about: ann, body: "came meanwhile".into() });
    let act = ErasePerson { record: ann, confirmed, backups: false };
    assert!(refusal(try_erase(&mut desk, act.clone())).contains("5 records are reached now"));
    let account = ErasePerson { record: Entity::Account.numbered(1), ..act.clone() };
    assert!(refusal(try_erase(&mut desk, account)).contains("erasing is for people"));
    desk.ctx.role = Role::Seller;
    assert!(refusal(try_erase(&mut desk, act.clone())).contains("needs the admin role"));
    desk.ctx.role = Role::Admin;
    let act = ErasePerson { confirmed: Some(5), ..act };
    try_erase(&mut desk, act).expect("confirmed anew");
}

#[test]
fn backups_that_hold_the_person_are_named_and_deleted() {
    let mut desk = Desk::new();
    let empty = backup::take(desk.service.db(), "empty", true).expect("taken").expect("room");
    let ann = qualified(&mut desk, "Contoso");
    let with = backup::take(desk.service.db(), "with", true).expect("taken").expect("room");
    let broken = backup::folder(&desk.path()).join("20260101-000000-broken.db");
    std::fs::write(&broken, "no database").expect("a file");
    let named: Vec<(bool, std::path::PathBuf)> =
        plan(&desk, ann).backups.into_iter().map(|held| (held.readable, held.backup.path)).collect();
    assert_eq!(named, [(true, with.clone()), (false, broken.clone())]);
    let done = gone(&mut desk, ann);
    assert_eq!(done.reply.backups, [with.clone(), broken.clone()]);
    assert!(done.summary.ends_with("2 backups still hold the person"), "{}", done.summary);
    let again = plan(&desk, ann);
    assert!(again.done && again.backups.len() == 2, "{again:?}");
    let done = try_erase(&mut desk, ErasePerson { record: ann, confirmed: None, backups: true }).expect("asked again");
    assert_eq!((done.step, done.reply.deleted.len(), done.reply.backups.len()), (None, 2, 0));
    assert!(!with.exists() && !broken.exists() && empty.exists());
}

#[test]
fn cleaning_that_was_cut_off_is_due_until_it_is_done() {
    let mut desk = Desk::new();
    let ann = qualified(&mut desk, "Contoso");
    // somebody reads an older state of the file, so that its log cannot be emptied
    let reader = Db::open_reader(&desk.path()).expect("opens");
    desk.service.db().wait(0).expect("no patience");
    let done = reader
        .snapshot(|db| {
            db.number("SELECT count(*) FROM lead", &[])?;
            Ok(gone(&mut desk, ann))
        })
        .expect("read");
    assert!(done.reply.unclean.is_some(), "{done:?}");
    assert!(done.summary.contains("`leadbook check` goes on with it"), "{}", done.summary);
    assert_eq!(clean::is_due(desk.service.db()), Ok(true));
    drop(reader);
    assert_eq!(desk.service.clean_up(&mut |_, _| Ok(())), Ok(true));
    assert_eq!(clean::is_due(desk.service.db()), Ok(false));
    let bytes = std::fs::read(desk.path()).expect("a file");
    assert!(!bytes.windows(15).any(|part| part == b"ann@lee.example"));
}

#[test]
fn the_log_forgets_what_was_purged_before() {
    let mut desk = Desk::new();
    let ann = made(&mut desk, Entity::Lead, &[("last_name", "Quorvexlast"), ("topic", "Quorvextopic")]);
    set(&mut desk, ann, &[("last_name", "Quorvexold")]);
    desk.act(AddNote { about: ann, body: "Quorvexnote".into() });
    let other = made(&mut desk, Entity::Lead, &[("last_name", "Ek"), ("topic", "x")]);
    desk.act(leadbook::service::record::delete::DeleteRecords { targets: Targets::one(ann) });
    desk.act(Purge { before: i64::MAX });
    assert!(!found(desk.dir.path()).is_empty(), "the log holds it");
    assert_eq!(keys(&plan(&desk, ann).persons), ["L-1"]);
    let done = gone(&mut desk, ann);
    assert_eq!((done.summary.as_str(), done.reply.unclean), ("Erased L-1", None));
    assert_eq!(found(desk.dir.path()), []);
    assert!(plan(&desk, ann).done);
    let never = ErasePerson { record: RecordId::lead(99), confirmed: None, backups: false };
    assert!(refusal(try_erase(&mut desk, never)).contains("there is no lead L-99"));
    assert_eq!(text(&desk, other, "last_name"), "Ek");
}
