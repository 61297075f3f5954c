//! Writing the old values of a step, or its new ones again, through the same door as every other change.

use crate::error::{Error, Result};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::Kind;
use crate::model::line::Line;
use crate::model::rights::Rights;
use crate::model::value::{Owner, Value};
use crate::service::act::Tx;
use crate::service::activity::mail;
use crate::service::context::Context;
use crate::service::record::change_record;
use crate::service::record::write::owner;
use crate::service::rule::{queue, route};
use crate::service::{access, attachment, line, link, merge, note, score, setup, share};
use crate::store::codec::from_log;
use crate::store::log::{self, Change, ChangeKind, Operation};
use crate::store::{self, Db};

/// Which way the values go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To what was before.
    Back,
    /// To what the step wrote.
    Forth,
}

/// How the changes of one step are written.
#[derive(Clone, Copy, Debug)]
struct Way {
    /// To what was before, or to what the step wrote.
    direction: Direction,
    /// Whether the owners of records that only followed others with their references are not asked: who merged two records may not own
    /// all that refers to them.
    follows: bool,
    /// Whether the step is the acting user's own: notes and links may then be taken back without a right on the record, which may have
    /// been handed over since.
    own: bool,
    /// Whether rules did it, set off by the acting user: who may not write the leads may take that back all the same.
    by_rules: bool,
}

/// Applies every change of a step in the given direction.
pub(super) fn run(tx: &mut Tx<'_>, step: &Operation, direction: Direction) -> Result<()> {
    tx.expect(usize::try_from(step.touched).unwrap_or(usize::MAX));
    let mut changes = log::changes(tx.db, step.number)?;
    if direction == Direction::Back {
        changes.reverse();
    }
    let own = step.actor == tx.ctx.user;
    let way = Way { direction, follows: step.act == merge::NAME, own, by_rules: own && step.act == route::NAME };
    // All fields of one record are one write: between two of them it may lack what it needs.
    let mut start = 0;
    while start < changes.len() {
        let record = changes[start].record;
        let end = start + changes[start..].iter().take_while(|c| c.record == record).count();
        match record.entity {
            Entity::Note => note_changes(tx, record.number, &changes[start..end], way)?,
            Entity::Attachment => file_changes(tx, &changes[start..end], way)?,
            entity if entity.is_setup() => setup_changes(tx, &changes[start..end], direction)?,
            _ => record_changes(tx, record, &changes[start..end], way)?,
        }
        start = end;
    }
    setup::check_applied(tx, &changes, direction)?;
    sets(tx, step, Way { follows: false, ..way })?;
    if let Some(of) = step.made {
        for record in of.records() {
            let way = Way { follows: false, ..way };
            match record.entity {
                _ if !store::record::exists(tx.db, record)? => {}
                Entity::Note => note_changes(tx, record.number, &[made(record)], way)?,
                _ => record_changes(tx, record, &[made(record)], way)?,
            }
            if record.number % 256 == 0 {
                tx.ctx.advance((record.number - of.first) as u64, (of.last - of.first + 1) as u64)?;
            }
        }
    }
    Ok(())
}

fn made(record: RecordId) -> Change {
    Change { record, about: record, kind: ChangeKind::Create, field: String::new(), old: None, new: None }
}

fn sets(tx: &mut Tx<'_>, step: &Operation, way: Way) -> Result<()> {
    let count = log::set_count(tx.db, step.number)?;
    for place in 0..count {
        let seq = if way.direction == Direction::Back { count - 1 - place } else { place };
        let Some(set) = log::set(tx.db, step.number, seq)? else { continue };
        tx.ctx.advance(place as u64, count as u64)?;
        for (number, old) in set.records.iter().zip(set.old) {
            let record = RecordId { entity: set.entity, number: *number };
            let change = Change { record, about: record, kind: set.kind, field: set.field.clone(), old, new: set.new.clone() };
            match set.entity {
                Entity::Note => note_changes(tx, *number, &[change], way)?,
                Entity::Attachment => file_changes(tx, &[change], way)?,
                _ => record_changes(tx, record, &[change], way)?,
            }
        }
    }
    Ok(())
}

