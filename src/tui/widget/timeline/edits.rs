//! What became of a note since it was written: who changed it, when, which lines went and came. Asks for nothing: the steps stand in
//! the same timeline.

use ratatui::text::{Line, Span};

use super::INDENT;
use crate::model::clean::{clean, fit};
use crate::model::dates::ago;
use crate::model::diff::{self, Line as Changed};
use crate::model::entity::RecordId;
use crate::model::note::Note;
use crate::service::record::read::Entry;
use crate::store::log::ChangeKind;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;

/// Lines of one change that are shown.
const MOST: usize = 6;

/// The changes of a note among the steps of its record, the newest first, at most `room` lines.
pub(super) fn lines(note: &Note, entries: &[Entry], columns: usize, room: usize, env: &Env) -> Vec<Line<'static>> {
    let record = RecordId::note(note.number);
    let mut lines = Vec::new();
    if note.version < 2 {
        return lines;
    }
    let width = columns.saturating_sub(INDENT);
    let mut push = |text: String, meaning| {
        let text = fit(&clean(&text), width);
        lines.push(Line::from(vec![Span::raw(" ".repeat(INDENT.min(columns))), Span::styled(text, env.theme.style(meaning))]));
    };
    for entry in entries {
        let Entry::Step(operation, changes) = entry else { continue };
        let edits = changes.iter().filter(|c| c.record == record && c.kind == ChangeKind::Update && c.field == "body");
        for change in edits {
            let who = env.user(operation.actor);
            let what = if operation.undoes.is_some() { "taken back" } else { "edited" };
            push(format!("── {what} {} · {who}", ago(operation.at, env.now())), Meaning::Label);
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let (old, new) = (text(&change.old), text(&change.new));
            let told = diff::lines(&old, &new);
            for line in told.iter().take(MOST) {
                match line {
                    Changed::Gone(text) => push(format!("- {text}"), Meaning::Dim),
                    Changed::Come(text) => push(format!("+ {text}"), Meaning::Title),
                }
            }
            if told.len() > MOST {
                push(format!("… {} more", told.len() - MOST), Meaning::Dim);
            }
        }
    }
    lines.truncate(room);
    lines
}
