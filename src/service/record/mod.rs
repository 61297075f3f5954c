//! Acts and questions on records of every entity, one file each. Nothing here knows a key or a command line.

pub mod advance;
pub mod assign;
pub mod create;
pub mod delete;
pub mod held;
mod links;
pub mod open;
pub mod purge;
pub mod read;
pub mod reopen;
pub mod tag;
pub mod update;
pub mod write;

pub use write::change_record;
