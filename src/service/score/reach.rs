//! Whom a write reaches: the leads from which the paths of the filters of points lead to what was written. Walks the paths backwards,
//! by set, and only those that a filter takes. Scores nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Result;
use crate::model::catalog::Catalog;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{Field, Kind};
use crate::query::ast::{Expr, Operand};
use crate::query::path::Way;
use crate::store::score::{self, Points};
use crate::store::{Db, sqlite::fts};

/// What happened to the records that are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// They were written.
    Written,
    /// They go for good, and with them every reference to them.
    Gone,
}

/// Records by their kind.
pub(super) type Records = BTreeMap<Entity, BTreeSet<i64>>;

/// A place to which filters lead from leads, and those further on. At the root are the leads themselves.
#[derive(Debug)]
pub(super) struct Reach {
    entity: Entity,
    steps: Vec<(Vec<Way>, Reach)>,
}

impl Reach {
    /// Where the filters of some points lead.
    pub(super) fn of(points: &[Points], catalog: &Catalog, what: What) -> Self {
        let mut root = Self::at(Entity::Lead);
        points.iter().for_each(|points| root.add(&points.filter.filter, catalog, what));
        root
    }

    const fn at(entity: Entity) -> Self {
        Self { entity, steps: Vec::new() }
    }

    fn step(&mut self, ways: &[Way], to: Entity) -> &mut Self {
        let place = self.steps.iter().position(|(taken, then)| taken == ways && then.entity == to).unwrap_or_else(|| {
            self.steps.push((ways.to_vec(), Self::at(to)));
            self.steps.len() - 1
        });
        &mut self.steps[place].1
    }

    fn add(&mut self, filter: &Expr, catalog: &Catalog, what: What) {
        filter.visit(&mut |expr| match expr {
            Expr::Linked { path, inner } => self.step(path.ways, path.to).add(inner, catalog, what),
            // these are also found by the words of their account
            Expr::Words(_) if fts::is_of_account(self.entity) => {
                self.step(&[Way::Holds("account")], Entity::Account);
            }
            Expr::Compare { field, values, .. } => {
                let by_name = values.iter().any(|value| matches!(value, Operand::Text { .. }));
                self.refer(catalog.field(*field), by_name || what == What::Gone);
            }
            Expr::Has(field) => self.refer(catalog.field(*field), what == What::Gone),
            _ => {}
        });
    }

    /// A field that names other records is another one where these are called otherwise, or are gone.
    fn refer(&mut self, field: &Field, follows: bool) {
        match field.kind {
            Kind::Linked(entity) => drop(self.step(&[Way::Linked], entity)),
            _ if !follows => {}
            _ => {
                if let Some(entity) = field.refers_to() {
                    self.step(&[Way::Holds(field.name)], entity);
                }
            }
        }
    }

    /// Whether a filter leads to records of a kind.
    pub(super) fn leads_to(&self, entity: Entity) -> bool {
        self.steps.iter().any(|(_, then)| then.entity == entity || then.leads_to(entity))
    }

    /// The leads from which something leads to one of these records.
    pub(super) fn leads(&self, db: &Db, records: &Records) -> Result<BTreeSet<i64>> {
        let mut found = BTreeSet::new();
        for (ways, then) in &self.steps {
            let mut far = then.leads(db, records)?;
            far.extend(records.get(&then.entity).into_iter().flatten());
            for way in ways.iter().filter(|_| !far.is_empty()) {
                found.extend(score::back(db, self.entity, *way, then.entity, &far)?);
            }
        }
        Ok(found)
    }
}

/// Some records by their kind.
pub(super) fn by_kind(records: impl IntoIterator<Item = RecordId>) -> Records {
    let mut found = Records::new();
    for key in records {
        found.entry(key.entity).or_default().insert(key.number);
    }
    found
}
