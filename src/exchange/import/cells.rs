//! One cell as the value of one field, by the kind of the field and the habits of the column. Keeps nothing of the row.

use std::collections::HashMap;

use super::columns::ColumnPlan;
use super::foreign::{foreign, is_owner_id};
use super::plan::Options;
use super::recognise::normal;
use super::status::yes_or_no;
use crate::model::catalog::Catalog;
use crate::model::choice::Set;
use crate::model::dates::{DateError, DateStyle, Stamp, parse_styled};
use crate::model::field::{Field, Kind};
use crate::model::money::{Money, currency_of};
use crate::model::number::{NumberError, parse_marked, parse_scaled};
use crate::model::value::Value;
use crate::model::{email, fold::fold};

/// What a cell is for a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A value of the field.
    Value(Value),
    /// A value, but not all that the cell says: the cell is kept besides.
    Part(Value),
    /// An amount with the currency it was written with.
    Amount(i64, &'static str),
    /// A label that the field's set has not yet.
    NewChoice(Set, String),
    /// The name of a record, to be looked up.
    Reference,
    /// A name that nobody has yet.
    NewOwner(String),
    /// No value; the sentence says why.
    Bad(String),
    /// No value for a reason that whole columns share.
    Common(&'static str),
}

/// How a column's cells are read.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// The order of its dates.
    pub style: DateStyle,
    /// Whether the comma is its decimal mark.
    pub comma: bool,
}

impl Habits {
    /// Those that the first pass found.
    pub fn of(column: &ColumnPlan, options: &Options) -> Self {
        Self {
            style: column.dates.map_or(DateStyle::Iso, |d| d.style),
            comma: column.marks.map_or(options.locale.decimal_comma, |m| m.comma),
        }
    }

    /// Those of a person who types a value for all rows.
    pub fn typed(options: &Options) -> Self {
        let day_first = options.day_first.unwrap_or(options.locale.day_first);
        Self {
            style: if day_first { DateStyle::DayFirst } else { DateStyle::MonthFirst },
            comma: options.decimal_comma.unwrap_or(options.locale.decimal_comma),
        }
    }
}

/// What a choice or an owner was found to be, so that a column of a million rows asks once for each word.
pub type Memory = HashMap<String, Cell>;

/// More different words than this are asked for again.
const REMEMBERED: usize = 10_000;

/// Reads a cell that is not blank.
pub fn read(cell: &str, field: &Field, habits: Habits, options: &Options, catalog: &Catalog, memory: &mut Memory) -> Cell {
    let text = cell.trim();
    match field.kind {
        Kind::Choice(_) | Kind::Owner => {
            if let Some(known) = memory.get(text) {
                return known.clone();
            }
            let found = match field.kind {
                Kind::Choice(set) => choice(text, set, catalog),
                _ => owner(text, catalog),
            };
            if memory.len() < REMEMBERED {
                memory.insert(text.to_owned(), found.clone());
            }
            found
        }
        Kind::Text => match foreign(text) {
            Some(found) => Cell::Common(found.instead_of_a_name()),
            None if text.contains(['\n', '\r']) => joined(text, field),
            None => fitting(text, field),
        },
        Kind::Memo | Kind::Phone | Kind::Url => fitting(text, field),
        Kind::Email => match email::parse(text) {
            Err(message) => Cell::Bad(message),
            Ok(address) if address.chars().count() > field.max as usize => too_long(field),
            Ok(address) if address.eq_ignore_ascii_case(text) => Cell::Value(Value::Text(address)),
            Ok(address) => Cell::Part(Value::Text(address)),
        },
        Kind::Currency => match currency_of(text, &options.locale).or_else(|| currency_name(text)) {
            Some(code) => Cell::Value(Value::Text(code.to_owned())),
            None => Cell::Bad(format!("“{text}” is no currency; write its code, as EUR")),
        },
        Kind::Money => match amount(text, habits.comma, options) {
            Ok(money) if !(0..=field.most).contains(&money.amount) => out_of_range(text, field.most / 10_000),
            Ok(Money { amount, currency: Some(code) }) => Cell::Amount(amount, code),
            Ok(money) => Cell::Value(Value::Money(money.amount)),
            Err(error) => Cell::Bad(error.to_string()),
        },
        Kind::Int => match parse_marked(text.trim_end_matches(['%', ' ']), habits.comma) {
            Ok(number) if number % 10_000 != 0 => Cell::Bad(format!("“{text}” is no whole number")),
            Ok(number) if !(0..=field.most).contains(&(number / 10_000)) => out_of_range(text, field.most),
            Ok(number) => Cell::Value(Value::Int(number / 10_000)),
            Err(error) => Cell::Bad(error.to_string()),
        },
        Kind::Degree => match parse_scaled(text, habits.comma, 5) {
            Ok(degree) if degree.abs() > field.most => out_of_range(text, field.most / 100_000),
            Ok(degree) => Cell::Value(Value::Degree(degree)),
            Err(error) => Cell::Bad(error.to_string()),
        },
        Kind::Flag { yes, no } => match yes_or_no(text) {
            Some(value) => Cell::Value(Value::Bool(value)),
            None if fold(text) == fold(yes) => Cell::Value(Value::Bool(true)),
            None if fold(text) == fold(no) => Cell::Value(Value::Bool(false)),
            None => Cell::Bad(format!("“{text}” is neither yes nor no")),
        },
        Kind::Date => date(text, habits, options, |stamp| Value::Date(stamp.date)),
        Kind::Instant => date(text, habits, options, |stamp| Value::Instant(stamp.instant)),
        Kind::Tags => Cell::Value(Value::Tags(tags(text))),
        Kind::Lookup(_) | Kind::Record => Cell::Reference,
        Kind::User | Kind::Number(_) | Kind::Id | Kind::Linked(_) => {
            Cell::Bad(format!("{} is kept by leadbook itself", field.label))
        }
    }
}

