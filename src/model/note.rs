//! A note: Markdown on a record, its first line the title. Renders nothing.

use uuid::Uuid;

use super::entity::RecordId;

/// The longest note in bytes. Source: a memo of the annotation entity holds far more; this keeps one note within a screen's means.
pub const LONGEST: usize = 1_000_000;

/// A note as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The number, shown as `N-7`.
    pub number: i64,
    /// The identity that other programs hold.
    pub id: Uuid,
    /// Grows with every change.
    pub version: i64,
    /// The record it is on.
    pub about: RecordId,
    /// Markdown as typed.
    pub body: String,
    /// µs UTC.
    pub created_at: i64,
    /// A user's number.
    pub created_by: i64,
    /// µs UTC.
    pub modified_at: i64,
    /// A user's number.
    pub modified_by: i64,
    /// µs UTC; `None` while it is there.
    pub deleted_at: Option<i64>,
}

/// The title of a note: its first line that has text, without Markdown's heading marks.
pub fn title(body: &str) -> &str {
    let line = body.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    line.trim_start_matches('#').trim_start()
}
