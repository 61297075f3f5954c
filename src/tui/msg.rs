//! What reaches the interface thread from outside. Plain data; nothing here decides anything.

use crossterm::event::{KeyEvent, MouseEvent};

use crate::error::Result;
use crate::service::context::Progress;
use crate::worker::reader::Answered;
use crate::worker::writer::Said;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// The terminal has another size, in columns and rows.
    Resize(u16, u16),
    /// The terminal got the focus, so that what others changed should be seen.
    FocusGained,
    /// The writer said something.
    Said(Said),
    /// A reader answered.
    Answered(Answered),
    /// The database was written, by this program or another.
    Changed,
    /// A long act is so far.
    Progress(Progress),
    /// The external editor is done: the new text, or `None` when nothing changed.
    Edited(Result<Option<String>>),
    /// The entries of a folder whose path begins so.
    Paths {
        /// What was typed.
        typed: String,
        /// What it could become, folders with a slash at the end.
        found: Vec<String>,
    },
    /// A file was written, an item was copied: what to say.
    Told(Result<String>),
    /// The system asks the program to end.
    Terminate,
    /// Somebody interrupts the program from outside: as Ctrl-c.
    Interrupted,
    /// Somebody puts the program to sleep from outside; for the runtime.
    Sleep,
    /// The program goes on after it slept; for the runtime.
    Awake,
    /// Something that was waited for is due; see `App::deadline`.
    Tick,
}
