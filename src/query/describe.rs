//! A filter in words, for the line under the filter bar. What it says is not read back.

use super::ast::{Age, Dated, Expr, Fit, IsKind, Op, Operand, Query, SortKey};
use super::path::Path;
use crate::model::dates::{show_date, show_instant};
use crate::model::field::read::Reading;
use crate::model::field::show::Showing;
use crate::model::field::{Field, Kind, options};
use crate::model::value::{Owner, Value};

/// What a filter finds and in which order: `Status Open · Rating Warm or hotter · by Est. Value, greatest first`.
pub fn describe(query: &Query, reading: &Reading<'_>) -> String {
    let mut parts = match &query.filter {
        Expr::All => vec![format!("all {}", reading.entity.plural())],
        Expr::And(parts) => parts.iter().map(|part| inner(part, reading)).collect(),
        other => vec![one(other, reading)],
    };
    if !query.sort.is_empty() {
        let keys: Vec<String> = query.sort.iter().map(|key| sort(*key, reading)).collect();
        parts.push(format!("by {}", keys.join(", then ")));
    }
    parts.join(" · ")
}

fn sort(key: SortKey, reading: &Reading<'_>) -> String {
    let field = reading.registry().field(key.field);
    if key.next.is_some() {
        return "what to work next: late, new and hot, without a next step and of a fast source before others, then by when it is due".into();
    }
    match (key.descending, field.kind) {
        (false, _) => field.label.into(),
        (true, Kind::Date | Kind::Instant | Kind::Number(_)) => format!("{}, newest first", field.label),
        (true, Kind::Money | Kind::Int | Kind::Degree) => format!("{}, greatest first", field.label),
        (true, Kind::Choice(set)) if set.is_ordered() => format!("{}, highest first", field.label),
        (true, _) => format!("{}, from the end", field.label),
    }
}

/// A part of a whole, in parentheses where it is itself one.
fn inner(expr: &Expr, reading: &Reading<'_>) -> String {
    match expr {
        Expr::Or(_) | Expr::And(_) => format!("({})", one(expr, reading)),
        _ => one(expr, reading),
    }
}

fn one(expr: &Expr, reading: &Reading<'_>) -> String {
    let label = |id| reading.registry().field(id).label;
    match expr {
        Expr::All => "all".into(),
        Expr::Words(text) => format!("with “{text}”"),
        Expr::Has(field) => format!("with {}", label(*field)),
        Expr::Files => "with files".into(),
        Expr::Links => "with links".into(),
        Expr::Aged { what, age } => format!("with {}", aged(*what, *age, reading)),
        Expr::Was(owners) => format!("once of {}", people(owners, reading)),
        Expr::Unit { op, units } => unit(*op, units, reading),
        Expr::Notes(text) if text.is_empty() => "with a note".into(),
        Expr::Notes(text) => format!("with “{text}” in a note"),
        Expr::Is(kind) => is(*kind).into(),
        Expr::Due(due) => is(due.kind).into(),
        Expr::Linked { path, inner } => format!("with {}", linked(path, inner, reading)),
        planned if is_next_step(planned, reading) => "with a next step".into(),
        Expr::Compare { field, op, values } => {
            let field = reading.registry().field(*field);
            let values: Vec<String> = values.iter().map(|v| compared(field, *op, v, reading)).collect();
            format!("{} {}", field.label, values.join(" or "))
        }
        Expr::And(parts) => parts.iter().map(|p| inner(p, reading)).collect::<Vec<_>>().join(" and "),
        Expr::Or(parts) => parts.iter().map(|p| inner(p, reading)).collect::<Vec<_>>().join(" or "),
        Expr::Not(negated) => match &**negated {
            Expr::Has(field) => format!("without {}", label(*field)),
            planned if is_next_step(planned, reading) => "without a next step".into(),
            Expr::Files => "without files".into(),
            Expr::Links => "without links".into(),
            Expr::Aged { what, age } => format!("without {}", aged(*what, *age, reading)),
            Expr::Words(text) => format!("without “{text}”"),
            Expr::Linked { path, inner } => format!("without {}", linked(path, inner, reading)),
            Expr::Notes(text) if text.is_empty() => "without a note".into(),
            Expr::Notes(text) => format!("without “{text}” in a note"),
            other => format!("not {}", inner(other, reading)),
        },
    }
}

