//! `route`: the rules asked by hand, or those that wait for time.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::open::{Cli, Desk};
use super::output::{Out, warn};
use super::{args, filter, progress, rule, table};
use crate::error::Result;
use crate::model::entity::Entity;
use crate::model::number::show_count;
use crate::model::value::Owner;
use crate::service::rule::{EventKind, FiredIn, Route as RouteLeads, RouteIdle, Routed, RuleLog, Trial, TryRoute};
use crate::service::scope::Targets;
use crate::service::{Context, LeadReader};

/// Ask the rules about leads; without a filter those that wait for time, as for cron
#[derive(Debug, clap::Args)]
pub struct Route {
    /// Which open leads; every one: status:open
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Write nothing and say who would get what
    #[arg(long)]
    dry_run: bool,
    /// Say for each lead which rule matched, which part of it, and why this owner
    #[arg(long)]
    explain: bool,
}

impl Route {
    /// Routes, or says what would be done.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        if self.dry_run {
            return self.try_it(cli, out);
        }
        let mut desk = cli.write_existing()?;
        desk.ctx.progress = progress::reporter("routing", &desk.ctx.cancel);
        let done = match self.filter.is_empty() {
            true => desk.act(RouteIdle),
            false => {
                let targets = self.targets(&desk.ctx)?;
                desk.act(RouteLeads { targets })
            }
        };
        progress::clear();
        let done = done?;
        let Routed { asked, matched, moved, unmatched, nobody, listed, others, warnings } = &done.reply;
        let mut fired = match (self.explain, done.step) {
            (true, Some(step)) => desk.ask(&FiredIn { step })?,
            _ => Vec::new(),
        };
        if self.explain && !listed.is_empty() {
            let log = desk.ask(&RuleLog { rule: None, unmatched: true, limit: i64::MAX })?;
            fired.extend(log.into_iter().filter(|one| listed.contains(&one.lead)));
            fired.sort_by_key(|one| one.lead);
        }
        if cli.globals.json {
            let mut object = json!({
                "asked": asked, "matched": matched, "moved": moved, "unmatched": unmatched, "nobody": nobody,
                "others": others, "warnings": warnings, "step": done.step,
            });
            if self.explain {
                object["leads"] = rule::log_as_json(&desk.ctx, &fired);
            }
            out.json(&object)?;
            return Ok(0);
        }
        warnings.iter().for_each(|sentence| warn(sentence));
        leave(*others);
        match self.explain {
            true => rule::write_log(cli, out, &desk, &fired)?,
            false => out.line(&counts(*asked, *matched, *moved, *unmatched, *nobody))?,
        }
        Ok(0)
    }

    fn targets(&self, ctx: &Context) -> Result<Targets> {
        let text = if self.filter.is_empty() { "status:open".to_owned() } else { args::joined(&self.filter) };
        let filter = Box::new(filter::read(&text, &ctx.reading())?);
        Ok(Targets::All { filter, except: Vec::new(), confirmed: None })
    }

    fn try_it(&self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.read()?;
        desk.ctx.progress = progress::reporter("trying", &desk.ctx.cancel);
        let event = if self.filter.is_empty() { EventKind::Idle } else { EventKind::ByHand };
        let ask = TryRoute { targets: self.targets(&desk.ctx)?, rules: None, event: Some(event), also: None };
        let trial = desk.ask(&ask);
        progress::clear();
        let trial = trial?;
        if cli.globals.json {
            out.json(&self.as_json(&desk, &trial))?;
            return Ok(0);
        }
        trial.broken.iter().for_each(|sentence| warn(sentence));
        leave(trial.others);
        if self.explain { leads(out, &desk, &trial) } else { owners(out, &desk, &trial) }?;
        Ok(0)
    }

    fn as_json(&self, desk: &Desk<LeadReader>, trial: &Trial) -> Json {
        let owners: BTreeMap<String, Json> = trial
            .owners
            .iter()
            .map(|(code, (now, would))| (show(&desk.ctx, *code), json!({"now": now, "would": would})))
            .collect();
        let mut object = json!({
            "asked": trial.rows.len(), "matched": matched(trial), "moved": trial.moved, "unmatched": trial.unmatched,
            "nobody": trial.nobody, "others": trial.others, "warnings": trial.broken, "owners": owners,
            "rules": trial.rules.iter().map(|rule| json!({"rule": rule.name, "matched": rule.matched})).collect::<Vec<_>>(),
            "waiting": trial.waiting.iter().map(|(rule, waits)| json!({"rule": rule, "waits": waits})).collect::<Vec<_>>(),
        });
        if self.explain {
            let lead = |cells: [String; 6]| {
                let [lead, now, would, rule, part, why] = cells;
                json!({"lead": lead, "now": now, "would": would, "rule": Some(rule).filter(|r| !r.is_empty()), "matched": part, "why": why})
            };
            object["leads"] = Json::Array(rows(desk, trial).map(lead).collect());
        }
        object
    }
}

