//! The import of a file: its plan, a trial that writes nothing, and the act itself: one transaction, one undo.

use std::path::PathBuf;

use super::known::{Found, Known};
use super::{Shared, row};
use crate::error::{Error, Result};
use crate::exchange::csv::{CsvFile, Record};
use crate::exchange::import::{LeadDraft, Options, Plan, Planner, Report, SkippedRows};
use crate::exchange::input::Input;
use crate::model::entity::Entity;
use crate::model::entity::RecordId;
use crate::model::field::FieldId;
use crate::model::rules;
use crate::service::access;
use crate::service::act::{Act, Done, Query, Tx};
use crate::service::context::{Context, Origin};
use crate::service::lead_service::LeadService;
use crate::store::log::Made;
use crate::store::sqlite::{backup, fts};
use crate::store::{self, Db, setting};

/// What is done with a row that is here already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duplicates {
    /// Nothing is made of it.
    #[default]
    Skip,
    /// What it says is written over the lead that is here.
    Update,
    /// A second lead is made, unless its key was imported before.
    Create,
}

/// Reads a file once and says what each column would become. Writes nothing.
#[derive(Clone, Debug)]
pub struct PlanImport {
    /// The file.
    pub path: PathBuf,
    /// What the person says about it.
    pub options: Options,
}

impl PartialEq for PlanImport {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.options.map == other.options.map && self.options.fixed == other.options.fixed
    }
}

impl Query for PlanImport {
    type Reply = Shared<Plan>;

    fn run(&self, _: &Db, ctx: &Context) -> Result<Shared<Plan>> {
        let file = CsvFile::open(Input::path(&self.path)?)?;
        let mut watch = |progress: crate::exchange::import::Progress| ctx.advance(progress.done, progress.total);
        Plan::read(file, self.options.clone(), &ctx.catalog.lead, &mut watch).map(Shared::new)
    }
}

/// Imports what a plan says.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportLeads {
    /// The plan.
    pub plan: Shared<Plan>,
    /// What is done with rows that are here already.
    pub duplicates: Duplicates,
    /// The field by which rows are compared beside their key; the e-mail address where none is named.
    pub key: Option<FieldId>,
}

/// Says what an import would do. Writes nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct TryImport {
    /// The import.
    pub import: ImportLeads,
}

/// What an import did or would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Counts and problems.
    pub report: Shared<Report>,
    /// The rows that could not be read as leads, with the reason in a last column, to be mended and imported again.
    pub unread: Option<String>,
    /// The first and last lead that was made.
    pub made: Option<(i64, i64)>,
}

/// Rows between two words about how far it is.
const STEP: u64 = 256;

/// From so many rows an import is preceded by a backup of what is here.
const LARGE: u64 = 1_000;

/// The most text of unread rows that is kept to be mended, in bytes.
const UNREAD: usize = 32 * 1024 * 1024;

