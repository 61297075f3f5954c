//! Files on records: kept once, taken back and brought again, moved by a merge, gone with a purge, refused by name and size; written
//! out under names that leave no folder.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use leadbook::error::{Error, Result};
use leadbook::model::attachment::Rules;
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::people::Role;
use leadbook::service::attachment::{
    AttachFiles, AttachmentsOf, GetAttachment, Incoming, Place, ReadPart, RemoveAttachment, RenameAttachment, SaveAttachment,
    write_new,
};
use leadbook::service::merge::Merge;
use leadbook::service::people::AddUser;
use leadbook::service::qualify::{Deal, Part, QualifyLead};
use leadbook::service::record::delete::{DeleteRecords, RestoreRecords};
use leadbook::service::record::purge::Purge;
use leadbook::service::record::read::{Entry, GetRecord, HistoryOf};
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};
use leadbook::service::{Act, Tx};
use leadbook::store::blob::CHUNK;
use leadbook::store::sqlite::check;

use crate::common::Desk;

fn undo() -> Undo {
    Undo { step: None, origins: Vec::new() }
}

fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.lead(&[("topic", "Printers"), ("last_name", "Lee"), ("first_name", "Ann"), ("company", "Contoso")]);
    desk.lead(&[("topic", "Printers"), ("last_name", "Ek"), ("first_name", "Bo")]);
    desk
}

fn lead(number: i64) -> RecordId {
    RecordId::lead(number)
}

