//! `generate`: a database as life makes it, into a new file.

use std::path::PathBuf;

use serde_json::json;

use super::open::Cli;
use super::output::{Out, tell};
use super::progress;
use crate::error::{Error, Result};
use crate::model::dates::parse_date;
use crate::model::zone;
use crate::service::context::{Cancel, Clock, Progress};
use crate::service::generate::{Counts, Generated, Spec, Stage, generate, write_truth};

/// Write a made-up database into a new file; the same number, seed and day give the same data
#[derive(Debug, clap::Args)]
pub struct Generate {
    /// How many leads
    #[arg(long, value_name = "N")]
    leads: u64,
    /// Where the numbers come from
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The day that counts as today: what happened did so in the five years before it
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    /// Write the pairs of leads that are one person, or only look so, into this new file
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
}

impl Generate {
    /// Makes it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let locale = cli.config.locale();
        let this_day = cli.config.zone.today(Clock::System.now());
        let today = match &self.today {
            Some(text) => {
                let day = parse_date(text, zone::date(this_day), &locale);
                zone::days(day.map_err(|e| Error::Usage(format!("--today: {e}")))?)
            }
            None => this_day,
        };
        if let Some(truth) = self.truth.as_ref().filter(|path| path.exists()) {
            return Err(Error::refused(format!("{} exists already", truth.display()), "name a file that does not exist yet"));
        }
        let path = cli.database();
        if cli.globals.db.is_none() {
            cli.paths.make()?;
        }
        let spec = Spec { leads: self.leads, seed: self.seed, today, first: cli.first_user() };
        let made = fill(&path, &spec)?;
        if let Some(truth) = &self.truth {
            write_truth(truth, &made.truth)?;
        }
        if cli.globals.json {
            out.json(&json!({
                "file": path.display().to_string(), "leads": made.leads, "notes": made.notes, "activities": made.history.activities,
                "requests": made.history.requests, "attachments": made.history.files, "pairs": made.truth.len(),
            }))?;
        } else {
            out.line(&made.leads.to_string())?;
            out.end()?;
            let [accounts, contacts, opportunities] = made.customers;
            let Counts { activities, requests, files } = made.history;
            tell(&format!(
                "Generated {} leads with {activities} activities, {} notes, {requests} requests and {files} files, \
                 {accounts} accounts, {contacts} contacts and {opportunities} opportunities in {}",
                made.leads,
                made.notes,
                path.display()
            ));
        }
        Ok(0)
    }
}

/// Makes a database, with progress on a terminal; Ctrl-c leaves no file.
pub fn fill(path: &std::path::Path, spec: &Spec) -> Result<Generated> {
    let cancel = Cancel::default();
    let writing = progress::reporter("generating", &cancel);
    let indexing = progress::reporter("indexing: step", &cancel);
    let made = generate(path, spec, &mut |stage, done, total| {
        let report = if stage == Stage::Writing { &writing } else { &indexing };
        if let Some(report) = report {
            report(Progress { done, total });
        }
        cancel.check()
    });
    progress::clear();
    made
}
