//! Configuration of the program: where files lie and what they say. Knows no database and no terminal.

mod first_run;
pub mod lines;
mod mistake;
mod paths;
mod person;
pub mod process;
mod settings;
mod state;
mod whole;

pub use first_run::{FirstRun, save_first_run};
pub use mistake::{Mistake, guess, nearest};
pub use paths::Paths;
pub use person::{country, login, person_name};
pub use settings::Config;
pub use state::{ListState, State, WorkState, headings_key};
pub use whole::{private_folder, read_small, write_whole};

#[cfg(test)]
mod tests;
