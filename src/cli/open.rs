//! The database of a command and the user who acts: which file, who, and whether they may. Decides no act.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::Globals;
use super::output;
use crate::config::{self, Config, Paths};
use crate::error::{Error, Result};
use crate::model::catalog::Catalog;
use crate::model::entity::RecordId;
use crate::model::people::{Role, User};
use crate::service::access;
use crate::service::context::{Cancel, Clock, Ids};
use crate::service::lead_service::FirstUser;
use crate::service::{Act, Context, Done, LeadReader, LeadService, Origin, Query};
use crate::store::sqlite::Opening;
use crate::worker::drafts;

/// What every command starts from.
pub struct Cli {
    /// The options that hold everywhere.
    pub globals: Globals,
    /// The person's folders.
    pub paths: Paths,
    /// The settings.
    pub config: Config,
    /// What is wrong with the settings, a sentence each.
    pub mistakes: Vec<String>,
}

/// A database that is open, and who works on it.
pub struct Desk<S> {
    /// The door to the database.
    pub service: S,
    /// Who acts, and how they write.
    pub ctx: Context,
}

/// A door that answers questions.
pub trait Asked {
    /// Answers a question.
    fn asked<Q: Query>(&self, query: &Q, ctx: &Context) -> Result<Q::Reply>;
}

impl Asked for LeadReader {
    fn asked<Q: Query>(&self, query: &Q, ctx: &Context) -> Result<Q::Reply> {
        self.ask(query, ctx)
    }
}

impl Asked for LeadService {
    fn asked<Q: Query>(&self, query: &Q, ctx: &Context) -> Result<Q::Reply> {
        self.ask(query, ctx)
    }
}

impl<S: Asked> Desk<S> {
    /// Answers a question.
    pub fn ask<Q: Query>(&self, query: &Q) -> Result<Q::Reply> {
        self.service.asked(query, &self.ctx)
    }
}

impl Desk<LeadService> {
    /// Does an act.
    pub fn act<A: Act>(&mut self, act: A) -> Result<Done<A::Reply>> {
        let done = self.service.execute(act, &self.ctx)?;
        self.ctx.catalog = self.service.catalog();
        done.warnings.iter().for_each(|sentence| output::warn_scripts(sentence));
        Ok(done)
    }
}

impl Cli {
    /// The settings of the person, with what the command line says over them.
    pub fn new(globals: Globals) -> Result<Self> {
        let paths = Paths::of_user()?;
        let (config, mistakes) = Config::load(&paths, &env);
        Ok(Self { globals, paths, config, mistakes: mistakes.iter().map(ToString::to_string).collect() })
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.globals.db.clone().unwrap_or_else(|| self.config.database_path(&self.paths))
    }

    /// The login of the person at the keyboard.
    pub fn own_login(&self) -> String {
        self.config.user.clone().unwrap_or_else(|| config::login(&env))
    }

    /// The user that a new database is made for.
    pub fn first_user(&self) -> FirstUser {
        let login = self.globals.user.clone().unwrap_or_else(|| self.own_login());
        let name = self.config.name.clone().filter(|_| self.globals.user.is_none());
        FirstUser { name: name.unwrap_or_else(|| config::person_name(&login)), login }
    }

    /// Opens the database for reading; fails where there is none. One of an older format is brought up to date first, if it can be
    /// written.
    pub fn read(&self) -> Result<Desk<LeadReader>> {
        self.complain_about_settings();
        let mut service = LeadReader::open(&self.database())?;
        if service.is_behind()? {
            LeadService::open(&self.existing(), &self.first_user())?;
            service = LeadReader::open(&self.database())?;
        }
        let catalog = Arc::new(service.catalog()?);
        let drafts = self.drafts(&service.database_id()?);
        let acting = self.acting(&catalog)?;
        let ctx = self.context(catalog, acting, drafts);
        Ok(Desk { service, ctx })
    }

    /// Opens the database for writing; makes it where there is none.
    pub fn write(&self) -> Result<Desk<LeadService>> {
        self.open(&Opening { create: true, ..self.existing() })
    }

