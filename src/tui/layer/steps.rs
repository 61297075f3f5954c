//! The steps: who did what, when, to how many; Enter takes one back, out of order where its records are unchanged since.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::confirm::Confirm;
use super::{Flow, Incoming, Layer, Outcome};
use crate::model::dates::ago;
use crate::model::number::show_count;
use crate::service::lead::read::ListSteps;
use crate::service::undo::Undo;
use crate::store::log::Operation;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::widget::popup::Popup;
use crate::tui::widget::select::{Item, Select};
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::AnyAct;

/// How many steps are asked for at a time.
const PAGE: i64 = 100;
/// A step older than this is asked about before it is taken back, in µs.
const OLD: i64 = 86_400_000_000;

/// The list of steps.
#[derive(Debug)]
pub struct Steps {
    steps: Vec<Operation>,
    list: Select,
    more: bool,
    loaded: bool,
    drawn: Cell<Rect>,
}

impl Steps {
    /// The list, its first page asked for.
    pub fn new(cx: &mut Cx<'_>) -> Self {
        cx.ask(Slot::Steps, AnyQuery::Steps(ListSteps { before: 0, limit: PAGE }));
        Self { steps: Vec::new(), list: Select::default(), more: false, loaded: false, drawn: Cell::default() }
    }

    fn item(step: &Operation, env: &Env) -> Item {
        let many = if step.touched == 1 { String::new() } else { format!(" · {} records", show_count(step.touched, &env.locale)) };
        let undone = if step.undone_by.is_some() { " · taken back" } else { "" };
        let origin = if step.origin == "tui" { String::new() } else { format!(" · {}", step.origin) };
        let text = if step.summary.is_empty() { step.act.as_str() } else { step.summary.as_str() };
        let detail = format!("{} · {}{origin}{many}{undone}", env.user(step.actor), ago(step.at, env.now()));
        Item::new(text).detail(detail)
    }

    fn arrived(&mut self, steps: &[Operation], env: &Env) {
        // A page behind the last one is added, any other is the first anew.
        match (self.steps.last(), steps.first()) {
            (Some(last), Some(first)) if self.loaded && first.number < last.number => self.steps.extend(steps.iter().cloned()),
            _ => self.steps = steps.to_vec(),
        }
        self.more = steps.len() as i64 == PAGE;
        self.loaded = true;
        self.list.replace(self.steps.iter().map(|step| Self::item(step, env)).collect());
    }

    fn load_more(&mut self, cx: &mut Cx<'_>) {
        let near_end = self.list.current().is_some_and(|place| place + 10 >= self.steps.len());
        if self.more && near_end && let Some(last) = self.steps.last() {
            self.more = false;
            cx.ask(Slot::Steps, AnyQuery::Steps(ListSteps { before: last.number, limit: PAGE }));
        }
    }

    fn take_back(&mut self, cx: &mut Cx<'_>) -> Flow {
        let Some(step) = self.list.current().and_then(|place| self.steps.get(place)) else { return Flow::Stay };
        if step.undone_by.is_some() {
            cx.complain("taken back already; Ctrl-r brings back the newest");
            return Flow::Stay;
        }
        let act = AnyAct::Undo(Undo { step: Some(step.number), origins: Vec::new() });
        let many = step.touched > i64::from(cx.env.config.confirm_above);
        if many || cx.env.now() - step.at > OLD || step.origin != "tui" {
            return Flow::Push(Box::new(Confirm::undo(step, act, cx.env)));
        }
        cx.act(act);
        Flow::Stay
    }
}

impl Layer for Steps {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Steps]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Open => self.take_back(cx),
            Action::Back | Action::Close | Action::Cancel => Flow::Close,
            other if self.list.act(other, self.drawn.get().height) => {
                self.load_more(cx);
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        if let Outcome::Confirmed(act) = outcome {
            cx.act((**act).clone());
            return Flow::Stay;
        }
        Flow::Pass
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Steps, result: Ok(Answer::Steps(steps)), .. } => self.arrived(steps, cx.env),
            Incoming::Written { result: Ok(done), .. } if done.step.is_some() => {
                let limit = i64::try_from(self.steps.len()).unwrap_or(PAGE).max(PAGE);
                self.loaded = false;
                cx.ask(Slot::Steps, AnyQuery::Steps(ListSteps { before: 0, limit }));
            }
            _ => {}
        }
        Flow::Pass
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.list.wheel(wheel);
            self.load_more(cx);
        } else if self.drawn.get().contains(Position { x: column, y: row }) {
            let area = self.drawn.get();
            self.list.click(column, row, area);
        } else {
            return Flow::Close;
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let popup = Popup::centred(area, area.width.saturating_sub(4).min(120), area.height.saturating_sub(6).min(30));
        let inner = popup.draw(frame, &env.theme, "Steps", &self.list.counts());
        self.drawn.set(inner);
        let empty = if self.loaded { "nothing was done yet" } else { "" };
        self.list.draw(frame, inner, &env.theme, empty);
    }
}
