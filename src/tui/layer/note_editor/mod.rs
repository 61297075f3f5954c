//! The note editor, in the lower half while the record stays in view. What is typed is a draft until its save is confirmed.
//!
//! Saving hands an act to the writer and waits for its answer; what is typed meanwhile stays and is saved by the next one.

mod clash;
mod draw;
mod search;
mod template;

use ratatui::Frame;
use ratatui::layout::Rect;

use self::search::Search;
use super::{Flow, Incoming, Layer, Outcome, Pick, Purpose};
use crate::error::Error;
use crate::model::dates::ago;
use crate::model::entity::RecordId;
use crate::model::note::Note;
use crate::service::note::{AddNote, EditNote};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::widget::editor::{Acted, Editor};
use crate::worker::drafts::Draft;
use crate::worker::writer::{AnyAct, Reply};

/// A note that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stored {
    note: i64,
    /// The version that the text was begun on.
    version: i64,
}

/// Text that the writer has and has not answered for yet.
#[derive(Debug)]
struct Saving {
    ticket: u64,
    text: String,
}

/// The editor of one note.
#[derive(Debug)]
pub struct NoteEditor {
    about: RecordId,
    /// What the record, or the note, is called.
    name: String,
    stored: Option<Stored>,
    /// The text that is stored; empty for a new note.
    original: String,
    editor: Editor,
    has_draft: bool,
    saving: Option<Saving>,
    /// Whether the external editor has the text.
    outside: bool,
    search: Option<Search>,
    /// The stored text that a save met.
    theirs: Option<String>,
}

impl NoteEditor {
    /// A new note on a record that is called `name`, or the one that was begun there.
    pub fn new_note(about: RecordId, name: &str, cx: &mut Cx<'_>) -> Self {
        Self::begin(about, name.to_owned(), None, String::new(), cx)
    }

    /// A note to be changed, or the changes that were begun on it.
    pub fn edit_note(note: &Note, cx: &mut Cx<'_>) -> Self {
        let stored = Stored { note: note.number, version: note.version };
        Self::begin(note.about, note.about.to_string(), Some(stored), note.body.clone(), cx)
    }

    fn begin(about: RecordId, name: String, stored: Option<Stored>, original: String, cx: &mut Cx<'_>) -> Self {
        let mut note = Self {
            about,
            name,
            stored,
            editor: Editor::new(&original),
            original,
            has_draft: false,
            saving: None,
            outside: false,
            search: None,
            theirs: None,
        };
        let key = note.key();
        if let Some(draft) = cx.env.drafts.iter().find(|draft| draft.key == key) {
            note.editor = Editor::new(&draft.text);
            note.has_draft = true;
            if let Some(stored) = &mut note.stored {
                stored.version = draft.version;
            }
            cx.say(match ago(draft.at, cx.env.now()).as_str() {
                "now" => "going on with the draft".to_owned(),
                age => format!("going on with the draft of {age} ago"),
            });
        }
        note
    }

    /// The key of its draft.
    fn key(&self) -> String {
        match self.stored {
            None => format!("note-{}", self.about),
            Some(stored) => format!("edit-note-{}", RecordId::note(stored.note)),
        }
    }

    /// Whether there is text that is not stored.
    fn is_changed(&self) -> bool {
        match self.stored {
            None => !self.editor.is_blank(),
            Some(_) => self.editor.text().trim_end() != self.original.trim_end(),
        }
    }

    /// Keeps what was typed, or forgets the draft when nothing is left of it.
    fn keep(&mut self, cx: &mut Cx<'_>) {
        if self.is_changed() {
            self.has_draft = true;
            cx.push(Effect::KeepDraft(Draft {
                key: self.key(),
                record: self.about.to_string(),
                at: cx.env.now(),
                version: self.stored.map_or(0, |stored| stored.version),
                text: self.editor.text(),
                fields: Vec::new(),
            }));
        } else {
            self.forget(cx);
        }
    }

    fn forget(&mut self, cx: &mut Cx<'_>) {
        if std::mem::take(&mut self.has_draft) {
            cx.push(Effect::DropDraft(self.key()));
        }
    }

    fn save(&mut self, cx: &mut Cx<'_>) -> Flow {
        if self.saving.is_some() {
            cx.say("being saved already");
            return Flow::Stay;
        }
        if self.editor.is_blank() {
            cx.complain(match self.stored {
                None => "the note is empty: type something, or press Esc to leave it",
                Some(_) => "the note is empty: Esc leaves it as it was; in the timeline it can be deleted",
            });
            return Flow::Stay;
        }
        if !self.is_changed() {
            self.forget(cx);
            return Flow::Close;
        }
        let text = self.editor.text();
        let act = match self.stored {
            None => AnyAct::AddNote(AddNote { about: self.about, body: text.clone() }),
            Some(stored) => AnyAct::EditNote(EditNote { note: stored.note, version: Some(stored.version), body: text.clone() }),
        };
        self.saving = Some(Saving { ticket: cx.act(act), text });
        Flow::Stay
    }

