//! How long the store and the lead service take at 100,000 and 1,000,000 leads: lists, search, counts, saves. Draws no screen.
//!
//! `cargo bench --bench store [-- SIZE…]` prints a Markdown table, each cell the median of five runs and the 99th percentile,
//! below two probes of the same run that tell a slow machine from a slow program.

mod common;
#[path = "common/desk.rs"]
mod desk;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use common::{Figure, RUNS, Table, grouped, show, sizes};
use desk::{WINDOW, context, fields, filter, measure, probes, service};
use leadbook::exchange::import::Options;
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::field::read::Reading;
use leadbook::model::value::Value;
use leadbook::query::views;
use leadbook::service::exchange::{Duplicates, ExportRecords, ImportRecords, KindOf, PlanImport};
use leadbook::service::lead_service::FirstUser;
use leadbook::service::note::AddNote;
use leadbook::service::qualify::matches::RetrieveMatches;
use leadbook::service::qualify::{Deal, Part, QualifyLead};
use leadbook::service::record::read::{CountRecords, GetRecord, ListNumbers, ListPage, RowsByNumber, SumValues};
use leadbook::service::record::update::UpdateRecord;
use leadbook::service::scope::Targets;
use leadbook::service::undo::Undo;
use leadbook::service::{LeadReader, LeadService};
use leadbook::store::sqlite::Opening;

/// The orders that open a list, and two that no index serves.
const SORTS: &[&str] =
    &["sort:name", "sort:company", "sort:-modified_at", "sort:-created_at", "sort:-estimated_value", "sort:city"];

/// Filters as people type them.
const FILTERS: &[&str] = &[
    "mü",
    "anna schm",
    "logistik",
    "5678",
    "status:open source:web rating>=warm",
    "owner:me value>10k created>-90d",
    "company:\"Belando*\"",
    "city:Lübeck",
];

fn main() {
    if !common::is_release() {
        return;
    }
    let sizes = sizes();
    let mut table = Table::new(&sizes);
    for (column, leads) in sizes.iter().enumerate() {
        let (path, took) = common::database(*leads);
        if let Some(took) = took {
            let size = std::fs::metadata(&path).map_or(0, |m| m.len()) / 1_000_000;
            table.put(column, "generate", format!("{:.1} s, {} MB", took.as_secs_f64(), grouped(size)));
        }
        probes(&mut table, column, &path);
        lists(&mut table, column, &path);
        filters(&mut table, column, &path);
        records(&mut table, column, &path, *leads);
        customers(&mut table, column, &path);
        import(&mut table, column, &path, *leads);
    }
    table.print("median · p99");
}

/// First pages and whole orders of the shipped views and the sorts, and windows anywhere.
fn lists(table: &mut Table, column: usize, path: &Path) {
    let ctx = context(&service(path));
    let reader = LeadReader::open(path).expect("a reader");
    let reading = Reading {
        entity: leadbook::model::entity::Entity::Lead,
        catalog: &ctx.catalog,
        locale: &ctx.locale,
        zone: ctx.zone,
        now: ctx.now(),
        me: ctx.user,
    };
    let shipped = views::shipped(&reading).expect("the views");
    let lists: Vec<(String, String)> = shipped
        .iter()
        .map(|view| (view.name.clone(), format!("{} {}", view.filter, view.sort)))
        .chain(SORTS.iter().map(|sort| (format!("`{sort}`"), (*sort).to_owned())))
        .collect();
    for (name, text) in &lists {
        let filter = filter(&ctx, text);
        let page = ListPage { filter: filter.clone(), limit: WINDOW, fields: fields(&ctx) };
        let figure = measure(20, |_| assert!(reader.ask(&page, &ctx).expect("a page").len() <= WINDOW));
        table.figure(column, &format!("{name}: first {WINDOW} rows"), &figure);
        let numbers = ListNumbers { filter };
        let figure = measure(3, |_| drop(reader.ask(&numbers, &ctx).expect("numbers")));
        let count = reader.ask(&numbers, &ctx).expect("numbers").len() as u64;
        let cell = format!("{} · {} ({})", show(figure.median()), show(figure.p99()), grouped(count));
        table.put(column, &format!("{name}: order of all"), cell);
    }
    let all: Arc<Vec<i64>> = reader.ask(&ListNumbers { filter: filter(&ctx, "sort:name") }, &ctx).expect("numbers");
    let figure = measure(100, |sample| {
        let from = sample.wrapping_mul(7_919_777) % (all.len() - WINDOW);
        let numbers = all[from..from + WINDOW].to_vec();
        assert_eq!(
            reader.ask(&RowsByNumber { entity: Entity::Lead, numbers, fields: fields(&ctx) }, &ctx).expect("rows").len(),
            WINDOW
        );
    });
    table.figure(column, &format!("{WINDOW} rows anywhere by name"), &figure);
}

