//! What a cell of a report says: counts, amounts by currency, shares, times; exact, and how each is written for people and programs.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::model::locale::Locale;
use crate::model::money;
use crate::model::number::{show_count, show_number};

/// Amounts in ten-thousandths, one a currency; never added across them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amounts(BTreeMap<String, i128>);

impl Amounts {
    /// Adds an amount of a currency.
    pub fn add(&mut self, currency: &str, amount: impl Into<i128>) {
        match self.0.get_mut(currency) {
            Some(sum) => *sum += amount.into(),
            None => {
                self.0.insert(currency.to_owned(), amount.into());
            }
        }
    }

    /// Adds all of others.
    pub fn add_all(&mut self, other: &Self) {
        for (currency, amount) in &other.0 {
            self.add(currency, *amount);
        }
    }

    /// What there is of a currency.
    pub fn of(&self, currency: &str) -> i128 {
        self.0.get(currency).copied().unwrap_or_default()
    }

    /// Each currency with its amount, by code.
    pub fn each(&self) -> impl Iterator<Item = (&str, i128)> {
        self.0.iter().map(|(currency, amount)| (currency.as_str(), *amount))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each amount divided by a number of records, to the nearest ten-thousandth.
    pub fn divided(&self, by: i64) -> Self {
        let by = i128::from(by.max(1));
        Self(self.0.iter().map(|(currency, amount)| (currency.clone(), nearest(*amount, by))).collect())
    }

    /// What is gained over what was spent, as a part of that, of the currencies in which something was spent: in ten-thousandths.
    pub fn gain_over(&self, spent: &Self) -> Vec<(String, i64)> {
        let rate = |(currency, spent): (&str, i128)| {
            let gain = (self.of(currency) - spent) * 10_000;
            (spent > 0).then(|| (currency.to_owned(), saturated(nearest(gain, spent))))
        };
        spent.each().filter_map(rate).collect()
    }
}

/// A quotient to the nearest whole number, halves away from zero.
pub fn nearest(number: i128, by: i128) -> i128 {
    let half = if (number < 0) == (by < 0) { by / 2 } else { -(by / 2) };
    (number + half) / by
}

fn saturated(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

/// What a cell says.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Figure {
    /// Nothing: there is nothing that it could be computed of.
    #[default]
    None,
    /// What a row is called, and the word by which programs know it; none where the row is of records without one.
    Name {
        /// For people.
        label: String,
        /// For programs.
        slug: Option<String>,
    },
    /// A number of records.
    Count(i64),
    /// Amounts.
    Money(Amounts),
    /// So many of so many; of more than none.
    Share {
        /// The part.
        part: i64,
        /// The whole.
        of: i64,
    },
    /// A time, in µs.
    Time(i64),
    /// A part of a whole, one a currency, in ten-thousandths.
    Rates(Vec<(String, i64)>),
}

/// A day and an hour, in µs.
const DAY: i64 = 86_400_000_000;
const HOUR: i64 = 3_600_000_000;

impl Figure {
    /// A part of a whole; nothing where the whole is none.
    pub const fn share(part: i64, of: i64) -> Self {
        if of == 0 { Self::None } else { Self::Share { part, of } }
    }

    /// The middle of some times: of an even number of them, halfway between the two in the middle.
    pub fn median(times: &mut [i64]) -> Self {
        let half = times.len() / 2;
        if times.is_empty() {
            return Self::None;
        }
        let (below, middle, _) = times.select_nth_unstable(half);
        let middle = i128::from(*middle);
        if times_are_odd(below.len(), half, times.len()) {
            return Self::Time(saturated(middle));
        }
        let low = times[..half].iter().copied().max().map_or(middle, i128::from);
        Self::Time(saturated(nearest(low + middle, 2)))
    }

    /// The mean of so many times that come to a sum.
    pub fn mean(sum: i128, count: i64) -> Self {
        if count == 0 { Self::None } else { Self::Time(saturated(nearest(sum, count.into()))) }
    }

    /// What decides the order of a column and the length of a bar; of amounts the greatest.
    pub fn weight(&self) -> f64 {
        match self {
            Self::None | Self::Name { .. } => 0.0,
            Self::Count(n) | Self::Time(n) => *n as f64,
            Self::Money(amounts) => amounts.each().map(|(_, amount)| amount as f64 / 10_000.0).fold(0.0, f64::max),
            Self::Share { part, of } => *part as f64 / *of as f64,
            Self::Rates(rates) => rates.iter().map(|(_, rate)| *rate as f64 / 10_000.0).fold(0.0, f64::max),
        }
    }

