//! The lead service: every act and every question, one struct each. Knows no SQL, no terminal and no command line.

pub mod access;
pub mod act;
pub mod activity;
mod after;
mod alike;
pub mod attachment;
mod condition;
pub mod context;
pub mod definition;
pub mod duplicates;
pub mod erase;
pub mod exchange;
pub mod generate;
pub mod lead_service;
pub mod line;
pub mod link;
pub mod list;
pub mod merge;
pub mod note;
pub mod opportunity;
pub mod people;
pub mod qualify;
pub mod record;
pub mod report;
pub mod request;
pub mod rule;
pub mod scope;
pub mod score;
pub mod setup;
pub mod share;
mod spelling;
pub mod target;
pub mod undo;

pub use act::{Act, Done, Query, Tx};
pub use context::{Context, Origin};
pub use lead_service::{LeadReader, LeadService};
