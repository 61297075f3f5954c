//! The values of a comparison, made into what the field is stored as. Knows no grammar beyond one value.

use uuid::Uuid;

use super::ast::{Fit, Op, Operand};
use super::error::QueryError;
use super::lexer::Raw;
use super::print::quote;
use crate::model::choice::Set;
use crate::model::dates::{DateError, parse_instant, parse_period};
use crate::model::entity::RecordName;
use crate::model::field::options::{self, Choosable};
use crate::model::field::read::Reading;
use crate::model::field::{Field, Kind};
use crate::model::fold::{fold, words};
use crate::model::money::{self, Money};
use crate::model::nearest::nearest;
use crate::model::number::{parse_number, parse_scaled};
use crate::model::{country, phone, zone};

/// The longest value in characters; a pattern of the database stays far below its own limit.
const LONGEST: usize = 300;

/// What a value of a comparison means for a field: one operand, or as many as a star or a range of choices stands for. `steps` is what is
/// written before the field, as `account.`.
pub fn operands(field: &Field, steps: &str, op: Op, raw: &Raw, reading: &Reading<'_>) -> Result<Vec<Operand>, QueryError> {
    if raw.pieces.len() > LONGEST {
        return Err(QueryError::new(raw.span.clone(), format!("a value has at most {LONGEST} characters")));
    }
    let wrong = |message: String| QueryError::new(raw.span.clone(), message);
    let unordered = |what: &str| {
        let message = format!("{} has no order; write {steps}{}:{what}", field.label, field.name);
        if op == Op::Is { Ok(()) } else { Err(QueryError::new(raw.span.clone(), message)) }
    };
    match field.kind {
        Kind::Text | Kind::Memo | Kind::Email | Kind::Url | Kind::Phone | Kind::Tags | Kind::Linked(_) => {
            unordered("text")?;
            text(field, raw).map(|operand| vec![operand])
        }
        Kind::Currency => {
            unordered("eur")?;
            match money::currency_of(&raw.text(), reading.locale) {
                Some(code) => Ok(vec![Operand::Text { text: fold(code), fit: Fit::Whole }]),
                None => Err(wrong(format!("“{}” is no currency; write its code, as eur", raw.text().trim()))),
            }
        }
        Kind::Lookup(entity) => {
            unordered("name")?;
            match RecordName::parse(&raw.text()) {
                Some(RecordName::Number(id)) if id.entity == entity => Ok(vec![Operand::Code(id.number)]),
                _ => text(field, raw).map(|operand| vec![operand]),
            }
        }
        Kind::Record => {
            unordered("L-1042")?;
            match RecordName::parse(&raw.text()) {
                Some(RecordName::Number(key)) => Ok(vec![Operand::Record(key)]),
                _ => text(field, raw).map(|operand| vec![operand]),
            }
        }
        Kind::Choice(set) if set.is_ordered() => ordered(field, set, op, raw, reading),
        Kind::Choice(_) | Kind::Flag { .. } | Kind::Owner | Kind::User => {
            unordered("value")?;
            codes(field, raw, reading).map(|codes| codes.into_iter().map(Operand::Code).collect())
        }
        Kind::Money => range(raw, op, |text| {
            let typed = Money::parse(text, reading.locale).map_err(|e| e.to_string())?;
            match typed.currency {
                Some(code) => {
                    Err(format!("amounts are compared without a currency; write it as currency:{}", code.to_lowercase()))
                }
                None => Ok((typed.amount, typed.amount)),
            }
        }),
        Kind::Int => range(raw, op, |text| {
            let typed = parse_number(text, reading.locale.decimal_comma).map_err(|e| e.to_string())?;
            if typed % 10_000 == 0 {
                Ok((typed / 10_000, typed / 10_000))
            } else {
                Err(format!("{} is a whole number", field.label))
            }
        }),
        Kind::Degree => {
            range(raw, op, |text| parse_scaled(text, reading.locale.decimal_comma, 5).map(|n| (n, n)).map_err(|e| e.to_string()))
        }
        Kind::Number(_) => range(raw, op, |text| match RecordName::parse(text) {
            Some(RecordName::Number(id)) if id.entity == reading.registry().entity() => Ok((id.number, id.number)),
            _ => Err(format!("“{}” is no number of a record; it looks like L-1042", text.trim())),
        }),
        Kind::Date => range(raw, op, |text| days(text, reading).map_err(|e| e.to_string())),
        Kind::Instant => range(raw, op, |text| moments(text, reading).map_err(|e| e.to_string())),
        Kind::Id => {
            unordered("UUID")?;
            match Uuid::parse_str(raw.text().trim()) {
                Ok(id) => Ok(vec![Operand::Id(id)]),
                Err(_) => Err(wrong(format!("“{}” is no UUID", raw.text().trim()))),
            }
        }
    }
}

