//! Opening a database file: what is ours, what is too new, what can only be read. Never initialises an existing file.

use std::cell::Cell;
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::{Db, backup, errors, functions, identity, migrate};
use crate::error::{Error, Result};

/// What a connection may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Reads and writes.
    Write,
    /// Reads, because that is all it is for.
    Read,
    /// Reads, because the file or its folder cannot be written.
    ReadOnlyFile,
}

/// How a database is to be opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The file.
    pub path: PathBuf,
    /// Whether a missing file is made.
    pub create: bool,
    /// How long a write waits for another process, in milliseconds.
    pub wait: u64,
}

impl Opening {
    /// Opens `path`, which must exist, and waits five seconds for others.
    pub fn existing(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), create: false, wait: 5_000 }
    }

    /// The same, but makes a missing file.
    pub fn or_create(path: impl Into<PathBuf>) -> Self {
        Self { create: true, ..Self::existing(path) }
    }
}

impl Db {
    /// The writing connection: makes the file if asked, migrates an older one after a backup.
    ///
    /// Errors: [`Error::NotFound`] without a file, [`Error::Damaged`] for what is not ours, [`Error::Newer`] for a later
    /// format. A file that cannot be written is opened for reading and says so in [`Db::mode`].
    pub fn open(opening: &Opening) -> Result<Self> {
        let path = absolute(&opening.path)?;
        if opening.create && !exists(&path)? {
            create(&path)?;
        }
        check_file(&path)?;
        let mode = if writable(&path) { Mode::Write } else { Mode::ReadOnlyFile };
        let mut db = connect(&path, mode)?;
        db.wait(opening.wait)?;
        let version = migrate::check_ours(&db)?;
        if mode == Mode::Write {
            prepare_writing(&db)?;
            if version < migrate::newest() {
                backup::take(&db, "before-migration", true)?;
                migrate::run(&mut db)?;
            }
        }
        Ok(db)
    }

    /// A connection that only reads, for a thread beside the writer's.
    pub fn open_reader(path: &Path) -> Result<Self> {
        let path = absolute(path)?;
        check_file(&path)?;
        let db = connect(&path, if writable(&path) { Mode::Read } else { Mode::ReadOnlyFile })?;
        migrate::check_ours(&db)?;
        db.wait(5_000)?;
        Ok(db)
    }

    /// Whether the file is of an older format than this program writes.
    pub fn is_behind(&self) -> Result<bool> {
        migrate::is_behind(self)
    }
}

fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).map_err(|e| Error::io(path.display(), &e))
}

fn missing(path: &Path) -> Error {
    Error::NotFound(format!("there is no database at {}; a command that writes makes it, or start `leadbook`", path.display()))
}

/// Memory for pages in KiB.
const MEMORY: u32 = 16_384;
/// The same in a transaction that writes much and reads little of it again.
const BULK_MEMORY: u32 = 4_096;

/// How a file of SQLite begins.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

fn exists(path: &Path) -> Result<bool> {
    path.try_exists().map_err(|e| Error::io(path.display(), &e))
}

/// Refuses what is missing, is not a file, or does not begin as a database does. SQLite itself would take a file of a few bytes
/// for a new one and write over it.
fn check_file(path: &Path) -> Result<()> {
    match std::fs::metadata(path) {
        Ok(meta) if !meta.is_file() => return Err(Error::Damaged(format!("{} is not a file", path.display()))),
        Ok(meta) if meta.len() == 0 => {
            return Err(Error::Damaged(format!("{} is empty: something cut it off; nothing was written to it", path.display())));
        }
        Ok(_) => {}
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(missing(path)),
        Err(e) => return Err(Error::io(path.display(), &e)),
    }
    let mut begin = [0; MAGIC.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    match read {
        Ok(()) if begin == *MAGIC => Ok(()),
        Err(e) if e.kind() != std::io::ErrorKind::UnexpectedEof => Err(Error::io(path.display(), &e)),
        _ => Err(Error::Damaged(format!("{} is not a leadbook database; it was left as it is", path.display()))),
    }
}

/// Makes a whole database beside its place and puts it there in one step: neither a kill nor a full disk leaves half of one. One
/// that another process made meanwhile stays.
fn create(path: &Path) -> Result<()> {
    if let Some(folder) = path.parent() {
        private_folder(folder)?;
    }
    let aside = path.with_added_extension(format!("new-{}", std::process::id()));
    let made = fill(&aside).and_then(|()| match std::fs::hard_link(&aside, path) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        // not every file system has a second name for a file
        Err(_) => std::fs::rename(&aside, path).map_err(|e| Error::io(path.display(), &e)),
    });
    for end in ["", "-wal", "-shm", "-journal"] {
        // none of them has to be there
        let _ = std::fs::remove_file(format!("{}{end}", aside.display()));
    }
    made
}

