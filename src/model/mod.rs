//! The domain, pure: entities, fields, values, and how people write them. Has no clock, does no I/O, knows no SQL.

pub mod locale;
