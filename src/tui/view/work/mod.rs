//! Working a list: one record after the other in its order, each with its call. The strip is that of a call, the keys are those of a
//! record; here is only which one comes next. What is closed meanwhile, not to be called or worked by somebody else is passed over.

mod draw;
mod place;

use ratatui::Frame;
use ratatui::layout::Rect;

pub use self::place::MOST;
use self::place::Place;
use crate::model::activity::Follows;
use crate::model::entity::RecordId;
use crate::service::act::Done;
use crate::service::activity::claim::{ClaimNext, Claimed};
use crate::service::duplicates::RetrieveDuplicates;
use crate::service::qualify::matches::Match;
use crate::service::record::read::{GetRecord, ListRow, RecordDetail};
use crate::service::scope::Targets;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::layer::wrap_up::{Focus, Strip, digit, draft_key, keep, offer, restored};
use crate::tui::layer::{Flow, Incoming, Layer, Outcome};
use crate::tui::view::preview::heading;
use crate::tui::view::record::RecordView;
use crate::tui::{decide, flow};
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::{AnyAct, Reply};

/// How many records are looked at in one step to find one that can be worked.
const AHEAD: usize = 200;
/// The entries of the timeline that are read.
const ENTRIES: i64 = 30;

/// What an act that is on its way was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Awaited {
    /// The call of the record that is worked.
    Call(u64),
    /// The record that is worked: the ticket, and the place from which it was looked for.
    Here(u64, usize),
    /// The one after it.
    Next(u64, usize),
}

/// A call that was logged here.
#[derive(Clone, Copy, Debug)]
struct Logged {
    step: i64,
    at: usize,
    reached: bool,
    call_back: bool,
}

/// The screen.
#[derive(Debug)]
pub struct WorkView {
    place: Place,
    pub(super) strip: Strip,
    pub(super) detail: Option<Box<RecordDetail>>,
    pub(super) twins: Vec<Match>,
    /// The record after this one, with its place, once it is known; and what is known of it.
    next: Option<(usize, Option<Box<RecordDetail>>)>,
    awaited: Vec<Awaited>,
    /// The calls that were logged here, the newest last.
    logged: Vec<Logged>,
    /// Whether all of the list is worked.
    pub(super) over: bool,
    pub(super) failed: Option<String>,
}

impl WorkView {
    /// Works these records of a list from the first one on; a list that was left in the middle is gone on with.
    pub fn open(title: &str, records: Vec<RecordId>, cx: &mut Cx<'_>) -> Self {
        let (place, resumed) = Place::begin(title, records, cx.env);
        Self::at(place, resumed, cx)
    }

    fn at(place: Place, resumed: bool, cx: &mut Cx<'_>) -> Self {
        if resumed {
            cx.say(format!("going on with {} where it was left: {} of {}", place.title, place.at + 1, place.records.len()));
        }
        let at = place.at;
        let mut view = Self {
            place,
            strip: Strip::default(),
            detail: None,
            twins: Vec::new(),
            next: None,
            awaited: Vec::new(),
            logged: Vec::new(),
            over: false,
            failed: None,
        };
        view.look_for(at, false, cx);
        view
    }

    pub(super) fn record(&self) -> Option<RecordId> {
        if self.over { None } else { self.place.here() }
    }

    /// Goes on with the list that was worked last; none where none is left over.
    pub fn go_on_with_last(cx: &mut Cx<'_>) -> Option<Self> {
        Place::last(cx.env).map(|place| Self::at(place, true, cx))
    }

    /// What is said when the program starts and a list was left in the middle since `since`, in µs UTC.
    pub fn left_over(env: &Env, since: i64) -> Option<String> {
        let kept =
            env.state.worked_of(&env.database).iter().find(|kept| kept.place < kept.records.len() && kept.when >= since)?;
        let keys = env.keymap.all_keys_of(Action::GoOnWorking, &[Scope::Browse]).into_iter().next()?;
        Some(format!("{keys} goes on with {}: {} of {}", kept.title, kept.place + 1, kept.records.len()))
    }

