//! Text as people type it in forms, quick edits and `set`, made into the value of a field. Decides nothing about a record.

use super::{Field, Kind, options};
use crate::error::Problem;
use crate::model::catalog::Catalog;
use crate::model::dates::{parse_date, parse_instant};
use crate::model::entity::{Entity, RecordName};
use crate::model::field::Registry;
use crate::model::fold::fold;
use crate::model::locale::Locale;
use crate::model::money::{self, Money};
use crate::model::nearest::nearest;
use crate::model::number::{parse_number, parse_scaled, show_number};
use crate::model::value::{Owner, Value};
use crate::model::zone::{self, Zone};
use crate::model::{email, number::show_count};

/// The longest tag in characters.
const LONGEST_TAG: usize = 50;

/// Who reads, where and when; filters are read with the same.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The kind of the records that are read.
    pub entity: Entity,
    /// The words and people of the database.
    pub catalog: &'a Catalog,
    /// How the person writes numbers and dates.
    pub locale: &'a Locale,
    /// Where the person's clock stands.
    pub zone: Zone,
    /// The moment, in µs UTC.
    pub now: i64,
    /// The number of the person who is “me”.
    pub me: i64,
}

impl<'a> Reading<'a> {
    /// The fields of the records that are read.
    pub fn registry(&self) -> &'a Registry {
        self.catalog.registry(self.entity)
    }

    /// The day (since 1970-01-01) on which this is read.
    pub fn today(&self) -> i32 {
        self.zone.today(self.now)
    }
}

/// What the author of a text means, where one of `others` reads something else or nothing; none where all read it alike.
pub fn differs<'a, T: PartialEq>(
    author: &Reading<'a>,
    others: &[Reading<'a>],
    read: impl Fn(&Reading<'a>) -> Option<T>,
) -> Option<T> {
    let meant = read(author)?;
    if others.iter().all(|other| read(other).as_ref() == Some(&meant)) { None } else { Some(meant) }
}

/// Reads what was typed for a field of a record whose amounts are in the currency of new records. Empty text is
/// [`Value::None`], of a flag `false`. The problem is a sentence for the person who typed it.
pub fn read(field: &Field, text: &str, reading: &Reading<'_>) -> Result<Value, Problem> {
    read_in(field, text, &reading.locale.currency, reading)
}

/// The same for a record whose amounts are in `currency` (empty: any); an amount in another currency is refused, as nothing is
/// converted.
pub fn read_in(field: &Field, text: &str, currency: &str, reading: &Reading<'_>) -> Result<Value, Problem> {
    if text.trim().is_empty() {
        return Ok(if matches!(field.kind, Kind::Flag { .. }) { Value::Bool(false) } else { Value::None });
    }
    value(field, text, currency, reading).map_err(|message| Problem::new(field.name, message))
}

/// The ISO 4217 code that was typed with an amount, as in `40k EUR`; the record's currency is to become this.
pub fn currency_in(field: &Field, text: &str, reading: &Reading<'_>) -> Option<&'static str> {
    if field.kind != Kind::Money {
        return None;
    }
    Money::parse(text, reading.locale).ok()?.currency
}

fn value(field: &Field, text: &str, currency: &str, reading: &Reading<'_>) -> Result<Value, String> {
    match field.kind {
        Kind::Memo => memo(field, text),
        _ if text.contains('\0') => Err(format!("{} has a NUL character in it; take it out", field.label)),
        Kind::Text | Kind::Phone => line(field, text).map(Value::text),
        Kind::Email => email::parse(&line(field, text)?).and_then(|address| fits(field, address)).map(Value::Text),
        Kind::Url => {
            let address = line(field, text)?;
            if address.contains(' ') {
                return Err(format!("“{address}” has a blank in it; a web address looks like www.company.com"));
            }
            Ok(Value::Text(address))
        }
        Kind::Currency => match money::currency_of(text, reading.locale) {
            Some(code) => Ok(Value::text(code)),
            None => Err(format!("“{}” is no currency; write its code, as EUR or USD", text.trim())),
        },
        Kind::Money => amount(field, text, currency, reading),
        Kind::Int => {
            let typed = parse_number(text, reading.locale.decimal_comma).map_err(|e| e.to_string())?;
            if typed % 10_000 != 0 {
                return Err(format!("{} is a whole number", field.label));
            }
            within(field, typed / 10_000, 0, |n| show_count(n, reading.locale)).map(Value::Int)
        }
        Kind::Degree => {
            let typed = parse_scaled(text, reading.locale.decimal_comma, 5).map_err(|e| e.to_string())?;
            within(field, typed, -field.most, |n| show_number(n / 10, reading.locale, 0)).map(Value::Degree)
        }
        Kind::Date => {
            let today = zone::date(reading.today());
            parse_date(text, today, reading.locale).map(|date| Value::Date(zone::days(date))).map_err(|e| e.to_string())
        }
        Kind::Instant => {
            parse_instant(text, reading.now, reading.zone, reading.locale).map(Value::Instant).map_err(|e| e.to_string())
        }
        Kind::Choice(_) | Kind::Flag { .. } | Kind::Owner | Kind::User => coded(field, text, reading),
        Kind::Lookup(entity) => match RecordName::parse_as(text, entity) {
            Some(id) if id.entity == entity => Ok(Value::link(id.number)),
            _ => Err(format!("“{}” is no number of {}; it looks like {}", text.trim(), entity.one(), entity.numbered(1042))),
        },
        Kind::Linked(entity) => {
            Err(format!("{} follow from the links with {}: L and `leadbook link` make them", field.label, entity.plural()))
        }
        Kind::Record => match RecordName::parse(text) {
            Some(RecordName::Number(key)) => Ok(Value::record(key)),
            _ => Err(format!("“{}” is no number of a record; it looks like L-1042", text.trim())),
        },
        Kind::Tags => tags(text).map(|tags| if tags.is_empty() { Value::None } else { Value::Tags(tags) }),
        Kind::Number(_) => match RecordName::parse(text) {
            Some(RecordName::Number(id)) if id.entity == reading.registry().entity() => Ok(Value::Int(id.number)),
            _ => Err(format!("“{}” is no number of a record; it looks like L-1042", text.trim())),
        },
        Kind::Id => match uuid::Uuid::parse_str(text.trim()) {
            Ok(id) => Ok(Value::Text(id.to_string())),
            Err(_) => Err(format!("“{}” is no UUID", text.trim())),
        },
    }
}

/// One line: line breaks and tabs become blanks, other controls are refused, ends are trimmed.
fn line(field: &Field, text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\r' | '\n' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if c.is_control() => return Err(format!("{} has a control character in it; take it out", field.label)),
            c => out.push(c),
        }
    }
    fits(field, out)
}

