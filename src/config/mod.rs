//! Configuration of the program: where files lie and what they say. Knows no database and no terminal.

pub mod lines;
mod mistake;

pub use mistake::{Mistake, guess, nearest};
