//! What a list asks of the indexes, read off its filter and its order. Writes no SQL and runs nothing.

use crate::model::catalog::Catalog;
use crate::model::field::{Field, Kind, Registry};
use crate::query::ast::{Expr, IsKind, Next, Op, Operand, Query, SortKey};
use crate::query::eval::family;
use crate::query::search_words;
use crate::store::columns::ranking;
use crate::store::filter::{Common, candidates};

/// The fields with an index of their order.
const INDEXED: [&str; 3] = ["name", "company", "modified_at"];

/// At most so many keys are sorted by here.
const MOST_KEYS: usize = 2;

/// What a list asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The words that every lead of the list has.
    pub words: Vec<String>,
    /// The texts of which every lead of the list has each in one of its notes.
    pub noted: Vec<String>,
    /// The list without them.
    pub rest: Query,
    /// The keys of the order but the number.
    pub keys: Vec<SortKey>,
    /// Whether of leads with equal keys the one with the greatest number comes first.
    pub newest_first: bool,
    /// Whether the keys are few and their columns hold numbers, so that they can be sorted here.
    pub is_numeric: bool,
    /// Whether an index, or the table itself, has this order.
    pub is_walked: bool,
    /// Whether the index of the order holds all that `rest` asks for.
    pub is_covered: bool,
    /// Whether state and owner are said, which an index begins with.
    pub is_pinned: bool,
    /// Whether it asks about deletion, which the indexes of the orders leave out.
    pub asks_deleted: bool,
    /// Whether the order is the one of what to work next.
    pub next: Option<Next>,
    /// How the common columns help where another condition leads to the few leads of the list; none where no condition does.
    pub selective: Option<Common>,
}

impl Shape {
    /// The shape of a list.
    pub fn of(query: &Query, catalog: &Catalog) -> Self {
        let registry = catalog.registry(query.entity);
        let (words, noted, rest) = split(&query.filter);
        // what stands behind the number decides nothing
        let number = query.sort.iter().position(|key| matches!(registry.field(key.field).kind, Kind::Number(_)));
        let keys = query.sort[..number.unwrap_or(query.sort.len())].to_vec();
        let last = number.map_or(query.sort.last(), |place| query.sort.get(place));
        let newest_first = last.is_none_or(|key| key.descending);
        let walked = match keys.as_slice() {
            [] => Some("number"),
            [key] if key.descending == newest_first => INDEXED.into_iter().find(|name| registry.field(key.field).name == *name),
            _ => None,
        };
        let asks_deleted = query.mentions_deleted(registry);
        let parts = parts(&rest);
        Self {
            is_numeric: keys.len() <= MOST_KEYS
                && keys.iter().all(|key| ranking(registry.field(key.field), key.descending, catalog).is_some()),
            is_walked: walked.is_some() && !asks_deleted,
            is_covered: walked.is_some_and(|name| covers(name, &rest, registry)),
            is_pinned: parts.iter().any(|p| pins(p, "status", registry)) && parts.iter().any(|p| pins(p, "owner", registry)),
            selective: parts
                .iter()
                .filter_map(|part| selective(part, registry, catalog))
                .max_by_key(|common| *common == Common::Checked),
            next: query.sort.iter().find_map(|key| key.next),
            asks_deleted,
            words,
            noted,
            rest: Query { entity: query.entity, filter: rest, sort: query.sort.clone() },
            keys,
            newest_first,
        }
    }

    /// Whether the search indexes find the leads of the list.
    pub const fn is_worded(&self) -> bool {
        !self.words.is_empty() || !self.noted.is_empty()
    }
}

/// The conditions that stand side by side.
fn parts(filter: &Expr) -> &[Expr] {
    match filter {
        Expr::And(parts) => parts,
        one => std::slice::from_ref(one),
    }
}

/// The searched words that stand beside all other conditions, what is searched in notes, and the other conditions.
fn split(filter: &Expr) -> (Vec<String>, Vec<String>, Expr) {
    let mut words = Vec::new();
    let mut noted = Vec::new();
    let mut rest = Vec::new();
    for part in parts(filter) {
        match part {
            Expr::Words(text) => words.extend(search_words(text)),
            Expr::Notes(text) if !text.is_empty() => noted.push(text.clone()),
            other => rest.push(other.clone()),
        }
    }
    (words, noted, Expr::and(rest))
}

/// Whether the index of the order by a field holds all that a condition asks for.
fn covers(order: &str, filter: &Expr, registry: &Registry) -> bool {
    // the number is the table's own order, and the table holds whole rows
    let mut covered = order != "number";
    filter.visit(&mut |expr| {
        covered &= match expr {
            Expr::Has(field) => {
                let name = registry.field(*field).name;
                Common::FIELDS.contains(&name) || (name == order && name == "modified_at")
            }
            Expr::Compare { field, .. } => {
                let name = registry.field(*field).name;
                Common::FIELDS.contains(&name) || name == order
            }
            Expr::Is(kind) => matches!(kind, IsKind::Mine | IsKind::Unassigned | IsKind::Queued),
            Expr::Words(_) | Expr::Notes(_) | Expr::Due(_) | Expr::Files | Expr::Aged { .. } => false,
            Expr::Links | Expr::Was(_) | Expr::Linked { .. } => false,
            Expr::Unit { .. } | Expr::All | Expr::And(_) | Expr::Or(_) | Expr::Not(_) => true,
        };
    });
    covered
}

/// Whether a condition says which values a field has.
fn pins(part: &Expr, name: &str, registry: &Registry) -> bool {
    match part {
        Expr::Is(IsKind::Mine) => name == "owner",
        Expr::Compare { field, op: Op::Is, .. } => registry.field(*field).name == name,
        _ => false,
    }
}

/// How the common columns help beside a condition that leads to few leads.
fn selective(part: &Expr, registry: &Registry, catalog: &Catalog) -> Option<Common> {
    match part {
        // few records have few that are tied to them
        Expr::Linked { path, inner } => {
            let is_led = parts(inner).iter().any(|part| selective(part, catalog.registry(path.to), catalog).is_some());
            is_led.then_some(Common::Checked)
        }
        Expr::Is(IsKind::New | IsKind::Incomplete) => Some(Common::Sought),
        Expr::Due(_) | Expr::Is(IsKind::Draft | IsKind::Shared) => Some(Common::Checked),
        Expr::Compare { field, op: Op::Is, values } => {
            let fields: Vec<Field> = family(registry, *field).into_iter().map(|id| *registry.field(id)).collect();
            let few = values.iter().all(|value| match value {
                Operand::Id(_) | Operand::Record(_) => true,
                Operand::Text { .. } if fields.iter().all(|f| matches!(f.kind, Kind::Tags | Kind::Linked(_))) => true,
                Operand::Text { text, fit } => candidates(&fields, text, *fit).is_some(),
                Operand::Range { from, to } => {
                    fields.iter().all(|f| matches!(f.kind, Kind::Number(_))) && from.is_some() && from == to
                }
                Operand::Code(_) => false,
            });
            few.then_some(Common::Checked)
        }
        _ => None,
    }
}
