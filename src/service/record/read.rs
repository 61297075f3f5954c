//! Questions about records: one, a page, the order of a whole list, rows by number, what happened. Changes nothing.

use std::collections::HashSet;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::model::attachment::Attachment;
use crate::model::catalog::Catalog;
use crate::model::entity::{Entity, RecordId, RecordName};
use crate::model::field::FieldId;
use crate::model::fold::fold;
use crate::model::note::Note;
use crate::model::record::Record;
use crate::query::ast::{Query as Filter, SortKey};
use crate::service::act::Query;
use crate::service::context::Context;
use crate::service::note::tasks;
use crate::store::log::{self, Change, Operation};
use crate::store::{self, Db};

pub use crate::store::activity::Brief;
pub use crate::store::list::ListRow;
pub use crate::store::related::{Related, Tie};
pub use crate::store::request::Asked;

/// The first rows of a list, before its whole order is known.
#[derive(Clone, Debug, PartialEq)]
pub struct ListPage {
    /// Which records, in which order.
    pub filter: Filter,
    /// At most so many.
    pub limit: usize,
    /// The fields of the rows.
    pub fields: Vec<FieldId>,
}

impl Query for ListPage {
    type Reply = Vec<ListRow>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<ListRow>> {
        store::list::page(db, ctx.catalog.registry(self.filter.entity), &ctx.into(), &self.filter, self.limit, &self.fields)
    }
}

/// Whether the first rows of a list come before its whole order: else asking for both asks twice for the same work.
pub fn has_quick_page(filter: &Filter, catalog: &Catalog) -> bool {
    store::list::has_quick_page(filter, catalog)
}

/// The numbers of all records of a list in its order.
#[derive(Clone, Debug, PartialEq)]
pub struct ListNumbers {
    /// Which records, in which order.
    pub filter: Filter,
}

impl Query for ListNumbers {
    type Reply = Arc<Vec<i64>>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Arc<Vec<i64>>> {
        store::list::numbers(db, &ctx.into(), &self.filter, true).map(Arc::new)
    }
}

/// How many records a filter finds, and the newest operation at that moment.
#[derive(Clone, Debug, PartialEq)]
pub struct CountRecords {
    /// Which records.
    pub filter: Filter,
}

impl Query for CountRecords {
    type Reply = (u64, i64);

    fn run(&self, db: &Db, ctx: &Context) -> Result<(u64, i64)> {
        Ok((store::list::count(db, &ctx.into(), &self.filter)?, log::newest(db)?))
    }
}

/// What the estimated values of some leads or opportunities come to in each currency, in whole units of it; the greatest first.
#[derive(Clone, Debug, PartialEq)]
pub struct SumValues {
    /// Which records.
    pub filter: Filter,
}

impl Query for SumValues {
    type Reply = Vec<(String, i64)>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Self::Reply> {
        match ctx.catalog.registry(self.filter.entity).find("estimated_value") {
            Some(_) => store::list::sums(db, &ctx.into(), &self.filter, "estimated_value"),
            None => Ok(Vec::new()),
        }
    }
}

/// Rows by number, in the order of the numbers; those that are gone are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct RowsByNumber {
    /// What they are.
    pub entity: Entity,
    /// The records.
    pub numbers: Vec<i64>,
    /// The fields of the rows.
    pub fields: Vec<FieldId>,
}

impl Query for RowsByNumber {
    type Reply = Vec<ListRow>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<ListRow>> {
        store::list::rows(db, ctx.catalog.registry(self.entity), &self.numbers, &self.fields)
    }
}

/// Where in a list that is sorted by a text the first row with a prefix stands.
#[derive(Clone, Debug, PartialEq)]
pub struct SeekText {
    /// What it lists.
    pub entity: Entity,
    /// The list.
    pub numbers: Arc<Vec<i64>>,
    /// What it is sorted by.
    pub sort: SortKey,
    /// The beginning of the text, in any case.
    pub prefix: String,
}

impl Query for SeekText {
    type Reply = usize;

    fn run(&self, db: &Db, ctx: &Context) -> Result<usize> {
        let prefix = fold(&self.prefix);
        let mut failed = None;
        let place = self.numbers.partition_point(|number| {
            match store::list::rows(db, ctx.catalog.registry(self.entity), std::slice::from_ref(number), &[self.sort.field]) {
                Ok(rows) => {
                    let text = rows.first().and_then(|r| r.values.first()).map_or_else(String::new, |v| fold(v.as_text()));
                    if self.sort.descending { text > prefix && !text.starts_with(&prefix) } else { text < prefix }
                }
                Err(error) => {
                    failed = Some(error);
                    false
                }
            }
        });
        failed.map_or(Ok(place.min(self.numbers.len().saturating_sub(1))), Err)
    }
}

