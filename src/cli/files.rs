//! Files of records, shown: a line each for people, an object each for programs. Reads no content.

use serde_json::{Value as Json, json};

use super::open::Desk;
use super::output::Out;
use super::words;
use crate::error::Result;
use crate::model::attachment::{Attachment, show_size};
use crate::model::clean::clean;
use crate::model::dates::rfc3339_utc;
use crate::model::entity::RecordId;
use crate::service::attachment::AttachmentsOf;
use crate::service::{Context, LeadReader};

/// The object of a file.
pub fn object(ctx: &Context, file: &Attachment) -> Json {
    json!({
        "number": RecordId::attachment(file.number).to_string(),
        "id": file.id.to_string(),
        "about": file.about.to_string(),
        "name": file.name,
        "mime_type": file.mime,
        "size": file.size,
        "created_at": rfc3339_utc(file.created_at),
        "created_by": words::login(ctx, file.created_by),
        "modified_at": rfc3339_utc(file.modified_at),
        "modified_by": words::login(ctx, file.modified_by),
        "deleted_at": file.deleted_at.map(rfc3339_utc),
    })
}

/// The objects of all files of a record.
pub fn objects(desk: &Desk<LeadReader>, about: RecordId) -> Result<Json> {
    let files = desk.ask(&AttachmentsOf { about, limit: i64::MAX })?;
    Ok(files.iter().map(|file| object(&desk.ctx, file)).collect())
}

/// The line of a file.
pub fn line(ctx: &Context, out: &mut Out, file: &Attachment) -> Result<()> {
    let (number, size) = (RecordId::attachment(file.number), show_size(file.size.unsigned_abs()));
    let (when, by) = (words::moment(ctx, file.created_at), words::login(ctx, file.created_by));
    let deleted = if file.deleted_at.is_some() { " · deleted" } else { "" };
    out.line(&format!("  {number}  {} · {size} · {when} · {}{deleted}", clean(&file.name), clean(&by)))
}

/// The files of a record, a line each under their heading.
pub fn lines(desk: &Desk<LeadReader>, out: &mut Out, about: RecordId) -> Result<()> {
    let files = desk.ask(&AttachmentsOf { about, limit: i64::MAX })?;
    if files.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.line(&out.bold("Files"))?;
    files.iter().try_for_each(|file| line(&desk.ctx, out, file))
}