/// Makes a private file with every step of the format taken.
fn fill(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map_err(|e| Error::io(path.display(), &e))?;
    let mut db = connect(path, Mode::Write)?;
    prepare_writing(&db)?;
    migrate::initialise(&mut db)
}

/// Makes a folder that only its owner can look into; an existing one is left as it is.
pub(super) fn private_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(|e| Error::io(folder.display(), &e))
}

/// Whether SQLite could write the file and the log beside it.
fn writable(path: &Path) -> bool {
    let folder = path.parent().unwrap_or(Path::new("."));
    let allowed = |p: &Path| rustix::fs::access(p, rustix::fs::Access::WRITE_OK).is_ok();
    allowed(path) && allowed(folder)
}

fn connect(path: &Path, mode: Mode) -> Result<Db> {
    let common = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let conn = match mode {
        Mode::Write | Mode::Read => Connection::open_with_flags(path, common | OpenFlags::SQLITE_OPEN_READ_WRITE),
        Mode::ReadOnlyFile => open_unwritable(path, common),
    }
    .map_err(errors::translate)?;
    let db =
        Db { conn, path: path.to_owned(), mode, seen: identity::of(path), writing: Cell::new(false), owes: Cell::new(false) };
    configure(&db)?;
    Ok(db)
}

/// A log that cannot be written keeps even readers out, unless SQLite is told that nobody writes.
fn open_unwritable(path: &Path, common: OpenFlags) -> rusqlite::Result<Connection> {
    let flags = common | OpenFlags::SQLITE_OPEN_READ_ONLY;
    let conn = Connection::open_with_flags(path, flags)?;
    if conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).is_ok() {
        return Ok(conn);
    }
    let escaped: String = path
        .to_string_lossy()
        .chars()
        .flat_map(|c| match c {
            '?' => "%3f".chars().collect::<Vec<_>>(),
            '#' => "%23".chars().collect(),
            '%' => "%25".chars().collect(),
            other => vec![other],
        })
        .collect();
    Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)
}

fn configure(db: &Db) -> Result<()> {
    let conn = &db.conn;
    conn.set_prepared_statement_cache_capacity(128);
    functions::register(conn)?;
    conn.execute_batch(&format!(
        "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -{MEMORY};",
    ))
    .map_err(errors::translate)?;
    match db.mode {
        Mode::Write => Ok(()),
        Mode::Read | Mode::ReadOnlyFile => conn.execute_batch("PRAGMA query_only = ON").map_err(errors::translate),
    }
}

/// What writes need. Changes the file, so it must be known to be ours.
fn prepare_writing(db: &Db) -> Result<()> {
    db.conn
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
             PRAGMA journal_size_limit = 67108864;",
        )
        .map_err(errors::translate)?;
    set_bulk(db, false)
}

/// The usual memory for pages, in KiB, and the log from which on a commit moves it into the file, in pages; or those of a transaction
/// that writes much: little memory, and no moving.
pub(super) fn set_bulk(db: &Db, on: bool) -> Result<()> {
    let (memory, pages) = if on { (BULK_MEMORY, 0) } else { (MEMORY, 4_096) };
    let sql = format!("PRAGMA cache_size = -{memory}; PRAGMA wal_autocheckpoint = {pages}");
    db.conn.execute_batch(&sql).map_err(errors::translate)
}
