//! A program in a pseudo-terminal: what it is sent, all that it writes, and the screen that a person would see.
#![allow(dead_code)] // each binary uses a part of it

use std::io::{Read, Write};
use std::num::NonZero;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long something that must come is waited for.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How often it is looked for.
const GLANCE: Duration = Duration::from_millis(3);

/// What a terminal was told to switch on, and off again.
pub const MODES: &[(&str, &str)] = &[
    ("\x1b[?1049h", "\x1b[?1049l"),
    ("\x1b[?2004h", "\x1b[?2004l"),
    ("\x1b[?1004h", "\x1b[?1004l"),
    ("\x1b[?1000h", "\x1b[?1000l"),
    ("\x1b[?1002h", "\x1b[?1002l"),
    ("\x1b[?1006h", "\x1b[?1006l"),
];

/// The part behind the last `mark`.
pub fn after<'a>(output: &'a str, mark: &str) -> &'a str {
    output.rfind(mark).map_or("", |at| &output[at + mark.len()..])
}

/// That everything that was switched on is off again, the cursor is shown and no frame is open.
pub fn assert_left(output: &str) {
    for (on, off) in MODES {
        let last_on = output.rfind(on).unwrap_or_else(|| panic!("{on:?} was never sent: {output:?}"));
        assert!(output[last_on..].contains(off), "{on:?} was not taken back: {output:?}");
    }
    assert!(after(output, "\x1b[?25l").contains("\x1b[?25h"), "the cursor stayed hidden: {output:?}");
    assert!(after(output, "\x1b[?2026h").contains("\x1b[?2026l"), "an open frame: {output:?}");
}

/// What came out of the terminal so far.
struct Seen {
    bytes: Vec<u8>,
    screen: vt100::Parser,
}

/// A running program.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    seen: Arc<Mutex<Seen>>,
    /// The modes of the line before the program began.
    pub modes_at_start: String,
}

fn size(rows: u16, columns: u16) -> PtySize {
    PtySize { rows, cols: columns, ..PtySize::default() }
}

/// A screen has at least one cell.
fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap_or(NonZero::<u16>::MIN)
}

impl Pty {
    /// Starts a program on a terminal of this size.
    pub fn start(command: CommandBuilder, rows: u16, columns: u16) -> Self {
        let pair = native_pty_system().openpty(size(rows, columns)).expect("a pseudo-terminal");
        let modes_at_start = format!("{:?}", pair.master.get_termios());
        let child = pair.slave.spawn_command(command).expect("the program");
        drop(pair.slave);
        let seen = Arc::new(Mutex::new(Seen { bytes: Vec::new(), screen: vt100::Parser::new(cells(rows), cells(columns), 0) }));
        let mut reader = pair.master.try_clone_reader().expect("its output");
        let sink = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut buffer = [0; 16 * 1024];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let mut seen = sink.lock().expect("nobody panics with it");
                seen.bytes.extend_from_slice(&buffer[..count]);
                seen.screen.process(&buffer[..count]);
            }
        });
        let writer = pair.master.take_writer().expect("its input");
        Self { master: pair.master, child, writer, seen, modes_at_start }
    }

    /// All that it wrote.
    pub fn output(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().expect("a reader").bytes).into_owned()
    }

    /// How many bytes it wrote.
    pub fn written(&self) -> usize {
        self.seen.lock().expect("a reader").bytes.len()
    }

    /// What stands on the screen.
    pub fn screen(&self) -> String {
        self.seen.lock().expect("a reader").screen.screen().contents()
    }

    /// A line of the screen, from the top, negative ones from the bottom.
    pub fn line(&self, at: i32) -> String {
        let seen = self.seen.lock().expect("a reader");
        let (rows, columns) = seen.screen.screen().size();
        let at = if at < 0 { i32::from(rows.get()) + at } else { at };
        let lines = seen.screen.screen().rows(0, columns.get()).nth(usize::try_from(at).unwrap_or(0));
        lines.unwrap_or_default().trim_end().to_owned()
    }

    /// The modes of the line now.
    pub fn modes(&self) -> String {
        format!("{:?}", self.master.get_termios())
    }

    /// Sends bytes as a keyboard would.
    pub fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("it listens");
        self.writer.flush().expect("it listens");
    }

    /// Another size, with all that the system tells of it.
    pub fn resize(&self, rows: u16, columns: u16) {
        self.seen.lock().expect("a reader").screen.screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(size(rows, columns)).expect("a resize");
    }

    /// Looks until something is so; fails the test when it never is.
    pub fn until(&self, what: &str, mut is: impl FnMut() -> bool) {
        let start = Instant::now();
        while !is() {
            assert!(start.elapsed() < PATIENCE, "{what} never came:\n{}\n{:?}", self.screen(), tail(&self.output()));
            std::thread::sleep(GLANCE);
        }
    }

    /// Waits for a text on a whole frame of the screen.
    pub fn wait_for(&self, text: &str) {
        self.until(text, || self.is_drawn() && self.screen().contains(text));
    }

    /// Waits until a text is gone from the screen.
    pub fn wait_without(&self, text: &str) {
        self.until(&format!("a screen without {text}"), || self.is_drawn() && !self.screen().contains(text));
    }

    /// Waits for a text behind the last `mark` in what it wrote.
    pub fn wait_for_after(&self, mark: &str, text: &str) {
        self.until(text, || after(&self.output(), mark).contains(text));
    }

    /// Whether no frame is half sent.
    fn is_drawn(&self) -> bool {
        let output = self.output();
        output.rfind("\x1b[?2026h") <= output.rfind("\x1b[?2026l")
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    /// Sends a signal by name.
    pub fn signal(&self, name: &str) {
        let status = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.pid())]).status().expect("a shell");
        assert!(status.success());
    }

    /// Waits until the system says that it is stopped.
    pub fn wait_until_stopped(&self) {
        let state = || {
            let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid())).unwrap_or_default();
            after(&stat, ") ").starts_with('T')
        };
        self.until("the stop", state);
    }

    /// Waits for its end; its exit code, and 128 and more for a signal.
    pub fn code(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                // what it wrote last is still on its way
                let mut before = usize::MAX;
                while before != self.written() {
                    before = self.written();
                    std::thread::sleep(Duration::from_millis(30));
                }
                return status.exit_code();
            }
            assert!(start.elapsed() < PATIENCE, "it does not end:\n{}\n{:?}", self.screen(), tail(&self.output()));
            std::thread::sleep(GLANCE);
        }
    }

    /// Waits for its end; whether it succeeded.
    pub fn ended(&mut self) -> bool {
        self.code() == 0
    }

    /// That it has given the terminal back as it was.
    pub fn assert_left(&self) {
        assert_left(&self.output());
        assert_eq!(self.modes(), self.modes_at_start, "the modes of the line");
    }
}

fn tail(text: &str) -> &str {
    let from = text.len().saturating_sub(2_000);
    (from..text.len()).find(|at| text.is_char_boundary(*at)).map_or("", |at| &text[at..])
}

impl Drop for Pty {
    fn drop(&mut self) {
        // a test that failed leaves it running, perhaps stopped
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal("KILL");
            let _ = self.child.wait();
        }
    }
}
