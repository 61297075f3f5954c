//! The operation log: what was done, field by field, and which later steps stand in the way of taking it back. Undoes nothing.

use std::collections::HashSet;

use uuid::Uuid;

use super::sqlite::Row;
use super::{Db, SqlValue, packed};
use crate::error::{Error, Result};
use crate::model::entity::{Entity, RecordId};

/// What happened to a field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChangeKind {
    /// The record was made; field and values are empty.
    Create,
    /// A field got another value.
    Update,
    /// The record went to Deleted.
    Delete,
    /// The record came back from Deleted.
    Restore,
}

impl ChangeKind {
    const ALL: [Self; 4] = [Self::Create, Self::Update, Self::Delete, Self::Restore];

    /// The stored word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Restore => "restore",
        }
    }

    fn of_name(name: &str) -> Result<Self> {
        let found = Self::ALL.iter().copied().find(|k| k.name() == name);
        found.ok_or_else(|| Error::Damaged(format!("the log holds a change of the kind “{name}”")))
    }
}

/// One change of one field of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The record.
    pub record: RecordId,
    /// The record whose history shows it: the lead of a note.
    pub about: RecordId,
    /// What happened.
    pub kind: ChangeKind,
    /// The registry name of the field; empty for a create.
    pub field: String,
    /// The value before, in the form of the log.
    pub old: Option<String>,
    /// The value after.
    pub new: Option<String>,
}

/// Records of a kind that an import made, by the range of their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// The kind.
    pub entity: Entity,
    /// The first number.
    pub first: i64,
    /// The last number.
    pub last: i64,
}

impl Made {
    /// Whether a record is one of them.
    pub fn holds(&self, record: RecordId) -> bool {
        record.entity == self.entity && (self.first..=self.last).contains(&record.number)
    }

    /// All of them.
    pub fn records(self) -> impl Iterator<Item = RecordId> {
        (self.first..=self.last).map(move |number| self.entity.numbered(number))
    }
}

/// One act that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The number; later acts have greater ones.
    pub number: i64,
    /// The name of the act.
    pub act: String,
    /// What it did, in words.
    pub summary: String,
    /// A user's number.
    pub actor: i64,
    /// Where it came from: tui, cli, mail, rule, import.
    pub origin: String,
    /// µs UTC.
    pub at: i64,
    /// How many records it touched.
    pub touched: i64,
    /// The records that an import made.
    pub made: Option<Made>,
    /// The step that this one took back or brought back.
    pub undoes: Option<i64>,
    /// The step that took this one back.
    pub undone_by: Option<i64>,
}

impl Operation {
    /// Whether it is in force: neither taken back, nor itself a taking back.
    pub const fn is_live(&self) -> bool {
        self.undone_by.is_none() && self.undoes.is_none()
    }
}

const OPERATION: &str = "o.number, o.act, o.summary, o.actor, o.origin, o.at, o.touched, o.first_made, o.last_made, o.undoes, o.undone_by, \
     o.made_entity";

fn made(range: Option<(i64, i64)>, code: i64) -> Result<Option<Made>> {
    range.map(|(first, last)| Ok(Made { entity: entity(code)?, first, last })).transpose()
}

fn read_operation(row: &Row<'_>) -> Result<Operation> {
    Ok(Operation {
        number: row.int(0)?,
        act: row.text(1)?.to_owned(),
        summary: row.text(2)?.to_owned(),
        actor: row.int(3)?,
        origin: row.text(4)?.to_owned(),
        at: row.int(5)?,
        touched: row.int(6)?,
        made: made(row.opt_int(7)?.zip(row.opt_int(8)?), row.int(11)?)?,
        undoes: row.opt_int(9)?,
        undone_by: row.opt_int(10)?,
    })
}

/// Writes a new operation; its number comes back.
pub fn begin(db: &Db, id: Uuid, act: &str, actor: i64, origin: &str, at: i64) -> Result<i64> {
    let number = super::setting::take_numbers(db, "operation", 1)?;
    db.execute(
        "INSERT INTO operation (number, id, act, summary, actor, origin, at) VALUES ($1, $2, $3, '', $4, $5, $6)",
        &[number.into(), id.into(), act.into(), actor.into(), origin.into(), at.into()],
    )?;
    Ok(number)
}

/// Completes an operation when its act is done.
pub fn finish(db: &Db, number: i64, summary: &str, touched: i64, made: Option<Made>, undoes: Option<i64>) -> Result<()> {
    db.execute(
        "UPDATE operation SET summary = $1, touched = $2, first_made = $3, last_made = $4, made_entity = $5, undoes = $6
         WHERE number = $7",
        &[
            summary.into(),
            touched.into(),
            made.map(|m| m.first).into(),
            made.map(|m| m.last).into(),
            made.map_or(Entity::Lead, |m| m.entity).code().into(),
            undoes.into(),
            number.into(),
        ],
    )
    .map(|_| ())
}

