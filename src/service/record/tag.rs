//! Tags on records: adding and removing labels. Closed ones take them too.

use super::write::{self, change_each};
use crate::error::{Error, Result};
use crate::model::field::FieldId;
use crate::model::fold::fold;
use crate::model::record::Record;
use crate::model::value::Value;
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::scope::Targets;
use crate::store::log::ChangeKind;

/// Adds and removes tags.
#[derive(Clone, Debug, PartialEq)]
pub struct TagRecords {
    /// Which records.
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

impl Act for TagRecords {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "Tag"
    }

    /// How many records changed comes back.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let (db, ctx) = (tx.db, tx.ctx);
        let registry = ctx.catalog.registry(self.targets.entity());
        let field = registry.id("tags");
        let add = self.add.iter().map(|t| clean_tag(t)).collect::<Result<Vec<_>>>()?;
        let remove: Vec<String> = self.remove.iter().map(|t| fold(t.trim_start_matches('#'))).collect();
        let each = change_each(tx, &self.targets, ChangeKind::Update, |lead| {
            access::check_write(db, ctx, lead.key, write::owner(registry, lead))?;
            let mut tags = match lead.get(field) {
                Value::Tags(tags) => tags.clone(),
                _ => Vec::new(),
            };
            tags.retain(|t| !remove.contains(&fold(t)));
            lead.set(field, if tags.is_empty() { Value::None } else { Value::Tags(tags) });
            add_tags(lead, field, &add, &ctx.catalog.tags);
            Ok(())
        })?;
        let words: Vec<String> = add
            .iter()
            .map(|t| format!("#{t}"))
            .chain(self.remove.iter().map(|t| format!("no #{}", t.trim_start_matches('#'))))
            .collect();
        let whom = if each.asked == 1 {
            each.name
        } else {
            format!("{} {}", each.changed, self.targets.entity().counted(each.changed.unsigned_abs()))
        };
        tx.say(format!("Tagged {whom} {}", words.join(" ")));
        Ok(each.changed)
    }
}

/// Adds tags to those of a record, in the spelling that is in use; those that it has stay as they are.
pub(in crate::service) fn add_tags(record: &mut Record, field: FieldId, add: &[String], known: &[String]) {
    let mut tags = match record.get(field) {
        Value::Tags(tags) => tags.clone(),
        _ => Vec::new(),
    };
    for tag in add {
        if !tags.iter().any(|t| fold(t) == fold(tag)) {
            tags.push(spelling(known, tag));
        }
    }
    tags.sort_by_key(|t| fold(t));
    record.set(field, if tags.is_empty() { Value::None } else { Value::Tags(tags) });
}

/// The spelling under which the tag is in use already.
fn spelling(known: &[String], tag: &str) -> String {
    known.iter().find(|t| fold(t) == fold(tag)).cloned().unwrap_or_else(|| tag.to_owned())
}
