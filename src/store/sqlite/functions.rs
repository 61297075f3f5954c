//! The scalar functions that our SQL texts use and SQLite lacks: `fold`, `fold_words`, `digits`. Registers them, decides nothing.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::errors::translate;
use crate::error::Result;
use crate::model::fold::{fold, words};
use crate::model::phone::digits;

/// Gives a connection `fold(text)`, the folded form that keys are made of, `fold_words(text)`, its words with blanks between them, and
/// `digits(text)`, those of a telephone number; NULL stays NULL.
pub(super) fn register(conn: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function("fold", 1, flags, |call| {
        let text: Option<String> = call.get(0)?;
        Ok(text.as_deref().map(fold))
    })
    .map_err(translate)?;
    conn.create_scalar_function("fold_words", 1, flags, |call| {
        let text: Option<String> = call.get(0)?;
        Ok(text.as_deref().map(|text| words(text).join(" ")))
    })
    .map_err(translate)?;
    conn.create_scalar_function("digits", 1, flags, |call| {
        let text: Option<String> = call.get(0)?;
        Ok(text.as_deref().map(digits))
    })
    .map_err(translate)
}
