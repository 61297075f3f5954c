//! `attach` and `save-attachment`: files into the database and out of it. Overwrites nothing.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::answer::{self, Did};
use super::open::{Cli, Desk};
use super::output::{Out, tell};
use super::{names, progress};
use crate::error::{Error, Result};
use crate::model::attachment::{Attachment, show_size};
use crate::model::entity::{Entity, RecordId, RecordName};
use crate::service::LeadReader;
use crate::service::attachment::{AttachFiles, AttachmentsOf, GetAttachment, Place, ReadPart, SaveAttachment};
use crate::service::scope::Targets;

/// Attach files to a record; they are kept in the database, the same content once
#[derive(Debug, clap::Args)]
pub struct Attach {
    /// The record
    #[arg(value_name = "REC")]
    record: String,
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Write a file of a record to standard output, or into the folder where you are if that is a terminal
#[derive(Debug, clap::Args)]
pub struct Save {
    /// The record, or the file itself: F-4
    #[arg(value_name = "REC")]
    record: String,
    /// The name of the file, or its number: F-4
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// A new file, or the folder to write it into; - is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Attach {
    /// Attaches them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let record = names::record(&desk, &self.record)?;
        desk.ctx.progress = progress::reporter("attaching", &desk.ctx.cancel);
        let done = desk.act(AttachFiles { targets: Targets::one(record), files: self.files });
        progress::clear();
        let done = done?;
        let names: Vec<String> = done.reply.iter().map(|number| RecordId::attachment(*number).to_string()).collect();
        match done.step {
            // the same files are there already
            None => answer::give_nothing(cli, out, Did::Made, &names, &done.summary)?,
            step => answer::give(cli, out, Did::Made, &names, step, &done.summary)?,
        }
        Ok(0)
    }
}

impl Save {
    /// Writes it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.read()?;
        let file = find(&desk, &self.record, self.name.as_deref())?;
        let to = match self.output {
            Some(path) if path == Path::new("-") => None,
            Some(path) if path.is_dir() => Some(Place::Free(path)),
            Some(path) => Some(Place::File(path)),
            None if std::io::stdout().is_terminal() => Some(Place::Free(PathBuf::from("."))),
            None => None,
        };
        let Some(to) = to else {
            pour(&desk, out, &file)?;
            return Ok(0);
        };
        desk.ctx.progress = progress::reporter("writing", &desk.ctx.cancel);
        let saved = desk.ask(&SaveAttachment { file: file.number, to });
        progress::clear();
        let (path, size) = (saved?.path.display().to_string(), file.size);
        if cli.globals.json {
            out.json(&json!({ "file": path, "size": size }))?;
        } else {
            tell(&format!("Wrote {} ({}) to {path}", RecordId::attachment(file.number), show_size(size.unsigned_abs())));
        }
        Ok(0)
    }
}

/// The file that is meant: by its own number, or by its name or number among those of a record.
fn find(desk: &Desk<LeadReader>, record: &str, name: Option<&str>) -> Result<Attachment> {
    let record = names::record(desk, record)?;
    let number = |text: &str| match RecordName::parse(text) {
        Some(RecordName::Number(id)) if id.entity == Entity::Attachment => Some(id.number),
        _ => None,
    };
    let name = match (record.entity, name) {
        (Entity::Attachment, None) => return desk.ask(&GetAttachment { number: record.number }),
        (Entity::Attachment, Some(_)) => {
            return Err(Error::Usage(format!("{record} is a file itself; where it is written is said by -o")));
        }
        (_, None) => return Err(Error::Usage(format!("say which file of {record}: its name, or its number as F-4"))),
        (_, Some(name)) => name,
    };
    let files = desk.ask(&AttachmentsOf { about: record, limit: i64::MAX })?;
    let named: Vec<&Attachment> = match files.iter().find(|file| number(name) == Some(file.number)) {
        Some(file) => vec![file],
        None => files.iter().filter(|file| file.name == name).collect(),
    };
    let list = |files: &[&Attachment]| {
        let each = files.iter().take(10).map(|f| format!("{} {}", RecordId::attachment(f.number), f.name));
        each.collect::<Vec<_>>().join(", ")
    };
    match named.as_slice() {
        [one] => Ok((*one).clone()),
        [] if files.is_empty() => Err(Error::NotFound(format!("{record} has no files"))),
        [] => {
            let all: Vec<&Attachment> = files.iter().collect();
            Err(Error::NotFound(format!("{record} has no file “{name}”; it has {}", list(&all))))
        }
        many => {
            let what = format!("{record} has {} files of this name: {}", many.len(), list(many));
            Err(Error::refused(what, "say the number instead"))
        }
    }
}

/// Writes what is in a file to standard output, a part at a time.
fn pour(desk: &Desk<LeadReader>, out: &mut Out, file: &Attachment) -> Result<()> {
    let mut part = 0;
    while let Some(bytes) = desk.ask(&ReadPart { file: file.number, part })? {
        out.write_all(&bytes).map_err(|e| Error::io("standard output", &e))?;
        part += 1;
    }
    Ok(())
}
