//! The interface on a real database without a thread: keys in, effects carried out at once, the screen out. The time passes
//! only when a test says so.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use leadbook::config::{Config, FirstRun, Paths, State, save_first_run};
use leadbook::error::Error;
use leadbook::model::locale::Locale;
use leadbook::model::zone::Zone;
use leadbook::query::views;
use leadbook::service::attachment::{Place, SaveAttachment};
use leadbook::service::context::{Cancel, Clock, Context, Ids, Origin};
use leadbook::service::lead_service::FirstUser;
use leadbook::service::{Act, LeadReader, LeadService};
use leadbook::store::sqlite::{Mode, Opening};
use leadbook::tui::action::keymap::{KeyChord, Keymap};
use leadbook::tui::app::App;
use leadbook::tui::effect::{Effect, Switch};
use leadbook::tui::env::Env;
use leadbook::tui::msg::Msg;
use leadbook::tui::outside;
use leadbook::tui::terminal::capability::{Capability, Colours};
use leadbook::tui::terminal::clipboard;
use leadbook::tui::theme::Theme;
use leadbook::worker::drafts;
use leadbook::worker::reader::{Answered, AnyQuery};
use leadbook::worker::writer::{AnyAct, Said, perform};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use crate::common::NOW;
use crate::picture;
use crate::seed::{self, Seed};

/// How the interface is started; all that the runtime reads from the machine.
#[derive(Clone, Debug)]
pub struct Setting {
    /// What is in the database.
    pub seed: Seed,
    /// Columns and rows.
    pub size: (u16, u16),
    /// Whether the database was made just now.
    pub fresh: bool,
    /// Whether it is the sample data.
    pub sample: bool,
    /// Whether the file can only be read.
    pub read_only: bool,
    /// The colours of the terminal.
    pub colours: Colours,
    /// The settings.
    pub config: Config,
    /// What is remembered of the last run.
    pub state: State,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            seed: Seed::Leads,
            size: (80, 24),
            fresh: false,
            sample: false,
            read_only: false,
            colours: Colours::Sixteen,
            config: Config { country: "US".into(), zone: Zone::Utc, start_screen: "leads".into(), ..Config::default() },
            state: State::default(),
        }
    }
}

/// How the program was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Quit,
    Switch(Switch),
}

/// The interface with everything around it.
pub struct Stage {
    app: App,
    service: LeadService,
    reader: LeadReader,
    terminal: RefCell<Terminal<TestBackend>>,
    setting: Setting,
    clock: Arc<AtomicI64>,
    ids: Ids,
    paths: Paths,
    queue: VecDeque<Msg>,
    /// What was copied: what it is, and the text.
    pub copied: Vec<(String, String)>,
    /// The files that were given to other programs.
    pub opened: Vec<PathBuf>,
    /// The acts that were done or refused, in their order.
    pub acts: Vec<AnyAct>,
    /// How the program was left, once it was.
    pub left: Option<Left>,
    /// What the external editor makes of a text; `None` leaves it as it is.
    pub editor: Option<String>,
    /// How many keys were pressed.
    pub presses: usize,
    /// The numbers that were dialled, with the commands.
    pub dialled: Vec<(String, String)>,
    /// How often the bell rang.
    pub bells: usize,
    dir: tempfile::TempDir,
}

impl Stage {
    /// The leads of [`Seed::Leads`] on a terminal of this size.
    pub fn new(columns: u16, rows: u16) -> Self {
        Self::with(Setting { size: (columns, rows), ..Setting::default() })
    }

