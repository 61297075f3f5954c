//! Reports: each is a question that answers with a sheet, over any filter and period. One file a report; what they share is in `scope`.

mod activity;
mod age;
mod changes;
mod columns;
mod forecast;
mod groups;
mod line;
mod outcomes;
mod pipeline;
mod reasons;
mod scope;
mod speed;
mod tally;
mod trend;

use crate::error::{Error, Result};
use crate::model::report::{Column, Period, ReportKind, Sheet};
use crate::query::ast::Query as Filter;
use crate::service::act::Query;
use crate::service::context::Context;
use crate::store::Db;

use scope::Scope;

/// The columns of a report.
pub fn columns(kind: ReportKind) -> Vec<Column> {
    match kind {
        ReportKind::Sources | ReportKind::Owners | ReportKind::Units | ReportKind::Partners => outcomes::columns(kind),
        ReportKind::Pipeline => pipeline::COLUMNS.to_vec(),
        ReportKind::Forecast => forecast::COLUMNS.to_vec(),
        ReportKind::Trend => trend::COLUMNS.to_vec(),
        ReportKind::Age => age::COLUMNS.to_vec(),
        ReportKind::Reasons => reasons::COLUMNS.to_vec(),
        ReportKind::Activity => activity::COLUMNS.to_vec(),
        ReportKind::Speed => speed::COLUMNS.to_vec(),
        ReportKind::Changes => changes::COLUMNS.to_vec(),
    }
}

/// A report.
#[derive(Clone, Debug, PartialEq)]
pub struct GetReport {
    /// Which one.
    pub kind: ReportKind,
    /// Of which records: leads, or what [`ReportKind::entity`] says. Its order says nothing here.
    pub filter: Filter,
    /// Of which days, see [`ReportKind::dated_by`]; of all where there is none.
    pub period: Option<Period>,
}

impl Query for GetReport {
    type Reply = Sheet;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Sheet> {
        if self.filter.entity != self.kind.entity() {
            let (asked, is) = (self.filter.entity.plural(), self.kind.entity().plural());
            return Err(Error::Usage(format!("the report {} is about {is}, its filter about {asked}", self.kind.name())));
        }
        let scope = Scope::new(db, ctx, self)?;
        match self.kind {
            ReportKind::Sources | ReportKind::Owners | ReportKind::Units | ReportKind::Partners => outcomes::sheet(&scope),
            ReportKind::Pipeline => pipeline::sheet(&scope),
            ReportKind::Forecast => forecast::sheet(&scope),
            ReportKind::Trend => trend::sheet(&scope),
            ReportKind::Age => age::sheet(&scope),
            ReportKind::Reasons => reasons::sheet(&scope),
            ReportKind::Activity => activity::sheet(&scope),
            ReportKind::Speed => speed::sheet(&scope),
            ReportKind::Changes => changes::sheet(&scope),
        }
    }
}
