//! Full-text search: the one text with MATCH, the terms it takes, and the index around bulk loads. Ranks nothing.

use super::{Db, errors};
use crate::error::Result;
use crate::model::entity::Entity;

/// A condition over the alias `l` of an entity's table: the record's words match the term bound at `place`.
pub fn match_clause(entity: Entity, place: usize) -> String {
    format!("l.number IN (SELECT rowid FROM {0}_words WHERE {0}_words MATCH ${place})", entity.name())
}

/// The term that finds every record which has all these folded words as prefixes of its own.
///
/// Four digits or more are also looked for at the end of telephone numbers: the index holds each number a second time,
/// reversed behind a `z`.
pub fn match_term(words: &[String]) -> String {
    let mut term = String::new();
    for word in words {
        if !term.is_empty() {
            term.push_str(" AND ");
        }
        let quoted = word.replace('"', "\"\"");
        if word.len() >= 4 && word.bytes().all(|b| b.is_ascii_digit()) {
            let reversed: String = word.chars().rev().collect();
            term.push_str(&format!("(\"{quoted}\"* OR \"z{reversed}\"*)"));
        } else {
            term.push_str(&format!("\"{quoted}\"*"));
        }
    }
    term
}

/// Whether the words of a kind of records are also those of the name of their account.
pub const fn is_of_account(entity: Entity) -> bool {
    matches!(entity, Entity::Contact | Entity::Opportunity)
}

/// The records of a kind whose account has a name with the word whose pattern is bound at `pattern`; those with its term, bound at
/// `term`, are looked at.
fn by_account(entity: Entity, term: usize, pattern: usize) -> String {
    format!(
        "SELECT o.number FROM {} o WHERE o.account IN (SELECT a.number FROM account a WHERE a.number IN
         (SELECT rowid FROM account_words WHERE account_words MATCH ${term}) AND ' ' || fold_words(a.name) LIKE ${pattern})",
        entity.name()
    )
}

/// A condition over the alias `l` of the table of a kind of records that have an account: its own words match the term bound at
/// `term`, or those of the name of its account the pattern bound at the place behind it.
pub fn word_clause(entity: Entity, term: usize) -> String {
    let by_account = by_account(entity, term, term + 1);
    format!("l.number IN (SELECT rowid FROM {0}_words WHERE {0}_words MATCH ${term} UNION {by_account})", entity.name())
}

/// The pattern of a folded word at the beginning of a word.
pub fn word_pattern(word: &str) -> String {
    // letters, digits and marks only: none of them means anything to LIKE
    format!("% {word}%")
}

/// Visits the numbers of the records whose account's name has a word that begins with this folded one.
pub fn hits_by_account(db: &Db, entity: Entity, word: &str, mut each: impl FnMut(i64)) -> Result<()> {
    let term = match_term(&[word.to_owned()]);
    db.visit(&by_account(entity, 1, 2), &[term.into(), word_pattern(word).into()], |row| {
        each(row.int(0)?);
        Ok(true)
    })
}

/// Visits the numbers of the records whose words match a term, also of deleted ones, the least first, until `each` says false.
pub fn hits(db: &Db, entity: Entity, term: &str, mut each: impl FnMut(i64) -> bool) -> Result<()> {
    let sql = format!("SELECT rowid FROM {0}_words WHERE {0}_words MATCH $1", entity.name());
    db.visit(&sql, &[term.into()], |row| Ok(each(row.int(0)?)))
}

/// The numbers of the records of a kind with a note, not deleted, that matches the term bound at `place`.
///
/// CROSS: the search index leads to the notes, also where nobody has measured the tables; the other way round it is asked once a note.
pub fn noted_clause(entity: Entity, place: usize) -> String {
    format!(
        "SELECT n.record FROM note_words w CROSS JOIN note n ON n.number = w.rowid
         WHERE note_words MATCH ${place} AND n.entity = {} AND n.deleted_at IS NULL",
        entity.code()
    )
}

/// A condition over the alias `l` of the table of a kind of records: one of its notes, not deleted, matches the term bound at `place`.
///
/// CROSS: the notes of the one record lead to the search index.
pub fn noted_of_one(entity: Entity, place: usize) -> String {
    format!(
        "EXISTS (SELECT 1 FROM note n CROSS JOIN note_words w ON w.rowid = n.number
         WHERE n.entity = {} AND n.record = l.number AND n.deleted_at IS NULL AND note_words MATCH ${place})",
        entity.code()
    )
}

/// The term that finds the notes which have these folded words one after the other, the last one as a beginning.
pub fn phrase_term(words: &[String]) -> String {
    format!("\"{}\"*", words.join(" ").replace('"', "\"\""))
}

/// The term that finds the notes which have all of these folded words as beginnings of theirs.
pub fn words_term(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{}\"*", word.replace('"', "\"\""))).collect();
    quoted.join(" AND ")
}

/// Visits the numbers of the notes that match a term, also of deleted ones, the newest first, until `each` says false.
pub fn note_hits(db: &Db, term: &str, mut each: impl FnMut(i64) -> Result<bool>) -> Result<()> {
    let sql = "SELECT rowid FROM note_words WHERE note_words MATCH $1 ORDER BY rowid DESC";
    db.visit(sql, &[term.into()], |row| each(row.int(0)?))
}

/// Visits the numbers of the records of a kind with a note, not deleted, that matches a term, until `each` says false.
pub fn noted(db: &Db, entity: Entity, term: &str, mut each: impl FnMut(i64) -> bool) -> Result<()> {
    db.visit(&noted_clause(entity, 1), &[term.into()], |row| Ok(each(row.int(0)?)))
}

