//! vCards: 2.1, 3.0 and 4.0 read, 3.0 written. Bytes ⇄ cards, within limits; knows no field of a record and no database.
//!
//! ```text
//! bytes → lines (unfolded) → property (name, parameters, value as text) → card → row of an import
//! ```
//!
//! 3.0 is written because everything reads it: iOS, Android, Google, Thunderbird, and Outlook, which does not know 4.0 and asks for
//! charsets in 2.1.

mod base64;
mod card;
mod lines;
mod property;
mod reader;
mod record;
mod row;
#[cfg(test)]
mod tests;
mod write;

pub use card::{Address, Card, CardFile, Labelled, Name, Phone, PhoneKind};
pub use reader::{Placed, Reader};
pub use record::{FIELDS, of_record};
pub use row::{CardRow, Columns, HEADINGS, OTHER};
pub use write::write;

/// The longest property, unfolded, in bytes; a photo of 25 MB fits in base64.
pub const MAX_LINE: usize = 40 << 20;
/// The longest property that is text, in bytes.
pub const MAX_TEXT: usize = 1 << 20;
/// The most bytes of one card.
pub const MAX_CARD: usize = 64 << 20;
/// The most properties of one card.
pub const MAX_PROPERTIES: usize = 2_000;
/// The most cards of one file.
pub const MAX_CARDS: u64 = 1_000_000;

/// Whether bytes begin as a vCard does.
pub fn is_vcard(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let Some((first, rest)) = head.split_at_checked(5) else { return false };
    let rest = rest.trim_ascii_start();
    first.eq_ignore_ascii_case(b"BEGIN")
        && rest
            .strip_prefix(b":")
            .map(<[u8]>::trim_ascii_start)
            .is_some_and(|kind| kind.get(..5).is_some_and(|kind| kind.eq_ignore_ascii_case(b"VCARD")))
}
