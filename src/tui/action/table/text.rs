//! Table: the keys of fields, prompts and the note editor.

use super::Action;
use crate::tui::action::Group::Text as TEXT;
use crate::tui::action::Scope::*;
use crate::tui::action::row::{Row, act};

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    act(Action::Save, "text.save", "save", TEXT, "Saves what was typed; qualifies the lead, merges the two, sends mails, routes the leads of a trial.").on(&[Form, Setup, Field, Editor, QuickAdd, Qualify, Merge, Mailing, Trial], &["ctrl-s"]).hint(&[(Trial, 85, "route them"), (Form, 95, ""), (Setup, 95, ""), (Editor, 95, ""), (Qualify, 95, "qualify"), (Merge, 95, "merge"), (Mailing, 95, "send all")]).key_only(),
    act(Action::SaveNext, "text.save-next", "save, next", TEXT, "Saves, and starts the next with the same source, tags and owner; takes a file, and asks for another.").on(&[QuickAdd, Form, Attach], &["ctrl-n"]).hint(&[(QuickAdd, 80, ""), (Attach, 80, "and another")]).key_only(),
    act(Action::Complete, "text.complete", "complete", TEXT, "Completes the word; in the form of a rule or of people goes on where nothing is to be completed.").on(&[Filter, Line, Path, Attach, Palette, Setup], &["tab"]).hint(&[(Setup, 90, ""), (Filter, 90, ""), (Path, 90, ""), (Attach, 90, "")]).key_only(),
    act(Action::Earlier, "text.earlier", "earlier", TEXT, "The filter that was kept before.").on(&[Filter], &["alt-p", "alt-up"]).key_only(),
    act(Action::Later, "text.later", "later", TEXT, "The filter that was kept after it, at last what was typed.").on(&[Filter], &["alt-n", "alt-down"]).key_only(),
    act(Action::NewLine, "text.new-line", "new line", TEXT, "Begins a new line.").on(&[Editor], &["enter"]).on(&[Form, Field], &["alt-enter"]).key_only(),
    act(Action::ExternalEditor, "note.editor", "$EDITOR", TEXT, "Goes on in $VISUAL or $EDITOR, and comes back with the text.").on(&[Editor], &["ctrl-e"]).hint(&[(Editor, 85, "")]).key_only(),
    act(Action::Template, "note.template", "template", TEXT, "Puts in a template.").on(&[Editor], &["ctrl-t"]).hint(&[(Editor, 80, "")]).key_only(),
    act(Action::Search, "text.search", "search", TEXT, "Searches the text.").on(&[Editor], &["ctrl-f"]).hint(&[(Editor, 40, "")]).key_only(),
    act(Action::SearchNext, "text.search-next", "search on", TEXT, "The next place that matches.").on(&[Editor], &["ctrl-g"]).key_only(),
    act(Action::TextUndo, "text.undo", "undo typing", TEXT, "Takes back what was typed last.").on(&[Text], &["ctrl-/", "alt-u"]).hint(&[(Editor, 50, "")]).key_only(),
    act(Action::TextRedo, "text.redo", "redo typing", TEXT, "Types it again.").on(&[Text], &["ctrl-r"]).key_only(),
    act(Action::LineStart, "text.line-start", "line start", TEXT, "To the start of the line.").on(&[Text], &["home", "ctrl-a"]).key_only(),
    act(Action::LineEnd, "text.line-end", "line end", TEXT, "To the end of the line.").on(&[Text], &["end", "ctrl-e"]).key_only(),
    act(Action::WordLeft, "text.word-left", "word back", TEXT, "A word back.").on(&[Text], &["ctrl-left", "alt-b"]).key_only(),
    act(Action::WordRight, "text.word-right", "word on", TEXT, "A word on.").on(&[Text], &["ctrl-right", "alt-f"]).key_only(),
    act(Action::DeleteBack, "text.delete-back", "delete back", TEXT, "Deletes the character before the cursor.").on(&[Text], &["backspace"]).key_only(),
    act(Action::DeleteForward, "text.delete", "delete", TEXT, "Deletes the character under the cursor.").on(&[Text], &["delete", "ctrl-d"]).key_only(),
    act(Action::DeleteWord, "text.delete-word", "delete word", TEXT, "Deletes the word before the cursor.").on(&[Text], &["ctrl-w", "alt-backspace"]).key_only(),
    act(Action::DeleteToStart, "text.delete-to-start", "delete to start", TEXT, "Deletes back to the start of the line.").on(&[Text], &["ctrl-u"]).key_only(),
    act(Action::DeleteToEnd, "text.delete-to-end", "delete to end", TEXT, "Deletes to the end of the line.").on(&[Text], &["ctrl-k"]).key_only(),
];
