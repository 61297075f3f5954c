//! Attached files on their way out: to a folder that is asked for, or to the program that opens them. Writes and opens nothing itself.

use super::desk::Cx;
use super::layer::Flow;
use super::layer::prompt::Prompt;
use crate::service::attachment::{Place, SaveAttachment, Saved};
use crate::worker::reader::{AnyQuery, Slot};

/// Has a file written to the private folder, from where it is opened when it is there.
pub fn open_outside(file: i64, cx: &mut Cx<'_>) -> Flow {
    let to = Place::Private(cx.env.scratch.clone());
    cx.ask(Slot::OpenFile, AnyQuery::SaveFile(SaveAttachment { file, to }));
    Flow::Stay
}

/// Asks for the folder that a file is written to, beginning with the last one.
pub fn ask_folder(file: i64, name: &str, cx: &mut Cx<'_>) -> Flow {
    let folder = cx.desk.folders().to.clone();
    Flow::Push(Box::new(Prompt::write_out(file, name, &folder)))
}

/// Has a file written to a folder as it was typed.
pub fn write_out(file: i64, folder: &str, cx: &mut Cx<'_>) -> Flow {
    let folder = folder.trim();
    cx.desk.folders().to = folder.to_owned();
    let to = Place::Folder(super::outside::expand(folder));
    cx.ask(Slot::SaveFile, AnyQuery::SaveFile(SaveAttachment { file, to }));
    Flow::Stay
}

/// What is said of a file that was written out.
pub fn written(saved: &Saved) -> String {
    format!("written to {}", saved.path.display())
}

/// What is said of a file that is being opened.
pub fn opening(saved: &Saved) -> String {
    format!("opening a copy of {}: what is changed in it is not kept here", saved.file.name)
}
