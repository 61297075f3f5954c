//! The command line through the built program, on real files: every command, its JSON and its exit codes.

mod attaching;
#[path = "../common/desk.rs"]
mod desk;
mod erasing;
mod exchange;
mod executing;
mod files;
mod history;
mod hostile;
mod lists;
mod mailing;
mod notes;
mod people;
mod program;
mod qualifying;
mod reading;
mod reporting;
mod requests;
mod routing;
mod scoring;
mod sharing;
mod undo;
mod views;
mod writing;
