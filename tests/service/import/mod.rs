//! Files of other programs become leads: what is made, what is here already, one transaction, one undo.

mod again;
mod files;
mod history;
mod kinds;
mod large;
mod notes;
mod whole;

use std::path::{Path, PathBuf};

use leadbook::error::{Error, Result};
use leadbook::exchange::import::{Options, Plan};
use leadbook::model::entity::Entity;
use leadbook::model::field::FieldId;
use leadbook::model::locale::Locale;
use leadbook::model::zone::Zone;
use leadbook::service::Done;
use leadbook::service::exchange::{Duplicates, ImportRecords, Imported, KindOf, PlanImport, Shared, TryImport};
use leadbook::service::undo::Undo;

use crate::common::Desk;

/// Counts of a report: read, created, updated, skipped.
type Counts = (u64, u64, u64, u64);

pub fn options(country: &str) -> Options {
    Options::new(Locale::of(country), Zone::Utc)
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/csv").join(name)
}

/// A file in the folder of real exports, if there is one.
fn real(name: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("LEADBOOK_REAL_DATA") else {
        eprintln!("skipped without LEADBOOK_REAL_DATA: {name}");
        return None;
    };
    Some(Path::new(&folder).join("csv").join(name))
}

/// A file of its own in the folder of the database.
fn file(desk: &Desk, name: &str, text: &str) -> PathBuf {
    let path = desk.dir.path().join(name);
    std::fs::write(&path, text).expect("a file");
    path
}

fn plan(desk: &Desk, path: &Path, options: Options) -> Shared<Plan> {
    plan_of(desk, path, Entity::Lead, options)
}

fn plan_of(desk: &Desk, path: &Path, entity: Entity, options: Options) -> Shared<Plan> {
    let plan = PlanImport { path: path.to_owned(), options, kind: KindOf::Told(entity) };
    desk.service.ask(&plan, &desk.ctx).unwrap_or_else(|e| panic!("{e}"))
}

fn act(plan: Shared<Plan>, duplicates: Duplicates) -> ImportRecords {
    ImportRecords { plan, duplicates, key: None }
}

fn try_import(desk: &mut Desk, act: ImportRecords) -> Result<Done<Imported>> {
    desk.ctx.catalog = desk.service.catalog();
    let done = desk.service.import(act, &desk.ctx);
    desk.ctx.catalog = desk.service.catalog();
    done
}

/// Imports after a trial, which must say exactly what happens then and write nothing.
fn import(desk: &mut Desk, act: ImportRecords) -> Done<Imported> {
    desk.ctx.catalog = desk.service.catalog();
    let before = everything(desk);
    let trial = desk.service.ask(&TryImport { import: act.clone() }, &desk.ctx).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(before, everything(desk), "a trial wrote something");
    let done = try_import(desk, act).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(trial.report.json(), done.reply.report.json(), "the trial said something else");
    assert_eq!(trial.unread, done.reply.unread);
    done
}

fn import_file(desk: &mut Desk, path: &Path) -> Done<Imported> {
    let plan = plan(desk, path, options("US"));
    import(desk, act(plan, Duplicates::Skip))
}

fn counts(done: &Done<Imported>) -> Counts {
    let report = &done.reply.report;
    (report.read, report.created, report.updated, report.skipped)
}

/// The problems of a report: row, field, sentence.
fn problems(done: &Done<Imported>) -> Vec<(u64, String, String)> {
    done.reply.report.lines().iter().map(|l| (l.row, l.field.clone(), l.sentence())).collect()
}

/// The dump of what undo must bring back, and the number of rows of every table that an import writes.
fn everything(desk: &Desk) -> (Vec<String>, Vec<i64>) {
    let tables = ["lead", "lead_tag", "tag", "choice", "app_user", "operation", "change", "change_set"];
    let count = |table: &&str| desk.service.db().number(&format!("SELECT count(*) FROM {table}"), &[]).expect("a count");
    (desk.dump(), tables.iter().map(count).collect())
}

/// The lead, not deleted, that was made from this key.
fn by_key(desk: &Desk, key: &str) -> i64 {
    let sql = "SELECT number FROM lead WHERE import_key = $1 AND deleted_at IS NULL";
    desk.service
        .db()
        .row(sql, &[key.into()], |row| row.int(0))
        .expect("an answer")
        .unwrap_or_else(|| panic!("no lead from {key}"))
}

/// The leads that a filter finds, by number.
pub fn found(desk: &Desk, filter: &str) -> Vec<i64> {
    let query = leadbook::query::parse(filter, &desk.ctx.reading()).unwrap_or_else(|e| panic!("{filter}: {e:?}"));
    let mut numbers = leadbook::store::list::numbers(desk.service.db(), &(&desk.ctx).into(), &query, false).expect("a list");
    numbers.sort_unstable();
    numbers
}

fn expect(desk: &Desk, lead: i64, values: &[(&str, &str)]) {
    for (field, value) in values {
        assert_eq!(desk.shown(lead, field), *value, "{field} of L-{lead}");
    }
}

/// Options that link a column to records by one of their fields, under the name of a program.
fn linked(source: &str, links: &[(&str, &str)]) -> Options {
    let links = links.iter().map(|(column, field)| ((*column).to_owned(), (*field).to_owned())).collect();
    Options { import_source: Some(source.into()), links, ..options("US") }
}

/// Imports a text as records of a kind, after a trial.
pub fn bring_as(desk: &mut Desk, entity: Entity, text: &str, options: Options) -> Done<Imported> {
    let path = file(desk, "list.csv", text);
    let plan = plan_of(desk, &path, entity, options);
    import(desk, act(plan, Duplicates::Skip))
}

/// What fields of a record hold.
fn is(desk: &Desk, key: &str, values: &[(&str, &str)]) {
    let Some(leadbook::model::entity::RecordName::Number(id)) = leadbook::model::entity::RecordName::parse(key) else {
        panic!("no number: {key}")
    };
    let registry = desk.ctx.catalog.registry(id.entity);
    let record = leadbook::store::record::need(desk.service.db(), registry, id.number).unwrap_or_else(|e| panic!("{e}"));
    for (name, value) in values {
        let field = registry.find(name).unwrap_or_else(|| panic!("no field {name}"));
        assert_eq!(desk.ctx.showing().plain(registry.field(field), record.get(field)), *value, "{name} of {key}");
    }
}

fn field(desk: &Desk, name: &str) -> FieldId {
    desk.ctx.catalog.lead.id(match name {
        "phone" => "phone",
        "website" => "website",
        _ => panic!("no field of these tests: {name}"),
    })
}

fn undo() -> Undo {
    Undo { step: None, origins: Vec::new() }
}

fn refused(error: &Error, words: &str) {
    assert!(error.to_string().contains(words), "{error}");
}