    /// For people; times in hours where `hours` says so.
    pub fn show(&self, locale: &Locale, hours: bool) -> String {
        match self {
            Self::None => String::new(),
            Self::Name { label, .. } => label.clone(),
            Self::Count(n) => show_count(*n, locale),
            Self::Money(amounts) => added(amounts.each().map(|(currency, amount)| shown(amount, currency, locale))),
            Self::Share { .. } => format!("{} %", show_number(rounded(self.ratio(), 3), locale, 1)),
            Self::Time(time) => show_number(tenths(*time, hours), locale, 1),
            Self::Rates(rates) => {
                let one = |(currency, rate): &(String, i64)| {
                    format!("{} % {currency}", show_number(rounded(rate.saturating_mul(100), 4), locale, 0))
                };
                added(rates.iter().map(one))
            }
        }
    }

    /// How it differs from what it was before: `+12`, `-3.2`; empty where nothing can be said.
    pub fn change(&self, before: &Self, locale: &Locale, hours: bool) -> String {
        let signed = |n: i64, text: String| if n > 0 { format!("+{text}") } else { text };
        match (self, before) {
            (Self::Count(now), Self::Count(then)) => signed(now - then, show_count(now - then, locale)),
            (Self::Money(now), Self::Money(then)) => {
                let mut change = now.clone();
                for (currency, amount) in then.each() {
                    change.add(currency, -amount);
                }
                added(change.each().map(|(currency, amount)| signed(saturated(amount), shown(amount, currency, locale))))
            }
            (Self::Share { .. }, Self::Share { .. }) => {
                let points = rounded(self.ratio(), 3) - rounded(before.ratio(), 3);
                format!("{} pt", signed(points, show_number(points, locale, 1)))
            }
            (Self::Time(now), Self::Time(then)) => {
                let change = tenths(*now, hours) - tenths(*then, hours);
                signed(change, show_number(change, locale, 1))
            }
            _ => String::new(),
        }
    }

    /// A share in hundredths of a percent of a percent: a million is the whole.
    fn ratio(&self) -> i64 {
        match self {
            Self::Share { part, of } => saturated(nearest(i128::from(*part) * 1_000_000, (*of).max(1).into())),
            _ => 0,
        }
    }

    /// For programs: amounts an object by currency, shares from 0 to 1, times in days or hours; nothing is null.
    pub fn json(&self, hours: bool) -> Json {
        match self {
            Self::None => Json::Null,
            Self::Name { slug, .. } => json!(slug),
            Self::Count(n) => json!(n),
            Self::Money(amounts) => {
                let each =
                    amounts.each().map(|(currency, amount)| (currency.to_owned(), json!(money::decimal(saturated(amount)))));
                Json::Object(each.collect::<Map<_, _>>())
            }
            Self::Share { .. } => json!(self.ratio() as f64 / 1_000_000.0),
            Self::Time(time) => json!(hundredths(*time, hours) as f64 / 100.0),
            Self::Rates(rates) => {
                let each = rates.iter().map(|(currency, rate)| (currency.clone(), json!(*rate as f64 / 10_000.0)));
                Json::Object(each.collect::<Map<_, _>>())
            }
        }
    }