/// Marks a step as taken back by another, or as in force again.
pub fn mark_undone(db: &Db, number: i64, by: Option<i64>) -> Result<()> {
    db.execute("UPDATE operation SET undone_by = $1 WHERE number = $2", &[by.into(), number.into()]).map(|_| ())
}

/// Writes one change.
pub fn put(db: &Db, operation: i64, change: &Change) -> Result<()> {
    db.execute(
        "INSERT INTO change (operation, entity, record, about_entity, about, kind, field, old, new)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            operation.into(),
            change.record.entity.code().into(),
            change.record.number.into(),
            change.about.entity.code().into(),
            change.about.number.into(),
            change.kind.name().into(),
            change.field.as_str().into(),
            change.old.clone().into(),
            change.new.clone().into(),
        ],
    )
    .map(|_| ())
}

/// One field of many records that all got the same value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeSet {
    /// The kind of the records.
    pub entity: Entity,
    /// What happened.
    pub kind: ChangeKind,
    /// The field.
    pub field: String,
    /// The value after.
    pub new: Option<String>,
    /// The records, ascending.
    pub records: Vec<i64>,
    /// The values before, in the same order.
    pub old: Vec<Option<String>>,
}

/// Writes a set of changes as the `seq`th of its operation.
pub fn put_set(db: &Db, operation: i64, seq: i64, set: &ChangeSet) -> Result<()> {
    let (Some(first), Some(last)) = (set.records.first(), set.records.last()) else { return Ok(()) };
    db.execute(
        "INSERT INTO change_set (operation, seq, entity, kind, field, new, first_record, last_record, rows, old)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            operation.into(),
            seq.into(),
            set.entity.code().into(),
            set.kind.name().into(),
            set.field.as_str().into(),
            set.new.clone().into(),
            (*first).into(),
            (*last).into(),
            SqlValue::Blob(packed::pack_numbers(&set.records)),
            SqlValue::Blob(packed::pack_texts(&set.old)),
        ],
    )
    .map(|_| ())
}

fn entity(code: i64) -> Result<Entity> {
    Entity::of_code(code).ok_or_else(|| Error::Damaged(format!("the log names an unknown kind of record ({code})")))
}

fn read_change(row: &Row<'_>) -> Result<Change> {
    Ok(Change {
        record: RecordId { entity: entity(row.int(0)?)?, number: row.int(1)? },
        about: RecordId { entity: entity(row.int(2)?)?, number: row.int(3)? },
        kind: ChangeKind::of_name(row.text(4)?)?,
        field: row.text(5)?.to_owned(),
        old: row.opt_text(6)?.map(str::to_owned),
        new: row.opt_text(7)?.map(str::to_owned),
    })
}

const CHANGE: &str = "c.entity, c.record, c.about_entity, c.about, c.kind, c.field, c.old, c.new";

/// An operation by its number.
pub fn get(db: &Db, number: i64) -> Result<Option<Operation>> {
    db.row(&format!("SELECT {OPERATION} FROM operation o WHERE o.number = $1"), &[number.into()], read_operation)
}

/// The changes of an operation in the order in which they were made.
pub fn changes(db: &Db, operation: i64) -> Result<Vec<Change>> {
    let sql = format!("SELECT {CHANGE} FROM change c WHERE c.operation = $1 ORDER BY c.number");
    db.rows(&sql, &[operation.into()], read_change)
}

/// How many sets of changes an operation has.
pub fn set_count(db: &Db, operation: i64) -> Result<i64> {
    db.number("SELECT count(*) FROM change_set WHERE operation = $1", &[operation.into()])
}

/// One set of changes of an operation.
pub fn set(db: &Db, operation: i64, seq: i64) -> Result<Option<ChangeSet>> {
    let sql = "SELECT entity, kind, field, new, rows, old FROM change_set WHERE operation = $1 AND seq = $2";
    db.row(sql, &[operation.into(), seq.into()], read_set)
}

fn read_set(row: &Row<'_>) -> Result<ChangeSet> {
    Ok(ChangeSet {
        entity: entity(row.int(0)?)?,
        kind: ChangeKind::of_name(row.text(1)?)?,
        field: row.text(2)?.to_owned(),
        new: row.opt_text(3)?.map(str::to_owned),
        records: packed::unpack_numbers(row.blob(4)?)?,
        old: packed::unpack_texts(row.blob(5)?)?,
    })
}

/// The newest operation's number; 0 in a new database.
pub fn newest(db: &Db) -> Result<i64> {
    db.number("SELECT max(number) FROM operation", &[])
}

