//! File formats: bytes ⇄ records, within limits. Knows the model alone, no database and no screen.

pub mod csv;
pub mod export;
pub mod fold;
pub mod ics;
pub mod image;
pub mod import;
pub mod input;
pub mod mail;
pub mod report;
pub mod text;
pub mod vcard;

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 1 << 30;
/// The longest cell, in bytes of UTF-8.
pub const MAX_CELL: usize = 1 << 20;
/// The most columns of a file.
pub const MAX_COLUMNS: usize = 2_000;
