//! Numbers as people write them, kept as whole ten-thousandths. Knows no currencies.

use std::fmt;

use super::locale::Locale;

/// A number in ten-thousandths: 1.5 is 15,000.
pub type Decimal4 = i64;

/// Why a text is no number. Shown as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// Nothing was typed.
    Missing,
    /// The whole text, or the part of it that was not understood.
    Unknown(String),
    /// More than can be kept.
    TooLarge(String),
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("a number is missing"),
            Self::Unknown(text) => write!(f, "“{text}” is no number; write it as 40000, 1234.50 or 40k"),
            Self::TooLarge(text) => write!(f, "“{text}” is too large to be kept"),
        }
    }
}

/// What a suffix multiplies by, as a power of ten.
const SUFFIXES: &[(&str, u32)] =
    &[("k", 3), ("tsd", 3), ("m", 6), ("mio", 6), ("mln", 6), ("bn", 9), ("mrd", 9), ("tsd.", 3), ("mio.", 6), ("mrd.", 9)];

/// The most digits that are read.
const DIGITS: usize = 30;

/// Which decimal mark reads all numbers of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Only the point: 1,234.50.
    Point,
    /// Only the comma: 1.234,50.
    Comma,
    /// Either; the person's country decides.
    Both,
    /// Neither: some need the point, others the comma.
    Neither,
}

/// Reads a number to the nearest ten-thousandth. All of the text must be understood: a sign, digits grouped by point, comma,
/// blank or apostrophe, one decimal mark, and k, m, mio, bn. `decimal_comma` decides only where both readings are possible
/// (1.234); what can be read in one way only (1,234.50, 1.5) is.
pub fn parse_number(text: &str, decimal_comma: bool) -> Result<Decimal4, NumberError> {
    parse_scaled(text, decimal_comma, 4)
}

/// Like [`parse_number`], to the nearest unit of `10^-scale`; a scale of 5 is for degrees.
pub fn parse_scaled(text: &str, decimal_comma: bool, scale: u32) -> Result<i64, NumberError> {
    read(text, scale, |digits| {
        let mark = decimal_mark(digits, decimal_comma)?;
        split(digits, mark)
    })
}

/// Like [`parse_number`], but the decimal mark is known, as of a column of a file: 1,5 is no number where it is the point.
pub fn parse_marked(text: &str, decimal_comma: bool) -> Result<Decimal4, NumberError> {
    read(text, 4, |digits| split(digits, Some(mark_of(decimal_comma))))
}

/// Which decimal mark reads all `values`. What is no number with either is not asked; currencies around a number do not matter.
pub fn column_marks<'a>(values: impl IntoIterator<Item = &'a str>) -> Marks {
    let (mut point, mut comma) = (true, true);
    for value in values {
        let digits = core(value);
        let (p, c) = (split(digits, Some('.')).is_some(), split(digits, Some(',')).is_some());
        if p || c {
            point &= p;
            comma &= c;
        }
    }
    match (point, comma) {
        (true, true) => Marks::Both,
        (true, false) => Marks::Point,
        (false, true) => Marks::Comma,
        (false, false) => Marks::Neither,
    }
}

/// Whether the two decimal marks read two numbers out of `value`, as of 1.234.
pub fn is_ambiguous(value: &str) -> bool {
    let digits = core(value);
    match (split(digits, Some('.')), split(digits, Some(','))) {
        (Some(point), Some(comma)) => point != comma,
        _ => false,
    }
}

/// `value` (ten-thousandths) with its thousands grouped, rounded to `decimals` (at most 4) places.
pub fn show_number(value: Decimal4, locale: &Locale, decimals: usize) -> String {
    let decimals = decimals.min(4);
    let unit = 10u64.pow(4 - decimals as u32);
    let rounded = (value.unsigned_abs() + unit / 2) / unit;
    let whole = rounded / 10u64.pow(decimals as u32);
    let mut out = grouped(whole, value < 0 && rounded > 0, locale);
    if decimals > 0 {
        let fraction = rounded % 10u64.pow(decimals as u32);
        out.push(mark_of(locale.decimal_comma));
        out.push_str(&format!("{fraction:0decimals$}"));
    }
    out
}

/// A whole number with its thousands grouped.
pub fn show_count(count: i64, locale: &Locale) -> String {
    grouped(count.unsigned_abs(), count < 0, locale)
}

fn grouped(whole: u64, negative: bool, locale: &Locale) -> String {
    let digits = whole.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if negative {
        out.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark_of(!locale.decimal_comma));
        }
        out.push(digit);
    }
    out
}