    /// The interface as it is after the start.
    pub fn with(setting: Setting) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        seed::write(setting.seed, &dir.path().join("leads.db"));
        Self::on(dir, setting, NOW, Ids::Counted(Arc::new(AtomicU64::new(1_000_000))))
    }

    fn on(dir: tempfile::TempDir, setting: Setting, now: i64, ids: Ids) -> Self {
        let database = dir.path().join("leads.db");
        if setting.read_only {
            forbid_writing(&database);
        }
        let paths = Paths::under(dir.path());
        if !paths.state_file().exists() {
            setting.state.save(&paths.state_file()).expect("the state");
        }
        let first = FirstUser { login: "ana".into(), name: "Ana Sample".into() };
        let service = LeadService::open(&Opening::or_create(&database), &first).expect("the database");
        let reader = LeadReader::open(&database).expect("a reader");
        let clock = Arc::new(AtomicI64::new(now));
        let env = env_of(&setting, &paths, &service, Clock::Set(Arc::clone(&clock)));
        let views = views::all(&env.reading()).expect("the views");
        let (columns, rows) = setting.size;
        let mut stage = Self {
            app: App::new(env, Arc::new(views)),
            service,
            reader,
            terminal: RefCell::new(Terminal::new(TestBackend::new(columns, rows)).expect("a terminal")),
            clock,
            ids,
            paths,
            queue: VecDeque::new(),
            copied: Vec::new(),
            opened: Vec::new(),
            acts: Vec::new(),
            left: None,
            editor: None,
            presses: 0,
            dialled: Vec::new(),
            bells: 0,
            dir,
            setting,
        };
        let mut effects = stage.app.start();
        effects.extend(stage.app.update(Msg::Resize(columns, rows)));
        effects.extend(stage.app.welcome(stage.setting.fresh));
        stage.carry_out(effects);
        stage.settle();
        stage
    }

    /// Leaves the program and starts it again, on the same files.
    pub fn restart(self) -> Self {
        let (now, Self { app, service, reader, setting, dir, ids, .. }) = (self.now(), self);
        drop((app, service, reader));
        Self::on(dir, setting, now, ids)
    }

    /// Presses keys, written as `jj<enter>i`: characters, and in angle brackets `<esc>`, `<tab>`, `<c-s>`, `<a-u>`, `<up>`; `<lt>`
    /// is the bracket itself.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for chord in chords(script) {
            self.press(chord);
        }
        self
    }

    /// Presses one key.
    pub fn press(&mut self, chord: KeyChord) -> &mut Self {
        self.presses += 1;
        self.send(Msg::Key(KeyEvent::new(chord.code, chord.modifiers)))
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(Msg::Paste(text.to_owned()))
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.terminal.borrow_mut().backend_mut().resize(columns, rows);
        self.send(Msg::Resize(columns, rows))
    }

    /// Clicks a cell.
    pub fn click(&mut self, column: u16, row: u16) -> &mut Self {
        self.mouse(MouseEventKind::Down(MouseButton::Left), column, row)
    }

    /// The mouse does something.
    pub fn mouse(&mut self, kind: MouseEventKind, column: u16, row: u16) -> &mut Self {
        self.screen();
        let modifiers = ratatui::crossterm::event::KeyModifiers::NONE;
        self.send(Msg::Mouse(MouseEvent { kind, column, row, modifiers }))
    }

    /// Lets time pass, in ms; what falls due meanwhile is done.
    pub fn wait(&mut self, milliseconds: i64) -> &mut Self {
        let end = self.now() + milliseconds * 1_000;
        // what is due again and again is done a few times, not for ever
        for _ in 0..20 {
            let Some(due) = self.app.deadline().filter(|due| *due <= end) else { break };
            self.clock.fetch_max(due, Ordering::Relaxed);
            self.send(Msg::Tick);
        }
        self.clock.store(end, Ordering::Relaxed);
        self.send(Msg::Tick)
    }

    /// Something else happens.
    pub fn send(&mut self, msg: Msg) -> &mut Self {
        self.queue.push_back(msg);
        self.settle();
        self
    }

    /// Somebody else, at another terminal, does something; it is seen at once.
    pub fn meanwhile<A: Act>(&mut self, user: i64, act: A) -> &mut Self {
        let ctx = Context { user, catalog: self.service.catalog(), ..self.context() };
        self.service.execute(act, &ctx).unwrap_or_else(|e| panic!("{e}"));
        self.send(Msg::Changed)
    }

    /// The same, but nobody has noticed yet.
    pub fn unnoticed<A: Act>(&mut self, user: i64, act: A) -> &mut Self {
        let ctx = Context { user, catalog: self.service.catalog(), ..self.context() };
        self.service.execute(act, &ctx).unwrap_or_else(|e| panic!("{e}"));
        self
    }

    /// The same, whether it can be done or not; it is seen at once.
    pub fn others<A: Act>(&mut self, user: i64, act: A) -> &mut Self {
        let ctx = Context { user, catalog: self.service.catalog(), ..self.context() };
        let _ = self.service.execute(act, &ctx);
        self.send(Msg::Changed)
    }

    /// Does messages and effects until none is left.
    fn settle(&mut self) {
        // Nothing may go round for ever.
        for _ in 0..10_000 {
            let Some(msg) = self.queue.pop_front() else { return };
            let effects = self.app.update(msg);
            self.carry_out(effects);
        }
        panic!("messages and effects go round and round");
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.do_one(effect);
        }
    }

    fn do_one(&mut self, effect: Effect) {
        match effect {
            Effect::Do { ticket, mut act } => {
                if let AnyAct::Attach(attach) = act.as_mut() {
                    attach.files.iter_mut().for_each(|file| *file = self.kept_inside(file));
                }
                self.acts.push((*act).clone());
                let ctx = self.context();
                let (catalog, result) = perform(*act, &mut self.service, &ctx);
                self.queue.extend(catalog.map(|catalog| Msg::Said(Said::Catalog(catalog))));
                self.queue.push_back(Msg::Said(Said::Written { ticket, result }));
                self.queue.push_back(Msg::Changed);
            }
            Effect::Ask { slot, serial, mut query } => {
                if let AnyQuery::Export(export) = query.as_mut() {
                    export.path = self.kept_inside(&export.path);
                }
                if let AnyQuery::SaveFile(SaveAttachment { to: Place::Folder(folder), .. }) = query.as_mut() {
                    *folder = self.kept_inside(folder);
                }
                let result = query.run(&self.reader, &self.context());
                self.queue.push_back(Msg::Answered(Answered { slot, serial, result }));
            }
            Effect::Reload => {
                self.service.reload().expect("the catalog");
                self.queue.push_back(Msg::Said(Said::Catalog(self.service.catalog())));
            }
            Effect::KeepDraft(draft) => drafts::write(&self.drafts_folder(), &draft).expect("a draft"),
            Effect::DropDraft(key) => drafts::remove(&self.drafts_folder(), &key).expect("a draft less"),
            Effect::Copy { what, text } => {
                let here = Capability { interactive: true, colours: Colours::True, tmux: false, remote: false };
                let told = clipboard::copy(&text, &what, &here).map(|copy| copy.message);
                self.copied.push((what, text));
                self.queue.push_back(Msg::Told(told.map_err(Error::Io)));
            }
            Effect::EditOutside(text) => {
                let edited = self.editor.take().filter(|new| *new != text);
                self.queue.push_back(Msg::Edited(Ok(edited)));
            }
            Effect::CompletePath(typed) => {
                // the home of a test is its own folder
                let home = format!("{}/", self.dir.path().display());
                let found = match typed.strip_prefix("~/") {
                    Some(rest) => outside::completions(&format!("{home}{rest}")),
                    None => outside::completions(&typed),
                };
                let tilde = |path: String| if typed.starts_with("~/") { path.replacen(&home, "~/", 1) } else { path };
                let found = found.into_iter().map(tilde).collect();
                self.queue.push_back(Msg::Paths { typed, found });
            }
            Effect::OpenOutside(path) => self.opened.push(path),
            Effect::WriteFile { path, text } => {
                let path = self.kept_inside(Path::new(&path)).display().to_string();
                self.queue.push_back(Msg::Told(outside::write_new(&path, &text)));
            }
            Effect::SaveState(state) => state.save(&self.paths.state_file()).expect("the state"),
            Effect::SaveConfig(answers) => {
                let told = FirstRun { name: answers.name, country: answers.country, currency: answers.currency };
                self.paths.make().and_then(|()| save_first_run(&self.paths, &told)).expect("the settings");
            }
            Effect::Switch(to) => self.left = Some(Left::Switch(to)),
            Effect::Quit => self.left = Some(Left::Quit),
            Effect::Dial { command, number, .. } => self.dialled.push((command, number)),
            Effect::Bell => self.bells += 1,
            Effect::CancelJob | Effect::Mouse(_) | Effect::Suspend | Effect::Redraw => {}
        }
    }

    fn context(&self) -> Context {
        let env = self.app.env();
        Context {
            user: env.me,
            role: env.role,
            origin: Origin::Tui,
            clock: env.clock.clone(),
            ids: self.ids.clone(),
            zone: env.zone,
            locale: env.locale.clone(),
            catalog: Arc::clone(&env.catalog),
            progress: None,
            cancel: Cancel::default(),
            strict_disqualify: env.config.strict_disqualify,
            files: env.config.files.clone(),
            drafts: Arc::new(env.drafts.iter().filter_map(leadbook::worker::drafts::Draft::about).collect()),
        }
    }

    /// The path, or one in the temporary folder: no key writes anywhere else.
    fn kept_inside(&self, path: &Path) -> PathBuf {
        let inside = path.starts_with(self.dir.path()) && !path.components().any(|c| c.as_os_str() == "..");
        if inside {
            return path.to_owned();
        }
        // what is typed with ~ is meant to lie there too
        let home = std::env::var_os("HOME").map(PathBuf::from);
        let below = home.and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned));
        let below = below.filter(|below| below.components().all(|c| matches!(c, std::path::Component::Normal(_))));
        self.dir.path().join(below.as_deref().or(path.file_name().map(Path::new)).unwrap_or(Path::new("")))
    }

    fn drafts_folder(&self) -> PathBuf {
        self.paths.drafts(&self.service.database_id().expect("an id"))
    }

    /// The drafts that are kept as files.
    pub fn drafts(&self) -> Vec<drafts::Draft> {
        drafts::list(&self.drafts_folder())
    }

    /// The folder of the database; files that a test writes lie there too.
    pub fn folder(&self) -> &Path {
        self.dir.path()
    }

    /// The settings, as the interface reads them.
    pub fn env(&self) -> &Env {
        self.app.env()
    }

    /// The service, to look into the database.
    pub fn service(&self) -> &LeadService {
        &self.service
    }

    /// Now, in µs UTC.
    pub fn now(&self) -> i64 {
        self.clock.load(Ordering::Relaxed)
    }

    /// Draws a frame and looks at it.
    pub fn frame(&self) -> (Buffer, Option<Position>) {
        let mut terminal = self.terminal.borrow_mut();
        let buffer = terminal.draw(|frame| self.app.draw(frame)).expect("a frame").buffer.clone();
        let cursor = terminal.backend().cursor_visible().then(|| terminal.backend().cursor_position());
        (buffer, cursor)
    }

    /// The characters on the screen.
    pub fn screen(&self) -> String {
        picture::lines(&self.frame().0).join("\n")
    }

    /// The last line on a screen of so many columns, without the interface being told.
    pub fn foot_of(&self, columns: u16) -> String {
        let rows = self.frame().0.area.height;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a terminal");
        let drawn = terminal.draw(|frame| self.app.draw(frame)).expect("a frame");
        picture::lines(drawn.buffer).pop().unwrap_or_default()
    }

    /// The screen as it stands in snapshots. Names of temporary files are the same every time.
    pub fn picture(&self) -> String {
        let (buffer, cursor) = self.frame();
        picture::picture(&buffer, cursor).replace(&self.dir.path().display().to_string(), "TMP")
    }

    /// Fails unless this stands on the screen.
    #[track_caller]
    pub fn shows(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "“{text}” is not on the screen:\n{screen}");
        self
    }

    /// Fails if this stands on the screen.
    #[track_caller]
    pub fn hides(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "“{text}” is on the screen:\n{screen}");
        self
    }

    /// What a query of one text gives, for looks into the database.
    pub fn sql(&self, sql: &str) -> Vec<String> {
        self.service.db().rows(sql, &[], |row| Ok(row.text(0)?.to_owned())).expect("rows")
    }

    /// A line of the screen, from 0.
    pub fn line(&self, at: usize) -> String {
        self.screen().lines().nth(at).unwrap_or_default().to_owned()
    }

    /// Changes the database behind the interface's back.
    pub fn execute(&mut self, sql: &str) {
        let file = rusqlite::Connection::open(self.dir.path().join("leads.db")).expect("the database");
        file.execute(sql, []).expect("a change");
    }
}