/// The codes of an ordered set that compare so with a code: beyond it, from it on, before it, up to it, or it alone.
pub fn ranked(set: Set, op: Op, code: i64, catalog: &crate::model::catalog::Catalog) -> Vec<i64> {
    let rank = set.rank(code);
    let fits = |other: i64| match op {
        Op::Is => other == code,
        Op::Greater => set.rank(other) > rank,
        Op::AtLeast => set.rank(other) >= rank,
        Op::Less => set.rank(other) < rank,
        Op::AtMost => set.rank(other) <= rank,
    };
    catalog.choices.all(set).iter().map(|c| c.code).filter(|c| fits(*c)).collect()
}

/// The words that a text search means: folded, or the digits of what is typed as a telephone number.
pub fn search_words(text: &str) -> Vec<String> {
    if phone::looks_like(text) { vec![phone::digits(text)] } else { words(text) }
}

/// Without its stars at either end, and which there were.
pub(super) fn stars(raw: &Raw) -> (bool, Raw, bool) {
    let length = raw.pieces.len();
    let start = raw.is_mark(0, '*');
    let end = length > 1 && raw.is_mark(length - 1, '*');
    (start, raw.part(usize::from(start), length - usize::from(end)), end)
}

fn text(field: &Field, raw: &Raw) -> Result<Operand, QueryError> {
    let (start, inner, end) = stars(raw);
    let typed = inner.text();
    let text = match field.kind {
        Kind::Phone => phone::digits(&typed),
        Kind::Tags => fold(typed.trim_start_matches('#')),
        _ => fold(&typed),
    };
    if text.is_empty() {
        let message = match field.kind {
            Kind::Phone if !typed.trim().is_empty() => {
                format!("“{}” has no digits; a phone number is found by them", typed.trim())
            }
            _ => format!("a text is missing; what has none is found by no:{}", field.name),
        };
        return Err(QueryError::new(raw.span.clone(), message));
    }
    let fit = match (start, end) {
        (true, true) => Fit::Inside,
        (true, false) => Fit::Suffix,
        (false, true) => Fit::Prefix,
        (false, false) if field.kind == Kind::Tags || (is_country(field) && country::writings(&text).is_some()) => Fit::Whole,
        (false, false) => Fit::Word,
    };
    Ok(Operand::Text { text, fit })
}

/// Whether a field holds the name of a country, so that `de` means Germany and not Denmark.
pub fn is_country(field: &Field) -> bool {
    matches!(field.name, "country" | "address2_country")
}

/// The codes that a word means: what is called so, all where it has a star, else all whose names have it among their words, as `retail` means
/// Service Retail and Vehicle Retail.
pub(super) fn codes(field: &Field, raw: &Raw, reading: &Reading<'_>) -> Result<Vec<i64>, QueryError> {
    called(field, raw, reading).or_else(|unknown| {
        let (start, inner, end) = stars(raw);
        let wanted = words(&inner.text());
        let has_all = |label: &str| {
            let of_label = words(label);
            !(start || end || wanted.is_empty()) && wanted.iter().all(|word| of_label.contains(word))
        };
        let all = options::of(field, reading.catalog);
        let found: Vec<i64> = all.iter().filter(|o| has_all(&o.label)).map(|o| o.code).collect();
        if found.is_empty() { Err(unknown) } else { Ok(found) }
    })
}

/// The codes of what is called so; several where the word has a star.
fn called(field: &Field, raw: &Raw, reading: &Reading<'_>) -> Result<Vec<i64>, QueryError> {
    let (start, inner, end) = stars(raw);
    let typed = inner.text();
    if !start && !end {
        return options::find(field, &typed, reading.catalog, reading.me)
            .map(|code| vec![code])
            .ok_or_else(|| unknown(field, raw, &options::of(field, reading.catalog)));
    }
    let wanted = fold(&typed);
    let fits = |text: &str| {
        let text = fold(text);
        match (start, end) {
            (true, true) => text.contains(&wanted),
            (true, false) => text.ends_with(&wanted),
            _ => text.starts_with(&wanted),
        }
    };
    let all = options::of(field, reading.catalog);
    let found: Vec<i64> = all.iter().filter(|o| fits(&o.word) || fits(&o.label)).map(|o| o.code).collect();
    if found.is_empty() { Err(unknown(field, raw, &all)) } else { Ok(found) }
}

