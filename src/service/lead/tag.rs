//! Tags on leads: adding and removing labels. Closed leads take them too.

use super::update::display_name;
use super::write::{self, change_lead};
use crate::error::{Error, Result};
use crate::model::fold::fold;
use crate::model::value::Value;
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::scope::Targets;
use crate::store::log::ChangeKind;

/// Adds and removes tags.
#[derive(Clone, Debug, PartialEq)]
pub struct TagLeads {
    /// Which leads.
    pub targets: Targets,
    /// Tags to add, without `#`.
    pub add: Vec<String>,
    /// Tags to remove.
    pub remove: Vec<String>,
}

/// A tag as it is kept: without `#`, one word, at most 50 characters.
pub fn clean_tag(text: &str) -> Result<String> {
    let tag = text.trim().trim_start_matches('#').trim();
    if tag.is_empty() || tag.chars().count() > 50 || tag.chars().any(|c| c.is_whitespace() || c.is_control() || c == ',') {
        return Err(Error::invalid("tags", format!("“{text}” is no tag: one word of at most 50 characters, without commas")));
    }
    Ok(tag.to_owned())
}

impl Act for TagLeads {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "Tag"
    }

    /// How many leads changed comes back.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let ctx = tx.ctx;
        let registry = &ctx.catalog.lead;
        let field = registry.id("tags");
        let add = self.add.iter().map(|t| clean_tag(t)).collect::<Result<Vec<_>>>()?;
        let remove: Vec<String> = self.remove.iter().map(|t| fold(t.trim_start_matches('#'))).collect();
        let numbers = self.targets.numbers(tx.db, ctx)?;
        tx.expect(numbers.len());
        let (mut changed, mut name) = (0, String::new());
        for (done, number) in (0u64..).zip(&numbers) {
            let (record, wrote) = change_lead(tx, *number, ChangeKind::Update, |lead| {
                access::check_write(ctx, lead.key, write::owner(registry, lead))?;
                let mut tags = match lead.get(field) {
                    Value::Tags(tags) => tags.clone(),
                    _ => Vec::new(),
                };
                tags.retain(|t| !remove.contains(&fold(t)));
                for tag in &add {
                    if !tags.iter().any(|t| fold(t) == fold(tag)) {
                        tags.push(spelling(&ctx.catalog.tags, tag));
                    }
                }
                tags.sort_by_key(|t| fold(t));
                lead.set(field, if tags.is_empty() { Value::None } else { Value::Tags(tags) });
                Ok(())
            })?;
            changed += i64::from(wrote);
            name = display_name(ctx, &record);
            if done % 256 == 0 {
                ctx.advance(done, numbers.len() as u64)?;
            }
        }
        let words: Vec<String> = add
            .iter()
            .map(|t| format!("#{t}"))
            .chain(self.remove.iter().map(|t| format!("no #{}", t.trim_start_matches('#'))))
            .collect();
        let whom = if numbers.len() == 1 { name } else { format!("{changed} leads") };
        tx.say(format!("Tagged {whom} {}", words.join(" ")));
        Ok(changed)
    }
}

/// The spelling under which the tag is in use already.
fn spelling(known: &[String], tag: &str) -> String {
    known.iter().find(|t| fold(t) == fold(tag)).cloned().unwrap_or_else(|| tag.to_owned())
}
