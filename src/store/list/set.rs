//! A set of record numbers that is asked a million times: a bit a number. Keeps no order.

use std::collections::HashSet;

/// Numbers up to this have a bit, 16 MB of them at most; those beyond are kept one by one.
const NEAR: u64 = 1 << 27;

/// A set of record numbers.
#[derive(Clone, Debug, Default)]
pub struct NumberSet {
    bits: Vec<u64>,
    far: HashSet<i64>,
    len: usize,
}

impl NumberSet {
    /// Adds a number.
    pub fn insert(&mut self, number: i64) {
        let added = match place(number) {
            Some((word, bit)) => {
                if word >= self.bits.len() {
                    self.bits.resize(word + 1, 0);
                }
                let added = self.bits[word] & bit == 0;
                self.bits[word] |= bit;
                added
            }
            None => self.far.insert(number),
        };
        self.len += usize::from(added);
    }

    /// Whether a number is in it.
    pub fn contains(&self, number: i64) -> bool {
        match place(number) {
            Some((word, bit)) => self.bits.get(word).is_some_and(|bits| bits & bit != 0),
            None => self.far.contains(&number),
        }
    }

    /// All of them.
    pub fn numbers(&self) -> impl Iterator<Item = i64> {
        let near = self
            .bits
            .iter()
            .zip(0_i64..)
            .flat_map(|(bits, word)| (0..64).filter(move |bit| *bits & (1 << bit) != 0).map(move |bit| word * 64 + bit));
        near.chain(self.far.iter().copied())
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.len
    }
}

/// The word of a number's bit and the bit; none for a number that has no bit.
fn place(number: i64) -> Option<(usize, u64)> {
    let number = u64::try_from(number).ok().filter(|n| *n < NEAR)?;
    Some((usize::try_from(number / 64).ok()?, 1 << (number % 64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_near_and_far_are_in_it_once() {
        let mut set = NumberSet::default();
        let numbers = [0, 1, 63, 64, 1_000_000, -1, i64::MIN, i64::MAX, 1 << 27, (1 << 27) - 1];
        for number in numbers.iter().chain(&numbers) {
            set.insert(*number);
        }
        assert_eq!(set.len(), numbers.len());
        assert_eq!(set.numbers().collect::<HashSet<i64>>(), HashSet::from(numbers));
        assert!(numbers.iter().all(|n| set.contains(*n)));
        assert!([2, 62, 65, -2, i64::MAX - 1, (1 << 27) + 1].iter().all(|n| !set.contains(*n)));
    }
}
