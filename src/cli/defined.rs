//! What people call definitions on the command line, and the acts on them that every kind has. Knows no kind.

use super::answer::{self, Did};
use super::open::{Cli, Desk};
use super::output::Out;
use crate::error::{Error, Result};
use crate::model::choice::slug;
use crate::model::definition::{Definition, DefinitionKind};
use crate::model::nearest::nearest;
use crate::service::definition::{MoveDefinition, PutDefinition, RemoveDefinition, key};
use crate::service::{Context, LeadService};

/// The definition that `text` names: its name in any writing, `D-7`, or its place in the list, `3`. Of two of one name the person's own.
pub fn find(ctx: &Context, kind: DefinitionKind, text: &str) -> Result<Definition> {
    let number = text.strip_prefix(['D', 'd']).and_then(|rest| rest.trim_start_matches('-').parse::<i64>().ok());
    let seen: Vec<&Definition> = ctx.catalog.defined(kind).filter(|d| d.owner.is_none_or(|owner| owner == ctx.user)).collect();
    let place = text.parse::<usize>().ok().and_then(|place| seen.get(place.checked_sub(1)?));
    let named = seen.iter().filter(|d| slug(&d.name) == slug(text)).max_by_key(|d| d.owner.is_some());
    let numbered = || seen.iter().find(|d| number == Some(d.number));
    if let Some(found) = named.or_else(numbered).or(place) {
        return Ok((*found).clone());
    }
    let near = nearest(text, seen.iter().map(|d| d.name.as_str())).map(|n| format!("; did you mean “{n}”?")).unwrap_or_default();
    Err(Error::NotFound(format!("there is no {} “{text}”{near}", kind.noun())))
}

/// Makes or changes one, and writes its number.
pub fn put(desk: &mut Desk<LeadService>, cli: &Cli, out: &mut Out, definition: Definition) -> Result<()> {
    let did = if definition.number == 0 { Did::Made } else { Did::Changed };
    let done = desk.act(PutDefinition { definition })?;
    answer::give(cli, out, did, &[key(done.reply).to_string()], done.step, &done.summary)
}

/// A place that can be.
pub fn place(to: i64) -> Result<()> {
    if to > 0 { Ok(()) } else { Err(Error::Usage(format!("{to} is no place; they are counted from 1"))) }
}

/// Moves one to a place.
pub fn shift(cli: &Cli, out: &mut Out, kind: DefinitionKind, name: &str, to: i64) -> Result<()> {
    let mut desk = cli.write_existing()?;
    place(to)?;
    let number = find(&desk.ctx, kind, name)?.number;
    let done = desk.act(MoveDefinition { number, to })?;
    answer::give(cli, out, Did::Changed, &[key(number).to_string()], done.step, &done.summary)
}

/// Takes one away.
pub fn remove(cli: &Cli, out: &mut Out, kind: DefinitionKind, name: &str) -> Result<()> {
    let mut desk = cli.write_existing()?;
    let number = find(&desk.ctx, kind, name)?.number;
    let done = desk.act(RemoveDefinition { number })?;
    answer::give(cli, out, Did::Changed, &[key(number).to_string()], done.step, &done.summary)
}