/// The kind under which the reverse of a change is logged.
fn logged(kind: ChangeKind, direction: Direction) -> ChangeKind {
    match (kind, direction) {
        (ChangeKind::Create | ChangeKind::Restore, Direction::Back) | (ChangeKind::Delete, Direction::Forth) => {
            ChangeKind::Delete
        }
        (ChangeKind::Delete, Direction::Back) | (ChangeKind::Create | ChangeKind::Restore, Direction::Forth) => {
            ChangeKind::Restore
        }
        (ChangeKind::Update, _) => ChangeKind::Update,
    }
}

/// The rights that writing these changes takes.
fn needed(changes: &[Change]) -> Rights {
    changes.iter().fold(Rights::NONE, |needed, change| {
        let right = match (change.kind, change.field.as_str()) {
            (ChangeKind::Create | ChangeKind::Delete | ChangeKind::Restore, _) => Rights::DELETE,
            (ChangeKind::Update, "owner" | "handed_by" | "handed_at" | "handed_note") => Rights::ASSIGN,
            (ChangeKind::Update, _) => Rights::WRITE,
        };
        needed | right
    })
}

/// Whether the acting user may write it: as it is, or because it was theirs before they handed it over.
fn check(db: &Db, ctx: &Context, record: &crate::model::record::Record, changes: &[Change]) -> Result<()> {
    let needed = needed(changes);
    let owner = owner(ctx.catalog.registry(record.key.entity), record);
    let before =
        changes.iter().find(|c| c.field == "owner").and_then(|c| c.old.as_deref()?.parse().ok()).and_then(Owner::of_code);
    match access::check(db, ctx, record.key, owner, needed) {
        Err(denied) => access::check(db, ctx, record.key, before, needed).map_err(|_| denied),
        Ok(()) => Ok(()),
    }
}

/// Takes the changes of one record back, or brings them again. Of a record that only followed another with its references the owner
/// is not asked.
fn record_changes(tx: &mut Tx<'_>, record: RecordId, changes: &[Change], way: Way) -> Result<()> {
    let direction = way.direction;
    let (db, ctx) = (tx.db, tx.ctx);
    let registry = ctx.catalog.registry(record.entity);
    let (shares, changes): (Vec<Change>, Vec<Change>) =
        changes.iter().cloned().partition(|change| share::shared_with(&change.field).is_some());
    for change in &shares {
        let rights = if direction == Direction::Back { &change.old } else { &change.new };
        if let Some(principal) = share::shared_with(&change.field) {
            share::put(tx, record, principal, rights.as_deref().map(Rights::parse).transpose()?)?;
        }
    }
    let (lines, changes): (Vec<Change>, Vec<Change>) =
        changes.into_iter().partition(|change| line::sold(&change.field).is_some());
    for change in &lines {
        let text = if direction == Direction::Back { &change.old } else { &change.new };
        if let Some(product) = line::sold(&change.field) {
            may_write(tx, record)?;
            line::put(tx, record, product, text.as_deref().and_then(Line::of_log))?;
        }
    }
    let (links, changes): (Vec<Change>, Vec<Change>) =
        changes.into_iter().partition(|change| link::linked(&change.field).is_some());
    for change in &links {
        let role = if direction == Direction::Back { &change.old } else { &change.new };
        // a link is logged on both sides and taken back once
        if let Some(other) = link::linked(&change.field)
            && store::link::role(tx.db, record, other)? != *role
        {
            if !way.own && !way.follows {
                may_write(tx, record).or_else(|denied| may_write(tx, other).map_err(|_| denied))?;
            }
            link::put(tx, record, other, role.as_deref())?;
        }
    }
    let (also, changes): (Vec<Change>, Vec<Change>) =
        changes.into_iter().partition(|change| mail::also_read(&change.field).is_some());
    for change in &also {
        let there = if direction == Direction::Back { &change.old } else { &change.new };
        if let Some(about) = mail::also_read(&change.field) {
            mail::put_also(tx, record.number, about, there.is_some())?;
        }
    }
    if changes.is_empty() {
        return Ok(());
    }
    let kind = changes.first().map_or(ChangeKind::Update, |c| logged(c.kind, direction));
    let at = ctx.now();
    change_record(tx, record, kind, |stored| {
        let is_reference = |change: &Change| {
            registry.find(&change.field).is_some_and(|id| matches!(registry.field(id).kind, Kind::Lookup(_) | Kind::Record))
        };
        if !way.by_rules && (!way.follows || !changes.iter().all(is_reference)) {
            check(db, ctx, stored, &changes)?;
        }
        for change in &changes {
            if change.kind == ChangeKind::Create {
                let gone = direction == Direction::Back;
                stored.set(registry.id("deleted_at"), if gone { Value::Instant(at) } else { Value::None });
                continue;
            }
            let id = registry
                .find(&change.field)
                .ok_or_else(|| Error::Damaged(format!("the log names the unknown field {}", change.field)))?;
            let text = if direction == Direction::Back { &change.old } else { &change.new };
            stored.set(id, from_log(registry.field(id), text.as_deref())?);
        }
        Ok(())
    })
    .map(|_| ())
}

