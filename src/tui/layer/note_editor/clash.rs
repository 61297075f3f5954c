//! Two people changed one note: which text is kept. The other one can be brought back by undoing.

use super::NoteEditor;
use crate::error::{Clash, Conflict};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::layer::Flow;
use crate::tui::layer::conflict::ConflictLayer;

impl NoteEditor {
    /// Somebody changed the note meanwhile: which text is kept?
    pub(super) fn clashed(&mut self, conflict: &Conflict, mine: &str) -> Flow {
        let theirs = conflict.clashes.first().map_or("", |clash| clash.theirs.as_str());
        self.theirs = Some(theirs.to_owned());
        let (theirs, yours) = first_difference(theirs, mine);
        let clash = Clash { field: "note".into(), theirs, yours };
        Flow::Push(Box::new(ConflictLayer::new(Conflict { clashes: vec![clash], ..conflict.clone() })))
    }

    /// One of the texts was chosen, over the stored version.
    pub(super) fn resolved(&mut self, version: i64, keep_theirs: bool, cx: &mut Cx<'_>) -> Flow {
        let Some(text) = self.theirs.take() else { return Flow::Pass };
        if let Some(stored) = &mut self.stored {
            stored.version = version;
        }
        if !keep_theirs {
            return self.save(cx);
        }
        self.editor.replace_all(&text);
        self.original = text;
        self.keep(cx);
        let undo = cx.env.keymap.keys_of(Action::TextUndo, Scope::Editor);
        cx.say(format!("the stored text is here; {undo} brings yours back"));
        Flow::Stay
    }
}

/// The first lines that differ, and the rest of them by number.
fn first_difference(theirs: &str, mine: &str) -> (String, String) {
    let (mut a, mut b) = (theirs.lines(), mine.lines());
    loop {
        match (a.next(), b.next()) {
            (Some(x), Some(y)) if x == y => {}
            (None, None) => return (String::new(), String::new()),
            (x, y) => {
                let shown = |line: Option<&str>, more: usize| match (line, more) {
                    (None, _) => String::new(),
                    (Some(line), 0) => line.to_owned(),
                    (Some(line), more) => format!("{line} … {more} more lines"),
                };
                return (shown(x, a.count()), shown(y, b.count()));
            }
        }
    }
}
