//! `tag`: labels on leads, `+a` added and `-b` taken away.

use super::answer;
use super::args::word;
use super::names;
use super::open::Cli;
use super::output::Out;
use crate::error::{Error, Result};
use crate::service::lead::tag::TagLeads;
use crate::service::scope::Targets;

/// Add and remove tags: leadbook tag L-1042 1043 +expo -old
#[derive(Debug, clap::Args)]
pub struct Tag {
    /// Leads, then +TAG and -TAG
    #[arg(required = true, num_args = 2.., value_name = "REC|+TAG|-TAG")]
    pub words: Vec<String>,
}

impl Tag {
    /// Writes them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let (mut records, mut add, mut remove) = (Vec::new(), Vec::new(), Vec::new());
        for typed in &self.words {
            let typed = word(typed);
            match (typed.strip_prefix('+'), typed.strip_prefix('-')) {
                (Some(tag), _) => add.push(tag.to_owned()),
                (_, Some(tag)) => remove.push(tag.to_owned()),
                _ => records.push(typed),
            }
        }
        if records.is_empty() || add.len() + remove.len() == 0 {
            return Err(Error::Usage("say which leads, then +TAG or -TAG: leadbook tag L-1042 +expo".into()));
        }
        let mut desk = cli.write()?;
        let targets = Targets::Numbers(names::leads(&desk, &records)?);
        let done = desk.act(TagLeads { targets, add, remove })?;
        answer::give_changed(cli, out, &desk, &done)?;
        Ok(0)
    }
}
