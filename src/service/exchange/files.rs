//! Photos and other files of a card as files of the record that it became. Decides nothing about records.

use crate::error::Result;
use crate::exchange::import::{Draft, Report};
use crate::exchange::vcard::CardFile;
use crate::model::attachment::kept_name;
use crate::model::entity::RecordId;
use crate::service::act::Tx;
use crate::service::attachment::{Incoming, write_new};
use crate::service::context::Context;
use crate::store::{self, Db, blob};

/// The files of a row that are to be kept: those that are taken and that the record has not yet. The report counts them and says why
/// another is left out.
pub(super) fn wanted<'d>(
    db: &Db,
    ctx: &Context,
    draft: &'d Draft,
    on: Option<RecordId>,
    report: &mut Report,
) -> Result<Vec<&'d CardFile>> {
    let mut wanted: Vec<&CardFile> = Vec::new();
    for file in &draft.files {
        let refused = ctx.files.refuses(&kept_name(&file.name)).or_else(|| ctx.files.too_large(file.bytes.len() as u64));
        if let Some(why) = refused {
            report.remark(draft.row, "", &format!("{} is left out: {why}", file.name));
        } else if !has(db, on, &file.bytes)? && !wanted.iter().any(|other| other.bytes == file.bytes) {
            wanted.push(file);
        }
    }
    report.files += wanted.len() as u64;
    Ok(wanted)
}

/// Whether a record has a file with this content.
fn has(db: &Db, on: Option<RecordId>, bytes: &[u8]) -> Result<bool> {
    let Some(record) = on else { return Ok(false) };
    let mut left = bytes;
    let known = blob::known(db, &mut |buffer| {
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        left = &left[count..];
        Ok(count)
    })?;
    known.map_or(Ok(false), |content| store::attachment::has_content(db, record, content.number))
}

/// Attaches files to a record, as part of the step.
pub(super) fn attach(tx: &mut Tx<'_>, files: &[&CardFile], on: RecordId) -> Result<()> {
    for file in files {
        let stored = Incoming::store(tx, &file.name, &mut file.bytes.as_slice())?;
        write_new(tx, on, &stored)?;
    }
    Ok(())
}
