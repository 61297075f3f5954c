//! What the rules would do with leads: for each the first rule that matches, and who gets it. Writes nothing, so a trial and the real
//! thing are the same.

use super::book::{Book, matches};
use super::event::FiredHere;
use super::pool::{Pool, Sought, Why};
use crate::error::Result;
use crate::model::definition::Match;
use crate::model::entity::RecordId;
use crate::service::context::Context;
use crate::store::{self, Db};

/// From so many leads on what people hold is counted for all at once.
const MANY: usize = 500;

/// What is to be done with one lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The lead.
    pub lead: i64,
    /// The code of its owner.
    pub from: i64,
    /// The place of the rule in the book, and the branch that held; none where no rule matched.
    pub rule: Option<(usize, usize)>,
    /// The code of who gets it; none where it stays.
    pub to: Option<i64>,
    /// Why.
    pub why: Why,
    /// Whether the rule has fired for this lead already in this act.
    pub again: bool,
}

/// Decides about leads in the order of their numbers; says how far it is, and can be stopped.
pub fn decide(
    db: &Db,
    ctx: &Context,
    book: &Book,
    pool: &mut Pool,
    leads: &[i64],
    fired: Option<&FiredHere>,
) -> Result<Vec<Decision>> {
    decide_new(db, ctx, book, pool, leads, fired, false)
}

/// The same; of new leads none counts as its owner's yet.
pub fn decide_new(
    db: &Db,
    ctx: &Context,
    book: &Book,
    pool: &mut Pool,
    leads: &[i64],
    fired: Option<&FiredHere>,
    are_new: bool,
) -> Result<Vec<Decision>> {
    if are_new || (leads.len() >= MANY && book.asks_for_room(&ctx.catalog.people)) {
        match (leads.first(), leads.last()) {
            (Some(first), Some(last)) if are_new => pool.count(db, *first, *last)?,
            _ => pool.count(db, 0, -1)?,
        }
    }
    let total = leads.len() as u64;
    let mut decisions = Vec::new();
    let people = &ctx.catalog.people;
    book.matching.each(db, leads, |found, done| {
        if done % 1_024 == 0 {
            ctx.advance(done, total)?;
        }
        let question = found.first.and_then(|place| book.questions.get(place));
        let Some(question) = question else {
            let why = Why::Stays;
            decisions.push(Decision { lead: found.lead, from: found.owner, rule: None, to: None, why, again: false });
            return Ok(());
        };
        let ready = &book.rules[question.rule];
        let rule = Some((question.rule, question.part));
        if fired.is_some_and(|fired| fired.has(found.lead, ready.number)) {
            let why = Why::Stays;
            decisions.push(Decision { lead: found.lead, from: found.owner, rule, to: None, why, again: true });
            return Ok(());
        }
        let tags =
            if matches(&ready.rule, Match::Language) { store::record::tags(db, RecordId::lead(found.lead))? } else { Vec::new() };
        let sought = Sought { owner: found.owner, counts: found.open && !are_new, is_new: are_new, places: found.places, tags };
        let (to, why) = pool.choose(db, people, &ready.rule, &sought)?;
        decisions.push(Decision { lead: found.lead, from: found.owner, rule, to, why, again: false });
        Ok(())
    })?;
    Ok(decisions)
}
