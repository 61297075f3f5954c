//! `rule`: the rules of assignment and what they did. Runs none of them.

use clap::{Subcommand, ValueEnum};
use serde_json::{Value as Json, json};

use super::answer::{self, Did};
use super::args::word;
use super::open::{Asked, Cli, Desk};
use super::output::Out;
use super::table;
use super::{defined, filter, names};
use crate::error::{Error, Result};
use crate::model::dates::{rfc3339_utc, show_instant};
use crate::model::definition::{Assign, Body, Definition, FollowUp, How, Match, Rule as Said, Setting, Trigger};
use crate::model::fold::fold;
use crate::model::nearest::nearest;
use crate::model::people::UnitKind;
use crate::model::value::Owner;
use crate::service::Context;
use crate::service::definition::{MoveDefinition, PutDefinition, RemoveDefinition};
use crate::service::rule::{FindFormerRule, Fired, RuleLog, TallyRules};

/// List, add, change, order and remove rules of assignment, and read their log
#[derive(Debug, clap::Args)]
pub struct Rule {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List the rules in their order
    List,
    /// Add a rule; without --on it is asked of leads that are entered or imported, and by `route`
    Add {
        /// What it is called
        name: String,
        #[command(flatten)]
        says: Box<Says>,
    },
    /// Change a rule; what is not given stays
    Set {
        /// What it is called
        name: String,
        /// Another name for it
        #[arg(long, value_name = "NAME")]
        rename: Option<String>,
        #[command(flatten)]
        says: Box<Says>,
    },
    /// Give a rule another place, counted from 1
    Move {
        /// What it is called
        name: String,
        /// The place
        place: i64,
    },
    /// Take a rule away
    Remove {
        /// What it is called
        name: String,
    },
    /// What the rules did, the newest first
    Log {
        /// The rule; else all
        name: Option<String>,
        /// The leads that no rule matched
        #[arg(long, conflicts_with = "name")]
        unmatched: bool,
        /// At most so many lines
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: i64,
    },
}

