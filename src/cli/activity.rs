//! `call`, `task`, `appointment`, `activity`, `done`, `cancel`, `move` and `agenda`: what is done and to be done about records.

use serde_json::{Value as Json, json};

use super::answer::{self, Did};
use super::args::joined;
use super::names;
use super::open::{Asked, Cli, Desk};
use super::opportunity::code;
use super::output::Out;
use super::table;
use crate::error::{Error, Result};
use crate::model::activity::{APPOINTMENT, INCOMING, OUTGOING, TASK};
use crate::model::choice::Set;
use crate::model::clean::clean;
use crate::model::dates::{is_late, is_whole_day, parse_period, parse_when, rfc3339_utc, show_next, show_planned};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::plan::minutes;
use crate::model::value::Value;
use crate::model::zone;
use crate::service::LeadService;
use crate::service::activity::complete::{CancelActivities, CompleteActivities};
use crate::service::activity::plan::{AddActivity, MoveActivities};
use crate::service::activity::today::{DueRow, GetAgenda};
use crate::service::activity::wrap_up::WrapUp;
use crate::service::scope::Targets;

/// Log a phone call with what came of it and what is next
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  leadbook call L-7 --outcome call-back --next \"tue 9am\" \"Asks for a price list\"")]
pub struct Call {
    /// The record
    #[arg(value_name = "REC")]
    record: String,
    /// How it went: no-answer, voicemail, talked, call-back, wrong-number, not-interested or one of your own
    #[arg(long, value_name = "OUTCOME")]
    outcome: String,
    /// When to call again
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    next: Option<String>,
    /// They called
    #[arg(long)]
    incoming: bool,
    /// What is to be remembered
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
}

/// Plan a task or a follow-up
#[derive(Debug, clap::Args)]
pub struct Task {
    /// The record
    #[arg(value_name = "REC")]
    record: String,
    /// What is to be done
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// When: tomorrow 15:00, fri, +3d
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    due: Option<String>,
}

/// Book an appointment
#[derive(Debug, clap::Args)]
pub struct Appointment {
    /// The record
    #[arg(value_name = "REC")]
    record: String,
    /// What it is about
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// When it begins
    #[arg(long, value_name = "WHEN")]
    at: String,
    /// How long it takes: 30m, 1h
    #[arg(long = "for", value_name = "LENGTH", default_value = "30m")]
    length: String,
    /// Where
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
}

/// Make an activity of any kind from its fields
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  leadbook activity L-7 --kind letter subject=\"Offer 17\" due=fri")]
pub struct Activity {
    /// The record
    #[arg(value_name = "REC")]
    record: String,
    /// Its kind: task, phone-call, email, appointment, letter or fax
    #[arg(long, value_name = "KIND")]
    kind: String,
    /// Its fields
    #[arg(value_name = "FIELD=VALUE")]
    fields: Vec<String>,
}

/// Complete activities
#[derive(Debug, clap::Args)]
pub struct Done {
    /// Activities; the last word may be the outcome of a call
    #[arg(required = true, value_name = "T-… [OUTCOME]")]
    words: Vec<String>,
    /// What is to be remembered
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
}

/// Cancel activities
#[derive(Debug, clap::Args)]
pub struct Cancel {
    /// Activities
    #[arg(required = true, value_name = "T-…")]
    activities: Vec<String>,
}

/// Move an activity to another time
#[derive(Debug, clap::Args)]
pub struct Move {
    /// The activity
    #[arg(value_name = "T-…")]
    activity: String,
    /// To when: tomorrow 9am, +2d, 12 Dec
    #[arg(required = true, value_name = "WHEN", allow_hyphen_values = true)]
    when: Vec<String>,
}

/// List what you have to do, the first due first
#[derive(Debug, clap::Args)]
pub struct Agenda {
    /// Only what is due in this period: today, tomorrow, this-week, 2026-12; without it all that is late or due today
    #[arg(long, value_name = "PERIOD", allow_hyphen_values = true)]
    due: Option<String>,
}