/// Whether the acting user may write a record as it is.
fn may_write(tx: &Tx<'_>, record: RecordId) -> Result<()> {
    let registry = tx.ctx.catalog.registry(record.entity);
    let stored = store::record::need(tx.db, registry, record.number)?;
    access::check(tx.db, tx.ctx, record, owner(registry, &stored), Rights::WRITE)
}

/// Takes the changes of a user, a team, a unit or a definition back, or brings them again.
fn setup_changes(tx: &mut Tx<'_>, changes: &[Change], direction: Direction) -> Result<()> {
    access::check_setup(tx.ctx, changes)?;
    changes.iter().try_for_each(|change| match change.field.as_str() {
        score::GRADES => {
            let text = if direction == Direction::Back { &change.old } else { &change.new };
            score::put_grades(tx, text.as_deref()).map(|_| ())
        }
        queue::QUEUES => {
            let text = if direction == Direction::Back { &change.old } else { &change.new };
            queue::put_queues(tx, text.as_deref() == Some("on"))
        }
        _ => setup::apply(tx, change, direction),
    })
}

/// Takes the changes of one file back, or brings them again.
fn file_changes(tx: &mut Tx<'_>, changes: &[Change], way: Way) -> Result<()> {
    for change in changes {
        if !way.own && !way.follows {
            let about = store::attachment::get(tx.db, change.record.number)?.map_or(change.about, |file| file.about);
            may_write(tx, about)?;
        }
        let value = if way.direction == Direction::Back { &change.old } else { &change.new };
        attachment::apply(tx, change, logged(change.kind, way.direction), value.as_deref())?;
    }
    Ok(())
}

fn note_changes(tx: &mut Tx<'_>, number: i64, changes: &[Change], way: Way) -> Result<()> {
    let direction = way.direction;
    for change in changes {
        let mut stored = store::note::need(tx.db, number)?;
        if !way.own && !way.follows {
            may_write(tx, stored.about)?;
        }
        let back = direction == Direction::Back;
        let kind = logged(change.kind, direction);
        if change.field == note::ABOUT {
            let text = if back { &change.old } else { &change.new };
            let to = text.as_deref().and_then(note::place);
            let to = to.ok_or_else(|| Error::Damaged(format!("the log names no record for {}", change.record)))?;
            note::move_to(tx, number, to)?;
            continue;
        }
        if note::pin::pinned(change).is_some() {
            let text = if back { &change.old } else { &change.new };
            note::pin::put(tx, stored, text.as_deref() == Some("1"))?;
            continue;
        }
        if change.kind == ChangeKind::Update {
            let text = if back { &change.old } else { &change.new };
            let old = std::mem::replace(&mut stored.body, text.clone().unwrap_or_default());
            note::write(tx, &mut stored, kind, "body", Some(old), |note| Some(note.body.clone()))?;
            continue;
        }
        let old = stored.deleted_at.map(|at| at.to_string());
        stored.deleted_at = match kind {
            ChangeKind::Delete => Some(tx.ctx.now()),
            _ => None,
        };
        note::write(tx, &mut stored, kind, "deleted_at", old, |note| note.deleted_at.map(|at| at.to_string()))?;
    }
    Ok(())
}
