//! `share`, `unshare` and `access`: what others may do with a record. Decides no right.

use serde_json::{Value as Json, json};

use super::open::Cli;
use super::output::{Out, tell};
use super::{answer, names, table};
use crate::error::Result;
use crate::model::entity::Entity;
use crate::model::rights::Rights;
use crate::service::share::{
    GrantAccess, ModifyAccess, RetrievePrincipalAccess, RetrieveSharedPrincipalsAndAccess, RevokeAccess,
};

/// Let a user or a team do more with a record; on one that is shared with them, these rights replace the old ones
#[derive(Debug, clap::Args)]
#[command(after_help = "RIGHTS are read, write, append, append-to, delete, share and assign, with commas between.
Example:\n  leadbook share L-1042 --with bo --rights read,write")]
pub struct Share {
    /// The record
    #[arg(value_name = "REC")]
    record: String,
    /// With whom: a login, or team:name
    #[arg(long, value_name = "OWNER")]
    with: String,
    /// For what
    #[arg(long, value_name = "RIGHTS")]
    rights: String,
}

/// Take away what a record is shared with a user or a team for
#[derive(Debug, clap::Args)]
pub struct Unshare {
    /// The record
    #[arg(value_name = "REC")]
    record: String,
    /// With whom it is shared: a login, or team:name
    #[arg(long, value_name = "OWNER")]
    with: String,
}

/// Show with whom a record is shared, or all that one user or team may do with it
#[derive(Debug, clap::Args)]
pub struct Access {
    /// The record
    #[arg(value_name = "REC")]
    record: String,
    /// Who: a login, or team:name; the answer counts role, ownership, teams and shares together
    #[arg(value_name = "OWNER")]
    owner: Option<String>,
}

impl Share {
    /// Shares it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let rights = Rights::parse(&self.rights)?;
        let mut desk = cli.write_existing()?;
        let record = names::record_of(&desk, &self.record, Entity::Lead)?;
        let principal = names::owner(&desk.ctx, &self.with)?;
        let shares = desk.ask(&RetrieveSharedPrincipalsAndAccess { record })?;
        let done = match shares.iter().any(|(with, _)| *with == principal) {
            true => desk.act(ModifyAccess { record, principal, rights })?,
            false => desk.act(GrantAccess { record, principal, rights })?.map(|_| ()),
        };
        answer::give_steps(cli, out, &desk, &[done.step], &[done.summary])?;
        Ok(0)
    }
}

impl Unshare {
    /// Takes the share away.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write_existing()?;
        let record = names::record_of(&desk, &self.record, Entity::Lead)?;
        let revokee = names::owner(&desk.ctx, &self.with)?;
        let done = desk.act(RevokeAccess { record, revokee })?;
        answer::give_steps(cli, out, &desk, &[done.step], &[done.summary])?;
        Ok(0)
    }
}

impl Access {
    /// Shows it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let desk = cli.read()?;
        let record = names::record_of(&desk, &self.record, Entity::Lead)?;
        let people = &desk.ctx.catalog.people;
        let object = |principal, rights: Rights| json!({"principal": people.show(principal), "rights": rights.to_string()});
        if let Some(owner) = &self.owner {
            let principal = names::owner(&desk.ctx, owner)?;
            let rights = desk.ask(&RetrievePrincipalAccess { record, principal })?;
            match cli.globals.json {
                true => out.json(&object(principal, rights))?,
                false => out.line(&rights.to_string())?,
            }
            return Ok(0);
        }
        let shares = desk.ask(&RetrieveSharedPrincipalsAndAccess { record })?;
        if cli.globals.json {
            out.json(&Json::Array(shares.iter().map(|(principal, rights)| object(*principal, *rights)).collect()))?;
        } else if shares.is_empty() {
            tell(&format!("{record} is shared with nobody"));
        } else {
            let rows: Vec<Vec<String>> =
                shares.iter().map(|(principal, rights)| vec![people.show(*principal), rights.to_string()]).collect();
            table::write(out, &["Principal", "Rights"], vec![false, false], &rows)?;
        }
        Ok(0)
    }
}
