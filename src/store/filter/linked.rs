//! A condition on linked records as SQL: the records that meet it lead to those that are asked of, never the other way round.

use super::{Common, Compiler, Scale, any};
use crate::model::entity::Entity;
use crate::query::ast::Expr;
use crate::query::path::{self, Path, Way};
use crate::store::link;

/// A condition of so many characters may be written once for each way.
const SHORT: usize = 2_000;

impl Compiler<'_> {
    /// One of the records that a path leads to meets a condition.
    pub(super) fn linked_by(&mut self, path: &Path, inner: &Expr) -> String {
        let asked = inner.mentions_deleted(self.ctx.catalog.registry(path.to));
        let condition = self.asked_of(path.to, |compiler| match (inner, asked) {
            (Expr::All, false) => "l.deleted_at IS NULL".into(),
            (inner, true) => compiler.expr(inner),
            (inner, false) => format!("l.deleted_at IS NULL AND {}", compiler.expr(inner)),
        });
        self.ways(path, &condition)
    }

    /// What `compile` makes, asked of the records of a kind. It stands in a query of its own, whose alias is `l` too.
    fn asked_of(&mut self, entity: Entity, compile: impl FnOnce(&mut Self) -> String) -> String {
        let (registry, common) = (self.registry, self.common);
        self.registry = self.ctx.catalog.registry(entity);
        // asked of one record, what leads to it is the way in
        self.common = if self.scale == Scale::Few { Common::Checked } else { Common::Sought };
        let condition = compile(self);
        (self.registry, self.common) = (registry, common);
        condition
    }

    /// The records at the beginning of a path whose end meets a condition. Where several ways lead to the end, the records there are found
    /// once and named, so that a condition is never written twice, however many paths stand inside each other. Asked of few records, they
    /// are looked up from each by each way, as long as that is short: to find them all would take longer than all else.
    fn ways(&mut self, path: &Path, condition: &str) -> String {
        if let [way] = path.ways
            && !matches!(way, Way::Through(..))
        {
            return Self::way(path, *way, condition);
        }
        if self.scale == Scale::Few && condition.len() <= SHORT {
            return any(path.ways.iter().map(|way| Self::way(path, *way, condition)).collect());
        }
        self.named += 1;
        let name = format!("met{}", self.named);
        let (from, to) = (path.from.name(), path.to.name());
        let is_met = format!("l.number IN (SELECT {name}.number FROM {name})");
        let each = path.ways.iter().map(|way| format!("SELECT l.number FROM {from} l WHERE {}", Self::way(path, *way, &is_met)));
        format!(
            "l.number IN (WITH {name}(number) AS (SELECT l.number FROM {to} l WHERE {condition}) {})",
            each.collect::<Vec<_>>().join(" UNION ")
        )
    }

    fn way(path: &Path, way: Way, condition: &str) -> String {
        let (from, to) = (path.from, path.to.name());
        match way {
            Way::Holds(field) => format!("l.{field} IN (SELECT l.number FROM {to} l WHERE {condition})"),
            Way::Held(field) => {
                format!("l.number IN (SELECT l.{field} FROM {to} l WHERE l.{field} IS NOT NULL AND {condition})")
            }
            Way::On => {
                format!("l.regarding IN (SELECT '{}-' || l.number FROM {to} l WHERE {condition})", path.to.prefix())
            }
            // the first character behind the hyphen is the point, so the range is that of one letter
            Way::Bears => format!(
                "l.number IN (SELECT CAST(substr(l.regarding, 3) AS INTEGER) FROM {to} l
                 WHERE l.regarding >= '{0}-' AND l.regarding < '{0}.' AND {condition})",
                from.prefix()
            ),
            Way::Linked => {
                let (own, other) = link::ends(from, path.to);
                format!(
                    "l.number IN (SELECT k.{own}_record FROM link k WHERE k.{own}_entity = {} AND k.{other}_entity = {}
                     AND k.{other}_record IN (SELECT l.number FROM {to} l WHERE {condition}))",
                    from.code(),
                    path.to.code()
                )
            }
            Way::Through(first, then) => {
                let halves = path::find(from, first).and_then(|first| Some((first, path::find(first.to, then)?)));
                let Some((first, then)) = halves else { return super::NOTHING.into() };
                let inner = any(then.ways.iter().map(|way| Self::way(then, *way, condition)).collect());
                // who was erased is in Deleted too, and ties what they had all the same
                let between = format!("(l.deleted_at IS NULL OR l.erased_at IS NOT NULL) AND {inner}");
                any(first.ways.iter().map(|way| Self::way(first, *way, &between)).collect())
            }
        }
    }
}