/// Labels apart by commas or semicolons, sorted, without repeats.
pub fn tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> =
        text.split([',', ';', '\n']).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect();
    tags.sort();
    tags.dedup();
    tags
}

fn fitting(text: &str, field: &Field) -> Cell {
    let long = field.max > 0 && text.len() > field.max as usize && text.chars().count() > field.max as usize;
    if long { too_long(field) } else { Cell::Value(Value::Text(text.to_owned())) }
}

/// Lines in a field of one line are joined by commas.
fn joined(text: &str, field: &Field) -> Cell {
    let lines: Vec<&str> = text.lines().map(|l| l.trim().trim_end_matches(',')).filter(|l| !l.is_empty()).collect();
    match fitting(&lines.join(", "), field) {
        Cell::Value(value) => Cell::Part(value),
        other => other,
    }
}

fn too_long(field: &Field) -> Cell {
    Cell::Bad(format!("is longer than the {} characters of {}", field.max, field.label))
}

/// An amount; most have no currency, and are read without a look for one.
fn amount(text: &str, comma: bool, options: &Options) -> Result<Money, NumberError> {
    if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) {
        return parse_marked(text, comma).map(|amount| Money { amount, currency: None });
    }
    Money::parse_marked(text, &options.locale, comma)
}

fn out_of_range(text: &str, most: i64) -> Cell {
    Cell::Bad(format!("“{text}” is not between 0 and {most}"))
}

fn date(text: &str, habits: Habits, options: &Options, value: impl Fn(Stamp) -> Value) -> Cell {
    let order = match habits.style {
        DateStyle::Iso => "2026-11-23",
        DateStyle::DayFirst => "23/11/2026",
        DateStyle::MonthFirst => "11/23/2026",
    };
    match parse_styled(text, habits.style, options.zone) {
        Ok(stamp) => Cell::Value(value(stamp)),
        Err(DateError::NoSuchDay(_)) => Cell::Bad(format!("“{text}” is on no calendar, read as {order}")),
        Err(_) => Cell::Bad(format!("“{text}” is no date; this column is read as {order}")),
    }
}