/// The newest live step of a user, of any origin or of one of those named.
pub fn newest_live(db: &Db, actor: i64, origins: &[&str]) -> Result<Option<Operation>> {
    let mut sql = format!(
        "SELECT {OPERATION} FROM operation o WHERE o.undone_by IS NULL AND o.undoes IS NULL AND o.actor = $1
         AND o.act NOT IN ('SendEmail', 'Erase') AND o.erased = 0"
    ); // what was sent or erased is passed over: it is never taken back
    let mut values: Vec<SqlValue> = vec![actor.into()];
    if !origins.is_empty() {
        let places: Vec<String> = (2..2 + origins.len()).map(|n| format!("${n}")).collect();
        sql.push_str(&format!(" AND o.origin IN ({})", places.join(", ")));
        values.extend(origins.iter().map(|o| SqlValue::from(*o)));
    }
    sql.push_str(" ORDER BY o.number DESC LIMIT 1");
    db.row(&sql, &values, read_operation)
}

/// The undos of a user that were not brought back, newest first.
pub fn undone(db: &Db, actor: i64, limit: i64) -> Result<Vec<Operation>> {
    let sql = format!(
        "SELECT {OPERATION} FROM operation o
         WHERE o.act = 'Undo' AND o.actor = $1 AND o.undone_by IS NULL ORDER BY o.number DESC LIMIT $2"
    );
    db.rows(&sql, &[actor.into(), limit.into()], read_operation)
}

/// The records that imports made which are taken back.
pub fn undone_made(db: &Db) -> Result<Vec<Made>> {
    let sql = "SELECT first_made, last_made, made_entity FROM operation WHERE undone_by IS NOT NULL AND first_made IS NOT NULL";
    let found = db.rows(sql, &[], |row| made(Some((row.int(0)?, row.int(1)?)), row.int(2)?))?;
    Ok(found.into_iter().flatten().collect())
}

/// Steps, newest first, before number `before` (0: from the newest); undos and redos are left out.
pub fn steps(db: &Db, before: i64, limit: i64) -> Result<Vec<Operation>> {
    let sql = format!(
        "SELECT {OPERATION} FROM operation o WHERE o.undoes IS NULL AND ($1 = 0 OR o.number < $1) ORDER BY o.number DESC LIMIT $2"
    );
    db.rows(&sql, &[before.into(), limit.into()], read_operation)
}

/// The changes of one record that were logged one by one, and their operations, in their order.
pub fn of_record(db: &Db, record: RecordId) -> Result<Vec<(Operation, Change)>> {
    let sql = format!(
        "SELECT {OPERATION}, {CHANGE} FROM change c JOIN operation o ON o.number = c.operation
         WHERE c.entity = $1 AND c.record = $2 ORDER BY c.number"
    );
    db.rows(&sql, &[record.entity.code().into(), record.number.into()], |row| {
        let change = Change {
            record,
            about: RecordId { entity: entity(row.int(14)?)?, number: row.int(15)? },
            kind: ChangeKind::of_name(row.text(16)?)?,
            field: row.text(17)?.to_owned(),
            old: row.opt_text(18)?.map(str::to_owned),
            new: row.opt_text(19)?.map(str::to_owned),
        };
        Ok((read_operation(row)?, change))
    })
}

