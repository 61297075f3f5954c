//! The steps: who did what, when, to how many; Enter takes one back, out of order too. Undoes nothing itself.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::confirm::{Confirm, undo_reasons};
use super::{Flow, Incoming, Layer, Outcome};
use crate::model::clean::{clean, pad};
use crate::model::dates::ago;
use crate::model::number::show_count;
use crate::service::record::read::ListSteps;
use crate::service::undo::Undo;
use crate::store::log::Operation;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::widget::popup::Popup;
use crate::tui::widget::select::{Item, Select};
use crate::tui::widget::timeline;
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::AnyAct;

/// How many steps are asked for at once.
const PAGE: i64 = 100;
/// The next page is asked for when so few are left below.
const AHEAD: usize = 20;

/// The list of steps.
#[derive(Debug)]
pub struct Steps {
    steps: Vec<Operation>,
    list: Select,
    /// The question that is open, and whether its answer goes behind what is there.
    asked: Option<(u64, bool)>,
    /// Whether there are older ones.
    more: bool,
    loaded: bool,
    drawn: Cell<Rect>,
}

impl Steps {
    /// Asks for the newest steps.
    pub fn new(cx: &mut Cx<'_>) -> Self {
        let mut steps =
            Self { steps: Vec::new(), list: Select::default(), asked: None, more: false, loaded: false, drawn: Cell::default() };
        steps.reload(cx);
        steps
    }

    /// Asks for all that was shown, and at least a page.
    fn reload(&mut self, cx: &mut Cx<'_>) {
        let limit = PAGE.max(i64::try_from(self.steps.len()).unwrap_or(PAGE));
        let serial = cx.ask(Slot::Steps, AnyQuery::Steps(ListSteps { before: 0, limit }));
        self.asked = Some((serial, false));
    }

    fn load_more(&mut self, cx: &mut Cx<'_>) {
        let near = self.list.current().is_none_or(|at| at + AHEAD >= self.steps.len());
        if !self.more || self.asked.is_some() || !near {
            return;
        }
        let before = self.steps.last().map_or(0, |step| step.number);
        let serial = cx.ask(Slot::Steps, AnyQuery::Steps(ListSteps { before, limit: PAGE }));
        self.asked = Some((serial, true));
    }

    fn arrived(&mut self, steps: &[Operation], behind: bool, cx: &Cx<'_>) {
        let here = self.current().map(|step| step.number);
        // an answer as long as the question says that there may be more
        let asked = if behind { PAGE } else { PAGE.max(i64::try_from(self.steps.len()).unwrap_or(PAGE)) };
        self.more = i64::try_from(steps.len()).unwrap_or(0) >= asked;
        if behind {
            self.steps.extend_from_slice(steps);
        } else {
            self.steps = steps.to_vec();
        }
        self.loaded = true;
        let newest = self.steps.iter().map(|step| step.number).max().unwrap_or_default();
        let digits = newest.to_string().len();
        self.list.replace(self.steps.iter().map(|step| item(step, digits, cx.env)).collect());
        if let Some(place) = self.steps.iter().position(|step| Some(step.number) == here) {
            self.list.go(place);
        }
    }

    fn current(&self) -> Option<&Operation> {
        self.steps.get(self.list.current()?)
    }

    fn undo(&self, cx: &mut Cx<'_>) -> Flow {
        let Some(step) = self.current() else { return Flow::Stay };
        let redo = cx.env.keymap.keys_of(Action::Redo, Scope::Steps);
        if cx.env.read_only {
            cx.complain("the database can only be read");
        } else if step.undone_by.is_some() {
            cx.complain(format!("“{}” is taken back already · {redo} does it again", step.summary));
        } else if step.undoes.is_some() {
            cx.complain(format!("this took a step back itself · {redo} does that step again"));
        } else {
            let act = AnyAct::Undo(Undo { step: Some(step.number), origins: Vec::new() });
            if !undo_reasons(step, cx.env).is_empty() {
                return Flow::Push(Box::new(Confirm::undo(step, act, cx.env)));
            }
            cx.act(act);
        }
        Flow::Stay
    }
}

/// A step with its number, by which `leadbook undo` and other steps name it.
fn item(step: &Operation, digits: usize, env: &Env) -> Item {
    let (age, who) = (pad(&ago(step.at, env.now()), 7), pad(&clean(&env.user(step.actor)), 8));
    let text = format!("{:>digits$}  {age} {who} {}", step.number, clean(&step.summary));
    let mut tail = Vec::new();
    if step.touched > 1 {
        tail.push(show_count(step.touched, &env.locale));
    }
    if step.origin != "tui" {
        tail.push(timeline::origin(&step.origin).to_owned());
    }
    let state = match (step.undone_by, step.undoes) {
        (Some(_), _) => Some("undone".to_owned()),
        (None, Some(of)) => Some(format!("of step {of}")),
        (None, None) => None,
    };
    if let Some(state) = &state {
        tail.push(state.clone());
    }
    let tail = tail.join(" · ");
    if state.is_some() { Item::new(text).dim(Some(tail)) } else { Item::new(text).detail(tail) }
}

impl Layer for Steps {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Steps]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Open => return self.undo(cx),
            Action::Back | Action::Close | Action::Cancel => return Flow::Close,
            other if self.list.act(other, self.drawn.get().height) => self.load_more(cx),
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        match outcome {
            Outcome::Confirmed(act) if matches!(**act, AnyAct::Undo(_)) => {
                cx.act((**act).clone());
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Steps, serial, result } => {
                let Some((_, behind)) = self.asked.filter(|(asked, _)| asked == serial) else { return Flow::Pass };
                self.asked = None;
                match result {
                    Ok(Answer::Steps(steps)) => self.arrived(steps, behind, cx),
                    Ok(_) => {}
                    Err(error) => cx.complain(error.to_string()),
                }
            }
            Incoming::Written { result: Ok(done), .. } if done.step.is_some() => self.reload(cx),
            _ => {}
        }
        Flow::Pass
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.list.wheel(wheel * 3);
            self.load_more(cx);
            return Flow::Stay;
        }
        let before = self.list.current();
        if self.list.click(column, row, self.drawn.get()) && before == self.list.current() {
            return self.undo(cx);
        }
        Flow::Stay
    }

    fn changed(&mut self, cx: &mut Cx<'_>) {
        self.reload(cx);
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let remark = if self.more { format!("{} and older ones", self.steps.len()) } else { self.list.counts() };
        let inner = Popup::whole(area).draw(frame, &env.theme, "Steps, newest first", &remark);
        self.drawn.set(inner);
        let empty = if self.loaded { "nothing has been done yet" } else { "reading …" };
        self.list.draw(frame, inner, &env.theme, empty);
    }

    fn covers(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests;
