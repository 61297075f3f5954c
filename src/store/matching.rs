//! Which of several filters is the first that finds each of many leads, asked by set: one statement with a condition a filter.
//! Compiles the filters once, and decides nothing.

use super::filter::{Common, CompileContext, Scale, compile_for, moved};
use super::{Db, SqlValue};
use crate::error::Result;
use crate::query::ast::Query;

/// Some filters, the branches of one condition, and what else must hold for them to be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The filters, over leads.
    pub filters: Vec<Query>,
    /// The code that `partner` must be.
    pub partner: Option<i64>,
    /// The units to one of which the user who entered the lead belongs; none for anybody.
    pub entered_in: Option<Vec<i64>>,
    /// For leads with which nothing happened for long.
    pub idle: Option<Idle>,
    /// Whether only open leads are asked.
    pub open: bool,
}

/// Nothing happened with a lead since a moment. Where a rule was what happened since then, its filters find the lead all the same, so that
/// none behind them is asked, but are no answer.
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
    /// The place of the filter among those of all that is asked.
    pub first: Option<usize>,
    /// Country and state or province; only where places are asked for.
    pub places: [String; 2],
}

/// Leads that are asked about in one statement.
const PART: usize = 4_096;
/// Numbers that are named one by one in a statement.
const NAMED: usize = 400;

/// Values that are bound in one statement; SQLite takes 32,766, and the leads are some of them.
const BOUND: usize = 30_000;
/// Choices that stand in one `coalesce`; SQLite takes 127 in all of its versions.
const CHOICES: usize = 100;
/// The answer where a filter finds a lead and nothing is to follow.
const STOP: i64 = -1;

/// What one statement asks: the first of some choices that is an answer.
#[derive(Default)]
struct Group {
    choices: Vec<String>,
    values: Vec<SqlValue>,
}

impl Group {
    /// The choices as one: the place of the first filter that finds a lead, NULL where none does.
    fn first(&self) -> String {
        let first = |some: &[String]| format!("coalesce({}, NULL)", some.join(", "));
        let parts: Vec<String> = self.choices.chunks(CHOICES).map(first).collect();
        if parts.is_empty() { "NULL".into() } else { first(&parts) }
    }
}

/// Filters made ready to be asked.
pub struct Matching {
    groups: Vec<Group>,
    places: bool,
    units: bool,
}

impl Matching {
    /// Compiles filters for many leads or few; `places` reads country and state of each lead too.
    pub fn new(asked: &[Asked], ctx: &CompileContext<'_>, places: bool, scale: Scale) -> Self {
        let mut groups = vec![Group::default()];
        let mut place = 0;
        for one in asked {
            let (choice, values) = choice(one, place, ctx, scale);
            place += one.filters.len();
            if groups.last().is_none_or(|group| group.values.len() + values.len() > BOUND) {
                groups.push(Group::default());
            }
            if let Some(group) = groups.last_mut() {
                group.choices.push(moved(&choice, group.values.len()));
                group.values.extend(values);
            }
        }
        Self { groups, places, units: asked.iter().any(|one| one.entered_in.is_some()) }
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
        let mut found: Vec<(Matched, u64)> = Vec::with_capacity(wanted.len());
        let mut decided: Vec<bool> = Vec::with_capacity(wanted.len());
        for (round, group) in self.groups.iter().enumerate() {
            if round > 0 && decided.iter().all(|is| *is) {
                break;
            }
            let mut at = 0;
            self.read(db, group, scope, scoped, wanted, |lead, place, first| {
                if round == 0 {
                    found.push((lead, done + place));
                    decided.push(false);
                }
                if let (Some((lead, _)), Some(is)) = (found.get_mut(at), decided.get_mut(at))
                    && !*is
                {
                    *is = first.is_some();
                    lead.first = first.and_then(|first| usize::try_from(first).ok());
                }
                at += 1;
            })?;
        }
        found.into_iter().try_for_each(|(lead, done)| visit(lead, done))
    }

