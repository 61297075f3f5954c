//! The words behind `is:`, `has:` and `no:`, which are no fields or say more than one. Knows no grammar beyond one value.

use std::ops::Range;

use super::ast::{Age, Dated, Due, Expr, IsKind, Op, Operand};
use super::error::QueryError;
use super::lexer::Raw;
use super::parser::{NOTES, field};
use super::path;
use super::print::quote;
use super::resolve::{codes, moments, stars};
use crate::model::dates::{parse_date, parse_instant};
use crate::model::entity::Entity;
use crate::model::field::Kind;
use crate::model::field::read::Reading;
use crate::model::fold::fold;
use crate::model::nearest::nearest;
use crate::model::{activity, choice, zone};

/// The words behind `has:` and `no:` that are neither fields nor paths, with what they mean.
pub(super) const HAD: &[(&str, &str)] = &[
    ("note", "a note"),
    ("file", "an attached file"),
    ("contact", "somebody spoke to them; no:contact>30d: not for so long"),
    ("activity", "something was done; no:activity>6mo: not for so long"),
    ("next-step", "something is planned"),
    ("link", "a link with another record"),
    ("duplicate", "another one has its e-mail, its phone or its name and company"),
];

fn wrong<T>(span: Range<usize>, message: impl Into<String>) -> Result<T, QueryError> {
    Err(QueryError::new(span, message))
}

/// `has:field`, and of activities what the record keeps of them; also with an age, as `has:note<2w`.
pub(super) fn has(raw: &Raw, reading: &Reading<'_>) -> Result<Expr, QueryError> {
    let text = raw.text();
    let word = text.trim();
    if let Some((name, age)) = aged(word, raw, reading)? {
        return had_at(name, age, raw, reading);
    }
    if let Some(dated) = dated(word) {
        return Ok(match dated {
            Dated::Notes => Expr::Notes(String::new()),
            Dated::Files => Expr::Files,
        });
    }
    let registry = reading.registry();
    let kept = match word.replace('-', "_").as_str() {
        "link" | "links" => return Ok(Expr::Links),
        "duplicate" | "duplicates" => return duplicate(raw, reading),
        "contact" => registry.find("last_contact_at"),
        "activity" => registry.find("last_activity_at"),
        "next_step" | "next" => registry.find("open_activities"),
        _ => None,
    };
    match kept {
        Some(field) if registry.field(field).name == "open_activities" => {
            let values = vec![Operand::Range { from: Some(1), to: None }];
            return Ok(Expr::Compare { field, op: Op::AtLeast, values });
        }
        Some(field) => return Ok(Expr::Has(field)),
        None => {}
    }
    if let Some(path) = path::find(reading.entity, word).filter(|path| path.is_had) {
        return Ok(Expr::linked(path, Expr::All));
    }
    field(word, raw.span.clone(), reading).map(Expr::Has)
}

/// `no:field`; with an age also longer ago, as `no:contact>30d`.
pub(super) fn no(raw: &Raw, reading: &Reading<'_>) -> Result<Expr, QueryError> {
    let text = raw.text();
    let Some((name, age)) = aged(text.trim(), raw, reading)? else { return has(raw, reading).map(Expr::negated) };
    let Age::Before(since) = age else {
        let message = format!("what was not for so long is written no:{name}>30d; what was not lately -has:{name}<30d");
        return wrong(raw.span.clone(), message);
    };
    match had_at(name, Age::Since(since), raw, reading)? {
        // never, or before
        Expr::Compare { field, values, .. } => {
            let before = Expr::Compare { field, op: Op::Less, values };
            Ok(Expr::or([Expr::negated(Expr::Has(field)), before]))
        }
        lately => Ok(Expr::negated(lately)),
    }
}

/// Notes and files by name.
fn dated(word: &str) -> Option<Dated> {
    let word = word.to_ascii_lowercase();
    if NOTES.contains(&word.as_str()) {
        return Some(Dated::Notes);
    }
    matches!(word.as_str(), "file" | "files").then_some(Dated::Files)
}

