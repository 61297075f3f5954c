//! `assign`: another owner for leads.

use super::answer;
use super::names;
use super::open::Cli;
use super::output::Out;
use crate::error::Result;
use crate::model::entity::Entity;
use crate::service::record::assign::AssignRecords;

/// Hand leads over to a user or a team
#[derive(Debug, clap::Args)]
pub struct Assign {
    /// The leads
    #[arg(required = true, value_name = "REC")]
    records: Vec<String>,
    /// The new owner: a login, or team:name
    #[arg(long, value_name = "OWNER")]
    to: String,
    /// What the new owner should know
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
    /// Leave their open activities with the owner before; else they go along
    #[arg(long)]
    keep_activities: bool,
}

impl Assign {
    /// Hands them over.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let owner = names::owner(&desk.ctx, &self.to)?;
        let (mut steps, mut said) = (Vec::new(), Vec::new());
        for targets in names::targets(&desk, &self.records, Entity::Lead)? {
            let done = desk.act(AssignRecords { targets, owner, note: self.note.clone(), activities: !self.keep_activities })?;
            steps.push(done.step);
            said.push(done.summary);
        }
        answer::give_steps(cli, out, &desk, &steps, &said)?;
        Ok(0)
    }
}
