//! Whole copies of a database beside it, seven kept. Restores nothing by itself.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::{Db, Mode, errors, identity, open};
use crate::error::{Error, Result};
use crate::model::entity::RecordId;
use crate::store::setting;

/// How many automatic backups are kept.
pub const KEPT: usize = 7;

/// A backup file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// When it was taken, in µs UTC.
    pub at: i64,
}

/// The folder of a database's backups.
pub fn folder(database: &Path) -> PathBuf {
    let mut name = database.file_stem().unwrap_or_default().to_os_string();
    name.push("-backups");
    database.with_file_name(name)
}

/// Copies the database into its backup folder and removes the oldest above [`KEPT`]. `required` makes a lack of space an error;
/// otherwise a backup that does not fit is left out and `None` comes back.
pub fn take(db: &Db, why: &str, required: bool) -> Result<Option<PathBuf>> {
    let folder = folder(db.path());
    open::private_folder(&folder)?;
    let size = std::fs::metadata(db.path()).map_or(0, |m| m.len());
    if !fits(&folder, size)? {
        if required {
            return Err(Error::Full(format!(
                "a backup of {} needs {} MB in {}",
                db.path().display(),
                size / 1_000_000 + 1,
                folder.display()
            )));
        }
        return Ok(None);
    }
    let stamp = Utc::now().format("%Y%m%d-%H%M%S%.6f");
    let path = folder.join(format!("{stamp}-{why}.db"));
    write(db, &path)?;
    for old in list(db.path())?.into_iter().skip(KEPT) {
        // A backup that cannot be removed costs space and nothing else.
        let _ = std::fs::remove_file(old.path);
    }
    Ok(Some(path))
}

/// Copies the database to a file that must not exist: written aside, synced, then renamed.
pub fn write(db: &Db, path: &Path) -> Result<()> {
    if path.exists() {
        return Err(Error::refused(format!("{} exists already", path.display()), "name a file that does not exist yet"));
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        let what = format!("the backup cannot be written: there is no folder {}", folder.display());
        return Err(Error::refused(what, "make it first, or name a file in another"));
    }
    let mut aside = path.as_os_str().to_owned();
    aside.push(".part");
    let aside = PathBuf::from(aside);
    let _ = std::fs::remove_file(&aside);
    let result = copy(db, &aside).and_then(|()| {
        std::fs::File::open(&aside).and_then(|f| f.sync_all()).map_err(|e| Error::io(aside.display(), &e))?;
        std::fs::rename(&aside, path).map_err(|e| Error::io(path.display(), &e))
    });
    if result.is_err() {
        let _ = std::fs::remove_file(&aside);
    }
    result
}

fn copy(db: &Db, to: &Path) -> Result<()> {
    let target = to.to_str().ok_or_else(|| Error::Io(format!("{} is not a name in Unicode", to.display())))?;
    // A connection that only reads refuses even this, which writes nothing but the copy.
    let reads_only = db.mode() != Mode::Write;
    let query_only = |on: bool| db.conn.pragma_update(None, "query_only", on).map_err(errors::translate);
    if reads_only {
        query_only(false)?;
    }
    let copied = db.conn.execute("VACUUM INTO ?1", [target]).map_err(errors::translate);
    if reads_only {
        query_only(true)?;
    }
    copied?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(to, std::fs::Permissions::from_mode(0o600)).map_err(|e| Error::io(to.display(), &e))?;
    }
    Ok(())
}

/// The backups of a database, newest first.
pub fn list(database: &Path) -> Result<Vec<Backup>> {
    files(&folder(database), |name| name.ends_with(".db"))
}

/// The files of a folder with such names, the last name first; none where there is no folder.
fn files(folder: &Path, is_one: impl Fn(&str) -> bool) -> Result<Vec<Backup>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Error::io(folder.display(), &e)),
    };
    let mut found: Vec<Backup> = entries
        .flatten()
        .filter(|entry| is_one(&entry.file_name().to_string_lossy()))
        .filter_map(|entry| {
            let meta = entry.metadata().ok()?;
            let at = meta.modified().map(|t| DateTime::<Utc>::from(t).timestamp_micros()).unwrap_or_default();
            Some(Backup { path: entry.path(), size: meta.len(), at })
        })
        .collect();
    found.sort_by(|a, b| b.path.file_name().cmp(&a.path.file_name()));
    Ok(found)
}

/// A copy of a database that still holds what was, or is to be, erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The copy.
    pub backup: Backup,
    /// Whether it could be looked into; one that could not may hold anything.
    pub readable: bool,
}

