//! Whether a database file is sound: its pages, its references, its search index, its sequences and its log. Mends nothing.

use super::{Db, Mode, fts};
use crate::error::Result;

/// One thing that is looked at, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at, as people call it.
    pub what: &'static str,
    /// What is wrong, a sentence each; empty when all is well.
    pub problems: Vec<String>,
}

/// The most sentences about one thing.
const MOST: usize = 20;

/// Counts that must be 0 for the log to be believed, with what they mean.
const CHAIN: &[(&str, &str)] = &[
    (
        "SELECT count(*) FROM operation o LEFT JOIN operation u ON u.number = o.undone_by
         WHERE o.undone_by IS NOT NULL AND (u.number IS NULL OR u.undoes IS NULL OR u.undoes <> o.number)",
        "steps are marked as taken back by a step that did not do so",
    ),
    (
        "SELECT count(*) FROM operation u LEFT JOIN operation o ON o.number = u.undoes
         WHERE u.undoes IS NOT NULL AND (o.number IS NULL OR o.number >= u.number)",
        "steps take back one that is not there or came later",
    ),
    (
        "SELECT count(*) FROM operation o WHERE o.first_made IS NOT NULL AND (o.last_made IS NULL OR o.last_made < o.first_made)",
        "imports name no proper range of leads",
    ),
    (
        "SELECT count(*) FROM operation o LEFT JOIN app_user u ON u.number = o.actor WHERE u.number IS NULL",
        "steps were made by nobody who is known",
    ),
];

/// Counts that must be 0 for the numbers of records, with what they mean. A sequence that is behind would give a number again.
const NUMBERS: &[(&str, &str)] = &[
    ("SELECT count(*) FROM lead WHERE number >= (SELECT coalesce(max(next), 1) FROM sequence WHERE entity = 'lead')", "leads"),
    ("SELECT count(*) FROM note WHERE number >= (SELECT coalesce(max(next), 1) FROM sequence WHERE entity = 'note')", "notes"),
    (
        "SELECT count(*) FROM operation WHERE number >= (SELECT coalesce(max(next), 1) FROM sequence WHERE entity = 'operation')",
        "steps",
    ),
    (
        "SELECT count(*) FROM app_user WHERE number >= (SELECT coalesce(max(next), 1) FROM sequence WHERE entity = 'user')",
        "users",
    ),
    (
        "SELECT count(*) FROM activity WHERE number >= (SELECT coalesce(max(next), 1) FROM sequence WHERE entity = 'activity')",
        "activities",
    ),
    (
        "SELECT count(*) FROM request WHERE number >= (SELECT coalesce(max(next), 1) FROM sequence WHERE entity = 'request')",
        "requests",
    ),
    (
        "SELECT count(*) FROM attachment WHERE number >= (SELECT coalesce(max(next), 1) FROM sequence WHERE entity = 'attachment')",
        "files",
    ),
];

/// Leads whose owner is neither a user nor a team.
const OWNERS: &str = "SELECT count(*) FROM lead l WHERE NOT EXISTS (SELECT 1 FROM app_user u WHERE u.number = l.owner)
    AND NOT EXISTS (SELECT 1 FROM team t WHERE t.number = -l.owner)";

/// Looks at all of it. The search index is left out where the file cannot be written, as its own check needs to.
pub fn run(db: &mut Db) -> Result<Vec<Finding>> {
    let mut found = vec![
        Finding { what: "pages and indexes", problems: integrity(db)? },
        Finding { what: "references", problems: references(db)? },
        Finding { what: "files", problems: crate::store::blob::check(db)? },
        Finding { what: "log of steps", problems: counts(db, CHAIN, |n, what| format!("{n} {what}"))? },
        Finding {
            what: "numbers",
            problems: counts(db, NUMBERS, |n, what| format!("{n} {what} have numbers that could be given again"))?,
        },
        Finding {
            what: "owners",
            problems: counts(db, &[(OWNERS, "")], |n, _| format!("{n} leads belong to nobody who is known"))?,
        },
    ];
    if db.mode() == Mode::Write {
        found.push(Finding { what: "search index", problems: db.write(fts::check)? });
    }
    Ok(found)
}

fn integrity(db: &Db) -> Result<Vec<String>> {
    let said = db.rows(&format!("PRAGMA integrity_check({MOST})"), &[], |row| Ok(row.text(0)?.to_owned()))?;
    Ok(if said == ["ok"] { Vec::new() } else { said })
}

fn references(db: &Db) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    db.visit("PRAGMA foreign_key_check", &[], |row| {
        let number = row.opt_int(1)?.map_or_else(String::new, |n| format!(" {n}"));
        problems.push(format!("{}{number} refers to a row of {} that is not there", row.text(0)?, row.text(2)?));
        Ok(problems.len() < MOST)
    })?;
    Ok(problems)
}

fn counts(db: &Db, list: &[(&str, &str)], say: impl Fn(i64, &str) -> String) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for (sql, what) in list {
        let count = db.number(sql, &[])?;
        if count > 0 {
            problems.push(say(count, what));
        }
    }
    Ok(problems)
}
