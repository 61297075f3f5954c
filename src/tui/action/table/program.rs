//! Table: the program itself, and the answers to its questions.

use super::Action;
use crate::tui::action::Group::{Answer as ANSWER, Program as PROGRAM};
use crate::tui::action::Scope::*;
use crate::tui::action::row::{Row, act};

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    act(Action::Cancel, "cancel", "cancel", PROGRAM, "Cancels the prompt or the job; twice on the first screen quits.").on(&[Always], &["ctrl-c"]).key_only(),
    act(Action::Suspend, "suspend", "suspend", PROGRAM, "Puts leadbook to sleep; fg in the shell brings it back.").on(&[Always], &["ctrl-z"]),
    act(Action::Redraw, "redraw", "redraw", PROGRAM, "Draws the screen anew.").on(&[Always], &["ctrl-l"]),
    act(Action::Mouse, "mouse", "mouse on or off", PROGRAM, "Releases the mouse to the terminal, or takes it again.").on(&[Global], &[]),
    act(Action::Messages, "messages", "messages", PROGRAM, "The messages so far.").on(&[Global], &[]),
    act(Action::Keep, "keep", "keep sample data", PROGRAM, "Saves the sample data as a new file.").on(&[Global], &[]),
    act(Action::HideChecklist, "hide", "hide checklist", PROGRAM, "Hides the checklist of the first steps.").on(&[Global], &[]),
    act(Action::SampleData, "sample-data", "sample data", PROGRAM, "Opens a throw-away copy of the sample data.").on(&[Empty], &["d"]).hint(&[(Empty, 97, "")]),

    act(Action::Outcome1, "outcome.1", "outcome 1", ANSWER, "The call went so: outcome 1 of the list.").on(&[WrapUp], &["1"]).key_only(),
    act(Action::Outcome2, "outcome.2", "outcome 2", ANSWER, "The call went so: outcome 2 of the list.").on(&[WrapUp], &["2"]).key_only(),
    act(Action::Outcome3, "outcome.3", "outcome 3", ANSWER, "The call went so: outcome 3 of the list.").on(&[WrapUp], &["3"]).key_only(),
    act(Action::Outcome4, "outcome.4", "outcome 4", ANSWER, "The call went so: outcome 4 of the list.").on(&[WrapUp], &["4"]).key_only(),
    act(Action::Outcome5, "outcome.5", "outcome 5", ANSWER, "The call went so: outcome 5 of the list.").on(&[WrapUp], &["5"]).key_only(),
    act(Action::Outcome6, "outcome.6", "outcome 6", ANSWER, "The call went so: outcome 6 of the list.").on(&[WrapUp], &["6"]).key_only(),
    act(Action::Outcome7, "outcome.7", "outcome 7", ANSWER, "The call went so: outcome 7 of the list.").on(&[WrapUp], &["7"]).key_only(),
    act(Action::Outcome8, "outcome.8", "outcome 8", ANSWER, "The call went so: outcome 8 of the list.").on(&[WrapUp], &["8"]).key_only(),
    act(Action::Outcome9, "outcome.9", "outcome 9", ANSWER, "The call went so: outcome 9 of the list.").on(&[WrapUp], &["9"]).key_only(),
    act(Action::Yes, "answer.yes", "yes", ANSWER, "Does what is asked.").on(&[Confirm], &["y"]).hint(&[(Confirm, 95, "")]).key_only(),
    act(Action::No, "answer.no", "no", ANSWER, "Leaves everything as it is.").on(&[Confirm], &["n"]).hint(&[(Confirm, 90, "")]).key_only(),
    act(Action::Theirs, "answer.theirs", "keep theirs", ANSWER, "Keeps the stored value; in a merge, the left one.").on(&[Conflict, Merge], &["1"]).hint(&[(Conflict, 95, ""), (Merge, 80, "left")]).key_only(),
    act(Action::Mine, "answer.mine", "keep mine", ANSWER, "Keeps the value that was typed; in a merge, the right one.").on(&[Conflict, Merge], &["2"]).hint(&[(Conflict, 90, ""), (Merge, 79, "right")]).key_only(),
];
