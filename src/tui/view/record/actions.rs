//! What the keys of the record screen do. Draws nothing.

use super::{ENTRIES, FieldLine, Pane, RecordView, draw, field_lines, process};
use crate::model::activity::is_open;
use crate::model::choice::OPEN;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{Access, FieldId, Kind};
use crate::model::note::Note;
use crate::model::value::Value;
use crate::service::link::Disassociate;
use crate::service::note::DeleteNote;
use crate::service::note::pin::PinNote;
use crate::service::record::delete::DeleteRecords;
use crate::service::record::read::{Brief, Entry, Tie};
use crate::service::record::reopen::ReopenRecords;
use crate::service::record::update::UpdateRecords;
use crate::service::request::LeadFromRequest;
use crate::service::scope::Targets;
use crate::tui::action::Action;
use crate::tui::decide;
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::flow;
use crate::tui::layer::field::{self, FieldEditor};
use crate::tui::layer::find::{Find, Sought};
use crate::tui::layer::form::Form;
use crate::tui::layer::note_editor::NoteEditor;
use crate::tui::layer::picker::Picker;
use crate::tui::layer::prompt::Prompt;
use crate::tui::layer::score::ScoreLines;
use crate::tui::layer::{Flow, Outcome};
use crate::tui::planning;
use crate::tui::widget::timeline::{self, Tab};
use crate::worker::writer::AnyAct;

impl RecordView {
    pub(super) fn perform(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        if let Some(flow) = self.on_file(action, cx) {
            return flow;
        }
        match action {
            Action::Down => self.go(1, cx),
            Action::Up => self.go(-1, cx),
            Action::PageDown => self.go(10, cx),
            Action::PageUp => self.go(-10, cx),
            Action::First => self.go(-100_000, cx),
            Action::Last => self.go(100_000, cx),
            Action::Left if self.pane == Pane::Process => self.move_step(-1, cx.env),
            Action::Right if self.pane == Pane::Process => self.move_step(1, cx.env),
            Action::Left => self.pane = Pane::Fields,
            Action::Right => self.pane = Pane::Timeline,
            Action::Next | Action::Previous => self.change_pane(action == Action::Next, cx.env),
            Action::NextTab => self.turn(1),
            Action::PreviousTab => self.turn(-1),
            Action::NextRecord => return Flow::Done(Outcome::Neighbour(1)),
            Action::PreviousRecord => return Flow::Done(Outcome::Neighbour(-1)),
            Action::Filter => return self.ask_for_words(),
            Action::Back if !self.sought.words.is_empty() => self.narrow("", cx),
            Action::Back | Action::Close if self.back(cx) => {}
            Action::Back | Action::Close => return Flow::Close,
            Action::Open | Action::Mark if self.pane == Pane::Process => return self.tick_step(cx),
            Action::Open if self.pane == Pane::Fields => return self.edit_field(cx),
            Action::Open if self.pane == Pane::Timeline && self.is_text() => {
                return self.reading.map_or(Flow::Stay, |id| self.edit(id, cx));
            }
            Action::Open if self.pane == Pane::Timeline && self.tab == Tab::Links => return self.open_link(cx),
            Action::Open
            | Action::Edit
            | Action::Delete
            | Action::CloseWell
            | Action::CloseBadly
            | Action::Restore
            | Action::StepOn
            | Action::Assign
            | Action::Tags
                if let Some(request) = self.chosen_request() =>
            {
                return self.on_request(action, request, cx);
            }
            Action::Open
            | Action::Edit
            | Action::Done
            | Action::Reschedule
            | Action::Delete
            | Action::CloseBadly
            | Action::Restore
            | Action::Assign
            | Action::Tags
                if let Some(activity) = self.chosen_activity() =>
            {
                return self.on_activity(action, activity, cx);
            }
            Action::Open | Action::Edit if self.pane == Pane::Timeline && !self.is_text() && self.tab != Tab::Links => {
                return self.edit_note(cx);
            }
            Action::Delete if self.pane == Pane::Timeline && self.tab == Tab::Links => return self.untie(cx),
            Action::Delete if self.pane == Pane::Timeline && !self.is_text() => return self.delete_note(cx),
            Action::Mark => return self.pin_note(cx),
            Action::CopyField => return self.copy_field(cx),
            other => {
                let fields: Vec<FieldId> = cx.env.catalog.registry(self.key.entity).ids().map(|(id, _)| id).collect();
                let row = self.row(cx.env);
                let targets = self.detail.is_some().then(|| Targets::one(self.key));
                return flow::start(self.key.entity, other, targets, row.as_ref(), &fields, cx);
            }
        }
        Flow::Stay
    }

