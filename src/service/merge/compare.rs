//! Two records before they are merged: where they differ, what the one lacks and the other has, and what would move. Changes nothing.

use super::{check_pair, check_state};
use crate::error::{Error, Result};
use crate::model::entity::RecordId;
use crate::model::field::{Access, FieldId, Kind, Registry};
use crate::model::fold::fold;
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::Value;
use crate::service::access;
use crate::service::act::Query;
use crate::service::context::Context;
use crate::service::record::write::owner;
use crate::store::{self, Db};

/// What hangs on a record and moves when it is merged into another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Children {
    /// Its notes.
    pub notes: u64,
    /// Its files.
    pub files: u64,
    /// The records that it is linked to, but for the other of the two.
    pub links: u64,
    /// The records that refer to it in a field, but for the other of the two.
    pub references: u64,
}

impl Children {
    /// `2 notes, 1 link and 3 references`; none where nothing moves.
    pub fn words(&self) -> Option<String> {
        let counted = |count: u64, one: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {one}s")),
        };
        let parts = [
            counted(self.notes, "note"),
            counted(self.files, "file"),
            counted(self.links, "link"),
            counted(self.references, "reference"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        match parts.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
        }
    }
}

/// Two records that may be merged; whichever of them becomes the master.
#[derive(Clone, Debug, PartialEq)]
pub struct RetrieveMerge {
    /// One of them.
    pub one: RecordId,
    /// The other.
    pub other: RecordId,
}

/// Two records that can be merged.
#[derive(Clone, Debug, PartialEq)]
pub struct Merging {
    /// The two, in the order in which they were named.
    pub records: [Record; 2],
    /// What moves when the one or the other is merged away.
    pub children: [Children; 2],
    /// Why the one or the other cannot be merged away; it can be the master all the same.
    pub obstacles: [Option<String>; 2],
}

impl Query for RetrieveMerge {
    type Reply = Merging;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Merging> {
        let (one, other) = check_pair(db, ctx, self.one, self.other)?;
        let registry = ctx.catalog.registry(one.key.entity);
        for record in [&one, &other] {
            access::check_write(db, ctx, record.key, owner(registry, record))?;
        }
        let children = [children(db, ctx, &one, other.key)?, children(db, ctx, &other, one.key)?];
        let obstacle = |record: &Record| check_state(registry, record).err().map(|error| error.to_string());
        let obstacles = [obstacle(&one), obstacle(&other)];
        Ok(Merging { records: [one, other], children, obstacles })
    }
}

/// What moves from a record to its master.
pub(super) fn children(db: &Db, ctx: &Context, record: &Record, master: RecordId) -> Result<Children> {
    let mut holding: Vec<RecordId> =
        store::related::holding(db, &ctx.catalog, record.key)?.into_iter().map(|(by, _)| by).collect();
    holding.retain(|by| *by != master);
    holding.sort_unstable();
    holding.dedup();
    let links = store::link::of(db, record.key)?.into_iter().filter(|(to, _)| *to != master).count();
    Ok(Children {
        notes: store::note::count(db, record.key)?.unsigned_abs(),
        files: store::attachment::count(db, record.key)?.unsigned_abs(),
        links: links as u64,
        references: holding.len() as u64,
    })
}

/// Whether the value of a field can be chosen when two records are merged: what people enter, but for the status reason, which belongs
/// to the state, the owner, who is changed by handing over, and tags, which are joined.
pub(super) fn is_mergeable(registry: &Registry, id: FieldId) -> bool {
    let field = registry.field(id);
    match field.name {
        "status_reason" => false,
        "originating_lead" => true,
        _ => field.access == Access::Edit && !matches!(field.kind, Kind::Owner | Kind::Tags),
    }
}

/// The fields in which two records differ and of which one value must be chosen, in the order of forms.
pub fn differing(registry: &Registry, one: &Record, other: &Record) -> Vec<FieldId> {
    let differs = |id: &FieldId| is_mergeable(registry, *id) && one.get(*id) != other.get(*id);
    registry.ids().map(|(id, _)| id).filter(differs).collect()
}

