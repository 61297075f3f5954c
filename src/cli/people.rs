//! `user`, `team`, `unit` and `partner`: who works with the database, and in which parts of the company. Knows no rule about them.

use clap::{Subcommand, ValueEnum};
use serde_json::{Map, Value as Json, json};

use super::answer::{self, Did};
use super::open::{Cli, Desk};
use super::output::Out;
use super::table;
use crate::error::{Error, Result};
use crate::model::entity::{Entity, RecordId};
use crate::model::people::typed::{self, Typed};
use crate::model::people::{People, Role, Team as TeamRow, Unit as UnitRow, UnitKind, User as UserRow};
use crate::service::people::{PutTeam, PutUnit, PutUser, RemovePeople};
use crate::service::{Context, LeadService};

/// List, add and change users
#[derive(Debug, clap::Args)]
#[command(after_help = USER_HELP)]
pub struct User {
    #[command(subcommand)]
    what: UserWhat,
}

const USER_HELP: &str = "\
Fields: login, name, role (admin, manager, seller, read-only), unit, active, takes_leads, capacity, languages, regions, hours, away, deputy
Example:
  leadbook user add bo --name \"Bo Ek\" unit=North capacity=40 regions=Norway,Sweden hours=\"mon-fri 8:00-16:00\"
  leadbook user set bo away=\"20 Dec..6 Jan\" deputy=cy";

#[derive(Debug, Subcommand)]
enum UserWhat {
    /// List the users
    List,
    /// Add a user; needs the admin role
    Add {
        /// The short name that is typed
        login: String,
        /// The name that is read; else the login
        #[arg(long)]
        name: Option<String>,
        /// What they may do
        #[arg(long, value_enum, default_value = "seller")]
        role: RoleName,
        /// How they work
        #[arg(value_name = "FIELD=VALUE")]
        values: Vec<String>,
    },
    /// Write fields of a user; needs the admin role
    Set {
        /// The login
        login: String,
        /// What is written
        #[arg(required = true, value_name = "FIELD=VALUE")]
        values: Vec<String>,
    },
    /// Take a user away who never worked here; others are made inactive: `user set LOGIN active=no`
    Remove {
        /// The login
        login: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RoleName {
    /// Everything, also users, rules and purging.
    Admin,
    /// What is owned in their business unit and below.
    Manager,
    /// Their own records and those of their teams.
    Seller,
    /// Reads.
    ReadOnly,
}

impl RoleName {
    const fn role(self) -> Role {
        match self {
            Self::Admin => Role::Admin,
            Self::Manager => Role::Manager,
            Self::Seller => Role::Seller,
            Self::ReadOnly => Role::ReadOnly,
        }
    }
}

/// List, add and change teams, which can own records
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Fields: name, unit, members, queue\nExample:\n  leadbook team add Nordics unit=North members=bo,cy queue=yes"
)]
pub struct Team {
    #[command(subcommand)]
    what: What,
}

/// List, add and change business units
#[derive(Debug, clap::Args)]
#[command(after_help = "Fields: name, parent\nExample:\n  leadbook unit add Oslo parent=North")]
pub struct Unit {
    #[command(subcommand)]
    what: What,
}

/// List, add and change channel partners: units that find or work leads for us
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Fields: name, parent, contact\nExample:\n  leadbook partner add \"Fjord Resellers\" contact=C-12\n  leadbook list partner:fjord-resellers"
)]
pub struct Partner {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List them
    List,
    /// Add one; needs the admin role
    Add {
        /// Its name
        name: String,
        /// What else it holds
        #[arg(value_name = "FIELD=VALUE")]
        values: Vec<String>,
    },
    /// Write fields; needs the admin role
    Set {
        /// Its name
        name: String,
        /// What is written
        #[arg(required = true, value_name = "FIELD=VALUE")]
        values: Vec<String>,
    },
    /// Take one away to which nothing belongs; needs the admin role
    Remove {
        /// Its name
        name: String,
    },
}

/// A field and a value as they are typed.
fn pairs(values: &[String]) -> Result<Vec<(&str, &str)>> {
    let pair = |word: &String| word.split_once('=').map(|(field, _)| field.len());
    let wrong = |word: &str| Error::Usage(format!("“{word}” is no FIELD=VALUE"));
    values.iter().map(|word| pair(word).map(|at| (&word[..at], &word[at + 1..])).ok_or_else(|| wrong(word))).collect()
}