/// Lines: CR LF becomes one line feed, blanks at the end go, NUL is refused.
fn memo(field: &Field, text: &str) -> Result<Value, String> {
    if text.contains('\0') {
        return Err(format!("{} has a NUL character in it; take it out", field.label));
    }
    fits(field, text.replace("\r\n", "\n").trim_end().to_owned()).map(Value::text)
}

/// The text, unless it is longer than the field takes.
fn fits(field: &Field, text: String) -> Result<String, String> {
    let length = text.chars().count();
    if field.max > 0 && length > field.max as usize {
        return Err(format!("{} takes {} characters; this has {length}", field.label, field.max));
    }
    Ok(text)
}

fn amount(field: &Field, text: &str, currency: &str, reading: &Reading<'_>) -> Result<Value, String> {
    let typed = Money::parse(text, reading.locale).map_err(|e| e.to_string())?;
    if let Some(other) = typed.currency
        && !currency.is_empty()
        && other != currency
    {
        return Err(format!(
            "“{}” is in {other}, the amounts of this record are in {currency}; nothing is converted, so change Currency first",
            text.trim()
        ));
    }
    within(field, typed.amount, 0, |n| money::show(n, typed.currency.unwrap_or(currency), reading.locale)).map(Value::Money)
}

/// The number, unless it is below `least` or above what the field takes.
fn within(field: &Field, n: i64, least: i64, show: impl Fn(i64) -> String) -> Result<i64, String> {
    if (least..=field.most).contains(&n) {
        return Ok(n);
    }
    Err(format!("{} goes from {} to {}", field.label, show(least), show(field.most)))
}

fn coded(field: &Field, text: &str, reading: &Reading<'_>) -> Result<Value, String> {
    match options::find(field, text, reading.catalog, reading.me) {
        Some(code) => Ok(match field.kind {
            Kind::Choice(_) => Value::Choice(code),
            Kind::Flag { .. } => Value::Bool(code != 0),
            Kind::Owner => Owner::of_code(code).map_or(Value::None, Value::Owner),
            _ => Value::User(code),
        }),
        None => Err(unknown(field, text, reading.catalog)),
    }
}

/// The sentence that a field does not know a value, with what it knows.
pub fn unknown(field: &Field, text: &str, catalog: &Catalog) -> String {
    let text = text.trim();
    let offered: Vec<_> = options::of(field, catalog).into_iter().filter(|o| o.active).collect();
    let near = nearest(text, offered.iter().flat_map(|o| [o.label.as_str(), o.word.as_str()]));
    match (near, offered.len()) {
        (Some(word), _) => format!("{} does not know “{text}”; did you mean {word}?", field.label),
        (None, 0) => format!("{} does not know “{text}”; it has no values yet", field.label),
        (None, 1..=12) => {
            let words: Vec<String> = offered.into_iter().map(|o| o.label).collect();
            format!("{} does not know “{text}”; it can be {}", field.label, words.join(", "))
        }
        (None, _) => format!("{} does not know “{text}”", field.label),
    }
}

