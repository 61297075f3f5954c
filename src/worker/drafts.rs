//! Drafts: text that is being typed, as private files that need no database. Interprets no text.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::model::entity::{RecordId, RecordName};

/// Text that was typed and not saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What it belongs to, unique: `note-L-7`, `edit-note-N-3`, `form-L-7`, `form-new`, `quick-add`.
    pub key: String,
    /// The record it is about, as `L-7`; empty for a new one.
    #[serde(default)]
    pub record: String,
    /// When it was typed last, in µs UTC.
    pub at: i64,
    /// The version of the record on which it was begun; 0 for a new one.
    #[serde(default)]
    pub version: i64,
    /// The text, or the one-line field.
    #[serde(default)]
    pub text: String,
    /// Names of fields and what was typed in them.
    #[serde(default)]
    pub fields: Vec<(String, String)>,
}

impl Draft {
    /// The record it is about; none for a new one.
    pub fn about(&self) -> Option<RecordId> {
        match RecordName::parse(&self.record)? {
            RecordName::Number(record) => Some(record),
            RecordName::Id(_) => None,
        }
    }
}

/// The folder of a database's drafts within the state folder.
pub fn folder(state: &Path, database_id: &str) -> PathBuf {
    state.join("drafts").join(database_id)
}

fn file(folder: &Path, key: &str) -> PathBuf {
    let safe: String = key.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    folder.join(format!("{safe}.toml"))
}

/// Writes a draft whole, aside, and renames it; private.
pub fn write(folder: &Path, draft: &Draft) -> Result<()> {
    use std::io::Write;
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    let path = file(folder, &draft.key);
    let aside = path.with_extension("part");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        builder.mode(0o700);
        options.mode(0o600);
    }
    let text = toml::to_string(draft).map_err(|e| Error::Internal(format!("a draft cannot be written: {e}")))?;
    builder
        .create(folder)
        .and_then(|()| options.open(&aside))
        .and_then(|mut f| f.write_all(text.as_bytes()).and_then(|()| f.sync_all()))
        .and_then(|()| std::fs::rename(&aside, &path))
        .map_err(|e| Error::io(path.display(), &e))
}

/// Removes a draft; one that is not there is removed already.
pub fn remove(folder: &Path, key: &str) -> Result<()> {
    match std::fs::remove_file(file(folder, key)) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::io(folder.display(), &e)),
        _ => Ok(()),
    }
}

/// Removes every draft about one of these records, with what a write that was cut off left of it. A file that cannot be read as a
/// draft is known by its name.
pub fn remove_about(folder: &Path, records: &[RecordId]) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(()) };
    let names: Vec<String> = records.iter().map(ToString::to_string).collect();
    for path in entries.flatten().map(|entry| entry.path()) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let draft = std::fs::read_to_string(&path).ok().and_then(|text| toml::from_str::<Draft>(&text).ok());
        let about = draft.as_ref().and_then(Draft::about);
        // a form of something new may stand for what it will be about
        let fields = draft.iter().flat_map(|draft| &draft.fields);
        let is_held = fields.into_iter().any(|(_, value)| names.contains(value));
        let is_named = is_held || names.iter().any(|name| format!("-{stem}-").contains(&format!("-{name}-")));
        if is_named || about.is_some_and(|about| records.contains(&about)) {
            std::fs::remove_file(&path).map_err(|e| Error::io(path.display(), &e))?;
        }
    }
    Ok(())
}

/// All drafts, newest first; a file that is no draft is left alone and left out.
pub fn list(folder: &Path) -> Vec<Draft> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<Draft> = entries
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "toml"))
        .filter_map(|entry| toml::from_str(&std::fs::read_to_string(entry.path()).ok()?).ok())
        .collect();
    found.sort_by_key(|draft| std::cmp::Reverse(draft.at));
    found
}

enum Order {
    Keep(Draft),
    Drop(String),
    Flush(Sender<()>),
}

