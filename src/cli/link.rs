//! `link` and `unlink`: two records tied to each other, with a role.

use super::answer;
use super::names;
use super::open::Cli;
use super::output::Out;
use crate::error::Result;
use crate::model::entity::Entity;
use crate::service::link::{Associate, Disassociate};

/// Tie two records to each other, or give their tie another role
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  leadbook link L-1042 C-12 --role \"decision maker\"")]
pub struct Link {
    /// One of them
    #[arg(value_name = "REC")]
    one: String,
    /// The other
    #[arg(value_name = "REC")]
    other: String,
    /// What the other is to the one
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    role: String,
}

/// Untie two records
#[derive(Debug, clap::Args)]
pub struct Unlink {
    /// One of them
    #[arg(value_name = "REC")]
    one: String,
    /// The other
    #[arg(value_name = "REC")]
    other: String,
}

impl Link {
    /// Ties them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let one = names::record_of(&desk, &self.one, Entity::Lead)?;
        let other = names::record_of(&desk, &self.other, Entity::Lead)?;
        let done = desk.act(Associate { one, other, role: self.role })?;
        answer::give_steps(cli, out, &desk, &[done.step], &[done.summary])?;
        Ok(0)
    }
}

impl Unlink {
    /// Unties them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let one = names::record_of(&desk, &self.one, Entity::Lead)?;
        let other = names::record_of(&desk, &self.other, Entity::Lead)?;
        let done = desk.act(Disassociate { one, other })?;
        answer::give_steps(cli, out, &desk, &[done.step], &[done.summary])?;
        Ok(0)
    }
}
