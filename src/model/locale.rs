//! How a person writes numbers and dates, by country. Decides nothing about a single value.

/// The habits of the person at the keyboard, from config or the country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locale {
    /// ISO 3166 code in capitals, as `DE`.
    pub country: String,
    /// ISO 4217 code that new leads get, as `EUR`.
    pub currency: String,
    /// Whether 3/4 is the third of April.
    pub day_first: bool,
    /// Whether 1.234,50 is how money is written.
    pub decimal_comma: bool,
}

impl Default for Locale {
    fn default() -> Self {
        Self::of("US")
    }
}

/// Countries that write the month first.
const MONTH_FIRST: &[&str] = &["US", "PH", "FM", "PW", "MH"];

/// Countries that write the decimal mark as a point.
const DECIMAL_POINT: &[&str] = &[
    "US", "GB", "IE", "AU", "NZ", "CA", "IN", "PK", "BD", "LK", "CN", "TW", "HK", "JP", "KR", "KP", "SG", "MY", "TH", "PH", "MX",
    "GT", "HN", "NI", "SV", "PA", "DO", "PR", "IL", "AE", "SA", "EG", "JO", "KW", "QA", "BH", "OM", "NG", "GH", "KE", "UG", "TZ",
    "ZW", "BW", "MT", "CH", "LI",
];

/// Countries of the euro.
const EURO: &[&str] = &[
    "AT", "BE", "BG", "HR", "CY", "EE", "FI", "FR", "DE", "GR", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PT", "SK", "SI", "ES",
];

/// Currencies of countries outside the euro that differ from the dollar.
const CURRENCY: &[(&str, &str)] = &[
    ("GB", "GBP"),
    ("CH", "CHF"),
    ("LI", "CHF"),
    ("SE", "SEK"),
    ("NO", "NOK"),
    ("DK", "DKK"),
    ("PL", "PLN"),
    ("CZ", "CZK"),
    ("HU", "HUF"),
    ("RO", "RON"),
    ("TR", "TRY"),
    ("RU", "RUB"),
    ("UA", "UAH"),
    ("JP", "JPY"),
    ("CN", "CNY"),
    ("KR", "KRW"),
    ("IN", "INR"),
    ("AU", "AUD"),
    ("NZ", "NZD"),
    ("CA", "CAD"),
    ("MX", "MXN"),
    ("BR", "BRL"),
    ("ZA", "ZAR"),
    ("IL", "ILS"),
    ("AE", "AED"),
    ("SA", "SAR"),
    ("EG", "EGP"),
    ("SG", "SGD"),
    ("HK", "HKD"),
    ("TW", "TWD"),
    ("TH", "THB"),
    ("MY", "MYR"),
    ("PH", "PHP"),
    ("ID", "IDR"),
    ("VN", "VND"),
    ("AR", "ARS"),
    ("CL", "CLP"),
    ("CO", "COP"),
    ("NG", "NGN"),
    ("KE", "KES"),
];

impl Locale {
    /// One for each of the habits by which a text is read in several ways: what all of these read alike, everybody does.
    pub fn habits() -> [Self; 4] {
        ["US", "DE", "CA", "CN"].map(Self::of)
    }

    /// What is usual in `country` (ISO 3166, any case); an unknown one writes day first, comma and dollars.
    pub fn of(country: &str) -> Self {
        let country = country.to_ascii_uppercase();
        let code = country.as_str();
        let currency = if EURO.contains(&code) {
            "EUR"
        } else {
            CURRENCY.iter().find(|(c, _)| *c == code).map_or("USD", |(_, currency)| currency)
        };
        Self {
            currency: currency.into(),
            day_first: !MONTH_FIRST.contains(&code),
            decimal_comma: !DECIMAL_POINT.contains(&code),
            country,
        }
    }
}
