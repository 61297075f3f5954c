//! Has the system write the log to the disk while more is written into it, so that the sync of a large transaction is a short one.
//! Promises nothing: what is on the disk when is decided by that sync alone.

use std::fs::File;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use super::Db;

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
