//! The record screen: fields in groups, edited in place, beside the timeline of notes and steps. Decides no rule of a lead.

mod actions;
mod draw;
mod files;
mod process;
mod sought;
#[cfg(test)]
mod tests;
mod text;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::model::activity::suits::{Suits, suits};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{Field, FieldId, Group, Registry};
use crate::model::record::Record;
use crate::model::value::Value;
use crate::service::record::open::MarkOpened;
use crate::service::record::read::{Entry, GetRecord, ListRow, RecordDetail};
use crate::tui::action::{Action, Scope};
use crate::tui::decide;
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::flow;
use crate::tui::layer::{Flow, Incoming, Layer, Outcome, Purpose};
use crate::tui::view::spec::EntitySpec;
use crate::tui::widget::timeline::{self, Tab};
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::AnyAct;

/// How many entries of a timeline are asked for at first, and with every further page.
const ENTRIES: i64 = 200;

/// Where the keys of the record screen go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pane {
    /// To the fields.
    #[default]
    Fields,
    /// To the timeline.
    Timeline,
    /// To the steps of the process.
    Process,
}

/// The record screen.
#[derive(Debug)]
pub struct RecordView {
    pub(super) key: RecordId,
    /// The records that led here, the last one last; Esc goes back to it.
    pub(super) trail: Vec<RecordId>,
    pub(super) detail: Option<Box<RecordDetail>>,
    pub(super) failed: Option<String>,
    pub(super) pane: Pane,
    /// The field under the cursor.
    pub(super) field: Option<FieldId>,
    /// The step of the process under the cursor, by its place.
    pub(super) step: usize,
    /// The entry under the cursor, among those of the tab.
    pub(super) entry: usize,
    pub(super) tab: Tab,
    pub(super) entries: i64,
    /// The long text that is read in the pane of the timeline, its first line on the screen in `entry`.
    pub(super) reading: Option<FieldId>,
    /// The activity or request of the timeline that was acted on: the cursor stays on it wherever it goes, until it is moved.
    pub(super) followed: Option<RecordId>,
    /// What the timeline is narrowed to.
    pub(super) sought: sought::Sought,
    /// A note that the cursor is put on as soon as the timeline is here.
    pub(super) wanted: Option<i64>,
    /// A field whose editor is opened as soon as the record is here: the next one after a save.
    pub(super) edit_next: Option<FieldId>,
}

/// One line of the pane of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldLine {
    /// The heading of a group.
    Group(Group),
    /// A field.
    Field(FieldId),
}

/// The fields that are shown: all that hold something, and those that a salesperson fills.
pub(super) fn field_lines(registry: &Registry, record: &Record) -> Vec<FieldLine> {
    let mut lines = Vec::new();
    for group in Group::ALL {
        let fields: Vec<FieldId> = registry
            .ids()
            .filter(|(id, field)| field.group == *group && (is_usual(record, field, registry) || says_something(record.get(*id))))
            .map(|(id, _)| id)
            .collect();
        if !fields.is_empty() {
            lines.push(FieldLine::Group(*group));
            lines.extend(fields.into_iter().map(FieldLine::Field));
        }
    }
    lines
}

/// Whether a field has a line also where it is empty; which do depends on the kind of an activity.
fn is_usual(record: &Record, field: &Field, registry: &Registry) -> bool {
    match record.activity_kind(registry) {
        Some(kind) if field.group != Group::Administration => suits(kind, field.name) == Suits::Well,
        _ => !field.rare,
    }
}

/// Whether a rare field is worth a line: it holds something, and a yes rather than a no.
fn says_something(value: &Value) -> bool {
    !value.is_none() && *value != Value::Bool(false)
}

impl RecordView {
    /// Opens a record and asks for it; of a note the record that it is on, with the cursor on the note.
    pub fn open(key: RecordId, cx: &mut Cx<'_>) -> Self {
        let view = Self {
            key,
            trail: Vec::new(),
            detail: None,
            failed: None,
            pane: Pane::Fields,
            field: None,
            step: 0,
            entry: 0,
            tab: Tab::All,
            entries: ENTRIES,
            reading: None,
            followed: None,
            sought: sought::Sought::default(),
            wanted: (key.entity == Entity::Note).then_some(key.number),
            edit_next: None,
        };
        view.ask(cx);
        if key.entity != Entity::Note {
            view.remember(cx);
        }
        view
    }

    /// Goes on to another record in this screen; Esc comes back.
    pub(super) fn visit(&mut self, key: RecordId, cx: &mut Cx<'_>) {
        if key != self.key {
            let trail = [std::mem::take(&mut self.trail), vec![self.key]].concat();
            *self = Self { trail, ..Self::open(key, cx) };
        }
    }

    /// Back to the record that led here; false where none did.
    pub(super) fn back(&mut self, cx: &mut Cx<'_>) -> bool {
        let Some(key) = self.trail.pop() else { return false };
        let trail = std::mem::take(&mut self.trail);
        *self = Self { trail, ..Self::open(key, cx) };
        true
    }

    fn remember(&self, cx: &mut Cx<'_>) {
        let mut state = cx.state();
        state.opened(&cx.env.database, &self.key.to_string());
        cx.push(Effect::SaveState(Box::new(state)));
    }

    fn ask(&self, cx: &mut Cx<'_>) {
        cx.ask(Slot::Record, AnyQuery::Record(GetRecord { record: self.key, entries: self.entries }));
    }

    pub(super) fn record(&self) -> Option<&Record> {
        self.detail.as_ref().map(|d| &d.record)
    }

