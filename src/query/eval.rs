//! What a filter means, on a record in memory: the oracle that the SQL of `store::filter` is tested against.

use std::cmp::Ordering;

use super::ast::{Dated, Expr, Fit, IsKind, Next, Op, Operand, Query, SortKey};
use super::path::{self, Path, Way};
use super::resolve::{is_country, ranked, search_words};
use crate::model::activity;
use crate::model::catalog::Catalog;
use crate::model::choice::{HOT, OPEN, Set};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{Field, FieldId, Kind, Registry};
use crate::model::fold::{fold, words};
use crate::model::record::Record;
use crate::model::value::{Owner, Value};
use crate::model::{country, email, phone};

/// Who asks, and what a filter may refer to beside the record.
#[derive(Clone, Copy, Debug)]
pub struct EvalContext<'a> {
    /// Fields, choices, people.
    pub catalog: &'a Catalog,
    /// The number of the person who asks.
    pub me: i64,
    /// The records with a kept draft.
    pub drafts: &'a [RecordId],
    /// What is tied to the records; only the evaluator reads it.
    pub beside: &'a Beside,
}

/// What is tied to records and stands in none of their fields, as the evaluator looks it up.
#[derive(Debug)]
pub struct Beside {
    /// When a file was put on a record, of those that are not deleted.
    pub files: Vec<(RecordId, i64)>,
    /// The notes that are not deleted, each with the record that it is on and when it was written.
    pub notes: Vec<(RecordId, i64, String)>,
    /// The owners who handed a record on, by their codes.
    pub former: Vec<(RecordId, i64)>,
    /// The records that are shared.
    pub shared: Vec<RecordId>,
    /// The records that paths lead to.
    pub records: Vec<Record>,
    /// Which records are linked, in either order.
    pub links: Vec<(RecordId, RecordId)>,
}

impl Beside {
    /// Nothing.
    pub const NONE: Self = Self {
        files: Vec::new(),
        notes: Vec::new(),
        former: Vec::new(),
        shared: Vec::new(),
        records: Vec::new(),
        links: Vec::new(),
    };

    /// Nothing, for those who only compile filters.
    pub const fn none() -> &'static Self {
        const { &Self::NONE }
    }
}

impl EvalContext<'_> {
    /// The codes of the owners that are the person or one of their teams.
    pub fn mine(&self) -> Vec<i64> {
        let teams = self.catalog.people.teams_of(self.me).map(|t| Owner::Team(t.number).code());
        std::iter::once(self.me).chain(teams).collect()
    }
}

impl EvalContext<'_> {
    /// The codes of the owners of some business units, in them or below.
    pub fn owners_of(&self, op: Op, units: &[i64]) -> Vec<i64> {
        let people = &self.catalog.people;
        let fits = |unit: i64| match op {
            Op::AtMost => units.iter().any(|above| people.is_within(unit, *above)),
            Op::Less => units.iter().any(|above| unit != *above && people.is_within(unit, *above)),
            _ => units.contains(&unit),
        };
        let users = people.users.iter().filter(|user| fits(user.unit)).map(|user| user.number);
        let teams = people.teams.iter().filter(|team| fits(team.unit)).map(|team| Owner::Team(team.number).code());
        users.chain(teams).collect()
    }

    /// The codes of the teams with a queue.
    pub fn queues(&self) -> Vec<i64> {
        let queues = self.catalog.people.teams.iter().filter(|team| team.queue);
        queues.map(|team| Owner::Team(team.number).code()).collect()
    }
}

/// The fields that are asked together with one: any e-mail address for `email`, any telephone for `phone`.
pub fn family(registry: &Registry, field: FieldId) -> Vec<FieldId> {
    let others: &[&str] = match registry.field(field).name {
        "email" => &["email2", "email3"],
        "phone" => &["mobile_phone", "home_phone", "other_phone"],
        _ => &[],
    };
    std::iter::once(field).chain(others.iter().filter_map(|name| registry.find(name))).collect()
}