/// The moment that people mean.
fn moment<S: Asked>(desk: &Desk<S>, text: &str, field: &'static str) -> Result<i64> {
    let ctx = &desk.ctx;
    let when = parse_when(text, ctx.now(), ctx.zone, &ctx.locale).map_err(|error| Error::invalid(field, error.to_string()))?;
    Ok(when.instant(ctx.zone))
}

fn give(cli: &Cli, out: &mut Out, number: i64, step: Option<i64>, summary: &str) -> Result<u8> {
    answer::give(cli, out, Did::Made, &[Entity::Activity.numbered(number).to_string()], step, summary)?;
    Ok(0)
}

fn add(cli: &Cli, out: &mut Out, desk: &mut Desk<LeadService>, about: RecordId, values: Vec<(FieldId, Value)>) -> Result<u8> {
    let done = desk.act(AddActivity { about: Some(about), values })?;
    give(cli, out, done.reply, done.step, &done.summary)
}

impl Call {
    /// Logs it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let about = names::record(&desk, &self.record)?;
        let outcome = code(&desk, Set::Outcome, &self.outcome, None, "outcome")?;
        let next = self.next.as_deref().map(|text| moment(&desk, text, "next")).transpose()?;
        let direction = if self.incoming { INCOMING } else { OUTGOING };
        let note = joined(&self.text);
        let done = desk.act(WrapUp { about, activity: None, outcome, direction, note, next })?;
        give(cli, out, done.reply.call, done.step, &done.summary)
    }
}

impl Task {
    /// Plans it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let about = names::record(&desk, &self.record)?;
        let due = self.due.as_deref().map(|text| moment(&desk, text, "due")).transpose()?;
        let registry = &desk.ctx.catalog.activity;
        let values = vec![
            (registry.id("kind"), Value::Choice(TASK)),
            (registry.id("name"), Value::text(joined(&self.text))),
            (registry.id("due_at"), due.map_or(Value::None, Value::Instant)),
        ];
        add(cli, out, &mut desk, about, values)
    }
}

impl Appointment {
    /// Books it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let about = names::record(&desk, &self.record)?;
        let starts = moment(&desk, &self.at, "at")?;
        if is_whole_day(starts, desk.ctx.zone) {
            let message = format!("“{}” is a day; an appointment needs a time too: tue 15:00", self.at);
            return Err(Error::invalid("at", message));
        }
        let length = minutes(&self.length)
            .ok_or_else(|| Error::invalid("for", format!("“{}” is no length; write it as 30m or 1h", self.length)))?;
        let registry = &desk.ctx.catalog.activity;
        let values = vec![
            (registry.id("kind"), Value::Choice(APPOINTMENT)),
            (registry.id("name"), Value::text(joined(&self.text))),
            (registry.id("starts_at"), Value::Instant(starts)),
            (registry.id("duration"), Value::Int(length)),
            (registry.id("location"), Value::text(self.place.unwrap_or_default())),
        ];
        add(cli, out, &mut desk, about, values)
    }
}

impl Activity {
    /// Makes it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let about = names::record(&desk, &self.record)?;
        let kind = code(&desk, Set::ActivityKind, &self.kind, None, "kind")?;
        let registry = &desk.ctx.catalog.activity;
        let pairs = names::pairs(registry, &self.fields)?;
        let mut values = names::values(&desk.ctx, Entity::Activity, &pairs, "")?;
        values.insert(0, (registry.id("kind"), Value::Choice(kind)));
        add(cli, out, &mut desk, about, values)
    }
}

