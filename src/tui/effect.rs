//! What the interface asks the world to do: plain data that tests compare. Nothing here does it.

use std::path::PathBuf;

use crate::config::State;
use crate::worker::drafts::Draft;
use crate::worker::reader::{AnyQuery, Slot};
use crate::worker::writer::AnyAct;

/// One thing to be done outside the interface thread.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Hand an act to the writer.
    Do {
        /// Finds the reply.
        ticket: u64,
        /// The act.
        act: Box<AnyAct>,
    },
    /// Hand a question to a reader.
    Ask {
        /// What it is for.
        slot: Slot,
        /// Finds the answer.
        serial: u64,
        /// The question.
        query: Box<AnyQuery>,
    },
    /// Read people, lists and tags again: another process changed something.
    Reload,
    /// Stop the running long act or question.
    CancelJob,
    /// Keep text that is being typed.
    KeepDraft(Draft),
    /// Forget a draft: it was saved.
    DropDraft(String),
    /// Put a text on the clipboard; the first words say what it is.
    Copy {
        /// What is copied, for the message.
        what: String,
        /// The text.
        text: String,
    },
    /// Dial a number by the configured command.
    Dial {
        /// The command, as it stands in config.toml.
        command: String,
        /// Digits, and a + before them.
        number: String,
        /// What is said before the number, as that its owner asked not to be called.
        warning: Option<String>,
    },
    /// Go on with a text in the external editor.
    EditOutside(String),
    /// Open a file that was written out with the system's program for it.
    OpenOutside(PathBuf),
    /// List what a path could become.
    CompletePath(String),
    /// Write a file that was made in memory; for reports of problems.
    WriteFile {
        /// Where.
        path: String,
        /// What.
        text: String,
    },
    /// Take the mouse, or release it to the terminal.
    Mouse(bool),
    /// Go to sleep until the shell wakes the program.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Ring the terminal's bell.
    Bell,
    /// Remember view, sort, columns and the like.
    SaveState(Box<State>),
    /// Remember what the first page asked for.
    SaveConfig(Box<crate::tui::layer::welcome::Answers>),
    /// Leave this database and open another: the sample data, or a kept copy.
    Switch(Switch),
    /// Leave the program.
    Quit,
}

/// Another database to work on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// A throw-away copy of the sample data.
    Sample,
    /// The sample data, kept as a new file.
    Keep,
}
