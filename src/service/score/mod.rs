//! Scoring: points that leads get from rules, added up to a score and its grade, which follow every change. Source: predictive lead
//! scoring's lead score and grade, kept here by rules that people write. Writes no record: score and grade are outside version and log.

mod compute;
mod explain;
mod reach;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::model::definition::{Body, Definition, ScoreRule};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::read::Reading;
use crate::query::ast::{Expr, IsKind};
use crate::query::parse;
use crate::service::act::{Affected, Tx};
use crate::service::condition;
use crate::service::context::{Clock, Context};
use crate::store::log::Made;
use crate::store::score::{Points, Which};
use crate::store::{self, Db, setting};

pub(in crate::service) use self::compute::put_grades;
pub use self::compute::{ScoreDue, ScoreLeads, Scored, SetGrades};
pub use self::explain::{ExplainScore, Explained, GetGrades, Line, Says};
use self::reach::{Reach, What};

/// The least scores of the grades A, B and C; all below is D.
pub type Grades = [i64; 3];

/// The grades of a database in which nobody said others.
pub const USUAL_GRADES: Grades = [75, 50, 25];

/// The name of the setting, and of the field in the log.
pub(in crate::service) const GRADES: &str = "grades";

/// The grades that are asked for.
pub fn grades(db: &Db) -> Result<Grades> {
    Ok(setting::get(db, GRADES)?.as_deref().and_then(parse_grades).unwrap_or(USUAL_GRADES))
}

/// `A=75,B=50,C=25` or its numbers alone.
pub fn parse_grades(text: &str) -> Option<Grades> {
    let mut grades = [None; 3];
    for (at, part) in text.split(',').enumerate() {
        let (name, least) = match part.split_once('=') {
            Some((name, least)) => (name.trim().to_uppercase(), least),
            None => (["A", "B", "C"].get(at)?.to_string(), part),
        };
        let place = ["A", "B", "C"].iter().position(|grade| *grade == name)?;
        let least: i64 = least.trim().parse().ok().filter(|n: &i64| n.abs() <= 1_000_000)?;
        if grades[place].replace(least).is_some() {
            return None;
        }
    }
    let [Some(a), Some(b), Some(c)] = grades else { return None };
    (a > b && b > c).then_some([a, b, c])
}

/// The grades as they are typed.
pub fn show_grades(grades: Grades) -> String {
    format!("A={},B={},C={}", grades[0], grades[1], grades[2])
}

/// A reading of filters that is the same whoever asks.
fn reading(ctx: &Context) -> Reading<'_> {
    Reading { me: 0, ..ctx.reading() }
}

/// The rules among definitions, in their order.
fn rules(definitions: &[Definition]) -> impl Iterator<Item = (&Definition, &ScoreRule)> {
    definitions.iter().filter_map(|d| if let Body::ScoreRule(rule) = &d.body { Some((d, rule)) } else { None })
}

/// The points of the rules that count; one that can no longer be read, as a name in it is gone, gives none.
fn points(ctx: &Context, definitions: &[Definition]) -> Vec<Points> {
    let reading = reading(ctx);
    let of = |rule: &ScoreRule| Some(Points { points: rule.points, filter: parse(&rule.when, &reading).ok()? });
    rules(definitions).filter(|(_, rule)| rule.active).filter_map(|(_, rule)| of(rule)).collect()
}

/// Why a filter is none for points, in words: it cannot be read, depends on who asks, or asks for what it is to give.
pub(in crate::service) fn check(reading: &Reading<'_>, when: &str) -> std::result::Result<(), String> {
    if when.trim().is_empty() {
        return Err("says which leads get the points, as budget:will-buy; * is all of them".into());
    }
    let one = condition::of_everybody(reading, when, "a score")?;
    let registry = &reading.catalog.lead;
    let own = [registry.find("score"), registry.find("grade")];
    let (mut asks_score, mut asks_all) = (false, false);
    condition::each(&one.filter, &mut |expr| match expr {
        Expr::Is(IsKind::Duplicate) => asks_all = true,
        Expr::Compare { field, .. } | Expr::Has(field) => asks_score |= own.contains(&Some(*field)),
        _ => {}
    });
    if asks_all {
        return Err("is:duplicate is asked of all leads at once, and a score of one lead at each of its changes".into());
    }
    if asks_score {
        return Err("points cannot depend on the score or grade that they make up".into());
    }
    Ok(())
}

/// Scores all open leads by the rules of the catalog; how many have another score comes back.
pub(in crate::service) fn anew(ctx: &Context, db: &Db) -> Result<u64> {
    compute::all(ctx, db, &points(ctx, &ctx.catalog.definitions))
}

