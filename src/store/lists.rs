//! The rows of the sets that people can add to, and the tags. Reads the whole catalog of a database.

use std::collections::HashSet;

use super::{Db, definition, people, setting};
use crate::error::Result;
use crate::model::catalog::{Catalog, Template};
use crate::model::choice::{Choice, Choices, OPEN, Set, slug};
use crate::model::entity::Entity;
use crate::model::fold::fold;

/// Everything that a database knows besides records.
pub fn catalog(db: &Db) -> Result<Catalog> {
    let catalog = Catalog::new(choices(db)?, people::load(db)?, tags(db)?, templates(db)?, definition::load(db)?);
    Ok(Catalog { fast_sources: fast_sources(db)?, ..catalog })
}

/// The name of the setting that keeps the codes of the fast sources.
const FAST_SOURCES: &str = "fast_sources";

fn fast_sources(db: &Db) -> Result<[i64; 4]> {
    let mut fast = [0; 4];
    let kept = setting::get(db, FAST_SOURCES)?.unwrap_or_default();
    let codes = kept.split(',').filter_map(|code| code.parse().ok());
    fast.iter_mut().zip(codes).for_each(|(place, code)| *place = code);
    Ok(fast)
}

/// Finds the sources whose leads are qualified sooner than leads are on average, at least five of each, and keeps them; whether they are
/// others than before.
pub fn find_fast_sources(db: &Db) -> Result<bool> {
    let sql = "SELECT source, count(*), sum(closed_at - created_at) FROM lead
               WHERE status = $1 AND closed_at IS NOT NULL AND deleted_at IS NULL AND merged = 0 GROUP BY source";
    let of = |row: &super::sqlite::Row<'_>| Ok((row.opt_int(0)?, row.int(1)?, row.int(2)?));
    let found: Vec<(Option<i64>, i64, i64)> = db.rows(sql, &[crate::model::choice::QUALIFIED.into()], of)?;
    let (leads, time) = found.iter().fold((0, 0), |(leads, time), (_, n, sum)| (leads + n, time + i128::from(*sum)));
    let sooner = |n: i64, sum: i64| i128::from(sum) * i128::from(leads) < time * i128::from(n);
    let mut fast: Vec<(i64, i64)> = found
        .into_iter()
        .filter(|(_, n, sum)| *n >= 5 && sooner(*n, *sum))
        .filter_map(|(source, n, sum)| source.map(|source| (sum / n, source)))
        .collect();
    fast.sort_unstable();
    let text = fast.iter().take(4).map(|(_, source)| source.to_string()).collect::<Vec<_>>().join(",");
    if setting::get(db, FAST_SOURCES)?.unwrap_or_default() == text {
        return Ok(false);
    }
    setting::put(db, FAST_SOURCES, &text).map(|()| true)
}

fn choices(db: &Db) -> Result<Choices> {
    let mut choices = Choices::shipped();
    let rows = db.rows("SELECT set_name, code, label, slug, state, active FROM choice ORDER BY set_name, code", &[], |row| {
        let choice = Choice {
            code: row.int(1)?,
            label: row.text(2)?.to_owned(),
            slug: row.text(3)?.to_owned(),
            state: row.opt_int(4)?,
            active: row.int(5)? != 0,
        };
        Ok((Set::of_name(row.text(0)?), choice))
    })?;
    for (set, choice) in rows {
        if let Some(set) = set.filter(|s| s.is_open() && s.entity().is_none()) {
            choices.put(set, choice);
        }
    }
    for set in Set::ALL {
        for choice in set.entity().map(|entity| named(db, entity)).transpose()?.unwrap_or_default() {
            choices.put(*set, choice);
        }
    }
    Ok(choices)
}

/// The records of a small kind as choices, those in Deleted and the inactive ones too, which records may hold. Two of one name have
/// two slugs, the later one's with its number.
fn named(db: &Db, entity: Entity) -> Result<Vec<Choice>> {
    let sql = format!("SELECT number, name, status, deleted_at FROM {} ORDER BY number", entity.name());
    let mut choices = db.rows(&sql, &[], |row| {
        let active = row.int(2)? == OPEN && row.opt_int(3)?.is_none();
        Ok(Choice { active, ..Choice::new(row.int(0)?, row.text(1)?) })
    })?;
    let mut taken = HashSet::new();
    for choice in &mut choices {
        if choice.slug.is_empty() || !taken.insert(choice.slug.clone()) {
            choice.slug = format!("{}-{}", choice.slug, choice.code);
            taken.insert(choice.slug.clone());
        }
    }
    Ok(choices)
}

