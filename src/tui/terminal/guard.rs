//! Entering and leaving the terminal: every step is attempted, whatever happens to the others. Reads nothing from it.
//!
//! Left on drop of the screen, on panic and on signals; leaving twice does no harm.

use std::any::Any;
use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::thread::{self, ThreadId};

use crossterm::cursor::{SetCursorStyle, Show};
use crossterm::event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange};
use crossterm::style::Print;
use crossterm::terminal::{
    Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, QueueableCommand};

/// Clicks, wheel and drags (not every movement), in the form without limits to the columns.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

type LastWords = Arc<dyn Fn() + Send + Sync>;

static ENTERED: AtomicBool = AtomicBool::new(false);
static SUSPENDED: AtomicBool = AtomicBool::new(false);
static OWNER: Mutex<Option<ThreadId>> = Mutex::new(None);
static LAST_WORDS: Mutex<Option<LastWords>> = Mutex::new(None);
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static HOOK: Once = Once::new();

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the terminal: raw mode, alternate screen, bracketed paste, focus changes, the mouse if wanted.
///
/// Fails only where raw mode cannot be had; then nothing has changed.
pub(super) fn enter(mouse: bool) -> io::Result<()> {
    HOOK.call_once(install_hook);
    enable_raw_mode()?;
    *lock(&OWNER) = Some(thread::current().id());
    ENTERED.store(true, Ordering::SeqCst);
    let mut out = io::stdout().lock();
    attempt(&mut out, EnterAlternateScreen);
    attempt(&mut out, Clear(ClearType::All));
    attempt(&mut out, EnableBracketedPaste);
    attempt(&mut out, EnableFocusChange);
    if mouse {
        attempt(&mut out, Print(MOUSE_ON));
    }
    let _ = out.flush();
    Ok(())
}

/// Gives the terminal back as it was; nothing happens when it has been given back already.
pub fn leave() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout().lock();
    attempt(&mut out, EndSynchronizedUpdate);
    attempt(&mut out, Print(MOUSE_OFF));
    attempt(&mut out, DisableFocusChange);
    attempt(&mut out, DisableBracketedPaste);
    attempt(&mut out, SetCursorStyle::DefaultUserShape);
    attempt(&mut out, Show);
    attempt(&mut out, LeaveAlternateScreen);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// Takes the mouse from the terminal, or releases it.
pub(super) fn mouse(out: &mut impl Write, on: bool) -> io::Result<()> {
    out.write_all(if on { MOUSE_ON } else { MOUSE_OFF }.as_bytes())
}

/// One step; a terminal that refuses it gets the next one all the same.
fn attempt(out: &mut impl Write, command: impl Command) {
    let _ = out.queue(command);
}

/// Whether the terminal is another program's for now.
pub(super) fn is_suspended() -> bool {
    SUSPENDED.load(Ordering::SeqCst)
}

/// Marks the time during which the terminal is another program's; ended by drop, also on a panic.
pub(super) struct Away;

impl Away {
    pub(super) fn begin() -> Self {
        SUSPENDED.store(true, Ordering::SeqCst);
        Self
    }
}

impl Drop for Away {
    fn drop(&mut self) {
        SUSPENDED.store(false, Ordering::SeqCst);
    }
}

/// Sets what is done before the program ends without having been asked to: drafts are written. It must not panic, and not wait
/// for a lock that the interface may hold.
pub fn set_last_words(words: impl Fn() + Send + Sync + 'static) {
    *lock(&LAST_WORDS) = Some(Arc::new(words));
}

/// Forgets them.
pub fn clear_last_words() {
    *lock(&LAST_WORDS) = None;
}

/// Says them.
pub fn last_words() {
    let words = lock(&LAST_WORDS).clone();
    if let Some(words) = words {
        words();
    }
}

/// The panics of other threads while the interface was up, which could not be printed then.
pub fn take_panics() -> Vec<String> {
    std::mem::take(&mut *lock(&PANICS))
}

fn install_hook() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        last_words();
        let elsewhere = lock(&OWNER).is_some_and(|owner| owner != thread::current().id());
        if elsewhere && ENTERED.load(Ordering::SeqCst) {
            // the interface lives on and says it
            lock(&PANICS).push(sentence(info));
        } else {
            leave();
            before(info);
        }
    }));
}

fn sentence(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map_or(String::new(), |place| format!(" at {}:{}", place.file(), place.line()));
    let name = thread::current().name().unwrap_or("a thread").to_owned();
    format!("{name} failed{place}: {}", words(info.payload()))
}

fn words(payload: &(dyn Any + Send)) -> String {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (_, Some(text)) => text.clone(),
        _ => "no words".into(),
    }
}