/// A file in the folder of the desk.
fn file(desk: &Desk, name: &str, bytes: &[u8]) -> PathBuf {
    let path = desk.dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn attach(desk: &mut Desk, about: RecordId, path: &Path) -> i64 {
    desk.act(AttachFiles { targets: Targets::one(about), files: vec![path.to_owned()] }).reply[0]
}

fn names(desk: &Desk, about: RecordId) -> Vec<String> {
    let files = desk.service.ask(&AttachmentsOf { about, limit: 100 }, &desk.ctx).unwrap();
    files.into_iter().map(|file| file.name).collect()
}

fn count(desk: &Desk, sql: &str) -> i64 {
    desk.service.db().number(sql, &[]).unwrap()
}

fn sound(desk: &Desk) {
    assert_eq!(leadbook::store::blob::check(desk.service.db()).unwrap(), [] as [&str; 0]);
    assert_eq!(count(desk, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

fn refused(desk: &mut Desk, files: &[&Path]) -> String {
    let files = files.iter().map(|path| path.to_path_buf()).collect();
    desk.try_act(AttachFiles { targets: Targets::one(lead(1)), files }).unwrap_err().to_string()
}

/// Bytes of which no chunk is like another.
fn long(size: usize) -> Vec<u8> {
    let mut state = 7_u32;
    (0..size)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect()
}

#[test]
fn a_file_comes_back_as_it_went_in() {
    let mut desk = desk();
    for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 77] {
        let bytes = long(size);
        let path = file(&desk, &format!("{size}.bin"), &bytes);
        let number = attach(&mut desk, lead(1), &path);
        let stored = desk.service.ask(&GetAttachment { number }, &desk.ctx).unwrap();
        assert_eq!((stored.name, stored.size), (format!("{size}.bin"), size as i64));
        let to = desk.dir.path().join(format!("out-{size}"));
        let saved = desk.service.ask(&SaveAttachment { file: number, to: Place::File(to.clone()) }, &desk.ctx).unwrap();
        assert_eq!(saved.path, to);
        assert!(std::fs::read(&to).unwrap() == bytes, "{size} bytes");
        let mut read = Vec::new();
        for part in 0.. {
            match desk.service.ask(&ReadPart { file: number, part }, &desk.ctx).unwrap() {
                Some(bytes) => read.extend(bytes),
                None => break,
            }
        }
        assert!(read == bytes, "{size} bytes in parts");
    }
    sound(&desk);
}

#[test]
fn the_same_content_is_kept_once() {
    let mut desk = desk();
    let (a, b) = (file(&desk, "a.txt", b"the same"), file(&desk, "b.md", b"the same"));
    let other = file(&desk, "c.txt", b"not same");
    let act = AttachFiles { targets: Targets::leads(vec![1, 2]), files: vec![a.clone(), b, other] };
    let done = desk.act(act);
    assert_eq!(done.reply.len(), 6);
    assert_eq!(done.summary, "Attached 3 files to 2 leads");
    assert_eq!(names(&desk, lead(1)), ["c.txt", "b.md", "a.txt"]);
    assert_eq!(count(&desk, "SELECT count(*) FROM blob"), 2);
    assert_eq!(count(&desk, "SELECT max(refs) FROM blob"), 4);
    // a record has a file of a name and a content once
    let again = desk.act(AttachFiles { targets: Targets::one(lead(1)), files: vec![a] });
    assert_eq!((again.reply.as_slice(), again.step), (&done.reply[..1], None));
    assert_eq!(again.summary, "a.txt is already attached as F-1");
    assert_eq!(count(&desk, "SELECT count(*) FROM blob_chunk"), 2);
    let mimes = desk.service.ask(&AttachmentsOf { about: lead(1), limit: 9 }, &desk.ctx).unwrap();
    assert_eq!(mimes.iter().map(|f| f.mime.as_str()).collect::<Vec<_>>(), ["text/plain", "text/markdown", "text/plain"]);
    sound(&desk);
}

#[test]
fn each_act_is_taken_back_and_brought_again() {
    let mut desk = desk();
    let path = file(&desk, "offer.pdf", b"%PDF-1.7");
    let mut states = vec![desk.dump()];
    desk.act(AttachFiles { targets: Targets::leads(vec![1, 2]), files: vec![path.clone()] });
    states.push(desk.dump());
    desk.act(RenameAttachment { file: 1, name: "Offer May.pdf".into() });
    states.push(desk.dump());
    desk.act(RemoveAttachment { file: 1 });
    states.push(desk.dump());
    assert_eq!(names(&desk, lead(1)), [] as [&str; 0]);
    assert_eq!(desk.act(RemoveAttachment { file: 1 }).step, None, "it is off already");
    for state in states.iter().rev().skip(1) {
        desk.act(undo());
        assert_eq!(&desk.dump(), state);
        sound(&desk);
    }
    for state in states.iter().skip(1) {
        desk.act(Redo);
        assert_eq!(&desk.dump(), state);
    }
    desk.act(undo());
    assert_eq!(names(&desk, lead(1)), ["Offer May.pdf"]);
    let history = desk.service.ask(&HistoryOf { about: lead(1), limit: 100 }, &desk.ctx).unwrap();
    let said: Vec<String> = history.iter().filter_map(|(_, change)| leadbook::service::attachment::words(change)).collect();
    for words in ["attached: offer.pdf", "renamed: Offer May.pdf", "taken off", "brought back"] {
        assert!(said.iter().any(|said| said == words), "{words} in {said:?}");
    }
}

#[test]
fn a_content_stays_while_it_can_be_brought_back_and_goes_with_a_purge() {
    let mut desk = desk();
    let (a, b) = (file(&desk, "a.txt", b"only once"), file(&desk, "b.txt", b"on both"));
    attach(&mut desk, lead(1), &a);
    desk.act(AttachFiles { targets: Targets::leads(vec![1, 2]), files: vec![b] });
    desk.act(RemoveAttachment { file: 1 });
    desk.act(DeleteRecords { targets: Targets::one(lead(1)) });
    assert_eq!(count(&desk, "SELECT count(*) FROM blob"), 2);
    desk.act(RestoreRecords { targets: Targets::one(lead(1)) });
    assert_eq!(names(&desk, lead(1)), ["b.txt"]);
    let before = desk.ctx.now() + 1;
    let done = desk.act(Purge { before });
    assert_eq!((done.reply, done.summary.as_str()), (1, "Purged 1 deleted file for good"));
    assert_eq!(count(&desk, "SELECT count(*) FROM blob"), 1, "what no file has is gone");
    let error = desk.try_act(Undo { step: Some(step_of(&desk, "DeleteAttachment")), origins: Vec::new() }).unwrap_err();
    assert_eq!(error.to_string(), "F-1 was purged (a backup may still hold it)");
    desk.act(DeleteRecords { targets: Targets::one(lead(1)) });
    let before = desk.ctx.now() + 1;
    desk.act(Purge { before });
    assert_eq!(names(&desk, lead(2)), ["b.txt"]);
    assert_eq!(count(&desk, "SELECT count(*) FROM blob WHERE refs = 1"), 1);
    desk.act(DeleteRecords { targets: Targets::one(lead(2)) });
    let before = desk.ctx.now() + 1;
    desk.act(Purge { before });
    for table in ["blob", "blob_chunk", "attachment"] {
        assert_eq!(count(&desk, &format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    sound(&desk);
}

fn step_of(desk: &Desk, act: &str) -> i64 {
    desk.service.db().number("SELECT max(number) FROM operation WHERE act = $1", &[act.into()]).unwrap()
}

#[test]
fn files_follow_a_merge_and_are_read_on_what_a_lead_became() {
    let mut desk = desk();
    let path = file(&desk, "offer.pdf", b"%PDF-1.7");
    attach(&mut desk, lead(2), &path);
    let before = desk.dump();
    let done = desk.act(Merge { master: lead(1), other: lead(2), take: Vec::new() });
    assert_eq!(done.reply.files, 1);
    assert_eq!(done.summary, "Merged L-2 into Ann Lee (L-1) · 1 file moved");
    assert_eq!(names(&desk, lead(1)), ["offer.pdf"]);
    desk.act(undo());
    assert_eq!(desk.dump(), before);
    desk.act(Redo);
    let made = desk.act(QualifyLead {
        lead: 1,
        account: Part::New,
        contact: Part::New,
        opportunity: Some(Deal::default()),
        reason: None,
    });
    assert!(made.step.is_some());
    for entity in [Entity::Account, Entity::Contact, Entity::Opportunity] {
        let about = entity.numbered(1);
        assert_eq!(names(&desk, about), ["offer.pdf"], "{about}");
        let detail = desk.service.ask(&GetRecord { record: about, entries: 50 }, &desk.ctx).unwrap();
        assert_eq!(detail.files, 1);
        assert!(detail.timeline.iter().any(|entry| matches!(entry, Entry::File(file) if file.about == lead(1))));
    }
    assert_eq!(count(&desk, "SELECT count(*) FROM attachment"), 1, "one copy");
    // a closed lead takes files too, and so does what it became
    let later = file(&desk, "later.pdf", b"%PDF-1.8");
    attach(&mut desk, lead(1), &later);
    attach(&mut desk, Entity::Account.numbered(1), &later);
    assert_eq!(names(&desk, Entity::Account.numbered(1)).len(), 3);
    sound(&desk);
}

#[test]
fn what_is_not_taken_is_named_with_the_reason_and_nothing_is_written() {
    let mut desk = desk();
    desk.ctx.files = Rules { largest: 1_000, ..Rules::default() };
    let good = file(&desk, "good.txt", b"good");
    let exe = file(&desk, "SETUP.Exe", b"MZ");
    let large = file(&desk, "large.txt", &long(1_001));
    let folder = desk.dir.path().join("folder");
    std::fs::create_dir(&folder).unwrap();
    let fifo = desk.dir.path().join("fifo");
    rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR, 0).unwrap();
    let closed = file(&desk, "closed.txt", b"x");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    let missing = desk.dir.path().join("missing.txt");
    let before = desk.dump();
    for (path, words) in [
        (&exe, "SETUP.Exe: files that end in .exe are not taken"),
        (&large, "large.txt: it has 1001 bytes, and 1000 are allowed"),
        (&folder, "folder: that is a folder; name the files in it"),
        (&fifo, "fifo: that is no file but a pipe or a device"),
        (&PathBuf::from("/dev/zero"), "/dev/zero: that is no file but a pipe or a device"),
        (&missing, "missing.txt: there is no such file"),
        (&PathBuf::from("/"), "that is no file; name one"),
    ] {
        let said = refused(&mut desk, &[&good, path]);
        assert!(said.contains(words), "{said}");
    }
    if std::fs::File::open(&closed).is_err() {
        assert!(refused(&mut desk, &[&closed]).contains("closed.txt: you may not read it"));
    }
    let all = refused(&mut desk, &[&exe, &good, &missing]);
    assert!(all.contains("SETUP.Exe") && all.contains("missing.txt") && !all.contains("good.txt"), "{all}");
    assert_eq!(desk.dump(), before);
    assert_eq!(count(&desk, "SELECT count(*) FROM blob_chunk"), 0);
    // a link is followed: whoever names it means what it leads to
    let link = desk.dir.path().join("link.txt");
    symlink(&good, &link).unwrap();
    attach(&mut desk, lead(1), &link);
    assert_eq!(names(&desk, lead(1)), ["link.txt"]);
    let note = Targets::of(Entity::Note, vec![1]);
    let error = desk.try_act(AttachFiles { targets: note, files: vec![good] }).unwrap_err();
    assert!(error.to_string().contains("a file cannot stand on a note"), "{error}");
    let error = desk.try_act(RenameAttachment { file: 1, name: "run.bat".into() }).unwrap_err();
    assert!(error.to_string().contains("files that end in .bat are not taken"), "{error}");
}

#[test]
fn only_who_may_write_a_record_attaches_to_it() {
    let mut desk = desk();
    desk.act(AddUser { login: "bo".into(), name: String::new(), role: Role::Seller });
    let path = file(&desk, "offer.pdf", b"%PDF-1.7");
    attach(&mut desk, lead(1), &path);
    (desk.ctx.user, desk.ctx.role) = (2, Role::Seller);
    let act = AttachFiles { targets: Targets::one(lead(1)), files: vec![path] };
    assert!(matches!(desk.try_act(act).unwrap_err(), Error::Denied(_)));
    assert!(matches!(desk.try_act(RemoveAttachment { file: 1 }).unwrap_err(), Error::Denied(_)));
    let step = step_of(&desk, "CreateAttachment");
    assert!(matches!(desk.try_act(Undo { step: Some(step), origins: Vec::new() }).unwrap_err(), Error::Denied(_)));
}

#[test]
fn names_leave_no_folder_and_nothing_is_written_over() {
    let mut desk = desk();
    let folder = desk.dir.path().join("out");
    std::fs::create_dir(&folder).unwrap();
    let path = file(&desk, "x", b"new");
    attach(&mut desk, lead(1), &path);
    let save = |desk: &Desk, to: Place| desk.service.ask(&SaveAttachment { file: 1, to }, &desk.ctx);
    for (name, written) in [
        ("../../.bashrc", "_bashrc"),
        ("/etc/passwd", "passwd"),
        (".ssh/authorized_keys", "authorized_keys"),
        ("-rf", "_rf"),
        ("a\nb", "a_b"),
        ("$(touch y)", "$(touch y)"),
        ("gnp.\u{202e}fdp", "gnp._fdp"),
    ] {
        desk.act(RenameAttachment { file: 1, name: name.into() });
        let saved = save(&desk, Place::Folder(folder.clone())).unwrap();
        assert_eq!(saved.path, folder.join(written), "{name:?}");
        assert_eq!(saved.path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    desk.act(RenameAttachment { file: 1, name: "offer.pdf".into() });
    for written in ["offer.pdf", "offer (2).pdf", "offer (3).pdf"] {
        assert_eq!(save(&desk, Place::Folder(folder.clone())).unwrap().path, folder.join(written));
    }
    // whatever lies in the way stays what it is: a file, a link to another, one to nothing, a hard link
    let treasure = file(&desk, "treasure", b"mine");
    for way in 0..4 {
        let at = folder.join(format!("way-{way}"));
        match way {
            0 => std::fs::write(&at, b"mine").unwrap(),
            1 => symlink(&treasure, &at).unwrap(),
            2 => symlink(desk.dir.path().join("planted"), &at).unwrap(),
            _ => std::fs::hard_link(&treasure, &at).unwrap(),
        }
        let error = save(&desk, Place::File(at.clone())).unwrap_err();
        assert!(error.to_string().contains("exists already"), "{way}: {error}");
        desk.act(RenameAttachment { file: 1, name: format!("way-{way}") });
        assert_eq!(save(&desk, Place::Folder(folder.clone())).unwrap().path, folder.join(format!("way-{way} (2)")));
        assert!(save(&desk, Place::Free(folder.clone())).unwrap_err().to_string().contains("exists already"));
    }
    assert_eq!(std::fs::read(&treasure).unwrap(), b"mine");
    assert!(!desk.dir.path().join("planted").exists());
    let left =
        std::fs::read_dir(&folder).unwrap().filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().ends_with(".part"));
    assert_eq!(left.count(), 0);
    let error = save(&desk, Place::Folder(desk.dir.path().join("nowhere"))).unwrap_err();
    assert!(error.to_string().contains("there is no folder"), "{error}");
    assert!(save(&desk, Place::Folder(treasure)).unwrap_err().to_string().contains("is no folder"));
}

/// A file that another act has at hand.
struct FromMemory(&'static str, &'static [u8]);

impl Act for FromMemory {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "FromMemory"
    }

    fn run(mut self, tx: &mut Tx<'_>) -> Result<i64> {
        let stored = Incoming::store(tx, self.0, &mut self.1)?;
        tx.say("a file from memory");
        write_new(tx, lead(1), &stored).map(|file| file.number)
    }
}

#[test]
fn another_act_attaches_what_it_has_at_hand() {
    let mut desk = desk();
    let number = desk.act(FromMemory("C:\\photos\\ann", b"\x89PNG\r\n\x1a\n")).reply;
    let stored = desk.service.ask(&GetAttachment { number }, &desk.ctx).unwrap();
    assert_eq!((stored.name.as_str(), stored.mime.as_str(), stored.size), ("ann", "image/png", 8));
    desk.act(FromMemory("again", b"\x89PNG\r\n\x1a\n"));
    assert_eq!(count(&desk, "SELECT count(*) FROM blob_chunk"), 1);
    desk.ctx.files = Rules { largest: 3, ..Rules::default() };
    assert!(desk.try_act(FromMemory("big.txt", b"four")).unwrap_err().to_string().contains("big.txt: it has 4 bytes"));
    assert!(desk.try_act(FromMemory("x.js", b"1")).unwrap_err().to_string().contains(".js"));
    sound(&desk);
}

#[test]
fn a_check_finds_what_is_wrong_with_a_content() {
    let mut desk = desk();
    for (name, bytes) in [("a.txt", "first"), ("b.txt", "second"), ("c.txt", "third"), ("d.txt", "fourth")] {
        let path = file(&desk, name, bytes.as_bytes());
        attach(&mut desk, lead(1), &path);
    }
    let mut db = leadbook::store::Db::open(&leadbook::store::sqlite::Opening::existing(desk.path())).unwrap();
    assert!(check::run(&mut db).unwrap().iter().any(|f| f.what == "files" && f.problems.is_empty()));
    db.write(|db| {
        db.execute("UPDATE blob_chunk SET bytes = CAST('fIrst' AS BLOB) WHERE blob = 1", &[])?;
        db.execute("UPDATE blob_chunk SET bytes = CAST('sec' AS BLOB) WHERE blob = 2", &[])?;
        db.execute("UPDATE blob SET refs = 5 WHERE number = 3", &[])?;
        db.execute("DELETE FROM attachment WHERE number = 4", &[])
    })
    .unwrap();
    let found = check::run(&mut db).unwrap();
    let said = &found.iter().find(|f| f.what == "files").unwrap().problems;
    assert_eq!(
        said[..],
        [
            "a.txt is not what was attached: its bytes have changed",
            "b.txt has 3 bytes where 6 are due",
            "c.txt counts 5 files where there are 1",
            "6 bytes are kept that belong to no file",
        ]
    );
}
