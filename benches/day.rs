//! How long a salesperson's day takes at 1,000,000 leads with 3,000,000 activities and 2,000,000 notes: Today, a timeline, the search in
//! notes, a call and the next lead. Draws no screen.
//!
//! `cargo bench --bench day [-- SIZE…]` prints a Markdown table, each cell the median of five runs and the 99th percentile, below two
//! probes of the same run. Fails where a figure is beyond what it must be.

mod common;
#[path = "common/desk.rs"]
mod desk;

use std::path::Path;
use std::time::{Duration, Instant};

use common::{Figure, RUNS, Table, grouped, show, sizes};
use desk::{WINDOW, context, fields, filter, measure, probes, service};
use leadbook::model::activity::OUTGOING;
use leadbook::model::entity::{Entity, RecordId};
use leadbook::service::activity::claim::ClaimNext;
use leadbook::service::activity::today::{GetAgenda, GetDay};
use leadbook::service::activity::wrap_up::WrapUp;
use leadbook::service::note::find::FindNotes;
use leadbook::service::record::read::{CountRecords, GetRecord, ListNumbers, ListPage};
use leadbook::service::{Context, LeadReader};
use leadbook::store::Db;

/// How long Today, and the first hits of a search in notes, may take.
const TODAY: Duration = Duration::from_millis(50);
/// A frame: how long a timeline may take, and a call with the next lead beside the commits.
const FRAME: Duration = Duration::from_millis(16);

/// Words that stand in notes: in most, in a third, in few, in none; beginnings, two words.
const NOTED: &[&str] = &["p", "the", "price", "print", "price list", "terms legal", "contoso", "zzzz"];

/// The same as filters, with the order in which lists open.
const LISTED: &[&str] = &["text:the", "text:price", "text:\"price list\"", "text:legal status:open", "text:zzzz"];

/// How many entries of a timeline the screen of a record asks for at first, and that of a call.
const ENTRIES: [i64; 2] = [200, 30];

/// The outcome of the calls: nobody was there, so another try is planned.
const NO_ANSWER: i64 = 1;

fn main() {
    if !common::is_release() {
        return;
    }
    let sizes = sizes();
    let mut table = Table::new(&sizes);
    let mut late = Vec::new();
    for (column, leads) in sizes.iter().enumerate() {
        let (path, _) = common::database(*leads);
        how_much(&mut table, column, &path);
        probes(&mut table, column, &path);
        let mut within = |what: &str, figure: &Figure, most: Duration| {
            if figure.p99() > most {
                late.push(format!("{} leads: {what}: {} is more than {}", grouped(*leads), show(figure.p99()), show(most)));
            }
        };
        within("Today", &today(&mut table, column, &path), TODAY);
        for figure in timelines(&mut table, column, &path, *leads) {
            within("a timeline", &figure, FRAME);
        }
        for (text, figure) in noted(&mut table, column, &path) {
            within(text, &figure, TODAY);
        }
        let (figure, commit) = calls(&mut table, column, &path);
        within("a call and the next lead", &figure, FRAME + commit);
    }
    table.print("median · p99");
    assert!(late.is_empty(), "{}", late.join("\n"));
}

fn how_much(table: &mut Table, column: usize, path: &Path) {
    let db = Db::open_reader(path).expect("the database");
    for (what, sql) in [("activities", "SELECT count(*) FROM activity"), ("notes", "SELECT count(*) FROM note")] {
        table.put(column, what, grouped(db.number(sql, &[]).expect("a count").unsigned_abs()));
    }
}

/// The first screen, and the calendar of a month.
fn today(table: &mut Table, column: usize, path: &Path) -> Figure {
    let ctx = context(&service(path));
    let reader = LeadReader::open(path).expect("a reader");
    let day = reader.ask(&GetDay, &ctx).expect("a day");
    let figure = measure(20, |_| drop(reader.ask(&GetDay, &ctx).expect("a day")));
    let cell = format!("{} · {} ({} due)", show(figure.median()), show(figure.p99()), grouped(day.open));
    table.put(column, "Today", cell);
    let now = ctx.now();
    let month = GetAgenda { from: now - 15 * 86_400_000_000, before: now + 16 * 86_400_000_000 };
    let planned = reader.ask(&month, &ctx).expect("an agenda").len() as u64;
    let took = measure(3, |_| drop(reader.ask(&month, &ctx).expect("an agenda")));
    table.put(
        column,
        "the calendar of a month",
        format!("{} · {} ({})", show(took.median()), show(took.p99()), grouped(planned)),
    );
    figure
}

