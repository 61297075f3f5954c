//! Watching for what other processes write: SQLite tells nobody, so its data version is read once a second.

use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::error::{Error, Result};
use crate::service::lead_service::LeadReader;

/// The watching thread, from outside.
pub struct Watch {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Starts the thread; `changed` is called on it after any commit that was not seen yet, this program's own among them.
    pub fn start(database: &Path, changed: impl Fn() + Send + 'static) -> Result<Self> {
        let database = database.to_owned();
        let (stop, stopped) = channel();
        let thread = std::thread::Builder::new()
            .name("watch".into())
            .spawn(move || {
                // opened late, so that it takes no time from the first rows; what came until then is taken for a change
                let (mut reader, mut seen) = (None, None);
                while stopped.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                    if reader.is_none() {
                        reader = LeadReader::open(&database).ok();
                    }
                    let now = reader.as_ref().and_then(|reader| reader.data_version().ok());
                    if now != seen {
                        seen = now;
                        changed();
                    }
                }
            })
            .map_err(|e| Error::io("the watching thread", &e))?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
