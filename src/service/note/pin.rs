//! Pinning a note, so that it stands before all others of its record, and letting go of it. Changes no text.

use crate::error::{Error, Result};
use crate::model::entity::RecordId;
use crate::service::act::{Act, Tx};
use crate::store;
use crate::store::log::ChangeKind;

/// How the log names it.
pub(in crate::service) const PINNED: &str = "pinned";

/// Pins a note or lets go of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinNote {
    /// The note's number.
    pub note: i64,
    /// Whether it stands first from now on.
    pub pinned: bool,
}

impl Act for PinNote {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "PinNote"
    }

    /// The version comes back.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let note = store::note::need(tx.db, self.note)?;
        let name = super::check_record(tx, note.about)?;
        if note.deleted_at.is_some() {
            return Err(Error::refused(format!("{} is deleted", RecordId::note(self.note)), "undo brings it back"));
        }
        if note.pinned == self.pinned {
            return Ok(note.version);
        }
        tx.say(format!("{} the note on {name}: {}", if self.pinned { "Pinned" } else { "Unpinned" }, super::short(&note.body)));
        put(tx, note, self.pinned)
    }
}

/// Writes whether a note is pinned, without a new version, as its text stays what it is; undo uses it too.
pub(in crate::service) fn put(tx: &mut Tx<'_>, mut note: crate::model::note::Note, pinned: bool) -> Result<i64> {
    let flag = |pinned: bool| Some(i64::from(pinned).to_string());
    let old = flag(std::mem::replace(&mut note.pinned, pinned));
    store::note::update(tx.db, &note)?;
    tx.count();
    let (record, about, kind) = (RecordId::note(note.number), note.about, ChangeKind::Update);
    tx.log(crate::store::log::Change { record, about, kind, field: PINNED.into(), old, new: flag(pinned) })?;
    Ok(note.version)
}

/// Whether a change pinned a note, or let go of it.
pub fn pinned(change: &crate::store::log::Change) -> Option<bool> {
    let is_pin = change.record.entity == crate::model::entity::Entity::Note && change.field == PINNED;
    is_pin.then(|| change.new.as_deref() == Some("1"))
}