/// What a bulk load takes away first: indexes that cost more row by row than at once, by what stands behind the name of the table.
const BULK_INDEXES: &[&str] =
    &["by_name", "by_company", "by_modified", "scalars", "by_email", "by_phone", "by_stem", "by_domain"];

/// The bytes of words that the search index gathers before it writes: SQLite's own, and what a rebuild takes.
const USUAL_ROOM: usize = 1 << 20;
const REBUILD_ROOM: usize = 1 << 25;

/// The definitions that [`suspend_indexes`] took away, to be given back by [`resume_indexes`] in the same transaction.
pub struct Suspended {
    entity: Entity,
    definitions: Vec<String>,
}

/// Takes away the indexes of an entity, but those in `keep`, and its search trigger for a bulk load; inside a transaction, so that a
/// failure brings them back.
pub fn suspend_indexes(db: &Db, entity: Entity, keep: &[&str]) -> Result<Suspended> {
    let mut definitions = Vec::new();
    let indexes = BULK_INDEXES.iter().filter(|name| !keep.contains(name)).map(|name| ("INDEX", *name));
    for (kind, end) in indexes.chain([("TRIGGER", "words_insert")]) {
        let name = format!("{}_{end}", entity.name());
        let found =
            db.row("SELECT sql FROM sqlite_schema WHERE name = $1", &[name.as_str().into()], |row| Ok(row.text(0)?.to_owned()))?;
        if let Some(sql) = found {
            definitions.push(sql);
            db.conn.execute_batch(&format!("DROP {kind} {name}")).map_err(errors::translate)?;
        }
    }
    Ok(Suspended { entity, definitions })
}

/// Builds the search index anew, before [`resume_indexes`]: so what asks for words finds them while there are no indexes yet.
pub fn resume_words(db: &Db, suspended: &Suspended) -> Result<()> {
    rebuild(db, suspended.entity.name())
}

/// Builds the indexes again; the search index is that of [`resume_words`].
pub fn resume_indexes(db: &Db, suspended: Suspended) -> Result<()> {
    for sql in suspended.definitions {
        db.conn.execute_batch(&sql).map_err(errors::translate)?;
    }
    Ok(())
}

/// A search index and what is in it.
pub struct Index {
    name: String,
    /// The table whose rows are in it.
    pub table: &'static str,
    content: &'static str,
}

/// Every search index.
pub fn indexes() -> Vec<Index> {
    let kinds = Entity::LISTED.iter().copied().chain([Entity::Note]);
    let index = |entity: Entity| {
        let content = if entity == Entity::Note { "note_text" } else { entity.name() };
        Index { name: format!("{}_words", entity.name()), table: entity.name(), content }
    };
    kinds.map(index).collect()
}

/// The numbers of the rows that go into an index between two words about how far it is.
const PART: i64 = 10_000;

/// Builds the search index of a table anew; nothing of its former self is left in it.
pub(super) fn rebuild(db: &Db, table: &str) -> Result<()> {
    let index = &format!("{table}_words");
    with_room(db, index, |db| {
        db.conn.execute_batch(&format!("INSERT INTO {index} ({index}) VALUES ('rebuild')")).map_err(errors::translate)
    })
}

/// The same part by part, inside a transaction; `advance` is told how many rows it has looked at and can stop it.
pub fn rebuild_in_parts(db: &Db, index: &Index, advance: &mut dyn FnMut(u64) -> Result<()>) -> Result<()> {
    let Index { name, table, content } = index;
    let last = db.number(&format!("SELECT max(number) FROM {table}"), &[])?;
    with_room(db, name, |db| {
        db.conn.execute_batch(&format!("INSERT INTO {name} ({name}) VALUES ('delete-all')")).map_err(errors::translate)?;
        let put =
            format!("INSERT INTO {name} (rowid, words) SELECT number, words FROM {content} WHERE number > $1 AND number <= $2");
        let (mut from, mut done) = (0, 0);
        while from < last {
            done += db.execute(&put, &[from.into(), (from + PART).into()])? as u64;
            from += PART;
            advance(done)?;
        }
        Ok(())
    })
}

/// With room for more words before each flush there is less to merge afterwards.
fn with_room(db: &Db, index: &str, work: impl FnOnce(&Db) -> Result<()>) -> Result<()> {
    let room = |bytes: usize| {
        let sql = format!("INSERT INTO {index} ({index}, rank) VALUES ('hashsize', {bytes})");
        db.conn.execute_batch(&sql).map_err(errors::translate)
    };
    room(REBUILD_ROOM)?;
    work(db)?;
    room(USUAL_ROOM)
}

/// Whether the search indexes agree with the records; the errors they have, in words.
pub fn check(db: &Db) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    for entity in Entity::LISTED.iter().chain([&Entity::Note]) {
        let (index, what) = (format!("{}_words", entity.name()), entity.plural());
        let sql = format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
        if let Err(error) = db.conn.execute_batch(&sql) {
            wrong.push(format!("the search index does not agree with the {what}: {error}"));
        }
    }
    Ok(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_ends_in_a_beginning() {
        assert_eq!(phrase_term(&["two".into(), "wor".into()]), "\"two wor\"*");
    }

    #[test]
    fn words_become_prefixes_and_digits_also_suffixes() {
        assert_eq!(match_term(&["ann".into(), "0100".into()]), "\"ann\"* AND (\"0100\"* OR \"z0010\"*)");
        assert_eq!(match_term(&["12".into()]), "\"12\"*");
    }
}
