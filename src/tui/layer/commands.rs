//! Lists of actions to choose from: the help of a place and the palette of all commands. What is chosen is run where it was opened.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Flow, GoTo, Layer, Outcome};
use crate::model::clean::width;
use crate::tui::action::keymap::Keymap;
use crate::tui::action::{Action, HelpLine, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::input::Input;
use crate::tui::widget::popup::{Popup, put};
use crate::tui::widget::select::{Item, Select};

/// What a list of actions is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The keys of the place below.
    Help,
    /// Any command, and rows to go to.
    Palette,
}

/// A list of actions that narrows as one types.
#[derive(Debug)]
pub struct Commands {
    kind: Kind,
    lines: Vec<HelpLine>,
    input: Input,
    list: Select,
    drawn: Cell<Rect>,
}

fn item(line: &HelpLine, kind: Kind, reasons: &[(Action, String)]) -> Item {
    let keys = line.keys.join("  ");
    let dim = reasons.iter().find(|(action, _)| *action == line.action).map(|(_, why)| why.clone());
    let item = match kind {
        Kind::Help => {
            let shown = if keys.is_empty() { format!(":{}", line.name) } else { keys.clone() };
            Item::new(format!("{shown:<14} {}", line.help)).group(line.group.title())
        }
        Kind::Palette => Item::new(format!("{:<22} {}", line.name, line.help)).detail(keys.clone()),
    };
    item.words(format!("{} {keys} {}", line.label, line.name)).dim(dim)
}

impl Commands {
    fn new(kind: Kind, lines: Vec<HelpLine>, reasons: &[(Action, String)]) -> Self {
        let list = Select::new(lines.iter().map(|line| item(line, kind, reasons)).collect());
        Self { kind, lines, input: Input::default(), list, drawn: Cell::default() }
    }

    /// Every key of the place with these scopes; what cannot be done now says why.
    pub fn help(keymap: &Keymap, scopes: &[Scope], reasons: &[(Action, String)]) -> Self {
        Self::new(Kind::Help, keymap.help(scopes), reasons)
    }

    /// Every command that the place with these scopes reaches.
    pub fn palette(keymap: &Keymap, scopes: &[Scope], reasons: &[(Action, String)]) -> Self {
        Self::new(Kind::Palette, keymap.palette(scopes), reasons)
    }

    fn run(&self, cx: &mut Cx<'_>) -> Flow {
        if self.kind == Kind::Palette
            && let Some(place) = GoTo::parse(self.input.text())
        {
            return Flow::Done(Outcome::GoTo(place));
        }
        let Some(place) = self.list.current() else {
            cx.complain("no command of that name; Esc leaves");
            return Flow::Stay;
        };
        if let Some(why) = self.list.items().get(place).and_then(|item| item.dim.as_ref()) {
            cx.complain(why.clone());
            return Flow::Stay;
        }
        match self.lines.get(place) {
            Some(line) => Flow::Done(Outcome::Run(line.action)),
            None => Flow::Close,
        }
    }
}

impl Layer for Commands {
    fn scopes(&self) -> Vec<Scope> {
        vec![if self.kind == Kind::Help { Scope::Help } else { Scope::Palette }]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Open => return self.run(cx),
            Action::Back | Action::Close | Action::Cancel | Action::Help => return Flow::Close,
            Action::Complete => {
                if let Some(line) = self.list.current().and_then(|place| self.lines.get(place)) {
                    self.input.set(line.name);
                    self.list.narrow(self.input.text());
                }
            }
            other if self.list.act(other, self.drawn.get().height) => {}
            other => {
                if !self.input.act(other) {
                    return Flow::Pass;
                }
                self.list.narrow(self.input.text());
            }
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, _: &mut Cx<'_>) -> Flow {
        // A second `?` closes the help, as the first opened it.
        if self.kind == Kind::Help && text == "?" && self.input.is_empty() {
            return Flow::Close;
        }
        self.input.insert(text);
        self.list.narrow(self.input.text());
        Flow::Stay
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.list.wheel(wheel);
        } else if self.drawn.get().contains(Position { x: column, y: row }) {
            let (area, before) = (self.drawn.get(), self.list.current());
            if self.list.click(column, row, area) && before == self.list.current() {
                return self.run(cx);
            }
        } else {
            return Flow::Close;
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let (title, label) = if self.kind == Kind::Help { ("Keys of this place", " narrow ") } else { ("Commands", " : ") };
        let rows = (self.list.height() + 1).clamp(4, area.height.saturating_sub(4).max(4));
        let popup = Popup::centred(area, area.width.saturating_sub(4).min(104), rows);
        let inner = popup.draw(frame, &env.theme, title, &self.list.counts());
        if inner.is_empty() {
            return;
        }
        let wide = u16::try_from(width(label)).unwrap_or(0).min(inner.width);
        put(frame, inner.x, inner.y, label, inner, env.theme.style(Meaning::Prompt));
        let field = Rect { x: inner.x + wide, width: inner.width - wide, height: 1, ..inner };
        self.input.draw(frame, field, Style::default(), true);
        let below = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
        self.drawn.set(below);
        self.list.draw(frame, below, &env.theme, "nothing of that name here");
    }
}
