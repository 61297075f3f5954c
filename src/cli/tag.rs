//! `tag`: labels on leads, `+a` added and `-b` taken away.

use super::answer;
use super::args::word;
use super::names;
use super::open::Cli;
use super::output::Out;
use crate::error::{Error, Result};
use crate::model::entity::Entity;
use crate::service::record::tag::TagRecords;

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
        let (mut steps, mut said) = (Vec::new(), Vec::new());
        for targets in names::targets(&desk, &records, Entity::Lead)? {
            let done = desk.act(TagRecords { targets, add: add.clone(), remove: remove.clone() })?;
            steps.push(done.step);
            said.push(done.summary);
        }
        answer::give_steps(cli, out, &desk, &steps, &said)?;
        Ok(0)
    }
}
