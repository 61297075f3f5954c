//! The notes of another program, and the photos of cards: on whom they are, once, and taken back.

use leadbook::model::entity::RecordId;
use leadbook::service::record::read::NotesOf;
use leadbook::service::undo::Redo;

use super::*;

const NOTES: &str = "Id,ParentId,Title,Body,IsPrivate,Created By,CreatedDate,IsDeleted\n\
    002a,00Qa,First visit,\"Met Ann.\n- [ ] call her tomorrow #vip\",0,Jo Fox,2024-02-01T10:00:00.000+0000,0\n\
    002b,003z,Lost,Text,0,Jo Fox,,0\n\
    002c,00Qa,,,0,,,0\n\
    002d,,T,B,0,,,0\n\
    002e,001a,Met Ann,\"Met Ann\nat the fair\",0,,,0\n\
    002f,00Qa,Gone,Text,0,,,1\n";

fn people(desk: &mut Desk) {
    bring_as(desk, Entity::Lead, "Id,Last Name\n00Qa,Lee\n", linked("sf", &[]));
    bring_as(desk, Entity::Account, "Id,Name\n001a,Contoso\n", linked("sf", &[]));
}

fn notes(desk: &Desk) -> Vec<String> {
    let sql = "SELECT number || '|' || entity || '|' || record || '|' || body || '|' || created_by || '|' || created_at || '|' || import_key
               FROM note WHERE deleted_at IS NULL ORDER BY number";
    desk.service.db().rows(sql, &[], |row| Ok(row.text(0)?.to_owned())).expect("notes")
}

#[test]
fn notes_stand_on_whom_their_rows_name_once() {
    let mut desk = Desk::new();
    people(&mut desk);
    let done = bring_as(&mut desk, Entity::Note, NOTES, linked("sf", &[("ParentId", "import_key")]));
    assert_eq!((counts(&done), done.reply.made), ((6, 2, 0, 4), Some((1, 2))), "{:?}", problems(&done));
    assert_eq!(done.summary, "Imported 2 notes from list.csv, skipped 4");
    let said: Vec<(u64, String)> = problems(&done).into_iter().map(|(row, _, text)| (row, text)).collect();
    let expected = [
        (3, "no record here was imported under this key: import the records first, then this file again (as “003z”)"),
        (4, "the note is empty; a note needs some text"),
        (5, "names no record that the note could stand on"),
        (7, "was deleted in the other program (IsDeleted is 1)"),
    ];
    assert_eq!(said, expected.map(|(row, text)| (row, text.to_owned())));
    let found = desk.service.ask(&NotesOf { about: RecordId::lead(1), limit: 9 }, &desk.ctx).expect("notes");
    let note = &found[0];
    assert_eq!(note.body, "First visit\n\nMet Ann.\n- [ ] call her tomorrow #vip");
    assert_eq!(note.created_at, 1_706_781_600_000_000);
    let author = desk.ctx.catalog.people.user(note.created_by).expect("the author");
    assert_eq!((author.name.as_str(), author.active), ("Jo Fox", false));
    let fair = desk.service.ask(&NotesOf { about: Entity::Account.numbered(1), limit: 9 }, &desk.ctx).expect("notes");
    assert_eq!(fair[0].body, "Met Ann\nat the fair", "the title stands there already");
    // what a line asked for was done there
    let count = |table: &str| desk.service.db().number(&format!("SELECT count(*) FROM {table}"), &[]).expect("a count");
    assert_eq!((count("activity"), count("lead_tag"), count("note_task")), (0, 0, 0));
    let origin = leadbook::store::note::origin(desk.service.db(), 1).expect("read").expect("an origin");
    assert_eq!((origin.source.as_str(), origin.key.as_str()), ("sf", "002a"));
    assert!(origin.rest.contains("IsPrivate: 0"), "{}", origin.rest);
    let before = notes(&desk);
    let again = bring_as(&mut desk, Entity::Note, NOTES, linked("sf", &[]));
    assert_eq!((counts(&again), again.step), ((6, 0, 0, 6), None));
    assert_eq!(before, notes(&desk));
    assert!(leadbook::store::sqlite::fts::check(desk.service.db()).expect("checked").is_empty());
}

#[test]
fn notes_are_taken_back_in_one_step_and_hold_their_record() {
    let mut desk = Desk::new();
    people(&mut desk);
    let step = bring_as(&mut desk, Entity::Note, NOTES, linked("sf", &[])).step;
    let after = notes(&desk);
    assert_eq!(after.len(), 2);
    let leads = Undo { step: Some(1), origins: Vec::new() };
    refused(&desk.try_act(leads.clone()).unwrap_err(), "N-1 refers to L-1, which it made");
    desk.act(Undo { step, origins: Vec::new() });
    assert!(notes(&desk).is_empty());
    desk.act(Redo);
    assert_eq!(notes(&desk), after);
    desk.act(undo());
    let again = bring_as(&mut desk, Entity::Note, NOTES, linked("sf", &[]));
    assert_eq!(counts(&again), (6, 2, 0, 4));
    desk.act(undo());
    desk.act(leads);
    assert!(found(&desk, "").is_empty());
}