fn env_of(setting: &Setting, paths: &Paths, service: &LeadService, clock: Clock) -> Env {
    let scratch = service.db().path().with_file_name("scratch");
    let catalog = service.catalog();
    let user = catalog.people.find_user("ana").expect("ana");
    let (me, role) = (user.number, user.role);
    Env {
        catalog,
        me,
        role,
        locale: Locale::of("US"),
        zone: Zone::Utc,
        clock,
        config: setting.config.clone(),
        state: State::load(&paths.state_file()).0,
        keymap: Keymap::standard(),
        theme: Theme::load("default", Path::new("/nowhere"), setting.colours).0,
        size: setting.size,
        drafts: drafts::list(&paths.drafts(&service.database_id().expect("an id"))),
        typing: None,
        database: "leads.db".into(),
        sample: setting.sample,
        scratch,
        read_only: setting.read_only || service.db().mode() != Mode::Write,
    }
}

fn forbid_writing(file: &Path) {
    let mut permissions = std::fs::metadata(file).expect("the database").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(file, permissions).expect("a file to read");
}

/// The keys of a script.
pub fn chords(script: &str) -> Vec<KeyChord> {
    let mut chords = Vec::new();
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|named| named.split_once('>'));
        let word = match named {
            Some((name, behind)) => {
                rest = behind;
                name.replace("c-", "ctrl-").replace("a-", "alt-")
            }
            None => {
                rest = &rest[c.len_utf8()..];
                if c == ' ' { "space".to_owned() } else { c.to_string() }
            }
        };
        let word = if word == "lt" { "<".to_owned() } else { word };
        chords.push(KeyChord::parse(&word).unwrap_or_else(|problem| panic!("{script}: {problem}")));
    }
    chords
}

/// The sizes that every screen is looked at in: the smallest usual terminal, a window, a large screen.
pub const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

/// Plays a script at all [`SIZES`] on [`Seed::Leads`] and compares each screen with the snapshot `name_80x24` and so on.
pub fn at_all_sizes(name: &str, play: impl Fn(&mut Stage)) {
    for (columns, rows) in SIZES {
        let mut stage = Stage::new(columns, rows);
        play(&mut stage);
        crate::snapshot!(stage, format!("{name}_{columns}x{rows}"));
    }
}

/// Compares the screen with the snapshot of this name; `snapshot!(stage, "name", "keys")` presses keys first.
#[macro_export]
macro_rules! snapshot {
    ($stage:expr, $name:expr) => {{
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(AsRef::<str>::as_ref(&$name), $stage.picture()));
    }};
    ($stage:expr, $name:expr, $keys:expr) => {{
        $stage.keys($keys);
        $crate::snapshot!($stage, $name);
    }};
}
