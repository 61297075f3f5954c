//! Has the system write the log to the disk while more is written into it, so that the sync of a large transaction is a short one.
//! Promises nothing: what is on the disk when is decided by that sync alone.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use super::Db;

/// Bytes that are written to the log at once.
const BLOCK: usize = 1 << 20;

/// Makes the log of a database as long as a content of so many bytes needs, in large pieces: the small ones in which SQLite fills it
/// then cost half as much. To be called by whoever holds the write lock. What stands behind the last frame means nothing to anybody:
/// a frame counts only with its checksum.
pub fn make_room(db: &Db, content: u64) {
    let log = format!("{}-wal", db.path().display());
    let Ok(mut file) = OpenOptions::new().append(true).open(log) else { return };
    let Ok(have) = file.metadata().map(|meta| meta.len()) else { return };
    let block = vec![0; BLOCK];
    for _ in 0..(content + content / 32).saturating_sub(have) / BLOCK as u64 {
        // without room it goes on as it would have; the transaction says it if the disk is full
        if file.write_all(&block).is_err() {
            return;
        }
    }
}

/// A thread that syncs the log of a database when it is told to. Dropping it waits for its end.
pub struct Ahead {
    tell: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Ahead {
    /// Starts the thread; where that cannot be nothing is written ahead.
    pub fn start(db: &Db) -> Self {
        let log = PathBuf::from(format!("{}-wal", db.path().display()));
        let (tell, told) = sync_channel(1);
        let work = move || {
            let mut file = None;
            for () in told {
                file = file.or_else(|| File::open(&log).ok());
                // the sync at the end says it if the disk refuses
                let _ = file.as_ref().map(File::sync_data);
            }
        };
        let thread = std::thread::Builder::new().name("ahead".into()).spawn(work).ok();
        Self { tell: Some(tell), thread }
    }

    /// Much was written since: now is a good time.
    pub fn sync(&self) {
        if let Some(tell) = &self.tell {
            // one that is under way is enough
            let _ = tell.try_send(());
        }
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.tell = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
