//! `note`: a note on a record, from the command line or from standard input.

use std::io::Read;

use super::answer::{self, Did};
use super::names;
use super::open::{Cli, Desk};
use super::output::{Out, tell};
use crate::error::{Error, Result};
use crate::model::entity::{Entity, RecordId};
use crate::model::note::LONGEST;
use crate::service::LeadService;
use crate::service::note::pin::PinNote;
use crate::service::note::{AddNote, EditNote};

/// Write a note on a record, or the text of a note anew; without TEXT it is read from standard input
#[derive(Debug, clap::Args)]
pub struct Note {
    /// The record, or a note as N-7
    #[arg(value_name = "REC")]
    record: String,
    /// Markdown; the first line is the title, #words tag the record
    #[arg(allow_hyphen_values = true)]
    text: Option<String>,
    /// Put the note before all others of its record
    #[arg(long, conflicts_with_all = ["unpin", "text"])]
    pin: bool,
    /// Put the note among the others again
    #[arg(long, conflicts_with = "text")]
    unpin: bool,
}

impl Note {
    /// Writes it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let record = names::record(&desk, &self.record)?;
        if record.entity == Entity::Note {
            return self.change(record, desk, cli, out);
        }
        if self.pin || self.unpin {
            return Err(Error::Usage(format!("{record} is {}; name the note that is pinned, as N-7", record.entity.one())));
        }
        let body = match self.text {
            Some(text) => text,
            None => typed()?,
        };
        let done = desk.act(AddNote { about: record, body })?;
        answer::give(cli, out, Did::Made, &[RecordId::note(done.reply).to_string()], done.step, &done.summary)?;
        Ok(0)
    }
}

impl Note {
    /// Writes another text of a note, or pins it.
    fn change(self, note: RecordId, mut desk: Desk<LeadService>, cli: &Cli, out: &mut Out) -> Result<u8> {
        let note = note.number;
        let done = if self.pin || self.unpin {
            desk.act(PinNote { note, pinned: self.pin })?
        } else {
            let body = match self.text {
                Some(text) => text,
                None => typed()?,
            };
            desk.act(EditNote { note, version: None, body })?
        };
        answer::give_steps(cli, out, &desk, &[done.step], &[done.summary])?;
        Ok(0)
    }
}

/// All that standard input gives; a byte more than fits is enough to be refused.
fn typed() -> Result<String> {
    if std::io::IsTerminal::is_terminal(&std::io::stdin()) {
        tell("type the note; Ctrl-d on an empty line ends it");
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().take(LONGEST as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|e| Error::io("standard input", &e))?;
    String::from_utf8(bytes).map_err(|_| Error::invalid("note", "what came through standard input is no UTF-8 text"))
}