/// What a rule says; empty text or `none` takes an option back.
#[derive(Debug, Default, clap::Args)]
struct Says {
    /// The filter over leads; without one every lead
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    when: Option<String>,
    /// What makes it be asked: created, imported, updated, updated:rating+budget_status, reopened, idle:30d, by-hand
    #[arg(long, value_name = "EVENT,…", value_delimiter = ',')]
    on: Option<Vec<String>>,
    /// The business unit whose rule it is; none for a general one
    #[arg(long, value_name = "UNIT", conflicts_with = "partner")]
    unit: Option<String>,
    /// The channel partner whose rule it is
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
    /// Who gets the lead: a login, team:name, or none
    #[arg(long, value_name = "OWNER", conflicts_with_all = ["share", "queue"])]
    assign: Option<String>,
    /// Share leads out among people
    #[arg(long, value_parser = share, value_name = "round-robin|least-loaded|none", conflicts_with = "queue")]
    share: Option<Share>,
    /// Among whom: logins and teams; none for everybody of the unit
    #[arg(long, value_name = "OWNER,…", value_delimiter = ',')]
    among: Option<Vec<String>>,
    /// What of a person must suit the lead; none for nothing
    #[arg(long = "match", value_parser = suits, value_name = "region,language", value_delimiter = ',')]
    matching: Option<Vec<Suits>>,
    /// Put the lead into the queue of this team; none for no queue
    #[arg(long, value_name = "TEAM")]
    queue: Option<String>,
    /// Set a field; may be given several times; none for no field
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,
    /// Add a tag; may be given several times; none for no tag
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Make a task for the owner; none for no task
    #[arg(long, value_name = "TEXT")]
    task: Option<String>,
    /// When the task is due: +2h, tomorrow 9:00
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    due: Option<String>,
    /// Whether it is asked at all
    #[arg(long, value_enum, value_name = "on|off")]
    active: Option<Switch>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Share {
    /// Not at all.
    None,
    /// Whose last lead is the longest ago.
    RoundRobin,
    /// Who has the most room.
    LeastLoaded,
}

/// Whether an option is taken back.
fn is_none(text: &str) -> bool {
    text.trim().is_empty() || text.trim().eq_ignore_ascii_case("none")
}

fn share(text: &str) -> std::result::Result<Share, String> {
    match text.trim() {
        none if is_none(none) => Ok(Share::None),
        "round-robin" => Ok(Share::RoundRobin),
        "least-loaded" => Ok(Share::LeastLoaded),
        _ => Err("it can be round-robin, least-loaded, none".into()),
    }
}

/// What must suit; none where nothing must.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Suits(Option<Match>);

fn suits(text: &str) -> std::result::Result<Suits, String> {
    match text.trim() {
        none if is_none(none) => Ok(Suits(None)),
        "region" => Ok(Suits(Some(Match::Region))),
        "language" => Ok(Suits(Some(Match::Language))),
        _ => Err("it can be region, language, none".into()),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Switch {
    /// It is asked.
    On,
    /// It is not.
    Off,
}

impl Rule {
    /// Lists, writes or tells.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        match self.what {
            What::List => list(cli, out)?,
            What::Add { name, says } => {
                let mut desk = cli.write()?;
                let mut definition = Definition { name, ..Definition::rule() };
                if let Body::Rule(rule) = &mut definition.body {
                    says.put(&desk.ctx, rule)?;
                }
                let done = desk.act(PutDefinition { definition })?;
                answer::give(cli, out, Did::Made, &[format!("D-{}", done.reply)], done.step, &done.summary)?;
            }
            What::Set { name, rename, says } => {
                if rename.is_none() && says.is_nothing() {
                    return Err(Error::Usage("nothing to change; say --rename, --when, --assign or another option".into()));
                }
                let mut desk = cli.write_existing()?;
                let mut definition = find(&desk.ctx, &name)?.clone();
                if let Body::Rule(rule) = &mut definition.body {
                    says.put(&desk.ctx, rule)?;
                }
                definition.name = rename.unwrap_or(definition.name);
                let done = desk.act(PutDefinition { definition })?;
                answer::give(cli, out, Did::Changed, &[format!("D-{}", done.reply)], done.step, &done.summary)?;
            }
            What::Move { name, place } => {
                let mut desk = cli.write_existing()?;
                defined::place(place)?;
                let number = find(&desk.ctx, &name)?.number;
                let done = desk.act(MoveDefinition { number, to: place })?;
                answer::give(cli, out, Did::Changed, &[format!("D-{number}")], done.step, &done.summary)?;
            }
            What::Remove { name } => {
                let mut desk = cli.write_existing()?;
                let number = find(&desk.ctx, &name)?.number;
                let done = desk.act(RemoveDefinition { number })?;
                answer::give(cli, out, Did::Changed, &[format!("D-{number}")], done.step, &done.summary)?;
            }
            What::Log { name, unmatched, limit } => {
                let desk = cli.read()?;
                let rule = match name {
                    None => None,
                    Some(name) => match find(&desk.ctx, &name) {
                        Ok(definition) => Some(definition.number),
                        // what it did is told when it is gone, too
                        Err(unknown) => Some(desk.ask(&FindFormerRule { name })?.ok_or(unknown)?),
                    },
                };
                let limit = if limit <= 0 { i64::MAX } else { limit };
                write_log(cli, out, &desk, &desk.ask(&RuleLog { rule, unmatched, limit })?)?;
            }
        }
        Ok(0)
    }
}

/// The rule that people call `name`, or by its number.
fn find<'a>(ctx: &'a Context, name: &str) -> Result<&'a Definition> {
    let wanted = fold(name);
    let number = name.trim().trim_start_matches(['D', 'd']).trim_start_matches('-').parse::<i64>().ok();
    let rules: Vec<&Definition> = ctx.catalog.rules().map(|(definition, _)| definition).collect();
    let named = rules.iter().find(|d| fold(&d.name) == wanted).or_else(|| rules.iter().find(|d| Some(d.number) == number));
    named.copied().ok_or_else(|| {
        let known = ctx.catalog.rules().map(|(definition, _)| definition.name.as_str());
        let near = nearest(name, known).map(|n| format!("; did you mean {n}?")).unwrap_or_default();
        Error::NotFound(format!("there is no rule “{name}”{near}"))
    })
}

fn unit(ctx: &Context, text: &str, kind: Option<UnitKind>) -> Result<Option<i64>> {
    if is_none(text) {
        return Ok(None);
    }
    let found = ctx.catalog.people.find_unit(text).filter(|unit| kind.is_none_or(|kind| unit.kind == kind));
    let what = if kind.is_some() { "channel partner" } else { "business unit" };
    found.map(|unit| Some(unit.number)).ok_or_else(|| Error::NotFound(format!("there is no {what} “{text}”")))
}

impl Says {
    /// Whether no option was given.
    fn is_nothing(&self) -> bool {
        let Self { when, on, unit, partner, assign, share, among, matching, queue, set, tag, task, due, active } = self;
        let texts = [when, unit, partner, assign, queue, task, due];
        texts.iter().all(|text| text.is_none())
            && on.is_none()
            && among.is_none()
            && matching.is_none()
            && share.is_none()
            && active.is_none()
            && set.is_empty()
            && tag.is_empty()
    }

