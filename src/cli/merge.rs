//! `merge`: two records that are the same one become one.

use super::answer::{self, Did};
use super::names;
use super::open::Cli;
use super::output::Out;
use crate::error::{Error, Result};
use crate::model::entity::Entity;
use crate::model::field::FieldId;
use crate::service::merge;

/// Merge two leads, accounts or contacts; prints the number of the one that stays
///
/// The master keeps its values, but for the fields that take the other's. Notes, links and what refers to the other move to the
/// master; the other is closed and points to it. `undo` brings both back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  leadbook merge L-1042 L-2001 phone=other job_title=other")]
pub struct Merge {
    /// The record that stays
    #[arg(value_name = "MASTER")]
    master: String,
    /// The record that is merged into it
    #[arg(value_name = "OTHER")]
    other: String,
    /// Whose value of a field stays: FIELD=other; FIELD=master is how it is by itself
    #[arg(value_name = "FIELD=other")]
    fields: Vec<String>,
}

impl Merge {
    /// Merges them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let master = names::record_of(&desk, &self.master, Entity::Lead)?;
        let other = names::record_of(&desk, &self.other, master.entity)?;
        let catalog = desk.service.catalog();
        let mut take: Vec<FieldId> = Vec::new();
        for (field, whose) in names::pairs(catalog.registry(master.entity), &self.fields)? {
            take.retain(|taken| *taken != field);
            match whose.trim().to_ascii_lowercase().as_str() {
                "other" => take.push(field),
                "master" => {}
                _ => {
                    let name = catalog.field(field).name;
                    return Err(Error::Usage(format!("{name}={whose}: it is {name}=other or {name}=master")));
                }
            }
        }
        let done = desk.act(merge::Merge { master, other, take })?;
        answer::give(cli, out, Did::Changed, &[master.to_string()], done.step, &done.summary)?;
        Ok(0)
    }
}