/// Filters as they are typed: the first rows, the whole order, the count.
fn filters(table: &mut Table, column: usize, path: &Path) {
    let ctx = context(&service(path));
    let reader = LeadReader::open(path).expect("a reader");
    for text in FILTERS {
        let filter = filter(&ctx, &format!("{text} sort:-modified_at"));
        let page = ListPage { filter: filter.clone(), limit: WINDOW, fields: fields(&ctx) };
        let figure = measure(5, |_| drop(reader.ask(&page, &ctx).expect("a page")));
        table.figure(column, &format!("`{text}`: first {WINDOW} rows"), &figure);
        let figure = measure(2, |_| drop(reader.ask(&ListNumbers { filter: filter.clone() }, &ctx).expect("numbers")));
        table.figure(column, &format!("`{text}`: order of all"), &figure);
        let count = CountRecords { filter };
        let figure = measure(2, |_| {
            std::hint::black_box(reader.ask(&count, &ctx).expect("a count"));
        });
        let found = reader.ask(&count, &ctx).expect("a count").0;
        table.put(
            column,
            &format!("`{text}`: count"),
            format!("{} · {} ({})", show(figure.median()), show(figure.p99()), grouped(found)),
        );
    }
}

/// One lead: read, saved, undone, noted.
fn records(table: &mut Table, column: usize, path: &Path, leads: u64) {
    let mut service = service(path);
    let ctx = context(&service);
    let place = |sample: usize| (sample as u64).wrapping_mul(7_919_777) % leads + 1;
    let reader = LeadReader::open(path).expect("a reader");
    let figure = measure(50, |sample| {
        drop(reader.ask(&GetRecord { record: RecordId::lead(place(sample) as i64), entries: 50 }, &ctx).expect("a lead"))
    });
    table.figure(column, "a lead with its timeline", &figure);

    let open = reader.ask(&ListNumbers { filter: filter(&ctx, "status:open") }, &ctx).expect("numbers");
    let field = ctx.catalog.lead.id("job_title");
    let mut undos = Figure::default();
    let mut saves = Figure::default();
    for run in 0..RUNS {
        let (mut save, mut undo) = (Vec::new(), Vec::new());
        for sample in 0..20 {
            let lead = open[(run * 20 + sample) * 7_919 % open.len()];
            let values = vec![(field, Value::text(format!("Buyer {run} {sample}")))];
            let start = Instant::now();
            service
                .execute(UpdateRecord { record: RecordId::lead(lead), version: None, seen: Vec::new(), values }, &ctx)
                .expect("saved");
            save.push(start.elapsed());
            let start = Instant::now();
            service.execute(Undo { step: None, origins: Vec::new() }, &ctx).expect("undone");
            undo.push(start.elapsed());
        }
        saves.add(save);
        undos.add(undo);
    }
    table.figure(column, "save a field", &saves);
    table.figure(column, "undo it", &undos);
    let figure = measure(20, |sample| {
        let about = RecordId::lead(open[sample * 7_919 % open.len()]);
        service.execute(AddNote { about, body: "Wants a demo of the large printer.".into() }, &ctx).expect("noted");
    });
    table.figure(column, "add a note", &figure);
}