    /// Writes what was given into a rule.
    fn put(self, ctx: &Context, rule: &mut Said) -> Result<()> {
        if let Some(when) = &self.when {
            let when = word(when);
            filter::read(when, &ctx.reading())?;
            when.clone_into(&mut rule.when);
        }
        if let Some(on) = &self.on {
            rule.on = on.iter().map(|text| text.parse().map_err(Error::Usage)).collect::<Result<_>>()?;
            let fields = rule.on.iter().filter_map(|on| if let Trigger::Updated(fields) = on { Some(fields) } else { None });
            fields.flatten().try_for_each(|name| names::field(&ctx.catalog.lead, name).map(drop))?;
        }
        if let Some(text) = &self.unit {
            rule.unit = unit(ctx, text, None)?;
        }
        if let Some(text) = &self.partner {
            rule.unit = unit(ctx, text, Some(UnitKind::ChannelPartner))?;
        }
        match &self.assign {
            Some(none) if is_none(none) => rule.assign = None,
            Some(owner) => rule.assign = Some(Assign::To(names::owner(ctx, owner)?.code())),
            None => {}
        }
        if self.queue.as_deref().is_some_and(is_none) {
            rule.assign = rule.assign.take().filter(|way| !matches!(way, Assign::Queue(_)));
        } else if let Some(team) = &self.queue {
            match names::owner(ctx, &format!("team:{}", team.trim_start_matches("team:")))? {
                Owner::Team(team) => rule.assign = Some(Assign::Queue(team)),
                Owner::User(_) => return Err(Error::Usage(format!("“{team}” is no team"))),
            }
        }
        self.share_out(ctx, rule)?;
        if self.set.iter().all(|text| is_none(text)) && !self.set.is_empty() {
            rule.set.clear();
        } else if !self.set.is_empty() {
            let registry = &ctx.catalog.lead;
            let pairs = names::pairs(registry, &self.set)?;
            let setting = |(id, value)| Setting { field: registry.field(id).name.to_owned(), value };
            rule.set = pairs.into_iter().map(setting).collect();
        }
        if !self.tag.is_empty() {
            let tags = self.tag.iter().filter(|tag| !is_none(tag));
            rule.tags = tags.map(|tag| tag.trim_start_matches('#').to_owned()).collect();
        }
        match (self.task, self.due) {
            (Some(none), _) if is_none(&none) => rule.task = None,
            (Some(text), due) => {
                let due = due.or_else(|| rule.task.take().map(|task| task.due)).unwrap_or_else(|| "today".into());
                rule.task = Some(FollowUp { text, due });
            }
            (None, Some(due)) => match &mut rule.task {
                Some(task) => task.due = due,
                None => return Err(Error::Usage("--due is when a task is due: say --task TEXT too".into())),
            },
            (None, None) => {}
        }
        if let Some(active) = self.active {
            rule.active = active == Switch::On;
        }
        Ok(())
    }

    /// Whether of sharing out only something is taken back: that makes no rule share.
    fn takes_back(&self) -> bool {
        self.among.iter().flatten().all(|owner| is_none(owner)) && self.matching.iter().flatten().all(|suits| suits.0.is_none())
    }

    fn share_out(&self, ctx: &Context, rule: &mut Said) -> Result<()> {
        if self.share.is_none() && self.among.is_none() && self.matching.is_none() {
            return Ok(());
        }
        let (mut how, mut among, mut matching) = match rule.assign.take() {
            Some(Assign::Share { how, among, matching }) => (how, among, matching),
            other if self.share == Some(Share::None) || (self.share.is_none() && self.takes_back()) => {
                rule.assign = other;
                return Ok(());
            }
            _ => (How::RoundRobin, Vec::new(), Vec::new()),
        };
        match self.share {
            Some(Share::None) => return Ok(()),
            Some(Share::RoundRobin) => how = How::RoundRobin,
            Some(Share::LeastLoaded) => how = How::LeastLoaded,
            None => {}
        }
        if let Some(owners) = &self.among {
            let named = owners.iter().filter(|owner| !is_none(owner));
            among = named.map(|owner| names::owner(ctx, owner).map(Owner::code)).collect::<Result<_>>()?;
        }
        if let Some(suits) = &self.matching {
            matching = suits.iter().filter_map(|suits| suits.0).collect();
        }
        rule.assign = Some(Assign::Share { how, among, matching });
        Ok(())
    }
}

