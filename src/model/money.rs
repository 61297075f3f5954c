//! Amounts of money: whole ten-thousandths of a currency and its ISO 4217 code. Never adds or converts.

use super::locale::Locale;
use super::number::{Decimal4, NumberError, parse_marked, parse_number, show_number};

/// An amount as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// Ten-thousandths of the currency.
    pub amount: Decimal4,
    /// The ISO 4217 code, where one was written.
    pub currency: Option<&'static str>,
}

/// The active codes of ISO 4217 that people trade in.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
    CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS \
    INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR \
    MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS \
    SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// Currencies without a smaller unit.
const WHOLE: &[&str] =
    &["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];

/// Currencies of a thousand smaller units.
const THOUSANDTHS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Currencies that call themselves dollar.
const DOLLARS: &[&str] = &[
    "USD", "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "FJD", "GYD", "HKD", "JMD", "KYD", "LRD", "NAD", "NZD", "SBD", "SGD",
    "SRD", "TTD", "TWD", "XCD", "MXN", "ARS", "CLP", "COP",
];

/// Signs that mean one currency; longer ones first. `$`, `¥` and `kr` depend on the country.
const SIGNS: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("AU$", "AUD"),
    ("CA$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("MX$", "MXN"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("₪", "ILS"),
    ("₫", "VND"),
    ("฿", "THB"),
    ("₦", "NGN"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("Fr.", "CHF"),
    ("SFr.", "CHF"),
];

impl Money {
    /// Reads an amount with or without a currency before or after it: `40,000.00 EUR`, `€ 40k`, `-$5`, `40000`.
    pub fn parse(text: &str, locale: &Locale) -> Result<Self, NumberError> {
        Self::read(text, locale, |number| parse_number(number, locale.decimal_comma))
    }

    /// Like [`Money::parse`] where the decimal mark is known, as of a column of a file.
    pub fn parse_marked(text: &str, locale: &Locale, decimal_comma: bool) -> Result<Self, NumberError> {
        Self::read(text, locale, |number| parse_marked(number, decimal_comma))
    }

    fn read(text: &str, locale: &Locale, number: impl Fn(&str) -> Result<Decimal4, NumberError>) -> Result<Self, NumberError> {
        let typed = text.trim();
        let (sign, rest) = match typed.chars().next() {
            Some(c @ ('-' | '+' | '−')) => (&typed[..c.len_utf8()], typed[c.len_utf8()..].trim_start()),
            _ => ("", typed),
        };
        let (before, rest) = leading(rest, locale);
        let (after, rest) = trailing(rest, locale);
        let unknown = || NumberError::Unknown(typed.into());
        if let (Some(a), Some(b)) = (before, after)
            && a != b
        {
            return Err(unknown());
        }
        let amount = number(&format!("{sign}{rest}")).map_err(|error| match error {
            NumberError::Unknown(_) => unknown(),
            NumberError::TooLarge(_) => NumberError::TooLarge(typed.into()),
            NumberError::Missing if typed.is_empty() => NumberError::Missing,
            NumberError::Missing => unknown(),
        })?;
        Ok(Self { amount, currency: before.or(after) })
    }
}

/// An amount for people: `40,000.00 EUR`, with as many decimals as the currency has, and more only where the amount has them.
pub fn show(amount: Decimal4, currency: &str, locale: &Locale) -> String {
    let number = show_number(amount, locale, decimals(amount, exponent(currency)));
    if currency.is_empty() { number } else { format!("{number} {currency}") }
}

/// An amount for machines: a point, no grouping, two to four decimals.
pub fn decimal(amount: Decimal4) -> String {
    let places = decimals(amount, 2);
    let sign = if amount < 0 { "-" } else { "" };
    let (whole, rest) = (amount.unsigned_abs() / 10_000, amount.unsigned_abs() % 10_000);
    format!("{sign}{whole}.{:0places$}", rest / 10u64.pow(4 - places as u32))
}

/// Whether `code` is a currency of ISO 4217, in any case.
pub fn known_currency(code: &str) -> bool {
    code_of(code).is_some()
}

/// The currency that a code in any case or a sign means; `$`, `¥` and `kr` are the country's where it has such.
pub fn currency_of(text: &str, locale: &Locale) -> Option<&'static str> {
    let text = text.trim();
    code_of(text).or_else(|| sign_of(text, locale))
}

/// How many decimals the currency has.
pub fn exponent(currency: &str) -> usize {
    if WHOLE.contains(&currency) {
        0
    } else if THOUSANDTHS.contains(&currency) {
        3
    } else if currency == "CLF" {
        4
    } else {
        2
    }
}

/// `least`, or more when the amount needs them.
fn decimals(amount: Decimal4, least: usize) -> usize {
    let needed = (0..4).find(|places| amount % 10i64.pow(4 - *places as u32) == 0).unwrap_or(4);
    needed.max(least)
}

fn code_of(code: &str) -> Option<&'static str> {
    if code.len() != 3 { None } else { CODES.split_ascii_whitespace().find(|known| known.eq_ignore_ascii_case(code)) }
}

fn sign_of(sign: &str, locale: &Locale) -> Option<&'static str> {
    let own = code_of(&locale.currency);
    let usual = |family: &[&str], other| own.filter(|code| family.contains(code)).or(other);
    match sign {
        "$" => usual(DOLLARS, Some("USD")),
        "¥" | "￥" => usual(&["CNY"], Some("JPY")),
        "kr" | "kr." | "Kr" | "Kr." => usual(&["SEK", "NOK", "DKK", "ISK"], None),
        _ => SIGNS.iter().find(|(known, _)| *known == sign).and_then(|(_, code)| code_of(code)),
    }
}