    /// To the next or the previous of the process, the fields and the timeline.
    fn change_pane(&mut self, next: bool, env: &Env) {
        let to = match (self.pane, next) {
            (Pane::Process, true) | (Pane::Timeline, false) => Pane::Fields,
            (Pane::Fields, true) | (Pane::Process, false) => Pane::Timeline,
            (Pane::Timeline, true) | (Pane::Fields, false) if self.enter_bar(env) => Pane::Process,
            (Pane::Timeline, true) => Pane::Fields,
            (Pane::Fields, false) => Pane::Timeline,
        };
        self.pane = to;
    }

    fn go(&mut self, by: isize, cx: &mut Cx<'_>) {
        self.followed = None;
        match self.pane {
            Pane::Fields => {
                if by != -1 || !self.is_first_field(cx.env) || !self.enter_bar(cx.env) {
                    self.move_field(by, cx.env);
                }
            }
            // the steps are one line after the other: down leaves them, the ends are theirs
            Pane::Process if (1..100).contains(&by) => self.pane = Pane::Fields,
            Pane::Process if by.abs() > 100 => self.move_step(by, cx.env),
            Pane::Process => {}
            Pane::Timeline if self.is_text() => {
                self.entry = self.entry.saturating_add_signed(by).min(self.text_end(cx.env));
            }
            Pane::Timeline => {
                let Some(detail) = &self.detail else { return };
                let count = match self.tab {
                    Tab::Links => detail.related.len(),
                    tab => timeline::shown(&detail.timeline, tab).count(),
                };
                self.entry = self.entry.saturating_add_signed(by).min(count.saturating_sub(1));
                if detail.more && self.entry + 20 >= count {
                    self.entries += ENTRIES;
                    self.ask(cx);
                }
            }
        }
    }

    /// The fields of the pane, in their order.
    fn fields(&self, env: &Env) -> Vec<FieldId> {
        let Some(record) = self.record() else { return Vec::new() };
        field_lines(env.catalog.registry(self.key.entity), record)
            .into_iter()
            .filter_map(|line| match line {
                FieldLine::Field(id) => Some(id),
                FieldLine::Group(_) => None,
            })
            .collect()
    }

    fn is_first_field(&self, env: &Env) -> bool {
        let fields = self.fields(env);
        self.field.is_none() || fields.first().copied() == self.field
    }

    fn move_field(&mut self, by: isize, env: &Env) {
        let fields = self.fields(env);
        let here = fields.iter().position(|id| Some(*id) == self.field).unwrap_or(0);
        let there = here.saturating_add_signed(by).min(fields.len().saturating_sub(1));
        self.field = fields.get(there).copied().or(self.field);
    }

    /// Goes on behind a field that was saved; the one that is edited next, if the next can be typed.
    pub(super) fn field_below(&mut self, env: &Env) -> Option<FieldId> {
        if self.pane == Pane::Process {
            let before = self.step;
            self.move_step(1, env);
            return self.field_here(env).filter(|id| self.step > before && !process::is_flag(*id, env));
        }
        self.move_field(1, env);
        self.field
    }

    /// The field under the cursor, be it as a step of the process.
    fn field_here(&self, env: &Env) -> Option<FieldId> {
        if self.pane == Pane::Process { self.step_here(env).map(|step| step.field) } else { self.field }
    }