/// The drafts thread, from outside. Dropping it writes what waits.
pub struct Drafts {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

/// How long text is typed before it is written.
const REST: Duration = Duration::from_millis(300);

impl Drafts {
    /// Starts the thread; `failed` is called on it when a draft cannot be written.
    pub fn start(folder: PathBuf, failed: impl Fn(Error) + Send + 'static) -> Result<Self> {
        let (orders, inbox) = channel();
        let thread = std::thread::Builder::new()
            .name("drafts".into())
            .spawn(move || serve(&folder, &inbox, &failed))
            .map_err(|e| Error::io("the drafts thread", &e))?;
        Ok(Self { orders: Some(orders), thread: Some(thread) })
    }

    /// Keeps a draft; written within 300 ms.
    pub fn keep(&self, draft: Draft) {
        self.order(Order::Keep(draft));
    }

    /// Forgets a draft.
    pub fn forget(&self, key: String) {
        self.order(Order::Drop(key));
    }

    /// Writes what waits and returns when it is written, or after a second.
    pub fn flush(&self) {
        let (done, wait) = channel();
        self.order(Order::Flush(done));
        let _ = wait.recv_timeout(Duration::from_secs(1));
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // The thread ends only after this sender is dropped.
            let _ = orders.send(order);
        }
    }
}

impl Drop for Drafts {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(folder: &Path, inbox: &Receiver<Order>, failed: &dyn Fn(Error)) {
    use std::sync::mpsc::RecvTimeoutError;
    let mut waiting: Vec<Draft> = Vec::new();
    let mut due = Instant::now();
    let save = |waiting: &mut Vec<Draft>| {
        for draft in waiting.drain(..) {
            if let Err(error) = write(folder, &draft) {
                failed(error);
            }
        }
    };
    loop {
        let order = if waiting.is_empty() {
            inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            // Counted from the first change that is not written, so that steady typing is written too.
            inbox.recv_timeout(due.saturating_duration_since(Instant::now()))
        };
        match order {
            Ok(Order::Keep(draft)) => {
                if waiting.is_empty() {
                    due = Instant::now() + REST;
                }
                waiting.retain(|d| d.key != draft.key);
                waiting.push(draft);
            }
            Ok(Order::Drop(key)) => {
                waiting.retain(|d| d.key != key);
                if let Err(error) = remove(folder, &key) {
                    failed(error);
                }
            }
            Ok(Order::Flush(done)) => {
                save(&mut waiting);
                let _ = done.send(());
            }
            Err(RecvTimeoutError::Timeout) => save(&mut waiting),
            Err(RecvTimeoutError::Disconnected) => return save(&mut waiting),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_about_records_go_however_they_lie_there() {
        let dir = tempfile::tempdir().unwrap();
        let draft = |key: &str, record: &str| Draft {
            key: key.into(),
            record: record.into(),
            at: 1,
            version: 0,
            text: "x".into(),
            fields: Vec::new(),
        };
        for (key, record) in [("note-L-7", "L-7"), ("form-new", "L-7"), ("note-L-77", "L-77"), ("quick-add", "")] {
            write(dir.path(), &draft(key, record)).unwrap();
        }
        for name in ["field-L-7-city.part", "form-N-3.toml", "form-N-33.toml"] {
            std::fs::write(dir.path().join(name), "cut o").unwrap();
        }
        remove_about(dir.path(), &[RecordId::lead(7), RecordId::note(3)]).unwrap();
        let mut left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
        left.sort();
        assert_eq!(left, ["form-N-33.toml", "note-L-77.toml", "quick-add.toml"]);
        remove_about(&dir.path().join("none"), &[RecordId::lead(7)]).unwrap();
    }

    #[test]
    fn a_draft_survives_and_goes() {
        let dir = tempfile::tempdir().unwrap();
        let draft = Draft {
            key: "note-L-7".into(),
            record: "L-7".into(),
            at: 5,
            version: 2,
            text: "line one\n\"quoted\" \u{1b}[31m".into(),
            fields: vec![("topic".into(), "x".into())],
        };
        let drafts = Drafts::start(dir.path().join("a"), |e| panic!("{e}")).unwrap();
        drafts.keep(draft.clone());
        drafts.flush();
        assert_eq!(list(&dir.path().join("a")), [draft]);
        drafts.forget("note-L-7".into());
        drop(drafts);
        assert!(list(&dir.path().join("a")).is_empty());
    }
}
