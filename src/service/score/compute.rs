//! Adding the points up: for the leads that an act wrote, a stretch of numbers, or all. Decides no rule.

use super::{GRADES, Grades, USUAL_GRADES, grades, points, reading, rules, show_grades, stretch};
use crate::error::Result;
use crate::model::entity::Entity;
use crate::model::field::read::Reading;
use crate::query::parse;
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::context::Context;
use crate::service::scope::Targets;
use crate::store::log::{Change, ChangeKind};
use crate::store::score::{self, Points, Which};
use crate::store::{Db, list, lists, setting};

/// Leads in one statement when all are scored: few enough to say how far it is, many enough that what a rule looks up is found once
/// for many.
const STRETCH: i64 = 262_144;
/// Leads that are named in one statement: as many as it takes, as what a rule looks up is found anew in each.
const NAMED: usize = 16_384;
/// More leads than these are scored with all between them.
const MANY: usize = 20_000;

/// When all were scored last, as a day since 1970-01-01.
const SCORED: &str = "scored_on";

/// Scores open leads again: all, or the open ones among some.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScoreLeads {
    /// Which; all where none are named.
    pub targets: Option<Targets>,
}

/// Scores all open leads where that is due: once a day, if a rule asks for a time that moves on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScoreDue;

/// What scoring came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scored {
    /// How many leads were asked about.
    pub leads: u64,
    /// How many have another score or grade now.
    pub changed: u64,
}

/// Sets the least scores of the grades and grades all open leads by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetGrades {
    /// The least scores of A, B and C.
    pub grades: Grades,
}

impl Act for ScoreLeads {
    type Reply = Scored;

    fn name(&self) -> &'static str {
        "CalculateScore"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Scored> {
        let (db, ctx) = (tx.db, tx.ctx);
        access::check_active(ctx)?;
        let points = points(ctx, &ctx.catalog.definitions);
        let Some(targets) = self.targets else {
            if lists::find_fast_sources(db)? {
                tx.catalog_changed();
            }
            let leads = open_leads(ctx, db)?;
            return Ok(Scored { leads, changed: all(ctx, db, &points)? });
        };
        let numbers = targets.numbers(db, ctx)?;
        let mut changed = 0;
        for (at, some) in numbers.chunks(NAMED).enumerate() {
            ctx.advance((at * NAMED) as u64, numbers.len() as u64)?;
            changed += score::put(db, &ctx.into(), &points, grades(db)?, Which::Numbers(some), true)? as u64;
        }
        Ok(Scored { leads: numbers.len() as u64, changed })
    }
}

impl Act for ScoreDue {
    type Reply = bool;

    fn name(&self) -> &'static str {
        "CalculateScore"
    }

    /// Whether it was due.
    fn run(self, tx: &mut Tx<'_>) -> Result<bool> {
        let (db, ctx) = (tx.db, tx.ctx);
        let today = ctx.zone.today(ctx.now()).to_string();
        if setting::get(db, SCORED)?.is_some_and(|day| day == today) {
            return Ok(false);
        }
        if lists::find_fast_sources(db)? {
            tx.catalog_changed();
        }
        if !moves_on(ctx) {
            setting::put(db, SCORED, &today)?;
            return Ok(false);
        }
        all(ctx, db, &points(ctx, &ctx.catalog.definitions))?;
        Ok(true)
    }
}

impl Act for SetGrades {
    type Reply = Scored;

    fn name(&self) -> &'static str {
        "SetGrades"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Scored> {
        access::check_admin(tx.ctx, "changing the grades of scores")?;
        let text = show_grades(self.grades);
        let changed = put_grades(tx, Some(&text))?;
        tx.say(format!("Graded leads by {text}"));
        let leads = open_leads(tx.ctx, tx.db)?;
        Ok(Scored { leads, changed })
    }
}

/// Writes the grades, as typed or the usual ones, and logs it; the leads are graded by them in the same step.
pub(in crate::service) fn put_grades(tx: &mut Tx<'_>, new: Option<&str>) -> Result<u64> {
    let (db, ctx) = (tx.db, tx.ctx);
    let old = show_grades(grades(db)?);
    let new = new.map_or_else(|| show_grades(USUAL_GRADES), str::to_owned);
    if old == new {
        return Ok(0);
    }
    setting::put(db, GRADES, &new)?;
    let record = Entity::Definition.numbered(0);
    let (field, old, new) = (GRADES.to_owned(), Some(old), Some(new));
    tx.log(Change { record, about: record, kind: ChangeKind::Update, field, old, new })?;
    all(ctx, db, &points(ctx, &ctx.catalog.definitions))
}

fn open_leads(ctx: &Context, db: &Db) -> Result<u64> {
    list::count(db, &ctx.into(), &parse("status:open", &ctx.reading())?)
}

/// Whether one of the rules means something else on another day.
fn moves_on(ctx: &Context) -> bool {
    const YEAR: i64 = 366 * 86_400 * 1_000_000;
    let (now, then) = (reading(ctx), reading(ctx));
    let then = Reading { now: then.now + YEAR, ..then };
    rules(&ctx.catalog.definitions).any(|(_, rule)| rule.active && parse(&rule.when, &now) != parse(&rule.when, &then))
}

/// Scores all open leads, and says how many have another score or grade now.
pub fn all(ctx: &Context, db: &Db, points: &[Points]) -> Result<u64> {
    let changed = score::bounds(db)?.map(|bounds| range(ctx, db, points, bounds, true)).transpose()?;
    setting::put(db, SCORED, &ctx.zone.today(ctx.now()).to_string())?;
    Ok(changed.unwrap_or_default())
}

/// Scores the leads of a stretch of numbers.
pub fn range(ctx: &Context, db: &Db, points: &[Points], (first, last): (i64, i64), open: bool) -> Result<u64> {
    let grades = grades(db)?;
    let (mut at, mut changed) = (first, 0);
    while at <= last {
        ctx.advance((at - first).unsigned_abs(), (last - first + 1).unsigned_abs())?;
        let to = last.min(at + STRETCH - 1);
        changed += score::put(db, &ctx.into(), points, grades, stretch(at, to), open)? as u64;
        at = to + 1;
    }
    Ok(changed)
}

/// Scores leads by their numbers, in order.
pub fn numbers(ctx: &Context, db: &Db, points: &[Points], leads: &[i64], open: bool) -> Result<()> {
    let (Some(first), Some(last)) = (leads.first(), leads.last()) else { return Ok(()) };
    if leads.len() > MANY {
        return range(ctx, db, points, (*first, *last), open).map(|_| ());
    }
    let grades = grades(db)?;
    for some in leads.chunks(NAMED) {
        score::put(db, &ctx.into(), points, grades, Which::Numbers(some), open)?;
    }
    Ok(())
}
