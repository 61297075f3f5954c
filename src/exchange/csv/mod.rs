//! Comma-separated values and their kin: reading with limits and positions, finding the delimiter, writing. Knows no field.

mod file;
mod reader;
mod sniff;
mod writer;

pub use file::{CsvFile, Rows};
pub use reader::{Reader, Record};
pub use sniff::sniff;
pub use writer::{Guard, guard, unguard, write_row};

/// The delimiters that are looked for, the likeliest first.
pub const DELIMITERS: &[u8] = b",;\t|";

/// The name of a delimiter in a sentence.
pub const fn delimiter_name(delimiter: u8) -> &'static str {
    match delimiter {
        b',' => "comma",
        b';' => "semicolon",
        b'\t' => "tab",
        b'|' => "bar",
        _ => "other",
    }
}
