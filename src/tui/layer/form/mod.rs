//! A whole record as a form: every field that can be written, in its groups. Written over the registry; rules are the service's.

mod draw;
mod fill;
mod layout;
mod save;
#[cfg(test)]
mod tests;

pub(super) use fill::free_key;

use std::cell::Cell;
use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::entry::{Entry, Terms};
use super::picker::Picker;
use super::{Flow, Incoming, Layer, Outcome, Pick, Purpose};
use crate::model::activity::suits::{Suits, label, suits};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{FieldId, Group};
use crate::model::value::{Owner, Value};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::worker::reader::{Answer, Slot};

/// Whose form it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// A new record's.
    New,
    /// A record's.
    Record(RecordId),
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Phase {
    /// The record is being read.
    Loading,
    /// It can be typed in.
    Ready,
    /// It is being saved, by a ticket; then the next is begun, or not.
    Saving { ticket: u64, next: bool },
    /// The record cannot be read, for this reason.
    Failed(String),
}

/// A place where the cursor can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spot {
    /// A field, by its place among the entries.
    Field(usize),
    /// The line that shows or hides the rare fields of a group.
    More(Group),
}

/// The form.
#[derive(Debug)]
pub struct Form {
    entity: Entity,
    subject: Subject,
    phase: Phase,
    title: String,
    /// The version of the record that the entries were made of.
    version: Option<i64>,
    terms: Terms,
    entries: Vec<Entry>,
    /// Places of entries that were empty: which of them are shown only when their group is opened, or not at all, [`Self::suits`] says.
    rare: BTreeSet<usize>,
    opened: BTreeSet<Group>,
    spot: Spot,
    /// The name under which the draft is kept, and whether one is.
    draft: String,
    kept: bool,
    drawn: Cell<Rect>,
    /// The columns of the value under the cursor, as it was drawn.
    wide: Cell<u16>,
}

impl Form {
    fn group(&self, place: usize, env: &Env) -> Group {
        self.entries.get(place).map_or(Group::Contact, |entry| env.catalog.field(entry.id).group)
    }

    /// The kind of an activity as it stands; none of any other record.
    fn activity_kind(&self, env: &Env) -> Option<i64> {
        (self.entity == Entity::Activity).then(|| self.value("kind", env)?.as_int()).flatten()
    }

    /// How well an empty field suits the record: what suits seldom is a line away, what does not is not there.
    fn suits(&self, place: usize, kind: Option<i64>, env: &Env) -> Suits {
        let Some(entry) = self.entries.get(place).filter(|_| self.rare.contains(&place)) else { return Suits::Well };
        let field = env.catalog.field(entry.id);
        match kind {
            Some(kind) if field.group != Group::Administration => suits(kind, field.name),
            _ if field.rare => Suits::Seldom,
            _ => Suits::Well,
        }
    }

    /// The places of the fields of a group that are rarely used.
    fn seldom(&self, group: Group, env: &Env) -> Vec<usize> {
        let kind = self.activity_kind(env);
        let own = self.rare.iter().copied().filter(|place| self.group(*place, env) == group);
        own.filter(|place| self.suits(*place, kind, env) == Suits::Seldom).collect()
    }

