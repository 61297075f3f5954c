//! Files on any record: attach, rename, remove. What is in a file is stored by `content` and written out by `write_out`.

mod content;
mod preview;
mod read;
mod write_out;

pub use content::Incoming;
pub use preview::{Preview, PreviewAttachment, Shown};
pub use read::{AttachmentsOf, CountDeletedFiles, GetAttachment, ReadPart};
pub use write_out::{Place, SaveAttachment, Saved};

use std::path::PathBuf;

use crate::error::{Error, Problem, Result};
use crate::model::attachment::{Attachment, kept_name, show_size};
use crate::model::entity::{Entity, RecordId};
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::note::{ABOUT, place};
use crate::service::record::write::{check_not_erased, display_name, owner};
use crate::service::scope::Targets;
use crate::store;
use crate::store::log::{Change, ChangeKind};

/// How the log names what a file is called.
pub(in crate::service) const NAME: &str = "name";

/// Attaches files to records: each file to each of them, its content kept once. Closed records take files too.
#[derive(Clone, Debug, PartialEq)]
pub struct AttachFiles {
    /// The records.
    pub targets: Targets,
    /// The files on this machine.
    pub files: Vec<PathBuf>,
}

/// Takes a file off its record; undo brings it back, a purge removes it for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoveAttachment {
    /// The file's number.
    pub file: i64,
}

/// Gives a file another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenameAttachment {
    /// The file's number.
    pub file: i64,
    /// The new name.
    pub name: String,
}

/// Checks that a record is there, may have files and may be written; how messages call it comes back.
fn check_record(tx: &Tx<'_>, about: RecordId) -> Result<String> {
    if about.entity.is_child() {
        return Err(Error::refused(format!("a file cannot stand on {}", about.entity.one()), "attach it to the record"));
    }
    let registry = tx.ctx.catalog.registry(about.entity);
    let record = store::record::need(tx.db, registry, about.number)?;
    check_not_erased(registry, &record)?;
    access::check_write(tx.db, tx.ctx, about, owner(registry, &record))?;
    Ok(display_name(tx.ctx, &record))
}

/// Writes and logs a new file with a content that is stored; whether the record may be written is the caller's to check.
pub fn write_new(tx: &mut Tx<'_>, about: RecordId, stored: &Incoming) -> Result<Attachment> {
    let ctx = tx.ctx;
    let at = ctx.now();
    let file = Attachment {
        number: store::setting::take_numbers(tx.db, "attachment", 1)?,
        id: ctx.ids.make(),
        version: 1,
        about,
        name: stored.name.clone(),
        mime: stored.mime.to_owned(),
        size: i64::try_from(stored.content.size).unwrap_or(i64::MAX),
        content: stored.content.number,
        created_at: at,
        created_by: ctx.user,
        modified_at: at,
        modified_by: ctx.user,
        deleted_at: None,
    };
    store::attachment::insert(tx.db, &file)?;
    tx.count();
    let (record, new) = (RecordId::attachment(file.number), Some(file.name.clone()));
    tx.log(Change { record, about, kind: ChangeKind::Create, field: NAME.into(), old: None, new })?;
    Ok(file)
}

impl Act for AttachFiles {
    type Reply = Vec<i64>;

    fn name(&self) -> &'static str {
        "CreateAttachment"
    }

    /// The numbers of the files come back, those of the first record first; what a record has under the same name is not written
    /// again. Every file that is not taken is named; none is written then.
    fn run(self, tx: &mut Tx<'_>) -> Result<Vec<i64>> {
        let (db, ctx) = (tx.db, tx.ctx);
        let numbers = self.targets.numbers(db, ctx)?;
        if numbers.is_empty() || self.files.is_empty() {
            return Err(Error::refused("there is nothing to attach", "name a file and a record"));
        }
        tx.expect(numbers.len().saturating_mul(self.files.len()));
        let mut name = String::new();
        for number in &numbers {
            name = check_record(tx, self.targets.entity().numbered(*number))?;
        }
        let stored = content::store_files(tx, &self.files)?;
        let (mut made, mut before) = (Vec::new(), Vec::new());
        for (done, number) in (0_u64..).zip(&numbers) {
            let about = self.targets.entity().numbered(*number);
            for file in &stored {
                match store::attachment::same(db, about, file.content.number, &file.name)? {
                    Some(there) => {
                        made.push(there);
                        before.push(there);
                    }
                    None => made.push(write_new(tx, about, file)?.number),
                }
            }
            if done % 256 == 255 {
                ctx.advance(done, numbers.len() as u64)?;
            }
        }
        let already = match before.as_slice() {
            [] => String::new(),
            [one] => format!("already attached as {}", RecordId::attachment(*one)),
            many => format!("{} were attached already", many.len()),
        };
        if before.len() == made.len() {
            let name = stored.first().filter(|_| stored.len() == 1).map(|file| format!("{} is ", file.name));
            tx.say(format!("{}{already}", name.unwrap_or_default()));
            return Ok(made);
        }
        let tail = if already.is_empty() { String::new() } else { format!(" · {already}") };
        let what = match stored.as_slice() {
            [one] => format!("{} ({})", one.name, show_size(one.content.size)),
            many => format!("{} files", many.len()),
        };
        match numbers.len() {
            1 => tx.say(format!("Attached {what} to {name}{tail}")),
            many => tx.say(format!("Attached {what} to {many} {}{tail}", self.targets.entity().counted(many as u64))),
        }
        Ok(made)
    }
}

