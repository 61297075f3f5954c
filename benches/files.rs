//! How long a file of 100 MB takes into the database and out of it, against `cp` and `sync` in the same run, and how much memory that
//! takes. Draws no screen.
//!
//! `cargo bench --bench files` prints a Markdown table: the median and the longest of five runs, and each as a multiple of the copy.

#[allow(dead_code)] // the other benches use more of it
mod common;

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::{Figure, RUNS, show};
use leadbook::model::attachment::{LARGEST, Rules};
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::locale::Locale;
use leadbook::model::people::Role;
use leadbook::model::zone::Zone;
use leadbook::service::attachment::{AttachFiles, Place, SaveAttachment};
use leadbook::service::context::{Cancel, Clock, Ids};
use leadbook::service::lead_service::FirstUser;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::scope::Targets;
use leadbook::service::{Context, LeadService, Origin};
use leadbook::store::sqlite::Opening;

/// Bytes of the file.
const SIZE: usize = 100_000_000;

/// The acts that are measured, in the order of the table.
const ROWS: [&str; 4] =
    ["`cp` and `sync`", "attach, until it is saved", "the same, until the log is moved into the file", "write it back, synced"];

fn main() {
    if !common::is_release() {
        return;
    }
    let folder = common::folder().join("files");
    // what an earlier run left helps nobody
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut figures: [Figure; 4] = Default::default();
    let mut memory = [0_u64; 2];
    for run in 0..RUNS {
        let (times, peaks) = one_run(&folder, run);
        for (figure, time) in figures.iter_mut().zip(times) {
            figure.add(vec![time]);
        }
        memory = [memory[0].max(peaks[0]), memory[1].max(peaks[1])];
    }
    println!("| 100 MB, median of five runs | time | of `cp` and `sync` |");
    println!("|---|---:|---:|");
    let copy = figures[0].median();
    for (row, figure) in ROWS.iter().zip(&figures) {
        let times = figure.median().as_secs_f64() / copy.as_secs_f64();
        println!("| {row} | {} | {times:.1} × |", show(figure.median()));
    }
    println!("| memory that attaching takes · writing back | {:.1} MB · {:.1} MB | |", mega(memory[0]), mega(memory[1]));
    let _ = std::fs::remove_dir_all(&folder);
}

fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Copies a new file, attaches it to a new database and writes it out; how long each took, and the memory of the last two.
fn one_run(folder: &Path, run: usize) -> ([Duration; 4], [u64; 2]) {
    let (from, copy, back) = (folder.join("from.bin"), folder.join("copy.bin"), folder.join("back.bin"));
    for old in [&copy, &back] {
        let _ = std::fs::remove_file(old);
    }
    fill(&from, run as u32);
    let copied = timed(|| {
        let told = Command::new("cp").arg(&from).arg(&copy).status().expect("cp");
        let synced = Command::new("sync").arg(&copy).status().expect("sync");
        assert!(told.success() && synced.success());
    });
    let database = folder.join(format!("{run}.db"));
    let first = FirstUser { login: "ana".into(), name: "Ana Lima".into() };
    let mut service = LeadService::open(&Opening::or_create(database), &first).expect("a database");
    let ctx = context(&service);
    let values = vec![(ctx.catalog.lead.id("last_name"), "Lee"), (ctx.catalog.lead.id("topic"), "Printers")];
    let values = values.into_iter().map(|(id, text)| (id, leadbook::model::value::Value::text(text))).collect();
    service.execute(CreateRecord { entity: Entity::Lead, values }, &ctx).expect("a lead");
    let before = forget_peak();
    let act = AttachFiles { targets: Targets::one(RecordId::lead(1)), files: vec![from.clone()] };
    let start = Instant::now();
    service.execute(act, &ctx).expect("a file");
    let saved = start.elapsed();
    service.db().checkpoint(false).expect("a checkpoint");
    let moved = start.elapsed();
    let attaching = peak().saturating_sub(before);
    let before = forget_peak();
    let written = timed(|| {
        service.ask(&SaveAttachment { file: 1, to: Place::File(back.clone()) }, &ctx).expect("the file");
    });
    let writing = peak().saturating_sub(before);
    assert!(Command::new("cmp").arg(&from).arg(&back).status().expect("cmp").success(), "what came back is what went in");
    ([copied, saved, moved, written], [attaching, writing])
}

fn timed(act: impl FnOnce()) -> Duration {
    let start = Instant::now();
    act();
    start.elapsed()
}

/// Writes [`SIZE`] bytes that no other run writes and that nothing makes smaller.
fn fill(path: &Path, run: u32) {
    let mut file = File::create(path).expect("a file");
    let mut state = run.wrapping_mul(2_654_435_761) | 1;
    let mut block = vec![0_u8; 1 << 20];
    let mut left = SIZE;
    while left > 0 {
        for word in block.chunks_exact_mut(4) {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            word.copy_from_slice(&state.to_le_bytes());
        }
        let part = left.min(block.len());
        file.write_all(&block[..part]).expect("bytes");
        left -= part;
    }
    file.sync_all().expect("a synced file");
}

/// The first user, at the terminal, now; large files are allowed.
fn context(service: &LeadService) -> Context {
    Context {
        user: 1,
        role: Role::Admin,
        origin: Origin::Tui,
        clock: Clock::System,
        ids: Ids::System,
        zone: Zone::Utc,
        locale: Locale::of("DE"),
        catalog: service.catalog(),
        progress: None,
        cancel: Cancel::default(),
        strict_disqualify: false,
        files: Rules { largest: LARGEST, ..Rules::default() },
        drafts: Arc::default(),
    }
}

/// The most resident memory since it was last forgotten, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or_default() * 1024
}

/// Forgets the most memory so far; what is resident now comes back.
fn forget_peak() -> u64 {
    // where the system does not let it be forgotten the figure is too small, never too large
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    peak()
}