/// A mistake in a field's name is wrong usage, one in its value a problem of that field.
fn write(table: &'static [Typed], field: &str, written: Result<(), String>) -> Result<()> {
    match (typed::find(table, field), written) {
        (Err(message), _) => Err(Error::Usage(message)),
        (Ok(field), Err(message)) => Err(Error::invalid(field.name, message)),
        (Ok(_), Ok(())) => Ok(()),
    }
}

fn user_with(ctx: &Context, mut user: UserRow, values: &[String]) -> Result<UserRow> {
    // somebody stands in for who is away, whichever is typed first
    let mut pairs = pairs(values)?;
    pairs.sort_by_key(|(field, _)| field.eq_ignore_ascii_case("deputy"));
    for (field, text) in pairs {
        write(typed::USER, field, user.put(field, text, &ctx.catalog.people, &ctx.reading()))?;
    }
    Ok(user)
}

impl User {
    /// Lists, adds, changes or removes.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        match self.what {
            UserWhat::List => list(cli, out, typed::USER, &["name", "role", "unit", "capacity", "away", "active"], users),
            UserWhat::Add { login, name, role, values } => {
                let mut desk = cli.write()?;
                let unit = desk.ctx.catalog.people.units.first().map_or(1, |unit| unit.number);
                let user = UserRow { unit, ..UserRow::new(0, login.trim(), name.unwrap_or_default(), role.role()) };
                let user = user_with(&desk.ctx, user, &values)?;
                let login = user.login.clone();
                let done = desk.act(PutUser { user })?;
                answer::give(cli, out, Did::Made, &[login], done.step, &done.summary).map(|()| 0)
            }
            UserWhat::Set { login, values } => {
                let mut desk = cli.write()?;
                let user = user_with(&desk.ctx, find_user(&desk.ctx, &login)?.clone(), &values)?;
                let login = user.login.clone();
                let done = desk.act(PutUser { user })?;
                answer::give(cli, out, Did::Changed, &[login], done.step, &done.summary).map(|()| 0)
            }
            UserWhat::Remove { login } => {
                let mut desk = cli.write()?;
                let key = Entity::User.numbered(find_user(&desk.ctx, &login)?.number);
                remove(cli, out, &mut desk, key, &login)
            }
        }
    }
}

fn find_user<'a>(ctx: &'a Context, login: &str) -> Result<&'a UserRow> {
    let found = ctx.catalog.people.find_user(login);
    found.ok_or_else(|| Error::NotFound(format!("there is no user {login}; `leadbook user list` lists them")))
}

fn remove(cli: &Cli, out: &mut Out, desk: &mut Desk<LeadService>, key: RecordId, name: &str) -> Result<u8> {
    let done = desk.act(RemovePeople { key })?;
    answer::give(cli, out, Did::Changed, &[name.to_owned()], done.step, &done.summary).map(|()| 0)
}

impl Team {
    /// Lists, adds, changes or removes.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let find = |ctx: &Context, name: &str| {
            let found = ctx.catalog.people.find_team(name.trim().trim_start_matches("team:")).cloned();
            found.ok_or_else(|| Error::NotFound(format!("there is no team {name}; `leadbook team list` lists them")))
        };
        let with = |ctx: &Context, mut team: TeamRow, values: &[String]| -> Result<TeamRow> {
            for (field, text) in pairs(values)? {
                write(typed::TEAM, field, team.put(field, text, &ctx.catalog.people))?;
            }
            Ok(team)
        };
        let (did, values, team, mut desk) = match self.what {
            What::List => return list(cli, out, typed::TEAM, &["unit", "members", "queue"], teams),
            What::Remove { name } => {
                let mut desk = cli.write()?;
                let key = Entity::Team.numbered(find(&desk.ctx, &name)?.number);
                return remove(cli, out, &mut desk, key, &name);
            }
            What::Add { name, values } => {
                let desk = cli.write()?;
                let unit = desk.ctx.catalog.people.units.first().map_or(1, |unit| unit.number);
                (Did::Made, values, TeamRow { number: 0, name, unit, members: Vec::new(), queue: false }, desk)
            }
            What::Set { name, values } => {
                let desk = cli.write()?;
                (Did::Changed, values, find(&desk.ctx, &name)?, desk)
            }
        };
        let team = with(&desk.ctx, team, &values)?;
        let name = team.name.clone();
        let done = desk.act(PutTeam { team })?;
        answer::give(cli, out, did, &[name], done.step, &done.summary).map(|()| 0)
    }
}

impl Unit {
    /// Lists, adds, changes or removes.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        unit(self.what, UnitKind::Internal, cli, out)
    }
}

