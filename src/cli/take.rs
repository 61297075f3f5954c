//! `take` and `queue`: leads that wait for whoever is free.

use clap::Subcommand;
use serde_json::{Value as Json, json};

use super::answer::{self, Did};
use super::open::Cli;
use super::output::Out;
use super::table;
use crate::error::Result;
use crate::model::entity::RecordId;
use crate::service::rule::queue::{GetQueues, SetQueues, TakeNext};

/// Take the next lead from the queues of your teams
#[derive(Debug, clap::Args)]
pub struct Take {}

impl Take {
    /// Takes it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write_existing()?;
        let done = desk.act(TakeNext)?;
        answer::give(cli, out, Did::Changed, &[RecordId::lead(done.reply).to_string()], done.step, &done.summary)?;
        Ok(0)
    }
}

/// Switch queues on or off, and see what waits in them
#[derive(Debug, clap::Args)]
pub struct Queue {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List the teams that have a queue, with what waits in it
    List,
    /// Let members take leads from the queues of their teams; needs the admin role
    On,
    /// Let nobody take leads from queues; needs the admin role
    Off,
}

impl Queue {
    /// Lists or switches.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let on = match self.what {
            What::List => return list(cli, out).map(|()| 0),
            What::On => true,
            What::Off => false,
        };
        let mut desk = cli.write()?;
        let done = desk.act(SetQueues { on })?;
        answer::give(cli, out, Did::Changed, &[], done.step, &done.summary)?;
        Ok(0)
    }
}

fn list(cli: &Cli, out: &mut Out) -> Result<()> {
    let desk = cli.read()?;
    let queues = desk.ask(&GetQueues)?;
    if cli.globals.json {
        let all = queues.iter().map(|q| json!({"team": format!("team:{}", q.name), "waiting": q.waiting, "mine": q.mine}));
        return out.json(&Json::Array(all.collect()));
    }
    let row = |q: &crate::service::rule::queue::Queue| {
        vec![format!("team:{}", q.name), q.waiting.to_string(), if q.mine { "yours".into() } else { String::new() }]
    };
    let rows: Vec<Vec<String>> = queues.iter().map(row).collect();
    table::write(out, &["Queue", "Waiting", ""], vec![false, true, false], &rows)
}
