//! The other records on which an activity is read: put there and taken off, with the log. Files nothing.

use crate::error::Result;
use crate::model::entity::{Entity, RecordId};
use crate::service::act::Tx;
use crate::service::note::place;
use crate::store;
use crate::store::log::{Change, ChangeKind};

/// How the log names that an activity is read on another record, before that record's name.
const ALSO: &str = "also:";

/// The record of which the log says by this field that an activity is read on it too.
pub(in crate::service) fn also_read(field: &str) -> Option<RecordId> {
    place(field.strip_prefix(ALSO)?)
}

/// Has an activity read on another record too, or no more; undo uses it too.
pub(in crate::service) fn put_also(tx: &mut Tx<'_>, activity: i64, about: RecordId, also: bool) -> Result<()> {
    store::mail::set_also(tx.db, activity, about, also)?;
    let yes = || Some("yes".to_owned());
    let (old, new) = if also { (None, yes()) } else { (yes(), None) };
    let record = Entity::Activity.numbered(activity);
    tx.log(Change { record, about, kind: ChangeKind::Update, field: format!("{ALSO}{about}"), old, new })
}

/// Has all that is read on a record read on the one into which it is merged.
pub(in crate::service) fn move_also(tx: &mut Tx<'_>, master: RecordId, other: RecordId) -> Result<()> {
    let there = store::mail::also_on(tx.db, master)?;
    for activity in store::mail::also_on(tx.db, other)? {
        put_also(tx, activity, other, false)?;
        if !there.contains(&activity) {
            put_also(tx, activity, master, true)?;
        }
    }
    Ok(())
}
