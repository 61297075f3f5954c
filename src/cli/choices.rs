//! `source`, `industry`, `reason` and `outcome`: the rows of the lists that people can add to.

use clap::{Subcommand, ValueEnum};
use serde_json::{Value as Json, json};

use super::answer::{self, Did};
use super::open::Cli;
use super::output::Out;
use super::table;
use crate::error::Result;
use crate::model::activity::Follows;
use crate::model::choice::{DISQUALIFIED, OPEN, QUALIFIED, Set, slug};
use crate::service::list::AddChoice;

/// List and add lead sources
#[derive(Debug, clap::Args)]
pub struct Source {
    #[command(subcommand)]
    what: Plain,
}

/// List and add industries
#[derive(Debug, clap::Args)]
pub struct Industry {
    #[command(subcommand)]
    what: Plain,
}

/// List and add status reasons
#[derive(Debug, clap::Args)]
pub struct Reason {
    #[command(subcommand)]
    what: OfState,
}

/// List and add outcomes of calls
#[derive(Debug, clap::Args)]
pub struct Outcome {
    #[command(subcommand)]
    what: OfCall,
}

#[derive(Debug, Subcommand)]
enum OfCall {
    /// List them
    List,
    /// Add one; one that is there already is left as it is
    Add {
        /// What people read
        label: String,
        /// What follows from it, as from a shipped one
        #[arg(long, value_enum, default_value = "talked")]
        like: Like,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Like {
    /// Nobody was reached: another try is proposed.
    NoAnswer,
    /// A message was left: another try is proposed.
    Voicemail,
    /// Somebody was reached.
    Talked,
    /// When to call back is asked.
    CallBack,
    /// The number is taken off the record.
    WrongNumber,
    /// Closing the lead is offered.
    NotInterested,
}

impl Like {
    const fn follows(self) -> Follows {
        match self {
            Self::NoAnswer => Follows::TryAgain,
            Self::Voicemail => Follows::Voicemail,
            Self::Talked => Follows::Talked,
            Self::CallBack => Follows::CallBack,
            Self::WrongNumber => Follows::WrongNumber,
            Self::NotInterested => Follows::NotInterested,
        }
    }
}

impl Outcome {
    /// Lists or adds.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        match self.what {
            OfCall::List => list(Set::Outcome, cli, out),
            OfCall::Add { label, like } => add(Set::Outcome, label, Some(like.follows().code()), cli, out),
        }
    }
}

#[derive(Debug, Subcommand)]
enum Plain {
    /// List them
    List,
    /// Add one; one that is there already is left as it is
    Add {
        /// What people read
        label: String,
    },
}

#[derive(Debug, Subcommand)]
enum OfState {
    /// List them
    List,
    /// Add one; one that is there already is left as it is
    Add {
        /// What people read
        label: String,
        /// The state that it is a reason of
        #[arg(long, value_enum)]
        state: State,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum State {
    /// Being worked.
    Open,
    /// Closed well.
    Qualified,
    /// Closed badly.
    Disqualified,
}

impl Source {
    /// Lists or adds.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        plain(self.what, Set::Source, cli, out)
    }
}

impl Industry {
    /// Lists or adds.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        plain(self.what, Set::Industry, cli, out)
    }
}

impl Reason {
    /// Lists or adds.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        match self.what {
            OfState::List => list(Set::StatusReason, cli, out),
            OfState::Add { label, state } => {
                let state = match state {
                    State::Open => OPEN,
                    State::Qualified => QUALIFIED,
                    State::Disqualified => DISQUALIFIED,
                };
                add(Set::StatusReason, label, Some(state), cli, out)
            }
        }
    }
}

fn plain(what: Plain, set: Set, cli: &Cli, out: &mut Out) -> Result<u8> {
    match what {
        Plain::List => list(set, cli, out),
        Plain::Add { label } => add(set, label, None, cli, out),
    }
}

fn add(set: Set, label: String, state: Option<i64>, cli: &Cli, out: &mut Out) -> Result<u8> {
    let mut desk = cli.write()?;
    let is_there = desk.ctx.catalog.choices.all(set).iter().any(|choice| choice.slug == slug(&label));
    let done = desk.act(AddChoice { set, label, state })?;
    match is_there {
        true => answer::give_nothing(cli, out, Did::Made, &[done.reply.slug], &done.summary)?,
        false => answer::give(cli, out, Did::Made, &[done.reply.slug], done.step, &done.summary)?,
    }
    Ok(0)
}

fn list(set: Set, cli: &Cli, out: &mut Out) -> Result<u8> {
    let desk = cli.read()?;
    let choices = &desk.ctx.catalog.choices;
    let state = |code: Option<i64>| code.map(|code| choices.slug(Set::State, code));
    if cli.globals.json {
        let rows = choices.all(set).iter().map(|c| {
            let mut row = json!({"slug": c.slug, "label": c.label, "code": c.code, "active": c.active});
            if set == Set::StatusReason {
                row["state"] = json!(state(c.state));
            }
            row
        });
        out.json(&Json::Array(rows.collect()))?;
        return Ok(0);
    }
    let rows: Vec<Vec<String>> = choices
        .all(set)
        .iter()
        .map(|c| {
            let mut row = vec![c.slug.clone(), c.label.clone(), c.code.to_string()];
            row.extend((set == Set::StatusReason).then(|| state(c.state).unwrap_or_default()));
            row
        })
        .collect();
    let heads: &[&str] = if set == Set::StatusReason { &["Slug", "Label", "Code", "State"] } else { &["Slug", "Label", "Code"] };
    table::write(out, heads, heads.iter().map(|head| *head == "Code").collect(), &rows)?;
    Ok(0)
}
