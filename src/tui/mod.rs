//! The terminal interface. Knows nothing of SQL or files; acts and queries leave it as values.

pub mod action;
pub mod desk;
pub mod effect;
pub mod env;
pub mod layer;
pub mod msg;
#[cfg(test)]
pub mod stage;
pub mod terminal;
pub mod theme;
pub mod widget;
