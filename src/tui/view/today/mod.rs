//! Today: what is late, what is due, what is new to the person, what nobody planned. What a key does here it does everywhere; what it is
//! done on is the record of the row, or its activity.

mod calendar;
mod draw;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::model::entity::{Entity, RecordId};
use crate::service::activity::today::{Day, DueRow, GetDay, NewRow, Person};
use crate::service::record::read::{GetRecord, ListRow, RecordDetail};
use crate::service::scope::Targets;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::layer::{Flow, Incoming, Layer, Outcome};
use crate::tui::view::browse::Browse;
use crate::tui::view::record::RecordView;
use crate::tui::view::spec::EntitySpec;
use crate::tui::view::work::WorkView;
use crate::tui::{decide, flow, planning};
use crate::worker::reader::{Answer, AnyQuery, Slot};

use calendar::Calendar;

/// A row that the cursor can be on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Row<'a> {
    /// Late.
    Late(&'a DueRow),
    /// Due today.
    Due(&'a DueRow),
    /// New to the person.
    New(&'a NewRow),
    /// The leads without a next step.
    Idle(u64),
}

/// The screen.
#[derive(Debug)]
pub struct Today {
    pub(super) day: Option<Box<Day>>,
    /// The row under the cursor, among [`Self::rows`].
    pub(super) cursor: usize,
    /// What the cursor rests on, with the newest of its timeline.
    pub(super) detail: Option<Box<RecordDetail>>,
    /// What was asked for before the record was here.
    pending: Option<Action>,
    calendar: Option<Calendar>,
    pub(super) failed: Option<String>,
}

impl Today {
    /// The screen with the day as it is known; it is asked for anew.
    pub fn new(day: Option<Box<Day>>, cx: &mut Cx<'_>) -> Self {
        let today = Self { day, cursor: 0, detail: None, pending: None, calendar: None, failed: None };
        today.ask(cx);
        today.look(cx);
        today
    }

    fn ask(&self, cx: &mut Cx<'_>) {
        cx.ask(Slot::Day, AnyQuery::Day(GetDay));
        if let Some(calendar) = &self.calendar {
            calendar.ask(cx);
        }
    }

    /// All rows in their order.
    pub(super) fn rows(&self) -> Vec<Row<'_>> {
        let Some(day) = &self.day else { return Vec::new() };
        let late = day.late.iter().map(Row::Late);
        let due = day.today.iter().map(Row::Due);
        let new = day.new.iter().map(Row::New);
        let idle = (day.idle > 0).then_some(Row::Idle(day.idle));
        late.chain(due).chain(new).chain(idle).collect()
    }

    /// What the cursor is on.
    pub(super) fn here(&self) -> Option<Row<'_>> {
        if let Some(calendar) = &self.calendar {
            return calendar.here().map(Row::Due);
        }
        self.rows().get(self.cursor).copied()
    }

    /// The activity under the cursor.
    fn activity(&self) -> Option<&DueRow> {
        match self.here()? {
            Row::Late(row) | Row::Due(row) => Some(row),
            Row::New(_) | Row::Idle(_) => None,
        }
    }

    /// The record that the row under the cursor is about.
    fn record(&self) -> Option<RecordId> {
        match self.here()? {
            Row::Late(row) | Row::Due(row) => row.activity.about,
            Row::New(row) => Some(row.key),
            Row::Idle(_) => None,
        }
    }

    /// What people call it.
    fn name(&self) -> String {
        let of = |person: &Person| person.name.clone();
        match self.here() {
            Some(Row::Late(row) | Row::Due(row)) => of(&row.person),
            Some(Row::New(row)) => of(&row.person),
            _ => String::new(),
        }
    }

    /// Asks for what the cursor is on, for its last note and for the keys that act on it.
    fn look(&self, cx: &mut Cx<'_>) {
        if let Some(record) = self.record() {
            cx.ask(Slot::Preview, AnyQuery::Record(GetRecord { record, entries: 20 }));
        }
    }

    fn go(&mut self, by: isize, cx: &mut Cx<'_>) {
        let last = self.rows().len().saturating_sub(1);
        let before = self.cursor;
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
        if before != self.cursor {
            self.pending = None;
            self.look(cx);
        }
    }

    /// Keeps the cursor on what it was on, where that is still there.
    fn arrived(&mut self, day: &Day, cx: &mut Cx<'_>) {
        let key = |row: Row<'_>| match row {
            Row::Late(row) | Row::Due(row) => Some(Entity::Activity.numbered(row.activity.number)),
            Row::New(row) => Some(row.key),
            Row::Idle(_) => None,
        };
        let before = self.rows().get(self.cursor).copied().and_then(key);
        self.day = Some(Box::new(day.clone()));
        self.failed = None;
        let rows = self.rows();
        let last = rows.len().saturating_sub(1);
        let there = before.and_then(|key_before| rows.iter().position(|row| key(*row) == Some(key_before)));
        self.cursor = there.unwrap_or(self.cursor.min(last));
        self.look(cx);
    }

    /// Takes out what is being done or moved, so that the next key is for the next row, however soon it comes.
    fn settle(&mut self, cx: &mut Cx<'_>) {
        let Some(day) = &mut self.day else { return };
        let settling: Vec<i64> = cx.desk.settling().collect();
        let stays = |row: &DueRow| !settling.contains(&row.activity.number);
        if day.late.iter().chain(&day.today).all(stays) {
            return;
        }
        let before = day.late.len();
        // the cursor stays on its row, or on the one that follows what is gone
        let gone = day.late.iter().chain(&day.today).take(self.cursor).filter(|row| !stays(row)).count();
        day.late.retain(stays);
        day.today.retain(stays);
        day.late_count = day.late_count.saturating_sub((before - day.late.len()) as u64);
        self.cursor = (self.cursor - gone).min(self.rows().len().saturating_sub(1));
        self.pending = None;
        self.look(cx);
    }

    fn does(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        if let Some(calendar) = &mut self.calendar {
            match action {
                Action::Back | Action::Next | Action::Previous => {
                    self.calendar = None;
                    self.look(cx);
                    return Flow::Stay;
                }
                other if calendar.go(other, cx) => {
                    self.look(cx);
                    return Flow::Stay;
                }
                _ => {}
            }
        }
        match action {
            Action::Down | Action::NextRecord => self.go(1, cx),
            Action::Up | Action::PreviousRecord => self.go(-1, cx),
            Action::PageDown => self.go(10, cx),
            Action::PageUp => self.go(-10, cx),
            Action::First => self.go(isize::MIN / 2, cx),
            Action::Last => self.go(isize::MAX / 2, cx),
            Action::Next | Action::Previous => {
                let calendar = Calendar::new(cx.env);
                calendar.ask(cx);
                self.calendar = Some(calendar);
            }
            Action::Work => return self.work(cx),
            Action::Back => {}
            Action::New => return Flow::Pass,
            other => return self.on_row(other, cx),
        }
        Flow::Stay
    }

    /// Does what a key asks for with what the cursor is on.
    fn on_row(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let Some(row) = self.here() else { return Flow::Pass };
        if let Row::Idle(_) = row {
            return if action == Action::Open { self.open_idle(cx) } else { Flow::Pass };
        }
        if let Some(due) = self.activity() {
            let brief = &due.activity;
            let targets = Targets::one(Entity::Activity.numbered(brief.number));
            let subject = brief.subject.clone();
            match action {
                Action::Done => return planning::done(targets, Some(brief.kind), brief.about, &subject, cx),
                Action::Reschedule => return planning::start(action, targets, None, &[], &subject, cx),
                Action::Call if brief.about.is_some() => {
                    return planning::done(targets, Some(crate::model::activity::PHONE_CALL), brief.about, &self.name(), cx);
                }
                Action::Open if brief.about.is_none() => {
                    return Flow::Push(Box::new(RecordView::open(Entity::Activity.numbered(brief.number), cx)));
                }
                _ => {}
            }
        }
        let Some(record) = self.record() else { return Flow::Pass };
        if action == Action::Open {
            return Flow::Push(Box::new(RecordView::open(record, cx)));
        }
        if matches!(action, Action::Call | Action::Task | Action::Book) {
            return planning::start(action, Targets::one(record), None, &[], &self.name(), cx);
        }
        match &self.detail {
            Some(detail) if detail.record.key == record => {
                flow::start_named(action, Targets::one(record), &self.name(), Some(&detail.record), cx)
            }
            // what is done on a record waits until it is here
            _ if flow::is_on_record(action) => {
                self.pending = Some(action);
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn open_idle(&self, cx: &mut Cx<'_>) -> Flow {
        let Ok(filter) = crate::query::parse("status:open owner:me no:next-step", &cx.env.reading()) else { return Flow::Stay };
        Flow::Push(Box::new(Browse::over(EntitySpec::of(Entity::Lead), "Without a next step".to_owned(), &filter.filter, cx.env)))
    }

    /// Works what is late and due, in this order.
    fn work(&self, cx: &mut Cx<'_>) -> Flow {
        let Some(day) = &self.day else { return Flow::Stay };
        let from = self.cursor.min(day.late.len() + day.today.len());
        let mut records: Vec<RecordId> = Vec::new();
        for row in day.late.iter().chain(&day.today).skip(from) {
            if let Some(about) = row.activity.about.filter(|about| !records.contains(about)) {
                records.push(about);
            }
        }
        if records.is_empty() {
            cx.complain("nothing is late or due from here on; w works a list of leads too");
            return Flow::Stay;
        }
        Flow::Push(Box::new(WorkView::open("Today", records, cx)))
    }

    /// The row of a list that the record under the cursor would be.
    fn list_row(&self, env: &Env) -> Option<ListRow> {
        let detail = self.detail.as_ref().filter(|detail| Some(detail.record.key) == self.record())?;
        Some(ListRow::of(&detail.record, env.catalog.registry(detail.record.key.entity)))
    }
}

impl Layer for Today {
    fn scopes(&self) -> Vec<Scope> {
        if self.day.as_ref().is_some_and(|day| day.is_empty) { vec![Scope::Empty, Scope::Today] } else { vec![Scope::Today] }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        self.settle(cx);
        let flow = self.does(action, cx);
        self.settle(cx);
        flow
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        match outcome {
            Outcome::Neighbour(by) => {
                self.go(*by, cx);
                match self.record() {
                    Some(record) => Flow::Push(Box::new(RecordView::open(record, cx))),
                    None => Flow::Stay,
                }
            }
            other => flow::finish(other, cx),
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Day, result, .. } => match result {
                Ok(Answer::Day(day)) => self.arrived(day, cx),
                Ok(_) => {}
                Err(error) => self.failed = Some(error.headline()),
            },
            Incoming::Answer { slot: Slot::Month, result: Ok(Answer::Due(rows)), .. } => {
                if let Some(calendar) = &mut self.calendar {
                    calendar.arrived(rows);
                }
                self.look(cx);
            }
            Incoming::Answer { slot: Slot::Preview, result: Ok(Answer::Record(detail)), .. } => {
                let is_here = self.record() == Some(detail.record.key);
                self.detail = Some(detail.clone());
                if let Some(action) = self.pending.take().filter(|_| is_here) {
                    return self.on_row(action, cx);
                }
            }
            Incoming::Written { result: Ok(done), .. } if done.step.is_some() => {
                self.settle(cx);
                if let Some(calendar) = &self.calendar {
                    calendar.ask(cx);
                }
                self.look(cx);
            }
            _ => {}
        }
        Flow::Pass
    }

    fn mouse(&mut self, _: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.go(wheel as isize, cx);
            return Flow::Stay;
        }
        let Some(place) = draw::row_at(self, row, cx.env) else { return Flow::Pass };
        let again = place == self.cursor;
        self.go(place as isize - self.cursor as isize, cx);
        if again { self.on_row(Action::Open, cx) } else { Flow::Stay }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        draw::draw(self, frame, area, env);
    }

    fn awaits(&self, action: Option<Action>) -> bool {
        action.is_some_and(flow::is_on_rows) && self.day.is_none() && self.failed.is_none()
    }

    fn covers(&self) -> bool {
        true
    }

    fn label_here(&self, action: Action, env: &Env) -> Option<&'static str> {
        match (action, self.here()) {
            (Action::Open, Some(Row::Idle(_))) => Some("list"),
            (Action::Next | Action::Previous, _) if self.calendar.is_some() => Some("list"),
            (Action::Next | Action::Previous, _) => Some("calendar"),
            _ => self.list_row(env).and_then(|row| decide::label(row.key.entity, action)),
        }
    }

    fn unavailable(&self, action: Action, env: &Env) -> Option<String> {
        let on_activity = matches!(action, Action::Done | Action::Reschedule);
        if on_activity && self.here().is_some() && self.activity().is_none() {
            return Some("no activity here".into());
        }
        let has_target = self.here().is_some_and(|row| !matches!(row, Row::Idle(_)));
        let row = if on_activity { None } else { self.list_row(env) };
        flow::why_not(action, has_target, row.as_ref(), env)
    }

    fn resized(&mut self, _: &mut Cx<'_>) {}

    fn changed(&mut self, cx: &mut Cx<'_>) {
        self.ask(cx);
        self.look(cx);
    }
}