impl Done {
    /// Completes them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let mut words = self.words;
        let is_number = |word: &str| crate::model::entity::RecordName::parse_as(word, Entity::Activity).is_some();
        let outcome = match words.pop_if(|word| !is_number(word)) {
            Some(word) => Some(code(&desk, Set::Outcome, &word, None, "outcome")?),
            None => None,
        };
        if words.is_empty() {
            return Err(Error::Usage("say which activities are done, as T-7".into()));
        }
        let targets = Targets::of(Entity::Activity, names::numbers(&desk, &words, Entity::Activity)?);
        let done = desk.act(CompleteActivities { targets, outcome, note: self.note, at: None })?;
        answer::give_steps(cli, out, &desk, &[done.step], &[done.summary])?;
        Ok(0)
    }
}

impl Cancel {
    /// Cancels them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let targets = Targets::of(Entity::Activity, names::numbers(&desk, &self.activities, Entity::Activity)?);
        let done = desk.act(CancelActivities { targets })?;
        answer::give_steps(cli, out, &desk, &[done.step], &[done.summary])?;
        Ok(0)
    }
}

impl Move {
    /// Moves it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let targets = Targets::of(Entity::Activity, names::numbers(&desk, &[&self.activity], Entity::Activity)?);
        let to = moment(&desk, &joined(&self.when), "when")?;
        let done = desk.act(MoveActivities { targets, to })?;
        answer::give_steps(cli, out, &desk, &[done.step], &[done.summary])?;
        Ok(0)
    }
}

impl Agenda {
    /// Lists it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let desk = cli.read()?;
        let (ctx, today) = (&desk.ctx, desk.ctx.zone.today(desk.ctx.now()));
        let (from, before) = match &self.due {
            None => (i64::MIN, ctx.zone.day_start(today.saturating_add(1))),
            Some(text) => {
                let period = parse_period(text, zone::date(today), &ctx.locale);
                let period = period.map_err(|error| Error::invalid("due", error.to_string()))?;
                (ctx.zone.day_start(zone::days(period.start)), ctx.zone.day_start(zone::days(period.end_exclusive)))
            }
        };
        let rows = desk.ask(&GetAgenda { from, before })?;
        if cli.globals.json {
            out.json(&rows.iter().map(|row| object(ctx, row)).collect())?;
            return Ok(0);
        }
        let lines: Vec<Vec<String>> = rows.iter().map(|row| line(ctx, row)).collect();
        table::write(out, &["Number", "When", "Kind", "Subject", "Who", "Phone"], vec![false; 6], &lines)?;
        Ok(0)
    }
}

fn line(ctx: &crate::service::Context, row: &DueRow) -> Vec<String> {
    let activity = &row.activity;
    let when = activity.due.map(|due| match is_late(due, ctx.now(), ctx.zone) {
        true => format!("{} ({})", show_planned(due, ctx.now(), ctx.zone), show_next(due, ctx.now(), ctx.zone)),
        false => show_planned(due, ctx.now(), ctx.zone),
    });
    let who = [row.person.name.as_str(), row.person.company.as_str()].into_iter().filter(|text| !text.is_empty());
    vec![
        Entity::Activity.numbered(activity.number).to_string(),
        when.unwrap_or_default(),
        ctx.catalog.choices.label(Set::ActivityKind, activity.kind),
        clean(&activity.subject).into_owned(),
        clean(&who.collect::<Vec<_>>().join(" · ")).into_owned(),
        clean(&row.person.phone).into_owned(),
    ]
}

fn object(ctx: &crate::service::Context, row: &DueRow) -> Json {
    let activity = &row.activity;
    json!({
        "number": Entity::Activity.numbered(activity.number).to_string(),
        "due": activity.due.map(rfc3339_utc),
        "kind": ctx.catalog.choices.slug(Set::ActivityKind, activity.kind),
        "subject": activity.subject,
        "regarding": activity.about.map(|about| about.to_string()),
        "name": row.person.name,
        "company": row.person.company,
        "phone": row.person.phone,
        "late": activity.due.is_some_and(|due| is_late(due, ctx.now(), ctx.zone)),
    })
}