    fn turn(&mut self, by: isize) {
        let tabs: Vec<Tab> = self.tabs().collect();
        let here = tabs.iter().position(|tab| *tab == self.tab).unwrap_or(0);
        let count = isize::try_from(tabs.len()).unwrap_or(1);
        let there = (isize::try_from(here).unwrap_or(0) + by).rem_euclid(count);
        self.tab = tabs[usize::try_from(there).unwrap_or(0)];
        (self.entry, self.followed) = (0, None);
        self.pane = Pane::Timeline;
    }

    /// Opens what the field under the cursor is edited with.
    fn edit_field(&mut self, cx: &mut Cx<'_>) -> Flow {
        self.field.map_or(Flow::Stay, |id| self.edit(id, cx))
    }

    /// Opens what a field is edited with: a line, a choice, an owner.
    pub(super) fn edit(&mut self, id: FieldId, cx: &mut Cx<'_>) -> Flow {
        let Some(record) = self.record() else { return Flow::Stay };
        let field = cx.env.catalog.field(id);
        if matches!(field.name, "score" | "grade") {
            return Flow::Push(Box::new(ScoreLines::open(self.key, cx)));
        }
        if cx.env.read_only {
            cx.complain("the database can only be read");
            return Flow::Stay;
        }
        let closed = field::locked(record, field, cx.env);
        if (field.access != Access::Edit || closed.is_some()) && self.is_long(id, cx.env) {
            if self.reading == Some(id) && self.is_text() && self.pane == Pane::Timeline {
                cx.say(closed.unwrap_or_else(|| format!("{} is kept by the program", field.label)));
            }
            let from = self.entry;
            let again = self.reading == Some(id) && self.is_text();
            self.read(id);
            self.entry = if again { from } else { 0 };
            return Flow::Stay;
        }
        if field.access != Access::Edit {
            let copy = cx.env.keymap.all_keys_of(Action::CopyField, &[crate::tui::action::Scope::Record]).into_iter().next();
            let copy = copy.map(|keys| format!("; {keys} copies it")).unwrap_or_default();
            cx.complain(format!("{} is kept by the program{copy}", field.label));
            return Flow::Stay;
        }
        if let Some(reason) = closed {
            cx.complain(format!("{}: {reason}", field.label));
            return Flow::Stay;
        }
        match field.kind {
            Kind::Owner => Flow::Push(Box::new(Picker::owner(cx.env, Targets::one(self.key)))),
            Kind::Tags => Flow::Push(Box::new(Prompt::tags(cx.env, Targets::one(self.key)))),
            Kind::Lookup(entity) => Flow::Push(Box::new(Find::sought(Sought::Field(id, entity, Targets::one(self.key))))),
            _ => Flow::Push(Box::new(FieldEditor::new(record, id, cx))),
        }
    }

    pub(super) fn chosen(&self) -> Option<&Entry> {
        timeline::shown(&self.detail.as_ref()?.timeline, self.tab).nth(self.entry)
    }

    /// The tabs of the timeline; that of requests where there are some.
    pub(super) fn tabs(&self) -> impl Iterator<Item = Tab> {
        let asked = self.tab == Tab::Requests || self.detail.as_ref().is_some_and(|detail| detail.requests > 0);
        let read = self.reading.is_some();
        Tab::ALL.iter().copied().filter(move |tab| match tab {
            Tab::Requests => asked,
            Tab::Text => read,
            _ => true,
        })
    }

    /// The request that the cursor is on in the timeline, and its state.
    fn chosen_request(&self) -> Option<(RecordId, i64)> {
        match self.chosen().filter(|_| self.pane == Pane::Timeline && self.tab != Tab::Links)? {
            Entry::Request(asked) => Some((Entity::Request.numbered(asked.number), asked.state)),
            _ => None,
        }
    }

    /// Whether a key is for the activity or the request under the cursor and not for the record.
    pub(super) fn is_of_entry(&self, action: Action) -> bool {
        let both = matches!(
            action,
            Action::Open | Action::Edit | Action::Delete | Action::CloseBadly | Action::Restore | Action::Assign | Action::Tags
        );
        (self.chosen_request().is_some() && (both || matches!(action, Action::CloseWell | Action::StepOn)))
            || (self.chosen_activity().is_some() && (both || matches!(action, Action::Done | Action::Reschedule)))
    }

