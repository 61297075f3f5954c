//! leadbook as a library: the module map.
#![doc = include_str!("ARCHITECTURE.md")]
#![forbid(unsafe_code)]

pub mod cli;
pub mod config;
pub mod error;
pub mod exchange;
pub mod model;
pub mod query;
pub mod service;
pub mod store;
pub mod tui;
pub mod worker;
