//! A note: Markdown on a record, its first line the title. Renders nothing.

use std::borrow::Cow;

use uuid::Uuid;

use super::activity::{CANCELED, COMPLETED};
use super::dates::show_planned;
use super::entity::{Entity, RecordId};
use super::fold::fold;
use super::todo;
use super::zone::Zone;

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
    /// Whether it stands before all others.
    pub pinned: bool,
    /// The tasks that its lines have made; only of a note that is read to be shown.
    pub tasks: Vec<NoteTask>,
}

/// Where a note came from that an import made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Under which name its key is kept.
    pub source: String,
    /// The key by which the other program names it.
    pub key: String,
    /// The cells of its row that are no part of a note, as lines `Heading: cell`; may be empty.
    pub rest: String,
}

/// A task that a line of a note has made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteTask {
    /// The folded text of the line.
    pub line: String,
    /// The number of the task, shown as `T-7`.
    pub activity: i64,
    /// The code of its state.
    pub state: i64,
    /// When it is due, in µs UTC; none where nobody said or it is closed.
    pub due: Option<i64>,
    /// Whether it is in Deleted.
    pub deleted: bool,
}

impl Note {
    /// The text with the number and the state of its task behind each line that has made one; the boxes of those that are done are
    /// ticked. `now` is in µs UTC.
    pub fn told(&self, now: i64, zone: Zone) -> Cow<'_, str> {
        if self.tasks.is_empty() {
            return Cow::Borrowed(&self.body);
        }
        Cow::Owned(todo::annotated(&self.body, |todo| {
            let key = todo.key();
            let task = self.tasks.iter().find(|task| task.line == key && !task.deleted)?;
            let said = match (task.state, task.due) {
                (COMPLETED, _) => "done".to_owned(),
                (CANCELED, _) => "canceled".to_owned(),
                (_, Some(due)) => show_planned(due, now, zone),
                _ => "open".to_owned(),
            };
            Some((task.state == COMPLETED, format!(" · {} {said}", Entity::Activity.numbered(task.activity))))
        }))
    }
}

/// The title of a note: its first line that has text, without Markdown's heading marks.
pub fn title(body: &str) -> &str {
    let line = body.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    line.trim_start_matches('#').trim_start()
}

/// The tags that stand in a note, without `#`, each once: a `#` at the beginning of a word that has a letter. Headings, code and
/// addresses have none.
pub fn tags(body: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut fenced = false;
    for line in body.lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
            continue;
        }
        if fenced || is_heading(trimmed) || line.starts_with("    ") {
            continue;
        }
        // what stands between backticks is code; an odd one is a letter like any other
        let parts: Vec<&str> = line.split('`').collect();
        let last = parts.len() - 1;
        for (place, part) in parts.into_iter().enumerate() {
            if place % 2 == 0 || (place == last && last % 2 == 1) {
                of_words(part, &mut found);
            }
        }
    }
    found
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    rest.len() < line.len() && (rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// The longest tag in characters.
const LONGEST_TAG: usize = 50;

fn of_words(text: &str, found: &mut Vec<String>) {
    for word in text.split_whitespace() {
        let Some(rest) = word.trim_start_matches(['(', '[', '{', '"', '\'', '“', '„', '*', '_']).strip_prefix('#') else {
            continue;
        };
        let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(rest.len());
        let tag = rest[..end].trim_end_matches(['-', '_']);
        let is_tag = tag.contains(char::is_alphabetic) && tag.chars().count() <= LONGEST_TAG && !rest[end..].starts_with('#');
        if is_tag && !found.iter().any(|other| fold(other) == fold(tag)) {
            found.push(tag.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn tags_are_words_of_the_text_and_nothing_else() {
        for (body, tags) in [
            ("met at the #Expo, again #expo (#follow-up) **#vip**", &["Expo", "follow-up", "vip"][..]),
            ("# Heading #no\n## #neither\n#yes is no heading", &["yes"]),
            ("order #123, item #7b; C# and a#b", &["7b"]),
            ("https://example.com/#part see #real", &["real"]),
            ("`#code` and #text\n```\n#fenced\n```\n    #indented\n#über", &["text", "über"]),
            ("an odd ` and #tag", &["tag"]),
            ("# #- ## #_ ##x", &[]),
        ] {
            assert_eq!(super::tags(body), tags, "{body}");
        }
    }
}