/// The copies of a database, newest first, that hold one of these records as it was before it was erased: backups, and what restoring
/// a backup left beside the database.
pub fn holding(database: &Db, records: &[RecordId]) -> Result<Vec<Holding>> {
    let own = setting::get(database, "database_id")?;
    let mut found = Vec::new();
    for backup in copies(database.path())? {
        match holds(&backup.path, own.as_deref(), records) {
            Ok(false) => {}
            Ok(true) => found.push(Holding { backup, readable: true }),
            Err(_) => found.push(Holding { backup, readable: false }),
        }
    }
    Ok(found)
}

/// Every copy that this program made of a database, also one that was never completed.
fn copies(database: &Path) -> Result<Vec<Backup>> {
    let mut found = list(database)?;
    let stem = database.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let beside = |name: &str| name.starts_with(&format!("{stem}.before-restore-")) && name.ends_with(".db");
    found.extend(files(database.parent().unwrap_or(Path::new(".")), beside)?);
    found.extend(files(&folder(database), |name| name.ends_with(".db.part"))?);
    Ok(found)
}

fn holds(copy: &Path, own: Option<&str>, records: &[RecordId]) -> Result<bool> {
    let db = Db::open_reader(copy)?;
    if setting::get(&db, "database_id")?.as_deref() != own {
        return Ok(false);
    }
    for key in records {
        let table = key.entity.name();
        let has = |sql: &str| Ok::<_, Error>(db.number(sql, &[table.into()])? > 0);
        if !has("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $1")? {
            continue;
        }
        let marked = has("SELECT count(*) FROM pragma_table_info($1) WHERE name = 'erased_at'")?;
        let still = if marked { " AND erased_at IS NULL" } else { "" };
        if db.number(&format!("SELECT count(*) FROM {table} WHERE number = $1{still}"), &[key.number.into()])? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Removes a copy with what stands beside it.
pub fn remove(copy: &Path) -> Result<()> {
    for beside in [wal(copy), shm(copy), with_suffix(copy, "-journal")] {
        // none of them has to be there
        let _ = std::fs::remove_file(beside);
    }
    std::fs::remove_file(copy).map_err(|e| Error::io(copy.display(), &e))
}

/// Whether `size` bytes and a tenth more are free in a folder.
pub fn fits(folder: &Path, size: u64) -> Result<bool> {
    Ok(free(folder)? > size + size / 10)
}

/// The bytes that are free in a folder.
pub fn free(folder: &Path) -> Result<u64> {
    let stat = rustix::fs::statvfs(folder).map_err(|e| Error::io(folder.display(), &e.into()))?;
    Ok(stat.f_bavail.saturating_mul(stat.f_frsize))
}

/// Puts a backup in the place of a database that nobody has open; what stood there is kept beside it under a new name.
///
/// Returns the name under which the former file is kept, if there was one.
///
/// [`Error::Refused`] while another process has the database open.
pub fn restore(database: &Path, from: &Path) -> Result<Option<PathBuf>> {
    let place = |path: &Path| path.canonicalize().ok();
    if place(database).is_some() && place(database) == place(from) {
        return Err(Error::refused(format!("{} is the database itself", from.display()), "name one of its backups"));
    }
    let _alone = identity::alone(database)?;
    if let Some(folder) = database.parent().filter(|f| !f.as_os_str().is_empty()) {
        open::private_folder(folder)?;
    }
    let source = Db::open_reader(from)?;
    let verdict = source.rows("PRAGMA quick_check(1)", &[], |row| Ok(row.text(0)?.to_owned()))?;
    if verdict != ["ok"] {
        return Err(Error::Damaged(format!("{} is damaged itself: {}", from.display(), verdict.join(", "))));
    }
    let stamp = Utc::now().format("%Y%m%d-%H%M%S%.6f");
    let aside = database.with_extension(format!("new-{stamp}"));
    write(&source, &aside)?;
    let kept = if database.exists() {
        let kept = database.with_extension(format!("before-restore-{stamp}.db"));
        // The log belongs to the file that is kept: without it the newest changes would be missing from it.
        for (from, to) in [(wal(database), wal(&kept)), (shm(database), shm(&kept))] {
            if from.exists() {
                std::fs::rename(&from, &to).map_err(|e| Error::io(from.display(), &e))?;
            }
        }
        std::fs::rename(database, &kept).map_err(|e| Error::io(database.display(), &e))?;
        Some(kept)
    } else {
        None
    };
    std::fs::rename(&aside, database).map_err(|e| Error::io(database.display(), &e))?;
    Ok(kept)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The write-ahead log of a database.
pub fn wal(database: &Path) -> PathBuf {
    with_suffix(database, "-wal")
}

/// The shared memory file of a database.
pub fn shm(database: &Path) -> PathBuf {
    with_suffix(database, "-shm")
}
