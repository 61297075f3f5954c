//! The timeline of a record: notes, files and steps, newest first, one line each; the one under the cursor says all. Asks for nothing.

mod activity;
mod edits;
mod request;
mod step;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::markdown;
use crate::model::activity::is_open;
use crate::model::attachment::{Attachment, show_size};
use crate::model::choice::Set;
use crate::model::clean::{clean, fit, pad, width};
use crate::model::dates::{ago, until};
use crate::model::entity::RecordId;
use crate::model::note::{Note, title};
use crate::service::record::read::{Entry, RecordDetail};
use crate::tui::action::{Action, Scope};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;

pub use step::origin;

/// Columns of the age before an entry.
const AGE: usize = 8;
/// Columns before the body of an entry.
const INDENT: usize = 2;
/// Lines of the body that a note shows among other notes.
const GLANCE: usize = 5;

/// Which entries are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// A long text of the record itself.
    Text,
    /// Notes, files, and the steps that are in force or were taken back.
    #[default]
    All,
    /// Activities with the beginning of what was said.
    Activities,
    /// Notes with the beginning of their text.
    Notes,
    /// Files.
    Files,
    /// Customer requests with the beginning of what was said.
    Requests,
    /// The records that it is tied to.
    Links,
    /// Every step, those on notes and those that took others back among them.
    History,
}

impl Tab {
    /// All tabs in their order.
    pub const ALL: &'static [Self] =
        &[Self::Text, Self::All, Self::Activities, Self::Notes, Self::Files, Self::Requests, Self::Links, Self::History];

    /// What stands on it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::All => "All",
            Self::Activities => "Activities",
            Self::Notes => "Notes",
            Self::Files => "Files",
            Self::Requests => "Requests",
            Self::Links => "Links",
            Self::History => "History",
        }
    }
}

/// The timeline of a record.
#[derive(Clone, Copy, Debug)]
pub struct Timeline<'a> {
    /// The record.
    pub of: RecordId,
    /// Its entries, and those of the leads that it came from, in their order.
    pub entries: &'a [Entry],
}

impl<'a> From<&'a RecordDetail> for Timeline<'a> {
    fn from(detail: &'a RecordDetail) -> Self {
        Self { of: detail.record.key, entries: &detail.timeline }
    }
}

/// The entries of a tab.
pub fn shown(entries: &[Entry], tab: Tab) -> impl Iterator<Item = &Entry> {
    entries.iter().filter(move |entry| match (entry, tab) {
        (Entry::Note(note), Tab::All | Tab::Notes) => note.deleted_at.is_none(),
        (Entry::Note(note), Tab::History) => note.deleted_at.is_some(),
        (Entry::Activity(_), Tab::All | Tab::Activities) | (Entry::Request(_), Tab::All | Tab::Requests) => true,
        (Entry::File(file), Tab::All | Tab::Files) => file.deleted_at.is_none(),
        (Entry::Request(_), _) | (_, Tab::Requests) => false,
        (Entry::Note(_), Tab::Activities | Tab::Files) | (Entry::Activity(_), Tab::Notes | Tab::Files | Tab::History) => false,
        (Entry::File(_), Tab::Notes | Tab::Activities | Tab::History) => false,
        (_, Tab::Links | Tab::Text) | (Entry::Step(..), Tab::Notes | Tab::Files | Tab::Activities) => false,
        // a new note stands there itself, and what was taken back says so
        (Entry::Step(operation, changes), Tab::All) => operation.undoes.is_none() && changes.iter().any(step::is_news),
        (Entry::Step(_, changes), Tab::History) => changes.iter().any(step::is_seen),
    })
}

/// All that an entry says, to look for words in.
pub fn said(entry: &Entry, env: &Env) -> String {
    match entry {
        Entry::Note(note) => note.body.clone(),
        Entry::Activity(brief) => {
            let outcome = brief.outcome.map(|outcome| env.catalog.choices.label(Set::Outcome, outcome)).unwrap_or_default();
            let kind = env.catalog.choices.label(Set::ActivityKind, brief.kind);
            [brief.subject.as_str(), &brief.text, &brief.location, &outcome, &kind].join(" ")
        }
        Entry::File(file) => file.name.clone(),
        Entry::Request(asked) => [asked.title.as_str(), &asked.resolution].join(" "),
        Entry::Step(operation, changes) => format!("{} {}", step::words(changes, env).join(" "), env.user(operation.actor)),
    }
}

