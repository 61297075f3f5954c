//! `note`: a note on a record, from the command line or from standard input.

use std::io::Read;

use super::answer::{self, Did};
use super::names;
use super::open::Cli;
use super::output::{Out, tell};
use crate::error::{Error, Result};
use crate::model::entity::RecordId;
use crate::model::note::LONGEST;
use crate::service::note::AddNote;

/// Write a note on a record; without TEXT it is read from standard input
#[derive(Debug, clap::Args)]
pub struct Note {
    /// The record
    #[arg(value_name = "REC")]
    record: String,
    /// Markdown; the first line is the title
    #[arg(allow_hyphen_values = true)]
    text: Option<String>,
}

impl Note {
    /// Writes it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let body = match self.text {
            Some(text) => text,
            None => typed()?,
        };
        let mut desk = cli.write()?;
        let about = names::record(&desk, &self.record)?;
        let done = desk.act(AddNote { about, body })?;
        answer::give(cli, out, Did::Made, &[RecordId::note(done.reply).to_string()], done.step, &done.summary)?;
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
