//! The words behind `is:`, `has:` and `no:`, which are no fields or say more than one. Knows no grammar beyond one value.

use std::ops::Range;

use super::ast::{Due, Expr, IsKind, Op, Operand};
use super::error::QueryError;
use super::lexer::Raw;
use super::parser::{NOTES, field};
use super::{later, path};
use crate::model::dates::{parse_date, parse_instant};
use crate::model::entity::Entity;
use crate::model::field::read::Reading;
use crate::model::nearest::nearest;
use crate::model::zone;

fn wrong<T>(span: Range<usize>, message: impl Into<String>) -> Result<T, QueryError> {
    Err(QueryError::new(span, message))
}

/// `has:field`, and of activities what the record keeps of them.
pub(super) fn has(name: &str, raw: &Raw, reading: &Reading<'_>) -> Result<Expr, QueryError> {
    let word = raw.text();
    if NOTES.iter().any(|notes| word.trim().eq_ignore_ascii_case(notes)) {
        return Ok(Expr::Notes(String::new()));
    }
    let registry = reading.registry();
    if matches!(word.trim().to_ascii_lowercase().as_str(), "file" | "files") {
        return Ok(Expr::Files);
    }
    let kept = match word.trim().replace('-', "_").as_str() {
        "contact" if registry.find("contact").is_none() => registry.find("last_contact_at"),
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
    if let Some(path) = path::find(reading.entity, &word).filter(|path| path.is_had) {
        return Ok(Expr::linked(path, Expr::All));
    }
    match later::has(name, word.trim()) {
        Some(sentence) => wrong(raw.span.clone(), sentence),
        None => field(word.trim(), raw.span.clone(), reading).map(Expr::Has),
    }
}

/// `no:field`; of a contact and an activity also longer ago than an age, as `no:contact>30d`.
pub(super) fn no(raw: &Raw, reading: &Reading<'_>) -> Result<Expr, QueryError> {
    let word = raw.text();
    let Some((name, age)) = word.split_once('>') else { return has("no", raw, reading).map(Expr::negated) };
    let registry = reading.registry();
    let field = match name.trim() {
        "contact" => registry.find("last_contact_at"),
        "activity" => registry.find("last_activity_at"),
        other => {
            let message = format!("no:{other} has no age; only no:contact>30d and no:activity>30d have one");
            return wrong(raw.span.clone(), message);
        }
    };
    let Some(field) = field else {
        return wrong(raw.span.clone(), format!("{} have no activities", registry.entity().plural()));
    };
    // an age is one of days, where it can be: 18m are months
    let back = format!("-{}", age.trim());
    let since = parse_date(&back, zone::date(reading.today()), reading.locale)
        .map(|day| reading.zone.day_start(zone::days(day)))
        .or_else(|_| parse_instant(&back, reading.now, reading.zone, reading.locale));
    let Ok(since) = since else {
        return wrong(raw.span.clone(), format!("“{}” is no age; write it as 30d, 2w or 3mo", age.trim()));
    };
    let from = Some(since);
    let before = Expr::Compare { field, op: Op::Less, values: vec![Operand::Range { from, to: None }] };
    Ok(Expr::or([Expr::negated(Expr::Has(field)), before]))
}

/// `is:word`.
pub(super) fn is(raw: &Raw, reading: &Reading<'_>) -> Result<Expr, QueryError> {
    let word = raw.text().trim().to_lowercase();
    if let Some(kind) = IsKind::ALL.iter().find(|kind| kind.name() == word) {
        if matches!(kind, IsKind::Late | IsKind::Today) {
            return due(*kind, raw, reading);
        }
        return Ok(Expr::Is(*kind));
    }
    if let Some(sentence) = later::is(&word) {
        return Err(QueryError::new(raw.span.clone(), sentence));
    }
    let instead = match word.as_str() {
        "open" | "qualified" | "disqualified" => Some(format!("status:{word}")),
        "closed" => Some("-status:open".into()),
        "hot" | "warm" | "cold" => Some(format!("rating:{word}")),
        _ => None,
    };
    if let Some(instead) = instead {
        return Err(QueryError::new(raw.span.clone(), format!("is: does not know “{word}”; write {instead}")));
    }
    let near = nearest(&word, IsKind::ALL.iter().map(|kind| kind.name()));
    let all: Vec<&str> = IsKind::ALL.iter().map(|kind| kind.name()).collect();
    Err(QueryError::new(raw.span.clone(), format!("is: does not know “{word}”; it takes {}", all.join(", "))).or_rather(near))
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