/// One line for each of the first `most` entries of a tab.
pub fn lines(timeline: Timeline<'_>, env: &Env, columns: u16, tab: Tab, most: usize) -> Vec<Line<'static>> {
    let line = |entry| head(entry, timeline.of, tab, env, columns.into()).0;
    let found: Vec<Line<'static>> = shown(timeline.entries, tab).take(most).map(line).collect();
    if found.is_empty() && most > 0 { vec![empty(tab, env, columns.into())] } else { found }
}

/// Draws the entries around the `anchor`th of the tab; the selected one is reversed and shown with all that it says.
pub fn draw(
    timeline: Timeline<'_>,
    tab: Tab,
    selected: Option<usize>,
    anchor: usize,
    frame: &mut Frame<'_>,
    area: Rect,
    env: &Env,
) {
    let area = area.intersection(frame.area());
    if area.is_empty() {
        return;
    }
    let Timeline { of, entries } = timeline;
    let found: Vec<&Entry> = shown(entries, tab).collect();
    let (columns, height) = (usize::from(area.width), usize::from(area.height));
    if found.is_empty() {
        return frame.render_widget(Paragraph::new(empty(tab, env, columns)), area);
    }
    let anchor = anchor.min(found.len() - 1);
    let one = |at: usize| {
        let mut lines = whole((found[at], of), tab, selected == Some(at), columns, height, env);
        if let (Entry::Note(note), true) = (found[at], selected == Some(at)) {
            lines.extend(edits::lines(note, entries, columns, height.saturating_sub(lines.len()), env));
        }
        lines
    };
    // from the anchor to the lower edge, then upwards: a third of the height stays above where there is that much below
    let mut below = Vec::new();
    let mut at = anchor;
    while at < found.len() && below.len() < height {
        below.extend(one(at));
        at += 1;
    }
    let own = one(anchor).len();
    let room = (height - below.len().min(height)).max((height / 3).min(height.saturating_sub(own)));
    let mut above: Vec<Line<'static>> = Vec::new();
    let mut at = anchor;
    while at > 0 && above.len() < room {
        at -= 1;
        let mut more = one(at);
        more.append(&mut above);
        above = more;
    }
    let cut = above.len().saturating_sub(room);
    let lines: Vec<Line<'static>> = above.into_iter().skip(cut).chain(below).take(height).collect();
    frame.render_widget(Paragraph::new(lines), area);
}

fn empty(tab: Tab, env: &Env, columns: usize) -> Line<'static> {
    let text = match tab {
        Tab::Text => "nothing is written".to_owned(),
        Tab::History => "nothing has happened yet".to_owned(),
        Tab::Links => "tied to nothing yet".to_owned(),
        Tab::Requests => match env.keymap.keys_of(Action::Request, Scope::Record) {
            keys if keys.is_empty() => "no requests yet".to_owned(),
            keys => format!("no requests yet: {keys} makes one"),
        },
        Tab::Activities => match env.keymap.keys_of(Action::Call, Scope::Record) {
            keys if keys.is_empty() => "no activities yet".to_owned(),
            keys => format!("no activities yet: {keys} logs a call"),
        },
        Tab::Files => match env.keymap.keys_of(Action::Attach, Scope::Record) {
            keys if keys.is_empty() => "no files yet".to_owned(),
            keys => format!("no files yet: {keys} attaches one"),
        },
        Tab::All | Tab::Notes => match env.keymap.keys_of(Action::Note, Scope::Record) {
            keys if keys.is_empty() => "no notes yet".to_owned(),
            keys => format!("no notes yet: {keys} writes one"),
        },
    };
    Line::styled(fit(&text, columns), env.theme.style(Meaning::Dim))
}

/// An entry with its body where it has the cursor, or where there are only notes.
fn whole(shown: (&Entry, RecordId), tab: Tab, is_selected: bool, columns: usize, height: usize, env: &Env) -> Vec<Line<'static>> {
    let (entry, of) = shown;
    let (mut first, cut) = head(entry, of, tab, env, columns);
    if is_selected {
        if let Entry::Note(note) = entry {
            let number = format!(" · {}", RecordId::note(note.number));
            if first.width() + number.len() <= columns {
                first.spans.push(Span::raw(number));
            }
        }
        let free = columns.saturating_sub(first.width());
        first.spans.push(Span::raw(" ".repeat(free)));
        first = first.style(env.theme.style(Meaning::Cursor));
    }
    let most = match (is_selected, tab) {
        (true, _) => height.saturating_sub(1),
        (false, Tab::Notes | Tab::Activities | Tab::Requests) => GLANCE,
        (false, _) => 0,
    };
    let room = columns.saturating_sub(INDENT).max(1);
    let body = match entry {
        _ if most == 0 => Vec::new(),
        Entry::Note(note) => {
            let told = note.told(env.now(), env.zone);
            let text = if cut { told.as_ref() } else { after_title(&told) };
            markdown::render(text, room, most, &env.theme)
        }
        Entry::Activity(brief) => activity::body(brief, cut, room, most, env),
        Entry::Request(asked) => request::body(asked, room, most, env),
        Entry::Step(_, changes) if is_selected => {
            let words = step::words(changes, env);
            if words.len() < 2 && !cut {
                Vec::new()
            } else {
                words.into_iter().map(|w| Line::raw(fit(&w, room))).take(most).collect()
            }
        }
        Entry::Step(..) => Vec::new(),
        Entry::File(file) if cut => vec![Line::raw(fit(&clean(&file.name), room))],
        Entry::File(_) => Vec::new(),
    };
    let indented = body.into_iter().map(|mut line| {
        if columns > INDENT {
            line.spans.insert(0, Span::raw(" ".repeat(INDENT)));
        }
        line
    });
    std::iter::once(first).chain(indented).collect()
}

