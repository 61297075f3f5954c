//! `execute` and `messages`: any message by its Dynamics name, from a stream of requests to a stream of replies. Each goes to the act
//! that a key goes to; knows no rule of a lead.

mod access;
mod acts;
mod door;
mod questions;
mod request;
mod table;

use std::io::Read;

use serde_json::{Value as Json, json};

use self::door::{Batch, Door};
use self::request::Request;
use self::table::MESSAGES;
use super::open::Cli;
use super::output::Out;
use super::table::write;
use crate::error::{Error, Result};
use crate::model::nearest::nearest;

/// Run messages by their Dynamics names: requests from standard input, a reply a line
///
/// Each request is an object with `message` and the parameters of the SDK. Each is a step of its own; after an error it goes on, and
/// ends with 1. Records are named by number (L-7) or UUID, attributes by our names or by Dynamics' logical ones, choices by slug or
/// integer; `Query` is filter text. `leadbook messages` lists them all.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  echo '{\"message\": \"QualifyLead\", \"LeadId\": \"L-7\", \"CreateAccount\": true, \"CreateContact\": true}' | leadbook execute"
)]
pub struct Execute {
    /// All of them in one step, or none
    #[arg(long)]
    atomic: bool,
}

/// List the messages that `execute` knows, with their parameters
#[derive(Debug, clap::Args)]
pub struct Messages {}

impl Messages {
    /// Lists them.
    #[expect(clippy::unused_self)]
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        if cli.globals.json {
            let object = |m: &table::Message| {
                let parameters = m.parameters.iter().map(|p| json!({"name": p.name, "type": p.kind, "required": p.needed}));
                json!({"message": m.name, "about": m.about, "parameters": parameters.collect::<Vec<_>>()})
            };
            out.json(&Json::Array(MESSAGES.iter().map(object).collect()))?;
            return Ok(0);
        }
        let row = |m: &table::Message| {
            let parameter = |p: &table::Parameter| if p.needed { p.name.to_owned() } else { format!("[{}]", p.name) };
            vec![m.name.to_owned(), m.parameters.iter().map(parameter).collect::<Vec<_>>().join(" "), m.about.to_owned()]
        };
        let rows: Vec<Vec<String>> = MESSAGES.iter().map(row).collect();
        write(out, &["Message", "Parameters", "What it does"], vec![false; 3], &rows)?;
        Ok(0)
    }
}

/// A line for a request that was done.
fn ok(reply: Json) -> Json {
    json!({ "ok": reply })
}

/// A line for one that was not.
fn failed(error: &Error) -> Json {
    let field = match error {
        Error::Invalid(problems) => problems.first().map(|p| p.field.clone()).filter(|field| !field.is_empty()),
        _ => None,
    };
    json!({"error": {"code": code(error), "field": field, "message": error.to_string()}})
}

/// What kind of error it is, for programs.
fn code(error: &Error) -> &'static str {
    match error {
        Error::Invalid(_) => "invalid",
        Error::Usage(_) => "usage",
        Error::NotFound(_) => "not-found",
        Error::Conflict(_) => "conflict",
        Error::Refused { .. } => "refused",
        Error::Denied(_) => "denied",
        Error::Busy(_) => "busy",
        _ => "failed",
    }
}

/// Does what a request asks for.
fn perform(door: &mut Door<'_, '_>, request: &Json) -> Result<Json> {
    let Json::Object(object) = request else { return Err(Error::Usage("a request is an object".into())) };
    let Some(name) = object.get("message").and_then(Json::as_str) else {
        return Err(Error::invalid("message", "a request names its message: {\"message\": \"Retrieve\", …}"));
    };
    let Some(message) = MESSAGES.iter().find(|message| message.name.eq_ignore_ascii_case(name)) else {
        let near = nearest(name, MESSAGES.iter().map(|m| m.name)).map(|n| format!("; did you mean {n}?")).unwrap_or_default();
        return Err(Error::invalid("message", format!("there is no message “{name}”{near}")));
    };
    let request = Request::new(message, object)?;
    (message.run)(door, &request)
}

impl Execute {
    /// Runs what comes through standard input.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(|e| Error::io("standard input", &e))?;
        let requests = serde_json::Deserializer::from_str(&text).into_iter::<Json>();
        if self.atomic {
            let requests: Result<Vec<Json>> = requests.map(|request| request.map_err(|e| no_json(&e))).collect();
            return all_or_none(&mut desk, &requests?, out);
        }
        let mut wrong = false;
        for request in requests {
            let answer = match request {
                Ok(request) => perform(&mut Door::Service(&mut desk), &request),
                Err(error) => {
                    // what follows cannot be told apart any more
                    out.json(&failed(&no_json(&error)))?;
                    return Ok(1);
                }
            };
            wrong |= answer.is_err();
            out.json(&answer.map_or_else(|error| failed(&error), ok))?;
            out.end()?;
        }
        Ok(u8::from(wrong))
    }
}

fn no_json(error: &serde_json::Error) -> Error {
    Error::Usage(format!("standard input is no JSON at line {}, column {}", error.line(), error.column()))
}

/// All requests in one transaction and one step.
fn all_or_none(desk: &mut super::open::Desk<crate::service::LeadService>, requests: &[Json], out: &mut Out) -> Result<u8> {
    let mut failed_at = 0;
    let done = desk.act(Batch("Execute", |door: &mut Door<'_, '_>| {
        let mut replies = Vec::with_capacity(requests.len());
        for (place, request) in requests.iter().enumerate() {
            failed_at = place;
            replies.push(perform(door, request)?);
        }
        Ok(replies)
    }));
    match done {
        Ok(done) => {
            done.reply.into_iter().try_for_each(|reply| out.json(&ok(reply)))?;
            Ok(0)
        }
        Err(error) => {
            let other = Error::refused(format!("request {} failed, so nothing was done", failed_at + 1), "");
            for place in 0..requests.len() {
                out.json(&failed(if place == failed_at { &error } else { &other }))?;
            }
            Ok(1)
        }
    }
}