    /// How a field is called; on an activity its kind may have another word.
    fn label(&self, place: usize, env: &Env) -> &'static str {
        let Some(entry) = self.entries.get(place) else { return "" };
        let field = env.catalog.field(entry.id);
        self.activity_kind(env).and_then(|kind| label(kind, field.name)).unwrap_or(field.label)
    }

    /// Every place where the cursor can be, in order.
    fn spots(&self, env: &Env) -> Vec<Spot> {
        let mut spots = Vec::new();
        let kind = self.activity_kind(env);
        for group in Group::ALL {
            let fields = (0..self.entries.len()).filter(|place| self.group(*place, env) == *group);
            let opened = self.opened.contains(group);
            let mut more = false;
            for place in fields {
                match self.suits(place, kind, env) {
                    Suits::Well => spots.push(Spot::Field(place)),
                    Suits::Seldom => {
                        more = true;
                        spots.extend(opened.then_some(Spot::Field(place)));
                    }
                    Suits::Not => {}
                }
            }
            if more {
                spots.push(Spot::More(*group));
            }
        }
        spots
    }

    fn current(&mut self) -> Option<&mut Entry> {
        match self.spot {
            Spot::Field(place) => self.entries.get_mut(place),
            Spot::More(_) => None,
        }
    }

    fn go(&mut self, spot: Spot, env: &Env) {
        let terms = self.terms.clone();
        if let Some(entry) = self.current() {
            entry.leave(&terms, env);
        }
        self.spot = spot;
        if let Some(entry) = self.current() {
            entry.enter();
        }
    }

    /// Moves the cursor; a step goes round, a page stops at the ends.
    fn walk(&mut self, by: isize, env: &Env) {
        let spots = self.spots(env);
        let here = spots.iter().position(|spot| *spot == self.spot).unwrap_or(0);
        let last = spots.len().saturating_sub(1);
        let there = match by {
            1 if here == last => 0,
            -1 if here == 0 => last,
            by => here.saturating_add_signed(by).min(last),
        };
        if let Some(spot) = spots.get(there) {
            self.go(*spot, env);
        }
    }

    /// Shows the rare fields of a group, the cursor on the first of them, or hides them.
    fn toggle(&mut self, group: Group, env: &Env) {
        if self.opened.remove(&group) {
            return;
        }
        self.opened.insert(group);
        if let Some(first) = self.seldom(group, env).first().copied() {
            self.go(Spot::Field(first), env);
        }
    }

    /// Enter: shows more fields, lists what can be chosen, or goes on.
    fn accept(&mut self, cx: &mut Cx<'_>) -> Flow {
        let state = self.terms.state;
        match self.spot {
            Spot::More(group) => self.toggle(group, cx.env),
            Spot::Field(place) => {
                let Some(entry) = self.entries.get(place) else { return Flow::Stay };
                if entry.is_choice() && entry.is_fresh() && entry.locked.is_none() {
                    let now = entry.read(&self.terms, cx.env).unwrap_or_default();
                    return Flow::Push(Box::new(Picker::field(cx.env, entry.id, state, &now)));
                }
                if self.spots(cx.env).last() == Some(&self.spot) {
                    let save = cx.env.keymap.keys_of(Action::Save, Scope::Form);
                    cx.say(format!("the last field · {save} saves"));
                } else {
                    self.walk(1, cx.env);
                }
            }
        }
        Flow::Stay
    }

    /// Ctrl-c: what was typed goes, and can be brought again field by field; a second one leaves.
    fn cancel(&mut self, cx: &mut Cx<'_>) -> Flow {
        if !self.entries.iter().any(Entry::is_changed) {
            return self.leave(cx);
        }
        self.entries.iter_mut().for_each(Entry::revert);
        self.keep(cx);
        cx.say("all fields are as they were");
        Flow::Stay
    }

    /// Moves the cursor within a text of several lines; false at its ends.
    fn row_step(&mut self, down: bool) -> bool {
        let columns = self.wide.get();
        self.current().is_some_and(|entry| entry.input.row_step(down, columns))
    }

    fn mend(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let terms = self.terms.clone();
        let Some(entry) = self.current() else { return Flow::Pass };
        if entry.locked.is_some() && !matches!(action, Action::Left | Action::Right | Action::LineStart | Action::LineEnd) {
            cx.complain(entry.locked.clone().unwrap_or_default());
            return Flow::Stay;
        }
        if entry.locked.is_some() && entry.is_choice() {
            return Flow::Stay;
        }
        let before = entry.input.text().to_owned();
        if !entry.act(action, &terms, cx.env) {
            return Flow::Pass;
        }
        if entry.input.text() != before {
            self.typed(cx);
        }
        Flow::Stay
    }

    /// Something was typed: what follows from it, and the draft.
    fn typed(&mut self, cx: &mut Cx<'_>) {
        self.terms = self.read_terms(cx.env);
        self.keep(cx);
    }
}

