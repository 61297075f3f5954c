//! A stage for tests of views and layers: surroundings with a fixed clock, keys in, screen and effects out. No thread, no file.

use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::{Position, Rect};

use super::action::Scope;
use super::action::keymap::{KeyChord, Keymap, Lookup};
use super::desk::{Cx, Desk};
use super::effect::Effect;
use super::env::Env;
use super::layer::{Flow, Incoming, Layer, Outcome};
use super::theme::Theme;
use crate::config::{Config, State};
use crate::error::Result;
use crate::model::catalog::Catalog;
use crate::model::entity::RecordId;
use crate::model::locale::Locale;
use crate::model::people::{Role, Team, User};
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::{Owner, Value};
use crate::model::zone::Zone;
use crate::service::act::Done;
use crate::service::context::Clock;
use crate::worker::drafts::Draft;
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::{AnyAct, Reply};

/// Monday 23 November 2026, 11:30 UTC.
pub const NOW: i64 = 1_795_433_400_000_000;

impl Env {
    /// The shipped words; ana (an admin, “me”), Bo Ek and the team North; US habits; the clock at [`NOW`].
    pub fn test() -> Self {
        let mut catalog = Catalog::shipped();
        let user = |number, login: &str, name: &str, role| User {
            number,
            login: login.into(),
            name: name.into(),
            role,
            active: true,
            unit: 1,
            work: crate::model::people::Work::default(),
        };
        catalog.people.users = vec![user(1, "ana", "Ana Lima", Role::Admin), user(2, "bo", "Bo Ek", Role::Seller)];
        catalog.people.teams = vec![Team { number: 1, name: "North".into(), unit: 1, members: vec![1, 2], queue: false }];
        catalog.tags = vec!["expo".into(), "export".into(), "vip".into()];
        Self {
            catalog: Arc::new(catalog),
            me: 1,
            role: Role::Admin,
            locale: Locale::of("US"),
            zone: Zone::Utc,
            clock: Clock::Fixed(NOW),
            config: Config::default(),
            state: State::default(),
            keymap: Keymap::standard(),
            theme: Theme::default(),
            size: (80, 24),
            drafts: Vec::new(),
            typing: None,
            database: "leads.db".into(),
            scratch: "/tmp/leadbook-test".into(),
            sample: false,
            read_only: false,
        }
    }

    /// L-7: Ann Lee of Contoso, open, with these further values.
    pub fn lead(&self, values: &[(&'static str, Value)]) -> Record {
        let registry = &self.catalog.lead;
        let mut record = Record::new(RecordId::lead(7), uuid::Uuid::from_u128(7), 3, Vec::new());
        for (id, value) in rules::defaults(registry) {
            record.set(id, value);
        }
        let given = [
            ("first_name", Value::text("Ann")),
            ("last_name", Value::text("Lee")),
            ("company", Value::text("Contoso")),
            ("topic", Value::text("3D printers")),
            ("phone", Value::text("555-0100")),
            ("owner", Value::Owner(Owner::User(1))),
            ("number", Value::Int(7)),
        ];
        for (name, value) in given.iter().chain(values) {
            record.set(registry.id(name), value.clone());
        }
        rules::complete(registry, &mut record, "USD");
        record
    }
}

/// Layers on a screen that is not there.
pub struct Stage {
    /// The surroundings.
    pub env: Env,
    /// Where effects and messages are left.
    pub desk: Desk,
    /// The layers, the uppermost last.
    pub layers: Vec<Box<dyn Layer>>,
    /// The results that no layer took.
    pub outcomes: Vec<Outcome>,
    /// What was asked to be done, oldest first.
    pub effects: Vec<Effect>,
}

impl Stage {
    /// An empty stage of this size.
    pub fn new(columns: u16, rows: u16) -> Self {
        let env = Env { size: (columns, rows), ..Env::test() };
        Self { env, desk: Desk::default(), layers: Vec::new(), outcomes: Vec::new(), effects: Vec::new() }
    }

    /// Opens a layer.
    pub fn open<L: Layer + 'static>(&mut self, make: impl FnOnce(&mut Cx<'_>) -> L) -> &mut Self {
        let layer = make(&mut Cx { env: &self.env, desk: &mut self.desk });
        self.layers.push(Box::new(layer));
        self.collect();
        self
    }

