//! The only layer that knows SQL: portable texts in one file an entity, and what only SQLite has under `sqlite`.

pub mod activity;
pub mod attachment;
pub mod blob;
pub mod claim;
pub mod codec;
pub mod columns;
pub mod customer;
pub mod definition;
pub mod erasure;
pub mod filter;
pub mod firing;
pub mod line;
pub mod link;
pub mod list;
pub mod lists;
pub mod log;
pub mod mail;
pub mod matching;
pub mod note;
pub mod note_task;
pub mod packed;
pub mod people;
pub mod record;
pub mod related;
pub mod report;
pub mod request;
pub mod score;
pub mod setting;
pub mod share;
pub mod sqlite;
pub mod value;

pub use sqlite::Db;
pub use value::SqlValue;
