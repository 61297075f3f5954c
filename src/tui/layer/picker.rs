//! A choice from a list that narrows as one types. What is chosen goes to the layer below; a new value is added on the way.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Flow, Incoming, Layer, Outcome, Pick, Purpose};
use crate::model::choice::{Set, slug};
use crate::model::clean::{clean, fit, width};
use crate::service::list::AddChoice;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::input::Input;
use crate::tui::widget::popup::{Popup, put};
use crate::tui::widget::select::{Item as Row, Select};
use crate::worker::writer::{AnyAct, Reply};

mod offers;

pub(in crate::tui) use offers::of;

/// Lists of at most so many rows are chosen from with one digit.
const SHORT: usize = 9;

/// One thing to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What is read.
    pub label: String,
    /// What stands at the right.
    pub detail: String,
    /// What it means.
    pub pick: Pick,
    /// Whether it holds now; the cursor begins there.
    pub current: bool,
    /// Why it cannot be chosen now.
    pub dim: Option<String>,
}

impl Item {
    /// A row without more.
    pub fn new(label: impl Into<String>, pick: Pick) -> Self {
        Self { label: label.into(), detail: String::new(), pick, current: false, dim: None }
    }

    /// With a text at the right.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// The one that holds now, if so.
    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }
}

/// The list and what is typed to narrow it.
#[derive(Debug)]
pub struct Picker {
    title: String,
    purpose: Purpose,
    items: Vec<Item>,
    list: Select,
    input: Input,
    /// The set that a text which fits no row is added to; reasons belong to a state.
    adds: Option<(Set, Option<i64>)>,
    quick: bool,
    /// Whether a text that fits no row is what was meant.
    typed: bool,
    /// The ticket of the value that is being added.
    adding: Option<u64>,
    drawn: Cell<Rect>,
}

impl Picker {
    /// A choice of these; the result comes with `purpose`.
    pub fn new(title: impl Into<String>, purpose: Purpose, items: Vec<Item>) -> Self {
        let mut picker = Self {
            title: title.into(),
            purpose,
            list: Select::new(items.iter().map(row).collect()),
            items,
            input: Input::default(),
            adds: None,
            quick: false,
            typed: false,
            adding: None,
            drawn: Cell::default(),
        };
        picker.go_to_current();
        picker
    }

    /// With a digit before each row that chooses it at once, if there are few enough.
    pub fn quick(mut self) -> Self {
        self.quick = self.items.len() <= SHORT;
        if self.quick {
            self.list = std::mem::take(&mut self.list).numbered();
        }
        self
    }

    /// Without digits: nothing is chosen by a key that was meant for what lies below.
    pub fn by_enter(mut self) -> Self {
        if std::mem::take(&mut self.quick) {
            self.list = Select::new(self.items.iter().map(row).collect());
        }
        self
    }

    /// Takes a text with a digit, and what fits no row, as it is typed.
    pub fn or_typed(mut self) -> Self {
        self.typed = true;
        self
    }

    /// What fits no row can be added to this set, if people may add to it.
    fn adding_to(mut self, set: Set, state: i64) -> Self {
        if set.is_open() {
            self.adds = Some((set, (set == Set::StatusReason).then_some(state)));
        }
        self
    }

    /// Puts another text at the right of a row.
    pub(super) fn tell(&mut self, place: usize, detail: String) {
        let Some(item) = self.items.get_mut(place) else { return };
        item.detail = detail;
        let here = self.list.current();
        let query = self.input.text().to_owned();
        self.list.replace(self.items.iter().map(row).collect());
        self.list.narrow(&query);
        if let Some(here) = here {
            self.list.go(here);
        }
    }

    fn go_to_current(&mut self) {
        if let Some(place) = self.items.iter().position(|item| item.current) {
            self.list.go(place);
        }
    }

    /// With the cursor on a choice, where it is among the rows.
    pub fn beginning_at(mut self, code: i64) -> Self {
        let is_it = |item: &Item| matches!(&item.pick, Pick::Choice(choice) if choice.code == code);
        if let Some(place) = self.items.iter().position(is_it) {
            self.list.go(place);
        }
        self
    }

    /// The text that would be added now.
    fn new_text(&self) -> Option<String> {
        let text = self.input.text().trim();
        let known = self.items.iter().any(|item| slug(&item.label) == slug(text) || item.label == text);
        ((self.adds.is_some() || self.typed) && !text.is_empty() && !known && !slug(text).is_empty()).then(|| text.to_owned())
    }

    /// Rows, with the new one at the end.
    fn narrow(&mut self) {
        let mut rows: Vec<Row> = self.items.iter().map(row).collect();
        let query = self.input.text().to_owned();
        if let Some(text) = self.new_text() {
            let label = if self.typed { format!("“{text}”") } else { format!("new: “{text}”") };
            rows.push(Row::new(label).words(query.clone()));
        }
        self.list.replace(rows);
        self.list.narrow(&query);
        if self.typed && query.contains(|c: char| c.is_ascii_digit()) {
            self.list.go(self.items.len());
        }
        if query.is_empty() {
            self.go_to_current();
        }
    }

