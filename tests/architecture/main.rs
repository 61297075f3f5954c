//! The house rules, read from the source tree: layers, file sizes, portable SQL, README in step with what it speaks of.

mod files;
mod generated;
mod layers;
mod source;
mod sql;
mod words;
