//! What a report is of: its filter, its period and what is never counted, as sets of records and as filters behind cells.

use std::ops::Range;
use std::rc::Rc;

use crate::error::Result;
use crate::model::entity::Entity;
use crate::model::report::{Drill, Period, ReportKind, Sheet};
use crate::model::value::Owner;
use crate::query::ast::{Expr, IsKind, Op, Operand, Query as Filter};
use crate::query::{describe, print};
use crate::service::context::Context;
use crate::store::list::NumberSet;
use crate::store::{self, Db};

use super::GetReport;

/// The records that the filter of a report finds; none where it is of all that are counted.
fn within(db: &Db, ctx: &Context, report: &GetReport, has_erased: bool) -> Result<Option<NumberSet>> {
    let asked = &report.filter.filter;
    if *asked == Expr::All {
        return Ok(None);
    }
    let entity = report.kind.entity();
    let query = |filter| Filter { entity, filter, sort: Vec::new() };
    let mut filters = vec![query(asked.clone())];
    if entity == Entity::Lead && has_erased {
        let erased = Expr::Has(ctx.catalog.lead.id("erased_at"));
        filters.push(query(Expr::and([asked.clone(), erased])));
    }
    store::report::within(db, &ctx.into(), &filters).map(Some)
}

/// What a report is of.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    pub db: &'a Db,
    pub ctx: &'a Context,
    pub kind: ReportKind,
    pub period: Option<Period>,
    /// The records that the filter finds, of any time; none where it is of all.
    pub within: Option<Rc<NumberSet>>,
    /// The filter as it was asked for.
    asked: Expr,
    /// Whether filters of leads must say that merged and deleted ones do not count, and erased ones do.
    has_merged: bool,
    has_erased: bool,
}

impl<'a> Scope<'a> {
    pub fn new(db: &'a Db, ctx: &'a Context, report: &GetReport) -> Result<Self> {
        let has_erased = store::report::lead::is_any_erased(db)?;
        Ok(Self {
            db,
            ctx,
            kind: report.kind,
            period: report.period.clone(),
            within: within(db, ctx, report, has_erased)?.map(Rc::new),
            asked: report.filter.filter.clone(),
            has_merged: store::report::lead::is_any_merged(db)?,
            has_erased,
        })
    }

    /// The kind of records that the filter is about.
    pub const fn entity(&self) -> Entity {
        self.kind.entity()
    }

    /// Whether it is of some of the records alone.
    pub fn is_filtered(&self) -> bool {
        self.within.is_some()
    }

    /// Whether the filter may find something of an owner: it does not say that it is of others.
    pub fn may_have(&self, owner: i64) -> bool {
        self.says_of(&self.asked, owner) != Some(false)
    }

    /// Whether a condition holds of whatever the owner has, or of nothing; none where it depends on more than the owner.
    fn says_of(&self, asked: &Expr, owner: i64) -> Option<bool> {
        let of_all = |parts: &[Expr], decides: bool| {
            let said: Vec<Option<bool>> = parts.iter().map(|part| self.says_of(part, owner)).collect();
            if said.contains(&Some(decides)) {
                return Some(decides);
            }
            said.iter().all(Option::is_some).then_some(!decides)
        };
        let people = &self.ctx.catalog.people;
        match asked {
            Expr::All => Some(true),
            Expr::And(parts) => of_all(parts, false),
            Expr::Or(parts) => of_all(parts, true),
            Expr::Not(inner) => self.says_of(inner, owner).map(|said| !said),
            Expr::Is(IsKind::Mine) => Some(owner == self.ctx.user),
            Expr::Unit { op, units } => {
                let unit = people.unit_of(Owner::of_code(owner)?)?;
                let below = |above: &i64| people.is_within(unit, *above);
                Some(match op {
                    Op::AtMost => units.iter().any(below),
                    Op::Less => units.iter().any(|above| unit != *above && below(above)),
                    _ => units.contains(&unit),
                })
            }
            Expr::Compare { field, op: Op::Is, values } if self.ctx.catalog.registry(self.entity()).id("owner") == *field => {
                Some(values.contains(&Operand::Code(owner)))
            }
            _ => None,
        }
    }