fn ordered(field: &Field, set: Set, op: Op, raw: &Raw, reading: &Reading<'_>) -> Result<Vec<Operand>, QueryError> {
    let one = |raw: &Raw| called(field, raw, reading).map(|codes| codes.first().copied().unwrap_or_default());
    match middle(raw).filter(|_| op == Op::Is) {
        Some(at) => {
            let (low, high) = (raw.part(0, at), raw.part(at + 2, raw.pieces.len()));
            let (low, high) = (set.rank(one(&low)?), set.rank(one(&high)?));
            let (low, high) = (low.min(high), low.max(high));
            let within = reading.catalog.choices.all(set).iter().filter(|c| (low..=high).contains(&set.rank(c.code)));
            Ok(within.map(|c| Operand::Code(c.code)).collect())
        }
        None if op == Op::Is => Ok(codes(field, raw, reading)?.into_iter().map(Operand::Code).collect()),
        None => Ok(vec![Operand::Code(one(raw)?)]),
    }
}

/// The mistake that a field does not know a word.
fn unknown(field: &Field, raw: &Raw, all: &[Choosable]) -> QueryError {
    let typed = raw.text();
    let offered: Vec<&Choosable> = all.iter().filter(|o| o.active).collect();
    // what a word of several names means is found by that word
    let parts: Vec<String> =
        offered.iter().flat_map(|o| words(&o.label)).filter(|word| word.len() > 3 && *word != fold(&typed)).collect();
    let whole = offered.iter().flat_map(|o| [o.word.as_str(), o.label.as_str()]);
    let near = nearest(&typed, whole).or_else(|| nearest(&typed, parts.iter().map(String::as_str)));
    let word = near.map(|near| {
        let whole = offered.iter().find(|o| o.word == near || o.label == near);
        quote(whole.map_or(near.as_str(), |o| o.word.as_str()))
    });
    let mut message = format!("{} does not know “{}”", field.label, typed.trim());
    if word.is_none() {
        let words: Vec<String> = offered.iter().map(|o| quote(&o.word)).collect();
        match words.len() {
            0 => message.push_str("; it has no values yet"),
            1..=12 => message.push_str(&format!("; it can be {}", words.join(", "))),
            _ => {}
        }
    }
    QueryError::new(raw.span.clone(), message).or_rather(word)
}

/// The place of `..` in a value.
pub(super) fn middle(raw: &Raw) -> Option<usize> {
    (0..raw.pieces.len()).find(|at| raw.is_mark(*at, '.') && raw.is_mark(at + 1, '.'))
}

/// A value or `a..b` as a stretch; `read` says where a value begins and ends.
fn range(raw: &Raw, op: Op, read: impl Fn(&str) -> Result<(i64, i64), String>) -> Result<Vec<Operand>, QueryError> {
    let wrong = |message: String| QueryError::new(raw.span.clone(), message);
    let (from, to) = match middle(raw).filter(|_| op == Op::Is) {
        Some(at) => {
            let (low, high) = (raw.part(0, at).text(), raw.part(at + 2, raw.pieces.len()).text());
            let end = |text: &str| if text.trim().is_empty() { Ok(None) } else { read(text).map(Some) };
            let (low, high) = (end(&low).map_err(wrong)?, end(&high).map_err(wrong)?);
            (low.map(|l| l.0), high.map(|h| h.1))
        }
        None => {
            let (from, to) = read(&raw.text()).map_err(wrong)?;
            (Some(from), Some(to))
        }
    };
    let operand = match (op, from, to) {
        (Op::Is, None, None) => return Err(wrong("both ends of the range are missing".into())),
        (Op::Is, Some(from), Some(to)) if from > to => {
            return Err(wrong("the range ends before it begins".into()));
        }
        (Op::Is, from, to) => Operand::Range { from, to },
        (Op::Greater | Op::AtMost, _, to) => Operand::Range { from: None, to },
        (Op::AtLeast | Op::Less, from, _) => Operand::Range { from, to: None },
    };
    Ok(vec![operand])
}

/// The first and last day of a period.
fn days(text: &str, reading: &Reading<'_>) -> Result<(i64, i64), DateError> {
    let period = parse_period(text, zone::date(reading.today()), reading.locale)?;
    Ok((zone::days(period.start).into(), i64::from(zone::days(period.end_exclusive)) - 1))
}

/// The first and last µs of a period, or a moment.
pub(super) fn moments(text: &str, reading: &Reading<'_>) -> Result<(i64, i64), DateError> {
    match parse_period(text, zone::date(reading.today()), reading.locale) {
        Ok(period) => {
            let start = reading.zone.day_start(zone::days(period.start));
            Ok((start, reading.zone.day_start(zone::days(period.end_exclusive)) - 1))
        }
        Err(DateError::NotADay(_)) => {
            parse_instant(text, reading.now, reading.zone, reading.locale).map(|moment| (moment, moment))
        }
        Err(error) => Err(error),
    }
}
