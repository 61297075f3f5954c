//! Attached files on their way out: to a folder that is asked for, or to the program that opens them. Writes and opens nothing itself.

use super::desk::{Cx, Folders};
use super::layer::Flow;
use super::layer::prompt::Prompt;
use crate::error::Error;
use crate::model::entity::RecordId;
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
    cx.desk.folders().writing = Some((file, folder.to_owned()));
    let to = Place::Folder(super::outside::expand(folder));
    cx.ask(Slot::SaveFile, AnyQuery::SaveFile(SaveAttachment { file, to }));
    Flow::Stay
}

/// A file could not be written out: the folder stands there as it was typed, with the reason.
pub fn not_written(error: &Error, cx: &mut Cx<'_>) -> Flow {
    match cx.desk.folders().writing.take() {
        Some((file, folder)) => {
            let name = RecordId::attachment(file).to_string();
            Flow::Push(Box::new(Prompt::write_out(file, &name, &folder).mistaken(Some(error.to_string()))))
        }
        None => {
            cx.complain(error.to_string());
            Flow::Stay
        }
    }
}

/// What is said of a file that was written out; its folder is proposed for the next.
pub fn written(saved: &Saved, folders: &mut Folders) -> String {
    if let Some((_, folder)) = folders.writing.take() {
        folders.to = folder;
    }
    format!("written to {}", saved.path.display())
}

/// What is said of a file that is being opened.
pub fn opening(saved: &Saved) -> String {
    format!("opening a copy of {}: what is changed in it is not kept here", saved.file.name)
}
