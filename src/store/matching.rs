//! Which of several filters is the first that finds each of many leads, asked by set: one statement with a condition a filter.
//! Compiles the filters once, and decides nothing.

use super::filter::{Common, CompileContext, Scale, compile_for, moved};
use super::{Db, SqlValue};
use crate::error::Result;
use crate::query::ast::Query;

/// One filter and what else must hold for it to be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The filter, over leads.
    pub filter: Query,
    /// The code that `partner` must be.
    pub partner: Option<i64>,
    /// The users one of whom entered the lead; none for anybody.
    pub entered_by: Option<Vec<i64>>,
    /// For leads with which nothing happened for long.
    pub idle: Option<Idle>,
    /// Whether only open leads are asked.
    pub open: bool,
}

/// Nothing happened with a lead since a moment, and a rule did nothing with it since then either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The moment, in µs UTC.
    pub before: i64,
    /// The number of the rule.
    pub rule: i64,
}

/// A lead and the first filter that finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// Its number.
    pub lead: i64,
    /// The code of its owner.
    pub owner: i64,
    /// Whether it is open.
    pub open: bool,
    /// The place of the filter.
    pub first: Option<usize>,
    /// Country and state or province; only where places are asked for.
    pub places: [String; 2],
}

/// Leads that are asked about in one statement.
const PART: usize = 4_096;
/// Numbers that are named one by one in a statement.
const NAMED: usize = 400;

/// Filters made ready to be asked.
pub struct Matching {
    case: String,
    values: Vec<SqlValue>,
    places: bool,
}

impl Matching {
    /// Compiles filters for many leads or few; `places` reads country and state of each lead too.
    pub fn new(asked: &[Asked], ctx: &CompileContext<'_>, places: bool, scale: Scale) -> Self {
        let mut values: Vec<SqlValue> = Vec::new();
        let mut case = String::new();
        for (place, one) in asked.iter().enumerate() {
            let mut parts: Vec<String> = Vec::new();
            let mut bind = |value: SqlValue| {
                values.push(value);
                format!("${}", values.len())
            };
            if let Some(code) = one.partner {
                parts.push(format!("l.partner = {}", bind(code.into())));
            }
            if let Some(users) = &one.entered_by {
                let users: Vec<String> = users.iter().map(|user| bind((*user).into())).collect();
                parts.push(if users.is_empty() { "1 = 0".into() } else { format!("l.created_by IN ({})", users.join(", ")) });
            }
            if one.open {
                parts.push("l.status = 0".into());
            }
            if let Some(idle) = one.idle {
                let before = bind(idle.before.into());
                parts.push(format!(
                    "coalesce(l.last_activity_at, l.created_at) < {before} AND NOT EXISTS (SELECT 1 FROM firing f
                     JOIN operation o ON o.number = f.operation WHERE f.lead = l.number AND f.rule = {} AND f.event = 'idle'
                     AND f.at >= {before} AND o.undone_by IS NULL)",
                    bind(idle.rule.into())
                ));
            }
            let compiled = compile_for(&one.filter, ctx, Common::Checked, scale);
            parts.push(format!("({})", compiled.behind(values.len())));
            values.extend(compiled.values);
            case.push_str(&format!(" WHEN {} THEN {place}", parts.join(" AND ")));
        }
        let case = if case.is_empty() { "-1".into() } else { format!("CASE{case} ELSE -1 END") };
        Self { case, values, places }
    }

    /// Asks about these leads, ascending numbers; deleted, merged and erased ones are left out. `visit` gets each with how many were
    /// asked about before it.
    pub fn each(&self, db: &Db, leads: &[i64], mut visit: impl FnMut(Matched, u64) -> Result<()>) -> Result<()> {
        let mut done = 0;
        for part in leads.chunks(PART) {
            let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
            // most of a stretch is read as a stretch, and what is not asked for is passed over
            if usize::try_from(last - first).is_ok_and(|span| span < part.len().saturating_mul(2)) {
                self.ask(db, "l.number >= $1 AND l.number <= $2", &[*first, *last], part, done, &mut visit)?;
                done += part.len() as u64;
                continue;
            }
            for some in part.chunks(NAMED) {
                let places: Vec<String> = (1..=some.len()).map(|n| format!("${n}")).collect();
                self.ask(db, &format!("l.number IN ({})", places.join(", ")), some, some, done, &mut visit)?;
                done += some.len() as u64;
            }
        }
        Ok(())
    }

    fn ask(
        &self,
        db: &Db,
        scope: &str,
        scoped: &[i64],
        wanted: &[i64],
        done: u64,
        visit: &mut impl FnMut(Matched, u64) -> Result<()>,
    ) -> Result<()> {
        let places = if self.places { ", l.country, l.state_or_province" } else { "" };
        let sql = format!(
            "SELECT l.number, l.owner, l.status, {}{places} FROM lead l
             WHERE {} AND l.deleted_at IS NULL AND l.merged = 0 AND l.erased_at IS NULL ORDER BY l.number",
            self.case,
            moved(scope, self.values.len())
        );
        let mut values = self.values.clone();
        values.extend(scoped.iter().map(|number| SqlValue::from(*number)));
        let mut next = 0;
        db.visit(&sql, &values, |row| {
            let lead = row.int(0)?;
            while wanted.get(next).is_some_and(|number| *number < lead) {
                next += 1;
            }
            if wanted.get(next) != Some(&lead) {
                return Ok(true);
            }
            let places = if self.places { [row.text(4)?.to_owned(), row.text(5)?.to_owned()] } else { Default::default() };
            let first = usize::try_from(row.int(3)?).ok();
            visit(Matched { lead, owner: row.int(1)?, open: row.int(2)? == 0, first, places }, done + next as u64)?;
            Ok(true)
        })
    }
}

/// Whether a lead fulfils each of these conditions, in their order; none where it is not there.
pub fn holds(db: &Db, lead: i64, asked: &[Asked], ctx: &CompileContext<'_>) -> Result<Vec<bool>> {
    let mut answers = Vec::with_capacity(asked.len());
    for one in asked {
        let mut holds = false;
        let matching = Matching::new(std::slice::from_ref(one), ctx, false, Scale::Few);
        matching.each(db, &[lead], |found, _| {
            holds = found.first.is_some();
            Ok(())
        })?;
        answers.push(holds);
    }
    Ok(answers)
}
