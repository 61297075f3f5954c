//! `history`: what happened to a record, newest first.

use serde_json::Value as Json;

use super::open::Cli;
use super::output::Out;
use super::{names, table, words};
use crate::error::Result;
use crate::model::entity::Entity;
use crate::service::attachment::GetAttachment;
use crate::service::record::read::{GetNote, HistoryOf};

/// Show what happened to a record, newest first: the step, when, who, from where, what
#[derive(Debug, clap::Args)]
pub struct History {
    /// The record
    #[arg(value_name = "REC")]
    record: String,
}

impl History {
    /// Shows it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let desk = cli.read()?;
        let ctx = &desk.ctx;
        let record = names::record(&desk, &self.record)?;
        let about = match record.entity {
            Entity::Note => desk.ask(&GetNote { number: record.number })?.about,
            Entity::Attachment => desk.ask(&GetAttachment { number: record.number })?.about,
            _ => record,
        };
        let mut changes = desk.ask(&HistoryOf { about, limit: i64::MAX })?;
        changes.retain(|(_, change)| record == about || change.record == record);
        if cli.globals.json {
            out.json(&Json::Array(changes.iter().map(|(o, change)| words::change_json(ctx, o, change)).collect()))?;
            return Ok(0);
        }
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (operation, change) in &changes {
            let Some(said) = words::change(ctx, change) else { continue };
            rows.push(vec![
                operation.number.to_string(),
                words::moment(ctx, operation.at),
                words::login(ctx, operation.actor),
                words::origin(&operation.origin).to_owned(),
                said,
            ]);
            // of a note that was asked for, also what was changed in it
            if change.record == record && record != about {
                let beside = |line| [String::new(), String::new(), String::new(), String::new(), line].to_vec();
                rows.extend(words::edited(change).into_iter().map(beside));
            }
        }
        table::write(out, &["Step", "When", "Who", "From", "What"], vec![true, false, false, false, false], &rows)?;
        Ok(0)
    }
}