    fn choose(&mut self, place: usize, cx: &mut Cx<'_>) -> Flow {
        if self.adding.is_some() {
            return Flow::Stay;
        }
        match self.items.get(place) {
            Some(Item { dim: Some(reason), label, .. }) => {
                cx.complain(format!("{}: {}", clean(label), clean(reason)));
                Flow::Stay
            }
            Some(item) => Flow::Done(Outcome::Picked(self.purpose.clone(), item.pick.clone())),
            None => match self.new_text().filter(|_| self.typed) {
                Some(text) => Flow::Done(Outcome::Entered(self.purpose.clone(), text)),
                None => self.add(cx),
            },
        }
    }

    fn add(&mut self, cx: &mut Cx<'_>) -> Flow {
        if let (Some(label), Some((set, state))) = (self.new_text(), self.adds) {
            self.adding = Some(cx.act(AnyAct::AddChoice(AddChoice { set, label, state })));
        }
        Flow::Stay
    }

    fn empty_text(&self) -> String {
        match self.items.is_empty() {
            true if self.adds.is_none() => "nothing to choose from".into(),
            true => "none yet: type one, Enter adds it".into(),
            false => "nothing matches".into(),
        }
    }
}

fn row(item: &Item) -> Row {
    let detail = if item.current && item.detail.is_empty() { "now" } else { item.detail.as_str() };
    Row::new(item.label.as_str()).detail(detail).dim(item.dim.clone())
}

impl Layer for Picker {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Picker]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Open => match self.list.current() {
                Some(place) => return self.choose(place, cx),
                None => cx.complain(self.empty_text()),
            },
            Action::Back | Action::Close | Action::Cancel => return Flow::Close,
            other if self.list.act(other, self.drawn.get().height) => {}
            other => {
                let before = self.input.text().to_owned();
                if !self.input.act(other) {
                    return Flow::Pass;
                }
                if before != self.input.text() {
                    self.narrow();
                }
            }
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        let mut chars = text.chars();
        if self.quick
            && let (Some(digit), None) = (chars.next(), chars.next())
            && let Some(place) = self.list.numbered_row(digit)
        {
            self.list.go(place);
            return self.choose(place, cx);
        }
        if !self.input.insert(text) {
            cx.complain("that is too long to look for");
        }
        self.narrow();
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        let Incoming::Written { ticket, result } = incoming else { return Flow::Pass };
        if self.adding != Some(*ticket) {
            return Flow::Pass;
        }
        self.adding = None;
        match result {
            Ok(done) => match &done.reply {
                Reply::Choice(choice) => Flow::Done(Outcome::Picked(self.purpose.clone(), Pick::Choice(choice.clone()))),
                _ => Flow::Stay,
            },
            Err(error) => {
                cx.complain(error.to_string());
                Flow::Stay
            }
        }
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.list.wheel(wheel);
            return Flow::Stay;
        }
        let here = self.list.current();
        match self.list.click(column, row, self.drawn.get()) {
            // a second click on the row under the cursor chooses it
            true if here == self.list.current() => here.map_or(Flow::Stay, |place| self.choose(place, cx)),
            _ => Flow::Stay,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let wide = self.list.width().max(u16::try_from(width(&self.title)).unwrap_or(u16::MAX).saturating_add(2));
        let rows =
            u16::try_from(self.items.len()).unwrap_or(u16::MAX).saturating_add(2).max(self.list.height().saturating_add(1));
        let popup = Popup::centred(area, wide.clamp(32, 76), rows.min(20));
        let remark = if self.adding.is_some() { "adding…".to_owned() } else { self.list.counts() };
        let inner = popup.draw(frame, &env.theme, &self.title, &remark);
        if inner.is_empty() {
            return;
        }
        let line = Rect { height: 1, ..inner };
        put(frame, line.x, line.y, "› ", line, env.theme.style(Meaning::Prompt));
        let field = Rect { x: line.x + 2.min(line.width - 1), width: line.width.saturating_sub(2).max(1), ..line };
        self.input.draw(frame, field, Style::new(), true);
        if self.input.is_empty() && field.width > 1 {
            let help = fit(self.help(), usize::from(field.width) - 1);
            put(frame, field.x + 1, field.y, &help, field, env.theme.style(Meaning::Dim));
            frame.set_cursor_position(Position { x: field.x, y: field.y });
        }
        let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        self.drawn.set(list);
        self.list.draw(frame, list, &env.theme, &self.empty_text());
    }
}

impl Picker {
    fn help(&self) -> &'static str {
        match (self.quick, &self.adds) {
            (true, _) => "a digit chooses",
            (_, None) => "type to narrow",
            _ => "type to narrow, or a new one",
        }
    }
}

#[cfg(test)]
mod tests;
