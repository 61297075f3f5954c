//! `undo` and `redo`: a step back, and the newest one again.

use serde_json::json;

use super::answer;
use super::open::{Cli, Desk};
use super::output::{Out, tell};
use super::progress;
use crate::error::{Error, Result};
use crate::service::record::read::NextUndo;
use crate::service::undo::{Redo as RedoAct, Undo as UndoAct, Undone};
use crate::service::{Done, LeadService};

/// Take back a step: a named one, or the newest that you made by the command line or by mail
#[derive(Debug, clap::Args)]
pub struct Undo {
    /// The step, as `leadbook steps` numbers it
    #[arg(value_parser = clap::value_parser!(i64).range(1..))]
    step: Option<i64>,
}

/// Bring back the newest step that you took back
#[derive(Debug, clap::Args)]
pub struct Redo {}

/// Where the newest step may come from when none is named.
const OURS: [&str; 2] = ["cli", "mail"];

impl Undo {
    /// Takes it back.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write_existing()?;
        desk.ctx.progress = progress::reporter("undoing", &desk.ctx.cancel);
        let origins = if self.step.is_some() { Vec::new() } else { OURS.to_vec() };
        let newest = desk.ask(&NextUndo)?.filter(|step| self.step.is_none() && !OURS.contains(&step.origin.as_str()));
        if let Some(step) = newest.as_ref().filter(|step| step.origin == "import") {
            // what was done last is not passed over without a word, and an import is not taken back without its number
            return Err(Error::refused(
                format!("your newest step is an import, {}, “{}”", step.number, step.summary),
                format!("leadbook undo {} takes it back; leadbook steps lists those before it", step.number),
            ));
        }
        let done = desk.act(UndoAct { step: self.step, origins }).map_err(|error| match (&error, newest) {
            (Error::Refused { headline, .. }, Some(step)) if headline == "nothing to undo" => Error::refused(
                "nothing of the command line to undo",
                format!("your newest step is {}, “{}”: leadbook undo {}", step.number, step.summary, step.number),
            ),
            _ => error,
        });
        progress::clear();
        give(cli, out, &desk, "undone", &done?)
    }
}

impl Redo {
    /// Brings it back.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write_existing()?;
        desk.ctx.progress = progress::reporter("redoing", &desk.ctx.cancel);
        let done = desk.act(RedoAct);
        progress::clear();
        give(cli, out, &desk, "redone", &done?)
    }
}

fn give(cli: &Cli, out: &mut Out, desk: &Desk<LeadService>, word: &str, done: &Done<Undone>) -> Result<u8> {
    let changed = answer::changed(desk, &[done.step])?;
    if cli.globals.json {
        let step = &done.reply.step;
        out.json(&json!({ word: step.number, "changed": changed, "step": done.step, "summary": step.summary }))?;
        return Ok(0);
    }
    changed.iter().try_for_each(|record| out.line(record))?;
    out.end()?;
    tell(&done.summary);
    Ok(0)
}
