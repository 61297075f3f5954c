//! A reader thread: of every slot the newest question is answered, an older one that still runs is interrupted.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

pub use super::question::{Answer, AnyQuery, Slot};
use crate::error::{Error, Result};
use crate::service::context::Context;
use crate::service::lead_service::LeadReader;
use crate::store::sqlite::Interrupt;

/// An answer with the slot and the serial of its question.
#[derive(Clone, Debug)]
pub struct Answered {
    /// What it was asked for.
    pub slot: Slot,
    /// The serial of the question; an answer to an older question than the last of its slot is stale.
    pub serial: u64,
    /// The answer.
    pub result: Result<Answer>,
}

struct Asked {
    slot: Slot,
    serial: u64,
    query: AnyQuery,
    ctx: Context,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Asked>,
    running: Option<Slot>,
    /// Stops what runs; there as soon as the connection is.
    interrupt: Option<Interrupt>,
    closed: bool,
}

impl Queue {
    fn interrupt(&self) {
        if let Some(interrupt) = &self.interrupt {
            interrupt.interrupt();
        }
    }
}

struct Shared {
    queue: Mutex<Queue>,
    filled: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A reader thread, from outside.
pub struct Reader {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    /// Starts the thread, which opens its reading connection with the first question: the first frame waits for none. `say` is called
    /// on it.
    pub fn start(name: &str, database: &Path, say: impl Fn(Answered) + Send + 'static) -> Result<Self> {
        let database = database.to_owned();
        let shared = Arc::new(Shared { queue: Mutex::default(), filled: Condvar::new() });
        let inner = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name(name.into())
            .spawn(move || serve(&database, &inner, &say))
            .map_err(|e| Error::io("a reader thread", &e))?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Asks; a waiting question of the same slot is forgotten, a running one is interrupted.
    pub fn ask(&self, slot: Slot, serial: u64, query: AnyQuery, ctx: Context) {
        let mut queue = self.shared.lock();
        queue.waiting.retain(|asked| asked.slot != slot);
        let place = place_of(slot, queue.waiting.iter().map(|asked| asked.slot));
        queue.waiting.insert(place, Asked { slot, serial, query, ctx });
        if queue.running == Some(slot) {
            queue.interrupt();
        }
        self.shared.filled.notify_one();
    }
}

/// Where a question stands among those that wait: at the end, but the day before what goes over whole lists.
fn place_of(slot: Slot, mut waiting: impl ExactSizeIterator<Item = Slot>) -> usize {
    let count = waiting.len();
    // the number of new leads is one of the day's, and waits for it
    let is_long = |slot| {
        matches!(
            slot,
            Slot::Numbers
                | Slot::LaneNumbers(_)
                | Slot::LaneSums(_)
                | Slot::Count
                | Slot::Seek
                | Slot::NewToMe
                | Slot::RuleCount
                | Slot::Loads
        )
    };
    let before = if slot == Slot::Day { waiting.position(is_long) } else { None };
    before.unwrap_or(count)
}

impl Drop for Reader {
    fn drop(&mut self) {
        let mut queue = self.shared.lock();
        queue.waiting.clear();
        queue.closed = true;
        queue.interrupt();
        drop(queue);
        self.shared.filled.notify_one();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(database: &Path, shared: &Shared, say: &dyn Fn(Answered)) {
    let mut reader: Option<LeadReader> = None;
    loop {
        let mut queue = shared.lock();
        let asked = loop {
            if queue.closed {
                return;
            }
            if let Some(asked) = queue.waiting.pop_front() {
                break asked;
            }
            queue = shared.filled.wait(queue).unwrap_or_else(PoisonError::into_inner);
        };
        queue.running = Some(asked.slot);
        drop(queue);
        let result = match &reader {
            Some(reader) => asked.query.run(reader, &asked.ctx),
            None => LeadReader::open(database).and_then(|opened| {
                let mut queue = shared.lock();
                queue.interrupt = Some(opened.interrupter());
                if queue.closed {
                    return Err(Error::Canceled);
                }
                drop(queue);
                asked.query.run(reader.insert(opened), &asked.ctx)
            }),
        };
        let mut queue = shared.lock();
        queue.running = None;
        let replaced = queue.waiting.iter().any(|other| other.slot == asked.slot);
        drop(queue);
        // An interrupt that came as the answer was ready, or the answer to an older question, helps nobody.
        if !replaced {
            say(Answered { slot: asked.slot, serial: asked.serial, result });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_waits_for_no_whole_list() {
        let waiting = [Slot::Page, Slot::Numbers, Slot::Count];
        assert_eq!(place_of(Slot::Day, waiting.into_iter()), 1);
        assert_eq!(place_of(Slot::Seek, waiting.into_iter()), 3);
        assert_eq!(place_of(Slot::Day, [Slot::Page].into_iter()), 1);
        assert_eq!(place_of(Slot::Day, [Slot::NewToMe].into_iter()), 0);
    }
}
