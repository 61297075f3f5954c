//! The screens: a list and a record, both written over an `EntitySpec`. Views see actions and text, never keys.

pub mod browse;
pub mod marks;
pub mod preview;
pub mod record;
pub mod spec;
