//! `user`: who works with the database.

use clap::{Subcommand, ValueEnum};
use serde_json::{Value as Json, json};

use super::answer::{self, Did};
use super::open::Cli;
use super::output::Out;
use super::table;
use crate::error::Result;
use crate::model::people::Role;
use crate::service::people::AddUser;

/// List and add users
#[derive(Debug, clap::Args)]
pub struct User {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List the users
    List,
    /// Add a user; needs the admin role
    Add {
        /// The short name that is typed
        login: String,
        /// The name that is read; else the login
        #[arg(long)]
        name: Option<String>,
        /// What they may do
        #[arg(long, value_enum, default_value = "seller")]
        role: RoleName,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RoleName {
    /// Everything, also users and purging.
    Admin,
    /// Their own records and those of their teams.
    Seller,
}

impl User {
    /// Lists or adds.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        match self.what {
            What::List => list(cli, out)?,
            What::Add { login, name, role } => {
                let role = match role {
                    RoleName::Admin => Role::Admin,
                    RoleName::Seller => Role::Seller,
                };
                let mut desk = cli.write()?;
                let done = desk.act(AddUser { login, name: name.unwrap_or_default(), role })?;
                let made = desk.ctx.catalog.people.user(done.reply).map(|u| u.login.clone()).into_iter().collect::<Vec<_>>();
                answer::give(cli, out, Did::Made, &made, done.step, &done.summary)?;
            }
        }
        Ok(0)
    }
}

fn list(cli: &Cli, out: &mut Out) -> Result<()> {
    let desk = cli.read()?;
    let users = &desk.ctx.catalog.people.users;
    if cli.globals.json {
        let users = users.iter().map(|u| json!({"login": u.login, "name": u.name, "role": u.role.name(), "active": u.active}));
        return out.json(&Json::Array(users.collect()));
    }
    let rows: Vec<Vec<String>> = users
        .iter()
        .map(|u| {
            let active = if u.active { "" } else { "inactive" };
            vec![u.login.clone(), u.name.clone(), u.role.name().to_owned(), active.to_owned()]
        })
        .collect();
    table::write(out, &["Login", "Name", "Role", ""], vec![false; 4], &rows)
}
