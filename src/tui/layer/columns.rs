//! Which columns a list has, and in which order. Knows the fields, not the list.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Flow, Layer, Outcome};
use crate::model::field::{FieldId, Kind, Registry};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::widget::popup::Popup;
use crate::tui::widget::select::{Item, Select};

/// The choice of columns.
#[derive(Debug)]
pub struct ColumnChoice {
    /// Every field that can be a column, with its label, and whether it is one.
    rows: Vec<(FieldId, String, bool)>,
    list: Select,
    drawn: Cell<Rect>,
}

impl ColumnChoice {
    /// The columns of a list first, in their order, then what else there is.
    pub fn new(registry: &Registry, columns: &[FieldId]) -> Self {
        let label = |id: FieldId| {
            let field = registry.field(id);
            format!("{} · {}", field.label, field.group.label())
        };
        let mut rows: Vec<(FieldId, String, bool)> = columns.iter().map(|id| (*id, label(*id), true)).collect();
        let others = registry.ids().filter(|(id, field)| field.kind != Kind::Memo && !columns.contains(id));
        rows.extend(others.map(|(id, _)| (id, label(id), false)));
        let mut choice = Self { rows, list: Select::default(), drawn: Cell::default() };
        choice.show();
        choice
    }

    fn show(&mut self) {
        let place = self.list.current().unwrap_or(0);
        let item = |(_, label, on): &(FieldId, String, bool)| {
            let (name, group) = label.split_once(" · ").unwrap_or((label, ""));
            Item::new(format!("[{}] {name}", if *on { 'x' } else { ' ' })).detail(group)
        };
        self.list.replace(self.rows.iter().map(item).collect());
        self.list.go(place);
    }

    fn toggle(&mut self) {
        if let Some((_, _, on)) = self.list.current().and_then(|place| self.rows.get_mut(place)) {
            *on = !*on;
            self.show();
        }
    }

    fn shift(&mut self, on: bool) {
        let Some(here) = self.list.current() else { return };
        let there = if on { here + 1 } else { here.wrapping_sub(1) };
        if there < self.rows.len() {
            self.rows.swap(here, there);
            self.show();
            self.list.go(there);
        }
    }

    fn chosen(&self) -> Vec<FieldId> {
        self.rows.iter().filter(|(_, _, on)| *on).map(|(id, _, _)| *id).collect()
    }
}

impl Layer for ColumnChoice {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Columns]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Mark => {
                self.toggle();
                self.list.act(Action::Down, 2);
            }
            Action::ItemUp => self.shift(false),
            Action::ItemDown => self.shift(true),
            Action::Open => {
                let chosen = self.chosen();
                if !chosen.is_empty() {
                    return Flow::Done(Outcome::Columns(chosen));
                }
                let tick = cx.env.keymap.keys_of(Action::Mark, Scope::Columns);
                cx.complain(format!("a list needs a column: {tick} ticks one"));
            }
            Action::Back | Action::Close | Action::Cancel => return Flow::Close,
            other if self.list.act(other, self.drawn.get().height) => {}
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, _: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.list.wheel(wheel);
        } else if self.list.click(column, row, self.drawn.get()) {
            self.toggle();
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let popup = Popup::centred(area, self.list.width().max(30), self.list.height());
        let chosen = self.chosen().len();
        let inner = popup.draw(frame, &env.theme, &format!("Columns · {chosen} ticked"), "in the order of the list");
        self.drawn.set(inner);
        self.list.draw(frame, inner, &env.theme, "no fields");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::stage::Stage;

    #[test]
    fn columns_are_ticked_moved_and_used() {
        let mut stage = Stage::new(80, 24);
        let registry = Registry::lead();
        let id = |name| registry.id(name);
        let columns = [id("name"), id("company"), id("topic")];
        stage.open(|_| ColumnChoice::new(&registry, &columns));
        let screen = stage.screen();
        assert!(screen.contains("[x] Name") && screen.contains("[ ] Salutation") && screen.contains("Columns · 3 ticked"));
        stage.keys("alt-down space down enter");
        assert_eq!(stage.outcomes, [Outcome::Columns(vec![id("company"), id("topic")])]);
    }

    #[test]
    fn one_column_must_be_left() {
        let mut stage = Stage::new(50, 10);
        let registry = Registry::lead();
        stage.open(|_| ColumnChoice::new(&registry, &[registry.id("name")]));
        stage.keys("space enter");
        assert_eq!(stage.said(), "a list needs a column: Space ticks one");
        stage.mouse(3, 2, 0).keys("enter");
        assert_eq!(stage.outcomes, [Outcome::Columns(vec![registry.id("name")])]);
    }
}
