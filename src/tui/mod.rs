//! The terminal interface. Knows nothing of SQL or files; acts and queries leave it as values.

pub mod action;
pub mod app;
mod chrome;
mod decide;
pub mod desk;
pub mod effect;
pub mod env;
mod export;
mod falls_due;
mod files;
mod flow;
mod global;
pub mod layer;
pub mod msg;
mod needs;
mod next;
pub mod outside;
pub mod planning;
pub mod runtime;
#[cfg(test)]
pub mod stage;
pub mod terminal;
pub mod theme;
mod typing;
pub mod view;
pub mod widget;