/// Writes the shipped rows of the open sets into a new database.
pub fn seed(db: &Db) -> Result<()> {
    let shipped = Choices::shipped();
    for set in Set::ALL.iter().filter(|s| s.is_open() && s.entity().is_none()) {
        for choice in shipped.all(*set) {
            put(db, *set, choice)?;
        }
    }
    Ok(())
}

/// Writes one row.
pub fn put(db: &Db, set: Set, choice: &Choice) -> Result<()> {
    db.execute(
        "INSERT INTO choice (set_name, code, label, slug, state, active) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (set_name, code) DO UPDATE SET label = excluded.label, active = excluded.active",
        &[
            set.name().into(),
            choice.code.into(),
            choice.label.as_str().into(),
            choice.slug.as_str().into(),
            choice.state.into(),
            choice.active.into(),
        ],
    )
    .map(|_| ())
}

/// Adds a row with the next own code and a slug that no other row has.
pub fn add(db: &Db, set: Set, label: &str, state: Option<i64>) -> Result<Choice> {
    let sql = "SELECT coalesce(max(code), 0) FROM choice WHERE set_name = $1";
    let code = crate::model::choice::FIRST_OWN_CODE.max(db.number(sql, &[set.name().into()])? + 1);
    let name = free_slug(db, set, code, label)?;
    let choice = Choice { code, label: label.to_owned(), slug: name, state, active: true };
    put(db, set, &choice)?;
    Ok(choice)
}

/// Gives a row another label and the slug of it; nothing where that is its label.
pub fn rename(db: &Db, set: Set, code: i64, label: &str) -> Result<()> {
    let sql = "UPDATE choice SET label = $1, slug = $2 WHERE set_name = $3 AND code = $4 AND label <> $1";
    let name = free_slug(db, set, code, label)?;
    db.execute(sql, &[label.into(), name.into(), set.name().into(), code.into()]).map(|_| ())
}

/// The slug of a label, or one with a number that no other row has.
fn free_slug(db: &Db, set: Set, code: i64, label: &str) -> Result<String> {
    let base = slug(label);
    let mut name = if base.is_empty() { code.to_string() } else { base.clone() };
    let mut n = 2;
    let taken = "SELECT count(*) FROM choice WHERE set_name = $1 AND slug = $2 AND code <> $3";
    while db.number(taken, &[set.name().into(), name.as_str().into(), code.into()])? > 0 {
        name = format!("{base}-{n}");
        n += 1;
    }
    Ok(name)
}

/// The newest tags first: to count their uses would read every tag of every lead at each start.
fn tags(db: &Db) -> Result<Vec<String>> {
    let sql = "SELECT name FROM tag ORDER BY number DESC LIMIT 500";
    db.rows(sql, &[], |row| Ok(row.text(0)?.to_owned()))
}

/// The templates that are in use.
fn templates(db: &Db) -> Result<Vec<Template>> {
    let sql = "SELECT number, kind, name, coalesce(subject, ''), coalesce(body, '') FROM template
               WHERE deleted_at IS NULL AND status = $1 ORDER BY name_key, number";
    db.rows(sql, &[OPEN.into()], |row| {
        let text = |column| row.text(column).map(str::to_owned);
        Ok(Template { number: row.int(0)?, kind: row.int(1)?, name: text(2)?, subject: text(3)?, body: text(4)? })
    })
}

/// The number of a tag, made if missing; the first spelling stays.
pub fn tag_number(db: &Db, name: &str) -> Result<i64> {
    let key = fold(name);
    let found = db.row("SELECT number FROM tag WHERE name_key = $1", &[key.as_str().into()], |row| row.int(0))?;
    if let Some(number) = found {
        return Ok(number);
    }
    let number = setting::take_numbers(db, "tag", 1)?;
    let sql = "INSERT INTO tag (number, name, name_key) VALUES ($1, $2, $3)";
    db.execute(sql, &[number.into(), name.into(), key.into()])?;
    Ok(number)
}
