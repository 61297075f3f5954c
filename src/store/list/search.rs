//! The numbers of a list in its order, by the way that reads least. Reads no row beyond what the filter and the order ask for.
//!
//! There are four ways. *Walking* the index of the order and keeping what the filter finds: the first leads come at once.
//! *Fetching* the leads in any order together with the keys, which are then sorted here. Fetching a *set* of numbers, by which
//! an index is walked that does not hold what the filter asks for. And SQLite's own sorter, for the rest.

mod next;
mod noted;

use super::ranks::{Rank, sorted};
use super::set::NumberSet;
use super::shape::Shape;
use crate::error::Result;
use crate::model::field::Registry;
use crate::model::fold::words;
use crate::query::ast::{Expr, Query};
use crate::store::columns::{column, key, order};
use crate::store::filter::{Common, CompileContext, Compiled, compile_with};
use crate::store::sqlite::{Row, fts};
use crate::store::{Db, SqlValue};

/// From where on one way is taken rather than another. The results are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Up to so many leads are looked up one by one, of more an index is read as a whole.
    pub few: usize,
    /// The same where only the first rows are wanted.
    pub few_at_first: usize,
    /// So many entries of an index are looked at for the first rows, before another way is taken.
    pub entries: usize,
    /// The same where each entry's row is read.
    pub rows: usize,
    /// Up to so many notes with a searched text lead to their records; of more the records that come first are looked at.
    pub few_notes: usize,
    /// So many notes with a text are remembered by number; of more each note is read that is looked at.
    pub many_notes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // a row costs some 10 µs, an entry 0.2 µs, a note of the search index 0.1 µs, its record 1 µs, its text 10 µs
        Self { few: 10_000, few_at_first: 1_000, entries: 50_000, rows: 3_000, few_notes: 20_000, many_notes: 100_000 }
    }
}

/// A list that is looked for.
pub struct Search<'a> {
    db: &'a Db,
    ctx: &'a CompileContext<'a>,
    query: &'a Query,
    shape: Shape,
    limits: Limits,
    /// The leads with the searched words, in themselves and in their notes.
    hits: Option<NumberSet>,
}

impl<'a> Search<'a> {
    /// Begins to look for a list.
    pub fn new(db: &'a Db, ctx: &'a CompileContext<'a>, query: &'a Query, limits: Limits) -> Self {
        Self { db, ctx, query, shape: Shape::of(query, ctx.catalog), limits, hits: None }
    }

