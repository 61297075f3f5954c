//! The interface as a value: messages in, effects out, a frame on request. Touches no terminal, file or database.

use std::sync::Arc;

use ratatui::Frame;

use super::action::keymap::{KeyChord, Lookup, Next};
use super::action::{Action, Scope};
use super::desk::{Cx, Desk};
use super::effect::Effect;
use super::env::Env;
use super::layer::checklist::{self, Step};
use super::layer::{Flow, Incoming, Layer};
use super::msg::Msg;
use super::typing::Held;
use super::{chrome, global};
use crate::model::entity::Entity;
use crate::model::people::Role;
use crate::query::views::View;
use crate::service::act::Done;
use crate::service::activity::today::Day;
use crate::service::context::Progress;
use crate::service::rule;
use crate::service::score::ScoreDue;
use crate::tui::layer::welcome::Welcome;
use crate::tui::view::browse::Browse;
use crate::tui::view::pipeline::Pipeline;
use crate::tui::view::reports::Reports;
use crate::tui::view::rules::Rules;
use crate::tui::view::spec::{EntitySpec, LEADS, Screen};
use crate::tui::view::today::Today;
use crate::tui::view::work::WorkView;
use crate::worker::writer::{AnyAct, Reply, Said};

/// How long something is awaited before a spinner says so, in µs.
const PATIENCE: i64 = 100_000;
/// For how long a list that was left in the middle is spoken of when the program starts, in µs.
const DAY: i64 = 86_400_000_000;
/// How long a spinner stands still between two of its pictures, in µs.
const SPIN: i64 = 125_000;
/// How long a key that needs another waits before the box that names those that can follow, in µs.
const WHICH_KEY: i64 = 300_000;

/// The whole interface.
#[derive(Debug)]
pub struct App {
    pub(super) env: Env,
    pub(super) desk: Desk,
    /// The screen below.
    pub(super) screen: Screen,
    /// The screens that are not seen now; they keep their places.
    parked: Vec<(Screen, Box<dyn Layer>)>,
    /// The screen below, then what lies over it.
    pub(super) layers: Vec<Box<dyn Layer>>,
    pub(super) pending: Vec<KeyChord>,
    pub(super) next: Vec<Next>,
    pub(super) pending_since: i64,
    /// What was typed before the rows that it is for were here.
    pub(super) held: Vec<Held>,
    pub(super) progress: Option<Progress>,
    /// The newest step that this program knows of.
    pub(super) newest: i64,
    pub(super) cancel_at: i64,
    pub(super) undo_asked: bool,
    /// How many leads were handed to the person and not opened since.
    pub(super) new_to_me: u64,
    /// The person's day, as it was asked for last.
    pub(super) day: Option<Box<Day>>,
    /// When that is to be asked for again, in µs UTC: something falls due, or the day ends.
    pub(super) day_due: Option<i64>,
    /// Acts that tick a line of the checklist when they are done, by ticket.
    ticking: Vec<(u64, Step)>,
}

impl App {
    /// The interface over a database; what it asks for first comes back with the first message.
    pub fn new(env: Env, views: Arc<Vec<View>>) -> Self {
        let on_today = env.config.start_screen == "today";
        let mut app = Self {
            env,
            desk: Desk::default(),
            screen: Screen::List(Entity::Lead),
            parked: Vec::new(),
            layers: Vec::new(),
            pending: Vec::new(),
            next: Vec::new(),
            pending_since: 0,
            held: Vec::new(),
            progress: None,
            newest: 0,
            cancel_at: 0,
            undo_asked: false,
            new_to_me: 0,
            day: None,
            day_due: None,
            ticking: Vec::new(),
        };
        if on_today {
            // the list of leads is made when it is gone to
            app.screen = Screen::Today;
            let today = Today::new(None, &mut Cx { env: &app.env, desk: &mut app.desk });
            app.push(Box::new(today));
        } else {
            let browse = Browse::new(&LEADS, views, &app.env);
            app.push(Box::new(browse));
        }
        app.count_new();
        let now = app.env.now();
        if let Some(text) = WorkView::left_over(&app.env, now - DAY) {
            app.desk.say(text, now);
        }
        app
    }

