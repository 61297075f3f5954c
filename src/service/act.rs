//! What an act is, what a question is, and the transaction that logs. Decides nothing about leads.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::context::Context;
use super::note;
use super::rule::FiredHere;
use crate::error::Result;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::Kind;
use crate::store::Db;
use crate::store::log::{self, Change, ChangeKind, ChangeSet, Made};

/// Acts on so many records and more are logged as sets, a field at a time.
pub const MANY: usize = 1_000;

/// The records in one chunk of a set.
const CHUNK: usize = 4_096;

/// Something that changes the database, done whole or not at all.
pub trait Act {
    /// What comes back.
    type Reply;

    /// The name, that of the Dynamics message where there is one.
    fn name(&self) -> &'static str;

    /// Does it inside a transaction.
    fn run(self, tx: &mut Tx<'_>) -> Result<Self::Reply>;
}

/// Something that only reads.
pub trait Query {
    /// What comes back.
    type Reply;

    /// Answers it.
    fn run(&self, db: &Db, ctx: &Context) -> Result<Self::Reply>;
}

/// What an act did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done<R> {
    /// The act's own reply.
    pub reply: R,
    /// The step in the log; `None` when nothing changed.
    pub step: Option<i64>,
    /// What was done, in words: `Assigned L-7 to bo`.
    pub summary: String,
    /// How many records were touched.
    pub touched: i64,
    /// Whether people, lists or tags changed, so that the catalog must be read again.
    pub catalog_changed: bool,
    /// What of the summary people should hear in any case, a sentence each.
    pub warnings: Vec<String>,
}

impl<R> Done<R> {
    /// The same with another reply.
    pub fn map<T>(self, reply: impl FnOnce(R) -> T) -> Done<T> {
        Done {
            reply: reply(self.reply),
            step: self.step,
            summary: self.summary,
            touched: self.touched,
            catalog_changed: self.catalog_changed,
            warnings: self.warnings,
        }
    }
}

/// What an act did with a lead, as far as rules and scores ask about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Affected {
    /// It was made.
    pub created: bool,
    /// The fields that were written, by registry name; tags are one of them.
    pub fields: BTreeSet<String>,
    /// Something that stands on it was made, changed or taken away: a note, a file, an activity, a request.
    pub around: bool,
}

#[derive(Default)]
struct PendingSet {
    records: Vec<i64>,
    old: Vec<Option<String>>,
}

/// The transaction of one act: the database, the context, and the log that every change goes through.
pub struct Tx<'a> {
    /// The database, inside the transaction.
    pub db: &'a Db,
    /// Who acts, when, from where.
    pub ctx: &'a Context,
    act: &'static str,
    operation: Option<i64>,
    summary: String,
    warnings: Vec<String>,
    touched: HashSet<RecordId>,
    many: bool,
    touched_many: i64,
    pending: BTreeMap<(Entity, ChangeKind, String, Option<String>), PendingSet>,
    next_set: i64,
    made: Option<Made>,
    undoes: Option<i64>,
    catalog_changed: bool,
    affected: BTreeMap<i64, Affected>,
    reached: BTreeSet<RecordId>,
    fired: FiredHere,
}

impl<'a> Tx<'a> {
    pub(super) fn new(db: &'a Db, ctx: &'a Context, act: &'static str) -> Self {
        Self {
            db,
            ctx,
            act,
            operation: None,
            summary: String::new(),
            warnings: Vec::new(),
            touched: HashSet::new(),
            many: false,
            touched_many: 0,
            pending: BTreeMap::new(),
            next_set: 0,
            made: None,
            undoes: None,
            catalog_changed: false,
            affected: BTreeMap::new(),
            reached: BTreeSet::new(),
            fired: FiredHere::default(),
        }
    }

    /// Which rules fired for which leads.
    pub const fn fired(&self) -> &FiredHere {
        &self.fired
    }

    /// Notes that a rule fired for a lead, and whether it chose an owner.
    pub fn note_fired(&mut self, lead: i64, rule: i64, gave: bool) {
        self.fired.note(lead, rule, gave);
    }

    /// Says something more behind what was said.
    pub fn also(&mut self, more: &str) {
        if !self.summary.is_empty() && !more.is_empty() {
            self.summary.push_str(" · ");
        }
        self.summary.push_str(more);
    }

    /// Says behind what was said what people should hear in any case, and not only where they read what was done.
    pub fn warn(&mut self, sentence: &str) {
        self.also(sentence);
        self.warnings.push(sentence.to_owned());
    }

