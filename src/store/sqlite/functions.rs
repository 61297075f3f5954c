//! The scalar functions that our SQL texts use and SQLite lacks: `fold`, `fold_words`, `digits`, `records_with`. Registers them, decides nothing.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::errors::translate;
use crate::error::Result;
use crate::model::fold::{fold, words};
use crate::model::phone::digits;
use crate::store::packed;

/// Gives a connection `fold(text)`, the folded form that keys are made of, `fold_words(text)`, its words with blanks between them, and
/// `digits(text)`, those of a telephone number, in which NULL stays NULL; and `records_with(rows, old, text)`, a JSON list of the records
/// of a set of changes that had a value before.
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
    .map_err(translate)?;
    conn.create_scalar_function("records_with", 3, flags, |call| {
        let wrong = |error: crate::error::Error| rusqlite::Error::UserFunctionError(error.headline().into());
        let (rows, old, wanted): (Vec<u8>, Vec<u8>, String) = (call.get(0)?, call.get(1)?, call.get(2)?);
        let records = packed::unpack_numbers(&rows).map_err(wrong)?;
        let old = packed::unpack_texts(&old).map_err(wrong)?;
        let found = records.iter().zip(&old).filter(|(_, old)| old.as_deref() == Some(wanted.as_str()));
        let numbers: Vec<String> = found.map(|(record, _)| record.to_string()).collect();
        Ok(format!("[{}]", numbers.join(",")))
    })
    .map_err(translate)
}
