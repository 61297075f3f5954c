//! The loop: messages to the interface, its effects to the world, one frame when the queue is empty. Decides nothing itself.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::app::App;
use super::effect::{Effect, Switch};
use super::env::Env;
use super::msg::Msg;
use super::outside;
use super::terminal::capability::Capability;
use super::terminal::{Arrived, Screen, Signal, Signals, clipboard, guard, process};
use super::theme::Theme;
use crate::config::{Config, Paths, State};
use crate::error::{Error, Result};
use crate::model::entity::RecordId;
use crate::query::views;
use crate::service::context::{Cancel, Clock, Context, Ids, Origin, Progress};
use crate::service::lead_service::{FirstUser, LeadService};
use crate::store::sqlite::{Mode, Opening};
use crate::tui::action::keymap::Keymap;
use crate::worker::drafts::{self, Draft, Drafts};
use crate::worker::opener;
use crate::worker::reader::{Reader, Slot};
use crate::worker::watch::Watch;
use crate::worker::writer::{Job, Writer};

/// What the interface is started with.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The database; made when missing.
    pub database: PathBuf,
    /// The person's folders.
    pub paths: Paths,
    /// The settings.
    pub config: Config,
    /// The login of the acting user.
    pub login: String,
    /// The name of the acting user, for a new database.
    pub name: String,
    /// Whether this is the throw-away sample data.
    pub sample: bool,
    /// Whether the database was made just now, so that the first page comes first.
    pub fresh: bool,
    /// What is wrong with the configuration, a sentence each.
    pub mistakes: Vec<String>,
}

/// How the interface was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// For good.
    Quit,
    /// For the sample data, or for a kept copy of it.
    Switch(Switch),
}

/// The threads and what they are spoken to with.
struct World {
    writer: Writer,
    window: Reader,
    deep: Reader,
    jobs: Reader,
    drafts: Arc<Drafts>,
    _watch: Option<Watch>,
    terminal: Capability,
    cancel: Cancel,
    sender: Sender<Msg>,
    launch: Launch,
}

/// Runs the interface on one database until the person leaves it.
pub fn run(launch: Launch) -> Result<Left> {
    let first = FirstUser { login: launch.login.clone(), name: launch.name.clone() };
    let service = LeadService::open(&Opening::or_create(&launch.database), &first)?;
    let (sender, messages) = channel();
    let terminal = Capability::detect();
    let env = surroundings(&launch, &service, &terminal)?;
    let views = views::all(&env.reading())?;
    let mut app = App::new(env, Arc::new(views));
    let mut screen = open_screen(&launch, &sender)?;
    let signals = watch_signals(&sender);
    let size = screen.size();
    let mut world = start_threads(launch, service, terminal, sender)?;
    let mut effects = app.start();
    effects.extend(app.update(Msg::Resize(size.width, size.height)));
    effects.extend(app.welcome(world.launch.fresh));
    for mistake in &world.launch.mistakes {
        app.complain(mistake);
    }
    let left = turn(&mut app, &mut world, &mut screen, &messages, effects);
    drop(signals);
    drop(screen);
    guard::clear_last_words();
    world.drafts.flush();
    let scratch = app.env().scratch.clone();
    // what still writes there ends first
    drop(world);
    opener::forget(&scratch);
    left
}

fn surroundings(launch: &Launch, service: &LeadService, terminal: &Capability) -> Result<Env> {
    let catalog = service.catalog();
    let user = catalog.people.find_user(&launch.login).filter(|u| u.active).ok_or_else(|| {
        Error::Denied(format!(
            "{} is no user of {}: an admin adds one with `leadbook user add {}`",
            launch.login,
            launch.database.display(),
            launch.login
        ))
    })?;
    let (me, role) = (user.number, user.role);
    let (state, _) = State::load(&launch.paths.state_file());
    let (keymap, _) = load_keys(launch);
    let (theme, _) = Theme::load(&launch.config.theme, &launch.paths.themes(), terminal.colours);
    let folder = launch.paths.drafts(&service.database_id()?);
    // text that was typed while its record was erased elsewhere
    let about: Vec<RecordId> = drafts::list(&folder).iter().filter_map(Draft::about).collect();
    drafts::remove_about(&folder, &service.gone(&about).unwrap_or_default())?;
    let drafts = drafts::list(&folder);
    Ok(Env {
        catalog,
        me,
        role,
        locale: launch.config.locale(),
        zone: launch.config.zone,
        clock: Clock::System,
        config: launch.config.clone(),
        state,
        keymap,
        theme,
        size: (80, 24),
        drafts,
        typing: None,
        database: launch.database.display().to_string(),
        sample: launch.sample,
        scratch: opener::folder(&std::env::temp_dir()),
        read_only: service.db().mode() != Mode::Write,
    })
}

/// The keys of the preset and the person's own, and what is wrong with those.
pub fn load_keys(launch: &Launch) -> (Keymap, Vec<String>) {
    let file = launch.paths.keys_file();
    let text = std::fs::read_to_string(&file).ok();
    let name = file.display().to_string();
    let (keymap, mistakes) = Keymap::load(&launch.config.keys, text.as_deref().map(|text| (name.as_str(), text)));
    (keymap, mistakes.iter().map(ToString::to_string).collect())
}