/// Whether a filter finds a record. Deleted ones are found only by filters that ask about deletion.
pub fn matches(query: &Query, record: &Record, ctx: &EvalContext<'_>) -> bool {
    let registry = ctx.catalog.registry(query.entity);
    let deleted_at = registry.id("deleted_at");
    record.key.entity == query.entity
        && (query.mentions_deleted(registry) || record.get(deleted_at).is_none())
        && holds(&query.filter, record, ctx)
}

/// Which of two records comes first; equal keys are ordered by the number, the same way round as the last key.
pub fn compare(a: &Record, b: &Record, sort: &[SortKey], ctx: &EvalContext<'_>) -> Ordering {
    for key in sort {
        if let Some(next) = key.next {
            let of = |record| next_of(record, next, ctx);
            return of(a).cmp(&of(b)).then(b.key.number.cmp(&a.key.number));
        }
        let field = ctx.catalog.registry(a.key.entity).field(key.field);
        let (x, y) = (sort_key(field, a.get(key.field), ctx), sort_key(field, b.get(key.field), ctx));
        let ordering = match (x, y) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(x), Some(y)) if key.descending => y.cmp(&x),
            (Some(x), Some(y)) => x.cmp(&y),
        };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
    let newest_first = sort.last().is_none_or(|key| key.descending);
    if newest_first { b.key.number.cmp(&a.key.number) } else { a.key.number.cmp(&b.key.number) }
}

/// The part of `sort:next` that a lead is in, and when its next step is due; no step comes last.
fn next_of(record: &Record, next: Next, ctx: &EvalContext<'_>) -> (i64, i64) {
    let code = |name| record.named(ctx.catalog.registry(record.key.entity), name).as_int();
    let due = code("next_due_at");
    let is_new = code("handed_at").is_some() && code("opened_at").is_none();
    let part = if code("status") != Some(OPEN) {
        5
    } else if due.is_some_and(|at| at < next.now && at != next.today) {
        0
    } else if code("rating") == Some(HOT) && is_new {
        1
    } else if due.is_none() {
        if code("source").is_some_and(|source| source != 0 && next.fast.contains(&source)) { 2 } else { 3 }
    } else {
        4
    };
    (part, due.unwrap_or(i64::MAX))
}

/// Where the codes of a set stand when a list is sorted by it: by rank, by state, else by label.
pub fn ordinals(set: Set, catalog: &Catalog) -> Vec<(i64, i64)> {
    let all = catalog.choices.all(set);
    if set.is_ordered() || set.is_state() {
        return all.iter().map(|c| (c.code, set.rank(c.code))).collect();
    }
    let mut labels: Vec<(String, i64)> = all.iter().map(|c| (fold(&c.label), c.code)).collect();
    labels.sort();
    labels.into_iter().map(|(_, code)| code).zip(0..).collect()
}

/// The fields whose folded text is kept in a column, where the empty text is a text that comes first.
pub fn has_key(field: &Field) -> bool {
    matches!(field.name, "name" | "company" | "topic" | "email")
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Text(String),
}

fn sort_key(field: &Field, value: &Value, ctx: &EvalContext<'_>) -> Option<Key> {
    match (field.kind, value) {
        (Kind::Flag { .. }, value) => Some(Key::Number(i64::from(*value == Value::Bool(true)))),
        (_, value) if has_key(field) => Some(Key::Text(text_of(field, value))),
        (_, Value::None) => None,
        (Kind::Choice(set), Value::Choice(code)) => {
            ordinals(set, ctx.catalog).into_iter().find(|(c, _)| c == code).map(|(_, n)| Key::Number(n))
        }
        (Kind::Owner | Kind::User, value) => {
            let people = &ctx.catalog.people;
            Some(Key::Text(match value.as_int().and_then(Owner::of_code)? {
                Owner::User(n) => fold(&people.user(n)?.login),
                Owner::Team(n) => fold(&people.teams.iter().find(|t| t.number == n)?.name),
            }))
        }
        (Kind::Lookup(_) | Kind::Record, value) => Some(text_of(field, value)).filter(|t| !t.is_empty()).map(Key::Text),
        (_, Value::Text(text)) => Some(fold(text)).filter(|t| !t.is_empty()).map(Key::Text),
        (_, value) => value.as_int().map(Key::Number),
    }
}

