//! A folder that is there for the time of a command. Holds nothing that is kept.

use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// A private folder, removed with this value.
pub struct Scratch(PathBuf);

impl Scratch {
    /// A new folder among the system's temporary ones.
    pub fn new() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("leadbook-{}", uuid::Uuid::now_v7()));
        let made = std::fs::DirBuilder::new().mode(0o700).create(&path);
        made.map_err(|e| Error::io(path.display(), &e))?;
        Ok(Self(path))
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // what cannot be removed here is the system's to clear away
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