/// What happened to a record, newest first, before operation `before` (0: from the newest), at most `limit` changes.
pub fn history(db: &Db, about: RecordId, before: i64, limit: i64) -> Result<Vec<(Operation, Change)>> {
    let key: [SqlValue; 4] = [about.entity.code().into(), about.number.into(), before.into(), limit.into()];
    // what stands on a record is told in the history of that one
    let (kind, which) = if about.entity.has_regarding() { ("entity", "record") } else { ("about_entity", "about") };
    let sql = format!(
        "SELECT {OPERATION}, {CHANGE} FROM change c JOIN operation o ON o.number = c.operation
         WHERE c.{kind} = $1 AND c.{which} = $2 AND ($3 = 0 OR c.operation < $3) ORDER BY c.number DESC LIMIT $4"
    );
    let mut found = db.rows(&sql, &key, |row| {
        let change = Change {
            record: RecordId { entity: entity(row.int(12)?)?, number: row.int(13)? },
            about,
            kind: ChangeKind::of_name(row.text(16)?)?,
            field: row.text(17)?.to_owned(),
            old: row.opt_text(18)?.map(str::to_owned),
            new: row.opt_text(19)?.map(str::to_owned),
        };
        Ok((read_operation(row)?, change))
    })?;
    let sql = format!(
        "SELECT {OPERATION}, s.entity, s.kind, s.field, s.new, s.rows, s.old
         FROM change_set s JOIN operation o ON o.number = s.operation
         WHERE s.entity = $1 AND s.first_record <= $2 AND s.last_record >= $2 AND ($3 = 0 OR s.operation < $3)
         ORDER BY s.operation DESC LIMIT $4"
    );
    let sets = db.rows(&sql, &key, |row| {
        let records = packed::unpack_numbers(row.blob(16)?)?;
        let Ok(place) = records.binary_search(&about.number) else { return Ok(None) };
        let change = Change {
            record: about,
            about,
            kind: ChangeKind::of_name(row.text(13)?)?,
            field: row.text(14)?.to_owned(),
            old: packed::unpack_texts(row.blob(17)?)?.get(place).cloned().flatten(),
            new: row.opt_text(15)?.map(str::to_owned),
        };
        Ok(Some((read_operation(row)?, change)))
    })?;
    found.extend(sets.into_iter().flatten());
    let sql = format!(
        "SELECT {OPERATION} FROM operation o WHERE o.made_entity = $1 AND o.first_made <= $2 AND o.last_made >= $2
         AND ($3 = 0 OR o.number < $3) ORDER BY o.number DESC LIMIT $4"
    );
    let imports = db.rows(&sql, &key, read_operation)?;
    let made = |kind, field: &str, old, new| Change { record: about, about, kind, field: field.to_owned(), old, new };
    for operation in imports {
        // what rules did with a lead that came in a file stands in their own log
        if let Some((from, to, rule)) = super::firing::given_in(db, about, operation.number)? {
            let owners = made(ChangeKind::Update, "owner", Some(from.to_string()), Some(to.to_string()));
            found.push((operation.clone(), made(ChangeKind::Update, "handed_note", None, Some(rule))));
            found.push((operation.clone(), owners));
        }
        found.push((operation, made(ChangeKind::Create, "", None, None)));
    }
    found.sort_by_key(|(operation, _)| std::cmp::Reverse(operation.number));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// The records that a step touched and made.
#[derive(Debug, Default)]
pub struct Reach {
    touched: HashSet<(i64, i64)>,
    made: HashSet<(i64, i64)>,
    range: Option<Made>,
}

impl Reach {
    /// The reach of an operation.
    pub fn of(db: &Db, operation: &Operation) -> Result<Self> {
        let mut reach = Self { range: operation.made, ..Self::default() };
        for change in changes(db, operation.number)? {
            let key = (change.record.entity.code(), change.record.number);
            reach.touched.insert(key);
            if change.kind == ChangeKind::Create {
                reach.made.insert(key);
            }
        }
        for seq in 0..set_count(db, operation.number)? {
            if let Some(set) = set(db, operation.number, seq)? {
                reach.touched.extend(set.records.iter().map(|record| (set.entity.code(), *record)));
            }
        }
        Ok(reach)
    }

    fn in_range(&self, entity: i64, record: i64) -> bool {
        self.range.is_some_and(|made| made.entity.code() == entity && (made.first..=made.last).contains(&record))
    }

    fn meets(&self, record: (i64, i64), about: (i64, i64)) -> bool {
        self.touched.contains(&record)
            || self.made.contains(&about)
            || self.in_range(record.0, record.1)
            || self.in_range(about.0, about.1)
    }
}

/// The first steps after `after` that are in force and touched what `reach` covers, or refer to a record that it made.
pub fn in_the_way(db: &Db, after: i64, reach: &Reach, most: usize) -> Result<Vec<(Operation, RecordId)>> {
    let mut found: Vec<(Operation, RecordId)> = Vec::new();
    let sql = format!(
        "SELECT {OPERATION}, {CHANGE} FROM operation o JOIN change c ON c.operation = o.number
         WHERE o.number > $1 AND o.undone_by IS NULL AND o.undoes IS NULL ORDER BY o.number"
    );
    db.visit(&sql, &[after.into()], |row| {
        let (record, about) = ((row.int(12)?, row.int(13)?), (row.int(14)?, row.int(15)?));
        let number = row.int(0)?;
        if reach.meets(record, about) && found.last().is_none_or(|(last, _)| last.number != number) {
            found.push((read_operation(row)?, RecordId { entity: entity(about.0)?, number: about.1 }));
        }
        Ok(found.len() < most)
    })?;
    let sql = format!(
        "SELECT {OPERATION}, s.entity, s.rows FROM operation o JOIN change_set s ON s.operation = o.number
         WHERE o.number > $1 AND o.undone_by IS NULL AND o.undoes IS NULL ORDER BY o.number"
    );
    db.visit(&sql, &[after.into()], |row| {
        let code = row.int(12)?;
        let number = row.int(0)?;
        if found.iter().all(|(step, _)| step.number != number) {
            let hit = packed::unpack_numbers(row.blob(13)?)?.into_iter().find(|n| reach.meets((code, *n), (code, *n)));
            if let Some(record) = hit {
                found.push((read_operation(row)?, RecordId { entity: entity(code)?, number: record }));
            }
        }
        Ok(found.len() < most)
    })?;
    found.truncate(most);
    Ok(found)
}
