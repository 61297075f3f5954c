//! The timeline of a record: notes and steps, newest first, one line each; the one under the cursor says all. Asks for nothing.

mod activity;
mod step;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::markdown;
use crate::model::clean::{clean, fit, pad, width};
use crate::model::dates::ago;
use crate::model::note::{Note, title};
use crate::service::record::read::Entry;
use crate::tui::action::{Action, Scope};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;

pub use step::origin;

/// Columns of the age before an entry.
const AGE: usize = 7;
/// Columns before the body of an entry.
const INDENT: usize = 2;
/// Lines of the body that a note shows among other notes.
const GLANCE: usize = 5;

/// Which entries are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Notes, and the steps that are in force or were taken back.
    #[default]
    All,
    /// Activities with the beginning of what was said.
    Activities,
    /// Notes with the beginning of their text.
    Notes,
    /// The records that it is tied to.
    Links,
    /// Every step, those on notes and those that took others back among them.
    History,
}

impl Tab {
    /// All tabs in their order.
    pub const ALL: &'static [Self] = &[Self::All, Self::Activities, Self::Notes, Self::Links, Self::History];

    /// What stands on it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Activities => "Activities",
            Self::Notes => "Notes",
            Self::Links => "Links",
            Self::History => "History",
        }
    }
}

/// The entries of a tab.
pub fn shown(entries: &[Entry], tab: Tab) -> impl Iterator<Item = &Entry> {
    entries.iter().filter(move |entry| match (entry, tab) {
        (Entry::Note(note), Tab::All | Tab::Notes) => note.deleted_at.is_none(),
        (Entry::Note(note), Tab::History) => note.deleted_at.is_some(),
        (Entry::Activity(_), Tab::All | Tab::Activities) => true,
        (Entry::Note(_), Tab::Activities) | (Entry::Activity(_), Tab::Notes | Tab::History) => false,
        (_, Tab::Links) | (Entry::Step(..), Tab::Notes | Tab::Activities) => false,
        // a new note stands there itself, and what was taken back says so
        (Entry::Step(operation, changes), Tab::All) => operation.undoes.is_none() && changes.iter().any(step::is_news),
        (Entry::Step(_, changes), Tab::History) => changes.iter().any(step::is_seen),
    })
}

/// One line for each of the first `most` entries of a tab.
pub fn lines(entries: &[Entry], env: &Env, columns: u16, tab: Tab, most: usize) -> Vec<Line<'static>> {
    let found: Vec<Line<'static>> = shown(entries, tab).take(most).map(|entry| head(entry, tab, env, columns.into()).0).collect();
    if found.is_empty() && most > 0 { vec![empty(tab, env, columns.into())] } else { found }
}

/// Draws the entries around the `anchor`th of the tab; the selected one is reversed and shown with all that it says.
pub fn draw(entries: &[Entry], tab: Tab, selected: Option<usize>, anchor: usize, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let area = area.intersection(frame.area());
    if area.is_empty() {
        return;
    }
    let found: Vec<&Entry> = shown(entries, tab).collect();
    let (columns, height) = (usize::from(area.width), usize::from(area.height));
    if found.is_empty() {
        return frame.render_widget(Paragraph::new(empty(tab, env, columns)), area);
    }
    let anchor = anchor.min(found.len() - 1);
    let one = |at: usize| whole(found[at], tab, selected == Some(at), columns, height, env);
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
        Tab::History => "nothing has happened yet".to_owned(),
        Tab::Links => "tied to nothing yet".to_owned(),
        Tab::Activities => match env.keymap.keys_of(Action::Call, Scope::Record) {
            keys if keys.is_empty() => "no activities yet".to_owned(),
            keys => format!("no activities yet: {keys} logs a call"),
        },
        Tab::All | Tab::Notes => match env.keymap.keys_of(Action::Note, Scope::Record) {
            keys if keys.is_empty() => "no notes yet".to_owned(),
            keys => format!("no notes yet: {keys} writes one"),
        },
    };
    Line::styled(fit(&text, columns), env.theme.style(Meaning::Dim))
}

/// An entry with its body where it has the cursor, or where there are only notes.
fn whole(entry: &Entry, tab: Tab, is_selected: bool, columns: usize, height: usize, env: &Env) -> Vec<Line<'static>> {
    let (mut first, cut) = head(entry, tab, env, columns);
    if is_selected {
        let free = columns.saturating_sub(first.width());
        first.spans.push(Span::raw(" ".repeat(free)));
        first = first.style(env.theme.style(Meaning::Cursor));
    }
    let most = match (is_selected, tab) {
        (true, _) => height.saturating_sub(1),
        (false, Tab::Notes | Tab::Activities) => GLANCE,
        (false, _) => 0,
    };
    let room = columns.saturating_sub(INDENT).max(1);
    let body = match entry {
        _ if most == 0 => Vec::new(),
        Entry::Note(note) => {
            let text = if cut { note.body.as_str() } else { after_title(&note.body) };
            markdown::render(text, room, most, &env.theme)
        }
        Entry::Activity(brief) => activity::body(brief, cut, room, most, env),
        Entry::Step(_, changes) if is_selected => {
            let words = step::words(changes, env);
            if words.len() < 2 && !cut {
                Vec::new()
            } else {
                words.into_iter().map(|w| Line::raw(fit(&w, room))).take(most).collect()
            }
        }
        Entry::Step(..) => Vec::new(),
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
fn head(entry: &Entry, tab: Tab, env: &Env, columns: usize) -> (Line<'static>, bool) {
    let dim = env.theme.style(Meaning::Dim);
    let (sign, text, tail, style) = match entry {
        Entry::Note(note) => note_words(note, env),
        Entry::Activity(brief) => activity::words(brief, env),
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
    let age = pad(&ago(entry.at(), env.now()), AGE);
    let room = columns.saturating_sub(AGE + 2);
    let tail = if width(&tail) * 2 <= room { tail } else { String::new() };
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

fn note_words(note: &Note, env: &Env) -> (&'static str, String, String, Style) {
    let title = title(&note.body);
    // more than fits on any screen is never looked at
    let short = title.char_indices().nth(500).map_or(title, |(end, _)| &title[..end]);
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
    ("✎", clean(short).into_owned(), tail, style)
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
