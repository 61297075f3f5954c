//! A person's folders that go with the test, and the program run in them.
#![allow(dead_code)] // each binary uses a part of it

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

/// What one run gave.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// Standard output of a run that succeeded.
    pub fn ok(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// The lines of standard output of a run that succeeded.
    pub fn lines(self) -> Vec<String> {
        self.ok().lines().map(str::to_owned).collect()
    }

    /// The JSON of a run that succeeded.
    pub fn json(self) -> Json {
        serde_json::from_str(&self.ok()).expect("JSON")
    }

    /// The message of a run that failed with this code and wrote nothing else.
    pub fn fails(self, code: i32) -> String {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{}", self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self.err
    }
}

/// Folders of their own and nobody's settings.
pub struct Desk {
    /// The folder of all folders.
    pub dir: tempfile::TempDir,
    /// Who is logged in.
    pub user: &'static str,
    /// Further variables of the environment.
    pub env: Vec<(&'static str, String)>,
}

impl Desk {
    /// Nothing is there yet; ana is logged in.
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a folder"), user: "ana", env: Vec::new() }
    }

    /// With one lead, L-1, Ann Lee.
    pub fn with_lead() -> Self {
        let desk = Self::new();
        desk.open_on_leads();
        assert_eq!(
            desk.run(&["add", "Ann Lee @ Contoso ann@contoso.com +1 555 0100 via web !hot #expo needs printers"]).ok(),
            "L-1\n"
        );
        desk
    }

    /// The interface opens on the leads.
    pub fn open_on_leads(&self) {
        std::fs::create_dir_all(self.path("config/leadbook")).expect("a folder");
        std::fs::write(self.path("config/leadbook/config.toml"), "start_screen = \"leads\"\n").expect("the settings");
    }

    /// The database that is used when none is named.
    pub fn database(&self) -> PathBuf {
        self.path("data/leadbook/leads.db")
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The same as text.
    pub fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// Writes a file and gives its path.
    pub fn file(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).expect("a file");
        self.text(name)
    }

    /// The program with its environment, not started yet.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_leadbook"));
        command.args(args).current_dir(self.dir.path());
        for name in ["LEADBOOK_DB", "LEADBOOK_USER", "NO_COLOR", "COLUMNS", "LC_ALL", "LC_MONETARY", "LOGNAME"] {
            command.env_remove(name);
        }
        for name in ["config", "data", "state"] {
            command.env(format!("XDG_{}_HOME", name.to_uppercase()), self.path(name));
        }
        command.env("HOME", self.dir.path()).env("USER", self.user).env("LANG", "en_US.UTF-8").env("TMPDIR", self.dir.path());
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs it with nothing on standard input.
    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, b"")
    }

    /// Runs it with these bytes on standard input.
    pub fn run_with(&self, args: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program");
        let mut stdin = child.stdin.take().expect("standard input");
        // a program that does not read its input closes it
        let _ = stdin.write_all(input);
        drop(stdin);
        let done = child.wait_with_output().expect("an end");
        Ran {
            code: done.status.code().unwrap_or(-1),
            out: String::from_utf8(done.stdout).expect("UTF-8"),
            err: String::from_utf8(done.stderr).expect("UTF-8"),
        }
    }

    /// One field of a lead, as JSON.
    pub fn field(&self, lead: &str, field: &str) -> Json {
        self.run(&["show", lead, "--json"]).json()[field].clone()
    }
}