/// All signs, longer ones first.
fn signs() -> impl Iterator<Item = &'static str> {
    ["kr.", "Kr.", "SFr."].into_iter().chain(SIGNS.iter().map(|(sign, _)| *sign)).chain(["$", "¥", "￥", "kr", "Kr"])
}

fn leading<'a>(text: &'a str, locale: &Locale) -> (Option<&'static str>, &'a str) {
    if let Some(code) = text.get(..3).and_then(code_of) {
        return (Some(code), text[3..].trim_start());
    }
    let sign = signs().find(|sign| text.starts_with(sign));
    match sign.and_then(|sign| Some((sign_of(sign, locale)?, &text[sign.len()..]))) {
        Some((code, rest)) => (Some(code), rest.trim_start()),
        None => (None, text),
    }
}

fn trailing<'a>(text: &'a str, locale: &Locale) -> (Option<&'static str>, &'a str) {
    let start = text.len().saturating_sub(3);
    if let Some(code) = text.get(start..).and_then(code_of) {
        return (Some(code), text[..start].trim_end());
    }
    let sign = signs().find(|sign| text.ends_with(sign));
    match sign.and_then(|sign| Some((sign_of(sign, locale)?, &text[..text.len() - sign.len()]))) {
        Some((code, rest)) => (Some(code), rest.trim_end()),
        None => (None, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_with_their_currency() {
        let de = Locale::of("DE");
        for (text, amount, currency) in [
            ("40,000.00 EUR", 40_000.0, Some("EUR")),
            ("€ 40k", 40_000.0, Some("EUR")),
            ("40k€", 40_000.0, Some("EUR")),
            ("40kEUR", 40_000.0, Some("EUR")),
            ("40000", 40_000.0, None),
            ("eur 1.234,50", 1234.5, Some("EUR")),
            ("-$5", -5.0, Some("USD")),
            ("$ -5", -5.0, Some("USD")),
            ("1.5 Mio €", 1_500_000.0, Some("EUR")),
            ("A$ 10", 10.0, Some("AUD")),
            ("US$10 USD", 10.0, Some("USD")),
            ("1.234", 1234.0, None),
            ("Fr. 20", 20.0, Some("CHF")),
        ] {
            let read = Money::parse(text, &de);
            assert_eq!(read, Ok(Money { amount: (amount * 10_000.0_f64) as i64, currency }), "{text}");
        }
        for wrong in ["", "EUR", "€", "40 XYZ", "40 dollars", "$ 40 EUR", "40 kr"] {
            assert!(Money::parse(wrong, &de).is_err(), "{wrong}");
        }
    }

    #[test]
    fn shared_signs_are_the_countrys() {
        let code = |text, country| Money::parse(text, &Locale::of(country)).map(|m| m.currency);
        assert_eq!(code("$5", "CA"), Ok(Some("CAD")));
        assert_eq!(code("$5", "DE"), Ok(Some("USD")));
        assert_eq!(code("¥5", "CN"), Ok(Some("CNY")));
        assert_eq!(code("¥5", "US"), Ok(Some("JPY")));
        assert_eq!(code("5 kr", "SE"), Ok(Some("SEK")));
        assert_eq!(currency_of(" eur ", &Locale::default()), Some("EUR"));
    }

    #[test]
    fn amounts_are_shown_by_country_and_currency() {
        let (us, de) = (Locale::of("US"), Locale::of("DE"));
        assert_eq!(show(400_000_000, "EUR", &us), "40,000.00 EUR");
        assert_eq!(show(400_000_000, "EUR", &de), "40.000,00 EUR");
        assert_eq!(show(400_000_000, "JPY", &us), "40,000 JPY");
        assert_eq!(show(12_340, "KWD", &us), "1.234 KWD");
        assert_eq!(show(12_345, "EUR", &us), "1.2345 EUR");
        assert_eq!(show(5_000, "JPY", &us), "0.5 JPY");
        assert_eq!(show(0, "", &us), "0.00");
    }

    #[test]
    fn machines_get_a_point() {
        for (amount, text) in
            [(400_000_000, "40000.00"), (12_340, "1.234"), (-5, "-0.0005"), (i64::MIN, "-922337203685477.5808"), (0, "0.00")]
        {
            assert_eq!(decimal(amount), text);
        }
    }

    #[test]
    fn codes_are_known() {
        assert!(known_currency("EUR") && known_currency("usd") && known_currency("BGN"));
        assert!(!known_currency("XYZ") && !known_currency("EURO") && !known_currency(""));
        assert!(WHOLE.iter().chain(THOUSANDTHS).chain(DOLLARS).all(|code| known_currency(code)));
        assert!(SIGNS.iter().all(|(_, code)| known_currency(code)));
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read(amount in any::<i64>(), country in "(US|DE|JP|SE|CH)", index in 0usize..150) {
            let locale = Locale::of(&country);
            let currency = CODES.split_ascii_whitespace().nth(index).expect("a code");
            let read = Money::parse(&show(amount, currency, &locale), &locale);
            prop_assert_eq!(read, Ok(Money { amount, currency: Some(currency) }));
            prop_assert_eq!(parse_number(&decimal(amount), false), Ok(amount));
        }

        #[test]
        fn any_text_is_safe(text in any::<String>(), near in "[-+€$krEUR0-9., ]{0,12}") {
            for text in [text, near] {
                let _ = (Money::parse(&text, &Locale::of("DE")), currency_of(&text, &Locale::of("SE")));
            }
        }
    }
}