/// Qualifying a lead: what it may already be, the act, the way back; and the lanes of the board.
fn customers(table: &mut Table, column: usize, path: &Path) {
    let mut service = service(path);
    let ctx = context(&service);
    let reader = LeadReader::open(path).expect("a reader");
    let open = reader.ask(&ListNumbers { filter: filter(&ctx, "status:open sort:-modified_at") }, &ctx).expect("numbers");
    let lead = |sample: usize| open[sample.wrapping_mul(7_919) % open.len()];
    let figure = measure(100, |sample| {
        std::hint::black_box(reader.ask(&RetrieveMatches { lead: lead(sample) }, &ctx).expect("matches"));
    });
    table.figure(column, "what a lead may already be", &figure);
    let (mut acts, mut undos) = (Figure::default(), Figure::default());
    for run in 0..RUNS {
        let (mut act, mut undo) = (Vec::new(), Vec::new());
        for sample in 0..20 {
            let lead = lead(run * 20 + sample);
            let parts = (Part::New, Part::New, Some(Deal::default()));
            let qualify = QualifyLead { lead, account: parts.0, contact: parts.1, opportunity: parts.2, reason: None };
            let start = Instant::now();
            service.execute(qualify, &ctx).expect("qualified");
            act.push(start.elapsed());
            let start = Instant::now();
            service.execute(Undo { step: None, origins: Vec::new() }, &ctx).expect("undone");
            undo.push(start.elapsed());
        }
        acts.add(act);
        undos.add(undo);
    }
    table.figure(column, "qualify a lead into all three", &acts);
    table.figure(column, "undo that", &undos);

    let lanes =
        ["status:open reason:new", "status:open reason:contacted"].map(|text| filter(&ctx, &format!("{text} sort:-modified_at")));
    let figure = measure(20, |_| {
        for lane in &lanes {
            let page = ListPage { filter: lane.clone(), limit: 20, fields: fields(&ctx) };
            assert!(!reader.ask(&page, &ctx).expect("cards").is_empty());
        }
    });
    table.figure(column, "the board: first cards of the leads' lanes", &figure);
    let figure = measure(3, |_| {
        lanes.iter().for_each(|lane| drop(reader.ask(&ListNumbers { filter: lane.clone() }, &ctx).expect("numbers")))
    });
    table.figure(column, "the board: their order", &figure);
    let figure =
        measure(3, |_| lanes.iter().for_each(|lane| drop(reader.ask(&SumValues { filter: lane.clone() }, &ctx).expect("sums"))));
    table.figure(column, "the board: what they are worth", &figure);
}

/// The most rows that are exported and imported again.
const ROWS: u64 = 100_000;

/// The columns of the file: those that a lead usually has.
const COLUMNS: &[&str] = &[
    "id",
    "first_name",
    "last_name",
    "job_title",
    "email",
    "phone",
    "mobile_phone",
    "company",
    "topic",
    "source",
    "rating",
    "status",
    "status_reason",
    "estimated_value",
    "currency",
    "street",
    "postal_code",
    "city",
    "country",
    "created_at",
];

/// A file written and read again into an empty database: once, as it takes long enough.
fn import(table: &mut Table, column: usize, path: &Path, leads: u64) {
    let ctx = context(&service(path));
    let folder = tempfile::tempdir_in(common::folder()).expect("a folder");
    let (file, rows) = (folder.path().join("leads.csv"), leads.min(ROWS));
    let columns = COLUMNS.iter().map(|name| ctx.catalog.lead.id(name)).collect();
    let export = ExportRecords { targets: Targets::leads((1..=rows as i64).collect()), columns, path: file.clone() };
    let reader = LeadReader::open(path).expect("a reader");
    let start = Instant::now();
    assert_eq!(reader.ask(&export, &ctx).expect("exported").count, rows);
    let rate = |since: Instant| format!("{} rows/s", grouped((rows as f64 / since.elapsed().as_secs_f64()) as u64));
    table.put(column, &format!("export, {} rows", grouped(rows)), rate(start));

    let first = FirstUser { login: "ana".into(), name: "Ana Lima".into() };
    let opening = Opening::or_create(folder.path().join("imported.db"));
    let mut service = LeadService::open(&opening, &first).expect("a database");
    let ctx = context(&service);
    let start = Instant::now();
    let plan = PlanImport { path: file, options: Options::new(ctx.locale.clone(), ctx.zone), kind: KindOf::Told(Entity::Lead) };
    let plan = service.ask(&plan, &ctx).expect("a plan");
    let done = service.import(ImportRecords { plan, duplicates: Duplicates::Create, key: None }, &ctx).expect("imported");
    let report = &done.reply.report;
    assert_eq!(report.created, rows, "not all rows became leads");
    table.put(column, &format!("import, {} rows into an empty database", grouped(rows)), rate(start));
}