    /// Takes the first record from a place on that can be worked; `as_is` means just that one.
    fn look_for(&mut self, from: usize, as_is: bool, cx: &mut Cx<'_>) {
        let records = self.place.from(from, if as_is { 1 } else { AHEAD });
        if records.is_empty() {
            self.end(cx);
            return;
        }
        let ticket = cx.act(AnyAct::Claim(ClaimNext { records, as_is }));
        self.awaited.push(Awaited::Here(ticket, from));
    }

    /// Looks for the one after this in advance, so that it is there when the call is over.
    fn look_ahead(&mut self, from: usize, cx: &mut Cx<'_>) {
        self.next = None;
        let records = self.place.from(from, AHEAD);
        if !records.is_empty() {
            let ticket = cx.act(AnyAct::Claim(ClaimNext { records, as_is: false }));
            self.awaited.push(Awaited::Next(ticket, from));
        }
    }

    /// Shows the record at a place.
    fn show(&mut self, at: usize, detail: Option<Box<RecordDetail>>, cx: &mut Cx<'_>) {
        self.over = false;
        self.place.go(at, cx);
        self.detail = detail;
        self.twins.clear();
        self.failed = None;
        if let Some(record) = self.place.here() {
            self.strip = restored(record, cx.env);
            cx.ask(Slot::Call, AnyQuery::Record(GetRecord { record, entries: ENTRIES }));
            if record.entity != crate::model::entity::Entity::Opportunity {
                cx.ask(Slot::CallTwins, AnyQuery::Duplicates(RetrieveDuplicates { record }));
            }
        }
        self.look_ahead(at + 1, cx);
    }

    /// On to the one that was found in advance, or to the first that can be worked from there on.
    fn go_on(&mut self, cx: &mut Cx<'_>) {
        match self.next.take() {
            Some((at, detail)) => self.show(at, detail, cx),
            None => {
                let waiting = self.awaited.iter().any(|awaited| matches!(awaited, Awaited::Next(..)));
                // what was asked for in advance becomes what is waited for
                if waiting {
                    for awaited in &mut self.awaited {
                        if let Awaited::Next(ticket, from) = *awaited {
                            *awaited = Awaited::Here(ticket, from);
                        }
                    }
                } else {
                    self.end(cx);
                }
            }
        }
    }

    fn end(&mut self, cx: &mut Cx<'_>) {
        self.over = true;
        self.detail = None;
        self.place.forget(cx);
    }

    fn claimed(&mut self, claimed: &Claimed, from: usize, ahead: bool, cx: &mut Cx<'_>) {
        let at = from + claimed.passed.len();
        if ahead {
            self.place.will_pass(&claimed.passed);
            match claimed.record {
                Some(record) => {
                    self.next = Some((at, None));
                    cx.ask(Slot::NextCall, AnyQuery::Record(GetRecord { record, entries: ENTRIES }));
                }
                None => self.look_ahead(at, cx),
            }
            return;
        }
        self.place.pass(&claimed.passed);
        match claimed.record {
            Some(_) => self.show(at, None, cx),
            None => self.look_for(at, false, cx),
        }
    }

    /// A call was logged: it is counted, what follows is offered, the next one is there.
    fn called(&mut self, done: &Done<Reply>, cx: &mut Cx<'_>) -> Flow {
        let Reply::WrappedUp(call) = &done.reply else { return Flow::Stay };
        let Some(record) = self.place.here() else { return Flow::Stay };
        cx.push(Effect::DropDraft(draft_key(record)));
        let (reached, call_back) = (call.follows.is_reached(), call.follows == Follows::CallBack);
        if let Some(step) = done.step {
            self.logged.push(Logged { step, at: self.place.at, reached, call_back });
        }
        self.place.count(reached, call_back, cx);
        let name = self.detail.as_ref().map(|detail| heading(&detail.record, cx.env)).unwrap_or_default();
        let offered = offer(call.follows, record, &name, cx.env);
        self.go_on(cx);
        offered.map_or(Flow::Stay, |picker| Flow::Push(Box::new(picker)))
    }