    /// What a key does with a request of the timeline, instead of with the record.
    fn on_request(&mut self, action: Action, (key, state): (RecordId, i64), cx: &mut Cx<'_>) -> Flow {
        let targets = Targets::one(key);
        self.followed = Some(key);
        match action {
            Action::Open => self.visit(key, cx),
            Action::Edit => return Flow::Push(Box::new(Form::edit(key, cx))),
            Action::Delete => return flow::submit(AnyAct::Delete(DeleteRecords { targets }), cx),
            Action::StepOn => {
                cx.act(AnyAct::LeadFromRequest(LeadFromRequest { request: key.number }));
            }
            Action::Assign | Action::Tags => return flow::start(Entity::Request, action, Some(targets), None, &[], cx),
            Action::Restore if state != OPEN => return flow::submit(AnyAct::Reopen(ReopenRecords { targets }), cx),
            Action::Restore => cx.complain(format!("{key} is open already")),
            _ if state != OPEN => cx.complain(format!("{key} is closed already; O reopens it")),
            Action::CloseWell => return decide::well(targets, None, &[], cx),
            _ => return decide::badly(targets, cx),
        }
        Flow::Stay
    }

    /// The activity that the cursor is on in the timeline.
    pub(super) fn chosen_activity(&self) -> Option<Brief> {
        match self.chosen().filter(|_| self.pane == Pane::Timeline && self.tab != Tab::Links)? {
            Entry::Activity(brief) => Some(brief.clone()),
            _ => None,
        }
    }

    /// What a key does with an activity of the timeline, instead of with the record.
    fn on_activity(&mut self, action: Action, brief: Brief, cx: &mut Cx<'_>) -> Flow {
        let key = Entity::Activity.numbered(brief.number);
        let targets = Targets::one(key);
        self.followed = Some(key);
        match action {
            Action::Open => self.visit(key, cx),
            Action::Edit => return Flow::Push(Box::new(Form::edit(key, cx))),
            Action::Assign | Action::Tags => return flow::start(Entity::Activity, action, Some(targets), None, &[], cx),
            Action::Done if is_open(brief.state) => {
                return planning::done(targets, Some(brief.kind), brief.about, &brief.subject, cx);
            }
            Action::Reschedule | Action::CloseBadly if is_open(brief.state) => {
                return planning::start(action, targets, None, &[], &brief.subject, cx);
            }
            Action::Done | Action::Reschedule | Action::CloseBadly => {
                cx.complain(format!("{key} is closed already; O reopens it"))
            }
            Action::Restore if !is_open(brief.state) => return flow::submit(AnyAct::Reopen(ReopenRecords { targets }), cx),
            Action::Delete => return flow::submit(AnyAct::Delete(DeleteRecords { targets }), cx),
            _ => cx.complain(format!("{key} is open already")),
        }
        Flow::Stay
    }

    /// Opens the record that the cursor is on among those that this one is tied to.
    fn open_link(&mut self, cx: &mut Cx<'_>) -> Flow {
        let related = self.detail.as_ref().and_then(|detail| detail.related.get(self.entry));
        if let Some(key) = related.map(|related| related.key) {
            self.visit(key, cx);
        }
        Flow::Stay
    }

    /// Unties what the cursor is on among the links.
    fn untie(&mut self, cx: &mut Cx<'_>) -> Flow {
        let Some(related) = self.detail.as_ref().and_then(|detail| detail.related.get(self.entry)) else { return Flow::Stay };
        match related.tie {
            Tie::Link(_) | Tie::Line(_) => {
                cx.act(AnyAct::Unlink(Disassociate { one: self.key, other: related.key }));
            }
            Tie::Field(field) if cx.env.catalog.field(field).access == Access::Edit => {
                let (targets, values) = (Targets::one(self.key), vec![(field, Value::None)]);
                cx.act(AnyAct::UpdateMany(UpdateRecords { targets, values, leave_out_closed: false }));
            }
            Tie::Field(field) => cx.complain(format!("{} is kept by the program", cx.env.catalog.field(field).label)),
            Tie::Of(field) => {
                cx.complain(format!("that stands in {} as its {}", related.key, cx.env.catalog.field(field).label));
            }
        }
        Flow::Stay
    }