/// How many fields hold the same value in both.
pub fn same(registry: &Registry, one: &Record, other: &Record) -> usize {
    let holds = |id: &FieldId| !one.get(*id).is_none() && one.get(*id) != &Value::Bool(false);
    registry
        .ids()
        .map(|(id, _)| id)
        .filter(|id| is_mergeable(registry, *id) && holds(id) && one.get(*id) == other.get(*id))
        .count()
}

/// The tags that the master gets from the other.
pub fn new_tags(registry: &Registry, master: &Record, other: &Record) -> Vec<String> {
    let list = |record: &Record| match record.named(registry, "tags") {
        Value::Tags(tags) => tags.clone(),
        _ => Vec::new(),
    };
    let known: Vec<String> = list(master).iter().map(|tag| fold(tag)).collect();
    list(other).into_iter().filter(|tag| !known.contains(&fold(tag))).collect()
}

/// The fields that the master may well take from the other: those that it lacks and the other has. A closed master that is read-only
/// takes none, and amounts in another currency stay where they are.
pub fn propose(registry: &Registry, master: &Record, other: &Record) -> Vec<FieldId> {
    let is_open = master.named(registry, "status").as_int().unwrap_or_default() == crate::model::choice::OPEN;
    let lacks = |id: &FieldId| master.get(*id).is_none() && !other.get(*id).is_none();
    let mut take: Vec<FieldId> = differing(registry, master, other).into_iter().filter(lacks).collect();
    take.retain(|id| is_open || rules::is_writable_when_closed(registry, registry.field(*id)));
    take.retain(|id| !leads_to(registry, other, *id, master.key));
    let all = with_currency(registry, master, other, &take);
    if check_currency(registry, master, other, &all).is_ok() {
        return all;
    }
    take.retain(|id| registry.field(*id).kind != Kind::Money);
    take
}

/// The amounts that a record holds.
fn amounts<'a>(registry: &'a Registry, record: &'a Record) -> impl Iterator<Item = FieldId> + 'a {
    registry.ids().filter(|(id, field)| field.kind == Kind::Money && !record.get(*id).is_none()).map(|(id, _)| id)
}

/// What is taken, with the currency where all amounts that remain come from the other.
pub(super) fn with_currency(registry: &Registry, master: &Record, other: &Record, take: &[FieldId]) -> Vec<FieldId> {
    let mut all = take.to_vec();
    if let Some(currency) = registry.find("currency")
        && !all.contains(&currency)
        && amounts(registry, other).any(|id| take.contains(&id))
        && amounts(registry, master).all(|id| take.contains(&id))
    {
        all.push(currency);
    }
    all
}

/// Whether a field of a record leads to another one.
fn leads_to(registry: &Registry, record: &Record, id: FieldId, to: RecordId) -> bool {
    registry.field(id).kind == Kind::Lookup(to.entity) && record.get(id).as_int() == Some(to.number)
}

/// [`Error::Invalid`] where amounts would come to stand in another currency than they were entered in: nothing is converted.
pub(super) fn check_currency(registry: &Registry, master: &Record, other: &Record, take: &[FieldId]) -> Result<()> {
    let Some(currency) = registry.find("currency") else { return Ok(()) };
    let of = |id: &FieldId| if take.contains(id) { other } else { master };
    let stays = of(&currency).currency(registry);
    for (id, field) in registry.ids().filter(|(_, field)| field.kind == Kind::Money) {
        let from = of(&id);
        let stays = if stays.is_empty() { "no currency" } else { stays };
        let entered = from.currency(registry);
        if from.get(id).is_none() || entered == stays {
            continue;
        }
        let message = format!(
            "{} of {} is in {entered}, the merged record would be in {stays}: take the amounts and Currency from the same record",
            field.label, from.key
        );
        return Err(Error::invalid(field.name, message));
    }
    Ok(())
}
