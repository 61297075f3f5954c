//! Signals as messages. Ends the program itself only when nobody listens any more.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rustix::process::{Signal as Kind, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::{Handle, Signals as Pending};
use signal_hook::low_level::emulate_default_handler;

use super::guard;

/// Whether the program stopped itself and has not heard of its waking yet.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// What a signal asks of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Save the drafts and end; a second one ends at once.
    Terminate,
    /// What Ctrl-c asks.
    Interrupt,
    /// What Ctrl-z asks.
    Suspend,
    /// The program was stopped by another and goes on; others may have changed the terminal.
    Continue,
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
}

/// The thread that waits for signals; it ends when this is dropped.
#[derive(Debug)]
pub struct Signals {
    handle: Handle,
}

impl Signals {
    /// Begins to wait. `send` gets each signal on a thread of its own and says whether somebody still listens.
    pub fn watch(mut send: impl FnMut(Signal) -> bool + Send + 'static) -> io::Result<Self> {
        let mut pending = Pending::new([SIGTERM, SIGHUP, SIGQUIT, SIGINT, SIGTSTP, SIGCONT, SIGWINCH])?;
        let handle = pending.handle();
        thread::Builder::new().name("signals".into()).spawn(move || {
            let mut asked_to_end = false;
            for number in pending.forever() {
                let heard = match number {
                    SIGTERM | SIGHUP | SIGQUIT if asked_to_end => false,
                    SIGTERM | SIGHUP | SIGQUIT => {
                        asked_to_end = true;
                        send(Signal::Terminate)
                    }
                    SIGCONT if STOPPED.swap(false, Ordering::SeqCst) => true,
                    // while another program has the terminal, Ctrl-c and the size are its business, and Ctrl-z stops both
                    SIGTSTP if guard::is_suspended() => emulate_default_handler(SIGTSTP).is_ok(),
                    _ if guard::is_suspended() => true,
                    SIGINT => send(Signal::Interrupt),
                    SIGTSTP => send(Signal::Suspend),
                    SIGCONT => send(Signal::Continue),
                    SIGWINCH => crossterm::terminal::size().map_or(true, |(columns, rows)| send(Signal::Resize(columns, rows))),
                    _ => true,
                };
                if !heard && matches!(number, SIGTERM | SIGHUP | SIGQUIT) {
                    guard::last_words();
                    guard::leave();
                    // ends the program as if the signal had never been caught
                    let _ = emulate_default_handler(number);
                }
            }
        })?;
        Ok(Self { handle })
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.handle.close();
    }
}

/// Stops the program and those started together with it, as the terminal does on Ctrl-z; returns when it is woken.
pub fn stop() {
    let woken = Arc::new(AtomicBool::new(false));
    let Ok(id) = signal_hook::flag::register(SIGCONT, Arc::clone(&woken)) else { return };
    STOPPED.store(true, Ordering::SeqCst);
    if kill_current_process_group(Kind::STOP).is_ok() {
        // the stop may reach this thread a moment after the call returns; nothing may be written to the terminal before it does
        for _ in 0..250 {
            if woken.load(Ordering::SeqCst) {
                break;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
    signal_hook::low_level::unregister(id);
}
