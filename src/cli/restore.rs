//! `restore`: a backup in the place of the database; without one, the list of the backups.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::open::Cli;
use super::output::{Out, tell};
use super::table;
use crate::error::{Error, Result};
use crate::model::dates::{rfc3339_utc, show_instant};
use crate::store::sqlite::backup;

/// Put a backup in the place of the database; without FILE list the backups; needs the admin role
///
/// What stood there is kept beside it under a new name. Nothing is done while another program has the database open.
#[derive(Debug, clap::Args)]
pub struct Restore {
    /// The backup: a path, or the name of one in the folder of backups
    file: Option<PathBuf>,
}

impl Restore {
    /// Restores or lists.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let database = cli.database();
        let Some(file) = self.file else { return list(cli, out, &database) };
        let file = found(file, &database)?;
        // of a database that is gone or damaged the backup tells who its admins are
        let asked = [&database, &file].into_iter().find_map(|path| cli.check_admin_of(path, "putting a backup in its place"));
        asked.transpose()?;
        let kept = backup::restore(&database, &file)?;
        let kept = kept.map(|path| path.display().to_string());
        if cli.globals.json {
            out.json(&json!({ "restored": database.display().to_string(), "from": file.display().to_string(), "kept": kept }))?;
            return Ok(0);
        }
        tell(&format!("Restored {} from {}", database.display(), file.display()));
        match kept {
            Some(kept) => out.line(&format!("what stood there is kept as {kept}"))?,
            None => out.line("there was no database before")?,
        }
        Ok(0)
    }
}

/// A path as it is, or the name of a backup.
fn found(file: PathBuf, database: &Path) -> Result<PathBuf> {
    if file.exists() {
        return Ok(file);
    }
    let beside = backup::folder(database).join(&file);
    if beside.is_file() {
        return Ok(beside);
    }
    Err(Error::NotFound(format!("there is no backup {}; `leadbook restore` lists them", file.display())))
}

fn list(cli: &Cli, out: &mut Out, database: &Path) -> Result<u8> {
    let backups = backup::list(database)?;
    if cli.globals.json {
        let rows = backups.iter().map(|b| json!({"file": b.path.display().to_string(), "size": b.size, "at": rfc3339_utc(b.at)}));
        out.json(&Json::Array(rows.collect()))?;
        return Ok(0);
    }
    if backups.is_empty() {
        tell(&format!("there is no backup in {}; `leadbook backup` takes one", backup::folder(database).display()));
        return Ok(0);
    }
    let rows: Vec<Vec<String>> = backups
        .iter()
        .map(|b| {
            let name = b.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            vec![name, show_instant(b.at, cli.config.zone), format!("{:.1} MB", b.size as f64 / 1e6)]
        })
        .collect();
    table::write(out, &["Backup", "Taken", "Size"], vec![false, false, true], &rows)?;
    Ok(0)
}
