//! The import of a file: its plan, a trial that writes nothing, and the act itself: one transaction, one undo.

use std::path::PathBuf;

use super::known::{Found, Known};
use super::refer::{Placed, Refer};
use super::{Shared, files, note, row};
use crate::error::{Error, Result};
use crate::exchange::csv::{CsvFile, Record};
use crate::exchange::import::{Draft, Options, Plan, Planner, Report, SkippedRows, guess};
use crate::exchange::input::Input;
use crate::model::entity::Entity;
use crate::model::field::FieldId;
use crate::model::rules;
use crate::service::access;
use crate::service::act::{Act, Done, Query, Tx};
use crate::service::context::{Context, Origin};
use crate::service::lead_service::LeadService;
use crate::service::rule;
use crate::store::log::Made;
use crate::store::sqlite::{backup, fts};
use crate::store::{self, Db, setting};

/// What is done with a row that is here already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duplicates {
    /// Nothing is made of it.
    #[default]
    Skip,
    /// What it says is written over the record that is here.
    Update,
    /// A second record is made, unless its key was imported before.
    Create,
}

/// Reads a file once and says what each column would become. Writes nothing.
#[derive(Clone, Debug)]
pub struct PlanImport {
    /// The file.
    pub path: PathBuf,
    /// What the person says about it.
    pub options: Options,
    /// What its rows become.
    pub kind: KindOf,
}

/// Which kind of records the rows of a file become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KindOf {
    /// This one.
    Told(Entity),
    /// What the file says clearly; where it says nothing, this one.
    Guess(Entity),
}

impl PartialEq for PlanImport {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
            && self.kind == other.kind
            && self.options.map == other.options.map
            && self.options.links == other.options.links
            && self.options.fixed == other.options.fixed
    }
}

impl Query for PlanImport {
    type Reply = Shared<Plan>;

    fn run(&self, _: &Db, ctx: &Context) -> Result<Shared<Plan>> {
        let file = CsvFile::open(Input::path(&self.path)?)?;
        let entity = match self.kind {
            KindOf::Told(entity) => entity,
            KindOf::Guess(entity) => guess(&file)?.map_or(entity, |guess| guess.entity),
        };
        let mut watch = |progress: crate::exchange::import::Progress| ctx.advance(progress.done, progress.total);
        Plan::read(file, self.options.clone(), ctx.catalog.registry(entity), &mut watch).map(Shared::new)
    }
}

/// Imports what a plan says.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportRecords {
    /// The plan.
    pub plan: Shared<Plan>,
    /// What is done with rows that are here already.
    pub duplicates: Duplicates,
    /// The field by which rows are compared beside their key; where none is named, people by e-mail address, all else by name.
    pub key: Option<FieldId>,
}

/// Says what an import would do. Writes nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct TryImport {
    /// The import.
    pub import: ImportRecords,
}

/// What an import did or would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Counts and problems.
    pub report: Shared<Report>,
    /// The rows that could not be read, with the reason in a last column, to be mended and imported again.
    pub unread: Option<String>,
    /// The first and last number that was made.
    pub made: Option<(i64, i64)>,
}

/// Rows between two words about how far it is.
const STEP: u64 = 256;

/// From so many rows an import is preceded by a backup of what is here.
const LARGE: u64 = 1_000;

/// The most text of unread rows that is kept to be mended, in bytes.
const UNREAD: usize = 32 * 1024 * 1024;

/// The rows of which nothing could be made, as a list to be mended and imported again.
#[derive(Default)]
struct Unread {
    list: Option<SkippedRows<Vec<u8>>>,
    kept: usize,
}

impl Unread {
    fn keep(&mut self, record: &Record, reason: &str, plan: &Plan) -> Result<()> {
        self.kept += record.iter().map(str::len).sum::<usize>();
        if self.kept > UNREAD {
            return Ok(());
        }
        let list = match self.list.take() {
            Some(list) => Ok(list),
            None => SkippedRows::new(Vec::new(), plan),
        };
        let written = list.and_then(|mut list| list.write(record, reason).map(|()| list));
        self.list = Some(written.map_err(|e| Error::io("the list of unread rows", &e))?);
        Ok(())
    }

