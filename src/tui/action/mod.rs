//! The one table of actions, and what is derived from it. Performs no action itself.

pub mod chord;
mod help;
pub mod keymap;
mod presets;
mod row;
mod scope;
mod table;
mod user_keys;

pub use help::{HelpLine, Hint, markdown};
pub use row::{Bind, Group, Row};
pub use scope::Scope;
pub use table::{Action, by_name, row, table};

#[cfg(test)]
mod tests;
