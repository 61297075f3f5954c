//! Doing what the rules decided: owner, fields, tags, a task, and a line for each in the log of rules. Chooses nobody.

use std::collections::{BTreeMap, BTreeSet};

use super::HANDING;
use super::book::{Book, Ready};
use super::decide::Decision;
use super::event::{Event, Waiting};
use super::pool::Why;
use super::route::Routed;
use crate::error::Result;
use crate::model::activity::TASK;
use crate::model::dates;
use crate::model::definition::FollowUp;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::read::read;
use crate::model::field::{Access, FieldId};
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::{Owner, Value};
use crate::service::act::Tx;
use crate::service::context::Context;
use crate::service::record::change_record;
use crate::service::record::create;
use crate::service::record::tag::add_tags;
use crate::store::firing::{self, Firing, Given};
use crate::store::log::{ChangeKind, Made};
use crate::store::{self};

/// Firings that are written at once.
const PART: usize = 4_096;

/// What became of the leads of an act, for its message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// How many leads the rules were asked about.
    pub asked: u64,
    /// How many a rule matched.
    pub matched: u64,
    /// How many got another owner.
    pub moved: u64,
    /// How many no rule matched.
    pub unmatched: u64,
    /// How many nobody could take.
    pub nobody: u64,
    /// Those that no rule matched and that are listed already.
    pub listed: BTreeSet<i64>,
    /// The leads behind these numbers: one may be asked about more than once in a step, and counts once.
    leads: BTreeSet<i64>,
    matching: BTreeSet<i64>,
    /// The owners before and since of those that were given away.
    given: BTreeMap<i64, (i64, i64)>,
    last: String,
    broken: BTreeSet<String>,
    loops: BTreeSet<String>,
    /// What was done with each lead, one after the other, where somebody wants to know.
    trace: Option<Vec<Traced>>,
}

/// What one rule did with one lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced {
    /// The lead.
    pub lead: i64,
    /// The number of the rule, what it is called, and the branches of its condition.
    pub rule: (i64, String, Vec<String>),
    /// The branch that held.
    pub part: usize,
    /// The code of who got it; none where it stayed.
    pub to: Option<i64>,
    /// Why.
    pub why: Why,
}

impl Told {
    /// That what rules write makes rules be asked without end.
    pub fn endless(&mut self) {
        self.loops.insert("the rules make each other be asked without end; the chain was ended".into());
    }

    /// Puts it behind what the act says.
    pub fn say(&self, tx: &mut Tx<'_>) {
        match (self.asked, self.matched) {
            (_, 0) => {}
            (1, _) => tx.also(&self.last),
            _ => tx.also(&Routed::from(self).words()),
        }
        self.warnings().iter().for_each(|sentence| tx.warn(sentence));
    }

    /// One that keeps what is done with each lead.
    pub fn tracing() -> Self {
        Self { trace: Some(Vec::new()), ..Self::default() }
    }

    /// What was done with each lead.
    pub fn take_trace(&mut self) -> Vec<Traced> {
        self.trace.take().unwrap_or_default()
    }

    /// One for what follows from what the rules write.
    pub fn for_what_follows(&self) -> Self {
        if self.trace.is_some() { Self::tracing() } else { Self::default() }
    }

    /// Adds what followed from what the rules wrote.
    pub fn adopt(&mut self, mut chained: Self) {
        if let Some(trace) = &mut self.trace {
            trace.append(&mut chained.take_trace());
        }
        chained.given.iter().for_each(|(lead, (from, to))| self.gives(*lead, *from, *to));
        self.nobody += chained.nobody;
        self.loops.append(&mut chained.loops);
        self.broken.append(&mut chained.broken);
    }

    /// What went wrong, a sentence each.
    pub fn warnings(&self) -> Vec<String> {
        self.loops.iter().chain(&self.broken).cloned().collect()
    }
}

/// What a rule writes, read once for all its leads.
struct Writing<'a> {
    ready: &'a Ready,
    note: String,
    set: Vec<(FieldId, Value)>,
    due: Option<i64>,
    left_out: Vec<String>,
}

impl<'a> Writing<'a> {
    fn new(ready: &'a Ready, ctx: &Context) -> Self {
        let registry = &ctx.catalog.lead;
        let (mut set, mut left_out) = (Vec::new(), Vec::new());
        for setting in &ready.rule.set {
            let field = registry.find(&setting.field).filter(|id| registry.field(*id).access == Access::Edit);
            match field.map(|id| (id, read(registry.field(id), &setting.value, &ctx.reading()))) {
                Some((id, Ok(value))) => set.push((id, value)),
                _ => left_out.push(format!("{} cannot be “{}” any more", setting.field, setting.value)),
            }
        }
        let due = ready.rule.task.as_ref().map(|task| dates::parse_instant(&task.due, ctx.now(), ctx.zone, &ctx.locale));
        if let Some(Err(error)) = &due {
            left_out.push(error.to_string());
        }
        Self { ready, note: format!("rule “{}”", ready.name), set, due: due.and_then(Result::ok), left_out }
    }