const PHOTO: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";

fn cards() -> String {
    let card = |name: &str, more: &str| format!("BEGIN:VCARD\r\nVERSION:3.0\r\nN:{name};;;;\r\nFN:{name}\r\n{more}END:VCARD\r\n");
    let photo = format!("PHOTO;ENCODING=b;TYPE=PNG:{PHOTO}\r\n");
    let logo = format!("LOGO;ENCODING=b;TYPE=PNG:{PHOTO}\r\n");
    card("Lee", &format!("EMAIL:ann@contoso.example\r\n{photo}{logo}")) + &card("Ek", &photo) + &card("Fox", "")
}

fn files(desk: &Desk) -> Vec<String> {
    let sql = "SELECT a.entity || '-' || a.record || ' ' || a.name || ' ' || a.mime FROM attachment a WHERE a.deleted_at IS NULL ORDER BY a.number";
    desk.service.db().rows(sql, &[], |row| Ok(row.text(0)?.to_owned())).expect("files")
}

#[test]
fn photos_of_cards_are_files_of_their_record_and_go_with_it() {
    for entity in [Entity::Contact, Entity::Lead] {
        let mut desk = Desk::new();
        let path = file(&desk, "cards.vcf", &cards());
        let plan = plan_of(&desk, &path, entity, options("US"));
        let done = import(&mut desk, act(plan.clone(), Duplicates::Skip));
        // a photo that is the logo too is one file
        assert_eq!((counts(&done), done.reply.report.files), ((3, 3, 0, 0), 2));
        let code = entity.code();
        assert_eq!(files(&desk), [format!("{code}-1 photo.png image/png"), format!("{code}-2 photo.png image/png")]);
        let blobs = |desk: &Desk| desk.service.db().number("SELECT count(*) FROM blob", &[]).expect("a count");
        assert_eq!(blobs(&desk), 1);
        desk.act(undo());
        assert!(files(&desk).is_empty());
        desk.act(Redo);
        assert_eq!(files(&desk).len(), 2);
        // once: what is there is not attached again, what is not is
        let again = import(&mut desk, act(plan.clone(), Duplicates::Skip));
        assert_eq!(again.step, None);
        let update = import(&mut desk, act(plan, Duplicates::Update));
        assert_eq!((update.reply.report.files, files(&desk).len()), (0, 2));
        let more = cards().replace("FN:Fox\r\n", &format!("FN:Fox\r\nNOTE:new\r\nPHOTO;ENCODING=b;TYPE=PNG:{PHOTO}\r\n"));
        let path = file(&desk, "cards.vcf", &more);
        let plan = plan_of(&desk, &path, entity, Options { import_source: Some("other".into()), ..options("US") });
        let key = Some(desk.ctx.catalog.registry(entity).id("last_name"));
        let done = import(&mut desk, ImportRecords { plan, duplicates: Duplicates::Update, key });
        assert_eq!((done.reply.report.updated, done.reply.report.files), (3, 1), "{:?}", problems(&done));
        assert_eq!(files(&desk).len(), 3);
        desk.act(undo());
        assert_eq!(files(&desk).len(), 2);
        assert!(leadbook::store::blob::check(desk.service.db()).expect("checked").is_empty());
    }
}

#[test]
fn a_photo_that_is_too_large_is_left_out_and_named() {
    let mut desk = Desk::new();
    desk.ctx.files.largest = 10;
    let path = file(&desk, "cards.vcf", &cards());
    let plan = plan_of(&desk, &path, Entity::Contact, options("US"));
    let done = import(&mut desk, act(plan, Duplicates::Skip));
    assert_eq!((counts(&done), done.reply.report.files), ((3, 3, 0, 0), 0));
    assert!(problems(&done)[0].2.starts_with("photo.png is left out: it has "), "{:?}", problems(&done));
    assert!(files(&desk).is_empty());
}

#[test]
fn photos_of_many_cards_are_taken_back_with_them() {
    let mut desk = Desk::new();
    let card =
        |n: usize| format!("BEGIN:VCARD\nVERSION:3.0\nN:Lee{n};;;;\nFN:Lee{n}\nPHOTO;ENCODING=b;TYPE=PNG:{PHOTO}\nEND:VCARD\n");
    let path = file(&desk, "cards.vcf", &(0..1_001).map(card).collect::<String>());
    let plan = plan_of(&desk, &path, Entity::Contact, options("US"));
    let done = try_import(&mut desk, act(plan, Duplicates::Skip)).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!((counts(&done), done.reply.report.files), ((1_001, 1_001, 0, 0), 1_001));
    desk.act(undo());
    assert!(files(&desk).is_empty());
    desk.act(Redo);
    assert_eq!(files(&desk).len(), 1_001);
    assert!(leadbook::store::blob::check(desk.service.db()).expect("checked").is_empty());
}
