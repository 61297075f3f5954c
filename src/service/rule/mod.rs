//! The rules at work: after an act each lead that it made or changed is asked about, the first rule that matches fires, and what it does
//! is part of the same step. Decides nothing about what a rule may say.

mod apply;
mod book;
mod decide;
mod event;
mod import;
mod log;
mod pool;
pub mod queue;
pub(in crate::service) mod route;
mod trial;
mod why;

use std::collections::{BTreeMap, BTreeSet};

pub use self::event::{Event, EventKind, FiredHere};
pub use self::import::imported;
pub use self::log::{FindFormerRule, Fired, FiredIn, RuleLog, RuleTally, TallyRules};
pub use self::pool::Why;
pub use self::route::{Route, RouteIdle, Routed, wait_for_time};
pub use self::trial::{Matches, RuleMatches, Trial, Tried, TriedRule, TryRoute};
pub use self::why::{Handed, Step, Verdict, WhyAnswer, WhyOwner};

use self::apply::{Told, apply};
use self::book::Book;
use self::decide::{decide, decide_new};
use self::pool::Pool;
use super::act::{Affected, Tx};
use crate::error::Result;
use crate::model::entity::RecordId;
use crate::store::log::Made;

/// How often what rules wrote may make other rules be asked, before the chain ends with a message.
const ROUNDS: usize = 16;

/// The fields that say who has a lead: an `updated` that names no field does not wait for them, or every assignment by hand would be
/// routed on.
const HANDING: [&str; 5] = ["owner", "handed_by", "handed_at", "handed_note", "opened_at"];

/// Asks the rules about the leads that an act made or changed, and about those that the rules then changed. What was written comes
/// back, by the act and by the rules.
pub(super) fn after(tx: &mut Tx<'_>) -> Result<BTreeMap<i64, Affected>> {
    let mut all = tx.take_affected();
    // routing has asked about what it changed itself
    if tx.is_undo() || all.is_empty() || tx.act() == route::NAME {
        return Ok(all);
    }
    let mut pool = Pool::new(tx.db, tx.ctx)?;
    if tx.ctx.catalog.rules().any(|(_, rule)| rule.active) {
        let mut told = Told::default();
        let groups = groups(tx, &all, true)?;
        settle(tx, &mut pool, groups, None, &mut told, &mut all)?;
        told.say(tx);
    }
    note_hands(tx, &mut pool, &all)?;
    pool.save(tx)?;
    Ok(all)
}

/// Asks the rules of a book about leads with which one thing happened, then those that wait for what is written, until nothing changes any
/// more. Leads that the act made without a line each in the log, `made`, are new.
fn ask(tx: &mut Tx<'_>, book: &Book, event: &Event, leads: &[i64], made: Option<Made>, told: &mut Told) -> Result<()> {
    let mut before = tx.take_affected();
    let mut pool = Pool::new(tx.db, tx.ctx)?;
    let decisions = decide_new(tx.db, tx.ctx, book, &mut pool, leads, None, made.is_some())?;
    if made.is_none() {
        tx.expect(decisions.iter().filter(|decision| decision.rule.is_some()).count());
    }
    apply(tx, book, event, decisions, made, told)?;
    pool.written();
    let mut all = tx.take_affected();
    let groups = groups(tx, &all, false)?;
    let mut chained = told.for_what_follows();
    settle(tx, &mut pool, groups, made, &mut chained, &mut all)?;
    told.adopt(chained);
    pool.save(tx)?;
    // rules were asked about all that was made, and it is scored whatever was done with it
    before.extend(all.into_iter().filter(|(lead, _)| !made.is_some_and(|made| made.holds(RecordId::lead(*lead)))));
    tx.put_affected(before);
    Ok(())
}

/// Asks the rules about groups of leads, then about what they changed, until nothing changes any more.
fn settle(
    tx: &mut Tx<'_>,
    pool: &mut Pool,
    mut groups: BTreeMap<Event, Vec<i64>>,
    made: Option<Made>,
    told: &mut Told,
    all: &mut BTreeMap<i64, Affected>,
) -> Result<()> {
    let definitions = tx.ctx.catalog.definitions.clone();
    for round in 0.. {
        if groups.is_empty() {
            break;
        }
        if round == ROUNDS {
            told.endless();
            break;
        }
        for (event, leads) in groups {
            let book = Book::new(&definitions, &event, leads.len(), tx.ctx);
            if book.is_empty() {
                continue;
            }
            let decisions = decide(tx.db, tx.ctx, &book, pool, &leads, Some(tx.fired()))?;
            apply(tx, &book, &event, decisions, made, told)?;
            pool.written();
        }
        let fresh = tx.take_affected();
        groups = self::groups(tx, &fresh, false)?;
        for (lead, more) in fresh {
            let one = all.entry(lead).or_default();
            one.created |= more.created;
            one.around |= more.around;
            one.fields.extend(more.fields);
        }
    }
    Ok(())
}

/// The leads that an act wrote, by what happened to them. Only the act itself makes leads and opens them again; what rules write are
/// updates.
fn groups(tx: &Tx<'_>, affected: &BTreeMap<i64, Affected>, by_act: bool) -> Result<BTreeMap<Event, Vec<i64>>> {
    let mut groups: BTreeMap<Event, Vec<i64>> = BTreeMap::new();
    let closed: Vec<i64> =
        affected.iter().filter(|(_, one)| by_act && one.fields.contains("status")).map(|(lead, _)| *lead).collect();
    let open: BTreeSet<i64> = crate::store::firing::open_among(tx.db, &closed)?.into_iter().collect();
    for (lead, one) in affected {
        let fields: BTreeSet<String> = one.fields.clone();
        let event = match one.created && by_act {
            true => Event::of(EventKind::Created),
            false if open.contains(lead) => Event { kind: EventKind::Reopened, fields },
            false if !fields.is_empty() => Event { kind: EventKind::Updated, fields },
            false => continue,
        };
        groups.entry(event).or_default().push(*lead);
    }
    Ok(groups)
}

/// Notes whose turn it no longer is: who was given a lead by hand, or made one for themselves.
fn note_hands(tx: &Tx<'_>, pool: &mut Pool, affected: &BTreeMap<i64, Affected>) -> Result<()> {
    let is_handed = |lead: &i64, one: &Affected| (one.created || one.fields.contains("owner")) && !tx.fired().gave(*lead);
    let leads: Vec<i64> = affected.iter().filter(|(lead, one)| is_handed(lead, one)).map(|(lead, _)| *lead).collect();
    for owner in crate::store::firing::owners_of(tx.db, &leads)? {
        pool.noted(owner);
    }
    Ok(())
}