    /// Reads what one statement says to each of some leads, with how many of them come before it.
    fn read(
        &self,
        db: &Db,
        group: &Group,
        scope: &str,
        scoped: &[i64],
        wanted: &[i64],
        mut visit: impl FnMut(Matched, u64, Option<i64>),
    ) -> Result<()> {
        let places = if self.places { ", l.country, l.state_or_province" } else { "" };
        let units = if self.units { "LEFT JOIN app_user e ON e.number = l.created_by" } else { "" };
        let sql = format!(
            "SELECT l.number, l.owner, l.status, {}{places} FROM lead l {units}
             WHERE {} AND l.deleted_at IS NULL AND l.merged = 0 AND l.erased_at IS NULL ORDER BY l.number",
            group.first(),
            moved(scope, group.values.len())
        );
        let mut values = group.values.clone();
        values.extend(scoped.iter().map(|number| SqlValue::from(*number)));
        let mut next = 0;
        db.visit(&sql, &values, |row| {
            let number = row.int(0)?;
            while wanted.get(next).is_some_and(|wanted| *wanted < number) {
                next += 1;
            }
            if wanted.get(next) != Some(&number) {
                return Ok(true);
            }
            let places = if self.places { [row.text(4)?.to_owned(), row.text(5)?.to_owned()] } else { Default::default() };
            let lead = Matched { lead: number, owner: row.int(1)?, open: row.int(2)? == 0, first: None, places };
            visit(lead, next as u64, row.opt_int(3)?);
            Ok(true)
        })
    }
}

/// One choice: the place of the first of its filters that finds a lead, counted from `place` on, NULL where none does.
fn choice(asked: &Asked, place: usize, ctx: &CompileContext<'_>, scale: Scale) -> (String, Vec<SqlValue>) {
    let mut values: Vec<SqlValue> = Vec::new();
    let bind = |values: &mut Vec<SqlValue>, value: i64| {
        values.push(value.into());
        format!("${}", values.len())
    };
    let mut scope: Vec<String> = Vec::new();
    if let Some(code) = asked.partner {
        scope.push(format!("l.partner = {}", bind(&mut values, code)));
    }
    if let Some(units) = &asked.entered_in {
        let units: Vec<String> = units.iter().map(|unit| bind(&mut values, *unit)).collect();
        scope.push(if units.is_empty() { "1 = 0".into() } else { format!("e.unit IN ({})", units.join(", ")) });
    }
    if asked.open {
        scope.push("l.status = 0".into());
    }
    let before = asked.idle.map(|idle| (bind(&mut values, idle.before), idle.rule));
    if let Some((before, _)) = &before {
        scope.push(format!("coalesce(l.last_activity_at, l.created_at) < {before}"));
    }
    let mut fired: Option<String> = None;
    let mut branches = String::new();
    for (place, filter) in (place..).zip(&asked.filters) {
        let compiled = compile_for(filter, ctx, Common::Checked, scale);
        let condition = compiled.behind(values.len());
        values.extend(compiled.values);
        let answer = match &before {
            None => place.to_string(),
            Some((before, rule)) => {
                let rule = fired.get_or_insert_with(|| bind(&mut values, *rule));
                format!(
                    "CASE WHEN EXISTS (SELECT 1 FROM firing f JOIN operation o ON o.number = f.operation
                     WHERE f.lead = l.number AND f.rule = {rule} AND f.event = 'idle' AND f.at >= {before}
                     AND o.undone_by IS NULL) THEN {STOP} ELSE {place} END"
                )
            }
        };
        branches.push_str(&format!(" WHEN ({condition}) THEN {answer}"));
    }
    let branches = if branches.is_empty() { "NULL".into() } else { format!("CASE{branches} END") };
    match scope.is_empty() {
        true => (branches, values),
        false => (format!("CASE WHEN {} THEN {branches} END", scope.join(" AND ")), values),
    }
}

/// Whether a lead fulfils each of these conditions, in their order; none where it is not there.
pub fn holds(db: &Db, lead: i64, filters: &[Query], ctx: &CompileContext<'_>) -> Result<Vec<bool>> {
    let mut answers = Vec::with_capacity(filters.len());
    for filter in filters {
        let asked = Asked { filters: vec![filter.clone()], partner: None, entered_in: None, idle: None, open: false };
        let mut holds = false;
        Matching::new(&[asked], ctx, false, Scale::Few).each(db, &[lead], |found, _| {
            holds = found.first.is_some();
            Ok(())
        })?;
        answers.push(holds);
    }
    Ok(answers)
}