impl Partner {
    /// Lists, adds, changes or removes.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        unit(self.what, UnitKind::ChannelPartner, cli, out)
    }
}

fn unit(what: What, kind: UnitKind, cli: &Cli, out: &mut Out) -> Result<u8> {
    let word = if kind == UnitKind::Internal { "unit" } else { "partner" };
    let find = |ctx: &Context, name: &str| {
        let found = ctx.catalog.people.find_unit(name).filter(|unit| unit.kind == kind || word == "unit").cloned();
        found.ok_or_else(|| Error::NotFound(format!("there is no {word} {name}; `leadbook {word} list` lists them")))
    };
    let (did, values, mut unit, mut desk) = match what {
        What::List if kind == UnitKind::Internal => return list(cli, out, typed::UNIT, &["parent", "kind"], units),
        What::List => return list(cli, out, typed::UNIT, &["parent", "contact"], partners),
        What::Remove { name } => {
            let mut desk = cli.write()?;
            let key = Entity::Unit.numbered(find(&desk.ctx, &name)?.number);
            return remove(cli, out, &mut desk, key, &name);
        }
        What::Add { name, values } => (Did::Made, values, UnitRow::new(name, None, kind), cli.write()?),
        What::Set { name, values } => {
            let desk = cli.write()?;
            (Did::Changed, values, find(&desk.ctx, &name)?, desk)
        }
    };
    for (field, text) in pairs(&values)? {
        write(typed::UNIT, field, unit.put(field, text, &desk.ctx.catalog.people))?;
    }
    let name = unit.name.clone();
    let done = desk.act(PutUnit { unit })?;
    answer::give(cli, out, did, &[name], done.step, &done.summary).map(|()| 0)
}

/// A row of a list: what it is called, and its fields as they are typed.
type Listed = (String, Vec<(&'static str, String)>);

fn shown(table: &'static [Typed], show: impl Fn(&str) -> String) -> Vec<(&'static str, String)> {
    table.iter().map(|field| (field.name, show(field.name))).collect()
}

fn users(people: &People) -> Vec<Listed> {
    people.users.iter().map(|u| (u.login.clone(), shown(typed::USER, |field| u.shown(field, people)))).collect()
}

fn teams(people: &People) -> Vec<Listed> {
    people.teams.iter().map(|t| (t.name.clone(), shown(typed::TEAM, |field| t.shown(field, people)))).collect()
}

fn units(people: &People) -> Vec<Listed> {
    people.units.iter().map(|u| (u.name.clone(), shown(typed::UNIT, |field| u.shown(field, people)))).collect()
}

fn partners(people: &People) -> Vec<Listed> {
    let partners = people.units.iter().filter(|u| u.kind == UnitKind::ChannelPartner);
    partners.map(|u| (u.name.clone(), shown(typed::UNIT, |field| u.shown(field, people)))).collect()
}

fn list(
    cli: &Cli,
    out: &mut Out,
    table: &'static [Typed],
    columns: &[&str],
    rows: impl Fn(&People) -> Vec<Listed>,
) -> Result<u8> {
    let desk = cli.read()?;
    let rows = rows(&desk.ctx.catalog.people);
    if cli.globals.json {
        let object = |(_, fields): Listed| {
            Json::Object(fields.into_iter().map(|(name, text)| (name.into(), value(name, text))).collect::<Map<_, _>>())
        };
        return out.json(&Json::Array(rows.into_iter().map(object).collect())).map(|()| 0);
    }
    let heads: Vec<&str> = std::iter::once(table[0].label)
        .chain(columns.iter().filter_map(|name| typed::find(table, name).ok()).map(|field| field.label))
        .collect();
    let cell = |fields: &[(&'static str, String)], name: &str| {
        fields.iter().find(|(field, _)| *field == name).map_or_else(String::new, |(_, text)| text.clone())
    };
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|(name, fields)| std::iter::once(name.clone()).chain(columns.iter().map(|column| cell(fields, column))).collect())
        .collect();
    table::write(out, &heads, vec![false; heads.len()], &lines).map(|()| 0)
}

/// A field as machines read it.
fn value(name: &str, text: String) -> Json {
    match name {
        "active" | "takes_leads" | "queue" => json!(text == "yes"),
        "capacity" => text.parse::<i64>().map_or(Json::Null, |n| json!(n)),
        "languages" | "regions" | "members" => {
            json!(text.split(", ").filter(|part| !part.is_empty()).collect::<Vec<_>>())
        }
        _ if text.is_empty() => Json::Null,
        _ => json!(text),
    }
}
