//! What is in a file, from the disk or from memory into the database: checked first, then streamed. Decides nothing about records.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use crate::error::{Error, Problem, Result};
use crate::model::attachment::{kept_name, kind, show_size};
use crate::service::act::Tx;
use crate::store::blob::{self, Content};
use crate::store::sqlite::ahead::make_room;
use crate::store::sqlite::backup;

/// Bytes between two words about how far it is.
const STEP: u64 = 1 << 20;
/// Bytes by which a file is known.
const BEGIN: usize = 512;
/// What the database needs beside the file itself, in bytes: it stands in the log first, then in the database.
const BESIDE: u64 = 16_000_000;

/// A file whose content is stored and which can be put on records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// The name that is kept.
    pub name: String,
    /// What it is.
    pub mime: &'static str,
    /// What is in it.
    pub content: Content,
}

/// A file that may be attached, open.
struct Opened {
    path: PathBuf,
    name: String,
    file: File,
    size: u64,
}

/// Opens a file to be read, if it is one: a pipe, a device or a folder is refused at once and not waited for.
fn open(tx: &Tx<'_>, path: &Path) -> Result<Opened, Problem> {
    let shown = path.display().to_string();
    let wrong = |message: String| Problem::new(shown.clone(), message);
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    if name.is_empty() {
        return Err(wrong("that is no file; name one".into()));
    }
    let name = kept_name(&name);
    if let Some(why) = tx.ctx.files.refuses(&name) {
        return Err(wrong(why));
    }
    let said = |error: &std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => wrong("there is no such file".into()),
        std::io::ErrorKind::PermissionDenied => wrong("you may not read it".into()),
        _ => wrong(error.to_string()),
    };
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file: File = rustix::fs::open(path, flags, Mode::empty()).map_err(|e| said(&e.into()))?.into();
    let meta = file.metadata().map_err(|e| said(&e))?;
    if meta.is_dir() {
        return Err(wrong("that is a folder; name the files in it".into()));
    }
    if !meta.is_file() {
        return Err(wrong("that is no file but a pipe or a device".into()));
    }
    if let Some(why) = tx.ctx.files.too_large(meta.len()) {
        return Err(wrong(why));
    }
    Ok(Opened { path: path.to_owned(), name, size: meta.len(), file })
}

/// Stores the contents of files: all of them are looked at before the first is read.
pub(super) fn store_files(tx: &Tx<'_>, paths: &[PathBuf]) -> Result<Vec<Incoming>> {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        match open(tx, path) {
            Ok(file) => files.push(file),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let total = files.iter().map(|file| file.size).sum();
    check_space(tx, total)?;
    let mut before = 0;
    let mut stored = Vec::new();
    for file in files {
        stored.push(store_file(tx, &file, before, total)?);
        before += file.size;
    }
    Ok(stored)
}

/// [`Error::Full`] when so many bytes do not fit beside the database twice: in its log, then in itself.
fn check_space(tx: &Tx<'_>, size: u64) -> Result<()> {
    let folder = tx.db.path().parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let needed = size.saturating_mul(2) + BESIDE;
    let free = backup::free(folder)?;
    if size == 0 || needed <= free {
        return Ok(());
    }
    let (size, needed, free) = (show_size(size), show_size(needed), show_size(free));
    Err(Error::Full(format!("to attach {size} the database needs {needed} in {}, and {free} are free", folder.display())))
}

/// Stores one file, of which `before` bytes of `total` went before. Where a content of its size is there already it is hashed first,
/// so that the same file costs no write.
fn store_file(tx: &Tx<'_>, opened: &Opened, before: u64, total: u64) -> Result<Incoming> {
    use std::os::unix::fs::FileExt;
    let failed = |e: std::io::Error| Error::io(opened.path.display(), &e);
    let mut begin = vec![0; BEGIN];
    let got = opened.file.read_at(&mut begin, 0).map_err(failed)?;
    let mime = kind::mime(&opened.name, &begin[..got]);
    let most = tx.ctx.files.largest;
    let pass = |store: &mut dyn FnMut(blob::Source<'_>) -> Result<Option<Content>>| {
        let (mut at, mut said) = (0_u64, 0_u64);
        store(&mut |buffer| {
            let got = opened.file.read_at(buffer, at).map_err(failed)?;
            at += got as u64;
            if at > most {
                let why = tx.ctx.files.too_large(at).unwrap_or_default();
                return Err(Error::invalid(opened.path.display().to_string(), format!("it grew while it was read: {why}")));
            }
            if at >= said + STEP {
                said = at;
                tx.ctx.advance(before + at, total)?;
            }
            Ok(got)
        })
    };
    let known = match blob::is_any_of_size(tx.db, opened.size)? {
        true => pass(&mut |from| blob::known(tx.db, from))?,
        false => None,
    };
    let content = match known {
        Some(content) => Some(content),
        None => {
            make_room(tx.db, opened.size);
            pass(&mut |from| blob::write(tx.db, from).map(Some))?
        }
    };
    let content = content.ok_or_else(|| Error::Internal("a file was read and not stored".into()))?;
    Ok(Incoming { name: opened.name.clone(), mime, content })
}

impl Incoming {
    /// Stores a content that another act has at hand: a part of a mail, a photo. `name` is what it calls itself.
    ///
    /// [`Error::Invalid`] names why a file is not taken: what it is called, or how large it is.
    pub fn store(tx: &Tx<'_>, name: &str, from: &mut dyn Read) -> Result<Self> {
        let name = kept_name(name);
        let refuse = |why: String| Error::invalid(name.clone(), why);
        if let Some(why) = tx.ctx.files.refuses(&name) {
            return Err(refuse(why));
        }
        let (mut begin, mut at) = (Vec::new(), 0_u64);
        let content = blob::write(tx.db, &mut |buffer| {
            let got = from.read(buffer).map_err(|e| Error::io(&name, &e))?;
            let room = BEGIN.saturating_sub(begin.len()).min(got);
            begin.extend_from_slice(&buffer[..room]);
            at += got as u64;
            match tx.ctx.files.too_large(at) {
                Some(why) => Err(refuse(why)),
                None => Ok(got),
            }
        })?;
        Ok(Self { mime: kind::mime(&name, &begin), name, content })
    }
}
