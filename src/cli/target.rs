//! `target`: what somebody, a team, or all together are to win in a month.

use clap::Subcommand;
use serde_json::{Value as Json, json};

use super::open::Cli;
use super::output::{Out, tell};
use super::{defined, names, table};
use crate::error::{Error, Result};
use crate::model::definition::{Body, Definition, Target as Goal};
use crate::model::money::{self, Money};
use crate::model::value::Owner;
use crate::service::definition::key;
use crate::service::{Context, target};

/// List, add, change and remove what is to be won in a month
#[derive(Debug, clap::Args)]
pub struct Target {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List them
    List,
    /// Add one; needs the admin role
    #[command(after_help = "Examples:\n  leadbook target add ana 2026-12 50000 EUR\n  leadbook target add team:North every 200k")]
    Add {
        /// A user's login, team:name, or all
        owner: String,
        /// The month, as 2026-12 or this-month; every for each that has none of its own
        month: String,
        /// The amount, with or without its currency
        #[arg(required = true)]
        amount: Vec<String>,
    },
    /// Change the amount of one; of several the currency says which
    Set {
        /// A user's login, team:name, or all
        owner: String,
        /// Its month, or every
        month: String,
        /// The amount, with or without its currency
        #[arg(required = true)]
        amount: Vec<String>,
    },
    /// Take one away
    #[command(visible_alias = "rm")]
    Remove {
        /// A user's login, team:name, or all
        owner: String,
        /// Its month, or every
        month: String,
        /// Its currency, where there are several
        currency: Option<String>,
    },
}

impl Target {
    /// Lists or changes them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        match self.what {
            What::List => list(cli, out)?,
            What::Add { owner, month, amount } => {
                let mut desk = cli.write()?;
                let goal = read(&desk.ctx, &owner, &month, &amount)?.0;
                let name = target::name(&desk.ctx.catalog, &goal);
                if !target::find(&desk.ctx.catalog, goal.of, goal.month.as_deref(), Some(&goal.currency)).is_empty() {
                    return Err(Error::refused(
                        format!("there is a target of {name} already"),
                        "change it: leadbook target set OWNER MONTH AMOUNT".to_owned(),
                    ));
                }
                let body = Body::Target(goal);
                defined::put(&mut desk, cli, out, Definition { number: 0, name, place: 0, owner: None, body })?;
            }
            What::Set { owner, month, amount } => {
                let mut desk = cli.write_existing()?;
                let (goal, currency) = read(&desk.ctx, &owner, &month, &amount)?;
                let (old, was) = one(&desk.ctx, &goal, currency)?;
                let goal = Goal { currency: was.currency, ..goal };
                defined::put(&mut desk, cli, out, Definition { body: Body::Target(goal), ..old })?;
            }
            What::Remove { owner, month, currency } => {
                let ctx = cli.read()?.ctx;
                let currency = currency.map(|text| text.to_uppercase());
                let goal = Goal { of: whose(&ctx, &owner)?, month: when(&ctx, &month)?, amount: 0, currency: String::new() };
                let number = one(&ctx, &goal, currency.as_deref())?.0.number;
                defined::remove(cli, out, crate::model::definition::DefinitionKind::Target, &key(number).to_string())?;
            }
        }
        Ok(0)
    }
}

/// The target that is there for the owner and month of another; of several the currency tells which.
fn one(ctx: &Context, goal: &Goal, currency: Option<&str>) -> Result<(Definition, Goal)> {
    let named = |currency: &str| target::name(&ctx.catalog, &Goal { currency: currency.to_owned(), ..goal.clone() });
    match target::find(&ctx.catalog, goal.of, goal.month.as_deref(), currency).as_slice() {
        [] => Err(Error::NotFound(format!("there is no target of {}", named(currency.unwrap_or_default()).trim_end()))),
        [(definition, found)] => Ok(((*definition).clone(), (*found).clone())),
        several => {
            let names: Vec<String> = several.iter().map(|(_, found)| named(&found.currency)).collect();
            Err(Error::refused(format!("there are the targets {}", names.join(" and ")), "say the currency too"))
        }
    }
}

/// The code of an owner; none for all.
fn whose(ctx: &Context, text: &str) -> Result<Option<i64>> {
    if text.eq_ignore_ascii_case("all") { Ok(None) } else { names::owner(ctx, text).map(|owner| Some(owner.code())) }
}

/// A month; none for every one.
fn when(ctx: &Context, text: &str) -> Result<Option<String>> {
    let today = ctx.zone.today(ctx.now());
    let next = |day: i32| (0..32).map(|more| day + more).find(|day| target::month_of(*day) != target::month_of(today));
    match text.to_lowercase().as_str() {
        "every" => Ok(None),
        "this-month" => Ok(Some(target::month_of(today))),
        "next-month" => Ok(next(today).map(target::month_of)),
        month if month.len() == 7 && month.as_bytes()[4] == b'-' => Ok(Some(month.to_owned())),
        _ => Err(Error::Usage(format!("“{text}” is no month; write it as 2026-12, this-month, next-month or every"))),
    }
}

/// A target as it is typed, and its currency where that was typed too.
fn read(ctx: &Context, owner: &str, month: &str, amount: &[String]) -> Result<(Goal, Option<&'static str>)> {
    let typed = amount.join(" ");
    let read = Money::parse(&typed, &ctx.locale).map_err(|e| Error::invalid("amount", e.to_string()))?;
    let currency = read.currency.map_or_else(|| ctx.locale.currency.clone(), str::to_owned);
    Ok((Goal { of: whose(ctx, owner)?, month: when(ctx, month)?, amount: read.amount, currency }, read.currency))
}

fn list(cli: &Cli, out: &mut Out) -> Result<()> {
    let desk = cli.read()?;
    let ctx = &desk.ctx;
    let who =
        |goal: &Goal| goal.of.and_then(Owner::of_code).map_or_else(|| "all".to_owned(), |owner| ctx.catalog.people.show(owner));
    if cli.globals.json {
        let object = |(definition, goal): (&Definition, &Goal)| {
            json!({"number": key(definition.number).to_string(), "of": who(goal), "month": goal.month,
                   "amount": money::decimal(goal.amount), "currency": goal.currency})
        };
        return out.json(&Json::Array(ctx.catalog.targets().map(object).collect()));
    }
    let row = |(definition, goal): (&Definition, &Goal)| {
        let month = goal.month.clone().unwrap_or_else(|| "every".to_owned());
        vec![key(definition.number).to_string(), who(goal), month, money::show(goal.amount, &goal.currency, &ctx.locale)]
    };
    let rows: Vec<Vec<String>> = ctx.catalog.targets().map(row).collect();
    if rows.is_empty() {
        tell("no targets yet: leadbook target add ana 2026-12 50000 EUR");
        return Ok(());
    }
    table::write(out, &["Number", "Of", "Month", "Amount"], vec![false, false, false, true], &rows)
}