/// The line of an entry, and whether it could not say all of its text.
fn head(entry: &Entry, of: RecordId, tab: Tab, env: &Env, columns: usize) -> (Line<'static>, bool) {
    let dim = env.theme.style(Meaning::Dim);
    let (sign, text, tail, style) = match entry {
        Entry::Note(note) => note_words(note, env),
        Entry::Activity(brief) => activity::words(brief, env),
        Entry::File(file) => file_words(file, env),
        Entry::Request(asked) => request::words(asked, env),
        Entry::Step(operation, changes) => {
            let words: Vec<String> = match tab {
                Tab::History => step::words(changes, env),
                _ => step::news(changes, env),
            };
            let mut tail = format!(" · {}", clean(&env.user(operation.actor)));
            if operation.origin != "tui" {
                tail.push_str(&format!(" · {}", origin(&operation.origin)));
            }
            if operation.undone_by.is_some() {
                tail.push_str(" · undone");
            }
            let sign = if operation.undoes.is_some() { "↶" } else { step::sign(changes) };
            (sign, words.join(", "), tail, if operation.is_live() { Style::new() } else { dim })
        }
    };
    // what stands on the lead that the record came from is told so
    let mark = about(entry).filter(|about| *about != of).map_or_else(String::new, |about| format!(" · {about}"));
    let age = match entry {
        Entry::Activity(brief) if is_open(brief.state) => {
            brief.due.map_or_else(|| ago(brief.at, env.now()), |due| until(due, env.now(), env.zone))
        }
        entry => ago(entry.at(), env.now()),
    };
    let age = pad(&age, AGE);
    let room = columns.saturating_sub(AGE + 2);
    let tail = [format!("{mark}{tail}"), mark].into_iter().find(|tail| width(tail) * 2 <= room).unwrap_or_default();
    let said = fit(&text, room.saturating_sub(width(&tail)));
    let cut = said != text;
    let spans = vec![
        Span::styled(fit(&age, columns), env.theme.style(Meaning::Label)),
        Span::styled(fit(&format!("{sign} "), columns.saturating_sub(AGE)), style),
        Span::styled(said, style),
        Span::styled(tail, dim),
    ];
    (Line::from(spans), cut)
}

/// The record that an entry stands on; steps are told of the record itself.
fn about(entry: &Entry) -> Option<RecordId> {
    match entry {
        Entry::Note(note) => Some(note.about),
        Entry::Activity(activity) => activity.about,
        Entry::Request(asked) => Some(asked.about),
        Entry::File(file) => Some(file.about),
        Entry::Step(..) => None,
    }
}

fn note_words(note: &Note, env: &Env) -> (&'static str, String, String, Style) {
    let told = note.told(env.now(), env.zone);
    let title = boxed(title(&told));
    // more than fits on any screen is never looked at
    let short = title.char_indices().nth(500).map_or(title.as_str(), |(end, _)| &title[..end]);
    let mut tail = String::new();
    if note.created_by != env.me {
        tail.push_str(&format!(" · {}", clean(&env.user(note.created_by))));
    }
    if note.deleted_at.is_some() {
        tail.push_str(" · deleted");
    } else if note.version > 1 {
        tail.push_str(" · edited");
    }
    let style = if note.deleted_at.is_some() { env.theme.style(Meaning::Dim) } else { Style::new() };
    (if note.pinned { "◆" } else { "✎" }, clean(short).into_owned(), tail, style)
}

/// A title that is a line to be done, with its box as notes show it.
fn boxed(title: &str) -> String {
    for (mark, sign) in [("- [ ] ", "☐ "), ("- [x] ", "☑ "), ("- [X] ", "☑ ")] {
        if let Some(rest) = title.strip_prefix(mark) {
            return format!("{sign}{rest}");
        }
    }
    title.to_owned()
}

fn file_words(file: &Attachment, env: &Env) -> (&'static str, String, String, Style) {
    let mut tail = format!(" · {}", show_size(file.size.unsigned_abs()));
    if file.created_by != env.me {
        tail.push_str(&format!(" · {}", clean(&env.user(file.created_by))));
    }
    ("⧉", clean(&file.name).into_owned(), tail, Style::new())
}

/// What follows the first line that has text.
fn after_title(body: &str) -> &str {
    let mut rest = body;
    while let Some((line, after)) = rest.split_once('\n') {
        rest = after;
        if !line.trim().is_empty() {
            return rest;
        }
    }
    ""
}

#[cfg(test)]
mod tests;
