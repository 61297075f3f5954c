//! A line to type in over a list: what help, commands and the finder have in common. Decides nothing about its rows.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::model::clean::fit;
use crate::tui::action::Action;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::input::Input;
use crate::tui::widget::popup::{Popup, put};
use crate::tui::widget::select::Select;

/// What an action did to the line and the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Did {
    /// Nothing: it is none of theirs.
    Nothing,
    /// Something moved.
    Moved,
    /// The text is another.
    Typed,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pointed {
    /// The row under the cursor was clicked once more.
    Chosen,
    /// The cursor moved at most.
    Moved,
    /// The click was outside the box.
    Outside,
}

/// The line and the list below it.
#[derive(Debug, Default)]
pub(super) struct Menu {
    pub(super) input: Input,
    pub(super) list: Select,
    drawn: Cell<Rect>,
    boxed: Cell<Rect>,
}

impl Menu {
    /// Moves in the list or edits the line.
    pub(super) fn act(&mut self, action: Action) -> Did {
        if self.list.act(action, self.drawn.get().height) {
            return Did::Moved;
        }
        let before = self.input.text().to_owned();
        match self.input.act(action) {
            false => Did::Nothing,
            true if before == self.input.text() => Did::Moved,
            true => Did::Typed,
        }
    }

    /// The mouse: the wheel moves, a click puts the cursor on a row, a second one chooses it.
    pub(super) fn pointed(&mut self, column: u16, row: u16, wheel: i32) -> Pointed {
        if wheel != 0 {
            self.list.wheel(wheel);
            return Pointed::Moved;
        }
        if !self.boxed.get().contains((column, row).into()) {
            return Pointed::Outside;
        }
        let before = self.list.current();
        let chosen = self.list.click(column, row, self.drawn.get()) && before == self.list.current();
        if chosen { Pointed::Chosen } else { Pointed::Moved }
    }

    /// Draws the line and the list in a box; `invites` stands in the line while it is empty, `empty` in place of no rows.
    pub(super) fn draw(&self, frame: &mut Frame<'_>, popup: Popup, words: &Words<'_>, env: &Env) {
        self.boxed.set(popup.outer);
        let inner = popup.draw(frame, &env.theme, words.title, words.remark);
        if inner.is_empty() {
            return;
        }
        let line = Rect { height: 1, ..inner };
        put(frame, line.x, line.y, words.prompt, line, env.theme.style(Meaning::Prompt));
        let indent = 2.min(line.width - 1);
        let field = Rect { x: line.x + indent, width: line.width - indent, ..line };
        self.input.draw(frame, field, Style::new(), true);
        if self.input.is_empty() && field.width > 1 {
            let invites = fit(words.invites, usize::from(field.width) - 1);
            put(frame, field.x + 1, field.y, &invites, field, env.theme.style(Meaning::Dim));
            frame.set_cursor_position(Position { x: field.x, y: field.y });
        }
        let list = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
        self.drawn.set(list);
        self.list.draw(frame, list, &env.theme, words.empty);
    }
}

/// What is written around the list.
pub(super) struct Words<'a> {
    pub(super) title: &'a str,
    pub(super) remark: &'a str,
    pub(super) prompt: &'a str,
    pub(super) invites: &'a str,
    pub(super) empty: &'a str,
}