fn holds(expr: &Expr, record: &Record, ctx: &EvalContext<'_>) -> bool {
    match expr {
        Expr::All => true,
        Expr::Words(text) => has_words(&search_words(text), record, ctx.catalog.registry(record.key.entity)),
        Expr::Has(field) => family(ctx.catalog.registry(record.key.entity), *field).iter().any(|f| is_there(record.get(*f))),
        Expr::Linked { path, inner } => {
            let asked = inner.mentions_deleted(ctx.catalog.registry(path.to));
            reached(path, record, ctx).into_iter().any(|other| {
                (asked || other.named(ctx.catalog.registry(path.to), "deleted_at").is_none()) && holds(inner, other, ctx)
            })
        }
        Expr::Files => ctx.beside.files.iter().any(|(about, _)| *about == record.key),
        Expr::Aged { what: Dated::Files, age } => {
            ctx.beside.files.iter().any(|(about, at)| *about == record.key && age.holds(*at))
        }
        Expr::Aged { what: Dated::Notes, age } => {
            ctx.beside.notes.iter().any(|(about, at, _)| *about == record.key && age.holds(*at))
        }
        Expr::Links => ctx.beside.links.iter().any(|(one, other)| *one == record.key || *other == record.key),
        Expr::Was(owners) => ctx.beside.former.iter().any(|(key, owner)| *key == record.key && owners.contains(owner)),
        Expr::Unit { op, units } => {
            let owner = record.named(ctx.catalog.registry(record.key.entity), "owner").as_int();
            owner.is_some_and(|owner| ctx.owners_of(*op, units).contains(&owner))
        }
        Expr::Is(kind) => is(*kind, record, ctx),
        Expr::Due(due) => due_of(record, ctx.catalog.registry(record.key.entity)).is_some_and(|at| due.holds(at)),
        Expr::Notes(text) => {
            let wanted = words(text);
            ctx.beside.notes.iter().any(|(about, _, body)| *about == record.key && follows(&words(body), &wanted))
        }
        Expr::Compare { field, op, values } => {
            let fields = family(ctx.catalog.registry(record.key.entity), *field);
            fields.iter().any(|f| {
                values
                    .iter()
                    .any(|v| fits(ctx.catalog.registry(record.key.entity).field(*f), record.get(*f), *op, v, record, ctx))
            })
        }
        Expr::And(parts) => parts.iter().all(|p| holds(p, record, ctx)),
        Expr::Or(parts) => parts.iter().any(|p| holds(p, record, ctx)),
        Expr::Not(inner) => !holds(inner, record, ctx),
    }
}

/// The records that a path leads to from a record, deleted ones too; one that is reached twice stands there twice.
fn reached<'a>(path: &Path, record: &Record, ctx: &EvalContext<'a>) -> Vec<&'a Record> {
    let all = ctx.beside.records.iter().filter(|other| other.key.entity == path.to);
    let field = |record: &Record, name| record.named(ctx.catalog.registry(record.key.entity), name).clone();
    let mut found = Vec::new();
    for way in path.ways {
        match way {
            Way::Holds(name) => {
                let number = field(record, name).as_int();
                found.extend(all.clone().filter(|other| Some(other.key.number) == number));
            }
            Way::Held(name) => found.extend(all.clone().filter(|other| field(other, name).as_int() == Some(record.key.number))),
            Way::On => {
                let key = field(record, "regarding").as_record();
                found.extend(all.clone().filter(|other| Some(other.key) == key));
            }
            Way::Bears => found.extend(all.clone().filter(|other| field(other, "regarding").as_record() == Some(record.key))),
            Way::Linked => found.extend(all.clone().filter(|other| {
                ctx.beside.links.contains(&(record.key, other.key)) || ctx.beside.links.contains(&(other.key, record.key))
            })),
            Way::Through(first, then) => {
                let Some(first) = path::find(path.from, first) else { continue };
                let Some(then) = path::find(first.to, then) else { continue };
                // a customer that was erased is in Deleted too, and ties the leads and the opportunities that it had all the same
                let ties = |between: &&Record| field(between, "deleted_at").is_none() || !field(between, "erased_at").is_none();
                let between = reached(first, record, ctx).into_iter().filter(ties);
                found.extend(between.flat_map(|between| reached(then, between, ctx)));
            }
        }
    }
    found
}

