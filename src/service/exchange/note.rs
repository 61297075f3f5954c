//! One row of a file as a note on the record that it names: its text, who wrote it and when. Makes no task and tags nothing: what a note
//! of another program asked for was done there.

use crate::error::{Error, Result};
use crate::exchange::import::Draft;
use crate::model::entity::RecordId;
use crate::model::fold::fold;
use crate::model::note::{Note, Origin, title};
use crate::model::value::{Owner, Value};
use crate::service::act::Tx;
use crate::service::context::Context;
use crate::service::note::checked;
use crate::store;

/// The text of a note: its title as the first line, unless the text begins with it.
fn body(name: &str, text: &str) -> String {
    let (name, text) = (name.trim(), text.trim_end());
    if text.trim().is_empty() {
        return name.to_owned();
    }
    if name.is_empty() || fold(title(text)) == fold(name) {
        return text.to_owned();
    }
    format!("{name}\n\n{text}")
}

/// The note that a row becomes, without its record and number; an error that says why it becomes none.
fn parts(ctx: &Context, draft: &Draft) -> Result<(RecordId, String)> {
    let registry = &ctx.catalog.note;
    let text = |name| draft.get(registry.id(name)).map_or("", Value::as_text);
    let about = draft.get(registry.id("regarding")).and_then(Value::as_record);
    let about = about.ok_or_else(|| Error::invalid("regarding", "names no record that the note could stand on"))?;
    Ok((about, checked(&body(text("name"), text("body")))?))
}

/// [`Error::Invalid`] where a row cannot become a note.
pub(super) fn check(ctx: &Context, draft: &Draft) -> Result<()> {
    parts(ctx, draft).map(|_| ())
}

/// Writes a new note, without a line in the log: the step knows its number.
pub(super) fn insert(tx: &Tx<'_>, draft: &Draft, source: &str, number: i64) -> Result<()> {
    let ctx = tx.ctx;
    let registry = &ctx.catalog.note;
    let (about, body) = parts(ctx, draft)?;
    let at = draft.get(registry.id("created_at")).and_then(Value::as_int).unwrap_or_else(|| ctx.now());
    let by = match draft.get(registry.id("owner")) {
        Some(Value::Owner(Owner::User(user))) => *user,
        _ => ctx.user,
    };
    let note = Note {
        number,
        id: ctx.ids.make(),
        version: 1,
        about,
        body,
        created_at: at,
        created_by: by,
        modified_at: at,
        modified_by: by,
        deleted_at: None,
        pinned: false,
        tasks: Vec::new(),
    };
    store::note::insert(tx.db, &note)?;
    let origin = Origin { source: source.to_owned(), key: draft.import_key.clone(), rest: draft.whole_rest() };
    store::note::set_origin(tx.db, number, &origin)
}

#[cfg(test)]
mod tests {
    use super::body;

    #[test]
    fn a_title_is_the_first_line_once() {
        for (name, text, whole) in [
            ("Visit", "Met Ann.", "Visit\n\nMet Ann."),
            ("Visit", "visit\nMet Ann.", "visit\nMet Ann."),
            ("", "Met Ann.\n\n", "Met Ann."),
            ("Visit", " ", "Visit"),
            ("", "", ""),
        ] {
            assert_eq!(body(name, text), whole);
        }
    }
}
