//! How far a long act is, on a terminal; and Ctrl-c, which rolls it back. Draws one line on standard error.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use signal_hook::consts::SIGINT;

use crate::model::locale::Locale;
use crate::model::number::show_count;
use crate::service::context::{Cancel, Progress, Reporter};

/// Between two lines.
const PAUSE: Duration = Duration::from_millis(200);
/// Before the first.
const PATIENCE: Duration = Duration::from_millis(500);

struct Pace {
    begun: Instant,
    said: Option<Instant>,
}

/// Whether a line stands on the terminal.
static SHOWN: AtomicBool = AtomicBool::new(false);

/// Says how far it is, with rate and time left where standard error is a terminal. From the first call on Ctrl-c asks `cancel` to
/// stop, so that the act is rolled back; a second one ends the program, with the same effect. Before it the program ends at once.
pub fn reporter(what: &'static str, cancel: &Cancel) -> Option<Reporter> {
    let cancel = cancel.clone();
    let terminal = std::io::stderr().is_terminal();
    let pace = Mutex::new(None::<Pace>);
    Some(Arc::new(move |progress: Progress| {
        if interrupted().load(Ordering::Relaxed) {
            cancel.cancel();
        }
        if !terminal {
            return;
        }
        let Ok(mut pace) = pace.lock() else { return };
        let now = Instant::now();
        let pace = pace.get_or_insert(Pace { begun: now, said: None });
        let due = pace.said.map_or(pace.begun + PATIENCE, |said| said + PAUSE);
        if now >= due {
            pace.said = Some(now);
            SHOWN.store(true, Ordering::Relaxed);
            let line = line(what, progress, now - pace.begun);
            let _ = write!(std::io::stderr(), "\r{line}\x1b[K");
        }
    }))
}

/// Whether Ctrl-c was pressed; the first call begins to watch for it.
fn interrupted() -> &'static AtomicBool {
    static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    FLAG.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        // without the handlers Ctrl-c ends the program, and SQLite rolls back all the same
        let _ = signal_hook::flag::register_conditional_shutdown(SIGINT, 130, Arc::clone(&flag));
        let _ = signal_hook::flag::register(SIGINT, Arc::clone(&flag));
        flag
    })
}

fn line(what: &str, progress: Progress, since: Duration) -> String {
    let locale = Locale::default();
    let count = |n: u64| show_count(i64::try_from(n).unwrap_or(i64::MAX), &locale);
    let rate = (progress.done as f64 / since.as_secs_f64().max(0.001)) as u64;
    if progress.total == 0 {
        return format!("{what} {} · {}/s", count(progress.done), count(rate));
    }
    let percent = progress.done.saturating_mul(100) / progress.total;
    let left = progress.total.saturating_sub(progress.done) / rate.max(1);
    let left = if left >= 120 { format!("{} min", left / 60) } else { format!("{left} s") };
    format!("{what} {} of {} ({percent} %) · {}/s · {left} left", count(progress.done), count(progress.total), count(rate))
}

/// Takes the line off the terminal.
pub fn clear() {
    if SHOWN.swap(false, Ordering::Relaxed) {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_rate_and_time_left() {
        let progress = Progress { done: 20_000, total: 100_000 };
        let said = line("importing", progress, Duration::from_secs(2));
        assert_eq!(said, "importing 20,000 of 100,000 (20 %) · 10,000/s · 8 s left");
        assert_eq!(line("reading", Progress { done: 10, total: 0 }, Duration::from_secs(1)), "reading 10 · 10/s");
    }
}