    /// An empty sheet that says what it is of.
    pub fn sheet(&self) -> Sheet {
        let reading = self.ctx.reading_of(self.entity());
        let asked = Filter { entity: self.entity(), filter: self.asked.clone(), sort: Vec::new() };
        let mut about = describe(&asked, &reading);
        if let Some(period) = &self.period {
            let label = match self.kind {
                ReportKind::Changes => "changed",
                _ => self.ctx.catalog.registry(self.entity()).field(self.dated_by()).label,
            };
            about.push_str(&format!(" · {label} {}", period.text));
            if Period::of_days(period.from, period.before).text != period.text {
                about.push_str(&format!(" ({})", Period::of_days(period.from, period.before).text));
            }
        }
        let filter = if self.asked == Expr::All { String::new() } else { print(&asked, &reading) };
        Sheet {
            kind: self.kind,
            about,
            filter,
            period: self.period.clone(),
            columns: Vec::new(),
            rows: Vec::new(),
            total: None,
            notes: Vec::new(),
            charts: Vec::new(),
        }
    }

    fn dated_by(&self) -> crate::model::field::FieldId {
        self.ctx.catalog.registry(self.entity()).id(self.kind.dated_by())
    }

    /// That a field of the report's records lies in a period.
    pub fn in_period(&self, name: &'static str, period: &Period) -> Expr {
        let registry = self.ctx.catalog.registry(self.entity());
        let id = registry.id(name);
        let (from, to) = match registry.field(id).kind {
            crate::model::field::Kind::Date => (i64::from(period.from), i64::from(period.before) - 1),
            _ => {
                let (from, before) = period.moments(self.ctx.zone);
                (from, before - 1)
            }
        };
        Expr::Compare { field: id, op: Op::Is, values: vec![Operand::Range { from: Some(from), to: Some(to) }] }
    }

    /// That a field of the report's records has one of these codes.
    pub fn coded(&self, name: &'static str, codes: &[i64]) -> Expr {
        let field = self.ctx.catalog.registry(self.entity()).id(name);
        Expr::Compare { field, op: Op::Is, values: codes.iter().map(|code| Operand::Code(*code)).collect() }
    }

    /// That a field of the report's records has no value.
    pub fn without(&self, name: &'static str) -> Expr {
        Expr::negated(Expr::Has(self.ctx.catalog.registry(self.entity()).id(name)))
    }

    /// The filter and a period of it.
    fn asked_in(&self, period: Option<&Period>) -> Expr {
        let dated = period.map_or(Expr::All, |period| self.in_period(self.kind.dated_by(), period));
        Expr::and([self.asked.clone(), dated])
    }

    /// The moments between which a period lies; all of them where there is none.
    pub fn moments(&self, period: Option<&Period>) -> Range<i64> {
        period.map_or(i64::MIN..i64::MAX, |period| {
            let (from, before) = period.moments(self.ctx.zone);
            from..before
        })
    }

    /// The same without a period: for reports that say themselves which dates they mean.
    pub fn undated(&self) -> Self {
        Self { period: None, ..self.clone() }
    }

    /// The text of the filter that finds what the report counts, of it those that also meet a condition.
    pub fn text(&self, also: Expr) -> String {
        let mut all = self.asked_in(self.period.as_ref());
        if self.entity() == Entity::Lead {
            let lead = &self.ctx.catalog.lead;
            if self.has_merged {
                all = Expr::and([all, self.coded("merged", &[0])]);
            }
            if self.has_erased {
                let kept = Expr::negated(Expr::Is(IsKind::Deleted));
                all = Expr::and([all, Expr::or([kept, Expr::Has(lead.id("erased_at"))])]);
            }
        }
        let filter = Expr::and([all, also]);
        let reading = self.ctx.reading_of(self.entity());
        print(&Filter { entity: self.entity(), filter, sort: Vec::new() }, &reading)
    }

    /// The records of the report that also meet a condition.
    pub fn drill(&self, also: Expr) -> Drill {
        Drill { entity: self.entity(), filter: self.text(also) }
    }

    /// What leads there by a path: `lead.(source:web)`, and other conditions behind it.
    pub fn linked(&self, path: &str, entity: Entity, also: Expr, behind: &str) -> Drill {
        let inner = self.text(also);
        let inner = if inner.is_empty() { "*" } else { &inner };
        Drill { entity, filter: format!("{path}.({inner}){behind}") }
    }

    /// The day on which the report is made, since 1970-01-01.
    pub fn today(&self) -> i32 {
        self.ctx.zone.today(self.ctx.now())
    }

    /// Says how many rows were read, and stops if somebody asked to.
    pub fn advance(&self, rows: u64) -> Result<()> {
        self.ctx.advance(rows, 0)
    }
}
