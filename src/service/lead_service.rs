//! The door to the database: acts on the writing connection, questions on a reading one. Holds no rule of any entity.

use std::path::Path;
use std::sync::Arc;

use super::act::{Act, Done, Query, Tx};
use super::after;
use super::context::{Context, Ids};
use crate::error::{Error, Result};
use crate::model::catalog::Catalog;
use crate::model::entity::RecordId;
use crate::model::people::Role;
use crate::store::sqlite::{Interrupt, Mode, Opening, clean};
use crate::store::{self, Db, lists, people, setting};

/// Who is at the keyboard when a database is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstUser {
    /// The login.
    pub login: String,
    /// The name.
    pub name: String,
}

/// The service of one database: executes acts, one at a time.
pub struct LeadService {
    db: Db,
    catalog: Arc<Catalog>,
}

impl LeadService {
    /// Opens a database; a new one gets its first user, who is its admin, and the shipped lists.
    pub fn open(opening: &Opening, first: &FirstUser) -> Result<Self> {
        let mut db = Db::open(opening)?;
        if db.mode() == Mode::Write {
            seed(&mut db, first)?;
        }
        let catalog = Arc::new(lists::catalog(&db)?);
        Ok(Self { db, catalog })
    }

    /// Fields, choices and people as they are now.
    pub fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.catalog)
    }

    /// The connection, for what is neither act nor question: backups, checkpoints, checks.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Executes an act: whole, logged, or not at all.
    pub fn execute<A: Act>(&mut self, act: A, ctx: &Context) -> Result<Done<A::Reply>> {
        let done = self.db.write(|db| {
            let mut tx = Tx::new(db, ctx, act.name());
            let reply = act.run(&mut tx)?;
            after::run(&mut tx)?;
            tx.finish(reply)
        })?;
        if done.catalog_changed {
            self.reload()?;
        }
        Ok(done)
    }

    /// Answers a question on the writing connection.
    pub fn ask<Q: Query>(&self, query: &Q, ctx: &Context) -> Result<Q::Reply> {
        query.run(&self.db, ctx)
    }

    /// Which of these records are erased, or not in the database any more: what was typed about them belongs to nobody.
    pub fn gone(&self, records: &[RecordId]) -> Result<Vec<RecordId>> {
        let mut gone = Vec::new();
        for key in records {
            let registry = self.catalog.registry(key.entity);
            let is_there = match registry.find("erased_at") {
                Some(erased) => {
                    store::record::get(&self.db, registry, key.number)?.is_some_and(|record| record.get(erased).is_none())
                }
                None => store::record::exists(&self.db, *key)?,
            };
            if !is_there {
                gone.push(*key);
            }
        }
        Ok(gone)
    }

    /// Cleans up what an erasure left in the file, see [`clean::run`]; false comes back where nothing is due.
    pub fn clean_up(&mut self, advance: &mut dyn FnMut(u64, u64) -> Result<()>) -> Result<bool> {
        if self.db.mode() != Mode::Write || !clean::is_due(&self.db)? {
            return Ok(false);
        }
        clean::run(&mut self.db, advance).map(|()| true)
    }

    /// Reads the catalog again, because this or another process changed it.
    pub fn reload(&mut self) -> Result<()> {
        self.catalog = Arc::new(lists::catalog(&self.db)?);
        Ok(())
    }

    /// The identity of the database, which names its drafts.
    pub fn database_id(&self) -> Result<String> {
        Ok(setting::get(&self.db, DATABASE_ID)?.unwrap_or_default())
    }
}

/// Answers questions on a connection of its own.
pub struct LeadReader {
    db: Db,
}

impl LeadReader {
    /// Opens a reading connection to an existing database.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self { db: Db::open_reader(path)? })
    }

    /// Answers a question; all of it sees one state of the database.
    pub fn ask<Q: Query>(&self, query: &Q, ctx: &Context) -> Result<Q::Reply> {
        self.db.snapshot(|db| query.run(db, ctx))
    }

    /// Whether the file is of an older format, which lacks some of what can be asked; opening it for writing brings it up to date.
    pub fn is_behind(&self) -> Result<bool> {
        self.db.is_behind()
    }

    /// By which another thread stops the running question.
    pub fn interrupter(&self) -> Interrupt {
        self.db.interrupter()
    }

    /// The catalog as it is now.
    pub fn catalog(&self) -> Result<Catalog> {
        self.db.snapshot(lists::catalog)
    }

    /// The identity of the database, which names its drafts.
    pub fn database_id(&self) -> Result<String> {
        Ok(setting::get(&self.db, DATABASE_ID)?.unwrap_or_default())
    }

    /// A number that changes when somebody else has written.
    pub fn data_version(&self) -> Result<i64> {
        self.db.data_version()
    }
}

const DATABASE_ID: &str = "database_id";

fn seed(db: &mut Db, first: &FirstUser) -> Result<()> {
    if setting::get(db, DATABASE_ID)?.is_some() {
        return Ok(());
    }
    if first.login.trim().is_empty() {
        return Err(Error::invalid("user", "the first user needs a login; say `--as NAME` or set LEADBOOK_USER"));
    }
    let ids = Ids::System;
    db.write(|db| {
        if setting::get(db, DATABASE_ID)?.is_some() {
            return Ok(());
        }
        setting::put(db, DATABASE_ID, &ids.make().to_string())?;
        let unit = people::add_unit(db, ids.make(), "Organization", None)?;
        people::add_user(db, ids.make(), &first.login, &first.name, Role::Admin, true, unit)?;
        lists::seed(db)
    })
}
