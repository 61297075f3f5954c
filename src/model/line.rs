//! A product line of an opportunity: how many of a product, and at what price. Source: the opportunity product. Knows no product.

use super::locale::Locale;
use super::money;
use super::number::{parse_number, show_number};

/// How a quantity and a price are written behind each other in the log.
const TIMES: &str = " x ";

/// One in ten-thousandths.
const ONE: i64 = 10_000;

/// What is sold of one product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// How many, in ten-thousandths.
    pub quantity: i64,
    /// The price of one, in ten-thousandths of the opportunity's currency.
    pub price: i64,
}

impl Line {
    /// Quantity times price, in ten-thousandths of the currency, the half rounded up; `None` where it is beyond all money.
    pub fn amount(self) -> Option<i64> {
        let exact = i128::from(self.quantity) * i128::from(self.price);
        let rounded = (exact + i128::from(ONE / 2)).div_euclid(i128::from(ONE));
        i64::try_from(rounded).ok()
    }

    /// How many at which price, as people read it: `3 × 1,200.00`.
    pub fn terms(self, locale: &Locale) -> String {
        format!("{} × {}", show_number(self.quantity, locale, 0), show_number(self.price, locale, 2))
    }

    /// What people read: `3 × 1,200.00 = 3,600.00`.
    pub fn show(self, locale: &Locale) -> String {
        let amount = self.amount().map_or_else(String::new, |amount| format!(" = {}", show_number(amount, locale, 2)));
        format!("{}{amount}", self.terms(locale))
    }

    /// How the log keeps it: `3.00 x 1200.00`.
    pub fn log(self) -> String {
        format!("{}{TIMES}{}", money::decimal(self.quantity), money::decimal(self.price))
    }

    /// What the log keeps; `None` for anything else.
    pub fn of_log(text: &str) -> Option<Self> {
        let (quantity, price) = text.split_once(TIMES)?;
        let number = |text| parse_number(text, false).ok();
        Some(Self { quantity: number(quantity)?, price: number(price)? })
    }

    /// The sum of some lines, in ten-thousandths of the currency; `None` where it is beyond all money.
    pub fn sum(lines: impl IntoIterator<Item = Self>) -> Option<i64> {
        lines.into_iter().try_fold(0i64, |sum, line| sum.checked_add(line.amount()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_rounded_once_and_never_wraps() {
        let line = |quantity, price| Line { quantity, price };
        assert_eq!(line(30_000, 12_000_000).amount(), Some(36_000_000), "3 x 1,200.00");
        assert_eq!(line(15_000, 1).amount(), Some(2), "half of the last place goes up");
        assert_eq!(line(i64::MAX, i64::MAX).amount(), None);
        assert_eq!(Line::sum([line(10_000, 5), line(20_000, 7)]), Some(19));
        assert_eq!(Line::sum([line(10_000, i64::MAX), line(10_000, 1)]), None);
    }

    #[test]
    fn the_log_gives_back_what_it_was_given() {
        let line = Line { quantity: 25_000, price: 11_999_900 };
        assert_eq!(Line::of_log(&line.log()), Some(line));
        assert_eq!(Line::of_log("three"), None);
    }
}
