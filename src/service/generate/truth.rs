//! Which pairs of generated leads are one person, and which only look so: where they stand, and the file that says it.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use super::person::Person;
use super::random::Random;
use super::twin::TwinKind;
use crate::error::{Error, Result};
use crate::model::entity::RecordId;

/// Two leads that look like one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TruthPair {
    /// Why they do.
    pub kind: TwinKind,
    /// The number of the first.
    pub first: i64,
    /// The number of the second, the greater one.
    pub second: i64,
}

/// Where pairs are planted.
#[derive(Debug)]
pub struct Plan {
    kinds: Vec<TwinKind>,
    places: HashMap<u64, usize>,
    waiting: HashMap<usize, (u64, Person)>,
}

/// What stands at a place.
#[derive(Debug)]
pub enum Place {
    /// A lead like any other.
    Free,
    /// The first of a pair.
    First(usize, TwinKind),
    /// The second of a pair, after the first and where that stands.
    Second(TwinKind, u64, Box<Person>),
}

impl Plan {
    /// Of `leads` leads 1.5 % are duplicates of another and as many look so, spread evenly and far from their firsts.
    pub fn new(random: &mut Random, leads: u64) -> Self {
        let each = leads * 15 / 1_000;
        let count = |kinds: &[TwinKind]| (0..each).map(|n| kinds[n as usize % kinds.len()]).collect::<Vec<_>>();
        let mut kinds = count(&TwinKind::DUPLICATES);
        kinds.extend(count(&TwinKind::NEAR_MISSES));
        let slots = 2 * kinds.len() as u64;
        let mut places: Vec<u64> = (0..slots).map(|slot| (slot * leads + random.below(leads as usize) as u64) / slots).collect();
        random.shuffle(&mut places);
        let places = places.into_iter().enumerate().map(|(n, place)| (place, n / 2)).collect();
        Self { kinds, places, waiting: HashMap::new() }
    }

    /// What stands at a place; places are asked for in their order, each once.
    pub fn at(&mut self, index: u64) -> Place {
        let Some(pair) = self.places.remove(&index) else { return Place::Free };
        let kind = self.kinds[pair];
        match self.waiting.remove(&pair) {
            Some((first, person)) => Place::Second(kind, first, Box::new(person)),
            None => Place::First(pair, kind),
        }
    }

    /// Keeps the first of a pair until the second is due.
    pub fn keep(&mut self, pair: usize, index: u64, person: &Person) {
        self.waiting.insert(pair, (index, person.clone()));
    }
}

/// Writes the pairs as CSV with the columns `kind`, `first`, `second`, `is_duplicate`.
pub fn write_truth(path: &Path, pairs: &[TruthPair]) -> Result<()> {
    let failed = |e: std::io::Error| Error::io(path.display(), &e);
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).map_err(failed)?);
    writeln!(file, "kind,first,second,is_duplicate").map_err(failed)?;
    for pair in pairs {
        let (first, second) = (RecordId::lead(pair.first), RecordId::lead(pair.second));
        writeln!(file, "{},{first},{second},{}", pair.kind.name(), pair.kind.is_duplicate()).map_err(failed)?;
    }
    file.flush().map_err(failed)
}