/// Whether this is what `has:next-step` is read as: something planned that is not done.
fn is_next_step(expr: &Expr, reading: &Reading<'_>) -> bool {
    let planned = |field| reading.registry().field(field).name == "open_activities";
    let from_one = |values: &[Operand]| matches!(values, [Operand::Range { from: Some(1), to: None | Some(1) }]);
    matches!(expr, Expr::Compare { field, op: Op::AtLeast, values } if planned(*field) && from_one(values))
}

/// Records that a path leads to, with what they meet: `account (Industry Retail)`.
fn linked(path: &Path, inner: &Expr, reading: &Reading<'_>) -> String {
    let name = path.name.replace('_', " ");
    match inner {
        Expr::All => name,
        inner => format!("{name} ({})", one(inner, &Reading { entity: path.to, ..*reading })),
    }
}

/// Notes or files of an age: `a note from 9 Nov on`.
fn aged(what: Dated, age: Age, reading: &Reading<'_>) -> String {
    let what = match what {
        Dated::Notes => "a note",
        Dated::Files => "a file",
    };
    let moment = |at: i64| {
        let day = reading.zone.today(at);
        if reading.zone.day_start(day) == at { show_date(day, reading.today()) } else { show_instant(at, reading.zone) }
    };
    match age {
        Age::Since(at) => format!("{what} from {} on", moment(at)),
        Age::Before(at) => format!("{what} before {}", moment(at)),
    }
}

fn people(owners: &[i64], reading: &Reading<'_>) -> String {
    let names = owners.iter().filter_map(|code| Owner::of_code(*code)).map(|owner| reading.catalog.people.show(owner));
    names.collect::<Vec<_>>().join(" or ")
}

fn unit(op: Op, units: &[i64], reading: &Reading<'_>) -> String {
    let names = units.iter().filter_map(|number| reading.catalog.people.unit(*number)).map(|unit| unit.name.as_str());
    let names = names.collect::<Vec<_>>().join(" or ");
    match op {
        Op::AtMost => format!("Business Unit {names} or below"),
        Op::Less => format!("Business Unit below {names}"),
        _ => format!("Business Unit {names}"),
    }
}

const fn is(kind: IsKind) -> &'static str {
    match kind {
        IsKind::Mine => "mine",
        IsKind::Unassigned => "unassigned",
        IsKind::New => "new to me",
        IsKind::Late => "late",
        IsKind::Today => "due today",
        IsKind::Draft => "with a draft",
        IsKind::Incomplete => "incomplete",
        IsKind::Duplicate => "a duplicate",
        IsKind::Shared => "shared",
        IsKind::Queued => "in a queue",
        IsKind::Deleted => "deleted",
    }
}

fn compared(field: &Field, op: Op, operand: &Operand, reading: &Reading<'_>) -> String {
    match operand {
        Operand::Text { text, fit } => match fit {
            Fit::Whole => text.clone(),
            Fit::Word => format!("“{text}”"),
            Fit::Prefix => format!("beginning with “{text}”"),
            Fit::Suffix => format!("ending in “{text}”"),
            Fit::Inside => format!("containing “{text}”"),
        },
        Operand::Id(id) => id.to_string(),
        Operand::Record(key) => key.to_string(),
        Operand::Code(code) => {
            let found = options::of(field, reading.catalog).into_iter().find(|o| o.code == *code);
            let person = matches!(field.kind, Kind::Owner | Kind::User);
            let shown = match (found, field.kind) {
                (Some(o), _) => {
                    if person {
                        o.word
                    } else {
                        o.label
                    }
                }
                (None, Kind::Lookup(entity)) => entity.numbered(*code).to_string(),
                (None, _) => code.to_string(),
            };
            match op {
                Op::Is => shown,
                Op::Greater => format!("above {shown}"),
                Op::AtLeast => format!("{shown} or higher"),
                Op::Less => format!("below {shown}"),
                Op::AtMost => format!("{shown} or lower"),
            }
        }
        Operand::Range { from, to } => range(field, op, *from, *to, reading),
    }
}

