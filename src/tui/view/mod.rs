//! The screens: a list, a record, both written over an `EntitySpec`, and the board. Views see actions and text, never keys.

pub mod activity;
pub mod browse;
pub mod marks;
pub mod pipeline;
pub mod preview;
pub mod record;
pub mod reports;
pub mod rules;
pub mod spec;
pub mod today;
pub mod work;