/// Records with their timelines: any lead, what leads became, and the one with most entries.
fn timelines(table: &mut Table, column: usize, path: &Path, leads: u64) -> Vec<Figure> {
    let ctx = context(&service(path));
    let reader = LeadReader::open(path).expect("a reader");
    let db = Db::open_reader(path).expect("the database");
    let mut figures = Vec::new();
    for (entity, name) in [
        (Entity::Lead, "a lead with its timeline"),
        (Entity::Contact, "a contact with the timeline of its lead"),
        (Entity::Opportunity, "an opportunity with the timeline of its lead"),
    ] {
        let count = db.number(&format!("SELECT count(*) FROM {}", entity.name()), &[]).expect("a count").unsigned_abs();
        let figure = measure(50, |sample| {
            let number = (sample as u64).wrapping_mul(7_919_777) % count + 1;
            let record = entity.numbered(number as i64);
            drop(reader.ask(&GetRecord { record, entries: ENTRIES[0] }, &ctx).expect("a record"));
        });
        table.figure(column, name, &figure);
        figures.push(figure);
    }
    let longest = RecordId::lead(1 + (leads / 3) as i64);
    let detail = reader.ask(&GetRecord { record: longest, entries: ENTRIES[0] }, &ctx).expect("a lead");
    let entries = (detail.notes + detail.activities + detail.files + detail.requests).unsigned_abs();
    for shown in ENTRIES {
        let figure = measure(50, |_| drop(reader.ask(&GetRecord { record: longest, entries: shown }, &ctx).expect("a lead")));
        let cell = format!("{} · {} (of {})", show(figure.median()), show(figure.p99()), grouped(entries));
        table.put(column, &format!("the longest timeline, the first {shown} entries"), cell);
        figures.push(figure);
    }
    figures
}

/// The first hits of “find anywhere” in notes, and lists by their words.
fn noted(table: &mut Table, column: usize, path: &Path) -> Vec<(&'static str, Figure)> {
    let ctx = context(&service(path));
    let reader = LeadReader::open(path).expect("a reader");
    let mut figures = Vec::new();
    for text in NOTED {
        let find = FindNotes { text: (*text).to_owned(), limit: WINDOW };
        let figure = measure(20, |_| drop(reader.ask(&find, &ctx).expect("notes")));
        table.figure(column, &format!("`{text}` in notes: first {WINDOW}"), &figure);
        figures.push((*text, figure));
    }
    for text in LISTED {
        let filter = filter(&ctx, &format!("{text} sort:-modified_at"));
        let page = ListPage { filter: filter.clone(), limit: WINDOW, fields: fields(&ctx) };
        let figure = measure(5, |_| drop(reader.ask(&page, &ctx).expect("a page")));
        table.figure(column, &format!("`{text}`: first {WINDOW} rows"), &figure);
        figures.push((*text, figure));
        let numbers = ListNumbers { filter: filter.clone() };
        let figure = measure(2, |_| drop(reader.ask(&numbers, &ctx).expect("numbers")));
        let count = reader.ask(&CountRecords { filter }, &ctx).expect("a count").0;
        let cell = format!("{} · {} ({})", show(figure.median()), show(figure.p99()), grouped(count));
        table.put(column, &format!("`{text}`: order of all"), cell);
    }
    figures
}

/// Calls from a list: each is wrapped up and the next try planned, the lead after it is taken and read, as the screen of calls does it.
/// The time of both commits comes back beside it: they are probed between the calls.
fn calls(table: &mut Table, column: usize, path: &Path) -> (Figure, Duration) {
    let mut service = service(path);
    let ctx: Context = context(&service);
    let reader = LeadReader::open(path).expect("a reader");
    let open =
        reader.ask(&ListNumbers { filter: filter(&ctx, "owner:me status:open sort:-modified_at") }, &ctx).expect("numbers");
    let mut at = 0;
    let (mut figure, mut commits, mut agains) = (Figure::default(), Figure::default(), Figure::default());
    for run in 0..RUNS {
        let (mut calls, mut probes, mut days) = (Vec::new(), Vec::new(), Vec::new());
        for sample in 0..20 {
            let start = Instant::now();
            service.execute(desk::Touch(run * 20 + sample), &ctx).expect("a commit");
            probes.push(start.elapsed() * 2);
            let next = (ctx.now() / 86_400_000_000 + 1) * 86_400_000_000 + sample as i64 * 300_000_000 + 32_400_000_000;
            let call = WrapUp {
                about: RecordId::lead(open[at]),
                activity: None,
                outcome: NO_ANSWER,
                direction: OUTGOING,
                note: "nobody there".into(),
                next: Some(next),
            };
            let records = open[at + 1..].iter().take(50).map(|number| RecordId::lead(*number)).collect();
            let start = Instant::now();
            service.execute(call, &ctx).expect("a call");
            let claimed = service.execute(ClaimNext { records, as_is: false }, &ctx).expect("the next one").reply;
            let record = claimed.record.expect("another lead");
            drop(reader.ask(&GetRecord { record, entries: ENTRIES[1] }, &ctx).expect("a lead"));
            calls.push(start.elapsed());
            at += 1 + claimed.passed.len();
            let start = Instant::now();
            drop(reader.ask(&GetDay, &ctx).expect("a day"));
            days.push(start.elapsed());
        }
        figure.add(calls);
        commits.add(probes);
        agains.add(days);
    }
    table.figure(column, "two synced commits", &commits);
    table.figure(column, "a call wrapped up, the next lead taken and read", &figure);
    table.figure(column, "Today after a call", &agains);
    (figure, commits.p99())
}
