//! Whether the file under the path is still the one that was opened. Reads no content.

use std::path::Path;

use crate::error::{Error, Result};

/// Device and inode of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileIdentity {
    device: u64,
    inode: u64,
}

/// The identity of the file at a path; `None` where the system has none.
pub fn of(path: &Path) -> Option<FileIdentity> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let meta = std::fs::metadata(path).ok()?;
        Some(FileIdentity { device: meta.dev(), inode: meta.ino() })
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// Refuses to go on when the file was removed or replaced while it was open: what is written then would be lost unseen.
pub fn still_there(path: &Path, seen: Option<&FileIdentity>) -> Result<()> {
    match seen {
        Some(seen) if of(path).as_ref() != Some(seen) => Err(Error::Damaged(format!(
            "{} was moved or replaced by another program while it was open; quit, look where it is, and start again",
            path.display()
        ))),
        _ => Ok(()),
    }
}