/// Notes which leads ask for records that are about to go for good, while what ties them is still there; they are scored with the act.
pub(in crate::service) fn before(tx: &mut Tx<'_>, gone: &[RecordId]) -> Result<()> {
    let reach = Reach::of(&points(tx.ctx, &tx.ctx.catalog.definitions), &tx.ctx.catalog, What::Gone);
    let leads = reach.leads(tx.db, &reach::by_kind(gone.iter().copied()))?;
    leads.into_iter().for_each(|lead| tx.reach(RecordId::lead(lead)));
    Ok(())
}

/// Scores what an act wrote, and the leads whose points ask for what it wrote; all open leads where the points mean something else now.
pub(super) fn after(tx: &mut Tx<'_>, affected: &BTreeMap<i64, Affected>) -> Result<()> {
    let db = tx.db;
    let reached = tx.take_reached();
    let made = tx.made_here();
    let anew = changed(tx, &reached)?;
    if anew.is_none() && affected.is_empty() && made.is_none() && reached.is_empty() {
        return Ok(());
    }
    let ctx = anew.as_ref().unwrap_or(tx.ctx);
    let points = points(ctx, &ctx.catalog.definitions);
    if anew.is_some() {
        compute::all(ctx, db, &points)?;
    }
    if let Some(made) = made.filter(|made| made.entity == Entity::Lead && !points.is_empty() && !tx.is_undo()) {
        compute::range(ctx, db, &points, (made.first, made.last), false)?;
    }
    let is_new = |lead: &i64| affected.get(lead).is_some_and(|affected| affected.created);
    let new: Vec<i64> = affected.keys().copied().filter(is_new).collect();
    compute::numbers(ctx, db, &points, &new, false)?;
    if anew.is_some() {
        return Ok(());
    }
    let mut leads: BTreeSet<i64> = affected.keys().copied().collect();
    if !points.is_empty() {
        let stood_on = made.map(|made: Made| store::score::stood_on(db, made)).transpose()?.unwrap_or_default();
        let mut records = reach::by_kind(reached.into_iter().chain(stood_on));
        leads.extend(records.get(&Entity::Lead).into_iter().flatten());
        let reach = Reach::of(&points, &ctx.catalog, What::Written);
        if reach.leads_to(Entity::Lead) {
            records.entry(Entity::Lead).or_default().extend(affected.keys());
        }
        if let Some(made) = made.filter(|made| reach.leads_to(made.entity)) {
            records.entry(made.entity).or_default().extend(made.first..=made.last);
        }
        leads.extend(reach.leads(db, &records)?);
    }
    let old: Vec<i64> = leads.into_iter().filter(|lead| !is_new(lead)).collect();
    compute::numbers(ctx, db, &points, &old, true)
}

/// The context with the people, lists and rules as an act left them, if the points mean something else by them than before.
fn changed(tx: &Tx<'_>, reached: &BTreeSet<RecordId>) -> Result<Option<Context>> {
    let is_definition = |key: &RecordId| key.entity == Entity::Definition;
    let has_rules = rules(&tx.ctx.catalog.definitions).next().is_some();
    if !tx.has_changed_catalog() || !(has_rules || reached.iter().any(is_definition)) {
        return Ok(None);
    }
    // both are read at the same moment, or what was a moment ago is another filter
    let then = Context { clock: Clock::Fixed(tx.ctx.now()), ..tx.ctx.clone() };
    let now = Context { catalog: Arc::new(store::lists::catalog(tx.db)?), ..then.clone() };
    let points = points(&now, &now.catalog.definitions);
    let is_person = |key: &RecordId| matches!(key.entity, Entity::User | Entity::Team | Entity::Unit);
    let by_people = reached.iter().any(is_person) && points.iter().any(|points| asks_people(&points.filter.filter));
    Ok((by_people || points != self::points(&then, &then.catalog.definitions)).then_some(now))
}

/// Whether a filter may mean other leads when people are others: who they are is not in the leads.
fn asks_people(filter: &Expr) -> bool {
    let mut asks = false;
    condition::each(filter, &mut |expr| {
        asks |= matches!(expr, Expr::Unit { .. } | Expr::Is(IsKind::Unassigned | IsKind::Queued));
    });
    asks
}

/// Asks nothing of a lead that is not one.
fn need_lead(record: RecordId) -> Result<i64> {
    match record.entity {
        Entity::Lead => Ok(record.number),
        other => Err(Error::refused(format!("{record} is {}; leads are scored", other.one()), "name a lead, as L-7")),
    }
}

/// Nobody's rows in a statement.
const fn stretch(first: i64, last: i64) -> Which<'static> {
    Which::Range(first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read_back_as_shown() {
        for text in ["A=75,B=50,C=25", "c=-5, b=0, a=10", "75,50,25"] {
            let grades = parse_grades(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(parse_grades(&show_grades(grades)), Some(grades));
        }
        for wrong in ["", "A=75", "A=1,B=2,C=3", "A=3,A=2,C=1", "A=x,B=1,C=0", "A=3,B=2,C=1,D=0"] {
            assert_eq!(parse_grades(wrong), None, "{wrong}");
        }
    }
}