fn show(ctx: &Context, code: i64) -> String {
    Owner::of_code(code).map_or_else(|| "nobody".to_owned(), |owner| ctx.catalog.people.show(owner))
}

/// Says how many leads were left out.
fn leave(others: u64) {
    if others > 0 {
        warn(&format!("{others} {} left out: they are not yours to assign", Entity::Lead.counted(others)));
    }
}

fn counts(asked: u64, matched: u64, moved: u64, unmatched: u64, nobody: u64) -> String {
    let count = |n: u64| show_count(i64::try_from(n).unwrap_or(i64::MAX), &crate::model::locale::Locale::default());
    format!(
        "{} asked · {} matched · {} to another owner · {} without a rule · {} without anybody to take them",
        count(asked),
        count(matched),
        count(moved),
        count(unmatched),
        count(nobody)
    )
}

/// How many leads of a trial a rule matches.
fn matched(trial: &Trial) -> u64 {
    trial.rows.iter().filter(|row| row.rule.is_some()).count() as u64
}

/// Each lead of a trial: number, owner now, owner then, rule, what matched, why.
fn rows<'a>(desk: &'a Desk<LeadReader>, trial: &'a Trial) -> impl Iterator<Item = [String; 6]> + 'a {
    trial.rows.iter().map(|row| {
        let (name, part, why) = match row.rule {
            Some((rule, part)) => {
                let tried = &trial.rules[rule];
                let part = tried.parts.get(part).cloned().unwrap_or_default();
                (tried.name.clone(), part, row.why.words(&desk.ctx.catalog.people))
            }
            None => (String::new(), String::new(), "no rule matches".into()),
        };
        [format!("L-{}", row.lead), show(&desk.ctx, row.now), show(&desk.ctx, row.would), name, part, why]
    })
}

fn leads(out: &mut Out, desk: &Desk<LeadReader>, trial: &Trial) -> Result<()> {
    let rows: Vec<Vec<String>> = rows(desk, trial).map(|cells| cells.to_vec()).collect();
    table::write(out, &["Lead", "Has it", "Would", "Rule", "Matched", "Why"], vec![false; 6], &rows)
}

fn owners(out: &mut Out, desk: &Desk<LeadReader>, trial: &Trial) -> Result<()> {
    let count = |n: u64| show_count(i64::try_from(n).unwrap_or(i64::MAX), &desk.ctx.locale);
    let change = |now: u64, would: u64| match would.cmp(&now) {
        std::cmp::Ordering::Less => format!("-{}", count(now - would)),
        std::cmp::Ordering::Equal => String::new(),
        std::cmp::Ordering::Greater => format!("+{}", count(would - now)),
    };
    let owners = trial
        .owners
        .iter()
        .map(|(code, (now, would))| vec![show(&desk.ctx, *code), count(*now), count(*would), change(*now, *would)]);
    let rows: Vec<Vec<String>> = owners.collect();
    table::write(out, &["Owner", "Has", "Would have", "Change"], vec![false, true, true, true], &rows)?;
    let rules = trial.rules.iter().map(|rule| vec![rule.name.clone(), count(rule.matched)]);
    let rows: Vec<Vec<String>> = rules.collect();
    if !rows.is_empty() {
        out.line("")?;
        table::write(out, &["Rule", "Matches"], vec![false, true], &rows)?;
    }
    let rows: Vec<Vec<String>> = trial.waiting.iter().map(|(name, waits)| vec![name.clone(), waits.clone()]).collect();
    if !rows.is_empty() {
        out.line("")?;
        table::write(out, &["Rule", "Not asked of these leads"], vec![false, false], &rows)?;
    }
    out.line("")?;
    out.line(&counts(trial.rows.len() as u64, matched(trial), trial.moved, trial.unmatched, trial.nobody))
}
