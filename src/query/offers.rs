//! What could stand at a place of a filter: fields, the words that are no fields, paths, values. Knows no cursor.

use std::ops::Range;

use super::ast::{IsKind, Op};
use super::help::Completion;
use super::parser::{SPECIAL, is_sortable, parse};
use super::path;
use super::print::quote;
use super::states::HAD;
use crate::model::dates::{parse_period, show_date};
use crate::model::entity::Entity;
use crate::model::field::read::Reading;
use crate::model::field::{Field, Kind, options};
use crate::model::fold::fold;
use crate::model::zone;

/// The fields that are offered before anything is typed.
const FIRST: &[&str] = &["is", "status", "owner", "rating", "source", "created_at", "tags", "text", "sort"];

/// The words that are offered for days, those that lists are asked for most first.
pub(super) const DAYS: &[&str] = &[
    "today",
    "this-week",
    "last-week",
    "this-month",
    "last-month",
    "this-quarter",
    "last-quarter",
    "this-year",
    "last-year",
    "yesterday",
    "tomorrow",
    "next-week",
    "next-month",
    "next-quarter",
    "next-year",
    "-7d",
    "-30d",
    "-90d",
];

/// What is offered where nothing is typed.
pub(super) fn first(cursor: usize, reading: &Reading<'_>) -> Vec<Completion> {
    let offer = |name: &&str| Completion { replace: cursor..cursor, text: format!("{name}:"), help: meaning(name, reading) };
    FIRST.iter().filter(|name| is_special(name) || reading.registry().find(name).is_some()).map(offer).collect()
}

fn meaning(name: &str, reading: &Reading<'_>) -> String {
    match SPECIAL.iter().find(|(special, _)| *special == name) {
        Some((_, help)) => (*help).into(),
        None => reading.registry().find(name).map_or_else(String::new, |id| reading.registry().field(id).label.into()),
    }
}

/// Fields whose name, synonym or label begins with what is typed, the words that are no fields, and the ways to linked records.
pub(super) fn fields(replace: Range<usize>, typed: &str, behind: &str, reading: &Reading<'_>) -> Vec<Completion> {
    let typed = typed.to_lowercase().replace([' ', '-'], "_");
    let special = SPECIAL.iter().map(|(name, _)| *name).filter(|name| name.starts_with(&typed));
    let mut names: Vec<&str> = special.collect();
    names.extend(named(&typed, reading));
    let offer =
        |name: &str| Completion { replace: replace.clone(), text: format!("{name}{behind}"), help: meaning(name, reading) };
    let mut found: Vec<Completion> = names.into_iter().map(offer).collect();
    if !behind.is_empty() {
        let paths = path::of(reading.entity).filter(|path| path.name.starts_with(&typed));
        found.extend(paths.map(|path| Completion {
            replace: replace.clone(),
            text: format!("{}.", path.name),
            help: path.help.into(),
        }));
    }
    found
}

