//! The lead service on real files: the rules of the domain, undo, conflicts.

#[path = "../common/mod.rs"]
mod common;

mod conflicts;
mod rules;
mod undo;
