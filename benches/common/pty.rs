//! A program in a real pseudo-terminal with a model of its screen: keys in, frames out, each with its time. Knows no figures.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// What ends a frame.
const END_OF_FRAME: &[u8] = b"\x1b[?2026l";

/// How long the screen must be still to be settled.
pub const STILL: Duration = Duration::from_millis(60);

/// A running program.
pub struct Session {
    _master: Box<dyn MasterPty + Send>,
    columns: u16,
    watched: usize,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    chunks: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    unfinished: Vec<u8>,
    /// When it was started.
    pub started: Instant,
}

/// What a key led to.
#[derive(Clone, Copy, Debug)]
pub struct Answered {
    /// Until the first frame was complete.
    pub frame: Duration,
    /// Until the last frame that changed a text in the watched columns; the first frame where none did.
    pub list: Duration,
}

impl Session {
    /// Starts a program on a screen of this size with all its files below `home`.
    pub fn start(program: &Path, args: &[&str], home: &Path, (columns, rows): (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).expect("a pty");
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("LEADBOOK_USER", "ana");
        for (name, folder) in
            [("HOME", ""), ("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state")]
        {
            command.env(name, home.join(folder));
        }
        command.cwd(home);
        let settings = home.join("config/leadbook");
        std::fs::create_dir_all(&settings).expect("a folder");
        if !settings.join("config.toml").exists() {
            std::fs::write(settings.join("config.toml"), "start_screen = \"leads\"\n").expect("the settings");
        }
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let (send, chunks) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 65_536];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || send.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    break;
                }
            }
        });
        let size = [rows, columns].map(|n| NonZero::new(n).expect("a size"));
        let screen = vt100::Parser::new(size[0], size[1], 0);
        Self {
            _master: pair.master,
            columns,
            watched: usize::from(columns),
            child,
            writer,
            chunks,
            screen,
            unfinished: Vec::new(),
            started,
        }
    }

    /// The process number.
    pub fn process(&self) -> u32 {
        self.child.process_id().expect("a process number")
    }

    /// The lines of the screen.
    pub fn lines(&self) -> Vec<String> {
        self.screen.screen().rows(0, self.columns).collect()
    }

    /// Sets how many columns from the left are watched: those of the list, without the preview that follows later.
    pub fn watch(&mut self, columns: usize) {
        self.watched = columns;
    }

    fn watched_text(&self) -> Vec<String> {
        self.lines().iter().map(|line| line.chars().take(self.watched).collect()).collect()
    }

    /// Takes what came until `until`; whether a frame ended in it, and when it came.
    fn take(&mut self, until: Instant) -> Option<(Instant, bool)> {
        let left = until.saturating_duration_since(Instant::now());
        match self.chunks.recv_timeout(left) {
            Ok((at, bytes)) => {
                self.screen.process(&bytes);
                self.unfinished.extend_from_slice(&bytes);
                let ended = self.unfinished.windows(END_OF_FRAME.len()).any(|w| w == END_OF_FRAME);
                let keep = self.unfinished.len().min(END_OF_FRAME.len() - 1);
                self.unfinished.drain(..self.unfinished.len() - keep);
                if ended {
                    self.unfinished.clear();
                }
                Some((at, ended))
            }
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => panic!("the program ended:\n{}", self.lines().join("\n")),
        }
    }

    /// Waits until the screen is as `wanted` and says when that was; panics with the screen after ten seconds.
    pub fn wait(&mut self, what: &str, wanted: impl Fn(&[String]) -> bool) -> Instant {
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            match self.take(until) {
                Some((at, true)) if wanted(&self.lines()) => return at,
                Some(_) => {}
                None if Instant::now() >= until => panic!("no {what} in ten seconds:\n{}", self.lines().join("\n")),
                None => {}
            }
        }
    }

    /// Waits until nothing has been drawn for [`STILL`].
    pub fn settle(&mut self) {
        while self.take(Instant::now() + STILL).is_some() {}
    }

    /// Sends keys and forgets what they lead to.
    pub fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).and_then(|()| self.writer.flush()).expect("keys are sent");
    }

    /// Sends a key to a still screen and times what follows; `None` where nothing is drawn within a second.
    pub fn key(&mut self, key: &str) -> Option<Answered> {
        let mut shown = self.watched_text();
        let start = Instant::now();
        self.send(key);
        let mut answered: Option<Answered> = None;
        loop {
            let until = if answered.is_some() { Instant::now() + STILL } else { start + Duration::from_secs(1) };
            match self.take(until) {
                Some((at, true)) => {
                    let now = self.watched_text();
                    let (changed, since) = (now != shown, at - start);
                    shown = now;
                    answered = Some(match answered {
                        None => Answered { frame: since, list: since },
                        Some(before) if changed => Answered { list: since, ..before },
                        Some(before) => before,
                    });
                }
                Some((_, false)) => {}
                None => return answered,
            }
        }
    }

    /// Resident memory now, in kB.
    pub fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or_default()
    }

    /// The time that all threads have spent computing.
    pub fn computed(&self) -> Duration {
        let Ok(tasks) = std::fs::read_dir(format!("/proc/{}/task", self.process())) else { return Duration::ZERO };
        let spent = |entry: std::fs::DirEntry| -> Option<u64> {
            std::fs::read_to_string(entry.path().join("schedstat")).ok()?.split_whitespace().next()?.parse().ok()
        };
        Duration::from_nanos(tasks.flatten().filter_map(spent).sum())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The child may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