/// A name and the age behind it, where a sign parts them: `note<2w` is younger, `note>2w` older; `note>=2026-11-01` from that day on.
fn aged<'a>(word: &'a str, raw: &Raw, reading: &Reading<'_>) -> Result<Option<(&'a str, Age)>, QueryError> {
    let Some(at) = word.find(['<', '>']) else { return Ok(None) };
    let (name, rest) = (word[..at].trim(), &word[at..]);
    let typed = rest.trim_start_matches(['<', '>', '=']).trim();
    let sign = &rest[..rest.len() - rest.trim_start_matches(['<', '>', '=']).len()];
    let figures = typed.trim_start_matches(|c: char| c.is_ascii_digit());
    if figures.len() < typed.len() && !figures.is_empty() && figures.chars().all(|c| c.is_ascii_alphabetic()) {
        // an age is one of days, where it can be: 18m are months
        let back = format!("-{typed}");
        let since = parse_date(&back, zone::date(reading.today()), reading.locale)
            .map(|day| reading.zone.day_start(zone::days(day)))
            .or_else(|_| parse_instant(&back, reading.now, reading.zone, reading.locale));
        if let Ok(since) = since {
            return match sign {
                "<" | "<=" => Ok(Some((name, Age::Since(since)))),
                ">" | ">=" => Ok(Some((name, Age::Before(since)))),
                _ => wrong(raw.span.clone(), format!("an age stands behind < or >, as {name}>30d")),
            };
        }
    }
    if typed.is_empty() {
        return wrong(raw.span.clone(), format!("an age is missing behind {name}{sign}; write it as {name}>30d"));
    }
    let Ok((start, end)) = moments(typed, reading) else {
        return wrong(raw.span.clone(), format!("“{typed}” is no age; write it as 30d, 2w or 3mo"));
    };
    match sign {
        ">=" => Ok(Some((name, Age::Since(start)))),
        ">" => Ok(Some((name, Age::Since(end.saturating_add(1))))),
        "<" => Ok(Some((name, Age::Before(start)))),
        "<=" => Ok(Some((name, Age::Before(end.saturating_add(1))))),
        _ => wrong(raw.span.clone(), format!("a day stands behind <, <=, > or >=, as {name}>=2026-11-23")),
    }
}

/// Whether there is something of an age: a note, a file, a linked record that was made then, or a moment of the record itself.
fn had_at(name: &str, age: Age, raw: &Raw, reading: &Reading<'_>) -> Result<Expr, QueryError> {
    if let Some(what) = dated(name) {
        return Ok(Expr::Aged { what, age });
    }
    let registry = reading.registry();
    let kept = match name {
        "contact" => registry.find("last_contact_at"),
        "activity" => registry.find("last_activity_at"),
        _ => None,
    };
    let compare = |field| {
        let (op, at) = match age {
            Age::Since(at) => (Op::AtLeast, at),
            Age::Before(at) => (Op::Less, at),
        };
        Expr::Compare { field, op, values: vec![Operand::Range { from: Some(at), to: None }] }
    };
    if let Some(field) = kept {
        return Ok(compare(field));
    }
    if let Some(path) = path::find(reading.entity, name).filter(|path| path.is_had) {
        return Ok(Expr::linked(path, compare(reading.catalog.registry(path.to).id("created_at"))));
    }
    if matches!(name, "contact" | "activity") && registry.find(name).is_none() {
        return wrong(raw.span.clone(), format!("{} have no activities", registry.entity().plural()));
    }
    let id = field(name, raw.span.clone(), reading)?;
    match registry.field(id).kind {
        Kind::Instant => Ok(compare(id)),
        _ => {
            let label = registry.field(id).label;
            let message = format!("{label} has no age; contact, activity, note, file, request and moments have one");
            wrong(raw.span.clone(), message)
        }
    }
}

/// `was:owner`: the owners that these words mean.
pub(super) fn was(values: &[Raw], reading: &Reading<'_>) -> Result<Expr, QueryError> {
    let registry = reading.registry();
    let owner = registry.field(registry.id("owner"));
    let mut owners = Vec::new();
    for raw in values {
        for code in codes(owner, raw, reading)? {
            if !owners.contains(&code) {
                owners.push(code);
            }
        }
    }
    Ok(Expr::Was(owners))
}