    /// A step was taken back: if it is a call of this list, it is not counted any more and its record is here again.
    fn taken_back(&mut self, step: i64, cx: &mut Cx<'_>) {
        let Some(place) = self.logged.iter().position(|logged| logged.step == step) else { return self.changed(cx) };
        let logged = self.logged.remove(place);
        self.place.uncount(logged.reached, logged.call_back, cx);
        self.put_aside(cx);
        self.over = false;
        self.look_for(logged.at, true, cx);
    }

    fn save(&mut self, cx: &mut Cx<'_>) {
        let Some(record) = self.record() else { return };
        match self.strip.read(record, None, cx.env) {
            Ok(act) => {
                let ticket = cx.act(AnyAct::WrapUp(act));
                self.awaited.push(Awaited::Call(ticket));
            }
            Err(problem) => self.strip.complain(problem),
        }
    }

    /// Whether another record, or the end of a call, is on its way.
    fn is_on_the_way(&self) -> bool {
        self.awaited.iter().any(|awaited| !matches!(awaited, Awaited::Next(..)))
    }

    fn is_saving(&self) -> bool {
        self.awaited.iter().any(|awaited| matches!(awaited, Awaited::Call(_)))
    }

    fn back(&mut self, cx: &mut Cx<'_>) {
        let Some(at) = self.place.at.checked_sub(usize::from(!self.over)) else {
            return cx.complain("this is the first of the list");
        };
        self.over = false;
        self.look_for(at, true, cx);
    }

    /// What is kept of a strip that is left.
    fn put_aside(&self, cx: &mut Cx<'_>) {
        if let Some(record) = self.record().filter(|_| !self.strip.is_blank()) {
            keep(&self.strip, record, cx);
        }
    }

    fn on_record(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let Some(record) = self.record() else { return Flow::Pass };
        let name =
            self.detail.as_ref().map(|detail| crate::tui::view::preview::heading(&detail.record, cx.env)).unwrap_or_default();
        flow::start_named(action, Targets::one(record), &name, self.detail.as_ref().map(|d| &d.record), cx)
    }

    fn row(&self, env: &Env) -> Option<ListRow> {
        let detail = self.detail.as_ref()?;
        Some(ListRow::of(&detail.record, env.catalog.registry(detail.record.key.entity)))
    }

    fn take(&mut self, ticket: u64) -> Option<Awaited> {
        let is_mine = |awaited: &Awaited| match awaited {
            Awaited::Call(mine) | Awaited::Here(mine, _) | Awaited::Next(mine, _) => *mine == ticket,
        };
        let place = self.awaited.iter().position(is_mine)?;
        Some(self.awaited.remove(place))
    }
}

