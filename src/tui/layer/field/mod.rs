//! One field of a record edited in place: a line, or a list of what it can be. Saves that field alone.

mod draw;
mod save;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::entry::{Entry, Terms, can_be_empty, offered, typed};
use super::{Flow, Incoming, Layer, Outcome};
use crate::model::choice::{OPEN, Set, slug};
use crate::model::clean::clean;
use crate::model::entity::RecordId;
use crate::model::field::read::currency_in;
use crate::model::field::{Field, FieldId, Kind};
use crate::model::record::Record;
use crate::model::rules;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::view::preview::heading;
use crate::tui::widget::select::{Item, Select};

/// Lists of at most so many values are chosen from with one digit.
const SHORT: usize = 9;

/// What is awaited from the writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Awaited {
    /// The value that is added to the set, before it can be saved.
    Choice(u64),
    /// The save.
    Saved(u64),
}

/// A field being edited over the record that it belongs to.
#[derive(Debug)]
pub struct FieldEditor {
    record: RecordId,
    version: i64,
    title: String,
    /// The record's own currency and state.
    own: Terms,
    entry: Entry,
    /// What it can be, as it is typed; the last is empty where it may be.
    values: Vec<String>,
    list: Select,
    awaited: Option<Awaited>,
    /// Whether the next field follows when it is saved.
    next: bool,
    draft: String,
    kept: bool,
    drawn: Cell<(Rect, Rect)>,
}

/// Why a field of a record cannot be written: it is deleted or closed. `None` where it can.
pub fn locked(record: &Record, field: &Field, env: &Env) -> Option<String> {
    let registry = env.catalog.registry(record.key.entity);
    let state = record.named(registry, "status").as_int().unwrap_or(OPEN);
    if !record.named(registry, "deleted_at").is_none() {
        return Some("deleted, so read-only; O restores it".into());
    }
    let closed = !rules::is_open(record.key.entity, state) && !rules::is_writable_when_closed(registry, field);
    closed.then(|| format!("{}, so read-only", rules::state_label(registry, &env.catalog.choices, state)))
}

impl FieldEditor {
    /// Edits a field of a record as it was read; a draft of it comes back.
    pub fn new(record: &Record, id: FieldId, cx: &mut Cx<'_>) -> Self {
        let env = cx.env;
        let registry = env.catalog.registry(record.key.entity);
        let field = registry.field(id);
        let state = record.named(registry, "status").as_int().unwrap_or(OPEN);
        let mut entry = Entry::new(id, record.get(id), env);
        entry.locked = locked(record, field, env);
        let mut values: Vec<String> = match entry.is_choice() {
            true => offered(field, state, env).iter().map(|value| typed(field, value)).collect(),
            false => Vec::new(),
        };
        if can_be_empty(field) {
            values.push(String::new());
        }
        let mut editor = Self {
            record: record.key,
            version: record.version,
            title: format!("{} · {}", field.label, heading(record, env)),
            own: Terms { currency: record.currency(registry).to_owned(), state, place: record.place(registry) },
            entry,
            values,
            list: Select::default(),
            awaited: None,
            next: false,
            draft: format!("field-{}-{}", record.key, field.name),
            kept: false,
            drawn: Cell::default(),
        };
        if editor.values.len() <= SHORT {
            editor.list = Select::default().numbered();
        }
        editor.restore(cx);
        editor.follow(cx.env);
        editor
    }

    /// What the text is read with: on a record without a currency the amount says one.
    fn terms(&self, env: &Env) -> Terms {
        let field = env.catalog.field(self.entry.id);
        let mut terms = self.own.clone();
        if terms.currency.is_empty() {
            let said = currency_in(field, self.entry.input.text(), &env.reading());
            terms.currency = said.unwrap_or(&env.locale.currency).to_owned();
        }
        terms
    }

    /// The set that a value is added to when it is new.
    fn open_set(&self, env: &Env) -> Option<Set> {
        match env.catalog.field(self.entry.id).kind {
            Kind::Choice(set) if set.is_open() => Some(set),
            _ => None,
        }
    }

    /// The text that would be a new value.
    fn new_value(&self, env: &Env) -> Option<String> {
        let text = self.entry.input.text().trim();
        let known = self.values.iter().any(|value| slug(value) == slug(text));
        (self.open_set(env).is_some() && !self.entry.is_fresh() && !slug(text).is_empty() && !known).then(|| text.to_owned())
    }

