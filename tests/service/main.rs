//! The lead service on real files: the rules of the domain, undo, conflicts.

#[path = "../common/mod.rs"]
mod common;

mod activity;
mod attachments;
mod conflicts;
mod duplicates;
mod erase;
mod import;
mod mail;
mod mailing;
mod merge;
mod notes;
mod people;
mod plans;
mod qualify;
mod reports;
mod routing;
mod rules;
mod scoring;
mod setup;
mod sharing;
mod undo;
mod whole;