    /// The fields of the records that are looked for.
    fn registry(&self) -> &'a Registry {
        self.ctx.catalog.registry(self.query.entity)
    }

    /// Their table.
    const fn table(&self) -> &'static str {
        self.query.entity.name()
    }

    /// The first leads in order.
    pub fn first(&mut self, limit: usize) -> Result<Vec<i64>> {
        if let Some(next) = self.shape.next {
            return match self.first_next(next, limit)? {
                Some(found) => Ok(found),
                None => self.all(limit),
            };
        }
        let shape = &self.shape;
        if shape.is_walked && shape.selective.is_none() {
            if let Some(found) = self.first_by_notes(limit)? {
                return Ok(found);
            }
            self.find_hits()?;
            let (shape, hits) = (&self.shape, self.hits.as_ref());
            if hits.is_none_or(|hits| hits.len() > self.limits.few_at_first) {
                if self.walks_all() {
                    return self.walk(&shape.rest, hits, limit);
                }
                let entries = if shape.is_covered { self.limits.entries } else { self.limits.rows };
                let is_hit = |number| Ok(hits.is_none_or(|hits| hits.contains(number)));
                if let Some(found) = self.walk_some(&shape.rest, limit, entries, is_hit)? {
                    return Ok(found);
                }
            }
        }
        self.all(limit)
    }

    /// All leads in order, or so many of the first.
    pub fn all(&mut self, limit: usize) -> Result<Vec<i64>> {
        if let Some(next) = self.shape.next {
            self.find_hits()?;
            return self.fetch_next(next, limit);
        }
        if self.shape.is_walked || self.shape.is_numeric {
            self.find_hits()?;
        }
        let shape = &self.shape;
        if self.walks_all() {
            return self.walk(&shape.rest, self.many_hits(), limit);
        }
        if shape.is_numeric {
            return match shape.keys.as_slice() {
                [] => self.fetch_sorted::<0>(limit),
                [_] => self.fetch_sorted::<1>(limit),
                _ => self.fetch_sorted::<2>(limit),
            };
        }
        if shape.is_walked && !self.is_led() { self.by_set(limit) } else { self.by_sorter(limit) }
    }

    /// All leads, as they come.
    pub fn unordered(&mut self) -> Result<Vec<i64>> {
        self.find_hits()?;
        let mut found = Vec::new();
        self.fetch("", |number, _| {
            found.push(number);
            Ok(true)
        })?;
        Ok(found)
    }

    /// How many leads there are.
    pub fn count(&mut self) -> Result<u64> {
        self.find_hits()?;
        if self.many_hits().is_none() {
            let compiled = self.source().0;
            let sql = format!("SELECT count(*) FROM {} l WHERE {}", self.table(), compiled.condition);
            return Ok(self.db.number(&sql, &compiled.values)?.unsigned_abs());
        }
        let mut count = 0;
        self.fetch("", |_, _| {
            count += 1;
            Ok(true)
        })?;
        Ok(count)
    }

    /// What the amounts of a field come to in each currency, in whole units of it; the greatest first.
    pub fn sums(&mut self, field: &'static str) -> Result<Vec<(String, i64)>> {
        self.find_hits()?;
        let mut sums: Vec<(String, i128)> = Vec::new();
        self.fetch(&format!(", l.currency, l.{field}"), |_, row| {
            if let Some(amount) = row.opt_int(2)? {
                let currency = row.opt_text(1)?.unwrap_or_default();
                match sums.iter_mut().find(|(code, _)| code == currency) {
                    Some((_, sum)) => *sum += i128::from(amount),
                    None => sums.push((currency.to_owned(), i128::from(amount))),
                }
            }
            Ok(true)
        })?;
        sums.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
        let whole = |(code, sum): (String, i128)| (code, i64::try_from(sum / 10_000).unwrap_or(i64::MAX));
        Ok(sums.into_iter().map(whole).collect())
    }

    /// Finds the leads with the searched words, unless another condition leads to fewer.
    fn find_hits(&mut self) -> Result<()> {
        let shape = &self.shape;
        if self.hits.is_some() || !shape.is_worded() || shape.selective.is_some() || shape.asks_deleted {
            return Ok(());
        }
        let mut found: Option<NumberSet> = None;
        if fts::is_of_account(self.query.entity) {
            for word in &shape.words {
                let mut hits = NumberSet::default();
                let mut add = |number: i64| {
                    if found.as_ref().is_none_or(|found| found.contains(number)) {
                        hits.insert(number);
                    }
                };
                fts::hits(self.db, self.query.entity, &fts::match_term(std::slice::from_ref(word)), |number| {
                    add(number);
                    true
                })?;
                fts::hits_by_account(self.db, self.query.entity, word, add)?;
                found = Some(hits);
            }
        } else if !shape.words.is_empty() {
            let mut hits = NumberSet::default();
            fts::hits(self.db, self.query.entity, &fts::match_term(&shape.words), |number| {
                hits.insert(number);
                true
            })?;
            found = Some(hits);
        }
        for sought in self.sought()? {
            let mut hits = NumberSet::default();
            match &found {
                Some(found) if found.len() <= self.limits.few => {
                    for number in found.numbers() {
                        if sought.is_noted_on(self.db, self.query.entity, number)? {
                            hits.insert(number);
                        }
                    }
                }
                _ => fts::noted(self.db, self.query.entity, &fts::phrase_term(&words(&sought.text)), |number| {
                    if found.as_ref().is_none_or(|found| found.contains(number)) {
                        hits.insert(number);
                    }
                    true
                })?,
            }
            found = Some(hits);
        }
        self.hits = found;
        Ok(())
    }

    /// The leads with the searched words, if they are too many to be looked up.
    fn many_hits(&self) -> Option<&NumberSet> {
        self.hits.as_ref().filter(|hits| hits.len() > self.limits.few)
    }

    /// Whether a condition, or words that few have, lead to the leads of the list.
    fn is_led(&self) -> bool {
        self.shape.selective.is_some() || (self.shape.is_worded() && self.many_hits().is_none())
    }

    /// Whether nothing finds the list sooner than the whole index of its order.
    fn walks_all(&self) -> bool {
        let shape = &self.shape;
        shape.is_walked && shape.is_covered && !self.is_led() && (!shape.is_pinned || self.hits.is_some())
    }

    /// The condition by which the list is fetched, and the numbers that it must be checked against.
    fn source(&self) -> (Compiled, Option<&NumberSet>) {
        let (shape, many) = (&self.shape, self.many_hits());
        match (many, shape.selective) {
            (Some(_), _) => (compile_with(&shape.rest, self.ctx, Common::Sought), many),
            (None, Some(common)) => (compile_with(self.query, self.ctx, common), None),
            (None, None) if self.hits.is_some() => (compile_with(self.query, self.ctx, Common::Checked), None),
            (None, None) => (compile_with(self.query, self.ctx, Common::Sought), None),
        }
    }

    /// Visits the leads of the list as they come, with the columns that stand behind the number.
    fn fetch(&self, columns: &str, mut each: impl FnMut(i64, &Row<'_>) -> Result<bool>) -> Result<()> {
        let (compiled, within) = self.source();
        let sql = format!("SELECT l.number{columns} FROM {} l WHERE {}", self.table(), compiled.condition);
        self.db.visit(&sql, &compiled.values, |row| {
            let number = row.int(0)?;
            if within.is_none_or(|within| within.contains(number)) { each(number, row) } else { Ok(true) }
        })
    }

    /// Fetches the leads with their keys and sorts them.
    fn fetch_sorted<const K: usize>(&self, limit: usize) -> Result<Vec<i64>> {
        let catalog = self.ctx.catalog;
        let mut columns = String::new();
        let mut ranks = Vec::new();
        for key in &self.shape.keys {
            columns.push_str(", ");
            let field = self.registry().field(key.field);
            columns.push_str(&column(field));
            ranks.extend(Rank::of(self.db, field, *key, catalog)?);
        }
        let mut leads = Vec::new();
        self.fetch(&columns, |number, row| {
            let mut keys = [0; K];
            for ((key, rank), place) in keys.iter_mut().zip(&ranks).zip(1..) {
                *key = rank.rank(row.opt_int(place)?);
            }
            leads.push((keys, number));
            Ok(true)
        })?;
        Ok(sorted(leads, self.shape.newest_first, limit))
    }

    /// Walks the index of the order, which holds all that the filter asks for.
    fn walk(&self, filter: &Query, within: Option<&NumberSet>, limit: usize) -> Result<Vec<i64>> {
        let compiled = compile_with(filter, self.ctx, Common::Checked);
        let mut sql = format!("SELECT l.number FROM {} l WHERE {} ORDER BY {}", self.table(), compiled.condition, compiled.order);
        if within.is_none() && limit < usize::MAX {
            sql.push_str(&format!(" LIMIT {limit}"));
        }
        let mut found = Vec::new();
        self.db.visit(&sql, &compiled.values, |row| {
            let number = row.int(0)?;
            if within.is_none_or(|within| within.contains(number)) {
                found.push(number);
            }
            Ok(found.len() < limit)
        })?;
        Ok(found)
    }

    /// Looks for the first leads among the first `entries` of the index, of which `keep` says yes too; none when they are not enough.
    fn walk_some(
        &self,
        filter: &Query,
        limit: usize,
        entries: usize,
        mut keep: impl FnMut(i64) -> Result<bool>,
    ) -> Result<Option<Vec<i64>>> {
        // The filter as a value, so that it ends the walk nowhere.
        let compiled = compile_with(filter, self.ctx, Common::Checked);
        let sql = format!(
            "SELECT l.number, CASE WHEN {} THEN 1 ELSE 0 END FROM {} l WHERE l.deleted_at IS NULL ORDER BY {} LIMIT {entries}",
            compiled.condition,
            self.table(),
            compiled.order
        );
        let (mut found, mut seen) = (Vec::new(), 0);
        self.db.visit(&sql, &compiled.values, |row| {
            seen += 1;
            let number = row.int(0)?;
            if row.int(1)? == 1 && keep(number)? {
                found.push(number);
            }
            Ok(found.len() < limit)
        })?;
        Ok((found.len() >= limit || seen < entries).then_some(found))
    }

    /// Fetches the numbers, then walks the index of the order by them; of few it looks the keys up.
    fn by_set(&self, limit: usize) -> Result<Vec<i64>> {
        let (shape, few) = (&self.shape, self.limits.few);
        let mut set = NumberSet::default();
        let mut numbers = Vec::new();
        self.fetch("", |number, _| {
            if numbers.len() <= few {
                numbers.push(number);
            }
            set.insert(number);
            Ok(!shape.is_covered || set.len() <= few)
        })?;
        if set.len() <= few {
            return self.by_text(numbers, limit);
        }
        if shape.is_covered {
            return self.walk(&shape.rest, None, limit);
        }
        self.walk(&Query { entity: self.query.entity, filter: Expr::All, sort: self.query.sort.clone() }, Some(&set), limit)
    }

    /// A few numbers in the order of the text that the list is sorted by.
    fn by_text(&self, numbers: Vec<i64>, limit: usize) -> Result<Vec<i64>> {
        let Some(sort) = self.shape.keys.first() else { return Ok(numbers) };
        let sql = format!("SELECT {} FROM {} l WHERE l.number = $1", key(self.registry().field(sort.field)), self.table());
        let mut leads = Vec::with_capacity(numbers.len());
        for number in numbers {
            let values: [SqlValue; 1] = [number.into()];
            let text = self.db.row(&sql, &values, |row| Ok(row.text(0)?.to_owned()))?;
            leads.push((text.unwrap_or_default(), number));
        }
        leads.sort_unstable();
        if sort.descending {
            leads.reverse();
        }
        leads.truncate(limit);
        Ok(leads.into_iter().map(|(_, number)| number).collect())
    }

    /// SQLite finds and sorts.
    fn by_sorter(&self, limit: usize) -> Result<Vec<i64>> {
        let common = match self.shape.selective {
            Some(common) => common,
            None if !self.shape.is_worded() || self.shape.asks_deleted => Common::Sought,
            None => Common::Checked,
        };
        let compiled = compile_with(self.query, self.ctx, common);
        let order = order(self.query, self.ctx.catalog);
        let mut sql = format!("SELECT l.number FROM {} l WHERE {} ORDER BY {order}", self.table(), compiled.condition);
        if limit < usize::MAX {
            sql.push_str(&format!(" LIMIT {limit}"));
        }
        self.db.rows(&sql, &compiled.values, |row| row.int(0))
    }
}
