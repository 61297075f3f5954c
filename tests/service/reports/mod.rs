//! Reports on a database with a history: each number against plain loops over the records, and against the list behind its cell.

mod drills;
mod history;
mod leads;
mod others;
mod sales;
mod world;
mod zones;
