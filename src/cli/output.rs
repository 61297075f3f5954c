//! Standard output and standard error: machine formats to the one, messages to the other. Knows no command.

use std::io::{self, BufWriter, IsTerminal, Write};

use serde_json::Value as Json;

use super::args::{Colour, Globals};
use crate::error::{Error, Result};
use crate::model::clean::{clean, clean_lines};

/// Standard output. Once nobody reads it any more, [`Out::is_broken`] says so and the command ends quietly.
pub struct Out {
    inner: BufWriter<io::Stdout>,
    broken: bool,
    terminal: bool,
    colour: bool,
}

impl Out {
    /// Standard output as it is now.
    pub fn new(globals: &Globals) -> Self {
        let terminal = io::stdout().is_terminal();
        Self {
            inner: BufWriter::with_capacity(64 * 1024, io::stdout()),
            broken: false,
            terminal,
            colour: coloured(globals, terminal),
        }
    }

    /// Whether the reader is gone.
    pub const fn is_broken(&self) -> bool {
        self.broken
    }

    /// The width in columns that a table must keep to; none where the output is no terminal.
    pub fn columns(&self) -> Option<usize> {
        if !self.terminal {
            return None;
        }
        let told = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let asked = || rustix::termios::tcgetwinsize(io::stdout()).ok().map(|size| usize::from(size.ws_col));
        told.or_else(asked).filter(|c| *c > 0).or(Some(80))
    }

    /// `text` in bold where the output is coloured.
    pub fn bold(&self, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// Writes a line as it is.
    pub fn line(&mut self, text: &str) -> Result<()> {
        let written = self.write_all(text.as_bytes()).and_then(|()| self.write_all(b"\n"));
        written.map_err(|e| failed(&e))
    }

    /// Writes a JSON value and a line feed.
    pub fn json(&mut self, value: &Json) -> Result<()> {
        self.line(&value.to_string())
    }

    /// Writes out what waits.
    pub fn end(&mut self) -> Result<()> {
        self.flush().map_err(|e| failed(&e))
    }

    fn watch<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        if done.as_ref().is_err_and(|e| e.kind() == io::ErrorKind::BrokenPipe) {
            self.broken = true;
        }
        done
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.inner.write(bytes);
        self.watch(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.inner.flush();
        self.watch(done)
    }
}

fn failed(error: &io::Error) -> Error {
    Error::io("standard output", error)
}

fn coloured(globals: &Globals, terminal: bool) -> bool {
    match globals.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
            terminal && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    }
}

/// Tells the person something that a script need not hear: on a terminal only.
pub fn tell(text: &str) {
    if io::stderr().is_terminal() {
        warn(text);
    }
}

/// Tells a script what a person reads on the terminal in the summary.
pub fn warn_scripts(text: &str) {
    if !io::stderr().is_terminal() {
        warn(text);
    }
}

/// Tells the person something in any case. Nothing can be said where even that fails.
pub fn warn(text: &str) {
    let _ = writeln!(io::stderr(), "{}", clean(text));
}

/// Says why a command failed.
pub fn complain(error: &Error, globals: &Globals) {
    let name = if coloured(globals, io::stderr().is_terminal()) { "\x1b[1;31mleadbook:\x1b[0m" } else { "leadbook:" };
    let text = error.to_string();
    // what was typed wrongly may be shown below the sentence
    let shown = if matches!(error, Error::Usage(_)) { clean_lines(&text) } else { clean(&text) };
    let _ = writeln!(io::stderr(), "{name} {shown}");
}
