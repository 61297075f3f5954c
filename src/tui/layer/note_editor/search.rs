//! Searching in the note: a line in the place of the hints, and the cursor that follows what is typed. Changes no text.

use super::NoteEditor;
use crate::model::clean::{clean, width};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::layer::Flow;
use crate::tui::widget::editor::Mark;
use crate::tui::widget::input::Input;

/// The search line.
#[derive(Debug)]
pub(super) struct Search {
    pub(super) input: Input,
    /// Where the cursor was before.
    from: Mark,
}

impl Search {
    /// What the last line shows: the word before, the text, the column of the cursor in it.
    pub(super) fn prompt(&self) -> (String, String, u16) {
        let text = self.input.text();
        let before = width(&clean(&text[..self.input.cursor()]));
        ("search ".into(), text.to_owned(), u16::try_from(before).unwrap_or(u16::MAX))
    }
}

impl NoteEditor {
    /// Opens the line, with what was looked for last.
    pub(super) fn search_begin(&mut self) {
        self.search = Some(Search { input: Input::new(self.editor.sought()), from: self.editor.mark() });
        self.look();
    }

    /// Goes to the next match, or says why there is none.
    pub(super) fn search_on(&mut self, cx: &mut Cx<'_>) {
        if !self.editor.search_next() {
            let keys = cx.env.keymap.keys_of(Action::Search, Scope::Editor);
            cx.complain(match self.editor.sought() {
                "" => format!("nothing was looked for yet: {keys} searches"),
                text => format!("“{text}” is not in this note"),
            });
        }
    }

    /// Does what a key asks for while the line is open.
    pub(super) fn search_act(&mut self, action: Action) -> Flow {
        let Some(search) = &mut self.search else { return Flow::Pass };
        match action {
            Action::Open | Action::NewLine => self.search = None,
            Action::Back | Action::Close | Action::Cancel => {
                self.editor.return_to(search.from);
                self.search = None;
            }
            Action::SearchNext | Action::Down => {
                self.editor.search_next();
            }
            other => {
                let before = search.input.text().to_owned();
                if !search.input.act(other) {
                    return Flow::Pass;
                }
                if before != search.input.text() {
                    self.look();
                }
            }
        }
        Flow::Stay
    }

    /// Looks for what stands in the search line, from where the search began.
    pub(super) fn look(&mut self) {
        if let Some(search) = &self.search {
            self.editor.return_to(search.from);
            self.editor.search(search.input.text());
        }
    }
}
