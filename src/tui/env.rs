//! What every part of the interface may read: words, habits, keys, colours, size. Changes with messages only.

use std::path::PathBuf;
use std::sync::Arc;

use crate::config::{Config, State};
use crate::model::catalog::Catalog;
use crate::model::entity::Entity;
use crate::model::field::read::Reading;
use crate::model::field::show::Showing;
use crate::model::locale::Locale;
use crate::model::people::Role;
use crate::model::record::Record;
use crate::model::zone::{Zone, there};
use crate::service::context::Clock;
use crate::tui::action::keymap::Keymap;
use crate::tui::theme::Theme;
use crate::worker::drafts::Draft;

/// The surroundings of every view and layer.
#[derive(Debug)]
pub struct Env {
    /// Fields, choices, people, tags.
    pub catalog: Arc<Catalog>,
    /// The acting user's number.
    pub me: i64,
    /// What they may do.
    pub role: Role,
    /// How they write numbers and dates.
    pub locale: Locale,
    /// Their time zone.
    pub zone: Zone,
    /// The time.
    pub clock: Clock,
    /// The configuration.
    pub config: Config,
    /// What is remembered between runs.
    pub state: State,
    /// The keys.
    pub keymap: Keymap,
    /// The colours.
    pub theme: Theme,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The drafts that are kept.
    pub drafts: Vec<Draft>,
    /// The draft that is being typed right now: no screen says that it was begun.
    pub typing: Option<String>,
    /// The database file, as people read it.
    pub database: String,
    /// The private folder for files that other programs open; made with the first of them, gone on quit.
    pub scratch: PathBuf,
    /// Whether this is the sample data, gone on quit.
    pub sample: bool,
    /// Whether the database can only be read.
    pub read_only: bool,
}

impl Env {
    /// Now, in µs UTC.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// How values are shown.
    pub fn showing(&self) -> Showing<'_> {
        Showing { catalog: &self.catalog, locale: &self.locale, zone: self.zone, now: self.now() }
    }

    /// The zone in which a record's person lives, as far as its address tells.
    pub fn place_of(&self, record: &Record) -> Option<Zone> {
        record.place(self.catalog.registry(record.key.entity))
    }

    /// What the clock shows there now, where it is another than here: `there 09:12`.
    pub fn there(&self, record: &Record) -> Option<String> {
        self.place_of(record).and_then(|place| there(self.now(), self.zone, place))
    }

    /// How typed values are read.
    pub fn reading(&self) -> Reading<'_> {
        Reading {
            entity: Entity::Lead,
            catalog: &self.catalog,
            locale: &self.locale,
            zone: self.zone,
            now: self.now(),
            me: self.me,
        }
    }

    /// The same for records of another kind than leads.
    pub fn reading_of(&self, entity: Entity) -> Reading<'_> {
        Reading { entity, ..self.reading() }
    }

    /// The acting user's login.
    pub fn login(&self) -> String {
        self.catalog.people.user(self.me).map_or_else(String::new, |u| u.login.clone())
    }

    /// The login of a user.
    pub fn user(&self, number: i64) -> String {
        self.catalog.people.user(number).map_or_else(|| format!("user {number}"), |u| u.login.clone())
    }
}