impl Layer for Form {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Form]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Back | Action::Close if matches!(self.phase, Phase::Saving { .. }) => {
                let cancel = cx.env.keymap.keys_of(Action::Cancel, Scope::Form);
                cx.say(format!("still being saved · {cancel} leaves it to itself and keeps the draft"));
            }
            Action::Back | Action::Close => return self.leave(cx),
            _ if self.phase != Phase::Ready => {
                return if action == Action::Cancel { self.leave(cx) } else { Flow::Stay };
            }
            Action::Cancel => return self.cancel(cx),
            Action::Down | Action::Up if self.row_step(action == Action::Down) => {}
            Action::Down | Action::Next => self.walk(1, cx.env),
            Action::Up | Action::Previous => self.walk(-1, cx.env),
            Action::PageDown => self.walk(8, cx.env),
            Action::PageUp => self.walk(-8, cx.env),
            Action::Open => return self.accept(cx),
            Action::Save => return self.save(false, cx),
            Action::SaveNext => return self.save(true, cx),
            other => return self.mend(other, cx),
        }
        Flow::Stay
    }

    fn awaits(&self, _: Option<Action>) -> bool {
        // what is typed before the record is here, or while it is saved, is not lost
        matches!(self.phase, Phase::Loading | Phase::Saving { .. })
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        if self.phase != Phase::Ready {
            return Flow::Stay;
        }
        if let Spot::More(group) = self.spot {
            if text == " " {
                self.toggle(group, cx.env);
            }
            return Flow::Stay;
        }
        let Some(entry) = self.current() else { return Flow::Stay };
        if let Some(reason) = entry.locked.clone() {
            cx.complain(reason);
        } else if entry.insert(text) {
            self.typed(cx);
        } else {
            cx.complain("that is too long for a field");
        }
        Flow::Stay
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        match outcome {
            Outcome::Picked(Purpose::Field(id), pick) => {
                self.picked(*id, pick, cx);
                Flow::Stay
            }
            Outcome::Resolved { version, theirs } => self.resolved(*version, theirs, cx),
            _ => Flow::Pass,
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Form, result, .. } if self.phase == Phase::Loading => {
                match result {
                    Ok(Answer::Record(detail)) if self.subject == Subject::Record(detail.record.key) => {
                        self.arrived(&detail.record, cx);
                    }
                    Ok(_) => return Flow::Pass,
                    Err(error) => self.phase = Phase::Failed(error.to_string()),
                }
                Flow::Stay
            }
            Incoming::Written { ticket, result } => match self.phase {
                Phase::Saving { ticket: mine, next } if mine == *ticket => self.written(result, next, cx),
                _ => Flow::Pass,
            },
            _ => Flow::Pass,
        }
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if self.phase != Phase::Ready {
            return Flow::Stay;
        }
        if wheel != 0 {
            self.walk(if wheel > 0 { 1 } else { -1 }, cx.env);
            return Flow::Stay;
        }
        self.clicked(column, row, cx.env);
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        self.paint(frame, area, env);
    }

    fn covers(&self) -> bool {
        true
    }

    fn unavailable(&self, action: Action, env: &Env) -> Option<String> {
        match action {
            Action::Save | Action::SaveNext if env.read_only => Some("the database can only be read".into()),
            Action::SaveNext if self.subject != Subject::New => Some("only a new record is followed by the next".into()),
            _ => None,
        }
    }
}

impl Form {
    /// A choice was taken from the list over the form.
    fn picked(&mut self, id: FieldId, pick: &Pick, cx: &mut Cx<'_>) {
        let text = match pick {
            Pick::Choice(choice) => choice.label.clone(),
            Pick::Owner(owner) => cx.env.catalog.people.show(*owner),
            Pick::New(text) => text.clone(),
            Pick::Nothing => String::new(),
            Pick::Index(_) | Pick::Field(_) => return,
        };
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.id == id) {
            entry.put(&text, false);
        }
        self.typed(cx);
        self.walk(1, cx.env);
    }

    /// The value of a field as it stands, if it can be read.
    fn value(&self, name: &'static str, env: &Env) -> Option<Value> {
        let id = env.catalog.registry(self.entity).find(name)?;
        let entry = self.entries.iter().find(|entry| entry.id == id)?;
        entry.read(&self.terms, env).ok().filter(|value| !value.is_none())
    }

    fn is_mine(&self, env: &Env) -> bool {
        self.value("owner", env) == Some(Value::Owner(Owner::User(env.me)))
    }
}
