//! How the note editor looks: a line with the record and the first line, the text below it. Changes nothing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::NoteEditor;
use crate::model::clean::{clean, fit, width};
use crate::model::todo::{mistaken, split, todos};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::popup::put;
use crate::tui::widget::when::Reader;

/// Rows that the editor has at least, where there are so many.
const LEAST: u16 = 8;

/// The lower half of `area`.
fn half(area: Rect) -> Rect {
    let height = (area.height / 2).max(LEAST).min(area.height);
    Rect { y: area.bottom() - height, height, ..area }
}

pub(super) fn draw(note: &NoteEditor, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let area = half(area).intersection(frame.area());
    if area.is_empty() {
        return;
    }
    frame.render_widget(Clear, area);
    let columns = usize::from(area.width);
    let style = |meaning| env.theme.style(meaning);
    let remark = remark(note, env);
    let what = if note.stored.is_some() { "Note of" } else { "Note on" };
    let title = format!("{what} {}", clean(&note.name));
    let first = clean(&note.first_line()).into_owned();
    let title = if first.is_empty() { title } else { format!("{title} · {first}") };
    put(frame, area.x, area.y, &"─".repeat(columns), area, style(Meaning::Focus));
    let room = columns.saturating_sub(width(&remark) + 8);
    put(frame, area.x + 1, area.y, &format!(" {} ", fit(&title, room)), area, style(Meaning::Title));
    if !remark.is_empty() && columns > width(&remark) + 12 {
        let x = area.right() - u16::try_from(width(&remark)).unwrap_or(0) - 3;
        put(frame, x, area.y, &format!(" {remark} "), area, style(Meaning::Draft));
    }
    // one column free at the left, where there is room
    let indent = u16::from(area.width > 20);
    let text = if area.height > 1 {
        Rect { x: area.x + indent, y: area.y + 1, width: area.width - indent, height: area.height - 1 }
    } else {
        area
    };
    note.editor.draw(frame, text, &env.theme, note.search.is_none());
}

/// What becomes of the text at the moment.
fn remark(note: &NoteEditor, env: &Env) -> String {
    let (line, column) = note.editor.position();
    let task = task(note, line, env);
    let state = match (&note.saving, note.outside, note.has_draft) {
        (Some(_), _, _) => "saving … ",
        (_, true, _) => "in the other editor ",
        (_, _, true) => "✎ draft ",
        _ => "",
    };
    format!("{task}{state}{line}:{column}")
}

/// What the line of the cursor makes, if it is one with a box: `task → Tue 24 Nov 15:00 · `.
fn task(note: &NoteEditor, line: usize, env: &Env) -> String {
    let text = note.editor.line(line.saturating_sub(1)).to_owned();
    let Some(todo) = todos(&text).into_iter().find(|todo| !todo.done) else { return String::new() };
    let (now, zone) = (env.now(), env.zone);
    match (split(todo.text, now, zone, &env.locale).1, mistaken(todo.text, now, zone, &env.locale)) {
        (Some(when), None) => format!("task → {} · ", Reader::new(env, None).moment(when.instant(zone), when.time.is_some())),
        (_, Some(word)) => format!("task: “{word}” is no date · "),
        (None, None) => "task without a date · ".into(),
    }
}
