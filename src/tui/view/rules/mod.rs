//! The screen of the assignment rules: rules in the order in which they are asked, points, targets, users, teams, units and partners.
//! Each is a list with the details of the row under the cursor. Writes nothing itself; forms and acts do.

mod draw;
mod keys;
mod load;
mod rows;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;

pub use self::keys::with_rule;
pub use self::rows::ordered;

use self::rows::{Counted, Entry, Part};
use crate::model::entity::RecordId;
use crate::service::rule::Fired;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::layer::setup_form::matches::Matches;
use crate::tui::layer::{Flow, Incoming, Layer, Outcome};

/// The screen.
#[derive(Debug, Default)]
pub struct Rules {
    part: Part,
    entries: Vec<Entry>,
    /// Where the cursor is in each part.
    cursors: [usize; Part::ALL.len()],
    counted: Counted,
    /// What the condition under the cursor finds.
    matches: Matches,
    /// What the rule under the cursor did last, with its number.
    log: Option<(i64, Vec<Fired>)>,
    drawn: Cell<Rect>,
}

impl Rules {
    /// The rules.
    pub fn new(cx: &mut Cx<'_>) -> Self {
        let mut screen = Self::default();
        screen.refresh(cx);
        screen
    }

    fn slot(&self) -> usize {
        Part::ALL.iter().position(|part| *part == self.part).unwrap_or_default()
    }

    fn cursor(&self) -> usize {
        self.cursors[self.slot()].min(self.entries.len().saturating_sub(1))
    }

    /// The row under the cursor.
    fn here(&self) -> Option<&Entry> {
        self.entries.get(self.cursor())
    }

    fn key(&self) -> Option<RecordId> {
        self.here().map(|entry| entry.key)
    }

    /// Makes the rows anew; the cursor stays on what it was on.
    fn compose(&mut self, env: &Env) {
        let held = self.key();
        self.entries = rows::rows(self.part, &self.counted, env);
        if let Some(place) = held.and_then(|key| self.entries.iter().position(|entry| entry.key == key)) {
            let slot = self.slot();
            self.cursors[slot] = place;
        }
    }

    fn go(&mut self, place: usize, cx: &mut Cx<'_>) {
        let slot = self.slot();
        self.cursors[slot] = place.min(self.entries.len().saturating_sub(1));
        self.look(cx);
    }

    fn step(&mut self, by: isize, cx: &mut Cx<'_>) {
        self.go(self.cursor().saturating_add_signed(by), cx);
    }

    fn turn(&mut self, on: bool, cx: &mut Cx<'_>) {
        let (count, slot) = (Part::ALL.len(), self.slot());
        self.show(Part::ALL[if on { (slot + 1) % count } else { (slot + count - 1) % count }], cx);
    }

    fn show(&mut self, part: Part, cx: &mut Cx<'_>) {
        self.part = part;
        self.entries.clear();
        self.compose(cx.env);
        self.look(cx);
    }
}

impl Layer for Rules {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Rules]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let page = isize::try_from(self.drawn.get().height.max(2) - 1).unwrap_or(1);
        match action {
            Action::Down => self.step(1, cx),
            Action::Up => self.step(-1, cx),
            Action::PageDown => self.step(page, cx),
            Action::PageUp => self.step(-page, cx),
            Action::First => self.go(0, cx),
            Action::Last => self.go(usize::MAX, cx),
            Action::Right | Action::Next => self.turn(true, cx),
            Action::Left | Action::Previous => self.turn(false, cx),
            Action::Close => cx.push(Effect::Quit),
            Action::Back => {
                let keys = cx.env.keymap.all_keys_of(Action::Close, &[Scope::Rules]);
                cx.say(format!("{} quits", keys.first().map_or("q", String::as_str)));
            }
            other => return self.press(other, cx),
        }
        Flow::Stay
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        match outcome {
            Outcome::Made(key) => {
                self.refresh(cx);
                if let Some(place) = self.entries.iter().position(|entry| entry.key == *key) {
                    self.go(place, cx);
                }
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        self.take(incoming, cx);
        Flow::Pass
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.step(wheel as isize, cx);
            return Flow::Stay;
        }
        if let Some(part) = draw::part_at(column, row, self, cx.env) {
            self.show(part, cx);
        } else if let Some(place) = draw::row_at(column, row, self) {
            if place == self.cursor() {
                return self.press(Action::Open, cx);
            }
            self.go(place, cx);
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        draw::draw(self, frame, area, env);
    }

    fn covers(&self) -> bool {
        true
    }

    fn changed(&mut self, cx: &mut Cx<'_>) {
        self.refresh(cx);
    }

    fn renewed(&mut self, cx: &mut Cx<'_>) {
        self.compose(cx.env);
        self.look(cx);
    }

    fn unavailable(&self, action: Action, env: &Env) -> Option<String> {
        self.why_not(action, env)
    }

    fn label_here(&self, action: Action, _: &Env) -> Option<&'static str> {
        match (action, self.part) {
            (Action::StatusReason, Part::Teams) => Some("queue on or off"),
            (Action::Next, Part::Rules) => Some("scores, people"),
            (Action::Next, _) => Some("next part"),
            _ => None,
        }
    }
}
