//! What the process settles before anything else: new files are private, and a full quota is an error instead of a death.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rustix::fs::Mode;
use rustix::process::{Signal, umask};

/// To be called first thing in `main`, before any thread or file.
///
/// Files are made for this user alone (umask 077). A write beyond the file-size limit fails with an error, which is reported
/// as a full disk; without a handler the system would end the process.
pub fn prepare() {
    umask(Mode::RWXG | Mode::RWXO);
    // without the handler such a write ends the process, as it would have anyway
    let _ = signal_hook::flag::register(Signal::XFSZ.as_raw(), Arc::new(AtomicBool::new(false)));
}
