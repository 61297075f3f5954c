//! The one table of actions, put together from its groups. What is not in it does not exist in the interface.

mod kind;
mod navigate;
mod program;
mod text;
mod write;

use std::sync::LazyLock;

pub use kind::Action;

use super::row::Row;

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| [navigate::ROWS, write::ROWS, program::ROWS, text::ROWS].concat());

/// Every action there is, each with exactly one row, in the order of the help.
pub fn table() -> &'static [Row] {
    &TABLE
}

/// The row of `action`.
pub fn row(action: Action) -> &'static Row {
    // a test holds that every action has its row; the first one stands in for none
    TABLE.iter().find(|row| row.action == action).unwrap_or(&navigate::ROWS[0])
}

/// The row called `name` in keys.toml and in the palette.
pub fn by_name(name: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.name == name)
}