    /// What was asked for when the interface was made.
    pub fn start(&mut self) -> Vec<Effect> {
        let writes = !self.env.read_only && self.env.role != Role::ReadOnly;
        // rules that wait for time are asked once, behind all that is on the screen first
        if rule::wait_for_time(&self.env.catalog) && writes {
            self.desk.act(AnyAct::RouteIdle(rule::RouteIdle), self.env.now());
        }
        // points of rules that ask for a time, and which sources are fast, are others on another day
        if writes {
            self.desk.act(AnyAct::Score(ScoreDue), self.env.now());
        }
        self.take_effects()
    }

    /// Puts a layer on top.
    pub fn push(&mut self, mut layer: Box<dyn Layer>) {
        layer.resized(&mut Cx { env: &self.env, desk: &mut self.desk });
        self.layers.push(layer);
    }

    /// Goes to a screen, where it was left.
    pub(super) fn go_to(&mut self, screen: Screen) {
        self.layers.truncate(1);
        if self.screen == screen {
            return;
        }
        let parked = self.parked.iter().position(|(other, _)| *other == screen).map(|place| self.parked.swap_remove(place).1);
        if let Some(left) = self.layers.pop() {
            self.parked.push((self.screen, left));
        }
        self.screen = screen;
        match (parked, screen) {
            (Some(mut layer), _) => {
                // somebody may have written meanwhile, and the terminal may have another size
                layer.resized(&mut Cx { env: &self.env, desk: &mut self.desk });
                layer.changed(&mut Cx { env: &self.env, desk: &mut self.desk });
                self.layers.push(layer);
            }
            (None, Screen::List(entity)) => {
                let views = crate::query::views::all(&self.env.reading_of(entity)).unwrap_or_default();
                let browse = Browse::new(EntitySpec::of(entity), Arc::new(views), &self.env);
                self.push(Box::new(browse));
            }
            (None, Screen::Today) => {
                let today = Today::new(self.day.clone(), &mut Cx { env: &self.env, desk: &mut self.desk });
                self.push(Box::new(today));
            }
            (None, Screen::Pipeline) => {
                let board = Pipeline::new(&self.env);
                self.push(Box::new(board));
            }
            (None, Screen::Reports) => self.push(Box::new(Reports::default())),
            (None, Screen::Rules) => {
                let rules = Rules::new(&mut Cx { env: &self.env, desk: &mut self.desk });
                self.push(Box::new(rules));
            }
        }
    }

    /// Puts the first page over a database that was just made.
    pub fn welcome(&mut self, fresh: bool) -> Vec<Effect> {
        if fresh || self.env.sample {
            checklist::begin(&mut self.env.state);
        }
        if fresh {
            let page = Welcome::new(&self.env);
            self.push(Box::new(page));
        }
        self.take_effects()
    }

    /// The surroundings.
    pub fn env(&self) -> &Env {
        &self.env
    }

    /// Says something in the status line, as the runtime does about files and configuration.
    pub fn complain(&mut self, text: &str) {
        self.desk.complain(text, self.env.now());
    }

    /// Whether acts are not answered yet.
    pub fn is_writing(&self) -> bool {
        self.desk.is_writing()
    }

