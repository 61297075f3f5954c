//! Acts and questions on leads, one file each. Nothing here knows a key or a command line.

pub mod assign;
pub mod create;
pub mod delete;
pub mod open;
pub mod purge;
pub mod read;
pub mod tag;
pub mod update;
mod write;

pub use write::change_lead;