    /// Writes fields and tags into a lead, and who gets it where that is not done by other means.
    fn edit(&self, ctx: &Context, lead: &mut Record, to: Option<i64>) {
        let registry = &ctx.catalog.lead;
        for (id, value) in &self.set {
            let before = lead.get(*id).clone();
            lead.set(*id, value.clone());
            // a reason belongs to a state, and the lead may be in another
            if registry.field(*id).name == "status_reason" && rules::check_reason(registry, &ctx.catalog.choices, lead).is_err() {
                lead.set(*id, before);
            }
        }
        if !self.ready.rule.tags.is_empty() {
            add_tags(lead, registry.id("tags"), &self.ready.rule.tags, &ctx.catalog.tags);
        }
        if let Some(owner) = to.and_then(Owner::of_code) {
            lead.set(registry.id("owner"), Value::Owner(owner));
            lead.set(registry.id("handed_by"), Value::User(ctx.user));
            lead.set(registry.id("handed_at"), Value::Instant(ctx.now()));
            lead.set(registry.id("handed_note"), Value::text(self.note.as_str()));
            lead.set(registry.id("opened_at"), Value::None);
        }
    }

    /// Whether firing again would write something else into the lead.
    fn would_change(&self, ctx: &Context, lead: &Record) -> bool {
        let mut after = lead.clone();
        self.edit(ctx, &mut after, None);
        after != *lead
    }
}

/// Does what was decided. Leads that the act itself made without a line each, `new`, are written as if they had been made so.
pub fn apply(
    tx: &mut Tx<'_>,
    book: &Book,
    event: &Event,
    decisions: Vec<Decision>,
    new: Option<Made>,
    told: &mut Told,
) -> Result<()> {
    let ctx = tx.ctx;
    let rules: Vec<Writing<'_>> = book.rules.iter().map(|ready| Writing::new(ready, ctx)).collect();
    told.broken.extend(book.broken.iter().cloned());
    let waiting = Waiting::new(&ctx.catalog.definitions);
    let unmatched = |decision: &Decision| decision.rule.is_none().then_some(decision.lead);
    let listed = match event.kind.is_asked_again() {
        true => firing::unmatched_among(tx.db, &decisions.iter().filter_map(unmatched).collect::<Vec<_>>(), event.kind.name())?,
        false => BTreeSet::new(),
    };
    let total = decisions.len() as u64;
    let mut firings: Vec<Firing> = Vec::new();
    for (done, decision) in (0u64..).zip(decisions) {
        if done % 256 == 0 {
            ctx.advance(done, total)?;
        }
        let Some((place, part)) = decision.rule else {
            if event.kind.is_entry() {
                told.asks(decision.lead);
                told.unmatched += 1;
                match listed.contains(&decision.lead) {
                    true => told.listed.extend([decision.lead]),
                    false => firings.push(firing(tx, event, &decision, None, String::new(), String::new())?),
                }
            }
            flush(tx, &mut firings, PART)?;
            continue;
        };
        let rule = &rules[place];
        if decision.again {
            told.looped(tx, rule, &decision)?;
            continue;
        }
        told.asks(decision.lead);
        let moved = decision.to.filter(|to| *to != decision.from);
        tx.note_fired(decision.lead, rule.ready.number, decision.to.is_some());
        match new.filter(|made| made.holds(RecordId::lead(decision.lead))) {
            Some(_) => write_new(tx, rule, decision.lead, moved, &waiting)?,
            None => write(tx, rule, decision.lead, moved)?,
        }
        if let (Some(task), Some(due)) = (&rule.ready.rule.task, rule.due) {
            make_task(tx, task, due, decision.lead, decision.to.unwrap_or(decision.from))?;
        }
        let why = decision.why.words(&ctx.catalog.people);
        told.one(ctx, rule, &decision, part, moved, &why);
        let why = rule.left_out.iter().fold(why, |why, more| format!("{why}; left out: {more}"));
        let part = rule.ready.parts.get(part).cloned().unwrap_or_default();
        firings.push(firing(tx, event, &decision, Some(rule.ready.number), part, why)?);
        flush(tx, &mut firings, PART)?;
    }
    flush(tx, &mut firings, 1)
}

fn flush(tx: &Tx<'_>, firings: &mut Vec<Firing>, least: usize) -> Result<()> {
    if firings.len() >= least {
        firing::put(tx.db, firings)?;
        firings.clear();
    }
    Ok(())
}

fn firing(tx: &mut Tx<'_>, event: &Event, decision: &Decision, rule: Option<i64>, part: String, why: String) -> Result<Firing> {
    Ok(Firing {
        operation: tx.operation()?,
        lead: decision.lead,
        rule,
        event: event.kind.name().into(),
        at: tx.ctx.now(),
        actor: tx.ctx.user,
        given: Given { part, from: Some(decision.from), to: decision.to, why },
    })
}

impl Writing<'_> {
    /// Whether it writes fields or tags.
    fn writes(&self) -> bool {
        !self.set.is_empty() || !self.ready.rule.tags.is_empty()
    }
}