/// Whether the words stand one after the other in a text, the last one as a beginning. No words stand in every text.
pub fn follows(own: &[String], wanted: &[String]) -> bool {
    let Some((last, whole)) = wanted.split_last() else { return true };
    own.windows(wanted.len()).any(|at| at[..whole.len()] == *whole && at[whole.len()].starts_with(last))
}

fn is_there(value: &Value) -> bool {
    !value.is_none() && *value != Value::Bool(false)
}

/// When the next step of a record is due, or an activity that is not done.
fn due_of(record: &Record, registry: &Registry) -> Option<i64> {
    let code = |name| registry.find(name).and_then(|id| record.get(id).as_int());
    if record.key.entity != Entity::Activity {
        return code("next_due_at");
    }
    if !activity::is_open(code("status")?) || code("deleted_at").is_some() {
        return None;
    }
    let (start, due) = (code("starts_at"), code("due_at"));
    if code("kind") == Some(activity::APPOINTMENT) { start.or(due) } else { due.or(start) }
}

fn is(kind: IsKind, record: &Record, ctx: &EvalContext<'_>) -> bool {
    let named = |name| record.named(ctx.catalog.registry(record.key.entity), name);
    let owner = named("owner").as_int();
    match kind {
        IsKind::Mine => owner == Some(ctx.me),
        IsKind::Unassigned => match owner.and_then(Owner::of_code) {
            Some(Owner::User(n)) => ctx.catalog.people.user(n).is_some_and(|u| !u.active),
            Some(Owner::Team(_)) => true,
            None => false,
        },
        IsKind::New => {
            !named("handed_at").is_none() && named("opened_at").is_none() && owner.is_some_and(|o| ctx.mine().contains(&o))
        }
        // read as Expr::Due, with the bounds of the day
        IsKind::Late | IsKind::Today => false,
        IsKind::Draft => ctx.drafts.contains(&record.key),
        IsKind::Incomplete => !named("incomplete").is_none(),
        IsKind::Duplicate => is_duplicate(record, ctx),
        IsKind::Shared => ctx.beside.shared.contains(&record.key),
        IsKind::Queued => owner.is_some_and(|owner| ctx.queues().contains(&owner)),
        IsKind::Deleted => !named("deleted_at").is_none(),
    }
}

/// Whether another record, neither deleted nor merged, has its e-mail address, its number, or its name at the same company.
fn is_duplicate(record: &Record, ctx: &EvalContext<'_>) -> bool {
    let registry = ctx.catalog.registry(record.key.entity);
    let is_live = |r: &Record| r.named(registry, "deleted_at").is_none() && *r.named(registry, "merged") != Value::Bool(true);
    let keys = |r: &Record| {
        let name = fold(r.text(registry, "name"));
        let phones = ["phone", "mobile_phone", "home_phone", "other_phone"];
        let digits = |name: &&str| {
            let id = registry.find(name).filter(|id| registry.field(*id).name == *name)?;
            Some(phone::digits(r.get(id).as_text())).filter(|digits| !digits.is_empty())
        };
        let company = match record.key.entity {
            Entity::Lead => fold(r.text(registry, "company")),
            Entity::Contact => r.named(registry, "account").as_int().map_or_else(String::new, |n| n.to_string()),
            _ => "one".into(),
        };
        [
            Some(email::key(r.text(registry, "email"))),
            phones.iter().find_map(digits),
            Some(format!("{name}\n{company}")).filter(|_| !name.is_empty() && !company.is_empty()),
        ]
    };
    let own = keys(record);
    let same = |other: &Record| {
        own.iter()
            .zip(keys(other))
            .any(|(own, other)| own.as_ref().is_some_and(|own| !own.is_empty() && Some(own) == other.as_ref()))
    };
    let others = ctx.beside.records.iter().filter(|other| other.key.entity == record.key.entity && other.key != record.key);
    is_live(record) && others.filter(|other| is_live(other)).any(same)
}

