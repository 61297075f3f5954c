//! The interface without threads and without a terminal: key scripts on real databases, and what stands on the screen then.

#[path = "../common/mod.rs"]
mod common;

#[macro_use]
mod harness;
mod picture;
mod seed;

mod activities;
mod attaching;
mod daily;
mod day;
mod deciding;
mod erasing;
mod filters;
mod hostile;
mod importing;
mod linking;
mod list;
mod mailing;
mod merging;
mod notes;
mod odd;
mod property;
mod record;
mod reports;
mod requests;
mod rules;
mod time;
mod views;
mod writing;
