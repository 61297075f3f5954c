//! `backup`: a whole copy of the database.

use std::path::PathBuf;

use serde_json::json;

use super::open::Cli;
use super::output::Out;
use crate::error::{Error, Result};
use crate::store::Db;
use crate::store::sqlite::backup;

/// Copy the whole database into a new file; without FILE into the folder of its backups, where seven are kept
#[derive(Debug, clap::Args)]
pub struct Backup {
    /// The new file
    file: Option<PathBuf>,
}

impl Backup {
    /// Copies it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let db = Db::open_reader(&cli.database())?;
        let path = match self.file {
            Some(path) => backup::write(&db, &path).map(|()| path)?,
            None => backup::take(&db, "by-hand", true)?
                .ok_or_else(|| Error::Internal("a backup was left out that was asked for".into()))?,
        };
        let name = path.display().to_string();
        if cli.globals.json {
            out.json(&json!({ "made": [name] }))?
        } else {
            out.line(&name)?
        }
        Ok(0)
    }
}