/// One entry of a timeline.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A note.
    Note(Note),
    /// An activity.
    Activity(Brief),
    /// A file.
    File(Attachment),
    /// A customer request.
    Request(Asked),
    /// A step and what it changed on this record.
    Step(Operation, Vec<Change>),
}

impl Entry {
    /// When it happened, in µs UTC.
    pub fn at(&self) -> i64 {
        match self {
            Self::Note(note) => note.created_at,
            Self::Activity(activity) => activity.at,
            Self::File(file) => file.created_at,
            Self::Request(request) => request.at,
            Self::Step(operation, _) => operation.at,
        }
    }
}

/// A record with the newest of its timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordDetail {
    /// The record.
    pub record: Record,
    /// How many notes it has, with those of the leads that it came from.
    pub notes: i64,
    /// How many activities it has, with theirs.
    pub activities: i64,
    /// How many files, in the same way.
    pub files: i64,
    /// How many requests it has, with theirs.
    pub requests: i64,
    /// The records that it is tied to.
    pub related: Vec<Related>,
    /// Notes, files, activities, requests and steps, the latest first behind the pinned notes; but for steps those of the leads that it
    /// came from among them.
    pub timeline: Vec<Entry>,
    /// Whether the timeline goes on.
    pub more: bool,
}

/// A record with at most `entries` of its timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetRecord {
    /// The record, or a note on it.
    pub record: RecordId,
    /// How many entries of the timeline.
    pub entries: i64,
}

impl Query for GetRecord {
    type Reply = RecordDetail;

    fn run(&self, db: &Db, ctx: &Context) -> Result<RecordDetail> {
        let key = match self.record.entity {
            Entity::Note => store::note::need(db, self.record.number)?.about,
            _ => self.record,
        };
        let record = store::record::need(db, ctx.catalog.registry(key.entity), key.number)?;
        if self.entries == 0 {
            return Ok(RecordDetail {
                record,
                notes: 0,
                files: 0,
                activities: 0,
                requests: 0,
                related: Vec::new(),
                timeline: Vec::new(),
                more: false,
            });
        }
        let sources = store::related::sources(db, &record, &ctx.catalog)?;
        let related = store::related::of(db, &ctx.catalog, &record)?;
        let (timeline, more) = timeline(db, record.key, &sources, self.entries)?;
        let of: Vec<RecordId> = std::iter::once(record.key).chain(sources.iter().copied()).collect();
        let activities = store::activity::count(db, &of)?;
        let (mut notes, mut files, mut requests) = (0, 0, 0);
        for of in &of {
            notes += store::note::count(db, *of)?;
            files += store::attachment::count(db, *of)?;
            requests += store::request::count(db, *of)?;
        }
        Ok(RecordDetail { notes, files, activities, requests, record, related, timeline, more })
    }
}

/// Notes, files, activities, requests and steps of a record, with those of its sources but for steps, the latest first behind the pinned
/// notes, and whether there are more.
fn timeline(db: &Db, about: RecordId, sources: &[RecordId], limit: i64) -> Result<(Vec<Entry>, bool)> {
    let (mut entries, mut pinned) = (Vec::new(), Vec::new());
    // a mail may be read on the record and on one that it came from
    let mut seen = HashSet::new();
    for record in std::iter::once(&about).chain(sources) {
        let notes = store::note::of_record(db, *record, 0, limit + 1)?;
        entries.extend(notes.into_iter().filter(|note| !note.pinned).map(Entry::Note));
        pinned.extend(store::note::pinned(db, *record)?);
        let activities = store::activity::of_record(db, *record, limit + 1)?.into_iter();
        entries.extend(activities.filter(|activity| seen.insert(activity.number)).map(Entry::Activity));
        entries.extend(store::attachment::of_record(db, *record, limit + 1)?.into_iter().map(Entry::File));
        entries.extend(store::request::of_record(db, *record, limit + 1)?.into_iter().map(Entry::Request));
    }
    pinned.sort_by_key(|note| std::cmp::Reverse((note.created_at, note.number)));
    let mut steps: Vec<Entry> = Vec::new();
    for (operation, change) in log::history(db, about, 0, limit.saturating_mul(8) + 1)? {
        match steps.last_mut() {
            Some(Entry::Step(last, changes)) if last.number == operation.number => changes.push(change),
            _ => steps.push(Entry::Step(operation, vec![change])),
        }
    }
    entries.extend(steps);
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at()));
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = entries.len() > limit;
    entries.truncate(limit);
    entries.splice(..0, pinned.into_iter().map(Entry::Note));
    for entry in &mut entries {
        if let Entry::Note(note) = entry {
            tasks::fill(db, note)?;
        }
    }
    Ok((entries, more))
}

/// The notes of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotesOf {
    /// The record.
    pub about: RecordId,
    /// At most so many, newest first.
    pub limit: i64,
}

impl Query for NotesOf {
    type Reply = Vec<Note>;