    fn edit_note(&mut self, cx: &mut Cx<'_>) -> Flow {
        match self.chosen() {
            Some(Entry::Note(note)) => Flow::Push(Box::new(NoteEditor::edit_note(note, cx))),
            Some(Entry::Activity(_) | Entry::Request(_)) => Flow::Stay,
            Some(Entry::Step(..) | Entry::File(_)) => {
                cx.say("a step: U lists the steps and undoes one");
                Flow::Stay
            }
            None => Flow::Stay,
        }
    }

    /// The note under the cursor.
    fn chosen_note(&self) -> Option<&Note> {
        match self.chosen().filter(|_| self.pane == Pane::Timeline) {
            Some(Entry::Note(note)) => Some(note),
            _ => None,
        }
    }

    /// What Space does on the entry under the cursor.
    pub(super) fn pin_label(&self) -> Option<&'static str> {
        self.chosen_note().map(|note| if note.pinned { "unpin" } else { "pin" })
    }

    fn pin_note(&mut self, cx: &mut Cx<'_>) -> Flow {
        match self.chosen_note().map(|note| (note.number, note.pinned)) {
            Some((note, pinned)) => {
                // the cursor goes with it
                self.wanted = Some(note);
                cx.act(AnyAct::PinNote(PinNote { note, pinned: !pinned }));
            }
            None => cx.complain("only a note of the timeline is pinned"),
        }
        Flow::Stay
    }

    fn delete_note(&mut self, cx: &mut Cx<'_>) -> Flow {
        match self.chosen() {
            Some(Entry::Note(note)) => {
                cx.act(AnyAct::DeleteNote(DeleteNote { note: note.number }));
            }
            _ => cx.complain("only notes and files can be deleted here; Shift-Tab goes to the fields"),
        }
        Flow::Stay
    }

    fn copy_field(&mut self, cx: &mut Cx<'_>) -> Flow {
        let (Some(record), Some(id)) = (self.record(), self.field_here(cx.env)) else { return Flow::Stay };
        if self.pane == Pane::Timeline
            && let Some(Entry::Note(note)) = self.chosen()
        {
            return flow::copy_text("note", &note.body, cx);
        }
        let id = self.reading.filter(|_| self.pane == Pane::Timeline && self.is_text()).unwrap_or(id);
        let field = cx.env.catalog.field(id);
        let text = cx.env.showing().show(field, record.get(id), record.currency(cx.env.catalog.registry(self.key.entity)));
        flow::copy_text(field.label, &text, cx)
    }

    pub(super) fn pointed(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if let Some(step) = draw::step_at(self, column, row, cx.env).filter(|_| wheel == 0) {
            let again = self.pane == Pane::Process && self.step == step;
            (self.pane, self.step) = (Pane::Process, step);
            if !again {
                return Flow::Stay;
            }
            return match self.step_locked(Action::Open, cx.env) {
                Some(reason) => {
                    cx.complain(reason);
                    Flow::Stay
                }
                None => self.tick_step(cx),
            };
        }
        let Some(pane) = draw::pane_at(self, column, row, cx.env) else { return Flow::Pass };
        if wheel != 0 {
            self.pane = pane;
            self.go(2 * wheel as isize, cx);
            return Flow::Stay;
        }
        let same_pane = self.pane == pane;
        self.pane = pane;
        if pane == Pane::Fields
            && let Some(id) = draw::field_at(self, row, cx.env)
        {
            let again = same_pane && self.field == Some(id);
            self.field = Some(id);
            if again {
                return self.edit_field(cx);
            }
        }
        Flow::Stay
    }
}
