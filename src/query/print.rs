//! A filter as text that reads back as the same filter. The typed text of the person is kept elsewhere.

use super::ast::{Age, Dated, Expr, Fit, Op, Operand, Query};
use super::parser::is_figures;
use crate::model::dates::{iso_date, rfc3339_utc};
use crate::model::field::options;
use crate::model::field::read::Reading;
use crate::model::field::show::amount_text;
use crate::model::field::{Field, Kind};
use crate::model::value::Owner;

/// The canonical text of a filter; `parse` makes the same filter of it.
pub fn print(query: &Query, reading: &Reading<'_>) -> String {
    let mut parts = Vec::new();
    if query.filter != Expr::All {
        parts.push(expr(&query.filter, reading));
    }
    if !query.sort.is_empty() {
        let keys: Vec<String> = query
            .sort
            .iter()
            .map(|key| match key.next {
                Some(_) => "next".into(),
                None => format!("{}{}", if key.descending { "-" } else { "" }, reading.registry().field(key.field).name),
            })
            .collect();
        // an order after `or` would belong to its last part, which is no different
        parts.push(format!("sort:{}", keys.join(",")));
    }
    parts.join(" ")
}

/// A value between quotes where it needs them.
pub fn quote(text: &str) -> String {
    let special = |c: char| c.is_whitespace() || c.is_control() || "\"“”„(),*:<>=".contains(c);
    let keyword = ["and", "or", "not"].iter().any(|k| text.eq_ignore_ascii_case(k));
    if text.is_empty() || keyword || text.starts_with(['-', '/', '!']) || text.contains(special) || text.contains("..") {
        quoted(text)
    } else {
        text.to_owned()
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn expr(e: &Expr, reading: &Reading<'_>) -> String {
    match e {
        Expr::All => "*".into(),
        Expr::Words(text) => quote(text),
        Expr::Is(kind) => format!("is:{}", kind.name()),
        Expr::Due(due) => format!("is:{}", due.kind.name()),
        // has:contact asks whether somebody spoke to them
        Expr::Has(field) if reading.registry().field(*field).name == "contact" => "contact:*".into(),
        Expr::Has(field) => format!("has:{}", reading.registry().field(*field).name),
        Expr::Files => "has:file".into(),
        Expr::Links => "has:link".into(),
        Expr::Aged { what, age } => aged(*what, *age, reading),
        Expr::Was(owners) => {
            let names =
                owners.iter().filter_map(|code| Owner::of_code(*code)).map(|owner| quote(&reading.catalog.people.show(owner)));
            format!("was:{}", names.collect::<Vec<_>>().join(","))
        }
        Expr::Unit { op, units } => {
            format!("unit{}{}", op.text(), units_named(units, reading))
        }
        Expr::Linked { path, inner } if path.is_had && **inner == Expr::All => format!("has:{}", path.name),
        Expr::Linked { path, inner } => {
            let reading = &Reading { entity: path.to, ..*reading };
            match &**inner {
                Expr::All | Expr::Words(_) | Expr::And(_) | Expr::Or(_) | Expr::Not(_) => {
                    format!("{}.({})", path.name, expr(inner, reading))
                }
                // of one term, its name can follow the point
                _ => format!("{}.{}", path.name, expr(inner, reading)),
            }
        }
        Expr::Notes(text) if text.is_empty() => "has:note".into(),
        Expr::Notes(text) => format!("text:{}", quote(text)),
        Expr::Compare { field, op, values } => {
            let field = reading.registry().field(*field);
            let values: Vec<String> = values.iter().map(|value| operand(field, *op, value, reading)).collect();
            format!("{}{}{}", field.name, op.text(), values.join(","))
        }
        Expr::And(parts) => {
            let figures = |at: usize| matches!(parts.get(at), Some(Expr::Words(text)) if is_figures(text));
            let one = |(at, part): (usize, &Expr)| match part {
                // side by side they would be read as one telephone number
                Expr::Words(text) if figures(at) && (figures(at + 1) || (at > 0 && figures(at - 1))) => quoted(text),
                Expr::Or(_) => format!("({})", expr(part, reading)),
                _ => expr(part, reading),
            };
            parts.iter().enumerate().map(one).collect::<Vec<_>>().join(" ")
        }
        Expr::Or(parts) => parts.iter().map(|part| expr(part, reading)).collect::<Vec<_>>().join(" or "),
        Expr::Not(inner) => match &**inner {
            Expr::Has(field) if reading.registry().field(*field).name != "contact" => {
                format!("no:{}", reading.registry().field(*field).name)
            }
            Expr::Files => "no:file".into(),
            Expr::Links => "no:link".into(),
            Expr::Linked { path, inner } if path.is_had && **inner == Expr::All => format!("no:{}", path.name),
            Expr::Notes(text) if text.is_empty() => "no:note".into(),
            Expr::And(_) | Expr::Or(_) => format!("-({})", expr(inner, reading)),
            _ => format!("-{}", expr(inner, reading)),
        },
    }
}

/// The names of units, between commas.
pub(super) fn units_named(units: &[i64], reading: &Reading<'_>) -> String {
    let names = units.iter().filter_map(|number| reading.catalog.people.unit(*number)).map(|unit| quote(&unit.name));
    names.collect::<Vec<_>>().join(",")
}

/// Notes or files of an age, by the moment that it means.
fn aged(what: Dated, age: Age, reading: &Reading<'_>) -> String {
    let what = match what {
        Dated::Notes => "note",
        Dated::Files => "file",
    };
    let moment = |at: i64| {
        let day = reading.zone.today(at);
        if reading.zone.day_start(day) == at { iso_date(day) } else { rfc3339_utc(at) }
    };
    match age {
        Age::Since(at) => format!("has:{what}>={}", moment(at)),
        Age::Before(at) => format!("has:{what}<{}", moment(at)),
    }
}

/// A value as it stands behind the sign.
pub(super) fn operand(field: &Field, op: Op, value: &Operand, reading: &Reading<'_>) -> String {
    match value {
        Operand::Text { text, fit } => match fit {
            Fit::Word | Fit::Whole => quote(text),
            Fit::Prefix => format!("{}*", quote(text)),
            Fit::Suffix => format!("*{}", quote(text)),
            Fit::Inside => format!("*{}*", quote(text)),
        },
        Operand::Code(code) if matches!(field.kind, Kind::Lookup(_)) => single(field, Some(*code)),
        Operand::Code(code) => {
            let word = options::of(field, reading.catalog).into_iter().find(|o| o.code == *code).map(|o| o.word);
            quote(&word.unwrap_or_else(|| code.to_string()))
        }
        Operand::Id(id) => id.to_string(),
        Operand::Record(key) => key.to_string(),
        Operand::Range { from, to } => match op {
            Op::Is if from.is_some() && from == to => single(field, *from),
            Op::Is => {
                let (low, high) = (low(field, *from, reading), high(field, *to, reading));
                if low == high { low } else { format!("{low}..{high}") }
            }
            Op::Greater | Op::AtMost => high(field, *to, reading),
            Op::AtLeast | Op::Less => low(field, *from, reading),
        },
    }
}

/// One number, day or moment.
fn single(field: &Field, n: Option<i64>) -> String {
    let Some(n) = n else { return String::new() };
    match field.kind {
        Kind::Money if n % 10_000 == 0 => (n / 10_000).to_string(),
        Kind::Money => amount_text(n),
        Kind::Degree => crate::model::field::show::degree(n, '.'),
        Kind::Number(entity) | Kind::Lookup(entity) => entity.numbered(n).to_string(),
        Kind::Date => iso_date(i32::try_from(n).unwrap_or_default()),
        Kind::Instant => rfc3339_utc(n),
        _ => n.to_string(),
    }
}

/// The beginning of a stretch: a day where it begins with one.
fn low(field: &Field, n: Option<i64>, reading: &Reading<'_>) -> String {
    match n {
        Some(n) if field.kind == Kind::Instant && reading.zone.day_start(reading.zone.today(n)) == n => {
            iso_date(reading.zone.today(n))
        }
        _ => single(field, n),
    }
}

/// The end of a stretch: a day where it ends with one.
fn high(field: &Field, n: Option<i64>, reading: &Reading<'_>) -> String {
    match n {
        Some(n) if field.kind == Kind::Instant && reading.zone.day_start(reading.zone.today(n).saturating_add(1)) == n + 1 => {
            iso_date(reading.zone.today(n))
        }
        _ => single(field, n),
    }
}
