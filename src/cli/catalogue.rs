//! `product`, `competitor`, `campaign` and `template`: what leads and opportunities are described and written about with, each listed,
//! added, changed and removed by the commands for all records.

use clap::Subcommand;

use super::add::Add;
use super::answer::{self, Did};
use super::args::{Entity, OfEntity};
use super::delete::Delete;
use super::list::List;
use super::open::Cli;
use super::output::Out;
use super::rows::Format;
use super::set::Set;
use crate::error::Result;
use crate::model::choice::{Set as Choices, slug};
use crate::model::entity::RecordName;

/// List, add, change and remove products
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  leadbook product add \"Label printer\" price=1200 product_number=LP-2\n  leadbook link O-3 P-1 --role \"3 x 1150\""
)]
pub struct Product {
    #[command(subcommand)]
    what: What,
}

/// List, add, change and remove competitors, to whom opportunities are lost
#[derive(Debug, clap::Args)]
pub struct Competitor {
    #[command(subcommand)]
    what: What,
}

/// List, add, change and remove campaigns
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  leadbook campaign add \"Spring fair\" type=event starts=2026-03-02 actual_cost=4k")]
pub struct Campaign {
    #[command(subcommand)]
    what: What,
}

/// List, add, change and remove templates, which notes and mails begin with
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  leadbook template add \"First offer\" kind=mail subject=\"Our offer for {company}\" body=\"$(cat offer.txt)\""
)]
pub struct Template {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List them
    List {
        /// Which, in the filter language
        filter: Vec<String>,
        /// How to write them
        #[arg(long, value_enum)]
        format: Option<Format>,
    },
    /// Add one; a competitor or a campaign of that name that is there already is left as it is
    Add {
        /// Its name
        name: String,
        /// What else it holds
        #[arg(value_name = "FIELD=VALUE")]
        values: Vec<String>,
    },
    /// Write fields
    Set {
        /// Their numbers, then what is written on each
        #[arg(required = true, num_args = 2.., value_name = "REC|FIELD=VALUE")]
        words: Vec<String>,
    },
    /// Move to Deleted
    Remove {
        /// Their numbers
        #[arg(required = true, value_name = "REC")]
        records: Vec<String>,
    },
}

impl Product {
    /// Does it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        run(self.what, Entity::Product, None, cli, out)
    }
}

impl Competitor {
    /// Does it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        run(self.what, Entity::Competitor, Some(Choices::Competitor), cli, out)
    }
}

impl Campaign {
    /// Does it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        run(self.what, Entity::Campaign, Some(Choices::Campaign), cli, out)
    }
}

impl Template {
    /// Does it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        run(self.what, Entity::Template, None, cli, out)
    }
}

fn run(what: What, entity: Entity, set: Option<Choices>, cli: &Cli, out: &mut Out) -> Result<u8> {
    let entity = OfEntity { entity };
    match what {
        What::List { filter, format } => List { filter, view: None, columns: None, limit: None, format, entity }.run(cli, out),
        What::Add { name, values } => {
            if let Some(set) = set {
                let desk = cli.write()?;
                let there = desk.ctx.catalog.choices.all(set).iter().find(|c| c.active && slug(&c.label) == slug(&name)).cloned();
                if let Some(there) = there {
                    let number = entity.kind().numbered(there.code).to_string();
                    let why = format!("{} is there already as {number}", there.label);
                    answer::give_nothing(cli, out, Did::Made, &[number], &why)?;
                    return Ok(0);
                }
            }
            Add { words: std::iter::once(format!("name={name}")).chain(values).collect(), entity }.run(cli, out)
        }
        What::Set { words } => Set { words, entity }.run(cli, out),
        What::Remove { records } => {
            let own = |word: String| RecordName::parse_as(&word, entity.kind()).map_or(word, |record| record.to_string());
            Delete { records: records.into_iter().map(own).collect() }.run(cli, out)
        }
    }
}
