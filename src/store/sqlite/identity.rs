//! Whether the file under the path is still the one that was opened. Reads no content.

use std::fs::{File, OpenOptions};
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

/// The only hold on a database file, kept until it is dropped; `None` where there is no file. [`Error::Refused`] while another
/// process has the file open: SQLite keeps a lock on it for as long as it does. Not to be asked by a process that has the file
/// open itself, as its own locks do not count and go when this one goes.
pub fn alone(path: &Path) -> Result<Option<File>> {
    let file = match OpenOptions::new().read(true).write(true).open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Error::io(path.display(), &e)),
    };
    match rustix::fs::fcntl_lock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(rustix::io::Errno::AGAIN | rustix::io::Errno::ACCESS) => Err(Error::refused(
            format!("another program has {} open", path.display()),
            "quit every leadbook that works on it, then do it again",
        )),
        Err(e) => Err(Error::io(path.display(), &e.into())),
    }
}