fn range(field: &Field, op: Op, from: Option<i64>, to: Option<i64>, reading: &Reading<'_>) -> String {
    let is_time = matches!(field.kind, Kind::Date | Kind::Instant);
    let low = from.map(|n| number(field, n, false, reading)).unwrap_or_default();
    let high = to.map(|n| number(field, n, true, reading)).unwrap_or_default();
    match (op, from.is_some(), to.is_some()) {
        (Op::Is, true, true) if low == high => low,
        (Op::Is, true, true) => format!("{low} to {high}"),
        (Op::Is | Op::AtLeast, true, _) => {
            if is_time {
                format!("from {low} on")
            } else {
                format!("at least {low}")
            }
        }
        (Op::Is | Op::AtMost, _, true) => {
            if is_time {
                format!("up to {high}")
            } else {
                format!("at most {high}")
            }
        }
        (Op::Greater, _, _) => {
            if is_time {
                format!("after {high}")
            } else {
                format!("over {high}")
            }
        }
        (_, _, _) => {
            if is_time {
                format!("before {low}")
            } else {
                format!("below {low}")
            }
        }
    }
}

/// A number, day or moment; the moment at which a day begins or ends is that day.
fn number(field: &Field, n: i64, is_end: bool, reading: &Reading<'_>) -> String {
    let value = match field.kind {
        Kind::Money => Value::Money(n),
        Kind::Degree => Value::Degree(n),
        Kind::Date => Value::Date(i32::try_from(n).unwrap_or_default()),
        Kind::Instant => {
            let day = reading.zone.today(n);
            let edge = if is_end { reading.zone.day_start(day.saturating_add(1)) - 1 } else { reading.zone.day_start(day) };
            return if edge == n { show_date(day, reading.today()) } else { show_instant(n, reading.zone) };
        }
        _ => Value::Int(n),
    };
    let Reading { catalog, locale, zone, now, .. } = *reading;
    Showing { catalog, locale, zone, now }.show(field, &value, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalog::Catalog;
    use crate::model::locale::Locale;
    use crate::model::zone::Zone;
    use crate::query::parse;

    #[test]
    fn filters_are_told_in_words() {
        let (catalog, locale) = (Catalog::shipped(), Locale::of("US"));
        // Monday 23 November 2026, 11:30 UTC
        let reading = Reading {
            entity: crate::model::entity::Entity::Lead,
            catalog: &catalog,
            locale: &locale,
            zone: Zone::Utc,
            now: 1_795_433_400_000_000,
            me: 1,
        };
        for (text, words) in [
            ("", "all leads"),
            ("ann is:mine status:open", "with “ann” · mine · Status Open"),
            ("source:web,partner rating>=warm", "Lead Source Web or Partner · Rating Warm or higher"),
            (
                "value>10k created>-30d sort:-value,name",
                "Est. Value over 10,000.00 · Created On after 24 Oct · by Est. Value, greatest first, then Name",
            ),
            ("created:2026-11 closes<today", "Created On 1 Nov to 30 Nov · Est. Close Date before today"),
            ("no:next-step", "without a next step"),
            ("has:next-step", "with a next step"),
            ("no:company or company:cont*", "without Company Name or Company Name beginning with “cont”"),
            (
                "no:opportunity account.(industry:consulting ann) -contact.city:york",
                "without opportunity · with account (Industry Consulting and with “ann”) · without contact (City “york”)",
            ),
            ("-(a or b) employees:50..", "not (with “a” or with “b”) · No. of Employees at least 50"),
        ] {
            let query = parse(text, &reading).expect(text);
            assert_eq!(describe(&query, &reading), words, "{text}");
        }
    }
}