    /// Those of the leads that it came from are among them.
    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<Note>> {
        let record = store::record::need(db, ctx.catalog.registry(self.about.entity), self.about.number)?;
        let mut notes = store::note::of_record(db, self.about, 0, self.limit)?;
        for source in store::related::sources(db, &record, &ctx.catalog)? {
            notes.extend(store::note::of_record(db, source, 0, self.limit)?);
        }
        notes.sort_by_key(|note| std::cmp::Reverse((note.pinned, note.created_at, note.number)));
        notes.truncate(usize::try_from(self.limit).unwrap_or(usize::MAX));
        notes.iter_mut().try_for_each(|note| tasks::fill(db, note))?;
        Ok(notes)
    }
}

/// The activities of a record, the latest first, with all their fields; those of the leads that it came from among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivitiesOf {
    /// The record.
    pub about: RecordId,
}

impl Query for ActivitiesOf {
    type Reply = Vec<Record>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<Record>> {
        let found = BriefsOf { about: self.about }.run(db, ctx)?;
        found.into_iter().map(|brief| store::record::need(db, &ctx.catalog.activity, brief.number)).collect()
    }
}

/// The activities of a record in brief, the latest first; those of the leads that it came from among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BriefsOf {
    /// The record.
    pub about: RecordId,
}

impl Query for BriefsOf {
    type Reply = Vec<Brief>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<Brief>> {
        let record = store::record::need(db, ctx.catalog.registry(self.about.entity), self.about.number)?;
        let mut found = Vec::new();
        for of in std::iter::once(self.about).chain(store::related::sources(db, &record, &ctx.catalog)?) {
            found.extend(store::activity::of_record(db, of, i64::MAX)?);
        }
        found.sort_by_key(|brief| std::cmp::Reverse((brief.at, brief.number)));
        found.dedup_by_key(|brief| brief.number);
        Ok(found)
    }
}

/// The records that a record is tied to: by its own fields, by those of others, by links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedTo {
    /// The record.
    pub about: RecordId,
}

impl Query for RelatedTo {
    type Reply = Vec<Related>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<Related>> {
        let record = store::record::need(db, ctx.catalog.registry(self.about.entity), self.about.number)?;
        store::related::of(db, &ctx.catalog, &record)
    }
}

/// One note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetNote {
    /// Its number.
    pub number: i64,
}

impl Query for GetNote {
    type Reply = Note;

    fn run(&self, db: &Db, _: &Context) -> Result<Note> {
        let mut note = store::note::need(db, self.number)?;
        tasks::fill(db, &mut note)?;
        Ok(note)
    }
}

/// What happened to a record, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryOf {
    /// The record.
    pub about: RecordId,
    /// At most so many changes.
    pub limit: i64,
}

impl Query for HistoryOf {
    type Reply = Vec<(Operation, Change)>;

    fn run(&self, db: &Db, _: &Context) -> Result<Vec<(Operation, Change)>> {
        log::history(db, self.about, 0, self.limit)
    }
}

/// The steps, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListSteps {
    /// Only those before this number; 0 from the newest.
    pub before: i64,
    /// At most so many.
    pub limit: i64,
}

impl Query for ListSteps {
    type Reply = Vec<Operation>;

    fn run(&self, db: &Db, _: &Context) -> Result<Vec<Operation>> {
        log::steps(db, self.before, self.limit)
    }
}

/// The step that undo would take back now, for the question before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextUndo;

impl Query for NextUndo {
    type Reply = Option<Operation>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Option<Operation>> {
        log::newest_live(db, ctx.user, &[])
    }
}

/// The number of the newest step, of anyone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewestStep;

impl Query for NewestStep {
    type Reply = i64;

    fn run(&self, db: &Db, _: &Context) -> Result<i64> {
        log::newest(db)
    }
}

/// The record that people call so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindRecord {
    /// A number or a UUID.
    pub name: RecordName,
}

impl Query for FindRecord {
    type Reply = RecordId;

    fn run(&self, db: &Db, _: &Context) -> Result<RecordId> {
        let (found, shown) = match self.name {
            RecordName::Number(id) => {
                let there = match id.entity {
                    Entity::Note => store::note::get(db, id.number)?.is_some(),
                    Entity::Attachment => store::attachment::get(db, id.number)?.is_some(),
                    _ => store::record::exists(db, id)?,
                };
                (there.then_some(id), id.to_string())
            }
            RecordName::Id(id) => {
                let mut found = store::note::number_of(db, id)?.map(RecordId::note);
                if found.is_none() {
                    found = store::attachment::number_of(db, id)?.map(RecordId::attachment);
                }
                for entity in Entity::LISTED {
                    if found.is_none() {
                        found = store::record::number_of(db, *entity, id)?.map(|number| entity.numbered(number));
                    }
                }
                (found, id.to_string())
            }
        };
        found.ok_or_else(|| Error::NotFound(format!("there is no record {shown}")))
    }
}
