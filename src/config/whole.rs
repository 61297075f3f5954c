//! Small files of the person's: read with a limit, written whole and private. Knows nothing of what they say.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::error::{Error, Result};

/// The most that a file of settings may hold, in bytes.
const LIMIT: u64 = 1 << 20;

/// Makes a folder and those above it, for this user alone (0700); one that is there is left as it is.
pub fn private_folder(path: &Path) -> Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|e| Error::io(path.display(), &e))
}

/// Reads a text file of at most a megabyte; none when it does not exist.
pub fn read_small(path: &Path) -> Result<Option<String>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Error::io(path.display(), &e)),
    };
    let mut bytes = Vec::new();
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|e| Error::io(path.display(), &e))?;
    if bytes.len() as u64 > LIMIT {
        return Err(Error::Io(format!("{}: larger than a megabyte, so it is not read", path.display())));
    }
    let text = String::from_utf8(bytes).map_err(|_| Error::Damaged(format!("{}: not UTF-8 text", path.display())))?;
    Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
}

/// Writes a file so that a reader sees the old or the new content, never a part; it is this user's alone (0600).
///
/// A symbolic link is followed, so that what it points to is written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let beside = beside(&target);
    let write = || -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&beside, &target)
    };
    write().map_err(|e| {
        // the half-written file is worth nothing; that it cannot be removed changes nothing
        let _ = std::fs::remove_file(&beside);
        Error::io(path.display(), &e)
    })
}

/// A name in the same folder that nobody else uses.
fn beside(path: &Path) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{}-{count}", std::process::id()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_is_written_whole_and_private() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("a/b");
        private_folder(&folder).unwrap();
        assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        let path = folder.join("x.toml");
        assert_eq!(read_small(&path), Ok(None));
        write_whole(&path, b"one").unwrap();
        write_whole(&path, "\u{feff}two".as_bytes()).unwrap();
        assert_eq!(read_small(&path), Ok(Some("two".into())));
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    }

    #[test]
    fn a_link_stays_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let (real, link) = (dir.path().join("real.toml"), dir.path().join("link.toml"));
        std::fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write_whole(&link, b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read_to_string(&real).unwrap(), "new");
    }

    #[test]
    fn what_is_no_text_or_too_large_is_said_so() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        std::fs::write(&path, [0xff, 0xfe, 0x00]).unwrap();
        assert!(read_small(&path).unwrap_err().headline().contains("UTF-8"));
        std::fs::write(&path, vec![b'a'; (LIMIT + 1) as usize]).unwrap();
        assert!(read_small(&path).unwrap_err().headline().contains("megabyte"));
    }
}
