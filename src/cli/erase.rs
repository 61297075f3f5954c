//! `erase`: a person's data goes for good, after a question that names all of it.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use super::names;
use super::open::{Cli, Desk};
use super::output::{Out, tell, warn};
use super::progress;
use crate::config::State;
use crate::error::{Error, Result};
use crate::model::clean::clean;
use crate::model::entity::{RecordId, RecordName};
use crate::model::value::Named;
use crate::service::access;
use crate::service::erase::{ErasePerson, Erased, Erasure, PlanErasure, erase};
use crate::service::{Done, LeadService};
use crate::store::sqlite::backup::Holding;
use crate::worker::drafts;

/// Erase a person for good: a lead or a contact with what was made from it, its history and its files; needs the admin role
///
/// Says first what goes and what stays, and which backups still hold the person. What reports count by stays, without a name. This
/// cannot be undone, and no backup is taken. Prints the records that are anonymous now, then those that lost texts.
#[derive(Debug, clap::Args)]
pub struct Erase {
    /// The lead or the contact
    #[arg(value_name = "REC")]
    record: String,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Delete the backups that still hold the person, too
    #[arg(long)]
    delete_backups: bool,
    /// Say what would be done, and do nothing
    #[arg(long, conflicts_with_all = ["yes", "delete_backups"])]
    dry_run: bool,
}

impl Erase {
    /// Erases.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write_existing()?;
        access::check_admin(&desk.ctx, "erasing")?;
        // what was purged is known by its number alone
        let record = match (names::record(&desk, &self.record), RecordName::parse(&self.record)) {
            (Err(Error::NotFound(_)), Some(RecordName::Number(record))) => record,
            (found, _) => found?,
        };
        let plan = desk.ask(&PlanErasure { record })?;
        if self.dry_run {
            return show(cli, out, &plan);
        }
        let mut backups = self.delete_backups;
        if !self.yes {
            if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
                let headline = format!("erasing {record} cannot be undone: --dry-run says what it takes, --yes does it");
                return Err(Error::Usage(headline));
            }
            lines(&plan).iter().for_each(|line| warn(line));
            if !plan.done && !confirmed(&format!("Type {record} to erase: "), |typed| is(typed, record))? {
                return Err(Error::Canceled);
            }
            if !backups && !plan.backups.is_empty() {
                backups = confirmed("Delete these backups too? [y/N] ", |typed| matches!(typed, "y" | "Y" | "yes"))?;
            }
        }
        desk.ctx.progress = progress::reporter("erasing", &desk.ctx.cancel);
        let act = ErasePerson { record, confirmed: Some(plan.count()), backups };
        let done = erase(&mut desk.service, &desk.ctx, &act);
        progress::clear();
        let done = done?;
        scrub_drafts(cli, &desk, &done.reply)?;
        give(cli, out, &done)
    }
}

/// Whether what was typed names the record.
fn is(typed: &str, record: RecordId) -> bool {
    RecordName::parse(typed) == Some(RecordName::Number(record))
}

/// Asks on the terminal.
fn confirmed(question: &str, is_yes: impl Fn(&str) -> bool) -> Result<bool> {
    let failed = |e| Error::io("the terminal", &e);
    let mut terminal = std::io::stderr();
    terminal.write_all(question.as_bytes()).and_then(|()| terminal.flush()).map_err(failed)?;
    let mut typed = String::new();
    std::io::stdin().lock().read_line(&mut typed).map_err(failed)?;
    Ok(is_yes(typed.trim()))
}

/// Drafts about what is erased go with it, and what is remembered of it; they are files of the person at the keyboard, beside the
/// database.
fn scrub_drafts(cli: &Cli, desk: &Desk<LeadService>, erased: &Erased) -> Result<()> {
    let folder = drafts::folder(&cli.paths.state, &desk.service.database_id()?);
    let gone: Vec<RecordId> = [&erased.persons, &erased.deals, &erased.removed].into_iter().flatten().copied().collect();
    let file = cli.paths.state_file();
    let (mut state, _) = State::load(&file);
    let records: Vec<String> = gone.iter().map(ToString::to_string).collect();
    if state.forget(&desk.service.database_id()?, &records) {
        state.save(&file)?;
    }
    drafts::remove_about(&folder, &gone)
}

/// The question as lines.
fn lines(plan: &Erasure) -> Vec<String> {
    let mut lines = plan.words();
    if plan.backups.is_empty() {
        return lines;
    }
    lines.push("Backups that still hold the person:".into());
    lines.extend(plan.backups.iter().map(held));
    lines
}

fn held(holding: &Holding) -> String {
    let doubt = if holding.readable { "" } else { " (cannot be looked into, and so may hold it)" };
    format!("  {}{doubt}", holding.backup.path.display())
}

/// What would be done.
fn show(cli: &Cli, out: &mut Out, plan: &Erasure) -> Result<u8> {
    if !cli.globals.json {
        out.line("Nothing is erased; this is what would be.")?;
        for line in lines(plan) {
            out.line(&clean(&line))?;
        }
        return Ok(0);
    }
    let listed = |list: &[Named]| -> Json { list.iter().map(|n| json!({"record": n.key.to_string(), "name": n.name})).collect() };
    let paths: Vec<String> = plan.backups.iter().map(|held| held.backup.path.display().to_string()).collect();
    out.json(&json!({
        "erased": listed(&plan.persons),
        "without_texts": listed(&plan.deals),
        "companies": listed(&plan.companies),
        "untouched": listed(&plan.left),
        "activities": plan.activities,
        "notes": plan.notes,
        "files": plan.files,
        "requests": plan.requests,
        "log_entries": plan.entries,
        "erased_before": plan.done,
        "backups": paths,
    }))?;
    Ok(0)
}

fn shown(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| path.display().to_string()).collect()
}

/// What was done; exit code 1 when something of the person is still to be cleaned up.
fn give(cli: &Cli, out: &mut Out, done: &Done<Erased>) -> Result<u8> {
    let erased = &done.reply;
    let names = |list: &[RecordId]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    if cli.globals.json {
        out.json(&json!({
            "erased": names(&erased.persons),
            "without_texts": names(&erased.deals),
            "companies": names(&erased.companies),
            "removed": names(&erased.removed),
            "step": done.step,
            "backups": shown(&erased.backups),
            "backups_deleted": shown(&erased.deleted),
            "cleaned_up": erased.unclean.is_none(),
        }))?;
    } else {
        for name in [&erased.persons, &erased.deals, &erased.companies].into_iter().flat_map(|list| names(list)) {
            out.line(&name)?;
        }
        out.end()?;
        // what still holds the person is said to scripts too
        if erased.backups.is_empty() && erased.unclean.is_none() {
            tell(&done.summary)
        } else {
            warn(&done.summary)
        }
        shown(&erased.backups).iter().for_each(|path| warn(&format!("  {path}")));
    }
    Ok(u8::from(erased.unclean.is_some()))
}
