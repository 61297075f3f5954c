//! What an act answers with: the numbers of what it made or changed, one a line, or an object. Acts on nothing.

use serde_json::{Map, Value as Json, json};

use super::open::{Asked, Cli, Desk};
use super::output::{Out, tell, warn};
use crate::error::Result;
use crate::model::entity::RecordId;
use crate::service::undo::ChangedBy;

/// What an act did to the things that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// They are new.
    Made,
    /// They are others now.
    Changed,
}

impl Did {
    const fn key(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Changed => "changed",
        }
    }
}

/// Writes the names of what was made or changed; with `--json` one object, with the number of the step that undo takes.
pub fn give(cli: &Cli, out: &mut Out, did: Did, names: &[String], step: Option<i64>, summary: &str) -> Result<()> {
    if cli.globals.json {
        let mut object = Map::new();
        object.insert(did.key().into(), json!(names));
        object.insert("step".into(), json!(step));
        if !summary.is_empty() {
            object.insert("message".into(), json!(summary));
        }
        return out.json(&Json::Object(object));
    }
    for name in names {
        out.line(name)?;
    }
    if !summary.is_empty() {
        out.end()?;
        tell(summary);
    }
    Ok(())
}

/// Like [`give`] where nothing was written: a script is told why too.
pub fn give_nothing(cli: &Cli, out: &mut Out, did: Did, names: &[String], why: &str) -> Result<()> {
    give(cli, out, did, names, None, if cli.globals.json { why } else { "" })?;
    out.end()?;
    if !cli.globals.json {
        warn(why);
    }
    Ok(())
}

/// The records that the steps of `done` changed, in their order.
pub fn changed<S: Asked>(desk: &Desk<S>, steps: &[Option<i64>]) -> Result<Vec<String>> {
    let mut records: Vec<RecordId> = Vec::new();
    for step in steps.iter().flatten() {
        records.extend(desk.ask(&ChangedBy { step: *step })?);
    }
    records.sort_unstable();
    records.dedup();
    Ok(records.iter().map(ToString::to_string).collect())
}

/// Writes what several acts changed.
pub fn give_steps<S: Asked>(cli: &Cli, out: &mut Out, desk: &Desk<S>, steps: &[Option<i64>], said: &[String]) -> Result<()> {
    let names = changed(desk, steps)?;
    give(cli, out, Did::Changed, &names, steps.iter().flatten().max().copied(), &said.join(" · "))
}
