//! `find`: leads by words.

use super::args::joined;
use super::names;
use super::open::Cli;
use super::output::Out;
use super::rows::{self, Format};
use crate::error::{Error, Result};
use crate::model::entity::Entity;
use crate::query::ast::{Expr, Query as Filter};

/// Find leads by words of name, company, topic, e-mail or phone; every word is the beginning of one
#[derive(Debug, clap::Args)]
pub struct Find {
    /// The words
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "N", value_parser = rows::count, allow_negative_numbers = true)]
    limit: Option<u64>,
    /// How to write them
    #[arg(long, value_enum)]
    format: Option<Format>,
}

const COLUMNS: [&str; 6] = ["number", "name", "company", "topic", "email", "phone"];

impl Find {
    /// Finds them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let text = joined(&self.text);
        if text.trim().is_empty() {
            return Err(Error::Usage("say what to look for".into()));
        }
        let desk = cli.read()?;
        let registry = &desk.ctx.catalog.lead;
        let format = Format::asked(self.format, cli.globals.json);
        let columns = match format {
            Format::Table => COLUMNS.iter().map(|name| names::field(registry, name)).collect::<Result<Vec<_>>>()?,
            _ => rows::all_fields(registry),
        };
        let filter = Filter { entity: Entity::Lead, filter: Expr::Words(text), sort: Vec::new() };
        let numbers = rows::numbers(&desk, filter, rows::limit(self.limit))?;
        rows::write(&desk, out, Entity::Lead, &numbers, &columns, format)?;
        Ok(0)
    }
}