/// Whether each word is the beginning of one of the record's; four digits or more also the end of a telephone number.
fn has_words(wanted: &[String], record: &Record, registry: &Registry) -> bool {
    let mut own = Vec::new();
    let text =
        |name: &&str| registry.find(name).filter(|id| registry.field(*id).name == *name).map(|id| record.get(id).as_text());
    for text in ["name", "company", "topic", "email", "email2", "email3"].iter().filter_map(text) {
        own.extend(words(text));
    }
    // contacts and opportunities are found by their account too
    let account = registry.find("account").filter(|_| matches!(record.key.entity, Entity::Contact | Entity::Opportunity));
    if let Some(Value::Link(account)) = account.map(|id| record.get(id)) {
        own.extend(words(&account.name));
    }
    for text in ["phone", "mobile_phone", "home_phone", "other_phone"].iter().filter_map(text) {
        own.extend(phone::search_tokens(text));
    }
    wanted.iter().all(|word| {
        let end = if word.len() >= 4 && word.bytes().all(|b| b.is_ascii_digit()) { phone::suffix_token(word) } else { None };
        own.iter().any(|token| token.starts_with(word) || end.as_ref().is_some_and(|end| token.starts_with(end)))
    })
}

/// The text of a field as it is compared.
fn text_of(field: &Field, value: &Value) -> String {
    match (field.kind, field.name) {
        (Kind::Phone, _) => phone::digits(value.as_text()),
        (Kind::Lookup(_), _) => {
            if let Value::Link(link) = value {
                fold(&link.name)
            } else {
                String::new()
            }
        }
        (Kind::Record, _) => match value {
            Value::Record(named) => fold(&named.name),
            _ => String::new(),
        },
        (_, "email") => email::key(value.as_text()),
        _ => fold(value.as_text()),
    }
}

fn fits(field: &Field, value: &Value, op: Op, operand: &Operand, record: &Record, ctx: &EvalContext<'_>) -> bool {
    match operand {
        Operand::Text { text, fit } => match value {
            Value::Tags(tags) => tags.iter().any(|tag| stands(field, &fold(tag), text, *fit)),
            value => stands(field, &text_of(field, value), text, *fit),
        },
        Operand::Code(code) => {
            let own = match (field.kind, value) {
                (Kind::Flag { .. }, Value::None) => Some(0),
                (_, value) => value.as_int(),
            };
            match field.kind {
                Kind::Choice(set) if op != Op::Is => own.is_some_and(|own| ranked(set, op, *code, ctx.catalog).contains(&own)),
                _ => own == Some(*code),
            }
        }
        Operand::Id(id) => record.id == *id,
        Operand::Record(key) => value.as_record() == Some(*key),
        Operand::Range { from, to } => {
            let Some(own) = value.as_int() else { return false };
            match op {
                Op::Is => from.is_none_or(|f| f <= own) && to.is_none_or(|t| own <= t),
                Op::Greater => to.is_some_and(|t| own > t),
                Op::AtLeast => from.is_some_and(|f| own >= f),
                Op::Less => from.is_some_and(|f| own < f),
                Op::AtMost => to.is_some_and(|t| own <= t),
            }
        }
    }
}

/// Whether a folded text stands so in the folded text of a field.
fn stands(field: &Field, own: &str, text: &str, fit: Fit) -> bool {
    match (fit, field.kind) {
        (Fit::Word, Kind::Phone) => own.starts_with(text) || own.ends_with(text),
        (Fit::Word, Kind::Email) => own.starts_with(text) || own.contains(&format!("@{text}")),
        (Fit::Word, Kind::Url) | (Fit::Inside, _) => own.contains(text),
        (Fit::Word, _) => format!(" {own}").contains(&format!(" {text}")),
        (Fit::Prefix, _) => own.starts_with(text),
        (Fit::Suffix, _) => own.ends_with(text),
        (Fit::Whole, _) if is_country(field) => country::writings(text).unwrap_or(&[text]).contains(&own),
        (Fit::Whole, _) => own == text,
    }
}
