//! Property tests across layers: what must hold whatever is typed and stored.

#[path = "../common/mod.rs"]
mod common;

mod completion;
mod filters;
mod plans;
mod routing;
mod scoring;
mod values;
mod world;