    /// The record as a row of a list, for the acts that lists have too.
    fn row(&self, env: &Env) -> Option<ListRow> {
        Some(ListRow::of(self.record()?, env.catalog.registry(self.key.entity)))
    }

    /// Puts the cursor on the note that is wanted; asks for more of the timeline where it stands further down.
    fn seek_note(&mut self, cx: &mut Cx<'_>) {
        let (Some(note), Some(detail)) = (self.wanted, &self.detail) else { return };
        let is_it = |entry: &Entry| matches!(entry, Entry::Note(other) if other.number == note);
        for tab in [self.tab, Tab::All, Tab::History] {
            if let Some(entry) = timeline::shown(&detail.timeline, tab).position(is_it) {
                (self.tab, self.entry, self.pane, self.wanted) = (tab, entry, Pane::Timeline, None);
                return;
            }
        }
        if detail.more {
            self.entries *= 4;
            self.ask(cx);
        } else {
            self.wanted = None;
        }
    }

    /// Puts the cursor on what was acted on, wherever it stands in the timeline now.
    fn follow(&mut self) {
        let (Some(key), Some(detail)) = (self.followed, &self.detail) else { return };
        let is_it = |entry: &Entry| match entry {
            Entry::Activity(brief) => key == Entity::Activity.numbered(brief.number),
            Entry::Request(asked) => key == Entity::Request.numbered(asked.number),
            _ => false,
        };
        if let Some(entry) = timeline::shown(&detail.timeline, self.tab).position(is_it) {
            self.entry = entry;
        }
    }

    fn arrived(&mut self, detail: &RecordDetail, cx: &mut Cx<'_>) {
        let registry = cx.env.catalog.registry(self.key.entity);
        let unopened =
            !detail.record.named(registry, "handed_at").is_none() && detail.record.named(registry, "opened_at").is_none();
        let mine = matches!(detail.record.named(registry, "owner"), Value::Owner(owner)
            if *owner == crate::model::value::Owner::User(cx.env.me));
        if unopened && mine && !cx.env.read_only {
            cx.act(AnyAct::Opened(MarkOpened { record: self.key }));
        }
        if self.field.is_none() {
            self.field = registry.find(EntitySpec::of(self.key.entity).first);
        }
        self.text_arrived(&detail.record, cx.env);
        self.detail = Some(Box::new(detail.clone()));
        self.failed = None;
        self.narrowed_anew(cx.env);
        self.follow();
    }
}

impl Layer for RecordView {
    fn scopes(&self) -> Vec<Scope> {
        if self.pane == Pane::Process { vec![Scope::Process, Scope::Record] } else { vec![Scope::Record] }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        self.perform(action, cx)
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        match outcome {
            Outcome::FieldSaved { next: true } => {
                self.edit_next = self.field_below(cx.env);
                // also where nothing was changed, so that no answer is on its way
                self.ask(cx);
                Flow::Stay
            }
            Outcome::FieldSaved { next: false } => Flow::Stay,
            Outcome::Entered(Purpose::Timeline, words) => {
                self.narrow(words, cx);
                Flow::Stay
            }
            Outcome::OpenRecord(key) => {
                self.visit(*key, cx);
                Flow::Stay
            }
            other => flow::finish(other, cx),
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Record, result, .. } => match result {
                Ok(Answer::Record(detail)) if detail.record.key == self.key || self.key.entity == Entity::Note => {
                    if self.key.entity == Entity::Note {
                        self.key = detail.record.key;
                        self.remember(cx);
                    }
                    self.arrived(detail, cx);
                    self.seek_note(cx);
                    if let Some(next) = self.edit_next.take() {
                        return self.edit(next, cx);
                    }
                }
                Ok(_) => {}
                Err(error) => self.failed = Some(error.headline()),
            },
            Incoming::Written { result: Ok(done), .. } if done.step.is_some() => self.ask(cx),
            _ => {}
        }
        Flow::Pass
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        self.pointed(column, row, wheel, cx)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        draw::draw(self, frame, area, env);
    }

    fn covers(&self) -> bool {
        true
    }

    fn label(&self, action: Action) -> Option<&'static str> {
        decide::label(self.key.entity, action)
    }

    fn label_here(&self, action: Action, env: &Env) -> Option<&'static str> {
        match (action, self.pane) {
            (Action::Open | Action::Mark, Pane::Process) => self.tick_label(env),
            (Action::Open, Pane::Timeline) if self.is_text() => Some("edit text"),
            (Action::Open, Pane::Timeline) => Some("open"),
            (Action::Mark, Pane::Timeline) => self.pin_label(),
            (Action::CloseWell | Action::CloseBadly | Action::StepOn, Pane::Timeline) if self.is_of_entry(action) => {
                let entity = self.chosen_activity().map_or(Entity::Request, |_| Entity::Activity);
                decide::label(entity, action)
            }
            (Action::Previous, Pane::Fields) if self.bar(env).is_some() => Some("process"),
            (Action::Previous, Pane::Timeline) => Some("fields"),
            (Action::Previous, _) => Some("timeline"),
            _ => self.label(action),
        }
    }

    fn unavailable(&self, action: Action, env: &Env) -> Option<String> {
        if matches!(action, Action::Export) {
            return Some("export from the list".into());
        }
        if let Some(reason) = self.no_file(action) {
            return Some(reason);
        }
        if let Some(reason) = self.step_locked(action, env) {
            return Some(reason);
        }
        // what the entry under the cursor answers says nothing of the record
        let row = self.row(env).filter(|_| !self.is_of_entry(action));
        flow::why_not(action, self.detail.is_some(), row.as_ref(), env)
    }

    fn changed(&mut self, cx: &mut Cx<'_>) {
        self.ask(cx);
    }
}
