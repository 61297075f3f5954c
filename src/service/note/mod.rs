//! Notes on any record: create, edit, delete. Rendering is the interface's.

pub mod find;
pub mod pin;
pub mod tasks;

use crate::error::{Error, Result};
use crate::model::entity::{Entity, RecordId, RecordName};
use crate::model::fold::fold;
use crate::model::note::{LONGEST, Note, tags, title};
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::record::change_record;
use crate::service::record::tag::add_tags;
use crate::service::record::write::{check_not_erased, display_name, owner};
use crate::store;
use crate::store::log::{Change, ChangeKind};

/// Writes a new note on a record; closed records take notes too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddNote {
    /// The record.
    pub about: RecordId,
    /// Markdown.
    pub body: String,
}

/// Replaces the text of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditNote {
    /// The note's number.
    pub note: i64,
    /// The version that was on the screen; `None` writes over whatever is there.
    pub version: Option<i64>,
    /// The new text.
    pub body: String,
}

/// Deletes a note; undo brings it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteNote {
    /// The note's number.
    pub note: i64,
}

/// The text as it is kept: without blanks at the end, at most [`LONGEST`] bytes, and some text in it.
pub(in crate::service) fn checked(body: &str) -> Result<String> {
    let body = body.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{2400}");
    let body = body.trim_end();
    if body.trim().is_empty() {
        return Err(Error::invalid("note", "the note is empty; a note needs some text"));
    }
    if body.len() > LONGEST {
        return Err(Error::invalid("note", format!("the note has {} bytes; {LONGEST} fit: split it in two", body.len())));
    }
    Ok(body.to_owned())
}

/// Checks that the record is there and may be written; how messages call it comes back.
fn check_record(tx: &Tx<'_>, about: RecordId) -> Result<String> {
    if about.entity == Entity::Note {
        return Err(Error::refused("a note cannot stand on a note", "write it on the record"));
    }
    let registry = tx.ctx.catalog.registry(about.entity);
    let record = store::record::need(tx.db, registry, about.number)?;
    check_not_erased(registry, &record)?;
    access::check_write(tx.db, tx.ctx, about, owner(registry, &record))?;
    Ok(display_name(tx.ctx, &record))
}

fn short(body: &str) -> String {
    title(body).chars().take(60).collect()
}

/// Writes and logs a new note; whether the record may be written is the caller's to check.
pub(in crate::service) fn write_new(tx: &mut Tx<'_>, about: RecordId, body: &str) -> Result<Note> {
    let ctx = tx.ctx;
    let body = checked(body)?;
    let number = store::setting::take_numbers(tx.db, "note", 1)?;
    let at = ctx.now();
    let note = Note {
        number,
        id: ctx.ids.make(),
        version: 1,
        about,
        body,
        created_at: at,
        created_by: ctx.user,
        modified_at: at,
        modified_by: ctx.user,
        deleted_at: None,
        pinned: false,
        tasks: Vec::new(),
    };
    store::note::insert(tx.db, &note)?;
    let record = RecordId::note(number);
    let new = Some(note.body.clone());
    tx.log(Change { record, about, kind: ChangeKind::Create, field: "body".into(), old: None, new })?;
    Ok(note)
}

/// Puts the tags of a note on its record; what the summary says of it comes back.
fn tag(tx: &mut Tx<'_>, about: RecordId, add: Vec<String>) -> Result<String> {
    if add.is_empty() {
        return Ok(String::new());
    }
    let words: Vec<String> = add.iter().map(|tag| format!("#{tag}")).collect();
    let catalog = &tx.ctx.catalog;
    let field = catalog.registry(about.entity).id("tags");
    let (_, changed) = change_record(tx, about, ChangeKind::Update, |record| {
        add_tags(record, field, &add, &catalog.tags);
        Ok(())
    })?;
    Ok(if changed { format!(" · tagged {}", words.join(" ")) } else { String::new() })
}

impl Act for AddNote {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "CreateNote"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let name = check_record(tx, self.about)?;
        let note = write_new(tx, self.about, &self.body)?;
        let tagged = tag(tx, self.about, tags(&note.body))?;
        let planned = tasks::keep(tx, &note, "")?;
        tx.say(format!("Note on {name}: {}{tagged}{planned}", short(&note.body)));
        Ok(note.number)
    }
}

