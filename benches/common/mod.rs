//! What the benches share: generated databases that are made once, samples, and the tables they print. Measures nothing itself.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use leadbook::model::zone::Zone;
use leadbook::service::context::Clock;
use leadbook::service::generate::{self, Spec};
use leadbook::service::lead_service::FirstUser;

/// How often every figure is taken; the table shows the middle one.
pub const RUNS: usize = 5;

/// How old a generated database may be, so that “this week” still has leads in it.
const SAME_DAY: Duration = Duration::from_secs(24 * 3_600);

/// The seed of every generated database.
const SEED: u64 = 1;

/// The sizes that the command line asks for, else LEADBOOK_BENCH_LEADS, else 100,000 and 1,000,000.
pub fn sizes() -> Vec<u64> {
    let read = |texts: Vec<String>| texts.iter().filter_map(|t| t.replace(['_', ','], "").parse().ok()).collect::<Vec<u64>>();
    let asked = read(std::env::args().skip(1).collect());
    if !asked.is_empty() {
        return asked;
    }
    match std::env::var("LEADBOOK_BENCH_LEADS") {
        Ok(list) => read(list.split_whitespace().map(str::to_owned).collect()),
        Err(_) => vec![100_000, 1_000_000],
    }
}

/// Whether the figures mean anything; says so where they do not.
pub fn is_release() -> bool {
    if cfg!(debug_assertions) {
        eprintln!("figures of a debug build mean nothing: use `cargo bench`");
    }
    !cfg!(debug_assertions)
}

/// The day that counts as today, since 1970-01-01: the real one, so that “this week” has leads in it.
pub fn today() -> i32 {
    Zone::Utc.today(Clock::System.now())
}

/// The folder of generated databases.
pub fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    std::fs::create_dir_all(&folder).expect("the folder for databases");
    folder
}

/// A database of so many leads: the one made within a day, or a new one and how long it took.
pub fn database(leads: u64) -> (PathBuf, Option<Duration>) {
    let path = folder().join(format!("leads-{leads}-seed-{SEED}.db"));
    let made = std::fs::metadata(&path).and_then(|meta| meta.created()).ok();
    if made.and_then(|at| at.elapsed().ok()).is_some_and(|age| age < SAME_DAY) {
        return (path, None);
    }
    for end in ["", "-wal", "-shm"] {
        // none of them has to be there
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    eprintln!("making {}", path.display());
    let first = FirstUser { login: "ana".into(), name: "Ana Lima".into() };
    let start = Instant::now();
    generate::generate(&path, &Spec { leads, seed: SEED, today: today(), first }, &mut |_, _, _| Ok(())).expect("a database");
    (path, Some(start.elapsed()))
}

/// What was measured of one act: for each run the middle of its samples and their 99th percentile.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    middles: Vec<Duration>,
    nineties: Vec<Duration>,
}

impl Figure {
    /// Adds the samples of one run.
    pub fn add(&mut self, mut samples: Vec<Duration>) {
        samples.sort_unstable();
        if let Some(last) = samples.len().checked_sub(1) {
            self.middles.push(samples[samples.len() / 2]);
            self.nineties.push(samples[(last * 99).div_ceil(100)]);
        }
    }

    /// The middle run's middle sample.
    pub fn median(&self) -> Duration {
        middle(&self.middles)
    }

    /// The middle run's 99th percentile.
    pub fn p99(&self) -> Duration {
        middle(&self.nineties)
    }
}

fn middle(of: &[Duration]) -> Duration {
    let mut sorted = of.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// A duration in milliseconds with three figures that matter.
pub fn show(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1e3;
    match ms {
        _ if ms >= 100.0 => format!("{ms:.0} ms"),
        _ if ms >= 10.0 => format!("{ms:.1} ms"),
        _ if ms >= 0.1 => format!("{ms:.2} ms"),
        _ => format!("{:.1} µs", ms * 1e3),
    }
}

/// A Markdown table of what was measured at several sizes, printed when it is complete.
pub struct Table {
    heads: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

impl Table {
    /// A table with a column for each size.
    pub fn new(sizes: &[u64]) -> Self {
        Self { heads: sizes.iter().map(|n| format!("{} leads", grouped(*n))).collect(), rows: Vec::new() }
    }

    /// Puts a cell.
    pub fn put(&mut self, column: usize, row: &str, cell: String) {
        eprintln!("{}: {row}: {cell}", self.heads[column]);
        let place = self.rows.iter().position(|(name, _)| name == row).unwrap_or_else(|| {
            self.rows.push((row.to_owned(), vec![String::new(); self.heads.len()]));
            self.rows.len() - 1
        });
        self.rows[place].1[column] = cell;
    }

    /// Puts a figure.
    pub fn figure(&mut self, column: usize, row: &str, figure: &Figure) {
        self.put(column, row, format!("{} · {}", show(figure.median()), show(figure.p99())));
    }

    /// Prints it.
    pub fn print(&self, head: &str) {
        println!("| {head} | {} |", self.heads.join(" | "));
        println!("|---|{}", "---:|".repeat(self.heads.len()));
        for (name, cells) in &self.rows {
            println!("| {name} | {} |", cells.join(" | "));
        }
    }
}

/// A number with a comma before each three digits.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
