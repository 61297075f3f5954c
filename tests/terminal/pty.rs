//! This program, started in a pseudo-terminal, with all that it writes.

use std::io::{Read, Write};
use std::num::NonZero;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const ROWS: NonZero<u16> = NonZero::new(50).unwrap();
const COLUMNS: NonZero<u16> = NonZero::new(100).unwrap();
const PATIENCE: Duration = Duration::from_secs(20);

/// The part behind the last `mark`.
pub fn after<'a>(output: &'a str, mark: &str) -> &'a str {
    output.rfind(mark).map_or("", |at| &output[at + mark.len()..])
}

pub struct Program {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    bytes: Arc<Mutex<Vec<u8>>>,
    words: tempfile::TempDir,
    pub modes_at_start: String,
}

impl Program {
    pub fn start() -> Self {
        let size = PtySize { rows: 10, cols: 60, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).unwrap();
        let words = tempfile::tempdir().unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["child", "--exact", "--nocapture", "--test-threads=1"]);
        command.env("LEADBOOK_TEST_CHILD", words.path().join("words"));
        command.env("TERM", "xterm-256color");
        command.env("RUST_BACKTRACE", "0");
        let modes_at_start = format!("{:?}", pair.master.get_termios());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let sink = Arc::clone(&bytes);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                sink.lock().unwrap().extend_from_slice(&buffer[..count]);
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self { master: pair.master, child, writer, bytes, words, modes_at_start }
    }

    pub fn output(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap()).into_owned()
    }

    pub fn modes(&self) -> String {
        format!("{:?}", self.master.get_termios())
    }

    pub fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    pub fn resize(&self, rows: u16, cols: u16) {
        self.master.resize(PtySize { rows, cols, ..PtySize::default() }).unwrap();
    }

    fn until(&self, what: &str, mut is: impl FnMut() -> bool) {
        let start = Instant::now();
        while !is() {
            assert!(start.elapsed() < PATIENCE, "{what} never came: {:?}", self.output());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn wait_for(&self, text: &str) {
        self.until(text, || self.shown().contains(text));
    }

    /// What was written, without the moves within a line by which a frame leaves out what is there already.
    fn shown(&self) -> String {
        let mut parser = vt100::Parser::new(ROWS, COLUMNS, 0);
        parser.process(&self.bytes.lock().unwrap());
        format!("{}\n{}", parser.screen().contents(), self.output())
    }

    pub fn wait_for_after(&self, mark: &str, text: &str) {
        self.until(text, || after(&self.output(), mark).contains(text));
    }

    fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    pub fn signal(&self, name: &str) {
        let status = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.pid())]).status().unwrap();
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

    /// Waits for its end; whether it succeeded.
    pub fn ended(&mut self) -> bool {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // what it wrote last is still on its way
                std::thread::sleep(Duration::from_millis(50));
                return status.success();
            }
            assert!(start.elapsed() < PATIENCE, "it does not end: {:?}", self.output());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// What the program wrote when it ended unasked; its files are for this user alone.
    pub fn last_words(&self) -> String {
        let mode = std::fs::metadata(self.words.path().join("words")).map_or(0o600, |m| m.permissions().mode());
        assert_eq!(mode & 0o777, 0o600);
        std::fs::read_to_string(self.words.path().join("words")).unwrap_or_default()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // a test that failed leaves it running, perhaps stopped
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal("KILL");
            let _ = self.child.wait();
        }
    }
}