impl Act for EditNote {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "UpdateNote"
    }

    /// The new version comes back; [`Error::Conflict`] when somebody changed the note meanwhile.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let body = checked(&self.body)?;
        let mut note = store::note::need(tx.db, self.note)?;
        let name = check_record(tx, note.about)?;
        if note.deleted_at.is_some() {
            return Err(Error::refused(format!("{} is deleted", RecordId::note(self.note)), "undo brings it back"));
        }
        if note.body == body {
            return Ok(note.version);
        }
        if self.version.is_some_and(|version| version != note.version) {
            return Err(stale(tx, &note, &body));
        }
        let old = std::mem::replace(&mut note.body, body);
        // what was taken off the record since is not put on it again by an older word
        let before = tags(&old);
        let new = tags(&note.body).into_iter().filter(|tag| !before.iter().any(|other| fold(other) == fold(tag))).collect();
        write(tx, &mut note, ChangeKind::Update, "body", Some(old.clone()), |note| Some(note.body.clone()))?;
        let tagged = tag(tx, note.about, new)?;
        let planned = tasks::keep(tx, &note, &old)?;
        tx.say(format!("Changed the note on {name}: {}{tagged}{planned}", short(&note.body)));
        Ok(note.version)
    }
}

impl Act for DeleteNote {
    type Reply = ();

    fn name(&self) -> &'static str {
        "DeleteNote"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        let mut note = store::note::need(tx.db, self.note)?;
        let name = check_record(tx, note.about)?;
        if note.deleted_at.is_some() {
            return Ok(());
        }
        note.deleted_at = Some(tx.ctx.now());
        write(tx, &mut note, ChangeKind::Delete, "deleted_at", None, |note| note.deleted_at.map(|at| at.to_string()))?;
        tx.say(format!("Deleted the note on {name}: {}", short(&note.body)));
        Ok(())
    }
}

fn stale(tx: &Tx<'_>, note: &Note, body: &str) -> Error {
    let by = tx.ctx.catalog.people.user(note.modified_by).map_or_else(|| "somebody".to_owned(), |u| u.login.clone());
    Error::Conflict(Box::new(crate::error::Conflict {
        record: RecordId::note(note.number).to_string(),
        version: note.version,
        by,
        at: note.modified_at,
        clashes: vec![crate::error::Clash { field: "note".into(), theirs: note.body.clone(), yours: body.to_owned() }],
    }))
}

/// Writes a changed note with its stamps and its log line; undo uses it too.
pub(super) fn write(
    tx: &mut Tx<'_>,
    note: &mut Note,
    kind: ChangeKind,
    field: &str,
    old: Option<String>,
    new: impl FnOnce(&Note) -> Option<String>,
) -> Result<()> {
    note.version += 1;
    note.modified_at = tx.ctx.now();
    note.modified_by = tx.ctx.user;
    store::note::update(tx.db, note)?;
    let new = new(note);
    tx.count();
    tx.log(Change { record: RecordId::note(note.number), about: note.about, kind, field: field.into(), old, new })
}

/// How the log names the record that a note is on.
pub(in crate::service) const ABOUT: &str = "about";

/// Puts a note on another record. Its text and who wrote it when stay as they are; undo uses it too.
pub(in crate::service) fn move_to(tx: &mut Tx<'_>, number: i64, to: RecordId) -> Result<()> {
    let mut note = store::note::need(tx.db, number)?;
    let from = std::mem::replace(&mut note.about, to);
    if from == to {
        return Ok(());
    }
    note.version += 1;
    store::note::update(tx.db, &note)?;
    tx.count();
    let (record, old, new) = (RecordId::note(number), Some(from.to_string()), Some(to.to_string()));
    tx.log(Change { record, about: to, kind: ChangeKind::Update, field: ABOUT.into(), old, new })
}

/// The record that a note was on before a change, if the change moved it.
pub fn moved_from(change: &Change) -> Option<RecordId> {
    if change.record.entity == Entity::Note && change.field == ABOUT { place(change.old.as_deref()?) } else { None }
}

/// The record that the log names as the place of a note.
pub(in crate::service) fn place(text: &str) -> Option<RecordId> {
    match RecordName::parse(text)? {
        RecordName::Number(record) => Some(record),
        RecordName::Id(_) => None,
    }
}
