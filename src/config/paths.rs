//! Where leadbook's files lie: the XDG folders, and nothing outside them.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::whole::private_folder;
use crate::error::{Error, Result};

/// The folders of this user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// config.toml, keys.toml, themes.
    pub config: PathBuf,
    /// The database and its backups.
    pub data: PathBuf,
    /// What is remembered between starts, and drafts.
    pub state: PathBuf,
}

impl Paths {
    /// The folders that XDG_CONFIG_HOME, XDG_DATA_HOME and XDG_STATE_HOME name, or the usual ones in the home folder.
    pub fn of_user() -> Result<Self> {
        let base = etcetera::choose_base_strategy().map_err(|_| {
            Error::refused("your home folder is not known", "set HOME, or XDG_CONFIG_HOME, XDG_DATA_HOME and XDG_STATE_HOME")
        })?;
        let state = base.state_dir().unwrap_or_else(|| base.data_dir());
        Ok(Self {
            config: base.config_dir().join("leadbook"),
            data: base.data_dir().join("leadbook"),
            state: state.join("leadbook"),
        })
    }

    /// All three folders under one; for demonstrations and tests.
    pub fn under(root: &Path) -> Self {
        Self { config: root.join("config"), data: root.join("data"), state: root.join("state") }
    }

    /// The settings.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The person's own keys.
    pub fn keys_file(&self) -> PathBuf {
        self.config.join("keys.toml")
    }

    /// The person's own themes.
    pub fn themes(&self) -> PathBuf {
        self.config.join("themes")
    }

    /// The database that is opened when none is named.
    pub fn default_database(&self) -> PathBuf {
        self.data.join("leads.db")
    }

    /// What is remembered between starts.
    pub fn state_file(&self) -> PathBuf {
        self.state.join("state.toml")
    }

    /// The drafts of the database with this id.
    pub fn drafts(&self, database: &str) -> PathBuf {
        self.state.join("drafts").join(database)
    }

    /// Makes the folders that are missing, for this user alone. Needed before writing, never before reading.
    pub fn make(&self) -> Result<()> {
        [&self.config, &self.data, &self.state].into_iter().try_for_each(|folder| private_folder(folder))
    }
}