    /// The list follows the text: all of it with the cursor on what holds, or what fits the typed beginning.
    fn follow(&mut self, env: &Env) {
        if !self.entry.is_choice() {
            return;
        }
        let item = |value: &String| match value.as_str() {
            "" => Item::new("none").detail("empties it"),
            value => Item::new(value),
        };
        let mut rows: Vec<Item> = self.values.iter().map(item).collect();
        let text = self.entry.input.text().to_owned();
        if let Some(new) = self.new_value(env) {
            rows.push(Item::new(format!("new: “{}”", clean(&new))).words(new));
        }
        self.list.replace(rows);
        let exact = self.values.iter().position(|value| *value == text);
        self.list.narrow(if exact.is_some() || self.entry.is_fresh() { "" } else { &text });
        if let Some(place) = exact {
            self.list.go(place);
        }
    }

    /// Takes the row under the cursor as what was typed; false when that is a new value.
    fn take_row(&mut self) -> bool {
        match self.list.current() {
            Some(place) => match self.values.get(place).cloned() {
                Some(value) => {
                    self.entry.put(&value, false);
                    true
                }
                None => false,
            },
            None => true,
        }
    }

    fn mend(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        if let Some(reason) = self.entry.locked.clone() {
            cx.complain(reason);
            return Flow::Stay;
        }
        let turned = matches!(action, Action::Left | Action::Right | Action::First | Action::Last);
        if self.entry.is_choice() && !turned && self.list.act(action, self.drawn.get().1.height) {
            self.take_row();
            self.keep(cx);
            return Flow::Stay;
        }
        let before = self.entry.input.text().to_owned();
        let terms = self.terms(cx.env);
        if !self.entry.act(action, &terms, cx.env) {
            return Flow::Pass;
        }
        if self.entry.input.text() != before {
            self.typed(cx);
        }
        Flow::Stay
    }

    fn typed(&mut self, cx: &mut Cx<'_>) {
        self.follow(cx.env);
        self.keep(cx);
    }
}

impl Layer for FieldEditor {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Field]
    }

    fn draft_key(&self) -> Option<String> {
        Some(self.draft.clone())
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Back | Action::Close => self.leave(cx),
            _ if self.awaited.is_some() => Flow::Stay,
            Action::Cancel => self.cancel(cx),
            Action::Open | Action::Save | Action::Previous => self.save(false, cx),
            Action::Next => self.save(true, cx),
            Action::Down | Action::Up if self.entry.input.row_step(action == Action::Down, self.drawn.get().0.width) => {
                Flow::Stay
            }
            other => self.mend(other, cx),
        }
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        if self.awaited.is_some() {
            return Flow::Stay;
        }
        if let Some(reason) = self.entry.locked.clone() {
            cx.complain(reason);
            return Flow::Stay;
        }
        let mut chars = text.chars();
        if self.entry.is_fresh()
            && let (Some(digit), None) = (chars.next(), chars.next())
            && let Some(place) = self.list.numbered_row(digit)
        {
            self.list.go(place);
            self.take_row();
            return self.save(false, cx);
        }
        if self.entry.insert(text) {
            self.typed(cx);
        } else {
            cx.complain("that is too long for a field");
        }
        Flow::Stay
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        match outcome {
            Outcome::Resolved { version, theirs } => self.resolved(*version, theirs, cx),
            _ => Flow::Pass,
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        let Incoming::Written { ticket, result } = incoming else { return Flow::Pass };
        match self.awaited {
            Some(Awaited::Choice(mine)) if mine == *ticket => self.added(result, cx),
            Some(Awaited::Saved(mine)) if mine == *ticket => self.written(result, cx),
            _ => Flow::Pass,
        }
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        let (line, list) = self.drawn.get();
        if self.awaited.is_some() || self.entry.locked.is_some() {
            return Flow::Stay;
        }
        if wheel != 0 {
            self.list.wheel(wheel);
        } else if line.contains((column, row).into()) {
            self.entry.click(column - line.x, row - line.y, line);
            return Flow::Stay;
        } else if !self.list.click(column, row, list) {
            return Flow::Stay;
        }
        self.take_row();
        self.keep(cx);
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        self.paint(frame, area, env);
    }

    fn unavailable(&self, action: Action, env: &Env) -> Option<String> {
        let writes = matches!(action, Action::Open | Action::Save | Action::Next);
        (writes && env.read_only).then(|| "the database can only be read".into())
    }
}
