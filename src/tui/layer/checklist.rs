//! The first steps, in a corner, ticked by doing them. Draws and ticks; what was done, others say.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::config::State;
use crate::tui::action::{Action, Scope};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::popup::{Popup, put};
use crate::worker::reader::Slot;
use crate::worker::writer::AnyAct;

/// Something to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A filter or a search.
    Find,
    /// A call that was logged.
    Call,
    /// A step that was taken back.
    Undo,
    /// A task, an appointment or a follow-up that was planned.
    Next,
    /// A lead that became customers.
    Qualify,
}

/// Each step with its name in the state file, the key to show and the words for it.
const STEPS: [(Step, &str, Action, &str); 5] = [
    (Step::Find, "find", Action::FindAnywhere, "find someone"),
    (Step::Call, "call", Action::Call, "log a call"),
    (Step::Undo, "undo", Action::Undo, "undo it"),
    (Step::Next, "next", Action::Task, "set a next step"),
    (Step::Qualify, "qualify", Action::CloseWell, "qualify a lead"),
];

/// Columns and rows of the box.
const SIZE: (u16, u16) = (26, 6);

/// Ticks a step; true when that is new, so that the state should be kept.
pub fn tick(state: &mut State, step: Step) -> bool {
    let name = STEPS.iter().find(|(other, ..)| *other == step).map_or("", |(_, name, ..)| name);
    let new = !state.checklist_hidden && !is_ticked(state, name);
    if new {
        state.checklist.push(name.to_owned());
    }
    new
}

/// The name in the state file for that the person began with this program, and wants to be shown the first steps.
const BEGUN: &str = "begun";

/// From now on the steps are shown, until they are done or hidden.
pub fn begin(state: &mut State) {
    if !is_ticked(state, BEGUN) {
        state.checklist.push(BEGUN.to_owned());
    }
}

/// Whether it is shown: from the first page until it is hidden, or all is done.
pub fn is_shown(state: &State) -> bool {
    !state.checklist_hidden && is_ticked(state, BEGUN) && STEPS.iter().any(|(_, name, ..)| !is_ticked(state, name))
}

/// The step that an act is, once it is done.
pub fn step_of(act: &AnyAct) -> Option<Step> {
    match act {
        AnyAct::WrapUp(_) => Some(Step::Call),
        AnyAct::Undo(_) => Some(Step::Undo),
        AnyAct::AddActivity(_) | AnyAct::AddActivities(_) => Some(Step::Next),
        AnyAct::Qualify(_) | AnyAct::QualifyMany(_) => Some(Step::Qualify),
        _ => None,
    }
}

/// The step that a question is, as soon as it is asked.
pub fn step_of_question(slot: Slot) -> Option<Step> {
    match slot {
        Slot::Find => Some(Step::Find),
        _ => None,
    }
}

fn is_ticked(state: &State, name: &str) -> bool {
    state.checklist.iter().any(|done| done == name)
}

/// Draws it in the lower right corner of `area`, where there is room for it.
pub fn draw(frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let (columns, rows) = SIZE;
    if !is_shown(&env.state) || area.width < 60 || area.height < 16 {
        return;
    }
    let corner = Rect { x: area.right() - columns - 3, y: area.bottom() - rows - 3, width: columns + 2, height: rows + 2 };
    let done = STEPS.iter().filter(|(_, name, ..)| is_ticked(&env.state, name)).count();
    let remark = format!("{done} of {}", STEPS.len());
    let inner = Popup { outer: corner, inner: Rect { x: corner.x + 1, y: corner.y + 1, width: columns, height: rows } }.draw(
        frame,
        &env.theme,
        "First steps",
        &remark,
    );
    for (y, (_, name, action, words)) in (inner.y..inner.bottom()).zip(STEPS) {
        let ticked = is_ticked(&env.state, name);
        let keys = env.keymap.keys_of(action, Scope::Browse);
        let (sign, style) = if ticked { ("☑", Meaning::Dim) } else { ("☐", Meaning::Hint) };
        put(frame, inner.x + 1, y, &format!("{sign} {words}"), inner, env.theme.style(style));
        if !ticked {
            let x = inner.right().saturating_sub(u16::try_from(keys.chars().count()).unwrap_or(0) + 1);
            put(frame, x, y, &keys, inner, env.theme.style(Meaning::Key));
        }
    }
    put(frame, inner.x + 1, inner.bottom().saturating_sub(1), ":hide puts this away", inner, env.theme.style(Meaning::Dim));
}

#[cfg(test)]
mod tests;
