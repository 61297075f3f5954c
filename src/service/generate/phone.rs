//! Telephone numbers and the ways in which people write one. Dials none and compares none.

use super::random::Random;
use super::words::places::COUNTRIES;

/// A number, apart from how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// The place of its country.
    pub country: usize,
    /// The area code, or the beginning of a mobile number.
    pub area: &'static str,
    /// The seven digits after it.
    pub local: u64,
}

/// How many ways of writing there are; the first two are international, without a trunk prefix, and short.
pub const STYLES: usize = 6;

/// The numbers after an area code lie between these.
const FIRST: u64 = 2_000_000;
const COUNT: u64 = 8_000_000;

impl Phone {
    /// The number that belongs to a lead alone: no other lead's index gives the same seven digits.
    pub fn own(country: usize, area: &'static str, index: u64, offset: u64) -> Self {
        // the golden section of the count, which shares no divisor with it: indexes are only put into another order
        Self { country, area, local: FIRST + ((index % COUNT) * 4_944_271 + offset) % COUNT }
    }

    /// The number that many share.
    pub fn shared(country: usize, area: &'static str, switchboard: u64) -> Self {
        Self { country, area, local: FIRST + switchboard % COUNT }
    }

    /// The number as written in one of [`STYLES`] ways.
    pub fn written(&self, style: usize) -> String {
        let place = &COUNTRIES[self.country];
        let (dial, area, trunk) = (place.dial, self.area, place.trunk);
        let (a, b) = (self.local / 10_000, self.local % 10_000);
        let in_america = dial == "1";
        match style {
            0 => format!("+{dial} {area} {a}{b:04}"),
            1 => format!("+{dial}{area}{a}{b:04}"),
            2 if trunk.is_empty() => format!("+{dial}-{area}-{a}-{b:04}"),
            2 => format!("+{dial} ({trunk}){area} {a} {b:04}"),
            3 if in_america => format!("1-{area}-{a}-{b:04}"),
            3 => format!("00{dial} {area} {a} {b:04}"),
            4 if in_america => format!("({area}) {a}-{b:04}"),
            4 => format!("{trunk}{area} {a} {b:04}"),
            _ if in_america => format!("{area}.{a}.{b:04}"),
            _ => format!("{trunk}{area}/{a}{b:04}"),
        }
    }

    /// The number in the way of somebody of whom nothing is known.
    pub fn any_way(&self, random: &mut Random) -> String {
        self.written(random.below(STYLES))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn own_numbers_are_nobody_elses() {
        let seen: HashSet<u64> = (0..10_000).map(|i| Phone::own(0, "30", i * 777, 5).local).collect();
        assert_eq!(seen.len(), 10_000);
    }

    #[test]
    fn a_number_is_written_in_many_ways() {
        let phone = Phone { country: 0, area: "30", local: 2_345_678 };
        let ways: Vec<String> = (0..STYLES).map(|style| phone.written(style)).collect();
        assert_eq!(
            ways,
            ["+49 30 2345678", "+49302345678", "+49 (0)30 234 5678", "0049 30 234 5678", "030 234 5678", "030/2345678"]
        );
        assert_eq!(Phone { country: 1, area: "212", local: 2_345_678 }.written(4), "(212) 234-5678");
    }
}
