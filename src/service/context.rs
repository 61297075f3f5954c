//! What an act or a question is done with: who asks, from where, when, and in which words. Does nothing itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use uuid::Uuid;

use crate::error::{Error, Result};
use crate::model::attachment::Rules;
use crate::model::catalog::Catalog;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::read::Reading;
use crate::model::field::show::Showing;
use crate::model::locale::Locale;
use crate::model::people::Role;
use crate::model::zone::Zone;

/// Where an act came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The terminal interface.
    Tui,
    /// A command line.
    Cli,
    /// An import of a file.
    Import,
    /// A mail that was filed.
    Mail,
}

impl Origin {
    /// The word in the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tui => "tui",
            Self::Cli => "cli",
            Self::Import => "import",
            Self::Mail => "mail",
        }
    }
}

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The system.
    System,
    /// Always this moment, in µs UTC; for tests and for data with a date of its own.
    Fixed(i64),
    /// The moment that somebody else sets, in µs UTC; for tests in which time passes.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// Now, in µs UTC.
    pub fn now(&self) -> i64 {
        match self {
            Self::System => chrono::Utc::now().timestamp_micros(),
            Self::Fixed(at) => *at,
            Self::Set(at) => at.load(Ordering::Relaxed),
        }
    }
}

/// Where identities come from.
#[derive(Clone, Debug)]
pub enum Ids {
    /// UUIDv7, ascending within the process.
    System,
    /// Counted up, for tests.
    Counted(Arc<AtomicU64>),
}

impl Ids {
    /// Counted from one.
    pub fn counted() -> Self {
        Self::Counted(Arc::new(AtomicU64::new(1)))
    }

    /// A new identity.
    pub fn make(&self) -> Uuid {
        match self {
            Self::System => Uuid::now_v7(),
            Self::Counted(next) => Uuid::from_u128(u128::from(next.fetch_add(1, Ordering::Relaxed)) | (0x7000_u128 << 64)),
        }
    }
}

/// A flag by which another thread stops a long act.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the act to stop; it rolls back.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// [`Error::Canceled`] once somebody asked to stop.
    pub fn check(&self) -> Result<()> {
        if self.0.load(Ordering::Relaxed) { Err(Error::Canceled) } else { Ok(()) }
    }
}

/// How far a long act is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What is done.
    pub done: u64,
    /// What there is; 0 while unknown.
    pub total: u64,
}

/// A place to say how far a long act is; called a few times a second at most.
pub type Reporter = Arc<dyn Fn(Progress) + Send + Sync>;

/// Everything an act or a question needs beside its own parameters.
#[derive(Clone)]
pub struct Context {
    /// The acting user's number.
    pub user: i64,
    /// What they may do.
    pub role: Role,
    /// Where it came from.
    pub origin: Origin,
    /// The time.
    pub clock: Clock,
    /// Identities.
    pub ids: Ids,
    /// The time zone of the person.
    pub zone: Zone,
    /// How the person writes numbers and dates.
    pub locale: Locale,
    /// Fields, choices, people.
    pub catalog: Arc<Catalog>,
    /// Where to say how far it is.
    pub progress: Option<Reporter>,
    /// By which it is stopped.
    pub cancel: Cancel,
    /// Whether any opportunity that came from a lead forbids to disqualify it, as in Dynamics, and not only an open one.
    pub strict_disqualify: bool,
    /// Which files may be attached.
    pub files: Rules,
    /// The records with a kept draft, for `is:draft`.
    pub drafts: Arc<Vec<RecordId>>,
}

impl Context {
    /// Now, in µs UTC.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// How values are shown to the person.
    pub fn showing(&self) -> Showing<'_> {
        Showing { catalog: &self.catalog, locale: &self.locale, zone: self.zone, now: self.now() }
    }

    /// How what the person types is read.
    pub fn reading(&self) -> Reading<'_> {
        Reading {
            entity: Entity::Lead,
            catalog: &self.catalog,
            locale: &self.locale,
            zone: self.zone,
            now: self.now(),
            me: self.user,
        }
    }

    /// The same for records of another kind than leads.
    pub fn reading_of(&self, entity: Entity) -> Reading<'_> {
        Reading { entity, ..self.reading() }
    }

    /// The acting user's login.
    pub fn login(&self) -> String {
        self.catalog.people.user(self.user).map_or_else(|| format!("user {}", self.user), |u| u.login.clone())
    }

    /// Says how far it is, and stops if somebody asked to.
    pub fn advance(&self, done: u64, total: u64) -> Result<()> {
        if let Some(report) = &self.progress {
            report(Progress { done, total });
        }
        self.cancel.check()
    }
}

impl<'a> From<&'a Context> for crate::query::eval::EvalContext<'a> {
    fn from(ctx: &'a Context) -> Self {
        Self { catalog: &ctx.catalog, me: ctx.user, drafts: &ctx.drafts, beside: crate::query::eval::Beside::none() }
    }
}
