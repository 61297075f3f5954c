//! A file written out of the database: into a folder under a harmless name, or to a new file. It follows no link that a stranger may
//! have laid in its place, and writes over nothing.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::fs::{AtFlags, Mode, OFlags, RenameFlags};

use crate::error::{Error, Result};
use crate::model::attachment::{Attachment, numbered_name, safe_name, show_size};
use crate::service::act::Query;
use crate::service::context::Context;
use crate::store::sqlite::backup;
use crate::store::{self, Db};

/// Where a file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into this folder, under its own name made harmless; ` (2)` and so on where that is taken.
    Folder(PathBuf),
    /// Into this folder under its own name made harmless, which must be free.
    Free(PathBuf),
    /// To this file, which must not exist.
    File(PathBuf),
    /// The same as [`Self::Folder`], in a folder that is made for this user alone where it is not there yet.
    Private(PathBuf),
}

/// Writes a file out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveAttachment {
    /// The file's number.
    pub file: i64,
    /// Where.
    pub to: Place,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The file.
    pub file: Attachment,
    /// Where it is.
    pub path: PathBuf,
}

/// The most names that are tried in a folder.
const NAMES: usize = 1_000;
/// Bytes between two words about how far it is.
const STEP: u64 = 1 << 20;

impl Query for SaveAttachment {
    type Reply = Saved;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Saved> {
        let file = store::attachment::need(db, self.file)?;
        let own = safe_name(&file.name);
        let (folder, name, many) = match &self.to {
            Place::Folder(folder) => (folder.as_path(), own, true),
            Place::Private(folder) => {
                make_private(folder)?;
                (folder.as_path(), own, true)
            }
            Place::Free(folder) => (folder.as_path(), own, false),
            Place::File(path) => (parent(path), file_name(path)?, false),
        };
        let target = Target::new(folder)?;
        let size = file.size.unsigned_abs();
        let free = backup::free(folder)?;
        if size > free {
            let (size, free) = (show_size(size), show_size(free));
            return Err(Error::Full(format!("{name} has {size}, and {free} are free in {}", folder.display())));
        }
        let path = target.write(db, ctx, &file, &name, many)?;
        Ok(Saved { file, path })
    }
}

/// Makes a folder that only this user can look into. One that is there must be such a folder already, and no link to another.
fn make_private(folder: &Path) -> Result<()> {
    use std::os::unix::fs::{DirBuilderExt, MetadataExt};
    let failed = |e: std::io::Error| Error::io(folder.display(), &e);
    match std::fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            let found = std::fs::symlink_metadata(folder).map_err(failed)?;
            let own = found.is_dir() && found.uid() == rustix::process::getuid().as_raw() && found.mode() & 0o077 == 0;
            if own { Ok(()) } else { Err(Error::refused(format!("{} is not private", folder.display()), "remove it first")) }
        }
        done => done.map_err(failed),
    }
}

/// The folder that a path lies in.
fn parent(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn file_name(path: &Path) -> Result<String> {
    let name = path.file_name().and_then(OsStr::to_str);
    name.map(str::to_owned).ok_or_else(|| Error::refused(format!("{} names no file", path.display()), "name a file in a folder"))
}

/// A folder that files are written into. All names in it are taken from the open folder, so that nobody can put another in its place.
struct Target<'a> {
    path: &'a Path,
    folder: OwnedFd,
}

impl<'a> Target<'a> {
    fn new(path: &'a Path) -> Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let folder = rustix::fs::open(path, flags, Mode::empty()).map_err(|e| match e {
            rustix::io::Errno::NOENT => Error::refused(format!("there is no folder {}", path.display()), "make it first"),
            rustix::io::Errno::NOTDIR => Error::refused(format!("{} is no folder", path.display()), "name a folder"),
            other => Error::io(path.display(), &other.into()),
        })?;
        Ok(Self { path, folder })
    }

    fn failed(&self, name: &str, error: rustix::io::Errno) -> Error {
        Error::io(self.path.join(name).display(), &error.into())
    }

    /// Writes it whole beside its place, then gives it its name, unless something has that by now.
    fn write(&self, db: &Db, ctx: &Context, file: &Attachment, name: &str, many: bool) -> Result<PathBuf> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let aside = format!(".leadbook-{}-{}.part", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let opened = rustix::fs::openat(&self.folder, &aside, flags, Mode::RUSR | Mode::WUSR);
        let mut out = File::from(opened.map_err(|e| self.failed(name, e))?);
        let written = fill(db, ctx, file, &mut out, self.path).and_then(|()| self.named(&aside, name, many));
        if written.is_err() {
            // what is half written helps nobody
            let _ = rustix::fs::unlinkat(&self.folder, &aside, AtFlags::empty());
        }
        written
    }

    /// Gives the file `aside` its name, or the first numbered one that is free.
    fn named(&self, aside: &str, name: &str, many: bool) -> Result<PathBuf> {
        let names = (1..=NAMES).map(|n| if n == 1 { name.to_owned() } else { numbered_name(name, n) });
        for name in names.take(if many { NAMES } else { 1 }) {
            match self.rename(aside, &name) {
                Ok(()) => return Ok(self.path.join(name)),
                Err(rustix::io::Errno::EXIST) => {}
                Err(error) => return Err(self.failed(&name, error)),
            }
        }
        let what = format!("{} exists already", self.path.join(name).display());
        Err(Error::refused(what, "name a file that does not exist yet"))
    }

    /// Renames within the folder, over nothing.
    fn rename(&self, aside: &str, name: &str) -> rustix::io::Result<()> {
        match rustix::fs::renameat_with(&self.folder, aside, &self.folder, name, RenameFlags::NOREPLACE) {
            // not every file system can rename so; a second name is as safe
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {
                rustix::fs::linkat(&self.folder, aside, &self.folder, name, AtFlags::empty())?;
                rustix::fs::unlinkat(&self.folder, aside, AtFlags::empty())
            }
            done => done,
        }
    }
}

/// Writes what is in a file, and waits until the disk has it.
fn fill(db: &Db, ctx: &Context, file: &Attachment, out: &mut File, folder: &Path) -> Result<()> {
    let failed = |e: std::io::Error| Error::io(folder.display(), &e);
    let (mut done, mut said) = (0_u64, 0_u64);
    store::blob::read(db, file.content, &mut |bytes| {
        out.write_all(bytes).map_err(failed)?;
        done += bytes.len() as u64;
        if done >= said + STEP {
            said = done;
            ctx.advance(done, file.size.unsigned_abs())?;
        }
        Ok(())
    })?;
    out.sync_all().map_err(failed)
}