impl Layer for WorkView {
    fn scopes(&self) -> Vec<Scope> {
        match self.strip.focus() {
            Focus::Keys => vec![Scope::WrapUp, Scope::Record],
            Focus::Note | Focus::Next => vec![Scope::Call],
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        if self.is_saving() {
            return Flow::Stay;
        }
        if let Some(place) = digit(action).filter(|_| !self.over) {
            if self.strip.choose(place, cx.env) {
                self.put_aside(cx);
            }
            return Flow::Stay;
        }
        match action {
            Action::Back | Action::Close | Action::Cancel if self.strip.step_back() => Flow::Stay,
            Action::Back | Action::Close | Action::Cancel => {
                self.put_aside(cx);
                if !self.over {
                    cx.say(format!("left at {} of {} · w goes on there", self.place.at + 1, self.place.records.len()));
                }
                Flow::Close
            }
            Action::Open | Action::Save if self.over => Flow::Close,
            Action::Open | Action::Save => {
                self.save(cx);
                Flow::Stay
            }
            Action::NextRecord => {
                self.put_aside(cx);
                self.go_on(cx);
                Flow::Stay
            }
            Action::PreviousRecord => {
                self.put_aside(cx);
                self.back(cx);
                Flow::Stay
            }
            Action::Next | Action::Previous => {
                self.strip.switch();
                Flow::Stay
            }
            other if self.strip.focus() == Focus::Keys => self.on_record(other, cx),
            other => {
                if self.strip.edit(other) {
                    self.put_aside(cx);
                }
                Flow::Stay
            }
        }
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        if !self.is_saving() && self.strip.insert(text) {
            self.put_aside(cx);
        }
        Flow::Stay
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        match outcome {
            Outcome::OpenRecord(record) => Flow::Push(Box::new(RecordView::open(*record, cx))),
            Outcome::Neighbour(_) => Flow::Stay,
            other => flow::finish(other, cx),
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Call, result, .. } => match result {
                Ok(Answer::Record(detail)) if Some(detail.record.key) == self.place.here() => self.detail = Some(detail.clone()),
                Ok(_) => {}
                Err(error) => self.failed = Some(error.headline()),
            },
            Incoming::Answer { slot: Slot::NextCall, result: Ok(Answer::Record(detail)), .. } => {
                if let Some((at, known)) = &mut self.next
                    && self.place.records.get(*at) == Some(&detail.record.key)
                {
                    *known = Some(detail.clone());
                }
            }
            Incoming::Answer { slot: Slot::CallTwins, result: Ok(Answer::Duplicates(found)), .. } => self.twins.clone_from(found),
            Incoming::Written { ticket, result } => match (self.take(*ticket), result) {
                (Some(Awaited::Call(_)), Ok(done)) => return self.called(done, cx),
                (Some(Awaited::Call(_)), Err(error)) => self.strip.complain(error.to_string()),
                (Some(Awaited::Here(_, from)), Ok(Done { reply: Reply::Claimed(claimed), .. })) => {
                    self.claimed(claimed, from, false, cx);
                }
                (Some(Awaited::Next(_, from)), Ok(Done { reply: Reply::Claimed(claimed), .. })) => {
                    self.claimed(claimed, from, true, cx);
                }
                (Some(_), Ok(_)) => {}
                (Some(_), Err(error)) => self.failed = Some(error.headline()),
                (None, Ok(Done { reply: Reply::Undone(step), .. })) => self.taken_back(*step, cx),
                (None, Ok(done)) if done.step.is_some() => self.changed(cx),
                (None, _) => {}
            },
            _ => {}
        }
        Flow::Pass
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        draw::draw(self, frame, area, env);
    }

    fn covers(&self) -> bool {
        true
    }

    fn label_here(&self, action: Action, _: &Env) -> Option<&'static str> {
        match action {
            Action::NextRecord => Some("skip"),
            Action::PreviousRecord => Some("back"),
            Action::Open => Some("save, next"),
            _ => self.record().and_then(|record| decide::label(record.entity, action)),
        }
    }

    fn unavailable(&self, action: Action, env: &Env) -> Option<String> {
        if action == Action::Call {
            return Some("this is the call: a digit says how it went".into());
        }
        if matches!(action, Action::OpenOutside | Action::WriteOut) {
            return Some("no file is shown here".into());
        }
        if digit(action).is_some() || matches!(action, Action::Open | Action::Save) {
            return env.read_only.then(|| "the database can only be read".into());
        }
        flow::why_not(action, self.record().is_some(), self.row(env).as_ref(), env)
    }

    fn awaits(&self, _: Option<Action>) -> bool {
        self.is_on_the_way()
    }

    fn draft_key(&self) -> Option<String> {
        self.record().map(draft_key)
    }

    fn changed(&mut self, cx: &mut Cx<'_>) {
        if let Some(record) = self.record() {
            cx.ask(Slot::Call, AnyQuery::Record(GetRecord { record, entries: ENTRIES }));
        }
    }
}
