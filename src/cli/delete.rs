//! `delete` and `undelete`: to Deleted and back. Removes nothing for good.

use super::answer::{self, Did};
use super::names;
use super::open::{Cli, Desk};
use super::output::Out;
use crate::error::{Error, Result};
use crate::model::entity::{Entity, RecordId};
use crate::service::LeadService;
use crate::service::attachment::RemoveAttachment;
use crate::service::note::DeleteNote;
use crate::service::record::delete::{DeleteRecords, RestoreRecords};
use crate::service::scope::Targets;

/// Move leads, notes or files to Deleted, until a purge removes them; `undo` brings them back
#[derive(Debug, clap::Args)]
pub struct Delete {
    /// Leads, notes and files
    #[arg(required = true, value_name = "REC")]
    pub(super) records: Vec<String>,
}

/// Take leads out of Deleted
#[derive(Debug, clap::Args)]
pub struct Undelete {
    /// Leads
    #[arg(required = true, value_name = "REC")]
    records: Vec<String>,
}

/// The records that have fields, those of a kind together, and what stands on others.
fn sorted(desk: &Desk<LeadService>, words: &[String]) -> Result<(Vec<Targets>, Vec<RecordId>)> {
    let (mut records, mut children) = (Vec::new(), Vec::new());
    for word in words {
        let record = names::record(desk, word)?;
        if record.entity.is_child() { children.push(record) } else { records.push(word) }
    }
    Ok((names::targets(desk, &records, Entity::Lead)?, children))
}

impl Delete {
    /// Moves them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let (records, children) = sorted(&desk, &self.records)?;
        let (mut steps, mut said) = (Vec::new(), Vec::new());
        for targets in records {
            let done = desk.act(DeleteRecords { targets })?;
            steps.push(done.step);
            said.push(done.summary);
        }
        for child in children {
            let done = match child.entity {
                Entity::Attachment => desk.act(RemoveAttachment { file: child.number })?,
                _ => desk.act(DeleteNote { note: child.number })?,
            };
            steps.push(done.step);
            said.push(done.summary);
        }
        let names = answer::changed(&desk, &steps)?;
        match steps.iter().flatten().max().copied() {
            None => answer::give_nothing(cli, out, Did::Changed, &names, &said.join(" · "))?,
            step => answer::give(cli, out, Did::Changed, &names, step, &said.join(" · "))?,
        }
        Ok(0)
    }
}

impl Undelete {
    /// Takes them out.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let (records, children) = sorted(&desk, &self.records)?;
        if let Some(child) = children.first() {
            let what = format!("{child} is {} and comes back by `leadbook undo STEP`", child.entity.one());
            return Err(Error::refused(what, "`leadbook history` of its record names the step"));
        }
        let (mut steps, mut said) = (Vec::new(), Vec::new());
        for targets in records {
            let done = desk.act(RestoreRecords { targets })?;
            steps.push(done.step);
            said.push(done.summary);
        }
        answer::give_steps(cli, out, &desk, &steps, &said)?;
        Ok(0)
    }
}
