//! The words that generated leads are made of. Draws nothing.

pub mod companies;
pub mod history;
pub mod names;
pub mod places;
pub mod talk;
