//! `score-rule`: the rules that give leads points.

use clap::Subcommand;
use serde_json::{Value as Json, json};

use super::open::Cli;
use super::output::{Out, tell};
use super::{defined, filter, table};
use crate::error::{Error, Result};
use crate::model::definition::{Body, Definition, DefinitionKind, ScoreRule as Rule};
use crate::service::definition::key;

/// List, add, change, move and remove the rules that give leads points
#[derive(Debug, clap::Args)]
pub struct ScoreRule {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List them in their order
    List,
    /// Add one; needs the admin role
    #[command(after_help = "Example:\n  leadbook score-rule add \"Will buy\" --points +20 --when budget:will-buy")]
    Add {
        /// What people read
        name: String,
        /// How many points; they may be taken away: -10
        #[arg(long, value_name = "N", allow_hyphen_values = true)]
        points: String,
        /// The filter over leads
        #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
        when: String,
    },
    /// Change one; what is not named stays
    Set {
        /// Its name, D-7, or its place
        name: String,
        /// Another name
        #[arg(long)]
        rename: Option<String>,
        /// Other points
        #[arg(long, value_name = "N", allow_hyphen_values = true)]
        points: Option<String>,
        /// Another filter
        #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
        when: Option<String>,
        /// It counts again
        #[arg(long, conflicts_with = "off")]
        on: bool,
        /// It counts no longer, and stays
        #[arg(long)]
        off: bool,
    },
    /// Move one to another place in the list
    Move {
        /// Its name, D-7, or its place
        name: String,
        /// The place, from 1
        to: i64,
    },
    /// Take one away
    #[command(visible_alias = "rm")]
    Remove {
        /// Its name, D-7, or its place
        name: String,
    },
}

const KIND: DefinitionKind = DefinitionKind::ScoreRule;

impl ScoreRule {
    /// Lists or changes them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        match self.what {
            What::List => list(cli, out)?,
            What::Add { name, points, when } => {
                let mut desk = cli.write()?;
                filter::read(&when, &desk.ctx.reading())?;
                let body = Body::ScoreRule(Rule { points: read(&points)?, when, active: true });
                defined::put(&mut desk, cli, out, Definition { number: 0, name, place: 0, owner: None, body })?;
            }
            What::Set { name, rename, points, when, on, off } => {
                let mut desk = cli.write_existing()?;
                let mut rule = defined::find(&desk.ctx, KIND, &name)?;
                let Body::ScoreRule(body) = &mut rule.body else { return Err(Error::Usage(format!("{name} is no score rule"))) };
                if let Some(points) = points {
                    body.points = read(&points)?;
                }
                if let Some(when) = when {
                    filter::read(&when, &desk.ctx.reading())?;
                    body.when = when;
                }
                if on || off {
                    body.active = on;
                }
                rule.name = rename.unwrap_or(rule.name);
                defined::put(&mut desk, cli, out, rule)?;
            }
            What::Move { name, to } => defined::shift(cli, out, KIND, &name, to)?,
            What::Remove { name } => defined::remove(cli, out, KIND, &name)?,
        }
        Ok(0)
    }
}

/// `+20` or `-10`.
fn read(text: &str) -> Result<i64> {
    text.trim().parse().map_err(|_| Error::Usage(format!("“{text}” is no number of points; write +20 or -10")))
}

fn list(cli: &Cli, out: &mut Out) -> Result<()> {
    let desk = cli.read()?;
    let rules: Vec<_> = desk.ctx.catalog.score_rules().collect();
    if cli.globals.json {
        let object = |(definition, rule): &(&Definition, &Rule)| {
            json!({"number": key(definition.number).to_string(), "name": definition.name, "points": rule.points, "when": rule.when,
                   "active": rule.active})
        };
        return out.json(&Json::Array(rules.iter().map(object).collect()));
    }
    if rules.is_empty() {
        tell("no score rules yet: leadbook score-rule add \"Will buy\" --points +20 --when budget:will-buy");
        return Ok(());
    }
    let row = |(at, (definition, rule)): (usize, &(&Definition, &Rule))| {
        let off = if rule.active { "" } else { "off" };
        vec![
            (at + 1).to_string(),
            key(definition.number).to_string(),
            format!("{:+}", rule.points),
            definition.name.clone(),
            rule.when.clone(),
            off.to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = rules.iter().enumerate().map(row).collect();
    table::write(out, &["", "Number", "Points", "Name", "When", ""], vec![true, false, true, false, false, false], &rows)
}