fn open_screen(launch: &Launch, sender: &Sender<Msg>) -> Result<Screen> {
    let sender = sender.clone();
    Screen::open(launch.config.mouse, move |arrived| {
        use crossterm::event::Event;
        let msg = match arrived {
            Arrived::Event(Event::Key(key)) => Msg::Key(key),
            Arrived::Event(Event::Paste(text)) => Msg::Paste(text),
            Arrived::Event(Event::Mouse(mouse)) => Msg::Mouse(mouse),
            Arrived::Event(Event::Resize(columns, rows)) => Msg::Resize(columns, rows),
            Arrived::Event(Event::FocusGained) => Msg::FocusGained,
            Arrived::Event(Event::FocusLost) => return true,
            Arrived::Closed => Msg::Terminate,
        };
        sender.send(msg).is_ok()
    })
}

fn watch_signals(sender: &Sender<Msg>) -> Option<Signals> {
    let sender = sender.clone();
    // Without signals the program still works; it only ends less gracefully when it is killed.
    Signals::watch(move |signal| {
        let msg = match signal {
            Signal::Terminate => Msg::Terminate,
            Signal::Interrupt => Msg::Interrupted,
            Signal::Suspend => Msg::Sleep,
            Signal::Continue => Msg::Awake,
            Signal::Resize(columns, rows) => Msg::Resize(columns, rows),
        };
        sender.send(msg).is_ok()
    })
    .ok()
}

fn start_threads(launch: Launch, service: LeadService, terminal: Capability, sender: Sender<Msg>) -> Result<World> {
    let folder = launch.paths.drafts(&service.database_id()?);
    let told = sender.clone();
    let drafts = Arc::new(Drafts::start(folder, move |error| {
        // The interface is gone when nobody listens.
        let _ = told.send(Msg::Told(Err(error)));
    })?);
    let last = Arc::clone(&drafts);
    guard::set_last_words(move || last.flush());
    let reader = |name: &str| {
        let sender = sender.clone();
        Reader::start(name, &launch.database, move |answered| {
            let _ = sender.send(Msg::Answered(answered));
        })
    };
    let (window, deep, jobs) = (reader("window")?, reader("deep")?, reader("jobs")?);
    let changed = sender.clone();
    let watch = Watch::start(&launch.database, move || {
        let _ = changed.send(Msg::Changed);
    });
    let said = sender.clone();
    let writer = Writer::start(service, move |words| {
        let _ = said.send(Msg::Said(words));
    })?;
    Ok(World { writer, window, deep, jobs, drafts, _watch: watch.ok(), terminal, cancel: Cancel::default(), sender, launch })
}

fn turn(app: &mut App, world: &mut World, screen: &mut Screen, messages: &Receiver<Msg>, first: Vec<Effect>) -> Result<Left> {
    let mut effects = first;
    loop {
        for effect in std::mem::take(&mut effects) {
            if let Some(left) = world.carry_out(effect, app, screen) {
                return Ok(left);
            }
        }
        match messages.try_recv() {
            Ok(msg) => effects = receive(app, screen, msg),
            Err(_) => {
                for panic in guard::take_panics() {
                    app.complain(&format!("a mistake in leadbook: {panic}"));
                }
                screen.draw(|frame| app.draw(frame)).map_err(|e| Error::Io(format!("the terminal is gone: {e}")))?;
                match wait(app, messages) {
                    Some(msg) => effects = receive(app, screen, msg),
                    None => return Ok(Left::Quit),
                }
            }
        }
    }
}

fn receive(app: &mut App, screen: &mut Screen, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Sleep => {
            screen.sleep();
            app.update(Msg::Changed)
        }
        Msg::Awake => {
            screen.enter_again();
            app.update(Msg::Changed)
        }
        other => app.update(other),
    }
}

/// The next message, or a tick when something is due; `None` when nobody can send any more.
fn wait(app: &App, messages: &Receiver<Msg>) -> Option<Msg> {
    match app.deadline() {
        None => messages.recv().ok(),
        Some(at) => {
            let rest = u64::try_from(at - app.env().now()).unwrap_or(0);
            match messages.recv_timeout(Duration::from_micros(rest)) {
                Ok(msg) => Some(msg),
                Err(RecvTimeoutError::Timeout) => Some(Msg::Tick),
                Err(RecvTimeoutError::Disconnected) => None,
            }
        }
    }
}

impl World {
    fn context(&self, app: &App) -> Context {
        let env = app.env();
        let sender = self.sender.clone();
        Context {
            user: env.me,
            role: env.role,
            origin: Origin::Tui,
            clock: env.clock.clone(),
            ids: Ids::System,
            zone: env.zone,
            locale: env.locale.clone(),
            catalog: Arc::clone(&env.catalog),
            progress: Some(Arc::new(move |progress: Progress| {
                let _ = sender.send(Msg::Progress(progress));
            })),
            cancel: self.cancel.clone(),
            strict_disqualify: env.config.strict_disqualify,
            files: env.config.files.clone(),
            drafts: Arc::new(env.drafts.iter().filter_map(Draft::about).collect()),
        }
    }