    /// The writer has stored `text`.
    fn saved(&mut self, reply: &Reply, text: String, cx: &mut Cx<'_>) -> Flow {
        let rest = self.editor.text() != text;
        self.forget(cx);
        if !rest {
            return Flow::Close;
        }
        // what was typed since is a change of the note that is stored now
        self.stored = match (self.stored, reply) {
            (None, Reply::Number(note)) => Some(Stored { note: *note, version: 1 }),
            (Some(stored), Reply::Version(version)) => Some(Stored { version: *version, ..stored }),
            (other, _) => other,
        };
        self.original = text;
        self.keep(cx);
        Flow::Stay
    }

    fn leave(&mut self, cx: &mut Cx<'_>) -> Flow {
        if self.saving.is_some() {
            cx.say("being saved; this closes by itself");
            return Flow::Stay;
        }
        if !self.is_changed() {
            self.forget(cx);
            return Flow::Close;
        }
        let (action, place) = match self.stored {
            None => (Action::Note, ""),
            Some(_) => (Action::Open, " on the note"),
        };
        cx.say(format!("draft kept · {}{place} goes on", cx.env.keymap.keys_of(action, Scope::Record)));
        Flow::Close
    }

    /// The first line with text, for the title.
    fn first_line(&self) -> String {
        crate::model::note::title(&self.editor.text()).chars().take(200).collect()
    }
}

impl Layer for NoteEditor {
    fn draft_key(&self) -> Option<String> {
        Some(self.key())
    }

    fn scopes(&self) -> Vec<Scope> {
        // the search line takes text and Enter as jumping to a row does
        vec![if self.search.is_some() { Scope::Jump } else { Scope::Editor }]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        if self.search.is_some() {
            return self.search_act(action);
        }
        match action {
            Action::Save => return self.save(cx),
            Action::Back | Action::Close | Action::Cancel => return self.leave(cx),
            Action::ExternalEditor => {
                self.outside = true;
                cx.push(Effect::EditOutside(self.editor.text()));
            }
            Action::Template => return Flow::Push(Box::new(template::picker(cx.env))),
            Action::Search => self.search_begin(),
            Action::SearchNext => self.search_on(cx),
            other => match self.editor.act(other) {
                Acted::No => return Flow::Pass,
                Acted::Moved => {}
                Acted::Changed => self.keep(cx),
            },
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        if let Some(search) = &mut self.search {
            search.input.insert(text);
            self.look();
        } else if self.editor.insert(text) {
            self.keep(cx);
        } else {
            cx.complain("that does not fit: a note holds a million bytes; split it in two");
        }
        Flow::Stay
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        match outcome {
            Outcome::Picked(Purpose::Template, Pick::Index(place)) => {
                let text = template::text(*place, &self.name, cx.env);
                let fits = if self.editor.is_blank() {
                    self.editor.replace_all(&text);
                    true
                } else {
                    self.editor.insert(&text)
                };
                if fits {
                    self.keep(cx);
                }
                Flow::Stay
            }
            Outcome::Resolved { version, theirs } => self.resolved(*version, !theirs.is_empty(), cx),
            _ => Flow::Pass,
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Written { ticket, result } => {
                let Some(saving) = self.saving.take_if(|saving| saving.ticket == *ticket) else { return Flow::Pass };
                match result {
                    Ok(done) => self.saved(&done.reply, saving.text, cx),
                    Err(Error::Conflict(conflict)) => self.clashed(conflict, &saving.text),
                    // said by the app; the text and its draft are still here
                    Err(_) => Flow::Stay,
                }
            }
            Incoming::Edited(result) if std::mem::take(&mut self.outside) => {
                if let Ok(Some(text)) = result {
                    // editors end the last line, which is no line of the note
                    self.editor.replace_all(text.strip_suffix('\n').unwrap_or(text));
                    self.keep(cx);
                }
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, _: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.editor.wheel(wheel * 3);
        } else {
            self.editor.click(column, row);
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        draw::draw(self, frame, area, env);
    }

    fn prompt(&self) -> Option<(String, String, u16)> {
        self.search.as_ref().map(Search::prompt)
    }
}

#[cfg(test)]
mod tests;