    /// Presses keys, written as `tab ctrl-s 1`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for chord in keys.split_whitespace().map(|word| KeyChord::parse(word).expect("a key")) {
            let Some(layer) = self.layers.last_mut() else { break };
            let cx = &mut Cx { env: &self.env, desk: &mut self.desk };
            let flow = match self.env.keymap.lookup(&layer.scopes(), &[chord]) {
                Lookup::Action(action) => match layer.unavailable(action, cx.env) {
                    Some(reason) => {
                        cx.complain(reason);
                        Flow::Stay
                    }
                    None => layer.act(action, cx),
                },
                Lookup::Text(c) => layer.text(&c.to_string(), cx),
                Lookup::Pending(_) | Lookup::None => Flow::Stay,
            };
            let top = self.layers.len() - 1;
            self.follow(top, flow);
        }
        self
    }

    /// Types or pastes a text.
    pub fn write(&mut self, text: &str) -> &mut Self {
        if let Some(layer) = self.layers.last_mut() {
            let flow = layer.text(text, &mut Cx { env: &self.env, desk: &mut self.desk });
            let top = self.layers.len() - 1;
            self.follow(top, flow);
        }
        self
    }

    /// Clicks a cell, or turns the wheel there.
    pub fn mouse(&mut self, column: u16, row: u16, wheel: i32) -> &mut Self {
        self.draw();
        if let Some(layer) = self.layers.last_mut() {
            let flow = layer.mouse(column, row, wheel, &mut Cx { env: &self.env, desk: &mut self.desk });
            let top = self.layers.len() - 1;
            self.follow(top, flow);
        }
        self
    }

    /// Hands something that came back to every layer, the uppermost first.
    pub fn incoming(&mut self, incoming: &Incoming<'_>) -> &mut Self {
        for place in (0..self.layers.len()).rev() {
            let Some(layer) = self.layers.get_mut(place) else { continue };
            let flow = layer.incoming(incoming, &mut Cx { env: &self.env, desk: &mut self.desk });
            self.follow(place, flow);
        }
        self
    }

    /// Answers the newest act.
    pub fn written(&mut self, result: Result<Reply>) -> &mut Self {
        let ticket = self.acts().last().map(|(ticket, _)| *ticket).expect("an act");
        self.desk.written(ticket);
        let result = result.map(|reply| Done {
            reply,
            step: Some(1),
            summary: "Done".into(),
            touched: 1,
            catalog_changed: false,
            warnings: Vec::new(),
        });
        self.incoming(&Incoming::Written { ticket, result: &result })
    }

    /// Answers the newest question of a slot.
    pub fn answer(&mut self, slot: Slot, result: Result<Answer>) -> &mut Self {
        let asked = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Ask { slot: s, serial, .. } if *s == slot => Some(*serial),
            _ => None,
        });
        self.incoming(&Incoming::Answer { slot, serial: asked.expect("a question"), result: &result })
    }

    /// The acts so far with their tickets.
    pub fn acts(&self) -> Vec<(u64, AnyAct)> {
        let act = |effect: &Effect| match effect {
            Effect::Do { ticket, act } => Some((*ticket, (**act).clone())),
            _ => None,
        };
        self.effects.iter().filter_map(act).collect()
    }

    /// The questions so far.
    pub fn questions(&self) -> Vec<(Slot, AnyQuery)> {
        let asked = |effect: &Effect| match effect {
            Effect::Ask { slot, query, .. } => Some((*slot, (**query).clone())),
            _ => None,
        };
        self.effects.iter().filter_map(asked).collect()
    }

    /// The draft that was kept last, unless it was dropped after.
    pub fn draft(&self) -> Option<Draft> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::KeepDraft(draft) => Some(Some(draft.clone())),
            Effect::DropDraft(_) => Some(None),
            _ => None,
        })?
    }

    /// The message in the status line.
    pub fn said(&self) -> &str {
        self.desk.message().map_or("", |message| message.text.as_str())
    }

    /// The screen without the first and the last line, row by row, and the cursor if it is shown.
    pub fn draw(&self) -> (Vec<String>, Option<Position>) {
        let (columns, rows) = self.env.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a terminal");
        let first = u16::from(rows > 2);
        let area = Rect::new(0, first, columns, rows.saturating_sub(2).max(1));
        let drawn = terminal.draw(|frame| self.layers.iter().for_each(|layer| layer.draw(frame, area, &self.env)));
        let buffer = drawn.expect("a frame").buffer.clone();
        let lines = buffer.content().chunks(columns.into()).map(|row| {
            let mut skip = 0;
            let mut line = String::new();
            for cell in row {
                if skip == 0 {
                    line.push_str(cell.symbol());
                    skip = crate::model::clean::width(cell.symbol()).saturating_sub(1);
                } else {
                    skip -= 1;
                }
            }
            line.trim_end().to_owned()
        });
        let lines: Vec<String> = lines.collect();
        let cursor = terminal.backend().cursor_visible().then(|| terminal.backend().cursor_position());
        (lines[usize::from(first)..].to_vec(), cursor)
    }

    /// All of the screen as one text.
    pub fn screen(&self) -> String {
        self.draw().0.join("\n")
    }

    /// The scopes of the uppermost layer.
    pub fn scopes(&self) -> Vec<Scope> {
        self.layers.last().map(|layer| layer.scopes()).unwrap_or_default()
    }

    fn follow(&mut self, place: usize, flow: Flow) {
        match flow {
            Flow::Stay | Flow::Pass => {}
            Flow::Close => {
                self.layers.remove(place);
            }
            Flow::Push(layer) => self.layers.push(layer),
            Flow::Replace(layer) => self.layers[place] = layer,
            Flow::Done(outcome) => {
                self.layers.remove(place);
                self.give(place, outcome);
            }
        }
        self.collect();
    }

    /// Offers a result to the layers below, downwards.
    fn give(&mut self, above: usize, outcome: Outcome) {
        for place in (0..above).rev() {
            match self.layers[place].outcome(&outcome, &mut Cx { env: &self.env, desk: &mut self.desk }) {
                Flow::Pass => {}
                flow => return self.follow(place, flow),
            }
        }
        self.outcomes.push(outcome);
    }

    fn collect(&mut self) {
        self.effects.extend(self.desk.take_effects());
    }
}