    /// The name of the act.
    pub const fn act(&self) -> &'static str {
        self.act
    }

    /// The leads that were written since this was asked last, by number, and what was done with each; not those that an import made, see
    /// [`Self::made_here`].
    pub fn take_affected(&mut self) -> BTreeMap<i64, Affected> {
        std::mem::take(&mut self.affected)
    }

    /// The records that leads may be tied to, those that something was taken off, the people and the definitions that were written since
    /// this was asked last.
    pub fn take_reached(&mut self) -> BTreeSet<RecordId> {
        std::mem::take(&mut self.reached)
    }

    /// Gives back what [`Self::take_affected`] took, for who asks next.
    pub fn put_affected(&mut self, affected: BTreeMap<i64, Affected>) {
        self.affected = affected;
    }

    /// That fields of a lead were written that the act made, without a line in the log.
    pub fn wrote_made(&mut self, lead: i64, fields: BTreeSet<String>) {
        self.affected.entry(lead).or_default().fields.extend(fields);
    }

    /// The records that the act made without a log line each.
    pub const fn made_here(&self) -> Option<Made> {
        self.made
    }

    /// Whether the act takes another one back, or brings it again.
    pub const fn is_undo(&self) -> bool {
        self.undoes.is_some()
    }

    /// Notes that something other than a logged change made a record another for who asks [`Self::take_reached`].
    pub fn reach(&mut self, record: RecordId) {
        self.reached.insert(record);
    }

    /// Whether people, lists or tags changed.
    pub const fn has_changed_catalog(&self) -> bool {
        self.catalog_changed
    }

    /// Writes what is kept back of a large act, so that the log holds all that was done so far.
    pub fn settle(&mut self) -> Result<()> {
        let keys: Vec<_> = self.pending.keys().cloned().collect();
        keys.iter().try_for_each(|key| self.flush(key))
    }

    /// The record that a change took another off: what it referred to, or stood on.
    fn left(&self, change: &Change) -> Option<RecordId> {
        let old = change.old.as_deref()?;
        if change.record.entity.is_child() {
            return (change.field == note::ABOUT).then(|| note::place(old)).flatten();
        }
        let registry = self.ctx.catalog.registry(change.record.entity);
        let field = registry.field(registry.find(&change.field)?);
        match field.refers_to() {
            Some(entity) => old.parse().ok().map(|number| entity.numbered(number)),
            None if field.kind == Kind::Record => note::place(old),
            None => None,
        }
    }

    fn affect(&mut self, change: &Change) {
        if let Some(left) = self.left(change) {
            self.reached.insert(left);
        }
        for (key, around) in [(change.record, false), (change.about, true)] {
            if !key.entity.is_child() && key.entity != Entity::Lead {
                self.reached.insert(key);
            }
            if key.entity != Entity::Lead || (around && change.about == change.record) {
                continue;
            }
            let lead = self.affected.entry(key.number).or_default();
            match (around, change.kind) {
                (true, _) => lead.around = true,
                (false, ChangeKind::Create) => lead.created = true,
                (false, _) => {
                    lead.fields.insert(change.field.clone());
                }
            }
        }
    }

    /// Announces how many records will be touched: [`MANY`] and more are logged as sets.
    pub fn expect(&mut self, records: usize) {
        self.many = records >= MANY;
    }

    /// What was done, in words for the status line and the list of steps.
    pub fn say(&mut self, summary: impl Into<String>) {
        self.summary = summary.into();
    }

    /// The records that this act made without a log line each.
    pub fn made(&mut self, made: Made) -> Result<()> {
        self.operation()?;
        self.made = Some(made);
        self.touched_many += made.last - made.first + 1;
        Ok(())
    }

    /// That this act takes back, or brings back, another.
    pub fn undoes(&mut self, operation: i64) -> Result<()> {
        self.operation()?;
        self.undoes = Some(operation);
        Ok(())
    }

    /// That people, lists or tags changed.
    pub fn catalog_changed(&mut self) {
        self.catalog_changed = true;
    }

    /// The number of this act in the log, which it gets with its first change.
    pub fn operation(&mut self) -> Result<i64> {
        if let Some(number) = self.operation {
            return Ok(number);
        }
        let ctx = self.ctx;
        let number = log::begin(self.db, ctx.ids.make(), self.act, ctx.user, ctx.origin.name(), ctx.now())?;
        self.operation = Some(number);
        Ok(number)
    }

    /// Logs one change.
    pub fn log(&mut self, change: Change) -> Result<()> {
        let operation = self.operation()?;
        self.affect(&change);
        // campaigns and competitors are choices, which everybody holds
        self.catalog_changed |= change.record.entity.is_small();
        if !self.many {
            self.touched.insert(change.record);
            return log::put(self.db, operation, &change);
        }
        let key = (change.record.entity, change.kind, change.field, change.new);
        let set = self.pending.entry(key.clone()).or_default();
        set.records.push(change.record.number);
        set.old.push(change.old);
        if set.records.len() >= CHUNK {
            self.flush(&key)?;
        }
        Ok(())
    }

    /// Counts a record of a large act; smaller ones count themselves.
    pub fn count(&mut self) {
        if self.many {
            self.touched_many += 1;
        }
    }

    fn flush(&mut self, key: &(Entity, ChangeKind, String, Option<String>)) -> Result<()> {
        let Some(set) = self.pending.remove(key) else { return Ok(()) };
        let mut pairs: Vec<(i64, Option<String>)> = set.records.into_iter().zip(set.old).collect();
        pairs.sort_by_key(|(record, _)| *record);
        let (records, old) = pairs.into_iter().unzip();
        let (entity, kind, field, new) = key.clone();
        let operation = self.operation()?;
        log::put_set(self.db, operation, self.next_set, &ChangeSet { entity, kind, field, new, records, old })?;
        self.next_set += 1;
        Ok(())
    }

    pub(super) fn finish<R>(mut self, reply: R) -> Result<Done<R>> {
        self.settle()?;
        let touched = self.touched_many + i64::try_from(self.touched.len()).unwrap_or(i64::MAX);
        if let Some(number) = self.operation {
            log::finish(self.db, number, &self.summary, touched, self.made, self.undoes)?;
        }
        let Self { operation: step, summary, catalog_changed, warnings, .. } = self;
        Ok(Done { reply, step, summary, touched, catalog_changed, warnings })
    }
}