    /// Changes state by one message; what is to be done outside comes back.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Key(event) => self.key(KeyChord::of(event)),
            Msg::Paste(text) => self.pasted(&text),
            Msg::Mouse(event) => self.mouse(event),
            Msg::Resize(columns, rows) => self.resize(columns, rows),
            Msg::FocusGained | Msg::Changed => self.look_again(),
            Msg::Said(said) => self.said(said),
            Msg::Answered(answered) => {
                if self.desk.is_newest(answered.slot, answered.serial) && !self.global_answer(&answered) {
                    let incoming = Incoming::Answer { slot: answered.slot, serial: answered.serial, result: &answered.result };
                    self.broadcast(&incoming);
                }
            }
            Msg::Progress(progress) => {
                self.progress = Some(progress);
                self.broadcast(&Incoming::Progress(progress));
            }
            Msg::Edited(result) => {
                if let Err(error) = &result {
                    self.complain(&error.to_string());
                }
                self.broadcast(&Incoming::Edited(&result));
            }
            Msg::Paths { typed, found } => self.broadcast(&Incoming::Paths { typed: &typed, found: &found }),
            Msg::Told(Ok(text)) => self.desk.say(text, self.env.now()),
            Msg::Told(Err(error)) => self.complain(&error.to_string()),
            Msg::Terminate => self.desk.push(Effect::Quit),
            Msg::Interrupted => self.dispatch(Action::Cancel),
            Msg::Sleep | Msg::Awake => {}
            Msg::Tick => self.tick(),
        }
        self.go_on_typing();
        self.env.typing = self.layers.iter().rev().find_map(|layer| layer.draft_key());
        self.take_effects()
    }

    /// When something is due without a message, in µs UTC.
    pub fn deadline(&self) -> Option<i64> {
        let now = self.env.now();
        let layers = self.layers.iter().filter_map(|layer| layer.due());
        let which = (!self.pending.is_empty() && self.next.is_empty()).then_some(self.pending_since + WHICH_KEY);
        let spinner = self.desk.waiting_since().map(|since| if now < since + PATIENCE { since + PATIENCE } else { now + SPIN });
        layers.chain(which).chain(spinner).chain(self.day_due).min()
    }

    /// Since when a spinner is due, if it is.
    pub(super) fn spinning_for(&self) -> Option<i64> {
        let since = self.desk.waiting_since()?;
        let waited = self.env.now() - since;
        (waited >= PATIENCE).then_some(waited)
    }

    /// Whether the last line says that Esc cancels what is under way, and no layer that knows of it or takes text is on top.
    fn is_job_shown(&self) -> bool {
        let scopes = self.scopes();
        let elsewhere = scopes.iter().any(|scope| scope.takes_text() || *scope == Scope::Job);
        self.progress.is_some_and(|progress| progress.total > 0) && self.spinning_for().is_some() && !elsewhere
    }

    /// Draws a frame.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        chrome::draw(self, frame);
    }

    fn tick(&mut self) {
        if self.day_due.is_some_and(|due| self.env.now() >= due) {
            self.fell_due();
        }
        if !self.pending.is_empty() && self.next.is_empty() && self.env.now() >= self.pending_since + WHICH_KEY {
            let scopes = self.scopes();
            if let Lookup::Pending(next) = self.env.keymap.lookup(&scopes, &self.pending) {
                self.next = next;
            }
        }
        let mut cx = Cx { env: &self.env, desk: &mut self.desk };
        for layer in &mut self.layers {
            layer.tick(&mut cx);
        }
    }

    /// The places whose keys hold, from the inside out.
    pub(super) fn scopes(&self) -> Vec<Scope> {
        self.layers.last().map(|layer| layer.scopes()).unwrap_or_default()
    }

    /// Does what a key, the mouse or the palette asks for: the top layer first, then what holds everywhere.
    pub(super) fn dispatch(&mut self, action: Action) {
        if action == Action::Back && self.is_job_shown() {
            return self.desk.push(Effect::CancelJob);
        }
        if let Some(reason) = self.layers.last().and_then(|layer| layer.unavailable(action, &self.env)) {
            let own = self.layers.last().and_then(|layer| layer.label_here(action, &self.env));
            let label = own.unwrap_or(super::action::row(action).label);
            return self.complain(&format!("{label}: {reason}"));
        }
        let mut cx = Cx { env: &self.env, desk: &mut self.desk };
        let flow = match self.layers.last_mut() {
            Some(layer) => layer.act(action, &mut cx),
            None => return,
        };
        if matches!(flow, Flow::Pass) {
            return global::act(self, action);
        }
        let top = self.layers.len() - 1;
        self.follow(flow, top);
    }

    fn mouse(&mut self, event: crossterm::event::MouseEvent) {
        use crossterm::event::{MouseButton, MouseEventKind};
        let wheel = match event.kind {
            MouseEventKind::Down(MouseButton::Left) => 0,
            MouseEventKind::ScrollDown => 1,
            MouseEventKind::ScrollUp => -1,
            _ => return,
        };
        let mut cx = Cx { env: &self.env, desk: &mut self.desk };
        if let Some(layer) = self.layers.last_mut() {
            let flow = layer.mouse(event.column, event.row, wheel, &mut cx);
            let top = self.layers.len() - 1;
            self.follow(flow, top);
        }
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        self.env.size = (columns, rows);
        let mut cx = Cx { env: &self.env, desk: &mut self.desk };
        for layer in &mut self.layers {
            layer.resized(&mut cx);
        }
    }

    /// Hands something that came back to every layer, from the top.
    pub(super) fn broadcast(&mut self, incoming: &Incoming<'_>) {
        let mut place = self.layers.len();
        while place > 0 {
            place -= 1;
            let Some(layer) = self.layers.get_mut(place) else { continue };
            let mut cx = Cx { env: &self.env, desk: &mut self.desk };
            let flow = layer.incoming(incoming, &mut cx);
            self.follow(flow, place);
        }
    }

    /// Carries out what the layer at `place` answered.
    pub(super) fn follow(&mut self, flow: Flow, place: usize) {
        match flow {
            Flow::Stay | Flow::Pass => {}
            Flow::Close => self.close(place),
            Flow::Push(layer) => self.push(layer),
            Flow::Replace(layer) => {
                self.close(place);
                self.push(layer);
            }
            Flow::Done(outcome) => {
                self.close(place);
                for below in (0..place.min(self.layers.len())).rev() {
                    let mut cx = Cx { env: &self.env, desk: &mut self.desk };
                    let flow = self.layers[below].outcome(&outcome, &mut cx);
                    if !matches!(flow, Flow::Pass) {
                        return self.follow(flow, below);
                    }
                }
                global::outcome(self, outcome);
            }
        }
    }

    /// Closes a layer; the screen at the bottom stays.
    fn close(&mut self, place: usize) {
        if place > 0 && place < self.layers.len() {
            self.layers.remove(place);
        }
    }

    fn said(&mut self, said: Said) {
        match said {
            Said::Catalog(catalog) => {
                self.env.catalog = catalog;
                let mut cx = Cx { env: &self.env, desk: &mut self.desk };
                self.layers.iter_mut().for_each(|layer| layer.renewed(&mut cx));
            }
            Said::Written { ticket, result } => {
                self.desk.written(ticket);
                self.progress = None;
                match &result {
                    Ok(done) => {
                        if let Some(step) = done.step {
                            self.newest = self.newest.max(step);
                            self.ticked(ticket);
                        }
                        self.count_new();
                        if !done.summary.is_empty() {
                            global::announce(self, done);
                        }
                    }
                    // A conflict is answered by the layer that was typed in.
                    Err(crate::error::Error::Conflict(_)) => {}
                    // The list is another than the one that was confirmed: the question comes back with the new count.
                    Err(error @ crate::error::Error::Changed { .. }) => {
                        self.complain(&error.to_string());
                        if let Some(act) = self.desk.repeat() {
                            let flow = super::flow::submit(act, &mut Cx { env: &self.env, desk: &mut self.desk });
                            let top = self.layers.len() - 1;
                            self.follow(flow, top);
                        }
                    }
                    Err(error) => self.complain(&error.to_string()),
                }
                if let Ok(Done { reply: Reply::Taken(lead), .. }) = &result {
                    global::open_record(self, crate::model::entity::RecordId::lead(*lead));
                }
                if result.is_err() {
                    // what was taken from the day before it was written is still there
                    self.count_new();
                }
                self.broadcast(&Incoming::Written { ticket, result: &result });
                if let Ok(Done { reply: Reply::Advanced(advanced), .. }) = &result {
                    let flow = super::decide::beyond(*advanced, &mut Cx { env: &self.env, desk: &mut self.desk });
                    let top = self.layers.len() - 1;
                    self.follow(flow, top);
                }
            }
        }
    }

    /// Ticks the line of the checklist that an act stands for.
    fn ticked(&mut self, ticket: u64) {
        if let Some(place) = self.ticking.iter().position(|(t, _)| *t == ticket) {
            let (_, step) = self.ticking.remove(place);
            self.tick_step(step);
        }
    }

    pub(super) fn tick_step(&mut self, step: Step) {
        let mut state = self.desk.state(&self.env);
        if checklist::tick(&mut state, step) {
            self.desk.push(Effect::SaveState(Box::new(state)));
        }
    }

    /// Takes the effects, and carries out those that change what everyone reads.
    fn take_effects(&mut self) -> Vec<Effect> {
        let effects = self.desk.take_effects();
        let mut asked = Vec::new();
        for effect in &effects {
            match effect {
                Effect::SaveState(state) => self.env.state = (**state).clone(),
                Effect::KeepDraft(draft) => {
                    self.env.drafts.retain(|d| d.key != draft.key);
                    self.env.drafts.insert(0, draft.clone());
                }
                Effect::DropDraft(key) => self.env.drafts.retain(|d| d.key != *key),
                Effect::Do { ticket, act } => self.ticking.extend(checklist::step_of(act).map(|step| (*ticket, step))),
                Effect::Ask { slot, .. } => asked.extend(checklist::step_of_question(*slot)),
                _ => {}
            }
        }
        for step in asked {
            self.tick_step(step);
        }
        let state = self.desk.take_effects();
        for effect in &state {
            if let Effect::SaveState(state) = effect {
                self.env.state = (**state).clone();
            }
        }
        effects.into_iter().chain(state).collect()
    }
}
