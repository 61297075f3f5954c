//! This very program, started again in a pseudo-terminal, where only `child` runs.

use std::ops::{Deref, DerefMut};
use std::os::unix::fs::PermissionsExt;

use portable_pty::CommandBuilder;

use crate::pty::Pty;

/// The running child.
pub struct Program {
    pty: Pty,
    words: tempfile::TempDir,
}

impl Program {
    pub fn start() -> Self {
        let words = tempfile::tempdir().unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["child", "--exact", "--nocapture", "--test-threads=1"]);
        command.env("LEADBOOK_TEST_CHILD", words.path().join("words"));
        command.env("TERM", "xterm-256color");
        command.env("RUST_BACKTRACE", "0");
        Self { pty: Pty::start(command, 10, 60), words }
    }

    /// Waits for a text on the screen, or in what was written before it.
    pub fn wait_for(&self, text: &str) {
        self.until(text, || self.screen().contains(text) || self.output().contains(text));
    }

    /// What the program wrote when it ended unasked; its files are for this user alone.
    pub fn last_words(&self) -> String {
        let mode = std::fs::metadata(self.words.path().join("words")).map_or(0o600, |m| m.permissions().mode());
        assert_eq!(mode & 0o777, 0o600);
        std::fs::read_to_string(self.words.path().join("words")).unwrap_or_default()
    }
}

impl Deref for Program {
    type Target = Pty;

    fn deref(&self) -> &Pty {
        &self.pty
    }
}

impl DerefMut for Program {
    fn deref_mut(&mut self) -> &mut Pty {
        &mut self.pty
    }
}
