//! How long the reports take at 1,000,000 leads, 300,000 opportunities and 3,000,000 activities, and how soon the first one is there from the
//! start of the program. Draws no screen.
//!
//! `cargo bench --bench reports [-- SIZE…]` prints a Markdown table, each cell the median of five runs and the 99th percentile, below two
//! probes of the same run. Fails where a figure is beyond what it must be.

mod common;
#[allow(dead_code)] // it lists nothing
#[path = "common/desk.rs"]
mod desk;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{Figure, Table, grouped, show, sizes};
use desk::{context, measure, probes, service};
use leadbook::model::entity::Entity;
use leadbook::model::report::{Period, ReportKind};
use leadbook::query::parse;
use leadbook::service::LeadReader;
use leadbook::service::report::GetReport;
use leadbook::store::Db;

/// How long the reports that are looked at most may take over all records.
const QUICK: Duration = Duration::from_millis(250);
/// How long the others may.
const OTHERS: Duration = Duration::from_secs(1);
/// How long any may take under any filter.
const FILTERED: Duration = Duration::from_secs(3);
/// How long the first one may take from the start of the program.
const COLD: Duration = Duration::from_millis(300);

/// Filters as people type them, by what the report is about; one that nothing serves but a look at every record, one of linked records.
const LEADS: &[&str] = &["country:de", "status:open source:web rating>=warm", "anna", "account.(has:phone)", "is:duplicate"];
const DEALS: &[&str] = &["value>10k", "status:open owner:me", "lead.(source:web)"];
const ACTIVITIES: &[&str] = &["kind:phone-call", "owner:me done>-1y"];

fn main() {
    if !common::is_release() {
        return;
    }
    let sizes = sizes();
    let mut table = Table::new(&sizes);
    let mut late = Vec::new();
    for (column, leads) in sizes.iter().enumerate() {
        let (path, _) = common::database(*leads);
        probes(&mut table, column, &path);
        how_much(&mut table, column, &path);
        let mut within = |what: &str, figure: &Figure, most: Duration| {
            if figure.median() > most {
                late.push(format!("{} leads: {what}: {} is more than {}", grouped(*leads), show(figure.median()), show(most)));
            }
        };
        let ctx = context(&service(&path));
        let reader = LeadReader::open(&path).expect("a reader");
        for kind in ReportKind::ALL {
            let filters = match kind.entity() {
                Entity::Lead => LEADS,
                Entity::Activity => ACTIVITIES,
                _ => DEALS,
            };
            let mut ask = |text: &str, period: Option<&str>, most: Duration| {
                let filter = parse(text, &ctx.reading_of(kind.entity())).expect("a filter");
                let period = period.map(|text| Period::parse(text, ctx.zone.today(ctx.now()), &ctx.locale).expect("a period"));
                let named = [text, period.as_ref().map_or("", |period| &period.text)].map(|part| match part {
                    "" => String::new(),
                    part => format!(" `{part}`"),
                });
                let report = GetReport { kind: *kind, filter, period };
                let figure = measure(5, |_| drop(reader.ask(&report, &ctx).expect("a report")));
                let what = format!("{}{}", kind.name(), named.concat());
                table.figure(column, &what, &figure);
                within(&what, &figure, most);
            };
            let quick = matches!(kind, ReportKind::Sources | ReportKind::Pipeline | ReportKind::Age);
            ask("", None, if quick { QUICK } else { OTHERS });
            ask("", Some("this-year"), OTHERS);
            for filter in filters {
                ask(filter, None, FILTERED);
            }
        }
        within("from the start", &cold(&mut table, column, &path), COLD);
    }
    table.print("median · p99");
    assert!(late.is_empty(), "{}", late.join("\n"));
}

fn how_much(table: &mut Table, column: usize, path: &Path) {
    let db = Db::open_reader(path).expect("the database");
    for (what, of) in [("opportunities", "opportunity"), ("activities", "activity")] {
        let count = db.number(&format!("SELECT count(*) FROM {of}"), &[]).expect("a count");
        table.put(column, what, grouped(count.unsigned_abs()));
    }
}

/// The program from its start to its end with the report of the sources.
fn cold(table: &mut Table, column: usize, path: &Path) -> Figure {
    let mut figure = Figure::default();
    for _ in 0..common::RUNS {
        let start = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_leadbook"));
        let folder = tempfile::tempdir().expect("a folder");
        command.arg("--db").arg(path).args(["report", "sources", "--format", "json"]).env("LEADBOOK_USER", "ana");
        command.env("XDG_CONFIG_HOME", folder.path()).env("XDG_STATE_HOME", folder.path());
        let told = command.stdout(Stdio::null()).status().expect("the program");
        assert!(told.success());
        figure.add(vec![start.elapsed()]);
    }
    table.figure(column, "`leadbook report sources` from its start", &figure);
    figure
}