/// Who gets a lead by a rule, as people read it.
fn assigned(ctx: &Context, rule: &Said) -> String {
    let show = |code: i64| Owner::of_code(code).map_or_else(|| "nobody".to_owned(), |owner| ctx.catalog.people.show(owner));
    match &rule.assign {
        None => String::new(),
        Some(Assign::To(code)) => show(*code),
        Some(Assign::Queue(team)) => format!("queue {}", show(Owner::Team(*team).code())),
        Some(Assign::Share { how, among, matching }) => {
            let among: Vec<String> = among.iter().map(|code| show(*code)).collect();
            let among = if among.is_empty() { String::new() } else { format!(" among {}", among.join(", ")) };
            let suits: Vec<&str> = matching.iter().map(|m| if *m == Match::Region { "region" } else { "language" }).collect();
            let suits = if suits.is_empty() { String::new() } else { format!(" by {}", suits.join(", ")) };
            format!("{}{among}{suits}", how.name())
        }
    }
}

/// All that a rule does, as people read it.
fn does(ctx: &Context, rule: &Said) -> String {
    let mut parts: Vec<String> = vec![assigned(ctx, rule)];
    parts.extend(rule.set.iter().map(|setting| format!("{}={}", setting.field, setting.value)));
    parts.extend(rule.tags.iter().map(|tag| format!("#{tag}")));
    parts.extend(rule.task.iter().map(|task| format!("task “{}” {}", task.text, task.due)));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn list(cli: &Cli, out: &mut Out) -> Result<()> {
    let desk = cli.read()?;
    let ctx = &desk.ctx;
    let tallies = desk.ask(&TallyRules)?;
    let unit = |rule: &Said| rule.unit.and_then(|unit| ctx.catalog.people.unit(unit)).map_or("", |unit| unit.name.as_str());
    let on = |rule: &Said| rule.on.iter().map(ToString::to_string).collect::<Vec<_>>();
    if cli.globals.json {
        let all = ctx.catalog.rules().zip(&tallies).map(|((definition, rule), tally)| {
            json!({
                "number": format!("D-{}", definition.number), "name": definition.name, "place": definition.place,
                "active": rule.active, "unit": Some(unit(rule)).filter(|unit| !unit.is_empty()), "on": on(rule),
                "when": rule.when, "assign": assigned(ctx, rule), "does": does(ctx, rule),
                "fired": tally.count, "last": tally.last.map(rfc3339_utc),
            })
        });
        return out.json(&Json::Array(all.collect()));
    }
    let rows = ctx.catalog.rules().zip(&tallies).enumerate().map(|(place, ((definition, rule), tally))| {
        let when = if rule.when.is_empty() { "every lead".into() } else { rule.when.clone() };
        let state = if rule.active { String::new() } else { "off".into() };
        let cells = [(place + 1).to_string(), definition.name.clone(), when, does(ctx, rule), unit(rule).to_owned()];
        cells.into_iter().chain([on(rule).join(", "), tally.count.to_string(), state]).collect()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let right = vec![true, false, false, false, false, false, true, false];
    table::write(out, &["", "Rule", "When", "Does", "Unit", "Asked", "Fired", ""], right, &rows)
}

/// The code of an owner as people read it.
fn show_owner(ctx: &Context, code: Option<i64>) -> Option<String> {
    code.and_then(Owner::of_code).map(|owner| ctx.catalog.people.show(owner))
}

/// Lines of the log of rules as a list of objects.
pub fn log_as_json(ctx: &Context, fired: &[Fired]) -> Json {
    let line = |one: &Fired| {
        json!({
            "lead": format!("L-{}", one.lead), "rule": Some(&one.name).filter(|name| !name.is_empty()),
            "event": one.event, "at": rfc3339_utc(one.at), "by": one.by, "step": one.step, "matched": one.given.part,
            "from": show_owner(ctx, one.given.from), "to": show_owner(ctx, one.given.to), "why": one.given.why,
        })
    };
    fired.iter().map(line).collect()
}

/// Writes lines of the log of rules.
pub fn write_log<S: Asked>(cli: &Cli, out: &mut Out, desk: &Desk<S>, fired: &[Fired]) -> Result<()> {
    let ctx = &desk.ctx;
    let show = |code: Option<i64>| show_owner(ctx, code);
    if cli.globals.json {
        return out.json(&log_as_json(ctx, fired));
    }
    let rows: Vec<Vec<String>> = fired
        .iter()
        .map(|one| {
            let name = if one.rule.is_none() { "no rule matched" } else { &one.name };
            let owner = match (show(one.given.from), show(one.given.to)) {
                (Some(from), Some(to)) if from != to => format!("{from} → {to}"),
                (Some(from), _) => from,
                _ => String::new(),
            };
            let when = show_instant(one.at, ctx.zone);
            let first = [when, format!("L-{}", one.lead), name.to_owned(), owner, one.given.part.clone()];
            first.into_iter().chain([one.given.why.clone(), one.event.clone(), one.by.clone()]).collect()
        })
        .collect();
    table::write(out, &["When", "Lead", "Rule", "Owner", "Matched", "Why", "Asked", "By"], vec![false; 8], &rows)
}
