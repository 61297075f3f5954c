//! Where a field of a record stands in SQL, over the alias `l`: its column, its folded key, its order. Binds no values.

use crate::model::catalog::Catalog;
use crate::model::choice::{HOT, OPEN};
use crate::model::entity::Entity;
use crate::model::field::{Field, Kind};
use crate::query::ast::{Next, Query};
use crate::query::eval::{has_key, ordinals};

/// The column of a field that has one.
pub fn column(field: &Field) -> String {
    format!("l.{}", field.name)
}

/// The text that a field is matched by: a kept key, else the column folded on the fly; digits of a telephone number.
pub fn key(field: &Field) -> String {
    match field.kind {
        Kind::Phone => format!("digits(l.{})", field.name),
        Kind::Lookup(entity) => {
            format!("(SELECT x.name_key FROM {} x WHERE x.number = l.{})", entity.name(), field.name)
        }
        Kind::Record => named(field),
        _ if has_key(field) => format!("l.{}_key", field.name),
        _ => format!("fold(l.{})", field.name),
    }
}

/// The folded name of the record of any kind that a column refers to.
fn named(field: &Field) -> String {
    let mut sql = format!("CASE substr(l.{}, 1, 1)", field.name);
    for entity in Entity::LISTED {
        let key = if *entity == Entity::Lead { "coalesce(nullif(x.name_key, ''), x.company_key)" } else { "x.name_key" };
        sql.push_str(&format!(
            " WHEN '{}' THEN (SELECT {key} FROM {} x WHERE x.number = CAST(substr(l.{}, 3) AS INTEGER))",
            entity.prefix(),
            entity.name(),
            field.name
        ));
    }
    sql.push_str(" END");
    sql
}

/// Whether the words of a field stand in the index of words, so that a match in the field is a match there.
pub fn is_indexed_word(field: &Field) -> bool {
    has_key(field) || matches!(field.name, "email2" | "email3") || is_indexed_phone(field)
}

/// Whether the digits of a telephone field stand in the index of words.
pub fn is_indexed_phone(field: &Field) -> bool {
    matches!(field.name, "phone" | "mobile_phone" | "home_phone" | "other_phone")
}

/// Columns that always hold a value.
fn is_never_empty(field: &Field) -> bool {
    matches!(field.kind, Kind::Flag { .. } | Kind::Number(_))
        || matches!(field.kind, Kind::Choice(set) if set.is_state() || set.is_reason())
        || matches!(field.name, "created_at" | "modified_at" | "owner" | "created_by" | "modified_by")
}

/// The text behind ORDER BY: the keys of a sort, then the number. What is empty comes last, but for the texts with a
/// kept key, whose index begins with them.
pub fn order(query: &Query, catalog: &Catalog) -> String {
    let (registry, sort) = (catalog.registry(query.entity), &query.sort);
    let mut terms = Vec::new();
    for key in sort {
        if let Some(next) = key.next {
            return format!("{}, l.next_due_at NULLS LAST, l.number DESC", part_of_next(next));
        }
        let field = registry.field(key.field);
        terms.push(term(field, key.descending, catalog));
        if matches!(field.kind, Kind::Number(_)) {
            return terms.join(", ");
        }
    }
    // The same way round as the last key, so that an index over key and number serves both.
    terms.push(format!("l.number{}", direction(sort.last().is_none_or(|key| key.descending))));
    terms.join(", ")
}

/// The part of `sort:next` that a lead is in, from 0. The moments are numbers of ours and no text of the filter.
pub fn part_of_next(next: Next) -> String {
    let Next { now, today, fast } = next;
    let fast: Vec<String> = fast.iter().filter(|code| **code != 0).map(i64::to_string).collect();
    // no source has the code 0
    let fast = if fast.is_empty() { "0".to_owned() } else { fast.join(", ") };
    format!(
        "CASE WHEN l.status <> {OPEN} THEN 5 WHEN l.next_due_at < {now} AND l.next_due_at <> {today} THEN 0
         WHEN l.rating = {HOT} AND l.number IN (SELECT h.number FROM lead h WHERE h.handed_at IS NOT NULL AND h.opened_at IS NULL) THEN 1
         WHEN l.next_due_at IS NULL AND l.source IN ({fast}) THEN 2 WHEN l.next_due_at IS NULL THEN 3 ELSE 4 END"
    )
}

/// What decides the order of a column that holds numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ranking {
    /// The number itself.
    Own,
    /// The place of the code in this list of codes and places; a code that is not there has none.
    Place(Vec<(i64, i64)>),
    /// The login of the user or the name of the team.
    Owner,
    /// The login of the user.
    User,
}

/// What decides the order by a field, and whether the greatest then comes first; none where the column holds text.
pub fn ranking(field: &Field, descending: bool, catalog: &Catalog) -> Option<(Ranking, bool)> {
    Some(match field.kind {
        // the rank is the code turned round, so the order is
        Kind::Choice(set) if set.is_ordered() => (Ranking::Own, descending != (set.rank(1) < 0)),
        Kind::Choice(set) if set.is_state() => (Ranking::Own, descending),
        Kind::Choice(set) => match ordinals(set, catalog) {
            places if places.is_empty() => (Ranking::Own, descending),
            places => (Ranking::Place(places), descending),
        },
        Kind::Owner => (Ranking::Owner, descending),
        Kind::User => (Ranking::User, descending),
        Kind::Tags | Kind::Id | Kind::Lookup(_) | Kind::Linked(_) | Kind::Record => return None,
        _ if field.is_text() => return None,
        _ => (Ranking::Own, descending),
    })
}

fn term(field: &Field, descending: bool, catalog: &Catalog) -> String {
    let (source, descending) = match ranking(field, descending, catalog) {
        Some((Ranking::Own, descending)) => (column(field), descending),
        Some((Ranking::Place(places), descending)) => (by_place(field, &places), descending),
        Some((Ranking::Owner, descending)) => (
            "coalesce((SELECT u.login_key FROM app_user u WHERE u.number = l.owner), \
             (SELECT t.name_key FROM team t WHERE t.number = -l.owner))"
                .into(),
            descending,
        ),
        Some((Ranking::User, descending)) => {
            (format!("(SELECT u.login_key FROM app_user u WHERE u.number = l.{})", field.name), descending)
        }
        None if has_key(field) => return format!("{}{}", key(field), direction(descending)),
        None if matches!(field.kind, Kind::Lookup(_) | Kind::Record) => (key(field), descending),
        None if field.is_text() => (format!("nullif(fold(l.{}), '')", field.name), descending),
        None => (column(field), descending),
    };
    let last = if is_never_empty(field) && source == column(field) { "" } else { " NULLS LAST" };
    format!("{source}{}{last}", direction(descending))
}

const fn direction(descending: bool) -> &'static str {
    if descending { " DESC" } else { "" }
}

/// The place of a choice among the labels of its set.
fn by_place(field: &Field, places: &[(i64, i64)]) -> String {
    let mut sql = format!("CASE l.{}", field.name);
    for (code, place) in places {
        sql.push_str(&format!(" WHEN {code} THEN {place}"));
    }
    sql.push_str(" END");
    sql
}
