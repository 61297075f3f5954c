//! The terminal while the interface has it: frames go out whole, and there is one door to other programs. Decides nothing.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Size;
use ratatui::{Frame, Terminal};

use super::guard::{self, Away};
use super::input::{Arrived, Input};
use super::signals;
use crate::error::{Error, Result};

const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
const END_FRAME: &[u8] = b"\x1b[?2026l";
const WIPE: &[u8] = b"\x1b[0m\x1b[2J";

/// The terminal in the hands of the interface; given back on drop.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Wire>>,
    wire: Wire,
    input: Option<Input>,
    mouse: bool,
    /// Whether what the terminal shows is unknown.
    stale: bool,
}

impl Screen {
    /// Takes the terminal and starts reading it; `send` gets what arrives, on a thread of its own, until it returns false.
    pub fn open(mouse: bool, send: impl FnMut(Arrived) -> bool + Send + 'static) -> Result<Self> {
        let failed = |e: io::Error| Error::Io(format!("the terminal cannot be taken: {e}"));
        guard::enter(mouse).map_err(failed)?;
        let opened = || -> io::Result<Self> {
            let wire = Wire::default();
            let mut terminal = Terminal::new(CrosstermBackend::new(wire.clone()))?;
            terminal.hide_cursor()?;
            Ok(Self { terminal, wire, input: Some(Input::start(send)?), mouse, stale: false })
        };
        opened().map_err(|e| {
            guard::leave();
            failed(e)
        })
    }

    /// Draws one frame; the terminal gets it in one piece, inside a synchronized update. Fails when the terminal is gone.
    pub fn draw(&mut self, frame: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let held = self.wire.hold();
        if std::mem::take(&mut self.stale) {
            // not Terminal::clear, which asks the terminal where its cursor is and waits for an answer
            self.wire.write_all(WIPE)?;
            self.terminal.swap_buffers();
        }
        self.terminal.draw(frame)?;
        held.send()
    }

    /// The size in columns and rows.
    pub fn size(&self) -> Size {
        self.terminal.size().unwrap_or_default()
    }

    /// Forgets what the terminal shows, so that the next frame draws all of it.
    pub fn redraw(&mut self) {
        self.stale = true;
    }

    /// Rings the terminal's bell.
    pub fn ring(&mut self) {
        use std::io::Write;
        // a terminal that takes no bell takes no frame either, which is said there
        let _ = std::io::stdout().write_all(b"\x07").and_then(|()| std::io::stdout().flush());
    }

    /// The only door to other programs: parks the input, gives the terminal back, runs, takes it again. All is drawn anew.
    pub fn suspended<T>(&mut self, run: impl FnOnce() -> T) -> T {
        if let Some(input) = &self.input {
            input.park();
        }
        guard::leave();
        let away = Away::begin();
        let result = run();
        drop(away);
        self.enter_again();
        if let Some(input) = &self.input {
            input.resume();
        }
        result
    }

    /// Puts the program to sleep as Ctrl-z does elsewhere; returns when the shell wakes it.
    pub fn sleep(&mut self) {
        self.suspended(signals::stop);
    }

    /// After others may have changed the terminal: takes it again and draws all anew.
    pub fn enter_again(&mut self) {
        // a terminal that is gone fails at the next frame, which is reported
        let _ = guard::enter(self.mouse);
        let _ = self.terminal.hide_cursor();
        self.redraw();
    }

    /// Takes the mouse or releases it to the terminal.
    pub fn set_mouse(&mut self, on: bool) {
        self.mouse = on;
        let _ = guard::mouse(&mut self.wire, on);
        let _ = self.wire.flush();
    }

    /// Whether the mouse is taken.
    pub fn has_mouse(&self) -> bool {
        self.mouse
    }

    /// Sends a sequence that shows nothing, as that of the clipboard or the bell.
    pub fn send(&mut self, sequence: &str) -> io::Result<()> {
        self.wire.write_all(sequence.as_bytes())?;
        self.wire.flush()
    }

    /// Rings the bell.
    pub fn bell(&mut self) {
        let _ = self.send("\x07");
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.input = None;
        guard::leave();
    }
}

/// Bytes on their way to standard output. While a frame is drawn they are held, so that none goes out in parts, and so that a
/// panic in the middle of one sends nothing.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Bytes>>);

#[derive(Default)]
struct Bytes {
    waiting: Vec<u8>,
    held: bool,
}

impl Wire {
    fn hold(&self) -> Held {
        let mut bytes = self.0.borrow_mut();
        bytes.waiting.clear();
        bytes.waiting.extend_from_slice(BEGIN_FRAME);
        bytes.held = true;
        Held(self.clone())
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().waiting.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut bytes = self.0.borrow_mut();
        if bytes.held || bytes.waiting.is_empty() {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        let sent = out.write_all(&bytes.waiting).and_then(|()| out.flush());
        bytes.waiting.clear();
        sent
    }
}

/// A frame that is being drawn; dropped without being sent it never was.
struct Held(Wire);

impl Held {
    fn send(self) -> io::Result<()> {
        let mut wire = self.0.clone();
        wire.0.borrow_mut().waiting.extend_from_slice(END_FRAME);
        wire.0.borrow_mut().held = false;
        wire.flush()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut bytes = self.0.0.borrow_mut();
        bytes.held = false;
        bytes.waiting.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::{BEGIN_FRAME, Wire};

    #[test]
    fn nothing_of_a_frame_goes_out_before_its_end() {
        let mut wire = Wire::default();
        let held = wire.hold();
        wire.write_all(b"cells").unwrap();
        wire.flush().unwrap();
        assert_eq!(wire.0.borrow().waiting, [BEGIN_FRAME, b"cells"].concat());
        drop(held);
        assert!(wire.0.borrow().waiting.is_empty());
    }

    #[test]
    fn a_frame_that_panics_is_forgotten() {
        let mut wire = Wire::default();
        let result = catch_unwind(AssertUnwindSafe(|| {
            let _held = wire.hold();
            wire.write_all(b"half").unwrap();
            std::panic::resume_unwind(Box::new("drawing failed"));
        }));
        assert!(result.is_err());
        let bytes = wire.0.borrow();
        assert!(bytes.waiting.is_empty() && !bytes.held);
    }
}