impl ImportLeads {
    /// Visits every row of which something is made: a new lead, or changes to the one that is named. All others are in the report.
    fn each(
        &self,
        db: &Db,
        ctx: &Context,
        planner: &mut Planner<'_>,
        report: &mut Report,
        mut take: impl FnMut(LeadDraft, Option<i64>, &mut Planner<'_>, &mut Report) -> Result<()>,
    ) -> Result<Option<String>> {
        let registry = &ctx.catalog.lead;
        let mut known = Known::new(db, registry, self.key.unwrap_or_else(|| registry.id("email")))?;
        let compare = self.duplicates != Duplicates::Create;
        let (mut rows, mut record) = (self.plan.file.rows()?, Record::default());
        let mut unread: Option<SkippedRows<Vec<u8>>> = None;
        let (mut count, mut kept) = (0, 0);
        while rows.read(&mut record)? {
            if record.is_empty() {
                continue;
            }
            count += 1;
            if count % STEP == 0 {
                ctx.advance(count, self.plan.rows)?;
            }
            let mut draft = planner.draft(&record);
            if let Some(reason) = &draft.skip {
                report.skipped(draft.row, "", reason, false);
                let size: usize = record.iter().map(str::len).sum();
                kept += size;
                if kept <= UNREAD {
                    let list = match unread.take() {
                        Some(list) => Ok(list),
                        None => SkippedRows::new(Vec::new(), &self.plan),
                    };
                    let written = list.and_then(|mut list| list.write(&record, reason).map(|()| list));
                    unread = Some(written.map_err(|e| Error::io("the list of unread rows", &e))?);
                }
                continue;
            }
            let source = draft.import_source.clone().unwrap_or_else(|| self.plan.import_source.clone());
            let lead = match known.find(db, registry, &draft, &source, compare)? {
                None => None,
                Some(found) => match self.settle_found(db, &draft, found, ctx, report)? {
                    None => continue,
                    Some(lead) => {
                        if matches!(found, Found::Own(_)) {
                            draft.kept.clear();
                        }
                        known.will_update(db, registry, &draft, lead)?;
                        Some(lead)
                    }
                },
            };
            take(draft, lead, planner, report)?;
        }
        let text = unread.map(|list| list.finish().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
        text.transpose().map_err(|e| Error::io("the list of unread rows", &e))
    }

    /// What is done with a row that is here already: the lead to be updated, or nothing, and the report says why.
    fn settle_found(&self, db: &Db, draft: &LeadDraft, found: Found, ctx: &Context, report: &mut Report) -> Result<Option<i64>> {
        let field = self.key.map_or("email", |id| ctx.catalog.field(id).name);
        match (found, self.duplicates) {
            (Found::Own(number) | Found::Key(number) | Found::Same(number), Duplicates::Update) => {
                match row::check_write(db, ctx, draft, number) {
                    Ok(()) => return Ok(Some(number)),
                    Err(denied @ Error::Denied(_)) => report.skipped(draft.row, "owner", &denied.headline(), false),
                    Err(other) => return Err(other),
                }
            }
            (Found::Own(_), _) => report.skipped(draft.row, "id", "exported from here: the lead is here already", true),
            (Found::OwnDeleted(number), _) => {
                let message = format!("exported from here: {} is in Deleted", RecordId::lead(number));
                report.skipped(draft.row, "id", &message, false);
            }
            (Found::Key(_), _) => report.skipped(draft.row, "import_key", "imported before", true),
            (Found::Deleted(number), _) => {
                let message = format!("imported before as {}, which is in Deleted", RecordId::lead(number));
                report.skipped(draft.row, "import_key", &message, false);
            }
            (Found::Same(number), _) => {
                let message = format!("here already with the same {field}: {}", RecordId::lead(number));
                report.skipped(draft.row, field, &message, false);
            }
            (Found::Earlier { by_key: true, row }, _) => {
                report.skipped(draft.row, "import_key", &format!("the same as row {row}"), false);
            }
            (Found::Earlier { by_key: false, row }, _) => {
                report.skipped(draft.row, field, &format!("the same {field} as row {row}"), false);
            }
        }
        Ok(None)
    }
}

impl Query for TryImport {
    type Reply = Imported;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Imported> {
        let import = &self.import;
        let mut report = Report::new(&import.plan);
        let mut planner = Planner::new(&import.plan, &ctx.catalog)?;
        let unread = import.each(db, ctx, &mut planner, &mut report, |draft, lead, _, report| {
            match lead {
                None => report.created(&draft),
                Some(_) => report.updated(&draft),
            }
            Ok(())
        })?;
        Ok(Imported { report: Shared::new(report), unread, made: None })
    }
}

impl Act for ImportLeads {
    type Reply = Imported;

    fn name(&self) -> &'static str {
        "Import"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Imported> {
        let ctx = tx.ctx;
        access::check_active(ctx)?;
        let here = store::record::count_all(tx.db, Entity::Lead)?;
        // Above a fifth of new rows it is quicker to build the indexes anew than to keep them.
        let suspended = if self.plan.rows > LARGE && self.plan.rows * 5 > here {
            Some(fts::suspend_indexes(tx.db, &["lead_by_email"])?)
        } else {
            None
        };
        tx.expect(usize::try_from(self.plan.rows).unwrap_or(usize::MAX));
        let mut report = Report::new(&self.plan);
        let mut planner = Planner::new(&self.plan, &ctx.catalog)?;
        let first = setting::take_numbers(tx.db, "lead", 0)?;
        let mut next = first;
        let db = tx.db;
        let unread = self.each(db, ctx, &mut planner, &mut report, |mut draft, lead, planner, report| {
            row::settle(tx, &mut draft, planner)?;
            match lead {
                Some(number) => {
                    row::update(tx, &draft, number)?;
                    report.updated(&draft);
                }
                None => {
                    let source = draft.import_source.clone().unwrap_or_else(|| self.plan.import_source.clone());
                    let record = row::record(tx, &draft, &source, next);
                    if let Err(error) = rules::check_required(&ctx.catalog.lead, &record) {
                        report.skipped(draft.row, "", &error.headline(), false);
                        return Ok(());
                    }
                    row::insert(tx, &record)?;
                    next += 1;
                    report.created(&draft);
                }
            }
            Ok(())
        })?;
        let made = (next > first).then(|| (first, next - 1));
        if let Some((first, last)) = made {
            setting::take_numbers(tx.db, "lead", last - first + 1)?;
            tx.made(Made { entity: Entity::Lead, first, last })?;
            tx.catalog_changed();
        }
        if let Some(suspended) = suspended {
            fts::resume_indexes(tx.db, suspended)?;
        }
        ctx.cancel.check()?;
        tx.say(summary(&self.plan, &report));
        Ok(Imported { report: Shared::new(report), unread, made })
    }
}

fn summary(plan: &Plan, report: &Report) -> String {
    let mut text = format!("Imported {} leads from {}", report.created, plan.file.input.name());
    if report.updated > 0 {
        text.push_str(&format!(", updated {}", report.updated));
    }
    if report.skipped > 0 {
        text.push_str(&format!(", skipped {}", report.skipped));
    }
    text
}

impl LeadService {
    /// Imports a file: a backup of what is here before a large one, fresh statistics after it; logged with origin import.
    pub fn import(&mut self, act: ImportLeads, ctx: &Context) -> Result<Done<Imported>> {
        let here = store::record::count_all(self.db(), Entity::Lead)?;
        let large = act.plan.rows >= LARGE;
        if large && here > 0 {
            backup::take(self.db(), "before-import", true)?;
        }
        let ctx = Context { origin: Origin::Import, ..ctx.clone() };
        let done = self.execute(act, &ctx)?;
        if large {
            self.db().analyze()?;
            self.db().checkpoint(true)?;
        }
        Ok(done)
    }
}
