//! The order of a list by columns that hold numbers, made here: SQLite's own sorter takes ten times as long for a million rows.
//! Orders exactly as `columns::order` does.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::model::catalog::Catalog;
use crate::model::field::Field;
use crate::query::ast::SortKey;
use crate::store::Db;
use crate::store::columns::{Ranking, ranking};

/// What has no value comes last.
const LAST: i64 = i64::MAX;

/// One key of an order, as a number that is less the earlier a lead comes.
pub struct Rank {
    places: Option<BTreeMap<i64, i64>>,
    descending: bool,
}

impl Rank {
    /// The rank by a key; none where its column holds no numbers.
    pub fn of(db: &Db, field: &Field, key: SortKey, catalog: &Catalog) -> Result<Option<Self>> {
        let Some((ranking, descending)) = ranking(field, key.descending, catalog) else {
            return Ok(None);
        };
        let places = match ranking {
            Ranking::Own => None,
            Ranking::Place(places) => Some(places.into_iter().collect()),
            Ranking::Owner => {
                Some(by_text(db, "SELECT number, login_key FROM app_user UNION ALL SELECT -number, name_key FROM team")?)
            }
            Ranking::User => Some(by_text(db, "SELECT number, login_key FROM app_user")?),
        };
        Ok(Some(Self { places, descending }))
    }

    /// The rank of a value.
    pub fn rank(&self, value: Option<i64>) -> i64 {
        let place = match (&self.places, value) {
            (Some(places), Some(code)) => places.get(&code).copied(),
            (_, value) => value,
        };
        match place {
            // not negated, as the least number has no opposite
            Some(place) if self.descending => (!place).min(LAST - 1),
            Some(place) => place.min(LAST - 1),
            None => LAST,
        }
    }
}

/// The places of codes in the order of a text that each has.
fn by_text(db: &Db, sql: &str) -> Result<BTreeMap<i64, i64>> {
    let mut all = db.rows(sql, &[], |row| Ok((row.text(1)?.to_owned(), row.int(0)?)))?;
    all.sort();
    let mut places = BTreeMap::new();
    let mut place = 0;
    let mut last = "";
    for (text, code) in &all {
        place += i64::from(text != last);
        last = text;
        places.insert(*code, place);
    }
    Ok(places)
}

/// The numbers in the order of their ranks, of equal ranks that of the numbers; only the first `limit` of them.
pub fn sorted<const K: usize>(mut leads: Vec<([i64; K], i64)>, newest_first: bool, limit: usize) -> Vec<i64> {
    if newest_first {
        leads.iter_mut().for_each(|(_, number)| *number = !*number);
    }
    if limit < leads.len() {
        leads.select_nth_unstable(limit);
        leads.truncate(limit);
    }
    leads.sort_unstable();
    leads.into_iter().map(|(_, number)| if newest_first { !number } else { number }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greatest_first_leaves_what_is_empty_at_the_end() {
        let values = [None, Some(i64::MIN), Some(-1), Some(0), Some(i64::MAX)];
        for descending in [false, true] {
            let rank = Rank { places: None, descending };
            let leads: Vec<_> = values.iter().zip(0..).map(|(value, number)| ([rank.rank(*value)], number)).collect();
            let expected = if descending { vec![4, 3, 2, 1, 0] } else { vec![1, 2, 3, 4, 0] };
            assert_eq!(sorted(leads, true, usize::MAX), expected);
        }
    }

    #[test]
    fn equal_ranks_go_by_number_and_the_first_are_the_first() {
        let leads = vec![([2, 1], 5), ([1, 9], 7), ([1, 9], 8), ([1, 3], 1)];
        assert_eq!(sorted(leads.clone(), false, usize::MAX), [1, 7, 8, 5]);
        assert_eq!(sorted(leads.clone(), true, 3), [1, 8, 7]);
        assert!(sorted(leads, true, 0).is_empty());
    }
}
