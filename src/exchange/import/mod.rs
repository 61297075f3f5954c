//! The import of a list of records, as a plan: what each column means, and what each row becomes. Writes nothing; the act that does
//! reads the file's rows and asks the planner for each.
//!
//! ```text
//! CsvFile::open(input) → Plan::read(file, options, catalog)      first pass: headings, samples, orders, marks
//!                      → Planner::new(&plan, &catalog)           second pass, row by row
//!                          .draft(&record) → Draft           fields, new choices, owner, key, the rest, problems
//!                          .learn_choice / .learn_owner          what the act made, so that later rows know it
//!                      → Report                                  counts, problems, skipped rows as CSV
//! ```

mod activity;
mod cells;
mod columns;
mod draft;
mod finish;
mod foreign;
mod guess;
mod headings;
mod headings_own;
mod ids;
mod link;
mod map;
mod plan;
mod planner;
mod recognise;
mod report;
mod row;
mod status;
mod target;

pub use columns::{ColumnPlan, Dates, Marks};
pub use draft::{Draft, Filled, NewChoice, OwnerGuess, Reference, RowProblem};
pub use foreign::{kind_of_id, other_form};
pub use guess::{Guess, guess};
pub use map::parse_map;
pub use plan::{Options, Plan, Progress};
pub use planner::Planner;
pub use report::{Line, Report, SkippedRows};
pub use target::Target;
