//! The domain, pure: entities, fields, values, and how people write them. Has no clock, does no I/O, knows no SQL.

pub mod catalog;
pub mod choice;
pub mod entity;
pub mod field;
pub mod locale;
pub mod people;
pub mod record;
pub mod value;