/// Writes what a rule says into a lead.
fn write(tx: &mut Tx<'_>, rule: &Writing<'_>, lead: i64, moved: Option<i64>) -> Result<()> {
    let ctx = tx.ctx;
    if rule.writes() || moved.is_some() {
        change_record(tx, RecordId::lead(lead), ChangeKind::Update, |lead| {
            rule.edit(ctx, lead, moved);
            Ok(())
        })?;
    }
    Ok(())
}

/// Writes it into a lead that the act made without a line in the log; notes what was written where rules wait for it.
fn write_new(tx: &mut Tx<'_>, rule: &Writing<'_>, lead: i64, moved: Option<i64>, waiting: &Waiting<'_>) -> Result<()> {
    let ctx = tx.ctx;
    let mut written: BTreeSet<String> = BTreeSet::new();
    if rule.writes() {
        let registry = &ctx.catalog.lead;
        let before = store::record::need(tx.db, registry, lead)?;
        let mut after = before.clone();
        rule.edit(ctx, &mut after, None);
        rules::complete(registry, &mut after, &ctx.locale.currency);
        let changed: Vec<FieldId> = registry.ids().map(|(id, _)| id).filter(|id| before.get(*id) != after.get(*id)).collect();
        store::record::update(tx.db, registry, &after, &changed)?;
        written.extend(changed.iter().map(|id| registry.field(*id).name.to_owned()));
    }
    if let Some(to) = moved {
        let unit = Owner::of_code(to).and_then(|owner| ctx.catalog.people.unit_of(owner)).unwrap_or(1);
        firing::give_new(tx.db, lead, to, unit, ctx.user, ctx.now(), &rule.note)?;
        written.extend(HANDING.map(str::to_owned));
    }
    if !waiting.is_empty() && waiting.wait_for(written.clone()) {
        tx.wrote_made(lead, written);
    }
    Ok(())
}

/// A task for who has the lead now.
fn make_task(tx: &mut Tx<'_>, task: &FollowUp, due: i64, lead: i64, owner: i64) -> Result<()> {
    let registry = &tx.ctx.catalog.activity;
    let mut values = vec![
        (registry.id("kind"), Value::Choice(TASK)),
        (registry.id("name"), Value::text(task.text.trim())),
        (registry.id("due_at"), Value::Instant(due)),
        (registry.id("regarding"), Value::record(RecordId::lead(lead))),
    ];
    values.extend(Owner::of_code(owner).map(|owner| (registry.id("owner"), Value::Owner(owner))));
    create::make(tx, Entity::Activity, values).map(|_| ())
}

impl Told {
    /// That the rules were asked about a lead.
    fn asks(&mut self, lead: i64) {
        self.asked += u64::from(self.leads.insert(lead));
    }

    /// That a lead got another owner; one that comes back to its first has not.
    fn gives(&mut self, lead: i64, from: i64, to: i64) {
        let (first, last) = self.given.entry(lead).or_insert((from, from));
        self.moved -= u64::from(first != last);
        *last = to;
        self.moved += u64::from(first != last);
    }

    /// One lead that a rule matched.
    fn one(&mut self, ctx: &Context, rule: &Writing<'_>, decision: &Decision, part: usize, moved: Option<i64>, why: &str) {
        if let Some(trace) = &mut self.trace {
            let (lead, to, why) = (decision.lead, decision.to, decision.why.clone());
            let rule = (rule.ready.number, rule.ready.name.clone(), rule.ready.parts.clone());
            trace.push(Traced { lead, rule, part, to, why });
        }
        let people = &ctx.catalog.people;
        let show = |code: i64| Owner::of_code(code).map_or_else(|| "nobody".to_owned(), |owner| people.show(owner));
        self.matched += u64::from(self.matching.insert(decision.lead));
        if let Some(to) = moved {
            self.gives(decision.lead, decision.from, to);
        }
        self.nobody += u64::from(matches!(decision.why, Why::Nobody(_)));
        if moved.is_none() && !self.given.is_empty() {
            // who got it is told before what else a rule did with it
            return;
        }
        self.last = match (moved, &decision.why) {
            (Some(to), _) => format!("{} gave it to {}", rule.note, show(to)),
            (None, Why::Nobody(_)) => format!("{}: {why}; it stays with {}", rule.note, show(decision.from)),
            (None, _) => format!("{} matched", rule.note),
        };
    }

    /// A lead that a rule matched again after what rules wrote: where that would go on, it ends here and is told.
    fn looped(&mut self, tx: &Tx<'_>, rule: &Writing<'_>, decision: &Decision) -> Result<()> {
        let record = store::record::need(tx.db, &tx.ctx.catalog.lead, decision.lead)?;
        if decision.to.is_some_and(|to| to != decision.from) || rule.would_change(tx.ctx, &record) {
            let name = &rule.ready.name;
            self.loops
                .insert(format!("the rule “{name}” feeds itself: what follows from it makes it be asked again; it fired once"));
        }
        Ok(())
    }
}
