//! The interface in a pseudo-terminal, driven by keys, which are counted.

use std::ops::{Deref, DerefMut};

use portable_pty::CommandBuilder;

use crate::desk::Desk;
use crate::pty::Pty;

/// A session at the keyboard.
pub struct Session {
    /// The terminal.
    pub pty: Pty,
    /// How many keys were pressed.
    pub keys: usize,
}

/// What a keyboard sends for a key as the screen names it.
fn bytes(key: &str) -> String {
    match key {
        "Enter" => "\r".into(),
        "Esc" => "\x1b".into(),
        "Tab" => "\t".into(),
        "Shift-Tab" => "\x1b[Z".into(),
        "Space" => " ".into(),
        "Backspace" => "\x7f".into(),
        "Down" => "\x1b[B".into(),
        "Up" => "\x1b[A".into(),
        "F1" => "\x1bOP".into(),
        _ => match key.strip_prefix("Ctrl-") {
            Some(letter) => char::from(letter.as_bytes()[0] & 0x1f).to_string(),
            None => key.to_owned(),
        },
    }
}

/// The command of a desk, for a pseudo-terminal.
pub fn in_terminal(desk: &Desk, program: Option<&str>, args: &[&str]) -> CommandBuilder {
    let plain = desk.command(args);
    let mut command = CommandBuilder::new(program.map_or_else(|| plain.get_program().to_owned(), Into::into));
    if program.is_none() {
        command.args(args);
    }
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        }
    }
    for name in ["TMUX", "SSH_TTY", "SSH_CONNECTION", "COLORTERM", "VISUAL", "EDITOR", "ENV"] {
        if plain.get_envs().all(|(set, _)| set != name) {
            command.env_remove(name);
        }
    }
    if plain.get_envs().all(|(set, _)| set != "TERM") {
        command.env("TERM", "xterm-256color");
    }
    command.env("RUST_BACKTRACE", "0");
    command.cwd(desk.dir.path());
    command
}

impl Session {
    /// Starts the interface at 80×24.
    pub fn start(desk: &Desk) -> Self {
        Self::sized(desk, 24, 80)
    }

    /// Starts the interface at a size.
    pub fn sized(desk: &Desk, rows: u16, columns: u16) -> Self {
        Self { pty: Pty::start(in_terminal(desk, None, &[]), rows, columns), keys: 0 }
    }

    /// Starts it and waits for the list with Ann Lee's lead.
    pub fn listing(desk: &Desk) -> Self {
        let session = Self::start(desk);
        session.wait_for("My open leads");
        session.wait_for("Ann Lee ");
        session
    }

    /// Gives the list another size and waits until its frame has it.
    pub fn resize_list(&mut self, rows: u16, columns: u16) {
        self.pty.resize(rows, columns);
        let frame = |pty: &Pty| {
            let (top, bottom) = (pty.line(1), pty.line(-2));
            top.chars().count() == usize::from(columns) && top.ends_with('┐') && bottom.ends_with('┘') && !pty.line(-1).is_empty()
        };
        self.pty.until("a frame of that size", || frame(&self.pty));
    }

    /// Presses a key.
    pub fn press(&mut self, key: &str) {
        self.keys += 1;
        self.pty.send(&bytes(key));
        if key == "Esc" {
            // nobody presses the next key so soon that a terminal could take both for one with Alt
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
    }

    /// Back to the list from wherever it is.
    pub fn back_to_the_list(&mut self) {
        self.back(4);
    }

    /// Back to the list through so many layers and places.
    pub fn back(&mut self, steps: usize) {
        for _ in 0..steps {
            self.press("Esc");
        }
        let rests = |pty: &Pty| pty.line(1).starts_with("┌ My open leads") || pty.line(0).contains("[1 Today]");
        self.pty.until("the first screen", || rests(&self.pty) && !self.pty.line(-1).contains('›'));
    }

    /// Presses a key that the screen names for this, waiting until it does: in the last line, or in the list of first steps.
    pub fn press_shown(&mut self, key: &str, act: &str) {
        let hint = format!("{key} {act}");
        self.pty.until(&hint, || {
            let screen = self.pty.screen();
            let step =
                |line: &str| line.contains(act) && line.trim_end_matches(['│', ' ', '─', '┐', '█']).ends_with(&format!(" {key}"));
            screen.contains(&hint) || screen.lines().any(|line| (line.contains('☐') || line.contains('☑')) && step(line))
        });
        self.press(key);
    }

    /// Types a text, a key a character.
    pub fn type_text(&mut self, text: &str) {
        self.keys += text.chars().count();
        self.pty.send(text);
    }

    /// Presses keys one after another and waits for what they bring.
    pub fn press_for(&mut self, keys: &[&str], text: &str) {
        for key in keys {
            self.press(key);
        }
        self.pty.wait_for(text);
    }

    /// Quits from the list.
    pub fn quit(mut self) {
        self.back_to_the_list();
        self.press("q");
        assert!(self.pty.ended());
        self.pty.assert_left();
    }
}

impl Deref for Session {
    type Target = Pty;

    fn deref(&self) -> &Pty {
        &self.pty
    }
}

impl DerefMut for Session {
    fn deref_mut(&mut self) -> &mut Pty {
        &mut self.pty
    }
}
