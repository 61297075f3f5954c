//! `score`: the points of leads counted again, explained line by line, and the grades that they come to.

use serde_json::json;

use super::args::{joined, word};
use super::open::Cli;
use super::output::{Out, tell};
use super::{filter, names, progress, table};
use crate::error::{Error, Result};
use crate::model::choice::Set;
use crate::model::clean::clean;
use crate::model::entity::{Entity, RecordId, RecordName};
use crate::model::number::show_count;
use crate::service::Context;
use crate::service::note::find::NameOf;
use crate::service::scope::Targets;
use crate::service::score::{ExplainScore, Explained, GetGrades, Says, ScoreLeads, SetGrades, parse_grades, show_grades};

/// Count the points of leads again: all open ones, or those of a filter; or say why a lead has its score
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  leadbook score\n  leadbook score L-7 --explain\n  leadbook score --grades A=80,B=50,C=20\n\n\
    Scores follow every change by themselves; this is for what time changes, as in no:contact>30d."
)]
pub struct Score {
    /// A filter, or leads by number
    #[arg(value_name = "FILTER|LEAD")]
    words: Vec<String>,
    /// Which rules count for a lead and which do not
    #[arg(long)]
    explain: bool,
    /// The least scores of the grades A, B and C; all below is D
    #[arg(long, value_name = "A=75,B=50,C=25", conflicts_with = "explain", allow_hyphen_values = true)]
    grades: Option<String>,
}

impl Score {
    /// Counts or explains.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        if self.explain {
            return self.explained(cli, out);
        }
        let grades = self.grades.as_deref().map(|text| {
            let wrong = || format!("“{text}” is no list of grades; write it as A=75,B=50,C=25, each less than the one before");
            parse_grades(text).ok_or_else(|| Error::Usage(wrong()))
        });
        let grades = grades.transpose()?;
        let mut desk = cli.write_existing()?;
        let targets = self.targets(&desk.ctx)?;
        desk.ctx.progress = progress::reporter("scoring", &desk.ctx.cancel);
        let mut step = None;
        let mut done = None;
        if let Some(grades) = grades {
            let set = desk.act(SetGrades { grades });
            progress::clear();
            let set = set?;
            step = set.step;
            done = Some(set.reply);
        }
        if done.is_none() || targets.is_some() {
            let scored = desk.act(ScoreLeads { targets });
            progress::clear();
            done = Some(scored?.reply);
        }
        let scored = done.unwrap_or_default();
        let grades = desk.ask(&GetGrades)?;
        if cli.globals.json {
            out.json(&json!({"leads": scored.leads, "changed": scored.changed, "grades": show_grades(grades), "step": step}))?;
            return Ok(0);
        }
        out.line(&scored.changed.to_string())?;
        out.end()?;
        let count = |n: u64| show_count(i64::try_from(n).unwrap_or(i64::MAX), &desk.ctx.locale);
        let rules = desk.ctx.catalog.score_rules().filter(|(_, rule)| rule.active).count();
        let whose = if scored.changed == 1 { "has another score or grade" } else { "have another score or grade" };
        tell(&format!(
            "Scored {} {} by {rules} {}; {} {whose} · {}",
            count(scored.leads),
            Entity::Lead.counted(scored.leads),
            if rules == 1 { "rule" } else { "rules" },
            count(scored.changed),
            show_grades(grades)
        ));
        Ok(0)
    }

    /// The leads that the words name, or that they find as a filter.
    fn targets(&self, ctx: &Context) -> Result<Option<Targets>> {
        if self.words.is_empty() {
            return Ok(None);
        }
        let lead = |text: &String| match RecordName::parse(word(text)) {
            Some(RecordName::Number(id)) if id.entity == Entity::Lead && !text.starts_with(|c: char| c.is_ascii_digit()) => {
                Some(id.number)
            }
            _ => None,
        };
        if let Some(numbers) = self.words.iter().map(lead).collect::<Option<Vec<i64>>>() {
            return Ok(Some(Targets::leads(numbers)));
        }
        let filter = filter::read(&joined(&self.words), &ctx.reading())?;
        Ok(Some(Targets::All { filter: Box::new(filter), except: Vec::new(), confirmed: None }))
    }

    fn explained(&self, cli: &Cli, out: &mut Out) -> Result<u8> {
        if self.words.is_empty() {
            return Err(Error::Usage("say which lead: leadbook score L-7 --explain".into()));
        }
        let desk = cli.read()?;
        let mut objects = Vec::new();
        for (at, text) in self.words.iter().enumerate() {
            let lead = names::record_of(&desk, word(text), Entity::Lead)?;
            let explained = desk.ask(&ExplainScore { lead })?;
            if cli.globals.json {
                objects.push(object(&desk.ctx, lead, &explained));
                continue;
            }
            if at > 0 {
                out.line("")?;
            }
            let name = desk.ask(&NameOf { record: lead })?;
            write(&desk.ctx, out, lead, &name, &explained)?;
        }
        match objects.len() {
            0 => {}
            1 => out.json(&objects.remove(0))?,
            _ => out.json(&objects.into())?,
        }
        Ok(0)
    }
}

/// The grade as people read it.
fn grade(ctx: &Context, explained: &Explained) -> Option<String> {
    explained.grade.map(|code| ctx.catalog.choices.label(Set::Grade, code).to_owned())
}

fn object(ctx: &Context, lead: RecordId, explained: &Explained) -> serde_json::Value {
    let lines = explained.lines.iter().map(|line| {
        let why = if let Says::Wrong(why) = &line.says { Some(why) } else { None };
        json!({"points": line.points, "rule": line.name, "when": line.when, "counts": line.says == Says::Counts,
               "active": line.says != Says::Off, "problem": why})
    });
    json!({
        "lead": lead.to_string(),
        "score": explained.score,
        "grade": grade(ctx, explained).map(|label| label.to_lowercase()),
        "closed": explained.closed,
        "grades": show_grades(explained.grades),
        "lines": lines.collect::<Vec<_>>(),
    })
}

fn write(ctx: &Context, out: &mut Out, lead: RecordId, name: &str, explained: &Explained) -> Result<()> {
    out.line(&out.bold(&format!("{lead} {} · {}", clean(name), explained.headline(&ctx.catalog))))?;
    if explained.lines.is_empty() {
        return out.line("  no score rules yet: leadbook score-rule add \"Will buy\" --points +20 --when budget:will-buy");
    }
    let rows: Vec<Vec<String>> =
        explained.lines.iter().map(|line| vec![line.sign(), line.name.clone(), line.when.clone(), line.remark()]).collect();
    table::write(out, &["Points", "Rule", "When", ""], vec![true, false, false, false], &rows)
}