    /// Opens a database for writing that must be there.
    pub fn write_existing(&self) -> Result<Desk<LeadService>> {
        self.open(&self.existing())
    }

    /// Opens another database for writing, made where it is missing.
    pub fn write_at(&self, path: PathBuf) -> Result<Desk<LeadService>> {
        self.open(&Opening { path, create: true, ..self.existing() })
    }

    /// Whether the acting user is an admin of a database, for what puts another file in its place; `None` where it cannot be read.
    pub fn check_admin_of(&self, database: &Path, what: &str) -> Option<Result<()>> {
        let catalog = Arc::new(LeadReader::open(database).and_then(|reader| reader.catalog()).ok()?);
        let acting = self.acting(&catalog);
        Some(acting.and_then(|acting| access::check_admin(&self.context(catalog, acting, Vec::new()), what)))
    }

    fn existing(&self) -> Opening {
        Opening { wait: u64::from(self.globals.wait) * 1_000, ..Opening::existing(self.database()) }
    }

    fn open(&self, opening: &Opening) -> Result<Desk<LeadService>> {
        self.complain_about_settings();
        let is_new = !opening.path.exists();
        let first = self.first_user();
        let service = LeadService::open(opening, &first)?;
        let drafts = self.drafts(&service.database_id()?);
        let catalog = service.catalog();
        // whoever a new database is made for may work on it
        let acting = if is_new { known(&catalog, &first.login).map(who) } else { self.acting(&catalog) }?;
        let ctx = self.context(catalog, acting, drafts);
        Ok(Desk { service, ctx })
    }

    fn complain_about_settings(&self) {
        self.mistakes.iter().for_each(|mistake| output::warn(mistake));
    }

    fn drafts(&self, database_id: &str) -> Vec<RecordId> {
        drafts::list(&drafts::folder(&self.paths.state, database_id)).iter().filter_map(drafts::Draft::about).collect()
    }

    fn context(&self, catalog: Arc<Catalog>, (user, role): (i64, Role), drafts: Vec<RecordId>) -> Context {
        Context {
            user,
            role,
            origin: Origin::Cli,
            clock: Clock::System,
            ids: Ids::System,
            zone: self.config.zone,
            locale: self.config.locale(),
            catalog,
            progress: None,
            cancel: Cancel::default(),
            strict_disqualify: self.config.strict_disqualify,
            files: self.config.files.clone(),
            drafts: Arc::new(drafts),
        }
    }

    /// The acting user, who must be known; for another than oneself the admin role is needed.
    fn acting(&self, catalog: &Catalog) -> Result<(i64, Role)> {
        let own = self.own_login();
        let Some(asked) = self.globals.user.as_deref().filter(|asked| *asked != own) else {
            return known(catalog, &own).map(who);
        };
        let user = known(catalog, asked)?;
        let me = catalog.people.users.iter().find(|u| u.login.to_lowercase() == own.to_lowercase());
        match me {
            Some(me) if me.number == user.number || (me.active && me.role == Role::Admin) => Ok(who(user)),
            _ => Err(Error::refused(
                format!("acting as {} needs the admin role; {own} has not", user.login),
                "if that is you, say so by LEADBOOK_USER or `user` in config.toml",
            )),
        }
    }
}

/// A variable of the environment; one that is not Unicode is none.
pub fn env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Number and role of a user.
const fn who(user: &User) -> (i64, Role) {
    (user.number, user.role)
}

fn known<'a>(catalog: &'a Catalog, login: &str) -> Result<&'a User> {
    let wanted = login.to_lowercase();
    match catalog.people.users.iter().find(|u| u.login.to_lowercase() == wanted) {
        Some(user) if user.active => Ok(user),
        Some(user) => Err(Error::Denied(format!("{} cannot act in this database: the user is inactive", user.login))),
        None => Err(Error::Denied(format!(
            "{login} is no user of this database: say who you are with --as or LEADBOOK_USER, or let an admin run \
             `leadbook user add {login}`"
        ))),
    }
}
