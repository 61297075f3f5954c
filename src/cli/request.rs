//! `request`: what customers asked for, until it is answered.

use clap::Subcommand;

use super::answer::{self, Did};
use super::args::{Entity as Kind, OfEntity};
use super::list::List;
use super::names;
use super::open::Cli;
use super::output::Out;
use super::rows::Format;
use crate::error::{Error, Result};
use crate::model::choice::{RESOLVED, Set};
use crate::model::entity::Entity;
use crate::service::request::{AddRequest, CancelRequests, LeadFromRequest, ResolveRequests};
use crate::service::scope::Targets;

/// List, add, resolve and cancel customer requests, and make leads of them
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  leadbook request add A-17 \"French docs are missing\" type=problem priority=high due_at=fri\n  leadbook request resolve R-1 \"sent by mail\""
)]
pub struct Request {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List them
    List {
        /// Which, in the filter language; without one those that are open
        filter: Vec<String>,
        /// How to write them
        #[arg(long, value_enum)]
        format: Option<Format>,
    },
    /// Add one to a lead, an account or a contact
    Add {
        /// Whose request it is
        #[arg(value_name = "REC")]
        record: String,
        /// What is asked for
        title: String,
        /// What else is known of it
        #[arg(value_name = "FIELD=VALUE")]
        values: Vec<String>,
    },
    /// Resolve one
    Resolve {
        /// The request
        #[arg(value_name = "REQUEST")]
        request: String,
        /// What it was answered with
        #[arg(allow_hyphen_values = true)]
        text: Option<String>,
        /// The status reason: problem-solved or information-provided
        #[arg(long, value_name = "REASON")]
        reason: Option<String>,
    },
    /// Cancel some
    Cancel {
        /// The requests
        #[arg(required = true, value_name = "REQUEST")]
        requests: Vec<String>,
    },
    /// Make a lead of one, which points to it
    Lead {
        /// The request
        #[arg(value_name = "REQUEST")]
        request: String,
    },
}

impl Request {
    /// Does it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        match self.what {
            What::List { mut filter, format } => {
                if filter.is_empty() {
                    filter.push("status:active".into());
                }
                let entity = OfEntity { entity: Kind::Request };
                List { filter, view: None, columns: None, limit: None, format, entity }.run(cli, out)
            }
            What::Add { record, title, values } => {
                let mut desk = cli.write()?;
                let about = names::record(&desk, &record)?;
                let words: Vec<String> = std::iter::once(format!("name={title}")).chain(values).collect();
                let pairs = names::pairs(&desk.ctx.catalog.request, &words)?;
                let values = names::values(&desk.ctx, Entity::Request, &pairs, "")?;
                let done = desk.act(AddRequest { about, values })?;
                let made = Entity::Request.numbered(done.reply).to_string();
                answer::give(cli, out, Did::Made, &[made], done.step, &done.summary)?;
                Ok(0)
            }
            What::Resolve { request, text, reason } => {
                let mut desk = cli.write()?;
                let numbers = names::numbers(&desk, &[request], Entity::Request)?;
                let choices = &desk.ctx.catalog.choices;
                let code = |text: &String| {
                    let found = choices.find(Set::RequestReason, text).filter(|choice| choice.state == Some(RESOLVED));
                    let known = "it can be problem-solved, information-provided";
                    found
                        .map(|choice| choice.code)
                        .ok_or_else(|| Error::invalid("reason", format!("there is no reason “{text}”; {known}")))
                };
                let reason = reason.as_ref().map(code).transpose()?;
                let targets = Targets::of(Entity::Request, numbers);
                let done = desk.act(ResolveRequests { targets, resolution: text, reason })?;
                answer::give_steps(cli, out, &desk, &[done.step], &[done.summary])?;
                Ok(0)
            }
            What::Cancel { requests } => {
                let mut desk = cli.write()?;
                let targets = Targets::of(Entity::Request, names::numbers(&desk, &requests, Entity::Request)?);
                let done = desk.act(CancelRequests { targets })?;
                answer::give_steps(cli, out, &desk, &[done.step], &[done.summary])?;
                Ok(0)
            }
            What::Lead { request } => {
                let mut desk = cli.write()?;
                let request = names::numbers(&desk, &[request], Entity::Request)?[0];
                let done = desk.act(LeadFromRequest { request })?;
                answer::give(cli, out, Did::Made, &[Entity::Lead.numbered(done.reply).to_string()], done.step, &done.summary)?;
                Ok(0)
            }
        }
    }
}