    fn finish(self) -> Result<Option<String>> {
        let text = self.list.map(|list| list.finish().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
        text.transpose().map_err(|e| Error::io("the list of unread rows", &e))
    }
}

impl ImportRecords {
    /// Visits every row of which something is made: a new record, or changes to the one that is named; `take` gives back the number of
    /// what it became. All others are in the report.
    fn each(
        &self,
        db: &Db,
        ctx: &Context,
        planner: &mut Planner<'_>,
        refer: &mut Refer<'_>,
        report: &mut Report,
        mut take: impl FnMut(&mut Draft, Option<i64>, &mut Planner<'_>, &mut Report) -> Result<Option<i64>>,
    ) -> Result<Option<String>> {
        let registry = ctx.catalog.registry(self.plan.entity);
        let mut known = Known::new(db, registry, self.key)?;
        let compare = self.duplicates != Duplicates::Create;
        let (mut rows, mut record) = (self.plan.file.rows()?, Record::default());
        let mut unread = Unread::default();
        let mut count = 0;
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
                report.skipped(draft.row, "", reason);
                unread.keep(&record, reason, &self.plan)?;
                continue;
            }
            let own = known.own(db, registry, &draft)?;
            let names_none = draft.own_id.is_none() && draft.own_number.is_none();
            let Placed { waiting, refused } = refer.place(db, &mut draft, own.is_some() || names_none)?;
            let refused = if refused.is_some() { refused } else { row::check_place(db, ctx, &draft, self.plan.entity)? };
            let source = draft.import_source.clone().unwrap_or_else(|| self.plan.import_source.clone());
            let here = match (known.find(db, registry, &draft, own, &source, compare)?, refused) {
                (None, None) => None,
                (None, Some(problem)) => {
                    report.skipped_for(draft.row, &problem);
                    unread.keep(&record, &problem.message, &self.plan)?;
                    continue;
                }
                (Some(found), refused) => match self.settle_found(db, &draft, found, &known, ctx, report)? {
                    None => continue,
                    Some(number) => {
                        draft.problems.extend(refused);
                        if matches!(found, Found::Own(_)) {
                            draft.kept.clear();
                        }
                        refer.not_itself(&mut draft, number);
                        known.will_update(db, registry, &draft, number)?;
                        Some(number)
                    }
                },
            };
            if let Some(number) = take(&mut draft, here, planner, report)? {
                refer.took(&draft, number, waiting);
            }
        }
        unread.finish()
    }

