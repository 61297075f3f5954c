//! `steps`: what was done in the database, newest first, by anyone.

use serde_json::Value as Json;

use super::open::Cli;
use super::output::Out;
use super::{table, words};
use crate::error::Result;
use crate::service::record::read::ListSteps;

/// List what was done, newest first; `undo STEP` takes one back
#[derive(Debug, clap::Args)]
pub struct Steps {
    /// At most so many; 0 is all
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

impl Steps {
    /// Lists them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let desk = cli.read()?;
        let ctx = &desk.ctx;
        let limit = if self.limit == 0 { i64::MAX } else { i64::from(self.limit) };
        let steps = desk.ask(&ListSteps { before: 0, limit })?;
        if cli.globals.json {
            out.json(&Json::Array(steps.iter().map(|step| words::step_json(ctx, step)).collect()))?;
            return Ok(0);
        }
        let rows: Vec<Vec<String>> = steps
            .iter()
            .map(|step| {
                let undone = if step.undone_by.is_some() { " (undone)" } else { "" };
                vec![
                    step.number.to_string(),
                    words::moment(ctx, step.at),
                    words::login(ctx, step.actor),
                    words::origin(&step.origin).to_owned(),
                    step.touched.to_string(),
                    format!("{}{undone}", step.summary),
                ]
            })
            .collect();
        let right = vec![true, false, false, false, true, false];
        table::write(out, &["Step", "When", "Who", "From", "Records", "What"], right, &rows)?;
        Ok(0)
    }
}