/// `unit:name`; `<=` with the units below it, `<` those below alone.
pub(super) fn unit(op: Op, op_span: Range<usize>, values: &[Raw], reading: &Reading<'_>) -> Result<Expr, QueryError> {
    if !matches!(op, Op::Is | Op::Less | Op::AtMost) {
        return wrong(op_span, "unit is followed by a colon, or by <= to take those below it too");
    }
    let people = &reading.catalog.people;
    let mut units = Vec::new();
    for raw in values {
        let (start, inner, end) = stars(raw);
        let (typed, wanted) = (inner.text(), fold(&inner.text()));
        let fits = |name: &str| match (start, end) {
            (false, false) => name == wanted,
            (true, true) => name.contains(&wanted),
            (true, false) => name.ends_with(&wanted),
            (false, true) => name.starts_with(&wanted),
        };
        let mut found: Vec<i64> = people.units.iter().filter(|unit| fits(&fold(&unit.name))).map(|unit| unit.number).collect();
        if found.is_empty() && !start && !end && matches!(wanted.as_str(), "me" | "mine") {
            found.extend(people.user(reading.me).map(|user| user.unit));
        }
        if found.is_empty() {
            let names = people.units.iter().map(|unit| unit.name.as_str());
            let near = nearest(typed.trim(), names).map(|name| quote(&name));
            return Err(QueryError::new(raw.span.clone(), format!("there is no unit “{}”", typed.trim())).or_rather(near));
        }
        found.retain(|unit| !units.contains(unit));
        units.extend(found);
    }
    Ok(Expr::Unit { op, units })
}

/// `is:word`.
pub(super) fn is(raw: &Raw, reading: &Reading<'_>) -> Result<Expr, QueryError> {
    let word = raw.text().trim().to_lowercase();
    if let Some(kind) = IsKind::ALL.iter().find(|kind| kind.name() == word) {
        return match kind {
            IsKind::Late | IsKind::Today => due(*kind, raw, reading),
            IsKind::Duplicate => duplicate(raw, reading),
            _ => Ok(Expr::Is(*kind)),
        };
    }
    if let Some(closed) = closed(&word, reading) {
        return Ok(closed);
    }
    let instead = match word.as_str() {
        "qualified" | "disqualified" => Some(format!("status:{word}")),
        "hot" | "warm" | "cold" => Some(format!("rating:{word}")),
        _ => None,
    };
    if let Some(instead) = instead {
        return Err(QueryError::new(raw.span.clone(), format!("is: does not know “{word}”; write {instead}")));
    }
    let near = nearest(&word, IsKind::ALL.iter().map(|kind| kind.name()));
    let all: Vec<&str> = IsKind::ALL.iter().map(|kind| kind.name()).chain(["open", "closed"]).collect();
    let takes = if near.is_some() { String::new() } else { format!("; it takes {}", all.join(", ")) };
    Err(QueryError::new(raw.span.clone(), format!("is: does not know “{word}”{takes}")).or_rather(near))
}

/// `is:open` and `is:closed`: by the state, whatever it is called there.
fn closed(word: &str, reading: &Reading<'_>) -> Option<Expr> {
    let open: &[i64] = if reading.entity == Entity::Activity { &[choice::OPEN, activity::SCHEDULED] } else { &[choice::OPEN] };
    let values = open.iter().map(|code| Operand::Code(*code)).collect();
    let open = Expr::Compare { field: reading.registry().id("status"), op: Op::Is, values };
    match word {
        "open" => Some(open),
        "closed" => Some(Expr::negated(open)),
        _ => None,
    }
}

/// `is:duplicate`, where records can be.
fn duplicate(raw: &Raw, reading: &Reading<'_>) -> Result<Expr, QueryError> {
    if reading.entity.takes_requests() {
        return Ok(Expr::Is(IsKind::Duplicate));
    }
    wrong(
        raw.span.clone(),
        format!("{} are not looked through for duplicates; leads, accounts and contacts are", reading.entity.plural()),
    )
}

/// `is:late` and `is:today`.
fn due(kind: IsKind, raw: &Raw, reading: &Reading<'_>) -> Result<Expr, QueryError> {
    let registry = reading.registry();
    if registry.find("next_due_at").is_none() && registry.entity() != Entity::Activity {
        let message = format!("{} have nothing that is due", registry.entity().plural());
        return Err(QueryError::new(raw.span.clone(), message));
    }
    let today = reading.today();
    let start = reading.zone.day_start(today);
    Ok(Expr::Due(match kind {
        IsKind::Late => Due { kind, from: i64::MIN, before: reading.now, except: Some(start) },
        _ => Due { kind, from: start, before: reading.zone.day_start(today.saturating_add(1)), except: None },
    }))
}