    /// What is done with a row that is here already: the record to be updated, or nothing, and the report says why.
    fn settle_found(
        &self,
        db: &Db,
        draft: &Draft,
        found: Found,
        known: &Known,
        ctx: &Context,
        report: &mut Report,
    ) -> Result<Option<i64>> {
        let entity = self.plan.entity;
        let registry = ctx.catalog.registry(entity);
        let (field, what) = (known.field(registry), known.what(registry));
        // a note is what somebody wrote, and is not written over
        let duplicates = if entity.is_child() { Duplicates::Skip } else { self.duplicates };
        match (found, duplicates) {
            (Found::Own(number) | Found::Key(number) | Found::Same(number), Duplicates::Update) => {
                match row::check_write(db, ctx, draft, entity.numbered(number)) {
                    Ok(()) => return Ok(Some(number)),
                    Err(denied @ Error::Denied(_)) => report.skipped(draft.row, "owner", &denied.headline()),
                    Err(other) => return Err(other),
                }
            }
            (Found::Own(_), _) => {
                let message = format!("exported from here: the {} is here already", entity.name());
                report.skipped(draft.row, "id", &message);
            }
            (Found::OwnDeleted(number), _) => {
                let message = format!("exported from here: {} is in Deleted", entity.numbered(number));
                report.skipped(draft.row, "id", &message);
            }
            (Found::Key(_), _) => report.skipped(draft.row, "import_key", "imported before"),
            (Found::Deleted(number), _) => {
                let message = format!("imported before as {}, which is in Deleted", entity.numbered(number));
                report.skipped(draft.row, "import_key", &message);
            }
            (Found::Same(number), _) => {
                let message = format!("here already with the same {what}: {}", entity.numbered(number));
                report.skipped(draft.row, field, &message);
            }
            (Found::Earlier { by_key: true, row }, _) => {
                report.skipped(draft.row, "import_key", &format!("the same as row {row}"));
            }
            (Found::Earlier { by_key: false, row }, _) => {
                report.skipped(draft.row, field, &format!("the same {what} as row {row}"));
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
        let mut refer = Refer::new(db, &ctx.catalog, &import.plan, i64::MAX)?;
        let unread = import.each(db, ctx, &mut planner, &mut refer, &mut report, |draft, here, _, report| {
            files::wanted(db, ctx, draft, here.map(|number| import.plan.entity.numbered(number)), report)?;
            match here {
                None => report.created(draft),
                Some(_) => report.updated(draft),
            }
            // what would be made has no number yet
            Ok(Some(here.unwrap_or_else(|| -i64::try_from(draft.row).unwrap_or(i64::MAX))))
        })?;
        for late in refer.late() {
            late.report(&ctx.catalog, &mut report);
        }
        Ok(Imported { report: Shared::new(report), unread, made: None })
    }
}

impl Act for ImportRecords {
    type Reply = Imported;

    fn name(&self) -> &'static str {
        "Import"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Imported> {
        let ctx = tx.ctx;
        access::check_active(ctx)?;
        let entity = self.plan.entity;
        let registry = ctx.catalog.registry(entity);
        let here = store::record::count_all(tx.db, entity)?;
        // Above a fifth of new rows it is quicker to build the indexes anew than to keep them.
        let suspended = if self.plan.rows > LARGE && self.plan.rows * 5 > here && !entity.is_child() {
            Some(fts::suspend_indexes(tx.db, entity, &["by_email", "by_name"][..if entity == Entity::Lead { 1 } else { 2 }])?)
        } else {
            None
        };
        tx.expect(usize::try_from(self.plan.rows).unwrap_or(usize::MAX));
        let mut report = Report::new(&self.plan);
        let mut planner = Planner::new(&self.plan, &ctx.catalog)?;
        let first = setting::take_numbers(tx.db, entity.name(), 0)?;
        let mut next = first;
        let db = tx.db;
        let mut refer = Refer::new(db, &ctx.catalog, &self.plan, first)?;
        let unread = self.each(db, ctx, &mut planner, &mut refer, &mut report, |draft, here, planner, report| {
            row::settle(tx, entity, draft, planner)?;
            let files = files::wanted(db, ctx, draft, here.map(|number| entity.numbered(number)), report)?;
            if let Some(number) = here {
                row::update(tx, draft, entity.numbered(number), planner.choices())?;
                files::attach(tx, &files, entity.numbered(number))?;
                report.updated(draft);
                return Ok(Some(number));
            }
            let source = draft.import_source.clone().unwrap_or_else(|| self.plan.import_source.clone());
            if entity == Entity::Note {
                note::insert(tx, draft, &source, next)?;
                next += 1;
                report.created(draft);
                return Ok(Some(next - 1));
            }
            let record = row::record(tx, draft, &source, entity.numbered(next), planner.choices());
            if let Err(error) = rules::check_required(registry, &record) {
                report.skipped(draft.row, "", &error.headline());
                return Ok(None);
            }
            row::insert(tx, &record)?;
            files::attach(tx, &files, record.key)?;
            next += 1;
            report.created(draft);
            Ok(Some(record.key.number))
        })?;
        for late in refer.late() {
            late.report(&ctx.catalog, &mut report);
            row::refer_late(tx, entity.numbered(late.number), late.number >= first, &late)?;
        }
        let made = (next > first).then(|| (first, next - 1));
        if let Some((first, last)) = made {
            setting::take_numbers(tx.db, entity.name(), last - first + 1)?;
            tx.made(Made { entity, first, last })?;
            tx.catalog_changed();
        }
        // the rules ask for words, and write owners while there are few indexes that hold them
        let mut told = rule::Routed::default();
        let mut route = |tx: &mut Tx<'_>| match made {
            Some((first, last)) => rule::imported(tx, Made { entity, first, last }).map(|routed| told = routed),
            None => Ok(()),
        };
        match suspended {
            Some(suspended) => {
                fts::resume_words(tx.db, &suspended)?;
                route(tx)?;
                fts::resume_indexes(tx.db, suspended)?;
            }
            None => route(tx)?,
        }
        ctx.cancel.check()?;
        tx.say(summary(&self.plan, &report));
        told.say(tx);
        Ok(Imported { report: Shared::new(report), unread, made })
    }
}

fn summary(plan: &Plan, report: &Report) -> String {
    let mut text = format!("Imported {} {} from {}", report.created, plan.entity.counted(report.created), plan.file.input.name());
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
    pub fn import(&mut self, act: ImportRecords, ctx: &Context) -> Result<Done<Imported>> {
        let mut here = 0;
        for entity in Entity::LISTED {
            here += store::record::count_all(self.db(), *entity)?;
        }
        let large = act.plan.rows >= LARGE;
        if large && here > 0 {
            backup::take(self.db(), "before-import", true)?;
        }
        let ctx = Context { origin: Origin::Import, ..ctx.clone() };
        let done = self.execute(act, &ctx)?;
        if large {
            // The rows are stored by now: what tidies up after them may fail, on a full disk, and is done another time.
            let _ = self.db().analyze();
            let _ = self.db().checkpoint(true);
        }
        Ok(done)
    }
}