/// A file that is there, and how messages call its record, which may be written.
fn present(tx: &Tx<'_>, number: i64) -> Result<(Attachment, String)> {
    let file = store::attachment::need(tx.db, number)?;
    let name = check_record(tx, file.about)?;
    Ok((file, name))
}

impl Act for RemoveAttachment {
    type Reply = ();

    fn name(&self) -> &'static str {
        "DeleteAttachment"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        let (mut file, name) = present(tx, self.file)?;
        if file.deleted_at.is_some() {
            return Ok(());
        }
        set_deleted(tx, &mut file, ChangeKind::Delete)?;
        tx.say(format!("Took {} off {name}", file.name));
        Ok(())
    }
}

impl Act for RenameAttachment {
    type Reply = ();

    fn name(&self) -> &'static str {
        "UpdateAttachment"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        if self.name.trim().is_empty() {
            return Err(Error::invalid("name", "a file needs a name"));
        }
        let new = kept_name(&self.name);
        if let Some(why) = tx.ctx.files.refuses(&new) {
            return Err(Error::Invalid(vec![Problem::new("name", format!("{new}: {why}"))]));
        }
        let (mut file, name) = present(tx, self.file)?;
        if file.deleted_at.is_some() {
            return Err(Error::refused(format!("{} is deleted", RecordId::attachment(self.file)), "undo brings it back"));
        }
        let old = file.name.clone();
        set_name(tx, &mut file, &new)?;
        tx.say(format!("Renamed {old} on {name} to {new}"));
        Ok(())
    }
}

/// Writes a changed file with its stamps and its log line.
fn write(tx: &mut Tx<'_>, file: &mut Attachment, kind: ChangeKind, field: &str, values: [Option<String>; 2]) -> Result<()> {
    file.version += 1;
    file.modified_at = tx.ctx.now();
    file.modified_by = tx.ctx.user;
    store::attachment::update(tx.db, file)?;
    tx.count();
    let [old, new] = values;
    tx.log(Change { record: RecordId::attachment(file.number), about: file.about, kind, field: field.into(), old, new })
}

/// Takes a file off its record or brings it back, as `kind` says.
fn set_deleted(tx: &mut Tx<'_>, file: &mut Attachment, kind: ChangeKind) -> Result<()> {
    let old = file.deleted_at.map(|at| at.to_string());
    file.deleted_at = (kind == ChangeKind::Delete).then(|| tx.ctx.now());
    let new = file.deleted_at.map(|at| at.to_string());
    write(tx, file, kind, "deleted_at", [old, new])
}

fn set_name(tx: &mut Tx<'_>, file: &mut Attachment, name: &str) -> Result<()> {
    if file.name == name {
        return Ok(());
    }
    let old = std::mem::replace(&mut file.name, name.to_owned());
    write(tx, file, ChangeKind::Update, NAME, [Some(old), Some(name.to_owned())])
}

/// Puts a file on another record. Its content and who attached it when stay as they are.
pub(in crate::service) fn move_to(tx: &mut Tx<'_>, number: i64, to: RecordId) -> Result<()> {
    let mut file = store::attachment::need(tx.db, number)?;
    let from = std::mem::replace(&mut file.about, to);
    if from == to {
        return Ok(());
    }
    file.version += 1;
    store::attachment::update(tx.db, &file)?;
    tx.count();
    let (record, old, new) = (RecordId::attachment(number), Some(from.to_string()), Some(to.to_string()));
    tx.log(Change { record, about: to, kind: ChangeKind::Update, field: ABOUT.into(), old, new })
}

/// Takes one logged change of a file back or brings it again: `kind` is the one under which that is logged, `value` what is to hold.
pub(in crate::service) fn apply(tx: &mut Tx<'_>, change: &Change, kind: ChangeKind, value: Option<&str>) -> Result<()> {
    let damaged = || Error::Damaged(format!("the log names no {} for {}", change.field, change.record));
    let gone = || Error::refused(format!("{} was purged", change.record), "a backup may still hold it");
    let mut file = store::attachment::get(tx.db, change.record.number)?.ok_or_else(gone)?;
    match (kind, change.field.as_str()) {
        (ChangeKind::Update, ABOUT) => move_to(tx, file.number, value.and_then(place).ok_or_else(damaged)?),
        (ChangeKind::Update, _) => set_name(tx, &mut file, value.ok_or_else(damaged)?),
        _ => set_deleted(tx, &mut file, kind),
    }
}

/// What a change did to a file, in words; none when it is of something else.
pub fn words(change: &Change) -> Option<String> {
    if change.record.entity != Entity::Attachment {
        return None;
    }
    let new = change.new.as_deref().unwrap_or_default();
    Some(match (change.kind, change.field.as_str()) {
        (ChangeKind::Create, _) => format!("attached: {new}"),
        (ChangeKind::Delete, _) => "taken off".into(),
        (ChangeKind::Restore, _) => "brought back".into(),
        (ChangeKind::Update, ABOUT) => format!("moved from {}", change.old.as_deref().unwrap_or_default()),
        (ChangeKind::Update, _) => format!("renamed: {new}"),
    })
}