fn choice(text: &str, set: Set, catalog: &Catalog) -> Cell {
    if let Some(found) = foreign(text) {
        return Cell::Common(found.instead_of_a_name());
    }
    let number = text.bytes().all(|b| b.is_ascii_digit());
    // campaigns and partners have no codes that another program could mean
    let coded = !(number && matches!(set, Set::Campaign | Set::Partner));
    if coded && let Some(choice) = catalog.choices.find(set, text).or_else(|| synonym(text, SYNONYMS, set, catalog)) {
        return Cell::Value(Value::Choice(choice.code));
    }
    if let Some(choice) = synonym(text, NARROWER, set, catalog) {
        return Cell::Part(Value::Choice(choice.code));
    }
    if let Some(same) = catalog.choices.all(set).iter().find(|c| c.label == text) {
        return Cell::Value(Value::Choice(same.code));
    }
    if !set.is_open() || set == Set::StatusReason {
        let known: Vec<&str> = catalog.choices.all(set).iter().filter(|c| c.active).map(|c| c.label.as_str()).collect();
        return Cell::Bad(format!("“{text}” is none of {}", known.join(", ")));
    }
    if !text.contains(char::is_alphanumeric) {
        return Cell::Bad(format!("“{text}” is no name"));
    }
    if number && text.len() > 4 {
        return Cell::Common("holds the id of a record in another program where a name is due");
    }
    if text.chars().count() > 100 {
        return Cell::Bad("is longer than the 100 characters of a list entry".into());
    }
    Cell::NewChoice(set, text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Other words for choices: normal form, set, label.
const SYNONYMS: &[(&str, Set, &str)] = &[
    ("hotlead", Set::Rating, "Hot"),
    ("high", Set::Rating, "Hot"),
    ("warmlead", Set::Rating, "Warm"),
    ("medium", Set::Rating, "Warm"),
    ("coldlead", Set::Rating, "Cold"),
    ("low", Set::Rating, "Cold"),
    ("urgent", Set::Priority, "High"),
    ("highest", Set::Priority, "High"),
    ("medium", Set::Priority, "Normal"),
    ("lowest", Set::Priority, "Low"),
    ("inbound", Set::Direction, "Incoming"),
    ("received", Set::Direction, "Incoming"),
    ("outbound", Set::Direction, "Outgoing"),
    ("sent", Set::Direction, "Outgoing"),
    ("email", Set::ContactMethod, "Email"),
    ("telephone", Set::ContactMethod, "Phone"),
    ("call", Set::ContactMethod, "Phone"),
    ("letter", Set::ContactMethod, "Mail"),
    ("post", Set::ContactMethod, "Mail"),
    ("tradeshow", Set::Source, "Trade Show"),
    ("wordofmouth", Set::Source, "Word of Mouth"),
    ("employeereferral", Set::Source, "Employee Referral"),
    ("externalreferral", Set::Source, "External Referral"),
    ("publicrelations", Set::Source, "Public Relations"),
    ("now", Set::Timeframe, "Immediate"),
    ("immediately", Set::Timeframe, "Immediate"),
    ("nobudget", Set::Budget, "No Committed Budget"),
    ("1qualify", Set::Stage, "Qualify"),
    ("2develop", Set::Stage, "Develop"),
    ("3propose", Set::Stage, "Propose"),
    ("4close", Set::Stage, "Close"),
    ("commit", Set::Forecast, "Committed"),
];

/// Words that say more than the choice which they are: the cell is kept besides.
const NARROWER: &[(&str, Set, &str)] = &[
    ("prospecting", Set::Stage, "Qualify"),
    ("qualification", Set::Stage, "Qualify"),
    ("appointmentscheduled", Set::Stage, "Qualify"),
    ("qualifiedtobuy", Set::Stage, "Develop"),
    ("needsanalysis", Set::Stage, "Develop"),
    ("valueproposition", Set::Stage, "Develop"),
    ("iddecisionmakers", Set::Stage, "Develop"),
    ("identifydecisionmakers", Set::Stage, "Develop"),
    ("perceptionanalysis", Set::Stage, "Develop"),
    ("presentationscheduled", Set::Stage, "Propose"),
    ("proposal", Set::Stage, "Propose"),
    ("proposalpricequote", Set::Stage, "Propose"),
    ("decisionmakerboughtin", Set::Stage, "Propose"),
    ("negotiation", Set::Stage, "Close"),
    ("negotiationreview", Set::Stage, "Close"),
    ("contractsent", Set::Stage, "Close"),
    ("customerdirect", Set::Relationship, "Customer"),
    ("customerchannel", Set::Relationship, "Customer"),
    ("channelpartnerreseller", Set::Relationship, "Reseller"),
    ("installationpartner", Set::Relationship, "Partner"),
    ("technologypartner", Set::Relationship, "Partner"),
];

fn synonym<'a>(
    text: &str,
    table: &[(&str, Set, &str)],
    set: Set,
    catalog: &'a Catalog,
) -> Option<&'a crate::model::choice::Choice> {
    let known = normal(text);
    let (.., label) = table.iter().find(|(word, of, _)| *of == set && *word == known)?;
    catalog.choices.find(set, label)
}

fn owner(text: &str, catalog: &Catalog) -> Cell {
    if let Some(owner) = catalog.people.find_owner(text) {
        return Cell::Value(Value::Owner(owner));
    }
    if is_owner_id(text) {
        return Cell::Common("holds the id of a record in another program where a name is due");
    }
    if text.chars().count() > 100 || text.contains('\n') {
        return Cell::Bad("is no name of a person".into());
    }
    Cell::NewOwner(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Currencies by the names that exports write instead of the code.
fn currency_name(text: &str) -> Option<&'static str> {
    const NAMES: &[(&str, &str)] = &[
        ("usdollar", "USD"),
        ("dollar", "USD"),
        ("euro", "EUR"),
        ("britishpound", "GBP"),
        ("poundsterling", "GBP"),
        ("swissfranc", "CHF"),
        ("swedishkrona", "SEK"),
        ("norwegiankrone", "NOK"),
        ("danishkrone", "DKK"),
        ("japaneseyen", "JPY"),
        ("indianrupee", "INR"),
        ("canadiandollar", "CAD"),
        ("australiandollar", "AUD"),
        ("uaedirham", "AED"),
    ];
    let known = normal(text);
    NAMES.iter().find(|(name, _)| *name == known).map(|(_, code)| *code)
}