    fn carry_out(&mut self, effect: Effect, app: &mut App, screen: &mut Screen) -> Option<Left> {
        match effect {
            Effect::Do { ticket, act } => {
                self.cancel = Cancel::default();
                self.writer.submit(Job { ticket, act: *act, ctx: self.context(app) });
            }
            Effect::Ask { slot, serial, query } => {
                if is_job(slot) {
                    self.cancel = Cancel::default();
                }
                self.reader(slot).ask(slot, serial, *query, self.context(app));
            }
            Effect::Reload => self.writer.reload(),
            Effect::CancelJob => self.cancel.cancel(),
            Effect::KeepDraft(draft) => self.drafts.keep(draft),
            Effect::DropDraft(key) => self.drafts.forget(key),
            Effect::Copy { what, text } => match clipboard::copy(&text, &what, &self.terminal) {
                Ok(copy) => {
                    let result = screen.send(&copy.sequence).map(|()| copy.message);
                    self.tell(result.map_err(|e| Error::io("the terminal", &e)));
                }
                Err(sentence) => app.complain(&sentence),
            },
            Effect::EditOutside(text) => {
                let command = process::editor(self.launch.config.editor.as_deref(), &|name| std::env::var(name).ok());
                let folder = self.launch.paths.state.clone();
                let edited = match self.launch.paths.make() {
                    Ok(()) => screen.suspended(|| process::edit(&text, &command, &folder)),
                    Err(error) => process::Edited::Failed(error.to_string()),
                };
                let result = match edited {
                    process::Edited::Unchanged => Ok(None),
                    process::Edited::Changed(text) => Ok(Some(text)),
                    process::Edited::Failed(sentence) => Err(Error::Io(sentence)),
                };
                let _ = self.sender.send(Msg::Edited(result));
            }
            Effect::CompletePath(typed) => outside::complete_path(typed, self.sender.clone()),
            Effect::OpenOutside(path) => opener::open(path, self.launch.config.open.as_deref(), {
                let sender = self.sender.clone();
                move |error| {
                    let _ = sender.send(Msg::Told(Err(error)));
                }
            }),
            Effect::WriteFile { path, text } => outside::write_file(path, text, self.sender.clone()),
            Effect::Mouse(on) => screen.set_mouse(on),
            Effect::Suspend => {
                self.drafts.flush();
                screen.sleep();
            }
            Effect::Redraw => screen.redraw(),
            Effect::Dial { command, number, warning } => outside::dial(command, number, warning, self.sender.clone()),
            Effect::Bell => screen.ring(),
            Effect::SaveState(state) => outside::save_state(&self.launch.paths, &state, &self.sender),
            Effect::SaveConfig(answers) => outside::save_config(&self.launch.paths, &answers, &self.sender),
            Effect::Switch(to) => return Some(Left::Switch(to)),
            Effect::Quit => return Some(Left::Quit),
        }
        None
    }

    fn tell(&self, result: Result<String>) {
        let _ = self.sender.send(Msg::Told(result));
    }

    /// Quick questions never wait behind slow ones.
    fn reader(&self, slot: Slot) -> &Reader {
        match slot {
            Slot::Rows
            | Slot::Lane(_)
            | Slot::Preview
            | Slot::Record
            | Slot::Form
            | Slot::Steps
            | Slot::Note
            | Slot::Undo
            | Slot::Newest
            | Slot::Recent
            | Slot::Copy
            | Slot::Call
            | Slot::NextCall
            | Slot::CallTwins
            | Slot::Matches
            | Slot::Mail
            | Slot::Duplicates
            | Slot::Score
            | Slot::Merge
            | Slot::File
            | Slot::RuleLog
            | Slot::TrialRows
            | Slot::Why
            | Slot::Find => &self.window,
            Slot::Page
            | Slot::Numbers
            | Slot::LaneNumbers(_)
            | Slot::LaneSums(_)
            | Slot::Count
            | Slot::Elsewhere
            | Slot::Late
            | Slot::InView
            | Slot::NewToMe
            | Slot::Day
            | Slot::Month
            | Slot::ReportFirst
            | Slot::RuleCount
            | Slot::RuleFirst
            | Slot::RuleTally
            | Slot::Loads
            | Slot::Queues
            | Slot::HasQueues
            | Slot::NextBest
            | Slot::Seek => &self.deep,
            Slot::ImportPlan
            | Slot::ImportTrial
            | Slot::Export
            | Slot::SaveFile
            | Slot::OpenFile
            | Slot::Report
            | Slot::QualifyPlan
            | Slot::Mailing
            | Slot::Trial
            | Slot::Erasure => &self.jobs,
        }
    }
}

fn is_job(slot: Slot) -> bool {
    matches!(
        slot,
        Slot::ImportPlan
            | Slot::ImportTrial
            | Slot::Export
            | Slot::Report
            | Slot::SaveFile
            | Slot::OpenFile
            | Slot::QualifyPlan
            | Slot::Mailing
            | Slot::Trial
    )
}