fn mark_of(comma: bool) -> char {
    if comma { ',' } else { '.' }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn is_group_mark(c: char) -> bool {
    is_blank(c) || matches!(c, '\'' | '’')
}

/// From the first digit or mark to the last digit.
fn core(text: &str) -> &str {
    let start = text.find(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')).unwrap_or(text.len());
    text[start..].trim_end_matches(|c: char| !c.is_ascii_digit())
}

/// Takes sign and suffix off, lets `split` find whole and fraction, and puts the value together.
fn read(text: &str, scale: u32, split: impl Fn(&str) -> Option<(String, String)>) -> Result<i64, NumberError> {
    let typed = text.trim();
    let unknown = || NumberError::Unknown(typed.into());
    if typed.is_empty() {
        return Err(NumberError::Missing);
    }
    let (negative, rest) = match typed.chars().next() {
        Some('+') => (false, &typed[1..]),
        Some(c @ ('-' | '−')) => (true, &typed[c.len_utf8()..]),
        _ => (false, typed),
    };
    let end = rest.rfind(|c: char| c.is_ascii_digit()).ok_or_else(unknown)? + 1;
    let suffix = rest[end..].trim().to_lowercase();
    let power = match suffix.as_str() {
        "" => 0,
        other => SUFFIXES.iter().find(|(s, _)| *s == other).ok_or_else(unknown)?.1,
    };
    let (whole, fraction) = split(rest[..end].trim_start()).ok_or_else(unknown)?;
    let whole = whole.trim_start_matches('0');
    if whole.len() > DIGITS {
        return Err(NumberError::TooLarge(typed.into()));
    }
    value(whole, &fraction, (power + scale) as usize)
        .and_then(|v| i64::try_from(if negative { -v } else { v }).ok())
        .ok_or_else(|| NumberError::TooLarge(typed.into()))
}

/// `whole.fraction` times `10^places`, rounded to the nearest, halves away from zero.
fn value(whole: &str, fraction: &str, places: usize) -> Option<i128> {
    let mut value: i128 = 0;
    for digit in whole.bytes().chain((0..places).map(|i| fraction.as_bytes().get(i).copied().unwrap_or(b'0'))) {
        value = value.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
    }
    let up = fraction.as_bytes().get(places).is_some_and(|digit| *digit >= b'5');
    value.checked_add(i128::from(up))
}

/// Which mark is the decimal one in `digits`; none when all marks group thousands. The outer none: no reading at all.
fn decimal_mark(digits: &str, decimal_comma: bool) -> Option<Option<char>> {
    let points = digits.matches('.').count();
    let commas = digits.matches(',').count();
    Some(match (points, commas) {
        (0, 0) => None,
        (1, 0) | (0, 1) => {
            let mark = mark_of(commas == 1);
            let usual = mark == mark_of(decimal_comma);
            let both = split(digits, Some(mark)).is_some() && split(digits, Some(mark_of(mark == '.'))).is_some();
            if both && !usual { Some(mark_of(decimal_comma)) } else { Some(mark) }
        }
        (_, 0) => Some(','),
        (0, _) => Some('.'),
        _ if digits.rfind('.') > digits.rfind(',') => Some('.'),
        _ => Some(','),
    })
}

/// The digits before and after the decimal `mark`; none where the text does not follow it.
fn split(digits: &str, mark: Option<char>) -> Option<(String, String)> {
    let (whole, fraction) = match mark.and_then(|m| digits.split_once(m)) {
        Some((_, "")) => return None,
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let is_mark = |c: char| is_group_mark(c) || (matches!(c, '.' | ',') && Some(c) != mark);
    let Some(group) = whole.chars().find(|c| is_mark(*c)) else {
        return whole.bytes().all(|b| b.is_ascii_digit()).then(|| (whole.into(), fraction.into()));
    };
    let same = |c: char| c == group || (is_blank(c) && is_blank(group));
    let groups: Vec<&str> = whole.split(same).collect();
    let (first, rest) = groups.split_first()?;
    let (last, middle) = rest.split_last()?;
    // 12,34,567 is how India groups
    let width = if middle.iter().all(|g| g.len() == 2) && !middle.is_empty() { 2 } else { 3 };
    let fits = (1..=width).contains(&first.len())
        && !first.starts_with('0')
        && last.len() == 3
        && middle.iter().all(|g| g.len() == width)
        && groups.iter().all(|g| g.bytes().all(|b| b.is_ascii_digit()));
    fits.then(|| (groups.concat(), fraction.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_by_the_country_where_they_can_be_read_twice() {
        for (text, point, comma) in [
            ("40000", 40_000.0, 40_000.0),
            ("1.234", 1.234, 1234.0),
            ("1,234", 1234.0, 1.234),
            ("1.234,50", 1234.5, 1234.5),
            ("1,234.50", 1234.5, 1234.5),
            ("1.5", 1.5, 1.5),
            ("1,5", 1.5, 1.5),
            ("0,500", 0.5, 0.5),
            ("1234,567", 1234.567, 1234.567),
            ("1.234.567", 1_234_567.0, 1_234_567.0),
            ("1 234,5", 1234.5, 1234.5),
            ("1\u{a0}234\u{202f}567", 1_234_567.0, 1_234_567.0),
            ("1'234.50", 1234.5, 1234.5),
            ("12,34,567.5", 1_234_567.5, 1_234_567.5),
            ("-2.50", -2.5, -2.5),
            ("−2,5", -2.5, -2.5),
            ("+7", 7.0, 7.0),
            (".5", 0.5, 0.5),
            ("10k", 10_000.0, 10_000.0),
            ("1.5M", 1_500_000.0, 1_500_000.0),
            ("2 Mio", 2_000_000.0, 2_000_000.0),
            ("3 Mio.", 3_000_000.0, 3_000_000.0),
            ("1.00005", 1.0001, 1.0001),
            ("007", 7.0, 7.0),
        ] {
            assert_eq!(parse_number(text, false), Ok((point * 10_000.0_f64).round() as i64), "{text}");
            assert_eq!(parse_number(text, true), Ok((comma * 10_000.0_f64).round() as i64), "{text}");
        }
        assert_eq!(parse_scaled("52.123456", false, 5), Ok(5_212_346));
    }

    #[test]
    fn all_of_it_must_be_understood() {
        for text in [
            "",
            "x",
            "1x",
            "1.2.3",
            "1,23,4",
            "1,2345,678",
            "1.",
            "k",
            "1 2",
            "--1",
            "1.234,56.7",
            "1,234'567",
            "1e5",
            "٣",
            "12,34,56",
        ] {
            assert!(parse_number(text, false).is_err(), "{text}");
        }
        assert!(matches!(parse_number("9999999999999999", false), Err(NumberError::TooLarge(_))));
        assert!(matches!(parse_number("999999999999 bn", false), Err(NumberError::TooLarge(_))));
        assert!(matches!(parse_number(&"9".repeat(500), false), Err(NumberError::TooLarge(_))));
        assert_eq!(
            parse_number("12 apples", false).map_err(|e| e.to_string()).unwrap_err().split(';').next(),
            Some("“12 apples” is no number")
        );
    }

    #[test]
    fn a_column_decides_by_all_its_values() {
        assert_eq!(column_marks(["1.234", "5,00", "n/a", ""]), Marks::Comma);
        assert_eq!(column_marks(["1,234", "€ 5.00", "12"]), Marks::Point);
        assert_eq!(column_marks(["1.234", "400"]), Marks::Both);
        assert_eq!(column_marks(["1.50", "1,50"]), Marks::Neither);
        assert_eq!(parse_marked("1.234", true), Ok(12_340_000));
        assert!(parse_marked("1.5", true).is_err());
        assert!(is_ambiguous("1.234 EUR"));
        assert!(!is_ambiguous("1.50"));
    }

    #[test]
    fn numbers_are_shown_by_the_country() {
        let (us, de) = (Locale::of("US"), Locale::of("DE"));
        assert_eq!(show_number(12_345_678_905_000, &us, 2), "1,234,567,890.50");
        assert_eq!(show_number(12_345_000, &de, 2), "1.234,50");
        assert_eq!(show_number(-4_000, &us, 0), "0");
        assert_eq!(show_number(-15_000, &us, 0), "-2");
        assert_eq!(show_count(1_284, &us), "1,284");
        assert_eq!(show_count(i64::MIN, &us), "-9,223,372,036,854,775,808");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read(value in any::<i64>(), comma in any::<bool>()) {
            let locale = Locale { decimal_comma: comma, ..Locale::of("US") };
            prop_assert_eq!(parse_number(&show_number(value, &locale, 4), comma), Ok(value));
            prop_assert_eq!(parse_marked(&show_number(value, &locale, 4), comma), Ok(value));
        }

        #[test]
        fn any_text_is_safe(text in any::<String>(), near in "[-+0-9., 'kmio]{0,14}", comma in any::<bool>()) {
            for text in [text, near] {
                let _ = (parse_number(&text, comma), parse_marked(&text, comma), is_ambiguous(&text));
                let _ = column_marks([text.as_str()]);
            }
        }
    }
}