    /// For the cell of a file: as in JSON, amounts with their currencies side by side, names as people read them.
    pub fn cell(&self, hours: bool) -> String {
        let several = |each: Vec<String>| each.join("; ");
        match self {
            Self::None => String::new(),
            Self::Name { label, .. } => label.clone(),
            Self::Money(amounts) => {
                several(amounts.each().map(|(currency, n)| format!("{} {currency}", money::decimal(saturated(n)))).collect())
            }
            Self::Rates(rates) => {
                several(rates.iter().map(|(currency, rate)| format!("{} {currency}", *rate as f64 / 10_000.0)).collect())
            }
            other => other.json(hours).to_string(),
        }
    }
}

/// Amounts of several currencies side by side, each behind the sign that it has.
fn added(each: impl Iterator<Item = String>) -> String {
    let mut all = String::new();
    for part in each {
        match (all.is_empty(), part.strip_prefix('-')) {
            (true, _) => all.push_str(&part),
            (false, Some(less)) => all.push_str(&format!(" - {less}")),
            (false, None) => all.push_str(&format!(" + {}", part.trim_start_matches('+'))),
        }
    }
    all
}

/// An amount for people, to the smallest unit of its currency: a mean has no end.
fn shown(amount: i128, currency: &str, locale: &Locale) -> String {
    let unit = 10_i128.pow(4 - money::exponent(currency).min(4) as u32);
    money::show(saturated(nearest(amount, unit) * unit), currency, locale)
}

/// Whether the middle is one and not between two.
const fn times_are_odd(below: usize, half: usize, all: usize) -> bool {
    below == half && all % 2 == 1
}

/// A number of ten-thousandths without its last `digits` places: what is shown is rounded and not cut.
const fn rounded(number: i64, digits: u32) -> i64 {
    let unit = 10_i64.pow(digits);
    let half = if number < 0 { -(unit / 2) } else { unit / 2 };
    (number.saturating_add(half)) / unit * unit
}

/// A time in ten-thousandths of its unit, rounded to tenths.
fn tenths(time: i64, hours: bool) -> i64 {
    let unit = if hours { HOUR } else { DAY };
    saturated(nearest(i128::from(time) * 10, unit.into())).saturating_mul(1_000)
}

/// A time in hundredths of its unit.
fn hundredths(time: i64, hours: bool) -> i64 {
    let unit = if hours { HOUR } else { DAY };
    saturated(nearest(i128::from(time) * 100, unit.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn amounts(all: &[(&str, i64)]) -> Amounts {
        let mut found = Amounts::default();
        all.iter().for_each(|(currency, amount)| found.add(currency, *amount));
        found
    }

    #[test]
    fn figures_are_written_for_people_and_for_programs() {
        let us = Locale::of("US");
        let money = Figure::Money(amounts(&[("USD", 12_345_600), ("EUR", 400_000_000)]));
        assert_eq!(money.show(&us, false), "40,000.00 EUR + 1,234.56 USD");
        assert_eq!(money.json(false), json!({"EUR": "40000.00", "USD": "1234.56"}));
        assert_eq!(money.cell(false), "40000.00 EUR; 1234.56 USD");
        let share = Figure::share(2, 3);
        assert_eq!((share.show(&us, false), share.json(false)), ("66.7 %".into(), json!(0.666667)));
        assert_eq!(Figure::share(0, 0), Figure::None);
        let time = Figure::Time(36 * HOUR);
        assert_eq!((time.show(&us, false), time.show(&us, true)), ("1.5".into(), "36.0".into()));
        assert_eq!((time.json(false), time.cell(true)), (json!(1.5), "36.0".into()));
        assert_eq!(Figure::Count(1_284).show(&us, false), "1,284");
        let rates = Figure::Rates(amounts(&[("EUR", 30)]).gain_over(&amounts(&[("EUR", 20)])));
        assert_eq!((rates.show(&us, false), rates.json(false)), ("50 % EUR".into(), json!({"EUR": 0.5})));
    }

    #[test]
    fn changes_carry_their_sign() {
        let us = Locale::of("US");
        let change = |now: Figure, then: Figure| now.change(&then, &us, false);
        assert_eq!(change(Figure::Count(20), Figure::Count(8)), "+12");
        assert_eq!(change(Figure::Count(8), Figure::Count(20)), "-12");
        assert_eq!(change(Figure::Count(8), Figure::Count(8)), "0");
        assert_eq!(change(Figure::share(1, 2), Figure::share(1, 4)), "+25.0 pt");
        assert_eq!(change(Figure::Time(DAY), Figure::Time(3 * DAY)), "-2.0");
        let (now, then) = (amounts(&[("EUR", 30_000)]), amounts(&[("EUR", 10_000), ("USD", 20_000)]));
        assert_eq!(change(Figure::Money(now), Figure::Money(then)), "+2.00 EUR - 2.00 USD");
        let both = amounts(&[("EUR", -10_000), ("USD", -20_000)]);
        assert_eq!(Figure::Money(both.clone()).show(&us, false), "-1.00 EUR - 2.00 USD");
        assert_eq!(change(Figure::Money(amounts(&[])), Figure::Money(both)), "+1.00 EUR + 2.00 USD");
        assert_eq!(change(Figure::Count(1), Figure::None), "");
    }

    proptest! {
        #[test]
        fn the_median_is_in_the_middle(mut times in proptest::collection::vec(-1_000_000i64..1_000_000, 1..40)) {
            let found = Figure::median(&mut times.clone());
            times.sort_unstable();
            let half = times.len() / 2;
            let middle = if times.len() % 2 == 1 { times[half] } else {
                nearest(i128::from(times[half - 1]) + i128::from(times[half]), 2) as i64
            };
            prop_assert_eq!(found, Figure::Time(middle));
        }

        #[test]
        fn quotients_are_rounded_to_the_nearest(number in -1_000_000i64..1_000_000, by in 1i64..1_000) {
            let exact = number as f64 / by as f64;
            prop_assert!((nearest(number.into(), by.into()) as f64 - exact).abs() <= 0.5 + 1e-9);
        }
    }
}
