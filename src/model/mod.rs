//! The domain, pure: entities, fields, values, and how people write them. Has no clock, does no I/O, knows no SQL.

pub mod catalog;
pub mod choice;
pub mod clean;
pub mod company;
pub mod country;
pub mod dates;
pub mod email;
pub mod entity;
pub mod field;
pub mod fold;
pub mod line;
pub mod locale;
pub mod money;
pub mod name;
pub mod nearest;
pub mod note;
pub mod number;
pub mod people;
pub mod phone;
pub mod process;
pub mod quick_add;
pub mod record;
pub mod rights;
pub mod rules;
pub mod value;
pub mod zone;
