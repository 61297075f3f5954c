//! `purge`: what has been in Deleted for long enough is removed for good.

use serde_json::json;

use super::open::Cli;
use super::output::{Out, tell};
use super::progress;
use crate::error::{Error, Result};
use crate::model::entity::Entity;
use crate::query::ast::{Expr, IsKind, Query as Filter};
use crate::service::access;
use crate::service::attachment::CountDeletedFiles;
use crate::service::record::purge::Purge as PurgeAct;
use crate::service::record::read::CountRecords;
use crate::store::sqlite::backup;

/// Remove deleted leads for good, with their notes and files, and files that were taken off; needs the admin role
///
/// This cannot be undone; a backup is taken first. Prints how many were removed.
#[derive(Debug, clap::Args)]
pub struct Purge {
    /// Only what was deleted longer ago than this, as 30d, 8w or 0d for all
    #[arg(long, value_name = "AGE", default_value = "30d")]
    older_than: String,
}

impl Purge {
    /// Removes them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let days = days(&self.older_than)?;
        let mut desk = cli.write_existing()?;
        access::check_admin(&desk.ctx, "purging")?;
        let mut deleted = 0;
        for entity in Entity::LISTED {
            let mut filter = Expr::Is(IsKind::Deleted);
            // what was erased is in Deleted and stays
            if let Some(erased) = desk.ctx.catalog.registry(*entity).find("erased_at") {
                filter = Expr::And(vec![filter, Expr::Not(Box::new(Expr::Has(erased)))]);
            }
            let filter = Filter { entity: *entity, filter, sort: Vec::new() };
            deleted += desk.ask(&CountRecords { filter })?.0;
        }
        deleted += desk.ask(&CountDeletedFiles)?;
        if deleted > 0 {
            backup::take(desk.service.db(), "before-purge", true)?;
        }
        desk.ctx.progress = progress::reporter("purging", &desk.ctx.cancel);
        let done = desk.act(PurgeAct { before: desk.ctx.now() - days * 86_400_000_000 });
        progress::clear();
        let done = done?;
        if cli.globals.json {
            out.json(&json!({ "purged": done.reply }))?;
        } else {
            out.line(&done.reply.to_string())?;
            out.end()?;
            tell(&done.summary);
        }
        Ok(0)
    }
}

/// `30d`, `8w`, `6m` or `1y` in days, a month being 30 of them.
fn days(text: &str) -> Result<i64> {
    let text = text.trim();
    let wrong = || Error::Usage(format!("“{text}” is no age; write it as 30d, 8w, 6m or 1y"));
    let unit = text.chars().last().ok_or_else(wrong)?;
    let each = match unit {
        'd' => 1,
        'w' => 7,
        'm' => 30,
        'y' => 365,
        _ => return Err(wrong()),
    };
    let count: u32 = text[..text.len() - 1].trim_end().parse().map_err(|_| wrong())?;
    i64::from(count).checked_mul(each).filter(|days| *days <= 365_000).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn an_age_is_a_count_and_a_unit() {
        for (text, expected) in [("30d", 30), ("8w", 56), ("6m", 180), ("1y", 365), ("0d", 0)] {
            assert_eq!(days(text).expect("an age"), expected);
        }
        for text in ["", "d", "30", "-1d", "x", "1é", "9999999999d"] {
            assert!(days(text).is_err(), "{text}");
        }
    }
}