/// Names of fields: those that begin so, then those of which a synonym or a part of the name does.
fn named(typed: &str, reading: &Reading<'_>) -> Vec<&'static str> {
    let all = reading.registry().fields();
    let mut names: Vec<&'static str> = all.iter().map(|f| f.name).filter(|name| name.starts_with(typed)).collect();
    if typed.is_empty() {
        return names;
    }
    for field in all {
        let other = field.synonyms.iter().any(|s| s.starts_with(typed)) || field.name.split('_').any(|p| p.starts_with(typed));
        if other && !names.contains(&field.name) {
            names.push(field.name);
        }
    }
    names
}

/// The values that can stand behind a name.
pub(super) fn of_field(name: &str, op: Op, replace: Range<usize>, typed: &str, reading: &Reading<'_>) -> Vec<Completion> {
    let small = fold(typed);
    let offer = |(text, help): (String, String)| Completion { replace: replace.clone(), text, help };
    let begins = |(word, _): &(&str, &str)| word.starts_with(&small);
    match name {
        "is" => {
            let states = IsKind::ALL.iter().map(|kind| (kind.name(), kind.help()));
            let states = states.chain([("open", "in an open state"), ("closed", "in none of the open states")]).filter(begins);
            // what records of this kind cannot be is refused by the grammar
            let can_be = states.filter(|(word, _)| parse(&format!("is:{word}"), reading).is_ok());
            can_be.map(|(word, help)| offer((word.into(), help.into()))).collect()
        }
        "has" | "no" => {
            let own = HAD.iter().copied().filter(begins);
            let own = own.filter(|(word, _)| parse(&format!("has:{word}"), reading).is_ok());
            let paths = path::of(reading.entity).filter(|path| path.is_had).map(|path| (path.name, path.help)).filter(begins);
            let own: Vec<Completion> = own.chain(paths).map(|(word, help)| offer((word.into(), help.into()))).collect();
            let fields = fields(replace.clone(), typed, "", reading).into_iter();
            let fields: Vec<Completion> =
                fields.filter(|c| !is_special(&c.text) && own.iter().all(|o| o.text != c.text)).collect();
            own.into_iter().chain(fields).collect()
        }
        "sort" => {
            let bare = typed.trim_start_matches('-');
            let inner = replace.start + (typed.len() - bare.len())..replace.end;
            let next = ("next", "what to work next: late, new and hot, without a next step, then by when it is due");
            let is_next = reading.entity == Entity::Lead && bare == typed && next.0.starts_with(bare);
            let next = is_next.then(|| offer((next.0.into(), next.1.into())));
            let registry = reading.registry();
            let sortable = |c: &Completion| {
                let field = registry.find(&c.text).map(|id| registry.field(id));
                !is_special(&c.text) && field.is_some_and(is_sortable)
            };
            next.into_iter().chain(fields(inner, bare, "", reading).into_iter().filter(sortable)).collect()
        }
        "was" => {
            let registry = reading.registry();
            values(registry.field(registry.id("owner")), op, &replace, typed, reading)
        }
        "unit" => {
            let units = reading.catalog.people.units.iter().filter(|unit| fold(&unit.name).starts_with(&small));
            let units = units.map(|unit| offer((quote(&unit.name), "a business unit".into())));
            let mine = "mine".starts_with(&small).then(|| offer(("mine".into(), "my own".into())));
            mine.into_iter().chain(units).collect()
        }
        _ => match reading.registry().find(name) {
            Some(id) => values(reading.registry().field(id), op, &replace, typed, reading),
            None => Vec::new(),
        },
    }
}

fn is_special(name: &str) -> bool {
    SPECIAL.iter().any(|(special, _)| *special == name)
}

fn values(field: &Field, op: Op, replace: &Range<usize>, typed: &str, reading: &Reading<'_>) -> Vec<Completion> {
    let offer = |text: String, help: String| Completion { replace: replace.clone(), text, help };
    let wanted = fold(typed);
    match field.kind {
        Kind::Date | Kind::Instant => {
            // behind .. the end of the range is typed
            let (kept, wanted) = match typed.rsplit_once("..").filter(|_| op == Op::Is) {
                Some((from, end)) => (format!("{from}.."), fold(end)),
                None => (String::new(), wanted),
            };
            let words = DAYS.iter().filter(|word| word.starts_with(&wanted));
            words.map(|word| offer(format!("{kept}{word}"), days(word, reading))).collect()
        }
        Kind::Tags => {
            let wanted = wanted.trim_start_matches('#').to_owned();
            let known = reading.catalog.tags.iter().filter(|tag| fold(tag).starts_with(&wanted));
            known.map(|tag| offer(quote(tag), "a tag".into())).collect()
        }
        Kind::Currency if fold(&reading.locale.currency).starts_with(&wanted) => {
            vec![offer(reading.locale.currency.to_lowercase(), "the currency of new records".into())]
        }
        Kind::Choice(_) | Kind::Flag { .. } | Kind::Owner | Kind::User => {
            let mut all = options::of(field, reading.catalog);
            if matches!(field.kind, Kind::Owner | Kind::User) {
                let me = options::Choosable { code: reading.me, word: "me".into(), label: "myself".into(), active: true };
                all.insert(0, me);
            }
            let begins = |o: &options::Choosable| fold(&o.word).starts_with(&wanted) || fold(&o.label).starts_with(&wanted);
            let inside = |o: &options::Choosable| fold(&o.label).split(' ').skip(1).any(|word| word.starts_with(&wanted));
            let (first, rest): (Vec<_>, Vec<_>) = all.into_iter().filter(|o| begins(o) || inside(o)).partition(begins);
            first.into_iter().chain(rest).map(|o| offer(quote(&o.word), o.label)).collect()
        }
        _ => Vec::new(),
    }
}

/// The days that a word means: `16 Nov – 22 Nov`.
fn days(word: &str, reading: &Reading<'_>) -> String {
    let Ok(period) = parse_period(word, zone::date(reading.today()), reading.locale) else { return String::new() };
    let (start, end) = (zone::days(period.start), zone::days(period.end_exclusive) - 1);
    let today = reading.today();
    if start == end { show_date(start, today) } else { format!("{} – {}", show_date(start, today), show_date(end, today)) }
}