/// Tags between commas, sorted by their folded names, one of each; `#` before one is left out.
pub fn tags(text: &str) -> Result<Vec<String>, String> {
    let mut found: Vec<(String, String)> = Vec::new();
    for part in text.split([',', '\n']) {
        let tag = part.trim().trim_start_matches('#').trim_start();
        let key = fold(tag);
        if key.is_empty() {
            continue;
        }
        if tag.contains(|c: char| c.is_control()) {
            return Err("a tag has a control character in it; take it out".into());
        }
        if tag.chars().count() > LONGEST_TAG {
            return Err(format!("a tag takes {LONGEST_TAG} characters; “{tag}” is longer"));
        }
        if !found.iter().any(|(known, _)| *known == key) {
            found.push((key, tag.to_owned()));
        }
    }
    found.sort();
    Ok(found.into_iter().map(|(_, tag)| tag).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::people::{Role, Team, User};

    fn catalog() -> Catalog {
        let mut catalog = Catalog::shipped();
        let user = |number, login: &str| User {
            number,
            login: login.into(),
            name: login.to_uppercase(),
            role: Role::Seller,
            active: true,
            unit: 1,
            work: crate::model::people::Work::default(),
        };
        catalog.people.users = vec![user(1, "ana"), user(2, "bo")];
        catalog.people.teams = vec![Team { number: 1, name: "North West".into(), unit: 1, members: vec![1], queue: false }];
        catalog
    }

    fn typed(country: &str, name: &'static str, text: &str) -> Result<Value, String> {
        let (catalog, locale) = (catalog(), Locale::of(country));
        // Monday 23 November 2026, 11:30 UTC
        let reading = Reading {
            entity: crate::model::entity::Entity::Lead,
            catalog: &catalog,
            locale: &locale,
            zone: Zone::Utc,
            now: 1_795_433_400_000_000,
            me: 2,
        };
        let field = catalog.field(catalog.lead.id(name));
        read(field, text, &reading).map_err(|p| p.message)
    }

    #[test]
    fn values_are_read_as_people_type_them() {
        for (country, name, text, value) in [
            ("US", "company", "  Contoso\nLtd ", Value::text("Contoso Ltd")),
            ("US", "description", "a\r\nb \n", Value::text("a\nb")),
            ("US", "email", "Ann <Ann@Contoso.COM>", Value::text("Ann@contoso.com")),
            ("US", "source", "Trade Show", Value::Choice(7)),
            ("US", "source", "trade-show", Value::Choice(7)),
            ("US", "source", "7", Value::Choice(7)),
            ("DE", "estimated_value", "1.234,50", Value::Money(12_345_000)),
            ("DE", "estimated_value", "40k EUR", Value::Money(400_000_000)),
            ("US", "employees", "1,200", Value::Int(1200)),
            ("US", "latitude", "-52.52", Value::Degree(-5_252_000)),
            ("US", "estimated_close_date", "3/4/2027", Value::Date(20_881)),
            ("DE", "estimated_close_date", "3/4/2027", Value::Date(20_911)),
            ("US", "estimated_close_date", "tomorrow", Value::Date(20_781)),
            ("US", "owner", "me", Value::Owner(Owner::User(2))),
            ("US", "owner", "team:north west", Value::Owner(Owner::Team(1))),
            ("US", "tags", "#vip, expo,VIP", Value::Tags(vec!["expo".into(), "vip".into()])),
            ("US", "do_not_phone", "", Value::Bool(false)),
            ("US", "do_not_phone", "do not allow", Value::Bool(true)),
            ("US", "currency", "eur", Value::text("EUR")),
            ("US", "topic", " ", Value::None),
        ] {
            assert_eq!(typed(country, name, text), Ok(value), "{name} {text}");
        }
    }

    #[test]
    fn problems_say_what_is_wrong_and_what_would_be_right() {
        for (name, text, part) in [
            ("source", "webb", "did you mean Web?"),
            ("rating", "great", "Hot, Warm, Cold"),
            ("salutation", &"x".repeat(101), "takes 100 characters; this has 101"),
            ("company", "a\u{1b}[31m", "control character"),
            ("description", "a\0", "NUL"),
            ("estimated_value", "40k EUR", "nothing is converted"),
            ("estimated_value", "-5", "goes from 0.00 USD to 1,000,000,000,000.00 USD"),
            ("employees", "2.5", "whole number"),
            ("latitude", "91", "goes from -90 to 90"),
            ("email", "ann", "no @"),
            ("owner", "nobody", "Owner does not know “nobody”"),
            ("website", "my site", "blank"),
            ("currency", "XXX", "no currency"),
        ] {
            let message = typed("US", name, text).expect_err(name);
            assert!(message.contains(part), "{message}");
        }
    }
}
