//! What the rules would do with leads: for each the first rule that matches, and who gets it. Writes nothing, so a trial and the real
//! thing are the same.

use super::book::{Book, matches};
use super::event::FiredHere;
use super::pool::{Pool, Sought, Why};
use crate::error::Result;
use crate::model::definition::Match;
use crate::model::entity::RecordId;
use crate::service::context::Context;
use crate::store::matching::Matched;
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
    /// The code of who gets it, or would where the rule fired already; none where it stays.
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

/// The same; of new leads those that a rule gives away count as nobody's yet, the others as their owners' from the beginning, wherever
/// they stand among them.
pub fn decide_new(
    db: &Db,
    ctx: &Context,
    book: &Book,
    pool: &mut Pool,
    leads: &[i64],
    fired: Option<&FiredHere>,
    are_new: bool,
) -> Result<Vec<Decision>> {
    let total = leads.len() as u64;
    let mut deciding = Deciding { db, ctx, book, fired, are_new, decisions: Vec::new() };
    if !are_new {
        if leads.len() >= MANY && book.asks_for_room(&ctx.catalog.people) {
            pool.count(db, 0, -1)?;
        }
        book.matching.each(db, leads, |found, done| {
            deciding.advance(done, total)?;
            deciding.one(pool, found)
        })?;
        return Ok(deciding.decisions);
    }
    if let (Some(first), Some(last)) = (leads.first(), leads.last()) {
        pool.count(db, *first, *last)?;
    }
    let mut new: Vec<Matched> = Vec::with_capacity(leads.len());
    book.matching.each(db, leads, |found, done| {
        deciding.advance(done, total)?;
        if found.open && !deciding.gives_away(&found) {
            pool.holds(found.owner);
        }
        new.push(found);
        Ok(())
    })?;
    new.into_iter().try_for_each(|found| deciding.one(pool, found))?;
    Ok(deciding.decisions)
}

/// Decisions that are being made.
struct Deciding<'a> {
    db: &'a Db,
    ctx: &'a Context,
    book: &'a Book,
    fired: Option<&'a FiredHere>,
    are_new: bool,
    decisions: Vec<Decision>,
}

impl Deciding<'_> {
    fn advance(&self, done: u64, total: u64) -> Result<()> {
        if done.is_multiple_of(1_024) { self.ctx.advance(done, total) } else { Ok(()) }
    }

    /// The rule that matches a lead, by its place in the book, and the branch that holds.
    fn rule(&self, found: &Matched) -> Option<(usize, usize)> {
        let question = found.first.and_then(|place| self.book.questions.get(place))?;
        Some((question.rule, question.part))
    }

    /// Whether a rule says who gets a lead.
    fn gives_away(&self, found: &Matched) -> bool {
        self.rule(found).is_some_and(|(rule, _)| self.book.rules[rule].rule.assign.is_some())
    }

    fn one(&mut self, pool: &mut Pool, found: Matched) -> Result<()> {
        let rule = self.rule(&found);
        let is_new = self.are_new && self.gives_away(&found);
        let (lead, from) = (found.lead, found.owner);
        let ready = rule.map(|(place, _)| &self.book.rules[place]);
        let again = ready.is_some_and(|ready| self.fired.is_some_and(|fired| fired.has(lead, ready.number)));
        let (to, why) = match ready {
            None => (None, Why::Stays),
            Some(ready) => {
                let tags = match matches(&ready.rule, Match::Language) {
                    true => store::record::tags(self.db, RecordId::lead(lead))?,
                    false => Vec::new(),
                };
                let sought = Sought { owner: from, counts: found.open && !self.are_new, is_new, places: found.places, tags };
                let people = &self.ctx.catalog.people;
                match again {
                    true => pool.find(self.db, people, &ready.rule, &sought)?,
                    false => pool.choose(self.db, people, &ready.rule, &sought)?,
                }
            }
        };
        self.decisions.push(Decision { lead, from, rule, to, why, again });
        Ok(())
    }
}
